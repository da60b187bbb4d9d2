"""The outline of a report: title, year, territory, and the tree of its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from shkc.draft.ids import Ids, romanised
from shkc.facts.entries import UNSAFE
from shkc.text import places, quantity
from shkc.text.places import Place

_LONGEST_HEADING = 50
_UNTITLED = "未命名报告"
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
_TITLE = re.compile(r"报告|公报|年报|年鉴|白皮书|综述|概况|要点|总结")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_KINDS = {
    "政府工作报告": "work-report",
    "统计公报": "statistical-communique",
    "白皮书": "white-paper",
    "年鉴": "yearbook",
}
"""Kinds of report by a word of their titles, in their ids: a place has one of each in a year."""
_CONGRESS = "人民代表大会"
_HEAD = 30
"""Paragraphs in which a report may say what it is, where a web page has its navigation before."""
_NO_HEADING = re.compile(r"\t|\S {2,}\S|^[表图]\s*\d|^(?:19|20)\d\d年\d+月|(?:局|委员会|厅|人民政府|办公室)$")
"""Cells of a table, captions, dates, and who publishes."""
_ENDS_SENTENCE = re.compile(r"[。;!?,:]$")
_CLAUSE_END = re.compile("[。;,]")


class Heading(NamedTuple):
    """A line that is a heading: its level, 1 the highest, and its words without the number."""

    level: int
    title: str


class SectionDraft(NamedTuple):
    """A section of the fact file, the paragraph at which it begins, and the level of its heading, 1 the highest."""

    id: str
    number: str
    title: str
    parent: str | None
    paragraph: int
    level: int = 0


class Outline(NamedTuple):
    """What is known of the report before its figures are read; *doubts* says what was guessed, by field.

    *scope* is the place that it is about, *scope_en* its official English name, empty where none is known.
    """

    id: str
    title: str
    year: int
    scope: str
    scope_en: str
    sections: tuple[SectionDraft, ...]
    doubts: dict[str, str]


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
        return Heading(2, line)
    return None


def outline(paragraphs: Iterable[str], title: str | None, year: int | None, scope: str | None) -> Outline:
    """The outline of a report's *paragraphs*; *title*, *year* and *scope* are taken as given where they are.

    Only the headings and the first 50 paragraphs are kept.
    """
    first = ""
    years: Counter[str] = Counter()
    opening: list[str] = []
    headings: list[tuple[int, Heading]] = []
    for number, printed in enumerate(paragraphs, 1):
        paragraph = plain(printed) if len(printed) <= _LONGEST_HEADING else printed
        if number == 1:
            first = paragraph
        if number <= 50:
            opening.append(paragraph)
            years.update(_YEAR.findall(quantity.fold_width(paragraph)))
        found = None if "\t" in printed else heading(paragraph)
        if found is not None:
            headings.append((number, found))
    doubts: dict[str, str] = {}
    if title is None:
        title, doubts = _title(first, opening)
    if year is None:
        year, doubts["year"] = _year(title, opening, years)
    if scope is None:
        scope, doubts["scope"] = _scope(title, opening)
    place = places.called(scope)
    return Outline(
        report_id(scope, year, title),
        title,
        year,
        scope,
        place.english[0] if place else "",
        _sections(headings, first, title, Ids()),
        doubts,
    )


def report_id(scope: str, year: int, title: str) -> str:
    """The id of the report *title* on *scope*: the place by its official romanisation, the year, the kind of report."""
    kind = next((kind for words, kind in _KINDS.items() if words in title), None)
    return "-".join(filter(None, (romanised(scope) or "report", str(year), kind)))


def _title(first: str, opening: list[str]) -> tuple[str, dict[str, str]]:
    for line in opening[:_HEAD]:
        if (
            len(line) <= _LONGEST_HEADING
            and _TITLE.search(line)
            and not _ENDS_SENTENCE.search(quantity.fold_width(line))
        ):
            return plain(line.strip("《》 ")) or _UNTITLED, {"title": "取自文首"}
    return plain(_first_clause(first)[:30]) or plain(first[:30]) or _UNTITLED, {"title": "文首没有标题，取第一段开头"}


def _year(title: str, opening: list[str], years: Counter[str]) -> tuple[int, str]:
    """The year of the report *title*, whose *opening* names *years*, and how it was found."""
    if in_title := _YEAR.search(quantity.fold_width(title)):
        return int(in_title[1]), "由标题推断"
    for line in opening[:_HEAD]:
        given = _YEAR.search(quantity.fold_width(line))
        if given and _CONGRESS in line:
            return int(given[1]), "由作报告的日期推断"
    return (int(years.most_common(1)[0][0]), "由正文中最常见的年份推断") if years else (2000, "原文没有年份")


def _first_clause(line: str) -> str:
    end = _CLAUSE_END.search(quantity.fold_width(line))
    return line[: end.start()] if end else line


def _scope(title: str, opening: list[str]) -> tuple[str, str]:
    named = [mention.place for mention in places.mentions(title) if mention.place.id != places.NATION]
    if named:
        return named[0].short, "由标题推断"
    bare = re.match(
        r"^(?:(?:19|20)\d\d年?(?:度)?)?([一-鿿]{2,3}?)(?:市|省|自治区)?(?=科技|国民|(?:19|20)\d\d|创新|统计|高新)",
        title,
    )
    if bare:
        return bare[1], "由标题推断"
    head = _place_of_head(opening[:_HEAD])
    if head is not None:
        return head.short, "由文首推断"
    for line in opening:
        place = re.search(r"([一-鿿]{2})[市省](?=[全委政科]|(?:19|20))", line)
        if place and place[1] not in ("全国", "各省", "我省", "本市", "外省", "省辖"):
            return place[1], "由正文推断"
    return "待填", "原文没有写明地区，请填写"


def _place_of_head(lines: list[str]) -> Place | None:
    """The place that the head of a report names most; the congress that it was given to decides.

    The nation is only meant where its congress is: any report compares itself with the whole country.
    """
    counts: Counter[Place] = Counter()
    for line in lines:
        for mention in places.mentions(line):
            congress = _CONGRESS in line[mention.end : mention.end + 12]
            if mention.place.id != places.NATION or congress:
                counts[mention.place] += _CONGRESS_COUNTS if congress else 1
    return counts.most_common(1)[0][0] if counts else None


_CONGRESS_COUNTS = 100
"""How many other mentions of places one before the name of a congress outweighs."""


def _sections(headings: list[tuple[int, Heading]], first: str, title: str, ids: Ids) -> tuple[SectionDraft, ...]:
    root_title = title if title in first else plain(_first_clause(first)[:_LONGEST_HEADING]) or _UNTITLED
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
