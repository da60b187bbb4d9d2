"""Tables, cards and lines as a terminal shows them. With the progress bar the only user of Rich."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from shkc.language import Language, Text
from shkc.output.view import Canvas, Column, text_of

if TYPE_CHECKING:
    from rich.console import RenderableType

UNLIMITED = 100_000
"""Cells that no table needs: where the width is not limited, nothing is wrapped."""

GAP = 3
"""Cells between two columns."""

BLOCK = 100
"""Lines that Rich draws at once: more take more than their share of time."""

NARROWEST = 4
"""Cells of a column that is folded however little room there is: two Chinese characters."""


class _Drawn(NamedTuple):
    """A column as it is drawn: its header and cells, the least cells to read it, and those that hold all of it."""

    column: Column
    header: str
    cells: list[str]
    least: int
    widest: int


def draw(columns: Sequence[Column], rows: Sequence[object], language: Language, canvas: Canvas) -> str:
    """*rows* as a table of *columns*; those that there is no room for are named below it."""
    every = [_drawn(column, rows, language) for column in columns]
    if canvas.width is None:
        return _draw(_grid(every, [each.widest for each in every]), canvas)
    fitting = _fitting(every, canvas.width)
    if below := [each for each in every if each.column.below and each not in fitting]:
        every = _with_those_below([each for each in every if each not in below], below)
        fitting = _fitting(every, canvas.width)
    widths = _widths(fitting, canvas.width)
    # What cannot be folded may need more than there is: cut, it would be wrong.
    room = max(canvas.width, sum(widths) + GAP * (len(widths) - 1))
    left_out = [each.header for each in every if each not in fitting]
    return _draw(_grid(fitting, widths), canvas._replace(width=room)) + _left_out(left_out, language, canvas)


def cells_of(text: str) -> int:
    """How many cells of a terminal *text* takes: two for a Chinese character."""
    from rich.cells import cell_len

    return cell_len(text)


def _drawn(column: Column, rows: Sequence[object], language: Language) -> _Drawn:
    header = column.header.to(language)
    cells = [text_of(column.cell(row, language)) for row in rows]
    widest = max(map(cells_of, (header, *cells)))
    least = widest if column.whole else min(widest, max(column.least, cells_of(header)))
    return _Drawn(column, header, cells, least, widest)


def _fitting(columns: Sequence[_Drawn], width: int) -> list[_Drawn]:
    """Those of *columns* that can be read side by side in *width* cells: what is to be kept, then from the first on."""
    chosen = [each for each in columns if each.column.kept]
    left = width + GAP - sum(each.least + GAP for each in chosen)
    for each in columns:
        if each not in chosen and each.least + GAP <= left:
            left -= each.least + GAP
            chosen.append(each)
    return [each for each in columns if each in chosen] or list(columns[:1])


def _with_those_below(columns: Sequence[_Drawn], below: Sequence[_Drawn]) -> list[_Drawn]:
    """The *columns*, and in the first to be kept of them the cells of those that go *below*."""
    place = next((place for place, each in enumerate(columns) if each.column.kept), 0)
    column = columns[place]
    for each in below:
        cells = [f"{above}\n{cell}" for above, cell in zip(column.cells, each.cells, strict=True)]
        header = f"{column.header}\n{each.header}"
        least, widest = max(column.least, each.least), max(column.widest, each.widest)
        column = column._replace(header=header, cells=cells, least=least, widest=widest)
    return [*columns[:place], column, *columns[place + 1 :]]


def _widths(columns: Sequence[_Drawn], width: int) -> list[int]:
    """The cells of *width* for each of *columns*: what is needed to read it, then what is left from the first on."""
    widths = [each.least for each in columns]
    left = width - sum(widths) - GAP * (len(widths) - 1)
    for place, each in enumerate(columns):
        more = min(max(left, 0), each.widest - each.least)
        widths[place] += more
        left -= more
    folded = [place for place, each in enumerate(columns) if not each.column.whole]
    while left < 0 and folded and max(widths[place] for place in folded) > NARROWEST:
        widths[max(folded, key=widths.__getitem__)] -= 1
        left += 1
    return widths


def _grid(columns: Sequence[_Drawn], widths: Sequence[int]) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as Cell

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for each, width in zip(columns, widths, strict=True):
        style, whole = each.column.style, each.column.whole
        table.add_column(Cell(each.header), style=style, width=width, overflow="fold", no_wrap=whole)
    for row in zip(*(each.cells for each in columns), strict=True):
        table.add_row(*map(Cell, row))
    return table


def _left_out(headers: Sequence[str], language: Language, canvas: Canvas) -> str:
    """The line below a table that names the columns left out."""
    if not headers:
        return ""
    separator = Text("、", ", ").to(language).join(headers)
    told = Text(f"没有地方显示：{separator}（--columns 选列）", f"no room for {separator} (--columns picks columns)")
    lines = wrapped(told.to(language), canvas.width or UNLIMITED)
    return "".join(draw_line([(line, "dim")], canvas) for line in lines)


def draw_line(parts: Iterable[tuple[str, str]], canvas: Canvas) -> str:
    """The texts of *parts*, each in its style, side by side where they fit on a line; empty ones left out."""
    from rich.text import Text as Cell

    cells = [Cell(text, style=style) for text, style in parts if text]
    line = Cell("  ").join(cells)
    if canvas.width is None or cells_of(line.plain) <= canvas.width:
        return _draw(line, canvas)
    return "".join(_draw(cell, canvas) for cell in cells)


def draw_card(title: str, rows: Sequence[tuple[str, str | tuple[str, ...]]], canvas: Canvas) -> str:
    """A card: *title*, and below it labels with their texts; a tuple holds texts that are not split.

    Rich draws many lines at once, which are broken by then: a table for each row takes ten times as long.
    """
    margin = max(cells_of(label) for label, _ in rows) + GAP - 1
    lines = chain.from_iterable(_row(label, text, margin, canvas.width) for label, text in rows)
    card = draw_line([(title, "bold cyan")], canvas)
    while block := list(islice(lines, BLOCK)):
        card += _draw_labelled(block, canvas)
    return card


def _draw_labelled(lines: Iterable[tuple[str, str]], canvas: Canvas) -> str:
    from rich.text import Text as Cell

    drawn = Cell()
    for label, line in lines:
        drawn.append("\n" if drawn else "").append(label, style="dim").append(line)
    return _draw(drawn, canvas._replace(width=None))


def _row(label: str, text: str | tuple[str, ...], margin: int, width: int | None) -> Iterator[tuple[str, str]]:
    """The lines of *text* in *width* cells, each with what stands in the *margin* before it: *label*, then nothing."""
    from rich.cells import chop_cells

    if isinstance(text, tuple):
        if width and margin + max(map(cells_of, text)) > width:
            yield label, ""
            yield from (("", each) for each in text)
            return
        text = ", ".join(text)
    room = max((width or UNLIMITED) - margin, NARROWEST)
    beside = label + " " * (margin - cells_of(label))
    for line in wrapped(text, room):
        for part in chop_cells(line, room):  # a word may be longer than a line
            yield beside, part
            beside = " " * margin


def _draw(renderable: RenderableType, canvas: Canvas) -> str:
    """*renderable* as text, without spaces at line ends."""
    from io import StringIO

    from rich.console import Console

    text = StringIO()
    console = Console(
        file=text,
        width=canvas.width or UNLIMITED,
        force_terminal=canvas.colour,
        color_system="standard" if canvas.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(renderable)
    return "".join(line.rstrip() + "\n" for line in text.getvalue().splitlines())


_UNBROKEN = re.compile(r"[（《“]*(?:[!-~…]+(?:(?<=\d)[一-鿿]{1,2})?–?|.)[，。；：、）》”]*")
"""What stays on a line: a word in Latin letters, a number with its unit, or one Chinese character, and the marks around
it. An interval may be broken behind its dash."""


def wrapped(paragraph: str, width: int) -> list[str]:
    """The lines of *paragraph* in *width* cells: broken between words, and between any two Chinese characters.

    Rich breaks at spaces only, which Chinese text has none of.
    """
    lines, used = [""], 0
    for piece in _UNBROKEN.findall(paragraph):
        if used + cells_of(piece.rstrip()) > width:
            lines.append("")
            used = 0
        piece = piece if used else piece.lstrip()  # noqa: PLW2901 # as it stands there
        lines[-1] += piece
        used += cells_of(piece)
    return [line.rstrip() for line in lines]
