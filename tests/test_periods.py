"""Periods in text: absolute and relative years, parts of a year, spans of years."""

from __future__ import annotations

import pytest

from shkc.text.periods import Period, periods


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年技术合同", [(2022, 2022, "")]),
        ("23年全年", [(2023, 2023, "")]),
        ("二〇二二年", [(2022, 2022, "")]),
        ("前年", [(2030, 2030, "")]),
        ("大前年", [(2029, 2029, "")]),
        ("上一年度", [(2030, 2030, "")]),
        ("去年", []),
        ("比上年增长", []),
        ("than the previous year", []),
        ("next year", [(2032, 2032, "")]),
        ("后年", [(2033, 2033, "")]),
        ("上半年", [(2031, 2031, "H1")]),
        ("2022年下半年", [(2022, 2022, ""), (2022, 2022, "H2")]),
        ("三季度", [(2031, 2031, "Q3")]),
        ("前三季度", [(2031, 2031, "Q1-Q3")]),
        ("second quarter", [(2031, 2031, "Q2")]),
        ("first half", [(2031, 2031, "H1")]),
        ("q4", [(2031, 2031, "Q4")]),
        ("5月份", [(2031, 2031, "M05")]),
        ("十四五", [(2021, 2025, "")]),
        ("近十年", [(2021, 2030, "")]),
        ("last decade", [(2021, 2030, "")]),
        ("2000家企业", []),
        ("4850亿元", []),
        ("6个月", []),
    ],
)
def test_the_periods_of_a_text(text: str, found: list[tuple[int, int, str]]) -> None:
    """A number with a unit is not a year; a comparison with a year names no period."""
    assert [(period.start, period.end, period.part) for period in periods(text, 2031)] == found


def test_a_period_keeps_its_words() -> None:
    """So a name that says the same period can be recognised."""
    assert list(periods("2030年上半年", 2031)) == [Period(2030, 2030, "", "2030"), Period(2030, 2030, "H1", "上半年")]
