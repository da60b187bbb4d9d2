"""The path of a Python user is that of the command line."""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path

import pytest
from support import BOTH, SMALL, ids, shkc

import shkc as library
from shkc.errors import FactsError, ShkcError, UsageError


def test_the_promise_of_the_docstring() -> None:
    """One line gives the figure, as an exact decimal."""
    value = library.open().metric("技术合同")[0].value
    assert value == Decimal(4850)
    assert str(value) == "4850"


def test_decimals_survive() -> None:
    """8.30 stays 8.30."""
    assert str(library.open([SMALL]).metric("work-permits")[0].value) == "8.30"


@pytest.mark.parametrize("query", ["全社会研发投入", "青山科学节", "创新平台"])
def test_the_library_finds_what_the_commands_find(query: str) -> None:
    """Both ask the same question."""
    base = library.open([BOTH])
    assert [fact.id for fact in base.metric(query)] == ids(shkc("metric", query, "--facts", BOTH, "--json"))
    assert [fact.id for fact in base.milestone(query)] == ids(shkc("milestone", query, "--facts", BOTH, "--json"))
    assert [fact.id for fact in base.search(query)] == ids(shkc("search", query, "--facts", BOTH, "--json"))


@pytest.mark.parametrize("query", ["全社会研发投入", "研发投入是多少", "yanfatouru", "没有的事"])
@pytest.mark.parametrize("kind", [None, "metric", "milestone"])
def test_records_are_those_of_the_hits(query: str, kind: str | None) -> None:
    """Whoever needs no reasons gets the same facts in the same order."""
    base = library.open([BOTH])
    assert list(base.records(query, kind)) == [hit.record for hit in base.find(query, kind).hits]


def test_several_words_are_one_query() -> None:
    """Words may be given one by one."""
    base = library.open([SMALL])
    assert base.metric("创新平台", "课题") == base.metric("创新平台 课题") != []


def test_nothing_found_is_an_empty_list() -> None:
    """Nothing is raised for what no report says."""
    assert library.open([SMALL]).search("月球基地") == []


def test_list_takes_the_options_of_the_command() -> None:
    """Section and kind pick the same facts."""
    found = library.open([SMALL]).list(section="企业", kind="metric")
    assert [fact.id for fact in found] == ids(
        shkc("list", "--section", "企业", "--kind", "metric", "--facts", SMALL, "--json")
    )


def test_an_unknown_section_is_a_usage_error() -> None:
    """What is wrong usage on the command line is an exception here."""
    with pytest.raises(UsageError, match="no section “月球”"):
        library.open([SMALL]).list(section="月球")


def test_a_list_takes_the_conditions_of_the_command_line() -> None:
    """One word or several for each, an order and a number; a word that means nothing is wrong usage."""
    base = library.open([SMALL])
    found = base.list(unit=["亿元", "%"], has="growth", min="3", sort="value", limit=2)
    assert [fact.id for fact in found] == ["contract-value", "rd-expenditure"]
    assert [fact.id for fact in base.list(measure="位次")] == ["innovation-rank"]
    for wrong in ({"kind": "x"}, {"sort": "x"}, {"min": "many"}, {"category": "x"}, {"has": ["x"]}):
        with pytest.raises(UsageError):
            base.list(**wrong)


def test_show_tells_what_follows() -> None:
    """The details hold the computed figures as decimals."""
    (shown,) = library.open([SMALL]).show("new-academicians")
    assert shown.kind == "metric"
    assert [(figure.rule, figure.value, figure.low, figure.high) for figure in shown.computed] == [
        ("whole", Decimal(48), Decimal(48), Decimal(48))
    ]


def test_show_of_nothing_is_empty() -> None:
    """An unknown fact has no details."""
    assert list(library.open([SMALL]).show("moon")) == []


def test_facts_are_frozen() -> None:
    """A fact cannot be changed by who gets it."""
    (fact,) = library.open([SMALL]).metric("work-permits")
    with pytest.raises(AttributeError):
        fact.value = Decimal(9)  # type: ignore[misc] # that is the point


def test_a_wrong_file_is_a_facts_error(tmp_path: Path) -> None:
    """The exception holds every problem with path and line, and belongs to the tree of shkc."""
    (tmp_path / "facts.toml").write_text("format = 2\n", encoding="utf-8")
    with pytest.raises(FactsError) as raised:
        library.open([str(tmp_path)])
    assert isinstance(raised.value, ShkcError)
    assert {problem.line for problem in raised.value.problems} == {1}


def test_a_missing_file_is_a_facts_error() -> None:
    """So does a path that does not exist."""
    with pytest.raises(FactsError, match="no such file"):
        library.open(["/none.toml"])


def test_an_index_damaged_while_open_is_rebuilt(cache: Path) -> None:
    """A base that stays open survives damage to its index."""
    base = library.open([SMALL])
    (path,) = cache.glob("*.sqlite")
    with path.open("r+b") as file:
        file.truncate(4096)
    assert [fact.id for fact in base.metric("孵化器数")] == ["incubators"]


def test_the_environment_can_be_given() -> None:
    """A Python user need not change the environment of the process."""
    base = library.base.open_in({"SHKC_FACTS": SMALL, "SHKC_CACHE_DIR": "/dev/null"})
    assert {fact.source.year for fact in base.list()} == {2031}


def test_the_package_exports_three_names() -> None:
    """The public names of the package."""
    assert sorted(library.__all__) == ["FactBase", "open", "to_json"]


def test_help_is_about_facts() -> None:
    """What a user of the library is offered: which facts, and who hears of the progress."""
    assert list(inspect.signature(library.open).parameters) == ["facts", "progress"]


def test_facts_as_json_are_what_the_commands_print() -> None:
    """And what the schema accepts: every digit, in the order of the contract."""
    words = ("list", "--kind", "metric", "--facts", SMALL)
    written = library.to_json(library.open([SMALL]).list(kind="metric"))
    assert written == shkc(*words, "--json").out.replace("\n", "")


@pytest.mark.parametrize(("question", "kind"), [("", None), (" ", "metric"), ("研发", "figure")])
def test_what_is_no_question_is_wrong_usage(question: str, kind: str | None) -> None:
    """An empty one, and a kind that there is not, as on the command line."""
    base = library.open([SMALL])
    for ask in (base.find, base.records):
        with pytest.raises(UsageError) as error:
            ask(question, kind)
        assert error.value.exit_status == 2
    with pytest.raises(UsageError):
        base.metric()


def test_another_thread_is_told_to_open_its_own() -> None:
    """SQLite would raise an error of its own; a base that is opened in the thread answers."""
    base = library.open([SMALL])

    def ask(base: library.FactBase | None) -> str:
        try:
            return (base or library.open([SMALL])).metric("孵化器数")[0].id
        except ShkcError as error:
            return str(error)

    with ThreadPoolExecutor(1) as pool:
        told = "a FactBase answers in the thread that has opened it; call shkc.open() in each"
        assert [pool.submit(ask, each).result() for each in (base, None)] == [told, "incubators"]
    assert base.metric("孵化器数")[0].id == "incubators"
