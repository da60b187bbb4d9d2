"""Search over the store: what a question finds, and the facts with all that is known about them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from shkc.language import Text
from shkc.store.read import GRADES, Reader

if TYPE_CHECKING:
    from shkc.facts.model import Computed, DetailedMetric, DetailedMilestone, Fact
    from shkc.search.question import Question
    from shkc.search.ranking import Candidate, Match
    from shkc.search.rejection import Rejection


MOST_NEAR = 3
"""Facts that are suggested where a question has no answer."""

_GRADES = (
    Text("名称或 id 相同", "the same name or id"),
    Text("别名或正式名称相同", "the same alias or official name"),
    Text("拼音相同", "the same pinyin"),
)


class Hit(NamedTuple):
    """A fact that answers a query: its JSON record in UTF-8, as it is printed, its score from 0 to 1, and why.

    *rejection* says why a fact that only comes near is not the answer.
    """

    record: bytes
    score: float
    reason: Text
    rejection: "Rejection | None" = None


class Findings:
    """The answer to a question: *hits*, best first, and what comes near it.

    *computed* is the figure that follows for the period asked for, where no report states it. *question* is as it was
    understood, None where it is the name of a fact. *of_other_kind* finds the facts of the kind not asked for.
    """

    def __init__(
        self,
        hits: Iterator[Hit],
        near: Callable[[], Sequence[Hit]] = tuple,
        computed: "Computed | None" = None,
        question: "Question | None" = None,
        of_other_kind: Callable[[], Iterator[Hit]] = lambda: iter(()),
    ) -> None:
        self.hits = hits
        self.of_other_kind = of_other_kind
        self.computed = computed
        self.question = question
        self._near = near

    @property
    def understood(self) -> "Sequence[Text]":
        """What the question asks for, a line for each part that says something; nothing for the name of a fact."""
        from shkc.search import explanation

        return tuple(explanation.understood(self.question)) if self.question else ()

    @cached_property
    def near(self) -> Sequence[Hit]:
        """The best of the facts that are not the answer, each with the reason why."""
        return self._near()


def named(reader: Reader, query: str, kind: str | None) -> Iterator[Hit]:
    """The facts that *query* names exactly."""
    for grade, records in reader.named(query, kind):
        for record in records:
            yield Hit(record, 1 - grade % GRADES / 10, _GRADES[grade % GRADES])


def ranked(reader: Reader, question: str, kind: str | None, understood: Findings | None = None) -> Findings:
    """What *question* finds as a whole; where that is nothing, what a clause of it finds.

    *understood* is what it has found among facts of another kind: it is not understood a second time.
    """
    from shkc.search.question import LONGEST_QUERY  # most lookups name a fact exactly and do without

    query = question[:LONGEST_QUERY]
    whole = _search(reader, query, kind, (understood and understood.question) or _understood(reader, query))
    first = list(islice(whole.hits, 1))
    if first or not whole.question:
        return _resumed(first, whole)
    from shkc.search.clauses import parts  # most questions are answered as a whole

    for part in parts(question):
        query = part[:LONGEST_QUERY]
        found = _search(reader, query, kind, _understood(reader, query, whole.question), whole.question)
        first = list(islice(found.hits, 1))
        if first:
            return _resumed(first, found)
    return whole


def _resumed(first: Iterable[Hit], findings: Findings) -> Findings:
    """The *findings* of which the *first* hits have been taken, with these before the rest."""
    return Findings(chain(first, findings.hits), lambda: findings.near, findings.computed, findings.question)


def _search(
    reader: Reader, query: str, kind: str | None, question: "Question", whole: "Question | None" = None
) -> Findings:
    """What *query*, which names no fact exactly, finds: as it is, in simplified characters, or misspelt.

    It is understood as *question*, a part of the *whole* one where that is given.
    """
    from shkc.search import ranking
    from shkc.search.question import simplified

    if not question.terms:
        return Findings(iter(()), question=question)
    found, also = _candidates(reader, question, kind)
    matches = ranking.answers(question, found, kind, also)
    if not matches and (plain := simplified(query)) != query:
        hits = named(reader, plain, kind)
        first = list(islice(hits, 1))
        if first:
            return Findings(chain(first, hits))
        return _search(reader, plain, kind, _understood(reader, plain, whole), whole)
    if not matches and not any(ranking.is_spelt_right(question, each, kind) for each in found):
        from shkc.search import misspelt  # most questions are spelt right

        spoken = misspelt.sounds(question)
        entries = reader.entries(misspelt.grams(question, spoken), kind, (), question.scopes, question.years)
        matches = misspelt.answers(question, spoken, entries)

    def near() -> Sequence[Hit]:
        answered = {match.name for match in matches}
        others = [each for each in found if each.entry.id not in answered]
        return list(islice(_hits(reader, ranking.near(question, others, MOST_NEAR), question), MOST_NEAR))

    of_another_period = None if matches else ranking.only_rejected_by(found, kind, "period")
    computed = _computed(reader, question, of_another_period) if of_another_period else None
    return Findings(_hits(reader, matches, question), near, computed, question)


def _computed(reader: Reader, question: "Question", candidate: "Candidate") -> "Computed | None":
    """What follows of the figure that *candidate* names for the year that *question* asks for; None if nothing.

    Nothing follows for a part of a year or for a span of years.
    """
    from shkc.facts.records import decode

    if len(question.periods) != 1 or not question.periods[0].is_year:
        return None
    year = str(question.periods[0].start)
    for _, _, record in reader.facts_called(candidate.entry.id):
        for fact in detailed(reader, decode(record).id):
            for follows in fact.computed if fact.kind == "metric" else ():
                if follows.period == year:
                    return follows
    return None


def _understood(reader: Reader, query: str, whole: "Question | None" = None) -> "Question":
    """*query* as a question. As a part of a *whole* one, it must ask for something itself, in the period of that."""
    from shkc.search import question
    from shkc.search.corpus import Corpus

    names = reader.names
    corpus = Corpus(names.count, names.frequencies(question.grams(query)), names.years, names.scopes)
    understood = question.understand(query, corpus)
    return understood.within(whole) if whole else understood


def _candidates(
    reader: Reader, question: "Question", kind: str | None
) -> "tuple[list[Candidate], Iterator[Candidate]]":
    """The names that explain something of *question*, and those that more than their names explain, when asked for."""
    from shkc.search import ranking

    printed = [(digits, unit, fact) for digits, unit in question.numbers for fact in reader.facts_printing(digits)]
    printed += [
        (value.digits, "", fact)
        for value in question.values
        for fact in reader.facts_worth(value.unit, value.low, value.high)
    ]
    numbers = ranking.numbers(printed)
    entries = list(reader.entries(question.grams, kind, numbers, question.scopes, question.years))
    return ranking.candidates(question, entries, numbers), ranking.loose(question, entries, numbers)


def _hits(reader: Reader, matches: "Iterable[Match]", question: "Question") -> Iterator[Hit]:
    """The facts named by *matches*, of the places and the year that *question* names.

    Of equal score the newest first: one figure has several names where its reports call it differently.
    """
    for _, alike in groupby(matches, key=attrgetter("aside", "score")):
        called = (_facts_of(reader, match, question) for match in alike)
        for _, hit in merge(*called, key=lambda fact: -fact[0]):
            yield hit


def _facts_of(reader: Reader, match: "Match", question: "Question") -> Iterator[tuple[int, Hit]]:
    """The facts named by *match* that *question* is about, each with its year, newest first."""
    asked = (question.year, *question.years)
    called = (list(reader.facts_called(match.name, year, question.scopes)) for year in asked if year)
    # Of the year asked for; where there is none, of any: then the name says the year.
    found: Iterable[tuple[int, int, bytes]] = next(filter(None, called), ())
    if not found:
        found = reader.facts_called(match.name, question.year, question.scopes)
    for row, year, record in found:
        if match.facts is None or row in match.facts:
            yield year, Hit(record, match.score, match.reason, match.rejection)


# ── Facts with all that is known about them ─────────────────────────────────────────────────────────


def detailed(reader: Reader, name: str) -> "list[DetailedMetric | DetailedMilestone]":
    """The facts with the id or exact *name*, and what follows from their figures, one for each report."""
    from shkc.facts import derive, records

    found = []
    for report, record, details_record in reader.records_named(name):
        details = records.decode_details(details_record)
        others = reader.records_of(report, derive.others_needed(details))
        found.append(derive.detailed(records.decode(record), details, map(records.decode, others)))
    return found


def stated(reader: Reader, name: str, known: "Mapping[bytes, Fact]") -> "list[DetailedMetric]":
    """The figures of the series that *name* is in, without what follows from them; *known* are facts by records."""
    from msgspec.structs import asdict

    from shkc.facts import records
    from shkc.facts.model import DetailedMetric, Metric

    found = (
        (known.get(record) or records.decode(record), records.decode_details(details))
        for record, details in reader.records_in_series(name)
    )
    return [
        DetailedMetric(**asdict(fact), details=details, computed=())
        for fact, details in found
        if isinstance(fact, Metric)
    ]
