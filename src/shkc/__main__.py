"""The program: runs the command line, keeps its streams in order, and turns what escapes into an exit status."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

STREAM_FAILED = 70
"""Exit status when standard input or output fails. The contract has none of its own for that, and 1 would say that
nothing matched."""


def main() -> NoReturn:
    """Run the command line and exit. Output is UTF-8 whatever the locale; a reader that has gone ends it quietly."""
    if not sys.stdout:  # shkc list >&-
        print("shkc: standard output is closed", file=sys.stderr)
        sys.exit(STREAM_FAILED)
    if not sys.stdin:  # shkc batch <&-
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 # until the program ends
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status: str | int | None = 0
    try:
        status = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_output()
    except Exception as error:  # every expected error has an exit status of its own
        if os.environ.get("SHKC_TRACEBACK"):
            raise
        status = _failed(error)
    sys.exit(status)


def _run() -> str | int | None:
    """Run the command line: its exit status."""
    from shkc.cli import application

    try:
        application(sys.argv[1:])(prog_name="shkc")
    except SystemExit as end:
        return end.code
    return 0


def _failed(error: Exception) -> int:
    """Tell about *error*: the exit status for it."""
    if isinstance(error, OSError) and error.filename is None:  # a full disk, a terminal that is gone
        _abandon_output()
        print(f"shkc: standard input or output fails: {error.strerror}", file=sys.stderr)
        return STREAM_FAILED
    print(
        f"shkc: internal error ({type(error).__name__}: {error}); please report it, with SHKC_TRACEBACK=1 set",
        file=sys.stderr,
    )
    return 70


def _abandon_output() -> None:
    """Point standard output elsewhere, so that nothing is written to the closed pipe or full disk when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
