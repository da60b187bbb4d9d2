"""The command line meets people halfway: queries without a command, help and errors in their language, columns."""

from __future__ import annotations

import re

import pytest
from support import BOTH, COMMANDS, SMALL, YEARS, ids, python, shkc

import shkc as library
from shkc.language import Language, Text
from shkc.output import cards, facts
from shkc.output.formats import FORMATS
from shkc.output.terminal import cells_of
from shkc.output.view import Canvas, View, picked

WIDTHS = range(20, 121, 5)

# ── Queries without a command ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [("全社会研发投入",), ("创新平台", "课题"), ("青山科学节", "--json"), ("月球基地",)])
def test_a_query_without_a_command_is_a_search(words: tuple[str, ...]) -> None:
    """`shkc QUERY…` is `shkc search QUERY…`."""
    assert shkc(*words, "--facts", SMALL) == shkc("search", *words, "--facts", SMALL)


def test_a_query_may_begin_with_a_dash() -> None:
    """Behind -- everything is a query."""
    assert shkc("--facts", SMALL, "--", "-x") == (1, "", "事实库中没有“-x”\n")


def test_a_misspelt_command_is_told_when_nothing_is_found() -> None:
    """A query may look like a command: only when it has no answer, the command is told."""
    answer = shkc("metrc", "月球基地", "--facts", SMALL, "--lang", "en")
    assert answer == (1, "", "not in the fact base: “metrc 月球基地”\nif you meant the command: shkc metric\n")
    assert shkc("metrc", "月球基地", "--facts", SMALL, "-q") == (1, "", "")


# ── Help ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_a_command(command: str, language: str) -> None:
    """`shkc help COMMAND` prints what `shkc COMMAND --help` prints."""
    assert shkc("help", command, "--lang", language) == shkc(command, "--help", "--lang", language)


def test_help_of_all() -> None:
    """`shkc help` is `shkc --help`; without any argument it is told on standard error, and wrong usage."""
    assert shkc("help") == shkc("--help")
    assert (shkc().status, shkc().out) == (2, "")
    assert shkc("help").out.splitlines() == shkc().err.splitlines()


def test_help_of_an_unknown_command_is_wrong_usage() -> None:
    """And the commands are told."""
    answer = shkc("help", "nonsense", "--lang", "en")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("shkc: no command “nonsense”; there are metric, ")
    assert shkc("help", "metrc", "--lang", "en").err == "shkc: no command “metrc”; did you mean metric?\n"
    assert shkc("help", "metrc", "--lang", "zh").err == "shkc: 没有命令“metrc”；是不是 metric？\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_in_the_language_of_the_call(command: str) -> None:
    """English help has no Chinese but in its examples and units, Chinese help no English sentence."""
    english, chinese = shkc(command, "-h", "--lang", "en").out, shkc(command, "-h").out
    assert english.startswith("Usage: shkc")
    assert "，" not in english and "。" not in english
    assert chinese.startswith("用法：shkc")
    assert ". " not in chinese.partition("\n例\n")[0]


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_help_fits_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is longer than 80 cells where there is no terminal."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for command in COMMANDS:
        text = shkc("help", command).out.partition("\n例\n")[0]
        assert max(map(cells_of, text.splitlines())) <= 80


@pytest.mark.parametrize(
    ("command", "absent"),
    [
        ("draft", ("--facts", "--format", "--json", "--columns", "--limit")),
        ("schema", ("--format", "--json", "--columns", "--limit")),
        ("diff", ("--facts",)),
        ("batch", ("--columns", "table", "csv")),
        ("check", ("--columns", "--limit", "display")),
        ("sections", ("display", "github")),
        ("list", ("github",)),
    ],
)
def test_help_lists_only_what_the_command_takes(command: str, absent: tuple[str, ...]) -> None:
    """Neither options nor formats that it would refuse."""
    options = shkc("help", command).out.partition("\n选项\n")[2].partition("\n例\n")[0]
    assert [word for word in absent if word in options] == []


# ── Shared options ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "options",
    [
        ("--json",),
        ("-f", "csv"),
        ("--lang", "en"),
        ("--limit", "1"),
        ("--limit", "0"),
        ("--columns", "id,value"),
        ("--facts", BOTH),
        ("-q",),
    ],
)
def test_shared_options_stand_before_or_behind_the_command(
    options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On either side they say the same, with and without the name of the command."""
    monkeypatch.setenv("SHKC_FACTS", SMALL)
    expected = shkc("search", "全社会研发投入", *options)
    assert shkc(*options, "search", "全社会研发投入") == expected
    assert shkc(*options, "全社会研发投入") == expected


def test_what_stands_behind_the_command_wins() -> None:
    """Of two formats the last one counts; fact files add up."""
    assert shkc("-f", "csv", "list", "-f", "value", "--facts", SMALL) == shkc("list", "-f", "value", "--facts", SMALL)
    before, behind = sorted(("small.toml", "other.toml"))
    folder = BOTH + "/"
    found = shkc("--facts", folder + before, "list", "--facts", folder + behind, "--json")
    assert found == shkc("list", "--facts", folder + before, "--facts", folder + behind, "--json")


@pytest.mark.parametrize(
    ("option", "command"),
    [(("--facts", SMALL), ("diff", SMALL, SMALL)), (("--json",), ("schema",)), (("--columns", "id"), ("check",))],
)
def test_an_option_before_a_command_that_does_not_take_it_is_wrong_usage(
    option: tuple[str, ...], command: tuple[str, ...]
) -> None:
    """No option is ignored."""
    answer = shkc(*option, *command, "--lang", "en")
    assert answer == (2, "", f"shkc: {command[0]} takes no {option[0]}\n")


# ── Errors ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (
            ("list", "--secton", "1"),
            "没有选项 --secton；是不是 --section？",
            "no option --secton; did you mean --section?",
        ),
        (("list", "--zzzz"), "没有选项 --zzzz；见 shkc list --help", "no option --zzzz; see shkc list --help"),
        (("metric",), "缺少 查询…；见 shkc metric --help", "QUERY… is missing; see shkc metric --help"),
        (("diff", "a"), "缺少 B；见 shkc diff --help", "B is missing; see shkc diff --help"),
        (("list", "--min"), "--min 后面缺少值", "--min needs a value"),
        (("list", "--json=1"), "--json 后面不能有值", "--json takes no value"),
        (("list", "a", "b"), "多余的参数：a b", "too many arguments: a b"),
        (("sections", "a"), "多余的参数：a", "too many arguments: a"),
        (
            ("list", "--limit", "-1"),
            "--limit 要的是整数，不小于 0，不是“-1”",
            "--limit takes a whole number from 0 on, not “-1”",
        ),
        (
            ("list", "--limit", "x"),
            "--limit 要的是整数，不小于 0，不是“x”",
            "--limit takes a whole number from 0 on, not “x”",
        ),
        (
            ("list", "--sort", "x"),
            "没有顺序“x”；有：report（报告）、name（名称）、value（数值）、growth（增长）",
            "no order “x”; there are report, name, value, growth",
        ),
        (
            ("sections", "-f", "x"),
            "sections 没有格式“x”；有：table、json、jsonl、csv、tsv、markdown、value",
            "sections has no format “x”; it has table, json, jsonl, csv, tsv, markdown, value",
        ),
        (
            ("list", "--json", "--columns", "id"),
            "格式 json 没有列；--columns 用于 table、csv、tsv、markdown",
            "json has no columns; --columns is for table, csv, tsv, markdown",
        ),
        (
            ("sections", "--columns", "x,id"),
            "没有列“x”；有：id、number、title、short、short_en、depth、report、report_en、metrics、milestones",
            "no column “x”; there are id, number, title, short, short_en, depth, report, report_en, metrics,"
            " milestones",
        ),
        (("--json",), "缺少命令或查询；见 shkc help", "there is no command and no query; see shkc help"),
    ],
)
def test_wrong_usage_is_one_line_in_the_language_of_the_call(
    words: tuple[str, ...], chinese: str, english: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 2, what is wrong and how to mend it, in the language of --lang, SHKC_LANG or the locale."""
    assert shkc(*words) == (2, "", f"shkc: {chinese}\n")
    assert shkc("--lang", "en", *words) == (2, "", f"shkc: {english}\n")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert shkc(*words) == (2, "", f"shkc: {english}\n")
    monkeypatch.setenv("SHKC_LANG", "zh")
    assert shkc(*words) == (2, "", f"shkc: {chinese}\n")


# ── Languages ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("environment", "chinese"),
    [
        ({"LC_ALL": "C.UTF-8"}, True),
        ({"LC_ALL": "zh_CN.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8"}, False),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "C", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "fr_FR.UTF-8"}, True),
        ({"LC_ALL": "en_US.UTF-8", "SHKC_LANG": "zh"}, True),
        ({"LC_ALL": "zh_CN.UTF-8", "SHKC_LANG": "en_GB"}, False),
    ],
)
def test_the_locale_chooses_where_nothing_else_does(
    environment: dict[str, str], chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SHKC_LANG counts before the locale; of the locale its first variable; what is neither of the two is Chinese."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("时期" in shkc("list", "--facts", SMALL).out) is chinese


def test_an_unknown_language_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that says something else is not passed over in silence, unless --lang is given."""
    monkeypatch.setenv("SHKC_LANG", "fr")
    answer = shkc("metric", "孵化器数", "--facts", SMALL, "-f", "value")
    assert answer == (0, "96\n", "shkc: SHKC_LANG=fr：只有 zh 和 en；这里用 zh\n")
    assert shkc("metric", "孵化器数", "--facts", SMALL, "-f", "value", "--lang", "zh").err == ""


# ── Columns, limits, formats ────────────────────────────────────────────────────────────────────────


def test_columns_are_picked_in_their_order() -> None:
    """In a table with their headers, in CSV by their keys."""
    options = ("metric", "孵化器数", "--facts", SMALL, "--columns", "id, figure，low")
    assert shkc(*options, "-f", "csv").out == "id,figure,low\nincubators,不少于96家,96\n"
    assert shkc(*options, "-f", "tsv").out == "id\tfigure\tlow\nincubators\t不少于96家\t96\n"
    assert shkc(*options, "-f", "markdown").out.splitlines()[0] == "| ID | 数值 | low |"
    header, _, row = shkc(*options).out.splitlines()
    assert (header.split(), row.split()) == (["ID", "数值", "low"], ["incubators", "不少于96家", "96"])


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--facts", BOTH),
        ("show", "rd-expenditure", "--facts", BOTH),
        ("trend", "contract-value", "--facts", YEARS),
        ("sections", "--facts", BOTH),
        ("diff", YEARS + "/qingshan-2030.toml", YEARS + "/qingshan-2031.toml"),
    ],
    ids=lambda words: words[0],
)
@pytest.mark.parametrize("output", ["table", "csv", "markdown"])
def test_every_listing_has_its_columns_and_its_limit(words: tuple[str, ...], output: str) -> None:
    """--columns and --limit are for every command that lists."""
    lines = shkc(*words, "--columns", "id", "--limit", "1", "-f", output).out.splitlines()
    assert len(lines) == (2 if output == "csv" else 3)


def test_a_limit_of_none_is_nothing() -> None:
    """--limit 0 finds nothing, everywhere."""
    assert shkc("metric", "孵化器数", "--limit", "0", "--facts", SMALL, "--json", "-q") == (1, "[]\n", "")


def test_display_prints_figures_as_they_read() -> None:
    """The wording of the report, a line for each; a milestone gives its name."""
    answer = shkc("show", "high-tech-enterprises", "rd-intensity", "synergy-plan", "--facts", SMALL, "-f", "display")
    assert answer.out == "2500余家\n预计3.2%左右\n发布“A|B”[b]*协同*方案\n"


# ── Widths ──────────────────────────────────────────────────────────────────────────────────────────


def drawn(view: View, width: int, language: Language = Language.zh) -> str:
    """*view* as a table in a terminal of *width* cells."""
    return "".join(map(str, FORMATS["table"].write(view, language, Canvas(width, colour=False))))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("files", [[], [BOTH]], ids=["bundled", "two reports"])
def test_an_id_is_never_cut_or_split_in_a_table(width: int, language: Language, files: list[str]) -> None:
    """Either all ids stand there whole, or the column is named below the table; no line is too long."""
    base = library.open(files)
    table, _, left_out = drawn(facts.view(list(base.select(library.base.Selection()))), width, language).partition(
        Text("没有地方显示", "no room for").to(language)
    )
    assert ("ID" in left_out) is not ({fact.id for fact in base.list()} <= set(table.split()))
    assert max(map(cells_of, (table + left_out).splitlines())) <= width


@pytest.mark.parametrize("width", WIDTHS)
def test_an_id_is_never_cut_or_split_in_a_card(width: int) -> None:
    """The ids of a card and of its relations stand whole on a line; each width has a seventh of the facts."""
    base = library.open()
    for fact in base.list()[width // 5 % 7 :: 7]:
        found = base.show(fact.id)
        words = drawn(cards.view(found), width).replace(",", " ").split()
        assert {fact.id, *(relation.id for relation in found[0].details.relations)} <= set(words)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_id_that_is_picked_is_never_cut(width: int) -> None:
    """Alone it takes the room that it needs."""
    base = library.open()
    view = picked(facts.view(list(base.select(library.base.Selection()))), ["id"])
    assert {fact.id for fact in base.list()} <= set(drawn(view, width).split())


def test_columns_without_room_are_named() -> None:
    """What is left out is told, with what to do about it."""
    view = facts.view(list(library.open([SMALL]).select(library.base.Selection(kind="metric", limit=2))))
    assert drawn(view, 50, Language.en).endswith(
        "\nno room for Growth, share, rank, Period, Place, ID\n(--columns picks columns)\n"
    )
    assert drawn(view, 60).endswith("\n没有地方显示：段落、ID（--columns 选列）\n")
    assert "no room" not in drawn(view, 120, Language.en)


# ── Several reports ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("output", ["table", "markdown"])
@pytest.mark.parametrize(
    "words", [("metric", "孵化器数"), ("milestone", "材料实验室"), ("list", "--unit", "件"), ("trend", "incubators")]
)
def test_every_result_says_its_report_where_there_are_several(words: tuple[str, ...], output: str) -> None:
    """Even if all results are of one of them."""
    answer = shkc(*words, "--facts", BOTH, "-f", output)
    assert "2031青山科技报告" in answer.out or "2030白沙科技报告" in answer.out
    assert "报告" not in shkc(*words, "--facts", SMALL, "-f", output).out


@pytest.mark.parametrize("width", WIDTHS)
def test_reports_are_told_apart_at_any_width(width: int) -> None:
    """The report stands in a column or below the name, and is never left out."""
    view = facts.view(list(library.open([BOTH]).select(library.base.Selection(limit=6))))
    table, _, left_out = drawn(view, width).partition("没有地方显示")
    assert "报告" not in left_out
    assert re.sub(r"\s", "", table).count("科技报告") == 6 or width < 30


# ── Lists ───────────────────────────────────────────────────────────────────────────────────────────


def listed(*options: str) -> list[str]:
    """The ids that `list` gives of the invented report."""
    return ids(shkc("list", *options, "--facts", SMALL, "--json"))


@pytest.mark.parametrize("category", ["policy", "政策", " Policy "])
def test_a_category_can_be_chosen(category: str) -> None:
    """By its term or in Chinese."""
    assert listed("--category", category) == ["innovation-regulations", "synergy-plan"]


def test_an_unknown_category_is_wrong_usage() -> None:
    """And those that there are are told."""
    answer = shkc("list", "--category", "x", "--lang", "en")
    assert (answer.status, answer.out) == (2, "")
    assert answer.err.startswith("shkc: no category “x”; there are policy, ")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--has", "share"), {"new-academicians"}),
        (("--has", "rank"), {"innovation-rank", "papers"}),
        (("--has", "growth"), {"rd-expenditure", "rd-intensity", "contract-value"}),
        (("--has", "growth", "--has", "rank"), set()),
    ],
)
def test_what_a_figure_is_printed_with_can_be_chosen(options: tuple[str, ...], expected: set[str]) -> None:
    """Growth, share, rank; several conditions hold together."""
    answer = shkc("list", *options, "--facts", SMALL, "--json", "-q")
    assert set(ids(answer)) == expected


def test_sorting_by_growth_puts_the_greatest_first() -> None:
    """Per cent come first, then points, then figures without growth."""
    assert listed("--sort", "growth", "--limit", "3") == ["rd-expenditure", "contract-value", "rd-intensity"]


def test_a_unit_that_no_figure_has_is_told_with_those_there_are() -> None:
    """So that another can be chosen."""
    answer = shkc("list", "--unit", "光年", "--facts", SMALL)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("没有单位是“光年”的数字；有：家、")


def test_a_category_that_no_milestone_has_is_told_with_those_there_are() -> None:
    """In the words of the language."""
    answer = shkc("list", "--category", "reform", "--facts", SMALL, "--lang", "en")
    assert answer == (1, "", "no milestone is of the category reform; there are policy, institution, product, event\n")


@pytest.mark.parametrize("alias", ["研发经费", "GERD"])
def test_a_fact_is_shown_by_an_alias(alias: str) -> None:
    """An alias serves as well as a name."""
    assert shkc("show", alias, "--facts", SMALL) == shkc("show", "rd-expenditure", "--facts", SMALL)


def test_near_facts_are_told_with_their_figures() -> None:
    """What comes near may be the answer."""
    assert "技术合同成交额 4850亿元（" in shkc("metric", "技术合同数量").err


# ── Speed ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [("list", "--nonsense"), ("metric", "月球基地"), ("list", "--unit", "光年")])
def test_no_answer_draws_nothing(words: tuple[str, ...]) -> None:
    """An error is a line, and comes as fast as an answer."""
    code = "import sys\nfrom shkc.cli.app import application\n"
    code += "try:\n    application(sys.argv[1:])(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
    answer = python(code + "print('rich' in sys.modules, file=sys.stderr)", *words)
    assert answer.err.splitlines()[1:] == ["False"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_draws_nothing(shell: str) -> None:
    """Typer loads Rich to remove markup from what zsh and fish show beside a word: here is none."""
    words = "shkc show technology"
    line = {"COMP_WORDS": words, "COMP_CWORD": "2", "_TYPER_COMPLETE_ARGS": words}
    line |= {"_TYPER_COMPLETE_FISH_ACTION": "get-args", "_SHKC_COMPLETE": f"complete_{shell}"}
    code = "import os, sys, runpy\nos._exit = sys.exit\ntry:\n    runpy.run_module('shkc', run_name='__main__')\n"
    code += "except SystemExit:\n    pass\nprint('rich' in sys.modules, file=sys.stderr)"
    answer = python(f"import os\nos.environ.update({line})\n{code}")
    assert answer.err == "False\n"
    assert "technology-contract-value" in answer.out
