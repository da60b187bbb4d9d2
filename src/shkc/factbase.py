"""Fact files: TOML in, validated model out. The only user of tomli.

A file is read whole or not at all. A valid file is converted in one step; a file with an error is looked at again,
field by field, so that every problem is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import msgspec
import tomli
from msgspec import Meta

from shkc import quantity
from shkc.errors import FactsError, Problem
from shkc.language import Text
from shkc.model import (
    Category,
    Change,
    Details,
    Evidence,
    Fact,
    Metric,
    Milestone,
    Normalized,
    Qualifier,
    Rank,
    Report,
    Section,
    SectionReference,
    Share,
    Source,
)
from shkc.quantity import Bounds

LONGEST_EXCERPT = 30
"""Characters of the report that a fact may quote: enough to prove a figure, too few to copy a sentence."""

UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
"""Characters that could steer a terminal or reorder what it shows."""

Identifier = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case words joined by hyphens")]
Line = Annotated[str, Meta(min_length=1, pattern=r"\S")]
Excerpt = Annotated[str, Meta(min_length=1, max_length=LONGEST_EXCERPT, pattern=r"\S")]
Paragraph = Annotated[int, Meta(ge=1, description="1-based among the non-empty paragraphs of the text")]
Number = Annotated[Decimal, Meta(description="the number as printed")]
Basis = Annotated[
    str,
    Meta(
        pattern=r"^(yoy|\d{4}|other)$",
        description="against what: yoy the year before, 2020 the year named, other a span worded otherwise",
    ),
]
PartUnit = Annotated[str, Meta(pattern=r"^(%|‰|成|/[1-9]\d*)$", description="%, 成 (tenths) or /3 (thirds)")]
Period = Annotated[str, Meta(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$", description="2023, or a day: 2023-12-31")]


class ReportEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[report]` of a fact file."""

    id: Identifier
    title: Line
    title_en: Line
    publisher: Line
    publisher_en: Line
    year: Annotated[int, Meta(ge=1000, le=9999)]
    scope: Line
    scope_en: Line


class SectionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[section]]`."""

    id: Identifier
    number: Annotated[str, Meta(pattern=r"^\d+(\.\d+)*$")]
    title: Line
    short: Line
    short_en: Line
    parent: Identifier | None = None


class ChangeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`change` of a metric."""

    value: Number
    unit: Annotated[Line, Meta(description="%, 个百分点, 成, 倍, 番, or the unit of the figure itself: 件")]
    basis: Basis
    excerpt: Excerpt


class ShareEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`share` of a metric."""

    value: Number
    unit: PartUnit
    of: Line
    excerpt: Excerpt


class RankEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rank` of a metric."""

    value: Annotated[int, Meta(ge=1)]
    of: Line
    excerpt: Excerpt


class FactEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `[[metric]]` and `[[milestone]]` have in common."""

    id: Identifier
    name: Line
    name_en: Line
    aliases: tuple[Line, ...] = ()
    section: Identifier
    paragraph: Paragraph
    excerpt: Excerpt
    related: tuple[Identifier, ...] = ()
    note: Line | None = None


class MetricEntry(FactEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[[metric]]`."""

    value: Number
    unit: Line
    upper: Annotated[Decimal, Meta(description="the other end of a range, 3-5家")] | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    change: ChangeEntry | None = None
    share: ShareEntry | None = None
    rank: RankEntry | None = None
    period: Period | None = None
    scope: Line | None = None
    part_of: tuple[Identifier, ...] = ()
    per: tuple[Identifier, ...] = ()


class MilestoneEntry(FactEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[[milestone]]`."""

    category: Category
    date: Period | None = None
    official_names: tuple[Line, ...] = ()
    who: tuple[Line, ...] = ()
    where: tuple[Line, ...] = ()


class ExceptionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[exception]]`: words of the text whose numeral is no figure."""

    text: Line
    paragraphs: Annotated[tuple[Paragraph, ...], Meta(min_length=1)]
    reason: Line


class FactFileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole fact file. `shkc schema --facts` prints its JSON Schema."""

    format: Literal[1]
    report: ReportEntry
    section: Annotated[tuple[SectionEntry, ...], Meta(min_length=1)]
    metric: tuple[MetricEntry, ...] = ()
    milestone: tuple[MilestoneEntry, ...] = ()
    exception: tuple[ExceptionEntry, ...] = ()


class Record(NamedTuple):
    """A fact with what its contract leaves out."""

    fact: Fact
    details: Details


class FactFileContent(NamedTuple):
    """The validated content of one fact file."""

    path: str
    report: Report
    sections: tuple[Section, ...]
    records: tuple[Record, ...]
    exceptions: tuple[ExceptionEntry, ...]


def load(path: str) -> FactFileContent:
    """Read and validate the fact file at *path*. Raises `FactsError` with every problem of the file."""
    return parse(_read_text(path), path)


def parse(text: str, path: str) -> FactFileContent:
    """Validate *text*, the content of a fact file; *path* is named in problems. Raises `FactsError`."""
    document = _parse_toml(text, path)
    try:
        entry = msgspec.convert(document, FactFileEntry)
    except msgspec.ValidationError:
        raise FactsError(_Inspection(path, text).problems_of(document)) from None
    problems = list(_Inspection(path, text).problems_between(document, entry))
    if problems:
        raise FactsError(sorted(problems, key=lambda problem: problem.line or 0))
    return _content(entry, path)


def load_all(files: Iterable[str]) -> list[FactFileContent]:
    """Read and validate *files*. Raises `FactsError` with every problem of every file, repeated facts included."""
    contents: list[FactFileContent] = []
    problems: list[Problem] = []
    identities = Identities()
    for path in files:
        try:
            content = load(path)
        except FactsError as error:
            problems += error.problems
            continue
        problems += identities.repeated_by(content)
        contents.append(content)
    if problems:
        raise FactsError(problems)
    return contents


class Identities:
    """The facts seen so far: a fact's identity is its report and its id together."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, str], str] = {}

    def repeated_by(self, content: FactFileContent) -> list[Problem]:
        """A problem for each fact of *content* that an earlier file holds already."""
        report = content.report.id
        firsts = [(r.fact.id, self._files.setdefault((report, r.fact.id), content.path)) for r in content.records]
        return [repeated(content.path, report, fact, first) for fact, first in firsts if first != content.path]


def repeated(path: str, report: str, fact: str, first: str) -> Problem:
    """The problem that *path* repeats *fact* of *report*, which the file *first* holds already."""
    return Problem(
        path,
        None,
        Text(
            zh=f"报告 {report} 的事实 {fact} 已在 {first} 中；请改 id，或只加载其中一个文件",
            en=f"fact {fact} of report {report} is in {first} already; change the id, or load one of the two",
        ),
    )


def _read_text(path: str) -> str:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        reason = error.strerror
        raise FactsError(
            [Problem(path, None, Text(zh=f"无法读取：{reason}", en=f"cannot be read: {reason}"))]
        ) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FactsError(
            [
                Problem(
                    path,
                    line,
                    Text(
                        zh="不是 UTF-8 编码；请另存为 UTF-8（如 iconv -f GBK -t UTF-8）",
                        en="not UTF-8; save the file as UTF-8 (for example with iconv -f GBK -t UTF-8)",
                    ),
                )
            ]
        ) from None


def _parse_toml(text: str, path: str) -> dict[str, Any]:
    try:
        return tomli.loads(text, parse_float=Decimal)
    except tomli.TOMLDecodeError as error:
        where = Text(zh=f"第 {error.colno} 列", en=f"column {error.colno}")
        raise FactsError(
            [
                Problem(
                    path,
                    error.lineno,
                    Text(zh=f"不是有效的 TOML（{where.zh}）：{error.msg}", en=f"not TOML ({where.en}): {error.msg}"),
                )
            ]
        ) from None
    except (RecursionError, ValueError) as error:
        reason = Text(zh=f"不是有效的 TOML：{error}", en=f"not TOML: {error}")
        raise FactsError([Problem(path, None, reason)]) from None


# ── From entries to the model ───────────────────────────────────────────────────────────────────────


def _content(entry: FactFileEntry, path: str) -> FactFileContent:
    report = msgspec.convert(entry.report, Report, from_attributes=True)
    sections = _sections(entry.section)
    references = {s.id: SectionReference(s.id, s.title, s.path) for s in sections}
    metrics = (Record(_metric(e, report, references[e.section]), _metric_details(e)) for e in entry.metric)
    milestones = (
        Record(_milestone(e, report, references[e.section]), Details(aliases=e.aliases, related=e.related))
        for e in entry.milestone
    )
    return FactFileContent(path, report, sections, (*metrics, *milestones), entry.exception)


def _sections(entries: Iterable[SectionEntry]) -> tuple[Section, ...]:
    paths: dict[str, tuple[str, ...]] = {}
    sections = []
    for entry in entries:
        paths[entry.id] = (*(paths[entry.parent] if entry.parent else ()), entry.title)
        sections.append(
            Section(entry.id, entry.number, entry.title, entry.short, entry.short_en, paths[entry.id], entry.parent)
        )
    return tuple(sections)


def _metric(entry: MetricEntry, report: Report, section: SectionReference) -> Metric:
    reading = quantity.read(entry.excerpt, entry.value, entry.unit, upper=entry.upper)
    assert reading is not None, "validated before"
    mean = quantity.is_mean(entry.excerpt)
    interval = quantity.bounds(entry.value, entry.unit, reading, mean=mean)
    if entry.upper is not None:
        interval = Bounds(interval.low, quantity.bounds(entry.upper, entry.unit, reading, mean=mean).high)
    power, base = quantity.split_unit(entry.unit)
    change, share, rank = entry.change, entry.share, entry.rank
    return Metric(
        id=entry.id,
        kind="metric",
        name=entry.name,
        name_en=entry.name_en,
        value=entry.value,
        unit=entry.unit,
        qualifiers=entry.qualifiers,
        display=reading.display,
        change=None if change is None else Change(change.value, change.unit, change.basis),
        share=None if share is None else Share(share.value, share.unit, share.of),
        rank=None if rank is None else Rank(rank.value, rank.of),
        normalized=Normalized(
            quantity.scaled(entry.value, power),
            base,
            None if interval.low is None else quantity.scaled(interval.low, power),
            None if interval.high is None else quantity.scaled(interval.high, power),
        ),
        period=entry.period or str(report.year),
        scope=entry.scope or report.scope,
        section=section,
        source=Source(report.title, report.year, entry.paragraph, entry.excerpt),
        note=entry.note,
    )


def _metric_details(entry: MetricEntry) -> Details:
    evidence = (
        Evidence("change", entry.change.excerpt) if entry.change else None,
        Evidence("share", entry.share.excerpt) if entry.share else None,
        Evidence("rank", entry.rank.excerpt) if entry.rank else None,
    )
    return Details(entry.aliases, entry.part_of, entry.per, entry.related, tuple(filter(None, evidence)))


def _milestone(entry: MilestoneEntry, report: Report, section: SectionReference) -> Milestone:
    return Milestone(
        id=entry.id,
        kind="milestone",
        name=entry.name,
        name_en=entry.name_en,
        category=entry.category,
        date=entry.date or str(report.year),
        official_names=entry.official_names,
        who=entry.who,
        where=entry.where,
        section=section,
        source=Source(report.title, report.year, entry.paragraph, entry.excerpt),
        note=entry.note,
    )


# ── What can be wrong ───────────────────────────────────────────────────────────────────────────────

Entry = TypeVar("Entry", bound=msgspec.Struct)

_TABLES: dict[str, type[msgspec.Struct]] = {
    "section": SectionEntry,
    "metric": MetricEntry,
    "milestone": MilestoneEntry,
    "exception": ExceptionEntry,
}
_PARTS: dict[str, type[msgspec.Struct]] = {"change": ChangeEntry, "share": ShareEntry, "rank": RankEntry}

_KINDS = {str: Text("字符串", "a string"), int: Text("整数", "a whole number"), bool: Text("布尔值", "true or false"),
          Decimal: Text("数字", "a number"), list: Text("数组", "an array"), dict: Text("表", "a table")}  # fmt: skip


class _Inspection:
    """Finds what is wrong with one file and in which line."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._lines: Mapping[tuple[str, int, str], int] | None = None

    def problem(self, place: tuple[str, int, str], message: Text) -> Problem:
        """A problem at *place*: table, which one of that name (from 0), key."""
        if self._lines is None:
            self._lines = key_lines(self.text)
        table, number, _ = place
        lines = self._lines
        line = (
            lines.get(place)
            or lines.get((table, number, ""))
            or lines.get(("", 0, table))
            or lines.get((table, 0, ""))
            or 1
        )
        return Problem(self.path, line, message)

    def problems_of(self, document: dict[str, Any]) -> list[Problem]:
        """Every problem of shape: unknown and missing keys, wrong types, values out of their form."""
        found = list(self._shape(document, FactFileEntry, ("", 0, ""), skip={*_TABLES, "report"}))
        report = document.get("report")
        if isinstance(report, dict):
            found += self._shape(report, ReportEntry, ("report", 0, ""))
        elif report is not None:
            found.append(self._wrong_type(("", 0, "report"), report, dict))
        for table, form in _TABLES.items():
            entries = document.get(table, [])
            if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
                found.append(
                    self.problem(
                        (table, 0, ""),
                        Text(zh=f"{table} 须写作 [[{table}]]", en=f"write each {table} under [[{table}]]"),
                    )
                )
                continue
            for number, entry in enumerate(entries):
                found += self._shape(entry, form, (table, number, ""))
        return sorted(found, key=lambda problem: problem.line or 0)

    def _shape(
        self,
        entry: dict[str, Any],
        form: type[msgspec.Struct],
        place: tuple[str, int, str],
        skip: Iterable[str] = (),
    ) -> Iterator[Problem]:
        table, number, part = place
        fields = {field.name: field for field in msgspec.structs.fields(form)}
        for key in entry:
            if key not in fields:
                yield self.problem((table, number, part or key), _unknown_key(key, fields))
        for name, field in fields.items():
            here = (table, number, part or name)
            if name not in entry:
                if field.required:
                    yield self.problem(here, Text(zh=f"缺少字段 {name}", en=f"the field {name} is missing"))
            elif name in _PARTS and isinstance(entry[name], dict):
                yield from self._shape(entry[name], _PARTS[name], (table, number, name))
            elif name not in skip:
                message = _value_message(name, entry[name], field.type)
                if message:
                    yield self.problem(here, message)

    def _wrong_type(self, place: tuple[str, int, str], value: object, wanted: type) -> Problem:
        return self.problem(place, _type_message(place[2], value, _KINDS[wanted]))

    def problems_between(self, document: dict[str, Any], entry: FactFileEntry) -> Iterator[Problem]:
        """Every problem that a well-formed file can still have."""
        yield from self._unsafe_text(document)
        yield from self._number_types(document)
        yield from self._sections(entry)
        facts = [("metric", n, e) for n, e in enumerate(entry.metric)]
        ids: dict[str, int] = {}
        for table, number, fact in [*facts, *(("milestone", n, e) for n, e in enumerate(entry.milestone))]:
            if fact.id in ids:
                yield self.problem(
                    (table, number, "id"),
                    Text(
                        zh=f"id 重复：{fact.id}；每个事实须有自己的 id",
                        en=f"duplicate id {fact.id}; give each fact an id of its own",
                    ),
                )
            ids[fact.id] = number
        for _, number, metric in facts:
            yield from self._figures(number, metric)
        yield from self._references(entry, ids)

    def _unsafe_text(self, document: dict[str, Any]) -> Iterator[Problem]:
        for place, text in _strings(document):
            match = UNSAFE.search(text)
            if match:
                code = f"U+{ord(match[0]):04X}"
                yield self.problem(
                    place,
                    Text(
                        zh=f"{place[2]} 含控制字符 {code}；请删去",
                        en=f"{place[2]} holds the control character {code}; remove it",
                    ),
                )

    def _number_types(self, document: dict[str, Any]) -> Iterator[Problem]:
        for number, metric in enumerate(document.get("metric", ())):
            for key, part in (("value", metric), *((name, metric[name]) for name in _PARTS if name in metric)):
                message = _number_message(part["value"])
                if message:
                    yield self.problem(("metric", number, key), message)

    def _sections(self, entry: FactFileEntry) -> Iterator[Problem]:
        known: set[str] = set()
        for number, section in enumerate(entry.section):
            if section.id in known:
                yield self.problem(
                    ("section", number, "id"),
                    Text(zh=f"栏目 id 重复：{section.id}", en=f"duplicate section id {section.id}"),
                )
            if section.parent is not None and section.parent not in known:
                yield self.problem(("section", number, "parent"), _unknown_section(section.parent, known))
            known.add(section.id)
        for table, facts in (("metric", entry.metric), ("milestone", entry.milestone)):
            for number, fact in enumerate(facts):
                if fact.section not in known:
                    yield self.problem((table, number, "section"), _unknown_section(fact.section, known))

    def _figures(self, number: int, metric: MetricEntry) -> Iterator[Problem]:
        if metric.upper is not None and metric.upper <= metric.value:
            message = Text("upper 须大于 value；它是范围的上端", "upper must exceed value: it ends the range")
            yield self.problem(("metric", number, "upper"), message)
            return
        reading = quantity.read(metric.excerpt, metric.value, metric.unit, upper=metric.upper)
        if reading is None:
            yield self.problem(("metric", number, "value"), _not_in_excerpt(metric.value, metric.unit, metric.excerpt))
        elif not _agree(metric.qualifiers, reading.qualifiers):
            yield self.problem(("metric", number, "qualifiers"), _other_qualifiers(reading.qualifiers))
        for key, part, unit in (
            ("change", metric.change, metric.change and metric.change.unit),
            ("share", metric.share, metric.share and metric.share.unit),
            ("rank", metric.rank, "位"),
        ):
            if part is not None and quantity.read(part.excerpt, Decimal(part.value), unit or "") is None:
                yield self.problem(
                    ("metric", number, key), _not_in_excerpt(Decimal(part.value), unit or "", part.excerpt)
                )

    def _references(self, entry: FactFileEntry, ids: Mapping[str, int]) -> Iterator[Problem]:
        metrics = {metric.id for metric in entry.metric}
        for table, facts in (("metric", entry.metric), ("milestone", entry.milestone)):
            for number, fact in enumerate(facts):
                for key, known in (("related", ids), ("part_of", metrics), ("per", metrics)):
                    for target in getattr(fact, key, ()):
                        if target not in known or target == fact.id:
                            yield self.problem((table, number, key), _unknown_fact(key, target, known))


def key_lines(text: str) -> dict[tuple[str, int, str], int]:
    """The line of each key of a TOML *text*: (table, which one of that name from 0, key) → line from 1.

    The key "" is the table's header. Multi-line strings and arrays are passed over.
    """
    lines: dict[tuple[str, int, str], int] = {("", 0, ""): 1}
    counts: dict[str, int] = {}
    table, number, closing = "", 0, ""
    for line_number, line in enumerate(text.split("\n"), 1):
        if closing:
            if closing in line:
                closing = ""
            continue
        header = re.match(r"\s*(\[{1,2})\s*([\w.\"-]+)\s*\]", line)
        key = re.match(r"\s*\"?([\w-]+)\"?\s*[=.]\s*(.*)", line)
        if header:
            table = header[2]
            number = counts.get(table, 0)
            counts[table] = number + 1
            lines[table, number, ""] = line_number
        elif key:
            lines.setdefault((table, number, key[1]), line_number)
            closing = next((q for q in ('"""', "'''") if key[2].count(q) == 1), "")
    return lines


def _strings(document: dict[str, Any]) -> Iterator[tuple[tuple[str, int, str], str]]:
    for table, content in document.items():
        entries = content if isinstance(content, list) else [content] if isinstance(content, dict) else []
        for number, entry in enumerate(entries):
            for key, value in entry.items():
                if isinstance(value, str):
                    yield (table, number, key), value
                elif isinstance(value, (list, dict)):
                    inner = value if isinstance(value, list) else value.values()
                    yield from (((table, number, key), text) for text in inner if isinstance(text, str))


# ── How problems are worded ─────────────────────────────────────────────────────────────────────────


def _nearest(word: str, known: Iterable[str]) -> Text:
    nearest = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return Text(zh=f"；是否为 {nearest[0]}？", en=f"; did you mean {nearest[0]}?") if nearest else Text("", "")


def _unknown_key(key: str, known: Iterable[str]) -> Text:
    hint = _nearest(key, known)
    return Text(zh=f"未知字段 {key}{hint.zh}", en=f"unknown key {key}{hint.en}")


def _unknown_section(section: str, known: Iterable[str]) -> Text:
    hint = _nearest(section, known)
    return Text(
        zh=f"未知栏目 {section}{hint.zh or '；须是前面某个 [[section]] 的 id'}",
        en=f"unknown section {section}{hint.en or '; it must be the id of a [[section]] above'}",
    )


def _unknown_fact(key: str, target: str, known: Iterable[str]) -> Text:
    hint = _nearest(target, known)
    return Text(
        zh=f"{key} 所指的 {target} 不是本文件中的其他事实{hint.zh}",
        en=f"{key} names {target}, which is no other fact of this file{hint.en}",
    )


def _agree(entered: Iterable[str], read: Iterable[str]) -> bool:
    """Whether the hedges are those of the excerpt; one that reaches on from an earlier clause may be added."""
    return set(read) <= set(entered) and set(entered) - set(read) <= quantity.REACHING


def _not_in_excerpt(value: Decimal, unit: str, excerpt: str) -> Text:
    return Text(
        zh=f"摘录“{excerpt}”中没有 {value}{unit}；请核对数值、单位和摘录",
        en=f"the excerpt “{excerpt}” does not contain {value}{unit}; compare value, unit and excerpt",
    )


def _other_qualifiers(qualifiers: Iterable[str]) -> Text:
    words = ", ".join(f'"{name}"' for name in qualifiers)
    return Text(
        zh=f"限定词与摘录不符；按摘录应为 qualifiers = [{words}]",
        en=f"the qualifiers disagree with the excerpt, which says qualifiers = [{words}]",
    )


def _type_message(name: str, value: object, wanted: Text) -> Text:
    kind = _KINDS.get(type(value), Text("其他类型", "something else"))
    return Text(zh=f"{name} 应为{wanted.zh}，这里是{kind.zh}", en=f"{name} must be {wanted.en}, not {kind.en}")


def _number_message(value: object) -> Text | None:
    """What is wrong with a number of a figure; None when it is sound."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return _type_message("value", value, _KINDS[Decimal])
    number = Decimal(value)
    if not number.is_finite():
        return Text(
            zh=f"value 不能是 {value}；须是有限的数字", en=f"value cannot be {value}; it must be a finite number"
        )
    if number and abs(number.adjusted()) > quantity.MAGNITUDE:
        return Text(zh="value 超出范围（10^-30 到 10^30）", en="value is out of range (10^-30 to 10^30)")
    return None


def _value_message(name: str, value: object, form: Any) -> Text | None:
    """What is wrong with *value* of the field *name*; None when it fits *form*."""
    if name == "value" and (message := _number_message(value)):
        return message
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError as error:
        reason = str(error)
        if isinstance(value, str) and name == "excerpt" and len(value) > LONGEST_EXCERPT:
            return Text(
                zh=f"excerpt 有 {len(value)} 个字符，最多 {LONGEST_EXCERPT} 个；请缩短",
                en=f"excerpt has {len(value)} characters, at most {LONGEST_EXCERPT}; shorten it",
            )
        return Text(zh=f"{name} 不合格式：{reason}", en=f"{name}: {reason}")
    return None
