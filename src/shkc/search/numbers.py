"""Whether a question has numbers or periods, which most do without, and its numbers as types; `values` reads them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from shkc.text.amounts import Amount
    from shkc.text.ordinals import Rank

HAN_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
"""The characters of Chinese numerals in common use."""

_BEGINNINGS = frozenset(f"0123456789{HAN_NUMERALS}廿卅壹贰叁柒捌玖首")
"""The characters that a numeral begins with, in half-width."""

_FORMAL = frozenset("壹贰叁肆伍陆柒捌玖拾佰仟")
"""Formal numerals; some stand in other words too (队伍, 大陆), and are numerals only where there are two."""

_RANKS = (
    "冠军", "头名", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
"""Words for a rank without the character of a numeral."""


class Value(NamedTuple):
    """A number in words, with a magnitude or with a hedge: 三千二百亿元, 29 billion, 两万多家.

    *digits* stand for it among the terms. The value of a fact in the base *unit*, in any where that is empty (24
    thousand), must lie from *low* to *high*.
    """

    digits: str
    unit: str
    low: float
    high: float


class Numbers(NamedTuple):
    """The numbers of a question.

    *amounts* are those that are asked for, *context* the digits of those that it takes as known, *ranks* the places
    that it names. *values* are what a fact must be worth, and *text* is the question with digits in their place.
    """

    amounts: "tuple[Amount, ...]"
    context: frozenset[str]
    ranks: "tuple[Rank, ...]"
    values: tuple[Value, ...]
    text: str


def has_numbers(folded: str) -> bool:
    """Whether the question *folded*, in lower case and half-width, may name a number or a rank."""
    formal = sum(map(_FORMAL.__contains__, folded)) > 1
    return formal or not _BEGINNINGS.isdisjoint(folded) or any(word in folded for word in _RANKS)


_PERIODS = ("年", "季", "月", "五", "year", "quarter", "half", "decade")
"""What the words for a period have, where it is not in digits."""


def may_name_periods(folded: str) -> bool:
    """Whether the question *folded*, in lower case and half-width, may name a period."""
    return any(map(str.isdecimal, folded)) or any(word in folded for word in _PERIODS)
