"""The SQLite index: derived from the fact files, disposable, rebuilt without a word. The only writer.

An index belongs to one set of fact files and is current only for the state of the files that it was built from.
It is built beside its place and moved there whole, and opened for reading only. Where none can be written, the
same index is built in memory.

Reports repeat the names of their figures, so the names are stored once each (table ``naming``, with what they are
searched by), and facts refer to them.
"""

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from shkc.paths import FactFile

if TYPE_CHECKING:
    from shkc.factbase import FactFileContent

Loader = Callable[[str], "FactFileContent"]

VERSION = 1
"""Of the schema and of what its columns mean; another version is another file."""

_PREFIX = "index-"
_SUFFIX = ".sqlite"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE report (id INTEGER PRIMARY KEY, key TEXT, title TEXT, title_en TEXT, year INTEGER,
                     scope TEXT, scope_en TEXT);
CREATE TABLE territory (scope TEXT, scope_en TEXT);
CREATE TABLE year (year INTEGER PRIMARY KEY);
CREATE TABLE section (id INTEGER PRIMARY KEY, report INTEGER, parent INTEGER, key TEXT, number TEXT, title TEXT,
                      short TEXT, short_en TEXT);
CREATE TABLE naming (id INTEGER PRIMARY KEY, kind TEXT, measure TEXT, names TEXT, pinyin TEXT, support TEXT);
CREATE VIRTUAL TABLE naming_grams USING fts5 (kind, grams, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE gram (gram TEXT PRIMARY KEY, namings INTEGER) WITHOUT ROWID;
CREATE TABLE exact (form TEXT, naming INTEGER, grade INTEGER, PRIMARY KEY (form, naming)) WITHOUT ROWID;
CREATE TABLE fact (id INTEGER PRIMARY KEY, naming INTEGER, report INTEGER, section INTEGER, kind TEXT, key TEXT,
                   paragraph INTEGER, year INTEGER, unit TEXT, base TEXT, value REAL, record TEXT, details TEXT);
CREATE TABLE number (digits TEXT, fact INTEGER, unit TEXT, PRIMARY KEY (digits, fact, unit)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX fact_naming ON fact (naming);
CREATE INDEX fact_key ON fact (key);
CREATE INDEX fact_section ON fact (section);
"""


def open_index(files: Sequence[FactFile], folder: Path | None, load: Loader) -> sqlite3.Connection:
    """A read-only connection to the index of *files*, built now unless *folder* holds a current one.

    *load* reads one fact file; what it raises, this raises. A *folder* that is None or cannot be written gives an
    index in memory.
    """
    state = _state(files)
    if folder is not None:
        path = folder / index_name(files)
        current = _open_current(path, state)
        if current is not None:
            return current
        with suppress(OSError, sqlite3.Error):
            _build_file(path, files, state, load)
            current = _open_current(path, state)
            if current is not None:
                return current
    memory = sqlite3.connect(":memory:")
    _build(memory, files, state, load)
    return memory


def rebuild_index(files: Sequence[FactFile], folder: Path | None, load: Loader) -> sqlite3.Connection:
    """As `open_index`, but what stands in *folder* is not trusted: it turned out to be damaged."""
    if folder is not None:
        with suppress(OSError):
            (folder / index_name(files)).unlink()
    return open_index(files, folder, load)


def index_name(files: Sequence[FactFile]) -> str:
    """The file name of the index of *files*: the same for the same set of paths and the same schema."""
    paths = zlib.crc32("\n".join(file.path for file in files).encode("utf-8", "surrogateescape"))
    return f"{_PREFIX}{VERSION}-{paths:08x}{_SUFFIX}"


def sizes(folder: Path) -> list[int]:
    """The bytes of each index file, whole or half-built, of every version of shkc in *folder*."""
    return [path.stat().st_size for path in _index_files(folder)]


def remove(folder: Path) -> None:
    """Remove the index files of every version of shkc from *folder*, and the folder when nothing else is in it."""
    for path in _index_files(folder):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _index_files(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(path for path in folder.iterdir() if path.name.startswith(_PREFIX) and _SUFFIX in path.name)
    return []


def _state(files: Iterable[FactFile]) -> str:
    return "\n".join(f"{file.path}\t{file.size}\t{file.changed}" for file in files)


def _seal(state: str) -> int:
    """The time of change, in seconds, that marks an index file as untouched since it was built.

    SQLite notices a damaged page only when it reads it, and noise within a row never; but whoever writes to the
    file changes its time of change. Even, because some file systems keep only every other second.
    """
    return zlib.crc32(state.encode("utf-8", "surrogateescape")) // 4 * 2


def _open_current(path: Path, state: str) -> sqlite3.Connection | None:
    try:
        if int(path.stat().st_mtime) != _seal(state):
            return None
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    except sqlite3.Error:
        found = None
    if found is not None and found[0] == state:
        return connection
    connection.close()
    return None


def _build_file(path: Path, files: Sequence[FactFile], state: str, load: Loader) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        with closing(sqlite3.connect(beside)) as connection:
            _build(connection, files, state, load)
        seal = _seal(state)
        os.utime(beside, (seal, seal))
        os.replace(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _build(connection: sqlite3.Connection, files: Sequence[FactFile], state: str, load: Loader) -> None:
    from shkc.indexing import Writer

    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;" + _SCHEMA)
    writer = Writer(connection)
    for file in files:
        writer.add(load(file.path))
    writer.finish()
    connection.executescript(_INDEXES)
    connection.execute("INSERT INTO meta VALUES ('state', ?)", (state,))
    connection.commit()
