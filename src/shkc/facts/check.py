"""What is wrong with the content of a fact file: form, references, and figures against their excerpts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import msgspec
from msgspec.structs import FieldInfo

from shkc.errors import Problem
from shkc.facts import consistency, normalize
from shkc.facts.entries import (
    UNSAFE,
    ChangeEntry,
    ExceptionEntry,
    FactEntry,
    FactFileEntry,
    MetricEntry,
    MilestoneEntry,
    RankEntry,
    RelationsEntry,
    ReportEntry,
    SectionEntry,
    ShareEntry,
)
from shkc.facts.lines import Place, key_lines
from shkc.facts.model import years_of
from shkc.facts.problems import (
    NUMBERS,
    change_message,
    not_in_excerpt,
    number_message,
    other_qualifiers,
    unknown_key,
    unknown_section,
    value_message,
)
from shkc.facts.values import of_kind
from shkc.language import Text
from shkc.text import quantity, words
from shkc.text.quantity import Reading

Entry = TypeVar("Entry", bound=msgspec.Struct)

_TABLES: dict[str, type[msgspec.Struct]] = {
    "section": SectionEntry,
    "metric": MetricEntry,
    "milestone": MilestoneEntry,
    "exception": ExceptionEntry,
}

_PARTS: dict[str, type[msgspec.Struct]] = {
    "change": ChangeEntry,
    "share": ShareEntry,
    "rank": RankEntry,
    "relations": RelationsEntry,
}

Numbered = Sequence[tuple[int, Entry]]
"""Entries of a table with their numbers."""

MOST_HINTS = 20
"""Wrong names of a file for which the nearest known one is looked for."""

MOST_PROBLEMS = 10_000
"""Problems of a file that are told: nobody mends as many one by one, and a made-up file has millions."""

DEEPEST_SECTION = 50
"""Sections in one another: no report has ten, and each names all that it lies in."""

_MORE = Text(
    f"问题超过 {MOST_PROBLEMS} 个，只列出这些；改正后再检查",
    f"more than {MOST_PROBLEMS} problems, of which these are told; mend them and check again",
)


class Inspection:
    """Finds what is wrong with one file and in which line."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.readings: dict[int, Reading] = {}
        """How the excerpt of each metric, by its number, has its figure: found once, for checking and for keeping."""
        self._lines: Mapping[Place, int] | None = None
        self._hints = 0

    def _compared(self, known: Iterable[str]) -> Iterable[str]:
        """The *known* names that a wrong one is compared with: for the first problems all, then none.

        Whoever has thousands of wrong names has one cause for them, and comparing all with all takes minutes.
        """
        self._hints += 1
        return known if self._hints <= MOST_HINTS else ()

    def problem(self, place: Place, zh: str, en: str) -> Problem:
        """A problem at *place*, or at what surrounds it when the file does not have it."""
        if self._lines is None:
            self._lines = key_lines(self.text)
        table, number, key = place
        places = (place, (key, 0, "") if not table else (table, number, ""), ("", 0, table), (table, 0, ""))
        line = next((self._lines[p] for p in places if p in self._lines), 1)
        return Problem(self.path, line, Text(zh, en))

    def problems(self, document: dict[str, Any], entry: FactFileEntry | None) -> list[Problem]:
        """The problems of *document* by line: of form, and of sense in the entries whose form is sound.

        *entry* is the whole document converted, None when its form is not sound throughout. Of more than
        `MOST_PROBLEMS` so many are told, and behind them that there are more.
        """
        found = list(islice(self._found(document, entry), MOST_PROBLEMS + 1))
        told = sorted(found[:MOST_PROBLEMS], key=lambda problem: problem.line or 0)
        return told if len(found) <= MOST_PROBLEMS else [*told, Problem(self.path, None, _MORE)]

    def _found(self, document: dict[str, Any], entry: FactFileEntry | None) -> Iterator[Problem]:
        """What is wrong with *document*, found as it is asked for."""
        sections: Numbered[SectionEntry]
        metrics: Numbered[MetricEntry]
        milestones: Numbered[MilestoneEntry]
        if entry is None:
            yield from self._form(document)
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
        yield from self._unsafe_text(document)
        yield from self._repeated_ids(document)
        yield from (problem for number, metric in metrics for problem in self._figures(number, metric))
        yield from (problem for table, number, fact in facts for problem in self._dates(table, number, fact))
        yield from (problem for fact in facts for problem in self._placed(consistency.of_fact(consistency.Fact(*fact))))
        yield from (problem for table, number, fact in facts for problem in self._names(table, number, fact))
        if document.keys() <= {*_TABLES, "format", "report"}:  # what a misspelt table holds is not missing
            yield from self._section_references(document, sections, facts)
            yield from self._relations(document, facts)
            report = document.get("report")
            year = report.get("year") if isinstance(report, dict) else None
            yield from self._placed(consistency.of_series([consistency.Fact(*fact) for fact in facts], year))

    def _form(self, document: dict[str, Any]) -> Iterator[Problem]:
        """Unknown and missing keys, wrong types, values out of their form."""
        if document and not document.keys() & {*_TABLES, "format", "report"}:
            yield self.problem(
                ("", 0, ""),
                "这不是事实文件：没有 format、[report] 和事实；请移出文件夹，或用 --facts 逐个指定文件",
                "no fact file: no format, [report] or facts; move it elsewhere, or name the files with --facts",
            )
            return
        tables = {key for key, value in document.items() if key in (*_TABLES, "report") and value != []}
        yield from self._shape(document, FactFileEntry, ("", 0, ""), skip=tables)
        report = document.get("report")
        if isinstance(report, dict):
            yield from self._shape(report, ReportEntry, ("report", 0, ""))
        elif report is not None and report != []:
            yield self.problem(("", 0, "report"), *of_kind("report", report, dict))
        for table, form in _TABLES.items():
            entries = _entries(document, table)
            if entries is None:
                yield self.problem(
                    (table, 0, ""), f"{table} 须写作 [[{table}]]", f"write each {table} under [[{table}]]"
                )
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
        fields = _fields(form)
        for key in entry:
            if key not in fields:
                yield self.problem((table, number, part or key), *unknown_key(key, fields))
        for name, field in fields.items():
            here = (table, number, part or name)
            if name not in entry:
                if field.required:
                    yield self.problem(here, f"缺少字段 {name}", f"the field {name} is missing")
            elif name in _PARTS and isinstance(entry[name], dict):
                yield from self._shape(entry[name], _PARTS[name], (table, number, name))
            elif name not in skip and (message := value_message(name, entry[name], field.type)):
                yield self.problem(here, *message)

    def _unsafe_text(self, document: dict[str, Any]) -> Iterator[Problem]:
        if _is_plainly_safe(self.text):
            return
        for place, text in _strings(document):
            match = UNSAFE.search(text)
            if match:
                code = f"U+{ord(match[0]):04X}"
                yield self.problem(
                    place,
                    f"{place[2]} 含控制字符 {code}；请删去",
                    f"{place[2]} holds the control character {code}; remove it",
                )

    def _repeated_ids(self, document: dict[str, Any]) -> Iterator[Problem]:
        for place, name in _repetitions(document, ("section",)):
            yield self.problem(place, f"栏目 id 重复：{name}", f"duplicate section id {name}")
        for place, name in _repetitions(document, ("metric", "milestone")):
            yield self.problem(
                place,
                f"id 重复：{name}；每个事实须有自己的 id",
                f"duplicate id {name}; give each fact an id of its own",
            )

    def _section_references(
        self,
        document: dict[str, Any],
        sections: Numbered[SectionEntry],
        facts: Iterable[tuple[str, int, FactEntry]],
    ) -> Iterator[Problem]:
        known: dict[str, int] = {}
        for number, name in _ids(document, "section"):
            known.setdefault(name, number)
        depths: dict[str, int] = {}
        for number, section in sections:
            parent = section.parent
            place = ("section", number, "parent")
            if parent is not None and known.get(parent, number) >= number:
                above = (name for name, other in known.items() if other < number)
                yield self.problem(place, *unknown_section(parent, self._compared(above)))
            depths[section.id] = depths.get(parent, 0) + 1 if parent is not None else 1
            if depths[section.id] == DEEPEST_SECTION + 1:  # told once, and not of all that is deeper still
                yield self.problem(
                    place,
                    f"栏目嵌套超过 {DEEPEST_SECTION} 层；请减少层数",
                    f"more than {DEEPEST_SECTION} sections in one another; use fewer levels",
                )
        for table, number, fact in facts:
            if known and fact.section not in known:
                yield self.problem((table, number, "section"), *unknown_section(fact.section, self._compared(known)))

    def _dates(self, table: str, number: int, fact: FactEntry) -> Iterator[Problem]:
        for key in ("as_of", "date"):
            value = getattr(fact, key, None)
            if value is not None and not _exists(value):
                yield self.problem((table, number, key), f"{key} 没有 {value} 这一天", f"{key}: there is no {value}")

    def _names(self, table: str, number: int, fact: FactEntry) -> Iterator[Problem]:
        for key in ("name", "name_en", "aliases", "search_terms", "phrases"):
            named = getattr(fact, key)
            for text in (named,) if isinstance(named, str) else named:
                if not words.words(text):
                    yield self.problem(
                        (table, number, key),
                        f"{key}“{text}”没有汉字、拉丁字母或数字，谁也找不到；请改写",
                        f"{key} “{text}” has no Han character, Latin letter or digit: nothing finds it; reword it",
                    )

    def _figures(self, number: int, metric: MetricEntry) -> Iterator[Problem]:
        if metric.upper is not None and metric.upper <= metric.value:
            place = ("metric", number, "upper")
            yield self.problem(
                place, "upper 须大于 value；它是范围的上端", "upper must exceed value: it ends the range"
            )
            return
        reading = quantity.read(metric.excerpt, metric.value, metric.unit, upper=metric.upper)
        if reading is not None:
            self.readings[number] = reading
            yield from self._placed(consistency.of_measure(number, metric, reading))
        if reading is None:
            yield self.problem(("metric", number, "value"), *not_in_excerpt(metric.value, metric.unit, metric.excerpt))
        elif not _agree(metric.qualifiers, reading.qualifiers):
            yield self.problem(("metric", number, "qualifiers"), *other_qualifiers(reading.qualifiers))
        for key, part, unit in (
            ("change", metric.change, metric.change and metric.change.unit),
            ("share", metric.share, metric.share and metric.share.unit),
            ("rank", metric.rank, quantity.RANK),
        ):
            if part is not None and quantity.read(part.excerpt, Decimal(part.value), unit or "") is None:
                yield self.problem(
                    ("metric", number, key), *not_in_excerpt(Decimal(part.value), unit or "", part.excerpt)
                )
            elif key == "change" and metric.change and (growth := change_message(metric.change, metric.unit)):
                yield self.problem(("metric", number, key), *growth)

    def _relations(self, document: dict[str, Any], facts: Iterable[tuple[str, int, FactEntry]]) -> Iterator[Problem]:
        entries = [consistency.Fact(*fact) for fact in facts]
        if not any(map(consistency.has_relations, entries)):
            return
        kinds = {name: table for table in ("metric", "milestone") for _, name in _ids(document, table)}
        values = {
            entry.id: normalize.normalized(entry, self.readings[number])
            for table, number, entry in entries
            if isinstance(entry, MetricEntry) and number in self.readings
        }
        yield from self._placed(consistency.of_relations(entries, kinds, values, self._compared))

    def _placed(self, found: consistency.Found) -> Iterator[Problem]:
        return (self.problem(place, *message) for place, message in found)


@cache
def _fields(form: type[msgspec.Struct]) -> Mapping[str, FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(form)}


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
    return all(number_message(name, part[name]) is None for part in parts for name in NUMBERS if name in part)


def well_formed(document: dict[str, Any]) -> FactFileEntry | None:
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
    """Whether the year, month or day *day* is one of the calendar, or two years that follow one another."""
    first, last = years_of(day)
    if "/" in day:
        return first < last
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


def _agree(entered: Sequence[str], read: Iterable[str]) -> bool:
    """Whether the hedges are those of the excerpt, once each; those reaching on from an earlier clause may be added."""
    added = set(entered) - set(read)
    return (
        set(read) <= set(entered) and added <= quantity.REACHING - {"cumulative"} and len(set(entered)) == len(entered)
    )
