"""Numbers as an attacker prints them: what is a part of one, or says something else, is not the figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from shkc.text import quantity
from shkc.text.numerals import numerals


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("利润为–5亿元", "5", "亿元"),
        ("利润为‑5亿元", "5", "亿元"),
        ("利润为﹣5亿元", "5", "亿元"),
        ("有3〜5家", "5", "家"),
        ("有3‑5家", "5", "家"),
        ("有3―5家", "5", "家"),
        ("投资1——2亿元", "2", "亿元"),
        ("增速百分之三至五", "3", "%"),
        ("增速百分之3到5", "3", "%"),
        ("占比三百分之五", "5", "%"),
        ("增速百分之1,200", "1", "%"),
        ("投资2亿3千万元", "3", "千万元"),
        ("经费3千5百万元", "5", "百万元"),
        ("企业3万5千家", "5", "千家"),
        ("企业3千500家", "500", "家"),
        ("企业4千8百50家", "50", "家"),
        ("投资1亿五千万元", "5000", "万元"),
        ("投资一亿5000万元", "5000", "万元"),
        ("投资1亿零50万元", "50", "万元"),
        ("企业1万零500家", "500", "家"),
        ("投资壹万伍仟元", "5000", "元"),
        ("投资贰亿伍仟万元", "5000", "万元"),
        ("投资12﹒5亿元", "5", "亿元"),
        ("投资12·5亿元", "5", "亿元"),
        ("投资4﹐850亿元", "850", "亿元"),
        ("投资4_850亿元", "850", "亿元"),
        ("企业三五家", "35", "家"),
        ("企业两三家", "23", "家"),
        ("占比六七成", "67", "成"),
        ("用电量500MW·h", "500", "MW"),
        ("速度5GB/s", "5", "GB"),
        ("股息5元/股", "5", "元"),
        ("投资5个亿", "5", "个"),
        ("误差±5%", "5", "%"),
        ("速度5m/s", "5", "m"),
        ("运算10^8次", "8", "次"),
        ("投资1.5E8元", "8", "元"),
        ("第三方机构", "3", "位"),
        ("第三届论坛", "3", "位"),
        ("首次发布", "1", "位"),
        ("全球前5位", "5", "位"),
        ("排名第5至第6位", "5", "位"),
        ("排名第5至6位", "6", "位"),
        ("排名第5〜第6位", "5", "位"),
        ("10的15次方", "15", "次"),
        ("失业率下降，企业5家", "-5", "家"),
        ("企业5家，资金减少3亿元", "-5", "家"),
    ],
)
def test_it_does_not_stand_there(text: str, value: str, unit: str) -> None:
    """A part of a number, of a range or of a unit; a number with another sign, or an ordinal that is no rank."""
    assert quantity.read(text, Decimal(value), unit) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifiers"),
    [
        ("利润为–5亿元", "-5", "亿元", ()),
        ("利润为‑5亿元", "-5", "亿元", ()),
        ("由百分之三到百分之五", "3", "%", ()),
        ("投资2亿3千万元", "230000000", "元", ()),
        ("企业3万5千家", "35000", "家", ()),
        ("企业4千8百50家", "4850", "家", ()),
        ("投资1亿五千万元", "150000000", "元", ()),
        ("投资1亿零50万元", "100500000", "元", ()),
        ("投资壹万伍仟元", "15000", "元", ()),
        ("事故率千分之二点五", "2.5", "/1000", ()),
        ("用电量500MW·h", "500", "MW·h", ()),
        ("5所/科研院所3家", "5", "所", ()),
        ("企业＞300家", "300", "家", ("over",)),
        ("占比≥5%", "5", "%", ("at_least",)),
        ("占比≤5%", "5", "%", ("at_most",)),
        ("企业≈300家", "300", "家", ("about",)),
        ("大概100家", "100", "家", ("about",)),
        ("最多100家", "100", "家", ("at_most",)),
        ("5000家有余", "5000", "家", ("over",)),
        ("排名第三", "3", "位", ()),
        ("第三大经济体", "3", "位", ()),
        ("居全国首位", "1", "位", ()),
        ("企业减少5家", "-5", "家", ()),
        ("失业率上升，企业减少近5家", "-5", "家", ("nearly",)),
    ],
)
def test_it_stands_there(text: str, value: str, unit: str, qualifiers: tuple[str, ...]) -> None:
    """The whole number, in however many steps, with its sign and its hedges."""
    reading = quantity.read(text, Decimal(value), unit)
    assert reading is not None
    assert reading.qualifiers == qualifiers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("390万65岁", [390, 65]),
        ("5亿3个", [5, 3]),
        ("3亿2000万元", [32000]),
        ("2万3千瓦", [23000]),
        ("90万千瓦", [90, 1000]),
        ("1.2万5千", [None]),
        ("1万5百家", [10500]),
        ("三百点五万2000元", [None]),
    ],
)
def test_a_step_belongs_to_the_number_before_it(text: str, found: list[int | None]) -> None:
    """Where it is smaller and has a scale of its own, a zero before it, or as many digits as the scale has zeros."""
    assert [numeral.value for numeral in numerals(text)] == found


def test_a_number_in_steps_has_an_end() -> None:
    """Forty characters; what is longer is none, however long a text goes on so."""
    found = list(numerals("1千" * 20_000))
    assert len(found) > 100
    assert {numeral.value for numeral in found} <= {None, 1, 1000}
