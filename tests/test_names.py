"""Names that share grams with a question are found by BM25, as SQLite's full-text search would find them."""

from __future__ import annotations

import sqlite3  # noqa: TID251 # its full-text search is what is compared with
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from support import ROOT

from benchmarks.search.__main__ import queries
from shkc.search.question import grams
from shkc.store import names, postings
from shkc.store.index import Index
from shkc.store.names import Names, unpacked
from shkc.store.read import Reader
from shkc.text.name_entry import NameEntry

KINDS = (None, "metric", "milestone")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """The bundled base, in memory."""
    index = Index([ROOT / "facts.toml"], None)
    yield index.ask(lambda reader: reader)
    del index


def fts5(reader: Reader) -> sqlite3.Connection:
    """The names of *reader*, with their grams as text, in the full-text search of SQLite."""
    kinds: dict[int, str] = {}
    texts: dict[int, list[str]] = {}
    for gram, *kept in reader._connection.execute("SELECT gram, metrics, milestones FROM gram"):
        for kind, namings in zip(KINDS[1:], map(unpacked, kept), strict=True):
            for naming in namings:
                kinds[naming] = str(kind)
                texts.setdefault(naming, []).append(gram)
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE naming USING fts5 (kind, grams, tokenize='unicode61 remove_diacritics 0')")
    rows = ((naming, kinds[naming], " ".join(texts[naming])) for naming in sorted(texts))
    connection.executemany("INSERT INTO naming (rowid, kind, grams) VALUES (?, ?, ?)", rows)
    return connection


def test_the_order_is_that_of_the_full_text_search_of_sqlite(reader: Reader) -> None:
    """For questions of all kinds; of what shares as much, either may be first."""
    connection = fts5(reader)
    for query in islice(queries(["strangers", "office", "abroad"]), 0, None, 5):
        wanted = sorted(grams(query.query))
        phrase = " OR ".join(f'"{gram}"' for gram in wanted)
        for kind in KINDS if phrase else ():
            match = f"grams : ({phrase})" + (f" AND kind : {kind}" if kind else "")
            rows = connection.execute("SELECT rowid, rank FROM naming WHERE naming MATCH ?", (match,))
            ranks = {naming: round(rank, 9) for naming, rank in rows}
            found = reader.names.sharing(wanted, kind, 20)
            assert [ranks[naming] for naming in found] == sorted(ranks.values())[:20], (query.query, kind)


def test_only_names_within_what_is_asked_for_are_found(reader: Reader) -> None:
    """As many as are wanted all the same."""
    every = reader.names.sharing(["技术"], None, 100)
    within = frozenset(every[3:6])
    assert reader.names.sharing(["技术"], None, 2, within) == every[3:5]
    assert reader.names.sharing(["技术"], None, 2, frozenset()) == []
    assert reader.names.sharing([], None, 2) == reader.names.sharing(["没有这个"], "metric", 2) == []


def test_what_is_forgotten_is_read_again(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """However little is kept of what was read, the answers are the same."""
    asked = [grams(query.query) for query in islice(queries(["strangers"]), 20)]

    def answers(of: Names) -> list[tuple[dict[str, int], list[NameEntry]]]:
        return [(of.frequencies(each), of.entries(of.sharing(each, None, 20), "metric")) for each in (*asked, *asked)]

    expected = answers(Names(reader._connection))
    assert any(entries for _, entries in expected)
    monkeypatch.setattr(names, "MOST_KEPT", 10)
    monkeypatch.setattr(names, "MOST_ENTRIES", 10)
    little = Names(reader._connection)
    assert answers(little) == expected
    assert max(len(little._postings), len(little._frequencies), len(little._entries)) < 200


def test_what_waits_to_be_written_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written in many parts, the lists are the same."""

    def lists(reader: Reader) -> list[object]:
        return list(reader._connection.execute("SELECT * FROM gram"))

    expected = Index([ROOT / "facts.toml"], None).ask(lists)
    monkeypatch.setattr(postings, "MOST_PENDING", 500)
    assert Index([ROOT / "facts.toml"], None).ask(lists) == expected
