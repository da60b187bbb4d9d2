"""Company and sudden death: many processes at once, builds killed at any point, readers during an update.

Of folders with locks and, as some network file systems are, without. A small number of each here; in full, with 32
processes and 100 kills, by ``pytest --faults``.
"""

from __future__ import annotations

import errno
import fcntl
import os
import random
import shutil
import signal
import sqlite3  # noqa: TID251 # to see what the tests name
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from support import SMALL, Answer, indexes, process, shkc

from shkc import paths
from shkc.base import FactBase
from shkc.store import cache as cache_folder
from shkc.store import open as index
from shkc.store import upkeep

FILES = 12
"""So many that a build takes a while, and that most stay when one changes."""


class Size(NamedTuple):
    """How often the tests try."""

    processes: int
    kills: int
    without_locks: int
    """Processes and kills where there are no locks, so that each builds for itself."""


@pytest.fixture
def size(faults: bool) -> Size:
    """The size that the command line asks for."""
    return Size(32, 100, 32) if faults else Size(8, 5, 2)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of reports that have the same figures."""
    folder = tmp_path / "reports"
    folder.mkdir()
    text = Path(SMALL).read_text(encoding="utf-8")
    for number in range(FILES):
        path = folder / f"report-{number:02d}.toml"
        path.write_text(text.replace('"qingshan-2031"', f'"report-{number:02d}"'), encoding="utf-8")
    return folder


def query(facts: str | Path) -> tuple[str, ...]:
    """A call whose answer is known."""
    return ("metric", "孵化器数", "--facts", str(facts), "-f", "value")


def start(*words: str) -> subprocess.Popen[bytes]:
    """Start shkc as a process."""
    return subprocess.Popen(
        [sys.executable, "-m", "shkc", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    )


def ended(processes: Sequence[subprocess.Popen[bytes]]) -> set[Answer]:
    """The answers of *processes*, each once."""
    outputs = [(started, *started.communicate(timeout=300)) for started in processes]
    return {Answer(started.returncode, out.decode(), err.decode()) for started, out, err in outputs}


def change(path: Path, value: int) -> None:
    """Make *path* another report: so many incubators."""
    text = Path(SMALL).read_text(encoding="utf-8").replace('"qingshan-2031"', f'"{path.stem}"')
    text = text.replace("不少于96家", f"不少于{value}家").replace("value = 96", f"value = {value}")
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def test_processes_at_once_on_a_cold_cache_all_answer(cache: Path, size: Size) -> None:
    """Processes that build the same index at once do not disturb each other, and leave one index."""
    answers = ended([start(*query(SMALL)) for _ in range(size.processes)])
    assert answers == {Answer(0, "96\n", "")}
    assert len(indexes(cache)) == 1


def test_no_worker_outlives_a_killed_build(cache: Path, tmp_path: Path) -> None:
    """Enough files for processes that read; left alone, they would keep everybody else from building."""
    text = Path(SMALL).read_text(encoding="utf-8")
    for number in range(300):
        path = tmp_path / f"report-{number:03d}.toml"
        path.write_text(text.replace('"qingshan-2031"', f'"report-{number:03d}"'), encoding="utf-8")
    words = [sys.executable, "-m", "shkc", *query(tmp_path)]
    started = subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True)
    while not any(cache.glob("*")) and started.poll() is None:
        time.sleep(0.01)
    time.sleep(0.3)
    started.kill()
    started.wait()
    deadline = time.monotonic() + 20
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(started.pid, 0)
            time.sleep(0.05)


def test_processes_at_once_on_a_changed_file_all_answer(cache: Path, reports: Path, size: Size) -> None:
    """The same when most of the index can stay."""
    assert shkc(*query(reports)).out == "96\n" * FILES
    change(reports / "report-03.toml", 97)
    answers = ended([start(*query(reports)) for _ in range(size.processes)])
    assert {(answer.status, answer.err) for answer in answers} == {(0, "")}
    assert {tuple(sorted(answer.out.split())) for answer in answers} == {("96",) * (FILES - 1) + ("97",)}
    assert len(indexes(cache)) == 1


def test_two_versions_share_a_folder(cache: Path, reports: Path, size: Size) -> None:
    """An shkc with another index works beside this one, and neither disturbs the other."""
    other = "from shkc.store import cache; cache.VERSION += 1; from shkc.__main__ import main; main()"
    command = [sys.executable, "-c", other, *query(reports)]
    for value in (97, 98):
        change(reports / "report-00.toml", value)
        each = range(size.processes // 2)
        theirs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in each]
        ours = [start(*query(reports)) for _ in each]
        answers = ended([*theirs, *ours])
        assert {(answer.status, answer.err) for answer in answers} == {(0, "")}
        assert {tuple(sorted(answer.out.split())) for answer in answers} == {("96",) * (FILES - 1) + (str(value),)}
    assert len(indexes(cache)) == 2


def test_a_build_killed_at_any_time_leaves_nothing_that_answers(cache: Path, reports: Path, size: Size) -> None:
    """Whenever a process is killed that builds, the next lookup is right and one index is left."""
    begun = time.perf_counter()
    assert ended([start(*query(reports))]) == {Answer(0, "96\n" * FILES, "")}
    takes = time.perf_counter() - begun
    chance = random.Random(2031)
    for _ in range(size.kills):
        shutil.rmtree(cache)
        killed_after(chance.uniform(0, takes), query(reports))
        assert shkc(*query(reports)) == Answer(0, "96\n" * FILES, "")
        assert len(indexes(cache)) == 1


def test_an_update_killed_at_any_time_leaves_nothing_that_answers(cache: Path, reports: Path, size: Size) -> None:
    """The same for a process that replaces a changed file in the index."""
    assert shkc(*query(reports)).status == 0
    begun = time.perf_counter()
    change(reports / "report-05.toml", 100)
    ended([start(*query(reports))])
    takes = time.perf_counter() - begun
    chance = random.Random(2032)
    for value in range(200, 200 + size.kills):
        change(reports / "report-05.toml", value)
        killed_after(chance.uniform(takes / 2, takes), query(reports))
        answer = shkc(*query(reports))
        assert (answer.status, sorted(answer.out.split())) == (0, sorted(["96"] * (FILES - 1) + [str(value)]))
        assert len(indexes(cache)) == 1


def killed_after(seconds: float, call: tuple[str, ...]) -> None:
    """Start shkc with *call* and kill it."""
    with start(*call) as started:
        time.sleep(seconds)
        started.send_signal(signal.SIGKILL)


KILLED_AT = """
import os, sqlite3, sys
from pathlib import Path
from shkc import base as library

def kill(*arguments, **options):
    os.kill(os.getpid(), 9)

class Connection(sqlite3.Connection):
    def execute(self, statement, *values):
        if statement.strip().startswith(sys.argv[1]):
            kill()
        return super().execute(statement, *values)

connect = sqlite3.connect
sqlite3.connect = lambda *a, **o: connect(*a, **{"factory": Connection, **o})
if sys.argv[1] == "replace":
    os.replace = kill
library.open(sys.argv[2])
"""
"""Kills itself where it is about to execute a statement or to call a function."""


@pytest.mark.parametrize("point", ["BEGIN", "DELETE FROM fact", "INSERT INTO report", "COMMIT", "replace"])
def test_an_update_killed_at_a_certain_point(cache: Path, reports: Path, point: str) -> None:
    """Before, in and after the transaction, and before and after the index is moved."""
    assert shkc(*query(reports)).status == 0
    change(reports / "report-07.toml", 101)
    killed = subprocess.run([sys.executable, "-c", KILLED_AT, point, str(reports)], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    answer = shkc(*query(reports))
    assert (answer.status, sorted(answer.out.split())) == (0, sorted(["96"] * (FILES - 1) + ["101"]))
    assert len(indexes(cache)) == 1


def test_a_changed_file_of_many_costs_only_itself(cache: Path, reports: Path) -> None:
    """The index stays where it is: only the changed file is read, and nothing is copied."""
    read: list[tuple[int, int]] = []
    process(*query(reports))  # one that has ended reads no index any more
    (before,) = indexes(cache)
    inode = before.stat().st_ino
    change(reports / "report-01.toml", 97)
    FactBase([reports], cache, progress=lambda done, of: read.append((done, of)))
    assert read == [(1, 1)]
    assert [path.stat().st_ino for path in indexes(cache)] == [inode]


def test_an_index_that_is_read_is_left_alone(cache: Path, reports: Path) -> None:
    """Whoever has an index open goes on reading it as it was."""
    base = FactBase([reports], cache)
    assert len(base.metric("孵化器数")) == FILES
    change(reports / "report-01.toml", 97)
    assert sorted(shkc(*query(reports)).out.split()) == ["96"] * (FILES - 1) + ["97"]
    assert [str(metric.value) for metric in base.metric("孵化器数")] == ["96"] * FILES
    assert len(indexes(cache)) == 1


def test_a_slip_in_one_file_costs_only_that_file(cache: Path, reports: Path) -> None:
    """The other files are not read again, neither for the slip nor when it is mended."""
    process(*query(reports))
    path = reports / "report-02.toml"
    sound = path.read_bytes()
    path.write_text("wrong", encoding="utf-8")
    assert shkc(*query(reports)).out == "96\n" * (FILES - 1)
    path.write_bytes(sound)
    read: list[tuple[int, int]] = []
    FactBase([reports], cache, progress=lambda done, of: read.append((done, of)))
    assert read == [(1, 1)]
    assert shkc(*query(reports)) == Answer(0, "96\n" * FILES, "")


def test_files_that_are_as_they_were_are_not_read_again(cache: Path, reports: Path) -> None:
    """Another time or place of a file is no other content: a checkout or a backup costs no build."""
    process(*query(reports))
    for path in reports.iterdir():
        beside = path.with_suffix(".new")
        shutil.copy(path, beside)
        beside.replace(path)
    read: list[tuple[int, int]] = []
    FactBase([reports], cache, progress=lambda done, of: read.append((done, of)))
    assert read == []
    assert shkc(*query(reports)) == Answer(0, "96\n" * FILES, "")


def test_a_build_that_stands_still_is_not_waited_for(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is stopped while it builds holds nobody up for long; one that writes is waited for."""
    monkeypatch.setattr(index, "LONGEST_WAIT", 0.5)
    cache.mkdir()
    descriptor = os.open(cache, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    writing = cache / "index-0-0.sqlite.1"
    begun = time.monotonic()

    def write() -> None:
        writing.touch()
        if time.monotonic() - begun < 1:
            threading.Timer(0.1, write).start()

    write()
    assert shkc(*query(SMALL)).out == "96\n"
    assert time.monotonic() - begun > 1.4
    assert list(cache.iterdir()) == [writing]
    os.close(descriptor)


def test_damage_that_an_update_meets_is_mended(cache: Path, reports: Path) -> None:
    """An index that is damaged, though that does not show, is built anew when it cannot be updated."""
    assert shkc(*query(reports)).status == 0
    (kept,) = indexes(cache)
    before = kept.stat()
    with sqlite3.connect(kept) as connection:
        connection.execute("DROP TABLE number")
    connection.close()
    os.utime(kept, ns=(before.st_atime_ns, before.st_mtime_ns))
    change(reports / "report-04.toml", 97)
    assert sorted(shkc(*query(reports)).out.split()) == ["96"] * (FILES - 1) + ["97"]
    assert shkc("metric", "97家", "--facts", str(reports), "-f", "value").out == "97\n"
    assert len(indexes(cache)) == 1


# ── A folder without locks, as NFS may be ───────────────────────────────────────────────────────────

NO_LOCKS = [errno.ENOLCK, errno.EOPNOTSUPP]
WITHOUT_LOCKS = """
import fcntl, os, sys
def refused(descriptor, operation):
    raise OSError(number := int(os.environ["NO_LOCKS"]), os.strerror(number))
fcntl.flock = refused
from shkc.__main__ import main
main()
"""


def start_without_locks(number: int, *words: str) -> subprocess.Popen[bytes]:
    """Start shkc where every lock fails with the error *number*."""
    return subprocess.Popen(
        [sys.executable, "-c", WITHOUT_LOCKS, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NO_LOCKS": str(number)},
    )


@pytest.mark.parametrize("number", NO_LOCKS, ids=["ENOLCK", "EOPNOTSUPP"])
def test_processes_at_once_without_locks_all_answer(cache: Path, reports: Path, size: Size, number: int) -> None:
    """On a cold cache and on a changed file: nobody waits for anybody, and each has a right answer."""
    for value in (96, 97):
        change(reports / "report-03.toml", value)
        answers = ended([start_without_locks(number, *query(reports)) for _ in range(size.without_locks)])
        assert {(answer.status, answer.err) for answer in answers} == {(0, "")}
        assert {tuple(sorted(answer.out.split())) for answer in answers} == {("96",) * (FILES - 1) + (str(value),)}
    assert len(indexes(cache)) == 1


@pytest.mark.parametrize("number", NO_LOCKS, ids=["ENOLCK", "EOPNOTSUPP"])
def test_kills_without_locks_leave_nothing_that_answers(cache: Path, reports: Path, size: Size, number: int) -> None:
    """What a killed build leaves stays for a day, since another may be writing it; no lookup reads it."""
    begun = time.perf_counter()
    ended([start_without_locks(number, *query(reports))])
    takes = time.perf_counter() - begun
    chance = random.Random(2033)
    for value in range(200, 200 + size.without_locks):
        change(reports / "report-05.toml", value)
        with start_without_locks(number, *query(reports)) as started:
            time.sleep(chance.uniform(0, takes))
            started.send_signal(signal.SIGKILL)
        (answer,) = ended([start_without_locks(number, *query(reports))])
        assert (answer.status, answer.err) == (0, "")
        assert sorted(answer.out.split()) == sorted(["96"] * (FILES - 1) + [str(value)])


def test_without_locks_the_cache_is_bounded(cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that was not used for a day goes; of a younger one nobody knows whether it is read."""

    def refused(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr(fcntl, "flock", refused)
    monkeypatch.setattr(upkeep, "MOST_INDEXES", 3)
    for number in range(6):
        path = tmp_path / f"facts-{number}.toml"
        shutil.copy(SMALL, path)
        FactBase([path], cache)
        FactBase([path], cache)
        kept = cache_folder.index_path(cache, paths.fact_files([path]))
        used = time.time() - (index.LONGEST_BUILD + 60 if number < 2 else 60)
        os.utime(kept.with_suffix(".seal"), (used, used))
    assert len(indexes(cache)) == 4
