"""What a question is weighed against: how common its words are in the names of a fact base."""

from collections.abc import Mapping
from functools import lru_cache
from math import log
from typing import NamedTuple

LEAST_WEIGHT = 0.5
"""What a character weighs however common it is, so that no number of them goes unexplained."""

REMEMBERED = 10_000
"""Weights that are kept: one for each number of names that have a gram."""

COMMON = 0.1
"""The share of names from which on a pair of characters says so little that it narrows nothing: 科技, 国家."""

LEAST_COMMON = 10
"""Names that must have a pair of characters for it to be common, however few names there are."""


class Corpus(NamedTuple):
    """What a question is weighed against: statistics of the names of a fact base.

    *names* is their number, *frequencies* says how many of them have each gram of the question; *years* and *scopes*
    are those of the reports.
    """

    names: int
    frequencies: Mapping[str, int]
    years: frozenset[int]
    scopes: tuple[str, ...]

    def weight(self, gram: str) -> float:
        """1 for a gram that no name has, falling with the share of names that have it.

        Inverse document frequency as in BM25 (Robertson and Zaragoza, 2009), scaled to 1.
        """
        if not self.names:
            return 1.0
        return _weight(self.names, self.frequencies.get(gram, 0))

    def is_common(self, word: str) -> bool:
        """Whether each pair of characters of the Han *word* is in so many names that it narrows nothing."""
        least = max(LEAST_COMMON, COMMON * self.names)
        return all(self.frequencies.get(word[at : at + 2], 0) >= least for at in range(len(word) - 1))


@lru_cache(REMEMBERED)
def _weight(names: int, having: int) -> float:
    """The weight of a gram that so many of the *names* are *having*."""
    return max(LEAST_WEIGHT, log(1 + names / (having + 0.5)) / log(1 + names / 0.5))
