"""CSV that Excel opens by a double click: with a byte-order mark, so that it is UTF-8, and nothing that runs."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from unicodedata import normalize

from shkc.language import Language
from shkc.output.export.contents import COLUMNS, Contents
from shkc.output.formats import csv_lines

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@")
"""What a text that Excel takes for a formula begins with, in whatever width, also behind spaces (OWASP, CSV Injection).
"""


def pieces(contents: Contents, language: Language) -> Iterator[bytes]:
    """The facts with all their columns, headers and terms in *language*, in pieces."""
    facts = ([_cell(column.worded(each, language)) for column in COLUMNS] for each in contents.facts())
    yield _BYTE_ORDER_MARK.encode()
    yield from map(str.encode, csv_lines(chain([[column.header.to(language) for column in COLUMNS]], facts)))


def _cell(cell: object) -> str:
    """*cell* as text: every digit of a number; a text that Excel would run begins with an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    text = str(cell)
    return f"'{text}" if normalize("NFKC", text).lstrip().startswith(_FORMULA) else text
