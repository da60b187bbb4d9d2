"""What a shell completes."""

from __future__ import annotations

import pytest
from support import SMALL, process

from shkc.cli import completion


@pytest.fixture(autouse=True)
def facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented report."""
    monkeypatch.setenv("SHKC_FACTS", SMALL)


def test_ids_are_completed_with_names() -> None:
    """An id that was begun is completed, its name beside it."""
    assert completion.complete_id("new-") == [
        ("new-academicians", "新增院士数"),
        ("new-high-tech-enterprises", "新认定高新技术企业数"),
    ]


@pytest.mark.parametrize("start", ["%", "_", "'", "New"])
def test_nothing_begins_with_marks(start: str) -> None:
    """Wildcards and quotes are text here too."""
    assert completion.complete_id(start) == []


def test_sections_are_completed() -> None:
    """A section is completed by short title, id or number."""
    assert [name for name, _ in completion.complete_section("1")] == ["1", "1.1"]
    assert completion.complete_section("平") == [("平台", "创新平台")]


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", {"COMP_WORDS": "shkc show new-aca", "COMP_CWORD": "2"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "shkc show new-aca"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "shkc show new-aca", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
    ],
)
def test_a_shell_gets_its_completion(shell: str, line: dict[str, str]) -> None:
    """A shell asks with a line, and only the command in it is built."""
    assert "new-academicians" in process(environment={"_SHKC_COMPLETE": f"complete_{shell}", **line}).out


def test_commands_are_completed() -> None:
    """Where no command is named yet, all are there."""
    line = {"_SHKC_COMPLETE": "complete_bash", "COMP_WORDS": "shkc s", "COMP_CWORD": "1"}
    assert {"search", "show", "sections", "schema"} <= set(process(environment=line).out.split())
