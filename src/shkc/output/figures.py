"""Figures in words: growth, shares, ranks, intervals, and what follows from a figure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output.labels import QUALIFIERS, RULES

if TYPE_CHECKING:
    from shkc.facts.model import Change, Computed, Fact, Metric, Share


def name(fact: Fact, language: Language) -> str:
    """The name of *fact*."""
    return fact.name_en if language is Language.en else fact.name


def figure(metric: Metric, language: Language) -> str:
    """The figure as it reads, and whether it is a cumulative one."""
    cumulative = "cumulative" in metric.qualifiers and metric.unit != "位"
    return f"{QUALIFIERS['cumulative'].to(language)} {metric.display}" if cumulative else metric.display


def growth(change: Change, language: Language) -> str:
    """A growth with its sign and basis."""
    value = f"{change.value:+f}{change.unit}"
    if change.basis == "yoy":
        return Text(f"同比 {value}", f"{value} yoy").to(language)
    if change.basis == "other":
        return Text(f"变化 {value}", value).to(language)
    return Text(f"比{change.basis}年 {value}", f"{value} on {change.basis}").to(language)


def share(printed: Share) -> str:
    """The number of a share with its unit: 13.5%, 3成, 1/3."""
    return f"{printed.value}{printed.unit}"


def what_goes_with(metric: Metric, language: Language) -> str:
    """Growth, share and rank, as far as they are printed with the figure."""
    parts = []
    if metric.change:
        parts.append(growth(metric.change, language))
    if metric.share:
        part = share(metric.share)
        parts.append(Text(f"占 {part}", f"{part} share").to(language))
    if metric.rank:
        parts.append(Text(f"{metric.rank.of}第{metric.rank.value}", f"rank {metric.rank.value}").to(language))
    return Text("，", ", ").to(language).join(parts)


def computed(follows: Computed, language: Language) -> str:
    """A computed figure with its bounds and its rule."""
    rule = RULES[follows.rule]
    return Text(
        f"{follows.name} {follows.display}，{rule.zh}", f"{follows.name_en} {follows.display_en}; {rule.en}"
    ).to(language)


def interval(low: Decimal | None, high: Decimal | None, language: Language) -> str:
    """An interval; an open end is said in words."""
    if low is None and high is None:
        return Text("未知", "unknown").to(language)
    if high is None:
        return Text(f"不少于 {number(low)}", f"{number(low)} or more").to(language)
    if low is None:
        return Text(f"不超过 {number(high)}", f"{number(high)} or less").to(language)
    if low == high:
        return Text(f"恰为 {number(low)}", f"exactly {number(low)}").to(language)
    if low < 0:  # no dash beside a minus
        return Text(f"{number(low)} 至 {number(high)}", f"{number(low)} to {number(high)}").to(language)
    return f"{number(low)}–{number(high)}"


def number(value: Decimal | None) -> str:
    """A number with its thousands grouped."""
    return "" if value is None else f"{value:,f}"
