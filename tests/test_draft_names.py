"""Names of figures: what of them the sentence says once, and where it says it."""

import pytest

from shkc.draft.report import draft


def names(sentence: str) -> list[str]:
    """The names of the figures of *sentence*, ranks of others left out."""
    return [metric.name for paragraph in draft(sentence, year=2023).paragraphs for metric in paragraph.metrics]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # What is said of the last of several things that are counted is said of all.
        (
            "2个修复项目、3个保护成果入选青山案例。",
            ["入选青山案例的修复项目", "入选青山案例的保护成果"],
        ),
        # Things that are counted again are not named again.
        (
            "培育90项青山创新案例，82项获国家认可、37项向全国推广。",
            ["培育青山创新案例", "获国家认可的青山创新案例", "向全国推广的青山创新案例"],
        ),
        # What people have come to needs no word for them.
        ("2人当选青山院士、47人入选青山计划。", ["当选青山院士", "入选青山计划"]),
        # What the things counted have passed says which they are.
        ("8个青山产业规模超千亿元。", ["规模超千亿元的青山产业", "青山产业规模"]),
        # What is done with them says which they are, with the noun of the next number where it ends in a verb.
        ("累计与39个国家缔结118对友城。", ["累计缔结友城的国家", "国家缔结友城"]),
        # A number of batches is that of the things behind both numbers.
        ("实施5批次19组青山战略重组。", ["实施青山战略重组", "青山战略重组"]),
        # A verb that stands before one number holds for what is behind the next.
        ("青山港通达9个国家的200个港口。", ["青山港通达国家", "青山港通达国家的港口"]),
    ],
)
def test_what_is_said_once_of_things_counted_holds_for_all(sentence: str, expected: list[str]) -> None:
    """A predicate, a noun or a verb."""
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("国家级、省级创新平台分别达到22家、182家。", ["国家级创新平台", "省级创新平台"]),
        ("美丽河湖、美丽海湾建成率分别达到30%、50%。", ["美丽河湖建成率", "美丽海湾建成率"]),
        ("城市公园、“口袋公园”保有量分别达到90个、80个。", ["城市公园保有量", "“口袋公园”保有量"]),
        ("公共预算收支累计分别突破9亿元、3亿元。", ["公共预算收入累计", "公共预算支出累计"]),
        (
            "急难型、支出型救助标准分别提高100元、150元。",
            ["急难型救助标准提高", "支出型救助标准提高"],
        ),
        ("新改建城镇供水管网9公里、燃气管网8公里。", ["新改建城镇供水管网", "新改建城镇燃气管网"]),
        # The topic of a clause is that of the next while nothing else comes between.
        ("青山产业年产值超4亿元，碧水产业超3亿元。", ["青山产业年产值", "碧水产业产值"]),
        ("青山预算收入9亿元，固定资产投资8亿元，进出口下降5%。", ["青山预算收入", "固定资产投资", "进出口增速"]),
        (
            "青山汽车保有量由2552万辆增至3230万辆，其中青山新能源汽车由45万辆增至356万辆。",
            [
                "青山汽车保有量（变动前）",
                "青山汽车保有量",
                "青山新能源汽车保有量（变动前）",
                "青山新能源汽车保有量",
            ],
        ),
        # A rank says nothing of what comes behind it; a measure alone is of what was spoken of.
        ("青山汽车渗透率全国第一，保有量突破50万辆。", ["青山汽车渗透率全国排名", "青山汽车保有量"]),
        ("青山港登记船舶82艘、总吨位居全国第二。", ["青山港登记船舶", "青山港登记船舶总吨全国排名"]),
        ("青山新能源装机占比达63%、规模翻了一番。", ["青山新能源装机占比", "青山新能源装机规模翻番"]),
        # What is behind the number names it, not the clause before.
        ("优化青山管理机制，实现200场青山活动零事故。", ["青山活动零事故"]),
        # What has come before in the clause is whose the figure is, not what it has passed.
        ("地区生产总值迈上5万亿台阶、五年增量超1.3万亿元。", ["地区生产总值五年增量"]),
    ],
)
def test_a_name_has_what_the_list_or_the_clause_before_says(sentence: str, expected: list[str]) -> None:
    """And nothing that has been said of another figure."""
    assert names(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # Since when it has been so is not what it is called.
        ("青山茶叶产量连续多年稳居全国第一。", ["青山茶叶产量全国排名"]),
        # Examples begin behind the verb nearest to them.
        ("集中资源打造装备、材料等4个青山新兴产业。", ["集中资源打造青山新兴产业"]),
        ("新建扩建青山水库等水源型水库58座。", ["新建扩建水源型水库"]),
        ("群众安全感保持在98%以上。", ["群众安全感"]),
        ("净增市场主体9万户。", ["净增市场主体"]),
        ("青山失业率均值5.2%。", ["青山失业率均值"]),
        # What an amount is the limit of is in the name, the amount is no figure.
        ("新增年收入超亿元的青山龙头企业100家。", ["新增年收入超亿元的青山龙头企业"]),
        ("在园师生达1万人。", ["在园师生"]),
        ("有意愿人员集中供养率达100%。", ["有意愿人员集中供养率"]),
    ],
)
def test_a_name_is_what_the_figure_is_called(sentence: str, expected: list[str]) -> None:
    """Whole, and no more."""
    assert names(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "二人转演出圆满成功。",
        "残疾人两项补贴全面落实。",
        "经济总量连跨两个台阶。",
        "三、全力抓好七项重点工作",
        "青山成为西部首个总量超过3万亿元的城市。",
    ],
)
def test_a_numeral_within_a_word_counts_nothing(sentence: str) -> None:
    """A word of the dictionary, a fixed term, a manner of speaking, the report's own parts, of what one is first."""
    assert names(sentence) == []
