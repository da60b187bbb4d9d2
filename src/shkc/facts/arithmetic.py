"""Intervals of figures: arithmetic, comparison, and how a computed value is rounded beside its bounds.

Interval arithmetic as in Moore, *Interval Analysis* (1966); two figures agree when their intervals meet, as in XBRL's
Calculations 1.1. An end that is None is open.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal

from shkc.facts.model import Details, Metric, Normalized
from shkc.text import quantity
from shkc.text.quantity import EXACT, Bounds

OPEN = Bounds(None, None)


def of(figure: Normalized) -> Bounds:
    """The interval of *figure*, in its base unit."""
    return Bounds(figure.low, figure.high)


def printed(metric: Metric) -> Bounds:
    """The interval of *metric* in its printed unit."""
    return from_base(of(metric.normalized), metric.unit)


def of_part(details: Details, of: str, value: Decimal, unit: str) -> Bounds:
    """The interval of a growth or share, by the hedges in its own excerpt."""
    excerpt = next(evidence.excerpt for evidence in details.evidence if evidence.of == of)
    reading = quantity.read(excerpt, value, unit)
    assert reading is not None, "validated when the file was read"
    return quantity.bounds(value, unit, reading)


def to_base(interval: Bounds, unit: str) -> Bounds:
    """*interval* in *unit*, in its base unit."""
    return Bounds(*(None if end is None else quantity.to_base(end, unit) for end in interval))


def from_base(interval: Bounds, unit: str) -> Bounds:
    """*interval* in the base unit of *unit*, in *unit*."""
    return Bounds(*(None if end is None else quantity.from_base(end, unit) for end in interval))


def times(interval: Bounds, factor: Decimal) -> Bounds:
    """*interval* times *factor*, which is above 0."""
    return Bounds(*(None if end is None else EXACT.multiply(end, factor) for end in interval))


def less(one: Bounds, other: Bounds) -> Bounds:
    """*one* minus *other*."""
    return Bounds(_minus(one.low, other.high), _minus(one.high, other.low))


def _minus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left - right


def added(intervals: Iterable[Bounds]) -> Bounds:
    """The sum of *intervals*."""
    total = Bounds(Decimal(0), Decimal(0))
    for interval in intervals:
        total = Bounds(_plus(total.low, interval.low), _plus(total.high, interval.high))
    return total


def _plus(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else left + right


def from_nothing(interval: Bounds) -> Bounds:
    """*interval* without what is below nothing: an amount printed as 0 is not negative."""
    return interval if interval.low is None else Bounds(max(Decimal(0), interval.low), interval.high)


def exceeds(one: Bounds, other: Bounds) -> bool:
    """Whether every value of *one* is above every value of *other*."""
    return one.low is not None and other.high is not None and one.low > other.high


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether the two have a value in common."""
    return not exceeds(one, other) and not exceeds(other, one)


def is_exact(interval: Bounds) -> bool:
    """Whether *interval* holds one value."""
    return interval.low is not None and interval.low == interval.high


def clamped(value: Decimal, interval: Bounds) -> Decimal:
    """*value*, or the end of *interval* that it lies beyond."""
    if interval.low is not None and value < interval.low:
        return interval.low
    return interval.high if interval.high is not None and value > interval.high else value


def rounded(value: Decimal, decimals: int) -> Decimal:
    """*value* with *decimals*, to even at the middle."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN, EXACT)


def shown(central: Decimal, interval: Bounds, decimals: int) -> tuple[Decimal, Bounds]:
    """*central* with *decimals*, or one more where it needs it to lie within *interval*, which is rounded outward."""
    value = rounded(central, decimals)
    if interval.low == interval.high == value:
        return value, Bounds(value, value)
    ends = quantity.outward(interval, -decimals)
    if ends != interval:
        ends = quantity.outward(interval, -decimals - 1)
    return (value if value == clamped(value, ends) else rounded(central, decimals + 1)), ends


def decimals_of(value: Decimal) -> int:
    """How many decimals *value* is written with."""
    return max(0, -int(value.as_tuple().exponent))
