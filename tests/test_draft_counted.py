"""What a figure counts: the thing behind the number, and what it does or what is done to it."""

import pytest

from shkc.draft.report import draft


def names(sentence: str) -> list[str]:
    """The names of the figures of *sentence*."""
    return [metric.name for paragraph in draft(sentence, year=2023).paragraphs for metric in paragraph.metrics]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("12家企业入选国家名单。", "入选国家名单的企业"),
        ("58个项目开工。", "开工的项目"),
        ("90%的园区降至较低风险等级。", "降至较低风险等级的园区占比"),
        ("近七成规上企业完成数字化改造。", "完成数字化改造的规上企业占比"),
        # Adverbs and aspect say nothing of which things are meant.
        ("9条高速公路全部建成通车。", "建成通车的高速公路"),
        ("为6.2万名农民工解决了拖欠工资问题。", "解决拖欠工资问题的农民工"),
        # For whom something is done goes with the verb.
        ("95%的公立医院为老年人设立专门门诊。", "为老年人设立专门门诊的公立医院占比"),
        # Of a list of verbs the first says which things are meant; a list of objects is one predicate.
        ("4个青山医疗中心取得明显成效、补齐诊疗短板。", "取得明显成效的青山医疗中心"),
        ("9部作品荣获青山奖、碧水奖。", "荣获青山奖、碧水奖的作品"),
        # With whom something is done is no other thing that is counted, where two do it.
        ("9个青山乡与东湖医院建立帮扶关系。", "与东湖医院建立帮扶关系的青山乡"),
        # A verb with a complement, or with all the province behind it, is no part of a name.
        ("青山9所学院划转为省级部门主管。", "划转为省级部门主管的青山学院"),
        ("省外9所大学帮扶我省学科建设。", "帮扶我省学科建设的省外大学"),
        ("9家青山企业全部融入东湖配套。", "融入东湖配套的青山企业"),
        # Of examples one is enough to say of which kind 平台 are, and none where the thing says so.
        ("青山、碧水等9个平台入选国家名单。", "入选国家名单的青山等平台"),
        ("青山、碧水等9个绿色制造平台入选国家名单。", "入选国家名单的绿色制造平台"),
    ],
)
def test_what_is_said_of_things_stands_before_them(sentence: str, name: str) -> None:
    """Or else the name is a sentence."""
    assert names(sentence) == [name]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        # The verb is a part of the name of the thing, or of its end.
        ("青山自贸区9项创新成果全国推广。", "青山自贸区创新成果全国推广"),
        ("实施50个社区停车综合治理项目。", "实施社区停车综合治理项目"),
        ("培育5个现代海洋产业集聚区。", "培育现代海洋产业集聚区"),
        ("8个青山集团运营的基金。", "青山集团运营的基金"),
        # What is said is said of what is measured, not of what is counted.
        ("12个城市空气质量全部达标。", "城市空气质量全部达标"),
        # An amount is not what opens.
        ("安排9亿元推动青山电站开工。", "安排推动青山电站开工"),
    ],
)
def test_what_is_no_predicate_stays_where_it_is(sentence: str, name: str) -> None:
    """The words are then a name as they stand."""
    assert names(sentence) == [name]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("9条排水沟治理率达80%。", "排水沟"),
        ("9个园区2022年营业收入8亿元。", "园区"),
        ("9条产业链项目占比达80%。", "产业链项目"),
        ("9个新项目增加产值8亿元。", "新项目"),
        ("为9个乡镇增补学位8000个。", "增补学位的乡镇"),
    ],
)
def test_the_words_of_the_next_figure_are_not_counted(sentence: str, name: str) -> None:
    """Only what is done to the things may be said of them, too."""
    assert names(sentence)[0] == name


def test_a_rank_is_not_that_of_what_is_counted_behind_it() -> None:
    """综合指数全国第一，13个项目获批: the rank is that of the index."""
    (paragraph,) = draft("青山综合指数全国第一，13个项目获批。", year=2023).paragraphs
    assert [(metric.name, f"{metric.value}") for metric in paragraph.metrics] == [
        ("青山综合指数全国排名", "1"),
        ("获批的项目", "13"),
    ]
