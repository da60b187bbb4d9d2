"""What follows from printed figures: the year before, the whole, ratios, growth.

It is computed, with bounds, and never printed as fact.

Bounds are interval arithmetic (Moore, *Interval Analysis*, 1966) over what each figure's printed precision and hedges
leave open; they are rounded outward to one digit more than the value has, or inward to whole numbers for a count.
Nothing follows from a rank: the third place is no quantity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

import msgspec

from shkc.facts.model import (
    Computed,
    DetailedMetric,
    DetailedMilestone,
    Details,
    Fact,
    Growth,
    Metric,
    Milestone,
)
from shkc.text import quantity
from shkc.text.quantity import EXACT, Bounds

_HUNDRED = Decimal(100)
_PERCENT = "%"
_POINTS = "个百分点"
_BASIS_POINTS = "个基点"
_BASIS_POINT = Decimal("0.0001")
"""Of one, as % is 0.01; a hundred of them are a 百分点."""
_MULTIPLES = ("倍", "番")
"""Units of growth that texts use in two senses, grown by and grown to: nothing is compared with them."""


def others_needed(details: Details) -> tuple[str, ...]:
    """The ids of the facts that `detailed` computes with."""
    return (*details.part_of, *details.per)


def detailed(fact: Fact, details: Details, others: Iterable[Fact]) -> DetailedMetric | DetailedMilestone:
    """*fact* with its *details* and what follows from its figure and the *others* that its details name."""
    known = msgspec.structs.asdict(fact)
    if isinstance(fact, Milestone):
        return DetailedMilestone(**known, details=details)
    metrics = {other.id: other for other in others if isinstance(other, Metric)}
    return DetailedMetric(**known, details=details, computed=computed(fact, details, metrics))


def computed(metric: Metric, details: Details, others: Mapping[str, Metric]) -> tuple[Computed, ...]:
    """The figures that follow from *metric*; *others* holds the metrics that its details name."""
    if is_rank(metric):
        return ()
    found = (
        _previous(metric, details),
        _whole(metric, details),
        *(_ratio(metric, others[target]) for target in details.part_of),
        *(_per(metric, others[target]) for target in details.per),
    )
    return tuple(figure for figure in found if figure is not None)


def growth(metric: Metric, details: Details, before: Metric) -> Growth | None:
    """The growth of *metric* over *before*, the same figure a year earlier and in the same base unit.

    In the unit of the growth that the report states, so that the two compare; without one in %, or between
    percentages in 个百分点. None for ranks, and for what cannot be divided by.
    """
    if is_rank(metric) or is_rank(before):
        return None
    unit = _growth_unit(metric)
    mine, earlier = metric.normalized, before.normalized
    if unit == _PERCENT:
        if mine.value < 0 or earlier.value <= 0:
            return None
        ratio = quantity.divide(_from_nothing(Bounds(mine.low, mine.high)), Bounds(earlier.low, earlier.high))
        central = _percent_above_one(EXACT.divide(mine.value, earlier.value))
        interval = Bounds(
            None if ratio.low is None else _percent_above_one(ratio.low),
            None if ratio.high is None else _percent_above_one(ratio.high),
        )
        decimals = 1
    else:
        power, _ = quantity.split_unit(unit)
        central = quantity.scaled(mine.value - earlier.value, -power)
        interval = Bounds(
            _scaled_down(_minus(mine.low, earlier.high), power), _scaled_down(_minus(mine.high, earlier.low), power)
        )
        decimals = max(_decimals_in(power, metric), _decimals_in(power, before))
    if metric.change is not None and metric.change.unit == unit:
        decimals = max(decimals, _decimals(metric.change.value))
    value, shown = _shown(central, interval, decimals)
    agrees = _agrees(metric, details, unit, interval)
    return Growth(value, unit, shown.low, shown.high, before.period, before.source.report, agrees)


def _growth_unit(metric: Metric) -> str:
    """The unit in which the growth of *metric* is computed: that of its stated growth where the two can be compared."""
    usual = _POINTS if metric.unit == _PERCENT else _PERCENT
    change = metric.change
    if change is None or change.basis != "yoy" or change.unit in _MULTIPLES:
        return usual
    if quantity.is_part(change.unit):
        return _PERCENT
    if change.unit.endswith(_POINTS[1:]):  # points of a figure that is no percentage are those of its rate of growth
        return change.unit if metric.unit == _PERCENT else usual
    _, base = quantity.split_unit(change.unit)
    counts = quantity.is_count(change.unit) and quantity.is_count(metric.normalized.unit)
    return change.unit if counts or base == metric.normalized.unit else usual


def _agrees(metric: Metric, details: Details, unit: str, interval: Bounds) -> bool | None:
    """Whether the growth stated with *metric* and the computed one, *interval* in *unit*, have a value in common."""
    change = metric.change
    if change is None or change.basis != "yoy":
        return None
    basis_points = change.unit == _BASIS_POINTS and unit == _POINTS
    part = _BASIS_POINT if basis_points else quantity.part_of_one(change.unit)
    if change.unit != unit and not basis_points and (part is None or unit != _PERCENT):
        return None
    stated = _part_bounds(details, "change", change.value, change.unit)
    if part is not None:
        stated = Bounds(
            *(None if end is None else EXACT.multiply(EXACT.multiply(end, part), _HUNDRED) for end in stated)
        )
    below = stated.high is not None and interval.low is not None and stated.high < interval.low
    above = stated.low is not None and interval.high is not None and stated.low > interval.high
    return not below and not above


def is_rank(metric: Metric) -> bool:
    """Whether *metric* is a rank (第3位, 首位) and no number of persons (6位)."""
    return metric.unit == "位" and ("第" in metric.display or "首" in metric.display)


def _previous(metric: Metric, details: Details) -> Computed | None:
    """value / (1 + growth) for growth in % or 成, value − growth for growth in points of a %, or in the same unit."""
    change = metric.change
    if change is None or change.basis != "yoy":
        return None
    growth = _part_bounds(details, "change", change.value, change.unit)
    value = _printed_bounds(metric)
    part = quantity.part_of_one(change.unit)
    if part is not None:
        if growth.low is None or growth.high is None or growth.low * part <= -1 or metric.value < 0:
            return None
        factor = Bounds(1 + growth.low * part, 1 + growth.high * part)
        central = EXACT.divide(metric.value, 1 + change.value * part)
        interval = quantity.divide(_from_nothing(value), factor)
    elif change.unit == metric.unit or (metric.unit == _PERCENT and change.unit.endswith("百分点")):
        central = metric.value - change.value
        interval = Bounds(_minus(value.low, growth.high), _minus(value.high, growth.low))
    else:
        return None
    return _computed(
        "previous",
        f"上年{metric.name}",
        f"{metric.name_en}, previous year",
        central,
        interval,
        metric.unit,
        _printed_decimals(metric),
        str(int(metric.period[:4]) - 1),
        (metric,),
    )


def _whole(metric: Metric, details: Details) -> Computed | None:
    """value / share."""
    share = metric.share
    if share is None or metric.value < 0:
        return None
    part = _part_bounds(details, "share", share.value, share.unit)
    one = quantity.part_of_one(share.unit)
    if part.low is None or part.high is None or part.low <= 0 or one is None:
        return None
    fraction = Bounds(EXACT.multiply(part.low, one), EXACT.multiply(part.high, one))
    return _computed(
        "whole",
        share.of,
        f"Whole of which this is {share.value}{share.unit}",
        EXACT.divide(metric.value, EXACT.multiply(share.value, one)),
        quantity.divide(_from_nothing(_printed_bounds(metric)), fraction),
        metric.unit,
        _printed_decimals(metric),
        metric.period,
        (metric,),
    )


def _ratio(metric: Metric, whole: Metric) -> Computed | None:
    """Part / whole, in %, where both count the same unit."""
    mine, total = metric.normalized, whole.normalized
    if is_rank(whole) or mine.unit != total.unit or not 0 <= mine.value <= total.value or not total.value:
        return None
    quotient = quantity.divide(_from_nothing(Bounds(mine.low, mine.high)), Bounds(total.low, total.high))
    return _computed(
        "ratio",
        f"{metric.name}占{whole.name}的比例",
        f"{metric.name_en}, as a share of: {whole.name_en}",
        EXACT.multiply(EXACT.divide(mine.value, total.value), _HUNDRED),
        Bounds(
            None if quotient.low is None else EXACT.multiply(quotient.low, _HUNDRED),
            None if quotient.high is None else min(_HUNDRED, EXACT.multiply(quotient.high, _HUNDRED)),
        ),
        _PERCENT,
        1,
        metric.period,
        (metric, whole),
    )


def _per(metric: Metric, units: Metric) -> Computed | None:
    """Value for each unit of *units*, the scale of that unit included: 亿元/万份."""
    if is_rank(units) or quantity.is_part(units.unit) or units.value <= 0 or metric.value < 0:
        return None
    return _computed(
        "per",
        f"平均每{units.unit}的{metric.name}",
        f"{metric.name_en}, per unit of: {units.name_en}",
        EXACT.divide(metric.value, units.value),
        quantity.divide(_from_nothing(_printed_bounds(metric)), _printed_bounds(units)),
        f"{metric.unit}/{units.unit}",
        max(2, _printed_decimals(metric)),
        metric.period,
        (metric, units),
    )


def _computed(
    rule: Literal["previous", "whole", "ratio", "per"],
    name: str,
    name_en: str,
    central: Decimal,
    interval: Bounds,
    unit: str,
    decimals: int,
    period: str,
    sources: tuple[Metric, ...],
) -> Computed | None:
    """The figure *central* within *interval*, shown with *decimals*, more where it needs them.

    None when it counts things and no whole number lies within.
    """
    if unit == sources[0].unit and _counts_things(sources[0]):
        shown = quantity.whole_numbers(interval)
        if shown.low is not None and shown.high is not None and shown.low > shown.high:
            return None
        value = _clamped(_rounded(central, 0), shown)
    else:
        if central:  # two digits at least
            decimals = max(decimals, 1 - central.adjusted())
        value, shown = _shown(central, interval, decimals)
    return Computed(
        rule=rule,
        name=name,
        name_en=name_en,
        value=value,
        unit=unit,
        low=shown.low,
        high=shown.high,
        period=period,
        sources=tuple(source.id for source in sources),
    )


def _shown(central: Decimal, interval: Bounds, decimals: int) -> tuple[Decimal, Bounds]:
    """*central* with *decimals*, or one more where it needs it to lie within *interval*, which is rounded outward."""
    value = _rounded(central, decimals)
    if interval.low == interval.high == value:
        return value, Bounds(value, value)
    shown = quantity.outward(interval, -decimals - 1)
    return (value if value == _clamped(value, shown) else _rounded(central, decimals + 1)), shown


def _counts_things(metric: Metric) -> bool:
    """Whether *metric* is a number of things, which is whole; an average number of things is not."""
    whole = metric.value == metric.value.to_integral_value()
    return quantity.is_count(metric.unit) and whole and not quantity.is_mean(metric.source.excerpt)


def _printed_decimals(metric: Metric) -> int:
    return _decimals(metric.value)


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _decimals_in(power: int, metric: Metric) -> int:
    """How many decimals the figure of *metric* has in its base unit times 10**power."""
    own, _ = quantity.split_unit(metric.unit)
    return max(0, power - own - int(metric.value.as_tuple().exponent))


def _percent_above_one(ratio: Decimal) -> Decimal:
    return EXACT.multiply(EXACT.subtract(ratio, Decimal(1)), _HUNDRED)


def _scaled_down(value: Decimal | None, power: int) -> Decimal | None:
    return None if value is None else quantity.scaled(value, -power)


def _clamped(value: Decimal, interval: Bounds) -> Decimal:
    """*value*, or the end of *interval* that it lies beyond."""
    if interval.low is not None and value < interval.low:
        return interval.low
    return interval.high if interval.high is not None and value > interval.high else value


def _from_nothing(interval: Bounds) -> Bounds:
    """*interval* without what is below nothing: an amount printed as 0 is not negative."""
    return interval if interval.low is None else Bounds(max(Decimal(0), interval.low), interval.high)


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN, EXACT)


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right


def _printed_bounds(metric: Metric) -> Bounds:
    """The bounds of *metric* in its printed unit."""
    power, _ = quantity.split_unit(metric.unit)
    low, high = metric.normalized.low, metric.normalized.high
    return Bounds(
        None if low is None else quantity.scaled(low, -power), None if high is None else quantity.scaled(high, -power)
    )


def _part_bounds(details: Details, of: str, value: Decimal, unit: str) -> Bounds:
    """The bounds of a growth or share, by the hedges in its own excerpt."""
    excerpt = next(evidence.excerpt for evidence in details.evidence if evidence.of == of)
    reading = quantity.read(excerpt, value, unit)
    assert reading is not None, "validated when the file was read"
    interval = quantity.bounds(abs(value), unit, reading)
    if value >= 0:
        return interval
    return Bounds(None if interval.high is None else -interval.high, None if interval.low is None else -interval.low)
