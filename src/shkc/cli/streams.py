"""Standard output as the answer's place: what it can show, and writing to it in large pieces."""

import os
import sys
from itertools import islice
from shutil import get_terminal_size

from shkc.output.view import Canvas, Pieces

BLOCK = 50
"""Pieces of output that are written at once: fifty thousand system calls cost more than finding what they say."""


def canvas() -> Canvas:
    """How wide a table may be, and whether in colour: by NO_COLOR, FORCE_COLOR, and whether this is a terminal."""
    terminal = sys.stdout.isatty()
    forced = bool(os.environ.get("FORCE_COLOR"))
    colour = not os.environ.get("NO_COLOR") and (forced or (terminal and os.environ.get("TERM") != "dumb"))
    return Canvas(get_terminal_size().columns if terminal else None, colour)


def write(pieces: Pieces) -> None:
    """Write *pieces* to standard output as they come."""
    while block := list(islice(pieces, BLOCK)):
        sys.stdout.buffer.write(b"".join(map(_utf_8, block)))


def _utf_8(piece: str | bytes) -> bytes:
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")
