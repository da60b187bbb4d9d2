"""The numbers that Word sets before paragraphs by itself: they are in no text, and headings begin with them (一、)."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "ideographDigital",
    "japaneseCounting",
}
_LEVELS = 9
"""Of a list; no program writes more (ECMA-376, 17.9.3)."""

_PLACE = re.compile("%([1-9])")
"""Where the text of a level has the number of a level."""


class Level(NamedTuple):
    """A level of a list: the first number, the kind of numeral, and the text with %1 for that of the first level."""

    start: int = 1
    numerals: str = "decimal"
    text: str = ""


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self) -> None:
        self.levels: dict[str, dict[int, Level]] = defaultdict(dict)
        """By list and level."""
        self.lists: dict[str, str] = {}
        """The list that each number of a list in the text stands for."""
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, number: str, level: int) -> str:
        """What stands before the next paragraph of the list *number* at *level*; nothing for bullets, unknown lists."""
        of = self.lists.get(number, "")
        levels = self.levels.get(of, {})
        if level not in levels or level >= _LEVELS:
            return ""
        counts = self._counts[of]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].numerals in ("bullet", "none"):
            return ""

        def printed(place: re.Match[str]) -> str:
            each = int(place[1]) - 1
            if each > level or each not in levels:
                return place[0]
            return numeral(counts.get(each, levels[each].start), levels[each].numerals)

        return _PLACE.sub(printed, levels[level].text)


def numeral(number: int, kind: str) -> str:
    """*number* in numerals of the *kind* that WordprocessingML names (ECMA-376, ST_NumberFormat); others as decimal."""
    if kind in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= 26:
        return chr((ord("A") if kind == "upperLetter" else ord("a")) + number - 1)
    if kind in ("upperRoman", "lowerRoman") and 0 < number < 40:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if kind == "upperRoman" else roman.lower()
    if kind == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)
