"""Fact files: TOML in, validated model out. The only user of tomli.

A file is read whole or not at all. A valid file is converted in one step; a file with an error is looked at again,
field by field, so that every problem is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
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
from shkc.quantity import Bounds, Reading

LONGEST_EXCERPT = 30
"""Characters of the report that a fact may quote: enough to prove a figure, too few to copy a sentence."""

LAST_PARAGRAPH = 1_000_000
"""More paragraphs than any report has: a greater number is a slip of the keyboard."""

LAST_RANK = 1_000_000
"""As with paragraphs."""

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
"""Characters that could steer a terminal, reorder what it shows, or not be seen: controls and formats of Unicode."""

Identifier = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case words joined by hyphens")]
Line = Annotated[str, Meta(min_length=1, pattern=r"\S")]
Excerpt = Annotated[str, Meta(min_length=1, max_length=LONGEST_EXCERPT, pattern=r"\S")]
Paragraph = Annotated[
    int, Meta(ge=1, le=LAST_PARAGRAPH, description="1-based among the non-empty paragraphs of the text")
]
Number = Annotated[Decimal, Meta(description="the number as printed")]
Basis = Annotated[
    str,
    Meta(
        pattern=r"^(yoy|[0-9]{4}|other)$",
        description="against what: yoy the year before, 2020 the year named, other a span worded otherwise",
    ),
]
PartUnit = Annotated[str, Meta(pattern=r"^(%|‰|成|/[1-9][0-9]*)$", description="%, 成 (tenths) or /3 (thirds)")]
Period = Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="2023, or a day: 2023-12-31")]


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
    number: Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Line
    short: Line
    short_en: Line
    parent: Identifier | None = None


class ChangeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`change` of a metric."""

    value: Number
    unit: Annotated[
        str, Meta(pattern=r"^$|\S", description="%, 个百分点, 个基点, 成, 倍, 番, or that of the figure: 件")
    ]
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

    value: Annotated[int, Meta(ge=1, le=LAST_RANK)]
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
    unit: Annotated[
        str, Meta(pattern=r"^$|\S", description="as printed, its scale included; empty for an index or a score")
    ]
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
    """The validated content of one fact file; *text* is the file itself."""

    path: str
    report: Report
    sections: tuple[Section, ...]
    records: tuple[Record, ...]
    exceptions: tuple[ExceptionEntry, ...]
    text: str


def load(path: str) -> FactFileContent:
    """Read and validate the fact file at *path*. Raises `FactsError` with every problem of the file."""
    return parse(_read_text(path), path)


def parse(text: str, path: str) -> FactFileContent:
    """Validate *text*, the content of a fact file; *path* is named in problems. Raises `FactsError`."""
    document = _parse_toml(text, path)
    entry = _well_formed(document)
    inspection = _Inspection(path, text)
    problems = inspection.problems(document, entry)
    if problems:
        raise FactsError(problems)
    assert entry is not None, "what is wrong with its form is a problem"
    return _content(entry, inspection.readings, path, text)


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
        return [repeated(content, fact, first) for fact, first in firsts if first != content.path]


def repeated(content: FactFileContent, fact: str, first: str) -> Problem:
    """The problem that the file *first* holds *fact* of *content* already."""
    first = Problem(first, None, Text("", "")).shown
    report = content.report.id
    facts = [record.fact for record in content.records]
    kind = next(other.kind for other in facts if other.id == fact)
    number = [other.id for other in facts if other.kind == kind].index(fact)
    return _Inspection(content.path, content.text).problem(
        (kind, number, "id"),
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
        return data.decode("utf-8-sig")  # some editors begin a file with a byte-order mark
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
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
        return tomli.loads(text, parse_float=_decimal)
    except tomli.TOMLDecodeError as error:
        where = Text(zh=f"第 {error.colno} 列", en=f"column {error.colno}")
        message = Text(zh=f"不是有效的 TOML（{where.zh}）：{error.msg}", en=f"not TOML ({where.en}): {error.msg}")
        raise FactsError([Problem(path, error.lineno, message)]) from None
    except RecursionError as error:
        raise FactsError([Problem(path, None, Text(zh=f"不是有效的 TOML：{error}", en=f"not TOML: {error}"))]) from None
    except ValueError:  # Python reads no whole number of thousands of digits
        digits = _LONG_NUMBER.search(text)
        line = text.count("\n", 0, digits.start()) + 1 if digits else None
        raise FactsError([Problem(path, line, _out_of_range(Text("数字", "a number")))]) from None


_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")


def _decimal(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation:  # an exponent beyond that of any decimal: out of range like other great numbers
        return Decimal(10) ** (quantity.MAGNITUDE + 1)


# ── From entries to the model ───────────────────────────────────────────────────────────────────────


def _content(entry: FactFileEntry, readings: Mapping[int, Reading], path: str, text: str) -> FactFileContent:
    report = msgspec.convert(entry.report, Report, from_attributes=True)
    sections = _sections(entry.section)
    references = {s.id: SectionReference(s.id, s.title, s.path) for s in sections}
    metrics = (
        Record(_metric(e, readings[number], report, references[e.section]), _metric_details(e))
        for number, e in enumerate(entry.metric)
    )
    milestones = (
        Record(_milestone(e, report, references[e.section]), Details(aliases=e.aliases, related=e.related))
        for e in entry.milestone
    )
    return FactFileContent(path, report, sections, (*metrics, *milestones), entry.exception, text)


def _sections(entries: Iterable[SectionEntry]) -> tuple[Section, ...]:
    paths: dict[str, tuple[str, ...]] = {}
    sections = []
    for entry in entries:
        paths[entry.id] = (*(paths[entry.parent] if entry.parent else ()), entry.title)
        sections.append(
            Section(entry.id, entry.number, entry.title, entry.short, entry.short_en, paths[entry.id], entry.parent)
        )
    return tuple(sections)


def _metric(entry: MetricEntry, reading: Reading, report: Report, section: SectionReference) -> Metric:
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
_NUMBERS = ("value", "upper")

_KINDS = {str: Text("字符串", "a string"), int: Text("整数", "a whole number"), bool: Text("布尔值", "true or false"),
          Decimal: Text("数字", "a number"), list: Text("数组", "an array"), dict: Text("表", "a table")}  # fmt: skip


Place = tuple[str, int, str]
"""Where something stands in a file: table, which one of that name (from 0), key; "" as key is the table itself."""

Numbered = Sequence[tuple[int, Entry]]
"""Entries of a table with their numbers."""


class _Inspection:
    """Finds what is wrong with one file and in which line."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.readings: dict[int, Reading] = {}
        """How the excerpt of each metric, by its number, has its figure: found once, for checking and for keeping."""
        self._lines: Mapping[Place, int] | None = None

    def problem(self, place: Place, message: Text) -> Problem:
        """A problem at *place*, or at what surrounds it when the file does not have it."""
        if self._lines is None:
            self._lines = key_lines(self.text)
        table, number, key = place
        places = (place, (key, 0, "") if not table else (table, number, ""), ("", 0, table), (table, 0, ""))
        line = next((self._lines[p] for p in places if p in self._lines), 1)
        return Problem(self.path, line, message)

    def problems(self, document: dict[str, Any], entry: FactFileEntry | None) -> list[Problem]:
        """Every problem of *document* by line: of form, and of sense in the entries whose form is sound.

        *entry* is the whole document converted, None when its form is not sound throughout.
        """
        sections: Numbered[SectionEntry]
        metrics: Numbered[MetricEntry]
        milestones: Numbered[MilestoneEntry]
        if entry is None:
            sections = _sound(document, "section", SectionEntry)
            metrics = _sound(document, "metric", MetricEntry)
            milestones = _sound(document, "milestone", MilestoneEntry)
        else:
            sections, metrics, milestones = (
                list(enumerate(entry.section)), list(enumerate(entry.metric)), list(enumerate(entry.milestone))
            )  # fmt: skip
        facts: list[tuple[str, int, FactEntry]] = [
            *(("metric", number, metric) for number, metric in metrics),
            *(("milestone", number, milestone) for number, milestone in milestones),
        ]
        found = [
            *(self._form(document) if entry is None else ()),
            *self._unsafe_text(document),
            *self._repeated_ids(document),
            *(problem for number, metric in metrics for problem in self._figures(number, metric)),
            *(problem for table, number, fact in facts for problem in self._dates(table, number, fact)),
        ]
        if document.keys() <= {*_TABLES, "format", "report"}:  # what a misspelt table holds is not missing
            found += self._section_references(document, sections, facts)
            found += self._references(document, facts)
        return sorted(found, key=lambda problem: problem.line or 0)

    def _form(self, document: dict[str, Any]) -> Iterator[Problem]:
        """Unknown and missing keys, wrong types, values out of their form."""
        if document and not document.keys() & {*_TABLES, "format", "report"}:
            yield self.problem(
                ("", 0, ""),
                Text(
                    zh="这不是事实文件：没有 format、[report] 和事实；请移出文件夹，或用 --facts 逐个指定文件",
                    en="no fact file: no format, [report] or facts; move it elsewhere, or name the files with --facts",
                ),
            )
            return
        tables = {key for key, value in document.items() if key in (*_TABLES, "report") and value != []}
        yield from self._shape(document, FactFileEntry, ("", 0, ""), skip=tables)
        report = document.get("report")
        if isinstance(report, dict):
            yield from self._shape(report, ReportEntry, ("report", 0, ""))
        elif report is not None and report != []:
            yield self.problem(("", 0, "report"), _type_message("report", report, _KINDS[dict]))
        for table, form in _TABLES.items():
            entries = _entries(document, table)
            if entries is None:
                message = Text(zh=f"{table} 须写作 [[{table}]]", en=f"write each {table} under [[{table}]]")
                yield self.problem((table, 0, ""), message)
            for number, entry in enumerate(entries or ()):
                if _converted(entry, form) is None:
                    yield from self._shape(entry, form, (table, number, ""))

    def _shape(
        self,
        entry: dict[str, Any],
        form: type[msgspec.Struct],
        place: Place,
        skip: Collection[str] = (),
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

    def _unsafe_text(self, document: dict[str, Any]) -> Iterator[Problem]:
        if _is_plainly_safe(self.text):
            return
        for place, text in _strings(document):
            match = UNSAFE.search(text)
            if match:
                code = f"U+{ord(match[0]):04X}"
                message = Text(
                    zh=f"{place[2]} 含控制字符 {code}；请删去",
                    en=f"{place[2]} holds the control character {code}; remove it",
                )
                yield self.problem(place, message)

    def _repeated_ids(self, document: dict[str, Any]) -> Iterator[Problem]:
        for place, name in _repetitions(document, ("section",)):
            yield self.problem(place, Text(zh=f"栏目 id 重复：{name}", en=f"duplicate section id {name}"))
        for place, name in _repetitions(document, ("metric", "milestone")):
            message = Text(
                zh=f"id 重复：{name}；每个事实须有自己的 id",
                en=f"duplicate id {name}; give each fact an id of its own",
            )
            yield self.problem(place, message)

    def _section_references(
        self,
        document: dict[str, Any],
        sections: Numbered[SectionEntry],
        facts: Iterable[tuple[str, int, FactEntry]],
    ) -> Iterator[Problem]:
        order = _ids(document, "section")
        for number, section in sections:
            above = [name for other, name in order if other < number]
            if section.parent is not None and section.parent not in above:
                yield self.problem(("section", number, "parent"), _unknown_section(section.parent, above))
        known = [name for _, name in order]
        for table, number, fact in facts:
            if known and fact.section not in known:
                yield self.problem((table, number, "section"), _unknown_section(fact.section, known))

    def _dates(self, table: str, number: int, fact: FactEntry) -> Iterator[Problem]:
        for key in ("period", "date"):
            value = getattr(fact, key, None)
            if value is not None and not _exists(value):
                message = Text(zh=f"{key} 没有 {value} 这一天", en=f"{key}: there is no {value}")
                yield self.problem((table, number, key), message)

    def _figures(self, number: int, metric: MetricEntry) -> Iterator[Problem]:
        if metric.upper is not None and metric.upper <= metric.value:
            message = Text("upper 须大于 value；它是范围的上端", "upper must exceed value: it ends the range")
            yield self.problem(("metric", number, "upper"), message)
            return
        reading = quantity.read(metric.excerpt, metric.value, metric.unit, upper=metric.upper)
        if reading is not None:
            self.readings[number] = reading
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
            elif key == "change" and metric.change is not None:
                growth = _change_message(metric.change, metric.unit)
                if growth:
                    yield self.problem(("metric", number, key), growth)

    def _references(self, document: dict[str, Any], facts: Iterable[tuple[str, int, FactEntry]]) -> Iterator[Problem]:
        metrics = {name for _, name in _ids(document, "metric")}
        all_facts = {*metrics, *(name for _, name in _ids(document, "milestone"))}
        for table, number, fact in facts:
            for key, known in (("related", all_facts), ("part_of", metrics), ("per", metrics)):
                for target in getattr(fact, key, ()):
                    if target not in known or target == fact.id:
                        yield self.problem((table, number, key), _unknown_fact(key, target, known))


_TEXT = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*\[{1,2}\s*([\w-]+)(?:\s*\.\s*([\w-]+))?\s*\]")
_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]")


def key_lines(text: str) -> dict[Place, int]:
    """The line of each key of a TOML *text*: place → line from 1. Multi-line strings and arrays are passed over."""
    lines: dict[Place, int] = {("", 0, ""): 1}
    counts: dict[str, int] = {}
    table, number, depth = "", 0, 0
    # Without what looks like TOML inside strings and comments, only a line at depth 0 can begin with a header or key.
    bare = _TEXT.sub(lambda match: re.sub(r"[\[\]{}=.]", " ", match[0]), text)
    for line_number, line in enumerate(bare.split("\n"), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if depth == 0 and header and header[2]:  # [metric.change] belongs to the [[metric]] above it
            table, number = header[1], max(0, counts.get(header[1], 0) - 1)
            lines.setdefault((table, number, header[2]), line_number)
            table = f"{table}.{header[2]}"
        elif depth == 0 and header:
            table = header[1]
            number = counts.get(table, 0)
            counts[table] = number + 1
            lines[table, number, ""] = line_number
        elif depth == 0 and key:
            lines.setdefault((table, number, key[1]), line_number)
        depth = max(0, depth + len(re.findall(r"[\[{]", line)) - len(re.findall(r"[\]}]", line)))
    return lines


# ── Looking into a document of any shape ────────────────────────────────────────────────────────────


def _entries(document: dict[str, Any], table: str) -> list[dict[str, Any]] | None:
    """The entries of *table*, none when it is absent; None when it is no array of tables."""
    entries = document.get(table, [])
    return entries if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries) else None


def _ids(document: dict[str, Any], table: str) -> list[tuple[int, str]]:
    """The ids in *table*, those of malformed entries included, with the numbers of their entries."""
    entries = enumerate(_entries(document, table) or ())
    return [(number, entry["id"]) for number, entry in entries if isinstance(entry.get("id"), str)]


def _repetitions(document: dict[str, Any], tables: Iterable[str]) -> Iterator[tuple[Place, str]]:
    """The place of each id in *tables* that an entry above has already, and the id."""
    seen: set[str] = set()
    for table in tables:
        for number, name in _ids(document, table):
            if name in seen:
                yield (table, number, "id"), name
            seen.add(name)


def _sound(document: dict[str, Any], table: str, form: type[Entry]) -> list[tuple[int, Entry]]:
    """The entries of *table* that are well formed, with their numbers."""
    converted = ((number, _converted(entry, form)) for number, entry in enumerate(_entries(document, table) or ()))
    return [(number, entry) for number, entry in converted if entry is not None]


def _converted(entry: dict[str, Any], form: type[Entry]) -> Entry | None:
    try:
        converted = msgspec.convert(entry, form)
    except msgspec.ValidationError:
        return None
    return converted if _has_sound_numbers(entry) else None


def _has_sound_numbers(entry: dict[str, Any]) -> bool:
    """Whether the numbers of a converted *entry* are numbers: msgspec takes "12" and NaN for decimals."""
    parts = (entry, *(entry[name] for name in _PARTS if name in entry))
    return all(_number_message(name, part[name]) is None for part in parts for name in _NUMBERS if name in part)


def _well_formed(document: dict[str, Any]) -> FactFileEntry | None:
    """*document* converted in one step; None when its form is wrong somewhere."""
    try:
        entry = msgspec.convert(document, FactFileEntry)
    except msgspec.ValidationError:
        return None
    return entry if all(map(_has_sound_numbers, document.get("metric", ()))) else None


def _is_plainly_safe(text: str) -> bool:
    """Whether no string of the file *text* can hold an `UNSAFE` character: none stands there, written or escaped.

    Most files are so, and this takes less time than looking at each string. Line ends stand in strings of several
    lines only.
    """
    if any(mark in text for mark in ("\\", '"""', "'''")):
        return False
    return text.replace("\r\n", "").replace("\n", "").isprintable()


def _exists(day: str) -> bool:
    """Whether the year, month or day *day* is one of the calendar."""
    year, month, of_month = (int(number) for number in f"{day}-01-01".split("-")[:3])
    try:
        date(year, month, of_month)
    except ValueError:
        return False
    return True


def _strings(document: dict[str, Any]) -> Iterator[tuple[tuple[str, int, str], str]]:
    for table, content in document.items():
        entries = content if isinstance(content, list) else [content] if isinstance(content, dict) else []
        for number, entry in enumerate(entries):
            for key, value in entry.items() if isinstance(entry, dict) else ():
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
        zh=f"{key} 所指的 {target} 不是本文件中的其他事实{hint.zh or '；须是另一个事实的 id'}",
        en=f"{key} names {target}, which is no other fact of this file{hint.en or '; it must be the id of another'}",
    )


def _agree(entered: Sequence[str], read: Iterable[str]) -> bool:
    """Whether the hedges are those of the excerpt, once each; those reaching on from an earlier clause may be added."""
    added = set(entered) - set(read)
    return (
        set(read) <= set(entered) and added <= quantity.REACHING - {"cumulative"} and len(set(entered)) == len(entered)
    )


_RELATIVE = frozenset(("%", "个百分点", "百分点", "个千分点", "个基点", "成", "倍", "番"))


def _change_message(change: ChangeEntry, unit: str) -> Text | None:
    """What is wrong with the growth of a figure in *unit*, which its excerpt prints; None when it is sound."""
    base, own = (quantity.split_unit(either)[1] for either in (change.unit, unit))
    if change.unit not in _RELATIVE and base != own and not (quantity.is_count(base) and quantity.is_count(own)):
        return Text(
            zh=f"unit {change.unit} 不是增长的单位；须是 %、个百分点、个基点、成、倍、番，或指标自身的单位 {unit}",
            en=f"unit {change.unit} is none of growth: %, 个百分点, 个基点, 成, 倍, 番, or that of the figure, {unit}",
        )
    if change.value and quantity.direction(change.excerpt, change.value, change.unit) * change.value < 0:
        return Text(
            zh=f"value 的正负号与摘录“{change.excerpt}”不符；应为 {-change.value}",
            en=f"the sign of value disagrees with the excerpt “{change.excerpt}”; it should be {-change.value}",
        )
    return None


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


def _number_message(name: str, value: object) -> Text | None:
    """What is wrong with *value* as a number of a figure; None when it is sound."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return _type_message(name, value, _KINDS[Decimal])
    number = Decimal(value)
    if not number.is_finite():
        return Text(
            zh=f"{name} 不能是 {value}；须是有限的数字", en=f"{name} cannot be {value}; it must be a finite number"
        )
    if number.adjusted() > quantity.MAGNITUDE or int(number.as_tuple().exponent) < -quantity.MAGNITUDE:
        return _out_of_range(Text(name, name))
    return None


def _out_of_range(name: Text) -> Text:
    size = quantity.MAGNITUDE
    return Text(
        zh=f"{name.zh} 超出范围（10^-{size} 到 10^{size}）",
        en=f"{name.en} is out of range (10^-{size} to 10^{size})",
    )


def _value_message(name: str, value: object, form: Any) -> Text | None:
    """What is wrong with *value* of the field *name*; None when it fits *form*."""
    if name in _NUMBERS and (message := _number_message(name, value)):
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
