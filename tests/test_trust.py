"""Whose index is read: the user's own, in a folder where nobody else can write, exactly as it was sealed."""

from __future__ import annotations

import math
import os
import random
import shutil
import sqlite3  # noqa: TID251 # to damage an index
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from support import SMALL, Answer, indexes, shkc

from shkc.base import FactBase
from shkc.errors import UsageError
from shkc.store import cache as cache_folder
from shkc.store import schema

QUERY = ("metric", "孵化器数", "--facts", SMALL, "-f", "value")
RIGHT = Answer(0, "96\n", "")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")
NOBODY = 65534


def in_record(path: Path) -> None:
    """Change a figure in the records of an index: what a query prints."""
    data = path.read_bytes()
    forged = data.replace(b'"value":96,', b'"value":69,')
    assert forged != data
    path.write_bytes(forged)


def forge(path: Path) -> None:
    """Change a figure of the index at *path*, and set the times back."""
    before = path.stat()
    in_record(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_forged_figure_is_not_believed(cache: Path) -> None:
    """The times may be as they were: the ctime is not."""
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    forge(kept)
    assert shkc(*QUERY) == RIGHT
    assert b'"value":69,' not in kept.read_bytes()


@as_root
@pytest.mark.parametrize("what", ["index", "seal"])
def test_an_index_of_somebody_else_is_not_believed(cache: Path, what: str) -> None:
    """It is built anew, and then it is the user's."""
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    theirs = kept if what == "index" else kept.with_suffix(".seal")
    os.chown(theirs, NOBODY, NOBODY)
    assert cache_folder.open_own(theirs) is None
    assert shkc(*QUERY) == RIGHT
    assert {path.stat().st_uid for path in cache.iterdir()} == {os.geteuid()}


@pytest.mark.parametrize("what", ["index", "seal"])
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_an_index_that_others_can_write_is_not_believed(cache: Path, what: str, mode: int) -> None:
    """Whatever the umask, shkc writes files that nobody else can."""
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    (kept if what == "index" else kept.with_suffix(".seal")).chmod(mode)
    assert shkc(*QUERY) == RIGHT
    assert {path.stat().st_mode & 0o777 for path in cache.iterdir()} == {0o600}


@pytest.mark.parametrize("what", ["index", "seal"])
def test_a_link_in_the_place_of_an_index_is_not_followed(cache: Path, tmp_path: Path, what: str) -> None:
    """What it leads to is neither read nor written."""
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    replaced = kept if what == "index" else kept.with_suffix(".seal")
    elsewhere = tmp_path / "elsewhere"
    replaced.rename(elsewhere)
    if what == "index":
        in_record(elsewhere)
    before = elsewhere.read_bytes()
    replaced.symlink_to(elsewhere)
    assert shkc(*QUERY) == RIGHT
    assert elsewhere.read_bytes() == before
    assert not replaced.is_symlink()


def test_a_pipe_in_the_place_of_an_index_holds_nobody_up(cache: Path) -> None:
    """Nor one in the place of its seal."""
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    for path in (kept, kept.with_suffix(".seal")):
        path.unlink()
        os.mkfifo(path)
        assert shkc(*QUERY) == RIGHT


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
def test_the_umask_makes_no_difference(cache: Path, umask: int) -> None:
    """The folder and what is in it are the user's alone."""
    before = os.umask(umask)
    try:
        assert shkc(*QUERY) == RIGHT
    finally:
        os.umask(before)
    assert cache.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in cache.iterdir()} == {0o600}
    base = FactBase([Path(SMALL)], cache)
    assert base._store.ask(lambda reader: reader._connection.execute("PRAGMA database_list").fetchone()[2])


def stored_in(folder: Path) -> list[Path]:
    """Every index below *folder*."""
    return sorted(folder.rglob("*.sqlite"))


def test_a_folder_that_everybody_can_write_has_one_of_the_users_own(cache: Path) -> None:
    """As in /tmp, where nobody can move what is another's."""
    cache.mkdir()
    cache.chmod(0o1777)
    assert shkc(*QUERY) == RIGHT
    (kept,) = stored_in(cache)
    assert kept.parent == cache / f"user-{os.geteuid()}"
    assert kept.parent.stat().st_mode & 0o777 == 0o700
    assert shkc("cache", "--json").json[0]["folder"] == str(kept.parent)
    assert shkc("cache", "--clear").status == 0
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o707])
def test_a_folder_where_others_can_move_everything_is_not_used(cache: Path, mode: int) -> None:
    """Then the index is in memory, and `cache` says why."""
    cache.mkdir()
    cache.chmod(mode)
    (cache / "theirs").touch()
    assert shkc(*QUERY) == RIGHT
    assert stored_in(cache) == []
    (state,) = shkc("cache", "--json", "--lang", "en").json
    assert state["folder"] is None
    assert f"others can write to {cache}" in state["reason"]
    assert shkc("cache", "--clear").status == 0
    assert [path.name for path in cache.iterdir()] == ["theirs"]


def test_a_folder_below_one_that_others_can_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They could put another in its place."""
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    monkeypatch.setenv("SHKC_CACHE_DIR", str(tmp_path / "open" / "cache"))
    assert shkc(*QUERY) == RIGHT
    assert list((tmp_path / "open").iterdir()) == []


@as_root
def test_a_folder_of_somebody_else_is_not_used(cache: Path) -> None:
    """As with sudo, which keeps the user's home."""
    cache.mkdir()
    os.chown(cache, NOBODY, NOBODY)
    assert shkc(*QUERY) == RIGHT
    assert stored_in(cache) == []


def test_a_folder_that_shkc_made_for_a_group_is_closed(cache: Path) -> None:
    """Earlier versions left that to the umask; what is in it is not believed for that."""
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    cache.chmod(0o775)
    kept.chmod(0o664)
    assert shkc(*QUERY) == RIGHT
    assert cache.stat().st_mode & 0o777 == 0o700
    assert kept.stat().st_mode & 0o777 == 0o600


def test_a_link_to_the_folder_is_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A user may keep caches on another disk."""
    real = tmp_path / "disk" / "caches"
    real.mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(real)
    monkeypatch.setenv("SHKC_CACHE_DIR", str(link / "shkc"))
    assert shkc(*QUERY) == RIGHT
    assert len(stored_in(real / "shkc")) == 1


# ── Damage ──────────────────────────────────────────────────────────────────────────────────────────

QUESTIONS: tuple[Callable[[FactBase], object], ...] = (
    lambda base: base.metric("孵化器数"),
    lambda base: base.metric("全社会研发投入"),
    lambda base: base.milestone("材料实验室"),
    lambda base: base.list(),
    lambda base: base.show("rd-expenditure"),
    lambda base: base.search("研发投入是多少"),
    lambda base: base.metric("320.5亿元"),
)


def flip(path: Path, chance: random.Random) -> None:
    """Turn one bit of a file round."""
    data = bytearray(path.read_bytes())
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def sealed_again(path: Path) -> None:
    """Make the index look untouched, as one does that a disk has damaged: the file system knows of no change."""
    seal = path.with_suffix(".seal")
    stamp = cache_folder._stamp(path.stat())
    seal.write_text("\n".join((stamp, *seal.read_text(encoding="utf-8").split("\n")[1:])), encoding="utf-8")


def is_sound(path: Path) -> bool:
    """Whether the index at *path* is as its seal says."""
    descriptor, sealed = cache_folder.open_own(path), cache_folder.read_seal(path)
    assert descriptor is not None
    assert sealed is not None
    try:
        return cache_folder.is_as_sealed(descriptor, sealed, math.inf)
    finally:
        os.close(descriptor)


@pytest.mark.parametrize("silent", [False, True], ids=["by a program", "by the disk"])
def test_a_flipped_bit_changes_no_answer(cache: Path, faults: bool, silent: bool) -> None:
    """Wherever it is: a program that writes changes the ctime, and what a disk does the checksum of the index tells."""
    right = [question(FactBase([Path(SMALL)], cache)) for question in QUESTIONS]
    (kept,) = indexes(cache)
    chance = random.Random(2031)
    for number in range(1000 if faults else 40):
        flip(kept, chance)
        if silent:
            sealed_again(kept)
        assert QUESTIONS[number % len(QUESTIONS)](FactBase([Path(SMALL)], cache)) == right[number % len(QUESTIONS)]
        assert is_sound(kept)


def test_a_flipped_bit_in_a_seal_changes_no_answer(cache: Path, faults: bool) -> None:
    """Nor can it make `cache` fail, or steer the terminal; the index is built anew, or the bit says nothing of it."""
    right = [question(FactBase([Path(SMALL)], cache)) for question in QUESTIONS]
    (kept,) = indexes(cache)
    chance = random.Random(2032)
    for number in range(1000 if faults else 40):
        flip(kept.with_suffix(".seal"), chance)
        for words in ((), ("--json",)):
            answer = shkc("cache", *words)
            assert (answer.status, answer.err) == (0, "")
            assert answer.out.replace("\n", "").isprintable()
        assert QUESTIONS[number % len(QUESTIONS)](FactBase([Path(SMALL)], cache)) == right[number % len(QUESTIONS)]
        assert is_sound(kept)


@pytest.fixture
def large(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The index of the invented report, too large to be read whole at each start, damaged by the disk in a record."""
    monkeypatch.setattr(cache_folder, "CHECKED_WHOLE", 0)
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    in_record(kept)
    sealed_again(kept)
    return kept


@pytest.mark.parametrize("command", [QUERY, ("list", "--facts", SMALL), ("show", "incubators", "--facts", SMALL)])
def test_a_damaged_record_of_a_large_index_is_noticed(large: Path, command: tuple[str, ...]) -> None:
    """When it is read: the index is built anew, and the answer is right."""
    answer = shkc(*command)
    assert answer == shkc(*command, "--facts", SMALL)
    assert b'"value":69,' not in large.read_bytes()


def test_damage_met_half_way_gives_neither_holes_nor_repetitions(large: Path) -> None:
    """Whatever was answered before stays, and the rest follows from a new index."""
    assert FactBase([Path(SMALL)], large.parent).list() == FactBase([Path(SMALL)], None).list()


def unnoticed(path: Path, statement: str) -> None:
    """Change the index at *path* by *statement* so that only reading it whole would tell."""
    with sqlite3.connect(path) as connection:
        schema.prepare(connection)
        connection.execute(statement)
    connection.close()
    sealed_again(path)


@pytest.fixture
def large_one(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound index of the invented report, too large to be read whole at each start."""
    monkeypatch.setattr(cache_folder, "CHECKED_WHOLE", 0)
    assert shkc(*QUERY) == RIGHT
    (kept,) = indexes(cache)
    return kept


ANOTHER_NAME = "UPDATE exact SET naming = (SELECT naming FROM exact WHERE form = '研发经费') WHERE form = '孵化器数'"
"""What makes another figure the answer."""


def test_a_large_index_that_rested_is_read_whole(large_one: Path) -> None:
    """What a disk loses is noticed then, also where no record is damaged but the way to it."""
    unnoticed(large_one, ANOTHER_NAME)
    assert shkc(*QUERY) != RIGHT  # what is told in docs/reliability.md
    before = time.time() - 2 * cache_folder.USED
    os.utime(large_one.with_suffix(".seal"), (before, before))
    assert shkc(*QUERY) == RIGHT
    assert is_sound(large_one)


def test_damage_is_not_sealed_by_an_update(large_one: Path, tmp_path: Path) -> None:
    """A changed file makes no untouched index of a damaged one."""
    facts = tmp_path / "facts.toml"
    shutil.copy(SMALL, facts)
    query = ("metric", "孵化器数", "--facts", str(facts), "-f", "value")
    assert shkc(*query) == RIGHT
    (kept,) = (path for path in large_one.parent.glob("*.sqlite") if path != large_one)
    unnoticed(kept, ANOTHER_NAME)
    facts.write_text(facts.read_text(encoding="utf-8").replace("value = 150", "value = 150 "), encoding="utf-8")
    assert shkc(*query) == RIGHT


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE section SET parent = NULL, title = 5",
        "DELETE FROM meta",
        "UPDATE naming SET identity = 'x' || id",
        "UPDATE naming SET names = NULL, pinyin = 7",
        "DROP TABLE report",
    ],
)
@pytest.mark.parametrize("number", range(len(QUESTIONS)))
def test_damage_is_no_bug(large_one: Path, statement: str, number: int) -> None:
    """What damage makes of a large index is answered as from a new one, or leaves something out: no status 70."""
    with suppress(sqlite3.OperationalError):
        unnoticed(large_one, statement)
    QUESTIONS[number](FactBase([Path(SMALL)], large_one.parent))
    for words in (("sections",), ("list", "--section", "人才"), ("metric", "孵化数器"), ("cite", "rd-expenditur")):
        assert shkc(*words, "--facts", SMALL).status in (0, 1, 2)


def test_a_damaged_schema_is_no_bug(large_one: Path) -> None:
    """SQLite quotes it in its message, which is no text then."""
    data = large_one.read_bytes()
    at = data.index(b"CREATE TABLE territory")
    large_one.write_bytes(data[:at] + b"\xff" * 12 + data[at + 12 :])
    sealed_again(large_one)
    assert shkc(*QUERY) == RIGHT
    assert is_sound(large_one)


def test_what_is_no_damage_is_raised(large_one: Path) -> None:
    """A bug is one, and a wrong question is asked once: the index stays."""
    base = FactBase([Path(SMALL)], large_one.parent)
    inode = large_one.stat().st_ino

    def wrong(reader: object) -> None:
        raise KeyError("a bug")

    with pytest.raises(KeyError):
        base._store.ask(wrong)
    with pytest.raises(UsageError):
        base.list(section="火星")
    assert large_one.stat().st_ino == inode


def test_a_record_that_was_cut_is_damaged() -> None:
    """So is an empty one."""
    connection = sqlite3.connect(":memory:")
    schema.prepare(connection)
    kept = schema.with_checksum(b'{"id":"a"}')
    assert connection.execute("SELECT sound(?)", (kept,)).fetchone() == (b'{"id":"a"}',)
    for damaged in (b"", kept[:3], kept[:-1], kept[1:], b"\0" * len(kept)):
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("SELECT sound(?)", (damaged,))
    connection.close()


def test_an_index_copied_back_is_built_anew(cache: Path, tmp_path: Path) -> None:
    """A restored backup of the cache has other inodes and times: nobody can say what happened to it."""
    assert shkc(*QUERY) == RIGHT
    shutil.copytree(cache, tmp_path / "backup")
    shutil.rmtree(cache)
    shutil.copytree(tmp_path / "backup", cache)
    assert shkc(*QUERY) == RIGHT
