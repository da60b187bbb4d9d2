"""The rules of drafting that are data: TOML files beside this module; each entry has a witness, or a source."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def rules(name: str) -> dict[str, Any]:
    """The content of the file *name*.toml."""
    import tomli  # needed only where a report is drafted

    return tomli.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
