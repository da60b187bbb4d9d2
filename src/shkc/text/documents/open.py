"""The door to documents: PDF, DOCX, HTML and text, told by content, opened as paragraphs that can be read twice."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import IO, NamedTuple

from shkc.errors import SourceError
from shkc.language import Text
from shkc.text import paragraphs as source
from shkc.text.documents import docx, flow, furniture, html, layout, pdf, wrapped
from shkc.text.documents.lines import Line
from shkc.text.paragraphs import MARK, Progress

_SAMPLE = 3000
"""Lines of a text that are looked at to tell whether it is broken at a width."""

_IN_MEMORY = 1 << 20
"""Bytes; longer texts of documents wait in a temporary file."""

_SAVE_AS = Text("请另存为 docx、PDF 或纯文本（UTF-8）", "save it as docx, PDF or plain text (UTF-8)")
_RECOGNISE = Text("请先做文字识别（OCR）", "run text recognition (OCR) on it first")
_UNPACK = Text("请先解压", "unpack it first")
_UTF_8 = Text("请另存为 UTF-8", "save it as UTF-8")
_REFUSED = (
    (b"{\\rtf", "RTF 文件", "an RTF file", _SAVE_AS),
    (b"\xff\xfe", "UTF-16 编码", "UTF-16", _UTF_8),
    (b"\xfe\xff", "UTF-16 编码", "UTF-16", _UTF_8),
    (b"\x89PNG", "图片", "a picture", _RECOGNISE),
    (b"\xff\xd8\xff", "图片", "a picture", _RECOGNISE),
    (b"GIF8", "图片", "a picture", _RECOGNISE),
    (b"II*\0", "图片", "a picture", _RECOGNISE),
    (b"MM\0*", "图片", "a picture", _RECOGNISE),
    (b"BM", "图片", "a picture", _RECOGNISE),
    (b"RIFF", "图片", "a picture", _RECOGNISE),
    (b"\x1f\x8b", "压缩文件", "a packed file", _UNPACK),
    (b"Rar!", "压缩文件", "a packed file", _UNPACK),
    (b"7z\xbc\xaf", "压缩文件", "a packed file", _UNPACK),
    (b"MIME-Version:", "网页归档（mhtml）", "a web archive (mhtml)", Text("请另存为 html", "save it as html")),
    (b"From: <Saved by", "网页归档（mhtml）", "a web archive (mhtml)", Text("请另存为 html", "save it as html")),
)
"""What a file begins with that is no document to be read, what it is, and how to mend it."""

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>\s*|<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|base|link|style|script|header|main"
    rb"|article|section|div|h[1-6]|p|table|center|font|span|ul|ol)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


class Document(NamedTuple):
    """A document that is open: its text with a paragraph on each line.

    *textless* are the pages that are pictures without text, *doubts* the joins in doubt that nobody has looked at.
    """

    stream: IO[bytes]
    name: str
    textless: tuple[int, ...] = ()
    doubts: int = 0

    def parts(self, progress: Progress | None = None) -> Iterator[tuple[str, ...]]:
        """Its paragraphs, each in the parts that are joined in doubt. Raises `SourceError`."""
        return source.parts(self.stream, self.name, progress)

    def paragraphs(self, progress: Progress | None = None) -> Iterator[str]:
        """Its paragraphs. Raises `SourceError`."""
        return source.paragraphs(self.stream, self.name, progress)

    @property
    def gaps(self) -> tuple[Text, ...]:
        """What of it could not be read."""
        if not self.textless:
            return ()
        pages = ", ".join(map(str, self.textless[:10])) + (" …" if len(self.textless) > 10 else "")
        return (
            Text(
                f"{len(self.textless)} 页只有图片，没有文字（第 {pages} 页）；{_RECOGNISE.zh}",
                f"{len(self.textless)} pages are pictures without text ({pages}); {_RECOGNISE.en}",
            ),
        )

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What who reads its text should know."""
        if not self.doubts:
            return self.gaps
        doubtful = Text(
            f"{self.doubts} 处接合存疑：shkc text 印出的以 {MARK} 开头的行",
            f"{self.doubts} joins in doubt: the lines that begin with {MARK} in what shkc text prints",
        )
        return (*self.gaps, doubtful)


@contextmanager
def opened(name: str, progress: Progress | None = None) -> Iterator[Document]:
    """The document *name*, - for standard input. *progress* is told the pages of a PDF. Raises `SourceError`."""
    with source.opened(name) as stream:
        stream.seek(0)
        start = stream.read(4096)
        _refuse(stream, start, name)
        textless: list[int] = []
        found = _rebuilt(stream, start, name, textless, progress)
        if found is None:
            yield Document(stream, name)
            return
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
            doubts = 0
            for parts in found:
                doubts += len(parts) - 1
                lines = [f"{' '.join(line.splitlines())}\n".encode() for line in source.marked(parts)]
                try:
                    copy.writelines(lines)
                except OSError as error:
                    raise source.no_room(name, error) from None
                if copy.tell() > source.LARGEST_REPORT:  # a small file may repeat much
                    raise source.too_large(name)
            yield Document(copy, name, tuple(textless), doubts)


def _refuse(stream: IO[bytes], start: bytes, name: str) -> None:
    for magic, zh, en, mend in _REFUSED:
        if start.startswith(magic) and not (magic == b"BM" and b"\0" not in start[:64]):
            raise SourceError(f"{name}：这是{zh}；{mend.zh}", f"{name}: {en}; {mend.en}")
    if start.startswith(_OLE):
        if _ENCRYPTED in start + stream.read(1 << 20):
            raise SourceError(
                f"{name}：Word 文件已加密；请用密码打开并另存为不加密的文件",
                f"{name}: an encrypted Word file; open it with its password and save it without",
            )
        raise SourceError(
            f"{name}：这是旧版 Word（doc）文件；{_SAVE_AS.zh}", f"{name}: an old Word (doc) file; {_SAVE_AS.en}"
        )


def _rebuilt(
    stream: IO[bytes], start: bytes, name: str, textless: list[int], progress: Progress | None
) -> Iterable[tuple[str, ...]] | None:
    """The paragraphs of *stream* by its kind, each in its parts; None for a text with a paragraph on each line.

    Pages that are pictures without text are put into *textless*.
    """
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF"):
        return _of_pdf(stream, name, textless, progress)
    if start.startswith(b"PK\x03\x04") or start.startswith(b"PK\x05\x06"):
        return ((paragraph,) for paragraph in docx.paragraphs(stream, name))
    if _HTML.match(start.removeprefix(b"\xef\xbb\xbf")):
        return ((paragraph,) for paragraph in html.paragraphs(stream, name))
    lines = source.lines(stream, name)
    sample = list(islice(lines, _SAMPLE))
    width = wrapped.width_of(sample)
    if width is None or any(line.startswith(MARK) for line in sample):
        return None
    return wrapped.paragraphs(sample, lines, width)


def _of_pdf(stream: IO[bytes], name: str, textless: list[int], progress: Progress | None) -> Iterator[tuple[str, ...]]:
    """The paragraphs of a PDF in reading order, the notes behind all others and without their marks."""
    notes = furniture.Notes()
    yield from flow.paragraphs(_pdf_lines(stream, name, textless, progress, notes))
    for first, *rest in flow.paragraphs(notes.lines):
        mark = furniture.NOTE_MARK.match(first)
        yield first[mark.end() if mark else 0 :], *rest


def _pdf_lines(
    stream: IO[bytes], name: str, textless: list[int], progress: Progress | None, notes: furniture.Notes
) -> Iterator[Line]:
    """The lines of a PDF in reading order; *notes* takes those at the foot of pages."""

    def sheets() -> Iterator[layout.Sheet]:
        for page in pdf.pages(stream, name, progress):
            if page.pictured and not page.glyphs:
                textless.append(page.number)
            yield layout.sheet(page)

    gutters: tuple[layout.Gutter, ...] = ()
    for sheet in furniture.without_furniture(sheets()):
        lines, gutters = layout.lines(sheet, gutters)
        yield from notes.without(lines)
