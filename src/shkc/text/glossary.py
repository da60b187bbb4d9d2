"""What Chinese names say in English, word by word: enough to be found by, not enough to be shown."""

from functools import cache
from pathlib import Path

import tomli

from shkc.text import words

FILE = Path(__file__).with_name("glossary.toml")

LEAST_GLOSSED = 0.6
"""The share of the Han characters of a name that must be glossed: of less, what is missing may be what it is about."""


def gloss(name: str) -> str:
    """The English words for the Chinese *name*, from left to right, the longest entries first.

    Empty where they say too little of it.
    """
    known, longest = _entries(), _longest()
    found: list[str] = []
    at = glossed = 0
    while at < len(name):
        ends = range(min(at + longest, len(name)), at, -1)
        word = next((name[at:end] for end in ends if name[at:end] in known), "")
        if word:
            found.append(known[word])
            glossed += len(word)
        at += len(word) or 1
    han = sum(map(words.is_han, name))
    return " ".join(found) if glossed >= LEAST_GLOSSED * han else ""


@cache
def _entries() -> dict[str, str]:
    content = tomli.loads(FILE.read_text(encoding="utf-8"))
    return {word: english for table in content.values() if isinstance(table, dict) for word, english in table.items()}


@cache
def _longest() -> int:
    """Characters of the longest entry."""
    return max(map(len, _entries()))
