"""Where fact files and the index are, and why there: a flag, the environment, or a default."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from shkc.errors import FactsError, Problem, UsageError
from shkc.language import Text

FACTS_VARIABLE = "SHKC_FACTS"
CACHE_VARIABLE = "SHKC_CACHE_DIR"
ADD = "+"


Progress = Callable[[int, int], None]
"""Told how many files of how many are read."""


class FactFile(NamedTuple):
    """A fact file: its path, the stamp that tells whether it has changed, and the path it was found by."""

    path: str
    stamp: str
    root: str

    @property
    def key(self) -> str:
        """The path as text that can be stored: names need not be UTF-8."""
        if self.path.isascii():
            return self.path
        return self.path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class CacheFolder(NamedTuple):
    """The folder of the index, None where there is none to be had, and the reason for it."""

    path: Path | None
    reason: Text


def bundled_facts() -> Path:
    """The fact base that comes with shkc: in the package when installed, above it in a source tree."""
    package = Path(__file__).parent
    installed = package / "facts.toml"
    return installed if installed.exists() else package.parent.parent / "facts.toml"


def fact_paths(flags: Sequence[str], environment: Mapping[str, str]) -> list[Path]:
    """The files and folders to read facts from.

    *flags* are the values of ``--facts``; without any, SHKC_FACTS counts, then the bundled base. ``+PATH`` adds to
    the bundled base, ``PATH`` replaces it. Raises `UsageError` for an empty path.
    """
    chosen = list(flags) or [path for path in environment.get(FACTS_VARIABLE, "").split(os.pathsep) if path]
    if not all(path.removeprefix(ADD) for path in chosen):
        raise UsageError(Text("--facts 后面缺少路径", "--facts names no path"))
    paths = [Path(path.removeprefix(ADD)).expanduser() for path in chosen]
    if all(path.startswith(ADD) for path in chosen):
        paths.insert(0, bundled_facts())
    return paths


def fact_files(paths: Sequence[Path]) -> list[FactFile]:
    """Every fact file (``*.toml``) in *paths*, folders with their subfolders, each once, in the order of their names.

    Raises `FactsError` for each path that is missing or holds no fact file.
    """
    problems: list[Problem] = []
    files: dict[str, FactFile] = {}
    for path in paths:
        try:
            found = list(_files_in(path))
        except OSError as error:
            problems.append(Problem(str(path), None, _unreadable(error)))
            continue
        if not found:
            problems.append(
                Problem(
                    str(path),
                    None,
                    Text(
                        zh="文件夹中没有事实文件（*.toml）；请指定事实文件，或先写一个",
                        en="no fact files (*.toml) in this folder; name a fact file, or write one first",
                    ),
                )
            )
        files.update((file.path, file) for file in found)
    if problems:
        raise FactsError(problems)
    return list(files.values())


def _files_in(path: Path) -> Iterator[FactFile]:
    root = os.path.abspath(path)
    if not path.is_dir():
        yield FactFile(root, _stamp(path.stat()), root)
        return
    pending = [root]
    while pending:
        with os.scandir(pending.pop()) as entries:
            inside = sorted(entries, key=attrgetter("name"))
        for entry in inside:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                pending.append(entry.path)
            elif entry.name.endswith(".toml"):
                yield FactFile(entry.path, _stamp(entry.stat()), root)


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns}"


def _unreadable(error: OSError) -> Text:
    if isinstance(error, FileNotFoundError):
        return Text(zh="没有这个文件；请检查路径", en="no such file; check the path")
    return Text(zh=f"无法读取：{error.strerror}", en=f"cannot be read: {error.strerror}")


def cache_folder(environment: Mapping[str, str]) -> CacheFolder:
    """The folder that the index is kept in: SHKC_CACHE_DIR, or the platform's cache folder of the user."""
    chosen = environment.get(CACHE_VARIABLE)
    if chosen:
        path = Path(os.path.abspath(Path(chosen).expanduser()))
        return CacheFolder(path, Text(zh=f"由 {CACHE_VARIABLE} 指定", en=f"set by {CACHE_VARIABLE}"))
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
