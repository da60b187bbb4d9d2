"""The folder of the indexes: whose it must be, what is made and kept in it, and how builds wait for each other."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import SMALL

from shkc.paths import FactFile
from shkc.store import cache, upkeep
from shkc.store import open as opening

# ── Whose it is ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("mode", "is_private"), [(0o700, True), (0o755, True), (0o775, False), (0o757, False), (0o1777, False)]
)
def test_a_folder_is_the_users_own_where_nobody_else_writes(mode: int, is_private: bool, tmp_path: Path) -> None:
    """Not even in a sticky one: it is not in it that nobody else may put a file."""
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(mode)
    assert cache.is_private(folder) is is_private


@pytest.mark.parametrize("made", ["outer", "outer/cache"])
@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_folder_that_another_process_makes_meanwhile(
    made: str, at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it does, between two looks at what is there: the folder is the one asked for."""
    folder, looks, look = tmp_path / "outer" / "cache", 0, os.path.lexists

    def lexists(path: Path) -> bool:
        nonlocal looks
        there = look(path)
        looks += 1
        if looks == at:
            for each in (tmp_path / "outer", tmp_path / made):
                each.mkdir(mode=0o700, exist_ok=True)
        return there

    monkeypatch.setattr(os.path, "lexists", lexists)
    assert upkeep.made_folder(folder) == folder
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_none_is_nobodys(tmp_path: Path) -> None:
    """A file, a link, or nothing."""
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(tmp_path)
    assert [cache.is_private(tmp_path / name) for name in ("file", "link", "none")] == [False] * 3


@pytest.mark.parametrize(("mode", "is_safe"), [(0o700, True), (0o770, False), (0o707, False), (0o1777, True)])
def test_what_is_above_a_folder_may_be_written_by_others_where_it_is_sticky(
    mode: int, is_safe: bool, tmp_path: Path
) -> None:
    """There, nobody can move what is another's; any folder above may be the one that is not safe."""
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a").chmod(mode)
    assert cache.is_safe_above(tmp_path / "a" / "b") is is_safe
    assert cache.is_safe_above(tmp_path / "a" / "b" / "c") is is_safe
    assert cache.is_safe_above(tmp_path / "a")


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    """Each the user's alone, whatever the umask."""
    before = os.umask(0)
    try:
        made = upkeep.made_folder(tmp_path / "a" / "b" / "c")
    finally:
        os.umask(before)
    assert made == tmp_path / "a" / "b" / "c"
    assert [path.stat().st_mode & 0o777 for path in (made, *made.parents[:2])] == [0o700] * 3


def test_no_folder_is_made_where_others_could_move_it(tmp_path: Path) -> None:
    """Directly there or further down; in a sticky one it is."""
    for mode, is_made in ((0o777, False), (0o1777, True)):
        above = tmp_path / f"{mode:o}"
        above.mkdir()
        above.chmod(mode)
        for folder in (above / "cache", above / "a" / "cache"):
            assert (upkeep.made_folder(folder) == folder) is is_made
            assert folder.exists() is is_made


def test_a_folder_that_shkc_made_is_closed_to_others(tmp_path: Path) -> None:
    """One with other files in it, or with none, is not its own to change."""
    for name, closed in (("index-9-0123abcd.sqlite", True), ("notes.txt", False), ("", False)):
        folder = tmp_path / (name or "empty")
        folder.mkdir()
        if name:
            (folder / name).touch()
        folder.chmod(0o777)
        assert (upkeep.made_folder(folder) == folder) is closed, name
        assert (folder.stat().st_mode & 0o777 == 0o700) is closed
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    for name in ("index-9-0123abcd.sqlite", "notes.txt"):
        (mixed / name).touch()
    mixed.chmod(0o777)
    assert upkeep.made_folder(mixed) is None


@pytest.mark.parametrize(("mode", "is_own"), [(0o600, True), (0o644, True), (0o664, False), (0o646, False)])
def test_a_file_is_opened_that_only_the_user_writes(mode: int, is_own: bool, tmp_path: Path) -> None:
    """A descriptor of any other is closed again."""
    path = tmp_path / "file"
    path.touch()
    path.chmod(mode)
    os.close(free := os.dup(0))
    descriptor = cache.open_own(path)
    next_one = os.dup(0)
    assert (descriptor is not None) is is_own
    assert (descriptor is None) is (next_one == free)
    for each in filter(None, (descriptor, next_one)):
        os.close(each)


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    """A link, a folder, a pipe that nobody writes to, or nothing."""
    (tmp_path / "file").touch(0o600)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe", 0o600)
    assert [cache.open_own(tmp_path / name) for name in ("link", "", "pipe", "none")] == [None] * 4


def test_a_new_file_is_the_users_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the place of an old one, and of a link; what somebody puts there meanwhile is not written to."""
    other, place = tmp_path / "other", tmp_path / "place"
    other.write_bytes(b"theirs")
    place.symlink_to(other)
    before = os.umask(0)
    try:
        cache.write_new(place, b"ours")
    finally:
        os.umask(before)
    assert (place.read_bytes(), other.read_bytes(), place.is_symlink()) == (b"ours", b"theirs", False)
    assert place.stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr(Path, "unlink", lambda self, **_: None)
    with pytest.raises(FileExistsError):
        cache.write_new(place, b"again")
    assert place.read_bytes() == b"ours"


# ── What is kept ────────────────────────────────────────────────────────────────────────────────────


def index(folder: Path, number: int, size: int = 1, used: float = 0, *, sealed: bool = True) -> Path:
    """A file as an index is, last used so many seconds ago."""
    path = folder / f"index-9-{number:08x}.sqlite"
    path.write_bytes(b"\0" * size)
    path.chmod(0o600)
    if sealed:
        seal = path.with_suffix(".seal")
        seal.write_text(f"stamp\n0\n/root/{number}\\u4e8b\n", encoding="utf-8")
        seal.chmod(0o600)
        os.utime(seal, (time.time() - used,) * 2)
    return path


def test_the_index_that_was_used_last_comes_first(tmp_path: Path) -> None:
    """With its size, what it is of, and when; without a seal, when it was made."""
    old, young = index(tmp_path, 1, used=2000), index(tmp_path, 2, size=7, used=1000)
    other = index(tmp_path, 3, sealed=False)
    (tmp_path / "notes.txt").touch()
    found = upkeep.kept(tmp_path)
    assert [each.path for each in found] == [other, young, old]
    assert [each.bytes for each in found] == [1, 7, 1]
    assert [each.roots for each in found] == [(), ("/root/2事",), ("/root/1事",)]
    assert [round((time.time() - each.used) / 100) for each in found] == [0, 10, 20]
    assert upkeep.kept(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("name", "is_ours"),
    [
        ("index-9-0123abcd.sqlite", True),
        ("index-10-0123abcd.seal", True),
        ("index-9-0123abcd.sqlite.17", True),
        ("index-9-0123abcd.sqlite.17-0123abcd", True),
        ("index-9-0123abcd.sqlite.17-0123abcd-journal", True),
        ("index-9-0123abc.sqlite", False),
        ("index-9-0123abcd.sqlite.bak", False),
        ("my-index-9-0123abcd.sqlite", False),
        ("notes.txt", False),
    ],
)
def test_only_what_shkc_has_written_is_removed(name: str, is_ours: bool, tmp_path: Path) -> None:
    """And the folder, when nothing else is in it; a folder or a link of such a name is nobody's."""
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / name).touch()
    upkeep.remove(folder)
    assert folder.exists() is not is_ours
    (tmp_path / "link").symlink_to(tmp_path)
    (tmp_path / "index-9-0123abcd.sqlite").mkdir()
    (tmp_path / "index-9-0123abcd.seal").symlink_to(tmp_path)
    upkeep.remove(tmp_path)
    assert {"link", "index-9-0123abcd.sqlite", "index-9-0123abcd.seal"} <= {each.name for each in tmp_path.iterdir()}


def test_what_killed_builds_have_left_is_removed(tmp_path: Path) -> None:
    """When it was not written for so long; an index and its seal stay, a seal without an index does not."""
    kept = index(tmp_path, 1)
    alone = index(tmp_path, 2, used=0).with_suffix(".seal")
    alone.with_suffix(".sqlite").unlink()
    half = tmp_path / "index-9-00000001.sqlite.17-0123abcd"
    half.touch()
    for path in (alone, half):
        os.utime(path, (time.time() - 100,) * 2)
    upkeep.remove_leftovers(tmp_path, older_than=110)
    assert alone.exists() and half.exists()
    upkeep.remove_leftovers(tmp_path, older_than=90)
    assert set(tmp_path.iterdir()) == {kept, kept.with_suffix(".seal")}
    half.touch()
    os.utime(half, (time.time() + 100,) * 2)  # by a clock that was set back
    upkeep.remove_leftovers(tmp_path, older_than=90)
    assert not half.exists()


def kept_of(folder: Path, newest: Path, *read: Path) -> set[str]:
    """The numbers of the indexes that stay in *folder*, where *read* ones are being read."""
    upkeep.keep_within_limits(folder, newest, lambda path: path not in read)
    seals = {path.stem for path in folder.glob("*.seal")}
    assert seals == {path.stem for path in folder.glob("*.sqlite")}
    return {stem[-1] for stem in seals}


def test_so_many_indexes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest, and those used last; one that is read stays, and counts."""
    monkeypatch.setattr(upkeep, "MOST_INDEXES", 3)
    made = [index(tmp_path, number, used=number) for number in range(5)]
    assert kept_of(tmp_path, made[4], made[3]) == {"0", "1", "3", "4"}
    assert kept_of(tmp_path, made[4]) == {"0", "1", "4"}


def test_so_many_bytes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Just so many may be; the newest and the one used last before it stay whatever they take."""
    monkeypatch.setattr(upkeep, "MOST_BYTES", 10)
    made = [index(tmp_path, number, size=size, used=number) for number, size in enumerate((4, 3, 3, 1))]
    assert kept_of(tmp_path, made[0]) == {"0", "1", "2"}
    made[0].write_bytes(b"\0" * 11)
    assert kept_of(tmp_path, made[0]) == {"0", "1"}
    made[1].write_bytes(b"\0" * 11)
    assert kept_of(tmp_path, made[0]) == {"0", "1"}


# ── Who reads and who builds ────────────────────────────────────────────────────────────────────────


@contextmanager
def locked(path: Path, how: int) -> Iterator[None]:
    """A lock that somebody else has on *path*."""
    descriptor = os.open(path, os.O_RDONLY)
    fcntl.flock(descriptor, how)
    try:
        yield
    finally:
        os.close(descriptor)


def no_locks(*_: object) -> None:
    """As a file system without locks."""
    raise OSError(errno.ENOLCK, "no locks")


def test_an_index_that_somebody_reads_is_locked(tmp_path: Path) -> None:
    """Any number may read it; what nobody can read is read by nobody."""
    path = index(tmp_path, 1)
    assert opening._is_unread(path)
    with locked(path, fcntl.LOCK_SH):
        assert not opening._is_unread(path)
        descriptor = os.open(path, os.O_RDONLY)
        assert opening._locked(descriptor, exclusively=False) is True
        assert opening._locked(descriptor, exclusively=True) is False
        os.close(descriptor)
    assert opening._is_unread(tmp_path / "none")


def test_without_locks_an_index_is_read_that_was_used_within_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Longer ago, its reader is dead."""
    monkeypatch.setattr(fcntl, "flock", no_locks)
    assert opening._is_unread(index(tmp_path, 1, used=86_500))
    assert not opening._is_unread(index(tmp_path, 1, used=86_300))


def test_a_build_is_alone_in_its_folder(tmp_path: Path) -> None:
    """It removes what others left that were killed."""
    half = tmp_path / "index-9-00000001.sqlite.17-0123abcd"
    half.touch()
    with opening._alone_in(tmp_path):
        assert not half.exists()
        descriptor = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)
    with opening._alone_in(tmp_path):
        pass


@pytest.mark.parametrize(("written", "waits"), [(0.0, True), (-1000.0, False), (1000.0, False)])
def test_a_build_that_writes_is_waited_for(
    written: float, waits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has written nothing for so long is not, nor where the clock says that it will."""
    monkeypatch.setattr(opening, "LONGEST_WAIT", 0.1)
    half = tmp_path / "index-9-00000001.sqlite.17-0123abcd"
    half.touch()
    (tmp_path / "notes.txt").touch()
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        os.utime(half, (time.time() + written,) * 2)
        if len(slept) > 10:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    clock = iter(range(100))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    os.utime(half, (time.time() + written,) * 2)
    told = pytest.raises(KeyboardInterrupt if waits else BlockingIOError)
    with locked(tmp_path, fcntl.LOCK_EX), told, opening._alone_in(tmp_path):
        pass
    assert slept == ([0.02] * 11 if waits else [])


def test_without_locks_only_what_is_a_day_old_is_left_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others may be building."""
    monkeypatch.setattr(fcntl, "flock", no_locks)
    old, young = (tmp_path / f"index-9-00000001.sqlite.{number}" for number in (1, 2))
    for path, age in ((old, 86_500), (young, 86_300)):
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    with opening._alone_in(tmp_path):
        assert (old.exists(), young.exists()) == (False, True)


def file_of(path: str, content: bytes | None = None) -> FactFile:
    """A fact file as it is now."""
    return FactFile(path, "1 1", path, content)


def test_an_index_is_in_memory_where_nothing_can_be_kept(tmp_path: Path) -> None:
    """Without a folder, in one that is not safe, and of a pipe."""

    def stands_at(folder: Path | None, file: FactFile) -> str:
        connection = opening.open_index([file], folder)
        return str(connection.execute("PRAGMA database_list").fetchone()[2])

    (tmp_path / "file").touch()
    folder = tmp_path / "cache"
    assert stands_at(None, file_of(SMALL)) == ""
    assert stands_at(tmp_path / "file", file_of(SMALL)) == ""
    assert stands_at(folder, file_of("-", Path(SMALL).read_bytes())) == ""
    assert not folder.exists()
    kept = cache.index_path(folder, [file_of(SMALL)])
    assert stands_at(folder, file_of(SMALL)) == stands_at(folder, file_of(SMALL)) == str(kept)


def test_an_index_is_written_once(tmp_path: Path) -> None:
    """And again when it is not trusted, or of files in another state."""
    files = [file_of(SMALL)]
    path = cache.index_path(tmp_path, files)
    opening.open_index(files, tmp_path).close()
    first = path.stat().st_ctime_ns
    opening.open_index(files, tmp_path).close()
    assert path.stat().st_ctime_ns == first
    opening.rebuild_index(files, tmp_path).close()
    assert path.stat().st_ctime_ns != first
    assert opening.rebuild_index(files, None).execute("PRAGMA database_list").fetchone()[2] == ""


def test_an_index_that_is_open_is_locked(tmp_path: Path) -> None:
    """Until it is closed; a copy of it is made current meanwhile."""
    files, stamped = [file_of(SMALL)], [FactFile(SMALL, "2 2", SMALL)]
    path = cache.index_path(tmp_path, files)
    connection = opening.open_index(files, tmp_path)
    assert not opening._is_unread(path)
    number = path.stat().st_ino
    opening.open_index(stamped, tmp_path).close()
    assert path.stat().st_ino != number
    assert connection.execute("SELECT count(*) FROM report").fetchone() == (1,)
    connection.close()
    assert opening._is_unread(path)
    number = path.stat().st_ino
    opening.open_index(files, tmp_path).close()
    assert path.stat().st_ino == number


def test_without_locks_an_index_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can say that it is read, and nobody needs to."""
    files = [file_of(SMALL)]
    opening.open_index(files, tmp_path).close()
    path = cache.index_path(tmp_path, files)
    first = path.stat().st_ctime_ns
    monkeypatch.setattr(fcntl, "flock", no_locks)
    connection = opening.open_index(files, tmp_path)
    assert connection.execute("PRAGMA database_list").fetchone()[2] == str(path)
    connection.close()
    assert path.stat().st_ctime_ns == first


def test_an_index_that_is_being_changed_is_not_read(tmp_path: Path) -> None:
    """Whoever changes it has it for itself."""
    files = [file_of(SMALL)]
    opening.open_index(files, tmp_path).close()
    path = cache.index_path(tmp_path, files)
    with locked(path, fcntl.LOCK_EX):
        assert opening._open_current(path, files) is None
    found = opening._open_current(path, files)
    assert found is not None
    found.close()
