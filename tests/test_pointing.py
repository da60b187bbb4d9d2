"""Words of a question that only point: examples, and demonstratives with their classifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shkc.search.clauses import parts
from shkc.search.pointing import demonstratives, without_examples


@pytest.mark.parametrize(
    ("query", "rest"),
    [
        ("甲、乙这些政策", " 这些政策"),
        ("拿到甲、乙那一批补贴的", " 那一批补贴的"),
        ("一共，甲、乙、丙等孵化器", "一共， 等孵化器"),
        ("甲、乙加起来几家", " 加起来几家"),
        ("像甲这样的设施有几个", " 的设施有几个"),
        ("有没有计划，比如甲那种", "有没有计划， "),
        ("schemes such as alpha and beta, in total", "schemes , in total"),
        ("schemes such as alpha and beta", "schemes "),
        ("甲、乙两地", "甲、乙两地"),
        ("甲、乙，这些政策", "甲、乙，这些政策"),
        ("图像甲这样的", "图像甲这样的"),
        ("卫星图像甲这样的", "卫星图像甲这样的"),
        ("甲、" + "乙" * 30 + "这些", "甲、" + "乙" * 30 + "这些"),
        ("例如甲那样的政策", " 的政策"),
        ("譬如甲这类政策", " 政策"),
        ("诸如甲之类的政策", " 的政策"),
        ("比如甲那类政策", " 政策"),
        ("像甲一样的设施", " 的设施"),
        ("像甲这种设施", " 设施"),
        ("像甲那些设施", " 设施"),
        ("像甲这些设施", " 设施"),
        ("甲、乙之类的政策", " 之类的政策"),
        ("甲、乙合起来几家", " 合起来几家"),
        ("甲、乙合在一起几家", " 合在一起几家"),
        ("甲、乙加在一起几家", " 加在一起几家"),
        ("policies, e.g. alpha", "policies, "),
    ],
)
def test_examples_are_left_out(query: str, rest: str) -> None:
    """Those between two words that liken, those that a word points back to, and those behind *such as*."""
    assert without_examples(query) == rest


@pytest.mark.parametrize("mark", ",，。;；:：?？!！()（）\n")
def test_examples_end_with_their_clause(mark: str) -> None:
    """At any mark between clauses, and a list does not begin before one."""
    assert without_examples(f"schemes such as alpha{mark} in total") == f"schemes {mark} in total"
    assert without_examples(f"一共{mark}甲、乙等政策") == f"一共{mark} 等政策"


@pytest.mark.parametrize("before", "图影录摄头好偶画成")
def test_a_picture_is_no_likeness(before: str) -> None:
    """The 像 of 影像, 头像 and 好像 belongs to what stands before it."""
    assert without_examples(f"{before}像甲这样的") == f"{before}像甲这样的"


@given(st.text(alphabet="甲乙、，这等像样such as", max_size=40))
def test_what_is_left_out_stood_in_the_question(query: str) -> None:
    """Nothing is made up, and nothing is moved."""
    left = iter(query)
    assert all(character in left for character in without_examples(query).replace(" ", ""))


def test_a_question_without_its_examples_comes_before_its_clauses() -> None:
    """A question without any is not asked again."""
    assert next(parts("甲、乙这些政策惠及几家企业")) == " 这些政策惠及几家企业"
    assert list(parts("惠及几家企业")) == []


@pytest.mark.parametrize(
    ("word", "pointing"),
    [
        ("重组这一轮", ["这一轮"]),
        ("那批孵化器", ["那批"]),
        ("这几家企业", ["这几家"]),
        ("哪一条", ["哪一条"]),
        ("头一批孵化器", ["头一批"]),
        ("首批", ["首批"]),
        ("首轮重组", ["首轮"]),
        ("头一轮", ["头一轮"]),
        ("第一批", ["第一批"]),
        ("第二批", []),
        ("这项目", []),
        ("这一项目", ["这一项"]),
        ("那条件", []),
        ("这样", ["这样"]),
        ("一批", []),
        ("这", []),
    ],
)
def test_a_demonstrative_takes_its_classifier_along(word: str, pointing: list[str]) -> None:
    """Unless the classifier begins a word; the first of several is no other than the one that is told of."""
    assert [word[start:end] for start, end in demonstratives(word)] == pointing


@pytest.mark.parametrize("classifier", "批拨片轮类种条组帮项家个次块期届回样")
def test_any_classifier_goes_with_a_demonstrative(classifier: str) -> None:
    """These are those by which policies, enterprises and meetings are counted."""
    assert list(demonstratives(f"这一{classifier}")) == [(0, 3)]
