"""Facts as the data of the page: what its script is handed, once, and only ever shows as text.

Texts that depend on the language are pairs, Chinese first. Numbers are strings, so that their digits survive. Facts,
reports, sections and labels refer to each other by their places in the lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from msgspec.structs import asdict

from shkc.facts import derive, trend
from shkc.facts.doubts import doubts
from shkc.facts.load import FactFileContent
from shkc.facts.model import DetailedMetric, DetailedMilestone, Fact, Metric, Report, Section, TrendMetric
from shkc.facts.verify import Proof
from shkc.language import Language
from shkc.output import cards, cite
from shkc.output.facts import FIGURE, GROWTH
from shkc.output.page import forms, proof
from shkc.output.view import Column, text_of
from shkc.text import quantity

Detailed = DetailedMetric | DetailedMilestone
Data = dict[str, Any]
Pair = tuple[str, str]


class _Places(dict[Any, int]):
    """The place of each key in the list of all, in the order in which they were first asked for."""

    def __missing__(self, key: object) -> int:
        self[key] = len(self)
        return self[key]


class _Entry(NamedTuple):
    """A fact with its report and what is doubtful about it."""

    fact: Detailed
    report: Report
    doubts: tuple[Pair, ...]


def content(contents: Sequence[FactFileContent], proven: Proof | None, language: Language, accessed: date) -> Data:
    """The data of a page of the facts in *contents*, which begins in *language*; with *proven*, of the text, too.

    *accessed* is the day of access in the citations.
    """
    entries = list(_entries(contents, proven))
    reports = {each.report.id: each.report for each in contents}
    sections = {(each.report.id, section.id): section for each in contents for section in each.sections}
    labels, lines = _Places(), list(_lines(entry.fact for entry in entries))
    place: dict[str, dict[Any, int]] = {
        "report": {report: number for number, report in enumerate(reports)},
        "section": {section: number for number, section in enumerate(sections)},
        "series": {(line[0].id, line[0].scope): number for number, line in enumerate(lines)},
    }
    facts = [_fact(entry, place, labels, accessed) for entry in entries]
    return {
        "language": language.value,
        "reports": [_report(report) for report in reports.values()],
        "sections": [_section(section, report, place["section"]) for (report, _), section in sections.items()],
        "facts": facts,
        "labels": list(labels),
        "series": [_points(line) for line in lines],
        "variants": forms.variants(name for fact in facts for name in fact["names"]),
        "proof": None if proven is None else _proof(proven, [entry.fact.id for entry in entries]),
    }


def _entries(contents: Sequence[FactFileContent], proven: Proof | None) -> Iterator[_Entry]:
    failed: defaultdict[str | None, list[Pair]] = defaultdict(list)
    for failure in proven.outcome.failures if proven else ():
        failed[failure.id].append(failure.message)
    metrics: defaultdict[str, dict[str, Metric]] = defaultdict(dict)
    for each in contents:
        metrics[each.report.id] |= {fact.id: fact for fact, _ in each.records if isinstance(fact, Metric)}
    for each in contents:
        marked = doubts(each)
        for fact, details in each.records:
            review: list[Pair] = [(words, words) for words in marked.get(fact.id, ())]
            if isinstance(fact, Metric):
                computed = derive.computed(fact, details, metrics[each.report.id])
                known: Detailed = DetailedMetric(**asdict(fact), details=details, computed=computed)
            else:
                known = DetailedMilestone(**asdict(fact), details=details)
            yield _Entry(known, each.report, (*review, *failed[fact.id]))


def _fact(entry: _Entry, place: Mapping[str, Mapping[Any, int]], labels: _Places, accessed: date) -> Data:
    fact = entry.fact
    metric = fact if isinstance(fact, Metric) else None
    cited = cite.Cited(fact, entry.report)
    return {
        "id": fact.id,
        "kind": fact.kind,
        "name": (fact.name, fact.name_en),
        "figure": _figure(fact),
        "beside": _pair(GROWTH, fact),
        "period": metric.period if metric else fact.date,  # type: ignore[union-attr] # a milestone
        "scope": _scope(metric, entry.report) if metric else ("", ""),
        "unit": metric.unit if metric else "",
        "report": place["report"][entry.report.id],
        "section": place["section"][entry.report.id, fact.section.id],
        "paragraph": fact.source.paragraph,
        "excerpt": fact.source.excerpt,
        "rows": list(_rows(fact, labels)),
        "citation": tuple(cite.reference(cited, language, accessed) for language in (Language.zh, Language.en)),
        "doubts": entry.doubts,
        "series": place["series"].get((fact.id, metric.scope)) if metric else None,
        **forms.forms(fact, fact.details, _scope(metric, entry.report) if metric else ()),
    }


def _figure(fact: Fact) -> Pair:
    """The figure, or the category of a milestone; in English as the contract has it, as soon as the facts do."""
    zh, en = _pair(FIGURE, fact)
    return zh, getattr(fact, "display_en", None) or en


def _pair(column: Column, fact: Fact) -> Pair:
    return text_of(column.cell(fact, Language.zh)), text_of(column.cell(fact, Language.en))


def _scope(metric: Metric, report: Report) -> Pair:
    """The territory that *metric* is about; one that has no English name is told in Chinese."""
    english = report.scope_en if metric.scope == report.scope else metric.scope
    return metric.scope, getattr(metric, "scope_en", None) or english


def _rows(fact: Detailed, labels: _Places) -> Iterator[tuple[int, str, str]]:
    """All that `show` tells about *fact*: label, and text in both languages."""
    rows = zip(cards.rows(fact, Language.zh), cards.rows(fact, Language.en), strict=True)
    return ((labels[tuple(label)], _text(zh), _text(en)) for (label, zh), (_, en) in rows if zh or en)


def _text(told: str | tuple[str, ...]) -> str:
    return told if isinstance(told, str) else ", ".join(told)


def _report(report: Report) -> Data:
    return {
        "id": report.id,
        "title": (report.title, report.title_en),
        "publisher": (report.publisher, report.publisher_en),
        "year": report.year,
    }


def _section(section: Section, report: str, places: Mapping[tuple[str, str], int]) -> Data:
    parent = None if section.parent is None else places[report, section.parent]
    return {"id": section.id, "number": section.number, "title": (section.short, section.short_en), "parent": parent}


def _lines(facts: Iterable[Detailed]) -> Iterator[list[TrendMetric]]:
    """The series of the figures that more than one report states, those with a value for two years at least."""
    same: defaultdict[str, list[DetailedMetric]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, DetailedMetric):
            same[fact.id].append(fact)
    for group in same.values():
        if len(group) > 1:
            rows = trend.rows(group, lambda _, group=group: group)  # type: ignore[misc] # mypy sees no default
            yield from (line for line in trend.series(rows) if len(trend.curve(line)) > 1)


def _points(line: Sequence[TrendMetric]) -> Data:
    """The years of a series in the unit of its newest figure, with value and bounds; a bound that is open is None."""
    curve = trend.curve(line)
    unit = list(curve.values())[-1].unit

    def scaled(value: Decimal | None) -> str | None:
        return None if value is None else f"{quantity.from_base(value, unit):f}"

    return {
        "falling": trend.ranks(line),
        "points": [
            {
                "year": year,
                "value": scaled(row.normalized.value),
                "low": scaled(row.normalized.low),
                "high": scaled(row.normalized.high),
                "figure": _figure(row),
                "final": row.status == "final",
            }
            for year, row in sorted(curve.items())
        ],
    }


def _proof(proven: Proof, ids: Sequence[str]) -> Data:
    outcome = proven.outcome
    place = {fact: number for number, fact in enumerate(ids)}
    cut = proof.pieces(proven.paragraphs, outcome.spans)
    return {
        "numerals": outcome.numerals,
        "covered": outcome.covered,
        "facts": outcome.facts,
        "proven": outcome.proven,
        "paragraphs": [[_piece(piece, place) for piece in paragraph] for paragraph in cut],
        "failures": [
            {"fact": place.get(failure.id or ""), "paragraph": failure.paragraph, "message": failure.message}
            for failure in outcome.failures
        ],
    }


def _piece(piece: proof.Piece, place: Mapping[str, int]) -> str | Data:
    if piece.role is None:
        return piece.text
    if piece.role not in proof.FACTS:
        return {"text": piece.text, "role": piece.role, "reasons": piece.owners}
    facts = [place[owner] for owner in (*piece.owners, *piece.others)]
    return {"text": piece.text, "role": piece.role, "facts": facts, "own": len(piece.owners)}
