"""`draft`: a fact file from the text of a report, for a person to review."""

from __future__ import annotations

from pathlib import Path

from support import SMALL_TEXT, shkc


def test_a_draft_loads_and_proves_itself(tmp_path: Path) -> None:
    """What is drafted passes `check`, and `verify` accounts for every numeral."""
    target = str(tmp_path / "draft.toml")
    assert shkc("draft", SMALL_TEXT, "-o", target).status == 0
    assert shkc("check", target).status == 0
    assert shkc("verify", SMALL_TEXT, "--facts", target).status == 0


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A file that is there stays, but for --force."""
    target = tmp_path / "draft.toml"
    target.write_text("mine", encoding="utf-8")
    assert shkc("draft", SMALL_TEXT, "-o", str(target)).status == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert shkc("draft", SMALL_TEXT, "-o", str(target), "--force").status == 0
