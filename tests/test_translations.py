"""Each page of `docs/zh-CN/` and README.zh-CN.md keep in step with the English page of the same name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import ROOT

CHINESE = ROOT / "docs" / "zh-CN"
PAIRS = [(ROOT / "README.md", ROOT / "README.zh-CN.md"), *((ROOT / "docs" / p.name, p) for p in CHINESE.glob("*.md"))]
NEEDED = {"agents", "asking", "citing", "commands", "export", "fact-file", "new-report", "page", "python", "tasks"}
"""What a user reads to work with shkc."""

_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`]+)`")
_PLACEHOLDER = re.compile(r"^\[?\+?\]?[A-Z]+\]?(\.\w+)?$|[^\x00-\x7f]")
"""A word that stands for what a user types, in each language its own: QUERY…, 查询…, [REPORT], FILE.svg."""


def prose(path: Path) -> str:
    """The text of a page without its blocks of code."""
    return _FENCE.sub("", path.read_text(encoding="utf-8"))


def code(text: str) -> list[str]:
    """The words of the code spans of *text* that both languages share."""
    return [word for span in _SPAN.findall(text) for word in span.split() if not _PLACEHOLDER.search(word)]


def headings(path: Path) -> list[tuple[str, list[str]]]:
    """The level of each heading, and the names in it."""
    return [(level, code(title)) for level, title in re.findall(r"^(#+) (.+)$", prose(path), re.MULTILINE)]


def blocks(path: Path) -> list[tuple[str, list[str]]]:
    """The kind of each block of code, and its lines: of a console the commands, of others all without comments."""
    found = []
    for kind, body in _FENCE.findall(path.read_text(encoding="utf-8")):
        lines = [line.strip() for line in body.splitlines()]
        if kind == "console":
            lines = [line for line in lines if line.startswith("$ ")]
        found.append((kind, [line for line in (re.sub(r"\s*#.*", "", line) for line in lines) if line]))
    return found


def fields(path: Path) -> list[list[str]]:
    """The names in the first column of each row of each table."""
    rows = re.findall(r"^ *\|(.+?)(?<!\\)\|", prose(path), re.MULTILINE)
    return [code(cell) for cell in rows if not set(cell) <= set(" -:")]


def test_what_users_read_is_there_in_chinese() -> None:
    """Each page that one needs to work."""
    assert {path.stem for path in CHINESE.glob("*.md")} >= NEEDED


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda path: path.stem)
def test_both_languages_keep_in_step(english: Path, chinese: Path) -> None:
    """The same headings, commands and code, and tables with the same names in the same rows."""
    assert headings(chinese) == headings(english)
    assert blocks(chinese) == blocks(english)
    assert fields(chinese) == fields(english)


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=lambda path: path.stem)
def test_a_page_leads_to_the_other_language(english: Path, chinese: Path) -> None:
    """And a link of a Chinese page leads to the Chinese page, where there is one."""
    assert f"]({chinese.relative_to(english.parent)})" in english.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s:]+\.md)", chinese.read_text(encoding="utf-8"))
    targets = [(chinese.parent / link).resolve() for link in links]
    assert english.resolve() in targets
    others = [path for path in targets if path != english.resolve() and path.parent == ROOT / "docs"]
    assert [path.name for path in others if (CHINESE / path.name).exists()] == []
