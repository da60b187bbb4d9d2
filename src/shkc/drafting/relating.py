"""From the quantities of a paragraph to statements: a figure with the growth, share and rank printed with it.

A growth, share or rank whose clause names no owner (同比增长5%, 占全省的41%, 居全国首位) belongs to the level before it in
the sentence. One that names its own (工业投资增长5%) is a figure of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shkc import quantity
from shkc.drafting import wording
from shkc.drafting.scanning import Finding, NoQuantity, Quantity
from shkc.drafting.wording import Role

_SENTENCE_END = "。;!?"


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
        return self.owner is not None and bool(re.match(r"净[增减]", self.role.subject))


def statements(text: str, findings: Sequence[Finding], year: int | None) -> list[Statement]:
    """The statements that the paragraph *text* with its *findings* makes; *year* is the report's."""
    folded = quantity.fold_width(text)
    found: list[Statement] = []
    for number, (start, end) in enumerate(_sentences(folded)):
        inside = [f for f in findings if isinstance(f, Quantity) and start <= f.start < end]
        found += _Sentence(folded, start, end, number, inside, findings, found, year).statements()
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
        findings: Sequence[Finding],
        before: Sequence[Statement],
        year: int | None,
    ) -> None:
        self.folded, self.start, self.end, self.number, self.quantities = folded, start, end, number, quantities
        self.before = before
        self.year = year
        self.findings = findings
        self.found: list[Statement] = []
        self.estimated_done = False
        self.share_since_level = False

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
        lead = self._lead(at)
        lead = re.sub(r"\([^()]*\)", lambda m: "" if any(c in m[0] for c in ",;") else m[0], lead)
        return re.split(r"[,:(]", lead)[-1] if not lead.endswith(")") else lead

    def _tail(self, at: int) -> str:
        end = self.quantities[at + 1].first if at + 1 < len(self.quantities) else self.end
        return self.folded[self.quantities[at].last : end]

    def _continues(self, at: int, verbs: bool = False) -> bool:
        """Whether the quantity only goes on with a list: 3个、5个和7个; with *verbs* also 增长5%、下降2%."""
        lead = self._lead(at)
        rest = re.sub(r"^(?:、|和|及|以及|与)", "", lead)
        return rest != lead and (rest == "" or (verbs and wording.GROWTH_VERB.fullmatch(rest) is not None))

    def _run(self, at: int) -> list[int]:
        growth = wording.GROWTH_VERB.search(self._clause(at)) is not None
        run = [at]
        while run[-1] + 1 < len(self.quantities) and self._continues(run[-1] + 1, growth):
            run.append(run[-1] + 1)
        return run

    # ── What to make of it ──────────────────────────────────────────────────────────────────────────

    def _take(self, run: list[int]) -> None:
        first = self.quantities[run[0]]
        clause = self._clause(run[0])
        role = self._role(run[0], clause)
        if len(run) == 1:
            self._take_one(run[0], role, clause)
            return
        targets = self._targets(len(run))
        if role.kind in ("growth", "share", "rank") and not role.subject and targets is not None:
            for at, target in zip(run, targets, strict=True):
                own = self._role(at, self._clause(at)) if at != run[0] else role
                falling = own.falling if own.kind == "growth" and self._lead(at).strip("、和及与,") else role.falling
                self._attach(target, self.quantities[at], role._replace(falling=falling))
            return
        names = _split(re.sub(wording.EACH, "", role.subject), len(run)) if role.kind != "start" else None
        owners: Sequence[Statement | None] = [None] * len(run)
        if names is None and wording.EACH.search(clause) and targets is not None:
            owners = targets
        for position, at in enumerate(run):
            own = role
            if at != run[0] and role.kind in ("growth", "average"):
                verb = wording.GROWTH_VERB.search(self._lead(at))
                own = role._replace(falling=bool(wording.DECLINE.search(verb["verb"]))) if verb else role
            statement = self._statement(at, own, clause)
            statement.each = names[position] if names else None
            statement.owner = owners[position] or statement.owner
            if names is None and owners[position] is None and position and role.kind == "level":
                statement.doubts.append("并列数值，名称待核")
            self._add(statement)
        del first

    def _role(self, at: int, clause: str) -> Role:
        item = self.quantities[at]
        target = self._target()
        same = target is not None and _base(item.unit) == _base(target.quantity.unit)
        return wording.role(clause, item.unit, rank=item.ordinal, same_unit=same)

    def _take_one(self, at: int, role: Role, clause: str) -> None:
        item = self.quantities[at]
        target = self._target_for(item, role)
        if target is not None and not role.subject and role.kind in ("growth", "share", "rank"):
            self._attach(target, item, role)
            if role.kind == "rank" and role.falling:
                for other in self._levels_before(target)[:1]:
                    self._attach(other, item, role)
            return
        self._add(self._statement(at, role, clause))

    def _add(self, statement: Statement) -> None:
        self.found.append(statement)
        self.share_since_level = False

    def _target(self) -> Statement | None:
        return next((s for s in reversed(self.found) if s.is_target_of_parts), None)

    def _levels_before(self, target: Statement) -> list[Statement]:
        known = [s for s in (*self.before, *self.found) if s.is_target_of_parts and not s.inner]
        at = known.index(target) if target in known else 0
        return known[:at][::-1]

    def _target_for(self, item: Quantity, role: Role) -> Statement | None:
        """The level that a growth, share or rank without an owner belongs to."""
        target = self._target()
        if role.kind == "rank":
            owner = next(
                (
                    s
                    for s in reversed(self.found)
                    if not s.inner and s.role.kind not in ("comparison", "multiple", "start") and not s.is_difference
                ),
                None,
            )
            return owner or (self._last_before() if not self.found else None)
        if target is None:
            return self._last_before() if not self.found and role.kind == "growth" else None
        later = self.found[self.found.index(target) + 1 :]
        if role.kind == "share":
            return (
                None
                if _is_part(target.quantity.unit) or any(s.role.kind in ("growth", "share", "average") for s in later)
                else target
            )
        if item.unit.endswith("百分点"):
            return (
                target
                if _is_part(target.quantity.unit) and not self.share_since_level and target.share is None
                else None
            )
        if _base(item.unit) == _base(target.quantity.unit) and not _is_part(item.unit):
            return target if target.change is None else None
        if target.change is not None or _is_part(target.quantity.unit):
            return None
        return None if any(s.role.kind in ("growth", "average") for s in later) else target

    def _last_before(self) -> Statement | None:
        """The last level of the sentence before, when this one goes on with it (；同比增长)."""
        last = next((s for s in reversed(self.before) if s.is_target_of_parts), None)
        return last if last is not None and last.sentence == self.number - 1 else None

    def _targets(self, count: int) -> list[Statement] | None:
        levels = [s for s in self.found if s.is_target_of_parts]
        if len(levels) < count:
            levels = (
                [s for s in self.before if s.is_target_of_parts and s.sentence == self.number - 1] + levels
                if not levels
                else levels
            )
        return levels[-count:] if len(levels) >= count else None

    def _attach(self, target: Statement, item: Quantity, role: Role) -> None:
        if role.kind == "growth":
            if target.change is None:
                value = -item.value if role.falling else item.value
                target.change = Part(item, value, basis=_basis(role.of))
        elif role.kind == "share":
            self.share_since_level = True
            if target.share is None:
                target.share = Part(item, item.value, role.of)
        elif target.rank is None:
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
            value=-item.value if falling else item.value,
            qualifiers=self._qualifiers(at),
            inner=self.folded.count("(", self.start, item.start) > self.folded.count(")", self.start, item.start),
            sentence=self.number,
            period=self._period(item),
        )
        if role.kind in ("growth", "average", "comparison", "multiple", "share", "rank") or _needs_owner(role.subject):
            statement.owner = next((s for s in reversed(self.found) if s.owner is None or not s.is_difference), None)
        if role.kind == "reached":
            statement.owner = next((s for s in reversed(self.found) if s.role.kind == "start"), None) or self._target()
        if re.search(r"其中|含", statement.lead):
            statement.part_of = self._target() or self._last_before()
        return statement

    def _qualifiers(self, at: int) -> tuple[str, ...]:
        item = self.quantities[at]
        found = set(item.qualifiers)
        before = self.folded[self.start : item.first]
        if any(self._is_target(match) for match in wording.TARGET.finditer(before)) or self._goal_before():
            found.add("target")
        if not self.estimated_done and "target" not in found and wording.ESTIMATED.search(before):
            found.add("estimated")
        if wording.ESTIMATED.search(before) or "estimated" in found:
            self.estimated_done = True
        lead = self.folded[item.first - len(self._lead(at)) : item.start]
        if wording.CUMULATIVE.search(re.split("[,:]", lead)[-1]) or (
            self.found and "cumulative" in self.found[-1].qualifiers and self._continues(at)
        ):
            found.add("cumulative")
        return tuple(name for name in quantity.QUALIFIERS if name in found)

    def _is_target(self, match: re.Match[str]) -> bool:
        year = match["year"]
        return True if year is None else self.year is not None and int(year) > self.year

    def _goal_before(self) -> bool:
        """Whether the paragraph opens a list of goals: 主要预期目标是."""
        return re.search(r"目标(?:是|为|如下)?:", self.folded[: self.start]) is not None

    def _period(self, item: Quantity) -> str | None:
        """The year or day that the sentence states before the figure; None for the report's own."""
        period = None
        for match in re.finditer(
            r"(?P<before>[比较是与从自由即为“])?(?P<year>(?:19|20)\d\d)年(?P<end>底|末|12月31日|年末|年底)?(?P<rest>以来)?",
            self.folded[self.start : item.first],
        ):
            if not match["before"] and not match["rest"]:
                period = f"{match['year']}-12-31" if match["end"] else match["year"]
        return None if period == str(self.year) else period


def _base(unit: str) -> str:
    return (
        quantity.scale_and_base(unit)[1].removeprefix("个")
        if unit.endswith("百分点")
        else quantity.scale_and_base(unit)[1]
    )


def _is_part(unit: str) -> bool:
    return unit in ("%", "‰", "成") or unit.startswith("/")


def _basis(words: str) -> str:
    year = re.search(r"[比较与同]“?((?:19|20)\d\d)年", words)
    if year:
        return year[1]
    return "other" if re.search(r"[\d一二两三四五六七八九十]年|十[一二三四五]五|以来|年初|环比", words) else "yoy"


_GENERAL = re.compile(
    r"^(?:总数|总量|总额|总计|累计|数量|规模|总规模|金额|净增数?|净减|增速|增幅|占比|占有率|比重|比例|总投资|总面积|成交额|转化金额"
    r"|每万人|人均|户均|日均|年均|其中|拥有量|有效期内|入库|合计)"
)


def _needs_owner(subject: str) -> bool:
    """Whether *subject* says only what of the figure before is meant: 总数, 累计, 成交额."""
    return not subject or (len(subject) <= 7 and _GENERAL.match(subject) is not None)


def _split(subject: str, count: int) -> list[str] | None:
    """The names that a list of *count* subjects stands for, shared beginnings and endings given to each."""
    subject = re.sub(r"(?:达到|达|为|新增|完成|实现)$", "", subject)
    pieces = re.split(r"、|和|与|及|以及", subject)
    pieces = [piece for piece in pieces if piece]
    if len(pieces) != count or count < 2:
        return None
    ending = re.search(
        r"(?:[一二三四五六七八九十]大)?(?P<end>(?:产业|企业|行业|领域)?(?:授权量|申请量|注册量|增加值|总产值|产值|产量|销量|销售额|营业收入|收入|企业数|企业|数量|数|金额|投资|占比|机构|平台|项目))$",
        pieces[-1],
    )
    if ending and not all(re.search(r"(?:量|值|额|数|入|率|资|业)$", piece) for piece in pieces[:-1]):
        pieces[-1] = pieces[-1][: ending.start()]
        pieces = [piece + ending["end"] for piece in pieces]
    return pieces


def exceptions(findings: Sequence[Finding]) -> list[NoQuantity]:
    """The numerals that are no quantities."""
    return [finding for finding in findings if isinstance(finding, NoQuantity)]
