"""Quantities in running Chinese text: a number with its sign, range, unit and hedges, and the bounds that they leave.

Everybody reads through here. `stated_at` says what quantity stands at a numeral; `read` finds a figure that somebody
entered, or that it does not stand in the text: part of a number, of a range or of a unit is not the figure, nor is a
number without its printed sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from shkc.text import hedges, units
from shkc.text.hedges import QUALIFIERS, REACHING, is_mean, reaching
from shkc.text.interval import Bounds, divide, mirrored, outward, whole_numbers
from shkc.text.numerals import (
    EXACT,
    HAN,
    MAGNITUDE,
    MOST_DIGITS,
    RANGE_SIGNS,
    Numeral,
    fold_width,
    fractions,
    is_in_range,
    numeral_at,
    numeral_from,
    numeral_value,
    numerals,
    per_cents,
    same_digits,
    scaled,
    sign_before,
    without_space,
)
from shkc.text.units import (
    KNOWN_UNITS,
    PrintedUnit,
    base_unit,
    dimension,
    english,
    from_base,
    is_count,
    is_part,
    part_of_one,
    printed_at,
    scale_and_base,
    to_base,
)

# What other packages need for reading figures, from one place.
__all__ = (
    "EXACT", "KNOWN_UNITS", "MAGNITUDE", "MOST_DIGITS", "QUALIFIERS", "RANK", "REACHING", "Bounds", "Numeral",
    "Reading", "Stated", "base_unit", "bounds", "dimension", "direction", "divide", "english", "fold_width",
    "fractions", "from_base", "is_count", "is_in_range", "is_mean", "is_part", "is_unitless_at", "numeral_from",
    "numeral_value", "numerals", "outward", "part_of_one", "per_cents", "reaching", "read", "scale_and_base", "scaled",
    "stated_at", "to_base", "upper_ends", "whole_numbers", "without_space",
)  # fmt: skip

_CLASSIFIER = "个"
"""The unit of what is printed without a measure word: 三大共同体."""

RANK = "位"
"""The unit of a rank (第5位), and of persons (5位)."""

_NEAR = 16
"""Characters before a number in which the number may begin that it is part of, or the range that it ends."""

_UNITLESS = re.compile(
    r"$|[,。;!?、)]|左右|以[上下]|(?:提高|提升|上升|增加|增长|下降|降低|缩小|收窄|扩大|跃升)[到至]|[∶:]1(?![\d.万亿])"
)
"""What may stand behind an index, a score or a ratio (2.5∶1), which has no unit."""
_ELIDED = r"(?P<counter>个?)(?:[、和及]\d+(?:\.\d+)?个?)*?[、和及]\d+(?:\.\d+)?%s"
"""A list that prints its unit only once: 提高0.3、0.1和0.6个百分点."""
_DOUBLED = re.compile("翻番")
_INSIDE = re.compile(
    rf"(?:(?P<scaled>[\d{HAN}][万亿]+)|[\d{HAN}]点|\d/|(?P<some>几|(?<![指总人家件个户项系次])数)|±|\^|\d[Ee]|第[\d{HAN}]+[至到])$"
)
"""What a numeral belongs to that stands behind it: 1.5万3000, 9点5, 1/3, 几十, 数百, ±5, 10^8, 第二至三位."""
_GOES_ON = re.compile(rf"(?<=\d[万亿])\d{{3}}|(?<=[{HAN}][万亿])[{HAN}]{{2}}")
"""What stands behind 万 and belongs to the number: 1.5万3000. In 390万65岁 it does not."""


class Reading(NamedTuple):
    """A figure found in a text: its extent without hedges, its wording with them, the hedges in standard terms."""

    start: int
    end: int
    display: str
    qualifiers: tuple[str, ...]
    open_above: bool
    """Whether a hedge before the number (超, 突破) leaves it open above; 余 behind it does not."""
    ordinal: bool = False
    """Whether it is a rank or an ordinal: 第5位, 首位."""
    signed: bool = False
    """Whether a minus sign is printed with it (-5, 负5), not only a word for a fall."""


class Stated(NamedTuple):
    """The quantity that a numeral states: where number and unit stand, its value with its printed sign, and its unit.

    *upper* is the other end of a range. *printed* is the unit as the table knows it, None for a number without one.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: str
    printed: PrintedUnit | None


class _Candidate(NamedTuple):
    """A numeral with the unit that is looked for behind it: where that ends, and whether 第 or 首 makes it a rank."""

    numeral: Numeral
    end: int
    ordinal: bool


# ── What stands at a numeral ────────────────────────────────────────────────────────────────────────


def stated_at(text: str, folded: str, numeral: Numeral) -> Stated | None:
    """The quantity that *numeral* of *folded* states, *text* in half width; None for part of a number or range."""
    value, end = numeral.value, numeral.end
    if numeral.text[0] in "万亿":  # 近万家 is 1 万家: the scale belongs to the unit
        value, end = Decimal(1), numeral.start
    start = sign_before(folded, numeral.start)
    if value is None or _is_inside(folded, numeral) or _ends_range(folded, numeral.start):
        return None
    upper = None
    following = None if folded[: numeral.start].endswith(("从", "由", "自")) else range_behind(folded, numeral)
    if following is not None and following.value is not None and following.value > value:
        upper, end = following.value, following.end
    if start < numeral.start:
        value = -value
    printed = printed_at(folded, end)
    if printed is None:
        listed = None if upper else _listed().match(folded, end)
        return Stated(start, end, value, upper, listed["unit"] if listed else "", None)
    if printed.words == "个" and upper is None and (listed := _listed().match(folded, end)):
        return Stated(start, end, value, None, listed["unit"], None)
    unit = printed.words
    if printed.choice:  # 台（套）, as wide as it is printed
        unit = text[printed.end - len(unit + printed.choice) : printed.end]
    return Stated(start, printed.end, value, upper, unit, printed)


@cache
def _listed() -> re.Pattern[str]:
    """A list that prints its unit only once, behind its first number."""
    once = units.any_of(s for s, unit in units.known().items() if unit.dimension in ("money", "ratio", "points"))
    return re.compile(
        rf"(?:(?:[、和及]\d+(?:\.\d+)?)*[、和及]\d+(?:\.\d+)?"
        rf"|个(?:[、和及]\d+(?:\.\d+)?个?)*[、和及]\d+(?:\.\d+)?(?=个百))(?P<unit>{once})"
    )


@cache
def _range_sign() -> re.Pattern[str]:
    scale, measure = units.scale_pattern(), units.measure_pattern()
    return re.compile(rf"(?P<unit>(?:{scale})?(?:{measure})?)(?:{RANGE_SIGNS}|至|到)(?=[\d{HAN}])")


@cache
def _before_upper_end() -> re.Pattern[str]:
    """What stands before the second number of a range; 由3至5家 is none."""
    scale, measure = units.scale_pattern(), units.measure_pattern()
    return re.compile(
        rf"[\d{HAN}](?:{scale})?(?:{measure})?(?:{RANGE_SIGNS})$"
        rf"|(?:^|[^\d.,{HAN}])(?<![从由自])[\d.,]*\d(?:至|到)$"
    )


def range_behind(folded: str, numeral: Numeral) -> Numeral | None:
    """The other end of the range that *numeral* begins (3-5家, 20%-30%); None where it begins none."""
    sign = _range_sign().match(folded, numeral.end)
    following = None if sign is None or numeral.value is None else numeral_at(folded, sign.end())
    if sign is None or following is None:
        return None
    printed = printed_at(folded, following.end)
    if printed is None or (sign["unit"] and sign["unit"] not in (printed.words, printed.scale)):
        return None  # 增长20%至30亿元
    return following


@cache
def _symbol() -> re.Pattern[str]:
    return re.compile(units.measure_pattern())


def _ends_range(folded: str, start: int) -> bool:
    return _before_upper_end().search(folded, max(0, start - _NEAR), start) is not None


def _is_inside(folded: str, numeral: Numeral) -> bool:
    if numeral.text[0] in "百千" and _symbol().match(folded, numeral.start):
        return True  # the 千 of 2万千瓦时
    match = _INSIDE.search(folded, max(0, numeral.start - 3), numeral.start)
    if match is None or (match["some"] and numeral.text[0] not in "十百千万亿"):
        return False
    return not match["scaled"] or _GOES_ON.match(folded, numeral.start) is not None


# ── A figure that somebody entered ──────────────────────────────────────────────────────────────────


def read(
    text: str, value: Decimal, unit: str, start: int = 0, end: int | None = None, upper: Decimal | None = None
) -> Reading | None:
    """Find the first figure *value* *unit* in *text* from *start* to *end*: None when it does not stand there.

    A negative value needs a printed minus or a word for a fall (下降) in the text, a positive one must have no minus
    before it. A rank (unit 位) may be printed as 第5位, 第一 or 首位; a fraction has the unit /3 (三分之一, 1/3);
    翻番 is 1番. *upper* is the other end of a range (3-5家). A range that falls is printed the other way round:
    下降3%-5% is -5 to -3.
    """
    folded = fold_width(text)
    first, last = (value, upper) if upper is None or value >= 0 else (upper, value)
    limit = len(folded) if end is None else end
    for found in _candidates(folded, fold_width(unit), start, limit, first.copy_abs(), last):
        signed = sign_before(folded, found.numeral.start) < found.numeral.start
        fall = value < 0 and not signed and hedges.says_fall(_clause_around(folded, found))
        if signed == (value < 0) or fall or not value:
            return _reading(text, folded, found, value < 0)
    return None


_CLAUSE_ENDS = ",;。!?\n"


def _clause_around(folded: str, found: _Candidate) -> str:
    """The clause of *folded* that the figure *found* stands in."""
    start = max(folded.rfind(end, 0, found.numeral.start) for end in _CLAUSE_ENDS) + 1
    ends = (at for end in _CLAUSE_ENDS if (at := folded.find(end, found.end)) >= 0)
    return folded[start : min(ends, default=len(folded))]


def _candidates(
    folded: str, unit: str, start: int, limit: int, value: Decimal, last: Decimal | None
) -> Iterator[_Candidate]:
    """Each *value* *unit* of *folded*, its sign left aside, that begins between *start* and *limit*.

    *last* is the other end of a range.
    """
    for numeral in _in_words(folded, unit):
        if start <= numeral.start < limit and numeral.value is not None and same_digits(numeral.value, value):
            yield _Candidate(numeral, numeral.end, ordinal=False)
    if unit.startswith("/"):
        return
    for numeral in numerals(folded):
        found = numeral
        if numeral.text[0] in "万亿":  # 近万家 is 1 万家
            found = Numeral(numeral.start, numeral.start, numeral.text, Decimal(1))
        if not start <= found.start < limit or found.value is None or not same_digits(found.value, value):
            continue
        if _is_inside(folded, numeral) or _ends_range(folded, numeral.start):
            continue
        ordinal = folded[: numeral.start].endswith("第") or numeral.text == "首"
        if unit == RANK and not _is_rank(folded, numeral, ordinal):
            continue
        number_end = found.end if last is None else _range_end(folded, numeral, last)
        behind = None if number_end is None else _unit_end(folded, number_end, unit, ordinal)
        if behind is not None and (last is not None or not _range_on().match(folded, behind)):
            yield _Candidate(found, behind, ordinal)


_RANKED = re.compile(r"[位名]|大(?!会)|$|[^\w]|[的是]")
_OF_SEVERAL = re.compile(rf"(?:{RANGE_SIGNS}|至|到)第?[\d一二三四五六七八九十]")


def _is_rank(folded: str, numeral: Numeral, ordinal: bool) -> bool:
    """Whether *numeral* may be so many persons or a rank: 第三方 and 首次 are none, nor is 前5位 or 第5至第6位."""
    if not ordinal:
        return not folded[: numeral.start].endswith("前")
    if numeral.text == "首":
        return folded[numeral.end : numeral.end + 1] not in tuple("次批届艘家款台座部项例")
    return bool(_RANKED.match(folded, numeral.end)) and not _OF_SEVERAL.match(folded, numeral.end)


def _in_words(folded: str, unit: str) -> Iterator[Numeral]:
    """The figures that are printed without a unit behind them: fractions, percentages in words, 翻番."""
    if unit.startswith("/"):
        yield from (fraction for fraction, denominator in fractions(folded) if unit == f"/{denominator}")
    if unit == "%":
        yield from per_cents(folded)
    if unit == "番":
        yield from (Numeral(m.start(), m.end(), m[0], Decimal(1)) for m in _DOUBLED.finditer(folded))


def _range_end(folded: str, numeral: Numeral, last: Decimal) -> int | None:
    """Where the number *last* ends that a range names behind its first *numeral*; None without one."""
    following = range_behind(folded, numeral)
    if following is None or following.value is None:
        return None
    return following.end if same_digits(following.value, last.copy_abs()) else None


@cache
def _range_on() -> re.Pattern[str]:
    return re.compile(rf"(?:{RANGE_SIGNS})(?=\d)")


def upper_ends(text: str, value: Decimal, unit: str) -> Iterator[Decimal]:
    """The upper end of each range in *text* whose lower end is *value* in *unit*."""
    folded = fold_width(text)
    for numeral in numerals(folded):
        following = range_behind(folded, numeral)
        if following is None or numeral.value is None or following.value is None:
            continue
        ends = (numeral.value, following.value) if value >= 0 else (-following.value, -numeral.value)
        if same_digits(ends[0], value) and _unit_end(folded, following.end, fold_width(unit), ordinal=False):
            yield ends[1]


def _unit_end(folded: str, end: int, unit: str, ordinal: bool) -> int | None:
    """Where *unit* ends behind a number that ends at *end*; None where another unit is printed, or a longer one."""
    if not unit:
        return end if is_unitless_at(folded, end) else None
    printed = printed_at(folded, end)
    if printed is not None and printed.words == unit:
        behind = printed.end - len(printed.choice)
        bare = not printed.symbol and _GOES_ON.match(folded, behind)  # 1.5万3000 does not have the unit 万
        return None if bare else behind
    if unit == _CLASSIFIER and folded.startswith("大", end):  # 三大共同体 are three communities
        return end + 1
    start = end + (folded[end : end + 1] in ("余", "多"))
    longest = 0 if printed is None else len(printed.words)
    # A unit that no table has; 10的15次方 does not have one that it has.
    if folded.startswith(unit, start) and len(unit) > longest and not units.goes_on(folded, start, unit):
        return start + len(unit)
    if listed := re.compile(_ELIDED % re.escape(unit)).match(folded, end):
        return end + len(listed["counter"])
    return end if unit == RANK and ordinal else None


def is_unitless_at(folded: str, end: int) -> bool:
    """Whether a number that ends at *end* of *folded* has no unit behind it, as an index or a score has none."""
    return _UNITLESS.match(folded, end) is not None


def _reading(text: str, folded: str, found: _Candidate, negative: bool) -> Reading:
    numeral = found.numeral
    start = sign_before(folded, numeral.start) - (1 if found.ordinal and numeral.text != "首" else 0)
    before = hedges.before(folded, start)
    behind = hedges.behind(folded, found.end)
    terms = {hedge.term for hedge in before.hedges}
    if re.search("[余多]", folded[numeral.end : found.end]):
        terms.add("over")
    if behind:
        terms.add(behind.term)
    terms.discard("cumulative")
    if hedges.is_cumulative(folded[:start]):
        terms.add("cumulative")
    printed = text[start : found.end] + (behind.word if behind else "")
    words = "".join(hedge.word for hedge in before.hedges if hedge.term != "cumulative")
    signed = start < numeral.start and not found.ordinal
    if negative and not signed:
        words = (hedges.fall_before(folded, before.start) or "-") + words
    return Reading(
        start,
        found.end,
        words + printed,
        tuple(name for name in QUALIFIERS if name in terms),
        any(hedge.term == "over" for hedge in before.hedges),
        found.ordinal,
        signed,
    )


def direction(text: str, value: Decimal, unit: str) -> int:
    """Whether *text* says that the growth *value* *unit* in it is a rise (1) or a decline (-1); 0 when it does not say.

    A printed minus counts, else the word nearest before the figure, else the first behind it.
    """
    reading = read(text, value, unit)
    if reading is not None and reading.signed:
        return -1
    folded = fold_width(text)
    return hedges.direction(folded, len(folded) if reading is None else reading.start)


# ── Bounds ──────────────────────────────────────────────────────────────────────────────────────────


def bounds(value: Decimal, unit: str, reading: Reading, *, mean: bool = False) -> Bounds:
    """The interval of the true figure, in *unit*, by the rules of `docs/fact-file.md`, *Hedges*.

    *mean* says that the figure is an average, so that a whole number is not exact. Hedges of a fall speak of its size:
    减少近100家 is between -100 and -90. Where a minus is printed, those that compare speak of the value: 不低于-5℃.
    """
    comparing = reading.signed and (reading.open_above or any(map(_compares, reading.qualifiers)))
    if value >= 0 or comparing:
        return _bounds(value, unit, reading, mean=mean)
    return mirrored(_bounds(-value, unit, reading, mean=mean))


def _compares(term: str) -> bool:
    return term != "over" and hedges.compares(term)  # 余 is over, too, and speaks of the size


def _bounds(value: Decimal, unit: str, reading: Reading, *, mean: bool) -> Bounds:
    # A fraction is a rounded part of the whole: a tenth of its numerator, not one more third, is what it leaves open.
    last_digit = value.copy_abs() / 10 if unit.startswith("/") else Decimal(1).scaleb(int(value.as_tuple().exponent))
    qualifiers = reading.qualifiers
    if "over" in qualifiers and not reading.open_above:
        return Bounds(value, value + _last_nonzero_digit(value))
    if "over" in qualifiers or "at_least" in qualifiers:
        return Bounds(value, None)
    if "at_most" in qualifiers or "below" in qualifiers:
        return Bounds(None, value)
    if "nearly" in qualifiers:
        return Bounds(EXACT.multiply(value, Decimal("0.9")), value)
    if "about" in qualifiers:
        return Bounds(value - last_digit, value + last_digit)
    if is_count(unit) and value == value.to_integral_value() and not mean:
        return Bounds(value, value)
    half = last_digit / 2
    return Bounds(value - half, value + half)


def _last_nonzero_digit(value: Decimal) -> Decimal:
    digits = value.normalize(EXACT)
    return Decimal(1).scaleb(int(digits.as_tuple().exponent))
