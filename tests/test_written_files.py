"""What `-o` and `--plot` write: whole or not at all, and nothing that was there is destroyed."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import SMALL, SMALL_TEXT, YEARS, Answer, process, python, shkc

from shkc import files
from shkc.errors import UsageError

DRAFT = shkc("draft", SMALL_TEXT).out
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to somebody else")


SIGNALLED = """
import os, signal, sys
number = int(sys.argv.pop(1))
signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)  # as a shell has it
os.fsync = lambda descriptor: os.kill(os.getpid(), number)
from shkc.__main__ import main
main()
"""
"""Gets a signal when all is written and nothing moved to its place."""


def draft(target: Path | str, *options: str) -> Answer:
    """Draft the invented report into *target*."""
    return shkc("draft", SMALL_TEXT, "-o", str(target), "--lang", "en", *options)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that is there."""
    path = tmp_path / "facts.toml"
    path.write_text("old", encoding="utf-8")
    return path


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_pipe_is_written_into(tmp_path: Path, force: tuple[str, ...]) -> None:
    """It stays a pipe."""
    pipe = tmp_path / "facts.toml"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert draft(pipe, *force).status == 0
    reader.join()
    assert got == [DRAFT]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_device_is_written_into(tmp_path: Path, force: tuple[str, ...]) -> None:
    """It stays a device, also for root, whether named or behind a link."""
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    for device in ("/dev/null", link):
        assert draft(device, *force).status == 0
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    assert link.is_symlink()


@pytest.mark.parametrize("redirection", ["| cat", "> {}", ">> {}"])
def test_standard_output_by_its_name(tmp_path: Path, redirection: str) -> None:
    """/dev/stdout is what the shell made of it."""
    out = tmp_path / "out"
    line = f"{sys.executable} -m shkc draft {SMALL_TEXT} -q -o /dev/stdout {redirection.format(out)}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (done.stdout.decode() or out.read_text(encoding="utf-8")) == DRAFT


def test_what_standard_output_is_added_to_stays(tmp_path: Path) -> None:
    """``>>`` adds."""
    out = tmp_path / "out"
    out.write_text("before\n", encoding="utf-8")
    line = f"{sys.executable} -m shkc draft {SMALL_TEXT} -q --force -o /dev/stdout >> {out}"
    assert subprocess.run(["sh", "-c", line], timeout=60, check=False).returncode == 0
    assert out.read_text(encoding="utf-8") == "before\n" + DRAFT


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_folder_or_a_socket_is_refused(tmp_path: Path, force: tuple[str, ...]) -> None:
    """In one line, and both stay."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "inside").touch()
    path = tmp_path / "socket"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        for refused in (folder, path):
            answer = draft(refused, *force)
            assert answer == Answer(2, "", f"shkc: {refused} is no regular file and is not written over\n")
    assert (folder / "inside").exists()
    assert stat.S_ISSOCK(path.lstat().st_mode)


@pytest.mark.parametrize("there", [True, False], ids=["to a file", "to nothing"])
def test_a_link_is_followed(tmp_path: Path, there: bool) -> None:
    """The link stays, and what it leads to is written."""
    (tmp_path / "elsewhere").mkdir()
    real = tmp_path / "elsewhere" / "facts.toml"
    if there:
        real.write_text("old", encoding="utf-8")
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    assert draft(link).status == 2
    assert draft(link, "--force").status == 0
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == DRAFT
    assert [path.name for path in real.parent.iterdir()] == ["facts.toml"]


@pytest.mark.parametrize("mode", [0o640, 0o600, 0o664, 0o755])
def test_permissions_are_kept(target: Path, mode: int) -> None:
    """Whoever could read or write the file can."""
    target.chmod(mode)
    assert draft(target, "--force").status == 0
    assert target.stat().st_mode & 0o777 == mode
    assert target.read_text(encoding="utf-8") == DRAFT


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """Those that the umask leaves."""
    before = os.umask(0o027)
    try:
        assert draft(tmp_path / "facts.toml").status == 0
    finally:
        os.umask(before)
    assert (tmp_path / "facts.toml").stat().st_mode & 0o777 == 0o640


@as_root
def test_the_owner_is_kept(target: Path) -> None:
    """Root writes over a user's file, and it stays the user's."""
    os.chown(target, 1000, 1001)
    assert draft(target, "--force").status == 0
    assert (target.stat().st_uid, target.stat().st_gid) == (1000, 1001)


def test_a_file_whose_owner_cannot_be_kept_is_refused(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be another's afterwards, or written in place and lost when that is interrupted."""

    def refuse(*arguments: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    kept = target.stat()
    other = os.stat_result((kept.st_mode, kept.st_ino, kept.st_dev, 1, kept.st_uid + 1, kept.st_gid, 3, 0, 0, 0))
    monkeypatch.setattr(files, "_replaced", lambda path: other)
    monkeypatch.setattr(os, "fchown", refuse)
    with pytest.raises(UsageError, match="belongs to another user"):
        files.write_whole([b"new"], target, force=True)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(target.parent.iterdir()) == [target]


def test_attributes_are_kept(target: Path) -> None:
    """Access lists are such."""
    try:
        os.setxattr(target, "user.note", b"mine")
    except OSError:
        pytest.skip("this file system has no attributes")
    assert draft(target, "--force").status == 0
    assert os.getxattr(target, "user.note") == b"mine"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, MemoryError])
@pytest.mark.parametrize("force", [True, False])
def test_what_fails_half_way_leaves_the_old_file(target: Path, error: type[BaseException], force: bool) -> None:
    """And nothing beside it."""

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise error

    with pytest.raises(error):
        files.write_whole(pieces(), target, force=force)
    assert target.read_text(encoding="utf-8") == "old"
    assert list(target.parent.iterdir()) == [target]


def test_a_write_that_is_killed_leaves_the_old_file(target: Path) -> None:
    """At whatever time."""
    text = Path(SMALL_TEXT).read_text(encoding="utf-8")
    report = target.with_name("report.txt")
    report.write_text(text * 20, encoding="utf-8")
    words = [sys.executable, "-m", "shkc", "draft", str(report), "-q", "--force", "-o", str(target)]
    whole = process("draft", str(report)).out
    for wait in (0.2, 0.4, 0.6):
        with subprocess.Popen(words) as started:
            time.sleep(wait)
            started.send_signal(signal.SIGKILL)
        assert target.read_text(encoding="utf-8") in ("old", whole)


def test_a_full_disk_leaves_the_old_file(target: Path) -> None:
    """And is told in one line."""
    limited = (
        "import sys, resource; sys.dont_write_bytecode = True; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))"
    )
    words = ["draft", SMALL_TEXT, "--force", "-o", str(target), "--lang", "en", "-q"]
    done = subprocess.run(
        [sys.executable, "-c", f"{limited}; from shkc.__main__ import main; main()", *words],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (2, f"shkc: {target}: cannot be written: File too large\n".encode())
    assert target.read_text(encoding="utf-8") == "old"


def test_a_picture_is_written_the_same_way(tmp_path: Path) -> None:
    """`trend --plot` has the rules of `draft -o`."""
    pytest.importorskip("matplotlib")
    link = tmp_path / "link.svg"
    link.symlink_to(tmp_path / "real.svg")
    words = ("trend", "技术合同成交额", "--facts", YEARS, "--plot")
    assert process(*words, str(link)).status == 2
    assert process(*words, str(link), "--force").status == 0
    assert link.is_symlink()
    assert (tmp_path / "real.svg").read_bytes().startswith(b"<?xml")
    (tmp_path / "folder.svg").mkdir()
    assert process(*words, str(tmp_path / "folder.svg"), "--force").status == 2


@pytest.mark.parametrize(
    "words",
    [
        ("export", "{facts}", "--to", "csv", "--facts", "{facts}"),
        ("export", "{facts}", "--to", "csv", "--facts", "{folder}"),
        ("page", "-o", "{facts}", "--facts", "{facts}"),
        ("page", "{report}", "-o", "{report}", "--facts", "{facts}"),
        ("draft", SMALL_TEXT, "-o", "{facts}", "--base", "{facts}"),
    ],
)
def test_what_is_read_is_never_written_over(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Not even with --force: nobody who names a file twice wants it lost."""
    facts, report = tmp_path / "facts.toml", tmp_path / "report.txt"
    facts.write_bytes(Path(SMALL).read_bytes())
    report.write_bytes(Path(SMALL_TEXT).read_bytes())
    named = [word.format(facts=facts, folder=tmp_path, report=report) for word in words]
    answer = shkc(*named, "--force", "--lang", "en")
    assert (answer.status, answer.out) == (2, "")
    assert "is one of the files that are read; write elsewhere" in answer.err
    assert (facts.read_bytes(), report.read_bytes()) == (Path(SMALL).read_bytes(), Path(SMALL_TEXT).read_bytes())


@pytest.mark.parametrize("name", ["facts.xlsx", "facts.sqlite", "facts.csv"])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    """Here as a file that may not grow; also where a library writes it. Bytecode (-B) would be cut short for good."""
    line = f"ulimit -f 1; exec {sys.executable} -B -m shkc export {name} --lang en --facts {SMALL}"
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cannot be written" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is called so."""
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "report.txt"
    report.write_text("青山科技报告\n2023年，全市技术合同成交额120亿元。\n", encoding="utf-8")
    drafted = ("draft", str(report), "--year", "2023")
    assert shkc(*drafted, "-o", "-").out == shkc(*drafted).out != ""
    assert [path.name for path in tmp_path.iterdir()] == ["report.txt"]


@pytest.mark.parametrize("name", ["datapackage.json", "facts.sqlite"])
def test_files_that_belong_together_are_written_together(tmp_path: Path, name: str) -> None:
    """A disk that is full half-way leaves the old ones, all of them: tables of two exports refer to nothing."""
    target = tmp_path / name
    assert shkc("export", str(target), "--facts", SMALL).status == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(before) > 1
    largest = max(map(len, before.values()))
    line = (
        f"ulimit -f {largest // 1024}; exec {sys.executable} -B -m shkc export {name} --force --lang en --facts {YEARS}"
    )
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"cannot be written: File too large\n" in done.stderr or b"disk" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("list", "--json"), 70, b"standard input or output fails"),
        (("schema",), 70, b"standard input or output fails"),
        (("export", "-", "--to", "csv"), 70, b"standard input or output fails"),
        (("draft", SMALL_TEXT, "-o", "-"), 70, b"standard input or output fails"),
    ],
)
def test_a_full_disk_is_told_whatever_the_buffer(
    tmp_path: Path, words: tuple[str, ...], status: int, said: bytes
) -> None:
    """With PYTHONUNBUFFERED, which most containers have set, Python writes a part and says nothing."""
    facts = () if words[0] in ("schema", "draft") else ("--facts", YEARS)
    call = [sys.executable, "-B", "-m", "shkc", *words, *facts, "--lang", "en"]  # -B: bytecode would be cut short
    line = f"ulimit -f 1; exec {' '.join(call)} > out"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "SHKC_CACHE_DIR": ""}
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, timeout=60, check=False
    )
    assert (done.returncode, (tmp_path / "out").stat().st_size) == (status, 1024)
    assert done.stderr.startswith(b"shkc: " + said)


def test_none_of_several_files_is_one_that_is_read(tmp_path: Path) -> None:
    """Neither by its name nor behind a link; the tables of a data package are called after their kinds."""
    facts = tmp_path / "report.csv"
    facts.write_bytes(Path(SMALL).read_bytes())
    answer = shkc("export", str(tmp_path / "datapackage.json"), "--facts", str(facts), "--force", "--lang", "en")
    assert (answer.status, facts.read_bytes()) == (2, Path(SMALL).read_bytes())
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "fact.toml").write_bytes(Path(SMALL).read_bytes())
    (folder / "fact.csv").symlink_to("fact.toml")
    answer = shkc("export", str(folder / "datapackage.json"), "--facts", str(folder), "--force", "--lang", "en")
    assert (answer.status, (folder / "fact.toml").read_bytes()) == (2, Path(SMALL).read_bytes())
    assert "is one of the files that are read; write elsewhere" in answer.err


@pytest.mark.skipif(not os.path.isdir("/dev/shm"), reason="no shared memory here")  # noqa: PTH112 # as the code asks
def test_a_link_in_shared_memory_is_no_stream() -> None:
    """What it leads to is a file like any other."""
    real, link = Path(f"/dev/shm/shkc-{os.getpid()}"), Path(f"/dev/shm/shkc-link-{os.getpid()}")
    try:
        real.write_text("mine", encoding="utf-8")
        link.symlink_to(real)
        answer = shkc("export", str(link), "--to", "csv", "--facts", SMALL)
        assert (answer.status, real.read_text(encoding="utf-8")) == (2, "mine")
    finally:
        real.unlink(missing_ok=True)
        link.unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("sqlite", "this format has several files: name one, not -"),
        ("datapackage", "this format has several files: name one, not -"),
        ("parquet", "a warehouse is a folder: name one, not -"),
    ],
)
def test_several_files_are_not_written_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str, said: str
) -> None:
    """Nor beside a file that is called so."""
    monkeypatch.chdir(tmp_path)
    assert shkc("export", "-", "--to", to, "--facts", SMALL, "--lang", "en") == Answer(2, "", f"shkc: {said}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_old_file_and_nothing_beside_it(number: signal.Signals, tmp_path: Path) -> None:
    """As from `timeout`, `docker stop` or a terminal that is closed: who sent it sees a program that died of it."""
    target = tmp_path / "facts.csv"
    target.write_text("old", encoding="utf-8")
    words = ("export", str(target), "--force", "--facts", SMALL)
    status = 130 if number == signal.SIGINT else -number
    assert python(SIGNALLED, str(int(number)), *words) == Answer(status, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["facts.csv"]
    assert target.read_text(encoding="utf-8") == "old"
