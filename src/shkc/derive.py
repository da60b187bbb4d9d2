"""What follows from printed figures: the year before, the whole, ratios. Computed, with bounds, never printed as fact.

Bounds are interval arithmetic (Moore, *Interval Analysis*, 1966) over what each figure's printed precision and hedges
leave open; they are rounded outward to one digit more than is printed, or inward to whole numbers for a count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

from shkc import quantity
from shkc.model import Computed, Details, Metric
from shkc.quantity import EXACT, Bounds

_HUNDRED = Decimal(100)
_PERCENT = "%"


def computed(metric: Metric, details: Details, others: Mapping[str, Metric]) -> tuple[Computed, ...]:
    """The figures that follow from *metric*; *others* holds the metrics that its details name."""
    return (
        *_previous(metric, details),
        *_whole(metric, details),
        *(part for target in details.part_of for part in _ratio(metric, others[target])),
        *(part for target in details.per for part in _per(metric, others[target])),
    )


def _previous(metric: Metric, details: Details) -> Iterator[Computed]:
    """value / (1 + growth) for growth in % or 成, value − growth for growth in points of a %, or in the same unit."""
    change = metric.change
    if change is None or change.basis != "yoy":
        return
    growth = _part_bounds(details, "change", change.value, change.unit)
    value = _printed_bounds(metric)
    part = quantity.part_of_one(change.unit)
    if part is not None:
        if growth.low is None or growth.high is None or growth.low * part <= -1 or metric.value < 0:
            return
        factor = Bounds(1 + growth.low * part, 1 + growth.high * part)
        central = EXACT.divide(metric.value, 1 + change.value * part)
        interval = quantity.divide(value, factor)
    elif change.unit == metric.unit or (metric.unit == _PERCENT and change.unit.endswith("百分点")):
        central = metric.value - change.value
        interval = Bounds(_minus(value.low, growth.high), _minus(value.high, growth.low))
    else:
        return
    year = str(int(metric.period[:4]) - 1)
    yield _computed(
        "previous", metric, f"上年{metric.name}", f"{metric.name_en}, previous year", central, interval, year
    )


def _whole(metric: Metric, details: Details) -> Iterator[Computed]:
    """value / share."""
    share = metric.share
    if share is None:
        return
    part = _part_bounds(details, "share", share.value, share.unit)
    one = quantity.part_of_one(share.unit)
    if part.low is None or part.high is None or part.low <= 0 or one is None:
        return
    fraction = Bounds(EXACT.multiply(part.low, one), EXACT.multiply(part.high, one))
    interval = quantity.divide(_printed_bounds(metric), fraction)
    central = EXACT.divide(metric.value, EXACT.multiply(share.value, one))
    label = f"Whole of which this is {share.value}{share.unit}"
    yield _computed("whole", metric, share.of, label, central, interval, metric.period)


def _ratio(metric: Metric, whole: Metric) -> Iterator[Computed]:
    """Part / whole, in %, where both count the same unit."""
    mine, total = metric.normalized, whole.normalized
    if mine.unit != total.unit or total.value <= 0:
        return
    quotient = quantity.divide(Bounds(mine.low, mine.high), Bounds(total.low, total.high))
    percent = Bounds(
        None if quotient.low is None else quotient.low * _HUNDRED,
        None if quotient.high is None else min(_HUNDRED, quotient.high * _HUNDRED),
    )
    interval = quantity.outward(percent, -2)
    yield Computed(
        rule="ratio",
        name=f"{metric.name}占{whole.name}的比例",
        name_en=f"{metric.name_en}, as a share of: {whole.name_en}",
        value=_rounded(EXACT.divide(mine.value, total.value) * _HUNDRED, 1),
        unit=_PERCENT,
        low=interval.low,
        high=interval.high,
        period=metric.period,
        sources=(metric.id, whole.id),
    )


def _per(metric: Metric, units: Metric) -> Iterator[Computed]:
    """Value for each unit of *units*."""
    if units.normalized.value <= 0:
        return
    divisor = Bounds(units.normalized.low, units.normalized.high)
    decimals = max(2, -int(metric.value.as_tuple().exponent))
    interval = quantity.outward(quantity.divide(_printed_bounds(metric), divisor), -decimals - 1)
    yield Computed(
        rule="per",
        name=f"平均每{units.unit}的{metric.name}",
        name_en=f"{metric.name_en}, per unit of: {units.name_en}",
        value=_rounded(EXACT.divide(metric.value, units.normalized.value), decimals),
        unit=f"{metric.unit}/{units.unit}",
        low=interval.low,
        high=interval.high,
        period=metric.period,
        sources=(metric.id, units.id),
    )


def _computed(
    rule: Literal["previous", "whole"],
    metric: Metric,
    name: str,
    name_en: str,
    central: Decimal,
    interval: Bounds,
    period: str,
) -> Computed:
    decimals = max(0, -int(metric.value.as_tuple().exponent))
    if quantity.is_count(metric.unit):
        interval = quantity.whole_numbers(interval)
    else:
        interval = quantity.outward(interval, -decimals - 1)
    return Computed(
        rule=rule,
        name=name,
        name_en=name_en,
        value=_rounded(central, decimals),
        unit=metric.unit,
        low=interval.low,
        high=interval.high,
        period=period,
        sources=(metric.id,),
    )


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
