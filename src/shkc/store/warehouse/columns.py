"""The columns of the Parquet files: those of the JSON contract, from its types, and what shkc looks facts up by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import md5
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from shkc.facts.model import Metric, Milestone, Report, Section

DIGITS, DECIMALS = 38, 10
"""Of a number: as many as every engine has. One that does not fit is null; the record has every digit."""


def _type_of(annotation: Any) -> pa.DataType:
    """The Arrow type of a field with this *annotation*."""
    plain = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), Decimal: pa.decimal128(DIGITS, DECIMALS)}
    if annotation in plain:
        return plain[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return pa.string()
    if origin is tuple:
        return pa.list_(_type_of(arguments[0]))
    if origin in (Union, UnionType):
        (one,) = (each for each in arguments if each is not type(None))
        return _type_of(one)
    return pa.struct(_fields_of(annotation))


def _fields_of(*forms: type[msgspec.Struct]) -> list[pa.Field]:
    hints = {name: hint for form in forms for name, hint in get_type_hints(form).items()}
    return [pa.field(name, _type_of(hint)) for name, hint in hints.items()]


FACTS = pa.schema(
    [
        *_fields_of(Metric, Milestone),
        pa.field("report", pa.string()),
        pa.field("year", pa.int32()),
        pa.field("series", pa.string()),
        pa.field("pinyin", pa.string()),
        pa.field("amount", pa.float64()),
        pa.field("fact", pa.int64()),
        pa.field("report_number", pa.int64()),
        pa.field("section_number", pa.int64()),
        pa.field("naming", pa.int64()),
        pa.field("record", pa.string()),
        pa.field("details", pa.string()),
        pa.field("record_md5", pa.string()),
        pa.field("details_md5", pa.string()),
    ]
)
NUMBERS = pa.schema([("digits", pa.string()), ("unit", pa.string()), ("fact", pa.int64()), ("naming", pa.int64())])
REPORTS = pa.schema(
    [
        *_fields_of(Report),
        pa.field("report_number", pa.int64()),
        pa.field("path", pa.string()),
        pa.field("scope_form", pa.string()),
        pa.field("scope_en_form", pa.string()),
        pa.field("record", pa.string()),
        pa.field("record_md5", pa.string()),
    ]
)
SECTIONS = pa.schema(
    [
        *_fields_of(Section),
        pa.field("report", pa.string()),
        pa.field("section_number", pa.int64()),
        pa.field("parent_number", pa.int64()),
        pa.field("report_number", pa.int64()),
    ]
)


def values(value: msgspec.Struct) -> dict[str, Any]:
    """The fields of *value* as a row."""
    row: dict[str, Any] = msgspec.to_builtins(value, builtin_types=(Decimal,))
    return row


def sealed(**records: bytes) -> dict[str, Any]:
    """Each of *records* as its column has it, and the checksum by which damage to it is noticed.

    Every engine can compute it. It keeps nobody out who means to change a figure.
    """
    sums = {f"{name}_md5": md5(record, usedforsecurity=False).hexdigest() for name, record in records.items()}
    return {**records, **sums}


def batch(rows: Sequence[dict[str, Any]], schema: pa.Schema) -> pa.RecordBatch:
    """*rows* in columns; a number that does not fit is null."""
    try:
        return pa.RecordBatch.from_pylist(rows, schema=schema)
    except pa.ArrowInvalid:
        return pa.RecordBatch.from_pylist([_fitting(row) for row in rows], schema=schema)


def _fitting(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _fitting(each) for key, each in value.items()}
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        fits = isinstance(exponent, int) and exponent >= -DECIMALS and value.adjusted() < DIGITS - DECIMALS
        return value if fits else None
    return value


def table(batches: Iterable[pa.RecordBatch], schema: pa.Schema, *sorting: str) -> pa.Table:
    """All *batches* in one table, sorted by the columns *sorting*."""
    whole = pa.Table.from_batches(batches, schema)
    return whole.sort_by([(column, "ascending") for column in sorting])
