"""The facts as tables with keys: facts, reports, sections, and the relations between facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from shkc.language import Text
from shkc.output.beside import Form
from shkc.output.export.contents import COLUMNS, Contents


class TableColumn(NamedTuple):
    """A column: its name, what its cells are, what it tells, and whether a row may have none."""

    name: str
    form: Form
    header: Text
    required: bool = False


class Table(NamedTuple):
    """A table: its columns, those that make the key of a row, those that are keys of other tables, and its rows."""

    name: str
    about: Text
    columns: Sequence[TableColumn]
    key: Sequence[str]
    references: Mapping[str, str]
    """By a column of this table, the one whose key it is: another, or this one."""
    rows: Callable[[], Iterable[Sequence[object]]]
    """The rows, each time from the first."""


def tables(contents: Contents) -> list[Table]:
    """The tables of *contents*; one that another refers to stands before it."""
    return [_reports(contents), _sections(contents), _facts(contents), _relations(contents)]


def _reports(contents: Contents) -> Table:
    described = {
        "id": Text("报告的 ID", "id of the report"),
        "title": Text("标题", "title"),
        "title_en": Text("英文标题", "title in English"),
        "publisher": Text("发布者", "publisher"),
        "publisher_en": Text("发布者的英文名", "publisher in English"),
        "year": Text("报告所述的年份", "year that the report is about"),
        "scope": Text("地域", "territory"),
        "scope_en": Text("地域的英文名", "territory in English"),
        "place": Text("出版地", "place of publication"),
        "published": Text("发布日期", "date of publication"),
        "url": Text("网址", "address"),
    }
    columns = [
        TableColumn(name, "integer" if name == "year" else "text", header, name in ("id", "title", "year"))
        for name, header in described.items()
    ]

    def rows() -> Iterator[Sequence[object]]:
        return ([getattr(report, name) for name in described] for report in contents.reports)

    return Table("report", Text("报告", "Reports"), columns, ["id"], {}, rows)


def _sections(contents: Contents) -> Table:
    columns = [
        TableColumn("key", "text", Text("报告的 ID/栏目的 ID", "id of the report/id of the section"), True),
        TableColumn("report", "text", Text("报告", "report"), True),
        TableColumn("parent", "text", Text("上级栏目", "section that it is part of")),
        TableColumn("number", "text", Text("编号", "number")),
        TableColumn("title", "text", Text("标题", "title"), True),
        TableColumn("short", "text", Text("简称", "short title")),
        TableColumn("short_en", "text", Text("英文简称", "short title in English")),
        TableColumn("depth", "integer", Text("层次，0 为最上", "level, 0 at the top")),
    ]

    def rows() -> Iterator[Sequence[object]]:
        sections = {f"{report}/{each.id}": (report, each) for report, each in contents.sections}  # once for all files
        above: list[str] = []  # the section before, and those that it is part of
        for key, (report, each) in sections.items():
            above = [*above[: each.depth], key]
            parent = above[-2] if each.depth else None
            yield [key, report, parent, each.number, each.title, each.short, each.short_en, each.depth]

    references = {"report": "report", "parent": "section"}
    return Table("section", Text("栏目", "Sections"), columns, ["key"], references, rows)


def _facts(contents: Contents) -> Table:
    own = [column for column in COLUMNS if column.key not in ("report", "section")]
    columns = [
        TableColumn("key", "text", Text("报告的 ID/事实的 ID", "id of the report/id of the fact"), True),
        TableColumn("report", "text", Text("报告", "report"), True),
        TableColumn("section", "text", Text("栏目", "section"), True),
        *(
            TableColumn(column.key, column.form, column.header, column.key in ("id", "kind", "name", "excerpt"))
            for column in own
        ),
        TableColumn("aliases", "text", Text("别名", "Aliases")),
    ]

    def rows() -> Iterator[Sequence[object]]:
        for whole in contents.facts():
            report, fact, details = whole
            yield [
                f"{report}/{fact.id}",
                report,
                f"{report}/{fact.section.id}",
                *(column.cell(whole) for column in own),
                "; ".join(details.aliases),
            ]

    references = {"report": "report", "section": "section"}
    return Table("fact", Text("数字和里程碑", "Figures and milestones"), columns, ["key"], references, rows)


def _relations(contents: Contents) -> Table:
    columns = [
        TableColumn("fact", "text", Text("事实", "fact"), True),
        TableColumn("type", "text", Text("关联：part-of、per 等", "how it relates: part-of, per …"), True),
        TableColumn("other", "text", Text("另一事实", "the other fact"), True),
    ]

    def rows() -> Iterator[Sequence[object]]:
        exported = {f"{each.report}/{each.fact.id}" for each in contents.facts()}
        for report, fact, details in contents.facts():
            for relation in details.relations:
                if (other := f"{report}/{relation.id}") in exported:  # a selection may have left it behind
                    yield [f"{report}/{fact.id}", relation.type, other]

    about = Text("事实之间的关联，两边各记一次", "Relations between facts, told from both sides")
    return Table("relation", about, columns, ["fact", "type", "other"], {"fact": "fact", "other": "fact"}, rows)
