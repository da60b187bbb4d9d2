"""The outline of a report: title, year, territory, and the tree of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from shkc.draft.context import says_time
from shkc.draft.head import LINES, UNTITLED, head
from shkc.draft.ids import Ids, romanised
from shkc.facts.entries import UNSAFE
from shkc.text import places, quantity

_LONGEST_HEADING = 50
_OPENING = 50
_FIELDS = ("title", "year", "scope", "publisher")
_CHINESE = "[一二三四五六七八九十百]+"
_NUMBERED = (
    (re.compile(rf"^第(?:{_CHINESE}|\d+)[章篇编部](?:分)?[ 、:]*"), 1),
    (re.compile(rf"^(?:{_CHINESE})、"), 2),
    (re.compile(rf"^第(?:{_CHINESE}|\d+)节[ 、:]*"), 2),
    (re.compile(rf"^\((?:{_CHINESE})\)、?"), 3),
    (re.compile(r"^\d{1,2}(?:[.、](?!\d)| +(?=[\u4e00-\u9fff]))"), 4),
    (re.compile(r"^\d+\.\d+(?:\.\d+)*[ 、]?(?=[^\d%])"), 5),
    (re.compile(r"^\(\d{1,2}\)、?"), 6),
)
_KINDS = {
    "政府工作报告": "work-report",
    "统计公报": "statistical-communique",
    "白皮书": "white-paper",
    "年鉴": "yearbook",
}
"""Kinds of report by a word of their titles, in their ids: a place has one of each in a year."""
_NO_HEADING = re.compile(r"\t|\S {2,}\S|^[表图]\s*\d|^(?:19|20)\d\d年\d+月|(?:局|委员会|厅|人民政府|办公室)$")
"""Cells of a table, captions, dates, and who publishes."""
_ENDS_SENTENCE = re.compile(r"[。;!?,:]$")
_CLAUSE_END = re.compile("[。;,]")


class Heading(NamedTuple):
    """A line that is a heading: its level, 1 the highest, and its words without the number."""

    level: int
    title: str
    is_numbered: bool = True


class SectionDraft(NamedTuple):
    """A section of the fact file, the paragraph at which it begins, and the level of its heading, 1 the highest."""

    id: str
    number: str
    title: str
    parent: str | None
    paragraph: int
    level: int = 0


class Outline(NamedTuple):
    """What is known of the report before its figures are read; *doubts* says what was found how, by field.

    *scope* is the place that it is about, *scope_en* its official English name, empty where none is known. *asked* has
    the fields that the report does not have, for which the caller is asked.
    """

    id: str
    title: str
    year: int
    scope: str
    scope_en: str
    publisher: str
    sections: tuple[SectionDraft, ...]
    doubts: dict[str, str]
    asked: tuple[str, ...] = ()


def plain(words: str) -> str:
    """The longest part of *words* that a fact file may hold: without controls and other characters unseen."""
    return max(UNSAFE.split(words), key=len).strip()


def heading(line: str) -> Heading | None:
    """What kind of heading *line* is; None for running text."""
    folded = quantity.fold_width(line)
    if len(line) > _LONGEST_HEADING or re.search("[。;!?].", folded) or _NO_HEADING.search(folded):
        return None
    for pattern, level in _NUMBERED:
        match = pattern.match(folded)
        if match and line[match.end() :].strip(" 。.") and not folded.endswith(("。", ";")):
            return Heading(level, line[match.end() :].strip())
    if (
        len(line) <= 24
        and not _ENDS_SENTENCE.search(folded)
        and re.search("[一-鿿]", line)
        and not re.search(r"[\d%]\S*[%家个项件元]", line)
    ):
        return Heading(2, line, is_numbered=False)
    return None


def outline(paragraphs: Iterable[str], title: str | None, year: int | None, scope: str | None) -> Outline:
    """The outline of a report's *paragraphs*; *title*, *year* and *scope* are taken as given where they are.

    Only the headings and the first 50 paragraphs are kept.
    """
    opening: list[str] = []
    headings: list[tuple[int, Heading]] = []
    for number, printed in enumerate(paragraphs, 1):
        paragraph = plain(printed) if len(printed) <= _LONGEST_HEADING else printed
        if number <= _OPENING:
            opening.append(paragraph)
        found = None if "\t" in printed else heading(paragraph)
        if found is not None:
            headings.append((number, found))
    read = head(opening, title)
    given = {"title": title, "year": year, "scope": scope}
    found_in_head = {field: getattr(read, field) for field in _FIELDS if given.get(field) is None}
    title = title or plain(read.title.value) or UNTITLED
    year, scope = year or int(read.year.value), scope or read.scope.value
    place = places.called(scope)
    return Outline(
        report_id(scope, year, title),
        title,
        year,
        scope,
        place.english[0] if place else "",
        read.publisher.value,
        _sections(_below_title(headings, read.at), title if read.at else opening[0] if opening else "", title, Ids()),
        {field: each.reason for field, each in found_in_head.items()},
        tuple(field for field, each in found_in_head.items() if each.is_asked),
    )


def _below_title(headings: list[tuple[int, Heading]], at: int) -> list[tuple[int, Heading]]:
    """The *headings* behind the title, which stands at *at*, without what a web page has around it.

    A line of the head that has no number is a heading only where it says of which time a part speaks, if others have
    numbers.
    """
    first = next((number for number, each in headings if each.is_numbered), 0)
    return [
        (number, each)
        for number, each in headings
        if number > at and (each.is_numbered or number > min(first, LINES) or says_time(each.title))
    ]


def report_id(scope: str, year: int, title: str) -> str:
    """The id of the report *title* on *scope*: the place by its official romanisation, the year, the kind of report."""
    kind = next((kind for words, kind in _KINDS.items() if words in title), None)
    return "-".join(filter(None, (romanised(scope) or "report", str(year), kind)))


def _first_clause(line: str) -> str:
    end = _CLAUSE_END.search(quantity.fold_width(line))
    return line[: end.start()] if end else line


def _sections(headings: list[tuple[int, Heading]], first: str, title: str, ids: Ids) -> tuple[SectionDraft, ...]:
    root_title = title if title in first else plain(_first_clause(first)[:_LONGEST_HEADING]) or UNTITLED
    root = SectionDraft(ids.of("report"), "0", root_title, None, 1)
    found = [root]
    path: list[tuple[int, str, str, int]] = []  # level, id, number, children
    count = 0
    for number, each in headings:
        if number == 1 or not each.title:
            continue
        while path and path[-1][0] >= each.level:
            path.pop()
        if path:
            level, parent, parent_number, children = path.pop()
            path.append((level, parent, parent_number, children + 1))
            printed = f"{parent_number}.{children + 1}"
        else:
            count += 1
            parent, printed = root.id, str(count)
        section = SectionDraft(ids.of(each.title), printed, each.title, parent, number, each.level)
        found.append(section)
        path.append((each.level, section.id, printed, 0))
    return tuple(found)
