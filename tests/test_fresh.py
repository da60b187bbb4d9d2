"""An answer is of the fact files as they are now, whatever their times say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import SMALL, Answer, indexes, shkc

from shkc import paths
from shkc.base import FactBase

SOUND = Path(SMALL).read_text(encoding="utf-8")
EDITED = SOUND.replace("不少于96家", "不少于69家").replace("value = 96", "value = 69")
"""A text of the same size."""


def asked(facts: Path) -> str:
    """How many incubators there are, by the fact files at *facts*."""
    answer = shkc("metric", "孵化器数", "--facts", str(facts), "-f", "value")
    assert (answer.status, answer.err) == (0, "")
    return answer.out.strip()


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """A fact file that is looked up already."""
    path = tmp_path / "facts.toml"
    path.write_text(SOUND, encoding="utf-8")
    assert asked(path) == "96"
    return path


def write_in_place(path: Path) -> None:
    """Edit a file and set its times back."""
    before = path.stat()
    path.write_text(EDITED, encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    """Put another file with the same times in its place, as a restored backup is."""
    before = path.stat()
    other = path.with_suffix(".bak")
    other.write_text(EDITED, encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def copy_with_times(path: Path) -> None:
    """Copy another file over it with its times, as ``cp -p`` does."""
    before = path.stat()
    other = path.with_suffix(".bak")
    other.write_text(EDITED, encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    shutil.copyfile(other, path)
    shutil.copystat(other, path)


@pytest.mark.parametrize("edit", [write_in_place, replace, copy_with_times])
def test_an_edit_that_left_size_and_time_is_seen(facts: Path, edit: Callable[[Path], None]) -> None:
    """4850 may become 4580, and the file be as old as before."""
    edit(facts)
    assert asked(facts) == "69"


@pytest.mark.parametrize("above", [False, True], ids=["the file", "its folder"])
def test_a_link_that_was_moved_is_followed(tmp_path: Path, above: bool) -> None:
    """Two files of the same size and time are two files, whether the link is the file or a folder above."""
    for name, text in (("old", SOUND), ("new", EDITED)):
        path = tmp_path / name / "facts.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        os.utime(path, (1_000_000_000, 1_000_000_000))
    link = tmp_path / ("current" if above else "facts.toml")
    asked_for = link / "facts.toml" if above else link
    for name, value in (("old", "96"), ("new", "69"), ("old", "96")):
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / name if above else tmp_path / name / "facts.toml")
        assert asked(asked_for) == value


def test_a_file_that_changes_in_the_same_tick_is_seen(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system cannot tell two changes apart, the content does: no status is the same here but by that."""
    still = facts.stat()
    monkeypatch.setattr(paths, "_stamp", lambda status: f"{still.st_size}")
    for text, value in ((EDITED, "69"), (SOUND, "96"), (EDITED, "69")):
        facts.write_text(text, encoding="utf-8")
        assert asked(facts) == value


def test_a_recent_change_in_a_large_base_is_seen(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A base too large to be read at each start: its recent files are, until they are old enough for their times."""
    still = facts.stat()
    monkeypatch.setattr(paths, "SMALL_BASE", 0)
    monkeypatch.setattr(paths, "_stamp", lambda status: f"{still.st_size}")
    assert asked(facts) == "96"
    facts.write_text(EDITED, encoding="utf-8")
    assert asked(facts) == "69"
    later = time.time() + 2 * paths.RECENT
    facts.write_text(SOUND, encoding="utf-8")  # and once more, before the files are settled
    monkeypatch.setattr(time, "time", lambda: later)
    assert asked(facts) == "96"


def test_old_files_of_a_large_base_are_not_read(facts: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That would cost more than the lookup."""
    monkeypatch.setattr(paths, "SMALL_BASE", 0)
    later = time.time() + 2 * paths.RECENT
    monkeypatch.setattr(time, "time", lambda: later)
    assert asked(facts) == "96"
    (kept,) = indexes(cache)
    before = kept.stat()
    monkeypatch.setattr(paths, "_read_regular", None)
    assert asked(facts) == "96"
    assert kept.stat() == before


@pytest.mark.parametrize("seconds", [-86_400.0, 86_400.0, -10.0])
def test_a_clock_that_is_set_hides_no_change(facts: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Whether times are earlier or later does not count, only whether they are others."""
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + seconds)
    write_in_place(facts)
    assert asked(facts) == "69"
    facts.write_text(SOUND, encoding="utf-8")
    assert asked(facts) == "96"


# ── What can be read once only ──────────────────────────────────────────────────────────────────────


def test_a_named_pipe_is_read_once_and_not_kept(tmp_path: Path, cache: Path) -> None:
    """Its next content is another one."""
    pipe = tmp_path / "facts.toml"
    os.mkfifo(pipe)
    for text, value in ((SOUND, "96"), (EDITED, "69")):
        writer = threading.Thread(target=pipe.write_text, args=(text, "utf-8"))
        writer.start()
        assert asked(pipe) == value
        writer.join()
    assert indexes(cache) == []


@pytest.mark.parametrize("command", ["metric 孵化器数 -f value", "check --format value", "list -f value --limit 1"])
@pytest.mark.parametrize("form", ["< {}", "< {} cat |"])
def test_standard_input_can_be_the_fact_file(tmp_path: Path, cache: Path, command: str, form: str) -> None:
    """As a file or a pipe, for every command, each time anew."""
    facts = tmp_path / "facts.toml"
    for text in (SOUND, EDITED):
        facts.write_text(text, encoding="utf-8")
        os.utime(facts, (1_000_000_000, 1_000_000_000))
        redirected = f"{form.format(facts)} {sys.executable} -m shkc {command} --facts /dev/stdin"
        done = subprocess.run(["sh", "-c", redirected], capture_output=True, timeout=60, check=False)
        expected = shkc(*command.split(), "--facts", str(facts))
        assert (done.returncode, done.stdout.decode()) == (0, expected.out)
    assert len(indexes(cache)) <= 1


def test_names_that_are_no_utf_8_are_told_from_those_that_are_spelt_so(tmp_path: Path, cache: Path) -> None:
    """Both files answer, whatever an escape makes of their names."""
    names = (b"a\xff.toml", rb"a\xff.toml", rb"a\xff" + b"\xff.toml", b"a\xff\xff.toml")
    for number, name in enumerate(names):
        text = SOUND.replace('"qingshan-2031"', f'"report-{number}"')
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(text, encoding="utf-8")
    assert asked(tmp_path).split() == ["96"] * 4


def test_a_pipe_in_a_folder_holds_nobody_up(tmp_path: Path) -> None:
    """It is no fact file, which is told; the others answer."""
    (tmp_path / "facts.toml").write_text(SOUND, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.toml")
    answer = shkc("metric", "孵化器数", "--facts", str(tmp_path), "-f", "value", "--lang", "en")
    assert (answer.status, answer.out) == (0, "96\n")
    assert "pipe.toml: no regular file" in answer.err
    assert shkc("check", str(tmp_path)).status == 3


def test_a_device_without_end_is_no_fact_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, after a bounded number of bytes."""
    monkeypatch.setattr(paths, "LARGEST_FACT_FILE", 1 << 20)
    answer = shkc("list", "--facts", "/dev/zero", "--lang", "en")
    assert answer == Answer(3, "", "/dev/zero: more than 1 MB; split it into several files\n")


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is read."""
    monkeypatch.setattr(paths, "LARGEST_FACT_FILE", 1 << 20)
    facts = tmp_path / "facts.toml"
    with facts.open("wb") as file:
        file.truncate(1 << 40)
    answer = shkc("list", "--facts", str(facts), "--lang", "en")
    assert (answer.status, answer.err) == (3, f"{facts}: more than 1 MB; split it into several files\n")


def test_an_open_base_is_of_the_files_when_it_was_opened(facts: Path, cache: Path) -> None:
    """A program that keeps one open decides itself when to open another."""
    base = FactBase([facts], cache)
    facts.write_text(EDITED, encoding="utf-8")
    assert [str(metric.value) for metric in base.metric("孵化器数")] == ["96"]
    assert [str(metric.value) for metric in FactBase([facts], cache).metric("孵化器数")] == ["69"]
