"""Tables that are drawn with ruled lines: their cells, merged ones included, and the glyphs in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shkc.text.documents.pdf import Glyph, Page, Rule

_TOUCH = 3.0
"""Points by which lines may miss each other and still meet."""


class Row(NamedTuple):
    """A row of a table: where it ends, and the glyphs of each cell; columns of a merged cell share one list."""

    bottom: float
    cells: list[list[Glyph]]


class Table(NamedTuple):
    """A table: its extent, and its rows."""

    left: float
    right: float
    rows: list[Row]

    @property
    def glyphs(self) -> Iterable[Glyph]:
        """Every glyph in it."""
        return (glyph for row in self.rows for cell in row.cells for glyph in cell)


def tables(page: Page) -> list[Table]:
    """The ruled tables of *page*: at least two columns and two rows, with text in them."""
    return [table for rules in _connected(page.rules) if (table := _table(rules, page.glyphs)) is not None]


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """*rules* in groups of those that meet, directly or over others."""
    groups: list[list[Rule]] = []
    for rule in rules:
        meeting = [group for group in groups if any(_meet(rule, other) for other in group)]
        merged = [rule, *(each for group in meeting for each in group)]
        groups = [group for group in groups if group not in meeting]
        groups.append(merged)
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    return (
        one.left - _TOUCH <= other.right
        and other.left - _TOUCH <= one.right
        and one.top - _TOUCH <= other.bottom
        and other.top - _TOUCH <= one.bottom
    )


def _table(rules: Sequence[Rule], glyphs: Sequence[Glyph]) -> Table | None:
    across = [rule for rule in rules if rule.right - rule.left > rule.bottom - rule.top]
    down = [rule for rule in rules if rule.right - rule.left <= rule.bottom - rule.top]
    if not across or not down:
        return None
    xs = _places([(r.left + r.right) / 2 for r in down] + [x for r in across for x in (r.left, r.right)])
    ys = _places([(r.top + r.bottom) / 2 for r in across] + [y for r in down for y in (r.top, r.bottom)])
    if len(xs) < 3 or len(ys) < 3:
        return None
    cells = _merged(xs, ys, across, down)
    for glyph in glyphs:
        x, y = (glyph.left + glyph.right) / 2, glyph.baseline - 0.3 * glyph.size
        column, row = _between(xs, x), _between(ys, y)
        if column is not None and row is not None:
            cells[row][column].append(glyph)
    rows = [Row(bottom, content) for bottom, content in zip(ys[1:], cells, strict=True)]
    return Table(xs[0], xs[-1], rows) if sum(any(row.cells) for row in rows) > 1 else None


def _places(values: Iterable[float]) -> list[float]:
    """*values* in order, those that nearly agree as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 2 * _TOUCH:
            found.append(value)
    return found


def _between(places: Sequence[float], value: float) -> int | None:
    return next((at for at in range(len(places) - 1) if places[at] <= value < places[at + 1]), None)


def _merged(
    xs: Sequence[float], ys: Sequence[float], across: Sequence[Rule], down: Sequence[Rule]
) -> list[list[list[Glyph]]]:
    """An empty list for each cell, the same one for cells with no line between them."""
    cells: list[list[list[Glyph]]] = []
    for row in range(len(ys) - 1):
        cells.append([])
        for column in range(len(xs) - 1):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            walled = any(r.top <= y <= r.bottom and abs(r.left - xs[column]) <= 2 * _TOUCH for r in down)
            roofed = any(r.left <= x <= r.right and abs(r.top - ys[row]) <= 2 * _TOUCH for r in across)
            if column and not walled:
                cells[row].append(cells[row][column - 1])
            elif row and not roofed:
                cells[row].append(cells[row - 1][column])
            else:
                cells[row].append([])
    return cells
