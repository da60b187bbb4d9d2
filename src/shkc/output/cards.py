"""The view of facts with all that is known about each: a card for each, one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import facts, figures
from shkc.output.labels import CATEGORIES, QUALIFIERS
from shkc.output.view import Canvas, View

if TYPE_CHECKING:
    from shkc.facts.model import DetailedMetric, DetailedMilestone, Details

    Detailed = DetailedMetric | DetailedMilestone


def view(found: Sequence[Detailed]) -> View:
    """The view of *found*; a card has more than a row of it."""
    from shkc.facts.records import record_of

    return View(lambda: map(record_of, found), lambda: found, facts.FIELDS, facts.columns, facts.LINES, _draw)


def _draw(found: Sequence[Detailed], language: Language, canvas: Canvas) -> Iterator[str]:
    from shkc.output import table

    for number, fact in enumerate(found):
        rows = [(label.to(language), text) for label, text in _rows(fact, language) if text]
        yield ("\n" if number else "") + table.draw_card(figures.name(fact, language), rows, canvas)


def _rows(fact: Detailed, language: Language) -> Iterator[tuple[Text, str]]:
    yield Text("英文名", "Chinese"), fact.name if language is Language.en else fact.name_en
    yield from _metric_rows(fact, language) if fact.kind == "metric" else _milestone_rows(fact, language)
    note = fact.details.note_en if language is Language.en and fact.details.note_en else fact.note
    yield Text("备注", "Note"), note or ""
    yield Text("别名", "Aliases"), "、".join(fact.details.aliases)
    yield from _relations(fact.details)
    yield Text("栏目", "Section"), " › ".join(fact.section.path)
    yield Text("出处", "Source"), f"《{fact.source.report}》 ¶{fact.source.paragraph}：{fact.source.excerpt}"
    yield Text("主体", "Who"), "、".join(fact.details.who)
    yield Text("佐证", "Evidence"), "；".join(evidence.excerpt for evidence in fact.details.evidence)
    yield Text("ID", "ID"), fact.id
    if fact.kind == "metric":
        for follows in fact.computed:
            yield Text("推算", "Computed"), figures.computed(follows, language)


def _relations(details: Details) -> Iterator[tuple[Text, str]]:
    from shkc.facts.relations import LABELS

    for kind, label in LABELS.items():
        yield label, ", ".join(relation.id for relation in details.relations if relation.type == kind)


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
    yield Text("地点", "Where"), "、".join(fact.details.where)
    yield Text("日期", "Date"), fact.date
