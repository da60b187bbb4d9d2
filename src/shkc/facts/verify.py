"""Proof of a fact base against a text of the report.

Each excerpt must stand in its paragraph, each figure must be there with its value, unit and hedges, and each numeral
of the text must belong to a figure, to an official name, or to an exception that says why it is none.

Texts are compared with full-width forms folded and white space left out, so that a text copied from another edition
still proves the same facts.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Literal, NamedTuple

from shkc.facts.entries import ExceptionEntry
from shkc.facts.load import FactFileContent
from shkc.facts.model import Details, Fact, Metric, Milestone
from shkc.language import Text
from shkc.text import quantity
from shkc.text.documents.characters import unified

_AROUND = 12
"""Characters shown on each side of a gap."""

_NEAR = 500
"""Characters on each side of an excerpt that a figure is read in: more than the words that hedge it are away."""

_FAR = 10_000
"""Characters before a figure that a target or an estimate may be said in."""

MOST_SEARCHES = 100
"""Missing words that are looked for in other paragraphs: whoever misses thousands has another text before him."""

_AND_OTHERS = "等"
"""What a list ends in that does not name all."""


class Failure(NamedTuple):
    """A fact, section or exception that the text does not prove, or (*id* None) a numeral that has none of them."""

    id: str | None
    paragraph: int | None
    message: Text


Role = Literal["figure", "name", "excerpt", "exception", "gap"]
"""What a part of the text is: a printed figure (growth, share and rank included), an official name or ordinal of a
milestone, the excerpt that proves a fact, an exception, or a numeral without a fact."""


class Span(NamedTuple):
    """Part of a paragraph, in characters of its folded text.

    *owner* is the id of the fact, the reason of the exception, or empty for a gap. Figures, names and exceptions
    account for the numerals in them.
    """

    paragraph: int
    start: int
    end: int
    role: Role
    owner: str


class Verification(NamedTuple):
    """The outcome: numerals in all, those accounted for, facts in all, those proven, and what is wrong.

    *spans* say where each fact and exception stands, and where each gap is.
    """

    numerals: int
    covered: int
    facts: int
    proven: int
    failures: tuple[Failure, ...]
    spans: tuple[Span, ...]


class Proof(NamedTuple):
    """The paragraphs of a report, what its verification found in them, and remarks on how they were read."""

    paragraphs: Sequence[str]
    outcome: Verification
    remarks: tuple[Text, ...] = ()


Outcome = Span | Failure


def verify(contents: Sequence[FactFileContent], paragraphs: Iterable[str]) -> Verification:
    """Prove the facts of *contents* against the *paragraphs* of a report; together they account for its numerals."""
    text = _Text([fold(paragraph) for paragraph in paragraphs])
    folded = text.paragraphs
    outcomes: list[Outcome] = []
    facts = proven = 0
    for content in contents:
        outcomes += (o for section in content.sections for o in _check_section(section.id, section.title, text))
        for record in content.records:
            found = list(_check_fact(record.fact, record.details, text))
            outcomes += found
            facts += 1
            proven += not any(isinstance(outcome, Failure) for outcome in found)
        outcomes += (o for entry in content.exceptions for o in _check_exception(entry, folded))
    spans = [outcome for outcome in outcomes if isinstance(outcome, Span)]
    failures = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    numerals, gaps = _gaps(spans, folded)
    unexplained = [_unexplained(gap, folded[gap.paragraph - 1]) for gap in gaps]
    return Verification(numerals, numerals - len(gaps), facts, proven, (*unexplained, *failures), (*spans, *gaps))


def _gaps(spans: Iterable[Span], folded: Sequence[str]) -> tuple[int, list[Span]]:
    """The number of numerals in the text, and those that no span accounts for."""
    accounting: defaultdict[int, list[Span]] = defaultdict(list)
    for span in spans:
        if span.role != "excerpt":
            accounting[span.paragraph].append(span)
    count, gaps = 0, []
    for number, paragraph in enumerate(folded, 1):
        mine = deque(sorted(accounting[number], key=attrgetter("start")))
        reached = 0  # the end of all spans that begin before the numeral: one of them holds it when it ends there
        for numeral in quantity.numerals(paragraph):
            count += 1
            while mine and mine[0].start <= numeral.start:
                reached = max(reached, mine.popleft().end)
            if numeral.end > reached:
                gaps.append(Span(number, numeral.start, numeral.end, "gap", ""))
    return count, gaps


def holding(spans: Iterable[Span], places: Iterable[tuple[int, int]]) -> Iterator[list[Span]]:
    """For each of *places*, start and end in their order, the *spans* of the same paragraph that hold it."""
    waiting = deque(sorted(enumerate(spans), key=lambda each: each[1].start))
    begun: list[tuple[int, Span]] = []
    for start, end in places:
        while waiting and waiting[0][1].start <= start:
            begun.append(waiting.popleft())
        begun = [each for each in begun if each[1].end > start]
        yield [span for _, span in sorted(begun) if end <= span.end]


class _Text:
    """A text that facts are looked for in: its folded *paragraphs*."""

    def __init__(self, paragraphs: list[str]) -> None:
        self.paragraphs = paragraphs
        self._lines = frozenset(paragraphs)
        self._searches = MOST_SEARCHES

    def has_heading(self, title: str) -> bool:
        """Whether *title* is a paragraph or stands in one."""
        return title in self._lines or any(title in paragraph for paragraph in self.paragraphs)

    def elsewhere(self, words: str) -> list[int]:
        """The numbers of the paragraphs that have *words*; none after so many searches, which take long each."""
        self._searches -= 1
        if self._searches < 0:
            return []
        return [number for number, paragraph in enumerate(self.paragraphs, 1) if words in paragraph]


def fold(text: str) -> str:
    """*text* as it is compared: in half-width forms and without radicals; white space stays between numbers only."""
    return quantity.without_space(quantity.fold_width(unified(text)))


def printed_places(paragraph: str) -> Sequence[int]:
    """Where each character of `fold` of *paragraph* stands in *paragraph* itself; its length stands at the end."""
    folded = fold(paragraph)
    places: list[int] = []
    for printed, character in enumerate(quantity.fold_width(unified(paragraph))):
        # Folding leaves out white space, or makes one space of it: any other character is the next of the folded ones.
        wanted = folded[len(places) : len(places) + 1]
        if character == wanted or (wanted == " " and character.isspace()):
            places.append(printed)
    return (*places, len(paragraph))


def _unexplained(gap: Span, paragraph: str) -> Failure:
    before = paragraph[max(0, gap.start - _AROUND) : gap.start]
    where = f"{before}【{paragraph[gap.start : gap.end]}】{paragraph[gap.end : gap.end + _AROUND]}"
    message = Text(f"没有事实或例外说明这个数字：{where}", f"no fact or exception accounts for this numeral: {where}")
    return Failure(None, gap.paragraph, message)


def _check_section(section: str, title: str, text: _Text) -> Iterator[Outcome]:
    if not text.has_heading(fold(title)):
        yield Failure(section, None, Text(f"原文中没有标题“{title}”", f"the text has no heading “{title}”"))


def _check_fact(fact: Fact, details: Details, text: _Text) -> Iterator[Outcome]:
    number, folded = fact.source.paragraph, text.paragraphs
    if number > len(folded):
        yield Failure(fact.id, number, Text(f"原文只有 {len(folded)} 段", f"the text has {len(folded)} paragraphs"))
        return
    paragraph = folded[number - 1]
    starts = occurrences(fold(fact.source.excerpt), paragraph)
    if not starts:
        yield _missing(fact.id, number, fact.source.excerpt, text)
    elif isinstance(fact, Metric):
        yield from _check_metric(fact, details, number, paragraph, starts)
    else:
        yield from _check_milestone(fact, number, paragraph, starts[0])
    for name in (*details.who, *details.where):
        if not occurrences(fold(name), paragraph):
            yield _missing(fact.id, number, name)
    if details.open_list and _AND_OTHERS not in paragraph:
        yield _missing(fact.id, number, _AND_OTHERS)


def _check_metric(
    metric: Metric, details: Details, number: int, paragraph: str, starts: list[int]
) -> Iterator[Outcome]:
    if len(starts) > 1:
        message = Text("摘录在该段出现多次；请取更长的摘录", "the excerpt stands there more than once; quote more")
        yield Failure(metric.id, number, message)
        return
    place = _excerpt(metric, starts[0], metric.source.excerpt)
    yield place
    yield from _check_figure(paragraph, place, metric.value, metric.unit, metric.qualifiers, _upper(metric))
    for evidence in details.evidence:
        value, unit = _evidence_figure(metric, evidence.of)
        at = occurrences(fold(evidence.excerpt), paragraph)
        if at:
            place = _excerpt(metric, at[0], evidence.excerpt)
            yield place
            printed = quantity.read(evidence.excerpt, value, unit)
            hedges = printed.qualifiers if printed else ()
            yield from _check_figure(paragraph, place, value, unit, hedges)
        else:
            yield _missing(metric.id, number, evidence.excerpt)


def _upper(metric: Metric) -> Decimal | None:
    """The upper end of *metric* where it is a range. Its excerpt may have another figure of the same value: 3-5%三%."""
    excerpt, value, unit = metric.source.excerpt, metric.value, metric.unit
    for upper in (None, *quantity.upper_ends(excerpt, value, unit)):
        reading = quantity.read(excerpt, value, unit, upper=upper)
        if reading is not None and reading.display == metric.display:
            return upper
    return None


def _evidence_figure(metric: Metric, of: str) -> tuple[Decimal, str]:
    if of == "rank" and metric.rank:
        return Decimal(metric.rank.value), quantity.RANK
    part = metric.change if of == "change" else metric.share
    assert part is not None, "evidence exists for what is there"
    return part.value, part.unit


def _excerpt(fact: Fact, start: int, words: str) -> Span:
    """The *words* of the report that prove *fact*, which begin at *start*."""
    return Span(fact.source.paragraph, start, start + len(fold(words)), "excerpt", fact.id)


def _check_figure(
    paragraph: str,
    place: Span,
    value: Decimal,
    unit: str,
    hedges: tuple[str, ...],
    upper: Decimal | None = None,
) -> Iterator[Outcome]:
    """The figure as the whole paragraph prints it: its excerpt, *place*, may have cut off a digit or a hedge."""
    number, fact = place.paragraph, place.owner
    begin = max(0, place.start - _NEAR)
    near = paragraph[begin : place.end + _NEAR]
    reading = quantity.read(near, value, unit, place.start - begin, place.end - begin, upper)
    if reading is None:
        message = Text(f"原文该处不是 {value}{unit}", f"the text does not print {value}{unit} there")
        yield Failure(fact, number, message)
        return
    found = tuple(name for name in reading.qualifiers if name != "cumulative")
    # What reaches on from an earlier clause (预计…) need only stand before the figure; that it is a target may be said
    # by a heading, paragraphs before.
    reaching = quantity.reaching(paragraph[max(0, place.start - _FAR) : begin + reading.start]) - {"cumulative"}
    if not set(found) <= set(hedges) <= {*found, *reaching, "cumulative", "target"}:
        says = ", ".join(found) or "-"
        yield Failure(fact, number, Text(f"原文该处的限定词是：{says}", f"the text there is hedged: {says}"))
    yield Span(number, begin + reading.start, begin + reading.end, "figure", fact)


def _check_milestone(milestone: Milestone, number: int, paragraph: str, start: int) -> Iterator[Outcome]:
    excerpt = _excerpt(milestone, start, milestone.source.excerpt)
    yield excerpt
    # A milestone may be a first (首艘, 首次): that is what it states, so its excerpt accounts for the ordinal.
    begin = max(0, start - 1)
    for numeral in quantity.numerals(paragraph[begin : excerpt.end + 1]):
        if numeral.text == "首" and start <= begin + numeral.start < excerpt.end:
            yield Span(number, begin + numeral.start, begin + numeral.end, "name", milestone.id)
    for name in dict.fromkeys(milestone.official_names):
        found = occurrences(fold(name), paragraph)
        if not found:
            yield _missing(milestone.id, number, name)
        yield from (Span(number, at, at + len(fold(name)), "name", milestone.id) for at in found)


def _check_exception(entry: ExceptionEntry, folded: list[str]) -> Iterator[Outcome]:
    words = fold(entry.text)
    for number in entry.paragraphs:
        found = occurrences(words, folded[number - 1]) if number <= len(folded) else []
        if not found:
            message = Text("该段没有这个例外的文字", "the paragraph does not have this exception")
            yield Failure(entry.text, number, message)
        yield from (Span(number, at, at + len(words), "exception", entry.reason) for at in found)


def _missing(fact: str, number: int, words: str, text: _Text | None = None) -> Failure:
    elsewhere = [str(place) for place in text.elsewhere(fold(words))] if text else []
    zh = f"；它在第 {'、'.join(elsewhere)} 段" if elsewhere else ""
    en = f"; it stands in paragraph {', '.join(elsewhere)}" if elsewhere else ""
    return Failure(fact, number, Text(f"该段没有“{words}”{zh}", f"the paragraph does not have “{words}”{en}"))


def occurrences(words: str, text: str) -> list[int]:
    """Where *words* begin in *text*, overlapping ones included."""
    found = []
    at = text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return found
