"""What the head of a document says of it: its title, year, territory and publisher, each found there or asked for.

Nothing is guessed from a word of the text. What is not found has a value that stands in for it, and the reason why it
is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from shkc.draft.unfilled import TO_BE_FILLED_IN
from shkc.text import places, quantity
from shkc.text.places import Place

LINES = 30
"""Paragraphs in which a report may say what it is, where a web page has its navigation before."""
UNTITLED = "未命名报告"
_LONGEST_TITLE = 50
_NO_YEAR = 2000
_TITLE = re.compile(r"报告|公报|年报|年鉴|白皮书|综述|概况|要点|总结")
_SUBTITLE = re.compile(r"[—-]{2,}.*")
"""What a title has behind it on its line: ——2024年3月5日在….."""
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_SENTENCE = re.compile(r"[。;!?]|[,:]$")
_CONGRESS = "人民代表大会"
_CONGRESS_COUNTS = 100
"""How many other mentions of places one before the name of a congress outweighs."""
_PUBLISHER = re.compile("^[\u4e00-\u9fff]{2,16}(?:人民政府|委员会|厅|局)$")
_SPOKEN_FOR = re.compile("我?代表(?P<who>国务院|(?:[\u4e00-\u9fff]{0,8}(?:人民)?政府))")


class Found(NamedTuple):
    """Something that is said of a report: its *value*, and why it is to be checked or asked for."""

    value: str
    reason: str
    is_asked: bool = False


class Head(NamedTuple):
    """What the head of a report says of it, and in which paragraph its title stands, 0 where it has none."""

    title: Found
    year: Found
    scope: Found
    publisher: Found
    at: int


def head(lines: Sequence[str], title: str | None = None) -> Head:
    """What the first *lines* of a report say of it; its *title* where it is given."""
    at, found = _title(lines) if title is None else (0, Found(title, ""))
    year, scope = _year(found.value, lines), _scope(found.value, lines)
    return Head(found, year, scope, _publisher(lines, scope.value), at)


def _title(lines: Sequence[str]) -> tuple[int, Found]:
    for number, line in enumerate(lines[:LINES], 1):
        words = _SUBTITLE.sub("", line).strip("《》 ")
        if (
            2 < len(words) <= _LONGEST_TITLE
            and _TITLE.search(words)
            and not _SENTENCE.search(quantity.fold_width(line))
        ):
            return number, Found(words, "取自文首")
    return 0, Found(UNTITLED, "文首没有标题；请填写，或用 --title 给出", is_asked=True)


def _year(title: str, lines: Sequence[str]) -> Found:
    """The year of the report *title*: that of the title, or of the day on which a congress was given it."""
    if in_title := _YEAR.search(quantity.fold_width(title)):
        return Found(in_title[1], "由标题推断")
    for line in lines[:LINES]:
        given = _YEAR.search(quantity.fold_width(line))
        if given and _CONGRESS in line:
            return Found(given[1], "由作报告的日期推断")
    years = Counter(year for line in lines for year in _YEAR.findall(quantity.fold_width(line)))
    common = years.most_common(1)
    most = common[0][0] if common else str(_NO_YEAR)
    reason = (
        "标题和文首没有年份；" + ("暂取正文最常说的一年" if common else "这只是占位") + "，请核对，或用 --year 给出"
    )
    return Found(most, reason, is_asked=True)


def _scope(title: str, lines: Sequence[str]) -> Found:
    named = [mention.place for mention in places.mentions(title) if mention.place.id != places.NATION]
    if named:
        return Found(named[0].short, "由标题推断")
    bare = re.match(
        r"^(?:(?:19|20)\d\d年?(?:度)?)?([一-鿿]{2,3}?)(?:市|省|自治区)?(?=科技|国民|(?:19|20)\d\d|创新|统计|高新)",
        title,
    )
    if bare:
        return Found(bare[1], "由标题推断")
    place = _place_of(lines[:LINES])
    if place is not None:
        return Found(place.short, "由文首推断")
    return Found(TO_BE_FILLED_IN, "标题和文首没有写明地区；请填写，或用 --scope 给出", is_asked=True)


def _place_of(lines: Sequence[str]) -> Place | None:
    """The place that the head of a report names most; the congress that it was given to decides.

    The nation is only meant where its congress is: any report compares itself with the whole country; and what a
    sentence speaks of may be any place.
    """
    counts: Counter[Place] = Counter()
    for line in lines:
        is_prose = _SENTENCE.search(quantity.fold_width(line)) is not None
        for mention in places.mentions(line):
            congress = _CONGRESS in line[mention.end : mention.end + 12]
            if congress or (mention.place.id != places.NATION and not is_prose):
                counts[mention.place] += _CONGRESS_COUNTS if congress else 1
    return counts.most_common(1)[0][0] if counts else None


def _publisher(lines: Sequence[str], scope: str) -> Found:
    """Who publishes the report: a body on a line of its own, or that for which its speaker speaks."""
    for line in lines[:LINES]:
        if _PUBLISHER.match(line.strip()):
            return Found(line.strip(), "取自文首")
    place = places.called(scope)
    for line in lines[:LINES]:
        spoken = _SPOKEN_FOR.search(line)
        if spoken and spoken["who"] == "国务院":
            return Found("国务院", "由“代表国务院”推断")
        if spoken and place is not None:
            return Found(f"{place.name}人民政府", "由“代表……人民政府”推断")
    return Found(TO_BE_FILLED_IN, "文首没有写明发布单位，请填写全称", is_asked=True)
