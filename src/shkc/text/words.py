"""The forms in which names are found: one normal form for names and queries, and the grams of the index.

Names go through here when the index is built, queries when they are asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_JOINERS = "&'’·"
_CLASSIFIERS = "类期大款届"
_DIGITS = {c: str(n) for n, c in enumerate("一二三四五六七八九", 1)} | {"两": "2"}
_NO_NUMBER_BEHIND = frozenset("十百千万第这那哪某同另")
"""Characters that a numeral behind belongs to, or that make of it no number: 第一届, 那一类."""
KEPT = 64
"""Texts whose words are kept: what is asked is taken apart by several who need it."""

_THOUSANDS = r"\b(\d+)k\b"
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}


def words(text: str) -> list[str]:
    """*text* as words in normal form: runs of Han characters, of letters a–z, and numbers.

    Width, case, diacritics and punctuation are folded; R&D is one word; 二期 is 2期, class III is class 3, and 10k is
    10000. Traditional characters stay: see `shkc.text.scripts`.
    """
    return [*_words(text)]


@lru_cache(KEPT)
def _words(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    if "k" in folded:  # compiling the pattern takes longer than all the rest
        folded = re.sub(_THOUSANDS, r"\g<1>000", folded, flags=re.ASCII)
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = _with_digits("".join(c for c in decomposed if not unicodedata.combining(c)))
    found: list[list[str]] = []
    previous = ""
    for at, character in enumerate(folded):
        kind = _kind(character)
        if kind and kind == previous:
            found[-1].append(character)
        elif kind:
            found.append([character])
        elif previous and _joins(character, previous, folded[at + 1 : at + 5]):
            found[-1] += "." if character == "." else ""
            continue
        previous = kind
    return tuple(_ROMAN.get(word, word) for word in map("".join, found))


def _kind(character: str) -> str:
    if "a" <= character <= "z":
        return "letter"
    if "0" <= character <= "9":
        return "digit"
    return "han" if is_han(character) else ""


def _joins(character: str, previous: str, behind: str) -> bool:
    """Whether *character* belongs inside a word: the & of R&D, the point of 10.7, the comma of 4,850."""
    if previous == "digit":
        grouped = behind[2:3].isdecimal() and behind[:3].isdecimal() and not behind[3:4].isdecimal()
        return (character == "." and _kind(behind[:1]) == "digit") or (character == "," and grouped)
    return character in _JOINERS and _kind(behind[:1]) == previous


def _with_digits(text: str) -> str:
    """*text* with 二 of 二期 and 三 of 三类 as digits: they number a thing, as 2期 and 3类 do."""
    numbers = {
        at
        for at, character in enumerate(text)
        if character in _DIGITS
        and text[at + 1 : at + 2] in _CLASSIFIERS
        and not (at and (text[at - 1] in _DIGITS or text[at - 1] in _NO_NUMBER_BEHIND))
        and at + 1 < len(text)
    }
    return "".join(_DIGITS[c] if at in numbers else c for at, c in enumerate(text)) if numbers else text


def normal(text: str) -> str:
    """The words of *text*, joined by single spaces."""
    return " ".join(words(text))


def phrase(found: Iterable[str]) -> str:
    """The words *found* in a row, with a space before and behind each."""
    return f" {' '.join(found)} "


def compact(text: str) -> str:
    """The words of *text* without spaces: what two spellings of one name have in common."""
    return "".join(words(text))


def is_han(word: str) -> bool:
    """Whether *word* begins with a Han character; a word in normal form then has no others."""
    first = word[:1]
    return (
        "\u4e00" <= first <= "\u9fff"
        or "\u3400" <= first <= "\u4dbf"
        or "\U00020000" <= first <= "\U0003ffff"
        or ("\uf900" <= first <= "\ufaff")
    )


def stem(word: str) -> str:
    """An English *word* without its plural ending (the S rules of Harman, JASIS 42(1), 1991).

    The second rule, for -es, takes off what the third does, and is left out.
    """
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("us", "ss")):
        return word[:-1]
    return word


def grams(word: str) -> Iterator[str]:
    """The index terms of one *word*: characters and bigrams of Han, the stem and trigrams of letters, numbers whole."""
    if is_han(word):
        yield from word
        yield from (word[i : i + 2] for i in range(len(word) - 1))
    elif word.isalpha():
        yield stem(word)
        yield from trigrams(word)
    else:
        yield word.replace(".", "d")  # a point would end the index term


def trigrams(letters: str) -> Iterator[str]:
    """Every three letters in a row of *letters*."""
    return (letters[i : i + 3] for i in range(len(letters) - 2))
