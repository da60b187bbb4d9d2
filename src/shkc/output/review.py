"""What a review shows: a card for each thing to decide, the keys, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import figures, terminal
from shkc.output.labels import CATEGORIES, MEASURES
from shkc.output.view import Canvas

if TYPE_CHECKING:
    from shkc.facts.model import Fact

KEYS = {
    "k": Text("保留", "keep"),
    "d": Text("删去", "drop"),
    "e": Text("修改", "edit"),
    "o": Text("逐件", "one by one"),
    "s": Text("跳过", "skip"),
    "u": Text("撤销", "undo"),
    "q": Text("停止", "quit"),
}
"""The keys, in the order in which they are shown."""

_ONE_BY_ONE = "o"

_FIELDS = {
    "title": Text("标题", "Title"),
    "title_en": Text("英文标题", "English title"),
    "publisher": Text("发布单位", "Publisher"),
    "publisher_en": Text("发布单位（英文）", "Publisher (English)"),
    "year": Text("年份", "Year"),
    "scope": Text("地区", "Territory"),
    "scope_en": Text("地区（英文）", "Territory (English)"),
}
_LABEL = "dim"

Row = tuple[Text, str | tuple[str, ...]]
"""A label and what it is of; a tuple holds what is not split."""


def card(
    title: str,
    sentence: tuple[str, str, str],
    rows: Iterable[Row],
    doubts: Iterable[str],
    language: Language,
    canvas: Canvas,
) -> str:
    """What is to be decided: its *title*, the *sentence* before, in and behind what is marked, *rows* and *doubts*."""
    before, marked, behind = sentence
    quoted: list[Row] = [(Text("原文", "Report"), f"{before}【{marked}】{behind}")] if marked else []
    doubted = ((Text("待核", "Doubt"), doubt) for doubt in doubts)
    told = [(label.to(language), text) for label, text in (*quoted, *rows, *doubted) if text]
    return "\n" + terminal.draw_card(title, told, canvas)


def title(number: int, doubt: float, paragraph: int | None, language: Language) -> str:
    """The first line of a card: how many are left, the doubt, and where it stands in the report."""
    place = f" · ¶{paragraph}" if paragraph else ""
    shown = Text(f"还有 {number} 项 · 存疑 {doubt:.1f}{place}", f"{number} left · doubt {doubt:.1f}{place}")
    return shown.to(language)


def rows_of_fact(fact: Fact, language: Language) -> Iterator[Row]:
    """The proposal of a draft: what *fact* states."""
    yield Text("名称", "Name"), fact.name
    yield Text("英文名", "English"), fact.name_en
    if fact.kind == "metric":
        printed = (figures.figure(fact, language), figures.what_goes_with(fact, language))
        yield Text("数值", "Figure"), Text("，", ", ").to(language).join(filter(None, printed))
        yield Text("时期", "Period"), fact.as_of or fact.period
        yield Text("口径", "Measure"), MEASURES[fact.measure].to(language) if fact.measure else ""
        yield Text("范围", "Scope"), fact.scope
    else:
        yield Text("类别", "Category"), CATEGORIES[fact.category].to(language)
        if len(fact.official_names) > 1:  # one is marked in the sentence
            yield Text("正式名称", "Official"), "、".join(fact.official_names)
        yield Text("日期", "Date"), fact.date
    yield Text("ID", "ID"), (fact.id,)


def row_of_field(field: str, value: str) -> Row:
    """A field of the head."""
    return _FIELDS.get(field, Text(field, field)), value


def rows_of_exception(words: str, reason: str) -> Iterator[Row]:
    """A numeral that is said to be no figure."""
    yield Text("不是数据", "No figure"), words
    yield Text("理由", "Reason"), reason


def rows_of_several(facts: Iterable[Fact], language: Language) -> Iterator[Row]:
    """Proposed milestones that are decided together: their words in the report, and what each is called."""
    named: dict[str, list[str]] = {}
    for fact in facts:
        if fact.kind == "milestone":
            kind = CATEGORIES[fact.category].to(language)
            planned = Text("，计划", ", planned").to(language) if fact.planned else ""
            named.setdefault(fact.source.excerpt, []).append(f"{fact.name}（{kind}{planned}）")
    for excerpt, names in named.items():
        yield Text("原文", "Report"), excerpt
        for name in names:
            yield Text("大事", "Milestone"), name


def keys(language: Language, canvas: Canvas, *, several: bool = False) -> str:
    """The line of keys, on as many lines as it needs; with that of *several* where there are."""
    told = "  ".join(f"{key} {does.to(language)}" for key, does in KEYS.items() if several or key != _ONE_BY_ONE)
    lines = terminal.wrapped(told, canvas.width or terminal.UNLIMITED)
    return "".join(terminal.draw_line([(line, _LABEL)], canvas) for line in lines)


def done(doubtful: int, exceptions: int, translations: int) -> Text:
    """What is left in the file."""
    return Text(
        f"还有 {doubtful} 项待核、{exceptions} 个存疑的非数据、{translations} 个名称待译",
        f"{doubtful} to review, {exceptions} numerals that may be figures, {translations} names to translate",
    )
