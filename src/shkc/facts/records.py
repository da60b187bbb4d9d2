"""The JSON records of facts as values, and values as JSON: the one place that reads and writes the contract."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from shkc.facts.model import Details, Fact, Metric, Milestone, Report

ENCODER = msgspec.json.Encoder(decimal_format="number")
"""Writes decimals as JSON numbers, digit for digit."""

_METRIC = msgspec.json.Decoder(Metric)
_MILESTONE = msgspec.json.Decoder(Milestone)
_DETAILS = msgspec.json.Decoder(Details)
_REPORT = msgspec.json.Decoder(Report)
_PLAIN = msgspec.json.Decoder(float_hook=Decimal)
_KIND = b'"kind":"metric"'


def record_of(fact: object) -> bytes:
    """*fact*, or its details, as the index keeps it and a lookup prints it: JSON on one line, in UTF-8."""
    return ENCODER.encode(fact)


def decode(record: bytes) -> Fact:
    """The fact that a JSON *record* holds."""
    return _METRIC.decode(record) if _KIND in record else _MILESTONE.decode(record)


def plain(record: bytes) -> dict[str, Any]:
    """The JSON object *record* as a dictionary, its numbers exact."""
    document: dict[str, Any] = _PLAIN.decode(record)
    return document


def decode_details(record: bytes) -> Details:
    """The details that a JSON *record* holds."""
    return _DETAILS.decode(record)


def decode_report(record: bytes) -> Report:
    """The report that a JSON *record* holds."""
    return _REPORT.decode(record)
