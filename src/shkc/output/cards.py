"""The view of facts with all that is known about each: a card for each, one under the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import facts, figures
from shkc.output.labels import CATEGORIES, MEASURES, QUALIFIERS
from shkc.output.view import Canvas, View

if TYPE_CHECKING:
    from shkc.facts.model import DetailedMetric, DetailedMilestone, Details

    Detailed = DetailedMetric | DetailedMilestone


def view(found: Sequence[Detailed], several: Callable[[], bool] = lambda: False) -> View:
    """The view of *found*, *several* as in `facts.view`; a card tells more than a row."""
    from shkc.facts.records import record_of

    columns = facts.told_apart(facts.COLUMNS, several)
    return View(lambda: map(record_of, found), lambda: found, facts.FIELDS, columns, facts.LINES, _draw)


def _draw(found: Sequence[Detailed], language: Language, canvas: Canvas) -> Iterator[str]:
    from shkc.output import terminal

    for number, fact in enumerate(found):
        told = [(label.to(language), text) for label, text in rows(fact, language) if text]
        yield ("\n" if number else "") + terminal.draw_card(figures.name(fact, language), told, canvas)


def rows(fact: Detailed, language: Language) -> Iterator[tuple[Text, str | tuple[str, ...]]]:
    """All that is told about *fact*, a label and a text or ids for each; empty where there is nothing to tell."""
    english, details = language is Language.en, fact.details
    yield Text("英文名", "Chinese"), _quoted((fact.name,)) if english else fact.name_en
    yield from _metric_rows(fact, language) if fact.kind == "metric" else _milestone_rows(fact, language)
    yield Text("主体", "Who"), _names(details.who_en, details.who, language)
    yield Text("地点", "Where"), _names((), details.where, language)
    yield Text("版次", "Edition"), details.edition or ""
    yield (
        Text("列举", "List"),
        Text("未尽列（等）", "open: not all are named").to(language) if details.open_list else "",
    )
    yield Text("备注", "Note"), _names((details.note_en,) if details.note_en else (), _one(fact.note), language)
    aliases = (alias for alias in details.aliases if not english or alias.isascii())
    yield Text("别名", "Aliases"), Text("、", ", ").to(language).join(aliases)
    yield from _relations(details)
    yield Text("栏目", "Section"), fact.section.title_en if english else " › ".join(fact.section.path)
    yield Text("出处", "Source"), _source(fact, language)
    yield Text("佐证", "Evidence"), _names((), [evidence.excerpt for evidence in details.evidence], language, "；")
    yield Text("系列", "Series"), details.series or ""
    yield Text("ID", "ID"), (fact.id,)
    if fact.kind == "metric":
        for follows in fact.computed:
            yield Text("推算", "Computed"), figures.computed(follows, language)


def _names(english: Sequence[str], chinese: Sequence[str], language: Language, separator: str = "、") -> str:
    """The *english* names in English, and the *chinese* ones, as printed, where there are none."""
    if language is Language.zh:
        return separator.join(chinese)
    return ", ".join(english) if english else _quoted(chinese)


def _quoted(chinese: Sequence[str]) -> str:
    """What is Chinese in an English card is a quotation and looks like one."""
    from shkc.facts import english

    return ", ".join(map(english.quoted, chinese))


def _one(text: str | None) -> Sequence[str]:
    return (text,) if text else ()


def _source(fact: Detailed, language: Language) -> str:
    source = fact.source
    return Text(
        f"《{source.report}》 ¶{source.paragraph}：{source.excerpt}",
        f"{source.report_en}, ¶{source.paragraph}: {_quoted((source.excerpt,))}",
    ).to(language)


def _relations(details: Details) -> Iterator[tuple[Text, tuple[str, ...]]]:
    from shkc.facts.relations import LABELS

    for kind, label in LABELS.items():
        yield label, tuple(relation.id for relation in details.relations if relation.type == kind)


def _metric_rows(fact: DetailedMetric, language: Language) -> Iterator[tuple[Text, str]]:
    yield Text("数值", "Figure"), fact.display_en if language is Language.en else fact.display
    yield Text("限定", "Hedges"), ", ".join(QUALIFIERS[name].to(language) for name in fact.qualifiers)
    growth = figures.growth(fact.change, language, fact.details.counted_en) if fact.change else ""
    yield Text("增长", "Growth"), growth
    yield Text("占比", "Share"), figures.share(fact.share, language) if fact.share else ""
    told = fact.measure == "rank" and language is Language.en  # in the figure
    yield Text("位次", "Rank"), figures.rank(fact.rank, language) if fact.rank and not told else ""
    if fact.measure != "rank":  # the fifth place is no quantity
        yield Text("换算", "Normalised"), figures.normalized(fact, fact.details.counted_en, language)
        bounds = next((words for mood, words in _BOUNDS.items() if mood in fact.qualifiers), Text("区间", "Bounds"))
        yield bounds, figures.bounds(fact, fact.details.counted_en, language)
    yield Text("口径", "Measure"), MEASURES[fact.measure].to(language) if fact.measure else ""
    yield Text("时期", "Period"), fact.period
    yield Text("截至", "As of"), fact.as_of or ""
    yield Text("范围", "Scope"), _names(_one(fact.scope_en), (fact.scope,), language)


_BOUNDS = {
    "target": Text("目标值区间", "Bounds of the target"),
    "estimated": Text("预计值区间", "Bounds of the estimate"),
}


def _milestone_rows(fact: DetailedMilestone, language: Language) -> Iterator[tuple[Text, str]]:
    yield Text("类别", "Category"), CATEGORIES[fact.category].to(language)
    yield Text("正式名称", "Official"), _names((), fact.official_names, language)
    yield Text("日期", "Date"), fact.date + (facts.PLANNED.to(language) if fact.planned else "")
