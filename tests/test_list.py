"""`list`: browse the facts."""

from __future__ import annotations

import pytest
from support import BOTH, SMALL, Answer, ids, shkc

from shkc.output.labels import DIMENSIONS
from shkc.text import units


def listed(*options: str) -> list[str]:
    """The ids that `list` gives of the invented report."""
    return ids(shkc("list", *options, "--facts", SMALL, "--json"))


def test_lists_every_fact_in_the_order_of_the_report() -> None:
    """Without options all facts come, paragraph by paragraph."""
    answer = shkc("list", "--facts", SMALL, "--json")
    paragraphs = [fact["source"]["paragraph"] for fact in answer.json]
    assert len(paragraphs) == 20
    assert paragraphs == sorted(paragraphs)


@pytest.mark.parametrize(
    "name", ["companies-and-talent", "1", "一", "企业与人才", "企业", "Companies and talent", " 企业 "]
)
def test_a_section_has_many_names(name: str) -> None:
    """A section is named by id, number, title or part of it, and its subsections belong to it."""
    expected = {"high-tech-enterprises", "new-high-tech-enterprises", "incubators", "incubator-target"}
    expected |= {"new-academicians", "work-permits", "permit-days", "innovation-platforms", "platform-projects"}
    assert set(listed("--section", name)) == expected


@pytest.mark.parametrize("name", ["platforms", "1.1", "创新平台"])
def test_a_subsection_is_only_itself(name: str) -> None:
    """A subsection leaves out its parent."""
    assert set(listed("--section", name)) == {"innovation-platforms", "platform-projects"}


def test_the_bundled_section_on_talent() -> None:
    """`list --section 人才` gives the part on talent with its subsections, and nothing else."""
    answer = shkc("list", "--section", "人才", "--json")
    assert "new-academicians" in ids(answer)
    assert {fact["section"]["path"][1][:6] for fact in answer.json} == {"培育人才队伍"}


@pytest.mark.parametrize("name", ["月球", "9", "", "%", "1.9"])
def test_an_unknown_section_is_wrong_usage(name: str) -> None:
    """A section that no report has is wrong usage, and the message names those that there are."""
    answer = shkc("list", "--section", name, "--facts", SMALL)
    assert (answer.status, answer.out) == (2, "")
    assert "企业人才" in answer.err


def test_a_kind_can_be_chosen() -> None:
    """--kind picks figures or milestones."""
    assert len(listed("--kind", "metric")) == 15
    assert len(listed("--kind", "milestone")) == 5


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("亿元", ["contract-value", "rd-expenditure"]),
        ("CNY", ["contract-value", "rd-expenditure"]),
        ("%", ["rd-intensity"]),
        ("万份", ["work-permits"]),
        ("份", ["work-permits"]),
    ],
)
def test_a_unit_can_be_chosen(unit: str, expected: list[str]) -> None:
    """--unit picks figures by their printed unit or by the unit of their normalised value."""
    assert sorted(listed("--unit", unit)) == expected


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        (("亿元", "%"), ["contract-value", "rd-expenditure", "rd-intensity"]),
        (("亿元", "亿元"), ["contract-value", "rd-expenditure"]),
        (("億元",), ["contract-value", "rd-expenditure"]),
        (("￥",), ["contract-value", "rd-expenditure"]),
        (("CNY billion",), ["contract-value", "rd-expenditure"]),
        (("亿",), ["contract-value", "rd-expenditure"]),
        (("金额",), ["contract-value", "rd-expenditure"]),
        (("money",), ["contract-value", "rd-expenditure"]),
        (("papers",), ["papers"]),
        (("Paper",), ["papers"]),
    ],
)
def test_a_unit_may_be_said_in_many_ways(units: tuple[str, ...], expected: list[str]) -> None:
    """Several are any of them: as printed in either language, in traditional characters, as a scale or a dimension."""
    assert sorted(listed(*(word for unit in units for word in ("--unit", unit)))) == expected


def test_people_are_counted_by_several_units() -> None:
    """人 and people are all figures that count people, by whatever word; the 位 of a rank is no person."""
    words = ("-f", "tsv", "--columns", "unit,measure")
    for typed in ("人", "people"):
        found = set(shkc("list", "--unit", typed, *words).out.splitlines()[1:])
        assert {line.partition("\t")[0] for line in found} >= {"人", "位"}
        assert not any(line.endswith("rank") for line in found)
    assert "rank" not in shkc("list", "--unit", "位", *words).out
    assert shkc("list", "--unit", "位", "--measure", "rank", "-f", "value").status == 0


def test_every_dimension_has_its_words() -> None:
    """Those of the table of units, and no word is a unit as well, but for 人 that is both."""
    assert DIMENSIONS.keys() == {unit.dimension for unit in units.known().values()}
    words = {word for term, label in DIMENSIONS.items() for word in (term, label.zh)}
    assert words & units.known().keys() == {"人"}


def test_other_conditions_may_be_repeated() -> None:
    """Sections, categories and measures are any of those that are named."""
    assert set(listed("--measure", "ratio", "--measure", "位次")) == {
        *listed("--measure", "ratio"),
        *listed("--measure", "rank"),
    }
    both = listed("--section", "企业", "--section", "platforms", "--category", "policy", "--category", "活动")
    either = {*listed("--category", "policy"), *listed("--category", "event")}
    assert set(both) == either & set(listed("--section", "企业"))


@pytest.mark.parametrize(
    "words",
    [("--kind", "metric", "--kind", "milestone"), ("--min", "1", "--min", "2"), ("--sort", "name", "--sort", "value")],
)
def test_one_value_is_not_given_twice(words: tuple[str, ...]) -> None:
    """Nobody knows which was meant; the last of the shared options wins, as an alias of the shell wants it."""
    assert shkc("list", *words, "--lang", "en") == (2, "", f"shkc: {words[0]} can be given once\n")
    assert len(listed("--limit", "5", "--limit", "2")) == 2


def test_a_unit_that_no_figure_has_is_told_as_typed() -> None:
    """Not as the base unit that it would be normalised to; beside others, too, of which the answer is."""
    for typed in ("吨", "$", "光年"):
        told = shkc("list", "--unit", typed, "--facts", SMALL, "--lang", "en").err
        assert told.startswith(f"no figure has the unit “{typed}”; there are ")
    both = shkc("list", "--unit", "%", "--unit", "吨", "--facts", SMALL, "--json")
    assert (both.status, ids(both)) == (0, ["rd-intensity"])
    assert both.err.startswith("没有单位是“吨”的数字；有：")


def test_chinese_words_name_parts_and_orders() -> None:
    """As they do categories and measures."""
    assert listed("--has", "增长", "--sort", "增长", "--kind", "数字") == listed("--has", "growth", "--sort", "growth")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--min", "500亿"), ["contract-value"]),
        (("--min", "1200亿元"), ["contract-value"]),
        (("--min", "3.2e10"), ["contract-value", "rd-expenditure"]),
        (("--min", "8万", "--max", "9万份"), ["work-permits"]),
        (("--min", "83,000", "--max", "83000"), ["work-permits"]),
        (("--min", "８万", "--max", "９万"), ["work-permits"]),
        (("--max", "3.2"), ["innovation-rank", "rd-intensity"]),
        (("--max", "3.2%"), ["rd-intensity"]),
        (("--min", "1元"), ["contract-value", "rd-expenditure"]),
    ],
)
def test_values_can_be_limited(options: tuple[str, ...], expected: list[str]) -> None:
    """--min and --max compare normalised values, both ends included, in their unit if they have one."""
    assert sorted(listed(*options)) == expected


def test_limits_in_two_units_are_wrong_usage() -> None:
    """Nothing is money and a number of enterprises."""
    answer = shkc("list", "--min", "10亿元", "--max", "5万家", "--facts", SMALL, "--lang", "en")
    assert answer == (2, "", "shkc: the least value is in CNY and the greatest in 家; use one unit\n")


@pytest.mark.parametrize("amount", ["many", "", "亿", "nan", "inf", "--1", "1.2.3", "[b]"])
def test_a_malformed_amount_is_wrong_usage(amount: str) -> None:
    """What is no amount is wrong usage, shown as typed."""
    answer = shkc("list", f"--min={amount}", "--facts", SMALL)
    assert (answer.status, answer.out) == (2, "")
    assert f"“{amount}”" in answer.err


def test_sorting_by_value_puts_the_greatest_first() -> None:
    """--sort value compares normalised values."""
    assert listed("--sort", "value", "--limit", "3") == ["contract-value", "rd-expenditure", "work-permits"]


def test_sorting_by_name_follows_pinyin() -> None:
    """--sort name is the order of a Chinese dictionary."""
    assert listed("--sort", "name", "--kind", "milestone") == [
        "synergy-plan",
        "science-festival",
        "innovation-regulations",
        "quantum-computer",
        "materials-laboratory",
    ]


def test_what_stands_beside_a_figure_can_be_picked() -> None:
    """The year before and its bounds, computed, and the excerpt of a growth; a period of a milestone, too."""
    keys = "id,previous,previous_low,previous_high,change_excerpt"
    rows = shkc("list", "--has", "growth", "--columns", keys, "-f", "csv", "--facts", SMALL).out.splitlines()
    assert rows[0] == keys
    computed = shkc("show", "rd-expenditure", "--json", "--facts", SMALL).json[0]["computed"][0]
    ends = ",".join(str(computed[end]) for end in ("value", "low", "high"))
    assert any(row.startswith(f"rd-expenditure,{ends},") for row in rows)
    table = shkc("list", "--kind", "milestone", "--columns", "period", "-f", "csv", "--facts", SMALL).out
    assert "" not in table.splitlines()
    assert "previous" not in shkc("list", "-f", "csv", "--facts", SMALL).out.partition("\n")[0]


def test_the_limit_counts_facts() -> None:
    """--limit N gives the first N facts."""
    assert listed("--limit", "2") == listed()[:2]


def test_a_limit_of_none_finds_nothing() -> None:
    """--limit 0 is no fact, and no fact is status 1."""
    assert shkc("list", "--limit", "0", "--json", "-q") == Answer(1, "[]\n", "")
    for call in (("list",), ("metric", "孵化器数")):  # not that there is none
        assert shkc(*call, "--limit", "0", "--lang", "en").err == "--limit 0 leaves no result\n"


@pytest.mark.parametrize("option", [("--limit", "-1"), ("--limit", "x"), ("--sort", "x"), ("--kind", "x")])
def test_a_malformed_option_is_wrong_usage(option: tuple[str, str]) -> None:
    """Options are checked."""
    assert shkc("list", *option).status == 2


def test_nothing_meets_the_conditions() -> None:
    """No fact is status 1, an empty array, and a word on standard error."""
    options = ("--unit", "亿元", "--max", "1元", "--facts", SMALL, "--json")
    assert shkc("list", *options) == (1, "[]\n", "没有符合条件的事实；只要不限最大值就有\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--has", "share", "--has", "rank"), "no fact meets the conditions"),
        (("--measure", "score"), "no figure is a score; there are flow, stock, cumulative, ratio, rank"),
        (
            ("--unit", "亿元", "--min", "10亿元", "--measure", "ratio"),
            "no fact meets the conditions; without the measure, some do",
        ),
        (
            ("--unit", "亿元", "--min", "1万亿元", "--measure", "flow"),
            "no fact meets the conditions; without the least value, some do",
        ),
    ],
)
def test_what_there_is_is_told_where_nothing_is(options: tuple[str, ...], told: str) -> None:
    """Measures, or the condition without which there are facts."""
    assert shkc("list", *options, "--lang", "en").err == f"{told}\n"


def test_two_reports_are_listed_one_after_the_other() -> None:
    """Facts of two reports do not mix."""
    reports = [fact["source"]["report"] for fact in shkc("list", "--facts", BOTH, "--json").json]
    assert reports == ["2030白沙科技报告"] * 3 + ["2031青山科技报告"] * 20
