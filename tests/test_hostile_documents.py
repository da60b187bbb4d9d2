"""Documents that are damaged or made to break their readers: one line, or what can be read, and always soon."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from support import Answer, python, shkc
from support import pdf as one_page

from shkc.text import paragraphs
from shkc.text.documents import html, pdf, table_rows
from shkc.text.documents.numbering import Level, Numbering

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "研发投入增长9.4%，企业有24056家。"


def docx(body: str, **parts: str) -> bytes:
    """A Word document with *body*, and other parts with their content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {WORD}>{content}</w:{name}>")
    return stream.getvalue()


def listed(level: str, text: str = SENTENCE) -> str:
    """A paragraph of a list at *level*."""
    number = f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>"
    return f"<w:p><w:pPr>{number}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbering(level: str, start: str, text: str = "%1、") -> str:
    """A list with one level."""
    of = f"<w:lvl w:ilvl='{level}'><w:start w:val='{start}'/><w:lvlText w:val='{text}'/></w:lvl>"
    number = "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>"
    return f"<w:abstractNum w:abstractNumId='1'>{of}</w:abstractNum>{number}"


def test_a_word_file_with_any_bytes_changed_is_read_or_told_in_one_line(tmp_path: Path) -> None:
    """Packed data, places and checksums of an archive can each be wrong in their own way."""
    whole = docx(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>" * 300)
    path = tmp_path / "report.docx"
    for number in range(60):
        chance, damaged = random.Random(number), bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(4, len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        answer = shkc("text", str(path), "--quiet")
        assert answer.status in (0, 3), (number, answer)
        assert answer.err.count("\n") == (answer.status == 3), (number, answer)


@pytest.mark.parametrize(("level", "start"), [("99999999", "1"), ("0", "9" * 4000), ("9" * 4000, "1"), ("-1", "-5")])
def test_levels_and_numbers_of_lists_that_count_nothing(level: str, start: str, tmp_path: Path) -> None:
    """They take no time, and no memory."""
    path = tmp_path / "report.docx"
    path.write_bytes(docx(listed(level) * 20, numbering=numbering(level, start)))
    begun = time.process_time()
    answer = shkc("text", str(path), "--quiet")
    assert answer.status in (0, 3)
    assert time.process_time() - begun < 2


def test_a_label_has_the_numbers_of_its_level_and_those_above() -> None:
    """One behind the other, the deepest too; what is no place of a number stays."""
    lists = Numbering()
    lists.lists["1"] = "a"
    lists.levels["a"] = {0: Level(1, "chineseCounting", "第%1章"), 1: Level(3, "decimal", "%1.%2.%3 100%")}
    assert [lists.label("1", level) for level in (0, 1, 1, 0, 1)] == [
        "第一章", "一.3.%3 100%", "一.4.%3 100%", "第二章", "二.3.%3 100%",
    ]  # fmt: skip


@pytest.mark.parametrize("charset", ["idna", "punycode", "undefined", "base64", "rot13", "nosuch", "cp037"])
def test_a_page_whose_encoding_is_none_of_pages(charset: str) -> None:
    """It is read as GBK, as one that names none."""
    content = f"<html><meta charset={charset}><body><p>{SENTENCE}</p></body></html>".encode("gb18030")
    assert SENTENCE in html.decoded(content)


def test_comments_before_what_is_no_page_take_no_time(tmp_path: Path) -> None:
    """A text that begins with comments is no page, however these could be told apart."""
    path = tmp_path / "report.txt"
    path.write_text(f"{'<!---->' * 500}\n{SENTENCE}\n", encoding="utf-8")
    begun = time.process_time()
    assert shkc("text", str(path)).status == 0
    assert time.process_time() - begun < 2


def test_raised_numbers_take_no_longer_the_further_on_they_stand() -> None:
    """What is before a raised number is looked at no further back than a unit reaches."""
    content = io.BytesIO(f"<html><body><p>{SENTENCE}{'10<sup>2</sup>' * 20_000}</p></body></html>".encode())
    begun = time.process_time()
    (text,) = html.paragraphs(content, "page")
    assert text.endswith("10²")
    assert time.process_time() - begun < 3


def test_merged_cells_that_make_a_page_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell of many rows and columns stands at each place; a small file could fill a memory with it."""
    path = tmp_path / "report.html"
    merged = f"<tr>{'<td rowspan=1000 colspan=50>投入5亿元</td>' * 3}</tr>"
    path.write_text(f"<html><body><table>{merged}{'<tr><td>5家</td></tr>' * 500}</table></body></html>", "utf-8")
    assert shkc("text", str(path), "--quiet").status == 0
    for limit, most in (("MOST_CELLS", 10_000), ("MOST_CHARACTERS", 100_000)):
        with monkeypatch.context() as patched:
            patched.setattr(table_rows, limit, most)
            answer = shkc("text", str(path), "--lang", "en")
            assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
            assert "a table of more than" in answer.err


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<w:p/>" * 3000, "more than 2000 elements"),
        (f"<w:tbl>{'<w:tr/>' * 3000}</w:tbl>", "more than 2000 elements"),
        ("<w:p>" * 1001 + "</w:p>" * 1001, "more than 1000 elements in one another"),
        ("<w:tbl>" * 1001 + "</w:tbl>" * 1001, "more than 1000 elements in one another"),
    ],
)
def test_elements_that_make_a_small_file_take_long(
    body: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Millions of the same pack into some kilobytes; each takes time, and memory while it is open."""
    monkeypatch.setattr("shkc.text.documents.docx.MOST_ELEMENTS", 2000)
    path = tmp_path / "report.docx"
    path.write_bytes(docx(body))
    answer = shkc("text", str(path), "--lang", "en")
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert told in answer.err


@pytest.mark.parametrize("element", ["<p>", "<b/>", "<td>", "<br>"])
def test_elements_that_make_a_page_too_large(element: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes a hundred times the memory that it takes in the file."""
    monkeypatch.setattr("shkc.text.documents.tree.MOST_ELEMENTS", 1000)
    path = tmp_path / "report.html"
    path.write_text(f"<html>{element * 998}<p>{SENTENCE}</p></html>", encoding="utf-8")
    assert shkc("text", str(path)).out == f"{SENTENCE}\n"
    path.write_text(f"<html>{element * 1000}<p>{SENTENCE}</p></html>", encoding="utf-8")
    answer = shkc("text", str(path), "--lang", "en")
    assert answer == Answer(3, "", f"shkc: {path}: cannot be read: more than 1000 elements\n")


def test_labels_that_make_a_document_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text of a list is repeated before each of its paragraphs."""
    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 1 << 20)
    path = tmp_path / "report.docx"
    path.write_bytes(docx(listed("0") * 2000, numbering=numbering("0", "1", "甲" * 1000)))
    answer = shkc("text", str(path), "--lang", "en")
    assert (answer.status, answer.out) == (3, "")
    assert answer.err == f"shkc: {path}: more than 1 MB: no report\n"


def test_rows_without_cells_make_a_table_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """They take room, too."""
    monkeypatch.setattr(table_rows, "MOST_CELLS", 1000)
    assert table_rows.lines([[]] * 1000) == []
    with pytest.raises(ValueError, match="a table of more than 1000 cells"):
        table_rows.lines([[]] * 1001)


def test_a_long_tag_takes_time_in_proportion(tmp_path: Path) -> None:
    """Expat looks for its end anew with each block: one of 100 MB took minutes."""
    path = tmp_path / "report.docx"
    path.write_bytes(docx(f"<w:p w:rsidR='{'0' * 16_000_000}'><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"))
    begun = time.process_time()
    assert shkc("text", str(path), "--quiet") == Answer(0, f"{SENTENCE}\n", "")
    assert time.process_time() - begun < 3


def forms(depth: int) -> bytes:
    """A PDF that draws a form twice, which draws another twice, and so on."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    drawn = form + b"/Resources<</XObject<</X %d 0 R>>>>/Length 11>>stream\n/X Do /X Do\nendstream"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        b"<</Length 5>>stream\n/X Do\nendstream",
        *(drawn % (number + 6) for number in range(depth)),
        form + b"/Length 1>>stream\n \nendstream",
    ]
    body = b"".join(b"%d 0 obj%s endobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (len(objects) + 1)


def test_ctrl_c_while_pdfium_works_is_130(tmp_path: Path) -> None:
    """Forms within forms take it hours, and it hears of no signal."""
    path = tmp_path / "report.pdf"
    path.write_bytes(forms(2))
    assert shkc("text", str(path), "--lang", "en") == Answer(3, "", f"shkc: {path}: has no text\n")
    path.write_bytes(forms(40))
    code = """
import os, sys, threading
from shkc.__main__ import main
threading.Timer(1, os.kill, (os.getpid(), 2)).start()
main()
"""
    assert python(code, "text", str(path)) == Answer(130, "", "")


def test_a_page_of_millions_of_characters_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of 10 KB may have them; each is looked at, and no paragraph may have so many."""
    monkeypatch.setattr(pdf, "MOST_GLYPHS", 20)
    path = tmp_path / "report.pdf"
    font = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    path.write_bytes(one_page(b"BT /F 9 Tf 9 99 Td (%s) Tj ET" % (b"5" * 20), font))
    assert shkc("text", str(path), "--quiet") == Answer(0, "5" * 20 + "\n", "")
    path.write_bytes(one_page(b"BT /F 9 Tf 9 99 Td (%s) Tj ET" % (b"5" * 21), font))
    told = f"shkc: {path}:1: a page of 21 characters, of which it may have 20, is of no report\n"
    assert shkc("text", str(path), "--lang", "en") == Answer(3, "", told)
