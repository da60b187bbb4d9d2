"""The output formats: each is one entry of `FORMATS`, a function that writes any view."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from shkc.language import Language
from shkc.output.view import Canvas, Pieces, View, text_of

BLOCK = 50
"""Records that are joined at once: one by one, joining fifty thousand takes as long as finding them."""


def _table(view: View, language: Language, canvas: Canvas) -> Pieces:
    from shkc.output import terminal

    rows = list(view.rows())
    if view.draw:
        return view.draw(rows, language, canvas)
    columns = [column for column in view.columns if column.needed(rows)]
    return iter([terminal.draw(columns, rows, language, canvas)] if columns else [])


def _json(view: View, language: Language, canvas: Canvas) -> Iterator[bytes]:
    """One JSON array, an element a line, so that it streams and compares well."""
    left, separator = iter(view.records()), b"[\n"
    while block := b",\n".join(islice(left, BLOCK)):
        yield separator + block
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def _json_lines(view: View, language: Language, canvas: Canvas) -> Iterator[bytes]:
    return (record + b"\n" for record in view.records())


def _csv(view: View, language: Language, canvas: Canvas) -> Iterator[str]:
    return csv_lines(_cells(view, language), "\n")


def csv_lines(rows: Iterable[Iterable[object]], end: str = "\r\n") -> Iterator[str]:
    """*rows* as the lines of a CSV file, which end as RFC 4180 has it unless *end* is something else."""
    import csv
    from types import SimpleNamespace

    # A writer returns what the `write` of its file returns, which is here the line itself.
    return map(csv.writer(SimpleNamespace(write=str), lineterminator=end).writerow, rows)


def _tsv(view: View, language: Language, canvas: Canvas) -> Iterator[str]:
    """Tab-separated without quoting: no text of a fact file holds a tab or a line end."""
    return ("\t".join(row) + "\n" for row in _cells(view, language))


def _cells(view: View, language: Language) -> Iterator[list[str]]:
    """The keys of the fields of *view*, then the fields of each row."""
    yield [field.key for field in view.fields]
    for row in view.rows():
        yield [text_of(field.cell(row, language)) for field in view.fields]


def _markdown(view: View, language: Language, canvas: Canvas) -> Iterator[str]:
    rows = list(view.rows())
    columns = [column for column in view.columns if column.needed(rows)]
    if not columns:
        return
    yield _markdown_row(column.header.to(language) for column in columns)
    yield f"|{' --- |' * len(columns)}\n"
    for row in rows:
        yield _markdown_row(text_of(column.cell(row, language)) for column in columns)


_MARKUP = re.compile(r"[\\|`*_~<\[\]]|&(?=#?\w+;)|(?<=http):(?=//)|(?<=https):(?=//)|(?<=www)\.", re.IGNORECASE)
"""What Markdown takes for something else than text: marks, entities, and addresses that GitHub makes links of."""


def _markdown_row(cells: Iterable[str]) -> str:
    escaped = (_MARKUP.sub(r"\\\g<0>", cell) for cell in cells)
    return f"| {' | '.join(escaped)} |\n"


def _lines(name: str) -> Writer:
    """The format that writes the line *name* of each row."""

    def write(view: View, language: Language, canvas: Canvas) -> Iterator[str]:
        line = view.lines[name]
        return (f"{text_of(line(row, language))}\n" for row in view.rows())

    return write


Writer = Callable[[View, Language, Canvas], Pieces]


class Format(NamedTuple):
    """A format: the function that writes a view in it, and whether it has columns that can be picked."""

    write: Writer
    columns: bool = False


FORMATS = {
    "table": Format(_table, columns=True),
    "json": Format(_json),
    "jsonl": Format(_json_lines),
    "csv": Format(_csv, columns=True),
    "tsv": Format(_tsv, columns=True),
    "markdown": Format(_markdown, columns=True),
    "value": Format(_lines("value")),
    "display": Format(_lines("display")),
    "cite": Format(_lines("cite")),
    "github": Format(_lines("github")),
}
