"""Tables, cards and lines as a terminal shows them. With the progress bar the only user of Rich."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language
from shkc.output.view import Canvas, Column, text_of

if TYPE_CHECKING:
    from rich.console import RenderableType

UNLIMITED = 100_000
"""Cells that no table needs: where the width is not limited, nothing is wrapped."""


def draw(columns: Sequence[Column], rows: Iterable[object], language: Language, canvas: Canvas) -> str:
    """*rows* as a table, with as many of *columns* as there is room for."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as Cell

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    fitting = _fitting(columns, canvas.width)
    for column in fitting:
        table.add_column(Cell(column.header.to(language)), style=column.style, overflow="fold")
    for row in rows:
        table.add_row(*(Cell(text_of(column.cell(row, language))) for column in fitting))
    return _draw(table, canvas)


def _fitting(columns: Sequence[Column], width: int | None) -> Sequence[Column]:
    """As many of *columns*, from the first, as can be read side by side in *width* cells; two at least."""
    if width is None:
        return columns
    used = 0
    fitting: list[Column] = []
    for column in columns:
        used += column.least + 2
        if len(fitting) >= 2 and used > width:
            break
        fitting.append(column)
    return fitting


def draw_line(parts: Iterable[tuple[str, str]], canvas: Canvas) -> str:
    """The texts of *parts*, each in its style, side by side on one line; empty ones left out."""
    from rich.text import Text as Cell

    return _draw(Cell("  ").join(Cell(text, style=style) for text, style in parts if text), canvas)


def draw_card(title: str, rows: Iterable[tuple[str, str]], canvas: Canvas) -> str:
    """A card: *title*, and below it labels with their texts."""
    from rich.table import Table
    from rich.text import Text as Cell

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in rows:
        grid.add_row(Cell(label), Cell(text))
    return _draw(Cell(title, style="bold cyan"), canvas) + _draw(grid, canvas)


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
