"""The exceptions of shkc, each with the exit status that it ends a command with.

::

    ShkcError            70  a bug in shkc
    ├── UsageError        2  the call is wrong
    ├── FactsError        3  fact files are wrong or cannot be read; carries every problem found
    ├── SourceError       3  the text of a report cannot be read
    └── WarehouseError    3  a warehouse cannot be read or written
"""

import errno
import os
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar, NamedTuple

from shkc.language import Language, Text


class Problem(NamedTuple):
    """One thing that is wrong with a fact file: where it is, and how to mend it."""

    path: str
    line: int | None
    message: Text

    @property
    def shown(self) -> str:
        """The path from the working directory, where it is below that."""
        try:
            return _below(self.path, os.getcwd())
        except FileNotFoundError:  # the directory is gone
            return self.path

    def to(self, language: Language) -> str:
        """The problem as ``file:line: message``, on one line and safe for a terminal."""
        place = self.shown if self.line is None else f"{self.shown}:{self.line}"
        return one_line(f"{place}: {self.message.to(language)}")


@lru_cache(maxsize=64)
def _below(path: str, folder: str) -> str:
    """*path* from *folder*, where it is below that. Thousands of problems have one path."""
    from pathlib import Path

    try:
        return str(Path(path).relative_to(folder))
    except ValueError:  # it is elsewhere
        return path


class LeftOut(NamedTuple):
    """A fact file that is wrong and left out of a base of several: its first problem, and how many it has."""

    problem: Problem
    problems: int

    def told(self, language: Language) -> dict[str, str | int | None]:
        """The file as a JSON object, its texts on one line and safe for a terminal."""
        return {
            "path": one_line(self.problem.shown),
            "line": self.problem.line,
            "message": one_line(self.problem.message.to(language)),
            "problems": self.problems,
        }


MOST_LEFT_OUT = 5
"""Wrong files that are told one by one."""


class ShkcError(Exception):
    """What shkc raises; its message exists in both languages."""

    exit_status: ClassVar[int] = 70

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.message = Text(zh, en)

    def lines(self, language: Language) -> list[str]:
        """What to tell the user, a line each."""
        return [one_line(f"shkc: {self.message.to(language)}")]


class UsageError(ShkcError):
    """The call itself is wrong: an empty query, an unknown section, a malformed number."""

    exit_status = 2


class FactsError(ShkcError):
    """Fact files that are wrong or cannot be read."""

    exit_status = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("事实文件有误", "the fact files are wrong")
        self.problems = tuple(problems)

    @classmethod
    def at(cls, path: str, line: int | None, zh: str, en: str) -> "FactsError":
        """That of one problem."""
        return cls([Problem(path, line, Text(zh, en))])

    def lines(self, language: Language) -> list[str]:
        return [problem.to(language) for problem in self.problems]

    def __str__(self) -> str:
        return "\n".join(self.lines(Language.en))


class SourceError(ShkcError):
    """The text of a report that cannot be read."""

    exit_status = 3


class WarehouseError(ShkcError):
    """A warehouse that cannot be read or written."""

    exit_status = 3

    def __reduce__(self) -> tuple[type["WarehouseError"], Text]:
        """How it passes from process to process."""
        return type(self), self.message


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "不允许",
    errno.EEXIST: "已经存在",
    errno.EISDIR: "是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "链接成环",
    errno.EROFS: "文件系统只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EMFILE: "打开的文件太多",
    errno.EIO: "读写出错",
    errno.EBADF: "流已关闭",
}
"""In Chinese what the operating system says in English: the errors of reading and writing (POSIX.1-2017, 2.3)."""


def reason(error: OSError) -> Text:
    """Why the operating system refuses something; in its own words where it has others."""
    if error.errno in _REASONS:
        return Text(_REASONS[error.errno], os.strerror(error.errno))  # libraries put words of their own around it
    english = error.strerror or str(error)
    return Text(english, english)


def shown(text: str) -> str:
    """The beginning of *text* on one line, safe for a terminal."""
    return one_line(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


_LONGEST_SHOWN = 60


def one_line(text: str) -> str:
    """*text* with everything that could break the line or steer a terminal written as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
