"""A fact base opened for questions: the fact files found, their index kept current, answers as values.

This is the path of a Python user; the command line takes the same one.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from shkc import paths
from shkc.store import open as index
from shkc.store import read as lookup
from shkc.store.read import Hit

if TYPE_CHECKING:
    from shkc.facts.model import DetailedMetric, DetailedMilestone, Fact, Metric, Milestone, TrendMetric

    Facts = list[Fact]

Answer = TypeVar("Answer")


def open(
    facts: str | Path | Iterable[str | Path] = (),
    environment: Mapping[str, str] = os.environ,
    progress: paths.Progress | None = None,
) -> "FactBase":
    """Open the bundled fact base, or that of *facts*: a file or folder or several, ``+PATH`` to add to the bundled one.

    *progress* is told how far the building of an index is. Raises `shkc.errors.FactsError` when a file is wrong or
    cannot be read.
    """
    chosen = [facts] if isinstance(facts, (str, Path)) else facts
    files = paths.fact_paths([str(path) for path in chosen], environment)
    return FactBase(files, paths.cache_folder(environment).path, progress)


class FactBase:
    """A fact base that answers questions.

    *facts* are the files and folders to read, *cache* the folder of the index, None to keep it in memory. The index
    is rebuilt when a fact file has changed since it was written, and when it turns out to be damaged.
    """

    def __init__(self, facts: Sequence[Path], cache: Path | None, progress: paths.Progress | None = None) -> None:
        self._files = paths.fact_files(facts)
        self._cache = cache
        self._connection = index.open_index(self._files, cache, progress)

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """Put *question* to the index, a second time to a new one if this one is damaged."""
        try:
            return question(self._connection)
        except sqlite3.DatabaseError:
            self._connection.close()
            self._connection = index.rebuild_index(self._files, self._cache)
            return question(self._connection)

    def stream(self, question: Callable[[sqlite3.Connection], Iterator[Answer]]) -> Iterator[Answer] | None:
        """As `ask`, for a *question* with any number of answers: None when there is none."""

        def begin(connection: sqlite3.Connection) -> tuple[Answer | None, Iterator[Answer]]:
            answers = question(connection)
            return next(answers, None), answers

        first, others = self.ask(begin)
        return None if first is None else chain((first,), others)

    def hits(self, question: str, kind: str | None = None) -> Iterator[Hit]:
        """The facts of *kind*, of both kinds when None, that answer *question*, as JSON records; best match first."""
        exact = self.stream(partial(lookup.named, query=question, kind=kind))
        return self._ranked(question, kind) if exact is None else exact

    def records(self, question: str, kind: str | None = None) -> Iterator[bytes]:
        """The JSON records of what `hits` finds."""
        exact = self.stream(partial(lookup.named_records, query=question, kind=kind))
        return (hit.record for hit in self._ranked(question, kind)) if exact is None else exact

    def _ranked(self, question: str, kind: str | None) -> Iterator[Hit]:
        from shkc.search import rank as query  # most lookups name a fact exactly and do without

        return self.stream(partial(query.search, query=question, kind=kind)) or iter(())

    def near(self, question: str, kind: str | None = None) -> Sequence[Hit]:
        """What comes near a *question* that has no answer."""
        from shkc.search import rank as query

        return self.ask(partial(query.suggest, query=question, kind=kind))

    def metric(self, *words: str) -> "list[Metric]":
        """The figures that *words* name, best match first."""
        return self._search(words, "metric")  # type: ignore[return-value] # all are of that kind

    def milestone(self, *words: str) -> "list[Milestone]":
        """The milestones that *words* name, best match first."""
        return self._search(words, "milestone")  # type: ignore[return-value] # all are of that kind

    def search(self, *words: str) -> "Facts":
        """The figures and milestones that *words* name, best match first."""
        return self._search(words, None)

    def show(self, fact: str) -> "Sequence[DetailedMetric | DetailedMilestone]":
        """All that is known about the fact with this id or exact name, what follows from its figure included.

        One for each report that has it, the newest first; empty when none has.
        """
        from shkc.facts.records import detailed

        return self.ask(partial(detailed, name=fact))

    def trend(self, *words: str) -> "Sequence[TrendMetric]":
        """The figure that *words* name best across reports: a series for each place, by year; empty when none is it."""
        from shkc.facts import trend

        return trend.rows(self.metric(*words), self.show)

    def list(self, section: str | None = None, kind: str | None = None) -> "Facts":
        """The facts of *section* (id, number, title or part of it; subsections included) in the report's order."""
        from shkc.facts.records import decode

        selection = lookup.Selection(section=section, kind=kind)
        return [decode(record) for record in (self.stream(partial(lookup.browse, selection=selection)) or ())]

    def _search(self, words: Sequence[str], kind: str | None) -> "Facts":
        from shkc.facts.records import decode

        return [decode(record) for record in self.records(" ".join(words), kind)]
