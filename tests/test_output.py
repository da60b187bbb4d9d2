"""Every command in every format prints what its golden file says."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Literal

import pytest
from conftest import GOLDEN, Golden
from support import BOTH, DATA, FACT_COMMANDS, SMALL, SMALL_TEXT, YEARS, shkc

FORMATS = {
    "table": "txt",
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "tsv": "tsv",
    "markdown": "md",
    "value": "value.txt",
}
WRONG = str(DATA / "wrong.toml")
GAPS = str(DATA / "gaps.txt")
CALLS = {
    **{name: (*words, "--facts", BOTH) for name, words in FACT_COMMANDS.items()},
    "list-section": ("list", "--section", "企业", "--sort", "value", "--facts", SMALL),
    "sections": ("sections", "--facts", BOTH),
    "check": ("check", BOTH),
    "check-wrong": ("check", WRONG),
    "trend": ("trend", "研发投入强度", "--facts", YEARS),
    "trend-places": ("trend", "contract-value", "--facts", YEARS),
    "diff": ("diff", str(DATA / "years" / "qingshan-2030.toml"), str(DATA / "years" / "qingshan-2031.toml")),
    "diff-nothing": ("diff", SMALL, SMALL),
    "verify": ("verify", SMALL_TEXT, "--facts", SMALL),
    "verify-gaps": ("verify", GAPS, "--facts", SMALL),
    "nothing": ("metric", "月球基地", "--facts", SMALL),
}
STATUS = {"check-wrong": 3, "verify-gaps": 1, "nothing": 1, "diff-nothing": 1}
BILINGUAL = (
    "list",
    "show",
    "sections",
    "trend",
    "trend-places",
    "diff",
    "check-wrong",
    "verify",
    "verify-gaps",
    "nothing",
)


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems are named from the working directory."""
    monkeypatch.chdir(DATA.parent)


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("name", CALLS)
def test_prints_its_golden_file(name: str, output: str, golden: Golden) -> None:
    """Each command prints the same answer as ever, with the exit status of the contract."""
    answer = shkc(*CALLS[name], "--format", output)
    golden.check(f"{name}.{FORMATS[output]}", answer.out.replace(str(DATA), "data"))
    assert answer.status == STATUS.get(name, 0)


@pytest.mark.parametrize("name", BILINGUAL)
def test_prints_its_golden_file_in_english(name: str, golden: Golden) -> None:
    """With --lang en the names, headers and messages are English."""
    answer = shkc(*CALLS[name], "--lang", "en")
    golden.check(f"{name}.en.txt", answer.out.replace(str(DATA), "data"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", ["check", "check-wrong", "nothing"])
def test_says_its_golden_file_on_standard_error(name: str, language: str, golden: Golden) -> None:
    """What is not the answer goes to standard error, in the language asked for."""
    answer = shkc(*CALLS[name], "--lang", language)
    golden.check(f"{name}.{language}.stderr.txt", answer.err.replace(str(DATA), "data"))


@pytest.mark.parametrize("name", ["list", "verify", "sections", "show", "trend", "diff"])
def test_says_nothing_beside_the_answer(name: str) -> None:
    """A command that found what was asked leaves standard error empty."""
    assert shkc(*CALLS[name]).err == ""


@pytest.mark.parametrize(
    ("words", "name"), [(("schema",), "schema.json"), (("schema", "--facts"), "schema-facts.json")]
)
def test_schema_prints_its_golden_file(words: tuple[str, ...], name: str, golden: Golden) -> None:
    """The schemas change only on purpose."""
    golden.check(name, shkc(*words).out)


def test_every_golden_file_belongs_to_a_test() -> None:
    """No golden file is left from a command or format that is gone."""
    expected = {f"{name}.{ending}" for name in CALLS for ending in FORMATS.values()}
    expected |= {f"{name}.en.txt" for name in BILINGUAL}
    expected |= {f"{name}.{lang}.stderr.txt" for name in ("check", "check-wrong", "nothing") for lang in ("zh", "en")}
    expected |= {"schema.json", "schema-facts.json", "show.80.txt", "show.40.txt", "list.80.txt", "list.40.txt"}
    expected |= {"figures.txt", "review.several.txt"}
    expected |= {f"review.{columns}.{lang}.txt" for columns in (40, 80, 120) for lang in ("zh", "en")}
    expected |= {f"cite.{style}.txt" for style in ("gb7714", "apa", "chicago")}
    assert {path.name for path in GOLDEN.iterdir()} == expected


@pytest.mark.parametrize("name", FACT_COMMANDS)
def test_json_is_the_same_as_format_json(name: str) -> None:
    """--json is short for --format json."""
    assert shkc(*CALLS[name], "--json") == shkc(*CALLS[name], "-f", "json")


@pytest.mark.parametrize("name", [name for name in CALLS if name != "verify-gaps"])
def test_json_is_an_array(name: str) -> None:
    """JSON output is always one array."""
    assert isinstance(shkc(*CALLS[name], "--json").json, list)


@pytest.mark.parametrize("name", FACT_COMMANDS)
def test_json_lines_are_the_elements_of_the_array(name: str) -> None:
    """JSON Lines hold the same documents as JSON, one a line."""
    lines = shkc(*CALLS[name], "-f", "jsonl").out.splitlines()
    assert [json.loads(line) for line in lines] == shkc(*CALLS[name], "--json").json


@pytest.mark.parametrize("name", CALLS)
def test_json_is_not_escaped(name: str) -> None:
    r"""Chinese characters stand in JSON as they are, not as \u escapes."""
    assert "\\u" not in shkc(*CALLS[name], "--json").out


def test_digits_survive_in_json() -> None:
    """8.30 is written 8.30, as the report prints it."""
    (fact,) = json.loads(shkc("metric", "work-permits", "--facts", SMALL, "--json").out, parse_float=Decimal)
    assert str(fact["value"]) == "8.30"


@pytest.mark.parametrize(("output", "delimiter"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("name", FACT_COMMANDS)
def test_delimited_values_read_back(name: str, output: str, delimiter: str) -> None:
    """CSV and TSV have one row for each fact of the JSON and one column for each header."""
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if output == "csv" else csv.QUOTE_NONE
    table = io.StringIO(shkc(*CALLS[name], "-f", output).out)
    rows = list(csv.DictReader(table, delimiter=delimiter, quoting=quoting, strict=True))
    assert [row["id"] for row in rows] == [fact["id"] for fact in shkc(*CALLS[name], "--json").json]
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("output", ["csv", "tsv"])
def test_a_table_for_programs_without_rows_keeps_its_header(output: str) -> None:
    """A program that reads CSV finds the columns even where there is no row."""
    assert shkc("check", BOTH, "-f", output).out.splitlines()[0].startswith("path")


@pytest.mark.parametrize("name", ["check", "verify"])
def test_markdown_without_rows_is_no_broken_table(name: str) -> None:
    """A Markdown table without columns is not a table."""
    assert "|  |" not in shkc(*CALLS[name], "-f", "markdown").out


@pytest.mark.parametrize("output", ["csv", "tsv", "markdown", "value"])
def test_what_is_unknown_is_left_empty(output: str) -> None:
    """A value that does not exist is empty, not Python's word for it."""
    assert "None" not in shkc(*CALLS["verify-gaps"], "-f", output).out


def test_markdown_is_escaped() -> None:
    """Characters that mean something in Markdown are escaped, so that each row keeps its cells."""
    row = shkc("milestone", "synergy-plan", "--facts", SMALL, "-f", "markdown").out.splitlines()[2]
    assert row.replace("\\|", "").count("|") == len(["名称", "类别", "时期", "段落", "ID"]) + 1
    assert r"发布“A\|B”\[b\]\*协同\*方案" in row


def test_what_github_makes_of_text_is_escaped(tmp_path: Path) -> None:
    """A range with a tilde is not struck out, an entity is as it stands, and an address no link."""
    facts = tmp_path / "facts.toml"
    odd = "3~5家至7~9家 &lt;b&gt; R&D https://x.example www.x.example"
    text = Path(SMALL).read_text(encoding="utf-8")
    facts.write_text(text.replace("孵化器数", odd), encoding="utf-8")
    row = shkc("metric", "incubators", "--facts", str(facts), "-f", "markdown").out.splitlines()[2]
    assert r"3\~5家至7\~9家 \&lt;b\&gt; R&D https\://x.example www\.x.example" in row


def test_rich_markup_is_shown_as_typed() -> None:
    """A fact cannot style a table."""
    card = shkc("show", "synergy-plan", "--facts", SMALL).out
    assert "[red]方括号[/red]、|、* 和 <b> 都照原样显示。" in card
    assert "发布“A|B”[b]*协同*方案" in card


def test_value_prints_the_bare_figure() -> None:
    """The format value prints the number and nothing else."""
    assert shkc("metric", "技术合同成交额", "--facts", SMALL, "-f", "value").out == "1200\n"


def test_json_and_another_format_disagree() -> None:
    """--json with another --format is wrong usage."""
    assert shkc("list", "--json", "-f", "csv").status == 2


@pytest.mark.parametrize("option", [("--format", "xml"), ("--lang", "fr"), ("--nonsense",)])
def test_an_unknown_option_is_wrong_usage(option: tuple[str, ...]) -> None:
    """An option or value that does not exist ends with status 2 and an empty standard output."""
    answer = shkc("list", *option)
    assert (answer.status, answer.out) == (2, "")


@pytest.mark.parametrize("name", FACT_COMMANDS)
def test_the_environment_chooses_the_language(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SHKC_LANG=en does what --lang en does, and --lang wins over it."""
    english, chinese = shkc(*CALLS[name], "--lang", "en"), shkc(*CALLS[name])
    monkeypatch.setenv("SHKC_LANG", "en")
    assert shkc(*CALLS[name]) == english
    assert shkc(*CALLS[name], "--lang", "zh") == chinese


@pytest.mark.parametrize("name", FACT_COMMANDS)
def test_json_does_not_depend_on_the_language(name: str) -> None:
    """JSON is for programs: the same in every language."""
    assert shkc(*CALLS[name], "--json", "--lang", "en") == shkc(*CALLS[name], "--json")


def test_two_reports_are_told_apart_in_a_table() -> None:
    """Facts of two reports stand with their report."""
    table = shkc("metric", "全社会研发投入", "--facts", BOTH).out
    assert "2031青山科技报告" in table
    assert "2030白沙科技报告" in table
