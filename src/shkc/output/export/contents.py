"""What an export holds, and the columns that a fact has in every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from shkc.language import Language, Text
from shkc.output.beside import BESIDE, Form
from shkc.output.labels import BASES, CATEGORIES, KINDS, MEASURES, QUALIFIERS
from shkc.output.view import field

if TYPE_CHECKING:
    from shkc.facts.model import Details, Fact, ReportCount, SectionCount


class Whole(NamedTuple):
    """A fact with all that is known about it, and the id of its report."""

    report: str
    fact: Fact
    details: Details


class Contents(NamedTuple):
    """What is exported: facts, each time anew, with the reports that they are of and the sections of these.

    The numbers of the reports are those of the facts that are exported.
    """

    facts: Callable[[], Iterable[Whole]]
    reports: Sequence[ReportCount]
    sections: Sequence[tuple[str, SectionCount]]
    """Each with the id of its report."""

    def kinds(self) -> Iterator[Literal["metric", "milestone"]]:
        """The kinds of which there are facts."""
        if any(report.metrics for report in self.reports):
            yield "metric"
        if any(report.milestones for report in self.reports):
            yield "milestone"


class FactColumn(NamedTuple):
    """A column of facts: its key, what its cells are, its header, how a cell is read, and words for terms in it."""

    key: str
    form: Form
    header: Text
    read: Callable[[Fact, Details], object]
    terms: Mapping[str, Text] | None = None

    def cell(self, whole: Whole) -> object:
        """The cell for programs: text, a whole number, a Decimal, or None; lists are joined, terms as they are."""
        found = self.read(whole.fact, whole.details)
        return "; ".join(found) or None if isinstance(found, tuple) else found

    def worded(self, whole: Whole, language: Language) -> object:
        """The cell for people: as `cell`, terms and, in English, units in words."""
        found = self.cell(whole)
        if found is None or not isinstance(found, str):
            return found
        if self.terms is not None:
            words = (self.terms.get(term) or Text(term, term) for term in found.split("; "))
            return Text("、", ", ").to(language).join(word.to(language) for word in words)
        if self.key in _UNITS and language is Language.en:
            from shkc.facts import english

            of_rank = getattr(whole.fact, "measure", None) == "rank" and self.key in ("unit", "normalized_unit")
            return "rank" if of_rank else english.unit_label(found, whole.details.counted_en)
        return found


_UNITS = ("unit", "change_unit", "share_unit", "normalized_unit")


def _column(
    key: str, zh: str, en: str, path: str | None = None, terms: Mapping[str, Text] | None = None, form: Form = "text"
) -> FactColumn:
    """Column *key* of what a fact has at *path*, by default at its key."""
    column = field(path or key)
    return FactColumn(key, form, Text(zh, en), lambda fact, details: column.cell(fact, Language.zh), terms)


_integer = partial(_column, form="integer")
_decimal = partial(_column, form="decimal")

COLUMNS = (
    _column("id", "ID", "ID"),
    _column("kind", "种类", "Kind", terms=KINDS),
    _column("name", "名称", "Name (Chinese)"),
    _column("name_en", "英文名", "Name"),
    _decimal("value", "数值", "Value"),
    _column("unit", "单位", "Unit"),
    _column("qualifiers", "限定", "Qualifiers", terms=QUALIFIERS),
    _column("display", "原文写法", "As printed (Chinese)"),
    _column("display_en", "英文写法", "As printed"),
    _decimal("change", "变化", "Change", "change.value"),
    _column("change_unit", "变化的单位", "Unit of change", "change.unit"),
    _column("change_basis", "变化的基准", "Basis of change", "change.basis", BASES),
    _decimal("share", "占比", "Share", "share.value"),
    _column("share_unit", "占比的单位", "Unit of share", "share.unit"),
    _column("share_of", "占比的整体", "Share of (Chinese)", "share.of"),
    _column("share_of_en", "占比的整体（英文）", "Share of", "share.of_en"),
    _integer("rank", "位次", "Rank", "rank.value"),
    _column("rank_of", "位次的范围", "Rank among (Chinese)", "rank.of"),
    _column("rank_of_en", "位次的范围（英文）", "Rank among", "rank.of_en"),
    _decimal("normalized", "换算值", "Normalised value", "normalized.value"),
    _column("normalized_unit", "换算单位", "Normalised unit", "normalized.unit"),
    _decimal("low", "下限", "Lower bound", "normalized.low"),
    _decimal("high", "上限", "Upper bound", "normalized.high"),
    _column("measure", "口径", "Measure", terms=MEASURES),
    _column("period", "时期", "Period"),
    _column("as_of", "截至", "As of"),
    _column("scope", "范围", "Scope (Chinese)"),
    _column("scope_en", "范围（英文）", "Scope"),
    _column("category", "类别", "Category", terms=CATEGORIES),
    _column("date", "日期", "Date"),
    _column("official_names", "正式名称", "Official names"),
    _column("section", "栏目 ID", "Section ID", "section.id"),
    _column("section_title", "栏目", "Section (Chinese)", "section.title"),
    _column("section_title_en", "栏目（英文）", "Section", "section.title_en"),
    _column("report", "报告", "Report (Chinese)", "source.report"),
    _column("report_en", "报告（英文）", "Report", "source.report_en"),
    _integer("year", "年份", "Year", "source.year"),
    _integer("paragraph", "段落", "Paragraph", "source.paragraph"),
    _column("excerpt", "佐证", "Excerpt that proves it", "source.excerpt"),
    _column("note", "备注", "Note (Chinese)"),
    FactColumn("note_en", "text", Text("备注（英文）", "Note"), lambda fact, details: details.note_en),
    *(FactColumn(each.key, each.form, each.header, each.read) for each in BESIDE),
)
"""The columns of a fact, in the order of the JSON contract, then what stands beside it; the header says what one is."""

BY_KEY = {column.key: column for column in COLUMNS}

_OF_BOTH = ("section_title", "paragraph", "excerpt", "report", "note", "name_en", "id")
_OF_FIGURES = (
    *("name", "value", "unit", "qualifiers", "display"),
    *("change", "change_unit", "change_basis", "share", "share_unit", "share_of", "rank", "rank_of"),
    *("normalized", "normalized_unit", "low", "high", "measure", "period", "as_of", "scope"),
    *_OF_BOTH,
    "display_en",
    *(each.key for each in BESIDE),
)
_OF_MILESTONES = ("name", "category", "date", "official_names", *_OF_BOTH)


def for_people(kind: Literal["metric", "milestone"], language: Language) -> list[FactColumn]:
    """The columns of a sheet of facts of *kind*: the figure with its unit and hedge first, then its proof.

    In English, what a fact says in English stands where Chinese stands else, and the other way round.
    """
    keys = _OF_FIGURES if kind == "metric" else _OF_MILESTONES
    return [BY_KEY[_of_language(key, language)] for key in keys]


def _of_language(key: str, language: Language) -> str:
    if language is Language.zh:
        return key
    chinese, english = key.removesuffix("_en"), f"{key}_en"
    return chinese if chinese != key else english if english in BY_KEY else key
