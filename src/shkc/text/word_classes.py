"""Word classes of modern Chinese: which words of a text name something, and which only say how it is spoken of.

`word_classes.txt` holds the common words of jieba's dictionary (MIT), sorted, each with how often it occurs, in bits, and
its class: `n` for what names or describes something, `v` for verbs, `f` for function words.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("word_classes.txt")

KEPT = 1_000
"""Texts whose classes are kept: each candidate asks for the same ones."""

LONGEST = 5
"""Characters of the longest word that is kept."""

ENGLISH = Path(__file__).with_name("function_words.txt")

UNKNOWN = -1.0
"""How often, in bits, a character occurs alone that the dictionary does not have."""


@cache
def _lines() -> list[str]:
    return FILE.read_text(encoding="utf-8").splitlines()


@cache
def _english() -> frozenset[str]:
    return frozenset(ENGLISH.read_text(encoding="utf-8").split())


def is_english_function_word(word: str) -> bool:
    """Whether the English *word* is of a closed class, or an adverb by its ending."""
    return word in _english() or (word.endswith("ly") and len(word) > 4)


def class_of(word: str) -> str:
    """The class of *word*: n, v or f; empty for one that the dictionary does not have."""
    found = _entry(word)
    return found[1] if found else ""


def _entry(word: str) -> tuple[int, str] | None:
    lines = _lines()
    at = bisect_left(lines, word + " ")
    if at < len(lines) and lines[at].startswith(word + " "):
        return int(lines[at][len(word) + 2 :]), lines[at][len(word) + 1]
    return None


def segmented(text: str) -> Iterator[tuple[str, str]]:
    """The words of the Han *text* in order, each with its class.

    The most probable segmentation, each word taken alone: a unigram model.
    """
    length = len(text)
    best: list[tuple[float, int, str]] = [(0.0, length, "")] * (length + 1)
    for start in range(length - 1, -1, -1):
        options = [(UNKNOWN - TOTAL + best[start + 1][0], start + 1, "")]
        for end in range(start + 1, min(length, start + LONGEST) + 1):
            entry = _entry(text[start:end])
            if entry:
                options.append((entry[0] - TOTAL + best[end][0], end, entry[1]))
        best[start] = max(options)
    start = 0
    while start < length:
        _, end, kind = best[start]
        yield text[start:end], kind
        start = end


@lru_cache(KEPT)
def names_something(text: str) -> bool:
    """Whether the Han *text* has a noun of more than one character."""
    return any(kind == "n" and len(word) > 1 for word, kind in segmented(text))


TOTAL = 26
"""Bits of the sum of all frequencies."""
