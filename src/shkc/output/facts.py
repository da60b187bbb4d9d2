"""The view of facts: their columns for people, and their fields for CSV and TSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import figures
from shkc.output.labels import CATEGORIES
from shkc.output.view import Column, View, field, of_report

if TYPE_CHECKING:
    from shkc.facts.model import Fact, Report

FIELDS = (
    field("id"),
    field("kind"),
    field("name"),
    field("name_en"),
    field("value"),
    field("unit"),
    field("qualifiers"),
    field("display"),
    field("display_en"),
    field("change", "change.value"),
    field("change_unit", "change.unit"),
    field("change_basis", "change.basis"),
    field("share", "share.value"),
    field("share_unit", "share.unit"),
    field("share_of", "share.of"),
    field("share_of_en", "share.of_en"),
    field("rank", "rank.value"),
    field("rank_of", "rank.of"),
    field("rank_of_en", "rank.of_en"),
    field("normalized", "normalized.value"),
    field("normalized_unit", "normalized.unit"),
    field("low", "normalized.low"),
    field("high", "normalized.high"),
    field("measure"),
    Column(
        "period",
        lambda fact, language: fact.date if fact.kind == "milestone" else fact.period,
        Text("period", "period"),
    ),
    field("as_of"),
    field("scope"),
    field("scope_en"),
    field("category"),
    field("date"),
    field("planned"),
    field("official_names"),
    field("section", "section.id"),
    field("section_title", "section.title"),
    field("section_title_en", "section.title_en"),
    field("report", "source.report"),
    field("report_en", "source.report_en"),
    field("publisher", "source.publisher"),
    field("publisher_en", "source.publisher_en"),
    field("year", "source.year"),
    field("paragraph", "source.paragraph"),
    field("excerpt", "source.excerpt"),
    field("note"),
)
"""The same for both kinds of fact, so that files can be joined."""

PLANNED = Text("（计划）", " (planned)")
"""Behind the date of a milestone that is to come."""


def _figure(fact: Fact, language: Language) -> str:
    return CATEGORIES[fact.category].to(language) if fact.kind == "milestone" else figures.figure(fact, language)


def _growth(fact: Fact, language: Language) -> str:
    return "" if fact.kind == "milestone" else figures.what_goes_with(fact, language)


def _period(fact: Fact, language: Language) -> str:
    if fact.kind == "milestone":
        return fact.date + (PLANNED.to(language) if fact.planned else "")
    return fact.as_of or fact.period


def _kinds(*kinds: str) -> Callable[[Sequence[Fact]], bool]:
    """Whether facts are of all these *kinds* and of no other."""
    return lambda found: {fact.kind for fact in found} == set(kinds)


NAME = Column("name", figures.name, Text("名称", "Name"), least=20, kept=True)
FIGURE = Column("figure", _figure, Text("数值", "Figure"), "bold cyan", 20, _kinds("metric"), kept=True)
GROWTH = Column(
    "growth",
    _growth,
    Text("变化／占比／位次", "Growth, share, rank"),
    needed=lambda found: any(_growth(fact, Language.en) for fact in found),
)
REPORT = of_report(lambda fact: fact.source)
PERIOD = Column("period", _period, Text("时期", "Period"), "dim", 10)
PLACE = Column("place", lambda fact, language: f"¶{fact.source.paragraph}", Text("段落", "Place"), "dim", 5)
ID = Column("id", lambda fact, language: fact.id, Text("ID", "ID"), "dim", whole=True)
COLUMNS = (
    NAME,
    FIGURE,
    FIGURE._replace(header=Text("类别", "Category"), style="", needed=_kinds("milestone")),
    FIGURE._replace(header=Text("数值／类别", "Figure / category"), needed=_kinds("metric", "milestone")),
    GROWTH,
    REPORT,
    PERIOD,
    PLACE,
    ID,
)


def _value(fact: Fact, language: Language) -> object:
    """The bare figure; a milestone, which has none, gives its name."""
    return figures.name(fact, language) if fact.kind == "milestone" else fact.value


def _display(fact: Fact, language: Language) -> str:
    """The figure as it reads; the name of a milestone."""
    if fact.kind == "milestone":
        return figures.name(fact, language)
    return fact.display_en if language is Language.en else fact.display


LINES = {"value": _value, "display": _display}


def view(records: Iterable[bytes], several: Callable[[], bool] = lambda: False) -> View:
    """The view of *records*, facts as JSON in UTF-8; *several* tells whether more than one report is loaded."""

    def decoded() -> Iterator[Fact]:
        from shkc.facts.records import decode

        return map(decode, records)

    return View(lambda: records, decoded, FIELDS, told_apart(COLUMNS, several), LINES)


def told_apart(columns: Iterable[Column], several: Callable[[], bool]) -> list[Column]:
    """*columns*, with that of the report wherever *several* reports are loaded."""
    always = REPORT._replace(needed=lambda found: bool(found) and (REPORT.needed(found) or several()))
    return [always if column is REPORT else column for column in columns]


def citable(view: View, report_of: Callable[[Fact], Report]) -> View:
    """*view*, of facts, with a line that cites each; *report_of* gives the report of a fact."""
    known: dict[tuple[str, str, int], Report] = {}

    def line(fact: Fact, language: Language) -> str:
        from shkc.output import cite

        source = fact.source
        key = (source.report, source.publisher, source.year)
        if key not in known:
            known[key] = report_of(fact)
        return cite.line(cite.Cited(fact, known[key]), language)

    return view._replace(lines={**view.lines, "cite": line})
