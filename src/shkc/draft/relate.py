"""From the quantities of a paragraph to statements: a figure with the growth, share and rank printed with it.

A growth, share or rank whose clause names no owner (同比增长5%, 占全省的41%, 居全国首位) belongs to the level before it
in the sentence. One that names its own (工业投资增长5%) is a figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shkc.draft import context as contexts
from shkc.draft import lists, naming, themes, wording
from shkc.draft.antecedents import Spoken
from shkc.draft.clauses import Clauses
from shkc.draft.context import Context, Time
from shkc.draft.scan import Finding, Quantity
from shkc.draft.statement import (
    Part,
    Statement,
    base,
    basis,
    is_intensive,
    is_move,
    may_be_rank,
    near,
    needs_owner,
)
from shkc.draft.wording import Role, stripped
from shkc.facts.problems import is_unit_of_growth
from shkc.text import quantity

_SENTENCE_END = "。;!?"
_SHORT_NOUN = 4
_FAR = 1000
"""Characters that a hedge reaches at most, for text without full stops."""
_NAME_OF_PARENTHESIS = re.compile(r"(?P<name>[\u4e00-\u9fffA-Za-z0-9“”]{2,20})\($")
_THE_SHARE = ("", "占比", "比重", "所占比重", "比例", "份额")
_PASSED = re.compile("(?:首次)?(?:突破|超过|跨[越过上]|迈[上入过])")
_SHARE_OF = re.compile("占(?P<of>[^,]*?)的?(?:比重|份额|比例)")
_REACHES = re.compile("(?:达到?|为|至)?")
_ANY_MOVE = re.compile("[\u4e00-\u9fff]{1,4}[至到为]")
_ENDS = re.compile("[^\u4e00-\u9fffA-Za-z“]|以[上下内]|左右|的?(?:大关|台阶)")
"""What stands behind a figure that nothing behind it names."""
_ANOTHER_TOTAL = re.compile("总[数量]")


def statements(text: str, findings: Sequence[Finding], context: Context) -> list[Statement]:
    """The statements that the paragraph *text* with its *findings* makes; *context* is what it speaks of."""
    folded = quantity.fold_width(text)
    found: list[Statement] = []
    for number, (start, end) in enumerate(_sentences(folded)):
        inside = [f for f in findings if isinstance(f, Quantity) and start <= f.start < end]
        found += _Sentence(Clauses(folded, start, end, inside), Spoken(number, found), context).statements()
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

    def __init__(self, clauses: Clauses, spoken: Spoken, context: Context) -> None:
        self.clauses, self.spoken, self.context = clauses, spoken, context
        self.folded, self.start, self.quantities = clauses.folded, clauses.start, clauses.quantities
        self.found = spoken.found
        # Targets and years reach over semicolons, to the full stop.
        self.opening = self.folded.rfind("。", 0, self.start) + 1
        self.estimated_done = False

    def statements(self) -> list[Statement]:
        """The statements of the sentence, in order."""
        at = 0
        while at < len(self.quantities):
            run = self.clauses.run(at)
            self._take(run)
            at += len(run)
        for statement, following in pairwise(self.found):
            statement.following = following
        return self.found

    def _take(self, run: list[int]) -> None:
        """Relate the quantities *run*, one, or a list that shares its clause."""
        clause = self.clauses.clause(run[0])
        role = self._role(run[0], clause)
        if len(run) == 1:
            self._take_one(run[0], role, clause)
            return
        targets = self.spoken.ranks(len(run)) if is_move(self.quantities[run[0]]) else self.spoken.targets(len(run))
        roles = [role, *(self._listed_role(at, role) for at in run[1:])]
        if role.kind in ("growth", "share", "rank") and not role.subject and targets is not None:
            for at, each, target in zip(run, roles, targets, strict=True):
                self._attach(target, self.quantities[at], each)
            return
        self._take_list(run, roles, clause, targets)

    def _take_list(self, run: list[int], roles: list[Role], clause: str, targets: list[Statement] | None) -> None:
        """Make the quantities *run*, with their *roles*, statements of their own, each with its name of the list."""
        subject = roles[0].subject
        listed = wording.EACH.sub("", subject) or self._listed_before(run[0], clause)
        names = lists.split(listed, len(run)) if roles[0].kind != "start" else None
        owners: Sequence[Statement | None] = [None] * len(run)
        if names is None and wording.EACH.search(clause):
            owners = self.spoken.spoken_of(len(run)) or targets or owners
        for position, (at, owner) in enumerate(zip(run, owners, strict=True)):
            statement = self._statement(at, roles[position], clause)
            statement.each = names[position] if names else None
            statement.owner = near(owner) or statement.owner
            if owner is not None and owner.role.kind == "rank" and not self.quantities[at].ordinal:
                # A区、B区分列第二、三位，产值分别为5亿元、4亿元: figures whose ranks come first.
                statement.rank = Part(owner.quantity, owner.quantity.value, owner.role.of)
                statement.each = (owner.each or "") + subject
                self.found.remove(owner)
            if names is None and owner is None and position:
                statement.doubts.append("并列数值，名称待核")
            self.found.append(statement)

    def _listed_before(self, at: int, clause: str) -> str:
        """What the clause before lists, where that of the quantities only says 分别: 企业、园区分别达9个、8个."""
        before = re.split("[,:]", self.clauses.lead(at))[:-1]
        return themes.about(before[-1]) if before and wording.EACH.search(clause) else ""

    def _listed_role(self, at: int, role: Role) -> Role:
        """The role of a quantity further on in a list: that of the first, with its own verb, 增长5%、下降2%."""
        verb = wording.GROWTH_VERB.search(self.clauses.lead(at))
        return role._replace(falling=bool(wording.DECLINE.search(verb["verb"]))) if verb else role

    def _role(self, at: int, clause: str) -> Role:
        item = self.quantities[at]
        target = self.spoken.target()
        same = target is not None and base(item.unit) == base(target.quantity.unit)
        same = same or is_move(item)
        start = self.found[-1] if self.found else None
        if start is not None and start.role.kind == "start" and _ANY_MOVE.fullmatch(self.clauses.lead(at)):
            return Role("reached", "", "")  # 由66户整合至12户: any verb will do
        return wording.role(clause, item.unit, rank=item.ordinal, same_unit=same)

    def _take_one(self, at: int, role: Role, clause: str) -> None:
        """Attach the quantity to the figure that it belongs to, or make it a statement of its own."""
        item = self.quantities[at]
        if role.kind == "growth" and is_move(item):
            for rank in self.spoken.ranks(1) or ():  # 列第13位，前进3位; the move of a rank that is no figure is none
                self._attach(rank, item, role)
            return
        role = self._without_known_subject(at, role)
        whole = self._whole_of_reached(item, role)
        share = self._share_as_figure(at, role)
        if whole is not None:
            of = _SHARE_OF.fullmatch(self.found[-1].role.subject)
            self._attach(whole, item, Role("share", "", "", of["of"] if of else ""))
        elif share is not None:
            self._attach(share, item, role)
        elif role.kind == "average" and not role.subject and self._attach_average(item, role):
            return
        elif role.kind not in ("growth", "share", "rank") or role.subject or not self._take_part(item, role, clause):
            self._add_own(at, role, clause)

    def _moved_from(self) -> Statement | None:
        """The rank just before, when it is that from which this one has come: 由第12位跃升至第9位."""
        last = self.found[-1] if self.found else None
        return last if last is not None and last.quantity.ordinal and last.role.words.endswith("（变动前）") else None

    def _take_part(self, item: Quantity, role: Role, clause: str) -> bool:
        """Attach the growth, share or rank *item* to the figure before that it belongs to; False when there is none."""
        target = self.spoken.target_for(item, role)
        if role.kind == "rank" and self._moved_from() is not None:
            return False
        if target is not None and role.kind == "rank" and _ANOTHER_TOTAL.match(stripped(clause)):
            # 新培育120家，总数居首位: the rank is that of another figure.
            target = None if target.clause.startswith("新") else target
        if target is None or (role.kind == "rank" and target.rank is not None):  # a second rank, among others
            return False
        if role.kind == "growth" and target.change is not None:
            if target.change.quantity not in self.quantities:  # it was said a sentence ago, and stands
                return False
            difference = self._own_difference(target.change.quantity)
            difference.owner = target
            self.found.append(difference)
            target.change = None
        self._attach(target, item, role)
        for other in self._others_meant(target, role, clause):
            self._attach(other, item, role)
        return True

    def _others_meant(self, target: Statement, role: Role, clause: str) -> list[Statement]:
        """The figures besides *target* that a growth or rank with 均 is said of."""
        if role.kind == "rank" and role.falling:  # 数量均居全国第一: of both
            return self.spoken.levels_before(target)[:1]
        if role.kind == "growth" and "均" in clause:  # 同比增长均为42%: of all that the sentence lists
            return [other for other in self.found if other.is_target_of_parts]
        return []

    def _without_known_subject(self, at: int, role: Role) -> Role:
        """*role* without a subject that only repeats the figure before: 以3684亿元成交额居首位; 金奖4项，金奖占五成."""
        if role.kind not in ("rank", "share") or not role.subject or not self.found:
            return role
        counted = (
            role.kind == "rank"
            and len(role.subject) <= _SHORT_NOUN
            and self.clauses.tail(at - 1).startswith(role.subject)
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
        target = self.spoken.target()
        points = role.kind == "growth" and role.subject in _THE_SHARE and wording.is_point(self.quantities[at].unit)
        if not points or target is None or target.share is None or target.share.quantity != self.quantities[at - 1]:
            return None
        clause = self.clauses.clause(at - 1)
        share = self._statement(at - 1, self._role(at - 1, clause), clause)
        share.owner, target.share = target, None
        self.found.append(share)
        return share

    def _whole_of_reached(self, item: Quantity, role: Role) -> Statement | None:
        """The figure of which *item* is the share, when that is said to have moved there: 占比由31%提升至54%."""
        start = self.found[-1] if self.found else None
        if role.kind != "reached" or start is None or start.role.kind != "start" or not quantity.is_part(item.unit):
            return None
        is_share = start.role.subject in _THE_SHARE[1:] or _SHARE_OF.fullmatch(start.role.subject)
        owner = start.owner or self.spoken.target() if is_share else None
        if owner is None or not owner.is_target_of_parts or quantity.is_part(owner.quantity.unit):
            return None
        start.owner = owner
        return owner

    def _make_change_of(self, rate: Statement, at: int, clause: str) -> None:
        statement = self._statement(at, Role("level", rate.role.subject, ""), clause)
        statement.owner = None
        statement.each = rate.each
        self._attach(statement, rate.quantity, rate.role)
        self.found[self.found.index(rate)] = statement

    def _own_difference(self, item: Quantity) -> Statement:
        at = self.quantities.index(item)
        clause = self.clauses.clause(at)
        role = self._role(at, clause)
        return self._statement(at, role._replace(falling=False), clause)

    def _add_own(self, at: int, role: Role, clause: str) -> None:
        rate = self.found[-1] if self.found else None
        if (
            role.kind == "level"
            and _REACHES.fullmatch(stripped(clause))
            and not (not clause and quantity.is_count(self.quantities[at].unit))  # 指数居第一，13个项目获批
            and rate is not None
            and rate.role.kind in ("growth", "rank")
        ):
            # 成交额同比增长21.1%，达到4850亿元; 成交额居首位，达352亿元: one figure, whose growth or rank comes first.
            self._make_change_of(rate, at, clause)
            return
        names: Sequence[str | None] = (lists.ranked(role.subject) if role.kind == "rank" else None) or (None,)
        for each in names:  # a rank that is said of two things is two facts
            statement = self._statement(at, role, clause)
            if each is not None:
                statement.each = each
                statement.doubts.append("一个位次说明两件事，各记一条")
            self.found.append(statement)

    def _attach(self, target: Statement, item: Quantity, role: Role) -> None:
        if role.kind == "growth":
            if target.change is None and is_unit_of_growth(item.unit, target.quantity.unit):
                value = item.signed(role.falling).value
                target.change = Part(item, value, basis=basis(role.of))
        elif role.kind == "share":
            if target.share is None and quantity.is_part(item.unit):
                target.share = Part(item, item.value, role.of)
        elif target.rank is None and may_be_rank(item):
            target.rank = Part(item, item.value, role.of)

    def _statement(self, at: int, role: Role, clause: str) -> Statement:
        item = self.quantities[at]
        falling = role.kind in ("growth", "average") and role.falling
        time = contexts.at_figure(self.context, self.folded, self.opening, self.start, item.first)
        statement = Statement(
            quantity=item,
            role=role,
            lead=self.clauses.lead(at),
            clause=clause,
            tail=self.clauses.tail(at),
            value=item.signed(falling).value,
            qualifiers=self._qualifiers(at, time),
            inner=self.folded.count("(", self.start, item.start) > self.folded.count(")", self.start, item.start),
            sentence=self.spoken.number,
        )
        if role.kind == "start":
            statement.period, statement.doubts = self._start_year(clause)
        else:
            statement.period = self._period(statement, time)
        statement.previous = self.found[-1] if self.found else None
        statement.opening = self.folded[self.start : self.quantities[0].first]
        statement.heading = self.folded[: self.start].rstrip("。").rsplit("。", 1)[-1]
        self._give_owner(statement, at)
        if role.kind in ("level", "growth", "average", "start"):
            statement.above = self.spoken.measured()
            statement.before = self.clauses.clause_before(at)
        self._give_whole(statement)
        return statement

    def _give_owner(self, statement: Statement, at: int) -> None:
        """Say of which figure before *statement* speaks, and what names it that stands apart from it."""
        role, clause = statement.role, statement.clause
        if role.kind == "reached":
            start = next((s for s in reversed(self.found) if s.role.kind == "start"), None)
            statement.owner = start or self.spoken.target()
        elif role.kind == "average" and not role.subject:
            statement.owner = next((s for s in self.found if s.role.kind == "level"), None)
        elif role.kind == "start" and not role.subject:
            statement.each = self.clauses.clause_before(at)
            statement.owner = None if statement.each else self.spoken.target()
        elif role.kind != "level" or needs_owner(role.subject):
            statement.owner = near(self.spoken.owner(statement.inner))
        named = _NAME_OF_PARENTHESIS.search(statement.lead)
        if named and role.kind == "level":
            statement.each = named["name"]
        if role.kind == "level" and not role.subject and clause and statement.owner is None and not self.found:
            statement.owner = self.spoken.last_before()
            if statement.tail and not _ENDS.match(statement.tail):  # 实现200场重要活动零事故: it is what is behind
                return
            statement.each = _PASSED.split(self.clauses.clause_before(at) or "")[0] or None

    def _give_whole(self, statement: Statement) -> None:
        """Say of what *statement* is a part (其中)."""
        if re.search(r"其中|含", statement.lead):
            statement.part_of = self.spoken.target() or self.spoken.last_before()
        elif self.found and re.match("、|和|以及", statement.lead):
            statement.part_of = self.found[-1].part_of

    def _qualifiers(self, at: int, time: Time) -> tuple[str, ...]:
        """The hedges at the number, and those that reach it from further ahead."""
        item = self.quantities[at]
        found = set(item.qualifiers)
        lead = self.folded[item.first - len(self.clauses.lead(at)) : item.start]
        clause = re.split("[,:]", lead)[-1]
        if time.context.planned and "estimated" not in found:
            found.add("target")
        estimated = wording.ESTIMATED.search(self.folded[max(self.start, item.first - _FAR) : item.first])
        if "target" not in found and estimated and (not self.estimated_done or self._part_of_estimate(lead)):
            found.add("estimated")
        self.estimated_done = self.estimated_done or estimated is not None or "estimated" in found
        if wording.CUMULATIVE.search(clause) or (
            self.found and "cumulative" in self.found[-1].qualifiers and self.clauses.continues(at)
        ):
            found.add("cumulative")
        return tuple(name for name in quantity.QUALIFIERS if name in found)

    def _part_of_estimate(self, lead: str) -> bool:
        """Whether the figure is a part (其中) of one that is estimated."""
        return "其中" in lead and bool(self.found) and "estimated" in self.found[-1].qualifiers

    def _start_year(self, clause: str) -> tuple[str, list[str]]:
        """The year of a figure from which another one has changed, and what to check: 由2020年的300家, 由上年的86家.

        Where nothing says which, it is that before those of which is spoken, which is sure of several alone.
        """
        stated = re.search(r"((?:19|20)\d\d)年", clause)
        if stated:
            return stated[1], []
        if re.search("年初|上半年|季度|月", clause):
            return str(self.context.end), []
        if re.search("上年|去年", clause):
            return str(self.context.end - 1), []
        is_sure = self.context.start < self.context.end
        return str(self.context.start - 1), [] if is_sure else ["变动前的年份原文未写明，暂按上一年"]

    def _period(self, statement: Statement, time: Time) -> str | None:
        """The years or the day that *statement* is of; None for the year of the report."""
        is_rate = statement.role.kind in ("growth", "average")
        is_state = statement.role.kind in ("rank", "reached") or is_intensive(statement.quantity.unit)
        # 能力突破9亿吨: the ability has passed it; 引进企业超过9家 in all of the years.
        item = statement.quantity
        adds_up = is_rate or "cumulative" in statement.qualifiers or themes.does(statement.clause)
        adds_up = adds_up or self._goes_on_adding(statement)
        is_state = is_state or (not adds_up and naming.is_stock(statement))
        of_all = adds_up or naming.counts_occasions(statement) or contexts.said("held", statement.clause)
        passed = "" if of_all else self.folded[item.first : item.start]
        period = contexts.period_of(time, statement.clause + passed, is_rate=is_rate, is_state=is_state)
        return None if period == str(self.context.standpoint.given) else period

    def _goes_on_adding(self, statement: Statement) -> bool:
        """Whether *statement* is an item of a list of what was done in several years."""
        last = self.found[-1].period if self.found and statement.lead.startswith("、") else None
        return last is not None and "/" in last
