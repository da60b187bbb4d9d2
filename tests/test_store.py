"""The parts of the store, each alone: numbers of files, seals and their age, checksums, limits of what is read."""

from __future__ import annotations

import math
import os
import sqlite3  # noqa: TID251 # to read a record as the store does
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import BOTH

from shkc import paths
from shkc.facts.model import Metric
from shkc.facts.records import decode
from shkc.store import cache as cache_folder
from shkc.store import read, schema
from shkc.store.build import numbered
from shkc.store.index import Index
from shkc.store.open import LONGEST_BUILD, LONGEST_WAIT, _mostly_new
from shkc.store.prepare import printed_numbers
from shkc.store.read import Reader
from shkc.store.selection import Bound, Selection
from shkc.store.upkeep import MOST_BYTES, MOST_INDEXES

# ── The order of files ──────────────────────────────────────────────────────────────────────────────

ROOM = 1 << 20


def test_files_are_numbered_with_room_between_them() -> None:
    """For a million files each."""
    assert numbered(["a", "b", "c"], {}) == {"a": ROOM, "b": 2 * ROOM, "c": 3 * ROOM}
    assert numbered([], {}) == {}


def test_a_file_that_comes_between_two_stands_in_the_middle() -> None:
    """The others keep their numbers; behind the last there is always room."""
    assert numbered(["a", "b", "c"], {"a": 10, "c": 20}) == {"a": 10, "b": 15, "c": 20}
    assert numbered(["a", "b", "c", "d"], {"a": 10, "d": 40}) == {"a": 10, "b": 20, "c": 30, "d": 40}
    assert numbered(["a", "b"], {"a": 7}) == {"a": 7, "b": 7 + ROOM}
    assert numbered(["a", "b"], {"b": 8}) == {"a": 4, "b": 8}


def test_without_room_all_are_numbered_anew() -> None:
    """One number between two is enough for one file."""
    assert numbered(["a", "b", "c"], {"a": 1, "c": 3}) == {"a": 1, "b": 2, "c": 3}
    assert numbered(["a", "b", "c"], {"a": 1, "c": 2}) is None
    assert numbered(["a", "b", "c", "d"], {"a": 1, "d": 3}) is None
    assert numbered(["b", "a"], {"a": 1, "b": 2}) is None


def fact_file(name: str, stamp: str = "10 1") -> paths.FactFile:
    """A fact file that need not be there."""
    return paths.FactFile(name, stamp, name)


@pytest.mark.parametrize(("known", "anew"), [("", True), ("a", True), ("ab", True), ("abc", False), ("abcd", False)])
def test_an_index_is_built_anew_where_most_files_are_new(known: str, anew: bool) -> None:
    """Half of them is most: four files are asked for."""
    sealed = cache_folder.Seal("", 0, "", cache_folder.state([fact_file(name) for name in known]))
    assert _mostly_new(sealed, [fact_file(name) for name in "abcd"]) is anew


# ── Seals ───────────────────────────────────────────────────────────────────────────────────────────


def sealed(folder: Path, age: float) -> Path:
    """An index with a seal that was last noted so many seconds ago."""
    path = folder / "index-1-00000000.sqlite"
    seal = path.with_suffix(".seal")
    seal.touch()
    os.utime(seal, (time.time() - age,) * 2)
    return path


def test_a_use_is_noted_once_an_hour(tmp_path: Path) -> None:
    """So that most lookups write nothing."""
    for age, noted in ((3590.0, False), (3610.0, True)):
        path = sealed(tmp_path, age)
        cache_folder.note_use(path)
        assert (cache_folder.unused_for(path) < 60) is noted, age


def test_an_index_without_a_seal_is_read_by_nobody(tmp_path: Path) -> None:
    """It is unused without end; a clock that was set back makes none younger."""
    assert cache_folder.unused_for(tmp_path / "index-1-00000000.sqlite") == math.inf
    assert cache_folder.unused_for(sealed(tmp_path, -500)) == pytest.approx(500, abs=30)


def written(folder: Path, size: int) -> tuple[Path, int]:
    """A file of so many bytes that is sealed, and its descriptor."""
    path = folder / "index-1-00000000.sqlite"
    path.write_bytes(b"\1" * size)
    path.chmod(0o600)
    descriptor = os.open(path, os.O_RDWR)
    cache_folder.seal(path, descriptor, [fact_file("b"), fact_file("a")], "state\nof files")
    return path, descriptor


def test_a_seal_is_read_as_it_was_written(tmp_path: Path) -> None:
    """With the paths in order and the state whole."""
    path, descriptor = written(tmp_path, 100)
    seal = cache_folder.read_seal(path)
    assert seal is not None
    assert (seal.roots, seal.state) == ("a\tb", "state\nof files")
    assert cache_folder.is_as_sealed(descriptor, seal, math.inf)
    os.close(descriptor)


@pytest.mark.parametrize(
    ("size", "rested", "is_checked"),
    [(2 << 20, False, True), ((2 << 20) + 1, False, False), ((2 << 20) + 1, True, True)],
)
def test_an_index_of_two_megabytes_is_checked_whole(size: int, rested: bool, is_checked: bool, tmp_path: Path) -> None:
    """A larger one is believed while its times are as they were, unless it was not used for an hour."""
    path, descriptor = written(tmp_path, size)
    used = time.time() - (3700 if rested else 3500)
    os.utime(path.with_suffix(".seal"), (used, used))
    seal = cache_folder.read_seal(path)
    assert seal is not None
    damaged = seal._replace(checksum=seal.checksum ^ 1)
    assert cache_folder.is_as_sealed(descriptor, seal, cache_folder.read_up_to(path))
    assert cache_folder.is_as_sealed(descriptor, damaged, cache_folder.read_up_to(path)) is not is_checked
    os.close(descriptor)


def test_a_changed_byte_breaks_the_seal(tmp_path: Path) -> None:
    """Even where the times of the file say nothing: the last byte as well as the first."""
    for place in (0, 70_000):
        path, descriptor = written(tmp_path, 70_001)
        seal = cache_folder.read_seal(path)
        assert seal is not None
        os.pwrite(descriptor, b"\2", place)
        stamp = cache_folder._stamp(os.fstat(descriptor))
        assert not cache_folder.is_as_sealed(descriptor, seal._replace(stamp=stamp), math.inf)
        os.close(descriptor)


def test_an_index_is_told_by_the_paths_it_is_of() -> None:
    """In any order; a folder's files by the folder."""
    one, other = fact_file("a"), fact_file("b")
    folder = Path("cache")
    assert cache_folder.index_path(folder, [one, other]) == cache_folder.index_path(folder, [other, one, one])
    assert cache_folder.index_path(folder, [one]) != cache_folder.index_path(folder, [other])


def test_the_limits_of_the_cache_and_of_waiting() -> None:
    """As docs/reliability.md and docs/commands.md tell them."""
    assert (MOST_INDEXES, MOST_BYTES) == (24, 4 * 1024**3)
    assert (LONGEST_WAIT, LONGEST_BUILD) == (30, 24 * 60 * 60)


# ── Records ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("record", [b"", b"{}", bytes(100), "事实".encode()])
def test_a_record_is_read_as_it_was_kept(record: bytes) -> None:
    """And not at all when a byte of it has changed, be it one of many zeros."""
    connection = sqlite3.connect(":memory:")
    schema.prepare(connection)
    kept = schema.with_checksum(record)
    assert connection.execute("SELECT sound(?)", (kept,)).fetchone() == (record,)
    assert schema.without_checksum(kept) == record
    for place in range(len(kept)):
        damaged = kept[:place] + bytes([kept[place] ^ 1]) + kept[place + 1 :]
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT sound(?)", (damaged,))
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("SELECT sound(?)", (bytes(len(kept) + 1),))


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """The invented reports, in memory."""
    index = Index([BOTH], None)
    yield index.ask(lambda reader: reader)
    del index


def test_no_more_names_are_looked_at_closely_than_twenty(reader: Reader) -> None:
    """With those of a number besides, of which there are as many."""
    everything = [gram for (gram,) in reader._connection.execute("SELECT gram FROM gram")][:500]
    assert len(list(reader.entries(everything, None))) == 20
    (names,) = reader._connection.execute("SELECT count(*) FROM naming").fetchone()
    assert names > 20
    assert len(list(reader.entries((), None, range(1, names + 1)))) == 20


def test_no_more_facts_of_a_value_are_looked_at_than_two_hundred(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the unit; the ends of the interval belong to it."""
    assert (read.MOST_WORTH, read.MOST_NAMES) == (200, 100)
    values = [value for (value,) in reader._connection.execute("SELECT value FROM fact WHERE base = 'CNY'")]
    found = list(reader.facts_worth("CNY", min(values), max(values)))
    assert len(found) == len(values) > 2
    assert len(list(reader.facts_worth("CNY", min(values), min(values)))) == values.count(min(values))
    assert len(list(reader.facts_worth("", 0, max(values)))) > len(values)
    monkeypatch.setattr(read, "MOST_WORTH", 2)
    assert len(list(reader.facts_worth("CNY", min(values), max(values)))) == 2


def test_limits_of_a_selection_belong_to_it(reader: Reader) -> None:
    """Both ends, and of facts in their unit only."""
    (value,) = reader._connection.execute("SELECT max(value) FROM fact WHERE base = 'CNY'").fetchone()
    for selection in (Selection(least=Bound(value, "CNY")), Selection(least=Bound(value, ""), most=Bound(value, ""))):
        facts = [decode(record) for record in reader.browse(selection)]
        assert [float(fact.normalized.value) for fact in facts if isinstance(fact, Metric)] == [value]
    assert list(reader.browse(Selection(limit=0))) == []
    assert len(list(reader.browse(Selection(limit=3)))) == 3


@pytest.mark.parametrize(("number", "numeral"), [("1", "一"), ("10", "十"), ("0", ""), ("11", ""), ("a", "")])
def test_a_part_is_asked_for_by_its_number_in_either_numeral(number: str, numeral: str) -> None:
    """From one to ten, which headings go to."""
    assert read._numeral(number) == numeral


def test_a_number_is_found_as_printed_and_in_full(reader: Reader) -> None:
    """With growth and share, falls without their sign."""
    of_one = Selection(kind="metric", report=reader._connection.execute("SELECT key FROM report").fetchone()[0])
    facts = {fact.id: fact for fact in map(decode, reader.browse(of_one))}
    printed = {key: printed_numbers(fact) for key, fact in facts.items() if isinstance(fact, Metric)}
    assert printed["rd-expenditure"][0] == ("95.0", "亿元")
    assert printed["rd-expenditure"][1] == ("9500000000", "元")
    assert all(not digits.startswith("-") for each in printed.values() for digits, _ in each)
    with_change = next(fact for fact in facts.values() if isinstance(fact, Metric) and fact.change)
    assert with_change.change is not None
    assert (f"{abs(with_change.change.value):f}", with_change.change.unit) in printed[with_change.id]
