"""A paragraph as entries of a fact file: metrics with their evidence, milestones, and exceptions for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shkc.draft import relate as relating
from shkc.draft import table_rows
from shkc.draft.context import Context
from shkc.draft.earlier_events import is_left_out, recurrence
from shkc.draft.entries import ExceptionDraft, MetricDraft, MilestoneEntry, ParagraphDraft
from shkc.draft.excerpt import Evidence
from shkc.draft.exclusions import DOUBTFUL_REASONS
from shkc.draft.identity import Identities
from shkc.draft.ids import english
from shkc.draft.metrics import metric_draft
from shkc.draft.milestones import MilestoneDraft, milestones
from shkc.draft.scan import Finding, NoQuantity, scan
from shkc.draft.statement import Statement
from shkc.draft.table_rows import Row
from shkc.facts.entries import LONGEST_LINE, UNSAFE
from shkc.facts.model import years_of
from shkc.text import quantity

_NOT_CLASSED = "未能归类，不作为数据"
_IN_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千万亿两.,，%]")

LONGEST_PIECE = 2000
"""Characters of a paragraph that are related to one another, more than any paragraph of a report has."""


def paragraph_draft(
    number: int, section: str, paragraph: str, context: Context, identities: Identities, heads: tuple[str, ...] = ()
) -> ParagraphDraft:
    """The entries of the *paragraph*, the *number*-th of the text; *identities* has those of the paragraphs before.

    *heads* are those of the columns where it is a row of a table.
    """
    whole = quantity.without_space(paragraph)
    folded = quantity.fold_width(whole)
    if heads and len(whole) <= LONGEST_PIECE:
        drafts = [_row_draft(Row(table_rows.cells(paragraph), heads), whole, context, identities)]
    else:
        drafts = [_piece_draft(whole[start:end], start, folded, context, identities) for start, end in pieces(whole)]
    exceptions = {exception.text: exception for draft in drafts for exception in draft.exceptions}
    return ParagraphDraft(
        number,
        section,
        tuple(metric for draft in drafts for metric in draft.metrics),
        tuple(milestone for draft in drafts for milestone in draft.milestones),
        tuple(exceptions.values()),
        bool(heads) and not any(draft.metrics for draft in drafts) and bool(exceptions),
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
    metrics, covered = _metrics(relating.statements(text, findings, context), evidence, identities)
    proposed = tuple(
        _milestone(each, context, identities)
        for each in milestones(text, findings, context)
        if not is_left_out(each, identities.events)
    )
    folded = quantity.fold_width(text)
    for milestone in proposed:
        for name in milestone.official_names:
            words = quantity.fold_width(name)
            covered += [(m.start(), m.end()) for m in re.finditer(re.escape(words), folded)]
    return ParagraphDraft(0, "", tuple(metrics), proposed, _exceptions(text, findings, covered))


def _row_draft(row: Row, text: str, context: Context, identities: Identities) -> ParagraphDraft:
    """The entries of a *row* of a table, which is *text* without white space."""
    folded = quantity.fold_width(text)
    findings = [found for _, found in table_rows.findings(row, folded)]
    stated = table_rows.statements(row, folded, context)
    metrics, covered = _metrics(stated, Evidence(text, 0, folded), identities)
    return ParagraphDraft(0, "", tuple(metrics), (), _exceptions(text, findings, covered))


def _metrics(
    statements: Iterable[Statement], evidence: Evidence, identities: Identities
) -> tuple[list[MetricDraft], list[tuple[int, int]]]:
    """The metrics that *statements* are, and where their figures stand."""
    covered: list[tuple[int, int]] = []
    metrics: list[MetricDraft] = []
    known: dict[int, str] = {}
    kept = []  # the identity of an object holds as long as there is the object
    for statement in statements:
        kept.append(statement)
        metric, spans = metric_draft(statement, evidence, identities, known)
        covered += spans
        if metric is not None:
            metrics.append(metric)
            known[id(statement)] = metric.id
    return metrics, covered


def _milestone(each: MilestoneDraft, context: Context, identities: Identities) -> MilestoneEntry:
    first, last = years_of(each.period)
    found = recurrence(each, identities.events.events)
    earlier = found.event.fact if found else None
    same = earlier if earlier and earlier.planned == each.planned else None
    date = None if each.period == str(context.standpoint.given) else each.period
    if found and found.settled and first != last:  # of several years, the reviewer has said which
        date = found.event.fact.date
    return MilestoneEntry(
        identities.ids.next(earlier.id) if earlier else identities.ids.of(each.name),
        same.name if same else each.name,
        same.name_en if same else english(each.name),
        earlier.category if earlier else each.category,
        each.official_names,
        each.excerpt,
        each.reason,
        each.planned,
        date,
        source=found.source if found else "",
        english_is_known=same is not None,
        settled=found is not None and found.settled,
        signs=each.signs,
    )


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
            words = text[numeral.start : numeral.end][:LONGEST_LINE]
        doubtful = finding is None or reason in DOUBTFUL_REASONS
        found.setdefault(words, ExceptionDraft(words, reason, doubtful))
    return tuple(found.values())
