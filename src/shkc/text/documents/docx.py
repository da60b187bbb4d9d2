"""The paragraphs of a Word document (DOCX, ECMA-376), by the standard library, as a stream: no entity is expanded."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from lzma import LZMAError
from typing import IO, NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from shkc.errors import SourceError
from shkc.text.documents import table_rows
from shkc.text.documents.characters import raised, subscript, superscript
from shkc.text.documents.lines import joined
from shkc.text.documents.numbering import Level, Numbering
from shkc.text.paragraphs import LONGEST_PARAGRAPH

MOST_BYTES = 300 << 20
"""Of one part of a document, unpacked: more than a thousand pages have; what says more is made to fill a memory."""

MOST_ELEMENTS = 5_000_000
"""Of one part: eight times what a thousand pages have. A small file unpacks to any number, each of which takes time."""

DEEPEST = 1000
"""Elements in one another; tables in tables go down six with each."""

_BLOCK = 1 << 16

_DAMAGE = (BadZipFile, EOFError, LookupError, LZMAError, NotImplementedError, OSError, ValueError, zlib.error)
"""What reading a damaged archive raises; when the disk fails, that is a `SourceError`."""

_LONGEST_NUMBER = 9
"""Characters of a number in the markup."""
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_LEFT_OUT = {"del", "moveFrom", "Fallback", "instrText", "delText", "rt"}
"""Deleted and moved text, second forms of a drawing, instructions of fields, and how a word is read aloud."""

_OFF = ("0", "false", "off")
_MATHEMATICS = ("/math ", "/omml ")
"""What the namespaces of formulas end in, with the space before the name of an element."""

_OVER = tuple(f"{ending}den" for ending in _MATHEMATICS)
"""What stands below the line of a fraction."""

Handler = Callable[[str, "dict[str, str]"], None]


class _Style(NamedTuple):
    """What a style of paragraphs says: whether it is of a table of contents, and its list."""

    is_contents: bool = False
    number: str | None = None
    level: int = 0


def paragraphs(stream: IO[bytes], name: str) -> Iterator[str]:
    """The paragraphs of the DOCX *stream*: running text, rows of tables with tabs between cells, then the notes.

    Raises `SourceError` where it is broken, encrypted, or no Word document.
    """
    try:
        with ZipFile(stream) as archive:
            main = _main_part(archive, name)
            folder = main.rpartition("/")[0]
            styles = _Styles()
            for part in ("styles", "numbering"):
                if f"{folder}/{part}.xml" in archive.namelist():
                    _parse(archive, f"{folder}/{part}.xml", name, styles)
            yield from _body(archive, main, name, styles)
            for part in ("footnotes", "endnotes"):
                if f"{folder}/{part}.xml" in archive.namelist():
                    yield from _body(archive, f"{folder}/{part}.xml", name, styles)
    except _DAMAGE as broken:
        raise _broken(name, broken) from None
    except RuntimeError:  # what zipfile raises without a password
        raise SourceError(
            f"{name}：文件已加密；请另存为不加密的文件", f"{name}: encrypted; save it without a password"
        ) from None


def _count(value: str) -> int:
    """The number that *value* states. Raises `ValueError` for one that counts nothing in a document."""
    if len(value) > _LONGEST_NUMBER:
        raise ValueError(f"{value[:_LONGEST_NUMBER]}…")
    return int(value)


def _broken(name: str, error: Exception) -> SourceError:
    return SourceError(
        f"{name}：Word（docx）文件已损坏：{error}；请重新下载或另存",
        f"{name}: a broken Word (docx) file: {error}; fetch it again or save it anew",
    )


def _main_part(archive: ZipFile, name: str) -> str:
    """Where the text of the document is: most programs write word/document.xml, some add a number."""
    names = archive.namelist()
    found = [each for each in names if each.startswith("word/document") and each.endswith(".xml")]
    if found:
        return min(found, key=len)
    kinds = {"xl/": ("Excel", "Excel"), "ppt/": ("PowerPoint", "PowerPoint"), "content.xml": ("ODF", "OpenDocument")}
    kind = next(
        (kind for start, kind in kinds.items() if any(each.startswith(start) for each in names)), ("zip", "zip")
    )
    raise SourceError(
        f"{name}：是 {kind[0]} 文件，不是 Word（docx）；请另存为 docx、PDF 或纯文本",
        f"{name}: a file of {kind[1]}, not of Word (docx); save it as docx, PDF or plain text",
    )


class _Handler:
    """Gets the elements of one part of a document, in order, those of Word by their bare names."""

    def start(self, tag: str, values: dict[str, str]) -> None:
        """An element begins."""

    def end(self, tag: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Text between two tags."""


def _parse(archive: ZipFile, part: str, name: str, handler: _Handler) -> None:
    for _ in _steps(archive, part, name, handler):
        pass


def _steps(archive: ZipFile, part: str, name: str, handler: _Handler) -> Iterator[None]:
    """Parse *part* of *archive*, a block at each step."""
    parser = _parser(handler)
    read = unfinished = 0
    try:
        with archive.open(part) as stream:
            # Expat begins a tag anew with each block until it has all of it: of a long one the blocks get longer.
            while block := stream.read(max(_BLOCK, unfinished)):
                read += len(block)
                if read > MOST_BYTES:
                    raise ValueError(f"{part} > {MOST_BYTES >> 20} MB")
                parser.Parse(block, False)
                unfinished = read - parser.CurrentByteIndex
                yield
            parser.Parse(b"", True)
            yield
    except expat.ExpatError as error:
        raise _broken(name, error) from None


def _parser(handler: _Handler) -> expat.XMLParserType:
    """A parser that tells *handler*. It raises `ValueError` for a document type and for too many elements."""
    elements = depth = 0

    def refuse(*_: object) -> None:
        raise ValueError("a document type")  # DOCX has none: what declares one means to expand entities

    def start(tag: str, values: dict[str, str]) -> None:
        nonlocal elements, depth
        elements, depth = elements + 1, depth + 1
        if elements > MOST_ELEMENTS:
            raise ValueError(f"more than {MOST_ELEMENTS} elements")
        if depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} elements in one another")
        handler.start(_bare(tag), {_bare(key): value for key, value in values.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(_bare(tag))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    return parser


def _bare(tag: str) -> str:
    """The name of an element of Word without its namespace; of others with it."""
    namespace, _, local = tag.rpartition(" ")
    return local if namespace in _WORD or local in ("Fallback", "AlternateContent", "Choice") else tag


class _Styles(_Handler):
    """Reads the styles and the lists."""

    def __init__(self) -> None:
        self.numbering = Numbering()
        self.styles: dict[str, _Style] = {}
        self._style = self._abstract = self._number = ""
        self._level = 0

    def start(self, tag: str, values: dict[str, str]) -> None:
        value = values.get("val", "")
        if tag == "style":
            self._style = values.get("styleId", "")
            self.styles[self._style] = _Style()
        elif tag == "name" and self._style:
            is_contents = value.lower().startswith(("toc ", "table of figures"))
            self.styles[self._style] = self.styles[self._style]._replace(is_contents=is_contents)
        elif tag == "numId" and self._style:
            self.styles[self._style] = self.styles[self._style]._replace(number=value)
        elif tag == "ilvl" and self._style:
            self.styles[self._style] = self.styles[self._style]._replace(level=_count(value))
        elif tag == "abstractNum":
            self._abstract = values.get("abstractNumId", "")
        elif tag == "num":
            self._number = values.get("numId", "")
        elif tag == "abstractNumId" and self._number:
            self.numbering.lists[self._number] = value
        elif tag == "lvl" and self._abstract:
            self._level = _count(values.get("ilvl", "0"))
            self.numbering.levels[self._abstract][self._level] = Level()
        elif tag in ("start", "numFmt", "lvlText") and self._abstract:
            levels = self.numbering.levels[self._abstract]
            level = levels.get(self._level, Level())
            levels[self._level] = (
                level._replace(start=_count(value)) if tag == "start"
                else level._replace(numerals=value) if tag == "numFmt"
                else level._replace(text=value)
            )  # fmt: skip

    def end(self, tag: str) -> None:
        if tag == "style":
            self._style = ""
        elif tag == "abstractNum":
            self._abstract = ""
        elif tag == "num":
            self._number = ""


class _Paragraph:
    """A paragraph while it is read."""

    def __init__(self) -> None:
        self.text = ""
        self.style = ""
        self.number: str | None = None
        self.level: int | None = None


class _Table:
    """A table while it is read; *columns* and *goes_on* are those of the cell that is open."""

    def __init__(self) -> None:
        self.rows: list[list[table_rows.Cell]] = []
        self.cell: list[str] = []
        self.columns: int
        self.goes_on: bool


class _Body(_Handler):
    """Reads the text; `ready` are the paragraphs that are whole."""

    def __init__(self, styles: _Styles) -> None:
        self.ready: list[str] = []
        self._styles = styles
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._open: list[str] = []
        self._skipped = 0
        self._shifted = ""
        self._hidden = False

    def start(self, tag: str, values: dict[str, str]) -> None:
        self._open.append(tag)
        if self._skipped or tag in _LEFT_OUT or (tag in ("footnote", "endnote") and "type" in values):
            self._skipped += 1
            return
        value = values.get("val", "")
        if tag == "p":
            self._paragraphs.append(_Paragraph())
        elif tag == "r":
            self._shifted, self._hidden = "", False
        elif tag in ("tbl", "tr", "tc", "gridSpan", "vMerge"):
            self._start_table(tag, value)
        elif self._paragraphs:
            self._start_inside(tag, value, values)
        if tag == "docPartGallery" and value.startswith("Table of Contents"):
            self._skip_block()

    def _skip_block(self) -> None:
        """Leave out the rest of the innermost block of content."""
        depth = len(self._open) - 1 - self._open[::-1].index("sdt") if "sdt" in self._open else len(self._open) - 1
        self._skipped = len(self._open) - depth

    def _start_inside(self, tag: str, value: str, values: dict[str, str]) -> None:
        paragraph = self._paragraphs[-1]
        if tag == "pStyle":
            paragraph.style = value
        elif tag == "numId":
            paragraph.number = value
        elif tag == "ilvl":
            paragraph.level = _count(value)
        elif tag == "vertAlign":
            self._shifted = value
        elif tag in ("vanish", "strike", "dstrike"):
            self._hidden = self._hidden or value not in _OFF
        elif tag.endswith(_OVER):
            paragraph.text += "/"
        elif tag in ("tab", "ptab") and "r" in self._open[-2:]:
            paragraph.text += " "
        elif tag == "noBreakHyphen":
            paragraph.text += "-"
        elif (tag == "br" and values.get("type", "textWrapping") == "textWrapping") or tag == "cr":
            paragraph.text += "\n"

    def _start_table(self, tag: str, value: str) -> None:
        if tag == "tbl":
            self._tables.append(_Table())
        elif not self._tables:
            return
        elif tag == "tr":
            self._tables[-1].rows.append([])
        elif tag == "tc":
            self._tables[-1].cell, self._tables[-1].columns, self._tables[-1].goes_on = [], 1, False
        elif tag == "gridSpan":
            self._tables[-1].columns = _count(value)
        else:
            self._tables[-1].goes_on = value != "restart"

    def text(self, data: str) -> None:
        if (
            self._skipped
            or self._hidden
            or not self._paragraphs
            or not self._open
            or self._open[-1].split(" ")[-1] != "t"
        ):
            return
        paragraph = self._paragraphs[-1]
        paragraph.text += self._placed(paragraph.text, data)
        if len(paragraph.text) > LONGEST_PARAGRAPH:
            raise ValueError(f"a paragraph of more than {LONGEST_PARAGRAPH} characters")

    def _placed(self, before: str, data: str) -> str:
        """*data* behind *before* as it is read on the line, raised or lowered there or in a formula."""
        if self._shifted == "superscript":
            return raised(before, data)
        in_formula = [tag for tag in self._open if any(name in tag for name in _MATHEMATICS)]
        if any(tag.endswith(" sup") for tag in in_formula):
            return superscript(data)
        lowered = self._shifted == "subscript" or any(tag.endswith(" sub") for tag in in_formula)
        return subscript(data) if lowered else data

    def end(self, tag: str) -> None:
        self._open.pop()
        if self._skipped:
            self._skipped -= 1
        elif tag == "p":
            self._end_paragraph(self._paragraphs.pop())
        elif tag == "tc" and self._tables:
            self._end_cell(self._tables[-1])
        elif tag == "tbl" and self._tables:
            table = self._tables.pop()
            self._put(table_rows.lines(table.rows))

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        style = self._styles.styles.get(paragraph.style, _Style())
        if style.is_contents or not paragraph.text.strip():
            return
        number = style.number if paragraph.number is None else paragraph.number
        level = style.level if paragraph.level is None else paragraph.level
        label = self._styles.numbering.label(number, level) if number else ""
        lines = [" ".join(line.split()) for line in paragraph.text.split("\n") if line.strip()]
        self._put([joined(label, lines[0]), *lines[1:]])

    def _end_cell(self, table: _Table) -> None:
        if not table.rows:
            return
        cell = table_rows.Cell(tuple(table.cell), table.columns)
        if table.goes_on and len(table.rows) > 1:
            column = sum(each.columns for each in table.rows[-1])
            cell = _at(table.rows[-2], column) or cell
        table.rows[-1].append(cell)

    def _put(self, texts: list[str]) -> None:
        """Put whole paragraphs into the cell that is open, or to those that are ready."""
        if self._tables:
            self._tables[-1].cell += texts
        else:
            self.ready += texts


def _at(row: list[table_rows.Cell], column: int) -> table_rows.Cell | None:
    """The cell of *row* that begins at *column*."""
    for cell in row:
        if column == 0:
            return cell
        column -= cell.columns
    return None


def _body(archive: ZipFile, part: str, name: str, styles: _Styles) -> Iterator[str]:
    body = _Body(styles)
    for _ in _steps(archive, part, name, body):
        yield from body.ready
        body.ready.clear()
