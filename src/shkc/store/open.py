"""The SQLite index: derived from the fact files, disposable, kept current without a word.

An index belongs to one set of fact files and is current only for the state of the files that it was built from. It is
written beside its place and moved into it whole; what stands in the place is opened for reading only. When few of many
files have changed, the old index is moved aside and only they are replaced in it, in one transaction; while somebody
reads it, that is done to a copy. Where none can be written, one is built in memory.

Reports repeat the names of their figures, so the names are stored once each (table ``naming``, with what they are
searched by), and facts refer to them.
"""

import math
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from os.path import samestat
from pathlib import Path

from shkc.paths import FactFile, Progress
from shkc.store import cache, schema

LONGEST_WAIT = 30.0
"""Seconds to wait for another process that builds in the same folder but writes nothing, before building one's own in
memory. One that writes is waited for: a million facts take a minute, and as much memory as disk."""

LONGEST_BUILD = 86_400.0
"""Seconds after which what a build has left is taken for dead where there are no locks to tell."""


class Held(sqlite3.Connection):
    """A connection that closes when nobody uses it any more, and with it the lock on the file that says it is read."""

    descriptor: int | None = None
    """The locked file; None for an index in memory."""
    sealed: cache.Seal | None = None
    """What it was when it was built; None for an index in memory."""

    def is_sound(self) -> bool:
        """Whether the index is still as it was built, all of it; one in memory is."""
        if self.descriptor is None or self.sealed is None:
            return True
        return cache.is_as_sealed(self.descriptor, self.sealed, math.inf)

    def close(self) -> None:
        super().close()
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None

    def __del__(self) -> None:
        with suppress(sqlite3.Error):  # one that could not be opened
            self.close()


def open_index(files: Sequence[FactFile], folder: Path | None, progress: Progress | None = None) -> Held:
    """A read-only connection to the index of *files*, built now unless *folder* holds a current one.

    Raises `FactsError` when no file is right. A *folder* that is None, that others can write to or that cannot be
    written gives an index in memory, and so does a pipe among *files*.
    """
    if folder is not None and all(file.content is None for file in files):
        kept = _open_kept(folder, files, lambda path: _make_current(path, files, progress))
        if kept is not None:
            return kept
    memory = sqlite3.connect(":memory:", isolation_level=None, factory=Held)
    _update(memory, files, progress)
    return memory


def open_fetched(file: FactFile, folder: Path | None, fetch: Callable[[], bytes]) -> Held:
    """A read-only connection to the SQLite file *file* that stands elsewhere and never changes; *fetch* brings it.

    It is kept in *folder* as an index is, and on the same terms, one for each root; else it is fetched for this once.
    Raises what *fetch* raises.
    """
    files = [file]
    kept = _current_in(folder, files) if folder else None
    if kept is not None:
        return kept
    content = fetch()  # not while other processes wait to build
    kept = _open_kept(folder, files, lambda path: _put_fetched(path, files, content)) if folder else None
    if kept is not None:
        return kept
    from tempfile import TemporaryDirectory  # an index does without

    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        path = Path(place, "fetched")
        path.write_bytes(content)
        return open_unchanging(path)


def open_unchanging(path: Path) -> Held:
    """A read-only connection to the SQLite file at *path*, which nobody writes to as long as it is there."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, factory=Held)


def _open_kept(folder: Path, files: Sequence[FactFile], make: Callable[[Path], None]) -> Held | None:
    """The index of *files* in *folder*, which *make* puts to its path where none is current; None where none can be."""
    current = _current_in(folder, files)
    if current is None:
        with suppress(OSError, sqlite3.Error):
            current = _made_in(folder, files, make)
    return current


def _current_in(folder: Path, files: Sequence[FactFile]) -> Held | None:
    """The index of *files* in *folder*; None where none is current."""
    private = cache.private_folder(folder)
    return _open_current(cache.index_path(private, files), files) if private else None


def _made_in(folder: Path, files: Sequence[FactFile], make: Callable[[Path], None]) -> Held | None:
    """A connection to the index of *files* after making it in *folder*; None where that is not safe."""
    from shkc.store import upkeep

    private = upkeep.made_folder(folder)
    if private is None:
        return None
    path = cache.index_path(private, files)
    with _alone_in(private):
        # Another process may have built it while this one waited.
        current = _open_current(path, files)
        if current is None:
            make(path)
            current = _open_current(path, files)
        with suppress(OSError):
            upkeep.keep_within_limits(private, path, _is_unread)
        return current


def rebuild_index(files: Sequence[FactFile], folder: Path | None) -> Held:
    """As `open_index`, but what stands in *folder* is not trusted: it turned out to be damaged."""
    private = cache.private_folder(folder) if folder else None
    if private is not None:
        with suppress(OSError):
            cache.index_path(private, files).unlink()
    return open_index(files, folder)


def _open_current(path: Path, files: Sequence[FactFile]) -> Held | None:
    """The index at *path* for reading, its file locked; None unless it is that of *files*, as it was sealed."""
    sealed = cache.read_seal(path)
    if sealed is None or sealed.state != cache.state(files):
        return None
    descriptor = cache.open_own(path)
    if descriptor is None:
        return None
    unlocked = _locked(descriptor, exclusively=False) is not False
    if unlocked and cache.is_as_sealed(descriptor, sealed, cache.read_up_to(path)):
        # What SQLite says of a damaged schema may be no text: a `ValueError` then.
        with suppress(sqlite3.Error, OSError, ValueError):
            connection = open_unchanging(path)
            # Only now it is certain that SQLite has the file open that is locked, and not one that took its place.
            if samestat(path.stat(), os.fstat(descriptor)):
                schema.prepare(connection)
                connection.execute(f"PRAGMA cache_size = -{schema.READING_CACHE}")
                cache.note_use(path)
                connection.descriptor, connection.sealed = descriptor, sealed
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


def _is_unread(path: Path) -> bool:
    """Whether nobody reads the index at *path*: nobody has locked it, or, without locks, used it for a day."""
    descriptor = cache.open_own(path)
    if descriptor is None:
        return True  # nobody would
    try:
        free = _locked(descriptor, exclusively=True)
        return cache.unused_for(path) > LONGEST_BUILD if free is None else free
    finally:
        os.close(descriptor)


def _last_written(folder: Path) -> float:
    """When a build in *folder* last wrote something; 0 when none is going on."""
    times = [0.0]
    for path in folder.glob(f"{cache.PREFIX}*{cache.SUFFIX}.*"):
        with suppress(OSError):  # it has just been moved
            times.append(path.stat().st_mtime)
    return max(times)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Keep other processes from building in *folder*, where the system has locks for it."""
    from shkc.store import upkeep

    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        begun = time.monotonic()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                upkeep.remove_leftovers(folder, older_than=0)
                break
            except BlockingIOError:
                waited = time.monotonic() - begun
                if min(waited, abs(time.time() - _last_written(folder))) > LONGEST_WAIT:
                    raise
                time.sleep(0.02)
            except OSError:  # a file system without locks: others may be building
                upkeep.remove_leftovers(folder, older_than=LONGEST_BUILD)
                break
        yield
    finally:
        os.close(descriptor)


def _put_fetched(path: Path, files: Sequence[FactFile], content: bytes) -> None:
    """Put the *content* that was fetched to *path*; called by one process at a time."""
    beside = cache.beside(path)
    try:
        cache.write_new(beside, content)
        _put_in_place(beside, path, files, cache.state(files))
    finally:
        _discard(beside)


def _make_current(path: Path, files: Sequence[FactFile], progress: Progress | None) -> None:
    """Make the index at *path* that of *files*; called by one process at a time."""
    beside = cache.beside(path)
    try:
        if not _updated(path, beside, files, progress):
            cache.write_new(beside)
            _write(beside, files, progress)
            _put_in_place(beside, path, files, cache.state(files))
    finally:
        _discard(beside)


def _updated(path: Path, beside: Path, files: Sequence[FactFile], progress: Progress | None) -> bool:
    """Make the index at *path* current by reading the changed files only; False when it has to be built anew.

    It is moved aside meanwhile, which takes no time, unless somebody reads it or there are no locks to tell: then a
    copy is made of it.
    """
    sealed, descriptor = cache.read_seal(path), cache.open_own(path)
    if descriptor is None:
        return False
    try:
        if sealed is None or _mostly_new(sealed, files):
            return False
        if not cache.is_as_sealed(descriptor, sealed, cache.CHECKED_RESTED):  # it would be sealed anew
            return False
        unread = _locked(descriptor, exclusively=True)
        if unread:
            os.replace(path, beside)
        else:
            cache.write_new(beside)
            shutil.copyfile(path, beside)
        try:
            _write(beside, files, progress)
        except (sqlite3.Error, ValueError):  # it is damaged, though that did not show, or the disk is full
            _discard(beside)
            return False
        except BaseException:
            # It is as it was: when what is wrong is mended, only that will be read again.
            if unread:
                _put_in_place(beside, path, files, sealed.state)
            raise
        _put_in_place(beside, path, files, cache.state(files))
        return True
    finally:
        os.close(descriptor)


def _mostly_new(sealed: cache.Seal, files: Sequence[FactFile]) -> bool:
    """Whether most paths of *files* are not among those of the index."""
    old = {line.partition("\t")[0] for line in sealed.state.split("\n")}
    return 2 * len(old.intersection(file.key for file in files)) <= len(files)


def _write(path: Path, files: Sequence[FactFile], progress: Progress | None) -> None:
    """Make the index at *path* that of *files*, or leave it as it was."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        # What is new is thrown away when it fails, and needs no journal.
        new = not path.stat().st_size
        connection.execute("PRAGMA page_size = 8192")
        connection.execute(f"PRAGMA journal_mode = {'OFF' if new else 'DELETE'}")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(f"PRAGMA cache_size = -{schema.WRITING_CACHE}")
        _update(connection, files, progress)


def _put_in_place(beside: Path, path: Path, files: Sequence[FactFile], state: str) -> None:
    # What is sealed is this file, even if another process puts its own in the place meanwhile.
    descriptor = os.open(beside, os.O_RDONLY)
    try:
        os.replace(beside, path)
        cache.seal(path, descriptor, files, state)
    finally:
        os.close(descriptor)


def _discard(beside: Path) -> None:
    """Remove the index at *beside* and what SQLite may have left of its transaction."""
    for path in (beside, Path(f"{beside}-journal")):
        with suppress(OSError):
            path.unlink()


def _update(connection: sqlite3.Connection, files: Sequence[FactFile], progress: Progress | None) -> None:
    from shkc.store.build import update

    schema.prepare(connection)
    connection.execute("BEGIN")
    schema.create_tables(connection)
    update(connection, files, progress)
    schema.create_indexes(connection)
    connection.execute("COMMIT")
