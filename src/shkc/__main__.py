"""The program: runs the command line, keeps its streams in order, and turns what escapes into an exit status."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from typing import NoReturn

STREAM_FAILED = 70
"""Exit status when standard input or output fails. The contract has none of its own for that, and 1 would say that
nothing matched."""

CONTAINERS_BETWEEN_COLLECTIONS = 10_000
"""How many objects are made before Python looks for circles among the new ones. Its own 700 make that a fifteenth of
a start, in which nothing is thrown away."""


def main() -> NoReturn:
    """Run the command line and exit. Output is UTF-8 whatever the locale; a reader that has gone ends it quietly."""
    gc.set_threshold(CONTAINERS_BETWEEN_COLLECTIONS)
    if not sys.stdout:  # shkc list >&-
        _tell("shkc: standard output is closed")
        _end(STREAM_FAILED)
    if not sys.stdin:  # shkc batch <&-
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 # until the program ends
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        status = 0
    except Exception as error:  # every expected error has an exit status of its own
        status = _failed(error)
    _end(status)


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
    if isinstance(error, OSError) and error.filename is None:  # a full disk, a terminal that is gone
        _tell(f"shkc: standard input or output fails: {error.strerror}")
        return STREAM_FAILED
    if os.environ.get("SHKC_TRACEBACK"):
        from traceback import format_exc

        _tell(format_exc())
    _tell(f"shkc: internal error ({type(error).__name__}: {error}); please report it, with SHKC_TRACEBACK=1 set")
    return 70


def _tell(message: str) -> None:
    """Print *message* on standard error; where that fails too, nobody can be told."""
    if sys.stderr:
        with suppress(OSError):
            print(message, file=sys.stderr, flush=True)


def _end(status: int) -> NoReturn:
    """Leave the process to the system, without taking Python to pieces first: that is a sixth of a lookup.

    Standard output is flushed by then, or cannot be. Files, connections and workers are closed where they were opened.
    """
    if "matplotlib" in sys.modules:  # it removes a temporary folder of its own
        sys.exit(status)
    os._exit(status)


if __name__ == "__main__":
    main()
