"""What goes into the index for a fact: what kind of quantity it is, what a question may call it, and its numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from support import SMALL, python

from shkc.facts import load
from shkc.facts.load import Record
from shkc.facts.model import Metric, Relation
from shkc.paths import FactFile
from shkc.store import prepare
from shkc.store.prepare import PreparedFile

HEAD = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]


def record(kind: str, lines: str) -> Record:
    """The one fact of a file."""
    entry = f'[[{kind}]]\nid = "thing"\nsection = "overview"\nparagraph = 1\n{lines}\n'
    (found,) = load.parse(HEAD + entry, "facts.toml").records
    return found


def figure(value: str, unit: str, *more: str, excerpt: str = "") -> Record:
    """A figure, with *more* lines of its entry."""
    named = f'name = "数"\nname_en = "Number"\nvalue = {value}\nunit = "{unit}"\nexcerpt = "{excerpt or value + unit}"'
    return record("metric", "\n".join((named, *more)))


def milestone(*more: str) -> Record:
    """A milestone, with *more* lines of its entry."""
    named = 'name = "事"\nname_en = "Event"\ncategory = "policy"\ndate = "2031-05"\nexcerpt = "事"'
    return record("milestone", "\n".join((named, *more)))


def context(of: Record) -> str:
    """The words that may stand in a question about a fact."""
    return " ".join(prepare._context(*of).split())


@pytest.mark.parametrize(
    ("value", "unit", "kind", "words"),
    [
        ("48", "亿元", "money", "金额 总额 额 规模 价值 多少钱 资金 元 total"),
        ("48", "万美元", "money", "金额 总额 额 规模 价值 多少钱 资金 total 美元 US dollar US dollars"),
        ("48", "%", "ratio", "比例 比重 占比 比率 百分比 率 rate"),
        ("4.8", "个百分点", "ratio", ""),
        ("4.8", "成", "ratio", ""),
        ("48", "家", "count", "数量 数目 个数 规模 数 家数"),
        ("48", "万家", "count", "数量 数目 个数 规模 数 家数"),
        ("48", "万人", "count", "数量 数目 个数 规模 数 人数 人数 总人数"),
        ("48", "人次", "count", "数量 数目 个数 规模 数 人次数 人数 总人数"),
        ("4.8", "倍", "ratio", ""),
        ("48", "兆瓦", "other", ""),
        ("4.8", "", "other", ""),
    ],
)
def test_a_unit_says_what_kind_of_quantity_a_figure_is(value: str, unit: str, kind: str, words: str) -> None:
    """And what a question calls it: how much money, what share, how many of which."""
    of = figure(value, unit)
    assert prepare._quantity_kind(of.fact) == kind
    assert context(of) == words


def test_a_rank_counts_nothing() -> None:
    """Its 位 is no unit."""
    of = figure("5", "位", 'measure = "rank"', excerpt="第5位")
    assert (prepare._quantity_kind(of.fact), prepare._measure(of.fact), context(of)) == ("rank", "rank", "")


@pytest.mark.parametrize(
    ("line", "excerpt", "words"),
    [
        (
            'change = {value = 5, unit = "%", basis = "yoy", excerpt = "增长5%"}',
            "48家",
            "增长 增长率 增速 增幅 同比 比上年 growth rate increase",
        ),
        (
            'share = {value = 5, unit = "%", of = "全国", excerpt = "占全国5%"}',
            "48家",
            "全国 占比 占 比例 比重 份额 share percentage",
        ),
        (
            'rank = {value = 3, of = "全国", of_en = "nationwide", excerpt = "第3位"}',
            "48家",
            "全国 nationwide 排名 位次 名次 第几 rank ranking",
        ),
        ('qualifiers = ["cumulative"]\nmeasure = "cumulative"', "累计48家", "累计 总共 cumulative total"),
        ('qualifiers = ["target"]', "目标48家", "目标 计划 target plan"),
        ('period = "2021/2025"', "48家", "期间 十四五"),
        ('period = "2022/2025"', "48家", "期间"),
    ],
)
def test_what_a_figure_is_printed_with_may_be_asked_for(line: str, excerpt: str, words: str) -> None:
    """Its growth, share and rank, that it is a running total, or planned."""
    assert context(figure("48", "家", line, excerpt=excerpt)) == f"数量 数目 个数 规模 数 家数 {words}"


def test_a_milestone_is_an_event_of_a_category() -> None:
    """It may be asked for by who, where, and words for the category."""
    of = milestone('who = ["甲"]', 'where = ["乙"]')
    assert (prepare._quantity_kind(of.fact), prepare._measure(of.fact)) == ("event", "")
    assert context(of) == "甲 乙 政策 文件 办法 方案 条例 规划 policy document rules"


@pytest.mark.parametrize(
    ("of", "years"),
    [
        (figure("4", "家"), (2031, 2031)),
        (figure("4", "家", 'period = "2029/2030"'), (2029, 2030)),
        (milestone(), (2031, 2031)),
    ],
)
def test_a_fact_is_of_its_years(of: Record, years: tuple[int, int]) -> None:
    """A figure of those of its period, a milestone of that of its date."""
    assert prepare._years(of.fact) == years
    assert prepare._naming_of(of).row.of_years == (years[0] < years[1])


def test_what_is_aimed_at_is_planned() -> None:
    """By its hedge, not by words that stand beside its name."""
    assert prepare._naming_of(figure("48", "家", 'qualifiers = ["target"]', excerpt="目标48家")).row.is_planned
    assert not prepare._naming_of(figure("48", "家")).row.is_hedged
    assert prepare._naming_of(figure("48", "家", 'qualifiers = ["over"]', excerpt="超48家")).row.is_hedged
    told = prepare._naming_of(milestone('who = ["目标期间办公室"]', 'where = ["目标", "期间"]')).row
    assert (told.is_planned, told.of_years) == (False, False)


def test_a_number_is_looked_for_as_it_is_printed() -> None:
    """And in full, with growth and share, without signs."""
    change = 'change = {value = -5.0, unit = "%", basis = "yoy", excerpt = "下降5.0%"}'
    share = 'share = {value = 7, unit = "%", of = "全国", excerpt = "占全国7%"}'
    fact = figure("-4.80", "亿元", change, share, excerpt="下降4.80亿元").fact
    assert isinstance(fact, Metric)
    assert prepare.printed_numbers(fact) == [("4.80", "亿元"), ("480000000", "元"), ("5.0", "%"), ("7", "%")]


def test_what_a_figure_is_about_is_related_to_it() -> None:
    """Its examples, too; not what it is a part of, nor the words that prove it, which differ from year to year."""
    of = figure("48", "家", excerpt="园区企业48家")
    relations = tuple(
        Relation(kind, kind, f"{kind}名", f"{kind} name") for kind in ("about", "has-example", "part-of", "per")
    )
    details = msgspec.structs.replace(of.details, relations=relations)
    assert prepare._related(of.fact, details).split() == [
        "about名", "about", "name", "has-example名", "has-example", "name",
    ]  # fmt: skip
    assert prepare._related(milestone().fact, details) == ""


# ── Files ───────────────────────────────────────────────────────────────────────────────────────────


def files(number: int) -> list[FactFile]:
    """So many fact files, every second of which is wrong."""
    contents = [Path(SMALL).read_bytes(), b"wrong"]
    return [FactFile(f"{at}.toml", "1 1", f"{at}.toml", contents[at % 2]) for at in range(number)]


def test_a_wrong_file_is_prepared_as_what_is_wrong_with_it() -> None:
    """With its digest, by which a mended one is known."""
    right, wrong = prepare.prepared(files(2))
    assert (right.problems, len(right.facts) > 0, right.digest) == (
        (),
        True,
        prepare.digest_of(right.file.content or b""),
    )
    assert (len(wrong.problems), wrong.facts, wrong.digest) == (1, (), prepare.digest_of(b"wrong"))
    (gone,) = prepare.prepared([FactFile("none.toml", "1 1", "none.toml")])
    assert (len(gone.problems), gone.digest) == (1, "")


@pytest.mark.parametrize(
    ("number", "cores", "sizes"), [(31, 2, []), (32, 1, []), (32, 2, [16, 16]), (40, 2, [16, 16, 8])]
)
def test_many_files_are_read_on_all_cores(
    number: int, cores: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From thirty-two on, in batches of sixteen, in order."""
    batches: list[int] = []

    def in_processes(function: object, given: Iterator[list[FactFile]], cores: int) -> Iterator[list[PreparedFile]]:
        for batch in given:
            batches.append(len(batch))
            yield list(map(prepare.prepare, batch))

    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setattr(prepare, "in_processes", in_processes)
    monkeypatch.setattr(prepare, "prepare", lambda file: PreparedFile(file, "", ()))
    asked = files(number)
    assert [each.file for each in prepare.prepared(asked)] == asked
    assert batches == sizes


PROCESSES = """
import os, signal, threading
from shkc.store import prepare
from shkc.store.prepare import PreparedFile

def made(number):
    if number < 0:
        raise ValueError(number)
    calm = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return number, calm, os.getpid(), signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())

taken = []

def given(numbers):
    for number in numbers:
        taken.append(number)
        yield number

if __name__ == "__main__":
    found = []
    for each in prepare.in_processes(made, given(range(20)), 2):
        found.append(each)
        assert len(taken) <= len(found) + 4, (taken, found)
    assert [number for number, *_ in found] == list(range(20))
    assert all(calm for _, calm, _, _ in found)
    assert os.getpid() not in {process for *_, process, _ in found}
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        list(prepare.in_processes(made, iter([-1, *range(9)]), 2))
    except ValueError:
        print("told")
"""


def test_processes_make_what_they_are_given_in_order(tmp_path: Path) -> None:
    """Twice as many as there are cores at once; Ctrl-C does not reach them, and what one raises is raised."""
    script = tmp_path / "processes.py"
    script.write_text(PROCESSES, encoding="utf-8")
    answer = python(f"import runpy; runpy.run_path({str(script)!r}, run_name='__main__')")
    assert (answer.status, answer.out, answer.err) == (0, "told\n", "")


ORPHANS = """
import os, time
from shkc.store import prepare

def made(number):
    print("begun", flush=True)
    time.sleep(3)
    print("left alone", flush=True)
    os._exit(1)

if __name__ == "__main__":
    list(prepare.in_processes(made, iter(range(2)), 2))
"""


def test_processes_end_with_the_one_that_is_killed(tmp_path: Path) -> None:
    """Left alone, they would hold the lock of the folder for ever."""
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert [parent.stdout.readline() for _ in range(2)] == ["begun\n", "begun\n"]
        parent.kill()
        assert parent.stdout.read() == ""  # it ends when the last of them has ended


def test_a_figure_of_several_years_is_one_naming() -> None:
    """Whatever it is worth, and however it is printed: names are stored, and weighed, once."""
    first, second = figure("48", "家", excerpt="数48家"), figure("50", "家", excerpt="数增至50家")
    assert prepare._naming_of(first) == prepare._naming_of(second)
