"""A paragraph as entries of a fact file: metrics with their evidence, milestones, and exceptions for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shkc.draft import relate as relating
from shkc.draft.context import Context
from shkc.draft.entries import ExceptionDraft, MetricDraft, MilestoneEntry, ParagraphDraft
from shkc.draft.excerpt import Evidence
from shkc.draft.exclusions import DOUBTFUL_REASONS
from shkc.draft.identity import Identities
from shkc.draft.ids import english
from shkc.draft.metrics import metric_draft
from shkc.draft.milestones import MilestoneDraft, milestones
from shkc.draft.scan import Finding, NoQuantity, scan
from shkc.facts.entries import LONGEST_LINE, UNSAFE
from shkc.facts.model import years_of
from shkc.text import quantity

_NOT_CLASSED = "未能归类，不作为数据"
_IN_NUMBER = re.compile(r"[\d零〇一二三四五六七八九十百千万亿两.,，%]")

LONGEST_PIECE = 2000
"""Characters of a paragraph that are related to one another, more than any paragraph of a report has."""


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
        metric, spans = metric_draft(statement, evidence, identities, known)
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
