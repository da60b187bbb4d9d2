"""The numbers of a question: which stand for a figure, within which bounds, and which it takes as known."""

from __future__ import annotations

import pytest

from shkc.search.numbers import Value, has_numbers
from shkc.search.values import read


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("二十家企业", Value("20", "家", 20, 20)),
        ("十九家企业", None),
        ("19家企业", None),
        ("约19家企业", Value("19", "家", 18, 20)),
        ("两万多家企业", Value("20000", "家", 20000, 30000)),
        ("2万家企业", None),
        ("29 billion", Value("29000000000", "", 28.5e9, 29.5e9)),
        ("24 thousand", Value("24000", "", 23500, 24500)),
        ("十万", None),
        ("百强企业", None),
        ("超过10亿元", Value("1000000000", "CNY", 1e9, 2e9)),
        ("over rmb 1bn", Value("1000000000", "CNY", 1e9, 2e9)),
        ("超过2500家", Value("2500", "家", 2500, 2600)),
        ("超过两千五", Value("2500", "", 2500, 2600)),
        ("不足2.5万家", Value("25000", "家", 24000, 25000)),
        ("10亿元", None),
        ("排第5位", Value("5", "位", 5, 5)),
    ],
)
def test_a_number_in_words_or_with_a_hedge_is_a_value(query: str, value: Value | None) -> None:
    """From twenty on: a smaller number in words, or a bare power of ten, is mostly part of a name."""
    assert read(query).values == ((value,) if value else ())


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("十几家企业", Value("10", "家", 10, 19)),
        ("二十几家企业", Value("20", "家", 20, 29)),
        ("两百五十几个", Value("250", "个", 250, 259)),
        ("两百零几家", Value("200", "家", 201, 209)),
        ("二十几", Value("20", "", 20, 29)),
        ("几家企业", None),
    ],
)
def test_the_last_digit_may_be_left_open(query: str, value: Value | None) -> None:
    """It is any of ten; behind 零 it is not 0."""
    assert read(query).values == ((value,) if value else ())


@pytest.mark.parametrize(
    ("query", "known"),
    [
        ("52家实验室里有几家", {"52"}),
        ("4,850家里面又有多少", {"4850"}),
        ("52家实验室有几家", set()),
    ],
)
def test_a_number_may_be_taken_as_known(query: str, known: set[str]) -> None:
    """What is asked for is another number."""
    numbers = read(query)
    assert numbers.context == known
    assert [str(amount.number) for amount in numbers.amounts] == ([] if known else ["52"])


def test_values_stand_as_digits_in_the_question() -> None:
    """Each in its place, the rest as it was."""
    assert read("上海三千二百亿元和二十几家企业，第5位吗").text == "上海 320000000000 和 20 企业， 5 吗"


def test_a_rank_is_no_amount() -> None:
    """It counts nothing."""
    numbers = read("第5位的企业有20家")
    assert [rank.place for rank in numbers.ranks] == [5]
    assert [str(amount.number) for amount in numbers.amounts] == ["20"]


@pytest.mark.parametrize(
    ("query", "has"),
    [("20家", True), ("两万多家", True), ("十几家", True), ("世界第五", True), ("首位", True), ("冠军", True),
     ("ranked first", True), ("ninth", True), ("伍拾家", True),
     ("队伍建设", False), ("技术合同", False), ("how many companies", False)],
)  # fmt: skip
def test_a_question_without_a_number_is_not_read_for_any(query: str, has: bool) -> None:
    """What has one is: one formal numeral stands in other words, too."""
    assert has_numbers(query) is has
    numbers = read(query)
    assert has or not (numbers.amounts or numbers.ranks or numbers.values or numbers.context)
