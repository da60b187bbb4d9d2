"""Figures in running text, and the arithmetic on them, as properties."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shkc.text import amounts, quantity
from shkc.text.quantity import EXACT, Bounds, Reading

TEXTS = st.text(st.sampled_from("0123456789,.%零一二三十百千万亿两首第位约超余年家上海，。 ０９：x"), max_size=40)
UNITS = ("家", "亿元", "万份", "%", "个百分点", "项", "万亿元", "人", "天", "平方公里")
BEFORE = {
    "": (),
    "约": ("about",),
    "超过": ("over",),
    "突破": ("over",),
    "近": ("nearly",),
    "不少于": ("at_least",),
    "不超过": ("at_most",),
    "不足": ("below",),
    "预计": ("estimated",),
    "预计约": ("about", "estimated"),
    "力争": ("target",),
}
BEHIND = {"": (), "左右": ("about",), "以上": ("at_least",), "以内": ("at_most",)}
NUMBERS = st.builds(
    lambda whole, decimals: f"{whole}.{decimals}" if decimals else str(whole),
    st.integers(0, 10**9),
    st.text("0123456789", max_size=4),
)
VALUES = NUMBERS.map(Decimal)
POSITIVE = st.decimals(Decimal("0.001"), Decimal(10**6), places=3)


def decimal(text: str | None) -> Decimal | None:
    """An end of an interval."""
    return None if text is None else Decimal(text)


def plain(*qualifiers: str, open_above: bool = False) -> Reading:
    """A reading with these hedges."""
    return Reading(0, 1, "", qualifiers, open_above)


# ── Numerals ────────────────────────────────────────────────────────────────────────────────────────


@given(TEXTS)
def test_a_numeral_stands_where_it_says(text: str) -> None:
    """Each numeral is the part of the text that its positions name, full-width forms folded."""
    folded = quantity.fold_width(text)
    assert all(folded[numeral.start : numeral.end] == numeral.text for numeral in quantity.numerals(text))


@given(TEXTS)
def test_numerals_do_not_overlap(text: str) -> None:
    """Numerals come in order, each behind the one before."""
    found = list(quantity.numerals(text))
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(TEXTS)
def test_no_digit_is_left_out(text: str) -> None:
    """Every digit of a text belongs to a numeral."""
    inside = {at for numeral in quantity.numerals(text) for at in range(numeral.start, numeral.end)}
    digits = {at for at, character in enumerate(quantity.fold_width(text)) if character in "0123456789零一二三十百千两"}
    assert digits <= inside


@given(st.text())
def test_no_text_breaks_the_numerals(text: str) -> None:
    """Any text at all has numerals or none."""
    assert all(numeral.start < numeral.end for numeral in quantity.numerals(text))


@given(st.text())
def test_folding_keeps_positions(text: str) -> None:
    """Folding the width of a text keeps its length and leaves nothing more to fold."""
    folded = quantity.fold_width(text)
    assert len(folded) == len(text)
    assert quantity.fold_width(folded) == folded


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("4850", "4850"),
        ("1,234,567", "1234567"),
        ("8.30", "8.30"),
        ("0", "0"),
        ("007", "7"),
        ("一", "1"),
        ("两", "2"),
        ("首", "1"),
        ("〇", "0"),
        ("十", "10"),
        ("十二", "12"),
        ("二十", "20"),
        ("二十三", "23"),
        ("一百零五", "105"),
        ("三千", "3000"),
        ("二〇二三", "2023"),
        ("一百二", "120"),
    ],
)
def test_a_numeral_says_its_value(numeral: str, value: str) -> None:
    """Arabic and Chinese numerals are read, with their decimals."""
    assert str(quantity.numeral_value(numeral)) == value


@pytest.mark.parametrize("numeral", ["万", "亿", "万亿"])
def test_a_bare_scale_says_nothing(numeral: str) -> None:
    """A bare 万 has no value of its own."""
    assert quantity.numeral_value(numeral) is None


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────────

FIGURES = st.tuples(st.sampled_from(list(BEFORE)), NUMBERS, st.sampled_from(UNITS), st.sampled_from(list(BEHIND)))


@given(FIGURES)
def test_a_composed_figure_is_found(figure: tuple[str, str, str, str]) -> None:
    """What is put together from hedge, number and unit is found, with its wording and its hedges."""
    before, number, unit, behind = figure
    reading = quantity.read(f"全市共有{before}{number}{unit}{behind}。", Decimal(number), unit)
    assert reading is not None
    assert reading.display == f"{before}{number}{unit}{behind}"
    assert set(reading.qualifiers) == {*BEFORE[before], *BEHIND[behind]}


@given(FIGURES)
def test_a_composed_figure_has_its_extent(figure: tuple[str, str, str, str]) -> None:
    """The extent of a figure is its number and unit, without hedges."""
    before, number, unit, behind = figure
    text = f"全市共有{before}{number}{unit}{behind}。"
    reading = quantity.read(text, Decimal(number), unit)
    assert reading is not None
    assert text[reading.start : reading.end] == number + unit


@given(FIGURES, VALUES)
def test_another_value_is_not_found(figure: tuple[str, str, str, str], other: Decimal) -> None:
    """A number that does not stand in the text, or has other decimals, is not found."""
    before, number, unit, behind = figure
    assume(str(other) != str(Decimal(number)))
    assert quantity.read(f"全市共有{before}{number}{unit}{behind}。", other, unit) is None


@given(FIGURES, st.sampled_from(UNITS))
def test_another_unit_is_not_found(figure: tuple[str, str, str, str], other: str) -> None:
    """A unit that does not stand behind the number is not found."""
    before, number, unit, behind = figure
    assume(other != unit)
    assert quantity.read(f"全市共有{before}{number}{unit}{behind}。", Decimal(number), other) is None


@given(FIGURES)
def test_a_figure_in_full_width_is_found(figure: tuple[str, str, str, str]) -> None:
    """Full-width digits are digits, and are displayed as printed."""
    before, number, unit, behind = figure
    wide = number.translate({code: code + 0xFEE0 for code in range(0x2E, 0x3A)})
    reading = quantity.read(f"{before}{wide}{unit}{behind}", Decimal(number), unit)
    assert reading is not None
    assert wide in reading.display


@given(st.text(max_size=30), VALUES, st.sampled_from(UNITS))
def test_no_text_breaks_the_reading(text: str, value: Decimal, unit: str) -> None:
    """Any text has the figure or has it not."""
    reading = quantity.read(text, value, unit)
    assert reading is None or 0 <= reading.start < reading.end <= len(text)


@pytest.mark.parametrize(
    ("text", "value", "unit", "display", "qualifiers"),
    [
        ("新增2500余家企业", "2500", "家", "2500余家", ("over",)),
        ("吸引300多位专家", "300", "位", "300多位", ("over",)),
        ("累计核发约43.4万份", "43.4", "万份", "约43.4万份", ("about", "cumulative")),
        ("预计达到4.4%左右", "4.4", "%", "预计4.4%左右", ("about", "estimated")),
        ("位居全国第一", "1", "位", "第一", ()),
        ("位居全球第5位", "5", "位", "第5位", ()),
        ("均位居首位", "1", "位", "首位", ()),
        ("首艘大型邮轮", "1", "艘", "首艘", ()),
        ("节约3000元", "3000", "元", "3000元", ()),
        ("签约30个项目", "30", "个", "30个", ()),
        ("打破30项纪录", "30", "项", "30项", ()),
        ("最近5年", "5", "年", "5年", ()),
        ("附近2公里", "2", "公里", "2公里", ()),
    ],
)
def test_the_wordings_of_the_report_are_read(
    text: str, value: str, unit: str, display: str, qualifiers: tuple[str, ...]
) -> None:
    """Ordinals, 余 and 多, doubled hedges, and words that only end like a hedge."""
    reading = quantity.read(text, Decimal(value), unit)
    assert reading is not None
    assert (reading.display, tuple(sorted(reading.qualifiers))) == (display, qualifiers)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("成交额4850亿元", "4850", "亿"),
        ("成交额4850亿元", "850", "亿元"),
        ("成交额14850亿元", "4850", "亿元"),
        ("增长21.1%", "1.1", "%"),
        ("增长21.1%", "21", "%"),
        ("8.30万份", "8.3", "万份"),
        ("1,234家", "234", "家"),
        ("二十三家", "3", "家"),
        ("二十三家", "20", "家"),
        ("提高0.2个百分点", "0.2", "%"),
        ("增长5%", "-5", "%"),
        ("4850美元", "4850", "元"),
    ],
)
def test_part_of_a_figure_is_not_the_figure(text: str, value: str, unit: str) -> None:
    """A number within a number, a unit within a unit, and the other sign do not count."""
    assert quantity.read(text, Decimal(value), unit) is None


# ── Bounds ──────────────────────────────────────────────────────────────────────────────────────────


@given(
    VALUES,
    st.sampled_from(UNITS),
    st.sampled_from(
        [
            (),
            ("about",),
            ("over",),
            ("nearly",),
            ("at_least",),
            ("at_most",),
            ("below",),
            ("estimated",),
            ("target",),
            ("cumulative",),
        ]
    ),
    st.booleans(),
    st.booleans(),
)
def test_bounds_hold_the_value(
    value: Decimal, unit: str, qualifiers: tuple[str, ...], open_above: bool, mean: bool
) -> None:
    """Whatever the hedge, the printed number lies within the bounds."""
    low, high = quantity.bounds(value, unit, plain(*qualifiers, open_above=open_above), mean=mean)
    assert (low is None or low <= value) and (high is None or value <= high)


@pytest.mark.parametrize(
    ("value", "unit", "reading", "low", "high"),
    [
        ("4850", "亿元", plain(), "4849.5", "4850.5"),
        ("21.1", "%", plain(), "21.05", "21.15"),
        ("8.30", "万份", plain(), "8.295", "8.305"),
        ("480", "家", plain(), "480", "480"),
        ("43.4", "万份", plain("about"), "43.3", "43.5"),
        ("2500", "家", plain("over"), "2500", "2600"),
        ("2500", "家", plain("over", open_above=True), "2500", None),
        ("9000", "家", plain("nearly"), "8100", "9000"),
        ("96", "家", plain("at_least"), "96", None),
        ("240", "项", plain("at_most"), None, "240"),
        ("3.5", "天", plain("below"), None, "3.5"),
        ("1", "万家", plain("over"), "1", "2"),
    ],
)
def test_bounds_follow_the_table(value: str, unit: str, reading: Reading, low: str | None, high: str | None) -> None:
    """The rules of docs/fact-file.md, *Hedges*."""
    expected = Bounds(decimal(low), decimal(high))
    assert quantity.bounds(Decimal(value), unit, reading) == expected


def test_a_mean_is_not_exact() -> None:
    """A whole number that is an average is rounded."""
    assert quantity.bounds(Decimal(253), "人", plain(), mean=True) == Bounds(Decimal("252.5"), Decimal("253.5"))


# ── Arithmetic ──────────────────────────────────────────────────────────────────────────────────────


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, st.floats(0, 1), st.floats(0, 1))
def test_division_holds_every_quotient(a: Decimal, b: Decimal, c: Decimal, d: Decimal, s: float, t: float) -> None:
    """Whatever lies in the two intervals, its quotient lies in the interval quotient."""
    dividend, divisor = sorted((a, b)), sorted((c, d))
    low, high = quantity.outward(quantity.divide(Bounds(*dividend), Bounds(*divisor)), -30)
    x = dividend[0] + (dividend[1] - dividend[0]) * Decimal(s)
    y = divisor[0] + (divisor[1] - divisor[0]) * Decimal(t)
    assert low is not None and high is not None
    assert low <= EXACT.divide(x, y) <= high


@pytest.mark.parametrize(
    ("dividend", "divisor", "low", "high"),
    [
        ((1, None), (2, 4), "0.25", None),
        ((None, 1), (2, 4), None, "0.5"),
        ((1, 2), (0, 4), "0.25", None),
        ((1, 2), (None, 4), "0.25", None),
    ],
)
def test_division_of_open_intervals_is_open(
    dividend: tuple[int | None, int | None], divisor: tuple[int | None, int | None], low: str | None, high: str | None
) -> None:
    """An open end, or a divisor that may be 0, leaves the quotient open there."""
    intervals = (Bounds(*(None if end is None else Decimal(end) for end in pair)) for pair in (dividend, divisor))
    assert quantity.divide(*intervals) == Bounds(decimal(low), decimal(high))


@given(POSITIVE, POSITIVE, st.integers(-6, 3))
def test_rounding_outward_loses_nothing(a: Decimal, b: Decimal, exponent: int) -> None:
    """Rounded outward, an interval still holds what it held, and grows by less than a unit at each end."""
    low, high = quantity.outward(Bounds(min(a, b), max(a, b)), exponent)
    unit = Decimal(1).scaleb(exponent)
    assert low is not None and high is not None
    assert min(a, b) - unit < low <= min(a, b) <= max(a, b) <= high < max(a, b) + unit


@given(VALUES, st.integers(-12, 12))
def test_scaling_keeps_the_digits(value: Decimal, power: int) -> None:
    """Scaling is exact, goes back, and writes no exponent."""
    scaled = quantity.scaled(value, power)
    assert scaled == EXACT.scaleb(value, power)
    assert "E" not in str(quantity.scaled(value, abs(power)))


@pytest.mark.parametrize(
    ("unit", "power", "base"),
    [
        ("亿元", 8, "CNY"),
        ("万亿元", 12, "CNY"),
        ("元", 0, "CNY"),
        ("万美元", 4, "USD"),
        ("千万元", 7, "CNY"),
        ("万份", 4, "份"),
        ("%", 0, "%"),
        ("家", 0, "家"),
        ("万", 4, ""),
        ("百万人", 6, "人"),
        ("个百分点", 0, "个百分点"),
        ("百分点", 0, "百分点"),
    ],
)
def test_a_unit_is_scale_and_base(unit: str, power: int, base: str) -> None:
    """The scale comes off the unit; a currency gets its code."""
    assert (quantity.scale_and_base(unit)[0], quantity.base_unit(unit)) == (power, base)


# ── Amounts as people type them ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("100", 100),
        ("2.4万", 24000),
        ("10亿元", 10**9),
        ("1,234", 1234),
        ("1e3", 1000),
        ("-5", -5),
        ("+5", 5),
        ("５万", 50000),
        (" 3 亿 ", 3 * 10**8),
        ("1.5万亿元", 15 * 10**11),
        ("0", 0),
        ("12%", 12),
    ],
)
def test_an_amount_is_normalised(text: str, value: int) -> None:
    """Scales, separators, signs, width and exponents are understood."""
    amount = amounts.amount(text)
    assert amount is not None
    assert amount[0] == value


@pytest.mark.parametrize(
    ("text", "unit"),
    [("10亿元", "CNY"), ("5万家", "家"), ("12%", "%"), ("2.4万", ""), ("100", ""), ("3 亿美元", "USD")],
)
def test_an_amount_keeps_its_unit(text: str, unit: str) -> None:
    """As normalised values have it; empty when none is typed."""
    amount = amounts.amount(text)
    assert amount is not None
    assert amount[1] == unit


@pytest.mark.parametrize(
    "text", ["", " ", "亿", "人民币100美元", "CNY 5家", "家5", "abc", "1.2.3", "--1", "nan", "inf", "1 2", "十"]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    """Everything else is no amount."""
    assert amounts.amount(text) is None


@given(st.text(st.sampled_from("0123456789.,+-eE万亿元 %x０９"), max_size=20) | st.text(max_size=20))
def test_no_text_breaks_an_amount(text: str) -> None:
    """Any text is an amount or is none."""
    amount = amounts.amount(text)
    assert amount is None or amount[0].is_finite()


@given(NUMBERS, st.sampled_from([("", 0), ("万", 4), ("亿", 8), ("万亿", 12)]), st.sampled_from(["", "元", "家"]))
def test_a_composed_amount_is_exact(number: str, scale: tuple[str, int], base: str) -> None:
    """A number with a scale is exactly its product."""
    amount = amounts.amount(f"{number}{scale[0]}{base}")
    assert amount is not None
    assert amount[0] == Decimal(number).scaleb(scale[1])


@pytest.mark.parametrize(
    ("text", "value", "unit", "display"),
    [
        ("利润-12亿元", "-12", "亿元", "-12亿元"),
        ("下降3.5%", "-3.5", "%", "下降3.5%"),
        ("增长百分之十二点五", "12.5", "%", "百分之十二点五"),
        ("占百分之30", "30", "%", "百分之30"),
        ("综合指数为81.6。", "81.6", "", "81.6"),
    ],
)
def test_signs_words_and_indices_are_read(text: str, value: str, unit: str, display: str) -> None:
    """A fall shows its sign or its word; 百分之 is %; an index has no unit."""
    reading = quantity.read(text, Decimal(value), unit)
    assert reading is not None
    assert reading.display == display


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("第5，120家", ["5", "120"]),
        ("５，１２０家", ["5,120"]),
        ("5,120家", ["5,120"]),
        ("312\t368\t17.9%", ["312", "368", "17.9"]),
        ("共 312 家", ["312"]),
    ],
)
def test_what_stands_between_numbers_keeps_them_apart(text: str, numerals: list[str]) -> None:
    """A comma of clauses and the white space of a table's cells are no part of a number."""
    folded = quantity.without_space(quantity.fold_width(text))
    assert [numeral.text for numeral in quantity.numerals(folded)] == numerals
