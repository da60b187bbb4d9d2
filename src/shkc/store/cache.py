"""The index in the cache folder: where it is, whose, and whether it is as it was built.

An index stands beside its seal, a small text that says what index it is: its inode, size and times, its checksum, the
fact files that it was built from and their stamps. An index is read only when it is as its seal says. Whoever writes to
a file changes its ctime, which no user can set back; what changes without that (a bit on the disk) the checksum tells.

Index and seal are read only when they and their folder belong to the user, and nobody else can write there or above.
"""

import math
import os
import stat
import time
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from shkc.paths import FactFile
from shkc.store.schema import VERSION

PREFIX = "index-"
SUFFIX = ".sqlite"
SEAL = ".seal"

CHECKED_WHOLE = 2 << 20
"""Bytes of an index that is read whole at each start, which takes 0.3 ms for each megabyte. In a larger one, each
record has a checksum of its own, and the rest relies on the ctime."""

CHECKED_RESTED = 256 << 20
"""Bytes of one that is read whole when it was not used for a while: what a disk loses, it loses at rest."""

USED = 3600.0
"""Seconds after which a use is noted again: the seal's time of change is when the index was last used."""

_BLOCK = 1 << 16
"""Bytes read at once: larger ones take twice the time, because each is new memory."""

OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class Seal(NamedTuple):
    """What an index is: the *stamp* of its file, its checksum, what it is of.

    *roots* are the paths that were asked for, escaped, *state* the fact files found there with their stamps.
    """

    stamp: str
    checksum: int
    roots: str
    state: str


def index_path(folder: Path, files: Iterable[FactFile]) -> Path:
    """Where the index of *files* is: the same for the same set of paths and the same schema.

    The paths of a folder's files come and go; what they begin with tells one set from another.
    """
    roots = "\n".join(sorted({file.root for file in files}))
    return folder / f"{PREFIX}{VERSION}-{zlib.crc32(roots.encode('utf-8', 'surrogateescape')):08x}{SUFFIX}"


def state(files: Iterable[FactFile]) -> str:
    """*files* as they are now, as text."""
    return "\n".join(f"{file.key}\t{file.stamp}" for file in files)


# ── Whose it is ─────────────────────────────────────────────────────────────────────────────────────


def private_folder(folder: Path) -> Path | None:
    """*folder*, or one of the user's own in it when others can write to it; None when neither is safe or there."""
    return next(filter(is_private, candidates(folder)), None)


def candidates(folder: Path) -> tuple[Path, Path]:
    """The places for indexes when *folder* is asked for, as real paths."""
    real = Path(os.path.realpath(folder))
    return real, real / f"user-{user()}"


def user() -> int:
    """The user that the process runs as; 0 where there are no such numbers."""
    return os.geteuid() if hasattr(os, "geteuid") else 0


def is_private(folder: Path) -> bool:
    """Whether *folder*, a real path, belongs to the user, and nobody else can change what is in it."""
    if not hasattr(os, "geteuid"):  # the user's profile is
        return folder.is_dir()
    try:
        status = folder.lstat()
        return stat.S_ISDIR(status.st_mode) and _is_own(status) and is_safe_above(folder)
    except OSError:
        return False


def _is_own(status: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or (status.st_uid == os.geteuid() and not status.st_mode & OTHERS_WRITE)


def is_safe_above(path: Path) -> bool:
    """Whether nobody but the user and root can put another file in the place of *path*, a real path.

    In a sticky folder as /tmp everybody can write, but what is there only its owner can move.
    """
    return all(
        status.st_uid in (0, user()) and (status.st_mode & stat.S_ISVTX or not status.st_mode & OTHERS_WRITE)
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
    descriptor = open_own(path.with_suffix(SEAL))
    if descriptor is None:
        return None
    with os.fdopen(descriptor, encoding="utf-8", newline="\n") as file:
        try:
            stamp, checksum, roots, of = file.read().split("\n", 3)
            return Seal(stamp, int(checksum, 16), roots, of)
        except ValueError:  # damaged
            return None


def seal(path: Path, descriptor: int, files: Sequence[FactFile], of: str) -> None:
    """Say that the index that is open as *descriptor* and stands at *path* is that of *files* in the state *of*.

    Raises `OSError`.
    """
    if os.fstat(descriptor).st_size > CHECKED_WHOLE:
        os.fsync(descriptor)  # after a power cut, the ctime would not show that it is not there
    checksum = _checksum(descriptor)
    roots = "\t".join(root.encode("unicode_escape").decode("ascii") for root in sorted({file.root for file in files}))
    place = path.with_suffix(SEAL)
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


def is_as_sealed(descriptor: int, sealed: Seal, read_up_to: float) -> bool:
    """Whether the index that is open as *descriptor* is the one that was *sealed*, untouched.

    It is read whole when it has no more bytes than *read_up_to*.
    """
    status = os.fstat(descriptor)
    if _stamp(status) != sealed.stamp:
        return False
    return status.st_size > read_up_to or _checksum(descriptor) == sealed.checksum


def read_up_to(path: Path) -> int:
    """The most bytes of the index at *path* that are read whole before it is used."""
    return CHECKED_RESTED if unused_for(path) > USED else CHECKED_WHOLE


def note_use(path: Path) -> None:
    """Note that the index at *path* is used; it is among the last to go then."""
    if unused_for(path) > USED:
        with suppress(OSError):
            os.utime(path.with_suffix(SEAL))


def unused_for(path: Path) -> float:
    """Seconds since a use of the index at *path* was noted, as the clock goes now; without end where there is no seal.

    Without a seal, nobody reads it.
    """
    try:
        return abs(time.time() - os.stat(path.with_suffix(SEAL)).st_mtime)
    except OSError:
        return math.inf


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


def _checksum(descriptor: int) -> int:
    checksum = 0
    os.lseek(descriptor, 0, os.SEEK_SET)
    while block := os.read(descriptor, _BLOCK):
        checksum = zlib.crc32(block, checksum)
    return checksum
