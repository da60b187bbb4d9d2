"""The SQLite index: derived from the fact files, disposable, kept current without a word.

An index belongs to one set of fact files and is current only for the state of the files that it was built from. It is
written beside its place and moved into it whole; what stands in the place is opened for reading only. When few of many
files have changed, the old index is moved aside and only they are replaced in it, in one transaction; while somebody
reads it, that is done to a copy. Where none can be written, one is built in memory.

Reports repeat the names of their figures, so the names are stored once each (table ``naming``, with what they are
searched by), and facts refer to them.
"""

import os
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from os.path import samestat
from pathlib import Path

from shkc.paths import FactFile, Progress

VERSION = 5
"""Of the schema and of what its columns mean; another version is another file."""

LONGEST_WAIT = 30.0
"""Seconds to wait for another process that builds in the same folder but writes nothing, before building one's own in
memory. One that writes is waited for: a million facts take a minute, and as much memory as disk."""

READING_CACHE = 8000
"""Kilobytes of the index that a lookup holds: the pages that the reports of one year take among thousands."""

WRITING_CACHE = 64_000
"""Kilobytes of it that a build holds."""

_PREFIX = "index-"
_SUFFIX = ".sqlite"

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE report (id INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp TEXT, key TEXT, title TEXT, title_en TEXT,
                     year INTEGER, scope TEXT, scope_en TEXT);
CREATE TABLE territory (scope TEXT, scope_en TEXT);
CREATE TABLE year (year INTEGER PRIMARY KEY);
CREATE TABLE section (id INTEGER PRIMARY KEY, report INTEGER, parent INTEGER, key TEXT, number TEXT, title TEXT,
                      short TEXT, short_en TEXT);
CREATE TABLE naming (id INTEGER PRIMARY KEY, identity TEXT UNIQUE, kind TEXT, measure TEXT, names TEXT, pinyin TEXT,
                     support TEXT);
CREATE VIRTUAL TABLE naming_grams USING fts5 (kind, grams, content='', tokenize="unicode61 remove_diacritics 0");
CREATE TABLE gram (gram TEXT PRIMARY KEY, namings INTEGER) WITHOUT ROWID;
CREATE TABLE exact (form TEXT, naming INTEGER, grade INTEGER, PRIMARY KEY (form, naming)) WITHOUT ROWID;
CREATE TABLE fact (id INTEGER PRIMARY KEY AUTOINCREMENT, naming INTEGER, report INTEGER, section INTEGER, kind TEXT,
                   key TEXT, paragraph INTEGER, year INTEGER, unit TEXT, base TEXT, value REAL, record BLOB,
                   details BLOB);
CREATE TABLE number (digits TEXT, fact INTEGER, unit TEXT, PRIMARY KEY (digits, fact, unit)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS fact_naming ON fact (naming, year DESC);
CREATE INDEX IF NOT EXISTS fact_key ON fact (key);
CREATE INDEX IF NOT EXISTS fact_section ON fact (section);
CREATE INDEX IF NOT EXISTS fact_report ON fact (report);
CREATE INDEX IF NOT EXISTS section_report ON section (report);
CREATE INDEX IF NOT EXISTS report_key ON report (key);
"""


def open_index(files: Sequence[FactFile], folder: Path | None, progress: Progress | None = None) -> sqlite3.Connection:
    """A read-only connection to the index of *files*, built now unless *folder* holds a current one.

    Raises `FactsError` when a file is wrong. A *folder* that is None or cannot be written gives an index in memory.
    """
    if folder is not None:
        path = folder / index_name(files)
        current = _open_current(path, files)
        if current is not None:
            return current
        with suppress(OSError, sqlite3.Error):
            folder.mkdir(parents=True, exist_ok=True)
            with _alone_in(folder):
                # Another process may have built it while this one waited.
                current = _open_current(path, files) or _open_built(path, files, progress)
                if current is not None:
                    return current
    memory = sqlite3.connect(":memory:", isolation_level=None, factory=_Held)
    _update(memory, files, progress)
    return memory


def rebuild_index(files: Sequence[FactFile], folder: Path | None) -> sqlite3.Connection:
    """As `open_index`, but what stands in *folder* is not trusted: it turned out to be damaged."""
    if folder is not None:
        with suppress(OSError):
            (folder / index_name(files)).unlink()
    return open_index(files, folder)


def index_name(files: Iterable[FactFile]) -> str:
    """The file name of the index of *files*: the same for the same set of paths and the same schema.

    The paths of a folder's files come and go; what they begin with tells one set from another.
    """
    roots = sorted({file.root for file in files})
    return f"{_PREFIX}{VERSION}-{_checksum(chr(10).join(roots)):08x}{_SUFFIX}"


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


def _checksum(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogateescape"))


def _state(files: Iterable[FactFile]) -> str:
    return "\n".join(f"{file.key}\t{file.stamp}" for file in files)


def _seal(state: str) -> int:
    """The time of change, in seconds, that marks an index file as untouched since it was built.

    SQLite notices a damaged page only when it reads it, and noise within a row never; but whoever writes to the
    file changes its time of change. Even, because some file systems keep only every other second.
    """
    return _checksum(state) // 4 * 2


class _Held(sqlite3.Connection):
    """A connection that closes when nobody uses it any more, and with it the lock on the file that says it is read."""

    descriptor: int | None = None
    """The locked file; None for an index in memory."""

    def close(self) -> None:
        super().close()
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def __del__(self) -> None:
        with suppress(sqlite3.Error):  # one that could not be opened
            self.close()


def _open_current(path: Path, files: Sequence[FactFile]) -> sqlite3.Connection | None:
    state = _state(files)
    connection = _open_held(path, _seal(state))
    if connection is not None and _stored_state(connection) == state:
        # Only now it is certain that SQLite has the file open that is locked, and not one that took its place.
        with suppress(OSError):
            if connection.descriptor is not None and samestat(path.stat(), os.fstat(connection.descriptor)):
                connection.execute(f"PRAGMA cache_size = -{READING_CACHE}")
                return connection
    if connection is not None:
        connection.close()
    return None


def _open_held(path: Path, seal: int) -> _Held | None:
    """The index at *path* for reading, its file locked; None when it is not sealed with *seal* or being written."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    if int(os.fstat(descriptor).st_mtime) == seal and _locked(descriptor, exclusively=False) is not False:
        with suppress(sqlite3.Error):
            address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, factory=_Held)
            connection.descriptor = descriptor
            return connection
    os.close(descriptor)
    return None


def _locked(descriptor: int, *, exclusively: bool) -> bool | None:
    """Lock a file: whether nobody else's lock forbids it; None where there are no locks."""
    try:
        import fcntl

        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusively else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except (ImportError, OSError):
        return None
    return True


def _last_written(folder: Path) -> float:
    """When a build in *folder* last wrote something; 0 when none is going on."""
    times = [0.0]
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}.*"):
        with suppress(OSError):  # it has just been moved
            times.append(path.stat().st_mtime)
    return max(times)


def _stored_state(connection: sqlite3.Connection) -> str | None:
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'state'").fetchone()
    except sqlite3.Error:
        return None
    return str(found[0]) if found else None


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes from building in *folder*, where the system has locks for it."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        begun = time.time()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.time() - max(begun, _last_written(folder)) > LONGEST_WAIT:
                    raise
                time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)


def _open_built(path: Path, files: Sequence[FactFile], progress: Progress | None) -> sqlite3.Connection | None:
    """The index at *path* after making it current; called by one process at a time."""
    for leftover in path.parent.glob(f"{path.name}.*"):  # of a build that was killed
        leftover.unlink()
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        if not _updated(path, beside, files, progress):
            _write(beside, files, progress)
            _put_in_place(beside, path, _state(files))
    finally:
        _discard(beside)
    return _open_current(path, files)


def _updated(path: Path, beside: Path, files: Sequence[FactFile], progress: Progress | None) -> bool:
    """Make the index at *path* current by reading the changed files only; False when it has to be built anew.

    It is moved aside meanwhile, which takes no time, unless somebody reads it or there are no locks to tell: then a
    copy is made of it.
    """
    old = _sound_state(path)
    if old is None or 2 * len(set(old.split("\n")).intersection(_state(files).split("\n"))) <= len(files):
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        unread = _locked(descriptor, exclusively=True)
        (os.replace if unread else shutil.copyfile)(path, beside)
        try:
            _write(beside, files, progress)
        except sqlite3.Error:  # it is damaged, though that did not show, or the disk is full
            _discard(beside)
            return False
        except BaseException:
            # A slip in one of a thousand fact files: when it is mended, only that file will be read again.
            if unread:
                _put_in_place(beside, path, old)
            raise
        _put_in_place(beside, path, _state(files))
        return True
    finally:
        os.close(descriptor)


def _write(path: Path, files: Sequence[FactFile], progress: Progress | None) -> None:
    """Make the index at *path* that of *files*, or leave it as it was."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # What is new is thrown away when it fails, and needs no journal.
        new = not path.stat().st_size
        connection.execute("PRAGMA page_size = 8192")
        connection.execute(f"PRAGMA journal_mode = {'OFF' if new else 'DELETE'}")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{WRITING_CACHE}")
        _update(connection, files, progress)


def _put_in_place(beside: Path, path: Path, state: str) -> None:
    seal = _seal(state)
    os.utime(beside, (seal, seal))
    os.replace(beside, path)


def _discard(beside: Path) -> None:
    """Remove the index at *beside* and what SQLite may have left of its transaction."""
    for path in (beside, Path(f"{beside}-journal")):
        with suppress(OSError):
            path.unlink()


def _sound_state(path: Path) -> str | None:
    """The state of its files that the index at *path* was built from; None when it is not as it was built."""
    try:
        changed = int(path.stat().st_mtime)
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            state = _stored_state(connection)
    except (OSError, sqlite3.Error):
        return None
    return state if state is not None and changed == _seal(state) else None


def _update(connection: sqlite3.Connection, files: Sequence[FactFile], progress: Progress | None) -> None:
    from shkc.store.build import update

    connection.execute("BEGIN")
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        _execute(connection, _SCHEMA)
    update(connection, files, progress)
    _execute(connection, _INDEXES)
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('state', ?)", (_state(files),))
    connection.execute("COMMIT")


def _execute(connection: sqlite3.Connection, statements: str) -> None:
    """Execute *statements* one by one: `executescript` would end the transaction."""
    for statement in statements.split(";"):
        connection.execute(statement)
