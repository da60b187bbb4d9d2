"""Letters that spell the pinyin of a name, in full or by initials."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate, product
from typing import NamedTuple

from shkc.search import vocabulary
from shkc.search.interrogative import COUNTERS
from shkc.search.question import Question
from shkc.text import sounds, words
from shkc.text.sounds import readings

REMEMBERED = 10_000
"""Lines of syllables that are kept as they are compared: many questions compare the same ones."""

LEAST_SPELT = 0.85
"""The share of the letters of a query in words that must spell a name."""

LEAST_IN_LONG_WORDS = 0.5
"""The share of them that must be in words of two syllables or more."""

PREFIX_INITIALS = 3
"""So many initials may stand for the beginning of a name, one more for any part of it: fewer fit by chance."""


def spelt(question: Question, lines: Sequence[str]) -> str:
    """The line of pinyin that the letters of *question* spell, or one for each of its words; empty if none."""
    letters = question.letters
    if len(letters) < 3:
        return ""
    if line := _line_spelt(letters, lines, PREFIX_INITIALS):
        return line
    return _spelt_apart(question.latin, lines) if len(question.latin) > 1 and len(letters) > PREFIX_INITIALS else ""


def _spelt_apart(latin: Sequence[str], lines: Sequence[str]) -> str:
    """The lines that spell the words *latin*, each on its own; empty where too few letters are spelt.

    Single syllables count only beside words of several, because English has them, too: he, men, can.
    """
    stopwords = _stopwords()
    said = [word for word in latin if word not in stopwords]
    found = [_line_spelt(word, lines, 2) for word in said]
    if said and all(found):
        return "、".join(dict.fromkeys(found))
    long = sum(len(word) for word, line in zip(said, found, strict=True) if line)
    single = f" {' '.join(lines)} " if long else ""
    short = sum(len(word) for word, line in zip(said, found, strict=True) if not line and f" {word} " in single)
    every = sum(map(len, said))
    enough = long >= LEAST_IN_LONG_WORDS * every and long + short >= LEAST_SPELT * every
    return "、".join(dict.fromkeys(filter(None, found))) if enough else ""


ASKING = ("多少", "几", "总数", "有", "家", *(f"几{counter}" for counter in "".join(COUNTERS)))
"""What asks for a number in pinyin, beside the stopwords; 几 is written together with a counter: jijia, jixiang."""


@cache
def _stopwords() -> frozenset[str]:
    """The stopwords in letters: each by every reading of its characters."""
    known = vocabulary.load()
    said = {*(word for word in (*known.stopwords, *known.at_end) if len(word) > 1), *ASKING}
    return frozenset("".join(each) for word in said if words.is_han(word) for each in product(*map(readings, word)))


def _line_spelt(letters: str, lines: Sequence[str], least_initials: int) -> str:
    """The first of *lines* that *letters* spell, as `_spells` says; empty if none."""
    joined, initials = _all_spellings(tuple(lines))
    if letters not in joined and letters not in initials:
        return ""
    return next((line for line in lines if _spells(letters, line, least_initials)), "")


@lru_cache(REMEMBERED)
def _all_spellings(lines: tuple[str, ...]) -> tuple[str, str]:
    """The syllables of *lines* without spaces, and their initials, each line by itself."""
    spellings = [spelling_of(line) for line in lines]
    return "\n".join(each.joined for each in spellings), "\n".join(each.initials for each in spellings)


def _spells(letters: str, line: str, least_initials: int) -> bool:
    """Whether *letters* spell consecutive syllables of *line*, in full or, if there are enough of them, by initials."""
    spelling = spelling_of(line)
    at = spelling.joined.find(letters)
    while at >= 0:
        if at in spelling.starts and _ends_well(at, at + len(letters), spelling.starts):
            return True
        at = spelling.joined.find(letters, at + 1)
    if len(letters) < least_initials:
        return False
    return spelling.initials.startswith(letters) or (len(letters) > least_initials and letters in spelling.initials)


class Spelling(NamedTuple):
    """A line of syllables, or of other words, without spaces; where each begins and the last ends; their initials."""

    joined: str
    starts: tuple[int, ...]
    initials: str


@lru_cache(REMEMBERED)
def spelling_of(line: str) -> Spelling:
    """The spelling of *line*, whose syllables or words stand apart."""
    syllables = line.split()
    starts = accumulate((len(syllable) for syllable in syllables), initial=0)
    return Spelling("".join(syllables), tuple(starts), sounds.initials(syllables))


def _ends_well(start: int, end: int, starts: Sequence[int]) -> bool:
    """Whether letters from *start* to *end* are two syllables at least; the last one may only be begun."""
    inside = [at for at in starts if start < at <= end]
    return len(inside) >= 2 or (len(inside) == 1 and end > inside[0])
