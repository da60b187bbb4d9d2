"""What the READMEs and the pages of `docs/` show is what shkc prints: each `$ shkc …` of theirs is run.

``pytest --regenerate`` writes what is printed into the pages; look at the diff.
"""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Golden
from support import ROOT, shkc

from shkc import open as open_facts
from shkc.draft.report import draft
from shkc.facts.model import Metric

REPORT = ROOT / "examples" / "report-2024.txt"
REVIEWED = ROOT / "examples" / "facts-2024.toml"
_BLOCK = re.compile(r"^( *)```console\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
_OTHERS = ("pip ", "datasette ")
"""Other programs that a page shows."""


def documents() -> list[str]:
    """The READMEs and the pages of `docs/` that show a run."""
    paths = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]
    return sorted(str(path.relative_to(ROOT)) for path in paths if _BLOCK.search(path.read_text(encoding="utf-8")))


def with_runs(text: str, run: Callable[[str], str]) -> str:
    """The document *text*, in which behind each command stands what *run* says that it prints."""

    def block(match: re.Match[str]) -> str:
        steps = re.split(r"^\$ ", textwrap.dedent(match[2]), flags=re.MULTILINE)[1:]
        shown = "".join(f"$ {command}\n{run(command)}" for command in (step.partition("\n")[0] for step in steps))
        return f"{match[1]}```console\n{textwrap.indent(shown, match[1])}{match[1]}```"

    return _BLOCK.sub(block, text)


def printed(command: str) -> str:
    """What a line of a shell prints, standard error after standard output: shkc alone, or asked by printf."""
    if command.startswith(_OTHERS):
        return ""
    before, _, call = command.rpartition(" | ")
    typed = shlex.split(before)[1].replace("\\n", "\n") if before else None
    answer = shkc(*shlex.split(call)[1:], stdin=typed)
    return answer.out + answer.err


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A clone of the project, as far as the pages use it."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tmp_path.joinpath("tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    yield tmp_path


@pytest.mark.parametrize("name", documents())
def test_a_document_shows_real_runs(name: str, folder: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command prints what stands below it, one after the other; those of `docs/` are run in `examples`."""
    monkeypatch.setenv("SHKC_LANG", "zh" if "zh-CN" in name else "en")
    if name.startswith("docs/"):
        monkeypatch.chdir(folder / "examples")
    golden.compare(ROOT / name, with_runs((ROOT / name).read_text(encoding="utf-8"), printed))


def test_there_are_runs() -> None:
    """The test above would not notice if nothing were shown."""
    shown = [block for name in documents() for block in _BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))]
    commands = [line for _, body in shown for line in re.findall(r"^ *\$ (.*)", body, re.MULTILINE)]
    assert len(commands) >= 100
    assert all(command.startswith(("shkc ", "printf ", *_OTHERS)) for command in commands)


def test_the_reviewed_example_keeps_the_figures_of_its_draft() -> None:
    """Every value and unit of the draft is in the reviewed file."""
    drafted = {(m.value, m.unit) for p in draft(REPORT.read_text(encoding="utf-8")).paragraphs for m in p.metrics}
    reviewed = {(m.value, m.unit) for m in open_facts(str(REVIEWED)).list() if isinstance(m, Metric)}
    assert drafted == reviewed
