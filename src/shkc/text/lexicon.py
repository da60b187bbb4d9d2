"""The tables of units, hedges and places, as data.

The TOML files are written by people. What runs is `lexicon.json`, the same in a form that the standard library reads at
once, so that a lookup loads no TOML; the vocabulary of questions is kept in the same two forms. A test holds the two
together; `pytest --regenerate` writes the second.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

SOURCES = ("units", "hedges", "places")
"""The TOML files beside this module."""

COMPILED = Path(__file__).with_name("lexicon.json")


@cache
def table(name: str) -> dict[str, Any]:
    """The content of the TOML file *name*, one of `SOURCES`."""
    content: dict[str, Any] = _tables()[name]
    return content


def compiled(file: Path) -> dict[str, Any]:
    """The content of the JSON *file* that is made of tables."""
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return compiled(COMPILED)
