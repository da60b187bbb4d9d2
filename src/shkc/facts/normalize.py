"""What a metric's entry and the reading of its excerpt make together: normalised value, bounds, measure."""

from __future__ import annotations

from shkc.facts import arithmetic
from shkc.facts.entries import MetricEntry
from shkc.facts.model import Measure, Normalized
from shkc.text import quantity
from shkc.text.quantity import Bounds, Reading


def normalized(entry: MetricEntry, reading: Reading) -> Normalized:
    """The figure of *entry* in base units, with the bounds of `docs/fact-file.md`, *Hedges*."""
    mean = quantity.is_mean(entry.excerpt)
    interval = quantity.bounds(entry.value, entry.unit, reading, mean=mean)
    if entry.upper is not None:
        interval = Bounds(interval.low, quantity.bounds(entry.upper, entry.unit, reading, mean=mean).high)
    return Normalized(
        quantity.to_base(entry.value, entry.unit),
        quantity.base_unit(entry.unit),
        *arithmetic.to_base(interval, entry.unit),
    )


def is_ordinal(entry: MetricEntry, reading: Reading) -> bool:
    """Whether the figure is a place in an order (第3位, 首位) and no number of persons (6位)."""
    return entry.unit == quantity.RANK and reading.ordinal


def measure(entry: MetricEntry, reading: Reading) -> Measure | None:
    """What *entry* says that it measures, or what its unit says: an ordinal is a rank, a percentage a ratio."""
    if entry.measure is not None:
        return entry.measure
    if is_ordinal(entry, reading):
        return "rank"
    return "ratio" if quantity.is_part(entry.unit) else None
