"""`draft`: a fact file from the text of a report, for a person to review."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import SMALL, SMALL_TEXT, process, shkc

from shkc import open as open_facts
from shkc.draft.entries import MetricDraft, PartDraft
from shkc.draft.report import draft, to_toml
from shkc.facts import load as factbase
from shkc.facts import verify
from shkc.facts.model import Metric
from shkc.text import paragraphs as source

SENTENCES = {
    # Levels, scales and hedges.
    "全年研发投入约320.5亿元。": ["研发投入 = 320.5亿元 about"],
    "高新技术企业突破1.2万家。": ["高新技术企业 = 1.2万家 over"],
    "服务企业2500余家次。": ["服务企业 = 2500家次 over"],
    "引进人才近百人。": ["引进人才 = 100人 nearly"],
    "经济总量预计达到1.3万亿元左右。": ["经济总量 = 1.3万亿元 about,estimated"],
    "在校生不足４,０００人。": ["在校生 = 4000人 below"],
    "科技馆二十三座。": ["科技馆 = 23座"],
    "综合创新指数达81.6，居全国第5位。": ["综合创新指数 = 81.6 #5 全国"],
    "研发人员占比在三分之一以上。": ["研发人员占比 = 1/3 at_least"],
    "每家补助3—5万元。": ["每家补助 = 3-5万元"],
    # Growth, with a level and without one.
    "技术合同成交额880亿元，比上年增长12.5%。": ["技术合同成交额 = 880亿元 +12.5% yoy"],
    "技术合同成交额同比增长12.5%，达到880亿元。": ["技术合同成交额 = 880亿元 +12.5% yoy"],
    "工业投资下降三成。": ["工业投资增速 = -3成"],
    "利润30亿元，较2015年翻番。": ["利润 = 30亿元 +1番 2015"],
    "新药临床批件12件，是上年的1.5倍。": ["新药临床批件 = 12件", "新药临床批件为上年的倍数 = 1.5倍"],
    "研发投入强度3.1%，较上年提高0.2个百分点。": ["研发投入强度 = 3.1% +0.2个百分点 yoy"],
    "贷款利率3.6%，下降20个基点。": ["贷款利率 = 3.6% -20个基点 yoy"],
    "增加值90亿元，比上年增加8亿元，增长9.8%。": ["增加值 = 90亿元 +9.8% yoy", "增加值增加 = 8亿元"],
    "产值由20亿元增至45亿元，年均增长17.6%。": ["产值（变动前） = 20亿元 2022", "产值 = 45亿元 +17.6% other"],
    "论文数、专利数分别为120篇和80件，分别增长5%、下降2%。": ["论文数 = 120篇 +5% yoy", "专利数 = 80件 -2% yoy"],
    "贷款12亿元，惠及企业90家，同比增长均为8%左右。": ["贷款 = 12亿元 +8% yoy", "惠及企业 = 90家 +8% yoy"],
    "空气优良率56%，提高8.2个百分点。降幅为25.0%。": ["空气优良率 = 56% +8.2个百分点 yoy", "增速 = -25.0%"],
    "成交额9亿元，增长26.3%、两款芯片流片。": ["成交额 = 9亿元 +26.3% yoy", "芯片流片 = 2款"],
    # Shares, parts and comparisons.
    "基础研究经费26亿元，占全社会研发投入的9.1%。": ["基础研究经费 = 26亿元 9.1% of 全社会研发投入"],
    "基础研究经费26亿元，占研发投入的9.1%，提高0.6个百分点。": [
        "基础研究经费 = 26亿元",
        "基础研究经费占研发投入比重 = 9.1% +0.6个百分点 yoy",
    ],
    "众创空间60家，其中国家级12家。": ["众创空间 = 60家", "众创空间中国家级 = 12家"],
    "增速高于全国平均水平1.2个百分点。": ["增速高于全国平均水平 = 1.2个百分点"],
    # Ranks.
    "技术合同成交额880亿元，居全省首位。": ["技术合同成交额 = 880亿元 #1 全省"],
    "城市创新能力排名第6位，上升2位。": ["城市创新能力排名 = 6位 +2位 yoy #6 原文未写明"],
    "论文数、专利数分别为120篇和80件，分列全国第二、三位。": ["论文数 = 120篇 #2 全国", "专利数 = 80件 #3 全国"],
    "甲区、乙区分列第二、三位，产值分别为9亿元、7亿元。": [
        "甲区产值 = 9亿元 #2 原文未写明",
        "乙区产值 = 7亿元 #3 原文未写明",
    ],
    "创建了5个国家先进制造业集群、居中部第1。": ["创建了国家先进制造业集群 = 5个 #1 中部"],
    "装机达到1.4亿千瓦，占比由31%提升至54%。": [
        "装机容量 = 1.4亿千瓦 54% of 原文未写明",
        "装机容量占比（变动前） = 31% 2022",
    ],
    "生产总值增长4%，快于2021年1.8个百分点。": ["生产总值增长 = 4%", "生产总值增速快于2021年 = 1.8个百分点"],
    "高标准农田达到耕地总面积的64%。": ["高标准农田占耕地总面积比重 = 64%"],
    # Periods, targets and totals.
    "力争到2025年，研发投入强度达到4%。": ["研发投入强度 = 4% target 2025"],
    "新增示范企业15家，累计达到60家。": ["新增示范企业 = 15家", "示范企业累计 = 60家 cumulative"],
    "科研仪器由2020年的300家增加到420家。": ["科研仪器（变动前） = 300家 2020", "科研仪器 = 420家"],
    "截至2022年底，高企1205家，年内新认定300家。": ["高企 = 1205家 2022-12-31", "高企新认定 = 300家"],
    "甲装置预计2028年建成；算力规模达1500P。": ["算力规模 = 1500P"],
    # Signs, words and separators.
    "三大产业产值分别为3亿元、5亿元和2亿元，分别增长10.2%、21.5%、-3.4%。": [
        "三大产业产值 = 3亿元 +10.2% yoy",
        "三大产业产值 = 5亿元 +21.5% yoy",
        "三大产业产值 = 2亿元 -3.4% yoy",
    ],
    "净利润-1.5亿元。": ["净利润 = -1.5亿元"],
    "研发投入增长百分之十二点五。": ["研发投入增长 = 12.5%"],
    "综合指数为81.6，较2022年提高1.9。": ["综合指数 = 81.6 +1.9 2022"],
    "素质比例达16.8%，较2020年的11.2%提高5.6个百分点。": [
        "素质比例 = 16.8% +5.6个百分点 yoy",
        "素质比例（变动前） = 11.2% 2020",
    ],
    "综合排名第5，120家企业获奖。": ["综合排名 = 5位 #5 原文未写明", "企业获奖 = 120家"],
    "东湖区\t312\t368\t17.9%": ["东湖区占比 = 17.9%"],
    "其中硕士15人，占55%；惠及1.8万余人。": ["硕士 = 15人 55% of 原文未写明", "惠及 = 1.8万人 over"],
    # Numerals that are no figures.
    "“十四五”期间，三大先导产业加快发展，5G、C919和第三代半导体取得突破。": [],
    "印发《促进成果转化十条》，开展一批试点，推进一网通办。": [],
    "14纳米刻蚀装备进入量产，863计划项目通过验收。": [],
    "24小时自助服务点47个。": ["24小时自助服务点 = 47个"],
    "1亿元以上项目12个。": ["1亿元以上项目 = 12个"],
    "成交额首次突破百亿元，达到104.5亿元。": ["成交额 = 104.5亿元"],
    "健康管理率达七成三。": [],
    "50万元以下拖欠账款全部清零，始终把质量摆在首位，经济总量连续跨过3个万亿元大关。": [],
    "新增前1%学科9个。": ["新增前1%学科 = 9个"],
    "用好240小时过境免签政策，胸怀两个大局，定一件、干一件。": [],
    "为3—6岁儿童免费筛查，建成3人制球场。": [],
    "办好实事。（1）新增就业9万人。": ["新增就业 = 9万人"],
}
"""Sentences, and what a draft makes of each: name, value and unit, growth, share, rank, hedges, period."""


def told(metric: MetricDraft) -> str:
    """A drafted figure in one line."""
    upper = "" if metric.upper is None else f"-{metric.upper:f}"
    line = f"{metric.name} = {metric.value:f}{upper}{metric.unit}"
    return line + "".join(
        f" {words}"
        for words in (
            *((f"{metric.change.value:+f}{metric.change.unit} {metric.change.word}",) if metric.change else ()),
            *((_share(metric.share),) if metric.share else ()),
            *((f"#{metric.rank.value:f} {metric.rank.word}",) if metric.rank else ()),
            *((",".join(metric.qualifiers),) if metric.qualifiers else ()),
            *((metric.period,) if metric.period else ()),
        )
    )


def _share(share: PartDraft) -> str:
    return f"{share.value:f}{share.unit} of {share.word}"


def figures(text: str) -> Iterator[MetricDraft]:
    """The figures that are drafted from *text*, a report about 2023."""
    for paragraph in draft(text, year=2023).paragraphs:
        yield from paragraph.metrics


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_gives_its_figures(sentence: str) -> None:
    """Name, value, unit, growth, share, rank, hedges and period, and nothing that is no figure."""
    assert [told(metric) for metric in figures(sentence)] == SENTENCES[sentence]


PIECES = (
    *"，。；、：（）“”《》—-%亿万元家",
    *(words for sentence in SENTENCES for words in re.split("(?<=[，。；、])", sentence)),
    *re.split(" ", "约 超 其中 分别为 同比增长 占全国的 由 增至 第 首位 3.50 １２ 二十 1/3 2023年"),
    "\u200b",
    "\x1b[31m",
    '"',
    "\\",
    "😀",
)
"""Words and marks of the sentences above, and what no sentence should hold."""
CLAUSES = (
    "{name}{hedge}{number}{unit}{behind}",
    "{name}、{name}分别为{number}{unit}、{number}{unit}",
    "{name}分列全国第二、{number}位，{name}分别为{number}{unit}、{number}{unit}",
    "{hedge}{number}{unit}{name}",
    "{name}{number}{unit}、{number}{unit}和{number}{unit}",
    "截至2022年底，{name}{number}{unit}",
    "力争到2025年，{name}{hedge}{number}{unit}",
    "{name}由{number}{unit}增至{number}{unit}",
    "年均增长{number}{unit}",
    "同比增长{number}%、{number}倍",
    "较2020年的{number}{unit}提高{number}{unit}",
    "分别增长{number}%、下降{number}%",
    "占{name}的{number}{unit}",
    "其中{name}{number}{unit}，占{number}%",
    "分列全国第二、{number}{unit}和{number}{unit}",
    "居全国第{number}位，上升{number}位",
    "分别位居全国第{number}、第{number}和第{number}位",
    "{hedge}第{number}名{behind}",
    "印发《{name}{number}条》",
    "{name}\t{number}\t{number}\t{number}%",
    "{number}{number}{unit}{number}-{number}%{number}",
)
"""Clauses as reports have them: a level, a list, a growth, a share, a rank, ranks and values in one row."""
WORDS = {
    "name": "专利授权量|企业|论文|甲区|研发投入|增加值|综合指数|硕士|“揭榜挂帅”项目|5G基站|经费占比",
    "hedge": "|约|超|突破|近|不足|不少于|预计|累计|为|达|逾",
    "number": "5|3.1|4850|0|0.0|1/3|二十|百|两|近百|3—5|3-5|1,234|１２|2万|-3.4|−1.5|.5|半|三成|百分之五|三分之一|首"
    f"|2023|{'9' * 25}|1{'0' * 40}|0.{'0' * 40}1",
    "unit": "亿元|万元|家|件|篇|%|个|位|名|项|个百分点|人次|倍|番|‰|天|P|纳米|万百分点",
    "behind": "|左右|以上|余|以内|多|（含）",
}


def clause(pattern: str) -> st.SearchStrategy[str]:
    """A clause of the form *pattern*, with any of `WORDS` in its gaps."""
    parts = re.split(r"\{(\w+)\}", pattern)
    pieces = [st.sampled_from(WORDS[part].split("|")) if at % 2 else st.just(part) for at, part in enumerate(parts)]
    return st.tuples(*pieces).map("".join)


JUMBLES = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map("".join),
    st.lists(
        st.tuples(st.sampled_from(CLAUSES).flatmap(clause), st.sampled_from("，，，；。、：（）\n")).map("".join),
        min_size=1,
        max_size=6,
    ).map("".join),
)


@pytest.mark.parametrize(
    "jumble",
    [
        ".8位",
        "4位—、1项",
        "全国第9.0",
        "专利十次、论文5‰分列全国第２、3.1位",
        "2位。上年提高3万百分点",
        "增至6件年均增三分之一",
        "超第三名",
        f"企业{'1' * 25}家",
        f"企业0.{'0' * 33}1家",
        "企业100000000000000000000万4850家",
    ],
)
def test_what_no_fact_can_be_is_left_out_of_the_draft(jumble: str) -> None:
    """A name of signs, a rank with decimals, a growth in a unit that is none, more digits than a figure has."""
    factbase.parse(to_toml(draft("青山市二〇二三年科技进步报告\n" + jumble)), "draft.toml")


def test_whatever_the_words_the_draft_passes_the_check(faults: bool) -> None:
    """Any jumble of the language of reports gives a fact file that is right."""

    @settings(deadline=None, max_examples=20_000 if faults else 300)
    @given(JUMBLES)
    def passes(jumble: str) -> None:
        factbase.parse(to_toml(draft("青山市二〇二三年科技进步报告\n" + jumble)), "draft.toml")

    passes()


def test_whatever_the_words_the_draft_accounts_for_each_numeral(faults: bool) -> None:
    """By its own text, it is proven and complete."""

    @settings(deadline=None, max_examples=20_000 if faults else 150)
    @given(JUMBLES)
    @example("企业3-5%三%5G")  # a range, and its lower end once more
    @example("企业3-5家3-7家3家")
    @example("设备进入量产，综合排名第5，14纳米设备进入量产，综合排名第5，")  # a comma between digits
    @example("14纳米刻蚀装备进入量产，综合排名第5，14纳米刻蚀装备进入量产，综合排名第5，")
    def accounts(jumble: str) -> None:
        text = "青山市二〇二三年科技进步报告\n" + jumble
        content = factbase.parse(to_toml(draft(text)), "draft.toml")
        outcome = verify.verify([content], source.paragraphs(BytesIO(text.encode()), "-"))
        assert (outcome.failures, outcome.covered) == ((), outcome.numerals)

    accounts()


def test_a_draft_loads_and_proves_itself(tmp_path: Path) -> None:
    """What is drafted passes `check`, and `verify` accounts for every numeral."""
    target = str(tmp_path / "draft.toml")
    assert shkc("draft", SMALL_TEXT, "-o", target).status == 0
    assert shkc("check", target).status == 0
    assert shkc("verify", SMALL_TEXT, "--facts", target).status == 0
    assert shkc("list", "--facts", target).status == 0


def test_every_figure_that_was_entered_by_hand_is_drafted() -> None:
    """The draft of the small report has the values and units of its fact file."""
    drafted = {(metric.value, metric.unit) for metric in figures(Path(SMALL_TEXT).read_text(encoding="utf-8"))}
    entered = [fact for fact in open_facts(SMALL).list() if isinstance(fact, Metric)]
    assert {(metric.value, metric.unit) for metric in entered} <= drafted


def test_what_is_doubtful_is_marked_with_its_reason() -> None:
    """A sure figure is only called so; a doubtful one has its reasons on lines of their own."""
    toml = to_toml(draft("灯塔建设投入320亿元。新增青山企业15家，总数120家。", year=2023))
    assert '# 起草：可信，存疑 0.03\n[[metric]]\nid = "deng-ta-jian-she-tou-ru"' in toml
    assert "# 起草：待核，存疑 0.12\n# review: 名称取自上文，请核对\n[[metric]]" in toml


def test_milestones_are_proposed_with_their_official_names() -> None:
    """What was published, founded or signed, for review."""
    text = "出台《青山市促进创新条例》，成立量子计算研究院、青山材料实验室。光源二期全面建成。"
    text += "启动“青科贷”服务。加快建设青山机场。创新体系建成。《青山市科技规划》印发实施。"
    (paragraph,) = draft(text, year=2023).paragraphs
    assert [(each.name, each.category, each.official_names) for each in paragraph.milestones] == [
        ("出台《青山市促进创新条例》", "policy", ("《青山市促进创新条例》",)),
        ("成立量子计算研究院、青山材料实验室", "institution", ("量子计算研究院", "青山材料实验室")),
        ("光源二期建成", "facility", ("光源二期",)),
        ("启动“青科贷”服务", "programme", ("“青科贷”服务",)),
        ("《青山市科技规划》印发实施", "policy", ("《青山市科技规划》",)),
    ]


def test_one_event_of_several_things_is_one_milestone() -> None:
    """Its name has the first of them where it is long, and it has all their names."""
    things = ("青山水库扩建工程", "东湖灌区改造工程", "临江引水延伸工程", "西山渡槽修复工程")
    (paragraph,) = draft(f"{'、'.join(things)}开工建设。", year=2023).paragraphs
    (milestone,) = paragraph.milestones
    assert milestone.name == "青山水库扩建工程、东湖灌区改造工程等开工建设"
    assert milestone.official_names == things


def test_headings_become_sections() -> None:
    """Numbered headings make a tree, and figures stand in their part of it."""
    drafted = draft("青山市科技进步报告\n一、投入\n（一）财政\n财政投入9亿元。\n二、产出\n论文80篇。", year=2023)
    assert [(s.number, s.title, s.parent) for s in drafted.outline.sections] == [
        ("0", "青山市科技进步报告", None),
        ("1", "投入", "report"),
        ("1.1", "财政", "tou-ru"),
        ("2", "产出", "report"),
    ]
    assert [(p.section, len(p.metrics)) for p in drafted.paragraphs if p.metrics] == [("cai-zheng", 1), ("chan-chu", 1)]


def test_numbered_headings_nest_and_other_lines_are_none() -> None:
    """Numbers in digits go below those in characters; a publisher, a date and a table head nothing."""
    text = "江北市２０２４年科技报告\n江北市科学技术局\n2025年3月\n一、总体\n1 基本\n1.1 投入\n（二）平台\n（1）仪器\n"
    text += "表1 各区\n区县\t专利"
    outline = draft(text).outline
    assert (outline.year, [(s.number, s.title) for s in outline.sections[1:]]) == (
        2024,
        [("1", "总体"), ("1.1", "基本"), ("1.1.1", "投入"), ("1.2", "平台"), ("1.2.1", "仪器")],
    )


def test_a_report_may_come_through_a_pipe() -> None:
    """- is standard input, and the fact file is standard output, the counts are not."""
    answer = process("draft", "-", "--lang", "zh", stdin="青山市2023年研发投入320亿元。".encode())
    asked = "文首没有标题、年份、地区，请用 --title, --year, --scope 给出\n"
    assert (answer.status, answer.err) == (0, f"1 个数字（0 个待审），0 个里程碑\n{asked}")
    assert "value = 320\n" in answer.out


def test_title_year_and_territory_may_be_given() -> None:
    """They are taken as they are, and not marked for review."""
    answer = shkc("draft", "-", "--title", "甲", "--year", "2020", "--scope", "乙", stdin="研发投入320亿元。")
    assert all(line in answer.out.splitlines() for line in ('title = "甲"', "year = 2020", 'scope = "乙"'))


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A file that is there stays, but for --force; no other file is left."""
    target = tmp_path / "draft.toml"
    target.write_text("mine", encoding="utf-8")
    answer = shkc("draft", SMALL_TEXT, "-o", str(target))
    assert (answer.status, answer.err) == (2, f"shkc: {target} 已存在；用 --force 覆盖\n")
    assert target.read_text(encoding="utf-8") == "mine"
    assert shkc("draft", SMALL_TEXT, "-o", str(target), "--force").status == 0
    assert target.read_text(encoding="utf-8").startswith("# 由 shkc draft 起草")
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """One line, status 2."""
    answer = shkc("draft", SMALL_TEXT, "-o", str(tmp_path / "none" / "a.toml"))
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("研发投入320亿元。".encode("gbk"), "iconv -f GBK -t UTF-8"),
        ("研发投入320亿元。\n".encode() * 500 + "研发投入".encode("gbk"), "report.txt:501: 不是 UTF-8"),
        ("研发投入320亿元。".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04 word/document.xml", "Word"),
        (b"\xd0\xcf\x11\xe0", "Word"),
        (b"{\\rtf1}", "RTF"),
        (b"\x00\x01\x02", "NUL"),
        (b"", "没有文字"),
        (b" \n\r\n\t\n", "没有文字"),
        (b"Shanghai spent 485 billion yuan on research, up 21.1%.", "不是中文"),
        ("研".encode() * 100_001, "请分段"),
    ],
    ids=["gbk", "gbk-later", "utf-16", "pdf", "docx", "doc", "rtf", "binary", "empty", "blank", "english", "long"],
)
def test_what_is_no_report_is_told_in_one_line(tmp_path: Path, content: bytes, words: str) -> None:
    """Status 3, one line with what to do, and no file, not even a part of one."""
    report, target = tmp_path / "report.txt", tmp_path / "draft.toml"
    report.write_bytes(content)
    for options in (("-o", str(target)), ()):
        answer = shkc("draft", str(report), *options)
        assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
        assert words in answer.err
    assert list(tmp_path.iterdir()) == [report]


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_a_report_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    """A missing file and a folder: status 3, one line."""
    answer = shkc("draft", str(tmp_path / name))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)


@pytest.mark.parametrize("words", [("--json",), ("--format", "csv"), ("--facts", SMALL)])
def test_options_for_facts_are_wrong_usage(words: tuple[str, ...]) -> None:
    """A draft is TOML, and made of the text alone."""
    answer = shkc("draft", SMALL_TEXT, *words, "--lang", "en")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(f"shkc: no option {words[0]}; ")


@pytest.mark.parametrize("words", [("--year", "99"), ("--year", "x"), ("--title", " "), ("--scope", "\x1b[31m")])
def test_what_cannot_be_given_is_wrong_usage(words: tuple[str, str]) -> None:
    """A year of two digits, an empty title, a territory that steers the terminal: status 2."""
    answer = shkc("draft", SMALL_TEXT, *words)
    assert (answer.status, answer.out) == (2, "")


@pytest.mark.parametrize("text", ["本报告只有文字，没有数字。", "青山市科技进步报告"])
def test_a_text_without_figures_is_a_file_without_figures(tmp_path: Path, text: str) -> None:
    """It loads and says that there are none."""
    target = tmp_path / "draft.toml"
    answer = shkc("draft", "-", "-o", str(target), stdin=text)
    assert (answer.status, answer.err.splitlines()[0]) == (0, "0 个数字（0 个待审），0 个里程碑")
    assert shkc("check", str(target)).status == 0


def test_lines_without_punctuation_keep_their_figures() -> None:
    """Where clauses end is guessed; the figures are there."""
    found = [(f"{m.value:f}", m.unit) for m in figures("研发投入320亿元增长8%高新技术企业2500家")]
    assert found[0] == ("320", "亿元")
    assert ("2500", "家") in found


def test_byte_order_mark_and_line_ends_are_no_part_of_the_text(tmp_path: Path) -> None:
    """A text saved on Windows gives the same figures."""
    plain = Path(SMALL_TEXT).read_text(encoding="utf-8")
    windows = tmp_path / "windows.txt"
    windows.write_bytes(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode())
    assert shkc("draft", str(windows)).out == shkc("draft", SMALL_TEXT).out


@pytest.mark.parametrize(
    "text",
    [
        "上海报告\n" + "".join(f"{number}家，" for number in range(1, 600)),
        "新增" + "".join(f"{number}家企业、" for number in range(1, 1500)),
        "1" * 20_000 + "家",
        "一" * 20_000 + "家企业",
    ],
    ids=["column", "list", "digits", "characters"],
)
def test_long_rows_of_numbers_are_no_trouble(text: str) -> None:
    """A column of a table on one line, a long list, a numeral without an end: a draft that loads."""
    factbase.parse(to_toml(draft(text, year=2023)), "draft.toml")


def test_a_rank_beyond_all_ranks_is_none() -> None:
    """What a fact file does not take is not drafted."""
    factbase.parse(to_toml(draft("论文9999999篇，居全国第2000000位。", year=2023)), "draft.toml")


def test_a_share_has_its_own_unit(tmp_path: Path) -> None:
    """Tenths and fractions are shown as such, not as per cent."""
    target = tmp_path / "draft.toml"
    shkc("draft", "-", "-o", str(target), stdin="电子产值90亿元，占全国的三成。软件收入12亿元，占全省的三分之一。")
    out = shkc("list", "--facts", str(target)).out
    assert "占 3成" in out
    assert "占 1/3" in out


def test_the_report_itself_is_never_written_over(tmp_path: Path) -> None:
    """Not even with --force."""
    report = tmp_path / "report.txt"
    report.write_text("研发投入320亿元。", encoding="utf-8")
    answer = shkc("draft", str(report), "-o", str(report), "--force")
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert report.read_text(encoding="utf-8") == "研发投入320亿元。"


def test_a_line_without_an_end_is_not_cut(tmp_path: Path) -> None:
    """Old line ends (CR alone) make one line of a whole text: it is refused, and no figure is halved."""
    report = tmp_path / "report.txt"
    report.write_bytes("研发投入4850亿元。\r".encode() * 20_000)
    answer = shkc("draft", str(report))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)


def test_a_report_may_be_a_named_pipe(tmp_path: Path) -> None:
    """What can be read once only is read once."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        pool.submit(pipe.write_text, "研发投入320亿元。", encoding="utf-8")
        assert "value = 320" in shkc("draft", str(pipe)).out
