"""Where a warehouse is: a folder, or a prefix of an object store, which pyarrow reaches."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shkc.errors import WarehouseError, reason
from shkc.language import Text
from shkc.paths import FactFile, is_remote
from shkc.store.open import Held, open_fetched, open_unchanging

if TYPE_CHECKING:
    from pyarrow.fs import FileSystem

MISSING = Text(
    "仓库需要 pyarrow、duckdb 和 dask：pip install 'shkc[warehouse]'",
    "a warehouse needs pyarrow, duckdb and dask: pip install 'shkc[warehouse]'",
)


class Place:
    """A folder of this machine. Looking up needs nothing of pyarrow here, which takes long to import."""

    def __init__(self, root: str) -> None:
        self.root = root

    def read(self, name: str) -> bytes | None:
        """The content of the file *name*; None where there is none."""
        try:
            return Path(self.root, name).read_bytes()
        except FileNotFoundError:
            return None

    def sizes(self, names: Iterable[str]) -> Mapping[str, int]:
        """The bytes of those of the files *names* that are there."""
        found = {}
        for name in names:
            with suppress(FileNotFoundError):
                found[name] = os.stat(f"{self.root}/{name}").st_size
        return found

    def database(self, name: str, size: int, cache: Path | None) -> Held:
        """A read-only connection to the SQLite file *name* of this *size*; one that is fetched is kept in *cache*."""
        return open_unchanging(Path(self.root, name))

    def parquet(self, name: str) -> str:
        """What DuckDB, which reads paths as patterns, calls the file *name*."""
        return escape(f"{self.root}/{name}")

    def serve(self, connection: Any) -> None:
        """Let a DuckDB *connection* reach the files."""


class Remote(Place):
    """A prefix of an object store."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._files, root = file_system(address)
        super().__init__(root)

    def read(self, name: str) -> bytes | None:
        try:
            with self._files.open_input_stream(f"{self.root}/{name}") as stream:
                return bytes(stream.read())
        except FileNotFoundError:
            return None

    def sizes(self, names: Iterable[str]) -> Mapping[str, int]:
        from pyarrow.fs import FileSelector

        listed = self._files.get_file_info(FileSelector(self.root, recursive=True))
        return {info.path.removeprefix(f"{self.root}/"): info.size for info in listed if info.size is not None}

    def database(self, name: str, size: int, cache: Path | None) -> Held:
        def fetch() -> bytes:
            data = self.read(name)
            if data is None:  # another export has replaced it
                raise FileNotFoundError(name)
            return data

        return open_fetched(FactFile(f"{self._address}/{name}", str(size), self._address), cache, fetch)

    def parquet(self, name: str) -> str:
        return f"shkc://{self.root}/{name}"

    def serve(self, connection: Any) -> None:
        from fsspec.implementations.arrow import ArrowFSWrapper

        class Served(ArrowFSWrapper):  # type: ignore[misc] # fsspec has no types
            """The object store under the name that DuckDB knows it by."""

            protocol = "shkc"

            @classmethod
            def _strip_protocol(cls, path: str) -> str:
                return path.removeprefix("shkc://")

        connection.register_filesystem(Served(self._files))


def place_of(address: str | Path) -> Place:
    """The place of *address*. Raises `WarehouseError` when it cannot be reached."""
    _refuse_other_than_text(str(address))
    return Remote(str(address)) if is_remote(address) else Place(str(address))


def _refuse_other_than_text(address: str) -> None:
    """Raise `WarehouseError` for a path whose bytes are no UTF-8: pyarrow and DuckDB take none."""
    try:
        address.encode()
    except UnicodeEncodeError:
        raise WarehouseError(
            f"{address}：仓库的路径须是 UTF-8", f"{address}: the path of a warehouse must be UTF-8"
        ) from None


def file_system(address: str) -> tuple[FileSystem, str]:
    """The file system of *address* and its path there. Raises `WarehouseError`."""
    try:
        from pyarrow import ArrowInvalid, fs
    except ImportError:
        raise WarehouseError(*MISSING) from None
    _refuse_other_than_text(address)
    if not is_remote(address):
        return fs.LocalFileSystem(), os.path.abspath(address)
    try:
        files, root = fs.FileSystem.from_uri(address)
    except (OSError, ArrowInvalid) as error:
        raise unreachable(address, error) from None
    return files, root.rstrip("/")


def unreachable(address: str, error: Exception) -> WarehouseError:
    """That *address* cannot be read or written."""
    said = str(error).partition("\n")[0]
    why = reason(error) if isinstance(error, OSError) and error.errno else Text(said, said)
    return WarehouseError(f"{address}：无法读写：{why.zh}", f"{address}: cannot be read or written: {why.en}")
