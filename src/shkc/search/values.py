"""Reading the numbers of a question: amounts, ranks, and what a fact must be worth to be meant."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from shkc.search.numbers import Numbers, Value
from shkc.text.amounts import Amount, numbers_in
from shkc.text.numerals import numeral_value
from shkc.text.ordinals import Rank, ranks
from shkc.text.quantity import RANK
from shkc.text.units import to_base

LEAST_IN_WORDS = 20
"""A smaller number in Chinese numerals counts parts of a name more often than it is a figure."""

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)"
_CONTEXT = re.compile(
    rf"{_NUMBER}(?=\D*?[里中](?:面|头)?\D*(?:几|多少))|[那这]{_NUMBER}(?=\D*(?:几|多少))"
    rf"|\bof (?:the|these|those) {_NUMBER}"
)
"""A number that a question takes as known: 52家实验室里有几家, 那18场活动谈成几个 and *of the 52* do not ask for it."""


def read(folded: str) -> Numbers:
    """The numbers of the question *folded*, in lower case and half-width."""
    places = tuple(ranks(folded))
    amounts = [
        amount
        for amount in numbers_in(folded)
        if not any(place.start < amount.end and amount.start < place.end for place in places)
    ]
    context = frozenset(match[match.lastindex or 0].replace(",", "") for match in _CONTEXT.finditer(folded))
    values, text = _in_digits(folded, [*_values(folded, amounts), *_open_values(folded), *map(_rank_value, places)])
    asked = tuple(amount for amount in amounts if f"{amount.number:f}" not in context)
    return Numbers(asked, context, places, values, text)


class _Stated(NamedTuple):
    """A value and where it stands in a question."""

    start: int
    end: int
    value: Value


def _values(folded: str, amounts: Iterable[Amount]) -> Iterator[_Stated]:
    """Those of the *amounts* of *folded* that are not plain digits.

    A power of ten without a hedge is mostly no value (百强, 万人), nor is a small number in words (两个科学中心).
    """
    for amount in amounts:
        words_for_it = folded[amount.start : amount.end]
        plain = words_for_it[0].isdigit() and amount.value == _as_typed(amount)
        round_number = amount.value == Decimal(1).scaleb(amount.value.adjusted())
        small = not words_for_it[0].isdigit() and amount.value < LEAST_IN_WORDS
        vague = plain or round_number or small
        # 24 thousand needs no unit, nor does over 24; 24 may be anything
        counts = amount.unit or amount.value != amount.number or amount.qualifiers
        if counts and (amount.qualifiers or not vague):
            low, high = _near(amount)
            value = Value(f"{amount.value:f}", amount.unit, float(low), float(high))
            yield _Stated(amount.start, amount.end, value)


def _near(amount: Amount) -> tuple[Decimal, Decimal]:
    """What the words of *amount* allow; where they leave an end open, within one of its last digit that is no zero.

    Nobody who has read of 26 hundred says that it is over one thousand.
    """
    low, high = amount.bounds
    step = Decimal(1).scaleb(int(amount.value.normalize().as_tuple().exponent))
    return amount.value - step if low is None else low, amount.value + step if high is None else high


_OPEN = re.compile(
    "(?P<digits>[一二两三四五六七八九十百千零〇]{2,7}|十)几(?P<unit>[家间户所位名人项件份款种场次个])?(?!十|百|千|万|亿)"
)
"""A number whose last digit is left open: 两百五十几个."""


def _open_values(folded: str) -> Iterator[_Stated]:
    """The numbers of *folded* of which the last digit is left open: 250 to 259, 2001 to 2009."""
    for match in _OPEN.finditer(folded):
        least = numeral_value(match["digits"].rstrip("零〇"))
        if least is not None:
            first = int(least) + match["digits"].endswith(("零", "〇"))
            value = Value(str(int(least)), match["unit"] or "", first, int(least) + 9)
            yield _Stated(match.start(), match.end(), value)


def _rank_value(rank: Rank) -> _Stated:
    return _Stated(rank.start, rank.end, Value(str(rank.place), RANK, rank.place, rank.place))


def _in_digits(folded: str, stated: Iterable[_Stated]) -> tuple[tuple[Value, ...], str]:
    """The values *stated* in *folded*, of which none overlap, and *folded* with digits in their place."""
    values: list[Value] = []
    rest, end = "", 0
    for start, behind, value in sorted(stated):
        if start >= end:
            values.append(value)
            rest += f"{folded[end:start]} {value.digits} "
            end = behind
    return tuple(values), rest + folded[end:]


def _as_typed(amount: Amount) -> Decimal:
    """The value of *amount* as its digits and its typed unit say it, without a magnitude in words."""
    return to_base(amount.number, amount.typed_unit) if amount.typed_unit else amount.number
