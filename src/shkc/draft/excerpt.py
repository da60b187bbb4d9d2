"""Excerpts: the shortest useful words of a paragraph that prove a figure, found by asking those who will check them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from shkc.draft.scan import Quantity
from shkc.facts.entries import LONGEST_EXCERPT, UNSAFE
from shkc.text import quantity
from shkc.text.quantity import Reading

_AROUND = 20
"""Characters on either side of an excerpt in which a hedge may stand that it has cut off."""
_BREAK = re.compile("[,。;:!?()、]")


class Evidence:
    """Finds excerpts in *text*, a piece of a paragraph without white space: at *offset* of the folded *paragraph*."""

    def __init__(self, text: str, offset: int, paragraph: str) -> None:
        self.text = text
        self.folded = quantity.fold_width(text)
        self.offset = offset
        self.paragraph = paragraph

    def of_figure(self, item: Quantity, value: Decimal, qualifiers: tuple[str, ...], noun: str) -> str | None:
        """An excerpt that reads as *value* with *qualifiers*; None when the paragraph has none.

        *noun* is what stands behind the figure and is counted, to be quoted with it where it fits.
        """
        for start, end in self._windows(item, noun):
            reading = self._proves(item, value, start, end)
            if reading is not None and self._hedges_agree(item, value, start, end, reading, qualifiers):
                return self.text[start:end]
        return None

    def of_part(self, item: Quantity, value: Decimal) -> str | None:
        """An excerpt that reads as *value*, the share or rank of a figure."""
        return None if item.upper is not None else next(self._parts(item, value), None)  # it can be no range

    def of_growth(self, item: Quantity, value: Decimal) -> str | None:
        """An excerpt that reads as *value*, the growth of a figure, and says no other direction."""
        agreeing = (
            words for words in self._parts(item, value) if quantity.direction(words, value, item.unit) * value >= 0
        )
        return None if item.upper is not None else next(agreeing, None)

    def _parts(self, item: Quantity, value: Decimal) -> Iterator[str]:
        for start, end in self._windows(item, ""):
            reading = self._proves(item, value, start, end)
            if reading and self._hedges_agree(item, value, start, end, reading, reading.qualifiers):
                yield self.text[start:end]

    def _windows(self, item: Quantity, noun: str) -> Iterator[tuple[int, int]]:
        """Where an excerpt may begin and end: whole clauses first, then whatever fits."""
        first, last = item.first, max(item.last, item.end)
        lowest = max(0, last - LONGEST_EXCERPT)
        starts = [
            m.end()
            for m in _BREAK.finditer(self.folded, lowest, first)
            if m[0] != "(" or ")" not in self.folded[m.end() : first]
        ]
        if lowest == 0:
            starts.insert(0, 0)
        counted = self.folded.find(noun, last) + len(noun) if noun else last
        for start in sorted({*starts, first}, reverse=True) if noun else ():
            if counted - start <= LONGEST_EXCERPT:
                yield start, counted
        for start in sorted(starts, reverse=True):
            if first - start >= 2:
                yield start, last
        if not starts:
            yield from ((start, last) for start in range(lowest, first))
        behind = [m.start() for m in _BREAK.finditer(self.folded, last, last + LONGEST_EXCERPT)]
        for start in (*sorted(starts, reverse=True), first):
            yield from ((start, end) for end in behind if end - start <= LONGEST_EXCERPT)
        for start in range(lowest, first + 1):
            yield start, last
        for start in range(first, max(0, last - LONGEST_EXCERPT) - 1, -3):
            yield start, min(len(self.text), start + LONGEST_EXCERPT)

    def _proves(self, item: Quantity, value: Decimal, start: int, end: int) -> Reading | None:
        words = self.text[start:end]
        if not words or len(words) > LONGEST_EXCERPT or not self._is_unique(start, end) or UNSAFE.search(words):
            return None
        reading = quantity.read(words, value, item.unit, upper=item.signed(value < 0).upper)
        return reading if reading is not None and start + reading.start == item.start else None

    def _is_unique(self, start: int, end: int) -> bool:
        """Whether the words from *start* to *end* stand in the paragraph once, and read alone as they do there.

        A comma between two digits, 第5，14家, is folded to another sign than the same at the beginning of the words.
        """
        words, at = self.folded[start:end], self.offset + start
        if quantity.fold_width(self.text[start:end]) != words:
            return False
        return self.paragraph.find(words) == at and self.paragraph.find(words, at + 1) < 0

    def _hedges_agree(
        self, item: Quantity, value: Decimal, start: int, end: int, reading: Reading, qualifiers: tuple[str, ...]
    ) -> bool:
        offset = max(0, start - _AROUND)
        words = self.text[offset : end + _AROUND]
        around = quantity.read(words, value, item.unit, start - offset, end - offset, item.signed(value < 0).upper)
        if around is None or offset + around.start != item.start:
            return False
        inside = set(reading.qualifiers)
        nearby = set(around.qualifiers) - {"cumulative"}
        if not inside <= {*qualifiers, "cumulative"}:
            return False  # 超第三名: a rank that is hedged is none
        return inside - {"cumulative"} == nearby and ("cumulative" in inside) == ("cumulative" in qualifiers)
