"""An open index that answers questions, and is built anew when it turns out to be damaged."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from sqlite3 import Connection, DatabaseError
from typing import TypeVar

from shkc import paths
from shkc.errors import LeftOut
from shkc.store import open as opening

__all__ = ["Connection", "Index"]

Answer = TypeVar("Answer")


class Index:
    """The index of *files*, kept in the folder *cache*, in memory where that is None.

    It is built when a fact file has changed since it was written. Raises `FactsError` when no file is right.
    """

    def __init__(
        self, files: Sequence[paths.FactFile], cache: Path | None, progress: paths.Progress | None = None
    ) -> None:
        self._files = files
        self._cache = cache
        self._connection = opening.open_index(files, cache, progress)

    def __del__(self) -> None:
        """Give the index free: until Python looks for circles, a connection is held by its own statements."""
        connection = getattr(self, "_connection", None)  # none where it could not be opened
        if connection is not None:
            connection.close()

    def ask(self, question: Callable[[Connection], Answer]) -> Answer:
        """Put *question* to the index, a second time to a new one if this one is damaged."""
        try:
            return question(self._connection)
        except DatabaseError:
            return question(self._rebuilt())

    def _rebuilt(self) -> Connection:
        self._connection.close()
        self._connection = opening.rebuild_index(self._files, self._cache)
        return self._connection

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """The files that are wrong and not in the index."""
        return self.ask(opening.left_out)

    def stream(self, question: Callable[[Connection], Iterator[Answer]]) -> Iterator[Answer] | None:
        """As `ask`, for a *question* with any number of answers: None when there is none."""

        def begin(connection: Connection) -> tuple[Answer | None, Iterator[Answer]]:
            answers = question(connection)
            return next(answers, None), answers

        first, others = self.ask(begin)
        return None if first is None else self.continued(chain((first,), others), question)

    def continued(
        self, answers: Iterator[Answer], question: Callable[[Connection], Iterator[Answer]]
    ) -> Iterator[Answer]:
        """All of *answers* to *question*; where the index turns out to be damaged, a new one gives the rest."""
        given = 0
        try:
            for answer in answers:
                yield answer
                given += 1
        except DatabaseError:
            yield from islice(question(self._rebuilt()), given, None)
