"""The text of a report, paragraph by paragraph, from a file of any size; what is no such text is told in one line."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shlex import quote
from typing import IO

from shkc.errors import SourceError
from shkc.language import Text

LONGEST_PARAGRAPH = 100_000
"""Characters; a longer line is no paragraph of a report, and would take too long to relate."""

LARGEST_REPORT = 64 << 20
"""Bytes: a hundred books. What is larger is no report, and a pipe may have no end."""

_BLOCK = 1 << 16

_LONGEST_LINE = 4 * LONGEST_PARAGRAPH
"""Bytes: no character of UTF-8 has more than four."""

_PLAIN = Text("请另存为纯文本（UTF-8）", "save it as plain text (UTF-8)")
_MAGIC = (
    (
        b"%PDF",
        Text("这是 PDF 文件；请先导出文本（如 pdftotext）", "a PDF file; export its text first"),
    ),
    (b"PK\x03\x04", Text(f"这是 Word（docx）或 zip 文件；{_PLAIN.zh}", f"a Word (docx) or zip file; {_PLAIN.en}")),
    (b"\xd0\xcf\x11\xe0", Text(f"这是旧版 Word（doc）文件；{_PLAIN.zh}", f"an old Word (doc) file; {_PLAIN.en}")),
    (b"{\\rtf", Text(f"这是 RTF 文件；{_PLAIN.zh}", f"an RTF file; {_PLAIN.en}")),
    (b"\xff\xfe", Text("这是 UTF-16 编码；请另存为 UTF-8", "UTF-16; save it as UTF-8")),
    (b"\xfe\xff", Text("这是 UTF-16 编码；请另存为 UTF-8", "UTF-16; save it as UTF-8")),
)

Progress = Callable[[int, int], None]
"""Told now and then how many bytes of how many are read."""


@contextmanager
def opened(name: str) -> Iterator[IO[bytes]]:
    """The report at *name*, - for standard input, as a stream that can be read twice. Raises `SourceError`."""
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = sys.stdin.buffer if name == "-" else stack.enter_context(Path(name).open("rb"))
            if name == "-" or not stream.seekable():  # a pipe is read once only
                copy = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=1 << 20))
                while (block := stream.read(_BLOCK)) and copy.tell() <= LARGEST_REPORT:
                    copy.write(block)
                stream = copy
        except OSError as error:
            raise _unreadable(name, error) from None
        yield stream


def _unreadable(name: str, error: OSError) -> SourceError:
    return SourceError(Text(f"{name}：无法读取：{error.strerror}", f"{name}: cannot be read: {error.strerror}"))


def paragraphs(stream: IO[bytes], name: str, progress: Progress | None = None) -> Iterator[str]:
    """The non-empty lines of *stream*, from its beginning, as `shkc verify` counts them. Raises `SourceError`."""
    stream.seek(0, 2)
    total = stream.tell()
    if total > LARGEST_REPORT:
        size = LARGEST_REPORT >> 20
        raise SourceError(Text(f"{name}：超过 {size} MB，不像报告", f"{name}: more than {size} MB: no report"))
    stream.seek(0)
    read, told, number, empty = 0, 0, 0, True
    while line := _line(stream, name):
        if len(line) > _LONGEST_LINE:
            raise _too_long(name, number + 1)
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
            _refuse_other_files(line, name)
        read += len(line)
        for paragraph in _decoded(line, name, number).splitlines():
            if paragraph.strip():
                empty = False
                yield _bounded(paragraph.strip(), name, number)
        if progress is not None and read - told >= 1 << 20:
            told = read
            progress(read, total)
    if empty:
        raise SourceError(Text(f"{name}：是空的", f"{name}: empty"))


def _line(stream: IO[bytes], name: str) -> bytes:
    try:
        return stream.readline(_LONGEST_LINE + 1)
    except OSError as error:
        raise _unreadable(name, error) from None


def _too_long(name: str, line: int) -> SourceError:
    return SourceError(
        Text(
            f"{name}:{line}: 这一行超过 {LONGEST_PARAGRAPH} 个字符，不像报告的一段；请分段",
            f"{name}:{line}: the line has more than {LONGEST_PARAGRAPH} characters; break it into paragraphs",
        )
    )


def _bounded(paragraph: str, name: str, line: int) -> str:
    if len(paragraph) > LONGEST_PARAGRAPH:
        raise _too_long(name, line)
    return paragraph


def _refuse_other_files(line: bytes, name: str) -> None:
    for magic, message in _MAGIC:
        if line.startswith(magic):
            raise SourceError(Text(f"{name}：{message.zh}", f"{name}: {message.en}"))


def _decoded(line: bytes, name: str, number: int) -> str:
    if b"\0" in line:
        raise SourceError(
            Text(
                f"{name}:{number}: 含 NUL 字节；这不是文本文件",
                f"{name}:{number}: holds NUL bytes; this is no text file",
            )
        )
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if not _is_gbk(line):
        raise SourceError(
            Text(
                f"{name}:{number}: 不是 UTF-8；请先另存为 UTF-8",
                f"{name}:{number}: not UTF-8; save it as UTF-8 first",
            )
        )
    convert = f"iconv -f GBK -t UTF-8 {'' if name == '-' else quote(name)}".strip()
    raise SourceError(
        Text(
            f"{name}:{number}: 不是 UTF-8，像是 GBK 编码；请先转换：{convert} > report.txt",
            f"{name}:{number}: not UTF-8 but GBK; convert it first: {convert} > report.txt",
        )
    )


def _is_gbk(line: bytes) -> bool:
    try:
        line.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
