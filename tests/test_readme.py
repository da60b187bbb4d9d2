"""What the READMEs show is what shkc prints: each `$ shkc …` of theirs is run."""

from __future__ import annotations

import re
import shlex

import pytest
from support import ROOT, shkc

READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_NEEDS_MORE = ("verify", "|")
"""Commands that need the text of the report, or a shell."""


def runs() -> list[tuple[str, str, str]]:
    """The file, the command after `shkc`, and the output of each run that a README shows."""
    found = []
    for name in READMES:
        for block in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
            for run in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = run.partition("\n")
                if not any(word in command for word in _NEEDS_MORE):
                    found.append((name, command.removeprefix("shkc "), output))
    return found


@pytest.mark.parametrize(("name", "command", "output"), runs())
def test_a_readme_shows_a_real_run(name: str, command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints in the project's folder what the README shows, standard error after standard output."""
    monkeypatch.chdir(ROOT)
    answer = shkc(*shlex.split(command))
    assert answer.out + answer.err == output


def test_there_are_runs() -> None:
    """The test above would not notice if nothing were shown."""
    assert len(runs()) > 15
