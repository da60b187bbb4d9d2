"""From the glyphs of a page to its lines in the order in which they are read: rows, raised marks, columns, tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from shkc.text.documents import grid
from shkc.text.documents.characters import is_wide, raised, superscript, unified
from shkc.text.documents.lines import Line, joined
from shkc.text.documents.pdf import Glyph, Page

_SAME_BASELINE = 0.25
"""Share of the size of a glyph by which the baselines of one row differ at most."""

_GAP = 1.25
"""A wider gap, in sizes, parts two cells or two columns; that between two words or ideographs is smaller."""

_WORD_GAP = 0.18
"""A wider gap, in sizes, between two letters is a space."""

_BLANK = 0.8
"""A wider gap, in sizes, beside an ideograph is a blank: two names, a name and its post."""

_FIGURE = re.compile(r"[-+−]?[\d.,]+[%‰]?|—|-")
"""A cell of a table of figures."""

_FIGURES = 0.25
"""Share of the cells of a table that are figures, at least; lines of running text side by side have none."""

_LEAST_GUTTER = 0.8
"""Width of the strip between two columns, in sizes, at least."""

_LEAST_IN_COLUMN = 5
"""Rows on each side of a gutter; fewer are cells."""

_NARROWEST = 8
"""Width of a column of running text, in sizes, at least; columns of figures are narrower."""

_FULL = 0.8
"""Share of the width of its column that a full row has."""

_LEAST_FULL = 3
"""Full rows in a column beside one of running text."""

_FULL_ROWS = 0.3
"""Share of the rows of running text that are full, at least; cells of a table differ in length."""

_OUTSIDE = 0.2
"""Share of the width of the text, on each side, in which no gutter is."""

_CROSSING = 0.12
"""Share of the rows that may cross a gutter: headings over both columns."""


class Segment(NamedTuple):
    """Part of a row without a wide gap."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


class Sheet(NamedTuple):
    """What stands on a page: rows of segments from the top, and rows of ruled tables."""

    number: int
    height: float
    rows: list[list[Segment]]
    tables: list[Line]


class Gutter(NamedTuple):
    """The empty strip between two columns."""

    left: float
    right: float


def sheet(page: Page) -> Sheet:
    """The rows and the ruled tables of *page*."""
    tables = grid.tables(page)
    inside = {id(glyph) for table in tables for glyph in table.glyphs}
    free = rows(glyph for glyph in page.glyphs if id(glyph) not in inside)
    segments = [found for row in free if (found := _segments(row))]
    drawn = [line for table in tables for line in _table_lines(table, page.number)]
    return Sheet(page.number, page.extent[1], segments, drawn)


def lines(page: Sheet, before: Sequence[Gutter] = ()) -> tuple[list[Line], tuple[Gutter, ...]]:
    """The lines of *page* in reading order, and the gutters between its columns.

    *before* are the gutters of the page before: a last page too short to show its own has the same.
    """
    rows = _open_tables(page)
    segments = [segment for row in rows for segment in row if isinstance(segment, Segment)]
    gutters = _gutters(segments)
    if not gutters and before and not any(_crosses(segment, gutter) for segment in segments for gutter in before):
        gutters = tuple(before)
    if gutters:
        return _in_order(rows, gutters, page.number), gutters
    return [line for band, inner in _bands(rows) for line in _in_order(band, inner, page.number)], ()


_Row = Sequence["Segment | Line"]
"""What stands on one baseline: segments, or a row of a table."""


def _open_tables(page: Sheet) -> list[_Row]:
    """The rows of *page* from the top, its ruled tables among them, and tables of figures without ruled lines found."""
    found: list[_Row] = [[line] for line in page.tables]
    for many, group in groupby(page.rows, key=lambda row: len(row) >= 3):
        rows = list(group)
        cells = _cells(rows) if many and len(rows) > 1 else None
        texts = [text for row in cells or () for text in row if text]
        if cells and sum(bool(_FIGURE.fullmatch(text)) for text in texts) >= _FIGURES * len(texts):
            found += [
                [_line("\t".join(row), place, page.number, (0, 1))] for row, place in zip(cells, rows, strict=True)
            ]
        else:
            found += rows
    return sorted(found, key=lambda row: row[0].baseline)


def rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """*glyphs* in rows of one baseline, from the top; raised and lowered small ones in the row that they belong to."""
    found: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda each: (each.baseline, each.left)):
        if glyph.text.isspace():
            continue
        if found and glyph.baseline - found[-1][0].baseline <= _SAME_BASELINE * max(glyph.size, found[-1][0].size):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return _with_small_ones(found)


def _with_small_ones(found: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows *found*, those of small glyphs beside another row's as a part of that: raised ones as they are read."""
    kept = [list(row) for row in found]
    for at, row in enumerate(found):
        for to in (at + 1, at - 1):
            if 0 <= to < len(found) and kept[to] and _is_attached(row, found[to]):
                kept[to] += _on_line(row, found[to])
                kept[at] = []
                break
    return [row for row in kept if row]


def _on_line(row: Sequence[Glyph], other: Sequence[Glyph]) -> Iterator[Glyph]:
    """The small glyphs of *row* on the baseline of *other*; marks of notes keep their place and lose their text."""
    baseline = other[0].baseline
    for glyph in row:
        text = glyph.text
        before = [each for each in other if each.left < glyph.left]
        if glyph.baseline < baseline and before:
            text = raised(text_of(before), text)
        yield glyph._replace(text=text if before else superscript(text), baseline=baseline)


def _is_attached(row: list[Glyph], other: list[Glyph]) -> bool:
    """Whether the glyphs of *row* stand beside those of *other*, raised or lowered by less than lines are apart."""
    size = max(glyph.size for glyph in other)
    offset = other[0].baseline - row[0].baseline
    if len(row) >= len(other) or max(glyph.size for glyph in row) > size or not -0.35 * size <= offset <= 0.65 * size:
        return False
    near: list[Glyph] = []
    for glyph in sorted(row, key=lambda each: each.left):
        beside = (max(glyph.left - each.right, each.left - glyph.right) for each in (*other, *near[-1:]))
        if not any(abs(distance) <= 0.4 * size for distance in beside):
            return False
        near.append(glyph)
    return True


def text_of(row: Sequence[Glyph]) -> str:
    """The text of glyphs on one baseline, from left to right: spaces between words, none beside Chinese characters."""
    text = ""
    before: Glyph | None = None
    for glyph in sorted(row, key=lambda each: each.left):
        if before is not None and _is_twice(before, glyph):
            continue
        if before is not None and glyph.left - before.right > _WORD_GAP * glyph.size:
            wide = is_wide(before.text) or is_wide(glyph.text)
            text += " " if not wide else "　" if glyph.left - before.right > _BLANK * glyph.size else ""
        text += glyph.text
        before = glyph
    return unified(text)


def _is_twice(one: Glyph, other: Glyph) -> bool:
    """Whether an ideograph or a digit is drawn twice to look bold; the two of —— and ﬀ stand in one place, too."""
    drawn = other.text.isdigit() or (is_wide(other.text) and other.text.isalpha())
    return drawn and one.text == other.text and abs(other.left - one.left) < 0.1 * other.size


def _segments(row: Sequence[Glyph]) -> list[Segment]:
    parts: list[list[Glyph]] = []
    for glyph in sorted(row, key=lambda each: each.left):
        if parts and glyph.left - max(each.right for each in parts[-1][-3:]) <= _GAP * min(
            glyph.size, parts[-1][-1].size
        ):
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
    return [segment for part in parts if (segment := _segment(part)).text]


def _segment(part: Sequence[Glyph]) -> Segment:
    size = Counter(round(glyph.size, 1) for glyph in part).most_common(1)[0][0]
    baseline = Counter(glyph.baseline for glyph in part).most_common(1)[0][0]
    return Segment(text_of(part), part[0].left, max(glyph.right for glyph in part), baseline, size)


# ── Columns ─────────────────────────────────────────────────────────────────────────────────────────


def _crosses(segment: Segment | Line, gutter: Gutter) -> bool:
    return segment.left < gutter.left and segment.right > gutter.right


def _gutters(segments: Sequence[Segment]) -> tuple[Gutter, ...]:
    """The gutters that divide *segments* into columns of running text, from the left."""
    if not segments:
        return ()
    left, right = min(s.left for s in segments), max(s.right for s in segments)
    gutter = _gutter(segments, left, right)
    if gutter is None:
        return ()
    here = [segment for segment in segments if segment.right <= gutter.right]
    there = [segment for segment in segments if segment.left >= gutter.left]
    return (*_gutters(here), gutter, *_gutters(there))


def _gutter(segments: Sequence[Segment], left: float, right: float) -> Gutter | None:
    """The strip of the middle that fewest of *segments* cross, the widest of these, with running text beside it."""
    most = _CROSSING * len(segments)
    least = _LEAST_GUTTER * median(s.size for s in segments)
    margin = _OUTSIDE * (right - left)
    found: list[tuple[int, float, Gutter]] = []
    for start in {s.right for s in segments if left + margin <= s.right <= right - margin}:
        crossing = sum(s.left <= start < s.right for s in segments)
        end = min((s.left for s in segments if s.left > start), default=start)
        if crossing <= most and end - start >= least:
            found.append((-crossing, end - start, Gutter(start, end)))
    if not found:
        return None
    best = max(found)[2]
    here, there = [s for s in segments if s.right <= best.right], [s for s in segments if s.left >= best.left]
    middle = left + margin * 2 <= best.left and best.right <= right - margin * 2
    return best if _are_columns(here, there, middle) or _are_columns(there, here, middle) else None


def _are_columns(main: Sequence[Segment], beside: Sequence[Segment], middle: bool) -> bool:
    """Whether *main* is a column of running text and *beside* another, or the little that is left for a last one.

    *middle*: the gutter is in the middle of the text. Then a title page may have any short lines beside running text.
    """
    if not _is_running(main):
        return False
    if len(beside) < _LEAST_IN_COLUMN:
        return len(beside) <= len(main) / 2
    width = max(s.right for s in main) - min(s.left for s in main)
    return middle or sum(s.right - s.left >= _FULL * width for s in beside) >= _LEAST_FULL


def _is_running(side: Sequence[Segment]) -> bool:
    """Whether *side* is running text: a column of some width, with enough rows that fill it."""
    if len(side) < _LEAST_IN_COLUMN:
        return False
    width = max(s.right for s in side) - min(s.left for s in side)
    full = sum(s.right - s.left >= _FULL * width for s in side)
    return width >= _NARROWEST * median(s.size for s in side) and full >= _FULL_ROWS * len(side)


def _bands(rows: Sequence[_Row]) -> Iterator[tuple[Sequence[_Row], tuple[Gutter, ...]]]:
    """*rows* in bands that are read one after the other: those in two columns with the gutter between them."""
    start = at = 0
    while at < len(rows):
        end, gutter = _side_by_side(rows, at)
        if gutter is None:
            at += 1
            continue
        yield rows[start:at], ()
        yield rows[at:end], (gutter,)
        start = at = end
    yield rows[start:], ()


def _side_by_side(rows: Sequence[_Row], start: int) -> tuple[int, Gutter | None]:
    """Where the rows in two columns of running text from *start* on end, and their gutter; None where none begin."""
    gutter, end = Gutter(0, float("inf")), start
    for at in range(start, len(rows)):
        row = rows[at]
        if len(row) > 2 or any(isinstance(each, Line) for each in row):
            break
        if len(row) == 2:
            narrowed = Gutter(max(gutter.left, row[0].right), min(gutter.right, row[1].left))
            if narrowed.right - narrowed.left < _LEAST_GUTTER * row[0].size:
                break
            gutter, end = narrowed, at + 1
        elif at == start or not (row[0].right <= gutter.left or row[0].left >= gutter.right) or at - end >= 2:
            break
    band = [each for row in rows[start:end] for each in row if isinstance(each, Segment)]
    sides = [each for each in band if each.right <= gutter.left], [each for each in band if each.left >= gutter.right]
    if not all(map(_is_running, sides)):
        return start, None
    pitch = median(after[0].baseline - row[0].baseline for row, after in pairwise(rows[start:end]))
    while end < len(rows) and len(rows[end]) == 1:  # the last line on the left
        last = rows[end][0]
        if last.right > gutter.left or last.baseline - rows[end - 1][0].baseline > 1.1 * pitch:
            break
        end += 1
    return end, gutter


# ── Order ───────────────────────────────────────────────────────────────────────────────────────────


def _in_order(rows: Sequence[_Row], gutters: Sequence[Gutter], page: int) -> list[Line]:
    """Lines from the top: what crosses a gutter as it comes, what stands between two such column by column."""
    columns = len(gutters) + 1
    bands: list[list[list[Segment | Line]]] = [[[] for _ in range(columns)]]
    for each in (each for row in rows for each in row):
        if any(_crosses(each, gutter) for gutter in gutters):
            bands += [[[each], *([] for _ in gutters)], [[] for _ in range(columns)]]
        else:
            bands[-1][sum(each.left >= gutter.left for gutter in gutters)].append(each)
    found: list[Line] = []
    for at, band in enumerate(bands):
        whole = at % 2 == 1
        for column, content in enumerate(band):
            found += _lines(content, page, (0, 1) if whole else (column, columns))
    return found


def _lines(content: Sequence[Segment | Line], page: int, column: tuple[int, int]) -> list[Line]:
    """The lines of one column: rows of cells where several segments stand under each other, else one line a row."""
    found: list[Line] = []
    run: list[list[Segment]] = []

    def close() -> None:
        found.extend(_run_lines(run, page, column))
        run.clear()

    for each in content:
        if isinstance(each, Line):
            close()
            found.append(each._replace(column=column))
        elif run and abs(each.baseline - run[-1][0].baseline) <= _SAME_BASELINE * each.size:
            run[-1].append(each)
        else:
            run.append([each])
    close()
    return found


def _run_lines(run: Sequence[list[Segment]], page: int, column: tuple[int, int]) -> list[Line]:
    found: list[Line] = []
    at = 0
    while at < len(run):
        end = at
        while end < len(run) and len(run[end]) > 1:
            end += 1
        table = run[at:end]
        cells = _cells(table) if len(table) > 1 else None
        for row, texts in zip(table, cells or ([_spaced(row)] for row in table), strict=True):
            found.append(_line("\t".join(texts), row, page, column))
        if end < len(run):
            found.append(_line(run[end][0].text, run[end], page, column))
        at = end + 1
    return found


def _spaced(row: Sequence[Segment]) -> str:
    """The text of segments on one line that are no cells: a blank between Chinese characters, a space between words."""
    text = row[0].text
    for segment in row[1:]:
        text += ("　" if is_wide(text[-1]) or is_wide(segment.text[0]) else " ") + segment.text
    return text


def _line(text: str, row: Sequence[Segment], page: int, column: tuple[int, int]) -> Line:
    longest = max(row, key=lambda segment: len(segment.text))
    return Line(text, row[0].left, max(s.right for s in row), row[0].baseline, longest.size, page, column)


def _cells(table: Sequence[Sequence[Segment]]) -> list[list[str]] | None:
    """The cells of rows of segments that stand under each other, empty ones included; None where they do not."""
    most = max(len(row) for row in table)
    fullest = [row for row in table if len(row) == most]
    columns = [(min(s.left for s in cells), max(s.right for s in cells)) for cells in zip(*fullest, strict=True)]
    if any(before[1] >= after[0] for before, after in pairwise(columns)):
        return None
    found = []
    for row in table:
        cells = [""] * most
        for segment in row:
            middle = (segment.left + segment.right) / 2
            nearest = min(range(most), key=lambda at: abs(sum(columns[at]) / 2 - middle))
            cells[nearest] = f"{cells[nearest]} {segment.text}".strip()
        found.append(cells)
    return found


def _table_lines(table: grid.Table, page: int) -> list[Line]:
    """The rows of a ruled *table*; a row that is one cell is a line of text."""
    found = []
    for row in table.rows:
        cells = [_cell_text(cell) for cell in row.cells]
        if any(cells):
            text = cells[0] if len({id(cell) for cell in row.cells}) == 1 else "\t".join(cells)
            glyphs = [glyph for cell in row.cells for glyph in cell]
            size = median(glyph.size for glyph in glyphs)
            found.append(Line(text, table.left, table.right, row.bottom, size, page))
    return found


def _cell_text(cell: Sequence[Glyph]) -> str:
    text = ""
    for row in rows(cell):
        text = joined(text, text_of(row))
    return text
