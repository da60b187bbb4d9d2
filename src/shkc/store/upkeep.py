"""Care of the cache folder: making it, what is in it, and how much of that is kept. No lookup that hits needs it."""

import os
import re
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from shkc.language import Text
from shkc.paths import CacheFolder
from shkc.store import cache

_OURS = re.compile(r"index-\d+-[0-9a-f]{8}\.(sqlite|seal)(\.\d+(-[0-9a-f]+)?(-journal)?)?")
"""The names of what shkc writes: indexes, seals, and either half-written by a process of that number."""

MOST_INDEXES = 24
MOST_BYTES = 4 << 30
"""How many indexes are kept, and how much they may take together.

The one just built stays whatever it takes, and so does the one that was used last before it: who works with two bases,
one of them large, must not have it built again at every turn.
"""


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


def where(folder: CacheFolder) -> CacheFolder:
    """*folder* as it is used: where others can write to it, one of the user's own in it, or None."""
    if folder.path is None:
        return folder
    private = cache.private_folder(folder.path)
    if private is None and os.path.lexists(folder.path):
        unsafe = Text(
            f"别人能写 {folder.path}，或它不属于你：索引只在内存中",
            f"others can write to {folder.path}, or it is not yours: the index stays in memory",
        )
        return CacheFolder(None, unsafe)
    return CacheFolder(private or folder.path, folder.reason)


def made_folder(folder: Path) -> Path | None:
    """As `cache.private_folder`, but the folder is made where that is safe."""
    for candidate in cache.candidates(folder):
        with suppress(OSError):
            _make(candidate)
        if cache.is_private(candidate):
            return candidate
    return None


def _make(folder: Path) -> None:
    """Make *folder* and those above it that are missing; another process may make any of them meanwhile."""
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    if not missing:
        _close_own(folder)
    elif cache.is_safe_above(missing[-1]):
        for path in reversed(missing):
            with suppress(FileExistsError):
                path.mkdir(mode=0o700)


def _close_own(folder: Path) -> None:
    """Take from others the right to write to a folder that shkc made when it left that to the umask."""
    status = folder.lstat()
    inside = [path.name for path in folder.iterdir()]
    made = inside and all(map(_OURS.fullmatch, inside))
    if made and status.st_uid == cache.user() and status.st_mode & cache.OTHERS_WRITE:
        folder.chmod(0o700)


def kept(folder: Path) -> list[KeptIndex]:
    """The indexes of every version of shkc in *folder*, the last used first."""
    found = []
    for path in _ours(folder):
        if path.suffix == cache.SUFFIX:
            with suppress(OSError):  # it has just been removed
                found.append(_kept(path))
    return sorted(found, key=lambda index: -index.used)


def _kept(path: Path) -> KeptIndex:
    status = path.lstat()
    sealed = cache.read_seal(path)
    # Without a seal (another version) the time of its making stands for its use.
    used = path.with_suffix(cache.SEAL).stat().st_mtime if sealed else status.st_ctime
    return KeptIndex(path, tuple(map(_unescaped, sealed.roots.split("\t"))) if sealed else (), status.st_size, used)


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
        if path.suffix != cache.SUFFIX and not (path.suffix == cache.SEAL and path.with_suffix(cache.SUFFIX).exists()):
            with suppress(OSError):
                if abs(now - path.lstat().st_mtime) >= older_than:
                    path.unlink()


def keep_within_limits(folder: Path, newest: Path, unread: Callable[[Path], bool]) -> None:
    """Remove the indexes that were not used for the longest time, until those in *folder* are within the limits.

    *newest* stays, and the one used last before it, and one that somebody reads: *unread* says of which that is known.
    """
    others = [index for index in kept(folder) if index.path != newest]
    left, room = MOST_INDEXES - 1, MOST_BYTES - newest.stat().st_size
    for place, index in enumerate(others):
        left, room = left - 1, room - index.bytes
        if (left < 0 or (room < 0 and place > 0)) and unread(index.path):
            index.path.unlink(missing_ok=True)
            index.path.with_suffix(cache.SEAL).unlink(missing_ok=True)


def _unescaped(root: str) -> str:
    return root.encode("ascii", "replace").decode("unicode_escape", "replace")
