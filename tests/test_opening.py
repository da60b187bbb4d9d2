"""A document opened: told by its first bytes, copied where it cannot be read twice, its pages and joins counted."""

from __future__ import annotations

import io
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import pdf

from shkc.errors import SourceError
from shkc.text import paragraphs
from shkc.text.documents import furniture
from shkc.text.documents import open as documents
from shkc.text.documents.open import Document, opened
from shkc.text.documents.pdf import Glyph, Page

TEXT = b"BT /F 10 Tf 20 100 Td (abcdefghijklmnopq) Tj ET"
FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>"


def read(content: bytes, folder: Path) -> tuple[list[str], Document]:
    """The paragraphs of a document with this *content*, and what is told of it."""
    path = folder / "report"
    path.write_bytes(content)
    with opened(str(path)) as document:
        return list(document.paragraphs()), document


@pytest.mark.parametrize("magic", [each[0] for each in documents._REFUSED], ids=repr)
def test_what_is_no_document_is_refused(magic: bytes) -> None:
    """By what it begins with, and nowhere else; with how to mend it."""
    start = magic + b"\0" * 60
    told = next(each for each in documents._REFUSED if start.startswith(each[0]))
    with pytest.raises(SourceError) as error:
        documents._refuse(io.BytesIO(), start, "report")
    assert error.value.message.zh == f"report：这是{told[1]}；{told[3].zh}"
    assert error.value.message.en == f"report: {told[2]}; {told[3].en}"
    documents._refuse(io.BytesIO(), b"a" + start, "report")


@pytest.mark.parametrize(
    ("behind", "words"),
    [(b"", "old Word"), (documents._ENCRYPTED, "encrypted"), (b"\0" * (1 << 20) + documents._ENCRYPTED, "old Word")],
)
def test_an_old_word_file_may_be_an_encrypted_new_one(behind: bytes, words: str) -> None:
    """That says so in its first megabyte, over the end of what was read, too."""
    start = documents._OLE + b"\0" * 100
    with pytest.raises(SourceError, match=words):
        documents._refuse(io.BytesIO(behind), start, "report")
    with pytest.raises(SourceError, match="encrypted"):
        documents._refuse(io.BytesIO(documents._ENCRYPTED[9:]), start + documents._ENCRYPTED[:9], "report")


@pytest.mark.parametrize(
    "content",
    [
        pdf(TEXT, FONT),
        b"\xef\xbb\xbf\r\n\t " + pdf(TEXT, FONT),
        b"<p>abcdefghijklmnopq</p>",
        b"\xef\xbb\xbf <!-- x --> <P class=a>abcdefghijklmnopq</p>",
        b"<?xml version='1.0'?>\n<html>abcdefghijklmnopq</html>",
        b"abcdefghijklmnopq",
    ],
    ids=["pdf", "pdf behind a mark", "html", "html behind a comment", "xhtml", "text"],
)
def test_a_document_is_told_by_its_first_bytes(content: bytes, tmp_path: Path) -> None:
    """A mark of the encoding, white space and comments may stand before."""
    found, document = read(content, tmp_path)
    assert found == ["abcdefghijklmnopq"]
    assert (document.textless, document.doubts, document.remarks) == ((), 0, ())


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + b"\0" * 18])
def test_an_archive_that_is_no_word_file_is_refused(content: bytes, tmp_path: Path) -> None:
    """An empty one is an archive, too."""
    with pytest.raises(SourceError, match=r"a broken Word|not of Word"):
        read(content, tmp_path)


def test_joins_in_doubt_are_counted(tmp_path: Path) -> None:
    """One for each break but the first of a paragraph."""
    line, end = "研发投入，达到百亿元以上研发投入达到百亿", "研发投入，达到百亿元以上研发投入达到百。"
    text = "\n".join([line, line, end, line, end, line, "完。"])
    found, document = read(text.encode(), tmp_path)
    assert (len(found), document.doubts) == (1, 2)
    assert [remark.en for remark in document.remarks] == [
        "2 joins in doubt: the lines that begin with ↳ in what shkc text prints"
    ]


def pages_of(*found: Page) -> list[int]:
    """The pages that are told to be pictures without text."""
    textless: list[int] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("shkc.text.documents.pdf.pages", lambda *_: iter(found))
        list(documents._pdf_lines(io.BytesIO(), "-", textless, None, furniture.Notes()))
    return textless


def test_pages_that_are_pictures_without_text_are_told() -> None:
    """One with text, or without a picture, is none."""
    text = [Glyph("研", 0, 10, 100, 10)]
    assert pages_of(
        Page(1, (600, 800), [], [], True),
        Page(2, (600, 800), text, [], True),
        Page(3, (600, 800), [], [], False),
        Page(4, (600, 800), text, [], False),
        Page(5, (600, 800), [], [], True),
    ) == [1, 5]


def test_a_text_that_grows_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may repeat much."""
    content = f"<p>{'研' * 10}</p>".encode()
    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 60)
    assert read(content, tmp_path)[0] == ["研" * 10]
    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 31)
    assert read(content, tmp_path)[0] == ["研" * 10]
    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 30)
    with pytest.raises(SourceError, match="more than 0 MB"):
        read(content, tmp_path)


# ── Streams ─────────────────────────────────────────────────────────────────────────────────────────


class Failing(io.BytesIO):
    """A disk that fails."""

    def readline(self, size: int | None = -1, /) -> bytes:
        """Fails."""
        raise OSError(5, "Input/output error")


def test_a_file_is_read_where_it_is(tmp_path: Path) -> None:
    """And standard input from a copy, whatever it is."""
    path = tmp_path / "report"
    path.write_bytes(b"abc")
    with paragraphs.opened(str(path)) as stream:
        assert isinstance(stream, BufferedReader)
    given = io.BytesIO(b"abc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", SimpleNamespace(buffer=given))
        with paragraphs.opened("-") as stream:
            assert stream is not given
            assert [*paragraphs.lines(stream, "-")] == ["abc"]
    assert given.read() == b""


@pytest.mark.parametrize("name", ["+", "--", "-a"])
def test_only_a_bare_dash_is_standard_input(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may be called nearly so."""
    monkeypatch.chdir(tmp_path)
    Path(name).write_bytes(b"abc")
    with paragraphs.opened(name) as stream:
        assert stream.read() == b"abc"


def test_what_cannot_be_read_is_told(tmp_path: Path) -> None:
    """When it is opened, and when the disk fails later."""
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(SourceError, match="cannot be read: "), paragraphs.opened(str(path)):
            pass
    with pytest.raises(SourceError, match=r"^report: cannot be read: "):
        list(paragraphs.lines(Failing(b"abc"), "report"))


def test_a_text_without_text_is_told(tmp_path: Path) -> None:
    """White space is none."""

    def all_of(content: bytes) -> Iterator[str]:
        return paragraphs.paragraphs(io.BytesIO(content), "report")

    for content in (b"", b"\n \n\xe3\x80\x80\n"):
        with pytest.raises(SourceError, match="no text"):
            list(all_of(content))
    assert list(all_of(b"a\xe2\x80\xa8b\n")) == ["a", "b"]
