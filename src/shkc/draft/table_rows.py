"""Rows of tables: each figure is named by the head of its row and that of its column.

A row is a paragraph with tabs between its cells, as `shkc text` prints it; the first row of a table has the heads of
the columns. A number without a unit of its own in its cell is no figure of a draft: its excerpt could not prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shkc.draft.context import Context
from shkc.draft.scan import Finding, NoQuantity, Quantity, scan
from shkc.draft.statement import Statement
from shkc.draft.wording import Role
from shkc.text import quantity

TAB = "\t"
_UNIT = re.compile(r"\([^()]*\)")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年?")
_OF_HEADS = "名称由表格的行、列标题组成，请核对"


class Row(NamedTuple):
    """A row of a table: its cells, and the *heads* of its columns."""

    cells: tuple[str, ...]
    heads: tuple[str, ...]


def cells(paragraph: str) -> tuple[str, ...]:
    """The cells of a row, folded and without white space."""
    return tuple(quantity.without_space(quantity.fold_width(cell)) for cell in paragraph.split(TAB))


def findings(row: Row, text: str) -> Iterator[tuple[int, Finding]]:
    """The numerals of each cell but the first, with the number of the cell; *text* is the folded row, without space."""
    start = 0
    for number, cell in enumerate(row.cells):
        start = max(start, text.find(cell, start))
        for found in scan(cell) if number else ():
            yield number, _shifted(found, start)
        start += len(cell)


def _shifted(found: Finding, by: int) -> Finding:
    """*found* as it stands *by* characters further on."""
    if isinstance(found, NoQuantity):
        return found._replace(start=found.start + by, end=found.end + by)
    return found._replace(
        start=found.start + by, end=found.end + by, first=found.first + by, last=max(found.last, found.end) + by
    )


def statements(row: Row, text: str, context: Context) -> Iterator[Statement]:
    """The figures of *row*, which is *text*, folded and without white space, in a report that speaks of *context*."""
    for number, found in findings(row, text):
        if isinstance(found, Quantity) and found.unit:
            head = _UNIT.sub("", row.heads[number]) if number < len(row.heads) else ""
            year = _YEAR.fullmatch(head)
            name = row.cells[0] + ("" if year else head)
            period = year["year"] if year else context.period
            yield Statement(
                quantity=found,
                role=Role("rank" if found.ordinal else "level", name, ""),
                lead="",
                clause=name,
                tail="",
                value=found.value,
                qualifiers=(*found.qualifiers, *(("target",) if context.planned else ())),
                inner=False,
                sentence=number,
                period=None if period == str(context.standpoint.given) else period,
                each=name,
                doubts=[_OF_HEADS],
            )
