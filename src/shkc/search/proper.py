"""English proper names in a question: *visitors to the Science Festival* are those of the thing that is called so.

Whoever writes a name in capitals means all of it, so that a figure of another thing that shares a word is no answer.
"""

import re
from collections.abc import Collection, Iterable

from shkc.text import words
from shkc.text.edits import is_within

_NAME = re.compile(r"\b[A-Z][A-Za-z]+(?: (?:(?:and|of|for|the) ){0,2}[A-Z][A-Za-z]+)+")
_SMALL = re.compile(r"(?<![A-Za-z])[a-z]+")

SLIPS = 1
"""Characters in which a misspelt word of a name differs from the right one."""


def words_of(query: str, saying: Collection[str]) -> frozenset[str]:
    """The stems *saying* something that belong to proper names of *query*: to two or more words in capitals.

    None in a title, where all words have capitals.
    """
    small = {words.stem(word) for word in _SMALL.findall(query)}
    if small.isdisjoint(saying):
        return frozenset()
    named = (word for name in _NAME.findall(query) for word in words.words(name.casefold()))
    return frozenset(map(words.stem, named)).intersection(saying) - small


def unknown(proper: frozenset[str], known: Iterable[str], text: str) -> str:
    """The first of the words *proper* that is not *known*, nor a misspelt word of *text*; empty when there is none."""
    return next((word for word in sorted(proper.difference(known)) if not _is_misspelt(word, text)), "")


def _is_misspelt(word: str, text: str) -> bool:
    return any(is_within(word, other, SLIPS) for other in text.split() if other[:1] == word[0])
