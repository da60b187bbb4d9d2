"""Characters as a report means them: no radicals where ideographs are meant, nothing unseen; where a space belongs."""

from __future__ import annotations

import re
import unicodedata

_RADICALS = str.maketrans(
    # Those of the Radicals Supplement that are words by themselves, by EquivalentUnifiedIdeograph.txt of Unicode 15,
    # and two of Kangxi's whose form in simplified Chinese is not that of NFKC. Fonts draw a radical and its ideograph
    # with one glyph, and a PDF may name either.
    "⺇⺌⺜⺝⺟⺠⺩⺬⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳⼾⾭",
    "几小日月母民王示虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟户青",
)
_RADICAL_OR_COMPATIBLE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f]")
_IDEOGRAPHIC = re.compile("[\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·]")


def unified(text: str) -> str:
    """*text* with radicals and compatibility ideographs as the ideographs that they look like (⼀ as 一, ⻓ as 长)."""
    if not _RADICAL_OR_COMPATIBLE.search(text):
        return text
    text = text.translate(_RADICALS)
    return _RADICAL_OR_COMPATIBLE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def visible(text: str) -> str:
    """*text* without what nobody sees: soft hyphens, zero-width and direction marks, controls but tab and line ends."""
    return _UNSEEN.sub("", text)


def is_wide(character: str) -> bool:
    """Whether *character* is one of Chinese text, ideograph or punctuation, beside which no space is written."""
    return bool(_IDEOGRAPHIC.match(character))


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_HAS_POWER = re.compile(r"(?:[\d⁰¹²³⁴⁵⁶⁷⁸⁹]|(?<![A-Za-z])[kcdhm]?m)$")
_CITED = re.compile(r"(?<=[\u4e00-\u9fff”’》）)。，；、：％%])\[\d{1,3}\](?:\s?[-,，、]?\s?\[\d{1,3}\])*(?!\s?\d*号)")


def raised(before: str, text: str) -> str:
    """*text* that is printed raised behind *before*, as it is read on the line.

    A power (km², 10⁶) stays raised, so that it is not read as a digit; the mark of a note is left out.
    """
    digits = text.strip()
    return superscript(digits) if digits.isdecimal() and _HAS_POWER.search(before[-3:]) else ""


def superscript(digits: str) -> str:
    """*digits* as raised ones, which nothing takes for a number of the text."""
    return digits.translate(_RAISED)


def subscript(text: str) -> str:
    """*text* with its digits as lowered ones: the 2 of CO₂ is no digit of the number behind it."""
    return text.translate(_LOWERED)


def without_marks(text: str) -> str:
    """*text* without the marks of notes in brackets: 增长9.4%[1]。 Numbers of documents (沪府[3]号) stay."""
    return _CITED.sub("", text)


def cleaned(line: str) -> str:
    """*line* as it is read: without what nobody sees, marks of notes, radicals, and space at its ends.

    A row of a table keeps the tabs before an empty first cell.
    """
    seen = without_marks(unified(visible(line)))
    bare = seen.strip()
    return seen.strip(" \u3000\u00a0\r\n\f\v") if "\t" in bare else bare
