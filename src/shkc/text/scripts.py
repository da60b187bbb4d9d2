"""Traditional characters to simplified ones.

Names are converted in context by OpenCC when the index is built. A query is converted character by character with
`traditional.txt`, which OpenCC was asked for beforehand, because a lookup is too short to load OpenCC.
"""

from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("traditional.txt")
"""Two lines: traditional characters, and below each its simplified one. Comments begin with #."""


def simplified(query: str) -> str:
    """*query* in simplified characters, each converted alone."""
    traditional, simple = _lines()
    found = map(traditional.find, query)
    return "".join(character if at < 0 else simple[at] for character, at in zip(query, found, strict=True))


@cache
def _lines() -> tuple[str, str]:
    traditional, simple = (line for line in FILE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return traditional, simple


def simplified_in_context(text: str) -> str:
    """*text* in simplified characters, each converted as its word wants it. Loads OpenCC: only to build an index."""
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
