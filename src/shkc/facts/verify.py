"""Proof of a fact base against a text of the report.

Each excerpt must stand in its paragraph, each figure must be there with its value, unit and hedges, and each numeral
of the text must belong to a figure, to an official name, or to an exception that says why it is none.

Texts are compared with full-width forms folded and white space left out, so that a text copied from another edition
still proves the same facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from shkc.facts.load import FactFileContent
from shkc.facts.model import Details, Fact, Metric, Milestone
from shkc.language import Text
from shkc.text import quantity

_AROUND = 12
"""Characters shown on each side of a gap."""

_AND_OTHERS = "等"
"""What a list ends in that does not name all."""


class Failure(NamedTuple):
    """A fact, section or exception that the text does not prove, or (*id* None) a numeral that has none of them."""

    id: str | None
    paragraph: int | None
    message: Text


class Verification(NamedTuple):
    """The outcome: numerals in all, those accounted for, facts in all, those proven, and what is wrong."""

    numerals: int
    covered: int
    facts: int
    proven: int
    failures: tuple[Failure, ...]


class Span(NamedTuple):
    """Part of a paragraph that accounts for the numerals in it."""

    paragraph: int
    start: int
    end: int


Outcome = Span | Failure


def verify(contents: Sequence[FactFileContent], paragraphs: Iterable[str]) -> Verification:
    """Prove the facts of *contents* against the *paragraphs* of a report; together they account for its numerals."""
    folded = [fold(paragraph) for paragraph in paragraphs]
    outcomes: list[Outcome] = []
    facts = proven = 0
    for content in contents:
        outcomes += (o for section in content.sections for o in _check_section(section.id, section.title, folded))
        for record in content.records:
            found = list(_check_fact(record.fact, record.details, folded))
            outcomes += found
            facts += 1
            proven += not any(isinstance(outcome, Failure) for outcome in found)
        outcomes += (o for entry in content.exceptions for o in _check_exception(entry.text, entry.paragraphs, folded))
    spans = [outcome for outcome in outcomes if isinstance(outcome, Span)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    numerals, gaps = 0, []
    for number, paragraph in enumerate(folded, 1):
        mine = [span for span in spans if span.paragraph == number]
        for numeral in quantity.numerals(paragraph):
            numerals += 1
            if not any(span.start <= numeral.start and numeral.end <= span.end for span in mine):
                gaps.append(_gap(number, paragraph, numeral))
    return Verification(numerals, numerals - len(gaps), facts, proven, (*gaps, *failures))


def fold(text: str) -> str:
    """*text* as it is compared: full-width ASCII made half-width, white space left out but between numbers."""
    return quantity.without_space(quantity.fold_width(text))


def _gap(number: int, paragraph: str, numeral: quantity.Numeral) -> Failure:
    before = paragraph[max(0, numeral.start - _AROUND) : numeral.start]
    where = f"{before}【{numeral.text}】{paragraph[numeral.end : numeral.end + _AROUND]}"
    message = Text(f"没有事实或例外说明这个数字：{where}", f"no fact or exception accounts for this numeral: {where}")
    return Failure(None, number, message)


def _check_section(section: str, title: str, folded: list[str]) -> Iterator[Outcome]:
    if not any(fold(title) in paragraph for paragraph in folded):
        yield Failure(section, None, Text(f"原文中没有标题“{title}”", f"the text has no heading “{title}”"))


def _check_fact(fact: Fact, details: Details, folded: list[str]) -> Iterator[Outcome]:
    number = fact.source.paragraph
    if number > len(folded):
        yield Failure(fact.id, number, Text(f"原文只有 {len(folded)} 段", f"the text has {len(folded)} paragraphs"))
        return
    paragraph = folded[number - 1]
    starts = occurrences(fold(fact.source.excerpt), paragraph)
    if not starts:
        yield _missing(fact.id, number, fact.source.excerpt, folded)
    elif isinstance(fact, Metric):
        yield from _check_metric(fact, details, number, paragraph, starts)
    else:
        yield from _check_milestone(fact, number, paragraph, starts[0])
    for name in (*details.who, *details.where):
        if not occurrences(fold(name), paragraph):
            yield _missing(fact.id, number, name, [paragraph])
    if details.open_list and _AND_OTHERS not in paragraph:
        yield _missing(fact.id, number, _AND_OTHERS, [paragraph])


def _check_metric(
    metric: Metric, details: Details, number: int, paragraph: str, starts: list[int]
) -> Iterator[Outcome]:
    if len(starts) > 1:
        message = Text("摘录在该段出现多次；请取更长的摘录", "the excerpt stands there more than once; quote more")
        yield Failure(metric.id, number, message)
        return
    place = Span(number, starts[0], starts[0] + len(fold(metric.source.excerpt)))
    upper = quantity.upper_end(metric.source.excerpt, metric.value, metric.unit)
    yield from _check_figure(metric.id, paragraph, place, metric.value, metric.unit, metric.qualifiers, upper)
    for evidence in details.evidence:
        value, unit = _evidence_figure(metric, evidence.of)
        at = occurrences(fold(evidence.excerpt), paragraph)
        if at:
            place = Span(number, at[0], at[0] + len(fold(evidence.excerpt)))
            printed = quantity.read(evidence.excerpt, value, unit)
            hedges = printed.qualifiers if printed else ()
            yield from _check_figure(metric.id, paragraph, place, value, unit, hedges)
        else:
            yield _missing(metric.id, number, evidence.excerpt, [paragraph])


def _evidence_figure(metric: Metric, of: str) -> tuple[Decimal, str]:
    if of == "rank" and metric.rank:
        return Decimal(metric.rank.value), "位"
    part = metric.change if of == "change" else metric.share
    assert part is not None, "evidence exists for what is there"
    return part.value, part.unit


def _check_figure(
    fact: str,
    paragraph: str,
    place: Span,
    value: Decimal,
    unit: str,
    hedges: tuple[str, ...],
    upper: Decimal | None = None,
) -> Iterator[Outcome]:
    """The figure as the whole paragraph prints it: an excerpt may have cut off a digit or a hedge."""
    number = place.paragraph
    reading = quantity.read(paragraph, value, unit, place.start, place.end, upper)
    if reading is None:
        message = Text(f"原文该处不是 {value}{unit}", f"the text does not print {value}{unit} there")
        yield Failure(fact, number, message)
        return
    found = tuple(name for name in reading.qualifiers if name != "cumulative")
    # What reaches on from an earlier clause (力争…) need only stand before the figure.
    reaching = quantity.reaching(paragraph[: reading.start]) - {"cumulative"}
    if not set(found) <= set(hedges) <= {*found, *reaching, "cumulative"}:
        says = ", ".join(found) or "-"
        yield Failure(fact, number, Text(f"原文该处的限定词是：{says}", f"the text there is hedged: {says}"))
    yield Span(number, reading.start, reading.end)


def _check_milestone(milestone: Milestone, number: int, paragraph: str, start: int) -> Iterator[Outcome]:
    end = start + len(fold(milestone.source.excerpt))
    # A milestone may be a first (首艘, 首次): that is what it states, so its excerpt accounts for the ordinal.
    for numeral in quantity.numerals(paragraph):
        if numeral.text == "首" and start <= numeral.start < end:
            yield Span(number, numeral.start, numeral.end)
    for name in milestone.official_names:
        found = occurrences(fold(name), paragraph)
        if not found:
            yield _missing(milestone.id, number, name, [paragraph])
        yield from (Span(number, at, at + len(fold(name))) for at in found)


def _check_exception(text: str, numbers: Iterable[int], folded: list[str]) -> Iterator[Outcome]:
    for number in numbers:
        found = occurrences(fold(text), folded[number - 1]) if number <= len(folded) else []
        if not found:
            yield Failure(text, number, Text("该段没有这个例外的文字", "the paragraph does not have this exception"))
        yield from (Span(number, at, at + len(fold(text))) for at in found)


def _missing(fact: str, number: int, words: str, folded: list[str]) -> Failure:
    elsewhere = [str(n) for n, paragraph in enumerate(folded, 1) if fold(words) in paragraph]
    zh = f"；它在第 {'、'.join(elsewhere)} 段" if elsewhere else ""
    en = f"; it stands in paragraph {', '.join(elsewhere)}" if elsewhere else ""
    return Failure(fact, number, Text(f"该段没有“{words}”{zh}", f"the paragraph does not have “{words}”{en}"))


def occurrences(words: str, text: str) -> list[int]:
    """Where *words* begin in *text*, overlapping ones included."""
    return [at for at in range(len(text)) if text.startswith(words, at)]
