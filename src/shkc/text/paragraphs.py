"""A text with a paragraph on each line, from a file of any size; what is no such text is told in one line."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import reduce
from io import BufferedReader, FileIO
from shlex import quote
from typing import IO, TYPE_CHECKING

from shkc.errors import SourceError, reason
from shkc.text.documents.characters import cleaned
from shkc.text.documents.lines import joined

if TYPE_CHECKING:
    from typing_extensions import Buffer

LONGEST_PARAGRAPH = 100_000
"""Characters; a longer line is no paragraph of a report, and would take too long to relate."""

LARGEST_REPORT = 64 << 20
"""Bytes: a hundred books. What is larger is no report, and a pipe may have no end."""

_BLOCK = 1 << 16

_LONGEST_LINE = 4 * LONGEST_PARAGRAPH
"""Bytes: no character of UTF-8 has more than four."""

MARK = "↳"
"""Begins a line that goes on from the line above, in doubt; who knows better deletes it, alone or with the break."""

Progress = Callable[[int, int], None]
"""Told now and then how many bytes of how many are read."""


class _Report(FileIO):
    """A file that says what it is when it cannot be read: a disk may fail later than at the first byte."""

    def readinto(self, buffer: Buffer) -> int | None:
        """As files do. Raises `SourceError`."""
        try:
            return super().readinto(buffer)
        except OSError as error:
            raise _unreadable(str(self.name), error) from None


class _Copy(tempfile.SpooledTemporaryFile[bytes]):
    """A stream that can be read again, with the methods that `zipfile` and PDFium need and Python 3.10 lacks."""

    def seekable(self) -> bool:
        """It can be read from any place."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override] # Python 3.10 has no type Buffer
        """Fill *buffer*, or as much of it as there is to read."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The report at *name*, - for standard input, as a stream that can be read twice. Raises `SourceError`."""
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = sys.stdin.buffer if name == "-" else stack.enter_context(BufferedReader(_Report(name)))
            if name == "-" or not stream.seekable():  # a pipe is read once only
                copy = stack.enter_context(_Copy(max_size=1 << 20))
                while (block := stream.read(_BLOCK)) and copy.tell() <= LARGEST_REPORT:
                    copy.write(block)
                if copy.tell() > LARGEST_REPORT:
                    raise too_large(name)
                stream = copy
        except OSError as error:
            raise _unreadable(name, error) from None
        yield stream


def _unreadable(name: str, error: OSError) -> SourceError:
    why = reason(error)
    return SourceError(f"{name}：无法读取：{why.zh}", f"{name}: cannot be read: {why.en}")


def no_room(name: str, error: OSError) -> SourceError:
    """That there is no room for a copy of the text of the report *name*."""
    why, folder = reason(error), tempfile.gettempdir()
    return SourceError(
        f"{name}：无法在 {folder} 写临时文件：{why.zh}；可用 TMPDIR 另指文件夹",
        f"{name}: no temporary file can be written in {folder}: {why.en}; TMPDIR names another folder",
    )


def too_large(name: str) -> SourceError:
    """That the report *name* is larger than any."""
    size = LARGEST_REPORT >> 20
    return SourceError(f"{name}：超过 {size} MB，不像报告", f"{name}: more than {size} MB: no report")


def lines(stream: IO[bytes], name: str, progress: Progress | None = None) -> Iterator[str]:
    """The lines of the text *stream*, from its beginning, empty ones too. Raises `SourceError`."""
    stream.seek(0, 2)
    total = stream.tell()
    if total > LARGEST_REPORT:
        raise too_large(name)
    stream.seek(0)
    read, told, number = 0, 0, 0
    while line := _line(stream, name):
        if len(line) > _LONGEST_LINE:
            raise _too_long(name, number + 1)
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        read += len(line)
        text = _decoded(line, name, number)
        if len(text) > LONGEST_PARAGRAPH:
            raise _too_long(name, number)
        yield text
        if progress is not None and read - told >= 1 << 20:
            told = read
            progress(read, total)


def parts(stream: IO[bytes], name: str, progress: Progress | None = None) -> Iterator[tuple[str, ...]]:
    """The paragraphs of the text *stream*, each in the parts that are joined in doubt. Raises `SourceError`.

    A line that is not empty is a paragraph, or the next part of one where it begins with `MARK`. What nobody sees,
    radicals for ideographs and the marks of notes are left out or put right.
    """
    found: list[str] = []
    for line in lines(stream, name, progress):
        for text in filter(None, map(cleaned, line.splitlines())):
            if found and not text.startswith(MARK):
                yield tuple(found)
                found = []
            found.append(text.removeprefix(MARK).lstrip())
    if not found:
        raise SourceError(f"{name}：没有文字", f"{name}: no text")
    yield tuple(found)


def marked(parts: Sequence[str]) -> Iterator[str]:
    """The lines of a text for a paragraph in *parts* that are joined in doubt: `MARK` before all but the first."""
    return (f"{MARK} {part}" if number else part for number, part in enumerate(parts))


def paragraphs(stream: IO[bytes], name: str, progress: Progress | None = None) -> Iterator[str]:
    """The paragraphs of the text *stream*, as `shkc verify` counts them; doubtful joins made. Raises `SourceError`."""
    return (reduce(joined, each) for each in parts(stream, name, progress))


def _line(stream: IO[bytes], name: str) -> bytes:
    try:
        return stream.readline(_LONGEST_LINE + 1)
    except OSError as error:
        raise _unreadable(name, error) from None


def _too_long(name: str, line: int) -> SourceError:
    return SourceError(
        f"{name}:{line}: 这一行超过 {LONGEST_PARAGRAPH} 个字符，不像报告的一段；请分段",
        f"{name}:{line}: the line has more than {LONGEST_PARAGRAPH} characters; break it into paragraphs",
    )


def _decoded(line: bytes, name: str, number: int) -> str:
    if b"\0" in line:
        raise SourceError(
            f"{name}:{number}: 含 NUL 字节；这不是文本文件", f"{name}:{number}: holds NUL bytes; this is no text file"
        )
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not _is_gbk(line):
        raise SourceError(
            f"{name}:{number}: 不是 UTF-8；请先另存为 UTF-8", f"{name}:{number}: not UTF-8; save it as UTF-8 first"
        )
    convert = f"iconv -f GBK -t UTF-8 {'' if name == '-' else quote(name)}".strip()
    raise SourceError(
        f"{name}:{number}: 不是 UTF-8，像是 GBK 编码；请先转换：{convert} > report.txt",
        f"{name}:{number}: not UTF-8 but GBK; convert it first: {convert} > report.txt",
    )


def _is_gbk(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
