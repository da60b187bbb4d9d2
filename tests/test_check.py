"""`check`: every problem of a fact file as one line, file:line: message, on standard error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import BOTH, ROOT, SMALL, process, shkc

VALID = """format = 1

[report]
id = "city-2031"
title = "2031城市报告"
title_en = "City Report 2031"
publisher = "城市局"
publisher_en = "City Bureau"
year = 2031
scope = "城市"
scope_en = "City"

[[section]]
id = "overview"
number = "0"
title = "综述"
short = "综述"
short_en = "Overview"

[[metric]]
id = "firms"
name = "企业数"
name_en = "Firms"
section = "overview"
paragraph = 1
excerpt = "约12家"
value = 12
unit = "家"
qualifiers = ["about"]

[[milestone]]
id = "fair"
name = "举办展会"
name_en = "Fair"
category = "event"
section = "overview"
paragraph = 2
excerpt = "举办展会"
"""
"""The head is in lines 1–11, the section in 13–18, the metric in 20–29, the milestone in 31–38."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a fact file may be written."""
    return tmp_path / "facts.toml"


def problems(file: Path, text: str | bytes) -> list[str]:
    """What `check` says of a fact file with *text*, in English, after the file's name; the status must be 3."""
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    answer = shkc("check", str(file), "--lang", "en")
    assert (answer.status, answer.out) == (3, "")
    return [line.removeprefix(f"{file}:") for line in answer.err.splitlines()]


def test_a_valid_file_is_status_0(file: Path) -> None:
    """A file without problems says so on standard error and leaves standard output empty."""
    file.write_text(VALID, encoding="utf-8")
    assert shkc("check", str(file), "--lang", "en") == (0, "", "1 file, 2 facts, no problems\n")


def test_quiet_says_nothing(file: Path) -> None:
    """With --quiet a valid file is passed without a word."""
    file.write_text(VALID, encoding="utf-8")
    assert shkc("check", str(file), "--quiet") == (0, "", "")


def test_the_bundled_file_is_valid() -> None:
    """Without a file the bundled base is checked."""
    answer = shkc("check")
    assert answer.status == 0, answer.err


def test_the_facts_option_names_the_files_too() -> None:
    """--facts says what to check when no file is named."""
    assert shkc("check", "--facts", SMALL) == shkc("check", SMALL)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("paragraph = 1", "paragraph = one", "25: not TOML (column 13): ", id="no value"),
        pytest.param('id = "firms"', 'id = "firms', "21: not TOML (column 12): ", id="open text"),
        pytest.param("[[metric]]", "[[metric]", "20: not TOML (column ", id="header"),
        pytest.param("value = 12", "value = 12\nvalue = 13", "28: not TOML (column 11): ", id="twice"),
        pytest.param('name = "企业数"', 'name = "企\x1b[31m业"', "22: not TOML (column 10): ", id="raw escape"),
    ],
)
def test_what_is_not_toml_is_located_by_line_and_column(file: Path, old: str, new: str, line: str) -> None:
    """A file that is not TOML is told with line and column."""
    (found,) = problems(file, VALID.replace(old, new, 1))
    assert found.startswith(line)
    assert found.isprintable()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("format = 1", "format = 2", ["1: format"], id="another format"),
        pytest.param("format = 1", "", ["1: the field format is missing"], id="no format"),
        pytest.param(
            "[report]",
            "[reprot]",
            ["3: unknown key reprot; did you mean report?", "1: the field report is missing"],
            id="misspelt table",
        ),
        pytest.param(
            "scope = ",
            "scop = ",
            ["10: unknown key scop; did you mean scope?", "3: the field scope is missing"],
            id="misspelt key of the report",
        ),
        pytest.param(
            "paragraph = 1",
            "paragragh = 1",
            ["25: unknown key paragragh; did you mean paragraph?", "20: the field paragraph is missing"],
            id="misspelt key",
        ),
        pytest.param('unit = "家"', 'unit = "家"\nxyzzy = 1', ["29: unknown key xyzzy"], id="unknown key"),
        pytest.param("value = 12", "", ["20: the field value is missing"], id="missing field"),
        pytest.param(
            "value = 12", 'value = "12"', ["27: value must be a number, not a string"], id="text for a number"
        ),
        pytest.param(
            "value = 12", "value = true", ["27: value must be a number, not true or false"], id="truth for a number"
        ),
        pytest.param("value = 12", "value = nan", ["27: value cannot be NaN; it must be a finite number"], id="nan"),
        pytest.param(
            "value = 12", "value = inf", ["27: value cannot be Infinity; it must be a finite number"], id="inf"
        ),
        pytest.param(
            "value = 12", "value = -inf", ["27: value cannot be -Infinity; it must be a finite number"], id="-inf"
        ),
        pytest.param("value = 12", "value = 12e40", ["27: value is out of range"], id="beyond all figures"),
        pytest.param("value = 12", f"value = {'1' * 25}", ["27: value is out of range"], id="more digits than any"),
        pytest.param("value = 12", "value = 1e99999999999999999999", ["27: "], id="beyond all numbers"),
        pytest.param("value = 12", f"value = {'9' * 5000}", ["27: "], id="5000 digits"),
        pytest.param(
            "value = 12", f"value = 0x{'f' * 5000}", ["27: value is out of range"], id="5000 hexadecimal ones"
        ),
        pytest.param(
            "paragraph = 1",
            f"paragraph = 0x{'f' * 5000}",
            ["25: paragraph must be 1–1000000, not …"],
            id="of a paragraph",
        ),
        pytest.param("format = 1", f"format = [0x{'f' * 5000}]", ["1: format cannot be “…”"], id="of a format"),
        pytest.param(
            "value = 12", "value = 13", ["27: the excerpt “约12家” does not contain 13家"], id="another value"
        ),
        pytest.param(
            "value = 12", "value = 12.0", ["27: the excerpt “约12家” does not contain 12.0家"], id="a decimal more"
        ),
        pytest.param(
            "value = 12", "value = -12", ["27: the excerpt “约12家” does not contain -12家"], id="another sign"
        ),
        pytest.param(
            'unit = "家"', 'unit = "个"', ["27: the excerpt “约12家” does not contain 12个"], id="another unit"
        ),
        pytest.param(
            'qualifiers = ["about"]',
            "",
            ['20: the qualifiers disagree with the excerpt, which says qualifiers = ["about"]'],
            id="hedge left out",
        ),
        pytest.param('["about"]', '["over"]', ["29: the qualifiers disagree with the excerpt"], id="another hedge"),
        pytest.param(
            '["about"]', '["about", "over"]', ["29: the qualifiers disagree with the excerpt"], id="hedge added"
        ),
        pytest.param('["about"]', '["roughly"]', ["29: qualifiers"], id="unknown hedge"),
        pytest.param('["about"]', '"about"', ["29: qualifiers"], id="text for an array"),
        pytest.param('["about"]', '["about", "about"]', ["29: "], id="hedge twice"),
        pytest.param("paragraph = 1", "paragraph = 0", ["25: paragraph"], id="paragraph 0"),
        pytest.param("paragraph = 1", "paragraph = 1.5", ["25: paragraph"], id="half a paragraph"),
        pytest.param(
            "paragraph = 1",
            "paragraph = 2031-12-31",
            ["25: paragraph must be a whole number, not a date"],
            id="a date for a whole number",
        ),
        pytest.param("paragraph = 1", 'paragraph = "1"', ["25: paragraph"], id="text for a whole number"),
        pytest.param(
            "paragraph = 1", "paragraph = 9223372036854775808", ["25: paragraph"], id="paragraph beyond 64 bits"
        ),
        pytest.param(
            'section = "overview"',
            'section = "overveiw"',
            ["24: unknown section overveiw; did you mean overview?"],
            id="unknown section",
        ),
        pytest.param('section = "overview"', 'section = ["overview"]', ["24: section"], id="array for text"),
        pytest.param('id = "fair"', 'id = "firms"', ["32: duplicate id firms"], id="duplicate id"),
        pytest.param('id = "firms"', 'id = "Firms!"', ["21: id"], id="malformed id"),
        pytest.param('id = "firms"', 'id = ""', ["21: id"], id="empty id"),
        pytest.param('name = "企业数"', 'name = ""', ["22: name"], id="empty name"),
        pytest.param('name = "企业数"', 'name = " 　"', ["22: name"], id="blank name"),
        pytest.param(
            'excerpt = "约12家"',
            f'excerpt = "{"长" * 27}约12家"',
            ["26: excerpt has 31 characters, at most 30; shorten it"],
            id="long excerpt",
        ),
        pytest.param(
            'name = "企业数"', f'name = "{"企" * 1001}"', ["22: name has 1001 characters, at most 1000"], id="long name"
        ),
        pytest.param(
            'unit = "家"',
            f'unit = "家"\naliases = ["企业", "{"企" * 1001}"]',
            ["29: aliases has 1001 characters, at most 1000"],
            id="long alias",
        ),
        pytest.param('excerpt = "约12家"', 'excerpt = ""', ["26: excerpt"], id="empty excerpt"),
        pytest.param('category = "event"', 'category = "party"', ["35: category"], id="unknown category"),
        pytest.param('number = "0"', 'number = "zero"', ["15: number"], id="malformed section number"),
        pytest.param(
            'short = "综述"',
            'short = "综述"\nparent = "overview"',
            ["18: unknown section overview"],
            id="a section in itself",
        ),
        pytest.param("year = 2031", 'year = "2031"', ["9: year"], id="text for a year"),
        pytest.param("year = 2031", "year = 31", ["9: year"], id="a year of two digits"),
        pytest.param(
            'category = "event"', 'category = "event"\ndate = 2031-05-28', ["36: date"], id="a date that is no text"
        ),
        pytest.param(
            'category = "event"', 'category = "event"\ndate = "May 2031"', ["36: date"], id="a malformed date"
        ),
        pytest.param(
            'category = "event"',
            'category = "event"\ndate = "2031-13-41"',
            ["36: date"],
            id="a date that does not exist",
        ),
        pytest.param(
            'category = "event"',
            'category = "event"\ndate = "2031/2026"',
            ["36: date"],
            id="years that do not follow one another",
        ),
        pytest.param('unit = "家"', 'unit = "家"\nperiod = 2031', ["29: period"], id="a period that is no text"),
        pytest.param(
            'unit = "家"',
            'unit = "家"\nrelations = { about = ["fiar"] }',
            ["29: about names fiar, which is no other fact of this file; did you mean fair?"],
            id="a relation to an unknown fact",
        ),
        pytest.param(
            'unit = "家"',
            'unit = "家"\nrelations = { part-of = ["fair"] }',
            ["29: part-of names fair, which is no other fact"],
            id="part of a milestone",
        ),
        pytest.param(
            'unit = "家"',
            'unit = "家"\nrelations = { per = ["firms"] }',
            ["29: per names firms, which is no other fact"],
            id="per itself",
        ),
        pytest.param(
            'unit = "家"',
            'unit = "家"\nrelations = { part_of = ["fair"] }',
            ["29: unknown key part_of; did you mean part-of?"],
            id="a misspelt relation",
        ),
        pytest.param(
            'unit = "家"',
            'unit = "家"\nperiod = "2031-12-31"',
            [
                "29: period is a year 2023, half 2023-S1, quarter 2023-Q3, month 2023-06, years 2021/2025; "
                "a day goes into as_of"
            ],
            id="a day as period",
        ),
    ],
)
def test_a_problem_is_told_with_its_line(file: Path, old: str, new: str, expected: list[str]) -> None:
    """Each problem is one line: the file, the line, what is wrong, and how to mend it."""
    found = problems(file, VALID.replace(old, new, 1))
    assert len(found) == len(expected)
    assert [line for line in expected if not any(one.startswith(line) for one in found)] == []


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        pytest.param(
            'change = { value = 5, unit = "%", basis = "yoy", excerpt = "增长6%" }',
            "30: the excerpt “增长6%” does not contain 5%",
            id="another growth",
        ),
        pytest.param(
            'change = { value = 5, unit = "%", basis = "yoy", excerpt = "下降5%" }',
            "30: ",
            id="a decline with the sign of growth",
        ),
        pytest.param(
            'change = { value = -5, unit = "%", basis = "yoy", excerpt = "增长5%" }',
            "30: the excerpt “增长5%” does not contain -5%",
            id="growth with the sign of a decline",
        ),
        pytest.param(
            'change = { value = 5, unit = "‰", basis = "yoy", excerpt = "增长5‰" }',
            "30: unit",
            id="another unit of growth",
        ),
        pytest.param(
            'change = { value = 5, unit = "%", basis = "mom", excerpt = "增长5%" }', "30: basis", id="another basis"
        ),
        pytest.param(
            'change = { value = nan, unit = "%", basis = "yoy", excerpt = "增长5%" }',
            "30: value cannot be NaN",
            id="growth nan",
        ),
        pytest.param(
            'change = { value = 5, unit = "%", basis = "yoy" }',
            "30: the field excerpt is missing",
            id="growth without proof",
        ),
        pytest.param(
            'change = { value = 5, unit = "%", bassis = "yoy", basis = "yoy", excerpt = "增长5%" }',
            "30: unknown key bassis; did you mean basis?",
            id="unknown key of growth",
        ),
        pytest.param("change = 5", "30: change", id="growth as a number"),
        pytest.param(
            'share = { value = 5, unit = "%", of = "全国", excerpt = "占6%" }',
            "30: the excerpt “占6%” does not contain 5%",
            id="another share",
        ),
        pytest.param(
            'share = { value = inf, unit = "%", of = "全国", excerpt = "占5%" }',
            "30: value cannot be Infinity",
            id="share inf",
        ),
        pytest.param(
            'rank = { value = 2, of = "全国", excerpt = "全国第三" }',
            "30: the excerpt “全国第三” does not contain 2位",
            id="another rank",
        ),
        pytest.param('rank = { value = 0, of = "全国", excerpt = "全国第零" }', "30: value", id="rank 0"),
        pytest.param('rank = { value = 1.5, of = "全国", excerpt = "全国第一" }', "30: value", id="half a rank"),
        pytest.param('rank = { value = 1, of = "", excerpt = "全国第一" }', "30: of", id="rank among nobody"),
    ],
)
def test_growth_share_and_rank_are_checked(file: Path, part: str, expected: str) -> None:
    """What is printed with a figure is checked as the figure is."""
    (found,) = problems(file, VALID.replace('["about"]\n', f'["about"]\n{part}\n', 1))
    assert found.startswith(expected)


CONTROLS = ["\\u0000", "\\u0007", "\\b", "\\t", "\\n", "\\r", "\\u001b[31m", "\\u007f", "\\u009b31m", "\\u0085"]
INVISIBLE = ["\\u200b", "\\u2028", "\\ufeff"]
BIDI = ["061c", "200e", "200f", "202a", "202b", "202c", "202d", "202e", "2066", "2067", "2068", "2069"]


@pytest.mark.parametrize("character", [*CONTROLS, *INVISIBLE, *(f"\\u{code}" for code in BIDI)])
@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('name = "企业数"', 'name = "企{}业"', 22),
        ('unit = "家"', 'unit = "家"\naliases = ["甲", "企{}业"]', 29),
        ('unit = "家"', 'unit = "家"\nshare = {{ value = 5, unit = "%", of = "甲{}乙", excerpt = "占5%" }}', 29),
        ('title = "2031城市报告"', 'title = "2031{}报告"', 5),
        ('name = "举办展会"', 'name = "举办{}展会"', 33),
    ],
    ids=["name", "alias", "share", "report", "milestone"],
)
def test_no_text_can_steer_a_terminal(file: Path, old: str, new: str, line: int, character: str) -> None:
    """Control, invisible and bidirectional characters are refused wherever text may stand."""
    (found,) = problems(file, VALID.replace(old, new.format(character), 1))
    assert found.startswith(f"{line}: ")
    assert found.isprintable()


@pytest.mark.parametrize("output", ["table", "csv", "tsv", "markdown", "json", "jsonl", "value"])
@pytest.mark.parametrize("character", ["\\u001b[31m", "\\u009b31m", "\\u202e"])
def test_no_key_can_steer_a_terminal(file: Path, character: str, output: str) -> None:
    """Nor can an unknown key, which the message repeats."""
    file.write_text(VALID.replace("value = 12", f'value = 12\n"a{character}b" = 1'), encoding="utf-8")
    answer = shkc("check", str(file), "-f", output)
    assert answer.status == 3
    assert "".join((answer.out + answer.err).replace("\n", "").split("\t")).isprintable()


def test_what_is_not_utf_8_is_told_with_its_line(file: Path) -> None:
    """A file in another encoding is told with the line where it shows, and how to convert it."""
    (found,) = problems(file, VALID.encode("gbk"))
    assert found == "5: not UTF-8; save the file as UTF-8 (for example with iconv -f GBK -t UTF-8)"
    for name in ("utf-16", "utf-16-le", "utf-16-be"):  # Windows calls it Unicode
        (found,) = problems(file, ("" if name == "utf-16" else "\ufeff").encode(name) + VALID.encode(name))
        assert found == "1: not UTF-8; save the file as UTF-8 (for example with iconv -f UTF-16 -t UTF-8)"


def test_a_byte_order_mark_is_no_problem(file: Path) -> None:
    """An editor may begin a UTF-8 file with a byte order mark."""
    file.write_bytes(b"\xef\xbb\xbf" + VALID.encode("utf-8"))
    assert shkc("check", str(file)).status == 0


def test_line_ends_of_windows_are_no_problem(file: Path) -> None:
    """Lines may end as on Windows, and problems keep their lines."""
    file.write_bytes(VALID.replace("\n", "\r\n").encode("utf-8"))
    assert shkc("check", str(file)).status == 0
    (found,) = problems(file, VALID.replace("value = 12", "value = 13").replace("\n", "\r\n"))
    assert found.startswith("27: ")


def test_an_empty_file_lacks_everything(file: Path) -> None:
    """An empty file is told what it lacks, in line 1."""
    assert problems(file, "") == [
        "1: the field format is missing",
        "1: the field report is missing",
        "1: the field section is missing",
    ]


def test_deeply_nested_toml_is_told(file: Path) -> None:
    """A file that nests without end is a wrong file, not a bug."""
    assert len(problems(file, "a = " + "[" * 5000)) == 1


@pytest.mark.parametrize(
    "text",
    ['metric = "x"', "metric = [1]", "[metric]", "[section]\nid = 1", "report = 1", "[[report]]", "exception = [{}]"],
)
def test_tables_of_a_wrong_form_are_told(file: Path, text: str) -> None:
    """What should be a table, or an array of tables, and is not, is told like any other problem."""
    assert all(line.partition(":")[0].isdecimal() for line in problems(file, f"format = 1\n{text}\n"))


def test_all_problems_of_a_file_are_told_at_once(file: Path) -> None:
    """Whoever mends a file sees every problem the first time: of form, of sense, and of safety."""
    text = VALID.replace("paragraph = 1", "paragraph = 0").replace('category = "event"', 'category = "party"')
    found = problems(file, text.replace('name = "企业数"', 'name = ""').replace("scope_en", "scope_english"))
    assert [line.partition(":")[0] for line in found] == ["3", "11", "22", "25", "35"]


def test_a_problem_of_form_does_not_hide_one_of_sense(file: Path) -> None:
    """A misspelt key in one fact leaves the other facts' figures checked."""
    text = VALID.replace("value = 12", "value = 13").replace('category = "event"', 'catgory = "event"')
    assert {line.partition(":")[0] for line in problems(file, text)} >= {"27", "35"}


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    """Several files are checked in one go."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(VALID.replace("value = 12", "value = 13"), encoding="utf-8")
    lines = shkc("check", str(tmp_path)).err.splitlines()
    assert [line.split(":")[:2] for line in lines] == [[str(tmp_path / f"{name}.toml"), "27"] for name in ("a", "b")]


def test_a_fact_in_two_files_is_told(tmp_path: Path) -> None:
    """Two files may share a report, but not one of its facts."""
    (tmp_path / "a.toml").write_text(VALID, encoding="utf-8")
    (tmp_path / "b.toml").write_text(VALID.replace('id = "fair"', 'id = "other-fair"'), encoding="utf-8")
    answer = shkc("check", str(tmp_path), "--lang", "en")
    assert answer.status == 3
    (line,) = answer.err.splitlines()
    assert line.startswith(f"{tmp_path / 'b.toml'}:21: fact firms of report city-2031 is in {tmp_path / 'a.toml'}")


def test_two_reports_may_share_ids() -> None:
    """The same id in another report is another fact."""
    assert shkc("check", BOTH).status == 0


@pytest.mark.parametrize(
    "command", [("check",), ("list", "--facts"), ("metric", "x", "--facts"), ("verify", SMALL, "--facts")]
)
def test_a_missing_file_is_told_in_one_line(command: tuple[str, ...], tmp_path: Path) -> None:
    """A path that does not exist ends every command with status 3 and one line."""
    answer = shkc(*command, str(tmp_path / "none.toml"))
    assert answer == (3, "", f"{tmp_path / 'none.toml'}: 没有这个文件；请检查路径\n")


def test_a_folder_without_fact_files_is_told_in_one_line(tmp_path: Path) -> None:
    """A folder that holds no fact file is a mistake, not an empty base."""
    answer = shkc("check", str(tmp_path), "--lang", "en")
    assert (answer.status, answer.err.count("\n")) == (3, 1)
    assert answer.err.startswith(f"{tmp_path}: no fact files (*.toml) in this folder")


def test_every_missing_file_is_told(tmp_path: Path) -> None:
    """Two missing paths are two lines."""
    assert shkc("check", str(tmp_path / "a.toml"), str(tmp_path / "b.toml")).err.count("\n") == 2


@pytest.mark.parametrize(
    "command", [("metric", "企业"), ("list",), ("show", "firms"), ("sections",), ("verify", SMALL)]
)
@pytest.mark.parametrize("output", ["table", "json"])
def test_every_command_tells_the_problems_of_a_wrong_file(file: Path, command: tuple[str, ...], output: str) -> None:
    """Whatever is asked, a wrong file answers with its problems and status 3, and nothing on standard output."""
    file.write_text(VALID.replace("value = 12", "value = 13"), encoding="utf-8")
    answer = shkc(*command, "--facts", str(file), "-f", output, "--lang", "en")
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert answer.err.startswith(f"{file}:27: the excerpt")


def test_a_file_name_cannot_steer_a_terminal(tmp_path: Path) -> None:
    """The name of a file is shown with its control characters escaped."""
    answer = shkc("check", str(tmp_path / "a\x1b[31m\n.toml"))
    assert (answer.status, answer.err.count("\n")) == (3, 1)
    assert "\\x1b[31m\\n.toml" in answer.err


def test_json_tells_path_line_and_message(file: Path) -> None:
    """Scripts get the problems as JSON on standard output, besides the lines on standard error."""
    file.write_text(VALID.replace("value = 12", "value = 13"), encoding="utf-8")
    answer = shkc("check", str(file), "--json", "--lang", "en")
    (problem,) = answer.json
    assert (answer.status, problem["path"], problem["line"]) == (3, str(file), 27)
    assert answer.err == f"{file}:27: {problem['message']}\n"


# ── Workflows and hooks ─────────────────────────────────────────────────────────────────────────────


def annotated(*words: str) -> list[str]:
    """What `check` prints for GitHub."""
    answer = shkc("check", *words, "--format", "github", "--lang", "en")
    assert answer.status == (3 if answer.out else 0)
    return answer.out.splitlines()


def test_github_marks_the_line(file: Path) -> None:
    """Each problem is a workflow command with file and line, besides the lines on standard error."""
    file.write_text(VALID.replace("value = 12", "value = 13"), encoding="utf-8")
    message = "the excerpt “约12家” does not contain 13家; compare value, unit and excerpt"
    assert annotated(str(file)) == [f"::error file={file},line=27,title=shkc check::{message}"]
    assert shkc("check", str(file), "-f", "github", "--lang", "en").err == f"{file}:27: {message}\n"


def test_github_is_told_nothing_of_a_valid_file(file: Path) -> None:
    """No problem, no annotation."""
    file.write_text(VALID, encoding="utf-8")
    assert annotated(str(file)) == []


def test_github_knows_a_file_by_its_path_in_the_repository(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file within the current folder is named from there."""
    file.write_text(VALID.replace("value = 12", "value = 13"), encoding="utf-8")
    monkeypatch.chdir(file.parent)
    (line,) = annotated(file.name)
    assert line.startswith(f"::error file={file.name},line=27,")


def test_what_ends_a_workflow_command_is_escaped(tmp_path: Path) -> None:
    """Neither a file name nor a message can end the command or begin another."""
    file = tmp_path / "a,b:c%.toml"
    file.write_text(VALID.replace("value = 12", '"50%\\n::warning::x" = 1\nvalue = 12'), encoding="utf-8")
    (line,) = annotated(str(file))
    assert line.startswith(f"::error file={tmp_path}/a%2Cb%3Ac%25.toml,line=")
    assert line.endswith(",title=shkc check::unknown key 50%25\\n::warning::x")


def test_a_problem_of_a_whole_file_has_no_line(tmp_path: Path) -> None:
    """A file that is missing has no line to mark."""
    (line,) = annotated(str(tmp_path / "none.toml"))
    assert line == f"::error file={tmp_path / 'none.toml'},title=shkc check::no such file; check the path"


@pytest.mark.parametrize("command", [("list",), ("metric", "x"), ("schema",), ("verify", SMALL), ("trend", "x")])
def test_github_is_a_format_of_check_only(command: tuple[str, ...]) -> None:
    """Facts are no annotations: wrong usage."""
    answer = shkc(*command, "--format", "github")
    assert (answer.status, answer.out) == (2, "")


def test_help_offers_github_where_it_works() -> None:
    """The help of `check` names the format, that of others does not."""
    assert "github" in shkc("check", "--help").out
    assert "github" not in shkc("list", "--help").out


def hook() -> dict[str, str]:
    """The fields of the hook; the file is simple enough to be read without a YAML parser."""
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8").splitlines()
    pairs = (line.lstrip("- ").partition(": ") for line in lines if not line.lstrip().startswith("#"))
    return {key: value for key, _, value in pairs}


def test_the_pre_commit_hook_runs_check(file: Path) -> None:
    """The hook's command is one that an installed shkc has, silent for a valid file and not for a wrong one."""
    program, *words = hook()["entry"].split()
    assert f'{program} = "shkc.__main__:main"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    file.write_text(VALID, encoding="utf-8")
    assert process(*words, str(file)) == (0, "", "")
    file.write_text(VALID.replace("value = 12", "value = 13"), encoding="utf-8")
    assert process(*words, str(file)).status == 3


@pytest.mark.parametrize(
    ("path", "taken"),
    [("facts.toml", True), ("data/facts-2024.toml", True), ("pyproject.toml", False), ("artefacts.toml", False)],
)
def test_the_pre_commit_hook_takes_fact_files(path: str, taken: bool) -> None:
    """By its name: most TOML files are none."""
    assert bool(re.search(hook()["files"], path)) is taken
    assert (hook()["language"], hook()["require_serial"]) == ("python", "true")


def test_paths_are_told_as_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file below the working directory is named from there, so that editors and workflows find it."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "a.toml").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    place = str(Path("facts", "a.toml"))
    assert shkc("check", "facts").err.startswith(f"{place}:1: ")
    assert shkc("check", "facts", "-f", "github").out.startswith(f"::error file={place},line=1,")


def test_another_kind_of_toml_file_is_told_once(tmp_path: Path) -> None:
    """A pyproject.toml among the facts is one problem, with what to do about it."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    answer = shkc("check", str(tmp_path))
    assert (answer.status, answer.err.count("\n")) == (3, 1)
    assert "不是事实文件" in answer.err


@pytest.mark.parametrize("character", ["\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff"])
def test_what_is_no_character_is_wrong(tmp_path: Path, character: str) -> None:
    """Noncharacters of Unicode: nobody sees them, and programs take them for marks of their own."""
    facts = tmp_path / "facts.toml"
    text = Path(SMALL).read_text(encoding="utf-8").replace('name = "孵化器数"', f'name = "孵化器数{character}"')
    facts.write_text(text, encoding="utf-8")
    answer = shkc("check", str(facts), "--lang", "en")
    assert answer.status == 3
    assert f"U+{ord(character):04X}" in answer.err


@pytest.mark.parametrize("zero", ["-0.0", "-0.00", "-0e5"])
def test_zero_has_no_sign(tmp_path: Path, zero: str) -> None:
    """-0.0 would be printed as a fall."""
    facts = tmp_path / "facts.toml"
    facts.write_text(Path(SMALL).read_text(encoding="utf-8").replace("value = 96\n", f"value = {zero}\n"), "utf-8")
    answer = shkc("check", str(facts), "--lang", "en")
    assert answer.status == 3
    assert "zero has no sign" in answer.err


@pytest.mark.parametrize("name", ["|", "—", "……", "“”", "()", "·"])
@pytest.mark.parametrize("key", ["name", "name_en", "aliases"])
def test_a_name_that_nothing_can_find_is_wrong(tmp_path: Path, key: str, name: str) -> None:
    """It has no word."""
    text = Path(SMALL).read_text(encoding="utf-8")
    if key == "aliases":
        text = text.replace('name = "孵化器数"', f'name = "孵化器数"\naliases = ["{name}"]')
    else:
        text = re.sub(rf'(id = "incubators"\n(?:.*\n)*?{key}) = ".*"', rf'\1 = "{name}"', text, count=1)
    facts = tmp_path / "facts.toml"
    facts.write_text(text, encoding="utf-8")
    answer = shkc("check", str(facts), "--lang", "en")
    assert answer.status == 3
    assert f"{key} “{name}” has no Han character" in answer.err


@pytest.mark.parametrize(
    ("right", "wrong", "english", "chinese"),
    [
        (
            'qualifiers = ["about"]',
            'qualifiers = ["abut"]',
            "qualifiers cannot be “abut”; did you mean about?; it may be about, over, ",
            "qualifiers 不能是“abut”；是否为 about？；可以是 about、over、",
        ),
        (
            'category = "policy"',
            'category = "party"',
            "category cannot be “party”",
            "category 不能是“party”",
        ),
        ("paragraph = 3", 'paragraph = "x"', "paragraph must be a whole number, not a string", "paragraph 应为整数"),
        ("paragraph = 3", "paragraph = 0", "paragraph must be 1–1000000, not 0", "paragraph 应为 1–1000000，这里是 0"),
        ("aliases = [", "aliases = [3, ", "aliases must be a string, not a whole number", "aliases 应为字符串"),
        ('name = "', 'name = ""#', "name is empty", "name 是空的"),
    ],
)
def test_a_wrong_value_is_told_in_plain_words(
    right: str, wrong: str, english: str, chinese: str, tmp_path: Path
) -> None:
    """What is there, what may be, and what comes near, in the language of the call."""
    file = tmp_path / "facts.toml"
    file.write_text(Path(SMALL).read_text(encoding="utf-8").replace(right, wrong, 1), encoding="utf-8")
    for language, told in (("en", english), ("zh", chinese)):
        answer = shkc("check", str(file), "--lang", language)
        assert (answer.status, f": {told}" in answer.err) == (3, True), answer.err
        assert "Expected" not in answer.err


def test_what_a_draft_left_to_be_filled_in_is_told(tmp_path: Path) -> None:
    """In one line, with its place; it is no problem, and goes once it is filled in."""
    report, target = tmp_path / "report.txt", tmp_path / "draft.toml"
    report.write_text("2024青山市科技进步报告\n研发投入96.5亿元。\n", encoding="utf-8")
    shkc("draft", str(report), "-o", str(target))
    answer = shkc("check", str(target), "--lang", "en")
    assert answer.status == 0
    note = "still to be filled in: title_en, publisher, publisher_en"
    assert re.search(rf"draft\.toml:\d+: note: {note}\n", answer.err)
    filled = target.read_text(encoding="utf-8")
    for placeholder in ("待填", "To be translated", "To be filled in"):
        filled = filled.replace(f'"{placeholder}"', '"Something"')
    target.write_text(filled, encoding="utf-8")
    assert "note:" not in shkc("check", str(target), "--lang", "en").err
