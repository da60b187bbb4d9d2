"""What a share is a share of: GDP in *R&D as a share of GDP*, in 研发经费占GDP的比重, in a question and in a name."""

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from shkc.text import word_classes, words

_SHARES = frozenset(("share", "percentage", "proportion", "fraction", "percent"))
_SPENT = ("ed", "ing", "spent")
"""How a word ends that begins to say what the whole goes to: *share of GDP spent on research*."""
_ASKED = ("比重", "比例", "份额", "百分", "几成", "多少")
_LONGEST = 22
"""Characters behind 占 within which a share is asked for: 占全国的比重."""
_TAKEN = ("地", "用", "领")
"""What makes of 占 no share: 占地多少亩."""


def whole(found: Sequence[str], given: Container[str] = ()) -> frozenset[str]:
    """What a share is of, where the words *found* say it, without those *given*: English stems and Chinese bigrams."""
    kept = [word for word in found if word not in given]
    return frozenset(gram for word in _english(kept) or _chinese(words.phrase(kept)) for gram in _grams(word))


def _grams(word: str) -> Iterator[str]:
    if words.is_han(word):
        yield from (word[at : at + 2] for at in range(len(word) - 1))
    else:
        yield words.stem(word)


def _english(found: Sequence[str]) -> list[str]:
    """What stands behind *share of*, and behind *in* where that follows: *share of X in Y* is one of Y."""
    pairs = enumerate(pairwise(map(words.stem, found)))
    at = next((at for at, (word, behind) in pairs if word in _SHARES and behind == "of"), None)
    if at is None:
        return []
    behind = list(found[at + 2 :])
    parts: list[list[str]] = [[]]
    for word in behind:
        if word == "in":
            parts.append([])
        elif parts[-1] and word.endswith(_SPENT):
            break
        elif not word_classes.is_english_function_word(word):
            parts[-1].append(word)
    return next(filter(None, reversed(parts)), [])


def asks_for_share(phrase: str) -> bool:
    """Whether *phrase* asks how much of a whole something is: 占全国多少."""
    behind = _behind(phrase)[:_LONGEST]
    return any(word in behind for word in _ASKED)


def _chinese(phrase: str) -> list[str]:
    """What stands between 占 and what is asked of it."""
    behind = _behind(phrase)
    ends = [place for word in (*_ASKED, "几") if (place := behind.find(word)) >= 0]
    return behind[: min(ends, default=len(behind))].removesuffix("的").split()


def _behind(phrase: str) -> str:
    """What stands behind 占; nothing where that takes no part of a whole."""
    behind = phrase.partition("占")[2]
    return "" if behind.startswith(_TAKEN) else behind
