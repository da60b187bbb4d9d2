"""The program: runs the command line, keeps its streams in order, and turns what escapes into an exit status.

Nothing is imported here that takes time: whoever interrupts the program while it loads is to see no traceback.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

STREAM_FAILED = 70
"""Exit status when standard input or output fails. The contract has none of its own for that, and 1 would say that
nothing matched."""

WRONG_USAGE = 2
INTERRUPTED = 130

CONTAINERS_BETWEEN_COLLECTIONS = 50_000
"""How many objects are made before Python looks for circles among the new ones: more than a lookup makes, which throws
nothing away. Python's own 700 make that a fifteenth of a start."""

WIDEST = 1000
"""Cells of a terminal; Typer and Rich believe any number that the environment names, and fill lines with spaces."""


def main() -> NoReturn:
    """Run the command line and exit. Output is UTF-8 whatever the locale; a reader that has gone ends it quietly."""
    try:
        sys.unraisablehook = _unraisable
        _remember_interrupts()
        status = _status()
    except KeyboardInterrupt:
        status = INTERRUPTED
    if _INTERRUPTS or status == INTERRUPTED:
        _end_interrupted()
    _end(status)


_INTERRUPTS: list[int] = []
"""The numbers of the signals that told the program to end, each as often as it came."""


def _remember_interrupts() -> None:
    """Have Ctrl-C end with its status even where its exception is lost, and other signals remove what is half written.

    C code drops what a comparison inside a dictionary raises, and SQLite makes an error of its own of what a function
    raises that it calls.
    """
    import signal

    def interrupt(number: int, frame: object) -> NoReturn:
        _INTERRUPTS.append(number)
        raise KeyboardInterrupt

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        # In the background of a shell Ctrl-C is ignored, and under nohup the end of the terminal.
        if number and signal.getsignal(number) in (signal.default_int_handler, signal.SIG_DFL):
            signal.signal(number, interrupt)


def _end_interrupted() -> NoReturn:
    """End with the status of Ctrl-C, or by the signal that came, as whoever sent it expects."""
    import signal

    if _INTERRUPTS and _INTERRUPTS[-1] != signal.SIGINT:
        signal.signal(_INTERRUPTS[-1], signal.SIG_DFL)
        os.kill(os.getpid(), _INTERRUPTS[-1])
    _end(INTERRUPTED)


def _unraisable(problem: sys.UnraisableHookArgs) -> None:
    """End the program when it is interrupted where Python raises nothing, as in a callback."""
    if problem.exc_type is KeyboardInterrupt:
        _end_interrupted()
    sys.__unraisablehook__(problem)


def _status() -> int:
    import gc

    gc.set_threshold(CONTAINERS_BETWEEN_COLLECTIONS)
    _mend_environment()
    _open_standard_error()
    if not sys.stdout:  # shkc list >&-
        _tell("标准输出已关闭", "standard output is closed")
        return STREAM_FAILED
    if not sys.stdin:  # shkc batch <&-
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 # until the program ends
    _buffer_standard_output()
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        return 0
    except Exception as error:  # every expected error has an exit status of its own
        return INTERRUPTED if _INTERRUPTS else _failed(error)  # an engine makes an error of its own of Ctrl-C
    return status


def _mend_environment() -> None:
    """Forget sizes of the terminal that are none: Typer and Rich read them, and fail."""
    for name in ("TERMINAL_WIDTH", "COLUMNS", "LINES"):
        size = os.environ.get(name)
        if size is not None and not (size.isascii() and size.isdigit() and 0 < int(size[:9]) <= WIDEST):
            del os.environ[name]


def _open_standard_error() -> None:
    """Make standard error a stream that never fails: when nobody can be told, the exit status still says it."""
    import io

    class Lenient(io.FileIO):
        def write(self, data: object) -> int:
            try:
                return super().write(data)  # type: ignore[arg-type] # bytes, whatever their type
            except OSError:
                return len(data)  # type: ignore[arg-type] # as above

    descriptor = sys.stderr.fileno() if sys.stderr else os.open(os.devnull, os.O_WRONLY)
    stream = io.BufferedWriter(Lenient(descriptor, "w", closefd=False))
    sys.stderr = io.TextIOWrapper(stream, "utf-8", "backslashreplace", line_buffering=True)


def _buffer_standard_output() -> None:
    """Make standard output UTF-8, and one that writes all that it is given, or fails.

    With PYTHONUNBUFFERED, Python writes to the file itself, which may take a part only and say nothing.
    """
    import io

    if isinstance(sys.stdout.buffer, io.BufferedIOBase):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        return
    whole = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115 # until the program ends
    sys.stdout = io.TextIOWrapper(whole, "utf-8", "backslashreplace", line_buffering=sys.stdout.isatty())


def _run() -> int:
    """Run the command line: its exit status."""
    from shkc.cli.app import application

    try:
        application(sys.argv[1:])(prog_name="shkc")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    return 0


def _failed(error: Exception) -> int:
    """Tell about *error*: the exit status for it."""
    if os.environ.get("SHKC_TRACEBACK"):
        from traceback import format_exc

        print(format_exc(), file=sys.stderr)
    elif "_SHKC_COMPLETE" in os.environ:  # whoever presses the tabulator key is in the middle of a line
        return 1
    if isinstance(error, FileNotFoundError) and error.filename is None:  # what needs the working folder has none
        _tell("当前目录已被删除；请换一个目录", "the working folder is gone; go to another")
        return WRONG_USAGE
    if isinstance(error, OSError) and error.filename is None:  # a full disk, a terminal that is gone
        from shkc.errors import reason

        why = reason(error)
        _tell(f"标准输入或输出出错：{why.zh}", f"standard input or output fails: {why.en}")
        return STREAM_FAILED
    what = f"{type(error).__name__}: {error}"
    _tell(
        f"内部错误（{what}）；请设 SHKC_TRACEBACK=1 再运行一次，把输出报告给我们",
        f"internal error ({what}); please report it, with SHKC_TRACEBACK=1 set",
    )
    return 70


def _tell(zh: str, en: str) -> None:
    """Tell something in the language of the call."""
    from shkc.language import Text, of_call

    print(f"shkc: {Text(zh, en).to(of_call(sys.argv[1:], os.environ))}", file=sys.stderr)


def _end(status: int) -> NoReturn:
    """Leave the process to the system, without taking Python to pieces first: that is a sixth of a lookup.

    Standard output is flushed by then, or cannot be. Files, connections and workers are closed where they were opened.
    """
    if "matplotlib" in sys.modules:  # it removes a temporary folder of its own
        import atexit

        atexit._run_exitfuncs()
    os._exit(status)


if __name__ == "__main__":
    main()
