"""A paragraph as entries of a fact file: metrics with their evidence, milestones, and exceptions for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from shkc.draft import name as naming
from shkc.draft import relate as relating
from shkc.draft.context import Context
from shkc.draft.excerpt import Evidence
from shkc.draft.exclusions import DOUBTFUL_REASONS
from shkc.draft.identity import Figure, Identities, Identity
from shkc.draft.ids import english
from shkc.draft.milestones import MilestoneDraft, milestones
from shkc.draft.scan import Finding, NoQuantity, scan
from shkc.draft.statement import Part, Statement
from shkc.facts.entries import UNSAFE
from shkc.facts.model import RelationType, years_of
from shkc.text import quantity, units

_UNNAMED = "原文未写明"
_NOT_CLASSED = "未能归类，不作为数据"
_IN_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千万亿两.,，%]")

LONGEST_PIECE = 2000
"""Characters of a paragraph that are related to one another, more than any paragraph of a report has."""


class PartDraft(NamedTuple):
    """A growth, share or rank as a fact file writes it; *word* is its basis or of."""

    value: Decimal
    unit: str
    word: str
    excerpt: str


class MetricDraft(NamedTuple):
    """A drafted figure.

    *doubts* are the reasons to review it, none when the draft is sure; *relations* those of the same figure in an
    earlier report, by type and id in this one.
    """

    identity: Identity
    excerpt: str
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifiers: tuple[str, ...]
    change: PartDraft | None
    share: PartDraft | None
    rank: PartDraft | None
    period: str | None
    part_of: str | None
    doubts: tuple[str, ...]
    relations: tuple[tuple[RelationType, str], ...] = ()

    @property
    def id(self) -> str:
        return self.identity.id

    @property
    def name(self) -> str:
        return self.identity.name


class MilestoneEntry(NamedTuple):
    """A drafted milestone."""

    id: str
    name: str
    name_en: str
    category: str
    official_names: tuple[str, ...]
    excerpt: str
    reason: str
    planned: bool
    date: str | None
    """The year that it is of; None for that of the report."""


class ExceptionDraft(NamedTuple):
    """Words whose numeral is no figure, and why; *doubtful* when a reviewer should look."""

    text: str
    reason: str
    doubtful: bool


class ParagraphDraft(NamedTuple):
    """All that one paragraph gives."""

    paragraph: int
    section: str
    metrics: tuple[MetricDraft, ...]
    milestones: tuple[MilestoneEntry, ...]
    exceptions: tuple[ExceptionDraft, ...]


def paragraph_draft(
    number: int, section: str, paragraph: str, context: Context, identities: Identities
) -> ParagraphDraft:
    """The entries of the *paragraph*, the *number*-th of the text; *identities* has those of the paragraphs before."""
    whole = quantity.without_space(paragraph)
    folded = quantity.fold_width(whole)
    drafts = [_piece_draft(whole[start:end], start, folded, context, identities) for start, end in pieces(whole)]
    exceptions = {exception.text: exception for draft in drafts for exception in draft.exceptions}
    return ParagraphDraft(
        number,
        section,
        tuple(metric for draft in drafts for metric in draft.metrics),
        tuple(milestone for draft in drafts for milestone in draft.milestones),
        tuple(exceptions.values()),
    )


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """The beginning and end of each piece of *text* that is related as a whole: all of it, unless it is very long.

    A long one ends with a sentence, else a clause, else between two characters that are not of one number.
    """
    start = 0
    while len(text) - start > LONGEST_PIECE:
        limit = start + LONGEST_PIECE
        ends = (
            max(text.rfind(mark, start, limit) for mark in marks) + 1 for marks in ("。；！？;!?", "，、：", "）)”》")
        )
        end = next((end for end in ends if end > start), 0) or _between_numbers(text, start, limit)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _between_numbers(text: str, start: int, limit: int) -> int:
    return next((at for at in range(limit, start, -1) if not _IN_NUMBER.search(text[at - 1 : at + 1])), limit)


def _piece_draft(text: str, offset: int, paragraph: str, context: Context, identities: Identities) -> ParagraphDraft:
    """The entries of *text*, which stands at *offset* of the folded *paragraph*."""
    findings = scan(text)
    evidence = Evidence(text, offset, paragraph)
    covered: list[tuple[int, int]] = []
    metrics: list[MetricDraft] = []
    known: dict[int, str] = {}
    for statement in relating.statements(text, findings, context):
        metric, spans = _metric(statement, evidence, identities, known)
        covered += spans
        if metric is not None:
            metrics.append(metric)
            known[id(statement)] = metric.id
    proposed = tuple(_milestone(each, context, identities) for each in milestones(text, findings, context))
    folded = quantity.fold_width(text)
    for milestone in proposed:
        for name in milestone.official_names:
            words = quantity.fold_width(name)
            covered += [(m.start(), m.end()) for m in re.finditer(re.escape(words), folded)]
    exceptions = _exceptions(text, findings, covered)
    return ParagraphDraft(0, "", tuple(metrics), proposed, exceptions)


def _milestone(each: MilestoneDraft, context: Context, identities: Identities) -> MilestoneEntry:
    first, last = years_of(each.period)
    reason = each.reason if first == last else f"{each.reason}；{each.period} 年间，哪一年待核"
    return MilestoneEntry(
        identities.ids.of(each.name),
        each.name,
        english(each.name),
        each.category,
        each.official_names,
        each.excerpt,
        reason,
        each.planned,
        None if last == context.standpoint.given else str(last),
    )


def _metric(
    statement: Statement, evidence: Evidence, identities: Identities, known: dict[int, str]
) -> tuple[MetricDraft | None, list[tuple[int, int]]]:
    item = statement.quantity
    doubts = list(statement.doubts)
    qualifiers = statement.qualifiers
    noun = naming.noun_behind(statement)
    excerpt = evidence.of_figure(item, statement.value, qualifiers, noun)
    if excerpt is None and "cumulative" in qualifiers:
        qualifiers = tuple(name for name in qualifiers if name != "cumulative")
        excerpt = evidence.of_figure(item, statement.value, qualifiers, noun)
        doubts.append("原文说“累计”，但与数值相距太远，摘录放不下")
    if excerpt is None:
        return None, []
    spans = [(item.start, item.end)]
    parts: dict[str, PartDraft | None] = {"change": None, "share": None, "rank": None}
    for key, part in (("change", statement.change), ("share", statement.share), ("rank", statement.rank)):
        if part is None:
            continue
        proof = (evidence.of_growth if key == "change" else evidence.of_part)(part.quantity, part.value)
        if proof is None:
            doubts.append(f"{part.value}{part.quantity.unit} 没有找到可用的摘录")
            continue
        spans.append((part.quantity.start, part.quantity.end))
        word = _word(key, part, statement, doubts)
        parts[key] = PartDraft(part.value, part.quantity.unit, word, proof)
    rank = parts["rank"]
    if item.ordinal:
        rank = PartDraft(statement.value, "位", statement.role.of or _UNNAMED, excerpt)
    name = UNSAFE.sub("", naming.name(statement))
    identity = _identity(statement, name, qualifiers, parts["change"], identities)
    doubts += (*_doubts(statement, name), *identity.doubts)
    part_of = known.get(id(statement.part_of)) if _is_part(statement) else None
    return (
        MetricDraft(
            identity,
            excerpt,
            statement.value,
            item.signed(statement.value < 0).upper,
            item.unit,
            qualifiers,
            parts["change"],
            parts["share"],
            rank,
            statement.period,
            part_of,
            tuple(dict.fromkeys(doubts)),
        ),
        spans,
    )


def _identity(
    statement: Statement, name: str, qualifiers: tuple[str, ...], change: PartDraft | None, identities: Identities
) -> Identity:
    item = statement.quantity
    compares = change is not None and change.unit == "%" and change.word == "yoy"
    growth = change.value if change is not None and compares else None
    figure = Figure(name, statement.value, item.unit, item.ordinal, statement.period, qualifiers, growth)
    return identities.of(figure)


def _is_part(statement: Statement) -> bool:
    """Whether *statement* can be a part of what it is said to be among: in the same base unit, and no greater."""
    whole, unit = statement.part_of, statement.quantity.unit
    if whole is None or units.base_unit(unit) != units.base_unit(whole.quantity.unit):
        return False
    return units.to_base(statement.value, unit) <= units.to_base(whole.value, whole.quantity.unit)


def _word(key: str, part: Part, statement: Statement, doubts: list[str]) -> str:
    if key == "change":
        if part.basis == "other":
            doubts.append("增长的基期按原文核对")
        return part.basis
    whole = statement.part_of if key == "share" else None  # 其中硕士15人，占55%: of what they are among
    of = UNSAFE.sub("", part.of or (naming.name(whole) if whole else "")).strip("、,的")
    if not of:
        doubts.append("份额的总体原文未写明" if key == "share" else "名次的范围原文未写明")
    return of or _UNNAMED


def _doubts(statement: Statement, name: str) -> list[str]:
    role = statement.role
    doubts = []
    if statement.owner is not None:
        doubts.append("名称取自上文，请核对")
    elif len(name) < 4:
        doubts.append("名称过短，请补全")
    elif len(name) >= 24:
        doubts.append("名称较长，请精简")
    if role.kind in ("growth", "average") and statement.value < 0:
        doubts.append("下降记作负数")
    if statement.quantity.unit in ("万", "亿", "万亿"):
        doubts.append("单位只有数量级")
    if statement.period is not None and statement.period_is_stated and "target" not in statement.qualifiers:
        doubts.append("时期取自句中年份")
    return doubts


def _exceptions(text: str, findings: list[Finding], covered: list[tuple[int, int]]) -> tuple[ExceptionDraft, ...]:
    """An exception for each numeral that no figure and no official name accounts for."""
    none = [finding for finding in findings if isinstance(finding, NoQuantity)]
    found: dict[str, ExceptionDraft] = {}
    for numeral in quantity.numerals(text):
        if any(start <= numeral.start and numeral.end <= end for start, end in covered):
            continue
        finding = next((f for f in none if f.start <= numeral.start and numeral.end <= f.end), None)
        words = text[finding.start : finding.end] if finding else text[numeral.start : numeral.end]
        reason = finding.reason if finding else _NOT_CLASSED
        if len(words) > 20 or UNSAFE.search(words):
            words = text[numeral.start : numeral.end]
        doubtful = finding is None or reason in DOUBTFUL_REASONS
        found.setdefault(words, ExceptionDraft(words, reason, doubtful))
    return tuple(found.values())
