"""`trend`: one figure across reports, its growth as stated and as computed."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support import SMALL, YEARS, python, shkc

import shkc as shkc_package
from shkc.facts import load as factbase
from shkc.facts import trend
from shkc.facts.model import DetailedMetric, Metric, TrendMetric
from shkc.language import Language
from shkc.output import plot
from shkc.output import trend as output
from shkc.output.formats import FORMATS
from shkc.output.view import Canvas

CANVAS = Canvas(None, colour=False)

HEAD = """format = 1
[report]
id = "city-{year}"
title = "{year}报告"
title_en = "Report {year}"
publisher = "城市局"
publisher_en = "City Bureau"
year = {year}
scope = "{scope}"
scope_en = "City"
[[section]]
id = "overview"
number = "0"
title = "综述"
short = "综述"
short_en = "Overview"
[[metric]]
id = "figure"
name = "指标"
name_en = "Figure"
section = "overview"
paragraph = 1
"""


def report(year: int, excerpt: str, value: object, unit: str, *more: str, scope: str = "城市") -> DetailedMetric:
    """The figure of an invented report, as `show` tells it but without what follows from it."""
    lines = (f'excerpt = "{excerpt}"', f"value = {value}", f'unit = "{unit}"', *more)
    text = HEAD.format(year=year, scope=scope) + "\n".join(lines)
    ((fact, details),) = factbase.parse(text, "x.toml").records
    assert isinstance(fact, Metric)
    plain = {name: getattr(fact, name) for name in Metric.__struct_fields__}
    return DetailedMetric(**plain, details=details, computed=())


def growth(value: object, unit: str, basis: str = "yoy") -> str:
    """The growth of a figure in a fact file."""
    printed = str(value).removeprefix("-")
    word = "下降" if str(value).startswith("-") else "增长"
    return f'change = {{ value = {value}, unit = "{unit}", basis = "{basis}", excerpt = "{word}{printed}{unit}" }}'


def rows(*facts: DetailedMetric) -> list[TrendMetric]:
    """The series of *facts*."""
    return trend.rows(facts, lambda _: facts)


def asked(query: str, *options: str) -> list[dict[str, Any]]:
    """The rows of a trend in the invented reports of several years."""
    return list(shkc("trend", query, "--facts", YEARS, "--json", *options).json)


# ── Which rows ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("query", ["研发投入强度", "rd-intensity", "R&D intensity", "yftrqd", "2030年研发投入强度"])
def test_a_figure_is_found_as_metric_finds_it(query: str) -> None:
    """Whatever the query, the series has every year; a year in it does not leave the others out."""
    assert [row["period"] for row in asked(query)] == ["2029", "2030", "2030", "2031"]


def test_places_are_series_of_their_own() -> None:
    """The same id of two cities is no one series: growth is computed within a city."""
    found = asked("contract-value")
    assert {row["scope"]: row["growth"] for row in found if row["period"] == "2029"} == {"青山": None, "白沙": None}
    assert [len(list(series)) for _, series in groupby(found, key=itemgetter("scope"))] == [3, 2]


def test_a_place_in_the_query_picks_its_series() -> None:
    """Who asks for a city gets its years and no other city's."""
    assert {row["scope"] for row in asked("白沙技术合同成交额")} == {"白沙"}


def test_one_report_is_one_row() -> None:
    """A figure of a single report is shown as well."""
    ((row),) = shkc("trend", "papers", "--facts", SMALL, "--json").json
    assert (row["status"], row["growth"], row["remarks"]) == ("final", None, [])


def test_other_figures_that_match_are_told() -> None:
    """The best match is shown; which others the query names is told on standard error."""
    answer = shkc("trend", "高新技术企业", "--facts", YEARS)
    assert answer.status == 0
    assert answer.err == "这是“高新技术企业数”；也符合的有：新认定高新技术企业数\n"
    assert shkc("trend", "高新技术企业", "--facts", YEARS, "--quiet").err == ""


def test_not_found_is_as_in_metric() -> None:
    """What no report has is status 1, with what comes near."""
    options = ("深圳技术合同成交额", "--facts", YEARS)
    assert shkc("trend", *options) == shkc("metric", *options)
    assert shkc("trend", *options, "--json", "-q") == (1, "[]\n", "")


def test_a_milestone_has_no_trend() -> None:
    """Only figures have one."""
    assert shkc("trend", "青山材料实验室", "--facts", YEARS).status == 1


def test_an_empty_query_is_wrong_usage() -> None:
    """As everywhere."""
    assert shkc("trend", " ").status == 2


def test_python_has_the_same_trend() -> None:
    """`open(…).trend(…)` gives what the command prints."""
    found = shkc_package.open(YEARS).trend("研发投入强度")
    assert [row.display for row in found] == [row["display"] for row in asked("研发投入强度")]
    assert list(shkc_package.open(YEARS).trend("月球基地")) == []


# ── Growth ──────────────────────────────────────────────────────────────────────────────────────────


def test_units_of_another_scale_compare() -> None:
    """0.13万亿元 after 1120亿元: the printed digits leave 11.55 to 20.59 %, so that 21.1 % as stated disagrees."""
    computed = asked("青山技术合同成交额")[-1]["growth"]
    assert (computed["value"], computed["unit"], computed["low"], computed["high"]) == (16.1, "%", 11.55, 20.59)
    assert (computed["agrees"], computed["period"], computed["report"]) == (False, "2030", "2030青山科技报告")
    assert computed["computed"] is True


def test_a_disagreement_is_said() -> None:
    """The table says so in words, in the row concerned and in no other."""
    table = shkc("trend", "青山技术合同成交额", "--facts", YEARS).out
    assert [line[:4] for line in table.splitlines() if "印出的增长与推算的不符" in line] == ["2031"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(
            ("980亿元", 980, "亿元"),
            ("1120亿元", 1120, "亿元", growth("14.3", "%")),
            ("14.3", "%", "14.17", "14.40", True),
            id="per cent",
        ),
        pytest.param(
            ("50亿元", 50, "亿元"),
            ("40亿元", 40, "亿元", growth("-20", "%")),
            ("-20.0", "%", "-21.79", "-18.18", True),
            id="a decline",
        ),
        pytest.param(
            ("50亿元", 50, "亿元"),
            ("40亿元", 40, "亿元", growth("20", "%")),
            ("-20.0", "%", "-21.79", "-18.18", False),
            id="the sign turned",
        ),
        pytest.param(
            ("3.0%", "3.0", "%"),
            ("3.2%", "3.2", "%", growth("0.2", "个百分点")),
            ("0.2", "个百分点", "0.1", "0.3", True),
            id="percentage points",
        ),
        pytest.param(
            ("3.0%", "3.0", "%"), ("3.2%", "3.2", "%"), ("0.2", "个百分点", "0.1", "0.3", None), id="percentages"
        ),
        pytest.param(
            ("18个", 18, "个"), ("20个", 20, "个", growth("2", "个")), ("2", "个", "2", "2", True), id="its own unit"
        ),
        pytest.param(
            ("18个", 18, "个"), ("20个", 20, "个", growth("3", "个")), ("2", "个", "2", "2", False), id="miscounted"
        ),
        pytest.param(
            ("1.0万家", "1.0", "万家"),
            ("1.2万家", "1.2", "万家", growth("2000", "家")),
            ("2000", "家", "1000", "3000", True),
            id="its own unit without the scale",
        ),
        pytest.param(
            ("30家", 30, "家"), ("32家", 32, "家"), ("6.67", "%", "6.66", "6.67", None), id="counts are exact"
        ),
        pytest.param(
            ("30家", 30, "家"), ("36家", 36, "家", growth("2", "成")), ("20.0", "%", "20.0", "20.0", True), id="tenths"
        ),
        pytest.param(
            ("30家", 30, "家"), ("60家", 60, "家", growth("1", "倍")), ("100.0", "%", "100.0", "100.0", None), id="fold"
        ),
        pytest.param(
            ("30家", 30, "家"),
            ("60家", 60, "家", growth("100", "%", "2020")),
            ("100.0", "%", "100.0", "100.0", None),
            id="stated against another year",
        ),
        pytest.param(
            ("240亿元", 240, "亿元"),
            ("超300亿元", 300, "亿元", 'qualifiers = ["over"]', growth("30", "%")),
            ("25.0", "%", "24.74", None, True),
            id="open above",
        ),
        pytest.param(
            ("超240亿元", 240, "亿元", 'qualifiers = ["over"]'),
            ("300亿元", 300, "亿元", growth("30", "%")),
            ("25.0", "%", None, "25.21", False),
            id="on what is open above",
        ),
        pytest.param(
            ("240亿元", 240, "亿元"),
            ("300亿元", 300, "亿元", growth("2", "个百分点")),
            ("25.0", "%", "24.53", "25.47", None),
            id="points of an amount are those of its rate",
        ),
    ],
)
def test_growth_is_computed_with_bounds(
    before: tuple[str, object, str],
    after: tuple[str, object, str],
    expected: tuple[str, str, str | None, str | None, bool | None],
) -> None:
    """Each growth follows from the printed precision and the hedges of both figures, in the unit that compares."""
    _, last = rows(report(2030, *before), report(2031, *after))
    assert last.growth is not None
    low, high = last.growth.low, last.growth.high
    ends = (None if low is None else str(low), None if high is None else str(high))
    assert (str(last.growth.value), last.growth.unit, *ends, last.growth.agrees) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(("0家", 0, "家"), ("5家", 5, "家"), id="nothing to divide by"),
        pytest.param(
            ("第5位", 5, "位", 'rank = { value = 5, of = "全国", excerpt = "第5位" }'),
            ("第3位", 3, "位", 'rank = { value = 3, of = "全国", excerpt = "第3位" }'),
            id="ranks",
        ),
    ],
)
def test_what_does_not_grow_has_no_growth(before: tuple[str, object, str], after: tuple[str, object, str]) -> None:
    """The third place is no 40 % less than the fifth."""
    assert [row.growth for row in rows(report(2030, *before), report(2031, *after))] == [None, None]


@pytest.mark.parametrize(
    ("before", "after", "remarks"),
    [
        pytest.param((2029, "9家", 9, "家"), (2031, "10家", 10, "家"), ("gap",), id="a year between"),
        pytest.param((2030, "9个", 9, "个"), (2031, "10家", 10, "家"), ("unit",), id="another unit"),
        pytest.param(
            (2030, "9家", 9, "家", 'period = "2030-S1"'), (2031, "10家", 10, "家"), ("period",), id="half a year"
        ),
    ],
)
def test_what_does_not_compare_is_said(
    before: tuple[int, str, object, str], after: tuple[int, str, object, str], remarks: tuple[str, ...]
) -> None:
    """A row that cannot be compared with the year before stands there with the reason."""
    last = rows(report(*before), report(*after))[-1]
    assert (last.growth, last.remarks) == (None, remarks)


def test_a_flow_is_not_compared_with_a_stock() -> None:
    """What was added in a year and what there was at its end are two things, under whatever id."""
    stock, flow = report(2030, "9家", 9, "家", 'measure = "stock"'), report(2031, "12家", 12, "家", 'measure = "flow"')
    last = rows(stock, flow)[-1]
    assert (last.growth, last.remarks) == (None, ("measure",))


@pytest.mark.parametrize("measure", ["stock", "flow"])
def test_a_measure_left_open_compares_with_any(measure: str) -> None:
    """Most reports leave it open; that alone says nothing against a comparison."""
    last = rows(report(2030, "9家", 9, "家"), report(2031, "12家", 12, "家", f'measure = "{measure}"'))[-1]
    assert last.growth is not None


def test_nothing_follows_from_two_open_figures() -> None:
    """超2.4万 after 超2.4万: the growth may be anything."""
    over = 'qualifiers = ["over"]'
    last = rows(report(2030, "超2.4万家", 2.4, "万家", over), report(2031, "超2.4万家", 2.4, "万家", over))[-1]
    assert last.growth is None


def test_the_end_of_a_year_compares_with_the_year() -> None:
    """A stock at the end of a year, whether or not the report prints the day, is that of the year."""
    last = rows(report(2030, "9家", 9, "家"), report(2031, "12家", 12, "家", 'as_of = "2031-12-31"'))[-1]
    assert last.growth is not None


# ── Estimates, finals, targets ──────────────────────────────────────────────────────────────────────


def test_estimates_and_finals_are_told_apart() -> None:
    """A year with both shows both, and the next year has grown from the final one."""
    found = asked("研发投入强度")
    assert [(row["period"], row["status"]) for row in found] == [
        ("2029", "final"),
        ("2030", "estimated"),
        ("2030", "final"),
        ("2031", "final"),
    ]
    assert found[-1]["growth"]["report"] == "2031青山统计年鉴"
    assert found[-1]["remarks"] == []


def test_growth_from_an_estimate_is_marked() -> None:
    """Where the year before is known as an estimate only, the computed growth says what it is based on."""
    estimate = report(2030, "预计9.0亿元", "9.0", "亿元", 'qualifiers = ["estimated"]')
    last = rows(estimate, report(2031, "9.9亿元", "9.9", "亿元"))[-1]
    assert last.growth is not None
    assert last.remarks == ("estimated-base",)


def test_a_target_is_no_figure_to_compare() -> None:
    """What is aimed at has not grown, and nothing grows from it."""
    found = asked("platforms")
    assert [(row["period"], row["status"], row["growth"] is None) for row in found] == [
        ("2029", "final", True),
        ("2030", "final", False),
        ("2035", "target", True),
    ]


# ── The table ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("query", "told"),
    [
        pytest.param("青山技术合同成交额", ["时期数", "▁▄█ 2029–2031"], id="three years"),
        pytest.param("high-tech-enterprises", ["时点数", "▁ █ 2029–2031"], id="a year without a figure"),
        pytest.param("platforms", ["时点数", "▁█ 2029–2030"], id="without the target"),
        pytest.param("incubators", ["时点数", "▁ █ 2029–2031"], id="without another unit"),
        pytest.param("innovation-rank", ["位次"], id="ranks"),
    ],
)
def test_measure_and_sparkline_stand_above_the_table(query: str, told: list[str]) -> None:
    """Flow or stock; and blocks from the least value to the greatest, with the years that they are of."""
    first = shkc("trend", query, "--facts", YEARS).out.splitlines()[0]
    assert first.split("  ")[1:-1] == told
    assert not re.search("[▁▂▃▄▅▆▇█]", shkc("trend", query, "--facts", YEARS, "-f", "markdown").out)


def test_a_series_is_not_called_after_its_target() -> None:
    """A target of the series may be the newest figure, and has a name of its own."""
    firms = report(2031, "12家", 12, "家")
    aim = msgspec.structs.replace(report(2035, "力争15家", 15, "家", 'qualifiers = ["target"]'), id="aim", name="目标")
    found = trend.rows([firms], lambda _: [firms, aim])
    out = "".join(map(str, FORMATS["table"].write(output.view(found), Language.zh, CANVAS)))
    assert out.startswith("指标（城市）")


def test_a_flat_series_has_a_sparkline() -> None:
    """Equal values are no division by zero."""
    facts = (report(2030, "9家", 9, "家"), report(2031, "9家", 9, "家"))
    out = "".join(map(str, FORMATS["table"].write(output.view(rows(*facts)), Language.zh, CANVAS)))
    assert "▁▁ 2030–2031" in out


def test_half_a_year_is_not_drawn_for_the_year() -> None:
    """Of a year's figures the one for the whole year counts, whichever report is later."""
    half = report(2031, "5家", 5, "家", 'period = "2030-S1"')
    year = report(2030, "9家", 9, "家")
    assert [row.display for row in trend.curve(rows(half, year)).values()] == ["9家"]


def test_a_decline_has_readable_bounds() -> None:
    """Two negative numbers are not joined by a dash."""
    facts = (report(2030, "50亿元", 50, "亿元"), report(2031, "40亿元", 40, "亿元"))
    out = "".join(map(str, FORMATS["table"].write(output.view(rows(*facts)), Language.zh, CANVAS)))
    assert "-20.0%（-21.79 至 -18.18）" in out


def test_each_row_says_its_report() -> None:
    """Where there are several reports, the table names each row's."""
    table = shkc("trend", "研发投入强度", "--facts", YEARS).out
    assert [table.count(name) for name in ("2029青山科技报告", "2031青山统计年鉴", "2031青山科技报告")] == [1, 1, 1]


# ── Properties ──────────────────────────────────────────────────────────────────────────────────────

AMOUNTS = st.decimals("0.5", "9999", places=3)


def printed(value: Decimal, places: int) -> Decimal:
    """*value* rounded as reports round."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(AMOUNTS, AMOUNTS, st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))
def test_an_honest_report_never_disagrees(
    before: Decimal, after: Decimal, places_before: int, places_after: int, places: int
) -> None:
    """However two true figures and their true growth are rounded, the three as printed agree within their bounds."""
    first, last = printed(before, places_before), printed(after, places_after)
    true = (after / before - 1) * 100
    stated = printed(true, places)
    assume(first > 0 and last > 0 and stated != 0)
    found = rows(
        report(2030, f"{first}亿元", first, "亿元"),
        report(2031, f"{last}亿元", last, "亿元", growth(stated, "%")),
    )[-1].growth
    assert found is not None
    assert found.low is None or found.low <= true
    assert found.high is None or true <= found.high
    assert (found.low is None or found.low <= found.value) and (found.high is None or found.value <= found.high)
    assert found.agrees


# ── The picture ─────────────────────────────────────────────────────────────────────────────────────


def drawn(target: Path, *options: str, query: str = "研发投入强度") -> tuple[int, str]:
    """Draw a trend into *target*: status and standard error."""
    answer = shkc("trend", query, "--facts", YEARS, "--plot", str(target), *options)
    return answer.status, answer.err


def test_an_svg_has_its_text_as_text(tmp_path: Path) -> None:
    """SVG shows every character with whatever fonts the viewer has, and is the same file each time."""
    target = tmp_path / "trend.svg"
    assert drawn(target) == (0, "")
    text = "".join(ET.parse(target).getroot().itertext())
    assert all(word in text for word in ("研发投入强度（青山）", "预计3.1%左右", "3.15%", "2029", "空心：预计或目标"))
    again = tmp_path / "again.svg"
    drawn(again)
    assert again.read_bytes() == target.read_bytes()


def test_a_png_is_one(tmp_path: Path) -> None:
    """PNG is drawn, and if no Chinese font is there that is said in one line."""
    target = tmp_path / "trend.PNG"
    status, err = drawn(target, query="contract-value")
    assert (status, target.read_bytes()[:8]) == (0, b"\x89PNG\r\n\x1a\n")
    assert err == "" or (err.startswith("没有安装中文字体") and err.count("\n") == 1)


def test_a_missing_font_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a Chinese font the picture has boxes, and standard error says what to do; --quiet does not."""
    monkeypatch.setattr(plot, "FONTS", ())
    status, err = drawn(tmp_path / "a.png")
    assert (status, err.count("\n")) == (0, 1)
    assert "Noto Sans CJK SC" in err
    assert drawn(tmp_path / "b.png", "--quiet") == (0, "")


def test_a_picture_beside_an_answer_leaves_it_as_it_is(tmp_path: Path) -> None:
    """Standard output is the same with a picture as without."""
    words = ("trend", "innovation-rank", "--facts", YEARS, "-f", "csv")
    assert shkc(*words, "--plot", str(tmp_path / "a.svg")).out == shkc(*words).out


def test_nothing_is_drawn_over(tmp_path: Path) -> None:
    """A file that is there stays, but for --force; no other file is left."""
    target = tmp_path / "a.svg"
    target.write_text("mine", encoding="utf-8")
    assert drawn(target) == (2, f"shkc: {target} 已存在；用 --force 覆盖\n")
    assert target.read_text(encoding="utf-8") == "mine"
    assert drawn(target, "--force") == (0, "")
    assert target.read_text(encoding="utf-8").startswith("<?xml")
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("name", ["a.jpg", "a", "none/a.svg"])
def test_a_picture_that_cannot_be_is_wrong_usage(tmp_path: Path, name: str) -> None:
    """Another ending and a folder that is not there are told in one line, without an answer."""
    answer = shkc("trend", "研发投入强度", "--facts", YEARS, "--plot", str(tmp_path / name))
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_no_picture(tmp_path: Path) -> None:
    """A query without an answer draws nothing."""
    assert drawn(tmp_path / "a.svg", query="月球基地")[0] == 1
    assert list(tmp_path.iterdir()) == []


def test_without_matplotlib_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The plotting library is optional: without it one line says how to get it, and tables work."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert drawn(tmp_path / "a.svg") == (2, "shkc: --plot 需要 Matplotlib：pip install 'shkc[plot]'\n")
    assert shkc("trend", "研发投入强度", "--facts", YEARS).status == 0


def test_a_trend_without_a_picture_loads_no_plotting_library() -> None:
    """Matplotlib takes longer to load than everything else."""
    code = "import sys\nfrom shkc.cli.app import application\n"
    code += "try:\n    application(sys.argv[1:])(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
    code += "print('matplotlib' in sys.modules, file=sys.stderr)"
    assert python(code, "trend", "研发投入强度", "--facts", YEARS).err == "False\n"


@pytest.mark.parametrize(("stated", "agrees"), [(-10, True), (10, False)])
def test_basis_points_are_hundredths_of_points(stated: int, agrees: bool) -> None:
    """3.15 % to 3.05 % is a fall of 10 个基点, and no rise."""
    earlier = report(2030, "利率3.15%", "3.15", "%")
    later = report(2031, "利率3.05%", "3.05", "%", growth(stated, "个基点"))
    *_, last = rows(earlier, later)
    assert last.growth is not None
    assert (last.growth.unit, last.growth.agrees) == ("个百分点", agrees)
