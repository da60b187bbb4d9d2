"""Where the quantities of a sentence stand: the words before and behind each, its clause, the lists that it is in."""

from __future__ import annotations

import re

from shkc.draft import wording
from shkc.draft.scan import Quantity
from shkc.draft.statement import is_relative, may_be_rank
from shkc.draft.wording import stripped
from shkc.text import quantity
from shkc.text.word_classes import segmented

_NOUN_OF_THE_ONE_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z“”]{1,16}(?:、|和|及|与|以及)")
_LONGEST_VERB = 6
_LEVEL = re.compile("(?:世界|国家|省|自治区|市|区域|[百千万亿]+)级")
_ONLY_LEVEL = re.compile(f"(?P<level>{_LEVEL.pattern})(?:、|和|及|以及)")
"""A level whose noun is behind the next number: 2个国家级和9个省级中心."""
MEASURE_OF_THINGS = "(?<=[\u4e00-\u9fff]{2})(?:规模|产值|营业?收入?|收入|总量|交易额|销售额|投资)均?"
"""What is measured of things that are counted, behind them, as a pattern."""
_PASSING = ("超", "超过", "突破", "过", "达", "达到")
_GROWS = re.compile("(?:持续|稳步|不断|逐年|逐步|快速|大幅|明显)*(?:增加|增长|提高|提升|上升|扩大|下降|减少|降低)$")


class Clauses:
    """The words around the *quantities* of the sentence from *start* to *end* of the *folded* paragraph."""

    def __init__(self, folded: str, start: int, end: int, quantities: list[Quantity]) -> None:
        self.folded, self.start, self.end, self.quantities = folded, start, end, quantities

    def lead(self, at: int) -> str:
        start = self.quantities[at - 1].last if at else self.start
        return self.folded[start : self.quantities[at].first]

    def clause(self, at: int) -> str:
        """The words of the clause before the quantity, back to a comma or an open parenthesis."""
        listed = False
        while True:
            lead = self.lead(at)
            clause = self._only_predicate(at, last_clause(lead))
            if clause == lead and at and _NOUN_OF_THE_ONE_BEFORE.fullmatch(lead):
                at, listed = at - 1, True  # 新增20家示范机构、35家中试基地: the lead is the noun of the 20
            else:
                return "" if listed and len(clause) > _LONGEST_VERB else clause

    def _only_predicate(self, at: int, clause: str) -> str:
        """The end of *clause* alone, where it is said of the figure before: 5个集群、居全省第一; 、稳居前十、增长5%."""
        last = clause.rsplit("、", 1)[-1]
        if not at or last in ("", clause):
            return clause
        if clause == self.lead(at) and self._counts_what_follows(at - 1):
            clause = clause.split("、", 1)[1]  # 建成20条线路、投入30亿元: the lines are those of the 20
        item = self.quantities[at]
        role = wording.role(last, item.unit, rank=item.ordinal, same_unit=False)
        return last if role.kind in ("growth", "share", "rank") and not role.subject else clause

    def _counts_what_follows(self, at: int) -> bool:
        """Whether the quantity stands behind a verb, so that its noun is behind it: 建成20条线路."""
        words = list(segmented(last_clause(self.lead(at))[-_LONGEST_VERB:]))
        return quantity.is_count(self.quantities[at].unit) and bool(words) and words[-1][1] == "v"

    def clause_before(self, at: int) -> str | None:
        """What grows in the clause before, when that of the quantity only says from where: 投入持续增加，从41亿元."""
        clauses = re.split("[,:]", self.lead(at))
        if len(clauses) < 2:
            return None
        return _GROWS.sub("", stripped(clauses[-2])) or None

    def tail(self, at: int) -> str:
        """The words behind the quantity, up to the next; behind that where it says what kind of thing is counted."""
        if self._is_specified(at):
            return re.sub("^以[上下内]的?", "", self.tail(at + 1))
        last = at + 1 == len(self.quantities)
        words = self.folded[self.quantities[at].last : self.end if last else self.quantities[at + 1].first]
        if not last and self._is_passed_by_things(at, words):
            return words + self.folded[self.quantities[at + 1].first : self.quantities[at + 1].last]
        if not last and words == "的":
            return words + self.tail(at + 1)  # 总投资90亿元的3条铁路
        level = None if last else _ONLY_LEVEL.fullmatch(words)
        other = _LEVEL.match(self.tail(at + 1)) if level else None
        return level["level"] + self.tail(at + 1)[other.end() :] if level and other else words

    def _is_passed_by_things(self, at: int, words: str) -> bool:
        """Whether the next quantity is what is passed by the things counted and their *words*: 8个产业规模超千亿元."""
        next_one = self.quantities[at + 1]
        passed = self.folded[next_one.first : next_one.start] in _PASSING and not quantity.is_count(next_one.unit)
        return (
            passed and quantity.is_count(self.quantities[at].unit) and bool(re.search(f"{MEASURE_OF_THINGS}$", words))
        )

    def _is_specified(self, at: int) -> bool:
        """Whether a size follows at once that the things counted have, or another number of them: 2座35万千瓦电站."""
        if at + 1 >= len(self.quantities) or self.quantities[at].last != self.quantities[at + 1].first:
            return False
        unit, other = self.quantities[at].unit, self.quantities[at + 1].unit
        return quantity.is_count(unit) and (not quantity.is_count(other) or unit.startswith("批"))

    def continues(self, at: int, verbs: bool = False) -> bool:
        """Whether the quantity only goes on with a list: 3个、5个和7个; with *verbs* also 增长5%、下降2%."""
        lead = self.lead(at)
        rest = re.sub(r"^(?:、|和|及|以及|与)", "", lead)
        return rest != lead and (rest in ("", "-", "−") or (verbs and wording.GROWTH_VERB.fullmatch(rest) is not None))

    def run(self, at: int) -> list[int]:
        growth = wording.GROWTH_VERB.search(self.clause(at)) is not None
        relative = is_relative(self.quantities[at].unit)
        run = [at]
        while run[-1] + 1 < len(self.quantities) and self.continues(run[-1] + 1, growth):
            if is_relative(self.quantities[run[-1] + 1].unit) != relative:
                break  # 增长26.3%、两款芯片: the list is of something else
            if self.quantities[at].ordinal and not may_be_rank(self.quantities[run[-1] + 1]):
                break  # 分列第二、5亿元: no rank
            run.append(run[-1] + 1)
        return run


def last_clause(words: str) -> str:
    """The end of *words* from their last comma on, or from an open parenthesis; commas in closed ones do not count."""
    depth = 0
    for position in range(len(words) - 1, -1, -1):
        depth += (words[position] == ")") - (words[position] == "(")
        if depth < 0 or (depth == 0 and words[position] in ",:"):
            return words[position + 1 :]
    return words
