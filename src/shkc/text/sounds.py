"""How Chinese is pronounced: pinyin without tones, with v for ü.

Names are read in context by pypinyin when the index is built. A query is read character by character with
`readings.txt`, which pypinyin was asked for beforehand, because loading pypinyin takes longer than everything else that
a lookup does.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from shkc.text.words import is_han

FILE = Path(__file__).with_name("readings.txt")
"""A line for each syllable: the syllable, a space, the characters that it is a reading of. Comments begin with #."""

REMEMBERED = 5_000
"""Characters whose readings are kept: more than are in common use."""


@lru_cache(REMEMBERED)
def readings(character: str) -> Sequence[str]:
    """The syllables that the Han *character* may be read as, in alphabetical order; itself when it has none."""
    lines = _lines()
    found: list[str] = []
    at = lines.find(character)
    while at >= 0:
        start = lines.rfind("\n", 0, at) + 1
        found.append(lines[start : lines.index(" ", start)])
        at = lines.find(character, at + 1)
    return tuple(found) or (character,)


@cache
def _lines() -> str:
    """The text of `FILE`. It is searched as it is: making a table of it takes longer than a lookup needs it for."""
    return FILE.read_text(encoding="utf-8")


def syllables(text: str) -> list[str]:
    """The pinyin of *text*, already in normal form: a syllable for each Han character, other words as they are.

    Loads pypinyin, which reads a character as its word wants it: only for building an index.
    """
    from pypinyin import lazy_pinyin

    found: list[str] = []
    for word in text.split():
        found += [s.replace("ü", "v") for s in lazy_pinyin(word, v_to_u=False)] if is_han(word) else [word]
    return found


def initials(pinyin: Sequence[str]) -> str:
    """The first letter of each syllable."""
    return "".join(syllable[0] for syllable in pinyin)
