"""Units of measure: how they are printed, what they measure, and how they convert. `units.toml` lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

from shkc.text.lexicon import table
from shkc.text.numerals import EXACT, SCALES, fold_width, scaled

KNOWN_UNITS = 1000
"""Units whose meaning is remembered: reports have some dozens."""

_SCALE = re.compile("|".join(sorted(SCALES, key=len, reverse=True)))
_OF_PERIOD = "日|年|月|人|时|h|天"
"""What may stand behind a slash besides the units of the table: 元/月."""


class Unit(NamedTuple):
    """One unit of the table.

    One of it is *factor* of the *base* unit, exactly, and *part* of the whole where it says how much of one. Figures
    in a *continuous* unit are rounded; the others count. *english* is singular and plural, or one symbol. A *noun* is
    counted without a classifier: 1100万学生.
    """

    symbol: str
    dimension: str
    continuous: bool
    base: str
    factor: Decimal
    part: Decimal | None
    english: tuple[str, ...]
    typed: tuple[str, ...]
    noun: bool


class PrintedUnit(NamedTuple):
    """A unit as it stands behind a number, up to *end*.

    *words* are the unit without 余 and 多 (*more*); *symbol* is the one of the table in it, empty for a bare scale.
    *scale* is 万, 亿 or empty. *choice* is what stands in parentheses behind it: 台(套).
    """

    end: int
    words: str
    symbol: str
    scale: str
    more: bool
    choice: str


@cache
def known() -> dict[str, Unit]:
    """Every unit of the table by its symbol, in half-width form."""
    found: dict[str, Unit] = {}
    for dimension, content in table("units").items():
        for entry in content.get("units", ()):
            part = entry.get("part")
            for symbol in map(fold_width, entry["symbols"]):
                found[symbol] = Unit(
                    symbol,
                    dimension,
                    content.get("continuous", False),
                    entry.get("base", symbol),
                    Decimal(entry.get("factor", "1")),
                    None if part is None else Decimal(part),
                    tuple(entry["english"]),
                    tuple(entry.get("typed", ())),
                    entry.get("noun", False),
                )
    return found


@cache
def _bases() -> dict[str, Unit]:
    """The base units of the table, as units of their own."""
    found = {
        unit.base: unit._replace(symbol=unit.base, factor=Decimal(1), english=(unit.base,)) for unit in known().values()
    }
    return found | {unit.base: unit for unit in known().values() if unit.factor == 1}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of *words*, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


@cache
def measure_pattern() -> str:
    """A pattern for any symbol of the table, not where it only begins a longer word."""
    follows = table("units")["not_before"]
    symbols = sorted(known(), key=len, reverse=True)
    return "|".join(
        re.escape(symbol)
        + (f"(?!{follows[symbol]})" if symbol in follows else "")
        + ("(?![A-Za-z0-9])" if symbol[-1].isascii() and symbol[-1].isalnum() else "")
        for symbol in symbols
    )


@cache
def scale_pattern() -> str:
    """A pattern for a scale, not where it begins a unit: 千瓦."""
    begun = "".join(sorted({symbol[1] for symbol in known() if symbol[0] == "千" and len(symbol) > 1}))
    return "|".join(f"千(?![{begun}])" if scale == "千" else scale for scale in sorted(SCALES, key=len, reverse=True))


@cache
def _behind_a_number() -> re.Pattern[str]:
    measure, scale = measure_pattern(), scale_pattern()
    more = f"(?!{'|'.join(table('hedges')['unless']['words'])})[余多]"
    return re.compile(
        rf"(?P<more>{more})?(?:(?P<scale>{scale})(?![万亿]))?(?P<inside>{more})?"
        rf"(?:(?P<measure>{measure})(?P<choice>\((?:{measure})\))?(?P<per>/(?:(?:{scale})?(?:{measure})|{_OF_PERIOD}))?)?"
    )


def printed_at(folded: str, end: int) -> PrintedUnit | None:
    """The longest unit or scale that stands in *folded* behind a number that ends at *end*; None without one."""
    match = _behind_a_number().match(folded, end)
    if match is None or not (match["measure"] or match["scale"]):
        return None
    words = (match["scale"] or "") + (match["measure"] or "") + (match["per"] or "")
    more = bool(match["more"] or match["inside"])
    rest = _rest_of_unit(folded, match)
    return PrintedUnit(
        match.end() + len(rest), words + rest, match["measure"] or "", match["scale"] or "", more, match["choice"] or ""
    )


_REST = re.compile("[·•⋅][A-Za-z]+|/[A-Za-z]+")
_REST_OF_CONTINUOUS = re.compile("/[\u4e00-\u9fff]")


def _rest_of_unit(folded: str, match: re.Match[str]) -> str:
    """What belongs to the unit that *match* is the beginning of, though the table does not know it: 5MB/s, 5元/股.

    Behind what counts, a stroke may stand between two things: 5所/科研院所.
    """
    if match["measure"] is None or match["per"]:
        return ""
    found = _REST.match(folded, match.end())
    if found is None and known()[match["measure"]].continuous:
        found = _REST_OF_CONTINUOUS.match(folded, match.end())
    return found[0] if found else ""


def goes_on(folded: str, start: int, unit: str) -> bool:
    """Whether *unit* at *start*, which the table need not know, only begins what stands there: 5m/s, 10的15次方."""
    return begins_word(folded, start) or _REST.match(folded, start + len(unit)) is not None


@cache
def _begun_word() -> re.Pattern[str]:
    content = table("units")
    return re.compile("|".join(f"{symbol}(?={follows})" for symbol, follows in content["not_before"].items()))


def begins_word(folded: str, end: int) -> bool:
    """Whether what looks like a unit behind a number that ends at *end* begins another word: 3分之一, 2000处理器."""
    return _begun_word().match(folded, end) is not None


def forms_words(symbol: str) -> bool:
    """Whether Chinese numerals form words with *symbol*, so that it counts only where nothing follows: 二次开发."""
    return symbol in table("units")["forms_words"]["symbols"]


@lru_cache(KNOWN_UNITS)
def scale_and_base(unit: str) -> tuple[int, str]:
    """The power of ten in *unit* and the rest of it: 亿元 is (8, 元), 万份 is (4, 份), 千瓦 is (0, 千瓦)."""
    if fold_width(unit) in known():
        return 0, unit
    match = _SCALE.match(unit)
    return (SCALES[match[0]], unit[match.end() :]) if match else (0, unit)


@lru_cache(KNOWN_UNITS)
def unit_of(unit: str) -> Unit | None:
    """What the table says of *unit*, its scale and what stands in parentheses left out; None when it says nothing."""
    base = fold_width(scale_and_base(unit)[1])
    return known().get(base) or known().get(base.partition("(")[0]) or _bases().get(base)


def base_unit(unit: str) -> str:
    """The unit to which figures in *unit* are normalised: CNY for 亿元, W for 万千瓦, 家 for 万家."""
    _, base = scale_and_base(unit)
    found = known().get(fold_width(base))
    return found.base if found else base


def to_base(value: Decimal, unit: str) -> Decimal:
    """*value* *unit* in its base unit, exactly: 4850 亿元 is 485000000000."""
    power, base = scale_and_base(unit)
    found = known().get(fold_width(base))
    if found is None or found.factor == 1:
        return scaled(value, power)
    return Decimal(format(EXACT.scaleb(EXACT.multiply(value, found.factor), power).normalize(EXACT), "f"))


def can_be_part(value: Decimal, unit: str, whole: Decimal, unit_of_whole: str) -> bool:
    """Whether *value* *unit* can be a part of *whole*: in the same base unit, and no greater."""
    same = base_unit(unit) == base_unit(unit_of_whole)
    return same and to_base(value, unit) <= to_base(whole, unit_of_whole)


def from_base(value: Decimal, unit: str) -> Decimal:
    """*value* in the base unit of *unit*, in *unit*: the inverse of `to_base`."""
    power, base = scale_and_base(unit)
    found = known().get(fold_width(base))
    if found is None or found.factor == 1:
        return scaled(value, -power)
    return Decimal(format(EXACT.divide(EXACT.scaleb(value, -power), found.factor), "f"))


def english(unit: str) -> tuple[str, ...]:
    """The English name of *unit*, singular and plural, or its symbol; empty for a unit that the table does not have."""
    found = unit_of(unit)
    return found.english if found else ()


def counted_noun(unit: str) -> str:
    """The noun that *unit* counts by itself, without a classifier: 学生 of 1100万学生; empty for other units."""
    found = unit_of(unit)
    return found.symbol if found and found.noun else ""


def part_of_one(unit: str) -> Decimal | None:
    """What one of *unit* is of the whole: % is 0.01, 成 is 0.1, /3 is a third; None for a unit that is no part."""
    if unit.startswith("/") and unit[1:].isdecimal():
        return EXACT.divide(Decimal(1), Decimal(unit[1:]))
    found = known().get(unit)
    return found.part if found else None


def is_part(unit: str) -> bool:
    """Whether *unit* says how much of a whole: %, 成, /3."""
    return part_of_one(unit) is not None


def dimension(unit: str) -> str:
    """What *unit* measures, a table of `units.toml`; ratio for a fraction, empty for a unit that no table has."""
    if unit.startswith("/"):
        return "ratio"
    found = unit_of(unit)
    return found.dimension if found else ""


@lru_cache(KNOWN_UNITS)
def is_count(unit: str) -> bool:
    """Whether *unit* counts things one by one, so that a whole number of them is exact.

    A unit that no table has is a classifier, if it is Chinese.
    """
    power, base = scale_and_base(unit)
    found = unit_of(unit)
    if found is not None:
        return power == 0 and not found.continuous
    return power == 0 and base != "" and "/" not in base and not base.isascii()
