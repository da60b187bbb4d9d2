"""An open index that answers questions, and is built anew when it turns out to be damaged."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from sqlite3 import DatabaseError, ProgrammingError

from shkc import paths
from shkc.errors import ShkcError
from shkc.store import open as opening
from shkc.store.read import Reader
from shkc.store.store import Answer, Store


class Index(Store):
    """The index of the fact files in *places*, kept in the folder *cache*, in memory where that is None.

    It is built when a fact file has changed since it was written. Raises `FactsError` when no file is right.
    """

    def __init__(
        self, places: Sequence[str | Path], cache: Path | None, progress: paths.Progress | None = None
    ) -> None:
        self._places = places
        self._files = paths.fact_files(places)
        self._cache = cache
        self._connection = opening.open_index(self._files, cache, progress)
        self._reader = Reader(self._connection)

    def __del__(self) -> None:
        """Give the index free: until Python looks for circles, a connection is held by its own statements."""
        connection = getattr(self, "_connection", None)  # none where it could not be opened
        if connection is not None:
            with suppress(ProgrammingError):  # another thread let go of it last
                connection.close()

    def ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """As `Store.ask`; a second time to a new index if this one is damaged."""
        try:
            return question(self._reader)
        except Exception as error:
            if not self._is_of_damage(error):
                raise
            return question(self._rebuilt())

    def _is_of_damage(self, error: Exception) -> bool:
        """Whether *error* may come from damage to the index, and from nothing that the caller or shkc did wrong."""
        if isinstance(error, ShkcError):
            return False
        return isinstance(error, DatabaseError) or not self._connection.is_sound()

    def _rebuilt(self) -> Reader:
        self._connection.close()
        self._connection = opening.rebuild_index(self._files, self._cache)
        self._reader = Reader(self._connection)
        return self._reader

    def is_current(self) -> bool:
        """As `Store.is_current`: what a pipe held is, it cannot be read again. Raises `FactsError`."""
        return any(file.content is not None for file in self._files) or paths.fact_files(self._places) == self._files

    def continued(self, answers: Iterator[Answer], question: Callable[[Reader], Iterator[Answer]]) -> Iterator[Answer]:
        """As `Store.continued`; where the index turns out to be damaged, a new one gives the rest."""
        given = 0
        try:
            for answer in answers:
                yield answer
                given += 1
        except Exception as error:
            if not self._is_of_damage(error):
                raise
            yield from islice(question(self._rebuilt()), given, None)


def opened(places: Sequence[str | Path], cache: Path | None, progress: paths.Progress | None = None) -> Store:
    """The store of *places*: the warehouse where one of them is one, else the index of their fact files.

    Raises `FactsError` when no file is right, `WarehouseError` for a warehouse that cannot be read.
    """
    if any(map(paths.is_warehouse, places)):
        from shkc.store.warehouse.warehouse import Warehouse

        return Warehouse(places, cache)
    return Index(places, cache, progress)
