"""Figures in words: growth, shares, ranks, intervals, and what follows from a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output.labels import QUALIFIERS, RULES

if TYPE_CHECKING:
    from decimal import Decimal

    from shkc.facts.model import Change, Computed, Fact, Metric, Rank, Share


def name(fact: Fact, language: Language) -> str:
    """The name of *fact*."""
    return fact.name_en if language is Language.en else fact.name


def figure(metric: Metric, language: Language) -> str:
    """The figure as it reads, and whether it is a cumulative one."""
    cumulative = "cumulative" in metric.qualifiers and metric.measure != "rank"
    if language is Language.en:
        return f"{metric.display_en} (cumulative)" if cumulative else metric.display_en
    return f"{QUALIFIERS['cumulative'].zh} {metric.display}" if cumulative else metric.display


def growth(change: Change, language: Language, counted: Sequence[str] = ()) -> str:
    """A growth with its sign and basis; *counted* is what it counts, in English, where its unit counts."""
    if language is Language.en:
        from shkc.facts import english  # reads the table of units, which Chinese does without

        return english.change(change, counted)
    value = f"{change.value:+f}{change.unit}"
    if change.basis == "yoy":
        return f"同比 {value}"
    return f"变化 {value}" if change.basis == "other" else f"比{change.basis}年 {value}"


def share(printed: Share, language: Language) -> str:
    """A share with its whole."""
    if language is Language.en:
        from shkc.facts import english

        return english.share(printed)
    return f"占{printed.of} {printed.value}{printed.unit}"


def rank(printed: Rank, language: Language) -> str:
    """A rank with whom it is among."""
    if language is Language.en:
        from shkc.facts import english

        return english.rank(printed)
    return f"{printed.of}第{printed.value}"


def what_goes_with(metric: Metric, language: Language) -> str:
    """Growth, share and rank, as far as they are printed with the figure."""
    parts = []
    if metric.change:
        parts.append(growth(metric.change, language))
    if metric.share:
        short = f"占 {metric.share.value}{metric.share.unit}"
        parts.append(share(metric.share, language) if language is Language.en else short)
    if metric.rank and (metric.measure != "rank" or language is Language.zh):  # English has it in the figure
        parts.append(rank(metric.rank, language))
    return Text("，", ", ").to(language).join(parts)


def computed(follows: Computed, language: Language) -> str:
    """A computed figure with its bounds and its rule."""
    rule = RULES[follows.rule]
    return Text(
        f"{follows.name} {follows.display}，{rule.zh}", f"{follows.name_en} {follows.display_en}; {rule.en}"
    ).to(language)


def normalized(metric: Metric, counted: Sequence[str], language: Language) -> str:
    """The figure in its base unit; *counted* is what it counts, in English."""
    value, unit = metric.normalized.value, metric.normalized.unit
    if language is Language.en:
        from shkc.facts import english

        return english.amount([value], unit, counted)
    return f"{number(value)} {unit}"


def bounds(metric: Metric, counted: Sequence[str], language: Language) -> str:
    """The bounds of the figure in its base unit; *counted* is what it counts, in English."""
    low, high, unit = metric.normalized.low, metric.normalized.high, metric.normalized.unit
    if language is Language.zh or (low is not None and low == high):
        return interval(low, high, language)
    from shkc.facts import english

    return english.interval(low, high, unit, counted)


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
