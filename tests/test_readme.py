"""What the READMEs and the walk through a new report show is what shkc prints: each `$ shkc …` of theirs is run."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from pathlib import Path

import pytest
from support import ROOT, shkc

from shkc import open as open_facts
from shkc.draft.report import draft
from shkc.facts.model import Metric

READMES = ("README.md", "README.zh-CN.md")
REPORT = ROOT / "examples" / "report-2024.txt"
REVIEWED = ROOT / "examples" / "facts-2024.toml"
_BLOCK = re.compile(r"^ *```console\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_NEEDS_MORE = ("|",)
"""What is no call of shkc alone."""
_OTHERS = ("pip ", "datasette ")
"""Other programs that a page shows."""


def shown(name: str) -> list[tuple[str, str]]:
    """The command after `shkc` and the output of each run that the document *name* shows."""
    found = []
    for block in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8")):
        for run in re.split(r"^\$ ", textwrap.dedent(block), flags=re.MULTILINE)[1:]:
            command, _, output = run.partition("\n")
            found.append((command.removeprefix("shkc "), output))
    return found


def runs() -> list[tuple[str, str, str]]:
    """The file, the command and the output of each run that a README shows and that needs nothing else."""
    return [
        (name, command, output)
        for name in READMES
        for command, output in shown(name)
        if not any(word in command for word in _NEEDS_MORE)
    ]


@pytest.mark.parametrize(("name", "command", "output"), runs())
def test_a_readme_shows_a_real_run(name: str, command: str, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command prints in the project's folder what the README shows, standard error after standard output."""
    monkeypatch.chdir(ROOT)
    answer = shkc(*shlex.split(command))
    assert answer.out + answer.err == output


def test_there_are_runs() -> None:
    """The test above would not notice if nothing were shown."""
    assert len(runs()) > 15


@pytest.mark.parametrize(("page", "least"), [("new-report", 7), ("citing", 4), ("export", 5)])
def test_a_page_shows_real_runs(page: str, least: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of shkc prints in a copy of the examples what the page shows, one after the other."""
    folder = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", folder)
    monkeypatch.chdir(folder)
    steps = [(command, output) for command, output in shown(f"docs/{page}.md") if not command.startswith(_OTHERS)]
    for command, output in steps:
        answer = shkc(*shlex.split(command))
        assert (command, answer.out + answer.err) == (command, output)
    assert len(steps) >= least


def test_the_reviewed_example_keeps_the_figures_of_its_draft() -> None:
    """Every value and unit of the draft is in the reviewed file."""
    drafted = {(m.value, m.unit) for p in draft(REPORT.read_text(encoding="utf-8")).paragraphs for m in p.metrics}
    reviewed = {(m.value, m.unit) for m in open_facts(str(REVIEWED)).list() if isinstance(m, Metric)}
    assert drafted == reviewed
