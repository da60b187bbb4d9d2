"""The numerals of a paragraph: which are quantities, with value, unit and hedges, and which are none, and why.

`text.quantity` says what quantity stands at a numeral. It is a figure unless a rule of `exclusions` says that it is
none: a year, an ordinal, a part of a name or of a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from shkc.draft import exclusions
from shkc.draft.exclusions import BASE, FIRST, NAME, ORDINAL, TOP, WORD
from shkc.facts.entries import LAST_RANK
from shkc.text import hedges, quantity, units
from shkc.text.quantity import RANK, Stated

_NEAR = 40
"""Characters around a numeral that may say what it is; enough for its clause, few enough for the longest paragraph."""

_QUOTED = re.compile('《[^《》]*》|“[^“”]{1,16}”|「[^「」]{1,16}」|"[^"]{1,16}"')
_INDEX = re.compile(
    r"(?:指数|得分|评分|分值|系数|总数|数量|家数|人数|总量|PUE|均值|比值|收入比|之比|倍差)[^,。;:]{0,8}?"
    r"(?:达到|达|为|突破|超过?|接近|缩小[到至]|[增升降]?至|是|近|约|[由从])*\d+(?:,\d{3})*(?:\.\d+)?$"
)
"""What has no unit: an index or a score, or a number of what its name says."""
_RATIO_TO = re.compile(r"\d[∶:]$")
"""What stands before the 1 of a ratio: 2.5∶1."""
_RATIO_BEHIND = re.compile("[∶:]1(?![\\d.])")
_MOVES = re.compile(
    r"(?:指数|得分|评分|分值)[^,。;:\d]{0,8}\d[\d.]*,(?:[比较][^,。;]{0,8})?"
    r"(?:同比|环比)?(?:提高|提升|上升|增加|增长|下降|降低|回落)了?\d[\d.]*$"
)
"""By how much an index has risen."""
_FOUNDED = re.compile("(?:成立|组建|设立)[^,。;]*$")
_PLACED = (
    r"(?:[居列占排跃]|排名|位次|名次|保持|升至|升到|蝉联|全[国省市球区]|世界|国内|国际|同类|城市|地区|省份|省市"
    r"|[东中西]部|为)[^,。;]{0,14}第$"
)
_PUT_FIRST = re.compile("(?:[摆放]在|作为)(?:突出|优先|更加突出)?$")
"""What says that something is thought more important, not that it ranks first: 摆在首位."""
_TOP = re.compile("[位名强]?(?=$|[,。;、)是为的])")
_TOP_SHARE = re.compile("[%‰]|分之[一二三四五六七八九十百千万]+")
_PLACE_UNIT = re.compile("位|名(?![技教老师医])")
_RANK_ENDS = re.compile(r"$|[,。;、)和及并]")
_BETWEEN = re.compile("占|全[国省市区]的?|的|累计|累积")
_LATIN_LETTER = re.compile("[A-Za-z]")


class Quantity(NamedTuple):
    """A figure as printed: number and unit from *start* to *end*, with its hedges from *first* to *last*."""

    start: int
    end: int
    first: int
    last: int
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifiers: tuple[str, ...]
    ordinal: bool = False
    """Whether it is a rank: 第5位, 首位."""

    def signed(self, falling: bool) -> Quantity:
        """The figure, below 0 where it is *falling*; a range the other way round: 下降3%-5% is -5 to -3."""
        if not falling or self.value < 0:
            return self
        if self.upper is None:
            return self._replace(value=-self.value)
        return self._replace(value=-self.upper, upper=-self.value)


class NoQuantity(NamedTuple):
    """A numeral that is no figure: its words from *start* to *end*, and why."""

    start: int
    end: int
    reason: str


Finding = Quantity | NoQuantity


def is_rank(value: Decimal) -> bool:
    """Whether *value* can be a rank of a fact file: a whole number, printed as one."""
    return "." not in f"{value:f}" and 1 <= value <= LAST_RANK


def scan(text: str) -> list[Finding]:
    """Every numeral of *text*, a paragraph without white space, as a quantity or as none, in order."""
    return list(_Scanner(text, quantity.fold_width(text)).findings())


class _Scanner:
    """Goes through one paragraph from left to right."""

    def __init__(self, text: str, folded: str) -> None:
        self.text = text
        self.folded = folded
        self.quoted = [match.span() for match in _QUOTED.finditer(folded)]
        self.per_cents = {numeral.start: numeral for numeral in quantity.per_cents(folded)}
        self.fractions = {numeral.start: (numeral, below) for numeral, below in quantity.fractions(folded)}
        self.doubled = [match.start() for match in re.finditer("翻番", folded)]

    def findings(self) -> Iterator[Finding]:
        """The findings, in order; each numeral belongs to exactly one."""
        done = 0
        marks: list[tuple[int, quantity.Numeral | None]] = [(n.start, n) for n in quantity.numerals(self.folded)]
        marks += [(at, None) for at in self.doubled]
        for at, numeral in sorted(marks, key=lambda mark: mark[0]):
            if at < done:
                continue
            found = self._doubled(at) if numeral is None else self._finding(numeral)
            if found is not None:
                yield found
                done = found.end

    def _doubled(self, at: int) -> Quantity | None:
        return None if self._in_quotes(at) else self._quantity(at, Decimal(1), "番")

    def _in_quotes(self, at: int) -> tuple[int, int] | None:
        return next((span for span in self.quoted if span[0] <= at < span[1]), None)

    def _finding(self, numeral: quantity.Numeral) -> Finding:
        quotes = self._in_quotes(numeral.start)
        if quotes:
            return NoQuantity(quotes[0], quotes[1], NAME)
        before, behind = self._before(numeral.start), self.folded[numeral.end : numeral.end + _NEAR]
        found = self._ordinal(numeral) or self._in_words(numeral)
        if found is not None:
            return found
        date = exclusions.calendar(self.folded, numeral, before, behind)
        if date is not None:
            return NoQuantity(numeral.start, *date)
        return (
            self._measured(numeral)
            or self._founded(numeral)
            or NoQuantity(*exclusions.remainder(self.folded, numeral, before, behind))
        )

    def _in_words(self, numeral: quantity.Numeral) -> Quantity | None:
        """The percentage (百分之五) or fraction (三分之一) that *numeral* begins."""
        if self._before(numeral.start).endswith("前"):  # 进入前千分之一: a place at the top
            return None
        words, unit = self.per_cents.get(numeral.start), "%"
        if words is None and numeral.start in self.fractions:
            words, below = self.fractions[numeral.start]
            unit = f"/{below}"
        return None if words is None or words.value is None else self._quantity(words.start, words.value, unit)

    # ── Ordinals and ranks ──────────────────────────────────────────────────────────────────────────

    def _ordinal(self, numeral: quantity.Numeral) -> Finding | None:
        """第…, 首… and 前… with a numeral: a rank or an ordinal; None for any other numeral."""
        folded, start, end = self.folded, numeral.start, numeral.end
        before = self._before(start)
        if numeral.text == "首":
            if _PUT_FIRST.search(before):
                return NoQuantity(start, end + 1, FIRST)
            if folded.startswith("位", end) and not folded.startswith("位数", end):
                return self._rank(start, end + 1, Decimal(1))
            if before.endswith(("之", "居", "列")) and _RANK_ENDS.match(folded, end):
                return self._rank(start, end, Decimal(1))
            return NoQuantity(start, end + 1, FIRST)
        if before.endswith(("前", "后")) and numeral.value is not None:
            top = _TOP.match(folded, end) or (before.endswith("前") and _TOP_SHARE.match(folded, end))
            return NoQuantity(start - 1, top.end(), TOP) if top else None
        if not before.endswith("第"):
            return None
        if numeral.value is not None:
            unit = _PLACE_UNIT.match(folded, end)
            if unit or (re.search(_PLACED, before) and _RANK_ENDS.match(folded, end)):
                return self._rank(start, unit.end() if unit else end, numeral.value)
        behind = re.compile(r"[一-鿿]").match(folded, end)
        return NoQuantity(start - 1, behind.end() if behind else end, ORDINAL)

    def _rank(self, start: int, end: int, value: Decimal) -> Finding:
        """The rank whose numeral begins at *start*, 第 before it, 位 or 名 behind it up to *end*."""
        offset = max(0, start - _NEAR)
        reading = quantity.read(self.text[offset : end + 1], value, RANK, start - offset, start - offset + 1)
        if reading is None or not is_rank(value):
            return NoQuantity(start, end, ORDINAL)
        first, behind = offset + reading.start, offset + reading.end
        return Quantity(first, behind, first, max(behind, end), value, None, RANK, (), ordinal=True)

    # ── Quantities with a unit ──────────────────────────────────────────────────────────────────────

    def _measured(self, numeral: quantity.Numeral) -> Finding | None:
        """The numeral as a quantity, or why it counts nothing; None where no unit of measure stands behind it."""
        if self._is_code(numeral):
            return None
        stated = quantity.stated_at(self.text, self.folded, numeral)
        if stated is None:
            return None
        arabic = numeral.text[0].isdecimal()
        if stated.printed is None:
            proper = arabic and (stated.unit or self._is_index(stated))
            return self._quantity(numeral.start, stated.value, stated.unit, stated.upper) if proper else None
        before = self._before(numeral.start)
        if exclusions.is_base(numeral, before):
            return NoQuantity(numeral.start - 1, stated.end, BASE)
        if not stated.printed.symbol and units.begins_word(self.folded, stated.end):
            return NoQuantity(numeral.start, stated.end + 1, WORD)  # 20万人口
        behind = self.folded[stated.end : stated.end + _NEAR]
        reason = exclusions.no_count(numeral, stated.printed, before, behind)
        if reason is not None:
            return NoQuantity(numeral.start, stated.end, reason)
        return self._quantity(numeral.start, stated.value, stated.unit, stated.upper)

    def _is_index(self, stated: Stated) -> bool:
        before = self._before(stated.end)
        if _RATIO_TO.search(self.folded[: stated.start]):
            return False
        named = _INDEX.search(before) or _MOVES.search(before)
        return named is not None and quantity.is_unitless_at(self.folded, stated.end)

    def _is_code(self, numeral: quantity.Numeral) -> bool:
        """Whether the numeral is part of a name in Latin letters or of a code: C919, 5G, 1+8, 7×24.

        Two numbers with a space between them may be one, or two cells of a table: nobody but a reader can tell.
        """
        before, behind = self._before(numeral.start)[-1:], self.folded[numeral.end : numeral.end + 1]
        if not numeral.text[0].isdecimal():
            return False
        signs = before in ("+", "×", "*", "№", "#", "/", "^") or behind in ("+", "×")
        return signs or " " in numeral.text or _LATIN_LETTER.match(before) is not None

    def _before(self, start: int) -> str:
        return self.folded[max(0, start - _NEAR) : start]

    def _quantity(self, at: int, value: Decimal, unit: str, upper: Decimal | None = None) -> Quantity | None:
        """The quantity of the numeral at *at* as `quantity.read` finds it.

        None when it does not, so that no draft states what cannot load.
        """
        offset = max(0, at - _NEAR)
        around = self.text[offset : at + 2 * _NEAR]
        reading = quantity.read(around, value, unit, at - offset, at - offset + 1, upper)
        if reading is None:
            return None
        start, before = offset + reading.start, self._before(offset + reading.start)
        hedged = hedges.before(before, len(before)).start
        # 约占全省的三成, 累计达到: the words between hedge and number belong to the clause.
        between = list(_BETWEEN.finditer(before, hedged))
        first = start - len(before) + (between[-1].end() if between else hedged)
        behind = hedges.behind(self.folded, offset + reading.end)
        last = offset + reading.end + (len(behind.word) if behind else 0)
        last += 0 if unit else len("∶1") * (_RATIO_BEHIND.match(self.folded, last) is not None)
        qualifiers = tuple(name for name in reading.qualifiers if name != "cumulative")
        return Quantity(start, offset + reading.end, first, last, value, upper, unit, qualifiers)

    def _founded(self, numeral: quantity.Numeral) -> Quantity | None:
        """三大 where it counts what was founded (成立…三大共同体), and is not only a label."""
        counts = numeral.value is not None and self.folded.startswith("大", numeral.end)
        if not counts or numeral.value is None or not _FOUNDED.search(self._before(numeral.start)):
            return None
        return self._quantity(numeral.start, numeral.value, "个")
