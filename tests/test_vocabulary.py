"""Every entry of the vocabulary has a witness: a query that is answered wrongly, or read otherwise, without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.ablate import TABLES, TYPED, Asker, Entry, entries, is_read_otherwise, stated, vocabulary_of, without
from benchmarks.search.__main__ import FOLDER, queries
from shkc.base import FactBase
from shkc.paths import bundled_facts

CONTENT = stated()


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """Asks the queries that are witnesses."""
    witnesses = {entry["witness"] for table in TABLES for entry in CONTENT[table]["words"]}
    labelled = queries([path.stem for path in sorted(FOLDER.glob("*.jsonl"))])
    base = FactBase([bundled_facts()], tmp_path_factory.mktemp("cache"))
    yield Asker(base, [query for query in labelled if query.query in witnesses])


@pytest.mark.parametrize("entry", list(entries(CONTENT)), ids=lambda entry: f"{entry.table} {' '.join(entry.words)}")
def test_an_entry_is_needed_by_its_witness(asker: Asker, entry: Entry) -> None:
    """What no query needs does not stand in the vocabulary."""
    witness = CONTENT[entry.table]["words"][entry.place]["witness"]
    with vocabulary_of(without(CONTENT, entry)):
        assert witness in asker.change_of(witness).worse


@pytest.mark.parametrize(
    "entry", list(entries(CONTENT, TYPED)), ids=lambda entry: f"{entry.table} {' '.join(entry.words)}"
)
def test_a_word_that_asks_changes_how_its_witness_is_read(entry: Entry) -> None:
    """What is asked for, or which words name nothing."""
    assert is_read_otherwise(CONTENT, entry)


def test_each_table_says_what_it_is_for() -> None:
    """A list of words is data with a reason."""
    assert all(table["reason"] for table in CONTENT.values())
