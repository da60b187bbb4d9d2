"""Where fact files and the index are, and why there: a flag, the environment, or a default.

A fact file that has changed is known by its stamp: size, times, inode and device, and its checksum where only that can
tell. See `fact_files`.
"""

import os
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from shkc.errors import FactsError, Problem, UsageError, reason
from shkc.language import Text

FACTS_VARIABLE = "SHKC_FACTS"
CACHE_VARIABLE = "SHKC_CACHE_DIR"
ADD = "+"
REMOTE = "s3://"

WAREHOUSE = "shkc-warehouse.json"
"""The file that makes a folder a warehouse."""

LARGEST_FACT_FILE = 64 << 20
"""Bytes: a file of a hundred thousand facts. What is larger is no fact file, and a device has no end."""

SMALL_BASE = 1 << 20
"""Bytes of a fact base whose files are read at each start to tell whether they have changed; that takes 0.3 ms for each
megabyte. Of the files of a larger base the status is enough, except for the recent ones."""

RECENT = 3.0
"""Seconds in which a file may change again without a change of its times: file systems count in steps of up to 2."""

Progress = Callable[[int, int], None]
"""Told how many files of how many are read."""


class FactFile(NamedTuple):
    """A fact file: its path, the stamp that tells whether it has changed, and the path it was found by.

    *content* is what a pipe held, which can be read once only; None for a regular file.
    """

    path: str
    stamp: str
    root: str
    content: bytes | None = None

    @property
    def key(self) -> str:
        """The path as text that can be stored, another for each path: names need not be UTF-8."""
        if self.path.isascii():
            return self.path
        name = self.path.encode("utf-8", "surrogateescape")
        try:
            return name.decode("utf-8")
        except UnicodeDecodeError:  # no path ends in /: this one is not that of a file that is called \\xff
            return name.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace") + "/"


class CacheFolder(NamedTuple):
    """The folder of the index, None where there is none to be had, and the reason for it."""

    path: Path | None
    reason: Text


def bundled_facts() -> Path:
    """The fact base that comes with shkc: in the package when installed, above it in a source tree."""
    package = Path(__file__).parent
    installed = package / "facts.toml"
    return installed if installed.exists() else package.parent.parent / "facts.toml"


def is_warehouse(place: str | Path) -> bool:
    """Whether *place* is, or was, a warehouse and not fact files."""
    if is_remote(place):
        return True
    # Other than `Path.is_dir`, these raise nothing for a place that cannot be looked at, which `fact_files` tells.
    if not os.path.isdir(place):  # noqa: PTH112
        return False
    return os.path.exists(os.path.join(place, WAREHOUSE)) or all(  # noqa: PTH110, PTH118
        os.path.isdir(os.path.join(place, each))  # noqa: PTH112, PTH118
        for each in ("facts", "numbers")
    )


def is_remote(place: str | Path) -> bool:
    """Whether *place* is in an object store."""
    return isinstance(place, str) and place.startswith(REMOTE)


def fact_paths(flags: Sequence[str], environment: Mapping[str, str]) -> list[str | Path]:
    """The files and folders to read facts from.

    *flags* are the values of ``--facts``; without any, SHKC_FACTS counts, then the bundled base. ``+PATH`` adds to
    the bundled base, ``PATH`` replaces it. Raises `UsageError` for an empty path.
    """
    chosen = list(flags) or [path for path in _in_variable(environment) if path]
    if not all(path.removeprefix(ADD) for path in chosen):
        raise UsageError("--facts 后面缺少路径", "--facts names no path")
    paths: list[str | Path] = [
        path if is_remote(path) else Path(os.path.expanduser(path.removeprefix(ADD))) for path in chosen
    ]
    if all(path.startswith(ADD) for path in chosen):
        paths.insert(0, bundled_facts())
    return paths


def _in_variable(environment: Mapping[str, str]) -> list[str]:
    """The paths that SHKC_FACTS names; an address, which has colons of its own, stands there alone."""
    joined = environment.get(FACTS_VARIABLE, "")
    return [joined] if is_remote(joined) else joined.split(os.pathsep)


def fact_files(paths: Sequence[str | Path]) -> list[FactFile]:
    """Every fact file (``*.toml``) in *paths*, folders with their subfolders, each once, in the order of their names.

    A pipe or device that *paths* names is read here. What a folder holds and cannot be read is among the files; reading
    it tells what it is. Raises `FactsError` for each path that is missing, or a folder without fact files.
    """
    problems: list[Problem] = []
    roots: dict[str, str] = {}
    for path in paths:
        if is_warehouse(path):
            problems.append(Problem(str(path), None, _NO_FACT_FILES))
            continue
        try:
            root = os.path.abspath(path)
            found = list(_files_in(root))
        except OSError as error:
            problems.append(Problem(str(path), None, _unreadable(error, str(path))))
            continue
        if not found:
            problems.append(Problem(str(path), None, _EMPTY_FOLDER))
        roots.update(dict.fromkeys(found, root))
    if problems:
        raise FactsError(problems)
    return _stamped(roots)


_NO_FACT_FILES = Text("这是仓库；此处需要事实文件", "a warehouse, and no fact files")
_EMPTY_FOLDER = Text(
    "文件夹中没有事实文件（*.toml）；请指定事实文件，或先写一个",
    "no fact files (*.toml) in this folder; name a fact file, or write one first",
)


def _files_in(root: str) -> Iterator[str]:
    if not stat.S_ISDIR(os.stat(root).st_mode):
        yield root
        return
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=attrgetter("name"))
        except OSError:
            if folder == root:
                raise
            yield folder  # it is told when it is read
            continue
        for entry in inside:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.name.endswith(".toml"):
                yield entry.path


def _stamped(roots: Mapping[str, str]) -> list[FactFile]:
    """The files *roots*, path → the path that each was found by, with their stamps as they are now."""
    found = {path: _status(path) for path in roots}
    small = sum(status.st_size for status in found.values() if status) <= SMALL_BASE
    old = time.time() - RECENT
    files = []
    for path, status in found.items():
        root = roots[path]
        if status is None:
            files.append(FactFile(path, "unreadable", root))
        elif path == root and _is_stream(path, status):
            content = _read_stream(path)
            files.append(FactFile(path, _stamp_of(content), root, content))
        elif not stat.S_ISREG(status.st_mode):
            files.append(FactFile(path, "irregular", root))
        elif small or max(status.st_mtime, status.st_ctime) > old:
            files.append(FactFile(path, _stamp_with_checksum(path), root))
        else:
            files.append(FactFile(path, _stamp(status), root))
    return files


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except OSError:  # a link that leads nowhere
        return None


def _is_stream(path: str, status: os.stat_result) -> bool:
    """Whether *path* is read once and never kept: a pipe, a device, or a name for an open file."""
    if not stat.S_ISREG(status.st_mode):
        return not stat.S_ISDIR(status.st_mode)
    return names_what_is_open(path)


def names_what_is_open(path: str) -> bool:
    """Whether *path* is a name for what a process has open, something else at each call, though it may look regular."""
    return path.startswith(("/dev/", "/proc/")) and not path.startswith("/dev/shm/")  # noqa: S108 # regular files


def _stamp(status: os.stat_result) -> str:
    """What changes when a file does: a user cannot set the ctime back, and another file has another inode."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}"


def _stamp_of(content: bytes) -> str:
    """What changes when a pipe has other *content*: a warehouse keeps parts of it from one export to the next."""
    from hashlib import blake2b

    return f"{len(content)} {blake2b(content, digest_size=16).hexdigest()}"


def _stamp_with_checksum(path: str) -> str:
    try:
        status, data = _read_regular(path)
    except (OSError, FactsError):
        return "unreadable"
    return f"{_stamp(status)} {zlib.crc32(data):08x}"


def read(path: str) -> bytes:
    """The content of the fact file at *path*. Raises `FactsError` when it is no regular file or cannot be read."""
    try:
        return _read_regular(path)[1]
    except OSError as error:
        raise FactsError.at(path, None, *_unreadable(error, path)) from None


def _read_regular(path: str) -> tuple[os.stat_result, bytes]:
    with open(path, "rb", buffering=0, opener=_open_without_waiting) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise FactsError.at(
                path,
                None,
                "不是普通文件（管道或设备）；请移出文件夹",
                "no regular file but a pipe or device; move it away",
            )
        if status.st_size > LARGEST_FACT_FILE:
            raise _too_large(path)
        return status, file.readall()


def _open_without_waiting(path: str, flags: int) -> int:
    """Open *path*; a FIFO that nobody writes to would hold the program up for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read_stream(path: str) -> bytes:
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 # a path as text
            data = bytearray()
            while piece := stream.read(1 << 16):
                data += piece
                if len(data) > LARGEST_FACT_FILE:
                    raise _too_large(path)
            return bytes(data)
    except OSError as error:
        raise FactsError.at(path, None, *_unreadable(error, path)) from None


def _too_large(path: str) -> FactsError:
    size = LARGEST_FACT_FILE >> 20
    return FactsError.at(
        path, None, f"超过 {size} MB，不像事实文件；请分成几个文件", f"more than {size} MB; split it into several files"
    )


def _unreadable(error: OSError, path: str) -> Text:
    if not isinstance(error, FileNotFoundError):
        why = reason(error)
        return Text(zh=f"无法读取：{why.zh}", en=f"cannot be read: {why.en}")
    if os.path.islink(path):
        return Text(zh="链接指向的文件不存在；请改正或删除链接", en="the link leads nowhere; mend or remove it")
    if not os.path.isabs(path) and not _has_working_folder():
        return Text(zh="当前目录已被删除；请换一个目录", en="the working folder is gone; go to another")
    return Text(zh="没有这个文件；请检查路径", en="no such file; check the path")


def _has_working_folder() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def cache_folder(environment: Mapping[str, str]) -> CacheFolder:
    """The folder that the index is kept in: SHKC_CACHE_DIR, or the platform's cache folder of the user."""
    chosen = environment.get(CACHE_VARIABLE)
    if chosen:
        if not os.path.isabs(chosen := os.path.expanduser(chosen)) and not _has_working_folder():
            return CacheFolder(
                None,
                Text(zh="当前目录已被删除，索引只在内存中", en="the working folder is gone: the index stays in memory"),
            )
        return CacheFolder(
            Path(os.path.abspath(chosen)), Text(zh=f"由 {CACHE_VARIABLE} 指定", en=f"set by {CACHE_VARIABLE}")
        )
    base = _user_cache(environment)
    if not os.path.isabs(base):
        return CacheFolder(None, Text(zh="没有主目录，索引只在内存中", en="no home folder: the index stays in memory"))
    return CacheFolder(
        Path(base, "shkc"), Text(zh="本平台的用户缓存目录", en="the user's cache folder on this platform")
    )


def _user_cache(environment: Mapping[str, str]) -> str:
    """Where a platform's user keeps caches, not absolute when there is no home.

    As platformdirs has it (XDG Base Directory Specification; Apple's and Microsoft's conventions); importing that
    costs as much as the whole lookup.
    """
    if sys.platform == "win32":
        return environment.get("LOCALAPPDATA", "")
    if sys.platform == "darwin":
        return os.path.expanduser("~/Library/Caches")
    chosen = environment.get("XDG_CACHE_HOME", "")
    if os.path.isabs(chosen):
        return chosen
    return "" if environment.get("HOME") == "" else os.path.expanduser("~/.cache")
