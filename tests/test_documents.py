"""Documents: whatever form a report comes in, its paragraphs are those of its text; what cannot be read is told."""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import DATA, ROOT, pdf, shkc

from shkc.errors import SourceError
from shkc.text.documents import html, wrapped
from shkc.text.documents.characters import cleaned, raised, unified
from shkc.text.documents.lines import joined
from shkc.text.documents.numbering import numeral
from shkc.text.documents.open import Document, opened

DOCUMENTS = DATA / "documents"
REPORT = ROOT / "examples" / "report-2024.txt"
FACTS = str(ROOT / "examples" / "facts-2024.toml")
PARAGRAPHS = [line.strip() for line in REPORT.read_text(encoding="utf-8").splitlines() if line.strip()]
FORMS = sorted(path.name for path in DOCUMENTS.iterdir() if path.name.startswith(("report", "page")))


def read(path: Path | str) -> list[str]:
    """What `shkc text` prints for the file *path*."""
    answer = shkc("text", str(path), "--quiet")
    assert (answer.status, answer.err) == (0, "")
    return answer.out.splitlines()


# ── The report in each form ─────────────────────────────────────────────────────────────────────────


def test_there_are_three_makers_of_pdf_and_two_of_docx() -> None:
    """The forms that the other tests go through."""
    assert [sum(name.endswith(end) for name in FORMS) for end in (".pdf", ".docx", ".html")] == [3, 2, 2]


@pytest.mark.parametrize("name", FORMS)
def test_each_form_gives_the_paragraphs_of_the_text(name: str) -> None:
    """Without running heads, page numbers, navigation and buttons, and joined over lines and pages."""
    assert read(DOCUMENTS / name) == PARAGRAPHS


@pytest.mark.parametrize("name", FORMS)
def test_each_form_proves_the_facts(name: str) -> None:
    """`verify` finds every fact in the paragraph that it names."""
    answer = shkc("verify", str(DOCUMENTS / name), "--facts", FACTS)
    assert (answer.status, answer.err) == (0, "")


@pytest.mark.parametrize("name", ["report-weasyprint.pdf", "report-pandoc.docx", "report.html"])
def test_each_form_gives_the_draft_of_the_text(name: str) -> None:
    """`draft` reads paragraphs, not files."""
    assert shkc("draft", str(DOCUMENTS / name)) == shkc("draft", str(REPORT))


@pytest.mark.parametrize("name", ["report-weasyprint.pdf", "report-pandoc.docx", "report.html"])
def test_a_document_is_told_by_its_content(name: str, tmp_path: Path) -> None:
    """Neither its name counts nor whether it comes in a pipe."""
    content = (DOCUMENTS / name).read_bytes()
    other = tmp_path / "report.txt"
    other.write_bytes(content)
    assert read(other) == PARAGRAPHS
    assert shkc("text", "-", "--quiet", stdin=content).out.splitlines() == PARAGRAPHS


def test_the_summary_counts_the_paragraphs() -> None:
    """On standard error, in both languages."""
    assert shkc("text", str(REPORT)).err == "10 段\n"
    assert shkc("text", str(REPORT), "--lang", "en").err == "10 paragraphs\n"


# ── What makes reading hard ─────────────────────────────────────────────────────────────────────────


def test_a_pdf_with_columns_notes_tables_and_powers() -> None:
    """Notes stand at the end; tables are rows of cells; no table of contents, no marks of notes, no broken words."""
    assert read(DOCUMENTS / "layouts.pdf") == (DOCUMENTS / "layouts.txt").read_text(encoding="utf-8").splitlines()


NUMBERS = ("1240", "12.5", "3050", "320", "21.5", "410", "30.2", "510", "44.8")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_figure_of_a_table_stands_in_a_row_of_its_own_cells(number: str) -> None:
    """With the head of its row in the first cell, and the head of its column in the same cell of the rows above."""
    assert any(number in line.split("\t")[1:] for line in read(DOCUMENTS / "layouts.pdf"))


# ── Hard-wrapped text ───────────────────────────────────────────────────────────────────────────────


def broken(paragraph: str, width: int) -> list[str]:
    """*paragraph* in lines of *width* characters."""
    return [paragraph[at : at + width] for at in range(0, len(paragraph), width)]


def broken_at_columns(paragraph: str, width: int) -> list[str]:
    """*paragraph* in lines that are *width* columns of a terminal wide, or one less."""
    lines, line = [], ""
    for character in paragraph:
        if wrapped.columns(line + character) * 2 > width:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


@pytest.mark.parametrize("breaks", [broken, broken_at_columns])
@pytest.mark.parametrize("width", [36, 40, 60])
@pytest.mark.parametrize("shown", ["by a blank line", "by an indent"])
def test_hard_wrapped_text_is_joined(breaks: object, width: int, shown: str, tmp_path: Path) -> None:
    """Numbers that were broken over two lines are whole again."""
    assert callable(breaks)
    lines: list[str] = []
    for number, paragraph in enumerate(PARAGRAPHS):
        indent = "　　" if shown == "by an indent" and number and len(paragraph) > 10 else ""
        lines += [*breaks(indent + paragraph, width), *([""] if shown == "by a blank line" else [])]
    source = tmp_path / "report.txt"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert read(source) == PARAGRAPHS


def test_a_line_of_wrapped_text_that_has_room_ends_its_paragraph(tmp_path: Path) -> None:
    """Nobody sets type there: a heading that nearly fills its line is one, also where indents show paragraphs."""
    headings = [
        "青山市关于加强基础研究支持青年人才若干措施的解读和问答",
        "湖滨市关于加强成果转化支持中小企业若干措施的解读和问答",
    ]
    body = [line for paragraph in PARAGRAPHS if len(paragraph) > 10 for line in broken("　　" + paragraph, 32)]
    source = tmp_path / "report.txt"
    source.write_text("\n".join([*body, *headings, *body]), encoding="utf-8")
    assert [line for line in read(source) if line in headings] == headings


def test_a_text_with_a_paragraph_on_each_line_is_left_alone() -> None:
    """Whatever its lines are like: names of one width, sentences, headings."""
    lines = ["青山市科学技术局", "湖滨市科学技术局", "东城区科学技术局", "西城区科学技术局", *PARAGRAPHS]
    assert wrapped.width_of(lines) is None
    assert shkc("text", "-", stdin="\n".join(lines)).out.splitlines() == lines


@given(st.lists(st.text(st.sampled_from("研发投入5，。；%家\t a"), min_size=1, max_size=30), min_size=1, max_size=12))
def test_whatever_is_wrapped_no_character_is_lost(paragraphs: list[str]) -> None:
    """Rebuilding moves line ends and spaces, and nothing else."""
    lines = [line for paragraph in paragraphs for line in broken(paragraph, 12)]
    width = wrapped.Width(12, wrapped.characters)
    together = "".join("".join(parts) for parts in wrapped.paragraphs(lines, (), width))
    assert "".join(together.split()) == "".join("".join(lines).split())


def test_form_feeds_end_pages_not_paragraphs() -> None:
    """Text from pdftotext: running heads and page numbers are left out, and a paragraph goes on over the page."""
    text = "".join(PARAGRAPHS[1] for _ in range(6))
    rows = broken(text, 30)
    pages = [
        "\n".join(["青山市科技进步报告", "", *rows[at : at + 5], "", f"{at // 5 + 1}"]) for at in range(0, len(rows), 5)
    ]
    answer = shkc("text", "-", "--quiet", stdin="\n\f".join(pages))
    assert answer.out.replace("\n↳ ", "").splitlines() == [text]


# ── Joins in doubt ──────────────────────────────────────────────────────────────────────────────────

FIRST = "甲" * 29 + "。"
SECOND = "乙" * 50 + "，共5家。"
DOUBTFUL = "\n".join([*broken("丙，" * 40, 30), FIRST, *broken(SECOND, 30), *broken("丁，" * 40, 30)])


def test_a_join_in_doubt_is_marked_and_counted() -> None:
    """A full line that ends a sentence may end a paragraph."""
    answer = shkc("text", "-", stdin=DOUBTFUL)
    assert f"{FIRST}\n↳ {SECOND}" in answer.out
    assert "处接合存疑" in answer.err


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("甲完成5项。\n↳ 乙完成6项。", ["甲完成5项。乙完成6项。"]),
        ("甲完成5项。\n↳乙完成6项。\n丙。", ["甲完成5项。乙完成6项。", "丙。"]),
        ("↳ 甲。\n乙。", ["甲。", "乙。"]),
        ("甲 R&D\n↳ and\n↳ more", ["甲 R&D and more"]),
    ],
    ids=["joined", "without a space", "at the beginning", "words"],
)
def test_marks_that_are_left_are_read_as_joins(text: str, paragraphs: list[str]) -> None:
    """Whoever deletes nothing gets what the document itself gives."""
    from shkc.text.paragraphs import paragraphs as read_paragraphs

    assert list(read_paragraphs(io.BytesIO(text.encode()), "-")) == paragraphs


def test_the_text_of_a_document_is_its_text() -> None:
    """What `shkc text` prints, marks and all, reads as itself."""
    printed = shkc("text", "-", stdin=DOUBTFUL).out
    assert shkc("text", "-", stdin=printed).out == printed


def test_verify_settles_doubt_by_the_paragraphs_that_facts_name(tmp_path: Path) -> None:
    """The same text proves facts that read it as one paragraph, and facts that read it as two."""
    text = tmp_path / "report.txt"
    text.write_text("甲市报告\n甲市新建实验室3家。\n↳ 乙市新建中心5家。\n丙市新建园区7家。\n", encoding="utf-8")
    for one in (text.read_text("utf-8").replace("↳ ", ""), text.read_text("utf-8").replace("\n↳ ", "")):
        source, facts = tmp_path / "whole.txt", tmp_path / "facts.toml"
        source.write_text(one, encoding="utf-8")
        assert shkc("draft", str(source), "-o", str(facts), "--force").status == 0
        assert shkc("verify", str(text), "--facts", str(facts)).status == 0


# ── Characters and lines ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("⼀⼆⽉⽣", "一二月生"),
        ("⻓⻔⻢⻛⻘", "长门马风青"),
        ("⼾", "户"),
        ("\uf900\ufa0c", "豈兀"),
        ("研发ABC", "研发ABC"),
    ],
)
def test_radicals_are_read_as_ideographs(printed: str, meant: str) -> None:
    """PDFs name a radical where the font draws both with one glyph."""
    assert unified(printed) == meant


def test_verify_reads_radicals_and_spaces_as_the_text_means_them(tmp_path: Path) -> None:
    """Radicals, spaces beside Chinese characters and full-width figures prove the same facts."""
    text = (
        REPORT.read_text(encoding="utf-8")
        .replace("一", "⼀")
        .replace("长", "⻓")
        .replace("亿元", " 亿 元")
        .replace("96.5", "９６．５")
    )
    source = tmp_path / "report.txt"
    source.write_text(text, encoding="utf-8")
    assert shkc("verify", str(source), "--facts", FACTS).status == 0


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("研发", "投入", "研发投入"),
        ("the", "city", "the city"),
        ("研发R&D", "经费", "研发R&D经费"),
        ("con-", "sortium", "consortium"),
        ("state-", "Owned", "state-Owned"),
        ("COVID-", "related", "COVID-related"),
        ("grew by 5", "points", "grew by 5 points"),
        ("in", "2030", "in 2030"),
        ("COVID-", "19", "COVID-19"),
        ("增长1", "80家", "增长180家"),
        ("增长1.", "5%", "增长1.5%"),
        ("增长1", ".5%", "增长1.5%"),
    ],
)
def test_two_lines_are_one_text(first: str, second: str, whole: str) -> None:
    """A space between words, none beside Chinese characters; words and numbers are whole."""
    assert joined(first, second) == whole


@pytest.mark.parametrize(
    ("before", "text", "read_as"),
    [
        ("新建3km", "2", "²"),
        ("每秒10", "15", "¹⁵"),
        ("18亿元", "1", ""),
        ("增长9%", "①", ""),
        ("GDP", "2", ""),
        ("Comm", "1", ""),
        ("m", "[1]", ""),
    ],
)
def test_a_raised_number_is_a_power_or_the_mark_of_a_note(before: str, text: str, read_as: str) -> None:
    """Neither is a digit of the text."""
    assert raised(before, text) == read_as


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("增长9.4%[1]，占3%[2][3]。", "增长9.4%，占3%。"),
        ("沪府发[2023]5号", "沪府发[2023]5号"),
        ("（沪府）[3]号", "（沪府）[3]号"),
        ("\t2024年\t2023年 ", "\t2024年\t2023年"),
        ("　　研发\u200b投入\ufeff", "研发投入"),
        ("\t研发投入", "研发投入"),
    ],
)
def test_a_line_is_cleaned(line: str, read_as: str) -> None:
    """Of marks of notes and of what nobody sees; a row keeps its empty first cell."""
    assert cleaned(line) == read_as


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [(1, "decimal", "1"), (3, "chineseCounting", "三"), (10, "chineseCountingThousand", "十"),
     (21, "japaneseCounting", "二十一"),
     (2, "upperLetter", "B"), (4, "lowerRoman", "iv"), (3, "decimalEnclosedCircle", "③"), (7, "unknown", "7")],
)  # fmt: skip
def test_numbers_of_lists(number: int, kind: str, printed: str) -> None:
    """As Word prints them."""
    assert numeral(number, kind) == printed


# ── DOCX ────────────────────────────────────────────────────────────────────────────────────────────

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, folder: Path, **parts: str) -> Path:
    """A Word document with *body*, and other parts (styles, numbering, footnotes) with their content."""
    path = folder / "made.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {WORD}>{content}</w:{name}>")
    return path


def run(text: str, properties: str = "") -> str:
    """A run of *text*."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def cell(text: str, properties: str = "") -> str:
    """A cell of a table."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*cells: str) -> str:
    """A row of a table."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_word_numbers_are_part_of_the_text(tmp_path: Path) -> None:
    """一、 before a heading is what tells that it is one."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:AlternateContent/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    styles = '<w:style w:styleId="2"><w:name w:val="heading 1"/><w:numPr><w:numId w:val="7"/></w:numPr></w:style>'
    item = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>'
    body = (
        paragraph(run("创新主体"), '<w:pStyle w:val="2"/>') + paragraph(run("培育企业。"), item)
        + paragraph(run("建设平台。"), item)
        + paragraph(run("成果转化"), '<w:pStyle w:val="2"/>') + paragraph(run("发布成果。"), item)
    )  # fmt: skip
    lines = ["一、创新主体", "1.培育企业。", "2.建设平台。", "二、成果转化", "1.发布成果。"]
    assert read(docx(body, tmp_path, numbering=numbering, styles=styles)) == lines


def test_word_text_is_what_stands_in_elements_of_text(tmp_path: Path) -> None:
    """Not the line breaks and indents between them, with which a program may have laid out the file."""
    body = paragraph("\n  " + run("研发").replace("<w:t>", "\n    <w:t>").replace("</w:t>", "</w:t>\n  ") + run("投入"))
    assert read(docx(body + "\n", tmp_path)) == ["研发投入"]


def test_word_leaves_out_what_is_not_read(tmp_path: Path) -> None:
    """Deleted and hidden text, codes of fields, the table of contents, second forms of a drawing."""
    contents = '<w:style w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = (
        paragraph(run("一、创新主体 3"), '<w:pStyle w:val="11"/>')
        + '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        + "<w:sdtContent>"
        + paragraph(run("目录")) + "</w:sdtContent></w:sdt>"
        + paragraph(run("新增") + "<w:del>" + run("5").replace("w:t>", "w:delText>") + "</w:del>" + run("6家")
                    + run("密", "<w:vanish/>") + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
                    + run("1", '<w:vertAlign w:val="superscript"/>') + run("。"))
        + paragraph(run("面积3km") + run("2", '<w:vertAlign w:val="superscript"/>') + run("。"))
    )  # fmt: skip
    assert read(docx(body, tmp_path, styles=contents)) == ["新增6家。", "面积3km²。"]


def test_word_notes_stand_at_the_end(tmp_path: Path) -> None:
    """As those of a PDF do."""
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{paragraph(run("—"))}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph(run("口径不变。"))}</w:footnote>'
    )
    body = paragraph(run("投入5亿元") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run("。")) + paragraph(
        run("完成。")
    )
    assert read(docx(body, tmp_path, footnotes=notes)) == ["投入5亿元。", "完成。", "口径不变。"]


def test_word_tables_are_rows_of_cells(tmp_path: Path) -> None:
    """Merged cells stand in each place that they cover; a table of one cell only places its text."""
    table = (
        "<w:tbl>" + row(cell("指标", '<w:vMerge w:val="restart"/>'), cell("2024年", '<w:gridSpan w:val="2"/>'))
        + row(cell("", "<w:vMerge/>"), cell("数量"), cell("增长")) + row(cell("企业"), cell("5"), cell("")) + "</w:tbl>"
    )  # fmt: skip
    placed = f"<w:tbl>{row(cell('只有一格。'))}</w:tbl>"
    assert read(docx(table + placed, tmp_path)) == [
        "指标\t2024年\t2024年",
        "指标\t数量\t增长",
        "企业\t5\t",
        "只有一格。",
    ]


def test_word_cells_that_go_on_are_those_above_them(tmp_path: Path) -> None:
    """Counted in columns, over as many rows as they cover; a first row has none above it."""
    goes_on, begins = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'
    wide = '<w:gridSpan w:val="2"/>'
    rows = [
        row(cell("甲", wide), cell("乙", begins), cell("丙", goes_on)),
        row(cell("1"), cell("2"), cell("", goes_on), cell("3")),
        row(cell("4"), cell("5"), cell("", goes_on), cell("6")),
        row(cell("7"), cell("8"), cell("9"), cell("0")),
    ]
    table = f"<w:tbl>{''.join(rows)}</w:tbl>"
    assert read(docx(table, tmp_path)) == ["甲\t甲\t乙\t丙", "1\t2\t乙\t3", "4\t5\t乙\t6", "7\t8\t9\t0"]


@pytest.mark.parametrize(
    ("properties", "seen"),
    [("<w:vanish/>", False), ('<w:vanish w:val="0"/>', True), ('<w:vanish w:val="false"/>', True), ("", True)],
)
def test_word_hides_what_it_says_is_hidden(properties: str, seen: bool, tmp_path: Path) -> None:
    """And only that run."""
    body = paragraph(run("甲") + run("密", properties) + run("乙。"))
    assert read(docx(body, tmp_path)) == ["甲密乙。" if seen else "甲乙。"]


def test_word_line_breaks_end_a_paragraph(tmp_path: Path) -> None:
    """Those of a line do, those of a page do not; a tab is a space."""
    body = paragraph(
        run("甲。") + "<w:r><w:br/></w:r>" + run("乙") + '<w:r><w:br w:type="page"/></w:r>' + run("丙")
        + "<w:r><w:tab/></w:r>" + run("丁。")
    )  # fmt: skip
    assert read(docx(body, tmp_path)) == ["甲。", "乙丙 丁。"]


def test_word_reads_a_table_in_a_table(tmp_path: Path) -> None:
    """As a part of the cell that it is in; the cells of the outer one stay what they are."""
    inner = f"<w:tbl>{row(cell('子'), cell('1'))}{row(cell('丑'), cell('2'))}</w:tbl>"
    outer = f"<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{paragraph(run('甲'))}{inner}{paragraph(run('乙'))}</w:tc>"
    table = f"<w:tbl>{row(outer, cell('丙'))}{row(cell('丁'), cell('戊'), cell('己'))}</w:tbl>"
    text = "甲子 1丑 2乙"
    assert read(docx(table, tmp_path)) == [f"{text}\t{text}\t丙", "丁\t戊\t己"]
    merged = row(cell("寅"), cell("3", '<w:vMerge w:val="restart"/>')) + row(cell("卯"), cell("", "<w:vMerge/>"))
    inner = f"<w:tbl>{merged}{row(cell('辰'), cell('4'))}</w:tbl>"
    table = f"<w:tbl>{row(f'<w:tc>{inner}</w:tc>', cell('丙'))}{row(cell('丁'), cell('戊'))}</w:tbl>"
    assert read(docx(table, tmp_path)) == ["寅 3卯 3辰 4\t丙", "丁\t戊"]


@pytest.mark.parametrize(
    ("name", "is_contents"), [("toc 1", True), ("TOC 9", True), ("table of figures", True), ("tocsin", False)]
)
def test_word_contents_are_told_by_their_style(name: str, is_contents: bool, tmp_path: Path) -> None:
    """Its name, in letters of any size."""
    styles = f'<w:style w:styleId="11"><w:name w:val="{name}"/></w:style><w:style w:styleId="12"/>'
    body = paragraph(run("一 3"), '<w:pStyle w:val="11"/>') + paragraph(run("完成。"), '<w:pStyle w:val="12"/>')
    assert read(docx(body, tmp_path, styles=styles)) == (["完成。"] if is_contents else ["一 3", "完成。"])


def test_word_contents_end_with_their_block(tmp_path: Path) -> None:
    """What stands in a block around it, or behind it, is read; without a block, only the element itself is left out."""
    gallery = '<w:docPartGallery w:val="Table of Contents"/>'
    inner = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph(run('目录'))}</w:sdtContent></w:sdt>"
    outer = f"<w:sdt><w:sdtContent>{paragraph(run('前'))}{inner}{paragraph(run('后'))}</w:sdtContent></w:sdt>"
    assert read(docx(outer + paragraph(run("完成。")), tmp_path)) == ["前", "后", "完成。"]
    assert read(docx(gallery + paragraph(run("完成。")), tmp_path)) == ["完成。"]
    other = gallery.replace("Table of Contents", "Cover Pages")
    assert read(docx(inner.replace(gallery, other), tmp_path)) == ["目录"]


def test_word_marks_are_of_their_run(tmp_path: Path) -> None:
    """The next one is neither raised nor hidden; a hyphen that does not break is one, a tab stop is no text."""
    up, down = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="baseline"/>')
    text = run("3km") + run("2", up) + run("5") + run("6", down)
    body = paragraph(
        f"{text}<w:r><w:noBreakHyphen/></w:r>{run('7')}<w:r><w:cr/></w:r>{run('8')}",
        '<w:tabs><w:tab w:val="left"/></w:tabs>',
    )
    assert read(docx(body, tmp_path)) == ["3km²56-7", "8"]


MATHEMATICS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def formula(content: str) -> str:
    """A formula of Word."""
    return f"<m:oMath {MATHEMATICS}>{content}</m:oMath>"


def symbol(text: str) -> str:
    """A run of a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (formula(f"<m:sSup><m:e>{symbol('10')}</m:e><m:sup>{symbol('6')}</m:sup></m:sSup>") + run("次"), "10⁶次"),
        (formula(f"<m:sSub><m:e>{symbol('x')}</m:e><m:sub>{symbol('2')}</m:sub></m:sSub>") + run("5家"), "x₂5家"),
        (formula(f"<m:f><m:num>{symbol('3')}</m:num><m:den>{symbol('4')}</m:den></m:f>") + run("成"), "3/4成"),
        (run("CO") + run("2", '<w:vertAlign w:val="subscript"/>') + run("5万吨"), "CO₂5万吨"),
        (run("48", "<w:strike/>") + run("45亿元"), "45亿元"),
        (run("48", "<w:dstrike/>") + run("45亿元"), "45亿元"),
        (run("48", '<w:vanish/><w:strike w:val="0"/>') + run("45亿元"), "45亿元"),
        (run("48", '<w:strike w:val="off"/>') + run("亿元"), "48亿元"),
        (run("48", '<w:vanish w:val="off"/>') + run("亿元"), "48亿元"),
        (f"<w:ruby><w:rt>{run('12')}</w:rt><w:rubyBase>{run('5')}</w:rubyBase></w:ruby>" + run("家"), "5家"),
    ],
)
def test_word_prints_digits_that_are_none_of_the_number(content: str, text: str, tmp_path: Path) -> None:
    """Raised, lowered and struck-out ones, and those below a line of a fraction."""
    assert read(docx(paragraph(content), tmp_path)) == [text]


@pytest.mark.parametrize(("digits", "is_read"), [(9, True), (10, False)])
def test_word_numbers_have_nine_digits_at_most(digits: int, is_read: bool, tmp_path: Path) -> None:
    """More count nothing in a document."""
    span = f'<w:gridSpan w:val="{"1".zfill(digits)}"/>'
    path = docx(f"<w:tbl>{row(cell('甲', span), cell('1'))}{row(cell('乙'), cell('2'))}</w:tbl>", tmp_path)
    if is_read:
        assert read(path) == ["甲\t1", "乙\t2"]
    else:
        assert "损坏" in shkc("text", str(path)).err


def test_word_main_part_may_have_a_number(tmp_path: Path) -> None:
    """As some programs write it: the shortest name is that of the text."""
    path = tmp_path / "made.docx"
    with zipfile.ZipFile(path, "w") as made:
        for name, text in (("document22", "别的"), ("document2", "完成。")):
            body = f"<w:body>{paragraph(run(text))}</w:body>"
            made.writestr(f"word/{name}.xml", f"<w:document {WORD}>{body}</w:document>")
    assert read(path) == ["完成。"]


# ── HTML ────────────────────────────────────────────────────────────────────────────────────────────


def page(body: str) -> list[str]:
    """The paragraphs of a web page with *body*."""
    return list(html.paragraphs(io.BytesIO(f"<!doctype html><meta charset=utf-8><body>{body}".encode()), "-"))


SENTENCE = "全社会研发投入达到96.5亿元，比上年增长9.4%。"


@pytest.mark.parametrize("number", range(len(html.furniture())))
def test_each_pattern_of_furniture_has_a_witness(number: int) -> None:
    """A line of a web page that no other pattern takes for furniture, and no pattern takes a sentence for any."""
    import tomli

    content = (Path(html.__file__).parent / "furniture.toml").read_text(encoding="utf-8")
    witness = tomli.loads(content)["line"][number]["witness"]
    assert [at for at, pattern in enumerate(html.furniture()) if pattern.fullmatch(witness)] == [number]
    assert page(f"<p>{SENTENCE}</p><p>{witness}</p><p>{SENTENCE}</p>") == [SENTENCE, SENTENCE]
    assert not any(pattern.fullmatch(line) for pattern in html.furniture() for line in PARAGRAPHS)


def test_unclosed_tags_are_closed() -> None:
    """As browsers do: paragraphs, cells, items."""
    assert page(f"<p>{SENTENCE}<p>甲<ul><li>乙<li>丙</ul><table><tr><td>丁<td>1<tr><td>戊<td>2</table>") == [
        SENTENCE, "甲", "乙", "丙", "丁\t1", "戊\t2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>密</p>",
        "<p aria-hidden=true>密</p>",
        "<p style='color:red; display: none'>密</p>",
        "<p style='VISIBILITY:hidden'>密</p>",
        "<script>密</script>",
        "<style>密</style>",
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    """By its tag, an attribute or its style."""
    assert page(f"<p>{SENTENCE}</p>{hidden}<p aria-hidden=false style='display:block'>甲。</p>") == [SENTENCE, "甲。"]


@pytest.mark.parametrize(("around", "inside", "left_out"), [(3, 7, True), (4, 7, False)])
@pytest.mark.parametrize("element", ["nav", "footer", "div class=related", "div id=page-footer", "div role=navigation"])
def test_what_stands_around_the_text_is_left_out(element: str, around: int, inside: int, left_out: bool) -> None:
    """Where it says so and has three tenths of the sentences at most: more is the text, whatever its name is."""
    other = SENTENCE.replace("研发", "周边")
    tag = element.partition(" ")[0]
    found = page(f"<{element}>{f'<p>{other}</p>' * around}</{tag}>{f'<p>{SENTENCE}</p>' * inside}")
    assert (other not in found) is left_out
    assert found.count(SENTENCE) == inside


@pytest.mark.parametrize(("main", "left_out"), [(9, True), (8, False)])
def test_the_main_part_has_nine_tenths_of_the_sentences(main: int, left_out: bool) -> None:
    """What stands in another part is left out then."""
    other = SENTENCE.replace("研发", "别处")
    found = page(f"<div>{f'<p>{SENTENCE}</p>' * main}</div><div>{f'<p>{other}</p>' * (10 - main)}</div>")
    assert (other not in found) is left_out


@pytest.mark.parametrize(("length", "is_row"), [(400, True), (401, False)])
def test_a_cell_of_much_text_only_places_it(length: int, is_row: bool) -> None:
    """Four hundred characters are as many as a cell of figures has."""
    text = "研" * length
    found = page(f"<p>{SENTENCE}</p><table><tr><td>指标<td>{text}<tr><td>企业<td>5</table>")
    assert (f"指标\t{text}" in found) is is_row


@pytest.mark.parametrize(("linked", "stays"), [(10, True), (11, False)])
def test_what_is_more_links_than_text_leads_elsewhere(linked: int, stays: bool) -> None:
    """More than half of its characters."""
    text = f"<a href=x>{'链' * linked}</a>{'文' * (20 - linked)}"
    assert (len(page(f"<div><p>{SENTENCE}</p><p>{text}</p><p>{SENTENCE}</p></div>")) == 3) is stays


@pytest.mark.parametrize(
    ("attributes", "number"),
    [
        ("", "1."),
        ("start=0", "0."),
        ("start=12345678", "12345678."),
        ("start=123456789", "1."),
        ("start=1234567890", "1."),
        ("start=-3", "1."),
    ],
)
def test_a_list_begins_at_a_number_of_eight_digits_at_most(attributes: str, number: str) -> None:
    """Whatever else it says begins at one."""
    assert page(f"<p>{SENTENCE}</p><ol {attributes}><li>甲</ol><ul><li>乙</ul>") == [SENTENCE, f"{number}甲", "乙"]


def test_a_table_for_the_layout_is_no_table() -> None:
    """Old pages place their text with tables."""
    inner = f"<table><tr><td><p>{SENTENCE}</p><p>完成。</p></table>"
    assert page(f"<table><tr><td>左<td>{inner}<tr><td>a<td>b</table>") == [
        "左", SENTENCE, "完成。", "a", "b",
    ]  # fmt: skip


def test_a_browser_numbers_ordered_lists() -> None:
    """So a printed page has numbers, and the page itself has them, too."""
    assert page(f"<p>{SENTENCE}</p><ol start=3><li>甲</li><li>乙</li></ol>") == [SENTENCE, "3.甲", "4.乙"]


@pytest.mark.parametrize("charset", ["gbk", "gb2312", "gb18030", "utf-8", ""])
def test_pages_in_gbk_are_read(charset: str) -> None:
    """By their own word, or as what they are."""
    meta = f"<meta charset={charset}>" if charset else ""
    content = f"<html><head>{meta}</head><body><p>{SENTENCE}</p></body></html>"
    encoded = content.encode(charset if charset.startswith("gb") else "utf-8" if charset else "gb18030")
    assert list(html.paragraphs(io.BytesIO(encoded), "-")) == [SENTENCE]


def test_a_page_nested_without_end_is_read() -> None:
    """No depth of tags breaks the reader."""
    assert page("<div>" * 20_000 + f"<p>{SENTENCE}</p>") == [SENTENCE]


@given(st.text(st.sampled_from("<>/ptdhr123 =\"'&;!-研发，。")))
def test_whatever_is_in_a_page_it_is_read(text: str) -> None:
    """No page is an error of shkc."""
    page(text)


# ── What cannot be read ─────────────────────────────────────────────────────────────────────────────


SCAN = pdf(b"q 200 0 0 200 0 0 cm /I Do Q", b"/XObject<</I 5 0 R>>")
OTHER_ZIP = io.BytesIO()
with zipfile.ZipFile(OTHER_ZIP, "w") as archive:
    archive.writestr("xl/workbook.xml", "<workbook/>")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SCAN, "扫描件"),
        (pdf(), "没有文字"),
        (b"%PDF-1.7\n", "损坏"),
        ((DOCUMENTS / "encrypted.pdf").read_bytes(), "已加密"),
        ((DOCUMENTS / "report-weasyprint.pdf").read_bytes()[:5000], "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "已加密"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (OTHER_ZIP.getvalue(), "Excel"),
        ((DOCUMENTS / "report-pandoc.docx").read_bytes()[:3000], "损坏"),
        ("研发".encode("utf-16"), "UTF-16"),
        (b"", "没有文字"),
        (b"<!doctype html><html><body></body></html>", "没有文字"),
        (b"\x00\x01\x02", "NUL"),
    ],
    ids=[
        "scan", "pdf without text", "pdf of one line", "encrypted pdf", "broken pdf", "doc", "encrypted docx", "rtf",
        "png", "jpeg",
        "xlsx", "broken docx", "utf-16", "empty", "empty html", "binary",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["text", "draft", "verify"])
def test_what_cannot_be_read_is_told_in_one_line(command: str, content: bytes, words: str, tmp_path: Path) -> None:
    """Status 3, what it is and what to do."""
    source = tmp_path / "report"
    source.write_bytes(content)
    answer = shkc(command, str(source))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert words in answer.err


@pytest.mark.parametrize(
    ("start", "is_picture"), [(b"BM" + b"a" * 61 + b"\0", True), (b"BM" + b"a" * 62 + b"\0", False), (b"BM25", False)]
)
def test_a_text_may_begin_as_a_picture_does(start: bytes, is_picture: bool, tmp_path: Path) -> None:
    """A picture of that kind has a NUL among its first sixty-four bytes."""
    source = tmp_path / "report"
    source.write_bytes(start)
    assert ("图片" in shkc("text", str(source)).err) is is_picture


@pytest.mark.parametrize(("number", "pages"), [(2, "1, 2"), (10, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10"), (11, "…, 10 …")])
def test_pages_without_text_are_told(number: int, pages: str) -> None:
    """Ten of them by their numbers."""
    (gap,) = Document(io.BytesIO(), "-", tuple(range(1, number + 1))).gaps
    assert gap.en.startswith(f"{number} pages are pictures without text (")
    assert f"{pages.removeprefix('…')})" in gap.en
    assert Document(io.BytesIO(), "-").gaps == ()


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A DOCX that declares any is no DOCX."""
    path = docx("", tmp_path)
    entity = '<!DOCTYPE b [<!ENTITY a "投入投入">]>'
    bomb = f"{entity}<w:document {WORD}><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", bomb)
    answer = shkc("text", str(path))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)


def test_a_part_that_unpacks_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A DOCX is read as a stream, and not for ever."""
    from shkc.text.documents import docx as reader

    monkeypatch.setattr(reader, "MOST_BYTES", 1 << 20)
    path = docx(paragraph(run("投" * (1 << 20))), tmp_path)
    assert path.stat().st_size < 1 << 16
    answer = shkc("text", str(path))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)


def test_without_pypdfium2_a_pdf_is_told_how_to_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an extra."""
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    answer = shkc("text", str(DOCUMENTS / "report-chromium.pdf"))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert "pip install 'shkc[documents]'" in answer.err
    assert read(DOCUMENTS / "report-pandoc.docx") == PARAGRAPHS


def test_text_takes_no_facts_and_no_format() -> None:
    """It writes text."""
    assert shkc("text", str(REPORT), "--json").status == 2
    assert shkc("text", str(REPORT), "--facts", FACTS).status == 2


# ── Documents made to break their readers ───────────────────────────────────────────────────────────


@pytest.mark.parametrize("begun", ["<!--", "<![CDATA[", "<!", "<?", "</", "<p a='", "<"])
def test_what_begins_without_end_takes_no_time(begun: str, tmp_path: Path) -> None:
    """The parser would look for each end through all of the page: minutes, which the test would wait for."""
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><html><body><p>企业5家。</p>{begun * 400_000}", encoding="utf-8")
    answer = shkc("text", str(page), "--lang", "en")
    assert answer.status in (0, 3)
    assert len(answer.err.splitlines()) == 1


def test_no_reference_to_a_character_is_too_long(tmp_path: Path) -> None:
    """Python refuses to read numbers of thousands of digits."""
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><p>企业&#{'9' * 5000};5家</p><p>高企&#x{'f' * 5000};9家</p>", encoding="utf-8")
    assert read(page) == ["企业\ufffd5家", "高企\ufffd9家"]


def test_merged_cells_fill_no_memory(tmp_path: Path) -> None:
    """Each row of this table would be wider than the one above by a thousand columns."""
    page = tmp_path / "page.html"
    rows = "<tr><td rowspan=65534 colspan=1000>企业5家</td></tr>" * 300
    page.write_text(f"<!DOCTYPE html><table>{rows}<tr><td colspan={'9' * 5000}>6家</td></tr></table>", encoding="utf-8")
    assert max(line.count("\t") for line in read(page)) < 200


def test_a_list_numbers_its_items_once(tmp_path: Path) -> None:
    """Not once for each item; and a first number of thousands of digits is none."""
    page = tmp_path / "page.html"
    page.write_text(f"<!DOCTYPE html><ol start={'9' * 5000}>{'<li>企业5家。' * 20_000}</ol>", encoding="utf-8")
    lines = read(page)
    assert (lines[0], lines[-1], len(lines)) == ("1.企业5家。", "20000.企业5家。", 20_000)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (paragraph(run("企" * 3_000_000)), "a paragraph of more than 100000 characters"),
        ('<?xml version="1.0" encoding="bogus"?>', "unknown encoding: bogus"),
    ],
    ids=["one paragraph", "no encoding"],
)
def test_a_word_file_made_to_break_its_readers_is_refused(content: str, why: str, tmp_path: Path) -> None:
    """In one line, before it fills the memory."""
    path = docx(content, tmp_path)
    if content.startswith("<?xml"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("word/document.xml", f"{content}<a/>")
    answer = shkc("text", str(path), "--lang", "en")
    assert (answer.status, answer.out) == (3, "")
    assert why in answer.err
    assert len(answer.err.splitlines()) == 1


def test_no_room_for_a_copy_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no fault of a standard stream."""
    page = tmp_path / "report.html"
    page.write_text("<html><body><p>2023年，技术合同成交额120亿元。</p></body></html>", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "writelines", full)
    with pytest.raises(SourceError, match="no temporary file can be written"), opened(str(page)):
        pass
