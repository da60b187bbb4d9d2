"""`batch`: queries on standard input, one a line; one line of JSON out for each, in order, at once."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from support import SMALL, process, shkc


def answers(stdin: str | bytes, *words: str) -> list[Any]:
    """The lines that `batch` writes for *stdin*, as values."""
    answer = shkc("batch", "--facts", SMALL, *words, stdin=stdin)
    assert (answer.status, answer.err) == (0, "")
    return [json.loads(line) for line in answer.out.splitlines()]


def test_each_line_has_its_answer_in_order() -> None:
    """A line of JSON for each query, with the query and its facts."""
    found = answers("全社会研发投入\n没有的事\n孵化器数\n")
    assert [line["query"] for line in found] == ["全社会研发投入", "没有的事", "孵化器数"]
    assert [[fact["id"] for fact in line["facts"]] for line in found] == [["rd-expenditure"], [], ["incubators"]]


def test_an_answer_is_that_of_search() -> None:
    """`batch` finds what `search` finds."""
    (line,) = answers("全社会研发投入\n")
    assert line["facts"] == shkc("search", "全社会研发投入", "--json", "--facts", SMALL).json


def test_a_line_that_is_no_query_gets_an_error() -> None:
    """Empty lines and lines that are not UTF-8 do not stop the rest."""
    found = answers(b"\n\xff\n" + "孵化器数\n".encode())
    assert [sorted(line) for line in found] == [["error", "query"], ["error", "query"], ["facts", "query"]]


def test_without_facts_a_line_has_what_comes_near_and_a_message() -> None:
    """The message is that of the command line; what comes near has its score."""
    (line,) = answers("深圳技术合同成交额\n", "--kind", "metric")
    assert (line["facts"], sorted(line)) == ([], ["facts", "message", "near", "query"])
    assert line["near"][0]["fact"]["id"] == "contract-value"
    assert 0 < line["near"][0]["score"] < 1
    assert shkc("metric", "深圳技术合同成交额", "--facts", SMALL).err == line["message"] + "\n"


def test_the_facts_of_a_line_may_be_limited() -> None:
    """--limit is for each query."""
    assert len(answers("高新技术企业\n", "--limit", "1")[0]["facts"]) == 1


def test_a_kind_may_be_chosen() -> None:
    """`--kind` leaves the other kind out."""
    assert answers("全社会研发投入\n", "--kind", "milestone")[0]["facts"] == []


@pytest.mark.parametrize("output", ["csv", "tsv", "markdown", "value"])
def test_another_format_is_wrong_usage(output: str) -> None:
    """A line has its query and its facts, which only JSON can tell apart."""
    answer = shkc("batch", "--format", output, "--lang", "en", stdin="研发\n")
    assert answer == (2, "", f"shkc: batch has no format “{output}”; it has jsonl, json\n")


def test_no_query_no_answer() -> None:
    """Nothing in, nothing out."""
    assert answers("") == []


def test_it_answers_while_its_input_is_open() -> None:
    """A program can ask, read the answer, and ask again."""
    command = [sys.executable, "-m", "shkc", "batch", "--facts", SMALL]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for query in ("孵化器数", "全社会研发投入"):
            running.stdin.write(f"{query}\n")
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["query"] == query


def test_a_wrong_fact_file_is_told_before_any_answer() -> None:
    """A base that cannot be read answers nothing."""
    answer = process("batch", "--facts", "no-such-file.toml", stdin="孵化器数\n".encode())
    assert (answer.status, answer.out) == (3, "")


def test_a_limit_of_none_is_no_miss() -> None:
    """What there is has not been looked for, as with a lookup; the base is not said to have none."""
    (line,) = shkc("batch", "--limit", "0", "--facts", SMALL, "--lang", "en", stdin="孵化器数\n").out.splitlines()
    told = {"query": "孵化器数", "facts": [], "near": [], "message": "--limit 0 leaves no result"}
    assert json.loads(line) == told


def test_a_byte_order_mark_is_no_part_of_a_query() -> None:
    """Windows begins a file of text with one."""
    (line,) = shkc("batch", "--facts", SMALL, stdin="\ufeff孵化器数\n".encode()).out.splitlines()
    answer = json.loads(line)
    assert (answer["query"], len(answer["facts"])) == ("孵化器数", 1)


def test_an_answer_is_the_same_in_every_process() -> None:
    """Whatever the order of Python's sets, which differs from process to process: reasons, scores and what is near."""
    asked = ("女科学家人数", "STAR-listed company count ranking among cities", "national R&D intensity of China")
    stdin = "".join(f"{query}\n" for query in asked).encode()
    found = {
        process("batch", "--kind", "metric", stdin=stdin, environment={"PYTHONHASHSEED": str(seed)}).out
        for seed in range(1, 7)
    }
    assert len(found) == 1
