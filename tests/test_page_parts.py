"""What stands on a page besides its text: running heads, page numbers, notes; ruled tables; numbers of lists."""

from __future__ import annotations

import re

import pytest

from shkc.text.documents import furniture, grid, layout, table_rows, wrapped
from shkc.text.documents.furniture import Notes
from shkc.text.documents.layout import Segment, Sheet
from shkc.text.documents.lines import Line
from shkc.text.documents.numbering import Level, Numbering, numeral
from shkc.text.documents.pdf import Glyph, Page, Rule
from shkc.text.documents.table_rows import Cell

SIZE, HEIGHT = 10.0, 800.0


def row(text: str, baseline: float, size: float = SIZE) -> list[Segment]:
    """A row of one segment."""
    return [Segment(text, 50, 50 + len(text) * size, baseline, size)]


def sheet(number: int, *rows: list[Segment]) -> Sheet:
    """A page."""
    return Sheet(number, HEIGHT, list(rows), [])


BODY = [row("正文第一行", 300), row("正文第二行", 315), row("正文第三行", 330), row("正文末行", 345)]


def bare(*pages: Sheet) -> list[list[str]]:
    """The texts of *pages* without what is not of the text."""
    return [[each[0].text for each in page.rows] for page in furniture.without_furniture(iter(pages))]


TEXT = [each[0].text for each in BODY]


def test_heads_are_looked_for_on_two_pages_on_each_side() -> None:
    """Left and right pages may have heads of their own; three pages away is too far."""

    def page(number: int, head: str) -> Sheet:
        return sheet(
            number,
            row(head, 200),
            *[row(f"{'甲乙丙丁戊'[number]}文{'一二三四五'[at]}", 300 + 15 * at) for at in range(4)],
        )

    heads = [page(0, "左页眉"), page(1, "右页眉"), page(2, "左页眉"), page(3, "右页眉")]
    assert [len(rows) for rows in bare(*heads)] == [4, 4, 4, 4]
    before = [page(0, "子"), page(1, "丑"), page(2, "页眉"), page(3, "寅"), page(4, "页眉")]
    assert [len(rows) for rows in bare(*before)] == [5, 5, 4, 4, 4]
    apart = [page(0, "页眉"), page(1, "子"), page(2, "丑"), page(3, "页眉")]
    assert [len(rows) for rows in bare(*apart)] == [5, 5, 5, 5]


def test_a_head_is_where_it_was_on_the_other_page() -> None:
    """One size higher or lower at most, and one of three rows from the edge."""

    def page(number: int, baseline: float) -> Sheet:
        return sheet(
            number, row("页眉", baseline), *[row(f"{'甲乙'[number]}{'一二三四'[at]}", 400 + 15 * at) for at in range(4)]
        )

    assert [len(rows) for rows in bare(page(0, 200), page(1, 210))] == [4, 4]
    assert [len(rows) for rows in bare(page(0, 200), page(1, 210.1))] == [5, 5]


@pytest.mark.parametrize(
    ("text", "baseline", "left_out"),
    [
        ("- 12 -", 700, True),
        ("第 3 页 共 10 页", 700, True),
        ("Page 3 of 10", 700, True),
        ("iv", 700, True),
        ("12345", 700, False),
        ("- 12 -", 364, False),
        ("- 12 -", 365, True),
        ("https://example.org/a", 790, True),
        ("https://example.org/a", 700, False),
        ("2024/3/31, 12:05", 790, True),
        ("小字", 700, False),
    ],
)
def test_a_page_number_is_left_out_without_any_other_page(text: str, baseline: float, left_out: bool) -> None:
    """Two sizes apart from the text; what a browser prints only in the margin."""
    ((*rows,),) = bare(sheet(1, *BODY, row(text, baseline)))
    assert (rows == TEXT) is left_out


@pytest.mark.parametrize(("size", "baseline", "left_out"), [(9.3, 770, True), (9.4, 770, False), (9.3, 700, False)])
def test_small_text_in_the_margin_is_left_out(size: float, baseline: float, left_out: bool) -> None:
    """Less than nineteen twentieths as large, in the outer twelfth of the page."""
    ((*rows,),) = bare(sheet(1, *BODY, row("内部资料", baseline, size)))
    assert (rows == TEXT) is left_out


def numbered(pages: int, heads: int, feet: int) -> list[Sheet]:
    """Pages with so many rows of a head and of a foot, each two sizes apart, and a text of their own."""
    return [
        sheet(
            number,
            *[row(f"头{at}", 200 + 20 * at) for at in range(heads)],
            *[row(f"{'甲乙丙丁戊己'[number]}{'一二三四'[at]}", 400 + 15 * at) for at in range(4)],
            *[row(f"尾{at}", 600 + 20 * at) for at in range(feet)],
        )
        for number in range(pages)
    ]


@pytest.mark.parametrize(("heads", "feet", "left"), [(3, 0, 0), (0, 3, 0), (3, 3, 0), (4, 0, 1), (0, 4, 1), (5, 5, 4)])
def test_three_rows_at_each_edge_may_be_furniture(heads: int, feet: int, left: int) -> None:
    """More are text."""
    for rows in bare(*numbered(4, heads, feet)):
        assert len(rows) == 4 + left


@pytest.mark.parametrize("pages", range(1, 7))
def test_each_page_is_given_once(pages: int) -> None:
    """In order, however few there are."""
    found = list(furniture.without_furniture(iter(numbered(pages, 1, 1))))
    assert [each.number for each in found] == list(range(pages))
    assert [len(each.rows) for each in found] == ([6] if pages == 1 else [4] * pages)


def test_a_page_of_furniture_only_is_empty() -> None:
    """Its rows are at both edges."""
    pages = [sheet(number, row("头", 200), row("尾", 700)) for number in range(3)]
    assert bare(*pages) == [[], [], []]
    assert bare(*[sheet(number, row("头", 200)) for number in range(3)]) == [[], [], []]


def test_a_page_number_alone_is_left_out() -> None:
    """Nothing stands near it; any other row alone is text."""
    assert bare(sheet(1, row("- 12 -", 700))) == [[]]
    assert bare(sheet(1, row("正文", 400))) == [["正文"]]


@pytest.mark.parametrize(("baseline", "left_out"), [(219.9, False), (220, True)])
def test_a_head_may_change_where_one_was(baseline: float, left_out: bool) -> None:
    """Where two pages had the same, a third has another, two sizes from the text at least."""
    text = [row(f"戊{'一二三'[at]}", baseline + 15 * at) for at in range(3)]
    (*_, found) = bare(*numbered(3, 1, 0), sheet(3, row("新的章", 200), *text))
    assert ("新的章" not in found) is left_out
    assert "新的章" in bare(*numbered(3, 0, 0), sheet(3, row("新的章", 200), *text))[-1]


@pytest.mark.parametrize(
    ("text", "baseline", "left_out"),
    [
        ("12", 69, True),
        ("http://x", 69, True),
        ("http://x", 69.1, False),
        ("http://x", 740.9, False),
        ("http://x", 741, True),
    ],
)
def test_the_margin_is_eight_hundredths_of_the_page(text: str, baseline: float, left_out: bool) -> None:
    """By the middle of a row."""
    rows = [row(text, baseline), *BODY] if baseline < 400 else [*BODY, row(text, baseline)]
    ((*found,),) = bare(sheet(1, *rows))
    assert (found == TEXT) is left_out


# ── Notes and contents ──────────────────────────────────────────────────────────────────────────────


def line(text: str, size: float = SIZE, column: tuple[int, int] = (0, 1)) -> Line:
    """A line where its place does not matter."""
    return Line(text, 0, 100, 0, size, 1, column)


@pytest.mark.parametrize(
    ("mark", "is_note"),
    [("¹", True), ("[1]", True), ("①", True), ("*", True), ("1.", True), ("注：", True), ("附", False)],
)
def test_small_lines_at_the_foot_are_notes(mark: str, is_note: bool) -> None:
    """From the first that has the mark of a note on."""
    notes = Notes()
    lines = [line("正文" * 10), line("续", 9), line(f"{mark}口径不变", 9.3), line("，下同", 9.3)]
    kept = notes.without(lines)
    assert [each.text for each in notes.lines] == ([f"{mark}口径不变", "，下同"] if is_note else [])
    assert len(kept) == (2 if is_note else 4)


def test_text_of_the_same_size_is_no_note() -> None:
    """Nor is a row of a table, nor a column that is all small."""
    for lines in (
        [line("正文" * 10), line("1.口径", 9.4)],
        [line("1.口径" * 9, 9)],
        [line("正文" * 10), line("1.甲\t5", 9)],
    ):
        assert Notes().without(lines) == lines


def test_each_column_has_its_notes() -> None:
    """At its own end."""
    notes = Notes()
    left, right = (0, 2), (1, 2)
    lines = [line("正文" * 9, 10, left), line("①左注", 9, left), line("正文" * 9, 10, right), line("②右注", 9, right)]
    assert len(notes.without(lines)) == 2
    assert [each.text for each in notes.lines] == ["①左注", "②右注"]


def test_a_table_of_contents_is_left_out() -> None:
    """Its entries, and its heading right above the first."""
    lines = [line("目 录"), line("一、创新……… 3"), line("二、人才……… 5"), line("目录"), line("正文..5")]
    assert [each.text for each in Notes().without(lines)] == ["目录", "正文..5"]


# ── Ruled tables ────────────────────────────────────────────────────────────────────────────────────


def ruled(columns: int, rows: int, without: tuple[Rule, ...] = ()) -> list[Rule]:
    """The lines of a table with cells of 100 by 20 points."""
    across = [Rule(0, 20 * at, 100 * columns, 20 * at) for at in range(rows + 1)]
    down = [Rule(100 * at, 0, 100 * at, 20 * rows) for at in range(columns + 1)]
    return [rule for rule in (*across, *down) if rule not in without]


def table(rules: list[Rule], texts: dict[tuple[int, int], str]) -> list[str]:
    """The lines of a page with *texts* by row and column of the cell."""
    glyphs = [
        Glyph(character, 100 * column + 10 + 10 * at, 100 * column + 20 + 10 * at, 20 * number + 15, 10.0)
        for (number, column), text in texts.items()
        for at, character in enumerate(text)
    ]
    found = layout.sheet(Page(1, (600, 800), glyphs, rules, False))
    return [each.text for each in layout.lines(found)[0]]


CELLS = {(0, 0): "指标", (0, 1): "数量", (1, 0): "企业", (1, 1): "家"}


def test_a_ruled_table_is_rows_of_cells() -> None:
    """Two columns and two rows at least; an empty cell is one."""
    assert table(ruled(2, 2), CELLS) == ["指标\t数量", "企业\t家"]
    assert table(ruled(2, 3), {**CELLS, (2, 1): "项"}) == ["指标\t数量", "企业\t家", "\t项"]


def test_lines_that_do_not_make_a_table_leave_the_text_alone() -> None:
    """One column, one row, or text in one row only."""
    assert table(ruled(1, 2), {(0, 0): "指标", (1, 0): "企业"}) == ["指标", "企业"]
    assert grid.tables(Page(1, (600, 800), [], ruled(2, 2), False)) == []
    assert "\t" not in "".join(table(ruled(2, 2), {(0, 0): "指标"}))


def test_cells_without_a_line_between_them_are_one() -> None:
    """It stands in each place that it covers; a row that is one cell is a line of text."""
    top = Rule(100, 20, 100, 40)
    half = [rule for rule in ruled(2, 2) if rule != Rule(100, 0, 100, 40)]
    assert table([*half, top], CELLS) == ["指标　数量", "企业\t家"]
    last = [rule for rule in ruled(4, 2) if rule != Rule(300, 0, 300, 40)]
    cells = {(row, column): f"{row}{column}" for row in (0, 1) for column in range(4)}
    assert table([*last, Rule(300, 20, 300, 40)], cells) == ["00\t01\t02 03\t02 03", "10\t11\t12\t13"]


@pytest.mark.parametrize(("gap", "meets"), [(3.0, True), (3.1, False)])
def test_lines_that_nearly_meet_are_of_one_table(gap: float, meets: bool) -> None:
    """Three points apart at most."""
    one, other = Rule(0, 0, 100, 0), Rule(100 + gap, 0, 200, 0)
    below, beneath = Rule(0, 0, 0, 40), Rule(0, 40 + gap, 0, 80)
    assert (len(grid._connected([one, other])) == 1) is meets
    assert (len(grid._connected([below, beneath])) == 1) is meets


def test_places_that_nearly_agree_are_one() -> None:
    """Six points apart at most."""
    assert grid._places([0, 6, 12.1, 100]) == [0, 12.1, 100]


# ── Tables of DOCX and HTML ─────────────────────────────────────────────────────────────────────────


def test_merged_cells_stand_in_each_place() -> None:
    """Over columns and rows; a short row is filled up."""
    head = [Cell(("甲",), rows=2), Cell(("乙",), columns=2)]
    assert table_rows.lines([head, [Cell(("丙",)), Cell(("丁",))], [Cell(("戊",)), Cell(("1",))]]) == [
        "甲\t乙\t乙",
        "甲\t丙\t丁",
        "戊\t1\t",
    ]
    tall = [Cell(("甲",), rows=3), Cell(("1",))]
    assert table_rows.lines([tall, [Cell(("2",))], [Cell(("3",))], [Cell(("乙",)), Cell(("4",))]]) == [
        "甲\t1", "甲\t2", "甲\t3", "乙\t4",
    ]  # fmt: skip


def test_a_table_of_one_column_or_row_is_its_paragraphs() -> None:
    """It only places text; so does a row that is one cell."""
    assert table_rows.lines([[Cell(("甲", "乙"))], [Cell(("丙",))]]) == ["甲", "乙", "丙"]
    assert table_rows.lines([[Cell(("甲",)), Cell(("乙", ""))]]) == ["甲", "乙"]
    wide = [Cell(("标题", "说明"), columns=2)]
    assert table_rows.lines([wide, [Cell(("甲",)), Cell(("1", "2"))]]) == ["标题", "说明", "甲\t12"]


def test_no_table_has_more_columns_than_two_hundred() -> None:
    """A cell that says so is broken."""
    (first, _) = table_rows.lines([[Cell(("甲",), columns=300)] * 2, [Cell(("乙",)), Cell(("丙",))]]) or ("", "")
    wide = table_rows.lines([[Cell((str(at),)) for at in range(300)], [Cell(("乙",))]])
    assert wide[0].count("\t") == 199
    assert first == "甲"


# ── Numbers of lists ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [
        (0, "chineseCounting", "0"), (9, "chineseCounting", "九"), (11, "chineseCounting", "十一"),
        (20, "chineseCounting", "二十"), (99, "chineseCounting", "九十九"), (100, "chineseCounting", "100"),
        (101, "chineseCounting", "101"), (1, "lowerLetter", "a"), (26, "upperLetter", "Z"),
        (27, "upperLetter", "27"), (28, "upperLetter", "28"), (0, "upperLetter", "0"),
        (9, "upperRoman", "IX"), (39, "lowerRoman", "xxxix"), (40, "upperRoman", "40"),
        (41, "upperRoman", "41"), (0, "upperRoman", "0"), (1, "decimalEnclosedCircle", "①"),
        (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "21"), (22, "decimalEnclosedCircle", "22"),
        (0, "decimalEnclosedCircle", "0"),
    ],
)  # fmt: skip
def test_numerals_reach_as_far_as_their_kind_does(number: int, kind: str, printed: str) -> None:
    """Beyond that, digits."""
    assert numeral(number, kind) == printed


def test_a_list_counts_each_level() -> None:
    """A deeper one begins anew; bullets and unknown lists have no number."""
    numbering = Numbering()
    numbering.lists["7"] = "0"
    numbering.levels["0"] = {0: Level(3, "decimal", "%1."), 1: Level(1, "decimal", "%1.%2"), 2: Level(1, "bullet", "•")}
    labels = [numbering.label("7", level) for level in (0, 1, 1, 0, 1, 2, 1)]
    assert labels == ["3.", "3.1", "3.2", "4.", "4.1", "", "4.2"]
    assert (numbering.label("8", 0), numbering.label("7", 5)) == ("", "")
    assert Numbering().label("7", 0) == ""


def test_a_list_has_nine_levels() -> None:
    """What says that it has more is not counted."""
    numbering = Numbering()
    numbering.lists["7"] = "0"
    numbering.levels["0"] = {level: Level(1, "decimal", "%1)") for level in (0, 8, 9)}
    assert [numbering.label("7", level) for level in (0, 8, 9)] == ["1)", "1)", ""]


# ── Text that is broken at a width ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("width", "found"), [(9, None), (10, 10.0), (125, 125.0), (126, None)])
def test_lines_are_broken_at_no_width_but_a_usual_one(width: int, found: float | None) -> None:
    """From 20 columns of a terminal to 250."""
    text = "研发，" * width * 2
    lines = [text[at : at + width] for at in range(0, len(text), width)]
    measured = wrapped.width_of(lines)
    assert (measured and measured.limit) == found


def test_columns_count_letters_as_half() -> None:
    """As a terminal shows them."""
    assert (wrapped.columns("研a，5"), wrapped.characters("研a，5")) == (3.0, 4.0)


def test_one_line_has_no_width() -> None:
    """Nor have rows of a table."""
    assert wrapped.width_of(["研发，" * 10]) is None
    assert wrapped.width_of(["甲\t乙", "丙\t丁", "戊\t己"]) is None
    midst = "研发投入，达到百亿元以上研发投入达到百亿"
    for between in ("甲\t" + "乙" * 30, ""):
        measured = wrapped.width_of([midst, midst, between, midst, midst, "完"])
        assert measured is not None and measured.limit == 20


def test_running_text_is_broken_where_most_of_its_full_lines_are_not_ended() -> None:
    """Lines that end as sentences do, or few full ones among many short ones, are paragraphs of their own."""
    sentence = "研发投入，达到百亿元。"
    assert wrapped.width_of([sentence] * 6) is None
    running = "研发，投入" * 12
    broken = [running[at : at + 20] for at in range(0, 60, 20)]
    assert wrapped.width_of([*broken, "完。"]) is not None
    assert wrapped.width_of([*broken, *["短行"] * 30]) is None


@pytest.mark.parametrize(("ended", "is_broken"), [(3, True), (4, True), (5, False)])
def test_half_of_the_full_lines_stop_in_the_midst_of_a_sentence(ended: int, is_broken: bool) -> None:
    """Where more of them end one, each line is a paragraph; two lines that do not are the least."""
    midst, end = "研发投入，达到百亿元以上研发投入达到百亿", "研发投入，达到百亿元以上研发投入达到百。"
    lines = [end] * ended + [midst] * (8 - ended) + ["完"]
    assert (wrapped.width_of(lines) is not None) is is_broken
    assert wrapped.width_of([midst, "完"]) is None
    assert wrapped.width_of([midst, midst, "完"]) is not None


def test_enough_of_the_lines_are_full() -> None:
    """Fifteen of a hundred, six tenths of those that are nearly as long, and one of them with a mark inside."""
    midst = "研发投入，达到百亿元以上研发投入达到百亿"
    assert wrapped.width_of([midst] * 3 + ["短行"] * 17) is not None
    assert wrapped.width_of([midst] * 3 + ["短行"] * 18) is None
    nearly = f"{midst[:17]}"
    assert wrapped.width_of([*[midst] * 6, *[nearly, "短"] * 4]) is not None
    assert wrapped.width_of([*[midst] * 5, *[nearly, "短"] * 5]) is None
    assert wrapped.width_of([midst.replace("，", "")] * 4) is None


def test_a_line_is_full_where_the_next_word_had_no_room() -> None:
    """Text that is broken between words is put together with its spaces."""
    words = (
        re.split(" ", "alpha beta, gamma delta epsilon zeta, eta theta iota kappa, lambda mu nu xi omicron pi rho.") * 4
    )
    lines, line = [], ""
    for word in words:
        if len(f"{line} {word}") > 50:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    width = wrapped.width_of(lines)
    assert width is not None
    first = "".join(next(wrapped.paragraphs(lines, (), width)))
    assert first.startswith(" ".join(words[:30]))


def test_what_is_kept_together_is_a_word_or_a_character() -> None:
    """A character where nearly all full lines have no room for one more."""
    width = wrapped.Width(10.0, wrapped.columns)
    anywhere = wrapped._kept_together(["研" * 10, "发" * 10, "经费"], width)
    assert (anywhere("alpha，"), anywhere("研发")) == (0.5, 1.0)
    words = wrapped._kept_together(["研" * 8, "alpha beta gamma", "delta"], width)
    assert (words("alpha，"), words("研发")) == (3.5, 1.0)


def test_lines_stand_where_they_are_printed() -> None:
    """In widths of an ideograph and in lines of their page, which a form feed begins; a tab is four spaces."""
    printed = ["甲\n", "\n", "  乙a \n", "\f丙\n", "\t丁"]
    found = list(wrapped._placed(printed, wrapped.Width(10.0, wrapped.columns)))
    assert [(line.text, line.left, line.right, line.baseline, line.size, line.page) for line in found] == [
        ("甲", 0, 1, 0, 1, 1), ("乙a", 1, 2.5, 2, 1, 1), ("丙", 0, 1, 0, 1, 2), ("丁", 2, 3, 1, 1, 2),
    ]  # fmt: skip


def test_heads_of_pages_of_text_are_left_out() -> None:
    """As those of a PDF."""
    pages = [[f"页眉{number}", "", "", *[f"{'甲乙丙'[number]}{at}" for at in "一二三四"]] for number in range(3)]
    printed = [line for page in pages for line in (f"\f{page[0]}", *page[1:])]
    placed = wrapped._placed(printed, wrapped.Width(10.0, wrapped.columns))
    found = list(wrapped._without_furniture(placed))
    assert [line.text for line in found] == [f"{page}{at}" for page in "甲乙丙" for at in "一二三四"]
    assert (found[0].baseline, found[0].page, found[-1].page) == (3, 2, 4)
