"""What stands on a page and is not of the text: running heads, page numbers, tables of contents, notes."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from shkc.text.documents.layout import Segment, Sheet
from shkc.text.documents.lines import Line

_NEIGHBOURS = 2
"""Pages on each side that a running head is looked for on: left and right pages may have heads of their own."""

_EDGE = 3
"""Rows at the top and at the bottom of a page that may be of its furniture."""

_NUMBER = re.compile(
    r"[-—–－·•|\s]*(?:第|Page )?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*页?"
    r"(?:\s*(?:/|／|，?共|of)\s*\d{1,4}\s*页?)?[-—–－·•|\s]*",
    re.IGNORECASE,
)
_OF_BROWSER = re.compile(r"(?:file|https?)://\S+|^\d{1,4}[/.]\d{1,2}[/.]\d{1,4},? \d{1,2}:\d\d")
"""What a browser prints around a page: where it comes from, and when it was printed."""

_OUTER = 0.08
"""Share of the height of a page, at the top and at the bottom, in which a page number stands."""

_ENTRY = re.compile(r"(?:[.．…·]\s?){3,}\s*\d{1,4}$")
"""An entry of a table of contents: dots that lead to a page number."""

_CONTENTS = re.compile(r"目\s*[录次]|contents", re.IGNORECASE)
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\]|[①-⑳]|\*|\d{1,2}[.、．]?\s?(?=[\u4e00-\u9fff“《])|注[：:释]")
NOTE_MARK = re.compile(r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\[\d{1,3}\]|[①-⑳]|\*+|\d{1,2}[.、．])\s*")
"""What a note begins with and is not of its text."""
_SMALLER = 0.93
"""Size of a note, of that of the text, at most."""


class _Row(NamedTuple):
    """A row at the edge of a page: its words with digits folded, where it stands, its size, its own words."""

    key: str
    baseline: float
    size: float
    text: str


def without_furniture(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """*sheets* without running heads and page numbers; some pages before and behind are looked at for each."""
    window: deque[tuple[Sheet, tuple[list[_Row], list[_Row]]]] = deque(maxlen=2 * _NEIGHBOURS + 1)
    source = iter(sheets)
    zones: set[tuple[bool, int, float]] = set()
    waiting = 0
    while True:
        page = next(source, None)
        if page is not None:
            window.append((page, (_edge(page.rows), _edge(page.rows[::-1]))))
            waiting += 1
            if waiting <= _NEIGHBOURS:
                continue
        elif not waiting:
            return
        at = len(window) - waiting
        yield _bare(window, at, zones)
        waiting -= 1


def _edge(rows: Sequence[list[Segment]]) -> list[_Row]:
    """The first of *rows*."""
    found = []
    for row in rows[:_EDGE]:
        text = " ".join(segment.text for segment in row)
        found.append(_Row(re.sub(r"\d+", "#", text), row[0].baseline, max(s.size for s in row), text))
    return found


def _bare(
    window: Sequence[tuple[Sheet, tuple[list[_Row], list[_Row]]]], at: int, zones: set[tuple[bool, int, float]]
) -> Sheet:
    page, edges = window[at]
    near = [edge for index, (_, edge) in enumerate(window) if index != at and index >= at - _NEIGHBOURS]
    cuts = []
    for bottom, rows in enumerate(edges):
        cut = 0
        for number, row in enumerate(rows):
            zone = (bool(bottom), round(row.baseline), round(row.size, 1))
            same = (other for edge in near for other in edge[bottom] if other.key == row.key)
            repeated = any(abs(row.baseline - other.baseline) <= row.size for other in same)
            if repeated:
                zones.add(zone)
            if not (repeated or (zone in zones and _is_apart(rows, number)) or _is_marginal(row, page, rows, number)):
                break
            cut += 1
        cuts.append(cut)
    return page._replace(rows=page.rows[cuts[0] : len(page.rows) - cuts[1]] if sum(cuts) <= len(page.rows) else [])


def _is_apart(rows: Sequence[_Row], number: int) -> bool:
    """Whether the row is farther from the next than two lines of a paragraph are."""
    if number + 1 >= len(rows):
        return True
    return abs(rows[number + 1].baseline - rows[number].baseline) >= 2 * rows[number].size


def _is_marginal(row: _Row, page: Sheet, rows: Sequence[_Row], number: int) -> bool:
    """Whether a row that no other page has is a page number, or small and at the edge, or of a browser."""
    outside = not _OUTER * page.height < row.baseline - row.size / 2 < (1 - _OUTER) * page.height
    if _OF_BROWSER.search(row.text):
        return outside
    if number or not _is_apart(rows, number):
        return False
    return bool(_NUMBER.fullmatch(row.text)) or (outside and row.size <= _SMALLER * _main_size(page))


def _main_size(page: Sheet) -> float:
    """The size of most of *page*."""
    sizes: Counter[float] = Counter()
    for row in page.rows:
        for segment in row:
            sizes[segment.size] += len(segment.text)
    return sizes.most_common(1)[0][0]


class Notes:
    """Takes the notes off the foot of pages, and keeps them."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._sizes: Counter[float] = Counter()

    def without(self, lines: Sequence[Line]) -> list[Line]:
        """The *lines* of a page without the notes at the end of its columns and the entries of a table of contents."""
        for line in lines:
            self._sizes[round(line.size, 1)] += len(line.text)
        kept = list(lines)
        if self._sizes:
            largest = _SMALLER * self._sizes.most_common(1)[0][0]
            for column in dict.fromkeys(line.column for line in lines):
                notes = _notes([line for line in lines if line.column == column], largest)
                self.lines += notes
                kept = [line for line in kept if line not in notes]
        return _without_contents(kept)


def _notes(lines: Sequence[Line], largest: float) -> list[Line]:
    """The small lines at the end of a column, where the first of them has the mark of a note."""
    at = len(lines)
    while at and lines[at - 1].size <= largest and not lines[at - 1].is_row:
        at -= 1
    small = lines[at:]
    first = next((number for number, line in enumerate(small) if _NOTE.match(line.text)), None)
    return [] if first is None or not at else list(small[first:])


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    entries = {number for number, line in enumerate(lines) if _ENTRY.search(line.text)}
    heads = {
        number
        for number, _ in pairwise(range(len(lines)))
        if number + 1 in entries and _CONTENTS.fullmatch(lines[number].text)
    }
    return [line for number, line in enumerate(lines) if number not in entries | heads]
