"""What a draft knows of the text around a figure: its years and mood, its topic, the head, events, tables, doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from support import shkc

from shkc.draft import doubt, themes, topics
from shkc.draft.entries import MetricDraft, MilestoneEntry
from shkc.draft.remarks import ONLY_GROWTH, ONLY_RANK
from shkc.draft.report import Draft, draft, to_toml
from shkc.draft.rules import rules
from shkc.facts import load as factbase
from shkc.facts.model import Milestone

TITLE = "2026年青山市政府工作报告"


def work_report(*lines: str) -> Draft:
    """The draft of a work report that is given in 2026 and reviews 2025."""
    return draft("\n".join((TITLE, *lines)))


def metrics(drafted: Draft) -> list[MetricDraft]:
    """The figures of *drafted*."""
    return [metric for paragraph in drafted.paragraphs for metric in paragraph.metrics]


def milestones(drafted: Draft) -> list[MilestoneEntry]:
    """The events of *drafted*."""
    return [milestone for paragraph in drafted.paragraphs for milestone in paragraph.milestones]


def times(*lines: str) -> list[str]:
    """Value, period and mood of each figure of a work report."""
    return [
        f"{metric.value} {metric.period or 2026} {'planned' if 'target' in metric.qualifiers else 'done'}"
        for metric in metrics(work_report(*lines))
    ]


def test_a_heading_says_of_which_year_and_in_what_mood_its_figures_are() -> None:
    """The review of last year, the plan of this one, and the five years to come."""
    assert times(
        "一、2025年工作回顾", "新增就业9万人。", "二、2026年主要目标", "新增就业8万人，地区生产总值增长5%左右。",
        "三、“十五五”时期主要任务", "研发投入强度提升至4%。新增就业40万人。", "四、政府自身建设", "精简文件7件。",
    ) == [
        "9 2025 done", "8 2026 planned", "5 2026 planned", "4 2030 planned", "40 2026/2030 planned", "7 2026 planned",
    ]  # fmt: skip


def test_an_opening_says_it_for_the_paragraphs_to_come() -> None:
    """Below a heading of both times, 五年来 and 过去一年 tell which."""
    assert times(
        "一、2025年和“十四五”时期工作回顾", "新增就业9万人。",
        "五年来，新增就业50万人。", "泊位达到70个。", "过去一年，植树6万株。",
    ) == ["9 2025 done", "50 2021/2025 done", "70 2025 done", "6 2025 done"]  # fmt: skip


def test_a_paragraph_that_closes_one_time_and_opens_another_turns_to_that() -> None:
    """The paragraphs behind it are of the five years; a sentence about them alone turns nothing."""
    heading = "一、2025年和“十四五”时期工作回顾"
    closes = "2025年目标任务圆满完成。五年来，我们锐意进取。"
    assert times(heading, "新增就业9万人。", closes, "新增就业50万人。") == ["9 2025 done", "50 2021/2025 done"]
    told_aside = "持续扩大就业。五年来，我们锐意进取。"
    assert times(heading, told_aside, "新增就业9万人。") == ["9 2025 done"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # What was passed is where it stands at the end; what was done, or was so each year, is of all the years.
        ("港口吞吐能力突破2亿吨。", ["2 2025 done"]),
        ("引进企业超过9家。", ["9 2021/2025 done"]),
        ("引进企业9家、院校超过8所。", ["9 2021/2025 done", "8 2021/2025 done"]),
        ("累计投入超过9亿元。", ["9 2021/2025 done"]),
        ("年均接待游客超过9万人次。", ["9 2021/2025 done"]),
        ("产值增长超过9%。", ["9 2021/2025 done"]),
        # What a thing is or can do, and what was held.
        ("智算规模9万P。", ["9 2025 done"]),
        ("粮食产量稳定在80万吨以上。", ["80 2021/2025 done"]),
        ("民生支出占比保持在80%以上。", ["80 2021/2025 done"]),
        ("每年80%以上的财政支出用于民生。", ["80 2021/2025 done"]),
        ("城乡居民人均可支配收入年均增长5%、8%。", ["5 2021/2025 done", "8 2021/2025 done"]),
        ("地区生产总值突破2万亿元。", ["2 2025 done"]),
        ("地区生产总值五年增量超过2万亿元。", ["2 2021/2025 done"]),
        # A stock stands at the end, unless it is what came to it; what has taken place adds up.
        ("新能源装机1.69亿千瓦。", ["1.69 2025 done"]),
        ("新增新能源装机1.69亿千瓦。", ["1.69 2021/2025 done"]),
        ("中欧班列超过7万列。", ["7 2021/2025 done"]),
        # What is so much for each does not add up.
        ("细颗粒物年均浓度23微克/立方米。", ["23 2025 done"]),
        ("新增旅居人口90万人。", ["90 2021/2025 done"]),
    ],
)
def test_of_several_years_a_figure_is_of_all_or_of_the_last(sentence: str, expected: list[str]) -> None:
    """By its verb and by the way in which it is said to be great."""
    assert times("一、五年来工作回顾", sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("去年植树6万株。", "6 2025 done"),
        ("力争植树6万株。", "6 2026 planned"),
        ("到2030年植树6万株。", "6 2030 planned"),
        ("截至2024年底，高企60家。", "60 2024-12-31 done"),
        ("植树6万株，比2020年增长9%。", "6 2025 done"),
        ("走访目标企业60家。", "60 2025 done"),
        ("失业率低于年初预期目标，新增高企60家。", "60 2025 done"),
        ("全面完成年度目标任务，植树6万株。", "6 2025 done"),
    ],
)
def test_a_sentence_may_say_otherwise(sentence: str, expected: str) -> None:
    """In the review of 2025."""
    assert times("一、2025年工作回顾", sentence) == [expected]


@pytest.mark.parametrize(
    ("heading", "year"),
    [("一、五年来工作回顾", "2020"), ("一、2025年工作回顾", "2024"), ("三、2026年重点工作", "2025")],
)
def test_what_a_change_began_from_is_of_the_time_before(heading: str, year: str) -> None:
    """Unless the text says of which."""
    mood = "planned" if "重点" in heading else "done"
    end = heading[2:6] if heading[2:6].isdigit() else "2025"
    assert times(heading, "高企由66家增至90家。") == [f"66 {year} {mood}", f"90 {end} {mood}"]
    asked = "变动前的年份原文未写明，暂按上一年" in metrics(work_report(heading, "高企由66家增至90家。"))[0].doubts
    assert asked == ("五年" not in heading)
    assert times(heading, "高企由2019年的66家增至90家。")[0].startswith("66 2019")
    assert times(heading, "失业率由上半年的6%降至5%。")[0].startswith(f"6 {end}")


def test_a_report_on_a_year_is_of_that_year() -> None:
    """Its 今年 is that year, and nothing in it is planned because it is of that year."""
    (metric,) = metrics(draft("2023青山市科技进步报告\n今年新增高企9家。"))
    assert (metric.period, metric.qualifiers) == (None, ())


def told(witness: str) -> list[tuple[str, str | None, tuple[str, ...], str | None]]:
    """What the figures of *witness* are, in a work report: name, period, hedges, measure."""
    return [(m.name, m.period, m.qualifiers, m.identity.measure) for m in metrics(work_report(*witness.split("\n")))]


def clear_caches() -> None:
    """Patterns are made of the rules once."""
    topics.measured.cache_clear()
    themes.shared.cache_clear()


def entries(file: str, *tables: str) -> Iterator[object]:
    """Each entry of the *tables* of the rules *file*, as a case."""
    for table in tables:
        for entry in rules(file)[table]:
            yield pytest.param(file, table, entry, id=entry["witness"])


@pytest.mark.parametrize(
    ("file", "table", "entry"),
    [
        *entries("context", "year", "heading", "planned", "done", "state", "held", "measure"),
        *entries("topics", "measured", "shared", "quantity"),
    ],
)
def test_a_rule_is_needed_by_its_witness(
    file: str, table: str, entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the entry, a figure of the witness is of another time or mood, or has another name or measure."""
    before = told(entry["witness"])
    monkeypatch.setitem(rules(file), table, [each for each in rules(file)[table] if each is not entry])
    clear_caches()
    assert told(entry["witness"]) != before
    clear_caches()


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        pytest.param(table, entry, id=entry["witness"])
        for table in ("event", "frame")
        for entry in rules("events")[table]
    ],
)
def test_a_verb_is_needed_by_its_witness(table: str, entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """With the entry the witness is an event of its category, without it none; what is sought is one of a plan."""
    planned = entry.get("sought", False)
    lines = ("三、2026年重点工作" if planned else "一、2025年工作回顾", f"{entry['witness']}。")
    (event,) = milestones(work_report(*lines))
    assert (event.category, event.planned, event.date) == (entry["category"], planned, None if planned else "2025")
    others = [each for each in rules("events")[table] if each is not entry]
    monkeypatch.setitem(rules("events"), table, others)
    assert milestones(work_report(*lines)) == []


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("临江机场航站楼投用、青山大桥合龙。", ["临江机场航站楼投用", "青山大桥合龙"]),
        ("临江市获批国家服务业综合试点城市。", ["临江市获批国家服务业综合试点城市"]),
        ("加快建设临江机场，推进东湖水库开工建设。", []),
        ("建成现代化产业体系，组建创新联合体。", []),
        ("建成5G基站9万个，开工重点项目90个。", []),
        ("支持企业牵头组建青山实验室。", []),
        # A distinction is of a country or of the world, whatever it is called.
        ("青山苹果产业入选全国减贫案例，青山水库入选减贫案例。", ["青山苹果产业入选全国减贫案例"]),
        ("青山市成为全国低碳试点城市，绿水青山成为全国人民的骄傲。", ["青山市成为全国低碳试点城市"]),
        ("纪录片《青山》获群星奖，产能进入全国前列。", ["《青山》获群星奖"]),
        # Where it came about is no part of it, where it has come to is.
        ("首届青山大会在东湖召开，青山研究中心落户东湖。", ["首届青山大会召开", "青山研究中心落户东湖"]),
        # What is built or launched is a thing, whatever it ends in; so is each example of a list.
        ("国内首制纯电动智能海船正式下水。", ["国内首制纯电动智能海船下水"]),
        (
            "青山半导体智造、东湖绿色盐碱等一批百亿级项目开工建设。",
            ["青山半导体智造、东湖绿色盐碱等项目开工建设"],
        ),
        ("青山至东湖、临江至西山等铁路开工。", ["青山至东湖、临江至西山等铁路开工"]),
        ("交通、水利等重大项目开工建设。", []),
        # Behind an adverb of success any verb will do; but what has no word of its own is no event.
        ("青山首单公募基金成功发行，青山成功应对洪水。", ["青山首单公募基金发行"]),
        ("推动工业园区达标排放，促进入境旅游发展。", []),
        (
            "舞剧《青山》在东湖精彩亮相，青山水土保护和修复工程全面完成。",
            ["《青山》亮相", "青山水土保护和修复工程完成"],
        ),
        ("飞行器AR-E3000成功首飞，青山水系工程基本完工。", ["飞行器AR-E3000首飞", "青山水系工程完工"]),
        # What only one thing can do names it, whatever it is called.
        ("青山陵申遗成功，青山陵开放。", ["青山陵申遗成功"]),
        # A verb that says little alone goes with what it must end in, for a document as for anything else.
        ("青山机场通过行业验收，青山机场通过努力。", ["青山机场通过行业验收"]),
        ("《青山纲要》通过后，建成“青山中心”并投入使用。", ["建成“青山中心”并投入使用"]),
        ("青山枢纽工程完成主体建设，完成各类任务。", ["青山枢纽工程完成主体建设"]),
        ("开通首列青山国际班列。", ["开通首列青山国际班列"]),
        # A size is a part of the name, a measure before it is not; so is how many there are besides those named.
        ("开工建设青山900兆瓦储能电站，全长90公里的东湖大桥合龙。", ["开工建设青山900兆瓦储能电站", "东湖大桥合龙"]),
        ("青山、东湖等9条国省干线公路建成通车，9条公路建成通车。", ["青山、东湖等公路建成通车"]),
        (
            "设立青山实验室等9个创新平台，临江建工等9家企业入选国家级智能工厂。",
            ["设立青山实验室", "临江建工入选国家级智能工厂"],
        ),
        ("用90天建成青山中心。", ["建成青山中心"]),
        # What has come of it, and where it has come to, may stand behind the verb; how it goes on makes it none.
        (
            "青山大学获批设置并招生，青山枢纽投产发电，青山中心落地东湖。",
            ["青山大学获批", "青山枢纽投产发电", "青山中心落地东湖"],
        ),
        ("临江项目落地见效，加强青山标准制定。", []),
        # Things of which only the last says of what kind they are are one; examples take the kind of all of them.
        ("临江东、西山清洁能源基地开工建设。", ["临江东、西山清洁能源基地开工建设"]),
        ("青山钢铁、临江半导体等投产。", ["青山钢铁、临江半导体等投产"]),
        # A list of some kinds needs no country; the first of its kind no word for what it is.
        (
            "青山重工入选制造强国领军企业，出台全国首部青山湿地法规。",
            ["青山重工入选制造强国领军企业", "出台全国首部青山湿地法规"],
        ),
        ("出版首部《青山词典》，电视剧《青山》拍摄完成。", ["出版《青山词典》", "《青山》拍摄完成"]),
        ("建成省美术馆。", ["建成省美术馆"]),
        ("全国首个青山图谱绘成，青山图谱绘成。", ["全国首个青山图谱绘成"]),
        (
            "获批建设青山文化保护、东湖草原修复2家联合实验室。",
            ["获批建设青山文化保护、东湖草原修复2家联合实验室"],
        ),
        # A heading says what is told below it.
        ("(十)办好青山“头等大会”", []),
        # A verb may have its object inside, or who has done it.
        ("启动青山创新中心建设，启动各项建设。", ["启动青山创新中心建设"]),
        ("青山应用合作中心获国家发展改革委、科技部等部委批准建设。", ["青山应用合作中心获批准建设"]),
        # What is in hand is said of the event, and not by the name of who it happened to.
        ("青山教育促进平台入选国家文化出口名单。", ["青山教育促进平台入选国家文化出口名单"]),
        # Who has won may stand behind a title; what is done for the first time needs no kind of thing.
        ("歌剧《青山》主要演员获青山表演奖。", ["歌剧《青山》主要演员获青山表演奖"]),
        ("全国首次发布青山专用芯片，发布青山专用芯片。", ["全国首次发布青山专用芯片"]),
        # A number of things of the nation is an honour; how often it has been won counts nothing else.
        ("2家全国重点实验室获批建设，2家实验室获批建设。", ["2家全国重点实验室获批建设"]),
        ("连续两年获评青山健康示范城市。", ["获评青山健康示范城市"]),
        ("青山剧院连续12届获青山梅花奖。", ["青山剧院连续12届获青山梅花奖"]),
        # A distinction of the nation is one, of however many.
        ("9家企业入选国家制造名录，9家企业入选名录。", ["9家企业入选国家制造名录"]),
        ("推动出台青山促进条例，推动建成青山大桥。", ["推动出台青山促进条例"]),
        # What has a name of its own is one thing, whatever it ends in; the name of a plan is not that of a work.
        ("完成青山“山水工程”建设，完成“十四五”任务，完成各项建设。", ["完成青山“山水工程”建设"]),
        ("青山铁路迈入“动车时代”，青山迈入新时代。", ["青山铁路迈入“动车时代”"]),
        # What is found out or invented is a thing of such verbs alone.
        ("青山研究所攻克盐湖高水耗难题，发布盐湖高水耗难题。", ["青山研究所攻克盐湖高水耗难题"]),
        # What the nation has not had before is an event, whatever is done; a rank that is won is one.
        ("在全国率先实现青山“双主体”，率先实现青山“双主体”。", ["全国率先实现青山“双主体”"]),
        ("“青山9号”连续四年蝉联全国推广面积第一。", ["“青山9号”蝉联全国推广面积第一"]),
        ("青山案例馆成为西部唯一的国家级实验室。", ["青山案例馆成为西部唯一的国家级实验室"]),
        # What is sought has not come about, unless it was won.
        ("争取青山国家数据试点，成功争创青山国家公园。", ["争创青山国家公园"]),
    ],
)
def test_events_have_a_named_thing_and_slogans_are_none(sentence: str, names: list[str]) -> None:
    """Subject, verb and object; not what is only worked for, counted, or wished of others."""
    assert [event.name for event in milestones(work_report("一、2025年工作回顾", sentence))] == names


def test_a_part_of_what_was_done_is_done() -> None:
    """Its heading has words of a plan, and stands below one that says nothing of time."""
    drafted = work_report("一、新青山建设取得成效", "（一）办好民生实事，生活品质提高", "新增就业9万人。")
    assert [(m.period, m.qualifiers) for m in metrics(drafted)] == [("2025", ())]


def test_what_has_been_done_is_no_plan_where_plans_are_told() -> None:
    """了 behind a verb says that it has come about."""
    drafted = work_report("二、2026年目标", "省政府编制了《青山纲要》。编制《东湖纲要》。青山大桥尽早开工。")
    assert [(event.name, event.planned) for event in milestones(drafted)] == [
        ("编制《青山纲要》", False), ("编制《东湖纲要》", True), ("青山大桥开工", True),
    ]  # fmt: skip


def test_an_event_that_is_planned_is_said_to_be() -> None:
    """In the file and in what reads it."""
    drafted = work_report("三、2026年重点工作", "建成青山大桥。")
    content = factbase.parse(to_toml(drafted), "draft.toml")
    (fact,) = (fact for fact, _ in content.records if isinstance(fact, Milestone))
    assert (fact.name, fact.planned, fact.date) == ("建成青山大桥", True, "2026")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("发电装机容量90万千瓦，其中水电40万千瓦、风电30万千瓦。", ["发电装机容量", "水电装机容量", "风电装机容量"]),
        ("第二产业增加值增长5%，第三产业增长6%。", ["第二产业增加值增长", "第三产业增加值增长"]),
        ("开展“青匠”技能培训，培训4万人次。", ["“青匠”技能培训"]),
        ("创新能力由全国第12位跃升至第9位。", ["创新能力全国排名（变动前）", "创新能力全国排名"]),
        # The verb of a list, but not for what stands at a level.
        ("新增示范县9个、示范镇8个，示范村90个。", ["新增示范县", "新增示范镇", "示范村"]),
        ("培育5个示范县、3个示范镇。", ["培育示范县", "培育示范镇"]),
        ("新增示范县9个、土地面积8万亩。", ["新增示范县", "土地面积"]),
        # What the clause or the figure before is about.
        ("实施重大项目90个，完成投资8亿元。", ["实施重大项目", "重大项目完成投资"]),
        ("青山港不断壮大，吞吐量8万吨。", ["青山港吞吐量"]),
        ("持续推进“一窗办”，办件量8万件。", ["“一窗办”办件量"]),
        ("煤炭安全开采方面，抓好接续，产量8亿吨。", ["煤炭安全产量"]),
        ("人才贷款12亿元，惠及企业90家。", ["人才贷款", "人才贷款惠及企业"]),
        # Nothing but verbs and kinds of things says less than the clause before, which may be long where it is a name.
        ("推进耕地下山，完成置换9万亩。", ["耕地下山完成置换面积"]),
        ("青山协作持续深化，落实资金9亿元，实施项目90个。", ["青山协作落实资金", "青山协作实施项目"]),
        ("实施规模以上工业企业研发活动扶持计划，累计支持企业90家。", ["规模以上工业企业研发活动扶持计划累计支持企业"]),
        ("大力实施“稳增长促发展”，实施项目90个。", ["“稳增长促发展”实施项目"]),
        # Any verb holds for the next thing of a list that is counted or measured in the same unit.
        ("争取青山补贴9亿元、专项资金8亿元。", ["争取青山补贴", "争取专项资金"]),
        ("接待青山游客9万人次、花费8亿元。", ["接待青山游客", "花费"]),
        # Whom something is for, as what it says of them.
        ("惠及9万人的青山工程开工。", ["青山工程惠及"]),
        ("签约青山项目27个、投资规模9亿元。", ["签约青山项目", "签约青山项目投资规模"]),
        ("青山产值9亿元，总量和增速均居全国第5位。", ["青山产值", "青山产值总量和增速全国排名"]),
        # What was passed; the same figure in another unit; how many there are by now, behind how many are new.
        ("青山收入迈过千亿大关，达1330亿元。", ["青山收入"]),
        ("青山总量跨过3000亿元历史性节点。", ["青山总量"]),
        ("青山外资9亿美元、折合64亿元人民币。", ["青山外资", "青山外资"]),
        (
            "青山总部、研发中心分别新增65家和30家，累计分别达到956家和561家。",
            ["青山总部新增", "研发中心新增", "青山总部累计", "研发中心累计"],
        ),
        # What does something to something else is said before.
        ("青山服务业加快发展，对经济增长的贡献率提高9个百分点。", ["青山服务业对经济增长的贡献率提高"]),
        # A place at the top is no figure.
        ("21个学科进入青山榜前千分之一，9个学科进入前1%。", ["进入青山榜前千分之一的学科", "进入前1%的学科"]),
        # What is printed in 亩 is an area, unless it says so, or what else is measured.
        ("植树造林9万亩、耕地面积净增8万亩。", ["植树造林面积", "耕地面积净增"]),
        # How work goes on, and how many groups the things are in, are no part of what they are called.
        ("切实抓好十大类46项青山实事。", ["青山实事"]),
        # What only says which things are meant is no comparison.
        ("技术领先的2座光热电站投产。", ["技术领先的光热电站投产"]),
        ("总投资90亿元的青山光热项目开工。", ["青山光热项目总投资"]),
        # How it got there, since when, and what it passed are no part of a name.
        ("合作高校数量增加至9所。", ["合作高校数量"]),
        ("粮食产量连续9年稳定在80亿斤以上。", ["粮食产量"]),
        ("粮食产能2030年达到80亿斤。", ["粮食产能"]),
        ("进出口突破8000亿元大关。", ["进出口"]),
        ("新增就业人数年均9万人。", ["年均新增就业人数"]),
        # Several names in one.
        ("城乡居民收入分别增长5%、6%。", ["城镇居民收入增长", "农村居民收入增长"]),
        ("城镇和农村居民收入分别增长5%、6%。", ["城镇居民收入增长", "农村居民收入增长"]),
        ("一二三产增加值分别增长5%、6%、7%。", ["一产增加值增长", "二产增加值增长", "三产增加值增长"]),
        ("第二、三产业增加值分别增长5%、6%。", ["第二产业增加值增长", "第三产业增加值增长"]),
        ("城镇就业、创业担保贷款分别增长5%、6%。", ["城镇就业增长", "创业担保贷款增长"]),
        ("改造老旧供热、燃气管网8公里、9公里。", ["改造老旧供热管网", "改造老旧燃气管网"]),
        ("生产安全事故起数、死亡人数分别下降5%、6%。", ["生产安全事故起数增速", "生产安全事故死亡人数增速"]),
        ("试验田、博士站从无到有，分别达9个、8家。", ["试验田", "博士站"]),
        ("青山电厂三期建成投产、总装机达90万千瓦。", ["青山电厂三期总装机容量"]),
        # The noun behind a number ends where something is done.
        ("为9万名农民工追回欠薪8亿元。", ["追回欠薪的农民工", "农民工追回欠薪"]),
        ("优质幼儿园覆盖95%的乡镇。", ["优质幼儿园覆盖乡镇占比"]),
        ("8个县（市、区）通过验收。", ["通过验收的县（市、区）"]),
        ("生产总值9亿元，较“十三五”末的8亿元增加1亿元。", ["生产总值", "生产总值（变动前）"]),
        ("建成8个国家级和9个省级青山中心。", ["建成国家级青山中心", "建成省级青山中心"]),
        ("打造9个和美乡村。", ["打造和美乡村"]),
        ("电子、冶金产业规模分别达8亿元、9亿元。", ["电子产业规模", "冶金产业规模"]),
        ("青山生产总值增长5%，增速居全国第2位。", ["青山生产总值增长", "青山生产总值增速全国排名"]),
        ("调查失业率平均为5.2%。", ["调查失业率"]),
        ("居民收入比由2.9∶1缩小至2.5∶1。", ["居民收入比（变动前）", "居民收入比"]),
        # A function word of one character is none where it begins a word: 约束, 对非, 经营, 多式联运.
        ("主要指标19项，其中约束性指标9项。", ["主要指标", "约束性指标"]),
        ("对非贸易额8亿元。", ["对非贸易额"]),
        ("为9万户经营主体重塑信用。", ["经营主体重塑信用"]),
        ("打造5条多式联运线路。", ["打造多式联运线路"]),
        ("智能算力达9P，超算算力达8P。", ["智能算力", "超算算力"]),
        # What a list shares: what stands behind a word that is as long, who does it, what is done with care.
        ("新创建青山法治示范地区4个、项目6个。", ["新创建青山法治示范地区", "新创建青山法治示范项目"]),
        ("建成青山、东湖8个区域医疗中心。", ["建成区域医疗中心"]),
        ("新增8家5A级景区。", ["新增5A级景区"]),
        ("8家企业入选国家名单、数量居全国第1位。", ["入选国家名单的企业"]),
        ("出台青山标准、东湖补贴等9项民生政策。", ["出台青山标准等民生政策"]),
        ("打造“青山夜市”、东湖夜市等消费街区9个，高等教育机构8家。", ["打造消费街区", "高等教育机构"]),
        ("青山钢铁90万吨铝材、东湖钢铁8万吨铜材等项目投产。", ["青山钢铁铝材", "东湖钢铁铜材"]),
        ("推进9条公路项目和青山等4个铁路项目。", ["推进公路项目", "铁路项目"]),
        ("和田地区收益9亿元，以旧换新补贴8亿元。", ["和田地区收益", "以旧换新补贴"]),
        ("外贸进出口9亿元，对东湖市出口增长5%。", ["外贸进出口", "外贸对东湖市出口增长"]),
        ("粮食总产9万吨、单产80斤。", ["粮食总产", "粮食单产"]),
        ("刑事、治安案件分别下降5%、6%。", ["刑事案件增速", "治安案件增速"]),
        ("邮轮母港接待邮轮9艘次、旅客8万人次。", ["邮轮母港接待邮轮", "邮轮母港接待旅客"]),
        ("青山实验室集聚人员90人、转化成果8项。", ["青山实验室集聚人员", "青山实验室转化成果"]),
        ("有序改造供热管网9公里、燃气管网8公里。", ["有序改造供热管网", "改造燃气管网"]),
        # Rates and shares in few words are of what was spoken of; what grows may be said once.
        ("精准识别监测对象9万人，风险消除率78%。", ["精准识别监测对象", "精准识别监测对象风险消除率"]),
        (
            "青山集团改造实现产业重塑，高端产品占比从30%提高到70%。",
            ["青山集团高端产品占比（变动前）", "青山集团高端产品占比"],
        ),
        ("经营主体持续壮大。总量接近9万户。", ["经营主体总量"]),
        ("高新产品产量大幅增长，锂电池增长9%，机器人增长8%。", ["锂电池产量增长", "机器人产量增长"]),
        # What a unit and a verb say of money, people and crops.
        ("蔬菜9万吨、水产品8万吨。", ["蔬菜产量", "水产品产量"]),
        ("统筹9亿元支持乡村振兴。", ["统筹支持乡村振兴资金"]),
        ("公共预算支出9亿元，74%以上用于民生。", ["公共预算支出", "公共预算支出用于民生占比"]),
        ("60%中小学校纳入集团化管理。", ["纳入集团化管理的中小学校占比"]),
        # How it got there, whatever the verb; a year inside; the noun of the figure before.
        ("省属企业由66户整合至12户。", ["省属企业（变动前）", "省属企业"]),
        ("青山园区2022年营业收入9亿元。", ["青山园区营业收入"]),
        ("建成20条线路、投入30亿元。", ["建成线路", "线路投入"]),
        # The clause before tells of a thing, and not only what was done; the share of an area is that of a thing.
        ("共建青山交易中心，力争交易额达到9亿元。", ["青山交易中心交易额"]),
        (
            "建设青山农田9万亩，补齐历史欠账，建成面积占耕地比重达60%。",
            ["建设青山农田面积", "青山农田建成面积占耕地比重"],
        ),
        ("成交额首次突破百亿元，达到104.5亿元。", ["成交额"]),
        # The class of what a list counts.
        (
            "规模以上甲制造业和乙制造业增加值分别增长9%、8%。",
            ["规模以上甲制造业增加值增长", "规模以上乙制造业增加值增长"],
        ),
        ("正常年景下粮食产量9万吨。", ["粮食产量"]),
        # An amount behind a share is that of which the share is; what is counted is not.
        ("青山产值占全省比重超50%，9个县入选全国百强。", ["青山产值占全省比重", "入选全国百强的县"]),
        # What is counted is behind its size.
        ("建成9座35万千瓦光热电站。", ["建成光热电站", "光热电站"]),
    ],
)
def test_a_topic_carries_over(sentence: str, names: list[str]) -> None:
    """To what leaves it out."""
    assert [metric.name for metric in metrics(draft(sentence, year=2023))] == names


def test_a_name_that_cannot_be_read_alone_is_doubtful() -> None:
    """More so than one that can; the number stands above the figure."""
    sure, bare = metrics(draft("青山高新区工业投资9亿元。吞吐量8万吨。", year=2023))
    assert (round(sure.doubt), round(bare.doubt)) == (0, 1)
    assert "名称离开上文读不懂，请补全" in bare.doubts


def test_the_signs_of_a_name_say_how_doubtful_it_is() -> None:
    """Each sign alone, as an independent chance; the names of nothing but kinds of things are among the worst."""
    text = (
        "青山乡平原种草8万株。青山种草8万株。90万千瓦光热电站开工。新增项目9个。推动青山水库除险9座。"
        "累计服务青山学校9家。"
    )
    drafted = {metric.name: (metric.signs, metric.doubt) for metric in metrics(draft(text, year=2023))}
    assert drafted["青山乡平原种草"] == (("unknown",), doubt.sign("unknown").weight)
    assert drafted["青山种草"][0] == ("unknown", "brief")
    assert "general" in drafted["累计服务青山学校"][0]
    assert drafted["光热电站开工"][0] == ("unknown", "size")
    assert "short" in drafted["新增项目"][0]
    chances = 1 - (1 - doubt.sign("unknown").weight) * (1 - doubt.sign("general").weight)
    assert drafted["推动青山水库除险"] == (("unknown", "general"), round(chances, 2))


@pytest.mark.parametrize("entry", rules("doubt")["sign"], ids=lambda entry: entry["id"])
def test_a_sign_has_a_weight_and_a_reason(entry: dict[str, Any]) -> None:
    """A chance, in whole hundredths, for which there is a reason."""
    assert 0 < entry["weight"] < 1
    assert entry["words"] or entry["weight"] < 0.25, "what is poor in one of four cases is told"
    assert entry["weight"] == round(entry["weight"], 2)
    assert entry["reason"]


def test_a_growth_or_a_rank_alone_is_said_to_be() -> None:
    """In the file, in both languages; where the figure is printed, too, nothing is said."""
    text = "青山工业投资9亿元。青山工业投资增长5%。青山服务业投资增长6%。青山创新指数居全国第5位。"
    notes = {metric.name: metric.note for metric in metrics(draft(text, year=2023))}
    assert notes == {
        "青山工业投资": None,
        "青山工业投资增长": None,
        "青山服务业投资增长": ONLY_GROWTH,
        "青山创新指数全国排名": ONLY_RANK,
    }
    assert f'note = "{ONLY_GROWTH.zh}"\nnote_en = "{ONLY_GROWTH.en}"' in to_toml(draft(text, year=2023))


@pytest.mark.parametrize(
    ("heading", "date"), [("一、2025年工作回顾", "2025"), ("一、“十四五”时期发展成就", "2021/2025")]
)
def test_an_event_is_of_the_years_that_its_section_tells_of(heading: str, date: str) -> None:
    """Of all of them where the text does not say of which."""
    (event,) = milestones(work_report(heading, "青山大桥合龙。"))
    assert event.date == date


EVENT_SIGNS = {
    "done": "青山大桥合龙。",
    "planned": "到2030年，青山大桥合龙。",
    "common": "启动西山行动。",
    "list": "临江东、西山清洁能源基地开工建设。",
    "distinction": "青山苹果产业入选全国减贫案例。",
    "title": "舞剧《青山》上演。",
    "concrete": "青山一号新型环保船下水。",
    "proper": "青山陵申遗成功。",
}


@pytest.mark.parametrize("entry", rules("doubt")["proposal"], ids=lambda entry: entry["id"])
def test_a_sign_of_a_milestone_is_borne_and_counts(entry: dict[str, Any]) -> None:
    """Each stands on its witness, whose doubt is at least its weight."""
    (event,) = milestones(work_report("一、2025年工作回顾", EVENT_SIGNS[entry["id"]]))
    assert entry["id"] in event.signs
    assert event.doubt >= entry["weight"]


@pytest.mark.parametrize("table", ["adverbs", "work", "follows", "goes_on"])
def test_words_around_an_event_stand_once(table: str) -> None:
    """In the rules."""
    words = rules("events")[table]["words"]
    assert sorted(words) == sorted(set(words))


def test_a_name_that_stands_twice_is_doubted() -> None:
    """In the same years and mood, in a unit of the same kind."""
    text = "青山乡种草8万亩。青山乡种草9万亩。力争青山乡种草9万亩。"
    assert ["other" in metric.signs for metric in metrics(draft(text, year=2023))] == [True, True, False]


def test_the_head_is_found_below_the_navigation_of_a_page() -> None:
    """Title, year, place, publisher; what stands around them heads no section."""
    outline = draft(
        "下载\n打印\n云南要闻\n2026年政府工作报告\n——2026年1月28日在云南省第十四届人民代表大会第四次会议上\n省长 某某\n"
        "现在，我代表省人民政府向大会报告工作。\n一、2025年工作回顾\n新增就业9万人。"
    ).outline
    assert (outline.title, outline.year, outline.scope, outline.publisher) == (
        "2026年政府工作报告", 2026, "云南", "云南省人民政府",
    )  # fmt: skip
    assert [section.title for section in outline.sections] == ["2026年政府工作报告", "2025年工作回顾"]
    assert outline.asked == ()


def test_what_the_head_does_not_say_is_asked_for() -> None:
    """Not taken from a word of the text; one line says which option gives it."""
    answer = shkc("draft", "-", "--lang", "en", stdin="研发投入9亿元，与江西、湖北合作。")
    assert answer.err.splitlines()[1] == "not in the head of the report: give --title, --year, --scope"
    assert 'title = "未命名报告"  # review: 文首没有标题；请填写，或用 --title 给出' in answer.out


def test_a_row_of_a_table_is_named_by_its_heads() -> None:
    """Row and column; a column of a year gives the period."""
    drafted = draft("2024青山市科技报告\n区县\t投入\t2023年\n东湖区\t88.2亿元\t17.9%", year=2024)
    assert [(m.name, str(m.value), m.unit, m.period) for m in metrics(drafted)] == [
        ("东湖区投入", "88.2", "亿元", None),
        ("东湖区占比", "17.9", "%", "2023"),
    ]


def test_a_table_that_is_not_read_is_said_so() -> None:
    """Numbers whose unit stands in the head prove nothing."""
    answer = shkc("draft", "-", "--lang", "en", stdin="2024青山市科技报告\n区县\t专利（件）\n东湖区\t312\n西山区\t200")
    assert "2 rows of tables not read" in answer.err
