"""What a question is taken to ask for: one example for each rule of `docs/search.md`."""

from __future__ import annotations

import pytest

import shkc as library
from shkc.base import FactBase


@pytest.fixture(scope="module")
def bundled() -> FactBase:
    """The bundled report, in memory."""
    return library.base.open_in({"SHKC_CACHE_DIR": "/dev/null/none"})


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("外国高端人才许可核发数量是不是全国第一", "foreign-high-end-talent-permits-rank"),
        ("A类人才证件排名", "foreign-high-end-talent-permits-rank"),
        ("沪苏集群在全球创新指数里排多少位", "global-innovation-index-cluster-rank"),
        ("上海去年新增了几名院士", "new-academicians"),
        ("试点单位给多少项成果赋了权", "empowered-achievements"),
        ("参加赋权改革试点的单位有几家", "empowerment-pilot-institutions"),
        ("52家全国重点实验室里有几家是和外省合作的？", "national-key-laboratories-joint"),
        ("发给外国高端人才的工作许可有多少份", "foreign-high-end-talent-permits-issued"),
        ("researchers per 10k workers", "rd-personnel-per-10000-employed"),
        ("成果赋权 试点单位 完成", "empowered-achievements"),
        ("joint laboratories", "belt-and-road-joint-laboratories"),
        ("医疗卫生机构", "transfer-reform-participants"),
        ("科技部重点研发专项立项数", "national-key-rd-projects"),
        ("国重有几家", "national-key-laboratories"),
        ("foriegn work permits", "foreigner-work-permits-issued"),
        ("入酷企业", "listing-pool-companies"),
        ("rkqy", "listing-pool-companies"),
        ("zsz", "star-market-value-rank"),
    ],
)
def test_a_figure_of_the_kind_that_is_asked_for_comes_first(bundled: FactBase, query: str, first: str) -> None:
    """Ranks, counts and their units, known numbers, all words in one name, roots, misspelt words and initials."""
    assert [fact.id for fact in bundled.metric(query)][:1] == [first]


@pytest.mark.parametrize(
    "query",
    [
        "技术合同登记件数",
        "国家实验室有几家",
        "创业板上市公司",
        "证券交易所成交金额",
        "高校研发人员数量",
        "全国研发强度",
        "研发经费总额",
        "数据中心数量",
        "在孵企业数",
        "高技能人才总量",
        "教育部重点实验室数",
        "重点研发计划经费",
        "东部中心海外分中心数",
        "技术合同数",
        "number of technology contracts",
        "市重点实验室",
        "中国工程院院士",
        "科学家",
        "GDP",
        "综述",
        "江苏科创水平",
        "number of hospitals",
        "hospitls",
        "number of hospitls",
        "universities",
    ],
)
def test_a_figure_of_another_thing_is_no_answer(bundled: FactBase, query: str) -> None:
    """Another unit, market, holder or measure, or one word of a long name."""
    assert bundled.metric(query) == []


@pytest.mark.parametrize(
    ("query", "first"), [("交大周边 大零号湾", "grand-neobay-plan"), ("SKA 望远镜 在哪里 落户", "ska-regional-centre")]
)
def test_a_milestone_is_found_by_its_whole_name_whatever_is_said_of_it(
    bundled: FactBase, query: str, first: str
) -> None:
    """What is said of it need not stand in the report."""
    assert [fact.id for fact in bundled.milestone(query)][:1] == [first]


def test_a_word_that_names_one_figure_names_all_that_have_it(bundled: FactBase) -> None:
    """However long the other figures' names are."""
    assert {fact.id for fact in bundled.metric("入库")} == {
        "listing-pool-companies",
        "listing-pool-service-providers",
        "technology-smes",
    }


@pytest.mark.parametrize(
    ("query", "first"), [("科创企业票据贴现", "tech-rediscount"), ("腦科學", "brain-science-2030")]
)
def test_what_is_asked_of_figures_is_not_asked_of_milestones(bundled: FactBase, query: str, first: str) -> None:
    """A milestone that only comes near misleads nobody."""
    assert [fact.id for fact in bundled.milestone(query)][:1] == [first]


def test_a_misspelt_english_word_begins_as_it_should(bundled: FactBase) -> None:
    """A whip is no ship."""
    assert bundled.milestone("whips") == []


def test_two_unexplained_words_in_a_row_name_another_milestone(bundled: FactBase) -> None:
    """The report has world forums and conferences, and none of these is the one on artificial intelligence."""
    assert bundled.milestone("世界人工智能大会举办") == []


def test_a_latin_synonym_is_a_whole_word(bundled: FactBase) -> None:
    """The ai of Shanghai is no artificial intelligence."""
    assert bundled.metric("人工智能产业规模") == []
