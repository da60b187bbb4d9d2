"""A Frictionless data package: a descriptor, and beside it a CSV file for each table (Data Package 1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from shkc.language import Language, Text
from shkc.output.export.contents import Contents
from shkc.output.export.tables import Table, tables
from shkc.output.formats import csv_lines

_TYPES = {"text": "string", "integer": "integer", "decimal": "number"}


def descriptor(contents: Contents, language: Language) -> dict[str, Any]:
    """The descriptor, `datapackage.json`."""
    sources = [
        {"title": Text(report.title, report.title_en).to(language), **({"path": report.url} if report.url else {})}
        for report in contents.reports
    ]
    return {
        "profile": "tabular-data-package",
        "name": "shkc-facts",
        "title": Text("报告中的数字和里程碑", "Figures and milestones of reports").to(language),
        "sources": sources,
        "resources": [_resource(table, language) for table in tables(contents)],
    }


def file_name(table: Table) -> str:
    """The name of the file of *table*."""
    return f"{table.name}.csv"


def _resource(table: Table, language: Language) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": _TYPES[column.form],
            "description": column.header.to(language),
            **({"constraints": {"required": True}} if column.required else {}),
        }
        for column in table.columns
    ]
    references = [
        {"fields": [column], "reference": {"resource": resource, "fields": ["id" if other == "report" else "key"]}}
        for column, other in table.references.items()
        for resource in ("" if other == table.name else other,)  # the table itself has no name
    ]
    schema = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.about.to(language),
        "path": file_name(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"lineTerminator": "\r\n"},
        "schema": {**schema, **({"foreignKeys": references} if references else {})},
    }


def pieces(table: Table) -> Iterator[bytes]:
    """The CSV file of *table* in pieces: every digit of a number, nothing where a cell is empty."""
    rows = ([f"{cell:f}" if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows())
    return map(str.encode, csv_lines(chain([[column.name for column in table.columns]], rows)))
