"""Word classes: which words of a text name something, and which only say how it is spoken of.

`word_classes.txt` holds the common words of modern Chinese, sorted, each with its class and how often it occurs, in
bits. The class is `n` for what names or describes something, `v` for verbs, `f` for function words.
`function_words.txt` has the English words of closed classes.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("word_classes.txt")
ENGLISH = Path(__file__).with_name("function_words.txt")

LONGEST = 5
"""Characters of the longest word that is kept."""

TOTAL = 26
"""Bits of the sum of all frequencies."""

UNKNOWN = -1
"""Bits of the frequency of a character that is no word: less than that of any word."""

LAST = b"\xff"
"""It sorts behind all that a text in UTF-8 has."""

KEPT = 1_000
"""Texts whose classes are kept: each candidate asks for the same ones."""


WORDS_KEPT = 20_000
"""Pieces of texts that are kept with what they are: questions are made of the same words."""


class _Word(NamedTuple):
    """A word from the beginning of a text, up to *end*; *bits* say how probable the rest of the text is with it."""

    bits: int
    end: int
    kind: str


def segmented(text: str) -> Iterator[tuple[str, str]]:
    """The words of the Han *text* in order, each with its class, which is empty for a character that is no word.

    The most probable segmentation when each word is taken alone (a unigram model), found from the right by dynamic
    programming.
    """
    length = len(text)
    best = [_Word(0, length, "")] * (length + 1)
    for start in range(length - 1, -1, -1):
        options = [_Word(UNKNOWN - TOTAL + best[start + 1].bits, start + 1, "")]
        for end in range(start + 1, min(length, start + LONGEST) + 1):
            entry = _entry(text[start:end])
            if entry:
                options.append(_Word(int(entry[1:]) - TOTAL + best[end].bits, end, entry[0]))
        best[start] = max(options)
    start = 0
    while start < length:
        yield text[start : best[start].end], best[start].kind
        start = best[start].end


@lru_cache(KEPT)
def names_something(text: str) -> bool:
    """Whether the Han *text* has a noun of more than one character."""
    return any(kind == "n" and len(word) > 1 for word, kind in segmented(text))


@lru_cache(KEPT)
def is_nominal(text: str) -> bool:
    """Whether the Han *text* has a noun of more than one character, or a word that is not known: a name, as 闵行 is.

    What is no known word is taken apart into single characters.
    """
    found = list(segmented(text))
    alone = [len(word) == 1 and kind != "f" for word, kind in found]
    return names_something(text) or any(before and behind for before, behind in pairwise(alone))


def ends_word(text: str, at: int) -> bool:
    """Whether a word of *text* ends at *at*, or none does near it: 约 of 约束 is no word, 约 of 约三成 is one."""
    start = max(0, at - LONGEST)
    end = start
    for word, _ in segmented(text[start : at + LONGEST]):
        end += len(word)
        if end >= at:
            break
    return end == at


def is_english_function_word(word: str) -> bool:
    """Whether the English *word*, in small letters, is of a closed class, or an adverb by its ending."""
    return word in _english() or (word.endswith("ly") and len(word) > 4)


def is_word(text: str) -> bool:
    """Whether the Han *text* is a common word."""
    return bool(text) and bool(_entry(text))


@lru_cache(WORDS_KEPT)
def _entry(word: str) -> str:
    """The class of *word* and its bits; empty for what is no word."""
    block = _beginning_with(word[:1])
    at = block.find(f"\n{word} ")
    return block[at + len(word) + 2 : block.find("\n", at + 1)] if at >= 0 else ""


@lru_cache(KEPT)
def _beginning_with(character: str) -> str:
    """The lines of the words that begin with *character*, with a line end before and behind each.

    The bytes of the file are searched as they are: making a list of its lines takes longer than a lookup needs it for.
    Words in UTF-8 sort as their characters do.
    """
    first = character.encode("utf-8", "surrogatepass")
    return f"\n{_content()[_line(first) : _line(first + LAST)].decode()}"


def _line(wanted: bytes) -> int:
    """Where the first line begins that sorts behind *wanted*."""
    content = _content()
    low, high = 0, len(content)
    while low < high:
        middle = (low + high) // 2
        start = content.rfind(b"\n", 0, middle) + 1
        end = content.find(b"\n", middle) + 1
        low, high = (end, high) if content[start:end] < wanted else (low, start)
    return low


@cache
def _content() -> bytes:
    return FILE.read_bytes()


@cache
def _english() -> frozenset[str]:
    lines = ENGLISH.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
