"""From the glyphs of a PDF to lines: each distance that parts or joins, from both sides."""

from __future__ import annotations

import pytest

from shkc.text.documents import layout
from shkc.text.documents.layout import Gutter, Segment, Sheet
from shkc.text.documents.lines import Line
from shkc.text.documents.pdf import Glyph, Page

SIZE = 10.0


def glyphs(text: str, left: float = 0, baseline: float = 100, size: float = SIZE, gap: float = 0) -> list[Glyph]:
    """The glyphs of *text* in a row, *gap* apart: an ideograph as wide as it is high, anything else half as wide."""
    found = []
    for character in text:
        width = size if character > "z" else size / 2
        found.append(Glyph(character, left, left + width, baseline, size))
        left += width + gap
    return found


def texts(*drawn: Glyph) -> list[str]:
    """The text of each row of *drawn*, its segments apart by a bar."""
    page = Page(1, (600, 800), list(drawn), [], False)
    return ["|".join(segment.text for segment in row) for row in layout.sheet(page).rows]


@pytest.mark.parametrize(
    ("text", "gap", "read_as"),
    [("ab", 1.8, "ab"), ("ab", 1.9, "a b"), ("研发", 8.0, "研发"), ("研发", 8.1, "研　发"), ("研b", 8.0, "研b")],
)
def test_a_gap_is_a_space_by_what_stands_beside_it(text: str, gap: float, read_as: str) -> None:
    """A small one between letters, a wide one between ideographs."""
    assert layout.text_of(glyphs(text, gap=gap)) == read_as


@pytest.mark.parametrize(
    ("character", "offset", "read_as"),
    [("研", 0.9, "研"), ("研", 1.0, "研研"), ("5", 0.9, "5"), ("f", 0.5, "ff"), ("—", 0.0, "——")],
)
def test_what_is_drawn_twice_to_look_bold_is_read_once(character: str, offset: float, read_as: str) -> None:
    """An ideograph or a digit, less than a tenth of its size aside; letters and dashes may be two."""
    assert layout.text_of([*glyphs(character), *glyphs(character, left=offset)]) == read_as


def test_glyphs_stand_in_a_row_by_their_baselines() -> None:
    """A quarter of a size apart at most, from left to right however they are drawn."""
    assert texts(*glyphs("发", left=10, baseline=102.5), *glyphs("研")) == ["研发"]
    assert texts(*glyphs("发发", left=10, baseline=102.6), *glyphs("研研", left=10)) == ["研研", "发发"]


def test_a_wide_gap_parts_two_segments() -> None:
    """One and a quarter of the smaller size."""
    assert texts(*glyphs("研"), *glyphs("发", left=22.5)) == ["研　发"]
    assert texts(*glyphs("研"), *glyphs("发", left=22.6)) == ["研|发"]
    assert texts(*glyphs("研"), *glyphs("发", left=21, size=8, baseline=100)) == ["研|发"]


def test_the_size_of_a_segment_is_that_of_most_of_its_glyphs() -> None:
    """To a tenth: a program that draws them scales each a little differently."""
    sizes = {"研": 9, "发": 10.04, "投": 9.96}
    drawn = [Glyph(c, 10 * at, 10 * at + 10, 100, size) for at, (c, size) in enumerate(sizes.items())]
    (row,) = layout.sheet(Page(1, (600, 800), drawn, [], False)).rows
    assert [segment.size for segment in row] == [10.0]


def test_the_end_of_a_segment_is_that_of_any_of_its_last_three_glyphs() -> None:
    """A wide one may reach over those behind it."""
    wide = Glyph("——", 0, 40, 100, SIZE)
    narrow = [Glyph(".", 5, 8, 100, SIZE), Glyph(",", 6, 9, 100, SIZE)]
    assert texts(wide, *narrow, *glyphs("研", left=52)) == ["——.,　研"]
    assert texts(wide, *narrow, Glyph(";", 7, 10, 100, SIZE), *glyphs("研", left=52)) == ["——.,;|研"]


@pytest.mark.parametrize(
    ("baseline", "read_as"),
    [
        (96, ["面积3km²"]),
        (93.5, ["面积3km²"]),
        (93.4, ["2", "面积3km"]),
        (103.5, ["面积3km2"]),
        (103.6, ["面积3km", "2"]),
    ],
)
def test_a_small_glyph_beside_a_row_belongs_to_it(baseline: float, read_as: list[str]) -> None:
    """Raised by two thirds of a size, or lowered by a third, at most."""
    row = glyphs("面积3km")
    assert texts(*row, *glyphs("2", left=row[-1].right, baseline=baseline, size=5)) == read_as


def test_a_small_glyph_far_from_a_row_is_a_row_of_its_own() -> None:
    """More than four tenths of a size from any of its glyphs, or of those beside it; a larger one belongs to none."""
    row = glyphs("面积3km")
    end = row[-1].right
    assert texts(*row, *glyphs("2", left=end + 4, baseline=96, size=5)) == ["面积3km ²"]
    assert texts(*row, *glyphs("2", left=end + 4.1, baseline=96, size=5)) == ["2", "面积3km"]
    assert texts(*row, *glyphs("15", left=end + 4, baseline=96, size=5)) == ["面积3km ¹⁵"]
    assert texts(*row, *glyphs("2", left=end, baseline=96, size=11)) == ["2", "面积3km"]


def test_a_raised_number_before_the_text_marks_a_note() -> None:
    """It keeps its form, so that a note is known by it."""
    assert texts(*glyphs("1", baseline=96, size=5), *glyphs("口径不变", left=2.5)) == ["¹口径不变"]


# ── Columns ─────────────────────────────────────────────────────────────────────────────────────────


def segment(text: str, row: float, left: float, width: float) -> Segment:
    """A segment *width* sizes wide in a row, both counted in sizes."""
    return Segment(text, left * SIZE, (left + width) * SIZE, row * 1.5 * SIZE, SIZE)


def lines(*rows: list[Segment], before: tuple[Gutter, ...] = ()) -> list[str]:
    """The texts of a page with these *rows* in reading order."""
    found, _ = layout.lines(Sheet(1, 800, list(rows), []), before)
    return [line.text for line in found]


def columns(number: int, *, gap: float = 1, width: float = 20, beside: float = 20) -> list[list[Segment]]:
    """Two columns of so many full rows."""
    return [
        [segment(f"左{row}", row, 0, width), segment(f"右{row}", row, width + gap, beside)] for row in range(number)
    ]


LEFT_FIRST = [f"{side}{row}" for side in "左右" for row in range(5)]


def test_columns_of_running_text_are_read_one_after_the_other() -> None:
    """With five rows; fewer are cells."""
    assert lines(*columns(5)) == LEFT_FIRST
    assert lines(*columns(4)) == ["\t".join((f"左{row}", f"右{row}")) for row in range(4)]


def test_a_gutter_has_a_width() -> None:
    """Eight tenths of a size."""
    assert lines(*columns(5, gap=0.8)) == LEFT_FIRST
    assert lines(*columns(5, gap=0.79)) != LEFT_FIRST


def test_a_column_has_a_width() -> None:
    """Eight sizes; columns of figures are narrower."""
    assert lines(*columns(5, width=8, beside=8)) == LEFT_FIRST
    assert lines(*columns(5, width=7.9, beside=7.9)) != LEFT_FIRST


def test_rows_of_running_text_are_full() -> None:
    """Three of ten are eight tenths as wide as their column; cells differ in length."""
    rows = [
        [segment(f"左{row}", row, 0, 20 if row < 1 else 16 if row < 3 else 10), segment(f"右{row}", row, 21, 20)]
        for row in range(10)
    ]
    assert lines(*rows)[:2] == ["左0", "左1"]
    rows[2][0] = segment("左2", 2, 0, 15.9)
    rows = [[left, segment(f"右{row}", row, 21, 20 if row < 2 else 10)] for row, (left, _) in enumerate(rows)]
    assert lines(*rows)[0] == "左0\t右0"


def test_a_heading_over_both_columns_parts_what_stands_above_from_what_stands_below() -> None:
    """Both columns above it come first."""
    above, below = columns(9), [[s._replace(baseline=s.baseline + 200) for s in row] for row in columns(9)]
    heading = [segment("标题", 10, 0, 41)]
    both = [f"{side}{row}" for side in "左右" for row in range(9)]
    assert lines(*above, heading, *below) == [*both, "标题", *both]


def below(rows: list[list[Segment]], by: float) -> list[list[Segment]]:
    """*rows*, so many of them further down."""
    return [[each._replace(baseline=each.baseline + by * 1.5 * SIZE) for each in row] for row in rows]


def test_a_line_stands_in_a_column_of_so_many() -> None:
    """What crosses the gutter is alone, each time."""
    headings = [[segment(text, row, 0, 41)] for text, row in (("甲", 9), ("乙", 19))]
    rows = [*columns(9), headings[0], *below(columns(9), 10), headings[1], *below(columns(9), 20)]
    found, gutters = layout.lines(Sheet(3, 800, rows, []))
    assert gutters == (Gutter(20 * SIZE, 21 * SIZE),)
    assert {line.text: line.column for line in found} == {
        **{f"左{row}": (0, 2) for row in range(9)}, **{f"右{row}": (1, 2) for row in range(9)},
        "甲": (0, 1), "乙": (0, 1),
    }  # fmt: skip
    assert [line.text for line in found if line.column == (0, 1)] == ["甲", "乙"]
    assert {line.page for line in found} == {3}
    first = found[0]
    assert (first.left, first.right, first.baseline, first.size) == (0, 20 * SIZE, 0, SIZE)


def test_three_columns_have_two_gutters() -> None:
    """Each is looked for again on both sides of the first; a line that is a number makes no table of them."""
    words = {name: [f"{name}{row}" for row in range(9)] for name in "左中右"}
    words["中"][4] = "2030"
    rows = [
        [segment(words[name][row], row, left, 20) for name, left in zip("左中右", (0, 21, 42), strict=True)]
        for row in range(9)
    ]
    found, gutters = layout.lines(Sheet(1, 800, rows, []))
    assert gutters == (Gutter(200, 210), Gutter(410, 420))
    assert [line.text for line in found] == [*words["左"], *words["中"], *words["右"]]
    assert [line.column for line in found[::9]] == [(0, 3), (1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("last", "belongs"),
    [
        (segment("末", 12, 0, 19), True),
        (segment("末", 12, 0, 20), True),
        (segment("末", 12, 0, 20.1), False),
        (segment("末", 12.09, 0, 19), True),
        (segment("末", 12.2, 0, 19), False),
    ],
)
def test_a_last_line_on_the_left_belongs_to_the_columns(last: Segment, belongs: bool) -> None:
    """Where it ends before the gutter, and no more than a tenth of a line further down."""
    wide = [[segment(f"上{row}", row, 0, 41)] for row in range(6)]
    rows = [*wide, *below(columns(6), 6), [last], [segment("下", 14, 0, 41)]]
    found = [line.text for line in layout.lines(Sheet(1, 800, rows, []))[0]]
    assert found.index("末") < found.index("右0") if belongs else found.index("末") > found.index("右5")


def test_a_page_may_end_with_columns_however_many_rows_it_has() -> None:
    """Three hundred above them."""
    wide = [[segment(f"上{row}", row, 0, 41)] for row in range(300)]
    found = lines(*wide, *below(columns(6), 300), [segment("末", 306, 0, 19)])
    assert found[300:] == [*(f"左{row}" for row in range(6)), "末", *(f"右{row}" for row in range(6))]


def test_a_last_page_has_the_gutters_of_the_one_before() -> None:
    """Where nothing on it crosses them."""
    rows = columns(2)
    gutter = (Gutter(20 * SIZE, 21 * SIZE),)
    assert lines(*rows, before=gutter) == ["左0", "左1", "右0", "右1"]
    crossing = [segment("全宽", 3, 0, 41)]
    assert lines(*rows, crossing, before=gutter) == ["左0\t右0", "左1\t右1", "全宽"]


def band(alone: int, *, crossing: bool = False, above: int = 6) -> list[str]:
    """A page of full rows, *above* of them first, with six in two columns, *alone* in the middle on the left only."""
    wide = [[segment(f"上{row}", row, 0, 41)] for row in range(above)]
    rows = [segment("左", row, 0, 20) for row in range(above, above + 6 + alone)]
    found = [
        [left] if 3 <= at < 3 + alone else [left, segment("右", above + at, 21, 20)] for at, left in enumerate(rows)
    ]
    if crossing:
        found[3] = [segment("跨", above + 3, 0, 41)]
    below = [[segment(f"下{row}", row, 0, 41)] for row in range(above + 6 + alone, above + 12 + alone)]
    return [text for text in lines(*wide, *found, *below) if text in "左右跨" or "\t" in text]


def test_a_part_of_a_page_may_be_in_two_columns() -> None:
    """Two rows of one column alone are of it; three, or one over both columns, part it."""
    assert band(0) == ["左"] * 6 + ["右"] * 6
    assert band(2) == ["左"] * 8 + ["右"] * 6
    assert band(3) == ["左\t右"] * 3 + ["左"] * 3 + ["左\t右"] * 3
    assert band(1, crossing=True) == ["左\t右"] * 3 + ["跨"] + ["左\t右"] * 3


@pytest.mark.parametrize("above", [0, 1, 4, 5])
def test_a_part_in_two_columns_begins_at_any_row(above: int) -> None:
    """The first of the page, or any below."""
    assert band(0, above=above) == ["左"] * 6 + ["右"] * 6


# ── Tables without ruled lines ──────────────────────────────────────────────────────────────────────


def test_rows_of_figures_under_each_other_are_a_table() -> None:
    """A quarter of the cells are figures; a cell that is empty stays one."""
    head = [segment("指标", 0, 0, 4), segment("数量", 0, 10, 4), segment("增长", 0, 20, 4), segment("备注", 0, 30, 4)]
    first = [segment("企业", 1, 0, 4), segment("5", 1, 12, 1), segment("9.5%", 1, 21, 2), segment("略", 1, 31, 1)]
    second = [segment("论文", 2, 0, 4), segment("6", 2, 12, 1), segment("略", 2, 31, 1)]
    assert lines(head, first, second) == ["指标\t数量\t增长\t备注", "企业\t5\t9.5%\t略", "论文\t6\t\t略"]


def test_segments_on_one_line_that_are_no_cells_are_one_text() -> None:
    """A blank between Chinese characters, a space between words."""
    assert lines([segment("研发", 0, 0, 4), segment("投入", 0, 10, 4)]) == ["研发　投入"]
    assert lines([segment("R", 0, 0, 1), segment("D", 0, 10, 1)]) == ["R D"]


def test_one_row_of_cells_is_no_table() -> None:
    """Nothing stands below it."""
    assert lines([segment("甲", 0, 0, 4), segment("5", 0, 10, 1), segment("6", 0, 20, 1)]) == ["甲　5 6"]


# ── The bounds of columns ───────────────────────────────────────────────────────────────────────────


def test_a_gap_is_measured_by_the_glyph_before_it() -> None:
    """By the last one, however large the first was."""
    row = [*glyphs("研", size=10), *glyphs("a", left=10, size=5)]
    assert texts(*row, *glyphs("发", left=18.7)) == ["研a发"]
    assert texts(*row, *glyphs("发", left=18.8)) == ["研a|发"]


def test_rows_are_told_apart_by_their_own_size() -> None:
    """Not by that of a title above them."""
    assert texts(*glyphs("题", size=40, baseline=50), *glyphs("研", baseline=100), *glyphs("发", baseline=105)) == [
        "题", "研", "发",
    ]  # fmt: skip


def is_parted(rows: list[list[Segment]]) -> bool:
    """Whether *rows* are read column by column."""
    return bool(layout.lines(Sheet(1, 800, rows, []))[1])


def test_no_gutter_is_near_the_edge() -> None:
    """Its left end is a fifth of the width from each, at least."""
    assert not is_parted(columns(9, width=10, beside=40))
    assert is_parted(columns(9, width=10.3, beside=40))
    assert not is_parted(columns(9, width=40, beside=8.9))
    assert is_parted(columns(9, width=40, beside=9))


@pytest.mark.parametrize(("left", "right", "parted"), [(8, 4, True), (7, 4, False), (6, 3, True), (9, 0, False)])
def test_a_last_column_may_be_short(left: int, right: int, parted: bool) -> None:
    """Half as long as the one beside it, on either side."""
    rows = columns(left)
    short = [row if at < right else row[:1] for at, row in enumerate(rows)]
    assert is_parted(short) is parted
    mirrored = [row if at < right else row[1:] for at, row in enumerate(rows)]
    assert is_parted(mirrored) is parted


@pytest.mark.parametrize(
    ("left", "right", "parted"), [(16.8, 22.6, True), (16, 24, False), (22.6, 16.8, True), (24, 16, False)]
)
def test_short_lines_beside_running_text_are_a_column_in_the_middle(left: float, right: float, parted: bool) -> None:
    """From two fifths of the width to three; elsewhere three rows of it must be full."""
    long, short = max(left, right), min(left, right)
    side = 0 if left < right else 1

    def rows(full: int) -> list[list[Segment]]:
        widths = [short if at < full else short * 0.7 for at in range(9)]
        pairs = [(each, long) if side == 0 else (long, each) for each in widths]
        return [
            [segment("左", at, 0, one), segment("右", at, left + 1, other)] for at, (one, other) in enumerate(pairs)
        ]

    assert is_parted(rows(2)) is parted
    assert is_parted(rows(3))


@pytest.mark.parametrize(
    ("full", "rows", "width", "is_running"),
    [(3, 10, 20, True), (2, 10, 20, False), (5, 5, 8, True), (5, 5, 7.9, False), (4, 4, 20, False)],
)
def test_running_text_fills_its_column(full: int, rows: int, width: float, is_running: bool) -> None:
    """Three of ten rows, in a column of some width and five rows."""
    side = [segment("文", at, 0, width if at == 0 else width * 0.8 if at < full else 5) for at in range(rows)]
    assert layout._is_running(side) is is_running


@pytest.mark.parametrize(("rows", "crossing", "parted"), [(11, 3, True), (11, 4, False), (20, 5, True), (20, 6, False)])
def test_few_rows_cross_a_gutter(rows: int, crossing: int, parted: bool) -> None:
    """Twelve of a hundred segments."""
    wide = [[segment(f"宽{at}", rows + at, 0, 41)] for at in range(crossing)]
    gutters = layout._gutters([each for row in [*columns(rows), *wide] for each in row])
    assert bool(gutters) is parted


def test_a_cell_stands_in_the_nearest_column() -> None:
    """By its middle; two in one column are one cell, and columns that overlap are none."""
    full = [segment("甲", 0, 0, 4), segment("乙", 0, 10, 4), segment("丙", 0, 20, 4)]
    cells = layout._cells([full, [segment("a", 1, 1, 2), segment("b", 1, 4, 2)], [segment("c", 2, 16.9, 1)]])
    assert cells == [["甲", "乙", "丙"], ["a b", "", ""], ["", "", "c"]]
    assert layout._cells([full, [segment("d", 1, 16, 1)]]) == [["甲", "乙", "丙"], ["", "d", ""]]
    other = [segment("甲", 1, 0, 10), segment("乙", 1, 11, 4), segment("丙", 1, 20, 4)]
    assert layout._cells([full, other]) is None


def test_a_line_has_the_extent_of_its_segments() -> None:
    """And the size of the longest."""
    row = [segment("甲", 0, 3, 4)._replace(size=8), segment("乙丙", 0, 10, 4)]
    line = layout._line("甲 乙丙", row, 7, (1, 2))
    assert line == Line("甲 乙丙", 30, 140, 0, SIZE, 7, (1, 2))
