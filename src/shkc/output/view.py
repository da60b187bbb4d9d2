"""What a command answers, as one value that every format can write, and the columns that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from shkc.errors import UsageError
from shkc.language import Language, Text

Pieces = Iterator[str | bytes]
"""A written answer, in pieces so that a long one is written as it comes: text, or bytes in UTF-8."""


class Canvas(NamedTuple):
    """Where a table is drawn: its width in cells (None: as wide as it needs), and whether it has colours."""

    width: int | None
    colour: bool


class Column(NamedTuple):
    """A column: its key, its cell for a row, and for people its header, its Rich style and the least cells to read it.

    A cell is text, a number, a truth value, several texts, or None where there is nothing to tell. *needed* says for
    all rows whether there is something to tell. Where there is little room, a column that is *whole* is not folded, one
    that is *kept* stays, and the cells of one that goes *below* stand below those of the first to be kept.
    """

    key: str
    cell: Callable[[Any, Language], object]
    header: Text
    style: str = ""
    least: int = 12
    needed: Callable[[Sequence[Any]], bool] = bool
    whole: bool = False
    kept: bool = False
    below: bool = False


def text_of(cell: object) -> str:
    """*cell* as text: nothing for None, several texts with semicolons between them, true or false as JSON has them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return "; ".join(cell) if isinstance(cell, tuple) else str(cell)


Draw = Callable[[Sequence[Any], Language, Canvas], Pieces]
"""Draws rows for people."""


class View(NamedTuple):
    """An answer: the same rows as JSON records and as values, each made only when a format asks for them."""

    records: Callable[[], Iterable[bytes]]
    """Its JSON documents, in UTF-8."""
    rows: Callable[[], Iterable[Any]]
    """Its rows as values; the functions below take one, or all of them."""
    fields: Sequence[Column]
    """The columns of CSV and TSV, the same whatever the rows are."""
    columns: Sequence[Column]
    """The columns of a table and of Markdown, of which the rows may need some only."""
    lines: Mapping[str, Callable[[Any, Language], object]]
    """The line that each format without columns has for a row, by the name of the format."""
    draw: Draw | None = None
    """How the rows are drawn where that is not a plain table."""
    more: Sequence[Column] = ()
    """Columns that are there only where they are picked."""


def limited(view: View, most: int) -> View:
    """*view* with at most so many rows."""
    return view._replace(records=lambda: islice(view.records(), most), rows=lambda: islice(view.rows(), most))


def picked(view: View, keys: Sequence[str]) -> View:
    """*view* with the columns *keys* in this order, as a plain table. Raises `UsageError` for one that it has not."""
    fields = {column.key: column for column in (*view.fields, *view.more)}
    columns = {column.key: column for column in reversed(view.columns)}
    for key in keys:
        if key not in fields and key not in columns:
            known = list(dict.fromkeys([column.key for column in (*view.columns, *view.fields, *view.more)]))
            raise UsageError(
                f"没有列“{key}”；有：{'、'.join(known)}", f"no column “{key}”; there are {', '.join(known)}"
            )
    return view._replace(
        fields=[fields.get(key) or columns[key] for key in keys],
        columns=[(columns.get(key) or fields[key])._replace(needed=bool, kept=False) for key in keys],
        draw=None,
    )


def field(key: str, path: str | None = None) -> Column:
    """Column *key* of what a row has at *path* (``change.value``; default *key*): None where it has no such part."""
    names = (path or key).split(".")

    def cell(row: Any, language: Language) -> object:
        for name in names:
            row = getattr(row, name, None)
        return row

    return Column(key, cell, Text(key, key), needed=lambda rows: True, whole=key == "id")


def of_report(of: Callable[[Any], Any]) -> Column:
    """The column of the reports, there where rows are of several; *of* gives what has the titles of that of a row."""
    return Column(
        "report",
        lambda row, language: of(row).report_en if language is Language.en else of(row).report,
        Text("报告", "Report"),
        needed=lambda rows: len({of(row).report for row in rows}) > 1,
        below=True,
        least=20,
    )


def of_values(form: type[Any], found: Sequence[Any], draw: Draw | None = None) -> View:
    """The view of *found*, values of the msgspec type *form*: each field a column, the first its bare value."""
    from shkc.facts.records import record_of

    fields = [field(name) for name in form.__struct_fields__]
    first = attrgetter(fields[0].key)
    return View(
        records=lambda: map(record_of, found),
        rows=lambda: found,
        fields=fields,
        columns=fields,
        lines={"value": lambda row, language: first(row)},
        draw=draw,
    )
