"""Plain text whose lines are broken at a width: told from text with a paragraph on each line, and put together."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from shkc.text.documents import flow
from shkc.text.documents.furniture import without_furniture
from shkc.text.documents.layout import Segment, Sheet
from shkc.text.documents.lines import Line

_NARROWEST, _WIDEST = 20, 250
"""Columns; lines that are broken at a width are neither narrower nor wider."""

_LEAST_FULL = 2
"""Lines that stop at the width in the midst of a sentence, at least."""

_SHARE = 0.15
"""Of all lines, the full ones at least: what is broken at a width has paragraphs of several lines."""

_ANYWHERE = 0.85
"""Of the full lines, those that have no room for one more character, where lines are broken without regard to words."""

_ENDS = re.compile(r"[。！？!?；;：:…][”’」』）)》\]]*$")


class Width(NamedTuple):
    """The width at which the lines of a text are broken, and how it is counted, in widths of an ideograph."""

    limit: float
    of: Callable[[str], float]


def columns(text: str) -> float:
    """The width of *text* on a terminal, in ideographs: a letter or digit is half of one."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def characters(text: str) -> float:
    """The number of characters of *text*."""
    return float(len(text))


def width_of(lines: Sequence[str]) -> Width | None:
    """The width at which *lines* are broken; None where each is a paragraph or a heading of its own."""
    found = [width for count in (columns, characters) if (width := _width(lines, count)) is not None]
    return max(found, key=lambda width: _at_the_limit(lines, width), default=None)


def _width(lines: Sequence[str], count: Callable[[str], float]) -> Width | None:
    pairs = [(a.rstrip(), b.strip()) for a, b in pairwise(lines) if a.strip() and "\t" not in a.strip()]
    if not pairs:
        return None
    width = Width(max(count(line) for line, _ in pairs), count)
    if not _NARROWEST / 2 <= width.limit <= _WIDEST / 2:
        return None
    full = [line for line, after in pairs if after and _is_full(line, after, width)]
    nearly = [line for line, _ in pairs if 0.8 * width.limit < count(line)]
    in_midst = [line for line in full if not _ENDS.search(line)]
    printed = sum(bool(line.strip()) for line in lines)
    if (
        len(in_midst) >= max(_LEAST_FULL, 0.5 * len(full))
        and len(full) >= max(_SHARE * printed, 0.6 * len(nearly))
        and any(re.search("[，。,;；]", line[:-1]) for line in full)
    ):
        return width
    return None


def _is_full(line: str, after: str, width: Width) -> bool:
    return width.of(line) + width.of(flow.unit(after)) > width.limit


def _at_the_limit(lines: Sequence[str], width: Width) -> float:
    """How many of *lines* end just at the width."""
    return sum(width.limit - width.of(line.rstrip()) < 0.5 for line in lines)


def paragraphs(sample: Sequence[str], rest: Iterable[str], width: Width) -> Iterator[tuple[str, ...]]:
    """The paragraphs of *sample* and *rest*, lines broken at *width*, each in the parts that are joined in doubt."""
    placed = _placed(chain(sample, rest), width)
    if any("\f" in line for line in sample):  # as pdftotext writes it, with a form feed between pages
        placed = _without_furniture(placed)
    return flow.paragraphs(placed, flow.Breaking(_kept_together(sample, width), is_print=False))


def _kept_together(sample: Sequence[str], width: Width) -> Callable[[str], float]:
    """The width of what a line begins with and is kept together: a word, or a character where words are broken."""
    rooms = [
        width.limit - width.of(line.rstrip())
        for line, after in pairwise(sample)
        if after.strip() and _is_full(line.rstrip(), after.strip(), width)
    ]
    if sum(room < 1 for room in rooms) >= _ANYWHERE * len(rooms):
        return lambda text: width.of(text[:1])
    return lambda text: width.of(flow.unit(text))


def _placed(lines: Iterable[str], width: Width) -> Iterator[Line]:
    page, first = 1, 0
    for number, printed in enumerate(lines):
        if "\f" in printed:
            page, first = page + 1, number
        line = printed.strip("\f\r\n").rstrip()
        text = line.lstrip()
        if text:
            indent = width.of(line[: len(line) - len(text)].replace("\t", "    "))
            yield Line(text, indent, indent + width.of(text), float(number - first), 1.0, page)


def _without_furniture(lines: Iterable[Line]) -> Iterator[Line]:
    """*lines* without running heads and page numbers."""

    def sheets() -> Iterator[Sheet]:
        for page, group in groupby(lines, key=lambda line: line.page):
            rows = [[Segment(*line[:5])] for line in group]
            yield Sheet(page, rows[-1][0].baseline, rows, [])

    for sheet in without_furniture(sheets()):
        yield from (Line(*row[0], sheet.number) for row in sheet.rows)
