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
        ("一季度", [(2031, 2031, "Q1")]),
        ("第四季度", [(2031, 2031, "Q4")]),
        ("1季度和2季度", [(2031, 2031, "Q1"), (2031, 2031, "Q2")]),
        ("3季度、4季度", [(2031, 2031, "Q3"), (2031, 2031, "Q4")]),
        ("二季度", [(2031, 2031, "Q2")]),
        ("first quarter", [(2031, 2031, "Q1")]),
        ("second quarter", [(2031, 2031, "Q2")]),
        ("third quarter", [(2031, 2031, "Q3")]),
        ("fourth quarter", [(2031, 2031, "Q4")]),
        ("2nd half", [(2031, 2031, "H2")]),
        ("1st quarter, 3rd quarter, 4th quarter", [(2031, 2031, "Q1"), (2031, 2031, "Q3"), (2031, 2031, "Q4")]),
        ("q1", [(2031, 2031, "Q1")]),
        ("q2, q3", [(2031, 2031, "Q2"), (2031, 2031, "Q3")]),
        ("first half", [(2031, 2031, "H1")]),
        ("q4", [(2031, 2031, "Q4")]),
        ("5月份", [(2031, 2031, "M05")]),
        ("1月", [(2031, 2031, "M01")]),
        ("12月", [(2031, 2031, "M12")]),
        ("13月", []),
        ("今年", []),
        ("明年", [(2032, 2032, "")]),
        ("十四五", [(2021, 2025, "")]),
        ("“十五五”末", [(2030, 2030, "")]),
        ("十五五时期末", [(2030, 2030, "")]),
        ("39年", [(2039, 2039, "")]),
        ("40年", []),
        ("一九九八年", [(1998, 1998, "")]),
        ("二零二两年", []),
        ("二零二三年", [(2023, 2023, "")]),
        ("2019年5月", [(2019, 2019, ""), (2019, 2019, "M05")]),
        ("十一五", [(2006, 2010, "")]),
        ("十二五", [(2011, 2015, "")]),
        ("十三五", [(2016, 2020, "")]),
        ("十四五", [(2021, 2025, "")]),
        ("十五五", [(2026, 2030, "")]),
        ("十六五", [(2031, 2035, "")]),
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


@pytest.mark.parametrize(("text", "is_year"), [("2030年", True), ("上半年", False), ("十四五", False)])
def test_a_whole_year_is_no_part_and_no_span(text: str, is_year: bool) -> None:
    """Nor are several years."""
    assert next(periods(text, 2031)).is_year is is_year


def test_a_period_keeps_its_words() -> None:
    """So a name that says the same period can be recognised."""
    assert [period.words for period in periods("近十年，十四五，5年前", 2031)] == ["十四五", "近十年", "5年前"]
    assert list(periods("2030年上半年", 2031)) == [Period(2030, 2030, "", "2030"), Period(2030, 2030, "H1", "上半年")]
