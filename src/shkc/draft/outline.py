"""The outline of a report: title, year, territory, and the tree of its headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from shkc.draft import name as naming
from shkc.facts.entries import UNSAFE
from shkc.text import quantity

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
_PLACE = re.compile(r"([一-鿿]{2,7}?)(?:省|市|自治区|特别行政区|区|县)")
_NO_HEADING = re.compile(r"\t|\S {2,}\S|^[表图]\s*\d|^(?:19|20)\d\d年\d+月|(?:局|委员会|厅|人民政府|办公室)$")
"""Cells of a table, captions, dates, and who publishes."""
_ENDS_SENTENCE = re.compile(r"[。;!?,:]$")
_CLAUSE_END = re.compile("[。;,]")


class Heading(NamedTuple):
    """A line that is a heading: its level, 1 the highest, and its words without the number."""

    level: int
    title: str


class SectionDraft(NamedTuple):
    """A section of the fact file, and the paragraph at which it begins."""

    id: str
    number: str
    title: str
    parent: str | None
    paragraph: int


class Outline(NamedTuple):
    """What is known of the report before its figures are read; *doubts* says what was guessed, by field."""

    id: str
    title: str
    year: int
    scope: str
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
        in_title = _YEAR.search(quantity.fold_width(title))
        year = int(in_title[1] if in_title else years.most_common(1)[0][0]) if in_title or years else 2000
        doubts["year"] = "由标题推断" if in_title else "由正文中最常见的年份推断" if years else "原文没有年份"
    if scope is None:
        scope, doubts["scope"] = _scope(title, opening)
    ids = naming.Ids()
    report_id = f"{'-'.join(naming.pinyin(scope)[:3]) or 'report'}-{year}"
    return Outline(report_id, title, year, scope, _sections(headings, first, title, ids), doubts)


def _title(first: str, opening: list[str]) -> tuple[str, dict[str, str]]:
    for line in opening[:5]:
        if (
            len(line) <= _LONGEST_HEADING
            and _TITLE.search(line)
            and not _ENDS_SENTENCE.search(quantity.fold_width(line))
        ):
            return plain(line.strip("《》 ")) or _UNTITLED, {"title": "取自文首"}
    return plain(_first_clause(first)[:30]) or plain(first[:30]) or _UNTITLED, {"title": "文首没有标题，取第一段开头"}


def _first_clause(line: str) -> str:
    end = _CLAUSE_END.search(quantity.fold_width(line))
    return line[: end.start()] if end else line


def _scope(title: str, opening: list[str]) -> tuple[str, str]:
    bare = re.match(
        r"^(?:(?:19|20)\d\d年?(?:度)?)?([一-鿿]{2,3}?)(?:市|省|自治区)?(?=科技|国民|(?:19|20)\d\d|创新|统计|高新)",
        title,
    )
    if bare:
        return bare[1], "由标题推断"
    for line in opening:
        place = re.search(r"([一-鿿]{2})[市省](?=[全委政科]|(?:19|20))", line)
        if place and place[1] not in ("全国", "各省", "我省", "本市", "外省", "省辖"):
            return place[1], "由正文推断"
    return "待填", "原文没有写明地区，请填写"


def _sections(headings: list[tuple[int, Heading]], first: str, title: str, ids: naming.Ids) -> tuple[SectionDraft, ...]:
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
        section = SectionDraft(ids.of(each.title), printed, each.title, parent, number)
        found.append(section)
        path.append((each.level, section.id, printed, 0))
    return tuple(found)
