"""The glyphs and ruled lines of a PDF, page by page, in the coordinates of a reader: x to the right, y downwards."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from threading import Thread
from typing import IO, Any, NamedTuple, TypeVar

from shkc.errors import SourceError

_UNMAPPED = 0.3
"""Share of the glyphs of a document; with more that name no character, its text is not to be read."""

_LEAST_ON_PAGE = 15
"""Glyphs; a scanned page may have a page number or the name of a program, and no more."""

_THIN = 2.5
"""Points; a path that is no thicker is a ruled line."""

_SHORTEST = 8
"""Points; a shorter line rules nothing."""

_MOST_RULES = 5000
"""A page with more has a drawing on it, not a table."""


MOST_GLYPHS = 100_000
"""Of a page, and of the longest paragraph; a full page of a newspaper has a tenth of that."""

Made = TypeVar("Made")


class Glyph(NamedTuple):
    """A character where it stands: its extent from *left* to *right*, its *baseline*, and its *size*, in points."""

    text: str
    left: float
    right: float
    baseline: float
    size: float


class Rule(NamedTuple):
    """A ruled line or the edge of a box, horizontal or vertical, by its ends."""

    left: float
    top: float
    right: float
    bottom: float


class Page(NamedTuple):
    """A page: its *number*, from 1, its width and height, what stands on it, and whether it has a picture."""

    number: int
    extent: tuple[float, float]
    glyphs: list[Glyph]
    rules: list[Rule]
    pictured: bool


class _Frame(NamedTuple):
    """How the text of a page is turned, in quarters of a circle against the clock, and the box of the page."""

    quarters: int
    left: float
    bottom: float
    right: float
    top: float

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """The point *x*, *y* of the file, y upwards, as a reader sees it, y downwards."""
        if self.quarters == 1:
            return y - self.bottom, x - self.left
        if self.quarters == 2:
            return self.right - x, y - self.bottom
        if self.quarters == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def rule(self, left: float, bottom: float, right: float, top: float) -> Rule:
        """A line of the file as a reader sees it."""
        (x, y), (u, v) = self.turned(left, bottom), self.turned(right, top)
        return Rule(min(x, u), min(y, v), max(x, u), max(y, v))

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height for a reader."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarters % 2 else (width, height)


def pages(stream: IO[bytes], name: str, progress: Callable[[int, int], None] | None = None) -> Iterator[Page]:
    """The pages of the PDF *stream*, one in memory at a time. Raises `SourceError` where it cannot be read."""
    try:
        import pypdfium2  # type: ignore[import-untyped] # it has no types
    except ImportError:
        raise SourceError(
            f"{name}：读 PDF 需要 pypdfium2：pip install 'shkc[documents]'",
            f"{name}: a PDF file, which pypdfium2 reads: pip install 'shkc[documents]'",
        ) from None
    try:
        document = pypdfium2.PdfDocument(stream)
    except pypdfium2.PdfiumError as error:
        raise _refused(name, str(error)) from None
    count = _Count()
    try:
        for index in range(len(document)):
            page, unmapped = _read_page(document, index, name)
            count = count.with_page(page, unmapped)
            yield page
            if progress is not None:
                progress(index + 1, len(document))
    finally:
        if not _LEFT:
            document.close()
    count.check(name)


_LEFT: list[Callable[[], object]] = []
"""Calls of PDFium that were interrupted and go on: what they read is not to be closed."""


def _interruptible(call: Callable[[], Made]) -> Made:
    """What *call* of PDFium gives. Python hears of Ctrl-C between calls only: this one has a thread of its own."""
    given: list[Made] = []
    raised: list[Exception] = []

    def work() -> None:
        try:
            given.append(call())
        except Exception as error:  # for who waits
            raised.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        thread.join()
    except BaseException:
        _LEFT.append(call)
        raise
    if raised:
        raise raised[0]
    return given[0]


class _Count(NamedTuple):
    """What the pages of a document had: pages, those with a picture, glyphs, and glyphs that name no character."""

    pages: int = 0
    pictured: int = 0
    glyphs: int = 0
    unmapped: int = 0

    def with_page(self, page: Page, unmapped: int) -> _Count:
        """The count with one more page."""
        return _Count(
            self.pages + 1, self.pictured + page.pictured, self.glyphs + len(page.glyphs), self.unmapped + unmapped
        )

    def check(self, name: str) -> None:
        """Raise `SourceError` where there was no text to read."""
        if self.unmapped > _UNMAPPED * (self.glyphs + self.unmapped):
            raise SourceError(
                f"{name}：字体没有标明文字（无 Unicode 对照），读不出正文；请先做文字识别（OCR）",
                f"{name}: its fonts do not say what characters they draw; run text recognition (OCR) on it first",
            )
        if self.pictured == self.pages and self.glyphs <= _LEAST_ON_PAGE * self.pages and self.pages:
            raise SourceError(
                f"{name}：是扫描件，没有文字；请先做文字识别（OCR）",
                f"{name}: a scan without text; run text recognition (OCR) on it first",
            )
        if not self.glyphs:
            raise SourceError(f"{name}：没有文字", f"{name}: has no text")


def _refused(name: str, reason: str) -> SourceError:
    if "assword" in reason:
        return SourceError(
            f"{name}：PDF 已加密；请先用密码打开并另存为不加密的文件",
            f"{name}: an encrypted PDF; open it with its password and save it without",
        )
    return SourceError(
        f"{name}：PDF 文件已损坏或不完整；请重新下载或另存",
        f"{name}: a broken or incomplete PDF file; fetch it again or save it anew",
    )


class _Drawn(NamedTuple):
    """A glyph as the file has it: its text (None: it names none), size, origin, and box as left, bottom, right, top.

    *quarters* of a circle that it is turned by; None is some other angle.
    """

    text: str | None
    quarters: int | None
    size: float
    origin: tuple[float, float]
    box: tuple[float, float, float, float]


def _read_page(document: Any, index: int, name: str) -> tuple[Page, int]:
    """Page *index* of *document*, and how many of its glyphs name no character."""
    import pypdfium2

    try:
        page = _interruptible(lambda: document[index])
    except pypdfium2.PdfiumError:
        raise SourceError(
            f"{name}：第 {index + 1} 页已损坏；请重新下载或另存",
            f"{name}: page {index + 1} is broken; fetch the file again or save it anew",
        ) from None
    try:
        drawn = _glyphs(page, f"{name}:{index + 1}")
        turns = Counter(glyph.quarters for glyph in drawn if glyph.quarters is not None).most_common(1)
        left, bottom, right, top = page.get_mediabox()
        frame = _Frame(turns[0][0] if turns else 0, left, bottom, right, top)
        # What is turned otherwise than most is a watermark or a stamp.
        glyphs = [_placed(frame, glyph) for glyph in drawn if glyph.text and glyph.quarters == frame.quarters]
        rules = [frame.rule(*ends) for ends in _ruled(page)]
        unmapped = sum(glyph.text is None for glyph in drawn)
        return Page(index + 1, frame.extent, glyphs, rules, _has_picture(page)), unmapped
    finally:
        page.close()


def _placed(frame: _Frame, glyph: _Drawn) -> Glyph:
    (left, _), (right, _) = sorted((frame.turned(*glyph.box[:2]), frame.turned(*glyph.box[2:])))
    return Glyph(glyph.text or "", left, right, frame.turned(*glyph.origin)[1], glyph.size)


def _glyphs(page: Any, name: str) -> list[_Drawn]:
    """The characters that *page* draws; spaces and line ends that PDFium adds are left out. Raises `SourceError`."""
    from pypdfium2 import raw

    text = _interruptible(lambda: raw.FPDFText_LoadPage(page))
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    found: list[_Drawn] = []
    try:
        count = raw.FPDFText_CountChars(text)
        if count > MOST_GLYPHS:
            raise SourceError(
                f"{name}：一页有 {count} 个字符，最多 {MOST_GLYPHS} 个；不像报告",
                f"{name}: a page of {count} characters, of which it may have {MOST_GLYPHS}, is of no report",
            )
        for at in range(count):
            if raw.FPDFText_IsGenerated(text, at) == 1:
                continue
            raw.FPDFText_GetCharOrigin(text, at, x, y)
            raw.FPDFText_GetLooseCharBox(text, at, box)
            raw.FPDFText_GetMatrix(text, at, matrix)
            size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
            turn = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
            found.append(
                _Drawn(
                    None
                    if raw.FPDFText_HasUnicodeMapError(text, at) == 1
                    else _character(raw.FPDFText_GetUnicode(text, at)),
                    round(turn) % 4 if abs(turn - round(turn)) < 0.02 else None,
                    size,
                    (x.value, y.value),
                    (box.left, box.bottom, box.right, box.top),
                )
            )
    finally:
        raw.FPDFText_ClosePage(text)
    return found


def _character(code: int) -> str | None:
    """The character that PDFium gives as *code*; a hyphen at the end of a line is 2, what is unknown 0."""
    if code in (0x02, 0xFFFE):
        return "-"
    return None if code in (0, 0xFFFD) else chr(code)


def _has_picture(page: Any) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=2)), None) is not None


_Ends = tuple[float, float, float, float]


def _ruled(page: Any) -> list[_Ends]:
    """The horizontal and vertical lines on *page*, by their ends; none where there are too many for a table."""
    from pypdfium2 import raw

    found: list[_Ends] = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = thing.get_bounds()
        if min(right - left, top - bottom) <= _THIN:
            found.append((left, bottom, right, top))
        elif _is_stroked(thing):
            found += _sides(thing)
        if len(found) > _MOST_RULES:
            return []
    return [ends for ends in found if max(ends[2] - ends[0], ends[3] - ends[1]) >= _SHORTEST]


def _is_stroked(path: Any) -> bool:
    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke) and stroke.value)


def _sides(path: Any) -> Iterator[_Ends]:
    """The straight horizontal and vertical parts of *path*."""
    from pypdfium2 import raw

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    last = (0.0, 0.0)
    for at in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        (left, bottom), (right, top) = sorted((last, point))  # PDFium draws the side that closes a path, too
        is_line = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        if is_line and min(right - left, abs(top - bottom)) <= _THIN:
            yield left, min(bottom, top), right, max(bottom, top)
        last = point
