"""The cache folder: whose it is, what is in it, and how much of that is kept.

An index stands beside its seal, a small text that says what index it is: its inode, size and times, its checksum, the
fact files that it was built from and their stamps. An index is read only when it is as its seal says. Whoever writes to
a file changes its ctime, which no user can set back; what changes without that (a bit on the disk) the checksum tells.

Index and seal are read only when they and their folder belong to the user, and nobody else can write there or above.
"""

import os
import re
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from shkc.language import Text
from shkc.paths import CacheFolder, FactFile
from shkc.store.schema import VERSION

PREFIX = "index-"
SUFFIX = ".sqlite"
_SEAL = ".seal"
_OURS = re.compile(r"index-\d+-[0-9a-f]{8}\.(sqlite|seal)(\.\d+(-[0-9a-f]+)?(-journal)?)?")
"""The names of what shkc writes: indexes, seals, and either half-written by a process of that number."""

MOST_INDEXES = 24
MOST_BYTES = 4 << 30
"""How many indexes are kept, and how much they may take together; the one just built stays whatever it takes."""

CHECKED_WHOLE = 2 << 20
"""Bytes of an index that is read whole at each start, which takes 0.4 ms for each megabyte. In a larger one, each
record has a checksum of its own, and the rest relies on the ctime."""

USED = 3600.0
"""Seconds after which a use is noted again: the seal's time of change is when the index was last used."""

_BLOCK = 1 << 18
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Seal(NamedTuple):
    """What an index is: the *stamp* of its file, its checksum (0 when it is too large for one), what it is of.

    *roots* are the paths that were asked for, *state* the fact files found there with their stamps.
    """

    stamp: str
    checksum: int
    roots: tuple[str, ...]
    state: str


class KeptIndex(NamedTuple):
    """An index in the cache folder: the paths that it is of (unknown without a seal), its size, its last use."""

    path: Path
    roots: tuple[str, ...]
    bytes: int
    used: float

    @property
    def day(self) -> str:
        """The day of the last use, as in 2024-03-31."""
        return time.strftime("%Y-%m-%d", time.localtime(self.used))


def index_path(folder: Path, files: Iterable[FactFile]) -> Path:
    """Where the index of *files* is: the same for the same set of paths and the same schema.

    The paths of a folder's files come and go; what they begin with tells one set from another.
    """
    roots = "\n".join(sorted({file.root for file in files}))
    return folder / f"{PREFIX}{VERSION}-{zlib.crc32(roots.encode('utf-8', 'surrogateescape')):08x}{SUFFIX}"


def state(files: Iterable[FactFile]) -> str:
    """*files* as they are now, as text."""
    return "\n".join(f"{file.key}\t{file.stamp}" for file in files)


def where(folder: CacheFolder) -> CacheFolder:
    """*folder* as it is used: where others can write to it, one of the user's own in it, or None."""
    if folder.path is None:
        return folder
    private = private_folder(folder.path)
    if private is None and os.path.lexists(folder.path):
        unsafe = Text(
            f"别人能写 {folder.path}，或它不属于你：索引只在内存中",
            f"others can write to {folder.path}, or it is not yours: the index stays in memory",
        )
        return CacheFolder(None, unsafe)
    return CacheFolder(private or folder.path, folder.reason)


# ── Whose it is ─────────────────────────────────────────────────────────────────────────────────────


def private_folder(folder: Path, *, make: bool = False) -> Path | None:
    """*folder*, or one of the user's own in it when others can write to it; None when neither is safe or there.

    With *make* it is made.
    """
    real = Path(os.path.realpath(folder))
    for candidate in (real, real / f"user-{_user()}"):
        if make:
            with suppress(OSError):
                _make(candidate)
        if _is_private(candidate):
            return candidate
    return None


def _make(folder: Path) -> None:
    if os.path.lexists(folder):
        _close_own(folder)
        return
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    if _is_safe_above(missing[-1]):
        for path in reversed(missing):
            path.mkdir(mode=0o700)


def _close_own(folder: Path) -> None:
    """Take from others the right to write to a folder that shkc made when it left that to the umask."""
    status = folder.lstat()
    inside = [path.name for path in folder.iterdir()]
    if status.st_uid == _user() and status.st_mode & _OTHERS_WRITE and inside and all(map(_OURS.fullmatch, inside)):
        folder.chmod(0o700)


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _is_private(folder: Path) -> bool:
    """Whether *folder*, a real path, belongs to the user, and nobody else can change what is in it."""
    if not hasattr(os, "geteuid"):  # the user's profile is
        return folder.is_dir()
    try:
        status = folder.lstat()
        return stat.S_ISDIR(status.st_mode) and _is_own(status) and _is_safe_above(folder)
    except OSError:
        return False


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & _OTHERS_WRITE)


def _is_safe_above(path: Path) -> bool:
    """Whether nobody but the user and root can put another file in the place of *path*, a real path.

    In a sticky folder as /tmp everybody can write, but what is there only its owner can move.
    """
    return all(
        status.st_uid in (0, _user()) and (status.st_mode & stat.S_ISVTX or not status.st_mode & _OTHERS_WRITE)
        for status in (above.lstat() for above in path.parents)
    )


def open_own(path: str | Path) -> int | None:
    """A descriptor of the regular file at *path* for reading; None unless it is the user's, and no other's to write."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and _is_own(status):
        return descriptor
    os.close(descriptor)
    return None


# ── Seals ───────────────────────────────────────────────────────────────────────────────────────────


def read_seal(path: Path) -> Seal | None:
    """The seal of the index at *path*; None when there is none."""
    descriptor = open_own(path.with_suffix(_SEAL))
    if descriptor is None:
        return None
    with os.fdopen(descriptor, encoding="utf-8", newline="\n") as file:
        try:
            stamp, checksum, roots, of = file.read().split("\n", 3)
            return Seal(stamp, int(checksum, 16), tuple(_unescaped(root) for root in roots.split("\t")), of)
        except ValueError:  # damaged
            return None


def seal(path: Path, descriptor: int, files: Sequence[FactFile], of: str) -> None:
    """Say that the index that is open as *descriptor* and stands at *path* is that of *files* in the state *of*.

    Raises `OSError`.
    """
    size = os.fstat(descriptor).st_size
    if size > CHECKED_WHOLE:
        os.fsync(descriptor)  # after a power cut, the ctime would not show that it is not there
    checksum = _checksum(descriptor) if size <= CHECKED_WHOLE else 0
    roots = "\t".join(_escaped(root) for root in sorted({file.root for file in files}))
    place = path.with_suffix(_SEAL)
    new = beside(place)
    try:
        write_new(new, f"{_stamp(os.fstat(descriptor))}\n{checksum:08x}\n{roots}\n{of}".encode())
        os.replace(new, place)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def beside(path: Path) -> Path:
    """Where this process writes what is to stand at *path*; nobody else does, on no other machine either."""
    return path.with_name(f"{path.name}.{os.getpid()}-{os.urandom(4).hex()}")


def write_new(path: Path, data: bytes = b"") -> None:
    """Write a new file that is the user's alone, whatever the umask. Raises `OSError`."""
    with suppress(FileNotFoundError):
        path.unlink()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)


def is_as_sealed(descriptor: int, sealed: Seal) -> bool:
    """Whether the index that is open as *descriptor* is the one that was *sealed*, untouched."""
    status = os.fstat(descriptor)
    if _stamp(status) != sealed.stamp:
        return False
    return status.st_size > CHECKED_WHOLE or _checksum(descriptor) == sealed.checksum


def note_use(path: Path) -> None:
    """Note that the index at *path* is used; it is among the last to go then."""
    place = path.with_suffix(_SEAL)
    with suppress(OSError):
        if abs(time.time() - os.stat(place).st_mtime) > USED:
            os.utime(place)


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _checksum(descriptor: int) -> int:
    checksum = 0
    os.lseek(descriptor, 0, os.SEEK_SET)
    while block := os.read(descriptor, _BLOCK):
        checksum = zlib.crc32(block, checksum)
    return checksum


def _escaped(root: str) -> str:
    return root.encode("unicode_escape").decode("ascii")


def _unescaped(root: str) -> str:
    return root.encode("ascii").decode("unicode_escape")


# ── What is in it ───────────────────────────────────────────────────────────────────────────────────


def kept(folder: Path) -> list[KeptIndex]:
    """The indexes of every version of shkc in *folder*, the last used first."""
    found = []
    for path in _ours(folder):
        if path.suffix == SUFFIX:
            with suppress(OSError):  # it has just been removed
                found.append(_kept(path))
    return sorted(found, key=lambda index: -index.used)


def _kept(path: Path) -> KeptIndex:
    status = path.lstat()
    sealed = read_seal(path)
    # Without a seal (another version) the time of its making stands for its use.
    used = path.with_suffix(_SEAL).stat().st_mtime if sealed else status.st_ctime
    return KeptIndex(path, sealed.roots if sealed else (), status.st_size, used)


def remove(folder: Path) -> None:
    """Remove what every version of shkc has written into *folder*, and the folder when nothing else is in it."""
    for path in _ours(folder):
        path.unlink(missing_ok=True)
    with suppress(OSError):
        folder.rmdir()


def _ours(folder: Path) -> list[Path]:
    with suppress(OSError), os.scandir(folder) as entries:
        return sorted(
            Path(entry.path)
            for entry in entries
            if _OURS.fullmatch(entry.name) and entry.is_file(follow_symlinks=False)
        )
    return []


def remove_leftovers(folder: Path, *, older_than: float) -> None:
    """Remove what builds have left that were killed, and wrote nothing for so many seconds."""
    now = time.time()
    for path in _ours(folder):
        if path.suffix != SUFFIX and not (path.suffix == _SEAL and path.with_suffix(SUFFIX).exists()):
            with suppress(OSError):
                if abs(now - path.lstat().st_mtime) >= older_than:
                    path.unlink()


def keep_within_limits(folder: Path, newest: Path, unread: Callable[[Path], bool]) -> None:
    """Remove the indexes that were not used for the longest time, until those in *folder* are within the limits.

    *newest* stays, and so does one that somebody reads: *unread* says of which that is known.
    """
    others = [index for index in kept(folder) if index.path != newest]
    left, room = MOST_INDEXES - 1, MOST_BYTES - newest.stat().st_size
    for index in others:
        left, room = left - 1, room - index.bytes
        if (left < 0 or room < 0) and unread(index.path):
            index.path.unlink(missing_ok=True)
            index.path.with_suffix(_SEAL).unlink(missing_ok=True)
