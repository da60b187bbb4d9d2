"""The forms in which names are found: one normal form for names and queries, pinyin, and the grams of the index.

Names go through here when the index is built, queries when they are asked; what needs slow imports (pinyin,
traditional characters) is in functions of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_JOINED = re.compile(r"(?<=\w)[&'’·](?=\w)")
_NUMBER_POINT = re.compile(r"(?<=\d),(?=\d{3})")
_WORD = re.compile(rf"[{HAN}]+|[a-z]+|\d+(?:\.\d+)?")
_HAN_RUN = re.compile(rf"[{HAN}]+")
_LETTERS = re.compile(r"[a-z]+")

_CLASSIFIED = re.compile(r"(?<![一二三四五六七八九十百千万第\d])([一二两三四五六七八九])(?=[类期大款届])")
_DIGIT = {**{c: str(n) for n, c in enumerate("一二三四五六七八九", 1)}, "两": "2"}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4"}


def words(text: str) -> list[str]:
    """*text* as words in normal form: runs of Han characters, of letters a–z, and numbers.

    Width, case, diacritics and punctuation are folded; R&D is one word; 二期 is 2期 and class III is class 3.
    Traditional characters stay: see `simplified`.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
        folded = _CLASSIFIED.sub(lambda match: _DIGIT[match[1]], folded)
    found = _WORD.findall(_NUMBER_POINT.sub("", _JOINED.sub("", folded)))
    return [_ROMAN.get(word, word) for word in found]


def normal(text: str) -> str:
    """The words of *text*, joined by single spaces."""
    return " ".join(words(text))


def compact(text: str) -> str:
    """The words of *text* without spaces: what two spellings of one name have in common."""
    return "".join(words(text))


def is_han(word: str) -> bool:
    """Whether *word*, in normal form, is a run of Han characters."""
    return _HAN_RUN.match(word) is not None


def stem(word: str) -> str:
    """An English *word* without its plural ending (the S rules of Harman, JASIS 42(1), 1991)."""
    if len(word) > 4 and word.endswith("ies") and not word.endswith(("eies", "aies")):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
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


def simplified(text: str) -> str:
    """*text* in simplified characters."""
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def syllables(text: str) -> list[str]:
    """The pinyin of *text*, already in normal form: a syllable for each Han character, other words as they are."""
    from pypinyin import lazy_pinyin  # 0.3 s: only for building an index, or when nothing matched

    found: list[str] = []
    for word in text.split():
        found += [s.replace("ü", "v") for s in lazy_pinyin(word, v_to_u=False)] if is_han(word) else [word]
    return found


def initials(pinyin: list[str]) -> str:
    """The first letter of each syllable."""
    return "".join(syllable[0] for syllable in pinyin)


def letters(text: str) -> str:
    """All letters of *text* in a row."""
    return "".join(_LETTERS.findall(text))
