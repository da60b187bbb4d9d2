"""Fact files: TOML in, validated model out. The only user of tomli.

A file is read whole or not at all. A valid file is converted in one step; a file with an error is looked at again,
field by field, so that every problem is told with its line.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, NamedTuple

import msgspec
import tomli

from shkc.errors import FactsError, Problem
from shkc.facts import english, normalize, relations
from shkc.facts.check import Inspection, well_formed
from shkc.facts.entries import ExceptionEntry, FactEntry, FactFileEntry, MetricEntry, MilestoneEntry, SectionEntry
from shkc.facts.model import (
    Change,
    Details,
    Evidence,
    Fact,
    Metric,
    Milestone,
    Publication,
    Rank,
    Relation,
    Report,
    Section,
    SectionReference,
    Share,
    Source,
)
from shkc.facts.problems import out_of_range
from shkc.language import Text
from shkc.paths import FactFile, read
from shkc.text import quantity
from shkc.text.quantity import Reading


class Record(NamedTuple):
    """A fact with what its contract leaves out."""

    fact: Fact
    details: Details


class FactFileContent(NamedTuple):
    """The validated content of one fact file; *text* is the file itself."""

    path: str
    report: Report
    sections: tuple[Section, ...]
    records: tuple[Record, ...]
    exceptions: tuple[ExceptionEntry, ...]
    text: str

    def numbered(self) -> Iterator[tuple[Fact, int]]:
        """Each fact with the number of its entry in the table of its kind, from 0."""
        counts = Counter[str]()
        for fact, _ in self.records:
            yield fact, counts[fact.kind]
            counts[fact.kind] += 1


def load(file: FactFile) -> FactFileContent:
    """Read and validate *file*. Raises `FactsError` with every problem of the file."""
    data = read(file.path) if file.content is None else file.content
    return parse(_decoded(data, file.path), file.path)


def parse(text: str, path: str) -> FactFileContent:
    """Validate *text*, the content of a fact file; *path* is named in problems. Raises `FactsError`."""
    document = _parse_toml(text, path)
    entry = well_formed(document)
    inspection = Inspection(path, text)
    problems = inspection.problems(document, entry)
    if problems:
        raise FactsError(problems)
    assert entry is not None, "what is wrong with its form is a problem"
    return _content(entry, inspection.readings, path, text)


def load_all(files: Iterable[FactFile]) -> list[FactFileContent]:
    """Read and validate *files*. Raises `FactsError` with every problem of every file, repeated facts included."""
    contents: list[FactFileContent] = []
    problems: list[Problem] = []
    identities = Identities()
    for file in files:
        try:
            content = load(file)
        except FactsError as error:
            problems += error.problems
            continue
        report, ids = content.report, [record.fact.id for record in content.records]
        if conflicts := identities.conflicts(Identity(report.id, report.title, report.year, ids), file.path):
            problems += conflicts.problems(content)
        contents.append(content)
    if problems:
        raise FactsError(problems)
    return contents


class Identity(NamedTuple):
    """What a file is told from others by: the id of its report, with title and year, and the ids of its *facts*."""

    report: str
    title: str
    year: int
    facts: Iterable[str]


class Conflicts(NamedTuple):
    """What is wrong with a file beside those before it.

    *repeated* are its facts that an earlier file has: id → that file. *other* is the file in which the id of its report
    is that of another report.
    """

    repeated: Mapping[str, str]
    other: str | None

    def problems(self, content: FactFileContent) -> list[Problem]:
        """A problem for each, where it stands in *content*, the file."""
        inspection, report = Inspection(content.path, content.text), content.report.id
        places = {fact.id: (fact.kind, number, "id") for fact, number in content.numbered()}
        found = [
            inspection.problem(places[fact], *_repeated(report, fact, path)) for fact, path in self.repeated.items()
        ]
        if self.other is not None:
            found.append(inspection.problem(("report", 0, "id"), *_other_report(report, self.other)))
        return found


class Identities:
    """The facts of the files before: a fact's identity is its report and its id together.

    Here and nowhere else it is decided which file repeats facts: the later one.
    """

    def __init__(self) -> None:
        self._files: dict[tuple[str, str], str] = {}
        self._reports: dict[str, tuple[str, int, str]] = {}

    def conflicts(self, of: Identity, path: str) -> Conflicts | None:
        """What is wrong with the next file, at *path*, which is *of* this identity; None when nothing is."""
        firsts = {fact: self._files.setdefault((of.report, fact), path) for fact in of.facts}
        repeated = {fact: first for fact, first in firsts.items() if first != path}
        title, year, first = self._reports.setdefault(of.report, (of.title, of.year, path))
        other = None if (title, year) == (of.title, of.year) else first
        return Conflicts(repeated, other) if repeated or other is not None else None


def _other_report(report: str, first: str) -> Text:
    shown = Problem(first, None, Text("", "")).shown
    return Text(
        f"id {report} 在 {shown} 中是另一份报告的；每份报告的 id 须不同，同一份报告的标题和年份须相同",
        f"{report} is the id of another report in {shown}; give each report an id of its own, "
        "and a report in several files one title and year",
    )


def _repeated(report: str, fact: str, first: str) -> Text:
    shown = Problem(first, None, Text("", "")).shown
    return Text(
        zh=f"报告 {report} 的事实 {fact} 已在 {shown} 中；请改 id，或只加载其中一个文件",
        en=f"fact {fact} of report {report} is in {shown} already; change the id, or load one of the two",
    )


def _decoded(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")  # some editors begin a file with a byte-order mark
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        charset = "UTF-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "GBK"
        raise FactsError.at(
            path,
            line,
            f"不是 UTF-8 编码；请另存为 UTF-8（如 iconv -f {charset} -t UTF-8）",
            f"not UTF-8; save the file as UTF-8 (for example with iconv -f {charset} -t UTF-8)",
        ) from None


def _parse_toml(text: str, path: str) -> dict[str, Any]:
    try:
        return tomli.loads(text, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        where, why = error.colno, error.msg
        raise FactsError.at(
            path, error.lineno, f"不是有效的 TOML（第 {where} 列）：{why}", f"not TOML (column {where}): {why}"
        ) from None
    except RecursionError as error:
        raise FactsError.at(path, None, f"不是有效的 TOML：{error}", f"not TOML: {error}") from None
    except ValueError:  # Python reads no whole number of thousands of digits
        digits = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else None
        raise FactsError.at(path, line, *out_of_range(Text("数字", "a number"))) from None


_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent beyond that of any decimal: out of range like other great numbers
        return Decimal(10) ** (quantity.MAGNITUDE + 1)


def _content(entry: FactFileEntry, readings: Mapping[int, Reading], path: str, text: str) -> FactFileContent:
    report = msgspec.convert(entry.report, Report, from_attributes=True)
    sections = _sections(entry.section)
    references = {s.id: SectionReference(s.id, s.title, s.title_en, s.path) for s in sections}
    related = relations.of_each((*entry.metric, *entry.milestone))
    publication = _publication(report)
    metrics = [
        Record(
            _metric(e, readings[number], report, references[e.section]),
            _details(e, related.get(e.id, ()), publication),
        )
        for number, e in enumerate(entry.metric)
    ]
    milestones = [
        Record(_milestone(e, report, references[e.section]), _details(e, related.get(e.id, ()), publication))
        for e in entry.milestone
    ]
    return FactFileContent(path, report, sections, (*metrics, *milestones), entry.exception, text)


def _sections(entries: Iterable[SectionEntry]) -> tuple[Section, ...]:
    paths: dict[str, tuple[str, ...]] = {}
    sections = []
    for entry in entries:
        paths[entry.id] = (*(paths[entry.parent] if entry.parent else ()), entry.title)
        title_en = entry.title_en or entry.short_en
        named = (entry.title, title_en, entry.short, entry.short_en)
        sections.append(Section(entry.id, entry.number, *named, paths[entry.id], entry.parent))
    return tuple(sections)


def _publication(report: Report) -> Publication | None:
    publication = Publication(report.place, report.place_en, report.published, report.url)
    return publication if any(msgspec.structs.astuple(publication)) else None


def _metric(entry: MetricEntry, reading: Reading, report: Report, section: SectionReference) -> Metric:
    change, share, rank = entry.change, entry.share, entry.rank
    normalized, measure = normalize.normalized(entry, reading), normalize.measure(entry, reading)
    return Metric(
        id=entry.id,
        kind="metric",
        name=entry.name,
        name_en=entry.name_en,
        value=entry.value,
        unit=entry.unit,
        qualifiers=entry.qualifiers,
        display=reading.display,
        display_en=english.figure(entry, reading.display, normalized, ordinal=measure == "rank"),
        change=None if change is None else Change(change.value, change.unit, change.basis),
        share=None if share is None else Share(share.value, share.unit, share.of, share.of_en),
        rank=None if rank is None else Rank(rank.value, rank.of, rank.of_en),
        normalized=normalized,
        measure=measure,
        period=entry.period or (entry.as_of or str(report.year))[:4],
        as_of=entry.as_of,
        scope=entry.scope or report.scope,
        scope_en=entry.scope_en if entry.scope else report.scope_en,
        section=section,
        source=_source(entry, report),
        note=entry.note,
    )


def _details(entry: FactEntry, related: tuple[Relation, ...], publication: Publication | None) -> Details:
    """What the fact file says of *entry* and its contract leaves out: fields of one name are taken over."""
    own = {name: getattr(entry, name) for name in Details.__struct_fields__ if hasattr(entry, name)}
    own |= {"series": entry.series if entry.series != entry.id else None, "relations": related}
    return Details(**own, evidence=tuple(_evidence(entry)), publication=publication)


def _evidence(entry: FactEntry) -> Iterator[Evidence]:
    of: Literal["change", "share", "rank"]
    for of in ("change", "share", "rank"):
        if part := getattr(entry, of, None):
            yield Evidence(of, part.excerpt)


def _milestone(entry: MilestoneEntry, report: Report, section: SectionReference) -> Milestone:
    return Milestone(
        id=entry.id,
        kind="milestone",
        name=entry.name,
        name_en=entry.name_en,
        category=entry.category,
        date=entry.date or str(report.year),
        planned=entry.planned,
        official_names=entry.official_names,
        section=section,
        source=_source(entry, report),
        note=entry.note,
    )


def _source(entry: FactEntry, report: Report) -> Source:
    return Source(
        report=report.title,
        report_en=report.title_en,
        publisher=report.publisher,
        publisher_en=report.publisher_en,
        year=report.year,
        paragraph=entry.paragraph,
        excerpt=entry.excerpt,
    )
