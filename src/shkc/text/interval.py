"""Intervals that hold a true value, and the arithmetic on them."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from shkc.text.numerals import EXACT


class Bounds(NamedTuple):
    """The interval that holds the true value; None is open."""

    low: Decimal | None
    high: Decimal | None


def mirrored(interval: Bounds) -> Bounds:
    """*interval* with the other sign."""
    low, high = interval
    return Bounds(None if high is None else -high, None if low is None else -low)


def divide(dividend: Bounds, divisor: Bounds) -> Bounds:
    """Interval quotient of two non-negative intervals, *divisor* above 0 (Moore, *Interval Analysis*, 1966)."""
    low = None if dividend.low is None or divisor.high is None else EXACT.divide(dividend.low, divisor.high)
    high = None if dividend.high is None or not divisor.low else EXACT.divide(dividend.high, divisor.low)
    return Bounds(low, high)


def outward(interval: Bounds, exponent: int) -> Bounds:
    """*interval* rounded outward to 10**exponent, so that it still holds the true value."""
    unit = Decimal(1).scaleb(exponent)
    return Bounds(
        None if interval.low is None else interval.low.quantize(unit, ROUND_FLOOR, EXACT),
        None if interval.high is None else interval.high.quantize(unit, ROUND_CEILING, EXACT),
    )


def whole_numbers(interval: Bounds) -> Bounds:
    """The whole numbers that *interval* holds: rounded inward, as for a count."""
    unit = Decimal(1)
    return Bounds(
        None if interval.low is None else interval.low.quantize(unit, ROUND_CEILING, EXACT),
        None if interval.high is None else interval.high.quantize(unit, ROUND_FLOOR, EXACT),
    )
