"""`cache`: where the index is, why there, what it is of; a bounded number is kept; `--clear` removes what shkc made."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from support import SMALL, indexes, process, shkc

from shkc import paths
from shkc.base import FactBase
from shkc.store import cache as cache_folder
from shkc.store import upkeep


def test_it_shows_where_the_index_is(cache: Path) -> None:
    """The folder, the reason for it, and each index with its size and the paths that it is of."""
    shkc("list", "--facts", SMALL)
    (state,) = shkc("cache", "--json").json
    (kept,) = indexes(cache)
    assert state["folder"] == str(cache)
    assert "SHKC_CACHE_DIR" in state["reason"]
    assert state["bytes"] == kept.stat().st_size
    (index,) = state["indexes"]
    assert (index["file"], index["of"], index["bytes"]) == (kept.name, [SMALL], kept.stat().st_size)
    assert index["used"] == time.strftime("%Y-%m-%d")


def test_it_is_readable(cache: Path) -> None:
    """For people: the folder in the first line, a line for each index."""
    shkc("list", "--facts", SMALL)
    folder, reason, index = shkc("cache", "--lang", "en").out.splitlines()
    assert (folder, reason) == (str(cache), "set by SHKC_CACHE_DIR")
    assert index.endswith(f": {SMALL}")


def test_no_path_can_steer_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the folder's nor that of a fact file."""
    folder = tmp_path / "cache\x1b[31m\nred"
    monkeypatch.setenv("SHKC_CACHE_DIR", str(folder))
    facts = tmp_path / "facts\x1b]0;title\x07\u009b31m\u202e.toml"
    shutil.copy(SMALL, facts)
    assert shkc("list", "--facts", str(facts)).status == 0
    for words in ((), ("--json",), ("--format", "csv"), ("--format", "value")):
        out = shkc("cache", *words).out
        assert all(character.isprintable() for character in out.replace("\n", "").replace("\r", ""))
    assert "\\x1b" in shkc("cache").out


# ── Bounds ──────────────────────────────────────────────────────────────────────────────────────────


def base_of(path: Path, cache: Path, used: float) -> Path:
    """A fact base of its own, looked up so many seconds ago: its index."""
    shutil.copy(SMALL, path)
    FactBase([path], cache)
    FactBase([path], cache)
    kept = cache_folder.index_path(cache, paths.fact_files([path]))
    seal = kept.with_suffix(".seal")
    os.utime(seal, (time.time() - used, time.time() - used))
    return kept


def test_only_so_many_indexes_are_kept(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that were used last."""
    monkeypatch.setattr(upkeep, "MOST_INDEXES", 3)
    made = [base_of(tmp_path / f"{number}.toml", cache, used=86_400.0 * number) for number in range(3)]
    assert set(indexes(cache)) == set(made)
    newest = base_of(tmp_path / "new.toml", cache, used=0)
    assert set(indexes(cache)) == {newest, *made[:2]}


def test_only_so_many_bytes_are_kept(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The index just built stays, even if it alone is more, and the one used last before it."""
    first = base_of(tmp_path / "a.toml", cache, used=100.0)
    monkeypatch.setattr(upkeep, "MOST_BYTES", 2 * first.stat().st_size)
    second = base_of(tmp_path / "b.toml", cache, used=50.0)
    assert set(indexes(cache)) == {first, second}
    third = base_of(tmp_path / "c.toml", cache, used=0)
    assert set(indexes(cache)) == {second, third}
    monkeypatch.setattr(upkeep, "MOST_BYTES", 1)
    fourth = base_of(tmp_path / "d.toml", cache, used=0)
    assert set(indexes(cache)) == {third, fourth}


def test_a_use_makes_an_index_young(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So the one that is looked up every day stays, though it is the oldest."""
    monkeypatch.setattr(upkeep, "MOST_INDEXES", 2)
    old = base_of(tmp_path / "old.toml", cache, used=1_000_000.0)
    base_of(tmp_path / "other.toml", cache, used=500_000.0)
    FactBase([tmp_path / "old.toml"], cache)
    newest = base_of(tmp_path / "new.toml", cache, used=0)
    assert set(indexes(cache)) == {old, newest}


def test_an_index_in_use_stays(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However old it is."""
    monkeypatch.setattr(upkeep, "MOST_INDEXES", 1)
    old = base_of(tmp_path / "old.toml", cache, used=0)
    base = FactBase([tmp_path / "old.toml"], cache)
    os.utime(old.with_suffix(".seal"), (1.0, 1.0))
    newest = base_of(tmp_path / "new.toml", cache, used=0)
    assert set(indexes(cache)) == {old, newest}
    assert len(base.metric("孵化器数")) == 1


def test_asking_many_bases_fills_no_disk(cache: Path, tmp_path: Path) -> None:
    """A day of use leaves a bounded number of files."""
    for number in range(upkeep.MOST_INDEXES + 5):
        base_of(tmp_path / f"{number}.toml", cache, used=0)
    assert len(indexes(cache)) == upkeep.MOST_INDEXES


# ── Clearing ────────────────────────────────────────────────────────────────────────────────────────

THEIRS = (
    "index-photos.sqlite",
    "index-5.sqlite",
    "index-5-0123abcd.sqlite.bak",
    "index-5-0123abcd.sqlite3",
    "index-5-0123abcdef.sqlite",
    "my-index-5-0123abcd.sqlite",
    "index-.sqlite.1",
    "other.seal",
    "other.txt",
)


def test_clear_removes_the_index_and_nothing_else(cache: Path) -> None:
    """What only looks as if it were shkc's stays, and so does the folder."""
    shkc("list", "--facts", SMALL)
    for name in THEIRS:
        (cache / name).write_text("mine", encoding="utf-8")
    folder = cache / "index-5-89abcdef.sqlite"
    folder.mkdir()
    assert shkc("cache", "--clear").status == 0
    assert sorted(path.name for path in cache.iterdir()) == sorted((*THEIRS, folder.name))


def test_clear_follows_no_link(cache: Path, tmp_path: Path) -> None:
    """A link is nothing that shkc made."""
    shkc("list", "--facts", SMALL)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.touch()
    (cache / "index-5-89abcdef.sqlite").symlink_to(elsewhere)
    assert shkc("cache", "--clear").status == 0
    assert elsewhere.exists()
    assert [path.name for path in cache.iterdir()] == ["index-5-89abcdef.sqlite"]


def test_clear_removes_what_killed_builds_and_other_versions_left(cache: Path) -> None:
    """Every name that shkc has ever given."""
    shkc("list", "--facts", SMALL)
    for name in ("index-3-01234567.sqlite", "index-5-0123abcd.sqlite.77", "index-5-0123abcd.sqlite.77-89ab-journal"):
        (cache / name).touch()
    shkc("cache", "--clear")
    assert not cache.exists()


def test_clear_of_nothing_is_no_error(cache: Path) -> None:
    """There need not be an index."""
    assert shkc("cache", "--clear").status == 0


def test_without_a_home_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any cache folder the index is in memory, and `cache` tells that."""
    monkeypatch.delenv("SHKC_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "")
    (state,) = shkc("cache", "--json").json
    assert state["folder"] is None


def test_a_damaged_seal_is_listed_without_what_it_is_of(cache: Path) -> None:
    """The list is for people who wonder what is there."""
    process("list", "--facts", SMALL)
    (kept,) = indexes(cache)
    seal = kept.with_suffix(".seal")
    for damaged in (b"", b"\xff\xfe", b"1\n2\n\\x\n", b"1 2 3 4\nzz\n\xe4\n"):
        seal.write_bytes(damaged)
        assert shkc("cache").status == 0
