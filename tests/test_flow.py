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


# ── The style of a document ─────────────────────────────────────────────────────────────────────────

PLAIN = [[filled("甲"), filled("甲"), filled("甲"), "甲甲。"] for _ in range(4)]


@pytest.mark.parametrize(
    ("gap", "gaps", "far"), [(0.0, False, 2.1), (0.15, False, 2.1), (0.16, True, 1.58), (1.0, True, 2.0)]
)
def test_a_gap_is_a_tenth_more_than_the_distance_of_two_lines(gap: float, gaps: bool, far: float) -> None:
    """A paragraph ends half way between the two; without gaps, at four tenths more than that distance."""
    style = flow.style_of(document(*PLAIN, gap=gap))
    assert style.gaps is gaps
    assert style.far == pytest.approx(far)


@pytest.mark.parametrize(("indented", "indents"), [(1, False), (2, True), (3, True)])
def test_indents_are_used_behind_four_tenths_of_the_short_lines(indented: int, indents: bool) -> None:
    """One of three is chance; the first line of all stands behind none."""
    lines = document(*PLAIN)
    starts = [4, 8, 12][:indented]
    lines = [each._replace(left=20) if at in starts else each for at, each in enumerate(lines)]
    assert flow.style_of(lines).indents is indents


@pytest.mark.parametrize(("inset", "indents"), [(0.69, False), (0.7, True), (4.5, True), (4.6, False)])
def test_an_indent_has_a_width(inset: float, indents: bool) -> None:
    """From seven tenths of a size to four and a half."""
    lines = [each._replace(left=inset * SIZE) if at % 4 == 0 else each for at, each in enumerate(document(*PLAIN))]
    assert flow.style_of(lines).indents is indents


@pytest.mark.parametrize(("uneven", "room", "even"), [(0, 0, True), (3, 1.4, True), (3, 2, False), (2, 2, True)])
def test_lines_are_even_where_seven_tenths_of_the_full_ones_end_at_the_edge(
    uneven: int, room: float, even: bool
) -> None:
    """Within a sixth of a size; of three of them at least, and in print only."""
    lines = document([filled("甲")] * 11)
    lines = [each._replace(right=200 - room) if at < uneven else each for at, each in enumerate(lines)]
    found = flow.style_of(lines)
    assert found.even is even
    for few in (2, 3):
        assert not flow.style_of(document([filled("甲")] * few)).even
    far = [each._replace(page=int("300")) for each in document(*PLAIN, gap=1.0)]
    assert flow.style_of(far).gaps
    assert flow.style_of(document([filled("甲")] * 4)).even
    assert not flow.style_of(lines, flow.Breaking(lambda text: 1.0, is_print=False)).even


def test_a_document_without_lines_has_a_style() -> None:
    """Whatever comes then ends no paragraph by its distance."""
    style = flow.style_of([])
    assert style == flow.Style({}, float("inf"), False, False, False)
    line = Line("甲", 20, 120, 15, SIZE)
    assert (style.inset(line), style.room(line), style.measure(line)) == (0, 0, 10)


def test_the_edges_are_those_of_a_column_and_a_side() -> None:
    """Ten lines on a side have edges of their own, fewer those of both; in sizes, from where a line stands."""
    left = [Line("甲", 10, 110, 15 * at, SIZE, 2) for at in range(10)]
    right = [Line("甲", 30, 130, 15 * at, SIZE, 3) for at in range(10)]
    other = [Line("甲", 200, 300, 15 * at, SIZE, 3, (1, 2)) for at in range(9)]
    edges = flow._edges([*left, *right, *other], SIZE)
    assert edges == {
        ((0, 1), 0): (10, 110), ((0, 1), 1): (30, 130), ((1, 2), 0): (200, 300), ((1, 2), 1): (200, 300),
    }  # fmt: skip
    assert flow._edges([*left[:9], *right], SIZE)[(0, 1), 0] == (10, 130)
    style = flow.Style(edges, 2.0, False, False, False)
    line = Line("甲", 20, 60, 0, 5, 4)
    assert (style.inset(line), style.room(line), style.measure(line)) == (2, 10, 20)


@pytest.mark.parametrize(
    ("lefts", "edge"),
    [((0, 5, 5), 5), ((0, 0, 5), 0), ((0, 4, 9), 0), ((0, 4.1, 8.1), 4.1), ((0, 5), 0), ((0, 6, 12), 0)],
)
def test_an_edge_is_shared_by_several_lines(lefts: tuple[float, ...], edge: float) -> None:
    """Within four tenths of a size; where none is, it is the outermost end, and of two lines, too."""
    assert flow._edge([Line("甲", left, 100, 0, SIZE) for left in lefts], SIZE)[0] == edge


@pytest.mark.parametrize(
    ("rights", "edge"), [((100, 84, 84), 84), ((100, 85, 70), 100), ((100, 84.9, 70), 84.9), ((100, 84, 60), 100)]
)
def test_a_right_edge_is_shared_by_lines_that_nearly_reach_it(rights: tuple[float, ...], edge: float) -> None:
    """Within one and a half sizes: lines of words differ in length."""
    assert flow._edge([Line("甲", 0, right, 0, SIZE) for right in rights], SIZE)[1] == edge


def test_an_edge_of_many_lines_is_shared_by_six_of_a_hundred() -> None:
    """Two lines that stand out are no edge."""
    for number, edge in ((2, 20), (3, 0)):
        lefts = [0] * number + [20] * (50 - number)
        assert flow._edge([Line("甲", left, 100, 0, SIZE) for left in lefts], SIZE)[0] == edge, number


# ── A line and the next ─────────────────────────────────────────────────────────────────────────────

STYLE = flow.Style({((0, 1), 0): (0, 200), ((0, 1), 1): (0, 200)}, 2.0, False, False, False)


def line(text: str, *, left: float = 0, right: float = 200, row: float = 0, size: float = SIZE, page: int = 1) -> Line:
    """A line of a row, each of which is one and a half sizes high."""
    return Line(text, left, right, row * 1.5 * SIZE, size, page)


def join(
    a: Line, b: Line, *, count: int = 1, indents: bool = False, gaps: bool = False, even: bool = False
) -> flow.Join:
    """How *b* goes on from *a*."""
    style = STYLE._replace(indents=indents, gaps=gaps, even=even)
    return flow._join(style, flow.PRINT, a, b._replace(baseline=b.baseline or 1.5 * SIZE), count)


NONE, SURE, DOUBTFUL = flow.Join.none, flow.Join.sure, flow.Join.doubtful


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        (line("甲"), line("乙"), SURE),
        (line("甲\t1"), line("乙"), NONE),
        (line("甲"), line("乙\t1"), NONE),
        (line("甲"), line("乙", size=10.7), NONE),
        (line("甲"), line("乙", row=1.33), SURE),
        (line("甲"), line("乙", row=1.34), NONE),
        (line("甲"), line("乙", row=9, page=2), SURE),
        (line("甲", right=100), line("，乙"), SURE),
        (line("甲"), line("乙", left=7), SURE),
        (line("甲"), line("乙", left=8), NONE),
        (line("甲。"), line("乙"), DOUBTFUL),
        (line("甲", right=180), line("乙"), NONE),
        (line("甲", right=181), line("乙"), SURE),
        (line("甲，", right=180), line("乙"), DOUBTFUL),
        (line("甲-", right=100), line("乙"), SURE),
        (line("甲，", right=100), line("一、乙"), NONE),
        (line("甲。", right=180), line("乙"), NONE),
        (line("甲。", right=189), line("乙"), DOUBTFUL),
        (line("甲。", right=188), line("乙"), NONE),
        (line("甲。"), line("一、乙"), NONE),
        (line("甲"), line("一、乙"), DOUBTFUL),
        (line("一、甲"), line("乙"), DOUBTFUL),
    ],
)
def test_a_line_goes_on_or_does_not(a: Line, b: Line, found: flow.Join) -> None:
    """Where a document shows nothing else: by distance, size, edge, room, and what ends and begins."""
    assert join(a, b) is found


def test_a_short_line_goes_on_where_indents_show_paragraphs() -> None:
    """That lacks less than a quarter of the width, or gaps do on one page; not in text that is wrapped."""
    short, shorter, b = line("甲", right=151), line("甲", right=150), line("乙")
    assert (join(short, b, indents=True), join(shorter, b, indents=True)) == (SURE, NONE)
    assert (join(short, b, gaps=True), join(short, b._replace(page=2), gaps=True)) == (SURE, NONE)
    assert flow._behind_short(STYLE._replace(indents=True), WRAPPED, short, b, True, False) is NONE
    assert join(line("甲，", right=180), b._replace(page=2)) is NONE


WRAPPED = flow.Breaking(lambda text: 1.0, is_print=False)


def test_a_full_line_that_ends_a_sentence_leaves_it_open() -> None:
    """Unless indents show it, or gaps on one page, or it misses the edge that all others reach."""
    a, b = line("甲。"), line("乙")
    assert (join(a, b), join(a, b, indents=True), join(a, b, gaps=True)) == (DOUBTFUL, SURE, SURE)
    assert join(a, b._replace(page=2), gaps=True) is DOUBTFUL
    assert join(line("甲。", right=196), b, even=True) is NONE
    assert join(line("甲。", right=198), b, even=True) is DOUBTFUL
    assert join(line("甲", right=196), b, even=True) is SURE


def test_a_heading_may_just_fill_its_line() -> None:
    """The first of a paragraph with a number; its second line is none."""
    a, b = line("第一章 甲"), line("乙")
    assert (join(a, b), join(a, b, count=2), join(a, b, indents=True)) == (DOUBTFUL, SURE, SURE)


@pytest.mark.parametrize(
    ("a", "left", "count", "goes_on"),
    [
        (line("甲", left=20), 20, 2, True),
        (line("甲", left=20), 26, 2, True),
        (line("甲", left=20), 28, 2, False),
        (line("甲", left=20), 0, 1, True),
        (line("甲", left=20), 20, 1, True),
        (line("甲", left=20), 40, 1, False),
        (line("• 甲"), 30, 1, True),
        (line("• 甲"), 31, 1, False),
        (line("甲"), 30, 1, False),
    ],
)
def test_a_paragraph_goes_on_at_the_edge_or_below_its_words(a: Line, left: float, count: int, goes_on: bool) -> None:
    """Its later lines begin alike, those of an item below its words."""
    assert flow._goes_on_below(STYLE, a, line("乙", left=left), count) is goes_on


def test_lines_that_begin_alike_are_of_a_block_where_indents_do_not_show_paragraphs() -> None:
    """Or farther in than any indent."""
    indents = STYLE._replace(indents=True)
    assert not flow._goes_on_below(indents, line("甲", left=20), line("乙", left=20), 1)
    assert not flow._goes_on_below(indents, line("甲", left=45), line("乙", left=45), 1)
    assert flow._goes_on_below(indents, line("甲", left=46), line("乙", left=46), 1)


def test_the_style_is_measured_on_the_first_three_thousand_lines() -> None:
    """No more are held before the first paragraph is given."""
    given: list[Line] = []

    def source() -> Iterator[Line]:
        for line in document(*(BODY * 200), indent=2):
            given.append(line)
            yield line

    assert next(flow.paragraphs(source())) == (WHOLE,)
    assert len(given) == 3000
