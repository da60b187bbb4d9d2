"""The program: runs the command line, keeps its streams in order, and turns what escapes into an exit status."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit. Output is UTF-8 whatever the locale; a reader that has gone ends it quietly."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr] # a real stream here
    try:
        from shkc.cli import app

        app(prog_name="shkc")
    except BrokenPipeError:
        _abandon_output()
        sys.exit(0)
    except SystemExit as end:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            _abandon_output()
        sys.exit(end.code)
    except Exception as bug:  # every expected error has an exit status of its own
        if os.environ.get("SHKC_TRACEBACK"):
            raise
        print(
            f"shkc: internal error ({type(bug).__name__}: {bug}); please report it, with SHKC_TRACEBACK=1 set",
            file=sys.stderr,
        )
        sys.exit(70)
    sys.exit(0)


def _abandon_output() -> None:
    """Point standard output elsewhere, so that nothing is written to the closed pipe when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
