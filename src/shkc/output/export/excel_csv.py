"""CSV that Excel opens by a double click: with a byte-order mark, so that it is UTF-8, and nothing that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal

from shkc.language import Language
from shkc.output.export.contents import COLUMNS, Contents

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text that Excel takes for a formula begins with (OWASP, CSV Injection)."""


def pieces(contents: Contents, language: Language) -> Iterator[bytes]:
    """The facts with all their columns, headers and terms in *language*, in pieces."""
    line = io.StringIO()
    writer = csv.writer(line)  # as RFC 4180 has it: lines end with CR LF
    writer.writerow([_BYTE_ORDER_MARK + COLUMNS[0].header.to(language), *(c.header.to(language) for c in COLUMNS[1:])])
    for each in contents.facts():
        yield _taken(line)
        writer.writerow([_cell(column.worded(each, language)) for column in COLUMNS])
    yield _taken(line)


def _taken(line: io.StringIO) -> bytes:
    written = line.getvalue().encode()
    line.seek(0)
    line.truncate()
    return written


def _cell(cell: object) -> str:
    """*cell* as text: every digit of a number; a text that Excel would run begins with an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
