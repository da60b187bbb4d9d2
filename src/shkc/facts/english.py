"""Figures in English: made from the table of units and from what the facts count, never sentences by hand.

`docs/english.md` has the rules and their sources. Numbers are exact: what is printed in 万 or 亿 is written with the
same digits in full or in millions, billions and trillions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from shkc.text import quantity
from shkc.text.quantity import EXACT

if TYPE_CHECKING:
    from shkc.facts.entries import MetricEntry, RankEntry
    from shkc.facts.model import Change, Normalized, Rank, Share

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_MILLION = 10**6
"""From here on a rounded number is written with a word; below it, in full."""

_FRACTIONS = {2: ("half", "halves"), 3: ("third", "thirds"), 4: ("quarter", "quarters"), 5: ("fifth", "fifths")}
_SMALL = ("zero", "one", "two", "three", "four")
_PERCENT = Decimal("0.01")

_BEHIND = ("左右", "上下")
"""约 is about, 左右 around: both say the same, and the report's choice can be seen."""

_MINUS = ("-", "−", "负")


class Wording(NamedTuple):
    """What stands around the number of an amount."""

    before: str
    behind: str


def figure(entry: MetricEntry, display: str, bounds: Normalized, *, ordinal: bool) -> str:
    """The figure of *entry* as it reads in English, hedges included: over 24,000 enterprises.

    *display* is the report's wording, *bounds* what it leaves open; *ordinal* says that it is a rank.
    """
    if ordinal:
        return f"No. {entry.value:f}" if entry.rank is None else rank(entry.rank)
    hedges = _hedges(entry, display, bounds)
    values = (entry.value,) if entry.upper is None else (entry.value, entry.upper)
    signed = any(sign in display for sign in _MINUS)
    if hedges and entry.value < 0 and not signed:  # 减少近100家 is a size, 不低于-5℃ a value
        words = f"a fall of {hedges}{amount([abs(value) for value in values], entry.unit, entry.counted_en)}"
    else:
        words = hedges + amount(values, entry.unit, entry.counted_en)
    moods = [mood for mood in ("estimated", "target") if mood in entry.qualifiers]
    return f"{words} ({', '.join(moods)})" if moods else words


def _hedges(entry: MetricEntry, display: str, bounds: Normalized) -> str:
    """The hedges before the number: 超 is over and open above, 余 more than and within the next step."""
    open_end = bounds.low is None or bounds.high is None
    words = {
        "about": "around" if display.endswith(_BEHIND) else "about",
        "over": "over" if open_end else "more than",
        "nearly": "nearly",
        "at_least": "at least",
        "at_most": "at most",
        "below": "fewer than" if quantity.is_count(bounds.unit) and not _is_time(bounds.unit) else "less than",
    }
    return "".join(f"{words[name]} " for name in entry.qualifiers if name in words)


def _is_time(unit: str) -> bool:
    """Whether *unit* is one of time, which is counted in days but is less, not fewer."""
    return quantity.dimension(unit) in ("days", "time")


def amount(values: Sequence[Decimal], unit: str, counted: Sequence[str] = ()) -> str:
    """The amount *values* (one, or the ends of a range) in *unit*: CNY 1.07 billion, 434,000 permits, 20%–30%.

    *counted* is what a count counts, singular and plural. A unit that has no English name is quoted.
    """
    part = quantity.part_of_one(unit)
    if part is not None:
        return _share_of_one(values, unit, part)
    power, base = quantity.scale_and_base(unit)
    wording = _wording(values, base, counted if quantity.is_count(base) else ())
    return f"{wording.before}{_numbers(values, power)}{wording.behind}"


def _share_of_one(values: Sequence[Decimal], unit: str, part: Decimal) -> str:
    if unit.startswith("/"):
        return "–".join(_fraction(int(value), int(unit[1:])) for value in values)
    if unit == "‰":
        return "–".join(f"{value:f}‰" for value in values)
    return "–".join(f"{quantity.scaled(value, (part / _PERCENT).adjusted()):f}%" for value in values)


def _fraction(above: int, below: int) -> str:
    if below not in _FRACTIONS or above >= len(_SMALL):
        return f"{above}/{below}"
    one, many = _FRACTIONS[below]
    return f"{_SMALL[above]} {one if above == 1 else many}"


def _numbers(values: Sequence[Decimal], power: int) -> str:
    """*values* times 10**power with their digits, all in the scale of the last."""
    greatest = quantity.scaled(abs(values[-1]), power)
    if not power or greatest < _MILLION:
        return "–".join(f"{quantity.scaled(value, power):,f}" for value in values)
    scale, word = next((scale, word) for scale, word in _SCALES if greatest >= 10**scale)
    return f"{'–'.join(_scaled(value, power - scale) for value in values)} {word}"


def _scaled(value: Decimal, power: int) -> str:
    """*value* times 10**power with the decimals that it is printed with, no zeros added behind the point."""
    exact = quantity.scaled(value, power)
    whole = int(value.as_tuple().exponent) >= 0
    return f"{exact.normalize(EXACT) if whole and power < 0 else exact:,f}"


def _wording(values: Sequence[Decimal], base: str, counted: Sequence[str]) -> Wording:
    if quantity.dimension(base) == "money":
        return Wording(f"{quantity.base_unit(base)} ", "")
    names = counted or quantity.english(base) or ((f"“{base}”",) if base else ("",))
    name = names[0] if len(values) == 1 and str(values[0]).lstrip("-") == "1" else names[-1]
    return Wording("", f" {name}" if name else "")


def change(stated: Change, counted: Sequence[str] = ()) -> str:
    """A growth with what it is against: +21.1% year on year."""
    basis = {"yoy": " year on year", "other": ""}.get(stated.basis, f" on {stated.basis}")
    return growth(stated.value, stated.unit, counted) + basis


def growth(value: Decimal, unit: str, counted: Sequence[str] = ()) -> str:
    """A growth with its sign: +21.1%, up 2 places, doubled."""
    if unit == quantity.RANK:
        places = "place" if abs(value) == 1 else "places"
        return f"{'up' if value >= 0 else 'down'} {abs(value):f} {places}"
    if unit == "番":
        return "doubled" if value == 1 else f"doubled {value:f} times"
    return ("-" if value < 0 else "+") + amount([abs(value)], unit, counted)


def share(part: Share) -> str:
    """A share with its whole: 13.5% of the new academicians nationwide."""
    return f"{amount([part.value], part.unit)} of {or_quoted(part.of_en, part.of)}"


def rank(place: Rank | RankEntry) -> str:
    """A rank with whom it is among: No. 5 worldwide."""
    return f"No. {place.value} {or_quoted(place.of_en, place.of)}"


def or_quoted(english: str | None, chinese: str) -> str:
    """*english*, or the report's own words as a quotation where the fact file has none."""
    return english or quoted(chinese)


def quoted(chinese: str) -> str:
    """*chinese* as a quotation, in “ ”; those inside it become ‘ ’, and one around the whole of it is not doubled."""
    whole = chinese[:1] == "“" and chinese.find("”") == len(chinese) - 1
    return f"“{(chinese[1:-1] if whole else chinese).translate(_INNER)}”"


_INNER = str.maketrans("“”", "‘’")


def capitalised(text: str) -> str:
    """*text* with a capital at its beginning and nothing else changed: R&D stays R&D."""
    return text[:1].upper() + text[1:]


def unit_label(unit: str, counted: Sequence[str] = ()) -> str:
    """What the numbers of an axis or a column are in: CNY 100 million, percentage points, 10,000 enterprises.

    *counted* is what a count counts, singular and plural; a scale stands alone where that has no English name.
    """
    power, base = quantity.scale_and_base(unit)
    if quantity.is_count(base):
        return amount([Decimal(10) ** power if power else Decimal(0)], base, counted).removeprefix("0").strip()
    return amount([Decimal(1)], unit) if power else amount([Decimal(0)], unit).replace("0", "", 1).strip()


def interval(low: Decimal | None, high: Decimal | None, unit: str, counted: Sequence[str] = ()) -> str:
    """An interval in *unit*; an open end is said in words, and nothing where both are open."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        word, end = ("at least", low) if high is None else ("at most", high)
        assert end is not None
        return f"{word} {amount([end], unit, counted)}"
    if low < 0:  # no dash beside a minus
        return f"{amount([low], unit, counted)} to {amount([high], unit, counted)}"
    return amount([low, high], unit, counted)
