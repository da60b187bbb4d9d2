"""What a question asks for: the words that ask, and the kind of figure that is meant."""

from __future__ import annotations

import pytest

from shkc.search.asked import Asked
from shkc.search.corpus import Corpus
from shkc.search.interrogative import interrogatives
from shkc.search.question import understand

CORPUS = Corpus(1, {}, frozenset({2031}), ())


def asked(query: str) -> Asked:
    """What *query* asks for."""
    return understand(query, CORPUS).asked


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("有几家企业", ["几家"]),
        ("有几百家企业", ["几百家"]),
        ("多少亿元合同", ["多少亿元"]),
        ("签了几个亿", ["几个亿"]),
        ("建了多少公里路", ["多少公里"]),
        ("装机多少万千瓦", ["多少万千瓦"]),
        ("几亿立方米气", ["几亿立方米"]),
        ("多少平方公里", ["多少平方公里"]),
        ("多少海归", ["多少"]),
        ("几个万吨级码头", ["几个万"]),
        ("占百分之几", ["占百分之几"]),
        ("百分之几的企业", ["百分之几"]),
        ("占几成", ["占几成"]),
        ("多少辆新能源车", ["多少辆"]),
        ("有多少列了", ["多少列"]),
        ("多少本科生毕业", ["多少"]),
        ("几条件", ["几"]),
        ("提高几个百分点", ["几个百分点"]),
        ("提高几个点", ["几"]),
        ("几多間公司", ["几多"]),
        ("面积多大", ["多大"]),
        ("强度有多高", ["多高"]),
        ("很多高校加入", []),
        ("多少家，多少人", ["多少家", "多少人"]),
        ("说的是哪个指标", ["说的是哪个指标"]),
        ("是哪一项数据", ["是哪一项数据"]),
        ("哪家企业", []),
        ("几何测量实验室", []),
        ("几乎没有企业", []),
        ("很多大学加入", []),
        ("企业名单", []),
    ],
)
def test_the_words_that_ask_are_found(text: str, words: list[str]) -> None:
    """With the magnitude and the unit of the answer; 点 of 百分点 is no unit of 几个."""
    assert [text[each.start : each.end] for each in interrogatives(text)] == words


@pytest.mark.parametrize(
    ("query", "thing"),
    [("来了多少游客啊", "游客"), ("有多少家科技企业", "企业"), ("游客来了多少", ""), ("哪个指标是游客", "")],
)
def test_the_noun_behind_what_asks_for_a_number_is_what_is_counted(query: str, thing: str) -> None:
    """The last one: a Chinese noun phrase ends in its head."""
    assert understand(query, CORPUS).asked.thing == thing


@pytest.mark.parametrize(
    ("text", "magnitude", "unit", "counter", "is_money"),
    [
        ("几家", "", "家", "家", False),
        ("几千万元", "千万", "元", "", True),
        ("几亿人", "亿", "人", "人", False),
        ("几个亿", "亿", "", "", True),
        ("多少钱", "", "钱", "", True),
        ("多少个", "", "个", "", False),
        ("几间", "", "间", "", False),
        ("多少位", "", "位", "位", False),
    ],
)
def test_what_is_asked_in_tells_the_dimension(
    text: str, magnitude: str, unit: str, counter: str, is_money: bool
) -> None:
    """Money by its units and by 亿, things by their counters."""
    (found,) = interrogatives(text)
    assert (found.magnitude, found.unit, found.counter, found.is_money) == (magnitude, unit, counter, is_money)
    assert not found.is_name


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("合同排第几", "rank"),
        ("合同全国最多", "rank"),
        ("合同最多的是谁", "rank"),
        ("合同最高的那类有几件", "count"),
        ("合同一共多少亿", "money"),
        ("合同几个亿", "money"),
        ("公路有多少公里", "measure"),
        ("合同有几家", "count"),
        ("合同有几个", "count"),
        ("合同有几座", "count"),
        ("汽车有多少辆", "count"),
        ("合同数", "number"),
        ("合同多少", "value"),
        ("合同提高几个百分点", "value"),
        ("合同在哪个指标", None),
        ("合同", None),
    ],
)
def test_the_kind_of_quantity_is_what_is_asked_in(query: str, kind: str | None) -> None:
    """A rank before money, money before a count, a count before any number, and that before any value."""
    assert asked(query).quantity_kind == kind


@pytest.mark.parametrize(
    ("query", "aspect"),
    [
        ("合同占全国的比重", "share"),
        ("合同占多少", "share"),
        ("合同里上海占了几家", None),
        ("合同增长多少", "growth"),
        ("合同增加了多少", "growth"),
        ("合同增加了多少亿元", "growth"),
        ("增加了多少就业", None),
        ("增加了多少企业", None),
        ("投资降幅", "growth"),
        ("投资下降幅度", "growth"),
        ("合同占地几亩", None),
        ("园区占地多少", None),
    ],
)
def test_who_counts_asks_for_no_share(query: str, aspect: str | None) -> None:
    """占了几家 is a count, 占多少 a share."""
    assert asked(query).aspect == aspect


@pytest.mark.parametrize(
    ("query", "measure"),
    [("新增企业", "flow"), ("创新增加值", ""), ("企业累计", "stock"), ("新增企业累计", "flow"), ("企业", "")],
)
def test_a_flow_is_said_by_a_whole_word(query: str, measure: str) -> None:
    """新增 in 创新增加值 is none; a flow is meant before a stock."""
    assert asked(query).measure == measure


@pytest.mark.parametrize(
    ("query", "measure"),
    [
        ("今年新核发的许可", "flow"),
        ("器械今年新过了几个", "flow"),
        ("今年新能源装机", ""),
        ("花钱的新办法", ""),
        ("去年新生儿", ""),
        ("合同又新", ""),
        ("创新药", ""),
    ],
)
def test_what_is_newly_done_is_a_flow(query: str, measure: str) -> None:
    """新 by itself before what is done; before a noun it says what the thing is."""
    assert asked(query).measure == measure


@pytest.mark.parametrize(
    ("query", "classes"),
    [
        ("2类新药", ("2",)),
        ("A证人才", ("a",)),
        ("class C drugs", ("c",)),
        ("第二艘邮轮", ("二",)),
        ("第二天", ()),
        ("12类新药", ()),
        ("drugs b", ()),
    ],
)
def test_a_class_or_an_ordinal_is_told_from_a_number(query: str, classes: tuple[str, ...]) -> None:
    """A letter or one digit before 类, a numeral between 第 and what it numbers."""
    assert asked(query).classes == classes


@pytest.mark.parametrize(
    ("query", "excluding"),
    [
        ("非上市企业", "非上"),
        ("申报的非国有企业", "非国"),
        ("非常好的企业", ""),
        ("是非题", ""),
        ("企业", ""),
        ("output excluding mines", "excluding"),
        ("不含军工的合同", "不含"),
    ],
)
def test_a_word_that_excludes_is_one_before_a_noun(query: str, excluding: str) -> None:
    """非 begins a word or follows 的; 非常 negates nothing."""
    assert asked(query).excluding == excluding


@pytest.mark.parametrize(
    ("query", "said", "planned"),
    [("合同要达到多少", "合同", True), ("合同计划达到", "合同", True), ("行动计划企业", "行动计划企业", False)],
)
def test_an_intent_before_a_verb_of_reaching_is_a_plan(query: str, said: str, planned: bool) -> None:
    """A programme is called a plan, too."""
    found = understand(query, CORPUS)
    assert found.planned is planned
    assert said in found.text


@pytest.mark.parametrize(
    ("query", "digits"),
    [
        ("52家实验室里有几家", []),
        ("52家实验室当中合办的占几家", []),
        ("那18场活动谈成了几个项目", []),
        ("of the 52 labs, how many are joint", []),
        ("52家实验室", ["52"]),
        ("实验室是不是52家", ["52"]),
    ],
)
def test_a_number_that_is_known_is_not_asked_for(query: str, digits: list[str]) -> None:
    """What is a part of it, or comes of it, is asked for."""
    assert [number for number, _ in understand(query, CORPUS).numbers] == digits


@pytest.mark.parametrize(
    ("query", "kind"),
    [("4850亿元是哪项数据", "money"), ("合同 亿元", "money"), ("合同项数", "count"), ("项数是哪个数据", "count")],
)
def test_what_asks_for_a_name_asks_for_no_number(query: str, kind: str) -> None:
    """项数 of 哪项数据 is no count; a unit alone says what is asked for."""
    assert asked(query).quantity_kind == kind


@pytest.mark.parametrize(
    ("query", "figures"),
    [("4.4%是哪个指标", {"4.4"}), ("4850亿元", {"4850"}), ("2000家企业", set()), ("4850", set()), ("18位院士", set())],
)
def test_a_number_of_three_digits_with_a_unit_names_a_figure(query: str, figures: set[str]) -> None:
    """Zeros at the end are no digits of it; few figures have the others in common."""
    assert understand(query, CORPUS).figures == figures


def test_a_part_of_a_question_may_be_a_figure_alone() -> None:
    """However little else it says."""
    whole = understand("4.4%是哪个指标，写稿要核一下", CORPUS)
    assert understand("4.4%是哪个指标", CORPUS).within(whole).terms
    assert not understand("18位", CORPUS).within(whole).terms
    assert not understand("incubators", CORPUS).within(whole).terms  # a Latin word says as much as three characters
    assert understand("innovative incubators", CORPUS).within(whole).terms
