"""Examples within a name: some of the things that a figure counts, which are no part of what it is called.

出台提高低保标准等9项民生政策 counts 民生政策; 独库高速、伊阿铁路等9个重大项目 is 独库高速等重大项目, for 重大项目
alone may be anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from shkc.draft import themes, wording
from shkc.text.word_classes import segmented

_AND_OTHERS = re.compile("等(?![级待次比候地])")
_BETWEEN = re.compile("、|(?<=[\u4e00-\u9fff”]{2})(?:以及|和)(?=[\u4e00-\u9fff“]{2})")
_COMMA = re.compile("、")
_SHORTEST, _SHORT = 2, 4


def without(name: str) -> str:
    """*name* without its examples; with the first of them where the rest says only what kind of thing it is."""
    ends = (match for match in _outside(_AND_OTHERS, name) if not wording.is_word_inside(name, match.start()))
    match = next(ends, None)
    if match is None:
        return name
    rest = name[match.end() :]
    if len(rest) < _SHORTEST:
        return name
    start = _start(name[: match.start()])
    head, listed = name[:start], name[start : match.start()]
    between = next(_outside(_BETWEEN, listed), None)
    if len(rest) < _SHORT or themes.is_general(rest.removesuffix("建设")):
        return f"{head}{listed[: between.start()]}等{rest}" if between else name
    return head + rest


def lists(subject: str) -> bool:
    """Whether *subject* is a list of things, and not of what is done to what is behind it: 甲、乙."""
    words = list(segmented(subject))
    return next(_outside(_COMMA, subject), None) is not None and words[-1][1] != "v" and subject[-1] not in "等的"


def last(subject: str) -> str:
    """The last of the things that *subject* lists."""
    ends = [match.end() for match in _outside(_BETWEEN, subject)]
    return subject[ends[-1] :] if ends else subject


def _outside(pattern: re.Pattern[str], words: str) -> Iterator[re.Match[str]]:
    """The matches of *pattern* in *words* that are not within quotation marks or parentheses."""
    return wording.outside(pattern, words, wording.ASIDE)


def _end_of_verb(words: str) -> int:
    """Where the last verb ends before the first of the examples *words*: 集中资源打造 of 集中资源打造甲、乙."""
    first = next(_outside(_BETWEEN, words), None)
    within = words[: first.start()] if first else words
    verbs = (match for match in _outside(themes.done(), within) if not wording.is_word_inside(within, match.start()))
    return max((match.end() for match in verbs), default=0)


def _start(words: str) -> int:
    """Where the examples begin in *words*: behind what is done to them, or said of them."""
    attribute = words.rfind("的") + 1
    at = attribute = max(attribute, _end_of_verb(words))
    for word, kind in segmented(words[attribute:]):
        if kind != "v" or len(word) < _SHORTEST:
            break
        at += len(word)
    return at
