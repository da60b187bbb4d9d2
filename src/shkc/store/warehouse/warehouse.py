"""A warehouse opened for questions: whole, or not at all."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shkc.errors import UsageError, WarehouseError
from shkc.language import Text
from shkc.paths import WAREHOUSE, is_remote
from shkc.store.read import Reader
from shkc.store.store import Answer, Store
from shkc.store.warehouse.layout import broken, manifest_of
from shkc.store.warehouse.places import MISSING, place_of, unreachable
from shkc.store.warehouse.read import ParquetFiles, WarehouseReader

try:
    import duckdb
except ImportError:
    raise WarehouseError(*MISSING) from None


_NO_MEMORY = "Out of Memory Error"
"""How DuckDB begins to say that it has too little memory: the warehouse may be whole."""


class Warehouse(Store):
    """The warehouse at the one of *places*; what is fetched of a remote one is kept in the folder *cache*.

    Raises `UsageError` when there are other places, `WarehouseError` when it is not whole.
    """

    def __init__(self, places: Sequence[str | Path], cache: Path | None) -> None:
        if len(places) > 1:
            raise UsageError("仓库不能与其他事实文件一起用", "a warehouse stands alone: name no other fact files")
        self._address = str(places[0])
        self._cache = cache
        try:
            self._place = place_of(places[0])
            self._open()
        except _FAILURES as error:
            raise unreachable(self._address, error) from None

    def __del__(self) -> None:
        """Close the files, as `Index` does."""
        reader: WarehouseReader | None = getattr(self, "_reader", None)  # none where it could not be opened
        if reader is not None:
            reader.close()

    def _open(self) -> None:
        """Open the warehouse as its manifest has it, and once more where another export has replaced it meanwhile."""
        for more in reversed(range(_SWITCHES)):
            self._manifest = self._place.read(WAREHOUSE)
            try:
                self._open_files()
                break
            except (WarehouseError, *_FAILURES):
                if not more or self.is_current():
                    raise

    def _open_files(self) -> None:
        if self._manifest is None:
            if is_remote(self._address):
                raise WarehouseError(f"{self._address}：没有仓库", f"{self._address}: there is no warehouse")
            raise broken(self._address, Text(f"没有 {WAREHOUSE}", f"{WAREHOUSE} is missing"))
        manifest = manifest_of(self._manifest, self._address)
        sizes = self._place.sizes(manifest.files)
        for name, size in manifest.files.items():
            if name not in sizes:
                raise broken(self._address, Text(f"没有 {name}", f"{name} is missing"))
            if sizes[name] != size:
                raise broken(self._address, Text(f"{name} 的大小不对", f"{name} has another size"))
        engine = duckdb.connect(config=_SETTINGS)
        self._place.serve(engine)
        connection = self._place.database(manifest.names, manifest.files[manifest.names], self._cache)
        self._reader = WarehouseReader(connection, ParquetFiles(engine, self._place, manifest))

    def ask(self, question: Callable[[Reader], Answer]) -> Answer:
        """As `Store.ask`; again where another export has replaced the warehouse meanwhile."""
        for more in reversed(range(_SWITCHES)):
            try:
                return question(self._reader)
            except _FAILURES as error:
                if not more or self.is_current():
                    raise self._damaged(error) from None
            self._reopen()
        raise AssertionError("the last failure is raised")

    def _reopen(self) -> None:
        try:
            self._open()
        except _FAILURES as error:
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> WarehouseError:
        why = str(error).partition("\n")[0]
        if why.startswith(_NO_MEMORY):
            return WarehouseError(f"{self._address}：内存不够：{why}", f"{self._address}: not enough memory: {why}")
        return broken(self._address, Text(why, why))

    def continued(self, answers: Iterator[Answer], question: Callable[[Reader], Iterator[Answer]]) -> Iterator[Answer]:
        try:
            yield from answers
        except _FAILURES as error:
            if self.is_current():
                raise self._damaged(error) from None
            # What was answered is of the old one, and the rest of a new one would not go with it.
            raise WarehouseError(
                f"{self._address}：读取时被另一次导出替换；请再查一次",
                f"{self._address}: another export replaced it while it was read; ask again",
            ) from None

    def is_current(self) -> bool:
        """As `Store.is_current`. Raises `WarehouseError` when the place cannot be reached any more."""
        try:
            return self._place.read(WAREHOUSE) == self._manifest
        except OSError as error:
            raise unreachable(self._address, error) from None


_FAILURES = (OSError, sqlite3.Error, duckdb.Error, UnicodeDecodeError)
"""What reading a warehouse raises that is damaged, or that is not there any more. DuckDB quotes what is no text."""

_SWITCHES = 5
"""Exports that may replace a warehouse while a question is answered, before that is called damage."""

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    # NULL comes where SQLite has it.
    "default_null_order": "nulls_first_on_asc_last_on_desc",
    # What is needed is built in; nothing is to be fetched from the net.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": str(os.cpu_count() or 1),
}
