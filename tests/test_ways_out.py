"""No way out but the documented ones: the right status, and one line that names the culprit."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support import FACT_COMMANDS, SMALL, SMALL_TEXT, Answer, process, python, shkc

SHKC = f"{sys.executable} -m shkc"


def shell(line: str, environment: dict[str, str] | None = None, folder: Path | None = None) -> Answer:
    """Run *line* by a shell."""
    done = subprocess.run(
        ["sh", "-c", line],
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, **(environment or {})},
        cwd=folder,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


# ── Ctrl-C ──────────────────────────────────────────────────────────────────────────────────────────

INTERRUPTED_AT = """
import os, signal, sys
calls = 0
def count(frame, event, argument):
    global calls
    calls += 1
    if calls == int(os.environ["AT"]):
        os.kill(os.getpid(), signal.SIGINT)
from shkc import __main__ as program
end = program._end
def told(status):
    sys.settrace(None)
    if int(os.environ["AT"]) == 0:
        os.write(1, str(calls).encode())
    end(status)
program._end = told
sys.settrace(count)
program.main()
"""
"""Interrupts itself at the call of a function with a certain number, and says how many there are for 0."""


@pytest.mark.parametrize(("cold", "interruptions"), [(False, 8), (True, 4)], ids=["with an index", "building one"])
def test_ctrl_c_is_130_at_any_time(cache: Path, faults: bool, interruptions: int, cold: bool) -> None:
    """While it imports, builds, reads or writes: no traceback, and nothing half-written that answers."""
    words = ("metric", "孵化器数", "--facts", SMALL, "-f", "value")
    warm = cache.with_name("warm")

    def run(at: int) -> Answer:
        where = cache if cold else warm
        environment = {**os.environ, "AT": str(at), "SHKC_CACHE_DIR": str(where)}
        done = subprocess.run(
            [sys.executable, "-c", INTERRUPTED_AT, *words],
            capture_output=True,
            timeout=60,
            check=False,
            env=environment,
        )
        for path in cache.glob("*") if cold else ():
            path.unlink()
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    run(0)
    calls = int(run(0).out.split()[-1])
    chance = random.Random(2031)
    each = (calls - 20) // (500 if faults else interruptions)  # one moment in each stretch, from the imports to the end
    for begin in range(1, calls - 20 - each, each):
        at = chance.randrange(begin, begin + each)
        answer = run(at)
        assert (answer.status, answer.err) == (130, ""), at


def test_ctrl_c_in_a_terminal_reaches_every_process_and_nobody_complains(cache: Path, tmp_path: Path) -> None:
    """A build by several processes, all of which get the signal."""
    text = Path(SMALL).read_text(encoding="utf-8")
    for number in range(200):
        path = tmp_path / f"report-{number:03d}.toml"
        path.write_text(text.replace('"qingshan-2031"', f'"report-{number:03d}"'), encoding="utf-8")
    words = [sys.executable, "-m", "shkc", "list", "--facts", str(tmp_path), "-q"]
    for wait in (0.0, 0.05, 0.1, 0.2, 0.3):
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True) as started:
            while not any(cache.glob("*")) and started.poll() is None:
                time.sleep(0.01)
            time.sleep(wait)
            os.killpg(started.pid, signal.SIGINT)
            out, error = started.communicate(timeout=30)
        assert (started.returncode, out, error) == (130, b"", b"")


LOST = """
import os, signal, shkc.cli.app, shkc.__main__
def application(arguments):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    except KeyboardInterrupt:
        print("lost")
    return lambda prog_name: None
shkc.cli.app.application = application
shkc.__main__.main()
"""


def test_ctrl_c_whose_exception_is_lost_is_130() -> None:
    """As in a comparison that C code makes, or a function that SQLite calls: it goes on, and the status says it."""
    assert python(LOST) == Answer(130, "lost\n", "")


def test_an_error_that_an_engine_makes_of_ctrl_c_is_none() -> None:
    """DuckDB says that the query was interrupted; no bug is to be reported."""
    code = """
import shkc.__main__ as program
def run():
    program._INTERRUPTS.append(2)
    raise RuntimeError("Query interrupted")
program._run = run
program.main()
"""
    assert python(code) == Answer(130, "", "")


def test_ctrl_c_after_a_picture_changes_no_status() -> None:
    """Matplotlib removes a folder of its own at the end; Python is not taken to pieces for that."""
    code = """
import atexit, os, sys
import shkc.__main__ as program
class Late:
    def __del__(self, kill=os.kill, me=os.getpid()):
        kill(me, 2)
sys.modules["matplotlib"] = sys
sys.late = Late()
atexit.register(os.write, 1, b"removed")
program._run = lambda: 0
program.main()
"""
    assert python(code) == Answer(0, "removed", "")


# ── Paths ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", [("list", "--facts"), ("check",), ("diff", SMALL)])
def test_an_unknown_user_is_just_a_missing_file(words: tuple[str, ...]) -> None:
    """~nosuchuser is nobody's home."""
    answer = shkc(*words, "~nosuchuser/facts.toml", "--lang", "en")
    assert answer == Answer(3, "", "~nosuchuser/facts.toml: no such file; check the path\n")


@pytest.mark.parametrize("words", [("list", "--facts"), ("check",), ("diff", SMALL)])
def test_a_name_that_is_too_long_is_told(words: tuple[str, ...]) -> None:
    """No file system has it, and looking at it is an error of its own."""
    answer = shkc(*words, "x" * 5000, "--lang", "en")
    assert answer == Answer(3, "", f"{'x' * 5000}: cannot be read: File name too long\n")


def test_an_unknown_user_in_the_name_of_the_cache_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is a name like any other."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHKC_CACHE_DIR", "~nosuchuser/cache")
    assert shkc("list", "--facts", SMALL).status == 0


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    """What needs none works; a relative path says what is wrong."""
    gone = 'mkdir "$D" && cd "$D" && rmdir "$D" && '
    environment = {"D": str(tmp_path / "gone"), "PYTHONSAFEPATH": "1"}
    for words in FACT_COMMANDS.values():
        line = f"{gone}{SHKC} {' '.join(words)} --facts {SMALL}"
        assert shell(line, environment).status == 0
    answer = shell(f"{gone}{SHKC} list --facts facts.toml --lang en", environment)
    assert answer == Answer(3, "", "facts.toml: the working folder is gone; go to another\n")
    assert shell(f"{gone}SHKC_CACHE_DIR=cache {SHKC} cache --lang en", environment).out.splitlines() == [
        "-",
        "the working folder is gone: the index stays in memory",
    ]
    assert shell(f"{gone}{SHKC} draft {SMALL_TEXT} -o facts.toml -q --lang en", environment).status == 2
    told = Answer(2, "", "shkc: the working folder is gone; go to another\n")
    assert shell(f"{gone}{SHKC} export rel --to parquet --facts {SMALL} --lang en", environment) == told
    assert shell(f"{gone}TMPDIR=rel {SHKC} draft {SMALL_TEXT} -q --lang en", environment) == told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a right fact file."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "right.toml").write_bytes(Path(SMALL).read_bytes())
    return folder


def left_out(folder: Path) -> list[str]:
    """What a lookup in *folder* says of the file that it leaves out; it answers all the same."""
    answer = shkc("metric", "孵化器数", "--facts", str(folder), "-f", "value", "--lang", "en")
    assert (answer.status, answer.out) == (0, "96\n")
    assert shkc("check", str(folder)).status == 3
    return answer.err.splitlines()[:-1]


def test_a_link_that_leads_nowhere_is_named(folder: Path) -> None:
    """Not the folder that it is in."""
    (folder / "gone.toml").symlink_to(folder / "elsewhere")
    assert left_out(folder) == [f"{folder}/gone.toml: the link leads nowhere; mend or remove it"]


def test_a_link_to_itself_is_named(folder: Path) -> None:
    """It has no end."""
    (folder / "loop.toml").symlink_to(folder / "loop.toml")
    (told,) = left_out(folder)
    assert told.startswith(f"{folder}/loop.toml: cannot be read: Too many levels")


def test_a_link_to_a_folder_is_named(folder: Path, tmp_path: Path) -> None:
    """It is no fact file, whatever its name."""
    (folder / "folder.toml").symlink_to(tmp_path)
    assert left_out(folder) == [f"{folder}/folder.toml: cannot be read: Is a directory"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read everything")
@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_cannot_be_read_is_named(folder: Path, what: str) -> None:
    """And only that."""
    path = folder / "secret.toml"
    path.mkdir() if what == "folder" else path.touch()
    path.chmod(0)
    assert left_out(folder) == [f"{path}: cannot be read: Permission denied"]
    path.chmod(0o700)


def test_a_socket_is_named(folder: Path) -> None:
    """Python names what it is not."""
    code = "import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])"
    assert python(code, str(folder / "socket.toml")).status == 0
    (told,) = left_out(folder)
    assert told.startswith(f"{folder}/socket.toml: ")


@pytest.mark.parametrize("command", ["list --facts", "check", "verify", "draft"])
def test_a_folder_or_device_in_the_place_of_a_file(command: str, tmp_path: Path) -> None:
    """Each line names it, and the status is that for files."""
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "folder", Path("/dev/null"), tmp_path / "none"):
        answer = process(*command.split(), str(path))
        assert (answer.status, answer.out) == (3, "")
        assert answer.err
        assert all(path.name in line for line in answer.err.splitlines())


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has a file that fails when it is read")
@pytest.mark.parametrize("command", ["text", "verify", "draft"])
def test_a_report_that_fails_while_it_is_read_is_named(command: str) -> None:
    """As one on a broken disk does; that is no failure of standard input."""
    answer = process(command, "/proc/self/mem", "--lang", "en")
    assert answer == Answer(3, "", "shkc: /proc/self/mem: cannot be read: Input/output error\n")


# ── Streams and environment ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("metric", 2),
        ("--nonsense", 2),
        ("nonsense", 1),
        ("metric 技术合同 --nonsense", 2),
        ("metric ''", 2),
        ("metric 月球基地", 1),
        ("list --facts /none.toml", 3),
        ("check /none.toml", 3),
        ("metric 技术合同 -f value --explain", 0),
    ],
)
@pytest.mark.parametrize("redirection", ["2> /dev/full", "2>&-"])
def test_a_standard_error_that_takes_nothing_changes_no_status(words: str, status: int, redirection: str) -> None:
    """Nobody can be told; the status says it still."""
    answer = shell(f"{SHKC} {words} {redirection}")
    assert (answer.status, answer.err) == (status, "")
    assert answer.out == ("4850\n" if status == 0 else "")


@pytest.mark.parametrize("words", [("--help",), ("metric",), ("list", "--limit", "2")])
def test_an_odd_size_of_the_terminal_is_forgotten(words: tuple[str, ...]) -> None:
    """Help, usage errors and tables are as without it."""
    values = ("abc", "", "-5", "0", "²", "٣", "99999999999999999999", "1e3", " 80 ")
    names = ("TERMINAL_WIDTH", "COLUMNS", "LINES")
    plain = process(*words)
    for number, value in enumerate(values):  # each name with each value: all three names have an odd one at once
        odd = {name: values[(number + place) % len(values)] for place, name in enumerate(names)}
        assert process(*words, environment=odd) == plain, value


COMPLETION = {"_SHKC_COMPLETE": "complete_bash", "COMP_WORDS": "shkc show rd", "COMP_CWORD": "2"}


@pytest.mark.parametrize(
    "odd",
    [
        {"SHKC_FACTS": "/none.toml"},
        {"SHKC_FACTS": __file__},
        {"COMP_CWORD": "abc"},
        {"COMP_WORDS": "shkc show 'rd"},
        {"COMP_CWORD": "99"},
    ],
)
def test_completion_that_cannot_be_is_silent(odd: dict[str, str]) -> None:
    """Whoever presses the tabulator key is in the middle of a line."""
    answer = process(environment={"SHKC_FACTS": SMALL, **COMPLETION, **odd})
    assert answer.err == ""
    assert answer.status in (0, 1)
    assert process(environment={"SHKC_FACTS": SMALL, **COMPLETION}).out == "rd-expenditure\nrd-intensity\n"


def test_an_unknown_language_is_told() -> None:
    """The answer comes all the same, in Chinese."""
    words = ("metric", "月球基地", "--facts", SMALL)
    expected = shkc(*words)
    answer = process(*words, environment={"SHKC_LANG": "fr\x1b[31m"})
    told = "shkc: SHKC_LANG=fr\\x1b[31m：只有 zh 和 en；这里用 zh\n"
    assert answer == expected._replace(err=told + expected.err)
    assert process(*words, "-q", environment={"SHKC_LANG": "fr"}) == shkc(*words, "-q")
    assert process(*words, "--lang", "zh", environment={"SHKC_LANG": "fr"}) == expected


@pytest.mark.parametrize("value", ["zh", "zh_CN.UTF-8", "en", "EN", "en_GB.UTF-8", ""])
def test_a_known_language_is_not_told(value: str) -> None:
    """In any form that a locale may have."""
    assert "SHKC_LANG" not in process("metric", "月球基地", "--facts", SMALL, environment={"SHKC_LANG": value}).err


def test_help_shows_no_environment() -> None:
    """It may hold secrets."""
    code = "import os; os.environ['SECRET'] = 'hunter2'; import shkc; help(shkc); help(shkc.open); help(shkc.FactBase)"
    answer = python(code)
    assert answer.status == 0
    assert "hunter2" not in answer.out
    assert "bundled fact base" in answer.out
