"""The JSON records of the index as values, and values as JSON: the one place that reads and writes the contract."""

from __future__ import annotations

import sqlite3

import msgspec

from shkc.facts.model import DetailedMetric, DetailedMilestone, Details, Fact, Metric, Milestone
from shkc.store import read as lookup

ENCODER = msgspec.json.Encoder(decimal_format="number")
"""Writes decimals as JSON numbers, digit for digit."""

_METRIC = msgspec.json.Decoder(Metric)
_MILESTONE = msgspec.json.Decoder(Milestone)
_DETAILS = msgspec.json.Decoder(Details)
_KIND = b'"kind":"metric"'


def encode(value: object) -> str:
    """*value* as JSON on one line."""
    return ENCODER.encode(value).decode()


def record_of(fact: object) -> bytes:
    """*fact*, or its details, as the index keeps it and a lookup prints it: JSON on one line, in UTF-8."""
    return ENCODER.encode(fact)


def decode(record: bytes) -> Fact:
    """The fact that a JSON *record* of the index holds."""
    return _METRIC.decode(record) if _KIND in record else _MILESTONE.decode(record)


def detailed(connection: sqlite3.Connection, name: str) -> list[DetailedMetric | DetailedMilestone]:
    """All that is known about each fact whose id or exact name is *name*, one for each report that has it."""
    return [_with_details(connection, *row) for row in lookup.records_named(connection, name)]


def _with_details(
    connection: sqlite3.Connection, report: int, record: bytes, details_record: bytes
) -> DetailedMetric | DetailedMilestone:
    fact, details = decode(record), _DETAILS.decode(details_record)
    if isinstance(fact, Milestone):
        return DetailedMilestone(**msgspec.structs.asdict(fact), details=details)
    from shkc.facts import derive  # reads figures, which only this needs

    wanted = (*details.part_of, *details.per)
    others = {other.id: other for other in map(decode, lookup.records_of(connection, report, wanted))}
    metrics = {key: other for key, other in others.items() if isinstance(other, Metric)}
    return DetailedMetric(
        **msgspec.structs.asdict(fact), details=details, computed=derive.computed(fact, details, metrics)
    )
