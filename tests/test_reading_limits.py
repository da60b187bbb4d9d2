"""How far reading goes: the sizes of figures, the reach of a hedge, the length of lines and of reports."""

from __future__ import annotations

import io
from decimal import Decimal
from types import SimpleNamespace

import pytest

from shkc.errors import SourceError
from shkc.text import hedges, numerals, paragraphs, quantity, units
from shkc.text.interval import Bounds, divide, mirrored, outward, whole_numbers
from shkc.text.numerals import is_in_range, numeral_value, scaled


@pytest.mark.parametrize(
    ("value", "is_figure"),
    [
        ("1e30", True),
        ("1e31", False),
        ("1e-30", True),
        ("1e-31", False),
        ("9" * 24, True),
        ("9" * 25, False),
        ("0", True),
    ],
)
def test_figures_reach_from_one_magnitude_to_another(value: str, is_figure: bool) -> None:
    """10**-30 to 10**30, with 24 digits at most."""
    assert is_in_range(Decimal(value)) is is_figure


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("零", "0"), ("〇", "0"), ("十", "10"), ("两", "2"), ("廿", "20"), ("卅", "30"), ("百", "100"), ("千", "1000"),
        ("首", "1"), ("九", "9"), ("十二点五", "12.5"), ("零点〇五", "0.05"), ("伍拾", "50"), ("伍", None),
        ("廿〇", None),
        ("4,850", "4850"), ("4,85", None), ("4 850.5", "4850.5"), ("1.2.3", None), ("万", None), ("亿", None),
        ("一" * 41, None),
    ],
)  # fmt: skip
def test_a_numeral_has_one_value_or_none(numeral: str, value: str | None) -> None:
    """In digits, in Chinese characters, in those of cheques."""
    assert numeral_value(numeral) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("10万4850", ["104850"]), ("3亿2000万", ["32000"]),
        ("一亿二千", ["100002000"]),
        ("二万五千", ["25000"]),
        ("390万65岁", ["390", "65"]), ("第5,120家", ["5", "120"]),
        ("4 850亿元", ["4850"]), ("12 34", ["12", "34"]),
    ],
)  # fmt: skip
def test_a_numeral_is_taken_whole(text: str, values: list[str]) -> None:
    """Over scales and groups of three; what stands beside it is another."""
    found = [numeral.value for numeral in numerals.numerals(text)]
    assert found == list(map(Decimal, values))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("三分之一", [("1", 3)]), ("2/3", [("2", 3)]), ("一半", [("1", 2)]), ("百分之五", []), ("1/1", []),
        ("1/2/3", []),
        ("千分之三", [("3", 1000)]), ("十分之1.5", [("1.5", 10)]),
    ],
)  # fmt: skip
def test_a_fraction_has_a_numerator_and_a_denominator(text: str, found: list[tuple[str, int]]) -> None:
    """More than one; a percentage is none."""
    assert [(str(each.value), below) for each, below in numerals.fractions(text)] == found


@pytest.mark.parametrize(
    ("text", "start"),
    [("-5", 0), ("PD-5", 3), ("3-5", 2), ("负5", 0), ("零下5", 0), ("肩负5", 2), ("为−5", 1), ("5", 0), ("、–5", 1)],
)
def test_a_minus_belongs_to_a_number_unless_it_joins_it(text: str, start: int) -> None:
    """A hyphen behind a letter, a range behind a digit, a verb with 负."""
    assert numerals.sign_before(text, text.index("5")) == start


def test_a_hedge_reaches_forty_characters() -> None:
    """Of a whole, up to ten characters of which stand between."""
    assert [hedge.term for hedge in hedges.before("超过全部企业数量的", 9).hedges] == ["over"]
    assert hedges.before("超过" + "甲" * 11 + "的", 14).hedges == ()
    assert [hedge.term for hedge in hedges.before("超过" + "甲" * 10 + "的", 13).hedges] == ["over"]
    assert hedges.before("约" + "甲" * 50, 51).hedges == ()


def test_a_word_for_a_fall_reaches_forty_characters() -> None:
    """The last word before the figure counts."""
    assert hedges.fall_before("减少" + "甲" * 38 + "5", 40) == "减少"
    assert hedges.fall_before("减少" + "甲" * 39 + "5", 41) == ""
    assert hedges.fall_before("下降后增长5", 5) == ""


@pytest.mark.parametrize(
    ("scale", "power"),
    [
        ("千", 3),
        ("万", 4),
        ("十万", 5),
        ("百万", 6),
        ("千万", 7),
        ("亿", 8),
        ("十亿", 9),
        ("百亿", 10),
        ("千亿", 11),
        ("万亿", 12),
    ],
)
def test_a_scale_is_a_power_of_ten(scale: str, power: int) -> None:
    """Between a number and its unit."""
    assert units.scale_and_base(f"{scale}家") == (power, "家")
    assert units.to_base(Decimal("1.5"), f"{scale}家") == Decimal(15) * 10 ** (power - 1)


@pytest.mark.parametrize(
    ("text", "value", "unit", "is_read"),
    [
        ("产值翻番", "1", "番", True),
        ("产值翻番", "1", "家", False),
        ("产值翻番", "1", "项", False),
        ("百分之五", "5", "%", True),
        ("百分之五", "5", "个", False),
        ("三分之一", "1", "/3", True),
        ("三分之一", "1", "/4", False),
        ("三大共同体", "3", "个", True),
        ("三大共同体", "3", "家", False),
        ("第5位", "5", "位", True),
        ("首位", "1", "位", True),
        ("第5", "5", "位", True),
        ("5", "5", "位", False),
        ("提高0.3、0.1和0.6个百分点", "0.3", "个百分点", True),
        ("提高0.3、0.1和0.6个百分点", "0.3", "%", False),
    ],
)
def test_a_figure_is_read_in_its_own_unit(text: str, value: str, unit: str, is_read: bool) -> None:
    """Whatever form it has."""
    assert (quantity.read(text, Decimal(value), unit) is not None) is is_read


def test_communities_are_counted_by_their_size() -> None:
    """It is printed with the number, as 家 is."""
    read = quantity.read("建成三大共同体", Decimal(3), "个")
    assert read is not None and read.display == "三大"


@pytest.mark.parametrize(
    ("number", "value"),
    [("3亿5千万2百", "350000200"), ("3万5千2百", "35200"), ("三百点五万2000", None), ("3.5万5千", None)],
)
def test_a_number_goes_on_in_any_number_of_steps(number: str, value: str | None) -> None:
    """Each smaller than the unit of the one before, and behind a whole number."""
    (found,) = numerals.numerals(number)
    assert (found.text, found.value) == (number, value and Decimal(value))


def test_a_number_goes_on_in_steps_within_forty_characters() -> None:
    """One that is longer is a slip of the keyboard."""
    assert [each.text for each in numerals.numerals("0" * 38 + "3万5千")] == ["0" * 38 + "3万5千"]
    assert next(numerals.numerals("0" * 39 + "3万5千")).text == "0" * 39 + "3"


@pytest.mark.parametrize(("unit", "dimension"), [("亿元", "money"), ("亿元(人民币)", "money"), ("CNY", "money")])
def test_a_unit_is_of_a_dimension(unit: str, dimension: str) -> None:
    """With its scale, with what stands in parentheses behind it, and as figures are normalised to."""
    assert units.dimension(unit) == dimension


@pytest.mark.parametrize(
    ("text", "direction"), [("增长5", 1), ("下降5", -1), ("降幅收窄5", 0), ("先降后增5", 1), ("5的降幅", -1), ("5", 0)]
)
def test_the_nearest_word_says_whether_a_figure_rose(text: str, direction: int) -> None:
    """Before it, else behind it."""
    assert hedges.direction(text, text.index("5")) == direction


# ── Intervals ───────────────────────────────────────────────────────────────────────────────────────

OPEN = Bounds(None, None)


def bounds(low: str | None, high: str | None) -> Bounds:
    """An interval."""
    return Bounds(None if low is None else Decimal(low), None if high is None else Decimal(high))


def test_intervals_are_turned_divided_and_rounded() -> None:
    """An open end stays open, on the side where it then is."""
    assert mirrored(bounds("1", None)) == bounds(None, "-1")
    assert divide(bounds("1", "2"), bounds("4", "5")) == bounds("0.2", "0.5")
    assert divide(bounds("1", "2"), bounds("0", "5")) == bounds("0.2", None)
    assert divide(bounds(None, "2"), bounds("4", None)) == bounds(None, "0.5")
    assert outward(bounds("1.21", "1.29"), -1) == bounds("1.2", "1.3")
    assert outward(OPEN, -1) == OPEN
    assert whole_numbers(bounds("1.2", "3.9")) == bounds("2", "3")
    assert whole_numbers(OPEN) == OPEN


@pytest.mark.parametrize(
    ("value", "power", "text"), [("1.5", 0, "1.5"), ("1.5", 8, "150000000"), ("1E+3", 0, "1000"), ("5", -2, "0.05")]
)
def test_a_scaled_value_has_no_exponent(value: str, power: int, text: str) -> None:
    """However it was written."""
    assert str(scaled(Decimal(value), power)) == text


@pytest.mark.parametrize(
    ("unit", "is_count", "part", "dimension"),
    [
        ("家", True, None, "organisations"), ("万家", False, None, "organisations"), ("亿元", False, None, "money"),
        ("%", False, "0.01", "ratio"), ("成", False, "0.1", "ratio"), ("/4", False, "0.25", "ratio"),
        ("朵", True, None, ""), ("", False, None, ""), ("foo", False, None, ""),
    ],
)  # fmt: skip
def test_what_a_unit_measures(unit: str, is_count: bool, part: str | None, dimension: str) -> None:
    """A unit that no table has is a classifier, if it is Chinese."""
    assert units.is_count(unit) is is_count
    assert units.part_of_one(unit) == (None if part is None else Decimal(part))
    assert units.is_part(unit) is (part is not None)
    assert bool(units.dimension(unit)) is bool(dimension)


def test_a_unit_is_what_its_table_says() -> None:
    """What it does not say is as for most: it counts, is its own base, and has a classifier."""
    known = units.known()
    assert known["家"] == units.Unit(
        "家", "organisations", False, "家", Decimal(1), None, ("organisation", "organisations"), (), False
    )
    assert known["兆瓦"] == units.Unit("兆瓦", "power", True, "W", Decimal(10**6), None, ("MW",), ("megawatts",), False)
    assert (known["%"].part, known["学生"].noun) == (Decimal("0.01"), True)
    assert [units.counted_noun(unit) for unit in ("学生", "万学生", "家", "朵")] == ["学生", "学生", "", ""]
    assert (units.forms_words("次"), units.forms_words("家")) == (True, False)
    assert (units.begins_word("2000处理器", 4), units.begins_word("2000处", 4)) == (True, False)
    base = known["兆瓦"]._replace(symbol="W", factor=Decimal(1), english=("W",), typed=())
    assert (units.unit_of("W"), units.unit_of("朵")) == (base, None)


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("台（套）", "台", 4), ("亿元/月", "亿元/月", 4), ("元/万吨", "元/万吨", 4), ("微克/立方米", "微克/立方米", 6),
        ("千瓦时", "千瓦时", 3), ("万千瓦时", "万千瓦时", 4), ("万亿元", "万亿元", 3), ("万", "万", 1), ("朵", "", 0),
    ],
)  # fmt: skip
def test_the_longest_unit_that_is_printed_counts(text: str, words: str, end: int) -> None:
    """With its scale and what it is per, without what stands in parentheses."""
    printed = units.printed_at(numerals.fold_width(text), 0)
    assert (printed.words, printed.end) == (words, end) if printed else not words


@pytest.mark.parametrize(
    ("text", "unit", "upper", "end"),
    [
        ("3台（套）", "台（套）", None, 5),
        ("3台(套)", "台(套)", None, 5),
        ("3万台（套）", "万台（套）", None, 6),
        ("3-5家", "家", "5", 4),
        ("从3到5家", "", None, 2),
        ("0.3、0.1和0.6个百分点", "个百分点", None, 3),
        ("0.3个、0.1个和0.6个百分点", "个百分点", None, 3),
        ("3、5和6家", "", None, 1),
        ("近万家", "万家", None, 3),
        ("3家", "家", None, 2),
    ],
)
def test_what_a_numeral_states_ends_with_its_unit(text: str, unit: str, upper: str | None, end: int) -> None:
    """As it is printed; a list prints it once, a choice of two stands in parentheses."""
    folded = numerals.fold_width(text)
    stated = quantity.stated_at(text, folded, next(numerals.numerals(folded)))
    assert stated is not None
    assert (stated.unit, stated.upper, stated.end) == (unit, None if upper is None else Decimal(upper), end)


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [("近万家", "万家", "近万家"), ("近万亿元", "万亿元", "近万亿元"), ("近1万家", "万家", "近1万家")],
)
def test_a_scale_without_a_number_is_one_of_it(text: str, unit: str, shown: str) -> None:
    """近万家 is nearly 1 万家, and neither none of them nor 10000 家."""
    found = quantity.read(text, Decimal(1), unit)
    assert found is not None and found.display == shown
    assert quantity.read(text, Decimal(0), unit) is None
    assert quantity.read(text, Decimal(10000), unit) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "stands"),
    [
        ("近百家企业", 100, "家", True),
        ("千余名人才", 1000, "名", True),
        ("百万台", 100, "万台", True),
        ("百万台", 1000000, "台", False),
        ("2万千瓦时", 1000, "瓦时", False),
        ("2万千瓦", 2, "万千瓦", True),
    ],
)
def test_a_hundred_or_a_thousand_may_belong_to_a_unit(text: str, value: int, unit: str, stands: bool) -> None:
    """千 of 千瓦时 is no number, 千 of 千余名 is one."""
    assert (quantity.read(text, Decimal(value), unit) is not None) is stands


def test_a_value_goes_to_the_base_unit_and_back() -> None:
    """Exactly."""
    for value, unit, base in (("4850", "亿元", "485000000000"), ("1.5", "万千瓦", "15000000"), ("20", "家", "20")):
        assert units.to_base(Decimal(value), unit) == Decimal(base)
        assert units.from_base(Decimal(base), unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "unit", "upper"),
    [
        ("3-5家", "3", "家", "5"), ("20%至30%", "20", "%", "30"), ("3-5家", "4", "家", None), ("3家", "3", "家", None),
        ("3-1,4850家", "3", "家", None), ("下降3%-5%", "-5", "%", "-3"), ("0.5%至0.8%", "0.5", "%", "0.8"),
    ],
)  # fmt: skip
def test_the_other_end_of_a_range(text: str, value: str, unit: str, upper: str | None) -> None:
    """A fall is printed the other way round."""
    assert list(quantity.upper_ends(text, Decimal(value), unit)) == ([] if upper is None else [Decimal(upper)])


def test_every_range_with_the_same_lower_end_is_found() -> None:
    """What stands before them is none."""
    assert list(quantity.upper_ends("8个，3-5家，3-7家", Decimal(3), "家")) == [5, 7]


@pytest.mark.parametrize("before", ["", "共", "共有"])
def test_a_unit_that_no_table_has_stands_behind_its_number(before: str) -> None:
    """余 may stand between."""
    for words in ("15余朵", "15朵", "5余朵"):
        text = before + words
        reading = quantity.read(text, Decimal(words[: words.index("余" if "余" in words else "朵")]), "朵")
        assert reading is not None and (reading.start, reading.end) == (len(before), len(text))


@pytest.mark.parametrize(
    ("text", "words", "scale", "more"),
    [
        ("万余家企业", "万家", "万", True),
        ("亿元", "亿元", "亿", False),
        ("余家", "家", "", True),
        ("家", "家", "", False),
    ],
)
def test_a_unit_is_printed_with_its_scale(text: str, words: str, scale: str, more: bool) -> None:
    """余 and 多 are none of it."""
    printed = units.printed_at(text, 0)
    assert printed is not None
    assert (printed.words, printed.scale, printed.more) == (words, scale, more)


def test_full_width_is_half_width() -> None:
    """Every sign of ASCII and the space; Chinese punctuation stays."""
    assert numerals.fold_width("！～　５、。") == "!~ 5、。"
    assert numerals.fold_width("成交额4，850亿元") == "成交额4,850亿元"
    assert numerals.fold_width("第5，120家") == "第5;120家"


# ── Reports ─────────────────────────────────────────────────────────────────────────────────────────


def lines(text: bytes) -> list[str]:
    """The lines of a report."""
    return list(paragraphs.lines(io.BytesIO(text), "report.txt"))


def test_a_line_of_a_hundred_thousand_characters_is_a_paragraph() -> None:
    """One more is none, whatever it is made of; the line is told."""
    for character in ("a", "甲", "𠀀"):
        assert lines(f"一\n{character * 100_000}".encode())[1] == character * 100_000
        with pytest.raises(SourceError, match=r"report.txt:2: "):
            lines(f"一\n{character * 100_001}\n二".encode())
        with pytest.raises(SourceError, match=r"report.txt:2: "):
            lines(f"一\n{character * 500_000}\n二".encode())


def test_a_byte_order_mark_is_no_text() -> None:
    """At the beginning; elsewhere it stays what it is."""
    assert lines(b"\xef\xbb\xbf\xe4\xb8\x80\n\xef\xbb\xbf") == ["一\n", "\ufeff"]


def test_the_line_that_is_no_text_is_told() -> None:
    """By its number."""
    with pytest.raises(SourceError, match=r"report.txt:3: .*NUL"):
        lines("一\n二\n三\0".encode())
    with pytest.raises(SourceError, match=r"report.txt:2: .*GBK"):
        lines("一\n".encode() + "二".encode("gbk"))
    with pytest.raises(SourceError, match=r"report.txt:1: .*UTF-8"):
        lines(b"\xff\xff\xff\n")


@pytest.mark.parametrize(("name", "named"), [("-", ""), ("+", " +"), ("a.txt", " a.txt"), ("a b", " 'a b'")])
def test_a_text_in_gbk_is_told_how_to_be_converted(name: str, named: str) -> None:
    """By the name of the file, as a shell takes it; standard input has none."""
    with pytest.raises(SourceError) as told:
        list(paragraphs.lines(io.BytesIO("研发".encode("gbk")), name))
    assert str(told.value).endswith(f": iconv -f GBK -t UTF-8{named} > report.txt")


def test_a_report_has_sixty_four_megabytes_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger is none."""
    assert paragraphs.LARGEST_REPORT == 64 * 1024**2
    assert str(paragraphs.too_large("report")) == "report: more than 64 MB: no report"
    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 10)
    assert lines(b"0123456789") == ["0123456789"]
    with pytest.raises(SourceError, match="more than 0 MB"):
        lines(b"0123456789\n")


def test_a_pipe_without_end_is_not_read_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the size of the largest report."""

    class Endless(io.RawIOBase):
        reads = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.reads += 1
            assert self.reads < 10
            return b"a" * 6

    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 20)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=Endless()))
    with pytest.raises(SourceError), paragraphs.opened("-"):
        pass


def test_a_pipe_can_be_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """From any place: it is copied."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(b"0123456789")))
    with paragraphs.opened("-") as stream:
        assert stream.seekable()
        buffer = bytearray(4)
        for start, read in ((8, b"89"), (2, b"2345")):
            stream.seek(start)
            assert stream.readinto(buffer) == len(read)  # type: ignore[attr-defined] # PDFium asks for it
            assert buffer[: len(read)] == read


def test_progress_is_told_each_megabyte() -> None:
    """How many bytes of how many."""
    told: list[tuple[int, int]] = []
    line = b"a" * 65_535 + b"\n"
    list(paragraphs.lines(io.BytesIO(line * 40), "-", lambda done, total: told.append((done, total))))
    assert told == [(1 << 20, 40 << 16), (2 << 20, 40 << 16)]
    nearly = line * 15 + b"a" * 65_534 + b"\n"
    told.clear()
    list(paragraphs.lines(io.BytesIO(nearly + b"\n"), "-", lambda done, total: told.append((done, total))))
    assert told == [(1 << 20, 1 << 20)]
    told.clear()
    list(paragraphs.lines(io.BytesIO(nearly), "-", lambda done, total: told.append((done, total))))
    assert told == []


def test_parts_that_are_joined_in_doubt() -> None:
    """Each paragraph with its parts, the mark before all but the first."""
    text = "甲\n↳ 乙\n\n丙"
    parts = list(paragraphs.parts(io.BytesIO(text.encode()), "-"))
    assert parts == [("甲", "乙"), ("丙",)]
    assert [line for each in parts for line in paragraphs.marked(each)] == ["甲", "↳ 乙", "丙"]
    assert list(paragraphs.paragraphs(io.BytesIO(text.encode()), "-")) == ["甲乙", "丙"]
    with pytest.raises(SourceError):
        list(paragraphs.parts(io.BytesIO(b"\n \n"), "-"))
