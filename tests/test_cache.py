"""`cache`: where the index is, why there, how big; `--clear` removes it and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import SMALL, shkc


def test_it_shows_where_the_index_is(cache: Path) -> None:
    """The folder, the reason for it, and the size of what is in it."""
    shkc("list", "--facts", SMALL)
    (state,) = shkc("cache", "--json").json
    assert (state["folder"], len(state["indexes"])) == (str(cache), 1)
    assert "SHKC_CACHE_DIR" in state["reason"]
    assert state["bytes"] == sum(path.stat().st_size for path in cache.glob("*.sqlite"))


def test_it_is_readable(cache: Path) -> None:
    """For people: the folder in the first line."""
    assert shkc("cache", "--lang", "en").out.splitlines()[0] == str(cache)


def test_clear_removes_the_index_and_nothing_else(cache: Path) -> None:
    """A file of somebody else stays, and so does its folder."""
    shkc("list", "--facts", SMALL)
    other = cache / "other.txt"
    other.write_text("mine", encoding="utf-8")
    assert shkc("cache", "--clear").status == 0
    assert list(cache.iterdir()) == [other]


def test_clear_removes_its_own_empty_folder(cache: Path) -> None:
    """What shkc made, it takes away."""
    shkc("list", "--facts", SMALL)
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
