"""Growth of a figure over the same figure a year earlier, computed, and whether the printed growth agrees."""

from __future__ import annotations

from decimal import Decimal

from shkc.facts import arithmetic
from shkc.facts.model import Details, Growth, Metric
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


def growth(metric: Metric, details: Details, before: Metric) -> Growth | None:
    """The growth of *metric* over *before*, the same figure a year earlier and in the same base unit.

    In the unit of the growth that the report states, so that the two compare; without one in %, or between
    percentages in 个百分点. None for ranks, for what cannot be divided by, and where both bounds are open: nothing
    follows from 超2.4万 after 超2.4万.
    """
    if "rank" in (metric.measure, before.measure):
        return None
    unit = _unit(metric)
    mine, earlier = metric.normalized, before.normalized
    if unit == _PERCENT:
        if mine.value < 0 or earlier.value <= 0:
            return None
        ratio = quantity.divide(arithmetic.from_nothing(arithmetic.of(mine)), arithmetic.of(earlier))
        central = _percent_above_one(EXACT.divide(mine.value, earlier.value))
        interval = Bounds(*(None if end is None else _percent_above_one(end) for end in ratio))
        decimals = 1
    else:
        central = quantity.from_base(mine.value - earlier.value, unit)
        interval = arithmetic.from_base(arithmetic.less(arithmetic.of(mine), arithmetic.of(earlier)), unit)
        decimals = max(_decimals_in(unit, metric), _decimals_in(unit, before))
    # An amount is not negative, so a growth is never less than -100 %: by itself that bound says nothing.
    if interval.high is None and (interval.low is None or (unit == _PERCENT and interval.low <= -_HUNDRED)):
        return None
    if metric.change is not None and metric.change.unit == unit:
        decimals = max(decimals, arithmetic.decimals_of(metric.change.value))
    value, shown = arithmetic.shown(central, interval, decimals)
    agrees = _agrees(metric, details, unit, interval)
    return Growth(value, unit, shown.low, shown.high, before.period, before.source.report, agrees)


def _unit(metric: Metric) -> str:
    """The unit in which the growth of *metric* is computed: that of its stated growth where the two can be compared."""
    usual = _POINTS if metric.unit == _PERCENT else _PERCENT
    change = metric.change
    if change is None or change.basis != "yoy" or change.unit in _MULTIPLES:
        return usual
    if quantity.is_part(change.unit):
        return _PERCENT
    if change.unit.endswith(_POINTS[1:]):  # points of a figure that is no percentage are those of its rate of growth
        return change.unit if metric.unit == _PERCENT else usual
    counts = quantity.is_count(change.unit) and quantity.is_count(metric.normalized.unit)
    return change.unit if counts or quantity.base_unit(change.unit) == metric.normalized.unit else usual


def _agrees(metric: Metric, details: Details, unit: str, interval: Bounds) -> bool | None:
    """Whether the growth stated with *metric* and the computed one, *interval* in *unit*, have a value in common."""
    change = metric.change
    if change is None or change.basis != "yoy":
        return None
    basis_points = change.unit == _BASIS_POINTS and unit == _POINTS
    part = _BASIS_POINT if basis_points else quantity.part_of_one(change.unit)
    if change.unit != unit and not basis_points and (part is None or unit != _PERCENT):
        return None
    stated = arithmetic.of_part(details, "change", change.value, change.unit)
    if part is not None:
        stated = arithmetic.times(stated, EXACT.multiply(part, _HUNDRED))
    return arithmetic.meet(stated, interval)


def _decimals_in(unit: str, metric: Metric) -> int:
    """How many decimals the figure of *metric* has in *unit*."""
    last_digit = Decimal(1).scaleb(int(metric.value.as_tuple().exponent))
    return max(0, -quantity.from_base(quantity.to_base(last_digit, metric.unit), unit).adjusted())


def _percent_above_one(ratio: Decimal) -> Decimal:
    return EXACT.multiply(EXACT.subtract(ratio, Decimal(1)), _HUNDRED)
