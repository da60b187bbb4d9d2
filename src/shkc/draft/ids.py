"""Ids of drafted facts and reports, and placeholders for English names: the pinyin of the Chinese ones.

Places are written by their official romanisation: the pinyin of 山西 and 陕西 is the same without tones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from shkc.text import places, quantity

_SYLLABLES = 12
_LONGEST = 80
_UNNAMED = "fact"


@lru_cache(maxsize=10_000)
def pinyin(words: str) -> tuple[str, ...]:
    """The syllables, places and Latin words of *words*, in lower-case ASCII letters and digits."""
    from pypinyin import lazy_pinyin

    folded = quantity.fold_width(words)
    spelt: list[str] = []
    end = 0
    for mention in places.mentions(folded):
        # What has no pinyin comes as it is: Latin words, digits and signs in one piece.
        spelt += (*lazy_pinyin(folded[end : mention.start]), *mention.place.id.split("-"))
        end = mention.end
    spelt += lazy_pinyin(folded[end:])
    return tuple(re.findall(r"[a-z]+|[0-9]+", " ".join(spelt).lower()))


def romanised(scope: str) -> str:
    """The place *scope* as an id has it: by its official romanisation, any other by its pinyin in one word."""
    place = places.called(scope)
    return place.id if place else "".join(pinyin(scope))[:_LONGEST]


def english(words: str) -> str:
    """A placeholder for the English name: the pinyin, which a reviewer replaces."""
    return " ".join(pinyin(words)).capitalize() or "To be named"


class Ids:
    """Gives each fact of a report an id that no other of it has, the same one to the same names every time."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self._counts: dict[str, int] = {}
        """The last number that a stem went on with."""

    def of(self, words: str, told_apart: Iterable[str] = ()) -> str:
        """An id from the pinyin of *words*, with what *told_apart* says where it is taken, and at last a number."""
        return self.next("-".join(pinyin(words)[:_SYLLABLES]), told_apart)

    def next(self, stem: str, told_apart: Iterable[str] = ()) -> str:
        """The id *stem*, or the first that goes on from it by *told_apart*, or else by a number, and is not taken."""
        candidate = stem = stem[:_LONGEST].strip("-") or _UNNAMED
        for words in told_apart:
            if candidate not in self._used:
                break
            candidate = "-".join((candidate, *pinyin(words)))
        stem = candidate
        while candidate in self._used:
            self._counts[stem] = self._counts.get(stem, 1) + 1
            candidate = f"{stem}-{self._counts[stem]}"
        self._used.add(candidate)
        return candidate
