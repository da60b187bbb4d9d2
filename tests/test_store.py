"""The parts of the store, each alone: numbers of files, seals and their age, checksums, limits of what is read."""

from __future__ import annotations

import math
import os
import shutil
import sqlite3  # noqa: TID251 # to read a record as the store does
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support import BOTH, SMALL

from shkc import paths
from shkc.errors import UsageError
from shkc.facts.model import Metric
from shkc.facts.records import decode
from shkc.store import cache as cache_folder
from shkc.store import read, schema
from shkc.store.build import numbered
from shkc.store.index import Index
from shkc.store.open import LONGEST_BUILD, LONGEST_WAIT, Held, _mostly_new
from shkc.store.prepare import printed_numbers
from shkc.store.read import Reader
from shkc.store.selection import Bound, Selection, Unit
from shkc.store.upkeep import MOST_BYTES, MOST_INDEXES
from shkc.text.words import grams

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


@pytest.mark.parametrize(("age", "noted"), [(3600.0, False), (3600.1, True)])
def test_an_hour_is_the_least(age: float, noted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the second."""
    path = sealed(tmp_path, 1_000_000)
    monkeypatch.setattr(cache_folder, "unused_for", lambda path: age)
    cache_folder.note_use(path)
    assert (path.with_suffix(".seal").stat().st_mtime > time.time() - 60) is noted


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
    assert (cache_folder.CHECKED_WHOLE, cache_folder.CHECKED_RESTED) == (2 * 1024**2, 256 * 1024**2)
    assert (LONGEST_WAIT, LONGEST_BUILD) == (30, 24 * 60 * 60)


# ── Records ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("record", [b"", b"{}", bytes(100), "事实".encode()])
def test_a_record_is_read_as_it_was_kept(record: bytes) -> None:
    """And not at all when a byte of it has changed, be it one of many zeros."""
    connection = sqlite3.connect(":memory:", factory=Held)
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


# ── A base made for its sections and orders ─────────────────────────────────────────────────────────

SECTIONS = [
    ("top", "0", "综述", "综述", "All", ""),
    ("x1", "1", "创新主体（一）", "主体", "Bodies", "top"),
    ("x2", "2", "成果转化", "转化", "Transfer", "top"),
    ("x21", "2.1", "技术合同", "合同", "Contracts", "x2"),
    ("x10", "10", "人才", "人才", "Talent", ""),
]
FIGURES = [
    ("a", "x1", 5, "家", "+10", "%"),
    ("b", "x2", 30, "亿元", "+2", "成"),
    ("c", "x21", 7, "家", "+0.5", "倍"),
    ("d", "x21", 8, "%", "+3", "个百分点"),
    ("e", "x10", 9, "家", "", ""),
]


def made(folder: Path) -> Path:
    """A fact file with these."""
    text = SMALL_HEAD
    for key, number, title, short, short_en, parent in SECTIONS:
        text += f'[[section]]\nid = "{key}"\nnumber = "{number}"\ntitle = "{title}"\nshort = "{short}"\n'
        text += f'short_en = "{short_en}"\n' + (f'parent = "{parent}"\n' if parent else "")
    for at, (key, section, value, unit, growth, of) in enumerate(FIGURES):
        text += f'[[metric]]\nid = "{key}"\nname = "{key}的数"\nname_en = "Number of {key}"\nsection = "{section}"\n'
        text += f'paragraph = {9 - at}\nexcerpt = "{value}{unit}"\nvalue = {value}\nunit = "{unit}"\n'
        if growth:
            text += f'change = {{value = {growth}, unit = "{of}", basis = "yoy", excerpt = "增长{growth[1:]}{of}"}}\n'
    path = folder / "made.toml"
    path.write_text(text, encoding="utf-8")
    return path


SMALL_HEAD = Path(SMALL).read_text(encoding="utf-8").partition("[[section]]")[0]


def test_the_first_facts_of_many_need_no_sorting(reader: Reader) -> None:
    """In the order of the reports, which the indexes have; of ten million facts, sorting takes a minute."""
    asked: list[str] = []
    reader._connection.set_trace_callback(asked.append)
    facts = [decode(record).id for record in reader.browse(Selection())]
    reader._connection.set_trace_callback(None)
    plan = [row[3] for row in reader._connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}")]
    assert facts and "USE TEMP B-TREE FOR ORDER BY" not in plan
    assert [decode(record).id for record in reader.browse(Selection(limit=2))] == facts[:2]


def test_the_facts_of_a_place_are_found_by_indexes(reader: Reader) -> None:
    """Its reports, their facts and their names: among ten million facts, going through all takes ten seconds."""
    asked: list[str] = []
    (place,) = {scope for scope in reader.names.scopes[::2] if scope.startswith("青")}
    reader._connection.set_trace_callback(asked.append)
    (entry, *_) = reader.entries(grams("技术合同"), None, (), (place,))
    assert list(reader.facts_called(entry.id, None, (place,)))
    reader._connection.set_trace_callback(None)
    of_places = [sql for sql in asked if "scope IN" in sql and "FROM territory" not in sql]
    plans = [row[3] for sql in of_places for row in reader._connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
    assert len(of_places) == 2
    assert not [step for step in plans if step.startswith("SCAN")]


@pytest.fixture(scope="module")
def made_reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The made-up base, in memory."""
    index = Index([made(tmp_path_factory.mktemp("made"))], None)
    yield index.ask(lambda reader: reader)
    del index


def picked(reader: Reader, **selection: Any) -> str:
    """The ids of the facts that are picked, in order."""
    return "".join(decode(record).id for record in reader.browse(Selection(**selection)))


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("x2", "dcb"), ("2", "dcb"), ("二", "dcb"), ("十", "e"), ("10", "e"), ("成果转化", "dcb"), ("转", "dcb"),
        ("2.1", "dc"), ("x21", "dc"), ("合同", "dc"), ("contracts", "dc"), ("Bodies", "a"), ("主体", "a"),
        ("top", "dcba"), (" x1 ", "a"), ("综述", "dcba"), ("一", "a"),
    ],
)  # fmt: skip
def test_a_section_is_named_in_many_ways(name: str, facts: str, made_reader: Reader) -> None:
    """By id, number or its numeral, whole; else by any part of a title; with all that is below it."""
    assert picked(made_reader, sections=(name,)) == facts


def test_what_is_being_typed_is_completed(made_reader: Reader) -> None:
    """By ids, and by names in both languages, whatever their case."""
    assert made_reader.ids_beginning("a") == [("a", "a的数")]
    assert made_reader.names_beginning("B的") == [("b的数", "b")]
    assert made_reader.names_beginning("number of C") == [("Number of c", "c")]


def test_a_section_that_is_not_there_is_told(made_reader: Reader) -> None:
    """With those that are."""
    for name in ("没有", "", "。", ".1"):
        with pytest.raises(UsageError, match="no section") as told:
            picked(made_reader, sections=(name,))
        assert told.value.message.zh == f"没有栏目“{name}”；有：综述、主体、转化、合同、人才"
    assert picked(made_reader, sections=("x1", "x10")) == "ea"
    assert made_reader.sections_called("人才") == made_reader.sections_called("Talent") == ["x10"]
    assert [(count.id, count.depth, count.metrics) for _, count in made_reader.sections()] == [
        ("top", 0, 4), ("x1", 1, 1), ("x2", 1, 3), ("x21", 2, 2), ("x10", 0, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sort", "facts"), [("report", "edcba"), ("name", "abcde"), ("value", "bedca"), ("growth", "cbade")]
)
def test_facts_are_listed_in_an_order(sort: str, facts: str, made_reader: Reader) -> None:
    """As the report has them; growth in tenths and times as in per cent, then that in points, then none."""
    assert picked(made_reader, sort=sort) == facts


@pytest.mark.parametrize(
    ("selection", "facts"),
    [
        ({"has": ("growth",)}, "dcba"),
        ({"has": ("share",)}, ""),
        ({"kind": "milestone"}, ""),
        ({"kind": "metric", "limit": 2}, "ed"),
        ({"units": (Unit("家", ("家",)),)}, "eca"),
        ({"units": (Unit("亿元", ("亿元",)), Unit("%", ("%",)))}, "db"),
        ({"units": (Unit("CNY", ("CNY",)),)}, "b"),
        ({"units": (Unit("organisations", (), ("organisations",)),)}, "eca"),
        ({"least": Bound(7, "家")}, "ec"),
        ({"least": Bound(7, ""), "most": Bound(9, "")}, "edc"),
        ({"report": "qingshan-2031", "most": Bound(5, "家")}, "a"),
        ({"report": "other"}, ""),
    ],
)
def test_facts_are_picked_by_what_they_have(selection: dict[str, Any], facts: str, made_reader: Reader) -> None:
    """All conditions hold; of several units any."""
    assert picked(made_reader, **selection) == facts


def test_the_three_ids_that_are_spelt_most_like_a_name_are_told(tmp_path: Path) -> None:
    """Never more, however many are near."""
    text = SMALL_HEAD + '[[section]]\nid = "top"\nnumber = "0"\ntitle = "综述"\nshort = "综述"\nshort_en = "All"\n'
    for key in ("patents", "patents-a", "patents-ab", "patents-abc", "papers"):
        text += f'[[metric]]\nid = "{key}"\nname = "{key}的数"\nname_en = "Number of {key}"\nsection = "top"\n'
        text += 'paragraph = 1\nexcerpt = "3家"\nvalue = 3\nunit = "家"\n'
    path = tmp_path / "near.toml"
    path.write_text(text, encoding="utf-8")
    index = Index([path], None)
    assert index.ask(lambda reader: reader.nearest_ids("patent")) == ["patents", "patents-a", "patents-ab"]
    assert index.ask(lambda reader: reader.nearest_ids("没有")) == []


def test_an_index_knows_whether_it_is_current(tmp_path: Path) -> None:
    """Until a file is another, or there is one more; what a pipe held is what it is."""
    path = made(tmp_path)
    index = Index([tmp_path], None)
    assert index.is_current()
    os.utime(path, (1, 1))
    assert not index.is_current()
    index = Index([tmp_path], None)
    shutil.copy(SMALL, tmp_path / "more.toml")
    assert not index.is_current()


def test_an_index_of_a_pipe_stays_current() -> None:
    """It cannot be read again."""
    reading, writing = os.pipe()
    os.write(writing, Path(SMALL).read_bytes())
    os.close(writing)
    index = Index([f"/dev/fd/{reading}"], None)
    os.close(reading)
    assert index.is_current()


def test_answers_that_are_begun_are_given_to_the_end(tmp_path: Path) -> None:
    """Where the index turns out to be damaged half way, a new one gives the rest, and nothing twice."""
    index = Index([made(tmp_path)], tmp_path / "cache")

    def ids(reader: Reader) -> Iterator[str]:
        return (decode(record).id for record in reader.browse(Selection()))

    def broken(reader: Reader) -> Iterator[str]:
        yield from list(ids(reader))[:2]
        raise sqlite3.DatabaseError

    assert list(index.continued(index.ask(broken), ids)) == list("edcba")
    assert list(index.stream(ids) or ()) == list("edcba")
    assert index.stream(lambda reader: iter(())) is None
    assert index.left_out == []
