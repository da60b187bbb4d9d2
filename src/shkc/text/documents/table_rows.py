"""Tables of DOCX and HTML: rows as lines with tabs between cells, merged cells in each place that they cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from shkc.text.documents.lines import joined


class Cell(NamedTuple):
    """A cell: its paragraphs, and the columns and rows that it covers."""

    paragraphs: tuple[str, ...]
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Its paragraphs on one line."""
        text = ""
        for paragraph in self.paragraphs:
            text = joined(text, paragraph.replace("\t", " "))
        return text


_MOST_COLUMNS = 200
"""Of a table. A cell that says that it covers more is broken, and what merged cells push further right is left out."""

MOST_CELLS = 2_000_000
MOST_CHARACTERS = 1 << 25
"""Of a table: ten thousand rows of the widest, a report of the largest. Merged cells make much of a small file."""


def lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """The text of a table: a line for each row, a tab between two cells, empty cells included.

    A row that is one cell, and a table of one column or one row, which only places text, give their paragraphs. Raises
    `ValueError` when it is larger than any.
    """
    grid = _spread(rows)
    if len(grid) < 2 or max(len(row) for row in grid) < 2:
        return [text for row in rows for cell in row for text in cell.paragraphs if text]
    width = max(len(row) for row in grid)
    found: list[str] = []
    characters = 0
    for row in grid:
        if len({id(cell) for cell in row}) == 1:
            texts = [text for text in row[0].paragraphs if text]
        else:
            cells = [cell.text for cell in row]
            texts = ["\t".join([*cells, *[""] * (width - len(row))])] if any(cells) else []
        characters += sum(map(len, texts))
        if characters > MOST_CHARACTERS:
            raise ValueError(f"a table of more than {MOST_CHARACTERS} characters")
        found += texts
    return found


def _spread(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The cell at each place, merged ones at all of theirs."""
    empty = Cell(())
    grid: list[list[Cell]] = []
    below: dict[int, tuple[Cell, int]] = {}
    spread = 0
    for row in rows:
        cells: list[Cell] = []
        waiting = list(row)[::-1]
        last = max(below, default=-1)
        while (waiting or len(cells) <= last) and len(cells) < _MOST_COLUMNS:
            if len(cells) in below:
                cell, left = below.pop(len(cells))
                if left > 1:
                    below[len(cells)] = cell, left - 1
                cells.append(cell)
            elif waiting:
                cell = waiting.pop()
                for _ in range(min(cell.columns, _MOST_COLUMNS)):
                    if cell.rows > 1:
                        below[len(cells)] = cell, cell.rows - 1
                    cells.append(cell)
            else:
                cells.append(empty)
        grid.append(cells)
        spread += len(cells) or 1  # a row takes room, too
        if spread > MOST_CELLS:
            raise ValueError(f"a table of more than {MOST_CELLS} cells")
    return grid
