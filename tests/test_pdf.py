"""What a PDF draws, as a reader sees it: characters where they stand, ruled lines, and whether there is text at all."""

from __future__ import annotations

import io

import pypdfium2  # type: ignore[import-untyped] # noqa: TID251 # a page of it is made to break
import pytest
from support import pdf

from shkc.errors import SourceError
from shkc.text.documents.pdf import Glyph, Page, Rule, _character, _Count, _read_page, pages

FONT = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Courier>>>>"
IMAGE = b"/XObject<</I 5 0 R>>"


def page(content: str, resources: bytes = FONT, box: bytes = b"10 20 310 220") -> Page:
    """The one page of a PDF, 300 points wide and 200 high, with this *content*."""
    (found,) = pages(io.BytesIO(pdf(content.encode(), resources, box)), "report.pdf")
    return found


def rules(content: str) -> list[Rule]:
    """The ruled lines of a page, in whole points."""
    return [Rule(*map(round, rule)) for rule in page(f"BT /F 10 Tf 20 100 Td (a) Tj ET {content}").rules]


# ── Characters ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("matrix", "place", "extent"),
    [
        ("1 0 0 1", (40, 120), (300, 200)),
        ("0 1 -1 0", (80, 40), (200, 300)),
        ("-1 0 0 -1", (260, 80), (300, 200)),
        ("0 -1 1 0", (120, 260), (200, 300)),
    ],
)
def test_a_page_is_seen_as_its_text_is_turned(matrix: str, place: tuple[int, int], extent: tuple[int, int]) -> None:
    """From the top left corner of the page as one reads it, upright or turned by quarters of a circle."""
    found = page(f"BT /F 10 Tf {matrix} 50 100 Tm (ab) Tj ET")
    left, baseline = place
    assert found.extent[0] == extent[0]
    assert found.extent[1] == extent[1]
    for glyph, text, start in zip(found.glyphs, "ab", (left, left + 6), strict=True):
        assert (glyph.text, glyph.baseline, glyph.size) == (text, baseline, 10)
        assert (round(glyph.left, 2), round(glyph.right, 2)) == (start, start + 6)


def test_what_is_turned_otherwise_than_most_is_no_text() -> None:
    """A watermark or a stamp, also where it comes first."""
    upright, turned = "BT /F 10 Tf 50 100 Td (abc) Tj ET", "BT /F 10 Tf 0.7 0.7 -0.7 0.7 50 100 Tm (draft) Tj ET"
    stamp = "BT /F 10 Tf 0 1 -1 0 50 100 Tm (no) Tj ET"
    assert "".join(glyph.text for glyph in page(f"{turned} {stamp} {upright}").glyphs) == "abc"
    slightly = "BT /F 10 Tf 1 0.02 -0.02 1 50 100 Tm (e) Tj ET"
    assert "".join(glyph.text for glyph in page(f"{upright} {slightly}").glyphs) == "abce"
    more = "BT /F 10 Tf 1 0.05 -0.05 1 50 100 Tm (e) Tj ET"
    assert "".join(glyph.text for glyph in page(f"{upright} {more}").glyphs) == "abc"


def test_the_size_of_a_character_is_that_on_the_page() -> None:
    """The size of its font, scaled as it is drawn."""
    assert [glyph.size for glyph in page("BT /F 10 Tf 2 0 0 1.5 50 100 Tm (a) Tj ET").glyphs] == [15]


@pytest.mark.parametrize(
    ("code", "character"), [(0, None), (0xFFFD, None), (2, "-"), (0xFFFE, "-"), (0x41, "A"), (1, "\1"), (3, "\3")]
)
def test_a_code_is_a_character_or_none(code: int, character: str | None) -> None:
    """A hyphen that PDFium takes from the end of a line is one."""
    assert _character(code) == character


# ── Ruled lines ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("30 40 100 2.5 re f", [Rule(20, 178, 120, 180)]),
        ("30 40 100 2.6 re f", []),
        ("30 40 2.5 100 re f", [Rule(20, 80, 22, 180)]),
        ("30 40 7.9 1 re f", []),
        ("30 40 8 1 re f", [Rule(20, 179, 28, 180)]),
        ("14 40 30 1 re f", [Rule(4, 179, 34, 180)]),
        ("30 24 1 30 re f", [Rule(20, 166, 21, 196)]),
        ("30 40 100 60 re f", []),
    ],
)
def test_a_thin_path_is_a_ruled_line(content: str, found: list[Rule]) -> None:
    """Two and a half points thick at most, eight long at least; a filled box is none."""
    assert rules(content) == found


def test_the_sides_of_a_box_that_is_drawn_are_ruled_lines() -> None:
    """All four, also where the path is closed without being drawn back; a slanting side is none."""
    top, bottom = Rule(20, 120, 120, 120), Rule(20, 180, 120, 180)
    left, right = Rule(20, 120, 20, 180), Rule(120, 120, 120, 180)
    assert sorted(rules("30 40 100 60 re S")) == sorted([top, bottom, left, right])
    assert sorted(rules("30 40 m 130 40 l 130 100 l 30 100 l h S")) == sorted([top, bottom, left, right])
    assert sorted(rules("30 40 m 130 40 l 130 100 l 30 100 l S")) == sorted([top, bottom, right])
    assert sorted(rules("30 40 m 130 40 l 130 100 l h S")) == sorted([bottom, right])
    assert sorted(rules("30 40 m 130 42.5 l 130 100 l S")) == sorted(
        [Rule(20, 178, 120, 180), Rule(120, 120, 120, 178)]
    )
    assert sorted(rules("30 40 m 130 42.6 l 130 100 l S")) == [Rule(120, 120, 120, 177)]
    assert rules("30 40 m 130 100 l S") == []


def test_two_parts_of_one_path_are_not_joined() -> None:
    """Where the pen is lifted, there is no line."""
    assert sorted(rules("30 40 m 130 40 l 30 100 m 130 100 l S")) == [Rule(20, 120, 120, 120), Rule(20, 180, 120, 180)]


def test_a_drawing_of_more_than_five_thousand_lines_is_no_table() -> None:
    """It has no ruled lines at all."""
    lines = ["30 40 100 1 re f"] * 5000
    assert len(rules(" ".join(lines))) == 5000
    assert rules(" ".join([*lines, "30 40 100 1 re f"])) == []


# ── Whether there is text ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("content", "pictured"), [("/I Do", True), ("", False), ("q 1 0 0 1 0 0 cm /I Do Q", True)])
def test_a_page_has_a_picture_or_none(content: str, pictured: bool) -> None:
    """Whatever its size."""
    text = "BT /F 10 Tf 20 100 Td (abcdefghijklmnop) Tj ET "
    assert page(text + content, FONT + IMAGE).pictured is pictured


def counted(pages: int, pictured: int, glyphs: int, unmapped: int = 0) -> str:
    """Why a document with these counts has no text to read; empty where it has."""
    try:
        _Count(pages, pictured, glyphs, unmapped).check("report.pdf")
    except SourceError as error:
        return str(error)
    return ""


def test_a_document_without_text_says_why() -> None:
    """Pages of pictures with fifteen glyphs each are a scan; with three tenths that name no character, it says none."""
    assert "OCR" in counted(2, 2, 30) and "scan" in counted(2, 2, 30)
    assert counted(2, 2, 31) == ""
    assert counted(2, 1, 30) == ""
    assert "scan" in counted(1, 1, 0)
    assert counted(2, 0, 0).endswith("has no text") and counted(2, 1, 0).endswith("has no text")
    assert counted(0, 0, 0).endswith("has no text")
    assert counted(1, 0, 70, 30) == ""
    assert "fonts" in counted(1, 0, 69, 31)
    assert "fonts" in counted(1, 1, 0, 1)


def test_pages_are_counted_with_what_is_on_them() -> None:
    """Each with its glyphs, those that name no character, and whether it has a picture."""
    glyph = Glyph("a", 0, 1, 1, 1)
    count = (
        _Count().with_page(Page(1, (1, 1), [glyph] * 3, [], True), 2).with_page(Page(2, (1, 1), [glyph], [], False), 1)
    )
    assert count == _Count(2, 1, 4, 3)


def test_progress_is_told_with_each_page() -> None:
    """How many of how many."""
    told: list[tuple[int, int]] = []
    content = pdf(b"BT /F 10 Tf 20 100 Td (abc) Tj ET", FONT)
    assert [each.number for each in pages(io.BytesIO(content), "-", lambda *progress: told.append(progress))] == [1]
    assert told == [(1, 1)]


def test_a_broken_page_is_told_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before it has been read."""

    class Document:
        def __len__(self) -> int:
            return 1

        def __getitem__(self, index: int) -> object:
            raise pypdfium2.PdfiumError("broken")

        def close(self) -> None:
            """Nothing is open."""

    monkeypatch.setattr(pypdfium2, "PdfDocument", lambda stream: Document())
    with pytest.raises(SourceError, match=r"^report\.pdf: page 1 is broken"):
        list(pages(io.BytesIO(), "report.pdf"))
    for index in (1, 2):
        with pytest.raises(SourceError, match=f"page {index + 1} is broken"):
            _read_page(Document(), index, "report.pdf")
