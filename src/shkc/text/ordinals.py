"""Ranks as people type them in a question: 首位, 全球第五, No. 5, ranked first in the country."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from shkc.text.numerals import numeral_value

_ENGLISH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ORDINAL = rf"(?:{'|'.join(_ENGLISH)}|\d{{1,3}}(?:st|nd|rd|th))"
_RANK = re.compile(
    r"第(?P<number>[一二三四五六七八九十百]{1,4}|\d{1,3})(?:[位名]|(?=$|[的是吗呢了么\W]))"
    r"|(?P<top>首位|榜首|头名|(?<!单项)冠军(?!企业|产品))"  # a 单项冠军 is an enterprise of a class
    r"|(?:\bno\. ?|\bno |\bnumber |\brank(?:s|ed|ing)? |#)(?P<figure>\d{1,3})\b(?![.,]\d)"
    rf"|\b(?:rank(?:s|ed|ing)?|plac(?:es|ed)|(?:came|comes?) in) (?P<placed>{_ORDINAL})\b"
    rf"|\b(?P<ordinal>{_ORDINAL}) (?:place\b|position\b|(?=in the (?:world|country|nation)\b|in china\b"
    r"|nation(?:wide|ally)\b|worldwide\b|globally\b))"
)


class Rank(NamedTuple):
    """A rank that is named from *start* to *end* of a text: 5 for the fifth place."""

    place: int
    start: int
    end: int


def ranks(text: str) -> Iterator[Rank]:
    """The ranks that *text*, in lower case and half-width, names.

    An ordinal before what it counts is none: 第一批, 第二届, the first ship.
    """
    for match in _RANK.finditer(text):
        place = _place(match)
        if place:
            yield Rank(place, match.start(), match.end())


def _place(match: re.Match[str]) -> int | None:
    if match["top"]:
        return 1
    ordinal = match["placed"] or match["ordinal"]
    if ordinal in _ENGLISH:
        return _ENGLISH.index(ordinal) + 1
    if ordinal or match["figure"]:
        return int(re.sub(r"\D", "", ordinal or match["figure"]))
    value = numeral_value(match["number"])
    return None if value is None else int(value)
