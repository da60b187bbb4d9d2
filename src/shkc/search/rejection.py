"""Why a name is not what a question asks for, however much of the question it explains."""

from collections.abc import Container, Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shkc.language import Text
from shkc.search import proper, vocabulary
from shkc.search.asked import CLASSES, CLASSIFIERS, states_of
from shkc.search.coverage import Coverage, contains_word
from shkc.search.interrogative import COUNTERS, EVENTS, PEOPLE
from shkc.search.question import Question
from shkc.text import word_classes, words
from shkc.text.name_entry import EVENT, NameEntry, spaced

if TYPE_CHECKING:
    from shkc.text.periods import Period


class Rejection(NamedTuple):
    """The *rule* by which a name is no answer, and what to say of it.

    Rules: discriminator (another place, holder, attribute or number), period, class, level, dimension, whole (of a
    share), aspect (the report does not state it), exclusion, measure, state (of building), kind (of quantity), modifier
    (what narrows).
    """

    rule: str
    message: Text


def rejected(question: Question, entry: NameEntry, numbers: Container[str]) -> Rejection | None:
    """Why *entry* is not what *question* asks for, whatever else it explains; None when nothing stands against it.

    It may ask for another place, holder, attribute, number, class, level, period, measure or kind of quantity, or for
    an aspect that the report does not state. *numbers* are those of the question that its facts print.
    """
    reasons = _of_figures if entry.quantity_kind != EVENT else _of_any
    return next(reasons(question, entry, numbers), None)


def _of_any(question: Question, entry: NameEntry, numbers: Container[str]) -> Iterator[Rejection]:
    """What stands against a fact of either kind."""
    figure = entry.quantity_kind != EVENT
    for word, synonyms in (*question.elsewhere, *question.discriminators):
        if (figure or word not in question.of_figures) and word not in numbers and not _has(entry, (word, *synonyms)):
            yield Rejection("discriminator", Text(f"问的是“{word}”", f"the question is about “{word}”"))
    for period in question.periods:
        named = (period.is_year and period.start in entry.years) or str(period.start) in numbers
        named = named or (period.start < period.end and _is_of(entry, period, question))
        if not named and not _has(entry, (period.words, str(period.start))):
            yield Rejection("period", Text(f"问的时期是“{period.words}”", f"the question is about “{period.words}”"))
    if question.year and "年度" in question.text and _is_of_another_year(entry, question.year):
        yield Rejection("period", Text(f"问的是{question.year}年度", f"the question is about the year {question.year}"))
    for name in question.asked.classes:
        if not any(form in entry.text for form in _class_forms(name)):
            yield Rejection("class", Text(f"问的类别是“{name}”", f"the question is about class “{name}”"))
    for level in question.asked.levels:
        if not _has(entry, (level, *_LEVELS.get(level, ()))):
            yield Rejection("level", Text(f"问的是“{level}级”", f"the question is about the level “{level}级”"))


def _of_figures(question: Question, entry: NameEntry, numbers: Container[str]) -> Iterator[Rejection]:
    """What stands against a figure."""
    yield from _of_any(question, entry, numbers)
    if question.of_nation and not any(map(partial(contains_word, entry.named), question.of_nation)):
        yield Rejection("discriminator", Text("问的是全国", "the question is about the whole nation"))
    for word, dimension in question.asked.heads:
        if dimension != entry.quantity_kind and not _has(entry, (word,)):
            yield Rejection("dimension", Text(f"问的是“{word}”，单位不同", f"“{word}” is counted in another unit"))
    if question.asked.aspect and not _has(entry, _STATED[question.asked.aspect]):
        yield Rejection("aspect", _NOT_STATED[question.asked.aspect])
    for side, other in (_ABROAD, _AT_HOME), (_AT_HOME, _ABROAD):
        if _has(entry, other) and not _has(entry, side) and _says(question, side) and not _says(question, other):
            yield Rejection("discriminator", Text(f"问的是{side[0]}", f"the question is about {side[-1]}"))
    excluding = question.asked.excluding
    if excluding and not _has(entry, (excluding,)):
        yield Rejection("exclusion", Text(f"“{excluding}”排除了一部分", f"“{excluding}” leaves a part out"))
    yield from _of_measure(question, entry)
    if len(question.asked.states) == 1 and len(states_of(entry.text)) > 1:
        yield Rejection("state", Text("这一项还包括别的建设状态", "the figure counts other states of building, too"))
    counts = question.asked.measure == "stock" or question.asked.in_thousands
    if counts and entry.measure == "ratio" and not question.asked.is_relative:
        yield Rejection("dimension", _RELATIVE)
    if question.whole and entry.quantity_kind == "ratio" and _is_part(entry, question.whole):
        yield Rejection("whole", Text("问的是占它的比例", "the question is about a share of it"))
    if not may_answer(question, entry):
        yield Rejection("kind", Text("问的是另一种量", "another kind of quantity is asked for"))


def _is_of(entry: NameEntry, years: "Period", question: Question) -> bool:
    """Whether the figures of *entry* may be of the *years* that *question* names: a plan aims at its last one."""
    aimed = question.planned and years.end in entry.years
    return aimed or (not years.is_plan and entry.of_years)


def _is_of_another_year(entry: NameEntry, year: int) -> bool:
    """Whether a name of *entry* says that it is of another year than *year*, as 2022年度的奖励大会 is, held in 2023."""
    said = [number for number, behind in pairwise(entry.text.split()) if behind.startswith("年度")]
    return bool(said) and str(year) not in said


def _class_forms(name: str) -> Iterator[str]:
    """How a name says that it is of the class *name*, or the one of that number."""
    yield from (f" {name} {classifier}" for classifier in CLASSIFIERS)
    yield from (f"{word} {name} " for word in CLASSES)
    yield f"第{name}" if words.is_han(name) else f" {name} "


def _of_measure(question: Question, entry: NameEntry) -> Iterator[Rejection]:
    """What stands against a figure of what came about in a year, or of what there is in all."""
    if not question.asked.measure:
        return
    new = bool(vocabulary.load().cues["flow"].said(entry.text))
    if question.asked.measure == "flow" and entry.measure in ("stock", "cumulative", "rank", "") and not new:
        yield Rejection("measure", _NOT_NEW)
    if question.asked.measure == "stock" and entry.measure == "flow" and new:
        yield Rejection("measure", _ONLY_NEW)


def _is_part(entry: NameEntry, whole: Iterable[str]) -> bool:
    """Whether the *whole* of which a share is asked is that which *entry* is a share of something else."""
    names, context = entry.named, spaced(entry.context_terms)
    of_names = any(contains_word(names, gram) for gram in whole)
    return of_names and not any(contains_word(context, gram) for gram in whole)


_AT_HOME = ("国内", "境内", "domestic")
_ABROAD = ("国外", "海外", "境外", "overseas", "abroad")
"""Two sides: a figure of one is none of the other."""

_LEVELS = {"国家": ("全国",)}
"""What else a name may say for a level."""

_NOT_NEW = Text("报告没有说它是当年新增的", "the report does not say that it was new in the year")
_ONLY_NEW = Text("这是当年新增，问的是累计数或存量", "it is what was new in a year, and the question is about all")

_RELATIVE = Text("这是相对数，问的是总数", "this is relative, and the question is about a total")

_STATED = {"growth": ("增速", "增长", "同比", "growth"), "share": ("占", "每", "占比", "比重")}
"""Words of the context terms of a figure that states the aspect, or of the name of one that is the aspect."""

_NOT_STATED = {
    "growth": Text("报告没有给出它的增长", "the report states no growth for it"),
    "share": Text("报告没有给出它的占比", "the report states no share for it"),
}


def _says(question: Question, wanted: Iterable[str]) -> bool:
    """Whether *question* has one of the words *wanted*."""
    return any(contains_word(f" {question.phrase} ", word) for word in wanted)


def _has(entry: NameEntry, wanted: Iterable[str]) -> bool:
    """Whether *entry* has one of the words *wanted*."""
    return any(contains_word(entry.text, word) for word in wanted)


def narrowed(question: Question, entry: NameEntry, explained: Coverage) -> Rejection | None:
    """Why words before those that are explained ask for another figure: they narrow it, and no name has them.

    A verb there says what is done with the thing (拿到, 设立), a noun or a name of its own says which thing it is.
    """
    if entry.quantity_kind == EVENT:
        return None
    if question.counted and explained.pieces and question.counted not in explained.pieces:
        thing = question.counted
        return Rejection("modifier", Text(f"问的是“{thing}”的数目", f"the question is about the number of “{thing}”"))
    negated = next((word for word in explained.pieces if _is_negated(word, question, entry)), None)
    if negated:
        return Rejection("exclusion", Text(f"问的不是“{negated}”", f"the question is not about “{negated}”"))
    other = proper.unknown(question.proper, explained.pieces, entry.text)
    if other:
        return Rejection("modifier", Text(f"“{other}”是另一个名称", f"“{other}” is of another name"))
    if not question.figures.isdisjoint(explained.pieces):
        return None
    possible = (word for word in explained.modifiers if word not in question.neutral)
    narrowing = next(filter(word_classes.is_nominal, possible), None)
    if narrowing is None:
        return None
    return Rejection("modifier", Text(f"“{narrowing}”限定的是另一项", f"“{narrowing}” narrows it to another figure"))


def _is_negated(word: str, question: Question, entry: NameEntry) -> bool:
    """Whether *question* negates the Han *word*, which a name says: 不牵头 where the figure counts what is led."""
    negated = [f"{no}{word}" for no in "不未非"] if len(word) > 1 else []
    return any(each in question.text and each not in entry.text for each in negated)


def may_answer(question: Question, entry: NameEntry) -> bool:
    """Whether *entry* names the kind of quantity that *question* asks for, as far as the two say."""
    if question.asked.counter and entry.quantity_kind == "count":
        context = entry.context_terms.split()
        sorts = [sort for sort in COUNTERS if any(f"{counter}数" in context for counter in sort)]
        if not any(question.asked.counter in sort for sort in sorts) and (
            sorts or question.asked.counter in PEOPLE + EVENTS
        ):
            return False
    if question.asked.quantity_kind == "value":
        return entry.quantity_kind != "rank"
    if question.asked.quantity_kind is None or entry.quantity_kind in ("other", EVENT, question.asked.quantity_kind):
        return True
    if question.asked.quantity_kind == "number":
        return entry.quantity_kind != "money" and (entry.quantity_kind != "ratio" or question.asked.is_relative)
    if question.asked.aspect == "growth" and entry.quantity_kind == "ratio":
        return True  # 零售总额增速: 总额 is of the name
    return question.asked.quantity_kind == "rank" and "排名" in entry.context_terms
