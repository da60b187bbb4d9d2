"""Lines of text where they stand, and how two of them are written as one."""

from __future__ import annotations

import re
from typing import NamedTuple

from shkc.text.documents.characters import is_wide

_BROKEN_WORD = re.compile("[a-z]{2}[-\u2010\u00ad]$")
HYPHENS = ("-", "\u2010", "\u00ad")
"""Those of the keyboard, of Unicode, and the one that shows only where a word is broken."""
_NUMBER_BEFORE = re.compile(r"\d[.,]?$")
_NUMBER_BEHIND = re.compile(r"\d|[.,]\d|[%‰]")


class Line(NamedTuple):
    """A line of a document.

    *left* and *right* are its ends, *baseline* its distance from the top, *size* that of its characters, all in one
    unit: points of a PDF, widths of an ideograph in text. *page* counts from 1. *column* is the column that it stands
    in, and of how many; a row of a table has tabs between its cells.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    page: int = 1
    column: tuple[int, int] = (0, 1)

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return "\t" in self.text


def joined(first: str, second: str) -> str:
    """*first* and, on the next line, *second*, as one text: a space between words, none beside Chinese characters.

    A hyphen between small letters at the end of *first* divides a word and is dropped; others (COVID-19) stay. A number
    that is broken over the two stays one number.
    """
    if not first or not second:
        return first + second
    if first.endswith(HYPHENS) and not first[:-1].endswith(" "):
        return (first[:-1] if _BROKEN_WORD.search(first) and second[0].islower() else first) + second
    if _NUMBER_BEFORE.search(first) and _NUMBER_BEHIND.match(second):
        return first + second
    return first + ("" if is_wide(first[-1]) or is_wide(second[0]) else " ") + second
