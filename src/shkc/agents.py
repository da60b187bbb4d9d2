"""The fact base as tools for agents: arguments in, an answer out. `shkc.mcp` speaks the protocol.

Every answer says what was found, what comes near, what the base covers, and in words what to make of it. What the base
does not have is no error, so that an agent reads the message and makes nothing up; a call that is wrong is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal, NamedTuple, Protocol

import msgspec
from msgspec import Meta

from shkc.base import FactBase, Hit, Selection
from shkc.conditions import Conditions, none
from shkc.errors import MOST_LEFT_OUT, FactsError, UsageError, WarehouseError, shown
from shkc.facts import jsonschema, records, values
from shkc.facts.model import (
    CitationStyle,
    Computed,
    DetailedMetric,
    DetailedMilestone,
    Metric,
    Milestone,
    ReportCount,
)
from shkc.language import Language, Text
from shkc.output import advice, cite

MOST_REPORTS = 10
"""Reports that an answer names, the newest first; it always says how many there are."""

Object = Mapping[str, Any]
"""A JSON object."""
Named = Annotated[str, Meta(min_length=1, max_length=1000, pattern=r"\S")]
Limit = Annotated[int, Meta(ge=1, le=1000)]
Kind = Literal["metric", "milestone"]


class Found(NamedTuple):
    """What a tool has found: *facts* in order, and whether there are *more*.

    Without facts, what comes *near* the *question*, and the figure that follows where no report states it.
    """

    question: Text
    facts: Sequence[Object]
    more: bool = False
    near: Sequence[Object] = ()
    computed: Computed | None = None
    why: Text | None = None
    """What there is instead."""

    def missing(self, reports: Sequence[ReportCount]) -> Text:
        """What to make of it that there are no facts in *reports*."""
        return advice.missing(self.question, self.why, reports, self.computed, near=bool(self.near))


class Call(Protocol):
    """The arguments of a tool, which knows its answer."""

    def answer(self, base: FactBase, language: Language) -> Found:
        """What the tool finds in *base*. Raises `UsageError` for an argument that the base does not know."""
        ...


class _Arguments(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    lang: Literal["zh", "en"] | None = None


class SearchFacts(_Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Facts that a question finds, best match first."""

    query: Named
    kind: Kind | None = None
    limit: Limit = 10

    def answer(self, base: FactBase, language: Language) -> Found:
        findings = base.find(self.query, self.kind)
        facts = [_scored(hit, language, base) for hit in islice(findings.hits, self.limit + 1)]
        if facts:
            return Found(_quoted(self.query), facts[: self.limit], len(facts) > self.limit)
        near = [_scored(hit, language, base) for hit in findings.near]
        return Found(_quoted(self.query), (), near=near, computed=findings.computed)


class GetFact(_Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All that is known about the fact with an id or name, of each report that has it."""

    id: Named

    def answer(self, base: FactBase, language: Language) -> Found:
        return Found(_quoted(self.id), [_unscored(records.record_of(fact), base) for fact in _named(base, self.id)])


class ListFacts(
    _Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"least": "min", "most": "max"}
):
    """Facts that meet all conditions."""

    section: Named | None = None
    kind: Kind | None = None
    category: Named | None = None
    measure: Named | None = None
    unit: Named | None = None
    has: tuple[Literal["growth", "share", "rank"], ...] = ()
    least: Named | None = None
    most: Named | None = None
    sort: Literal["report", "name", "value", "growth"] = "report"
    limit: Limit = 50
    offset: Annotated[int, Meta(ge=0, le=1_000_000)] = 0
    compact: bool = False

    def answer(self, base: FactBase, language: Language) -> Found:
        words = (() if word is None else (word,) for word in (self.section, self.category, self.measure, self.unit))
        section, category, measure, unit = words
        chosen = Conditions(
            section, self.kind, category, measure, unit, self.has, self.least, self.most, self.sort
        ).selection(base)
        last = self.offset + self.limit
        found = islice(base.select(chosen._replace(limit=last + 1)), self.offset, None)
        facts = [{**_short(each), **_UNSCORED} if self.compact else _unscored(each, base) for each in found]
        if facts:
            return Found(_CONDITIONS, facts[: self.limit], len(facts) > self.limit)
        if self.offset:
            return Found(_behind(self.offset), ())
        return Found(_CONDITIONS, (), why=none(base, chosen))


_CONDITIONS = Text("符合这些条件的事实", "a fact that meets these conditions")


def _behind(offset: int) -> Text:
    return Text(
        f"前 {offset} 条之后符合这些条件的事实", f"a fact that meets these conditions, after the first {offset}"
    )


class CiteFact(_Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fact with an id or name, of each report that has it, with its citation."""

    id: Named
    style: CitationStyle = "gb7714"

    def answer(self, base: FactBase, language: Language) -> Found:
        cited = [cite.Cited(fact, base.report_of(fact)) for fact in _named(base, self.id)]
        citations = cite.citations(cited, self.style, language, date.today())
        facts = [
            {**_unscored(records.record_of(fact), base), "citation": records.plain(records.record_of(citation))}
            for (fact, _), citation in zip(cited, citations, strict=True)
        ]
        return Found(_quoted(self.id), facts)


def _scored(hit: Hit, language: Language, base: FactBase) -> Object:
    return {**_noted(hit.record, base), "score": hit.score, "reason": hit.reason.to(language)}


def _unscored(record: bytes, base: FactBase) -> Object:
    """The fact in *record*, which was asked for by its id or by conditions: there is nothing to weigh."""
    return {**_noted(record, base), **_UNSCORED}


_UNSCORED = {"score": None, "reason": None}


def _noted(record: bytes, base: FactBase) -> Object:
    """The fact in *record*; a note, which is Chinese, has its English beside it."""
    fact = records.plain(record)
    return {**fact, "note_en": base.details_of(records.decode(record)).note_en} if fact["note"] else fact


SHORT = ("id", "kind", "name", "name_en", "display", "display_en")
"""What tells a fact in short; a milestone has no figure."""


def _short(record: bytes) -> Object:
    fact = records.plain(record)
    return {name: fact[name] for name in SHORT if name in fact}


def _named(base: FactBase, name: str) -> Sequence[DetailedMetric | DetailedMilestone]:
    """The facts with this id or name. Raises `UsageError` when there is none."""
    found = base.show(name)
    if found:
        return found
    near, asked = base.nearest_ids(name), _quoted(name)
    raise UsageError(
        f"事实库中没有 id 或名称是{asked.zh}的事实；"
        + (f"相近的 id：{'、'.join(near)}；" if near else "")
        + "用 search_facts 查 id",
        f"no fact in the fact base has the id or name {asked.en}; "
        + (f"ids near it: {', '.join(near)}; " if near else "")
        + "find ids with search_facts",
    )


def _quoted(text: str) -> Text:
    quoted = f"“{shown(text)}”"
    return Text(quoted, quoted)


# ── The tools ───────────────────────────────────────────────────────────────────────────────────────


class Tool(NamedTuple):
    """A tool: the type of its arguments, what it does, the types of its facts, and what these have besides."""

    arguments: type[Any]
    does: Text
    facts: Sequence[type[Any]]
    more: Object

    def input_schema(self, language: Language) -> dict[str, Any]:
        """The JSON Schema of the arguments, described in *language*."""
        schema: dict[str, Any] = msgspec.json.schema(self.arguments)["$defs"][self.arguments.__name__]
        described = {
            name: {**form, "description": ARGUMENTS[name].to(language)} for name, form in schema["properties"].items()
        }
        return {**schema, "properties": described}

    def output_schema(self) -> dict[str, Any]:
        """The JSON Schema of the answer."""
        return jsonschema.agent_answer(self.facts, self.more)


ARGUMENTS = {
    "query": Text(
        "名称、别名、英文名、拼音、印出的数字，或一句问题，如 技术合同成交额、4850亿元、新增多少院士",
        "a name, alias, English name, pinyin, printed number or question: technology contracts, 4850亿元",
    ),
    "kind": Text("只要数字（metric）或里程碑（milestone）", "only figures (metric) or only milestones"),
    "limit": Text("最多几条", "at most so many facts"),
    "offset": Text("略过前面几条：接着上一次列下去", "leave out the first ones: go on where a call ended"),
    "compact": Text("只要 id、名称和数字", "only id, name and figure of each"),
    "lang": Text("message 和 reason 的语言", "the language of message and reason"),
    "id": Text("事实的 id，或其确切的名称", "the id of a fact, or its exact name"),
    "section": Text(
        "栏目的 id、编号、标题或其一部分，含下级栏目",
        "a section by id, number, title or part of it; subsections included",
    ),
    "category": Text("里程碑的类别，如 policy、facility", "the category of a milestone: policy, facility …"),
    "measure": Text("数字的口径，如 flow、stock、ratio", "what a figure measures: flow, stock, ratio …"),
    "has": Text("印有增长、占比或位次的数字", "figures printed with growth, share or rank"),
    "min": Text("换算后的最小值，如 10亿元、2.4万", "the least normalised value: 10亿元, 2.4万, 10 billion yuan"),
    "max": Text("换算后的最大值", "the greatest normalised value"),
    "unit": Text("印出的单位（亿元、家、%）或基本单位（CNY）", "a unit as printed (亿元, 家, %) or a base unit (CNY)"),
    "sort": Text(
        "顺序：报告、名称、数值或增长（从大到小）",
        "the order: of the report, by name, or by value or growth, greatest first",
    ),
    "style": Text(
        "gb7714（GB/T 7714-2015）、apa、chicago，或 bibtex、ris、csl-json 数据",
        "gb7714 (GB/T 7714-2015), apa, chicago, or bibtex, ris, csl-json as data",
    ),
}
"""What each argument is."""

_CITATION = {"citation": {"type": "object", "required": ["reference", "in_text"]}}
TOOLS: Mapping[str, Tool] = {
    "search_facts": Tool(
        SearchFacts,
        Text(
            "查报告中的数字和里程碑，最匹配的在前。found 为 false 时，先用更短的名称或 near 中的词再查一次；"
            "仍没有，就照实说没有，不要编造。",
            "Look up figures and milestones of the reports, best match first. Where found is false, try once more with "
            "a shorter name or with words of near; where there is still none, say so and make nothing up.",
        ),
        (Metric, Milestone),
        {},
    ),
    "get_fact": Tool(
        GetFact,
        Text(
            "一条事实的全部内容：区间、由它推算的（标有 computed）、佐证、关联。",
            "All that is known about a fact: bounds, what follows from it (marked computed), evidence, relations.",
        ),
        (DetailedMetric, DetailedMilestone),
        {},
    ),
    "list_facts": Tool(
        ListFacts,
        Text(
            "按栏目、种类、类别、口径、单位和大小浏览事实。全部列出时用 compact，再用 get_fact 看一条。",
            "Browse facts by section, kind, category, measure, unit and size. For long lists say compact, and get_fact "
            "for one of them.",
        ),
        (),
        {name: {"type": "string"} for name in ("id", "kind", "name", "name_en")},
    ),
    "cite_fact": Tool(
        CiteFact,
        Text("引用一条事实：报告和段落。", "Cite a fact: the report, and the paragraph as the place."),
        (DetailedMetric, DetailedMilestone),
        _CITATION,
    ),
}

INSTRUCTIONS = Text(
    "上海科创：科技进步报告中的数字和里程碑，每条都有出处。数字照 display 引用，含“约”“超”等限定；"
    "computed 的数字是推算的，须说明。found 为 false 即事实库中没有：照实说，不要编造，不要用 near 中的事实代替。",
    "Figures and milestones of science and technology progress reports, each with its place in the report. Quote a "
    "figure as in display_en, hedges included; say of what is computed that it is. Where found is false, the fact base "
    "has no such fact: say so, make nothing up, and do not pass off a fact in near as the answer.",
)
"""What an agent is told about the server."""


class Toolbox:
    """The tools over the fact base that *opened* gives; it is opened again when a fact file has changed.

    *language* is that of messages where a call names none. A base that is wrong is an error of each call until it is
    mended, so that a client hears of it.
    """

    def __init__(self, opened: Callable[[], FactBase], language: Language) -> None:
        self.language = language
        self._opened = opened
        self._base: FactBase | None = None
        self._reports: Sequence[ReportCount] | None = None
        with suppress(FactsError, WarehouseError):
            self._base = opened()

    def language_of(self, arguments: Mapping[str, Any]) -> Language:
        """The language that a call with *arguments* is answered in."""
        asked = arguments.get("lang")
        return Language(asked) if asked in ("zh", "en") else self.language

    def base(self) -> FactBase:
        """The fact base as its files are now. Raises `FactsError` when one is wrong, `WarehouseError` alike."""
        if self._base is None or not self._base.is_current():
            self._base, self._reports = None, None
            self._base = self._opened()
        return self._base

    def reports(self) -> Sequence[ReportCount]:
        """The reports in the fact base, newest first."""
        base = self.base()
        if self._reports is None:
            self._reports = base.reports()
        return self._reports

    def call(self, tool: str, arguments: Mapping[str, Any]) -> bytes:
        """The answer of *tool*, one of `TOOLS`, to *arguments*, as JSON.

        Raises `UsageError` for arguments that are wrong, `FactsError` when a fact file is.
        """
        language = self.language_of(arguments)
        base = self.base()
        found = _understood(tool, arguments).answer(base, language)
        reports, left_out = self.reports(), base.left_out
        message = advice.found(found.facts, more=found.more) if found.facts else found.missing(reports)
        return records.record_of(
            {
                "found": bool(found.facts),
                "facts": found.facts,
                "more": found.more,
                "near": found.near,
                "computed": found.computed,
                "message": message.to(language),
                "reports": reports[:MOST_REPORTS],
                "report_count": len(reports),
                "left_out": [file.told(language) for file in left_out[:MOST_LEFT_OUT]],
                "left_out_count": len(left_out),
            }
        )

    def report(self, key: str) -> bytes | None:
        """The report with the id *key* as JSON: its sections, and its facts in short; None when there is none."""
        report = next((report for report in self.reports() if report.id == key), None)
        if report is None:
            return None
        base = self.base()
        sections = [section for of, section in base.sections_of_reports() if of == key]
        facts = list(map(_short, base.select(Selection(report=key))))
        return records.record_of({"report": report, "sections": sections, "facts": facts})


def _understood(tool: str, arguments: Mapping[str, Any]) -> Call:
    """The call with *arguments*. Raises `UsageError` that says what the tool takes."""
    try:
        call: Call = msgspec.convert(arguments, TOOLS[tool].arguments)
    except msgspec.ValidationError:
        takes = "; ".join(_taken(TOOLS[tool].input_schema(Language.en)))
        zh, en = _wrong(TOOLS[tool].arguments, arguments)
        raise UsageError(
            f"{tool} 的参数有误：{zh}。可用的参数：{takes}", f"wrong argument of {tool}: {en}. It takes: {takes}"
        ) from None
    return call


def _wrong(form: type[Any], arguments: Mapping[str, Any]) -> Text:
    """The first thing that is wrong with *arguments*, which are not of the type *form*."""
    fields = {field.encode_name: field for field in msgspec.structs.fields(form)}
    for name, value in arguments.items():
        if name not in fields:
            near = values.nearest(name, fields)
            return Text(f"没有参数 {name}{near.zh}", f"there is no argument {name}{near.en}")
        try:
            msgspec.convert(value, fields[name].type)
        except msgspec.ValidationError:
            return values.mismatch(name, value, fields[name].type)
    missing = next(name for name, field in fields.items() if field.required and name not in arguments)
    return Text(f"缺少参数 {missing}", f"the argument {missing} is missing")


def _taken(schema: Mapping[str, Any]) -> list[str]:
    """Each argument in *schema* with its values: kind (metric, milestone)."""
    found = []
    for name, form in schema["properties"].items():
        forms = form.get("anyOf", [form])
        values = [str(value) for each in forms for value in each.get("enum", ())]
        values += [f"{each['minimum']}–{each['maximum']}" for each in forms if "minimum" in each]
        required = ["required"] if name in schema["required"] else []
        told = ", ".join([*required, *values])
        found.append(f"{name} ({told})" if told else name)
    return found
