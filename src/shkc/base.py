"""A fact base opened for questions: the fact files found, their index kept current, answers as values.

The one door for the command line, Python and agents.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from heapq import merge
from itertools import chain, groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from shkc import paths
from shkc.errors import LeftOut, UsageError
from shkc.language import Text
from shkc.store import read
from shkc.store.index import Connection, Index
from shkc.store.read import Bound, Selection

if TYPE_CHECKING:
    from shkc.facts.model import (
        Computed,
        DetailedMetric,
        DetailedMilestone,
        Details,
        Fact,
        Metric,
        Milestone,
        Report,
        ReportCount,
        SectionCount,
        TrendMetric,
    )
    from shkc.search.question import Question
    from shkc.search.rank import Candidate, Match
    from shkc.store.upkeep import KeptIndex

    Facts = list[Fact]

__all__ = ["Bound", "FactBase", "Findings", "Hit", "Selection", "kept_indexes", "open", "remove_indexes"]

LONGEST_QUESTION = 10_000
"""Characters: more than a page. What is longer is a file in the place of a question."""

MOST_NEAR = 3
"""Facts that are suggested where a question has no answer."""

_GRADES = (
    Text("名称或 id 相同", "the same name or id"),
    Text("别名或正式名称相同", "the same alias or official name"),
    Text("拼音相同", "the same pinyin"),
)


class Hit(NamedTuple):
    """A fact that answers a query: its JSON record in UTF-8, as it is printed, its score from 0 to 1, and why."""

    record: bytes
    score: float
    reason: Text


class Findings:
    """The answer to a question: *hits*, best first, and what comes near it.

    *computed* is the figure that follows for the period asked for, where no report states it.
    """

    def __init__(
        self, hits: Iterator[Hit], near: Callable[[], Sequence[Hit]] = tuple, computed: "Computed | None" = None
    ) -> None:
        self.hits = hits
        self.computed = computed
        self._near = near

    @cached_property
    def near(self) -> Sequence[Hit]:
        """The best of the facts that are not the answer, each with the reason why."""
        return self._near()


def open(
    facts: str | Path | Iterable[str | Path] = (),
    environment: Mapping[str, str] | None = None,
    progress: paths.Progress | None = None,
) -> "FactBase":
    """Open the bundled fact base, or that of *facts*: a file or folder or several, ``+PATH`` to add to the bundled one.

    *environment* is that of the process when None. *progress* is told how far the building of an index is. A file that
    is wrong or cannot be read is left out, see `FactBase.left_out`. Raises `shkc.errors.FactsError` when none is right
    or a path is missing.
    """
    environment = os.environ if environment is None else environment
    chosen = [facts] if isinstance(facts, (str, Path)) else facts
    files = paths.fact_paths([str(path) for path in chosen], environment)
    return FactBase(files, paths.cache_folder(environment).path, progress)


def kept_indexes() -> tuple[paths.CacheFolder, "Sequence[KeptIndex]"]:
    """Where indexes are kept, and those that are, the last used first."""
    from shkc.store import upkeep

    folder = upkeep.where(paths.cache_folder(os.environ))
    return folder, upkeep.kept(folder.path) if folder.path else ()


def remove_indexes() -> None:
    """Remove all indexes; the next question builds one again."""
    from shkc.store import upkeep

    folder = upkeep.where(paths.cache_folder(os.environ)).path
    if folder:
        upkeep.remove(folder)


class FactBase:
    """A fact base that answers questions.

    *facts* are the files and folders to read, *cache* the folder of the index, None to keep it in memory.
    """

    def __init__(self, facts: Sequence[Path], cache: Path | None, progress: paths.Progress | None = None) -> None:
        self._places = facts
        self._files = paths.fact_files(facts)
        self._index = Index(self._files, cache, progress)

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """The files that are wrong and of which no answer is; empty when all are right."""
        return self._index.left_out

    # ── Questions ───────────────────────────────────────────────────────────────────────────────────

    def find(self, question: str, kind: str | None = None) -> Findings:
        """The facts of *kind*, of both kinds when None, that answer *question*.

        Raises `UsageError` when *question* is longer than `LONGEST_QUESTION`.
        """
        _refuse_long(question)
        named = self.named(question, kind)
        return self._ranked(question, kind) if named is None else Findings(named)

    def named(self, question: str, kind: str | None = None) -> Iterator[Hit] | None:
        """The facts of *kind* that *question* names exactly; None when there is none."""
        return self._index.stream(partial(_named, query=question, kind=kind))

    def records(self, question: str, kind: str | None = None) -> Iterator[bytes]:
        """The JSON records of what `find` finds, without scores and reasons. Raises `UsageError` as that does."""
        _refuse_long(question)

        def named(connection: Connection) -> Iterator[bytes]:
            return chain.from_iterable(records for _, records in read.named(connection, question, kind))

        found = self._index.stream(named)
        return (hit.record for hit in self._ranked(question, kind).hits) if found is None else found

    def _ranked(self, question: str, kind: str | None) -> Findings:
        from shkc.search.clauses import clauses
        from shkc.search.question import LONGEST_QUERY  # most lookups name a fact exactly and do without

        def begin(connection: Connection) -> Findings:
            asked = [_search(connection, question[:LONGEST_QUERY], kind)]
            first = list(islice(asked[0].hits, 1))
            for part in () if first else clauses(question):
                asked.append(_search(connection, part[:LONGEST_QUERY], kind))
                first = list(islice(asked[-1].hits, 1))
                if first:
                    break
            findings = asked[-1 if first else 0]
            return Findings(chain(first, findings.hits), lambda: findings.near, findings.computed)

        findings = self._index.ask(begin)
        hits = self._index.continued(findings.hits, lambda connection: begin(connection).hits)
        return Findings(hits, lambda: findings.near, findings.computed)

    def metric(self, *words: str) -> "list[Metric]":
        """The figures that *words* name, best match first."""
        return self._facts(words, "metric")  # type: ignore[return-value] # all are of that kind

    def milestone(self, *words: str) -> "list[Milestone]":
        """The milestones that *words* name, best match first."""
        return self._facts(words, "milestone")  # type: ignore[return-value] # all are of that kind

    def search(self, *words: str) -> "Facts":
        """The figures and milestones that *words* name, best match first."""
        return self._facts(words, None)

    def _facts(self, words: Sequence[str], kind: str | None) -> "Facts":
        from shkc.facts.records import decode

        return [decode(record) for record in self.records(" ".join(words), kind)]

    # ── Facts by id and by selection ────────────────────────────────────────────────────────────────

    def show(self, fact: str) -> "Sequence[DetailedMetric | DetailedMilestone]":
        """All that is known about the fact with this id or exact name, what follows from its figure included.

        One for each report that has it, the newest first; empty when none has.
        """
        return self._index.ask(partial(_detailed, name=fact))

    def trend(self, *words: str) -> "Sequence[TrendMetric]":
        """The figure that *words* name best across reports: a series for each place, by year; empty when none is it."""
        return self.trend_of(self.find(" ".join(words), "metric").hits)[0]

    def trend_of(self, hits: Iterable[Hit]) -> "tuple[Sequence[TrendMetric], Sequence[Metric]]":
        """As `trend`, for the figures that a question has found; with all of these, best match first."""
        from shkc.facts import trend
        from shkc.facts.records import decode

        known = {hit.record: decode(hit.record) for hit in hits}
        matches: list[Metric] = list(known.values())  # type: ignore[arg-type] # all are of that kind
        return trend.rows(matches, lambda name: self._index.ask(partial(_stated, name=name, known=known))), matches

    def list(self, section: str | None = None, kind: str | None = None) -> "Facts":
        """The facts of *section* (id, number, title or part of it; subsections included) in the report's order."""
        from shkc.facts.records import decode

        return [decode(record) for record in self.select(Selection(section=section, kind=kind))]

    def select(self, selection: Selection) -> Iterator[bytes]:
        """The JSON records that *selection* picks. Raises `UsageError` for a section that no report has."""
        return self._index.stream(partial(read.browse, selection=selection)) or iter(())

    def select_whole(self, selection: Selection) -> "Iterator[tuple[str, Fact, Details]]":
        """As `select`: the id of the report, and each fact with all that its file says about it."""
        from shkc.facts.records import decode, decode_details

        found = self._index.stream(partial(read.browse_whole, selection=selection)) or iter(())
        return ((report, decode(record), decode_details(details)) for report, record, details in found)

    def sections(self) -> "Sequence[SectionCount]":
        """Every section in the order of the reports, with the number of facts in it."""
        return [section for _, section in self.sections_of_reports()]

    def sections_of_reports(self) -> "Sequence[tuple[str, SectionCount]]":
        """As `sections`, each with the id of its report."""
        return self._index.ask(read.sections)

    def reports(self) -> "Sequence[ReportCount]":
        """Every report that is loaded, the newest first, with the number of its facts."""
        return self._index.ask(_reports)

    def report_of(self, fact: "Fact") -> "Report":
        """The report that *fact*, one of this base, is of."""
        return self._index.ask(partial(_report_of, fact=fact))

    def is_current(self) -> bool:
        """Whether the fact files are still as they were when this base was opened. Raises `FactsError`.

        What a pipe held is: it cannot be read again.
        """
        return any(file.content is not None for file in self._files) or paths.fact_files(self._places) == self._files

    def nearest_ids(self, name: str) -> Sequence[str]:
        """The fact ids that are spelt most like *name*."""
        return self._index.ask(partial(read.nearest_ids, name=name))

    def ids_beginning(self, start: str) -> Sequence[tuple[str, str]]:
        """The fact ids that begin with *start*, with a Chinese name of each."""
        return self._index.ask(partial(read.ids_beginning, start=start))

    def names_beginning(self, start: str) -> Sequence[tuple[str, str]]:
        """The names of facts, in both languages, that begin with *start*, each with the id of a fact."""
        return self._index.ask(partial(read.names_beginning, start=start))

    def units(self) -> Sequence[str]:
        """The printed units of the figures, the commonest first."""
        return self._index.ask(read.units)

    def categories(self) -> Sequence[str]:
        """The categories of the milestones, the commonest first."""
        return self._index.ask(read.categories)

    def has_several_reports(self) -> bool:
        """Whether facts of more than one report are loaded."""
        return self._index.ask(read.has_several_reports)


def _named(connection: Connection, query: str, kind: str | None) -> Iterator[Hit]:
    """The facts that *query* names exactly."""
    for grade, records in read.named(connection, query, kind):
        for record in records:
            yield Hit(record, 1 - grade / 10, _GRADES[grade])


def _refuse_long(question: str) -> None:
    if len(question) > LONGEST_QUESTION:
        raise UsageError(
            Text(
                f"查询有 {len(question)} 个字符，最多 {LONGEST_QUESTION} 个",
                f"the query has {len(question)} characters, and may have {LONGEST_QUESTION}",
            )
        )


# ── Search over the store ───────────────────────────────────────────────────────────────────────────


def _search(connection: Connection, query: str, kind: str | None) -> Findings:
    """What *query*, which names no fact exactly, finds: as it is, in simplified characters, or misspelt."""
    from shkc.search import misspelt, rank
    from shkc.search.question import simplified

    question = _understood(connection, query)
    if not question.terms:
        return Findings(iter(()))
    found = _candidates(connection, question, kind)
    matches = rank.answers(question, found, kind)
    if not matches and (plain := simplified(query)) != query:
        hits = _named(connection, plain, kind)
        first = list(islice(hits, 1))
        return Findings(chain(first, hits)) if first else _search(connection, plain, kind)
    if not matches and not any(rank.is_spelt_right(question, each, kind) for each in found):
        spoken = misspelt.sounds(question)
        entries = read.entries(connection, misspelt.grams(question, spoken), kind)
        matches = misspelt.answers(question, spoken, entries)

    def near() -> Sequence[Hit]:
        answered = {match.name for match in matches}
        others = [each for each in found if each.entry.id not in answered]
        return list(islice(_hits(connection, rank.near(question, others, MOST_NEAR), question), MOST_NEAR))

    of_another_period = None if matches else rank.only_rejected_by(found, kind, "period")
    computed = of_another_period and _computed(connection, question, of_another_period)
    return Findings(_hits(connection, matches, question), near, computed)


def _computed(connection: Connection, question: "Question", candidate: "Candidate") -> "Computed | None":
    """What follows of the figure that *candidate* names for the year that *question* asks for; None if nothing.

    Nothing follows for a part of a year or for a span of years.
    """
    from shkc.facts.records import decode

    if len(question.periods) != 1 or not question.periods[0].is_year:
        return None
    year = str(question.periods[0].start)
    for _, _, record in read.facts_called(connection, candidate.entry.id):
        for fact in _detailed(connection, decode(record).id):
            for follows in fact.computed if fact.kind == "metric" else ():
                if follows.period == year:
                    return follows
    return None


def _understood(connection: Connection, query: str) -> "Question":
    from shkc.search import question

    names, frequencies = read.frequencies(connection, question.grams(query))
    corpus = question.Corpus(names, frequencies, read.years(connection), read.scopes(connection))
    return question.understand(query, corpus)


def _candidates(connection: Connection, question: "Question", kind: str | None) -> "list[Candidate]":
    from shkc.search import rank

    printed = [
        (digits, unit, fact) for digits, unit in question.numbers for fact in read.facts_printing(connection, digits)
    ]
    printed += [
        (value.digits, "", fact)
        for value in question.values
        for fact in read.facts_worth(connection, value.unit, value.low, value.high)
    ]
    numbers = rank.numbers(printed)
    return rank.candidates(question, read.entries(connection, question.grams, kind, numbers), numbers)


def _hits(connection: Connection, matches: "Iterable[Match]", question: "Question") -> Iterator[Hit]:
    """The facts named by *matches*, of the places and the year that *question* names.

    Of equal score the newest first: one figure has several names where its reports call it differently.
    """
    for _, alike in groupby(matches, key=attrgetter("score")):
        called = (_facts_of(connection, match, question) for match in alike)
        for _, hit in merge(*called, key=lambda fact: -fact[0]):
            yield hit


def _facts_of(connection: Connection, match: "Match", question: "Question") -> Iterator[tuple[int, Hit]]:
    """The facts named by *match* that *question* is about, each with its year, newest first."""
    for row, year, record in read.facts_called(connection, match.name, question.year, question.scopes):
        if match.facts is None or row in match.facts:
            yield year, Hit(record, match.score, match.reason)


def _reports(connection: Connection) -> "list[ReportCount]":
    from msgspec.structs import asdict

    from shkc.facts.model import ReportCount
    from shkc.facts.records import decode_report

    return [
        ReportCount(**asdict(decode_report(record)), metrics=metrics, milestones=milestones)
        for record, metrics, milestones in read.reports(connection)
    ]


def _report_of(connection: Connection, fact: "Fact") -> "Report":
    from shkc.facts.records import decode_report

    source = fact.source
    found = map(decode_report, read.reports_of(connection, fact.id, source.report, source.year))
    return next(report for report in found if report.publisher == source.publisher)


# ── Facts with all that is known about them ─────────────────────────────────────────────────────────


def _detailed(connection: Connection, name: str) -> "list[DetailedMetric | DetailedMilestone]":
    from shkc.facts import derive, records

    found = []
    for report, record, details_record in read.records_named(connection, name):
        details = records.decode_details(details_record)
        others = read.records_of(connection, report, derive.others_needed(details))
        found.append(derive.detailed(records.decode(record), details, map(records.decode, others)))
    return found


def _stated(connection: Connection, name: str, known: "Mapping[bytes, Fact]") -> "list[DetailedMetric]":
    """The figures of the series that *name* is in, without what follows from them; *known* are facts by records."""
    from msgspec.structs import asdict

    from shkc.facts import records
    from shkc.facts.model import DetailedMetric, Metric

    found = (
        (known.get(record) or records.decode(record), records.decode_details(details))
        for record, details in read.records_in_series(connection, name)
    )
    return [
        DetailedMetric(**asdict(fact), details=details, computed=())
        for fact, details in found
        if isinstance(fact, Metric)
    ]
