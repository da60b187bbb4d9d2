"""From the quantities of a paragraph to statements: a figure with the growth, share and rank printed with it.

A growth, share or rank whose clause names no owner (同比增长5%, 占全省的41%, 居全国首位) belongs to the level before it
in the sentence. One that names its own (工业投资增长5%) is a figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shkc.draft import wording
from shkc.draft.scan import Finding, Quantity, is_rank
from shkc.draft.wording import Role, stripped
from shkc.facts.problems import is_unit_of_growth
from shkc.text import quantity

_SENTENCE_END = "。;!?"
_NOUN_OF_THE_ONE_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z“”]{1,16}(?:、|和|及|与|以及)")
_LONGEST_VERB = 6
_SHORT_NOUN = 4
_OPENING = 4
"""Characters of a sentence before a year that is said of all of it: 截至2025年底."""
_FAR = 1000
"""Characters that a target or a year reaches at most, for text without full stops."""
_LONGEST_CHAIN = 8
_LATELY = 60
"""Statements back that a list of parts may belong to."""
_NAME_OF_PARENTHESIS = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”]{2,20})\($")
_THE_SHARE = ("", "占比", "比重", "所占比重", "比例", "份额")
_PASSED = re.compile("(?:首次)?(?:突破|超过|跨越|迈[上入])")
_GROWS = re.compile("(?:持续|稳步|不断|逐年|逐步|快速|大幅|明显)*(?:增加|增长|提高|提升|上升|扩大|下降|减少|降低)$")
_REACHES = re.compile("(?:达到?|为|至)?")
_ANOTHER_TOTAL = re.compile("总[数量]")
_STATED_YEAR = re.compile(
    r"(?<![比较是与从自由即为“同])(?P<year>(?:19|20)\d\d)年(?P<end>底|末|12月31日|年末|年底)?(?!以来|相比|同期|的|年均)"
)


@dataclass
class Part:
    """A growth, share or rank that is printed with a figure."""

    quantity: Quantity
    value: Decimal
    of: str = ""
    basis: str = "yoy"


@dataclass
class Statement:
    """A figure of the report, with all that the sentence says of it."""

    quantity: Quantity
    role: Role
    lead: str
    clause: str
    tail: str
    value: Decimal
    qualifiers: tuple[str, ...]
    inner: bool
    sentence: int
    period: str | None = None
    each: str | None = None
    owner: Statement | None = None
    part_of: Statement | None = None
    change: Part | None = None
    share: Part | None = None
    rank: Part | None = None
    doubts: list[str] = field(default_factory=list)

    @property
    def is_target_of_parts(self) -> bool:
        """Whether a growth or share without an owner may belong to it."""
        return self.role.kind in ("level", "reached") and not self.inner and not self.is_difference

    @property
    def is_difference(self) -> bool:
        """Whether it is the difference to the level before it: 净增1140家."""
        return self.owner is not None and self.role.subject.startswith(("净增", "净减"))


def statements(text: str, findings: Sequence[Finding], year: int | None) -> list[Statement]:
    """The statements that the paragraph *text* with its *findings* makes; *year* is the report's."""
    folded = quantity.fold_width(text)
    found: list[Statement] = []
    for number, (start, end) in enumerate(_sentences(folded)):
        inside = [f for f in findings if isinstance(f, Quantity) and start <= f.start < end]
        found += _Sentence(folded, start, end, number, inside, found, year).statements()
    return found


def _sentences(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(f"[{_SENTENCE_END}]", folded):
        yield start, match.end()
        start = match.end()
    if start < len(folded):
        yield start, len(folded)


class _Sentence:
    """Relates the quantities of one sentence."""

    def __init__(
        self,
        folded: str,
        start: int,
        end: int,
        number: int,
        quantities: list[Quantity],
        before: Sequence[Statement],
        year: int | None,
    ) -> None:
        self.folded, self.start, self.end, self.number, self.quantities = folded, start, end, number, quantities
        self.before = before
        self.year = year
        self.found: list[Statement] = []
        # Targets and years reach over semicolons, to the full stop.
        self.opening = folded.rfind("。", 0, start) + 1
        self.estimated_done = False

    def statements(self) -> list[Statement]:
        """The statements of the sentence, in order."""
        at = 0
        while at < len(self.quantities):
            run = self._run(at)
            self._take(run)
            at += len(run)
        return self.found

    # ── Where a quantity stands ─────────────────────────────────────────────────────────────────────

    def _lead(self, at: int) -> str:
        start = self.quantities[at - 1].last if at else self.start
        return self.folded[start : self.quantities[at].first]

    def _clause(self, at: int) -> str:
        """The words of the clause before the quantity, back to a comma or an open parenthesis."""
        listed = False
        while True:
            lead = self._lead(at)
            clause = _last_clause(lead)
            if clause == lead and at and _NOUN_OF_THE_ONE_BEFORE.fullmatch(lead):
                at, listed = at - 1, True  # 新增20家示范机构、35家中试基地: the lead is the noun of the 20
            else:
                return "" if listed and len(clause) > _LONGEST_VERB else clause

    def _clause_before(self, at: int) -> str | None:
        """What grows in the clause before, when that of the quantity only says from where: 投入持续增加，从41亿元."""
        clauses = re.split("[,:]", self._lead(at))
        if len(clauses) < 2:
            return None
        return _GROWS.sub("", stripped(clauses[-2])) or None

    def _tail(self, at: int) -> str:
        end = self.quantities[at + 1].first if at + 1 < len(self.quantities) else self.end
        return self.folded[self.quantities[at].last : end]

    def _continues(self, at: int, verbs: bool = False) -> bool:
        """Whether the quantity only goes on with a list: 3个、5个和7个; with *verbs* also 增长5%、下降2%."""
        lead = self._lead(at)
        rest = re.sub(r"^(?:、|和|及|以及|与)", "", lead)
        return rest != lead and (rest in ("", "-", "−") or (verbs and wording.GROWTH_VERB.fullmatch(rest) is not None))

    def _run(self, at: int) -> list[int]:
        growth = wording.GROWTH_VERB.search(self._clause(at)) is not None
        relative = _is_relative(self.quantities[at].unit)
        run = [at]
        while run[-1] + 1 < len(self.quantities) and self._continues(run[-1] + 1, growth):
            if _is_relative(self.quantities[run[-1] + 1].unit) != relative:
                break  # 增长26.3%、两款芯片: the list is of something else
            if self.quantities[at].ordinal and not _may_be_rank(self.quantities[run[-1] + 1]):
                break  # 分列第二、5亿元: no rank
            run.append(run[-1] + 1)
        return run

    # ── What to make of it ──────────────────────────────────────────────────────────────────────────

    def _take(self, run: list[int]) -> None:
        """Relate the quantities *run*, one, or a list that shares its clause."""
        clause = self._clause(run[0])
        role = self._role(run[0], clause)
        if len(run) == 1:
            self._take_one(run[0], role, clause)
            return
        targets = self._ranks(len(run)) if _is_move(self.quantities[run[0]]) else self._targets(len(run))
        roles = [role, *(self._listed_role(at, role) for at in run[1:])]
        if role.kind in ("growth", "share", "rank") and not role.subject and targets is not None:
            for at, each, target in zip(run, roles, targets, strict=True):
                self._attach(target, self.quantities[at], each)
            return
        names = _split(wording.EACH.sub("", role.subject), len(run)) if role.kind != "start" else None
        owners: Sequence[Statement | None] = [None] * len(run)
        if names is None and wording.EACH.search(clause):
            owners = self._spoken_of(len(run)) or targets or owners
        for position, at in enumerate(run):
            statement = self._statement(at, roles[position], clause)
            statement.each = names[position] if names else None
            owner = owners[position]
            statement.owner = _near(owner) or statement.owner
            if owner is not None and owner.role.kind == "rank" and not self.quantities[at].ordinal:
                # A区、B区分列第二、三位，产值分别为5亿元、4亿元: figures whose ranks come first.
                statement.rank = Part(owner.quantity, owner.quantity.value, owner.role.of)
                statement.each = (owner.each or "") + role.subject
                self.found.remove(owner)
            if names is None and owners[position] is None and position:
                statement.doubts.append("并列数值，名称待核")
            self.found.append(statement)

    def _listed_role(self, at: int, role: Role) -> Role:
        """The role of a quantity further on in a list: that of the first, with its own verb, 增长5%、下降2%."""
        verb = wording.GROWTH_VERB.search(self._lead(at))
        return role._replace(falling=bool(wording.DECLINE.search(verb["verb"]))) if verb else role

    def _role(self, at: int, clause: str) -> Role:
        item = self.quantities[at]
        target = self._target()
        same = target is not None and _base(item.unit) == _base(target.quantity.unit)
        same = same or _is_move(item)
        return wording.role(clause, item.unit, rank=item.ordinal, same_unit=same)

    def _take_one(self, at: int, role: Role, clause: str) -> None:
        """Attach the quantity to the figure that it belongs to, or make it a statement of its own."""
        item = self.quantities[at]
        if role.kind == "growth" and _is_move(item):
            for rank in self._ranks(1) or ():  # 列第13位，前进3位; the move of a rank that is no figure is none
                self._attach(rank, item, role)
            return
        role = self._without_known_subject(at, role)
        share = self._share_as_figure(at, role)
        if share is not None:
            self._attach(share, item, role)
            return
        if role.kind == "average" and not role.subject and self._attach_average(item, role):
            return
        if role.kind not in ("growth", "share", "rank") or role.subject:
            self._add_own(at, role, clause)
            return
        target = self._target_for(item, role)
        if target is not None and role.kind == "rank" and _ANOTHER_TOTAL.match(stripped(clause)):
            # 新培育120家，总数居首位: the rank is that of another figure.
            target = None if target.clause.startswith("新") else target
        if target is None:
            self._add_own(at, role, clause)
            return
        if role.kind == "growth" and target.change is not None:
            if target.change.quantity not in self.quantities:  # it was said a sentence ago, and stands
                self._add_own(at, role, clause)
                return
            difference = self._own_difference(target.change.quantity)
            difference.owner = target
            self.found.append(difference)
            target.change = None
        if role.kind == "rank" and target.rank is not None:
            self._add_own(at, role, clause)  # a second rank, among others
            return
        self._attach(target, item, role)
        for other in self._others_meant(target, role, clause):
            self._attach(other, item, role)

    def _others_meant(self, target: Statement, role: Role, clause: str) -> list[Statement]:
        """The figures besides *target* that a growth or rank with 均 is said of."""
        if role.kind == "rank" and role.falling:  # 数量均居全国第一: of both
            return self._levels_before(target)[:1]
        if role.kind == "growth" and "均" in clause:  # 同比增长均为42%: of all that the sentence lists
            return [other for other in self.found if other.is_target_of_parts]
        return []

    def _without_known_subject(self, at: int, role: Role) -> Role:
        """*role* without a subject that only repeats the figure before: 以3684亿元成交额居首位; 金奖4项，金奖占五成."""
        if role.kind not in ("rank", "share") or not role.subject or not self.found:
            return role
        counted = (
            role.kind == "rank" and len(role.subject) <= _SHORT_NOUN and self._tail(at - 1).startswith(role.subject)
        )
        repeated = self.found[-1].is_target_of_parts and self.found[-1].role.subject.endswith(role.subject)
        return role._replace(subject="") if counted or repeated else role

    def _attach_average(self, item: Quantity, role: Role) -> bool:
        """Attach the average growth of a figure that has risen from X to Y; False when there is no such figure."""
        last = self.found[-1] if self.found else None
        if last is None or last.role.kind != "reached" or last.change is not None:
            return False
        if not is_unit_of_growth(item.unit, last.quantity.unit):
            return False
        value = item.signed(role.falling).value
        last.change = Part(item, value, basis="other")
        return True

    def _share_as_figure(self, at: int, role: Role) -> Statement | None:
        """The share printed just before, as a figure of its own, when the quantity says how much that has changed."""
        target = self._target()
        points = role.kind == "growth" and role.subject in _THE_SHARE and wording.is_point(self.quantities[at].unit)
        if not points or target is None or target.share is None or target.share.quantity != self.quantities[at - 1]:
            return None
        clause = self._clause(at - 1)
        share = self._statement(at - 1, self._role(at - 1, clause), clause)
        share.owner, target.share = target, None
        self.found.append(share)
        return share

    def _make_change_of(self, rate: Statement, at: int, clause: str) -> None:
        statement = self._statement(at, Role("level", rate.role.subject, ""), clause)
        statement.owner = None
        statement.each = rate.each
        self._attach(statement, rate.quantity, rate.role)
        self.found[self.found.index(rate)] = statement

    def _own_difference(self, item: Quantity) -> Statement:
        at = self.quantities.index(item)
        clause = self._clause(at)
        role = self._role(at, clause)
        return self._statement(at, role._replace(falling=False), clause)

    def _add_own(self, at: int, role: Role, clause: str) -> None:
        rate = self.found[-1] if self.found else None
        if (
            role.kind == "level"
            and _REACHES.fullmatch(stripped(clause))
            and rate is not None
            and rate.role.kind in ("growth", "rank")
        ):
            # 成交额同比增长21.1%，达到4850亿元; 成交额居首位，达352亿元: one figure, whose growth or rank comes first.
            self._make_change_of(rate, at, clause)
            return
        names: Sequence[str | None] = (_split(role.subject, 2) if role.kind == "rank" else None) or (None,)
        for each in names:  # a rank that is said of two things is two facts
            statement = self._statement(at, role, clause)
            if each is not None:
                statement.each = each
                statement.doubts.append("一个位次说明两件事，各记一条")
            self.found.append(statement)

    def _target(self) -> Statement | None:
        return next((s for s in reversed(self.found) if s.is_target_of_parts), None)

    def _levels_before(self, target: Statement) -> list[Statement]:
        known = [s for s in (*self.before[-_LATELY:], *self.found[-_LATELY:]) if s.is_target_of_parts]
        at = known.index(target) if target in known else 0
        return known[:at][::-1]

    def _target_for(self, item: Quantity, role: Role) -> Statement | None:
        """The level that a growth, share or rank without an owner belongs to; None when it stands for itself."""
        if role.kind == "rank":
            return self._ranked() or (None if self.found else self._last_before())
        last = self.found[-1] if self.found else None
        if wording.is_point(item.unit) and last is not None and last.role.kind == "share" and last.change is None:
            return last
        target = self._target()
        if target is None:
            return None if self.found or role.kind != "growth" else self._last_before()
        later = {statement.role.kind for statement in self.found[self.found.index(target) + 1 :]}
        if role.kind == "share":
            return None if quantity.is_part(target.quantity.unit) or later & {"growth", "share", "average"} else target
        if wording.is_point(item.unit):
            # After a share, the points are those of the share: 占GDP的32%，比上年提高0.9个百分点.
            return target if quantity.is_part(target.quantity.unit) and target.share is None else None
        if target.change is not None:
            # 减少1.2万吨，下降1.3%: the rate is the change, the difference a figure of its own.
            return target if _is_difference_of(target) and quantity.is_part(item.unit) else None
        if _base(item.unit) == _base(target.quantity.unit) and not quantity.is_part(item.unit):
            return target
        return None if quantity.is_part(target.quantity.unit) or later & {"growth", "average"} else target

    def _ranked(self) -> Statement | None:
        """The figure that a rank without an owner is about."""
        passed_over = ("comparison", "multiple", "start")
        return next(
            (
                s
                for s in reversed(self.found)
                if not (s.inner or s.is_difference or s.quantity.ordinal or s.role.kind in passed_over)
            ),
            None,
        )

    def _last_before(self) -> Statement | None:
        """The last level of the sentence before, when this one goes on with it (；同比增长)."""
        last = next((s for s in reversed(self.before) if s.is_target_of_parts), None)
        return last if last is not None and last.sentence == self.number - 1 else None

    def _targets(self, count: int) -> list[Statement] | None:
        """The last *count* levels, of this sentence or of the one before; None when there are not so many."""
        levels = [s for s in self.found[-_LATELY:] if s.is_target_of_parts]
        if not levels:
            levels = [s for s in self.before[-_LATELY:] if s.is_target_of_parts and s.sentence == self.number - 1]
        return levels[-count:] if len(levels) >= count else None

    def _ranks(self, count: int) -> list[Statement] | None:
        """The last *count* ranks of the sentence that are figures; None when there are not so many."""
        ranks = [s for s in self.found[-_LATELY:] if s.quantity.ordinal]
        return ranks[-count:] if len(ranks) >= count else None

    def _spoken_of(self, count: int) -> list[Statement] | None:
        """The last *count* figures of this sentence that name what they are about; None when there are not so many."""
        named = [s for s in self.found[-_LATELY:] if not s.inner and (s.is_target_of_parts or s.role.subject)]
        return named[-count:] if len(named) >= count else None

    def _attach(self, target: Statement, item: Quantity, role: Role) -> None:
        if role.kind == "growth":
            if target.change is None and is_unit_of_growth(item.unit, target.quantity.unit):
                value = item.signed(role.falling).value
                target.change = Part(item, value, basis=_basis(role.of))
        elif role.kind == "share":
            if target.share is None and quantity.is_part(item.unit):
                target.share = Part(item, item.value, role.of)
        elif target.rank is None and _may_be_rank(item):
            target.rank = Part(item, item.value, role.of)

    def _statement(self, at: int, role: Role, clause: str) -> Statement:
        item = self.quantities[at]
        falling = role.kind in ("growth", "average") and role.falling
        statement = Statement(
            quantity=item,
            role=role,
            lead=self._lead(at),
            clause=clause,
            tail=self._tail(at),
            value=item.signed(falling).value,
            qualifiers=self._qualifiers(at),
            inner=self.folded.count("(", self.start, item.start) > self.folded.count(")", self.start, item.start),
            sentence=self.number,
            period=self._start_year(clause) if role.kind == "start" else self._period(item, clause),
        )
        if role.kind == "reached":
            statement.owner = next((s for s in reversed(self.found) if s.role.kind == "start"), None) or self._target()
        elif role.kind == "average" and not role.subject:
            statement.owner = next((s for s in self.found if s.role.kind == "level"), None)
        elif role.kind == "start" and not role.subject:
            statement.each = self._clause_before(at)
            statement.owner = None if statement.each else self._target()
        elif role.kind != "level" or needs_owner(role.subject):
            statement.owner = _near(self._owner(statement.inner))
        named = _NAME_OF_PARENTHESIS.search(statement.lead)
        if named and role.kind == "level":
            statement.each = named["name"]
        if role.kind == "level" and not role.subject and clause and statement.owner is None and not self.found:
            statement.owner = self._last_before()
            statement.each = _PASSED.split(self._clause_before(at) or "")[0] or None
        if re.search(r"其中|含", statement.lead):
            statement.part_of = self._target() or self._last_before()
        elif self.found and re.match("、|和|以及", statement.lead):
            statement.part_of = self.found[-1].part_of
        return statement

    def _owner(self, inner: bool) -> Statement | None:
        """The figure that one without a name of its own speaks of; one in parentheses only for others in them."""
        return next((s for s in reversed(self.found) if not s.is_difference and (inner or not s.inner)), None)

    def _qualifiers(self, at: int) -> tuple[str, ...]:
        """The hedges at the number, and those that reach it from further ahead."""
        item = self.quantities[at]
        found = set(item.qualifiers)
        before = self.folded[max(self.opening, item.first - _FAR) : item.first]
        lead = self.folded[item.first - len(self._lead(at)) : item.start]
        clause = re.split("[,:]", lead)[-1]
        targets = [match for match in wording.TARGET.finditer(before) if self._is_target(match)]
        if (targets and "estimated" not in found) or self._goal_before():
            found.add("target")
        estimated = wording.ESTIMATED.search(self.folded[max(self.start, item.first - _FAR) : item.first])
        if "target" not in found and estimated and (not self.estimated_done or self._part_of_estimate(lead)):
            found.add("estimated")
        self.estimated_done = self.estimated_done or estimated is not None or "estimated" in found
        if wording.CUMULATIVE.search(clause) or (
            self.found and "cumulative" in self.found[-1].qualifiers and self._continues(at)
        ):
            found.add("cumulative")
        return tuple(name for name in quantity.QUALIFIERS if name in found)

    def _part_of_estimate(self, lead: str) -> bool:
        """Whether the figure is a part (其中) of one that is estimated."""
        return "其中" in lead and bool(self.found) and "estimated" in self.found[-1].qualifiers

    def _is_target(self, match: re.Match[str]) -> bool:
        year = match["year"]
        return True if year is None else self.year is not None and int(year) > self.year

    def _goal_before(self) -> bool:
        """Whether the paragraph opens a list of goals: 主要预期目标是."""
        return re.search(r"目标(?:是|为|如下)?:", self.folded[max(0, self.start - _FAR) : self.start]) is not None

    def _start_year(self, clause: str) -> str | None:
        """The year of a figure from which another one has changed: 由2020年的300家, 由上年的86家."""
        stated = re.search(r"((?:19|20)\d\d)年", clause)
        if stated:
            return stated[1]
        return str(self.year - 1) if self.year and re.search("上年|去年", clause) else None

    def _period(self, item: Quantity, clause: str) -> str | None:
        """The year or day that the sentence states before the figure; None for the report's own."""
        if re.search("年内|全年|当年|本年", clause):
            return None
        period = None
        begin = max(self.opening, item.first - _FAR)
        for match in _STATED_YEAR.finditer(self.folded[begin : item.first]):
            at = begin + match.start()
            # Another clause's year is not of this one: 预计2028年建成；
            if at >= self.start or at - self.opening <= _OPENING:
                period = f"{match['year']}-12-31" if match["end"] else match["year"]
        return None if period == str(self.year) else period


def _base(unit: str) -> str:
    return (
        quantity.scale_and_base(unit)[1].removeprefix("个")
        if wording.is_point(unit)
        else quantity.scale_and_base(unit)[1]
    )


def _last_clause(words: str) -> str:
    """The end of *words* from their last comma on, or from an open parenthesis; commas in closed ones do not count."""
    depth = 0
    for position in range(len(words) - 1, -1, -1):
        depth += (words[position] == ")") - (words[position] == "(")
        if depth < 0 or (depth == 0 and words[position] in ",:"):
            return words[position + 1 :]
    return words


def _near(owner: Statement | None) -> Statement | None:
    """*owner*, unless it leans on another, which leans on another, and so on too far for a name."""
    above = owner
    for _ in range(_LONGEST_CHAIN):
        if above is None:
            return owner
        above = above.owner
    return None


def _is_relative(unit: str) -> bool:
    return quantity.is_part(unit) or wording.is_point(unit) or unit in ("倍", "番")


def _may_be_rank(item: Quantity) -> bool:
    """Whether *item* can be a rank in a list of ranks: 分列第二、三位."""
    return item.unit == quantity.RANK and item.upper is None and is_rank(item.value)


def _is_move(item: Quantity) -> bool:
    """Whether *item* counts ranks: 上升1位."""
    return item.unit == "位" and not item.ordinal


def _is_difference_of(target: Statement) -> bool:
    """Whether the change of *target* is a difference in its own unit."""
    return target.change is not None and _base(target.change.quantity.unit) == _base(target.quantity.unit)


def _basis(words: str) -> str:
    year = re.search(r"[比较与同]“?((?:19|20)\d\d)年", words)
    if year:
        return year[1]
    return "other" if re.search(r"[\d一二两三四五六七八九十]年|十[一二三四五]五|以来|年初|环比", words) else "yoy"


_GENERAL = re.compile(
    r"^(?:总数|总量|总额|总计|累计|数量|规模|总规模|总?金额|净增数?|净减|增加|减少|增速|增幅|占比|占有率|比重|比例|总投资|总面积|成交额|交易额|成交总?金额|合同成交总?[金总]额|转化金额|新增$|新认定$|输出$|吸纳$|(?:从业|就业|参会)?人员$|产值$|经费$|资金$|投资$|面积$"
    r"|合同金额|到位经费|每万人(?:拥有(?:量)?)?$|(?:人均|户均).{0,4}$|日均$|年均$|拥有量|有效期内|合计|首期|二者|两者|三者)"
)


def needs_owner(subject: str) -> bool:
    """Whether *subject* says only what of the figure before is meant: 总数, 累计, 成交额."""
    return not subject or (len(subject) <= 8 and _GENERAL.match(subject) is not None)


def _split(subject: str, count: int) -> list[str] | None:
    """The *count* names that a list of subjects stands for, what they share given to each; None for another number.

    发明专利、实用新型授权量 is 发明专利授权量 and 实用新型授权量; 专利申请量和授权量 is 专利申请量 and 专利授权量.
    """
    subject = re.sub(r"(?:达到|达|为|分别|依次|各|均)+$", "", subject)
    verb = re.search(r"(?:新增|完成|实现|新建|净增)$", subject)
    subject = subject[: verb.start()] if verb else subject
    pieces = [piece for piece in re.split(r"、|以及|和|与|及", subject) if piece]
    if len(pieces) != count or count < 2:
        return None
    *firsts, last = pieces
    ending = _SHARED_ENDING.search(last)
    kind = last.find(firsts[0][-1])
    if 0 < kind < len(last) - 1 and all(first[-1] == firsts[0][-1] for first in firsts):
        pieces = [first + last[kind + 1 :] for first in firsts] + [last]
    elif ending and not any(_WHOLE_NAME.search(first) for first in firsts):
        pieces = [piece + ending["end"] for piece in (*firsts, last[: ending.start()])]
    elif len(last) <= 4 and len(firsts[0]) >= len(last) + 2 and firsts[0][-1] == last[-1]:
        pieces = [firsts[0], *(firsts[0][: -len(last)] + piece for piece in pieces[1:])]
    return [piece + verb[0] for piece in pieces] if verb else pieces


_SHARED_ENDING = re.compile(
    r"(?:[一二两三四五六七八九十]大)?(?P<end>(?:产业|企业|行业|领域|集群)?(?:授权量|申请量|登记量|注册量|拥有量|增加值|总产值|产值|产量|销量"
    r"|销售额|营业收入|收入|企业数|企业|数量|数|金额|投资|占比|机构|平台|项目))$"
)
_WHOLE_NAME = re.compile("[量值额数入率资业比]$")
