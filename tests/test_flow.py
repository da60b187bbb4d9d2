"""From lines to paragraphs: what begins a paragraph, and what goes on over the end of a line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shkc.text.documents import flow
from shkc.text.documents.lines import Line

SIZE = 10.0
WIDTH = 20


def document(
    *paragraphs: list[str], indent: float = 0, gap: float = 0, page_of: dict[str, int] | None = None
) -> list[Line]:
    """Lines of *paragraphs*, one and a half sizes apart, in a text of 20 ideographs: *indent* and *gap* in sizes."""
    found: list[Line] = []
    baseline = 0.0
    for paragraph in paragraphs:
        baseline += gap * SIZE
        for number, text in enumerate(paragraph):
            baseline += 1.5 * SIZE
            left = 0 if number else indent * SIZE
            right = min(left + flow.printed_width(text) * SIZE, WIDTH * SIZE)
            found.append(Line(text, left, right, baseline, SIZE))
    return found


def parts(lines: list[Line]) -> Iterator[str]:
    """The paragraphs of *lines*, joins in doubt marked."""
    return ("↳".join(each) for each in flow.paragraphs(lines))


def filled(character: str, ending: str = "") -> str:
    """A full line."""
    return character * (WIDTH - len(ending)) + ending


def set_in(indent: float) -> list[str]:
    """A full line of *character*s that begins *indent* sizes farther in."""
    return ["乙" * int(WIDTH - indent), "乙乙乙。"]


BODY = [[filled("甲")[2:], filled("甲"), filled("甲"), "甲甲。"] for _ in range(4)]
WHOLE = "甲" * 58 + "甲甲。"


def test_a_paragraph_begins_at_an_indent() -> None:
    """And goes on at the edge."""
    assert list(parts(document(*BODY, indent=2))) == [WHOLE] * 4


@pytest.mark.parametrize(("indent", "shown"), [(0.6, False), (0.8, True), (1.5, True), (4.5, True), (4.6, True)])
def test_an_indent_is_seven_tenths_of_a_size_at_least(indent: float, shown: bool) -> None:
    """Behind a full line that ends a sentence it alone begins a paragraph."""
    body = [[filled("甲"), filled("甲"), filled("甲"), filled("甲", "。")] for _ in range(4)]
    assert (len(list(parts(document(*body, indent=indent)))) == 4) is shown


def test_lines_that_begin_far_in_are_a_block_of_their_own() -> None:
    """Four and a half sizes: more is no indent, and such lines are of one paragraph where they begin alike."""
    for inset, joined in ((4.4, False), (4.6, True)):
        block = [
            each._replace(left=inset * SIZE, right=WIDTH * SIZE, baseline=each.baseline + 300)
            for each in document(["乙" * 15, "乙" * 15])
        ]
        found = list(parts([*document(*BODY, indent=2), *block]))
        assert (found[-1] == "乙" * 30) is joined, inset


def test_a_full_line_that_ends_a_sentence_does_not_end_a_paragraph_that_indents_would_show() -> None:
    """Without indents it may, and the join is in doubt."""
    ending = [filled("乙")[2:], filled("乙", "。"), "丙丙。"]
    shown = list(parts(document(*BODY, ending, indent=2)))
    assert shown[-1] == "乙" * 18 + filled("乙", "。") + "丙丙。"


@pytest.mark.parametrize("gap", [0.3, 1.0])
def test_a_paragraph_begins_behind_a_gap(gap: float) -> None:
    """Of more than a tenth of the distance of two lines."""
    body = [[filled("甲"), filled("甲", "。"), filled("甲"), "甲甲。"] for _ in range(4)]
    assert list(parts(document(*body, gap=gap))) == ["".join(body[0])] * 4


def test_where_nothing_shows_a_paragraph_a_short_line_ends_it() -> None:
    """And a full one that ends a sentence leaves it open."""
    body = [[filled("甲"), filled("甲"), "甲甲。"], [filled("乙"), filled("乙", "。")], [filled("丙"), "丙。"]]
    assert list(parts(document(*body))) == [
        filled("甲") * 2 + "甲甲。",
        filled("乙") + filled("乙", "。") + "↳" + filled("丙") + "丙。",
    ]


def test_another_size_is_another_paragraph() -> None:
    """More than six in a hundred; less comes from rounding."""
    for size, joined in ((10.6, True), (10.7, False)):
        lines = document([filled("甲"), filled("甲"), filled("甲"), filled("乙"), "乙乙"])
        lines[3] = lines[3]._replace(size=size)
        lines[4] = lines[4]._replace(size=size)
        assert (len(list(parts(lines))) == 1) is joined, size


@pytest.mark.parametrize("text", ["，乙乙", "。", "）乙", "％乙"])
def test_what_no_line_begins_with_goes_on(text: str) -> None:
    """However short the line before is."""
    assert list(parts(document([filled("甲"), "甲甲", text]))) == [filled("甲") + "甲甲" + text]


@pytest.mark.parametrize(
    ("marker", "joined"), [("一、", False), ("第二章", False), ("（三）", False), ("1.", False), ("1.5", True)]
)
def test_the_mark_of_an_item_begins_a_paragraph(marker: str, joined: bool) -> None:
    """Behind a line that ends a sentence; a decimal is no mark."""
    body = document(*BODY, [filled("乙")[2:], filled("乙", "。")], indent=2)
    last = body[-1]
    follows = last._replace(text=f"{marker}丙丙丙", baseline=last.baseline + 1.5 * SIZE, right=80)
    assert (list(parts([*body, follows]))[-1] != f"{marker}丙丙丙") is joined


def test_a_line_that_stops_in_the_midst_of_a_sentence_is_in_doubt() -> None:
    """Where it had room for more."""
    assert list(parts(document([filled("甲"), filled("甲"), "甲甲，", "乙乙。"]))) == [
        filled("甲") * 2 + "甲甲，↳乙乙。"
    ]


def test_a_row_of_a_table_is_a_paragraph() -> None:
    """Whatever stands before and behind."""
    lines = document([filled("甲"), "企业\t5", filled("乙"), "乙乙"])
    assert list(parts(lines)) == [filled("甲"), "企业\t5", filled("乙") + "乙乙"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("研发投入", "研"),
        ("“研发”投入", "“研"),
        ("（5亿元）", "（5"),
        ("R&D经费", "R&D"),
        ("发。投入", "发。"),
        ("", ""),
    ],
)
def test_what_is_not_broken_over_two_lines(text: str, unit: str) -> None:
    """An ideograph or a word, with the punctuation that clings to it."""
    assert flow.unit(text) == unit


def test_an_item_of_a_list_hangs_below_its_words() -> None:
    """As far in as its mark is wide, and one size more at most."""
    for inset, joined in ((2, True), (3, True), (3.1, False)):
        lines = document([filled("甲"), filled("甲"), "甲。"], ["1." + "乙" * 19])
        below = lines[-1]._replace(text="丙。", left=inset * SIZE, right=120, baseline=lines[-1].baseline + 15)
        assert (list(parts([*lines, below]))[-1] != "丙。") is joined, inset


def test_the_printed_width_counts_letters_as_half() -> None:
    """About."""
    assert flow.printed_width("研5") == pytest.approx(1.55)


def test_an_item_of_a_list_goes_on_where_its_second_line_began() -> None:
    """Though the paragraphs of the document begin at an indent of the same width."""
    item = document(["1." + "乙" * 19, "乙" * 18, "乙乙。"])
    top = 15 * 20
    hung = [each._replace(left=20 if number else 0, baseline=each.baseline + top) for number, each in enumerate(item)]
    assert list(parts([*document(*BODY, indent=2), *hung]))[-1] == "1." + "乙" * 37 + "乙乙。"


@pytest.mark.parametrize(("room", "mark"), [(0.2, "↳"), (0.3, "↳"), (0.4, None)])
def test_a_justified_line_that_misses_the_edge_ends_its_paragraph(room: float, mark: str | None) -> None:
    """By more than three tenths of a size, where it ends a sentence and all others end at the edge."""
    lines = document([filled("甲"), filled("甲"), filled("甲"), filled("甲"), filled("甲", "。"), filled("乙"), "乙。"])
    lines[4] = lines[4]._replace(right=(WIDTH - room) * SIZE)
    before, behind = filled("甲") * 4 + filled("甲", "。"), filled("乙") + "乙。"
    assert list(parts(lines)) == ([f"{before}{mark}{behind}"] if mark else [before, behind])
