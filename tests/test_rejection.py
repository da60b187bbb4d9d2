"""Why a name is no answer: each rule with what it rejects and what it lets through, and what a question asks for."""

from __future__ import annotations

import pytest

from shkc.search.corpus import Corpus
from shkc.search.coverage import NOTHING
from shkc.search.question import Question, understand
from shkc.search.rejection import may_answer, narrowed, rejected
from shkc.text.name_entry import EVENT, NameEntry, spaced


def entry(
    name: str = "技术合同", context: str = "", kind: str = "count", measure: str = "", years: tuple[int, ...] = ()
) -> NameEntry:
    """An entry with one name."""
    text = spaced(f"{name}\n{context}")
    return NameEntry(1, kind, measure, (name,), (), context, text, frozenset(years))


CORPUS = Corpus(1, {}, frozenset({2031}), ("青山", "qingshan"))


def question(query: str) -> Question:
    """*query*, asked of a report on 2031."""
    return understand(query, CORPUS)


def rule(query: str, of: NameEntry, *numbers: str) -> str | None:
    """The rule that rejects *of*."""
    found = rejected(question(query), of, numbers)
    return found and found.rule


@pytest.mark.parametrize(
    ("query", "of", "numbers", "expected"),
    [
        ("北京技术合同", entry(), (), "discriminator"),
        ("北京技术合同", entry("北京 技术合同"), (), None),
        ("北京技术合同", entry("beijing 技术合同"), (), None),
        ("北京技术合同", entry(kind=EVENT), (), "discriminator"),
        ("52家技术合同", entry(), (), "discriminator"),
        ("52家技术合同", entry(), ("52",), None),
        ("52家技术合同", entry("52 家技术合同"), (), None),
    ],
)
def test_a_discriminator_must_be_named(query: str, of: NameEntry, numbers: tuple[str, ...], expected: str) -> None:
    """By the name, its context, or a number that is printed."""
    assert rule(query, of, *numbers) == expected


@pytest.mark.parametrize(
    ("query", "of", "numbers", "expected"),
    [
        ("2029年技术合同", entry(), (), "period"),
        ("2029年技术合同", entry(years=(2029,)), (), None),
        ("2029年技术合同", entry(years=(2028,)), (), "period"),
        ("2029年技术合同", entry("2029 年技术合同"), (), None),
        ("2029年技术合同", entry(), ("2029",), None),
        ("2031年技术合同", entry(), (), None),
        ("上半年技术合同", entry(), (), "period"),
        ("上半年技术合同", entry(years=(2031,)), (), "period"),
        ("上半年技术合同", entry("上半年技术合同"), (), None),
        ("2029年技术合同", entry(kind=EVENT), (), "period"),
        ("十五五技术合同", entry(), (), "period"),
        ("十五五技术合同", entry(context="十五五")._replace(of_years=True), (), None),
        ("十五五技术合同", entry(context="十四五")._replace(of_years=True), (), "period"),
        ("十五五技术合同", entry(years=(2030,)), (), "period"),
        ("十五五技术合同目标", entry(years=(2030,)), (), None),
        ("过去五年技术合同", entry(), (), "period"),
        ("过去五年技术合同", entry(context="十四五")._replace(of_years=True), (), None),
    ],
)
def test_a_period_must_be_named(query: str, of: NameEntry, numbers: tuple[str, ...], expected: str | None) -> None:
    """A whole year may be that of a fact; a part of one must stand in the name."""
    assert rule(query, of, *numbers) == expected


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("2031年度奖励大会", "2030 年度奖励大会", "period"),
        ("2031年度奖励大会", "2031 年度奖励大会", None),
        ("2031年奖励大会", "2030 年度奖励大会", None),
        ("2031年度奖励大会", "2030 计划奖励大会", None),
    ],
)
def test_an_award_is_of_the_year_in_its_name(query: str, name: str, expected: str | None) -> None:
    """It may be given in the next one."""
    assert rule(query, entry(name, kind=EVENT)) == expected


@pytest.mark.parametrize(
    ("query", "kind", "expected"),
    [
        ("基础研究占研发经费的比例", "ratio", "whole"),
        ("研发经费占GDP的比例", "ratio", None),
        ("研发经费占出口的比例", "ratio", None),
        ("基础研究占研发经费的比例", "score", None),
    ],
)
def test_a_share_of_the_part_is_another_share(query: str, kind: str, expected: str | None) -> None:
    """A whole that neither the name nor its context says may be another word for it."""
    assert rule(query, entry("基础研究 研发经费支出", "占 比例 gdp", kind)) == expected


@pytest.mark.parametrize(
    ("query", "of", "expected"),
    [
        ("b类人才", entry("a 类人才"), "class"),
        ("b类人才", entry("b 类人才"), None),
        ("class b permits", entry("class b permits"), None),
        ("class b permits", entry("category b permits"), None),
        ("class b permits", entry("class c permits"), "class"),
        ("b类人才", entry("a 类人才", kind=EVENT), "class"),
        ("第二艘邮轮", entry("第二艘邮轮"), None),
        ("第二艘邮轮", entry("第三艘邮轮"), "class"),
        ("second ship", entry("first ship", kind=EVENT), "class"),
        ("second ship", entry("second ship", kind=EVENT), None),
        ("second hand output", entry("output"), None),
        ("second largest output", entry("output"), None),
        ("tier 2 labs", entry("tier 2 labs"), None),
        ("a证人才", entry("a 证人才"), None),
        ("国家级平台", entry("市级平台"), "level"),
        ("国家级平台", entry("国家 平台"), None),
        ("国家级平台", entry("全国平台"), None),
        ("市级平台", entry("全国平台"), "level"),
    ],
)
def test_a_class_and_a_level_must_be_named(query: str, of: NameEntry, expected: str | None) -> None:
    """In either language; 全国 is a level of the nation, too."""
    assert rule(query, of) == expected


@pytest.mark.parametrize(
    ("query", "of", "expected"),
    [
        ("全国技术合同", entry(), "discriminator"),
        ("全国技术合同", entry("国家技术合同"), "discriminator"),
        ("全国技术合同", entry("全国技术合同"), None),
        ("全国技术合同", entry(kind=EVENT), None),
        ("技术合同增速", entry(), "aspect"),
        ("技术合同增速", entry(context="增长 增速"), None),
        ("技术合同占比", entry(context="增长 增速"), "aspect"),
        ("技术合同占比", entry(context="占比 占"), None),
        ("海外专利", entry("国内专利"), "discriminator"),
        ("海外专利", entry("专利"), None),
        ("海外专利", entry("国内 海外专利"), None),
        ("国内专利", entry("境外专利"), "discriminator"),
        ("国内海外专利", entry("境外专利"), None),
        ("海外专利", entry("国内专利", kind=EVENT), None),
        ("不含军工技术合同", entry(), "exclusion"),
        ("不含军工技术合同", entry("不含 军工技术合同"), None),
        ("output excluding mines", entry("output"), "exclusion"),
        ("output excluding mines", entry("output excluding mines"), None),
        ("非遗项目", entry("国家级非遗项目"), None),
        ("非国有企业", entry("企业"), "exclusion"),
    ],
)
def test_a_figure_is_of_what_is_asked(query: str, of: NameEntry, expected: str | None) -> None:
    """Of the nation, with the aspect, on the side, and without the part that the question says."""
    assert rule(query, of) == expected


@pytest.mark.parametrize(
    ("query", "measure", "name", "expected"),
    [
        ("新增技术合同", "stock", "技术合同", "measure"),
        ("新增技术合同", "cumulative", "技术合同", "measure"),
        ("新增技术合同", "rank", "技术合同", "measure"),
        ("新增技术合同", "", "技术合同", "measure"),
        ("新增技术合同", "flow", "技术合同", None),
        ("新增技术合同", "stock", "新增技术合同", None),
        ("新增技术合同", "stock", "新建技术合同", None),
        ("累计技术合同", "flow", "新增技术合同", "measure"),
        ("累计技术合同", "flow", "技术合同", None),
        ("累计技术合同", "stock", "新增技术合同", None),
        ("累计技术合同", "ratio", "技术合同", "dimension"),
        ("技术合同", "ratio", "技术合同", None),
        ("累计技术合同密度", "ratio", "技术合同密度", None),
    ],
)
def test_what_was_new_in_a_year_is_no_stock(query: str, measure: str, name: str, expected: str | None) -> None:
    """Nor the other way round; what is relative is no total."""
    assert rule(query, entry(name, measure=measure)) == expected


@pytest.mark.parametrize(
    ("query", "name", "expected"),
    [
        ("已建平台", "已建和在建平台", "state"),
        ("已建平台", "已建平台", None),
        ("已建和在建平台", "已建和在建平台", None),
        ("平台", "已建和在建平台", None),
        ("平台连在建的一共几个", "已建和在建平台", None),
        ("不含在建的平台", "已建和在建平台", "exclusion"),
    ],
)
def test_a_figure_counts_one_state_of_building(query: str, name: str, expected: str | None) -> None:
    """Where one is asked for."""
    assert rule(query, entry(name)) == expected


@pytest.mark.parametrize(
    ("query", "kind", "context", "may"),
    [
        ("技术合同多少家", "count", "数量 家数", True),
        ("技术合同多少家", "count", "数量 户数", True),
        ("技术合同多少家", "count", "数量 人数", False),
        ("技术合同多少家", "count", "数量", True),
        ("技术合同多少人", "count", "数量", False),
        ("技术合同多少人", "count", "数量 位数", True),
        ("技术合同多少场", "count", "数量", False),
        ("技术合同多少场", "count", "数量 场数", True),
        ("技术合同多少场", "count", "数量 次数", True),
        ("技术合同多少场", "count", "数量 项数", False),
        ("技术合同多少家", "money", "", False),
        ("技术合同多少家", "other", "", True),
        ("技术合同多少钱", "money", "", True),
        ("技术合同多少钱", "count", "", False),
        ("技术合同多少", "count", "", True),
        ("技术合同多少", "rank", "", False),
        ("技术合同排第几", "rank", "", True),
        ("技术合同排第几", "count", "", False),
        ("技术合同排第几", "count", "排名", True),
        ("number of contracts", "count", "", True),
        ("number of contracts", "money", "", False),
        ("number of contracts", "ratio", "", False),
        ("number of contracts per firm", "ratio", "", True),
        ("技术合同", "rank", "", True),
        ("公路多少公里", "other", "", True),
        ("公路多少公里", "count", "", False),
        ("公路多少公里", "ratio", "", False),
        ("零售总额增速", "ratio", "", True),
        ("零售总额", "ratio", "", False),
    ],
)
def test_a_name_may_answer_by_its_kind_of_quantity(query: str, kind: str, context: str, may: bool) -> None:
    """What counts one sort of thing answers for another of it; people are counted as such."""
    assert may_answer(question(query), entry(context=context, kind=kind)) is may


def test_a_milestone_answers_whatever_the_quantity() -> None:
    """It states none."""
    assert rule("技术合同多少钱", entry(kind=EVENT)) is None
    assert rule("技术合同多少钱", entry(kind="count")) == "kind"


@pytest.mark.parametrize(
    ("query", "pieces", "modifiers", "kind", "expected"),
    [
        ("租赁技术合同", (), ("租赁公司",), "count", "modifier"),
        ("租赁技术合同", (), ("租赁公司",), EVENT, None),
        ("拿到技术合同", (), ("拿到",), "count", None),
        ("技术合同总数", (), ("总数",), "count", None),
        ("技术合同规划目标", (), ("规划",), "count", None),
        ("拿到租赁公司技术合同", (), ("拿到", "租赁公司"), "count", "modifier"),
        ("技术合同", (), (), "count", None),
        ("未技术合同", ("技术",), (), "count", "exclusion"),
        ("不技术合同", ("合同", "技术"), (), "count", "exclusion"),
        ("不技合同", ("技",), (), "count", None),
        ("未技术合同", ("合同",), (), "count", None),
    ],
)
def test_words_before_what_is_explained_narrow_it(
    query: str, pieces: tuple[str, ...], modifiers: tuple[str, ...], kind: str, expected: str | None
) -> None:
    """A noun says which thing it is; a word that is negated asks for the others."""
    found = narrowed(question(query), entry(kind=kind), NOTHING._replace(pieces=pieces, modifiers=modifiers))
    assert (found and found.rule) == expected


def test_what_a_name_negates_itself_is_no_other_thing() -> None:
    """It is the figure of just that."""
    assert narrowed(question("未技术合同"), entry("未技术合同"), NOTHING._replace(pieces=("技术",))) is None


@pytest.mark.parametrize(
    ("query", "kind", "counter", "aspect", "measure"),
    [
        ("技术合同排第几", "rank", "", None, ""),
        ("技术合同第5位", "rank", "", None, ""),
        ("技术合同成交了多少亿元", "money", "", None, ""),
        ("高企有几家", "count", "家", None, ""),
        ("高企家数", "count", "家", None, ""),
        ("高企有几十家", "count", "家", None, ""),
        ("number of companies", "number", "", None, ""),
        ("技术合同是多少", "value", "", None, ""),
        ("技术合同", None, "", None, ""),
        ("技术合同增长多少", "value", "", "growth", ""),
        ("技术合同较上年", None, "", "growth", ""),
        ("占全国的比重", None, "", "share", ""),
        ("share of contracts", None, "", "share", ""),
        ("新增高企", None, "", None, "flow"),
        ("累计高企", None, "", None, "stock"),
        ("累计新增高企", None, "", None, "flow"),
    ],
)
def test_a_question_says_what_it_asks_for(
    query: str, kind: str | None, counter: str, aspect: str | None, measure: str
) -> None:
    """Which quantity, counted in what, which aspect of it, of a year or in all."""
    asked = question(query).asked
    assert (asked.quantity_kind, asked.counter, asked.aspect, asked.measure) == (kind, counter, aspect, measure)
    assert asked.is_quantity is bool(kind or counter or aspect)


def test_the_nation_may_be_a_part_of_a_name() -> None:
    """全国 before a word that names have it with is no place: 全国重点实验室."""
    laboratories = understand("全国重点实验室", CORPUS._replace(frequencies={"国重": 1}))
    assert rejected(laboratories, entry("国家重点实验室"), ()) is None
    assert rejected(understand("全国重点实验室", CORPUS), entry("国家重点实验室"), ()) is not None


@pytest.mark.parametrize(
    ("query", "measure", "expected"),
    [
        ("研发人员多少万人", "ratio", "dimension"),
        ("研发人员多少万人", "stock", None),
        ("研发人员多少人", "ratio", None),
        ("每万人研发人员多少百人", "ratio", None),
    ],
)
def test_so_many_are_no_ratio(query: str, measure: str, expected: str | None) -> None:
    """Who asks in thousands of people asks for their number."""
    assert rule(query, entry("研发人员", context="人数", measure=measure)) == expected


@pytest.mark.parametrize(("name", "expected"), [("合同", "discriminator"), ("北京 合同", None)])
def test_a_place_holds_for_each_part_of_a_question(name: str, expected: str | None) -> None:
    """What one clause says, the other one must not forget."""
    whole = understand("北京：签了多少份合同", CORPUS)
    found = rejected(understand("签了多少份合同", CORPUS).within(whole), entry(name), ())
    assert (found.rule if found else None) == expected


@pytest.mark.parametrize(
    ("query", "explained", "rule"),
    [
        ("how many countries attended the forum", ("attended", "forum"), "modifier"),
        ("how many countries attended the forum", ("country", "forum"), None),
        ("how many countries attended the forum", (), None),
        ("how many newly founded firms", ("firm",), None),
        ("how many Greenhill firms grew", ("firm",), None),
        ("how many staff grew", ("staff",), None),
        ("how many staff grew", ("grew",), "modifier"),
        ("countries at the forum, how many", ("forum",), None),
    ],
)
def test_what_is_counted_must_be_named(query: str, explained: tuple[str, ...], rule: str | None) -> None:
    """The thing behind *how many*, participles left out; where words are misspelt, nobody knows."""
    asked = understand(query, Corpus(1, {}, frozenset(), ()))
    found = narrowed(asked, entry("forum"), NOTHING._replace(pieces=explained))
    assert (found.rule if found else None) == rule
