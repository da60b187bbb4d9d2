"""`metric`, `milestone` and `search`: a name in, the fact out."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import BOTH, SMALL, YEARS, ids, shkc

LOOKUPS = ("metric", "milestone", "search")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("技术合同成交额", id="name"),
        pytest.param("技术合同", id="alias"),
        pytest.param("Value of registered technology contracts", id="English name"),
        pytest.param("technology contracts", id="English alias"),
        pytest.param("technology-contract-value", id="id"),
        pytest.param("jishuhetongchengjiaoe", id="pinyin"),
        pytest.param("jshtcje", id="initials"),
        pytest.param("技術合同成交額", id="traditional characters"),
        pytest.param("4850亿元", id="printed number"),
        pytest.param("4850", id="number without its unit"),
        pytest.param("2023年上海的技术合同成交额是多少？", id="question"),
        pytest.param("TECHNOLOGY  Contracts", id="case and spaces"),
        pytest.param("ｔｅｃｈｎｏｌｏｇｙ ｃｏｎｔｒａｃｔｓ", id="full width"),
    ],
)
def test_a_figure_is_found_in_every_form(query: str) -> None:
    """Whatever form of its name comes to mind, the figure comes first."""
    assert ids(shkc("metric", query, "--json"))[0] == "technology-contract-value"


def test_the_bundled_figure_is_that_of_the_contract() -> None:
    """The example of the JSON contract, key by key and in its order, and the note."""
    (fact,) = shkc("metric", "技术合同成交额", "--json").json
    expected = {
        "id": "technology-contract-value",
        "kind": "metric",
        "name": "经认定登记的技术合同成交额",
        "name_en": "Value of recognised and registered technology contracts",
        "value": 4850,
        "unit": "亿元",
        "qualifiers": [],
        "display": "4850亿元",
        "display_en": "CNY 485 billion",
        "change": {"value": 21.1, "unit": "%", "basis": "yoy"},
        "share": None,
        "rank": None,
        "normalized": {"value": 485000000000, "unit": "CNY", "low": 484950000000, "high": 485050000000},
        "measure": "flow",
        "period": "2023",
        "as_of": None,
        "scope": "上海",
        "scope_en": "Shanghai",
        "section": {"id": "overview", "title": "综述", "title_en": "Overview", "path": ["综述"]},
        "source": {
            "report": "2023上海科技进步报告",
            "report_en": "Shanghai Science and Technology Progress Report 2023",
            "publisher": "上海市科学技术委员会",
            "publisher_en": "Science and Technology Commission of Shanghai Municipality",
            "year": 2023,
            "paragraph": 4,
            "excerpt": "经认定登记的技术合同成交额4850亿元",
        },
        "note": None,
    }
    assert fact == expected
    assert list(fact) == list(expected)


def test_a_milestone_has_its_own_fields() -> None:
    """A milestone has category, date and official names instead of the fields of a figure."""
    (fact,) = shkc("milestone", "未来材料实验室", "--facts", SMALL, "--json").json
    assert (fact["kind"], fact["category"], fact["date"]) == ("milestone", "institution", "2031")
    assert fact["official_names"] == ["“未来材料实验室”"]
    assert {"value", "unit", "normalized"}.isdisjoint(fact)


def test_a_rank_has_its_rank_as_value() -> None:
    """A metric that is only a rank has it as value, with the unit 位, and in rank."""
    (fact,) = shkc("metric", "innovation-rank", "--facts", SMALL, "--json").json
    assert (fact["value"], fact["unit"], fact["rank"]) == (3, "位", {"value": 3, "of": "全国", "of_en": None})


@pytest.mark.parametrize(
    ("fact", "display", "qualifiers"),
    [
        ("rd-expenditure", "约320.5亿元", ["about"]),
        ("rd-intensity", "预计3.2%左右", ["about", "estimated"]),
        ("contract-value", "突破1200亿元", ["over"]),
        ("high-tech-enterprises", "2500余家", ["cumulative", "over"]),
        ("work-permits", "近8.30万份", ["cumulative", "nearly"]),
        ("permit-days", "不足3.5天", ["below"]),
        ("incubators", "不少于96家", ["at_least"]),
        ("platform-projects", "不超过240项", ["at_most"]),
        ("incubator-target", "力争150家", ["target"]),
        ("innovation-platforms", "二十个", []),
    ],
)
def test_hedges_are_kept_in_words_and_in_terms(fact: str, display: str, qualifiers: list[str]) -> None:
    """`display` has the report's own hedge words, `qualifiers` the standard terms for them."""
    (found,) = shkc("metric", fact, "--facts", SMALL, "--json").json
    assert (found["display"], sorted(found["qualifiers"])) == (display, qualifiers)


@pytest.mark.parametrize(
    ("fact", "low", "high"),
    [
        ("rd-expenditure", 32040000000, 32060000000),
        ("rd-intensity", 3.1, 3.3),
        ("contract-value", 120000000000, None),
        ("papers", 4300, 4300),
        ("high-tech-enterprises", 2500, 2600),
        ("incubators", 96, None),
        ("work-permits", 74700, 83000),
        ("permit-days", None, 3.5),
        ("platform-projects", None, 240),
    ],
)
def test_normalised_values_carry_their_bounds(fact: str, low: float | None, high: float | None) -> None:
    """The bounds follow from the printed digits and the hedge, by the table of docs/fact-file.md."""
    (found,) = shkc("metric", fact, "--facts", SMALL, "--json").json
    assert (found["normalized"]["low"], found["normalized"]["high"]) == (low, high)


def test_each_command_keeps_to_its_kind() -> None:
    """`metric` finds figures, `milestone` milestones, `search` both."""
    query = ("青山科学节", "--facts", SMALL, "--json")
    assert ids(shkc("metric", *query)) == ["festival-visitors"]
    assert ids(shkc("milestone", *query)) == ["science-festival"]
    assert sorted(ids(shkc("search", *query))) == ["festival-visitors", "science-festival"]


def test_several_words_narrow_one_query() -> None:
    """Words given one by one are one query."""
    assert ids(shkc("metric", "创新平台", "课题", "--facts", SMALL, "--json")) == ["platform-projects"]


def test_the_newest_report_comes_first() -> None:
    """A figure that two reports have is told for both, the newest first."""
    answer = shkc("metric", "全社会研发投入", "--facts", BOTH, "--json")
    assert [fact["source"]["year"] for fact in answer.json] == [2031, 2030]


def test_a_name_comes_before_the_same_alias(tmp_path: Path) -> None:
    """What one fact is called and another is known by names both, each once."""
    facts = tmp_path / "facts.toml"
    text = Path(SMALL).read_text(encoding="utf-8")
    assert 'aliases = ["研发经费", "GERD"]' in text
    facts.write_text(text.replace('"GERD"]', '"研发投入强度"]'), encoding="utf-8")
    answer = shkc("metric", "研发投入强度", "--facts", str(facts), "--json")
    assert ids(answer) == ["rd-intensity", "rd-expenditure"]


@pytest.mark.parametrize("query", ["青山技术合同成交额多少", "研发投入强度是多少"])
def test_the_newest_report_comes_first_whatever_the_question(query: str) -> None:
    """Reports that know a figure by other words, too, are no reason to show an older one before."""
    answer = shkc("metric", query, "--facts", YEARS, "--json")
    years = [fact["period"] for fact in answer.json]
    assert len(years) > 2
    assert years == sorted(years, reverse=True)


def test_a_year_in_the_query_picks_the_report() -> None:
    """A query that names a year means that year."""
    answer = shkc("metric", "2030年全社会研发投入", "--facts", BOTH, "--json")
    assert [fact["source"]["year"] for fact in answer.json] == [2030]


@pytest.mark.parametrize("command", LOOKUPS)
def test_not_found_is_status_1_and_a_message(command: str) -> None:
    """What no report says leaves standard output to the empty answer and tells so on standard error."""
    answer = shkc(command, "月球基地", "--facts", SMALL)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err == "事实库中没有“月球基地”\n"


@pytest.mark.parametrize("command", LOOKUPS)
def test_not_found_is_an_empty_array(command: str) -> None:
    """JSON stays an array when nothing matched."""
    answer = shkc(command, "月球基地", "--facts", SMALL, "--json")
    assert (answer.status, answer.json) == (1, [])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("metric", "材料实验室"), "事实库中没有“材料实验室”；里程碑中有："),
        (("milestone", "孵化器数", "--lang", "en"), "not in the fact base: “孵化器数”; among the figures: "),
        (("trend", "材料实验室"), "事实库中没有“材料实验室”；里程碑中有："),
    ],
)
def test_what_is_of_the_other_kind_is_told(words: tuple[str, ...], message: str) -> None:
    """The report does have it, but not as what the command looks for."""
    answer = shkc(*words, "--facts", SMALL)
    assert answer.status == 1
    assert answer.err.startswith(message)


def test_not_found_suggests_what_comes_near() -> None:
    """A query that nothing answers is told what comes near it, with its figure and why it is not the answer."""
    answer = shkc("metric", "深圳技术合同成交额")
    assert (answer.status, answer.out) == (1, "")
    assert "技术合同成交额 4850亿元（问的是“深圳”）、" in answer.err


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("技术交易所进场交易额增速", "超300亿元（报告没有给出它的增长）"),
        ("县域高新技术企业数", "（“县域”限定的是另一项）"),
        ("2类创新药", "（问的类别是“2”）"),
        ("技术合同成交额三季度", "4850亿元（问的时期是“三季度”）"),
        ("浦江创新论坛嘉宾几天", "（问的是“几天”，单位不同）"),
        ("技术合同数量", "4850亿元（问的是另一种量）"),
    ],
)
def test_not_found_says_why_what_comes_near_is_not_the_answer(query: str, message: str) -> None:
    """Each rule by which a fact is not the answer has words of its own."""
    assert message in shkc("metric", query).err


def test_the_year_before_is_told_as_computed() -> None:
    """Where growth gives the figure of the year before, the message says so with its bounds."""
    answer = shkc("metric", "2022年技术合同成交额")
    assert (answer.status, answer.out) == (1, "")
    assert "推算：2022年经认定登记的技术合同成交额 ≈ 4005亿元（4002.8–4007.1亿元）" in answer.err


@pytest.mark.parametrize(
    "query", ["2022年上半年技术合同成交额", "2022年三季度技术合同成交额", "2022年和2021年技术合同成交额"]
)
def test_nothing_is_computed_for_a_part_of_the_year_before(query: str) -> None:
    """Growth of a year says nothing about its parts, and nothing about two years."""
    answer = shkc("metric", query)
    assert (answer.status, answer.out) == (1, "")
    assert "推算" not in answer.err


def test_a_section_of_that_name_is_told() -> None:
    """What is no fact may be a section."""
    assert "shkc list --section national-strategy" in shkc("metric", "国家战略").err


@pytest.mark.parametrize("command", LOOKUPS)
def test_quiet_says_nothing_but_the_answer(command: str) -> None:
    """With --quiet standard error stays empty; the status tells."""
    answer = shkc(command, "月球基地", "--facts", SMALL, "--quiet")
    assert answer == (1, "", "")


def test_not_found_in_english() -> None:
    """Messages follow the language."""
    answer = shkc("metric", "moon base", "--facts", SMALL, "--lang", "en")
    assert answer.err == "not in the fact base: “moon base”\n"


def test_explain_says_why_on_standard_error() -> None:
    """--explain tells for each result why it matched, and leaves the answer as it is."""
    explained = shkc("metric", "技术合同成交额", "--facts", SMALL, "--json", "--explain")
    assert explained.out == shkc("metric", "技术合同成交额", "--facts", SMALL, "--json").out
    assert explained.err.count("\n") == 1
    assert "技术合同成交额：名称或 id 相同" in explained.err


def test_explain_prints_the_typed_question_and_what_was_rejected() -> None:
    """What was understood, each candidate with what it explains, and the rule by which the others are no answer."""
    explained = shkc("metric", "2022年北京A类技术合同增长了几亿", "--explain")
    assert (explained.status, explained.out) == (1, "")
    said = explained.err.splitlines()
    assert said[0].startswith("要解释的词（权重）：北京 (")
    assert {
        "事实必须说明的词：北京",
        "问的量：金额",
        "问的方面：增长",
        "事实必须写明的时期：2022 (2022)",
        "类别：a",
    } <= set(said)
    assert any(line.startswith("不是答案：") and line.endswith(" [discriminator]") for line in said)


def test_explain_tells_what_is_beside_the_answer() -> None:
    """Below the results stand those that come near, with the rule."""
    explained = shkc("metric", "技术合同成交了多少亿", "--explain", "-f", "value", "--lang", "en")
    assert explained.out == "4850\n"
    told = [line for line in explained.err.splitlines() if line.startswith("not the answer: ")]
    assert [line[line.rindex("[") :] for line in told] == ["[modifier]", "[coverage]", "[coverage]"]


def test_explain_speaks_english() -> None:
    """The reasons follow the language too."""
    answer = shkc("metric", "contract-value", "--facts", SMALL, "--explain", "--lang", "en")
    assert "Value of technology contracts: the same name or id" in answer.err


def test_quiet_silences_explain() -> None:
    """--quiet wins over --explain."""
    assert shkc("metric", "技术合同成交额", "--facts", SMALL, "--explain", "--quiet").err == ""


def test_a_figure_of_another_territory_is_not_found() -> None:
    """A query about a city that no loaded report is about has no answer: a wrong figure is worse than none."""
    assert shkc("metric", "深圳技术合同成交额", "--json").json == []


def test_the_territory_picks_the_report() -> None:
    """A query that names a city means the report about it."""
    answer = shkc("metric", "白沙全社会研发投入", "--facts", BOTH, "--json")
    assert [fact["scope"] for fact in answer.json] == ["白沙"]


@pytest.mark.parametrize(
    ("language", "report"),
    [("zh", "《2030白沙科技报告》"), ("en", " in “Baisha Science and Technology Report 2030”")],
)
def test_messages_tell_reports_apart(language: str, report: str) -> None:
    """Where several are loaded, a miss and --explain say which report each fact is of; where one is, none."""
    options = ("--lang", language, "--facts")
    assert report in shkc("milestone", "全社会研发投入", *options, BOTH).err
    assert report in shkc("metric", "全社会研发投入", "--explain", *options, BOTH).err
    assert "2031" not in shkc("milestone", "全社会研发投入", *options, SMALL).err


@pytest.mark.parametrize(
    "amount", ["CNY 32.05 billion", "around CNY 32.05 billion", "RMB 32.05 billion yuan", "¥32.05bn"]
)
def test_an_amount_of_money_is_found_as_english_writes_it(amount: str) -> None:
    """The currency before the number is part of the amount."""
    assert ids(shkc("metric", amount, "--facts", SMALL, "--json")) == ["rd-expenditure"]
