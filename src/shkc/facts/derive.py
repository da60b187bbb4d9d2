"""What follows from printed figures: the year before, the whole, ratios, remainders.

It is computed, with bounds, and never printed as fact.

Bounds are interval arithmetic over what each figure's printed precision and hedges leave open (`intervals.py`); they
are rounded outward to one digit more than the value has, or inward to whole numbers for a count. Nothing follows from
a rank: the third place is no quantity; nor where both bounds would be open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from shkc.facts import arithmetic, english
from shkc.facts.model import Computed, DetailedMetric, DetailedMilestone, Details, Fact, Metric, Milestone
from shkc.language import Text
from shkc.text import quantity
from shkc.text.quantity import EXACT, Bounds

_HUNDRED = Decimal(100)
_PERCENT = "%"

Rule = Literal["previous", "whole", "ratio", "remainder", "per"]


class Result(NamedTuple):
    """A computed value before it is rounded and worded.

    *decimals* are those to show, *counted* is what it counts in English, *quotient* the two whole numbers that it is
    the exact quotient of, *behind* what stands behind its unit in Chinese (/家).
    """

    rule: Rule
    name: Text
    central: Decimal
    interval: Bounds
    unit: str
    decimals: int
    period: str
    sources: tuple[Metric, ...]
    counted: Sequence[str] = ()
    quotient: tuple[Decimal, Decimal] | None = None
    behind: str = ""


def others_needed(details: Details) -> list[str]:
    """The ids of the facts that `detailed` computes with."""
    return [relation.id for relation in details.relations]


def detailed(fact: Fact, details: Details, others: Iterable[Fact]) -> DetailedMetric | DetailedMilestone:
    """*fact* with its *details* and what follows from its figure and the *others* that its relations name."""
    known = msgspec.structs.asdict(fact)
    if isinstance(fact, Milestone):
        return DetailedMilestone(**known, details=details)
    metrics = {other.id: other for other in others if isinstance(other, Metric)}
    return DetailedMetric(**known, details=details, computed=computed(fact, details, metrics))


def computed(metric: Metric, details: Details, others: Mapping[str, Metric]) -> tuple[Computed, ...]:
    """The figures that follow from *metric* and from those of *others*, by id, that its relations name."""
    if metric.measure == "rank":
        return ()
    return tuple(figure for result in _results(metric, details, others) if (figure := _worded(result)) is not None)


def _results(metric: Metric, details: Details, others: Mapping[str, Metric]) -> Iterator[Result]:
    yield from _previous(metric, details)
    yield from _whole(metric, details)
    held = (others.get(relation.id) for relation in details.relations if relation.type == "has-part")
    parts = [part for part in held if part is not None]
    apart = details.parts is not None and len(parts) > 1
    for relation in details.relations:
        other = others.get(relation.id)
        if other is None or other.measure == "rank":
            continue
        if relation.type in ("part-of", "valid-of"):
            yield from _ratio(metric, other)
        elif relation.type in ("has-part", "has-valid"):
            yield from _ratio(other, metric)
        elif relation.type == "per":
            yield from _per(metric, details, other)
        if relation.type == "part-of":
            yield from _remainder(other, [metric], details)
        elif relation.type == "has-part" and not apart:
            yield from _remainder(metric, [other], details)
    if apart and details.parts == "disjoint":
        yield from _remainder(metric, parts, details)


def _previous(metric: Metric, details: Details) -> Iterator[Result]:
    """value / (1 + growth) for growth in % or 成, value − growth for growth in points of a %, or in the same unit."""
    change = metric.change
    if change is None or change.basis != "yoy" or "/" in metric.period:  # growth over years has no year before
        return
    growth = arithmetic.of_part(details, "change", change.value, change.unit)
    value = arithmetic.printed(metric)
    part = quantity.part_of_one(change.unit)
    if part is not None:
        if growth.low is None or growth.high is None or growth.low * part <= -1 or metric.value < 0:
            return
        factor = Bounds(1 + growth.low * part, 1 + growth.high * part)
        central = EXACT.divide(metric.value, 1 + change.value * part)
        interval = quantity.divide(arithmetic.from_nothing(value), factor)
    elif change.unit == metric.unit or (metric.unit == _PERCENT and change.unit.endswith("百分点")):
        central, interval = metric.value - change.value, arithmetic.less(value, growth)
    else:
        return
    year = str(int(metric.period[:4]) - 1)
    name = Text(f"{year}年{metric.name}", f"{metric.name_en}, {year}")
    decimals = arithmetic.decimals_of(metric.value)
    yield Result(
        "previous", name, central, interval, metric.unit, decimals, year, (metric,), counted=details.counted_en
    )


def _whole(metric: Metric, details: Details) -> Iterator[Result]:
    """value / share."""
    share = metric.share
    if share is None or metric.value < 0:
        return
    part = arithmetic.of_part(details, "share", share.value, share.unit)
    one = quantity.part_of_one(share.unit)
    if part.low is None or part.high is None or part.low <= 0 or one is None:
        return
    yield Result(
        "whole",
        Text(share.of, english.capitalised(english.or_quoted(share.of_en, share.of))),
        EXACT.divide(metric.value, EXACT.multiply(share.value, one)),
        quantity.divide(arithmetic.from_nothing(arithmetic.printed(metric)), arithmetic.times(part, one)),
        metric.unit,
        arithmetic.decimals_of(metric.value),
        metric.period,
        (metric,),
        counted=details.counted_en,
    )


def _ratio(part: Metric, whole: Metric) -> Iterator[Result]:
    """Part / whole, in %, where both count the same unit."""
    mine, total = part.normalized, whole.normalized
    if mine.unit != total.unit or not 0 <= mine.value <= total.value or not total.value:
        return
    quotient = quantity.divide(arithmetic.from_nothing(arithmetic.of(mine)), arithmetic.of(total))
    exact = _exact_quotient(part, whole)
    high = _HUNDRED if quotient.high is None else min(_HUNDRED, EXACT.multiply(quotient.high, _HUNDRED))
    yield Result(
        "ratio",
        Text(f"{part.name}占{whole.name}的比例", f"Share of “{part.name_en}” in “{whole.name_en}”"),
        EXACT.multiply(EXACT.divide(mine.value, total.value), _HUNDRED),
        Bounds(None if quotient.low is None else EXACT.multiply(quotient.low, _HUNDRED), high),
        _PERCENT,
        2 if exact else 1,
        part.period,
        (part, whole),
        quotient=exact,
    )


def _remainder(whole: Metric, parts: list[Metric], details: Details) -> Iterator[Result]:
    """What is left of *whole* without *parts*, which do not overlap, in the unit of the whole."""
    if any(part.normalized.unit != whole.normalized.unit for part in parts):
        return
    taken = sum((part.normalized.value for part in parts), start=Decimal(0))
    interval = arithmetic.less(
        arithmetic.of(whole.normalized), arithmetic.added(arithmetic.of(part.normalized) for part in parts)
    )
    if taken > whole.normalized.value:
        return
    names = "、".join(f"“{part.name}”" for part in parts)
    names_en = " and ".join(f"“{part.name_en}”" for part in parts)
    yield Result(
        "remainder",
        Text(f"{whole.name}中除{names}外的其余", f"Remainder of “{whole.name_en}”, excluding {names_en}"),
        quantity.from_base(whole.normalized.value - taken, whole.unit),
        arithmetic.from_nothing(arithmetic.from_base(interval, whole.unit)),
        whole.unit,
        max(arithmetic.decimals_of(figure.value) for figure in (whole, *parts)),
        whole.period,
        (whole, *parts),
        counted=details.counted_en,
    )


def _per(metric: Metric, details: Details, units: Metric) -> Iterator[Result]:
    """Value for each unit of *units*, the scale of that unit included: 亿元/万份."""
    if quantity.is_part(units.unit) or units.value <= 0 or metric.value < 0:
        return
    power, _ = quantity.scale_and_base(units.unit)
    each = f"average over {units.display_en}" if not power else f"per {10**power:,} of “{units.name_en}”"
    exact = _exact_quotient(metric, units)
    yield Result(
        "per",
        Text(f"{metric.name}与{units.name}之比", f"{metric.name_en}, {each}"),
        EXACT.divide(metric.value, units.value),
        quantity.divide(arithmetic.from_nothing(arithmetic.printed(metric)), arithmetic.printed(units)),
        metric.unit,
        max(2, arithmetic.decimals_of(metric.value)),
        metric.period,
        (metric, units),
        counted=details.counted_en,
        quotient=exact,
        behind=f"/{units.unit}",
    )


def _exact_quotient(above: Metric, below: Metric) -> tuple[Decimal, Decimal] | None:
    """The two whole numbers that a quotient is exactly of; None where one of the two figures leaves something open."""
    exact = arithmetic.is_exact(arithmetic.of(above.normalized)) and arithmetic.is_exact(
        arithmetic.of(below.normalized)
    )
    return (above.normalized.value, below.normalized.value) if exact else None


# ── Rounding and wording ────────────────────────────────────────────────────────────────────────────


def _worded(result: Result) -> Computed | None:
    """*result* rounded and worded; None where nothing follows: both ends are open, or no whole number lies within."""
    rounded = _rounded(result)
    if rounded is None:
        return None
    value, bounds = rounded
    display = _display(result, value, bounds)
    return Computed(
        rule=result.rule,
        name=result.name.zh,
        name_en=result.name.en,
        value=value,
        unit=result.unit + result.behind,
        low=bounds.low,
        high=bounds.high,
        exact=result.quotient is not None or arithmetic.is_exact(bounds),
        display=display.zh,
        display_en=display.en,
        period=result.period,
        sources=tuple(source.id for source in result.sources),
    )


def _rounded(result: Result) -> tuple[Decimal, Bounds] | None:
    """The value to show and its bounds."""
    interval, decimals = result.interval, result.decimals
    if interval == arithmetic.OPEN:
        return None
    if result.rule in ("previous", "whole", "remainder") and _counts_things(result.sources[0]):
        whole = quantity.whole_numbers(interval)
        if whole.low is not None and whole.high is not None and whole.low > whole.high:
            return None
        return arithmetic.clamped(arithmetic.rounded(result.central, 0), whole), whole
    if result.quotient is not None and result.central == arithmetic.rounded(result.central, decimals):
        value = quantity.scaled(result.central.normalize(EXACT), 0)
        return value, Bounds(value, value)
    if result.quotient is not None:  # its own rounding is all that is between it and the printed figures
        return arithmetic.rounded(result.central, decimals), quantity.outward(interval, -decimals)
    if result.central:  # two digits at least
        decimals = max(decimals, 1 - result.central.adjusted())
    return arithmetic.shown(result.central, interval, decimals)


def _counts_things(metric: Metric) -> bool:
    """Whether *metric* is a number of things, which is whole; an average number of things is not."""
    whole = metric.value == metric.value.to_integral_value()
    return quantity.is_count(metric.unit) and whole and not quantity.is_mean(metric.source.excerpt)


def _display(result: Result, value: Decimal, bounds: Bounds) -> Text:
    """The value as it reads: = for an exact one, ≈ and its bounds for others, or the one bound that is not open."""
    unit = result.unit + result.behind
    if result.quotient is not None and result.rule == "ratio" and not arithmetic.is_exact(bounds):
        above, below = result.quotient
        return Text(f"= {above:f}/{below:f} ≈ {value:f}{unit}", f"= {above:f}/{below:f} ≈ {value:f}{unit}")
    figure = english.amount([value], result.unit, result.counted)
    if arithmetic.is_exact(bounds):
        only = Text("，唯一符合的整数", ", the only whole number that fits") if result.rule == "whole" else Text("", "")
        return Text(f"= {value:f}{unit}{only.zh}", f"= {figure}{only.en}")
    estimate = _of_estimate(result)
    within = english.interval(bounds.low, bounds.high, result.unit, result.counted)
    if bounds.low is None or bounds.high is None:
        word = Text("不超过", "") if bounds.low is None else Text("不少于", "")
        end = bounds.high if bounds.low is None else bounds.low
        return Text(f"{word.zh} {end:f}{unit}{estimate.zh}", f"{within}{estimate.en}")
    if result.quotient is not None:
        return Text(f"≈ {value:f}{unit}", f"≈ {figure}")
    dash = "–" if bounds.low >= 0 else " 至 "
    ends = f"{bounds.low:f}{dash}{bounds.high:f}{unit}"
    return Text(f"≈ {value:f}{unit}（{ends}{estimate.zh}）", f"≈ {figure} ({within}{estimate.en})")


def _of_estimate(result: Result) -> Text:
    """That the bounds are those of an estimate or a target, not of what comes about."""
    moods = {qualifier for source in result.sources for qualifier in source.qualifiers}
    if "target" in moods:
        return Text("，按目标值", ", from a target")
    return Text("，按预计值", ", from an estimate") if "estimated" in moods else Text("", "")
