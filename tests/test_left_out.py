"""One wrong file does not silence the others: they answer, and it is told which are left out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema  # type: ignore[import-untyped] # it has no types
import pytest
from support import FACT_COMMANDS, SMALL, YEARS, Answer, shkc

from shkc.base import FactBase
from shkc.base import open as open_base
from shkc.errors import FactsError

OTHER = Path(SMALL).with_name("other.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two right files and a wrong one, which has two problems."""
    shutil.copy(SMALL, tmp_path)
    shutil.copy(OTHER, tmp_path)
    wrong = Path(SMALL).read_text(encoding="utf-8").replace('"qingshan-2031"', '"wrong-2031"')
    wrong = wrong.replace("value = 96\n", "value = 69\n").replace("value = 320.5\n", "value = 325.0\n")
    (tmp_path / "wrong.toml").write_text(wrong, encoding="utf-8")
    return tmp_path


def right(*words: str) -> Answer:
    """What a command answers of the right files alone."""
    return shkc(*words, "--facts", str(OTHER), "--facts", SMALL)


@pytest.mark.parametrize("words", [*FACT_COMMANDS.values(), ("sections",)], ids=[*FACT_COMMANDS, "sections"])
def test_every_lookup_answers_from_the_right_files(folder: Path, words: tuple[str, ...]) -> None:
    """At the first call and with an index in place; the first problem of the wrong one is told each time."""
    for _ in range(2):
        answer = shkc(*words, "--facts", str(folder), "--lang", "en")
        assert (answer.status, answer.out) == right(*words, "--lang", "en")[:2]
        problem, summary = answer.err.splitlines()
        assert problem.startswith(f"{folder}/wrong.toml:")
        assert "does not contain 325.0亿元" in problem
        assert summary == "shkc: the answer leaves out 1 wrong file; shkc check tells every problem"


@pytest.mark.parametrize("words", [*FACT_COMMANDS.values(), ("sections",), ("trend", "全社会研发投入"), ("batch",)])
def test_strict_makes_it_status_3(folder: Path, words: tuple[str, ...]) -> None:
    """For whoever wants all or nothing."""
    answer = shkc(*words, "--facts", str(folder), "--strict", stdin="孵化器数\n")
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
    assert f"{folder}/wrong.toml:" in answer.err


def test_quiet_leaves_the_answer_alone(folder: Path) -> None:
    """What is left out is a note to an answer; who must not miss it has --strict, which --quiet does not silence."""
    words = ("metric", "孵化器数", "--facts", str(folder), "--quiet")
    answer = shkc(*words)
    assert (answer.status, answer.err) == (0, "")
    assert f"{folder}/wrong.toml:" in shkc(*words, "--strict").err


def test_one_id_is_of_one_report(tmp_path: Path) -> None:
    """Two reports in two files with the same id: `check` tells it at the id, and a lookup leaves the later one out."""
    text = Path(SMALL).read_text(encoding="utf-8")
    head, *facts = text.split("[[metric]]")
    (tmp_path / "a.toml").write_text(f"{head}[[metric]]{facts[1]}", encoding="utf-8")
    other = f"{head}[[metric]]{facts[2]}".replace('title = "2031青山科技报告"', 'title = "2030青山科技报告"')
    (tmp_path / "b.toml").write_text(other.replace("year = 2031", "year = 2030"), encoding="utf-8")
    told = "qingshan-2031 is the id of another report in "
    checked = shkc("check", str(tmp_path), "--lang", "en")
    line = other[: other.index("\nid = ")].count("\n") + 2
    assert checked.status == 3
    assert checked.err.startswith(f"{tmp_path}/b.toml:{line}: {told}")
    answer = shkc("list", "--facts", str(tmp_path), "--json", "--lang", "en")
    assert (answer.status, len(answer.json)) == (0, 1)
    assert told in answer.err


def test_strict_changes_nothing_when_all_are_right() -> None:
    """There is nothing to be strict about."""
    words = ("metric", "全社会研发投入", "--facts", YEARS)
    assert shkc(*words, "--strict") == shkc(*words)


def test_check_tells_every_problem_as_before(folder: Path) -> None:
    """And ends with 3."""
    answer = shkc("check", str(folder))
    assert (answer.status, answer.err.count("\n")) == (3, 2)


def test_a_base_whose_only_file_is_wrong_is_status_3(folder: Path) -> None:
    """With every problem of it."""
    answer = shkc("list", "--facts", str(folder / "wrong.toml"))
    assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 2)
    (folder / "small.toml").write_text("", encoding="utf-8")
    (folder / "other.toml").write_text("", encoding="utf-8")
    assert shkc("list", "--facts", str(folder)).status == 3


def test_a_path_that_is_missing_is_status_3(folder: Path) -> None:
    """What the call itself names must be there."""
    answer = shkc("list", "--facts", SMALL, "--facts", str(folder / "none.toml"))
    assert (answer.status, answer.out) == (3, "")


def test_many_wrong_files_are_told_in_a_few_lines(folder: Path) -> None:
    """Five of them, and how many more."""
    for number in range(40):
        (folder / f"wrong-{number:02d}.toml").write_text("wrong", encoding="utf-8")
    answer = shkc("list", "--facts", str(folder), "--lang", "en")
    assert answer.status == 0
    *told, summary = answer.err.splitlines()
    assert [Path(line.split(":")[0]).name for line in told] == [f"wrong-{number:02d}.toml" for number in range(5)]
    assert summary.startswith("shkc: the answer leaves out 41 wrong files (and 36 more);")


def test_python_knows_which_are_left_out(folder: Path, cache: Path) -> None:
    """With the first problem of each, and how many there are."""
    (left,) = FactBase([folder], cache).left_out
    assert (Path(left.problem.path).name, left.problems) == ("wrong.toml", 2)
    assert left.problem.line is not None
    assert FactBase([Path(SMALL)], cache).left_out == []


def test_python_raises_when_none_is_right(folder: Path) -> None:
    """As for a single file."""
    with pytest.raises(FactsError, match="325"):
        open_base(folder / "wrong.toml")


def test_batch_says_it_in_each_line(folder: Path) -> None:
    """A program that reads the lines one by one learns it, whichever it reads."""
    answer = shkc("batch", "--facts", str(folder), stdin="孵化器数\n月球基地\n\n")
    for line in map(json.loads, answer.out.splitlines()):
        (left,) = line["left_out"]
        assert (Path(left["path"]).name, left["problems"]) == ("wrong.toml", 2)
        assert "325.0亿元" in left["message"]
    schema = json.loads(shkc("schema").out)
    jsonschema.validate(json.loads(answer.out.splitlines()[0]), {**schema, "anyOf": schema["anyOf"][-3:]})
    plain = shkc("batch", "--facts", SMALL, stdin="孵化器数\n")
    assert "left_out" not in plain.out


def test_a_mended_file_answers_again(folder: Path) -> None:
    """And one that goes wrong is left out from then on."""
    words = ("metric", "全社会研发投入", "--facts", str(folder), "-f", "value")
    assert len(shkc(*words).out.split()) == 2
    wrong = folder / "wrong.toml"
    text = wrong.read_text(encoding="utf-8")
    mended = text.replace("value = 69\n", "value = 96\n").replace("value = 325.0\n", "value = 320.5\n")
    wrong.write_text(mended, encoding="utf-8")
    answer = shkc(*words)
    assert (len(answer.out.split()), answer.err) == (3, "")
    wrong.write_text(text, encoding="utf-8")
    assert len(shkc(*words).out.split()) == 2


# ── Facts that two files have ───────────────────────────────────────────────────────────────────────


def one(path: Path, value: int) -> None:
    """Write a file of the invented report with another figure."""
    text = Path(SMALL).read_text(encoding="utf-8").replace("不少于96家", f"不少于{value}家")
    path.write_text(text.replace("value = 96\n", f"value = {value}\n"), encoding="utf-8")


def incubators(folder: Path) -> tuple[str, list[str]]:
    """The figures that a lookup gives, and the names of the files left out."""
    answer = shkc("metric", "孵化器数", "--facts", str(folder), "-f", "value")
    with_problem = [line.split(":")[0] for line in answer.err.splitlines()[:-1]]
    return answer.out.strip(), [Path(path).name for path in with_problem]


def test_the_later_of_two_files_with_the_same_facts_is_left_out(tmp_path: Path) -> None:
    """Whichever was there first, and whichever changed last: the answer is that of the files, not of their history."""
    one(tmp_path / "b.toml", 2)
    assert incubators(tmp_path) == ("2", [])
    one(tmp_path / "c.toml", 3)
    assert incubators(tmp_path) == ("2", ["c.toml"])
    one(tmp_path / "a.toml", 1)
    assert incubators(tmp_path) == ("1", ["b.toml", "c.toml"])
    one(tmp_path / "c.toml", 4)
    assert incubators(tmp_path) == ("1", ["b.toml", "c.toml"])
    (tmp_path / "a.toml").unlink()
    assert incubators(tmp_path) == ("2", ["c.toml"])
    (tmp_path / "b.toml").write_text("wrong", encoding="utf-8")
    assert incubators(tmp_path) == ("4", ["b.toml"])


def test_check_and_lookup_name_the_same_file(tmp_path: Path) -> None:
    """What repeats facts is found in one place."""
    one(tmp_path / "a.toml", 1)
    one(tmp_path / "b.toml", 2)
    told = shkc("list", "--facts", str(tmp_path)).err.splitlines()[0]
    assert told == shkc("check", str(tmp_path)).err.splitlines()[0]
    assert "已在" in told
