"""What an export holds, and the columns that a fact has in every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from shkc.language import Language, Text
from shkc.output.view import field

if TYPE_CHECKING:
    from shkc.facts.model import Details, Fact, ReportCount, SectionCount

Form = Literal["text", "integer", "decimal"]
"""What the cells of a column are."""


class Whole(NamedTuple):
    """A fact with all that is known about it, and the id of its report."""

    report: str
    fact: Fact
    details: Details


class Contents(NamedTuple):
    """What is exported: facts, each time anew, with the reports that they are of and the sections of these."""

    facts: Callable[[], Iterable[Whole]]
    reports: Sequence[ReportCount]
    sections: Sequence[tuple[str, SectionCount]]
    """Each with the id of its report."""


class FactColumn(NamedTuple):
    """A column of facts: its key, where a fact has its cell (``change.value``), what its cells are, and its header."""

    key: str
    path: str
    form: Form
    header: Text

    def cell(self, fact: Fact) -> object:
        """The cell of *fact*: text, a whole number, a Decimal, or None where it has none; lists are joined."""
        found = field(self.key, self.path).cell(fact, Language.zh)
        return "; ".join(found) or None if isinstance(found, tuple) else found


def _text(key: str, zh: str, en: str, path: str | None = None) -> FactColumn:
    return FactColumn(key, path or key, "text", Text(zh, en))


def _integer(key: str, zh: str, en: str, path: str) -> FactColumn:
    return FactColumn(key, path, "integer", Text(zh, en))


def _decimal(key: str, zh: str, en: str, path: str) -> FactColumn:
    return FactColumn(key, path, "decimal", Text(zh, en))


COLUMNS = (
    _text("id", "ID", "ID"),
    _text("kind", "种类", "Kind"),
    _text("name", "名称", "Name (Chinese)"),
    _text("name_en", "英文名", "Name"),
    _decimal("value", "数值", "Value", "value"),
    _text("unit", "单位", "Unit"),
    _text("qualifiers", "限定", "Qualifiers"),
    _text("display", "原文写法", "As printed (Chinese)"),
    _text("display_en", "英文写法", "As printed"),
    _decimal("change", "变化", "Change", "change.value"),
    _text("change_unit", "变化的单位", "Unit of change", "change.unit"),
    _text("change_basis", "变化的基准", "Basis of change", "change.basis"),
    _decimal("share", "占比", "Share", "share.value"),
    _text("share_unit", "占比的单位", "Unit of share", "share.unit"),
    _text("share_of", "占比的整体", "Share of (Chinese)", "share.of"),
    _text("share_of_en", "占比的整体（英文）", "Share of", "share.of_en"),
    _integer("rank", "位次", "Rank", "rank.value"),
    _text("rank_of", "位次的范围", "Rank among (Chinese)", "rank.of"),
    _text("rank_of_en", "位次的范围（英文）", "Rank among", "rank.of_en"),
    _decimal("normalized", "换算值", "Normalised value", "normalized.value"),
    _text("normalized_unit", "换算单位", "Normalised unit", "normalized.unit"),
    _decimal("low", "下限", "Lower bound", "normalized.low"),
    _decimal("high", "上限", "Upper bound", "normalized.high"),
    _text("measure", "口径", "Measure"),
    _text("period", "时期", "Period"),
    _text("as_of", "截至", "As of"),
    _text("scope", "范围", "Scope (Chinese)"),
    _text("scope_en", "范围（英文）", "Scope"),
    _text("category", "类别", "Category"),
    _text("date", "日期", "Date"),
    _text("official_names", "正式名称", "Official names"),
    _text("section", "栏目 ID", "Section ID", "section.id"),
    _text("section_title", "栏目", "Section (Chinese)", "section.title"),
    _text("section_title_en", "栏目（英文）", "Section", "section.title_en"),
    _text("report", "报告", "Report (Chinese)", "source.report"),
    _text("report_en", "报告（英文）", "Report", "source.report_en"),
    _integer("year", "年份", "Year", "source.year"),
    _integer("paragraph", "段落", "Paragraph", "source.paragraph"),
    _text("excerpt", "佐证", "Excerpt that proves it", "source.excerpt"),
    _text("note", "备注", "Note"),
)
"""The columns of a fact, in the order of the JSON contract; the header says what a column is, too."""

BY_KEY = {column.key: column for column in COLUMNS}

_OF_BOTH = ("section_title", "paragraph", "excerpt", "report", "note", "name_en", "id")
_OF_FIGURES = (
    *("name", "value", "unit", "qualifiers", "display"),
    *("change", "change_unit", "change_basis", "share", "share_unit", "share_of", "rank", "rank_of"),
    *("normalized", "normalized_unit", "low", "high", "measure", "period", "as_of", "scope"),
    *_OF_BOTH,
    "display_en",
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
