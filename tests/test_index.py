"""The index is derived and disposable: whatever happens to it, the answer is the same, and no word is said."""

from __future__ import annotations

import os
import shutil
import sqlite3  # noqa: TID251 # to damage an index, and to fail as one
from collections.abc import Callable
from pathlib import Path

import pytest
from support import SMALL, Answer, indexes, process, python, shkc

from shkc.store import cache as cache_folder
from shkc.store import prepare as indexing
from shkc.store import schema

QUERY = ("metric", "技术合同成交额", "--facts", SMALL, "--json")


@pytest.fixture(scope="module")
def expected() -> str:
    """What the query prints."""
    return '"id":"contract-value"'


def looked_up(expected: str) -> bool:
    """Whether the query is answered as it should be, without a word on standard error."""
    answer = shkc(*QUERY)
    return answer.status == 0 and answer.err == "" and answer.out.count("{") > 1 and expected in answer.out


def only_index(cache: Path) -> Path:
    """The one index of the cache."""
    (path,) = indexes(cache)
    return path


def untouched(path: Path, change: Callable[[Path], object]) -> None:
    """Do *change* to *path* in a way that its time of change does not show."""
    before = path.stat()
    change(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def truncate(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def noise_at_start(path: Path) -> None:
    """Overwrite the head of a file."""
    path.write_bytes(b"\x55\xaa" * 512 + path.read_bytes()[1024:])


def noise_inside(path: Path) -> None:
    """Overwrite all pages of a file but the first two."""
    path.write_bytes(path.read_bytes()[:16384] + b"\xa5" * (path.stat().st_size - 16384))


def noise_everywhere(path: Path) -> None:
    """Overwrite a whole file."""
    path.write_bytes(b"\xff" * path.stat().st_size)


def empty(path: Path) -> None:
    """Leave nothing of a file."""
    path.write_bytes(b"")


def other_database(path: Path) -> None:
    """Put another database there."""
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE meta (key TEXT PRIMARY KEY, other)")
    connection.close()


def without_facts(path: Path) -> None:
    """Take a table away."""
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE fact")
    connection.close()


DAMAGES = [truncate, noise_at_start, noise_inside, noise_everywhere, empty, other_database, without_facts]


def test_the_index_is_kept(cache: Path, expected: str) -> None:
    """The first lookup builds the index, in a folder that it makes."""
    assert looked_up(expected)
    assert only_index(cache).suffix == ".sqlite"


def test_the_index_is_used_again(cache: Path, expected: str) -> None:
    """The second lookup leaves the index as it is."""
    assert looked_up(expected)
    before = only_index(cache).stat()
    assert looked_up(expected)
    after = only_index(cache).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_changed_fact_file_is_read_again(cache: Path, tmp_path: Path) -> None:
    """A fact file that has changed is noticed by the next lookup."""
    facts = tmp_path / "facts.toml"
    shutil.copy(SMALL, facts)
    assert shkc("metric", "孵化器数", "--facts", str(facts), "-f", "value").out == "96\n"
    text = facts.read_text(encoding="utf-8").replace("不少于96家", "不少于97家").replace("value = 96", "value = 97")
    facts.write_text(text, encoding="utf-8")
    assert shkc("metric", "孵化器数", "--facts", str(facts), "-f", "value").out == "97\n"
    assert len(indexes(cache)) == 1


def test_a_fact_file_that_went_wrong_is_told(cache: Path, tmp_path: Path) -> None:
    """An old index does not answer for a fact file that is wrong now."""
    facts = tmp_path / "facts.toml"
    shutil.copy(SMALL, facts)
    assert shkc("list", "--facts", str(facts)).status == 0
    facts.write_text("wrong", encoding="utf-8")
    assert shkc("list", "--facts", str(facts)).status == 3


def test_a_file_added_to_a_folder_is_read(cache: Path, tmp_path: Path) -> None:
    """A new file in a folder of facts is noticed."""
    folder = tmp_path / "facts"
    folder.mkdir()
    shutil.copy(SMALL, folder)
    assert len(shkc("metric", "全社会研发投入", "--facts", str(folder), "--json").json) == 1
    shutil.copy(Path(SMALL).with_name("other.toml"), folder)
    assert len(shkc("metric", "全社会研发投入", "--facts", str(folder), "--json").json) == 2


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_rebuilt(cache: Path, expected: str, damage: Callable[[Path], object]) -> None:
    """A damaged index is replaced without a word."""
    assert looked_up(expected)
    damage(only_index(cache))
    assert looked_up(expected)
    assert only_index(cache).stat().st_size > 10_000


@pytest.mark.parametrize(
    "command",
    [
        QUERY,
        ("list", "--facts", SMALL),
        ("show", "rd-expenditure", "--facts", SMALL),
        ("sections", "--facts", SMALL),
        ("search", "没有的事", "--facts", SMALL),
    ],
)
@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_that_does_not_show_is_found_too(
    cache: Path, damage: Callable[[Path], object], command: tuple[str, ...]
) -> None:
    """Damage that left the time of change as it was shows when the index is read, and is mended then."""
    sound = shkc(*command)
    untouched(only_index(cache), damage)
    assert shkc(*command) == sound


def test_a_folder_in_the_place_of_the_index_does_no_harm(cache: Path, expected: str) -> None:
    """Where the index cannot be put, the answer comes from memory."""
    assert looked_up(expected)
    path = only_index(cache)
    path.unlink()
    (path / "inside").mkdir(parents=True)
    assert looked_up(expected)
    assert list(cache.glob("*.sqlite")) == [path]


def test_another_version_is_another_file(cache: Path, expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two versions of shkc do not read each other's index."""
    assert looked_up(expected)
    monkeypatch.setattr(cache_folder, "VERSION", schema.VERSION + 1)
    assert looked_up(expected)
    assert len(indexes(cache)) == 2


def test_an_index_of_another_state_is_rebuilt(cache: Path, expected: str) -> None:
    """An index whose seal says that it is of other files is not believed."""
    assert looked_up(expected)
    seal = only_index(cache).with_suffix(".seal")
    seal.write_text(seal.read_text(encoding="utf-8") + "x", encoding="utf-8")
    assert looked_up(expected)
    assert not only_index(cache).with_suffix(".seal").read_text(encoding="utf-8").endswith("x")


def test_a_file_in_the_place_of_the_cache_folder_does_no_harm(cache: Path, expected: str) -> None:
    """A cache folder that cannot be one leaves the index in memory."""
    cache.write_text("I am a file")
    assert looked_up(expected)
    assert cache.read_text() == "I am a file"


@pytest.mark.parametrize("folder", ["/dev/null", "/dev/null/cache", "/proc/cache"])
def test_a_folder_that_cannot_be_written_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, folder: str, expected: str
) -> None:
    """A cache folder that cannot be written leaves the index in memory."""
    monkeypatch.setenv("SHKC_CACHE_DIR", folder)
    assert looked_up(expected)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "denied"), OSError(28, "No space left on device"), OSError(30, "Read-only")]
)
def test_a_folder_that_cannot_be_made_does_no_harm(
    cache: Path, expected: str, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    """Whatever the system refuses, the answer comes from memory."""

    def refuse(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert looked_up(expected)
    assert not cache.exists()


def test_no_home_does_no_harm(monkeypatch: pytest.MonkeyPatch, expected: str) -> None:
    """Without any cache folder the index is in memory."""
    monkeypatch.delenv("SHKC_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", "/dev/null")
    assert looked_up(expected)


@pytest.mark.parametrize("size", [0, 4096, 20_000])
def test_a_full_disk_leaves_nothing_behind(cache: Path, expected: str, size: int) -> None:
    """A build that the disk ends is given up: the answer comes from memory, and no half index stays."""
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"
    limited += "; import sys; sys.dont_write_bytecode = True"  # it would be cut short, and break what runs later
    answer = python(f"{limited}; from shkc.__main__ import main; main()", *QUERY)
    assert (answer.status, answer.err) == (0, "")
    assert expected in answer.out
    assert list(cache.iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, RuntimeError])
def test_an_interrupted_build_leaves_nothing_that_answers(
    cache: Path, expected: str, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """A build that is broken off leaves no file, and the next lookup builds anew."""

    def break_off(metric: object) -> list[tuple[str, str]]:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "printed_numbers", break_off)
        with pytest.raises(error):
            index_of_small(cache)
    assert list(cache.iterdir()) == []
    assert looked_up(expected)


def index_of_small(cache: Path) -> None:
    """Build the index of the invented report in *cache*."""
    from shkc.base import FactBase

    FactBase([Path(SMALL)], cache)


def test_a_killed_build_leaves_nothing_that_answers(cache: Path, expected: str) -> None:
    """What a killed process has left lies beside the index and is passed over."""
    assert looked_up(expected)
    path = only_index(cache)
    left = path.with_name(f"{path.name}.{os.getpid()}-0123abcd")
    shutil.copy(path, left)
    truncate(left)
    path.unlink()
    assert looked_up(expected)
    assert looked_up(expected)


def test_a_killed_build_is_cleared_away(cache: Path, expected: str) -> None:
    """What killed processes have left does not pile up for ever."""
    assert looked_up(expected)
    path = only_index(cache)
    path.unlink()
    left = path.with_name(f"{path.name}.999999999")
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    assert looked_up(expected)
    assert not left.exists()


def test_a_folder_with_marks_in_its_name_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: str
) -> None:
    """A folder may have any name."""
    folder = tmp_path / "a b?c#d%41&mode=rw 上海"
    monkeypatch.setenv("SHKC_CACHE_DIR", str(folder))
    assert looked_up(expected)
    assert looked_up(expected)
    assert len(indexes(folder)) == 1


def test_a_fact_file_in_a_folder_that_is_not_utf_8_is_read(tmp_path: Path) -> None:
    """A path may hold bytes that are no UTF-8."""
    folder = os.fsencode(tmp_path) + b"/\xbc\xbc"
    os.mkdir(folder)  # noqa: PTH102 # a path in bytes
    shutil.copy(SMALL, os.fsdecode(folder))
    answer = process("list", "--limit", "1", "-f", "value", "--facts", folder)
    assert answer == Answer(0, "320.5\n", "")


def test_two_fact_bases_have_two_indexes(cache: Path) -> None:
    """Bases take turns without rebuilding each other's index."""
    shkc("list", "--facts", SMALL)
    shkc("list", "--facts", str(Path(SMALL).with_name("other.toml")))
    assert len(indexes(cache)) == 2


def test_the_index_is_opened_for_reading_only(cache: Path) -> None:
    """Nothing but a build writes to the index."""
    from shkc.base import FactBase

    index_of_small(cache)
    base = FactBase([Path(SMALL)], cache)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        base._store.ask(lambda reader: reader._connection.execute("DELETE FROM fact"))
