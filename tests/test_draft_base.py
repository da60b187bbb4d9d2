"""`draft` knows the indicators of the field, and with ``--base`` the figures of earlier reports."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import tomli
from support import ROOT, Answer, shkc

from shkc.draft import indicators
from shkc.draft.rules import rules
from shkc.text import lexicon

EXAMPLES = ROOT / "examples"
CONTENT = rules("indicators")
INDICATORS = [entry for group in CONTENT["indicators"].values() for entry in group["entries"]]

BASE = """format = 1
[report]
id = "qingshan-2023"
title = "2023青山市科技进步报告"
title_en = "Report"
publisher = "青山市科学技术局"
publisher_en = "Bureau"
year = 2023
scope = "{scope}"
scope_en = "Qingshan"
[[section]]
id = "report"
number = "0"
title = "2023青山市科技进步报告"
short = "报告"
short_en = "Report"
"""
METRIC = """
[[metric]]
id = "{id}"
name = "{name}"
name_en = "{id}"
section = "report"
paragraph = 2
excerpt = "{excerpt}"
value = {value}
unit = "{unit}"
{more}
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Where the facts of last year are written."""
    return tmp_path / "facts-2023.toml"


def last_year(path: Path, *metrics: tuple[str, str, str, str, str], scope: str = "青山") -> None:
    """Write facts of last year: id, name, value, unit, and more lines of each."""
    entries = (
        METRIC.format(id=key, name=name, value=value, unit=unit, more=more, excerpt=f"{value}{unit}")
        for key, name, value, unit, more in metrics
    )
    path.write_text(BASE.format(scope=scope) + "".join(entries), encoding="utf-8")


def drafted(text: str, base: Path) -> Answer:
    """The draft of the report *text* on Qingshan, with *base*."""
    report = f"2024青山市科技进步报告\n{text}\n"
    return shkc("draft", "-", "--base", str(base), stdin=report)


def metrics(answer: Answer) -> list[dict[str, object]]:
    """The drafted figures of *answer*."""
    assert answer.status == 0, answer.err
    found: list[dict[str, object]] = tomli.loads(answer.out, parse_float=Decimal)["metric"]
    return found


# ── The registry ────────────────────────────────────────────────────────────────────────────────────


def test_an_indicator_has_its_own_names() -> None:
    """No name and no id is of two indicators; every group says where its definitions are from."""
    names = [name for entry in INDICATORS for name in entry["names"]]
    ids = [entry["id"] for entry in INDICATORS]
    assert len(names) == len(set(names))
    assert len(ids) == len(set(ids))
    assert all(group["source"] for group in CONTENT["indicators"].values())
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in ids)


@pytest.mark.parametrize("entry", INDICATORS, ids=lambda entry: str(entry["id"]))
def test_an_indicator_is_printed_in_units_that_exist(entry: dict[str, list[str]]) -> None:
    """A kind of unit is a dimension of the table, a base unit, a rank, or a number without either."""
    known = {"CNY", "USD", "rank", "number"}
    assert set(entry["units"]) <= {*lexicon.table("units"), *known}


@pytest.mark.parametrize(
    ("name", "unit", "id_", "english"),
    [
        ("全省地区生产总值", "万亿元", "gdp", "Gross domestic product"),
        ("地区生产总值年均增长", "%", "gdp-average-growth", "Average annual growth of gross domestic product"),
        ("山西煤炭产量", "亿吨", "coal-output", "Output of coal"),
        ("新能源汽车产量增长", "%", "new-energy-vehicles-output-growth", "Growth of output of new-energy vehicles"),
        ("全年生产钾肥", "万吨", "potash-output", "Output of potash fertiliser"),
        ("电力总装机规模", "亿千瓦", "total-installed-capacity", "Total installed power capacity"),
        ("专精特新小巨人企业", "家", "little-giants", "Little giant enterprises"),
        ("PM2.5浓度", "微克/立方米", "pm25", "Average concentration of PM2.5"),
    ],
)
def test_a_name_is_understood(name: str, unit: str, id_: str, english: str) -> None:
    """Places, openings and marks aside; growth and output are put together from what they are of."""
    indicator = indicators.called(name, unit)
    assert indicator is not None
    assert (indicator.id, indicator.english[0]) == (id_, english)


def test_everyday_words_find_a_figure_and_are_no_names_of_it() -> None:
    """No word is everyday for two indicators, or the name of one; the draft writes them as search terms."""
    everyday = [word for entry in INDICATORS for word in entry.get("everyday", ())]
    names = {name for entry in INDICATORS for name in (*entry["names"], *entry["english"])}
    assert len(everyday) == len(set(everyday))
    assert names.isdisjoint(everyday)
    answer = shkc(
        "draft", "-", "--title", "报告", "--year", "2031", "--scope", "青山", stdin="社会消费品零售总额9亿元。"
    )
    assert 'search_terms = ["社零"' in answer.out


@pytest.mark.parametrize(("name", "unit"), [("地区生产总值", "万人"), ("地区生产总值", "%"), ("煤炭产量", "亿元")])
def test_another_unit_is_another_figure(name: str, unit: str) -> None:
    """A name alone is no proof: the unit must be one of the indicator."""
    assert indicators.called(name, unit) is None


def test_the_draft_has_id_english_aliases_and_measure_of_an_indicator(base: Path) -> None:
    """The name stays what the report says."""
    last_year(base, ("nothing", "没有的", "1", "项", ""))
    (metric,) = metrics(drafted("研发经费投入96.5亿元。", base))
    assert (metric["id"], metric["name"], metric["name_en"]) == ("rd-expenditure", "研发经费投入", "R&D expenditure")
    assert metric["measure"] == "flow"
    assert "全社会研发投入" in metric["aliases"]  # type: ignore[operator] # a list


# ── Earlier reports ─────────────────────────────────────────────────────────────────────────────────


def test_the_example_makes_series(tmp_path: Path) -> None:
    """With last year's facts, the trend of a figure is there at once, and the draft is complete."""
    target = tmp_path / "facts-2024.toml"
    earlier, report = str(EXAMPLES / "facts-2023.toml"), str(EXAMPLES / "report-2024.txt")
    answer = shkc("draft", report, "--base", earlier, "-o", str(target), "--lang", "en")
    assert answer.err == "21 figures (6 to review, 5 of earlier reports), 3 milestones\n"
    assert shkc("verify", report, "--facts", str(target)).status == 0
    rows = shkc("trend", "高新技术企业", "--facts", earlier, "--facts", str(target), "--json").json
    assert [(row["period"], str(row["value"])) for row in rows] == [("2023", "1102"), ("2024", "1240")]


def test_the_draft_tells_the_match_and_its_doubt(base: Path) -> None:
    """A figure of the same name is sure; where the names only resemble, the reviewer is asked."""
    last_year(
        base, ("contracts", "技术合同成交额", "80", "亿元", ""), ("stars", "科技之星企业评选入围家数", "20", "家", "")
    )
    out = drafted("技术合同成交额88亿元，增长10%。科技之星企业评选入围数22家。", base).out
    assert (
        "# 起草：可信，存疑 0.02\n"
        "# 取自 qingshan-2023 的 contracts（技术合同成交额）：名称相同，印出的增长与上次的数值相符\n" in out
    )
    assert "# review: 疑为 qingshan-2023 的 stars（科技之星企业评选入围家数）：名称相近，存疑 0." in out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("新增高新技术之星企业数", "高新技术之星企业数22家。"),  # what is new is no stock
        ("高新技术之星企业", "高新技术之星企业22万元。"),  # another unit
        ("重点实验室之星名单", "高新技术之星企业22家。"),  # another name
    ],
)
def test_another_figure_is_no_match(base: Path, name: str, text: str) -> None:
    """A word that makes another figure, another unit or another name."""
    last_year(base, ("stars", name, "20", "家", ""))
    assert [metric["id"] for metric in metrics(drafted(text, base))] != ["stars"]


def test_a_value_of_another_order_is_doubted(base: Path) -> None:
    """Ten times as much as last year is told to the reviewer, however like the names."""
    last_year(base, ("stars", "科技之星企业", "20", "家", ""))
    assert "但数值与上次相差悬殊，存疑 0.4，请核对" in drafted("科技之星企业200家。", base).out


def test_a_target_is_in_the_series_of_what_came_about(base: Path) -> None:
    """Another id in the same file, the same series; so the trend has both."""
    last_year(base, ("stars", "科技之星企业", "20", "家", ""))
    done, target = metrics(drafted("科技之星企业22家。\n力争到2030年科技之星企业40家。", base))
    assert (done["id"], done.get("series")) == ("stars", None)
    assert (target["id"], target["series"]) == ("stars-2030", "stars")


@pytest.mark.parametrize(("mark", "asked"), [("", False), ("# review: 名称取自上文，请核对\n", True)])
def test_a_name_that_was_reviewed_last_year_is_not_asked_about_again(base: Path, mark: str, asked: bool) -> None:
    """It reads as it did then; where nobody has reviewed it yet, it is asked about."""
    last_year(base, ("new", "新增科技之星企业", "20", "家", ""), ("total", "科技之星企业累计", "50", "家", ""))
    base.write_text(
        base.read_text(encoding="utf-8").replace('[[metric]]\nid = "total"', f'{mark}[[metric]]\nid = "total"'),
        encoding="utf-8",
    )
    out = drafted("新增科技之星企业22家，累计达到72家。", base).out
    assert 'id = "total"' in out
    assert ("# review: 名称取自上文" in out) is asked


@pytest.mark.parametrize(
    ("above", "excerpt", "sentence", "asked"),
    [
        # By the words that both reports print; where they do not say of what, it is asked about.
        ("", "共有科技之星企业90家", "科技之星企业首次突破95家。", False),
        ("", "惠及企业90家", "人才贷款88亿元，惠及企业95家。", True),
        # By the name that the draft had made, which the review has kept; the excerpt may be of a list.
        ("# 起草名称：试验田\n", "分别达8个、90家", "试验田、博士站从无到有，分别达95家、8个。", False),
    ],
)
def test_a_name_that_was_edited_last_year_is_known_again(
    base: Path, above: str, excerpt: str, sentence: str, asked: bool
) -> None:
    """It is called what the reviewer has called it."""
    last_year(base)
    metric = METRIC.format(id="reached", name="本市所称甲类数", value="90", unit="家", more="", excerpt=excerpt)
    base.write_text(base.read_text(encoding="utf-8") + metric.replace("[[metric]]", f"{above}[[metric]]"), "utf-8")
    answer = drafted(sentence, base)
    (known,) = (metric for metric in metrics(answer) if metric["id"] == "reached")
    assert known["name"] == "本市所称甲类数"
    assert ("# review: 疑为" in answer.out) is asked


def test_words_that_two_figures_were_printed_with_tell_neither(base: Path) -> None:
    """总投资9亿元 may be of anything."""
    last_year(base)
    entries = (
        METRIC.format(id=key, name=f"甲类{key}", value="90", unit="亿元", more="", excerpt="完成总投资90亿元")
        for key in ("one", "two")
    )
    base.write_text(base.read_text(encoding="utf-8") + "".join(entries), "utf-8")
    assert {"one", "two"}.isdisjoint(str(metric["id"]) for metric in metrics(drafted("完成总投资95亿元。", base)))


MILESTONE = """
{above}[[milestone]]
id = "bridge"
name = "{name}"
name_en = "Qingshan Bridge opened"
category = "facility"
section = "report"
paragraph = 2
excerpt = "青山大桥{verb}"
official_names = ["青山大桥"]
{more}
"""


@pytest.mark.parametrize(
    ("above", "name", "verb", "more", "expected"),
    [
        # Kept last year, in the same words: it is what it was called then, and settled.
        ("", "大桥全线通车", "通车", "", ("bridge", "大桥全线通车", False)),
        ("# review: 大事建议\n", "青山大桥通车", "通车", "", ("bridge", "青山大桥通车", True)),
        # Planned last year, done now: known, named anew, and asked about.
        ("", "建成青山大桥", "建成", "planned = true", ("bridge", "青山大桥通车", True)),
    ],
)
def test_a_milestone_of_last_year_is_known_again(
    base: Path, above: str, name: str, verb: str, more: str, expected: tuple[str, str, bool]
) -> None:
    """By its official name; what a reviewer has kept in the same words is not asked about."""
    last_year(base)
    entry = MILESTONE.format(above=above, name=name, verb=verb, more=more)
    base.write_text(base.read_text(encoding="utf-8") + entry, "utf-8")
    out = drafted("青山大桥通车。", base).out
    (milestone,) = tomli.loads(out)["milestone"]
    assert (milestone["id"], milestone["name"], "# review: 大事建议" in out) == expected
    assert "# 取自 qingshan-2023 的 bridge" in out


def test_a_milestone_that_was_left_out_last_year_is_not_proposed_again(base: Path) -> None:
    """The file keeps its name in a comment."""
    last_year(base)
    base.write_text(base.read_text(encoding="utf-8") + "# 核对时删去的大事：青山大桥通车\n", "utf-8")
    assert [each["name"] for each in tomli.loads(drafted("青山大桥通车，东湖大桥通车。", base).out)["milestone"]] == [
        "东湖大桥通车"
    ]


def test_relations_are_taken_over(base: Path) -> None:
    """Where both figures are drafted, and the figures allow it."""
    last_year(
        base,
        ("stars", "科技之星企业", "20", "家", ""),
        ("young", "青年之星企业", "5", "家", 'relations = { part-of = ["stars"] }'),
        ("old", "长者之星企业", "6", "家", 'relations = { part-of = ["stars"] }'),
    )
    found = {m["id"]: m for m in metrics(drafted("青年之星企业7家。科技之星企业22家。长者之星企业30家。", base))}
    assert found["young"]["relations"] == {"part-of": ["stars"]}
    assert "relations" not in found["old"]


def test_another_place_hands_on_only_what_is_named_alike(base: Path) -> None:
    """The figure of one name is one series over places; a resemblance counts only at the same place."""
    last_year(base, ("stars", "科技之星企业评选入围家数", "20", "家", ""), ("a", "灯塔", "2", "座", ""), scope="白水")
    assert [m["id"] for m in metrics(drafted("科技之星企业评选入围数22家。灯塔3座。", base))] == [
        "ke-ji-zhi-xing-qi-ye-ping-xuan-ru-wei-shu", "a"
    ]  # fmt: skip


def test_a_base_that_is_not_there(tmp_path: Path) -> None:
    """One line, and nothing is written."""
    target = tmp_path / "draft.toml"
    report = str(EXAMPLES / "report-2024.txt")
    answer = shkc("draft", report, "--base", str(tmp_path / "none.toml"), "-o", str(target))
    assert (answer.status, answer.out, target.exists()) == (3, "", False)
    assert answer.err.count("\n") == 1
