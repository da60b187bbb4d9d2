"""The fact base as tools for agents: arguments in, an answer out. `shkc.mcp` speaks the protocol.

Every answer says what was found, what comes near, what the base covers, and in words what to make of it. What the base
does not have is no error, so that an agent reads the message and makes nothing up; a call that is wrong is one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Annotated, Any, Literal, NamedTuple, Protocol

import msgspec
from msgspec import Meta

from shkc.base import FactBase, Hit, Selection
from shkc.conditions import Conditions, none
from shkc.errors import MOST_LEFT_OUT, UsageError, one_line
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
from shkc.output import cite, figures

MOST_REPORTS = 10
"""Reports that an answer names, the newest first; it always says how many there are."""

MOST_TOLD = 3
"""Reports that a message names."""

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
        facts = [_scored(hit, language) for hit in islice(findings.hits, self.limit + 1)]
        if facts:
            return Found(_quoted(self.query), facts[: self.limit], len(facts) > self.limit)
        near = [_scored(hit, language) for hit in findings.near]
        return Found(_quoted(self.query), (), near=near, computed=findings.computed)


class GetFact(_Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All that is known about the fact with an id or name, of each report that has it."""

    id: Named

    def answer(self, base: FactBase, language: Language) -> Found:
        return Found(_quoted(self.id), [_unscored(records.record_of(fact)) for fact in _named(base, self.id)])


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

    def answer(self, base: FactBase, language: Language) -> Found:
        words = (() if word is None else (word,) for word in (self.section, self.category, self.measure, self.unit))
        section, category, measure, unit = words
        chosen = Conditions(
            section, self.kind, category, measure, unit, self.has, self.least, self.most, self.sort
        ).selection(base)
        facts = [_unscored(record) for record in base.select(chosen._replace(limit=self.limit + 1))]
        if facts:
            return Found(_CONDITIONS, facts[: self.limit], len(facts) > self.limit)
        return Found(_CONDITIONS, (), why=none(base, chosen))


_CONDITIONS = Text("符合这些条件的事实", "a fact that meets these conditions")


class CiteFact(_Arguments, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The fact with an id or name, of each report that has it, with its citation."""

    id: Named
    style: CitationStyle = "gb7714"

    def answer(self, base: FactBase, language: Language) -> Found:
        cited = [cite.Cited(fact, base.report_of(fact)) for fact in _named(base, self.id)]
        citations = cite.citations(cited, self.style, language, date.today())
        facts = [
            {**_unscored(records.record_of(fact)), "citation": records.plain(records.record_of(citation))}
            for (fact, _), citation in zip(cited, citations, strict=True)
        ]
        return Found(_quoted(self.id), facts)


def _scored(hit: Hit, language: Language) -> Object:
    return {**records.plain(hit.record), "score": hit.score, "reason": hit.reason.to(language)}


def _unscored(record: bytes) -> Object:
    """The fact in *record*, which was asked for by its id or by conditions: there is nothing to weigh."""
    return {**records.plain(record), "score": None, "reason": None}


def _named(base: FactBase, name: str) -> Sequence[DetailedMetric | DetailedMilestone]:
    """The facts with this id or name. Raises `UsageError` when there is none."""
    found = base.show(name)
    if found:
        return found
    near, asked = base.nearest_ids(name), _quoted(name)
    raise UsageError(
        Text(
            f"事实库中没有 id 或名称是{asked.zh}的事实；"
            + (f"相近的 id：{'、'.join(near)}；" if near else "")
            + "用 search_facts 查 id",
            f"no fact in the fact base has the id or name {asked.en}; "
            + (f"ids near it: {', '.join(near)}; " if near else "")
            + "find ids with search_facts",
        )
    )


def _quoted(text: str) -> Text:
    shown = one_line(text if len(text) <= 60 else f"{text[:60]}…")
    return Text(f"“{shown}”", f"“{shown}”")


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
            "查报告中的数字和里程碑，最匹配的在前。没有时 found 为 false：照实说没有，不要编造。",
            "Look up figures and milestones of the reports, best match first. "
            "Where found is false there is none: say so and make nothing up.",
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
            "按栏目、种类、类别、口径、单位和大小浏览事实。",
            "Browse facts by section, kind, category, measure, unit and size.",
        ),
        (Metric, Milestone),
        {},
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

    *language* is that of messages where a call names none. Raises what *opened* raises.
    """

    def __init__(self, opened: Callable[[], FactBase], language: Language) -> None:
        self.language = language
        self._opened = opened
        self._base = opened()
        self._reports: Sequence[ReportCount] | None = None

    def language_of(self, arguments: Mapping[str, Any]) -> Language:
        """The language that a call with *arguments* is answered in."""
        asked = arguments.get("lang")
        return Language(asked) if asked in ("zh", "en") else self.language

    def base(self) -> FactBase:
        """The fact base as its files are now. Raises `FactsError` when one is wrong."""
        if not self._base.is_current():
            self._base, self._reports = self._opened(), None
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
        found = _understood(tool, arguments).answer(self.base(), language)
        reports, left_out = self.reports(), self._base.left_out
        message = _told(found) if found.facts else _missing(found, reports)
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
        facts = [records.plain(record) for record in base.select(Selection(report=key))]
        short = ("id", "kind", "name", "name_en", "display", "display_en")
        return records.record_of(
            {
                "report": report,
                "sections": [section for report_key, section in base.sections_of_reports() if report_key == key],
                "facts": [{name: fact[name] for name in short if name in fact} for fact in facts],
            }
        )


def _understood(tool: str, arguments: Mapping[str, Any]) -> Call:
    """The call with *arguments*. Raises `UsageError` that says what the tool takes."""
    try:
        call: Call = msgspec.convert(arguments, TOOLS[tool].arguments)
    except msgspec.ValidationError:
        takes = "; ".join(_taken(TOOLS[tool].input_schema(Language.en)))
        zh, en = _wrong(TOOLS[tool].arguments, arguments)
        raise UsageError(
            Text(
                f"{tool} 的参数有误：{zh}。可用的参数：{takes}",
                f"wrong argument of {tool}: {en}. It takes: {takes}",
            )
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


def _told(found: Found) -> Text:
    count = len(found.facts)
    more = Text("；还有更多，可加大 limit 或缩小范围", "; there are more: raise limit, or narrow the call")
    return Text(
        f"{count} 条事实{more.zh if found.more else ''}。数字照 display 引用，出处用 cite_fact。",
        f"{count} {'fact' if count == 1 else 'facts'}{more.en if found.more else ''}. "
        "Quote figures as in display_en; cite with cite_fact.",
    )


def _missing(found: Found, reports: Sequence[ReportCount]) -> Text:
    return _joined(
        Text(f"事实库中没有{found.question.zh}。", f"Not in the fact base: {found.question.en}."),
        *((Text(f"{found.why.zh}。", f"{found.why.en[0].upper()}{found.why.en[1:]}."),) if found.why else ()),
        _coverage(reports),
        *((_follows(found.computed),) if found.computed else ()),
        Text("请照实说事实库中没有，不要编造。", "Say that the fact base has none, and make nothing up."),
        *((_NEAR,) if found.near else ()),
    )


_NEAR = Text("near 中只是相近的事实，不是答案。", "What is in near only comes near; it is not the answer.")


def _coverage(reports: Sequence[ReportCount]) -> Text:
    told, others = reports[:MOST_TOLD], len(reports) - MOST_TOLD
    zh = "、".join(f"《{r.title}》（{r.scope}，{r.metrics} 个数字、{r.milestones} 个里程碑）" for r in told)
    en = "; ".join(f"{r.title_en} ({r.scope_en}: {r.metrics} figures, {r.milestones} milestones)" for r in told)
    rest = Text(f" 等 {len(reports)} 份报告", f" and {others} other reports") if others > 0 else Text("", "")
    return Text(f"事实库涵盖：{zh}{rest.zh}。", f"It covers {en}{rest.en}.")


def _follows(computed: Computed) -> Text:
    zh, en = (figures.computed(computed, language) for language in (Language.zh, Language.en))
    return Text(f"报告没有印出，但可推算：{zh}。", f"No report states it, but it follows: {en}.")


def _joined(*parts: Text) -> Text:
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))
