"""One reading of quantities: every printed form gives the quantity and nothing else, and its bounds hold the truth."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

import cn2an  # type: ignore[import-untyped] # writes the Chinese numerals that are read back
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shkc.errors import FactsError
from shkc.facts import load
from shkc.text import amounts, quantity

# ── How numbers are printed ─────────────────────────────────────────────────────────────────────────


def plain(value: Decimal) -> str:
    """4850."""
    return f"{value:f}"


def grouped(mark: str, value: Decimal) -> str:
    """4,850, with any mark between the thousands."""
    return f"{value:,f}".replace(",", mark)


def wide(value: Decimal) -> str:
    """４８５０."""
    return plain(value).translate({code: code + 0xFEE0 for code in range(0x2E, 0x3A)})


def chinese(value: Decimal) -> str:
    """四千八百五十, 十二点五."""
    words = str(cn2an.an2cn(int(value)))
    assume("万" not in words or ("." not in plain(value) and len(words.partition("万")[2]) > 1))  # 五万 is 5 of 万
    words = words.replace("一十", "十", 1) if words.startswith("一十") else words
    _, _, decimals = plain(value).partition(".")
    return words + ("点" + "".join("零一二三四五六七八九"[int(digit)] for digit in decimals) if decimals else "")


def compound(value: Decimal) -> str:
    """10万4850."""
    assume("." not in plain(value) and value >= 10_000 and value % 10_000 >= 1000)
    return f"{int(value) // 10_000}万{int(value) % 10_000}"


FORMS = {
    "plain": plain,
    "comma": lambda value: grouped(",", value),
    "wide comma": lambda value: grouped("，", value),
    "apostrophe": lambda value: grouped("'", value),
    "narrow space": lambda value: grouped("\u2009", value),
    "wide": wide,
    "chinese": chinese,
    "compound": compound,
}
NUMBERS = st.builds(
    lambda whole, decimals: Decimal(f"{whole}.{decimals}" if decimals else str(whole)),
    st.integers(2, 9999) | st.integers(2, 99_999_999),
    st.text("0123456789", max_size=2),
)
UNITS = (
    "家",
    "亿元",
    "万份",
    "%",
    "个百分点",
    "人次",
    "万千瓦时",
    "兆瓦",
    "元/吨",
    "微克/立方米",
    "万亩",
    "航次",
    "岁",
)
SIGNS = {"": 1, "-": -1, "−": -1, "负": -1, "下降": -1, "减少": -1, "下降了": -1}
BEFORE = {
    "": (),
    "约": ("about",),
    "近": ("nearly",),
    "超过": ("over",),
    "未超过": ("at_most",),
    "不低于": ("at_least",),
}
BEHIND = {"": (), "左右": ("about",), "以上": ("at_least",), "以内": ("at_most",)}
LEADS = ("", "全市企业", "2023年，", "其中，利润同比", "第5，", "（1）", "C919、", "增长5%，")
TAILS = ("", "。", "，比上年", "；其中", "）", "的", "，120家")


class Printed(NamedTuple):
    """A figure in a text: its number as printed, and what is to be read."""

    lead: str
    words: str
    number: str
    tail: str
    value: Decimal
    unit: str
    qualifiers: frozenset[str]

    @property
    def text(self) -> str:
        """The clause that it stands in."""
        return self.lead + self.words + self.tail


@st.composite
def printed(draw: st.DrawFn) -> Printed:
    """Any number, unit, hedge and sign, in any form and any clause."""
    value, unit = draw(NUMBERS), draw(st.sampled_from(UNITS))
    number = FORMS[draw(st.sampled_from(list(FORMS)))](value)
    assume("万" not in number or "万" not in unit)
    sign, before, behind = (draw(st.sampled_from(list(words))) for words in (SIGNS, BEFORE, BEHIND))
    lead = draw(st.sampled_from(LEADS))
    assume(not (sign == "-" and lead.endswith("）")))
    printed_sign = len(sign) == 1
    words = before + sign + number if printed_sign else sign + before + number
    return Printed(
        lead,
        words + unit + behind,
        number,
        draw(st.sampled_from(TAILS)),
        value * SIGNS[sign],
        unit,
        frozenset((*BEFORE[before], *BEHIND[behind])),
    )


@given(printed())
def test_every_form_is_read(figure: Printed) -> None:
    """Value, unit and hedges, and the words as printed."""
    reading = quantity.read(figure.text, figure.value, figure.unit)
    assert reading is not None
    assert set(reading.qualifiers) == figure.qualifiers
    assert reading.display == figure.words.replace("下降了", "下降")


@given(printed())
def test_nothing_else_is_read(figure: Printed) -> None:
    """At the number stands one quantity; the other sign, a part of the number or of the unit do not stand there."""
    text, folded = figure.text, quantity.fold_width(figure.text)
    start, end = len(figure.lead), len(figure.lead) + len(figure.words)
    inside = [numeral for numeral in quantity.numerals(text) if start <= numeral.start < end]
    stated, *others = (quantity.stated_at(text, folded, numeral) for numeral in inside)
    assert others == [None] * len(others)
    assert stated is not None and (abs(stated.value), stated.unit) == (abs(figure.value), figure.unit)
    assert quantity.read(text, -figure.value, figure.unit, start, end) is None or "降" in text or "减" in text
    digits = f"{abs(figure.value):f}"
    parts = {digits[at:to] for at in range(len(digits)) for to in range(at + 1, len(digits) + 1)} - {digits}
    for part in parts:
        assume(part.strip("."))
        for sign in (1, -1):
            value = Decimal(part) * sign
            assert value == figure.value or quantity.read(text, value, figure.unit, start, end) is None
    for length in range(len(figure.unit)):
        assert quantity.read(text, figure.value, figure.unit[:length], start, end) is None


FILE = """
format = 1
[report]
id = "a"
title = "甲"
title_en = "A"
publisher = "乙"
publisher_en = "B"
year = 2023
scope = "丙"
scope_en = "C"
[[section]]
id = "s"
number = "0"
title = "甲"
short = "甲"
short_en = "A"
[[metric]]
id = "m"
name = "数"
name_en = "Number"
section = "s"
paragraph = 1
excerpt = "{excerpt}"
value = {value:f}
unit = "{unit}"
qualifiers = [{qualifiers}]
"""


def checked(figure: Printed, words: str) -> load.FactFileContent:
    """The fact file with *figure*, and *words* for its excerpt. Raises `FactsError`."""
    names = ", ".join(f'"{name}"' for name in sorted(figure.qualifiers))
    text = FILE.format(excerpt=words, value=figure.value, unit=figure.unit, qualifiers=names)
    return load.parse(text, "facts.toml")


@given(printed(), st.data())
def test_every_changed_character_of_the_number_is_noticed(figure: Printed, data: st.DataObject) -> None:
    """Another digit, one more or one less: `check` finds that the excerpt does not prove the value."""
    assume(len(figure.words) <= 30)
    assert checked(figure, figure.words).records
    start = figure.words.index(figure.number)
    at = data.draw(st.integers(start, start + len(figure.number) - 1))
    old = figure.words[at]
    alphabet = next(
        (row for row in ("0123456789", "０１２３４５６７８９", "一二三四五六七八九", "十百千") if old in row), None
    )
    assume(alphabet is not None)
    assert alphabet is not None
    new = data.draw(st.sampled_from([character for character in alphabet if character != old] + ["", old + old]))
    changed = figure.words[:at] + new + figure.words[at + 1 :]
    assume(old not in "十百千" or new not in ("", old + old))
    assume(not changed[:at].endswith(("百", "零")) or figure.words[at : at + 2] != "一十" or new)  # 一百十 is 110, too
    with pytest.raises(FactsError):
        checked(figure, changed)


# ── Bounds ──────────────────────────────────────────────────────────────────────────────────────────

TRUTHS = st.decimals(Decimal(20), Decimal(10**6), places=3)


def step(number: Decimal) -> Decimal:
    """One unit of the last digit of *number*."""
    return Decimal(1).scaleb(int(number.as_tuple().exponent))


@given(TRUTHS, st.integers(0, 3), st.sampled_from(["", "-", "下降"]), st.data())
def test_bounds_hold_every_value_that_the_words_allow(
    size: Decimal, decimals: int, sign: str, data: st.DataObject
) -> None:
    """Whoever rounds and hedges truthfully is understood: the true value lies within the bounds."""
    last = Decimal(1).scaleb(-decimals)
    nearest, below, above = (size.quantize(last, how) for how in (ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING))
    first = Decimal(1).scaleb(size.adjusted())
    more = Decimal(int(size // first * first))  # 2余 of 29
    truthful = {
        "": nearest,
        "约": data.draw(
            st.sampled_from([n for n in (nearest, nearest + last, nearest - last) if abs(size - n) <= last])
        ),
        "近": above,
        "超过": below,
        "不低于": below,
        "未低于": below,
        "不超过": above,
        "没有突破": above,
        "未达到": above,
        "不足": above,
        "余": more,
    }
    hedge = data.draw(st.sampled_from(list(truthful)))
    number = truthful[hedge]
    assume(number > 0 and number == number.quantize(step(number)))
    before, inside = ("", hedge) if hedge == "余" else (hedge, "")
    comparing = hedge in ("超过", "不低于", "未低于", "不超过", "没有突破", "未达到", "不足")
    if sign == "-" and comparing:  # 不低于-5℃ compares values: what was printed below is now above
        number = {below: above, above: below}.get(number, number)
    words = f"{before}-{number:f}{inside}兆瓦" if sign == "-" else f"{sign}{before}{number:f}{inside}兆瓦"
    value, truth = (number, size) if not sign else (-number, -size)
    reading = quantity.read(words, value, "兆瓦")
    assert reading is not None
    low, high = quantity.bounds(value, "兆瓦", reading)
    assert (low is None or low <= truth) and (high is None or truth <= high)


@pytest.mark.parametrize(
    ("words", "value", "unit", "low", "high"),
    [
        ("减少近100家", "-100", "家", "-100", "-90"),
        ("减少超100家", "-100", "家", None, "-100"),
        ("降5余家", "-5", "家", "-6", "-5"),
        ("减少100家", "-100", "家", "-100", "-100"),
        ("下降约3.1%", "-3.1", "%", "-3.2", "-3.0"),
        ("下降3.1%", "-3.1", "%", "-3.15", "-3.05"),
        ("下降不超过5%", "-5", "%", "-5", None),
        ("降低5%以上", "-5", "%", None, "-5"),
        ("不低于-5℃", "-5", "℃", "-5", None),
        ("-5℃以下", "-5", "℃", None, "-5"),
        ("零下5℃", "-5", "℃", "-5.5", "-4.5"),
        ("未超过4850亿元", "4850", "亿元", None, "4850"),
        ("不多于4850亿元", "4850", "亿元", None, "4850"),
        ("不高于4850亿元", "4850", "亿元", None, "4850"),
        ("没有突破4850亿元", "4850", "亿元", None, "4850"),
        ("首破4850亿元", "4850", "亿元", "4850", None),
        ("未破4850亿元", "4850", "亿元", None, "4850"),
        ("不低于4850亿元", "4850", "亿元", "4850", None),
        ("未达到4850亿元", "4850", "亿元", None, "4850"),
        ("300兆瓦", "300", "兆瓦", "299.5", "300.5"),
        ("300千瓦", "300", "千瓦", "299.5", "300.5"),
        ("500英镑", "500", "英镑", "499.5", "500.5"),
        ("500美元", "500", "美元", "499.5", "500.5"),
    ],
)
def test_bounds_stand_the_right_way_round(words: str, value: str, unit: str, low: str | None, high: str | None) -> None:
    """The rules of docs/fact-file.md, for falls and for negated hedges."""
    reading = quantity.read(words, Decimal(value), unit)
    assert reading is not None
    found = quantity.bounds(Decimal(value), unit, reading)
    assert found == tuple(None if end is None else Decimal(end) for end in (low, high))


# ── What is not the figure ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("投入十二点五亿元", "5", "亿元"),
        ("投入十二点五亿元", "12", "亿元"),
        ("成交额4 850亿元", "850", "亿元"),
        ("成交额4'850亿元", "850", "亿元"),
        ("成交额4，850亿元", "850", "亿元"),
        ("成交额1,4850亿元", "4850", "亿元"),
        ("成交额1,4850亿元", "14850", "亿元"),
        ("奖金10万4850元", "4850", "元"),
        ("奖金1.5万3000元", "3000", "元"),
        ("建成3-5家", "5", "家"),
        ("建成3-5家", "3", "家"),
        ("建成3至5家", "5", "家"),
        ("增长20%-30%", "30", "%"),
        ("增长20%-30%", "20", "%"),
        ("利润-4850亿元", "4850", "亿元"),
        ("利润−4850亿元", "4850", "亿元"),
        ("利润负4850亿元", "4850", "亿元"),
        ("气温零下5℃", "5", "℃"),
        ("提高0.3个百分点", "0.3", "个"),
        ("接待8000人次", "8000", "人"),
        ("用电5千瓦时", "5", "千瓦"),
        ("浓度30微克/立方米", "30", "微克"),
        ("约占1/3家", "3", "家"),
        ("建成几十家", "10", "家"),
        ("建成数百家", "100", "家"),
        ("版本3.2.1亿元", "1", "亿元"),
    ],
)
def test_a_part_is_not_the_figure(text: str, value: str, unit: str) -> None:
    """Part of a number, of a range or of a unit, and a number without its printed sign."""
    assert quantity.read(text, Decimal(value), unit) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "display"),
    [
        ("投入十二点五亿元", "12.5", "亿元", "十二点五亿元"),
        ("成交额4 850亿元", "4850", "亿元", "4 850亿元"),
        ("成交额4'850亿元", "4850", "亿元", "4'850亿元"),
        ("成交额4，850亿元", "4850", "亿元", "4，850亿元"),
        ("奖金10万4850元", "104850", "元", "10万4850元"),
        ("投资3亿2000万元", "32000", "万元", "3亿2000万元"),
        ("利润−4850亿元", "-4850", "亿元", "−4850亿元"),
        ("利润负4850亿元", "-4850", "亿元", "负4850亿元"),
        ("肩负3项任务", "3", "项", "3项"),
        ("为企业减负237亿元", "237", "亿元", "237亿元"),
        ("390万65岁老人", "390", "万", "390万"),
        ("由3至5家", "5", "家", "5家"),
        ("降幅为25.0%", "-25.0", "%", "降幅25.0%"),
        ("分别下降5%和3%", "-3", "%", "下降3%"),
        ("第5，120家企业", "120", "家", "120家"),
        ("高于全国0.8个百分点", "0.8", "个百分点", "0.8个百分点"),
    ],
)
def test_what_is_printed_is_displayed(text: str, value: str, unit: str, display: str) -> None:
    """The whole number with its sign; a fall with the word that says so."""
    reading = quantity.read(text, Decimal(value), unit)
    assert reading is not None and reading.display == display


def test_a_range_that_falls_is_read() -> None:
    """下降3%-5% lies between -5 and -3."""
    reading = quantity.read("下降3%-5%", Decimal(-5), "%", upper=Decimal(-3))
    assert reading is not None and reading.display == "下降3%-5%"
    assert list(quantity.upper_ends("下降3%-5%", Decimal(-5), "%")) == [Decimal(-3)]
    assert list(quantity.upper_ends("建成3-5家", Decimal(3), "家")) == [Decimal(5)]
    assert list(quantity.upper_ends("建成3家", Decimal(3), "家")) == []


# ── What people type ────────────────────────────────────────────────────────────────────────────────


@given(printed())
def test_a_question_is_read_like_a_report(figure: Printed) -> None:
    """Value, unit, hedges and bounds of a number in a question are those of the same words in a report."""
    reading = quantity.read(figure.words, figure.value, figure.unit)
    (asked,) = amounts.numbers_in(figure.words)
    assert reading is not None
    low, high = quantity.bounds(figure.value, figure.unit, reading)
    assert (asked.value, asked.unit) == (quantity.to_base(figure.value, figure.unit), quantity.base_unit(figure.unit))
    assert set(asked.qualifiers) == figure.qualifiers
    assert asked.bounds == tuple(None if end is None else quantity.to_base(end, figure.unit) for end in (low, high))


@pytest.mark.parametrize(
    ("question", "value", "unit", "low", "high"),
    [
        ("三千二百亿", "320000000000", "", "319950000000", "320050000000"),
        ("29 billion", "29000000000", "", "28500000000", "29500000000"),
        ("over 24 thousand enterprises", "24000", "", "24000", None),
        ("2万多家", "20000", "家", "20000", "30000"),
        ("将近3000亿", "300000000000", "", "270000000000", "300000000000"),
        ("more than US$ 3.5 million", "3500000", "USD", "3500000", None),
        ("no more than 5 percent", "5", "%", None, "5"),
        ("10 亿元", "1000000000", "CNY", "950000000", "1050000000"),
        ("3-5家", "3", "家", "3", "5"),
        ("下降3.1%", "-3.1", "%", "-3.15", "-3.05"),
        ("第5位", "5", "位", "5", "5"),
        ("近万家", "10000", "家", "9000", "10000"),
    ],
)
def test_numbers_of_a_question_have_types(question: str, value: str, unit: str, low: str, high: str | None) -> None:
    """Chinese numerals, English magnitudes, hedges and currencies; bounds in the base unit."""
    (asked,) = amounts.numbers_in(question)
    assert (asked.value, asked.unit) == (Decimal(value), unit)
    assert asked.bounds == (Decimal(low) if low else None, Decimal(high) if high else None)


@pytest.mark.parametrize(
    "question", ["第5届", "2023年", "多少亿", "C919", "PD-1", "一网通办", "几十家", "6th", "5G", "12月"]
)
def test_dates_ordinals_and_names_are_no_amounts(question: str) -> None:
    """They are other things than so much of something."""
    assert amounts.numbers_in(question) == ()


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10 billion", "10000000000", ""),
        ("10 billion yuan", "10000000000", "CNY"),
        ("1.2 trillion yuan", "1200000000000", "CNY"),
        ("人民币100亿元", "10000000000", "CNY"),
        ("人民币100亿", "10000000000", "CNY"),
        ("RMB 100亿元", "10000000000", "CNY"),
        ("10亿元", "1000000000", "CNY"),
        ("10亿人民币", "1000000000", "CNY"),
        ("10亿 RMB", "1000000000", "CNY"),
        ("RMB 10亿", "1000000000", "CNY"),
        ("CNY10bn", "10000000000", "CNY"),
        ("¥5万", "50000", "CNY"),
        ("3 million USD", "3000000", "USD"),
        ("300兆瓦", "300000000", "W"),
        ("5斤", "2.5", "kg"),
    ],
)
def test_an_option_takes_scales_and_currencies(text: str, value: str, unit: str) -> None:
    """In Chinese and in English, before and behind the number."""
    assert amounts.amount(text) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["abc5", "CNY 5 USD", "RMB 5家", "yuan", "5 1"])
def test_what_makes_no_sense_is_no_amount(text: str) -> None:
    """A word that is no currency, and two units."""
    assert amounts.amount(text) is None
