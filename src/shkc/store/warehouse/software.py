"""Which shkc this is: its version, and a checksum of its modules and data, which tells two of one version apart."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parents[2]


@cache
def software() -> str:
    """The shkc of this process."""
    checksum = 0
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in (".py", ".toml", ".json", ".txt"):
            checksum = zlib.crc32(path.read_bytes(), checksum)
    return f"{version('shkc')}-{checksum:08x}"
