"""The view of facts with all that is known about each: a card for each, one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import facts, figures
from shkc.output.labels import CATEGORIES, QUALIFIERS
from shkc.output.view import Canvas, View

if TYPE_CHECKING:
    from shkc.facts.model import DetailedMetric, DetailedMilestone

    Detailed = DetailedMetric | DetailedMilestone


def view(found: Sequence[Detailed]) -> View:
    """The view of *found*; a card has more than a row of it."""
    from shkc.facts.records import record_of

    return View(lambda: map(record_of, found), lambda: found, facts.FIELDS, facts.columns, facts.LINES, _draw)


def _draw(found: Sequence[Detailed], language: Language, canvas: Canvas) -> Iterator[str]:
    from shkc.output import table

    for number, fact in enumerate(found):
        told = [(label.to(language), text) for label, text in rows(fact, language) if text]
        yield ("\n" if number else "") + table.draw_card(figures.name(fact, language), told, canvas)


def rows(fact: Detailed, language: Language) -> Iterator[tuple[Text, str]]:
    """All that is told about *fact*, a label and a text for each; the text is empty where there is nothing to tell."""
    yield Text("英文名", "Chinese"), fact.name if language is Language.en else fact.name_en
    yield from _metric_rows(fact, language) if fact.kind == "metric" else _milestone_rows(fact, language)
    yield Text("备注", "Note"), fact.note or ""
    yield Text("别名", "Aliases"), "、".join(fact.details.aliases)
    yield Text("属于", "Part of"), ", ".join(fact.details.part_of)
    yield Text("相关", "Related"), ", ".join(fact.details.related)
    yield Text("栏目", "Section"), " › ".join(fact.section.path)
    yield Text("出处", "Source"), f"《{fact.source.report}》 ¶{fact.source.paragraph}：{fact.source.excerpt}"
    yield Text("佐证", "Evidence"), "；".join(evidence.excerpt for evidence in fact.details.evidence)
    yield Text("ID", "ID"), fact.id
    if fact.kind == "metric":
        for follows in fact.computed:
            yield Text("推算", "Computed"), figures.computed(follows, language)


def _metric_rows(fact: DetailedMetric, language: Language) -> Iterator[tuple[Text, str]]:
    normalized = fact.normalized
    yield Text("数值", "Figure"), fact.display
    yield Text("限定", "Hedges"), ", ".join(QUALIFIERS[name].to(language) for name in fact.qualifiers)
    yield Text("增长", "Growth"), figures.growth(fact.change, language) if fact.change else ""
    if fact.share:
        share = figures.share(fact.share)
        yield Text("占比", "Share"), Text(f"占{fact.share.of} {share}", f"{share} of {fact.share.of}").to(language)
    if fact.rank:
        yield Text("位次", "Rank"), f"{fact.rank.of} {fact.rank.value}"
    yield Text("换算", "Normalised"), f"{figures.number(normalized.value)} {normalized.unit}"
    yield Text("区间", "Bounds"), figures.interval(normalized.low, normalized.high, language)
    yield Text("时期", "Period"), fact.period
    yield Text("范围", "Scope"), fact.scope


def _milestone_rows(fact: DetailedMilestone, language: Language) -> Iterator[tuple[Text, str]]:
    yield Text("类别", "Category"), CATEGORIES[fact.category].to(language)
    yield Text("正式名称", "Official"), "、".join(fact.official_names)
    yield Text("主体", "Who"), "、".join(fact.who)
    yield Text("地点", "Where"), "、".join(fact.where)
    yield Text("日期", "Date"), fact.date
