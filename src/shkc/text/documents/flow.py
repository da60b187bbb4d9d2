"""From lines to paragraphs: where one begins, by the way in which the document shows it.

A paragraph begins at an indent, behind a short line, at another size, or behind a gap. Which of these a document uses
is measured on its first lines; where it uses none, or where a page ends, a full line that ends a sentence leaves it
open whether the next one goes on. Such a join is in doubt, and is told as such.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain, islice, pairwise
from statistics import median
from typing import NamedTuple

from shkc.text.documents.characters import is_wide
from shkc.text.documents.lines import HYPHENS, Line, joined

_SAMPLE = 3000
"""Lines that the style is measured on."""

_NARROW = 0.55
"""Width of a letter or digit, in sizes, about."""

_INDENT = 0.7
"""Sizes; what begins farther in is indented."""

_LARGEST_INDENT = 4.5
"""Sizes; what begins still farther in is centred or a block of its own."""

_OTHER_SIZE = 1.06
"""Ratio of two sizes that differ; smaller differences come from rounding."""

_UNEVEN = 0.3
"""Sizes by which full lines of justified text miss the right edge at most."""

_LITTLE = 0.25
"""Share of the width of the text; a line that lacks less may have been broken before something long."""

_TERMINAL = re.compile(r"[。！？!?；;：:…][”’」』）)》\]]*$")
_MIDST = re.compile(r"[，,、（(《“‘「『]$")
_CONTINUES = re.compile(r"[，。、；：！？）》”’」』％,;:!?)\]%]")
MARKER = re.compile(
    r"(?:[•●▪◦■◆▶○☆★※·]|第[一二三四五六七八九十百\d]+[章节篇编部条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}[.、．](?!\d)|[①-⑳]|——)\s*"
)
"""What a heading or an item of a list begins with."""

_CORE = r"(?:[A-Za-z0-9.,%&+/°·-]+|.)"
_CHINESE = "[一二三四五六七八九十]+"
_HEAD = re.compile(rf"第(?:{_CHINESE}|\d+)[章节篇编部]|{_CHINESE}、|[（(]{_CHINESE}[）)]")
"""What a numbered heading begins with."""

_HANGING = re.compile(r"(?:[•●▪◦■◆▶○·]|\d{1,2}[.、．]|[（(]\d{1,2}[）)]|[①-⑳])\s*")
"""What an item of a list begins with whose other lines may be set in."""

_UNIT = re.compile(rf"[（《“‘「『(\[]*{_CORE}(?:[“”‘’]+{_CORE}|[，。、；：！？）》」』％,.;:!?)\]]+)*")
"""What is not broken over two lines: an ideograph or a word, with the punctuation that clings to it.

By the Unicode line breaking algorithm (UAX 14) a quotation mark clings to what is on either side of it.
"""


class Join(Enum):
    """How a line goes on from the one before."""

    none = 0
    sure = 1
    doubtful = 2


class Style(NamedTuple):
    """How a document shows its paragraphs.

    *edges* are left and right edge of the text by column and side of the leaf; *far* is the distance of two baselines,
    in sizes, from which on a paragraph ends; *indents* and *gaps* say which signs are used, *even* whether full lines
    all end at the right edge.
    """

    edges: dict[tuple[tuple[int, int], int], tuple[float, float]]
    far: float
    indents: bool
    gaps: bool
    even: bool

    def inset(self, line: Line) -> float:
        """How far in *line* begins, in sizes."""
        return (line.left - self._edges(line)[0]) / line.size

    def room(self, line: Line) -> float:
        """What is free to the right of *line*, in sizes."""
        return (self._edges(line)[1] - line.right) / line.size

    def measure(self, line: Line) -> float:
        """The width of the text where *line* stands, in sizes."""
        left, right = self._edges(line)
        return (right - left) / line.size

    def _edges(self, line: Line) -> tuple[float, float]:
        return self.edges.get((line.column, line.page % 2)) or (line.left, line.right)


class Breaking(NamedTuple):
    """How lines were broken.

    *unit* is the width of what a text begins with and is kept together, in sizes. *is_print*: by a typesetter, who sets
    space between Chinese and Latin characters, narrows punctuation, and justifies lines.
    """

    unit: Callable[[str], float]
    is_print: bool

    @property
    def slack(self) -> float:
        """What a full line in the midst of a sentence may lack besides, in sizes."""
        return 1.0 if self.is_print else 0.0


def paragraphs(lines: Iterable[Line], breaking: Breaking | None = None) -> Iterator[tuple[str, ...]]:
    """The paragraphs that *lines* make, each in the parts that are joined in doubt: one part where nothing is.

    Lines that were broken by *breaking*, None as in print. Not more than some thousand lines are in memory.
    """
    breaking = breaking or PRINT
    source = iter(lines)
    sample = list(islice(source, _SAMPLE))
    style = style_of(sample, breaking)
    parts: list[str] = []
    before: Line | None = None
    count = 0
    for line in chain(sample, source):
        join = _join(style, breaking, before, line, count) if before is not None else Join.none
        if join is Join.none:
            if parts:
                yield tuple(parts)
            parts, count = [line.text], 1
        else:
            count += 1
            if join is Join.sure:
                parts[-1] = joined(parts[-1], line.text)
            else:
                parts.append(line.text)
        before = line
    if parts:
        yield tuple(parts)


def printed_width(text: str) -> float:
    """About the width of *text* in print, in sizes."""
    return sum(1.0 if is_wide(character) else _NARROW for character in text)


def unit(text: str) -> str:
    """What *text* begins with and is not broken over two lines."""
    found = _UNIT.match(text)
    return found[0] if found else text[:1]


PRINT = Breaking(lambda text: printed_width(unit(text)), is_print=True)
"""As a typesetter breaks lines."""


# ── The style ───────────────────────────────────────────────────────────────────────────────────────


def style_of(lines: Sequence[Line], breaking: Breaking = PRINT) -> Style:
    """How the document that *lines* are of shows its paragraphs."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 1.0
    body = [line for line in lines if not line.is_row and _is_size(line.size, size)]
    style = Style(_edges(body, size), float("inf"), False, False, False)
    pairs = [
        (one, other)
        for one, other in pairwise(lines)
        if _is_size(one.size, size) and _is_size(other.size, size) and not one.is_row and not other.is_row
    ]
    level = [(a, b) for a, b in pairs if a.page == b.page and a.column == b.column and b.baseline > a.baseline]
    ended = [(a, b) for a, b in level if style.room(a) > max(breaking.unit(b.text), 2.0)]
    full = [(a, b) for a, b in level if style.room(a) <= breaking.unit(b.text) and abs(style.inset(b)) < _INDENT]
    indented = sum(_INDENT <= style.inset(b) <= _LARGEST_INDENT for _, b in ended)
    normal = _typical(full)
    behind = _typical(ended)
    gaps = normal is not None and behind is not None and behind > 1.1 * normal
    far = (normal + behind) / 2 if gaps and normal and behind else 1.4 * normal if normal else float("inf")
    even = breaking.is_print and sum(abs(style.room(a)) <= _UNEVEN / 2 for a, _ in full) > 0.7 * len(full)
    return style._replace(far=far, indents=indented > 0.4 * len(ended), gaps=gaps, even=even and len(full) > 2)


def _typical(pairs: Sequence[tuple[Line, Line]]) -> float | None:
    """The middle distance of two baselines, in sizes; None where there are no *pairs*."""
    return median((b.baseline - a.baseline) / a.size for a, b in pairs) if pairs else None


def _is_size(size: float, other: float) -> bool:
    return max(size, other) <= _OTHER_SIZE * min(size, other)


def _edges(body: Sequence[Line], size: float) -> dict[tuple[tuple[int, int], int], tuple[float, float]]:
    """Left and right edge of the text, by column and side of the leaf; a side with few lines has those of both."""
    by_column: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in body:
        by_column[line.column].append(line)
    found = {}
    for column, lines in by_column.items():
        both = _edge(lines, size)
        for side in (0, 1):
            mine = [line for line in lines if line.page % 2 == side]
            found[column, side] = _edge(mine, size) if len(mine) >= 10 else both
    return found


def _edge(lines: Sequence[Line], size: float) -> tuple[float, float]:
    """The outermost ends that several of *lines* share."""
    least = max(2, 0.06 * len(lines)) if len(lines) > 2 else 1
    lefts, rights = sorted(line.left for line in lines), sorted((line.right for line in lines), reverse=True)
    left = next((x for x in lefts if sum(x <= other <= x + 0.4 * size for other in lefts) >= least), lefts[0])
    right = next((x for x in rights if sum(x - 1.5 * size <= other <= x for other in rights) >= least), rights[0])
    return left, right


# ── A line and the next ─────────────────────────────────────────────────────────────────────────────


def _join(style: Style, breaking: Breaking, a: Line, b: Line, count: int) -> Join:
    """How *b* goes on from *a*, the last of *count* lines of a paragraph."""
    if a.is_row or b.is_row or not _is_size(a.size, b.size):
        return Join.none
    level = a.page == b.page and a.column == b.column and b.baseline > a.baseline
    if level and (b.baseline - a.baseline) / a.size > style.far:
        return Join.none
    if _CONTINUES.match(b.text):
        return Join.sure
    if not _goes_on_below(style, a, b, count):
        return Join.none
    ends = bool(_TERMINAL.search(a.text))
    if style.room(a) >= breaking.unit(b.text) + (min(_UNEVEN / 2, breaking.slack) if ends else breaking.slack):
        return _behind_short(style, breaking, a, b, level, ends)
    return _behind_full(style, a, b, level, heads=count == 1 and bool(_HEAD.match(a.text)))


def _goes_on_below(style: Style, a: Line, b: Line, count: int) -> bool:
    """Whether *b* begins where a paragraph goes on whose line *count* is *a*: at the edge, or below its words."""
    here, there = style.inset(a), style.inset(b)
    if count > 1:
        return abs(there - here) <= _INDENT
    marker = _HANGING.match(a.text)
    if abs(there) <= _INDENT or (marker and 0 < there - here <= len(marker[0]) + 1):
        return True
    same = abs(there - here) <= _INDENT
    return same and (not style.indents or here > _LARGEST_INDENT)


def _behind_short(style: Style, breaking: Breaking, a: Line, b: Line, level: bool, ends: bool) -> Join:
    """A line that had room for more ends its paragraph, unless it stops in the midst of a sentence or a word."""
    if a.text.endswith(HYPHENS):
        return Join.sure
    if ends or MARKER.match(b.text):
        return Join.none
    shown = style.indents or (style.gaps and level)
    if breaking.is_print and shown and style.room(a) < _LITTLE * style.measure(a):
        return Join.sure
    return Join.doubtful if level and _MIDST.search(a.text) else Join.none


def _behind_full(style: Style, a: Line, b: Line, level: bool, *, heads: bool) -> Join:
    """A full line goes on, unless a sentence ends with it and what follows begins as a paragraph does.

    *heads*: it may be a heading that just fills its line.
    """
    ends = bool(_TERMINAL.search(a.text))
    if MARKER.match(b.text):
        return Join.none if ends else Join.doubtful
    if style.indents or (style.gaps and level) or not (ends or heads):
        return Join.sure
    return Join.none if ends and style.even and style.room(a) > _UNEVEN else Join.doubtful
