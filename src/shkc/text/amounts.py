"""Amounts as people type them, in a question or as an option: 10亿元, 2万多家, 29 billion, over CNY 3 trillion."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from shkc.text import hedges, units
from shkc.text.hedges import Hedge
from shkc.text.interval import Bounds
from shkc.text.lexicon import table
from shkc.text.numerals import Numeral, fold_width, numerals, scaled
from shkc.text.quantity import RANK, Reading, bounds, stated_at

_MAGNITUDES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "billion": 9, "bn": 9, "trillion": 12, "tn": 12,
}  # fmt: skip
_MAGNITUDE = re.compile(rf"[ -]?({'|'.join(_MAGNITUDES)})s?(?![a-z])", re.IGNORECASE)
_SIGNS = {"¥": "CNY", "￥": "CNY", "$": "USD", "us$": "USD", "hk$": "HKD", "€": "EUR", "£": "GBP"}
_NAMED = re.compile(r"[A-Za-z]-?$")
"""What makes a number part of a name: C919, PD-1."""
_NAME_BEHIND = re.compile(r"(?:st|nd|rd|th|[gG])(?![A-Za-z])|(?:[月日号届期]|(?<=(?:19|20)\d\d)年)(?![元均])")
"""What makes it an ordinal or a date: 6th, 5G, 2023年."""
_OPTION = re.compile(
    r"(?P<before>[^\d+-]*?)\s*(?P<number>[+-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d{1,2})?)(?P<behind>(?:\s*[^\s\d.,]\D*[23]?)?)",
    re.IGNORECASE,
)
_LONG_ENOUGH = 2
"""Characters of a Chinese numeral that is a number without a unit: 一 alone is mostly none."""


class Amount(NamedTuple):
    """A number that somebody typed, from *start* to *end* with its unit.

    *number* is as typed, with its sign; *value* is in the base *unit*, which is empty when none is typed. *bounds* hold
    what the words allow, in that unit. *typed_unit* is the unit as typed, *words* are the hedges and the word for a
    fall.
    """

    start: int
    end: int
    number: Decimal
    value: Decimal
    unit: str
    qualifiers: tuple[str, ...]
    bounds: Bounds
    typed_unit: str
    words: tuple[str, ...]


def amount(text: str) -> tuple[Decimal, str] | None:
    """The normalised value and unit of an amount as an option has it: 100, 2.4万, 10亿元, 10 billion yuan.

    The unit is empty when none is typed; None when *text* is no amount.
    """
    match = _OPTION.fullmatch(fold_width(text).strip())
    before = None if match is None else _currency(match["before"].strip())
    if match is None or before is None:
        return None
    behind = match["behind"].strip()
    magnitude = _MAGNITUDE.match(behind)
    power = _MAGNITUDES[magnitude[1].lower()] if magnitude else 0
    number = scaled(Decimal(match["number"].replace(",", "")), power)
    unit = (behind[magnitude.end() :] if magnitude else behind).strip()
    if unit and before:
        scale, rest = units.scale_and_base(unit)
        if rest:  # 人民币100亿元 says it twice
            value, base = _normalised(number, unit)
            return (value, base) if base == before else None
        return scaled(number, scale), before
    return _normalised(number, unit) if unit else (number, before)


def _currency(words: str) -> str | None:
    """The currency that stands before a number, empty without one; None for other words."""
    if not words:
        return ""
    unit = _SIGNS.get(words.lower()) or _typed().get(words.lower()) or units.base_unit(words)
    return unit if unit in _SIGNS.values() else None


def _normalised(number: Decimal, unit: str) -> tuple[Decimal, str]:
    power, rest = units.scale_and_base(unit)
    typed = _typed().get(rest.strip().lower())
    if typed is None or units.unit_of(unit) is not None:
        return units.to_base(number, unit), units.base_unit(unit)
    return units.to_base(scaled(number, power), typed), units.base_unit(typed)


@cache
def _typed() -> dict[str, str]:
    """The symbol of each unit by the names that people type, in small letters, and by its English ones."""
    found: dict[str, str] = {}
    for symbol, unit in units.known().items():
        for name in (*unit.typed, *(unit.english if unit.continuous else ())):
            found.setdefault(name.lower(), unit.base if unit.dimension == "money" else symbol)
    return found


# ── In a question ───────────────────────────────────────────────────────────────────────────────────


def numbers_in(question: str) -> tuple[Amount, ...]:
    """The amounts that *question* names, in order, without dates, ordinals and numbers that belong to a name."""
    folded = fold_width(question)
    found: list[Amount] = []
    for numeral in numerals(folded):
        if not found or numeral.start >= found[-1].end:  # the 亿 of 10 亿元 is none of its own
            each = _amount_at(question, folded, numeral)
            found += [each] if each else []
    return tuple(found)


def _amount_at(question: str, folded: str, numeral: Numeral) -> Amount | None:
    before = folded[: numeral.start]
    if before.endswith("第"):
        return _rank_at(folded, numeral)
    if numeral.text == "首" or _NAMED.search(before) or _NAME_BEHIND.match(folded, numeral.end):
        return None
    if numeral.value is None and not hedges.before(folded, numeral.start).hedges:
        return None  # 多少亿
    stated = stated_at(question, folded, numeral)
    if stated is None:
        return None
    english = _english_unit(folded, stated.end) if not stated.unit else None
    if not (stated.unit or numeral.text[0].isdecimal() or len(numeral.text) >= _LONG_ENOUGH):
        return None
    power, unit, end = english or (0, stated.unit, stated.end)
    currency, start = _currency_before(folded[: stated.start])
    unit = unit or currency
    start = start if currency and units.base_unit(unit) == currency else stated.start
    around = _around(folded, stated.start, end)
    fall = hedges.fall_at(folded, stated.start) if stated.value > 0 else ""
    number = -stated.value if fall else stated.value
    more = stated.printed is not None and stated.printed.more
    reading = _reading(around, more=more, signed=number < 0 and not fall)
    counted = "" if power else unit
    low, high = bounds(number, counted, reading)
    if stated.upper is not None and not fall:
        high = bounds(stated.upper, counted, reading).high
    interval = Bounds(*(None if side is None else units.to_base(scaled(side, power), unit) for side in (low, high)))
    value = units.to_base(scaled(number, power), unit)
    words = (*(hedge.word for hedge in (*around.before, *around.behind)), *((fall,) if fall else ()))
    return Amount(start, end, number, value, units.base_unit(unit), reading.qualifiers, interval, stated.unit, words)


def _rank_at(folded: str, numeral: Numeral) -> Amount | None:
    """The rank that *numeral* is: 第5位; None for another ordinal."""
    value, end = numeral.value, numeral.end + 1
    if value is None or folded[numeral.end : end] not in ("位", "名"):
        return None
    return Amount(numeral.start - 1, end, value, value, RANK, (), Bounds(value, value), RANK, ())


def _english_unit(folded: str, end: int) -> tuple[int, str, int] | None:
    """The power of ten, the unit and the end of what English words stand behind a number; None without any."""
    magnitude = _MAGNITUDE.match(folded, end)
    behind = magnitude.end() if magnitude else end
    word = _english_units().match(folded, behind)
    if magnitude is None and word is None:
        chinese = re.compile(" +").match(folded, end)  # 10 亿元
        printed = units.printed_at(folded, chinese.end()) if chinese else None
        return (0, printed.words, printed.end) if printed else None
    power = _MAGNITUDES[magnitude[1].lower()] if magnitude else 0
    return power, _typed()[word[1].lower()] if word else "", word.end() if word else behind


@cache
def _english_units() -> re.Pattern[str]:
    names = units.any_of(_typed())
    return re.compile(rf" ?({names})(?![A-Za-z])", re.IGNORECASE)


def _currency_before(before: str) -> tuple[str, int]:
    """The currency that a question writes before the number, and where: CNY 10 billion, $5m. Empty without one."""
    match = re.search(r"(?:us|hk)?[¥￥$€£]\s*$|[A-Za-z]+\s*$", before, re.IGNORECASE)
    currency = _currency(match[0].strip()) if match else None
    return (currency, match.start()) if match and currency else ("", len(before))


class _Around(NamedTuple):
    """The hedges before and behind a number."""

    before: tuple[Hedge, ...]
    behind: tuple[Hedge, ...]


def _around(folded: str, start: int, end: int) -> _Around:
    """The hedges around a number from *start* to *end*, Chinese or English."""
    english, behind = _english_hedges().search(folded, 0, start), hedges.behind(folded, end)
    before = hedges.before(folded, start).hedges
    if english:
        before += (Hedge(english[1], _english_terms()[english[1].lower()]),)
    return _Around(before, (behind,) if behind else ())


def _reading(around: _Around, *, more: bool, signed: bool) -> Reading:
    terms = {hedge.term for hedge in (*around.before, *around.behind)} | ({"over"} if more else set())
    qualifiers = tuple(name for name in hedges.QUALIFIERS if name in terms)
    open_above = any(hedge.term == "over" for hedge in around.before)
    return Reading(0, 0, "", qualifiers, open_above, signed=signed)


@cache
def _english_terms() -> dict[str, str]:
    return {word: hedge["term"] for hedge in table("hedges")["hedge"] for word in hedge.get("english", ())}


@cache
def _english_hedges() -> re.Pattern[str]:
    currency = r"(?:(?:us|hk)?[¥￥$€£]|cny|rmb|usd)?"
    return re.compile(rf"(?<![A-Za-z])({units.any_of(_english_terms())})\s+{currency}\s*$", re.IGNORECASE)
