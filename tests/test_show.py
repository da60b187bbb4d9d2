"""`show`: all that is known about a fact, and what follows from its figure."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support import BOTH, SMALL, shkc

from shkc.cli.lookup import MOST_COMPARED
from shkc.output import terminal
from shkc.output.view import Canvas

HEAD = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]


def figure(fact: str, value: str, unit: str, *more: str, excerpt: str | None = None) -> str:
    """A metric of a fact file."""
    lines = (f'id = "{fact}"', f'name = "{fact}"', f'name_en = "{fact}"', 'section = "overview"', "paragraph = 1")
    shown = f'excerpt = "{excerpt or value + unit}"'
    return "\n".join(("[[metric]]", *lines, shown, f"value = {value}", f'unit = "{unit}"', *more)) + "\n"


def computed(fact: str, facts: str = SMALL) -> list[dict[str, Any]]:
    """What follows from *fact*."""
    ((shown),) = shkc("show", fact, "--facts", facts, "--json").json
    return list(shown["computed"])


def written(folder: Path, *figures: str) -> str:
    """A fact file with *figures*."""
    path = folder / "facts.toml"
    path.write_text(HEAD + "\n".join(figures), encoding="utf-8")
    return str(path)


def test_the_year_before_follows_from_growth() -> None:
    """4850 at +21.1 %: 4005 the year before, within 4849.5 / 1.2115 and 4850.5 / 1.2105, rounded outward."""
    ((shown),) = shkc("show", "technology-contract-value", "--json").json
    (previous,) = shown["computed"]
    assert (previous["rule"], previous["value"], previous["unit"], previous["period"]) == (
        "previous",
        4005,
        "亿元",
        "2022",
    )
    assert (previous["low"], previous["high"]) == (4002.8, 4007.1)
    assert previous["computed"] is True
    assert previous["sources"] == ["technology-contract-value"]


def test_the_whole_follows_from_a_share() -> None:
    """18 at 13.5 %: 133 in all, exactly, because only one whole number lies within the bounds."""
    ((shown),) = shkc("show", "new-academicians", "--json").json
    (whole,) = shown["computed"]
    assert (whole["rule"], whole["value"], whole["unit"]) == ("whole", 133, "位")
    assert (whole["low"], whole["high"]) == (133, 133)


@pytest.mark.parametrize(
    ("fact", "rule", "value", "low", "high"),
    [
        pytest.param("rd-expenditure", "previous", 296.8, 296.52, 296.99, id="about, growth in per cent"),
        pytest.param("rd-intensity", "previous", 3.0, 2.85, 3.15, id="growth in percentage points"),
        pytest.param("contract-value", "previous", 1244, 1242.8, None, id="over, decline"),
        pytest.param("new-academicians", "whole", 48, 48, 48, id="whole number from a share"),
        pytest.param("platform-projects", "per", 12.0, None, 12.0, id="at most, per unit"),
    ],
)
def test_what_follows_has_exact_bounds(
    fact: str, rule: str, value: float, low: float | None, high: float | None
) -> None:
    """Each rule computes with the printed precision and the hedges of its figures."""
    (follows,) = computed(fact)
    assert (follows["rule"], follows["value"], follows["low"], follows["high"]) == (rule, value, low, high)


@pytest.mark.parametrize("fact", ["innovation-rank", "papers", "incubators", "permit-days", "festival-visitors"])
def test_nothing_follows_from_a_figure_alone(fact: str) -> None:
    """A rank, and a figure without growth, share or relation, imply nothing."""
    assert computed(fact) == []


def test_a_part_gives_its_share_and_the_rest() -> None:
    """480 of 2500余 are 18.46 to 19.2 %, and 2020 to 2120 are left."""
    ratio, remainder = computed("new-high-tech-enterprises")
    assert (ratio["rule"], ratio["value"], ratio["low"], ratio["high"]) == ("ratio", 19.2, 18.46, 19.2)
    assert (remainder["rule"], remainder["value"], remainder["low"], remainder["high"]) == (
        "remainder", 2020, 2020, 2120
    )  # fmt: skip


def test_a_whole_gives_what_its_parts_do() -> None:
    """17 of 52: the whole tells of its part as the part of its whole; the quotient of two counts is exact."""
    shown = shkc("show", "national-key-laboratories", "national-key-laboratories-joint", "--json").json
    whole, part = (fact["computed"] for fact in shown)
    assert whole == part
    ratio, remainder = whole
    assert (ratio["value"], ratio["exact"], ratio["display"]) == (32.69, True, "= 17/52 ≈ 32.69%")
    assert ratio["low"] <= 100 * 17 / 52 <= ratio["high"]
    assert (remainder["value"], remainder["low"], remainder["high"], remainder["unit"]) == (35, 35, 35, "家")


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param('parts = "disjoint"', [60], id="parts that do not overlap leave one rest"),
        pytest.param('parts = "complete"', [], id="parts that make it up leave none"),
        pytest.param("", [70, 90], id="parts that may overlap leave a rest each"),
    ],
)
def test_what_is_left_depends_on_how_the_parts_lie(tmp_path: Path, parts: str, expected: list[int]) -> None:
    """30 and 10 of 100: their rest is 60 only if nothing is in both."""
    whole = figure("whole", "40" if "complete" in parts else "100", "家", parts)
    of_whole = 'relations = { part-of = ["whole"] }'
    facts = written(tmp_path, whole, figure("one", "30", "家", of_whole), figure("two", "10", "家", of_whole))
    assert [rest["value"] for rest in computed("whole", facts) if rest["rule"] == "remainder"] == expected


def test_bounds_of_an_estimate_are_said_to_be_its(tmp_path: Path) -> None:
    """What comes about may lie outside the bounds of an estimate."""
    change = 'change = { value = 10, unit = "%", basis = "yoy", excerpt = "增长10%" }'
    facts = written(tmp_path, figure("rd", "110", "亿元", 'qualifiers = ["estimated"]', change, excerpt="预计110亿元"))
    (follows,) = computed("rd", facts)
    assert follows["display"] == "≈ 100亿元（99.0–101.0亿元，按预计值）"
    assert follows["display_en"] == "≈ CNY 10 billion (CNY 9.90–10.10 billion, from an estimate)"


def test_an_open_figure_gives_one_bound() -> None:
    """超1200亿元 after a fall: what came before was at least so much, and no more is said."""
    (follows,) = computed("contract-value")
    assert (follows["display"], follows["display_en"]) == ("不少于 1242.8亿元", "at least CNY 124.28 billion")


def test_nothing_follows_from_ranks(tmp_path: Path) -> None:
    """The third place is no part of six persons, though both have the unit 位."""
    rank = figure(
        "rank",
        "3",
        "位",
        'rank = { value = 3, of = "x", excerpt = "第3位" }',
        'relations = { part-of = ["people"] }',
        excerpt="第3位",
    )
    facts = written(tmp_path, figure("people", "6", "位"), rank)
    assert computed("rank", facts) == []


def test_nothing_follows_from_a_decline_to_nothing(tmp_path: Path) -> None:
    """A decline by 100 % leaves no figure to divide by."""
    change = 'change = { value = -100, unit = "%", basis = "yoy", excerpt = "下降100%" }'
    assert computed("gone", written(tmp_path, figure("gone", "0", "家", change))) == []


def test_a_ratio_per_scaled_units_says_per_what(tmp_path: Path) -> None:
    """415亿元 per 8.3万份 are 50亿元 for each 万份, or 0.005亿元 for each 份; the unit must say which."""
    facts = written(
        tmp_path, figure("copies", "8.3", "万份"), figure("income", "415", "亿元", 'relations = { per = ["copies"] }')
    )
    (follows,) = computed("income", facts)
    per_copy = {"亿元/万份": Decimal(10**4), "亿元/份": Decimal(1)}[follows["unit"]]
    assert Decimal(follows["low"]) / per_copy <= Decimal("0.005") <= Decimal(follows["high"]) / per_copy


def test_a_small_ratio_keeps_digits(tmp_path: Path) -> None:
    """3 of 1000 per unit are 0.003, not 0.00."""
    facts = written(tmp_path, figure("many", "1000", "个"), figure("few", "3", "项", 'relations = { per = ["many"] }'))
    (follows,) = computed("few", facts)
    assert follows["low"] <= follows["value"] <= follows["high"]


@pytest.mark.parametrize(
    ("value", "unit", "growth"),
    [
        pytest.param("12", "家", "50", id="a count with one whole number within its bounds"),
        pytest.param("12", "亿元", "400.0", id="growth so great that the year before needs another digit"),
    ],
)
def test_a_computed_value_lies_within_its_bounds(tmp_path: Path, value: str, unit: str, growth: str) -> None:
    """Bounds that do not hold their own value prove nothing."""
    change = f'change = {{ value = {growth}, unit = "%", basis = "yoy", excerpt = "增长{growth}%" }}'
    (follows,) = computed("firms", written(tmp_path, figure("firms", value, unit, change)))
    assert follows["low"] <= follows["value"] <= follows["high"]


def test_nothing_follows_where_no_count_fits(tmp_path: Path) -> None:
    """10 after +21 % would follow 8.26, and there is no such number of firms: the report's rounding is not known."""
    change = 'change = { value = 21, unit = "%", basis = "yoy", excerpt = "增长21%" }'
    assert computed("firms", written(tmp_path, figure("firms", "10", "家", change))) == []


def test_a_card_marks_what_is_computed() -> None:
    """A figure that stands in no report cannot be taken for one that does."""
    card = shkc("show", "technology-contract-value").out
    assert "≈ 4005亿元（4002.8–4007.1亿元），由增长推算\n" in card


@pytest.mark.parametrize(
    ("basis", "chinese", "english"),
    [("yoy", "同比 +5%", "+5% year on year"), ("2020", "比2020年 +5%", "+5% on 2020"), ("other", "变化 +5%", "+5%")],
)
def test_growth_is_shown_with_its_basis(tmp_path: Path, basis: str, chinese: str, english: str) -> None:
    """Growth since 2020 is none over the year before."""
    change = f'change = {{ value = 5, unit = "%", basis = "{basis}", excerpt = "增长5%" }}'
    facts = written(tmp_path, figure("firms", "12", "家", change))
    assert f"增长    {chinese}\n" in shkc("show", "firms", "--facts", facts).out
    assert f"Growth      {english}\n" in shkc("show", "firms", "--facts", facts, "--lang", "en").out


def test_a_fact_is_shown_by_its_exact_name() -> None:
    """A name serves as well as an id."""
    assert shkc("show", "孵化器数", "--facts", SMALL) == shkc("show", "incubators", "--facts", SMALL)


def test_a_fact_of_two_reports_is_shown_for_both() -> None:
    """An id that two reports have shows both, the newest first."""
    shown = shkc("show", "rd-expenditure", "--facts", BOTH, "--json").json
    assert [fact["source"]["year"] for fact in shown] == [2031, 2030]


def test_json_holds_the_details() -> None:
    """JSON adds the details and the computed figures to the contract's fields."""
    ((shown),) = shkc("show", "new-high-tech-enterprises", "--facts", SMALL, "--json").json
    assert shown["details"]["relations"] == [
        {
            "type": "part-of",
            "id": "high-tech-enterprises",
            "name": "高新技术企业累计数",
            "name_en": "High-tech enterprises in all",
        }
    ]
    assert [follows["sources"] for follows in shown["computed"]] == [
        ["new-high-tech-enterprises", "high-tech-enterprises"],
        ["high-tech-enterprises", "new-high-tech-enterprises"],
    ]


def test_a_card_has_all_parts() -> None:
    """A card tells hedges, bounds, period, scope, section path, source, evidence, relations and note."""
    card = shkc("show", "rd-intensity", "--facts", SMALL).out
    rows = dict(line.split(maxsplit=1) for line in card.splitlines()[1:])
    assert {
        "数值",
        "限定",
        "增长",
        "换算",
        "预计值区间",
        "口径",
        "时期",
        "范围",
        "备注",
        "栏目",
        "出处",
        "佐证",
        "ID",
        "推算",
        "英文名",
    } == set(rows)


def test_an_unknown_id_is_status_1_with_a_suggestion() -> None:
    """A misspelt id is not found, and the nearest one is told."""
    answer = shkc("show", "incubator", "--facts", SMALL)
    assert (answer.status, answer.out) == (1, "")
    assert "incubators" in answer.err


def test_an_unknown_id_among_others_does_not_hide_them() -> None:
    """The facts that exist are shown, and the status tells that one does not."""
    answer = shkc("show", "incubators", "moon", "--facts", SMALL, "--json")
    assert answer.status == 1
    assert [fact["id"] for fact in answer.json] == ["incubators"]
    assert "moon" in answer.err


def test_a_fact_that_is_named_twice_is_shown_once() -> None:
    """By its id, again, and by its name; in the order in which they were named."""
    answer = shkc("show", "incubators", "rd-expenditure", "孵化器数", "incubators", "--facts", SMALL, "--json")
    assert [fact["id"] for fact in answer.json] == ["incubators", "rd-expenditure"]


@pytest.mark.parametrize("command", ["show", "cite"])
def test_of_many_unknown_ids_the_first_are_compared(command: str) -> None:
    """With what the base has; three thousand took a minute. All are told."""
    unknown = [f"incubator-{number}" for number in range(MOST_COMPARED + 5)]
    told = shkc(command, *unknown, "--facts", SMALL, "--lang", "en").err.splitlines()
    assert [f"“{name}”" in line for name, line in zip(unknown, told, strict=True)] == [True] * len(unknown)
    assert ["near it: incubators" in line for line in told] == [True] * MOST_COMPARED + [False] * 5


@pytest.mark.parametrize("width", [None, 60, 12])
def test_a_card_takes_no_longer_than_its_text(width: int | None) -> None:
    """A text of forty thousand characters, and a hundred cards: each is drawn at once, whatever its width."""
    begun = time.process_time()
    (told,) = {terminal.draw_card("名称", [("别名", "孵化器、" * 10_000)], Canvas(width, colour=False))}
    assert re.sub(r"\s", "", told) == "名称别名" + "孵化器、" * 10_000
    rows = [(f"行{number}", "孵化器数") for number in range(20)]
    for _ in range(40):
        assert terminal.draw_card("名称", rows, Canvas(width, colour=False)).count("\n") >= 21
    assert time.process_time() - begun < 3


def test_an_unknown_id_is_an_empty_array() -> None:
    """JSON stays an array."""
    assert shkc("show", "moon", "--facts", SMALL, "--json", "-q") == (1, "[]\n", "")


@pytest.mark.parametrize(
    ("part", "whole", "value", "display"),
    [
        (1, 4, 25, "= 25%"),
        (1, 3, 33.33, "= 1/3 ≈ 33.33%"),
        (2, 3, 66.67, "= 2/3 ≈ 66.67%"),
        (1, 8, 12.5, "= 12.5%"),
        (3, 3, 100, "= 100%"),
    ],
)
def test_a_share_of_two_counts_is_exact(part: int, whole: int, value: float, display: str, tmp_path: Path) -> None:
    """Shown in two decimals at most; where these round it, with the two counts."""
    of = 'relations = { part-of = ["whole"] }'
    facts = written(tmp_path, figure("whole", f"{whole}", "家"), figure("part", f"{part}", "家", of))
    (ratio,) = (each for each in computed("part", facts) if each["rule"] == "ratio")
    assert (ratio["value"], ratio["display"], ratio["exact"]) == (value, display, True)


@pytest.mark.parametrize(("value", "excerpt", "follows"), [("-5", "亏损-5亿元", []), ("5", "盈利5亿元", ["per"])])
def test_nothing_follows_for_each_of_a_loss(value: str, excerpt: str, follows: list[str], tmp_path: Path) -> None:
    """A negative amount for each of something is no amount."""
    income = figure("income", value, "亿元", 'relations = { per = ["copies"] }', excerpt=excerpt)
    facts = written(tmp_path, figure("copies", "8.3", "万份"), income)
    assert [each["rule"] for each in computed("income", facts)] == follows
