"""Standard output is the answer, standard error everything else: in pipes, terminals and odd locales."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata

import pytest
from conftest import Golden
from support import BOTH, FACT_COMMANDS, SMALL, SMALL_TEXT, Answer, process, python, shkc

from shkc.__main__ import STREAM_FAILED

ESCAPE = "\x1b["
C_LOCALE = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}


def in_terminal(*words: str, columns: int, environment: dict[str, str] | None = None) -> str:
    """What a terminal with *columns* shows of the standard output of a run."""
    import fcntl
    import pty
    import struct
    import termios

    screen, keyboard = pty.openpty()
    fcntl.ioctl(keyboard, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    started = subprocess.Popen(
        [sys.executable, "-m", "shkc", *words],
        stdout=keyboard,
        stderr=subprocess.PIPE,
        stdin=keyboard,
        env={**os.environ, **(environment or {})},
    )
    os.close(keyboard)
    shown = b""
    while True:
        try:
            shown += os.read(screen, 65536)
        except OSError:  # noqa: PERF203 # the other side is closed
            break
    os.close(screen)
    _, error = started.communicate(timeout=60)
    assert error == b""
    return shown.decode("utf-8").replace("\r\n", "\n")


def without_colour(text: str) -> str:
    """*text* without terminal escapes."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def cells(line: str) -> int:
    """How many cells of a terminal *line* takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


# ── Encodings ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words", [(*words, "--facts", BOTH) for words in FACT_COMMANDS.values()], ids=list(FACT_COMMANDS)
)
def test_output_is_utf_8_in_any_locale(words: tuple[str, ...]) -> None:
    """LC_ALL=C and PYTHONIOENCODING=ascii change nothing, argument and answer in Chinese."""
    assert process(*words, environment=C_LOCALE) == shkc(*words)


def test_messages_are_utf_8_in_any_locale() -> None:
    """Standard error too."""
    answer = process("metric", "月球基地", "--facts", SMALL, environment=C_LOCALE)
    assert answer == Answer(1, "", "事实库中没有“月球基地”\n")


@pytest.mark.parametrize(
    "words",
    [
        ("metric",),
        ("search",),
        ("show",),
        ("list", "--section"),
        ("list", "--unit"),
        ("list", "--min"),
        ("check",),
        ("check", "--json"),
        ("verify",),
        ("list", "--facts"),
    ],
)
def test_arguments_that_are_not_utf_8_are_just_text(words: tuple[str, ...]) -> None:
    """Bytes that are no UTF-8 are not found, or wrong, in one line; never a bug."""
    for argument in (b"\xbc\xbc\xca\xf5", b"5\xbc"):
        answer = process(*words, argument)
        assert answer.status in (1, 2, 3)
        assert answer.err.count("\n") == 1


# ── Pipes ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("output", ["table", "jsonl"])
def test_a_reader_that_has_gone_ends_it_quietly(output: str) -> None:
    """`shkc list | head -1` says nothing on standard error."""
    program = f"{sys.executable} -m shkc list -f {output}"
    done = subprocess.run(["sh", "-c", f"{program} | head -1"], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("command", ["schema", "--help"])
def test_a_reader_that_never_came_ends_it_quietly(command: str) -> None:
    """So does a reader that reads nothing at all, and an answer that fits the pipe."""
    program = f"(sleep 0.2; exec {sys.executable} -m shkc {command}) | true"
    done = subprocess.run(["sh", "-c", program], capture_output=True, timeout=60, check=False)
    assert done.stderr == b""


@pytest.mark.parametrize("words", ["metric 技术合同 --json", "list", "batch < /dev/null"])
def test_a_reader_that_has_gone_is_no_failure(words: str) -> None:
    """1 would say that nothing matched."""
    program = f"(sleep 0.2; {sys.executable} -m shkc {words}; echo $? >&2) | true"
    done = subprocess.run(["sh", "-c", program], capture_output=True, timeout=60, check=False)
    assert done.stderr == b"0\n"


@pytest.mark.parametrize("redirection", [">&-", "> /dev/full", "> /dev/full 2>&-", "> /dev/full 2>&1"])
def test_an_output_that_takes_nothing_is_told_in_one_line(redirection: str) -> None:
    """A closed standard output or a full disk is no success and no traceback, whatever standard error takes."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m shkc list {redirection}"], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == STREAM_FAILED
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    assert done.stderr.count(b"\n") <= 1


def test_a_hint_that_cannot_be_printed_loses_no_answer() -> None:
    """Reasons go to a full disk; the figure comes all the same."""
    program = f"{sys.executable} -m shkc metric 技术合同 -f value --explain 2> /dev/full"
    done = subprocess.run(["sh", "-c", program], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (0, b"4850\n")


@pytest.mark.parametrize(
    "words", [(*words, "--facts", BOTH) for words in FACT_COMMANDS.values()], ids=list(FACT_COMMANDS)
)
def test_a_pipe_has_no_colour(words: tuple[str, ...]) -> None:
    """What goes into a pipe is plain text."""
    assert ESCAPE not in shkc(*words).out


@pytest.mark.parametrize("columns", ["20", "80"])
def test_a_pipe_is_neither_wrapped_nor_truncated(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table in a pipe has a line for each fact, whole, whatever COLUMNS says."""
    monkeypatch.setenv("COLUMNS", columns)
    lines = shkc("list", "--facts", BOTH).out.splitlines()
    assert len(lines) == 2 + 23
    assert "…" not in "".join(lines)
    assert lines[-1].endswith("synergy-plan")


def test_lines_do_not_end_in_spaces() -> None:
    """A table can be copied."""
    assert all(line == line.rstrip() for line in shkc("list").out.splitlines())


def test_a_table_in_a_pipe_is_aligned() -> None:
    """Columns begin in the same cell in every line, Chinese characters being two cells wide."""
    lines = shkc("list", "--facts", BOTH).out.splitlines()
    assert len({cells(line[: line.index("¶")]) for line in lines[2:]}) == 1


# ── Colour ──────────────────────────────────────────────────────────────────────────────────────────


def test_force_color_colours_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """FORCE_COLOR asks for colour where there is no terminal, and changes nothing else."""
    plain = shkc("list", "--facts", BOTH).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = shkc("list", "--facts", BOTH).out
    assert ESCAPE in coloured
    assert [line.rstrip() for line in without_colour(coloured).splitlines()] == plain.splitlines()


@pytest.mark.parametrize("output", ["json", "jsonl", "csv", "tsv", "markdown", "value"])
def test_no_format_for_programs_is_ever_coloured(output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """FORCE_COLOR is for tables."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert ESCAPE not in shkc("list", "-f", output, "--facts", BOTH).out


def test_no_color_wins_over_force_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants no colour gets none."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    assert ESCAPE not in shkc("list", "--facts", BOTH).out


@pytest.mark.parametrize("name", ["NO_COLOR", "FORCE_COLOR"])
def test_an_empty_variable_asks_for_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR and FORCE_COLOR count when they are not empty."""
    plain = shkc("list", "--facts", BOTH).out
    monkeypatch.setenv(name, "")
    assert shkc("list", "--facts", BOTH).out == plain


# ── Terminals ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"NO_COLOR": ""}, True)],
)
def test_a_terminal_is_coloured_unless_told_otherwise(environment: dict[str, str], coloured: bool) -> None:
    """A terminal shows colours; NO_COLOR and a terminal without them do not."""
    shown = in_terminal("list", "--facts", BOTH, columns=80, environment=environment)
    assert (ESCAPE in shown) is coloured


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("words", [("list",), ("show", "rd-expenditure", "synergy-plan")], ids=["list", "show"])
def test_a_table_fits_the_terminal(words: tuple[str, ...], columns: int, golden: Golden) -> None:
    """In 40 and in 80 columns no line is longer than the terminal, and the table is as its golden file."""
    shown = in_terminal(*words, "--facts", BOTH, columns=columns, environment={"NO_COLOR": "1"})
    assert max(map(cells, shown.splitlines())) <= columns
    golden.check(f"{words[0]}.{columns}.txt", shown)


@pytest.mark.parametrize("command", ["list", "sections"])
def test_the_bundled_base_fits_80_columns(command: str) -> None:
    """So do the real names, which are long."""
    shown = in_terminal(command, columns=80, environment={"NO_COLOR": "1"})
    assert max(map(cells, shown.splitlines())) <= 80


def test_a_figure_is_never_cut_in_a_narrow_terminal() -> None:
    """Whatever has to give way in 40 columns, the figure stays whole and the name stays."""
    shown = in_terminal("metric", "技术合同成交额", columns=40, environment={"NO_COLOR": "1"})
    assert "技术合同成" in shown
    assert "4850亿元" in shown
    assert "…" not in shown


# ── The program ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("metric", "技术合同成交额"), 0),
        (("metric", "月球基地"), 1),
        (("metric", ""), 2),
        (("metric",), 2),
        (("月球基地",), 1),
        (("技术合同成交额",), 0),
        (("list", "--facts", "/none.toml"), 3),
        (("verify", "/none.txt"), 3),
        (("verify", SMALL_TEXT, "--facts", SMALL), 0),
        (("--help",), 0),
    ],
)
def test_a_process_ends_with_the_status_of_the_contract(words: tuple[str, ...], status: int) -> None:
    """0 found, 1 nothing, 2 usage, 3 files."""
    answer = process(*words)
    assert answer.status == status
    assert "Traceback" not in answer.err
    assert (answer.out == "") is (status != 0)


BUG = """
import shkc.cli.app, shkc.__main__
def application(arguments): raise RuntimeError("ouch")
shkc.cli.app.application = application
shkc.__main__.main()
"""


def test_a_bug_is_status_70_in_one_line() -> None:
    """What nobody expected is told in one line that asks for a report, and ends with 70."""
    assert python(BUG).err.startswith("shkc: 内部错误（RuntimeError: ouch）；")
    answer = python(f"import os; os.environ['SHKC_LANG'] = 'en'\n{BUG}")
    assert (answer.status, answer.out) == (70, "")
    assert answer.err == "shkc: internal error (RuntimeError: ouch); please report it, with SHKC_TRACEBACK=1 set\n"


def test_a_bug_shows_its_traceback_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    """SHKC_TRACEBACK=1 is for whoever mends it."""
    monkeypatch.setenv("SHKC_TRACEBACK", "1")
    answer = python(BUG)
    assert answer.status == 70
    assert "Traceback" in answer.err


def test_the_text_comes_through_a_real_pipe() -> None:
    """`verify -` reads bytes, whatever the locale."""
    with open(SMALL_TEXT, "rb") as text:  # noqa: PTH123 # bytes
        answer = process("verify", "-", "--facts", SMALL, stdin=text.read(), environment=C_LOCALE)
    assert (answer.status, answer.err) == (0, "")


@pytest.mark.parametrize("words", ["export - --to csv", f"draft {SMALL_TEXT} -o -", "page -o -"])
def test_a_file_that_is_standard_output_fails_as_standard_output(words: str) -> None:
    """And not as a file that cannot be written: a script tells the two by the status."""
    line = f"{sys.executable} -m shkc {words} --lang en > /dev/full"
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False, text=True)
    failed = "shkc: standard input or output fails: No space left on device"
    assert (done.returncode, done.stderr.splitlines()[-1]) == (70, failed)
