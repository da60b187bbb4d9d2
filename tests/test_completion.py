"""What a shell completes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import SMALL, YEARS, Answer, process, shkc


@pytest.fixture(autouse=True)
def facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invented report."""
    monkeypatch.setenv("SHKC_FACTS", SMALL)


def completed(*words: str) -> list[str]:
    """What bash is told for a line with *words*, the last one begun."""
    line = {"COMP_WORDS": " ".join(("shkc", *words)), "COMP_CWORD": str(len(words)), "_SHKC_COMPLETE": "complete_bash"}
    return process(environment=line).out.split("\n")[:-1]


def test_ids_are_completed() -> None:
    """An id that was begun is completed."""
    assert completed("show", "new-") == ["new-academicians", "new-high-tech-enterprises"]


@pytest.mark.parametrize("start", ["%", "_", "New"])
def test_nothing_begins_with_marks(start: str) -> None:
    """Wildcards are text here too."""
    assert completed("show", start) == [""]


def test_sections_are_completed() -> None:
    """A section is completed by short title, id or number."""
    assert completed("list", "--section", "1") == ["1", "1.1"]
    assert completed("list", "--section", "平") == ["平台"]


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


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("show", "孵化器"), ["孵化器数", "孵化器目标数"]),
        (("metric", "GERD"), [""]),
        (("search", "青山"), [""]),
        (("孵化器目",), ["孵化器目标数"]),
        (("list", "--unit", "万"), ["万人", "万份"]),
        (("list", "--category", "p"), ["platform", "policy", "product", "programme"]),
        (("list", "--category", "政"), ["政策"]),
        (("list", "--sort", "g"), ["growth"]),
        (("list", "--has", ""), ["growth", "rank", "share", "位次", "占比", "增长"]),
        (("list", "--format", "j"), ["json", "jsonl"]),
        (("check", "-f", "g"), ["github"]),
        (("list", "-f", "g"), [""]),
        (("batch", "-f", ""), ["json", "jsonl"]),
        (("help", "me"), ["metric"]),
        (("show", "--facts", "no-such-file.toml", "new"), [""]),
    ],
    ids=" ".join,
)
def test_words_of_a_call_are_completed(words: tuple[str, ...], expected: list[str]) -> None:
    """Names, units, categories, orders, the formats that the command has; of a wrong base nothing."""
    assert sorted(completed(*words)) == sorted(expected)


def test_the_base_of_the_line_is_completed() -> None:
    """--facts on the line counts, before and behind the command."""
    assert completed("show", "--facts", YEARS, "high") == ["high-tech-enterprises"]
    assert completed("--facts", YEARS, "show", "innovation-p") == [""]
    assert completed("show", "--facts", SMALL, "innovation-p") == ["innovation-platforms"]


def test_what_a_shell_would_not_take_as_a_word_is_not_completed() -> None:
    """A name with spaces or marks would become several words."""
    assert completed("show", "发布") == [""]
    assert completed("show", "Gross") == [""]


# ── In the shells themselves ────────────────────────────────────────────────────────────────────────

ASKED = {
    "bash": """
eval "$(shkc --show-completion)"
COMP_WORDS=(shkc show new-aca) COMP_CWORD=2
_shkc_completion shkc
echo "${COMPREPLY[@]}"
""",
    "fish": """
shkc --install-completion
complete -C"shkc show new-aca"
""",
    "zsh": """
shkc --install-completion
zmodload zsh/zpty
zpty shell zsh -i
zpty -w shell "PS1='ready'; unsetopt zle_bracketed_paste"
zpty -r shell printed "*ready'*ready*"
zpty -n -w shell "shkc show new-aca"$'\\t'
zpty -r shell printed "*new-academicians*"
print -r -- "$printed"
zpty -d shell
""",
}
"""What completes the same word in each shell, as its user does; in zsh and fish, as the first word of a session."""


def in_shell(shell: str, script: str, folder: Path, home: str | None = None) -> Answer:
    """What *shell* prints for *script*, with shkc on its path and *folder*, or *home*, as its home."""
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}: apt-get install {shell}")
    folder.joinpath("shkc").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m shkc "$@"\n', encoding="utf-8")
    folder.joinpath("shkc").chmod(0o755)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "HOME": home or str(folder), "PATH": path}
    done = subprocess.run(
        [shell, "-c", script], env=environment, capture_output=True, timeout=60, check=False, encoding="utf-8"
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("shell", ASKED)
def test_a_real_shell_completes(shell: str, tmp_path: Path) -> None:
    """What --install-completion and --show-completion give works from the first word on."""
    assert "new-academicians" in in_shell(shell, ASKED[shell], tmp_path).out


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "bash 的补全已写入 {}；新开终端后生效\n"),
        ("en", "completion for bash is in {}; it begins with the next terminal\n"),
    ],
)
def test_where_completion_is_installed_is_told(language: str, told: str, tmp_path: Path) -> None:
    """In the language of the call."""
    answer = in_shell("bash", f"shkc --install-completion --lang {language}; exit $?", tmp_path)
    assert answer == (0, told.format(tmp_path / ".bash_completions" / "shkc.sh"), "")


def test_a_home_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    """With the way out, and no internal error."""
    answer = in_shell("bash", "shkc --install-completion --lang en; exit $?", tmp_path, home="/dev/null/home")
    assert (answer.status, answer.out) == (2, "")
    assert re.fullmatch(
        r"shkc: completion cannot be written to /dev/null/home: [^\n]+; --show-completion prints it\n", answer.err
    )


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_completion_loads_no_rich(shell: str) -> None:
    """Typer loads Rich to tidy what stands beside each word there, which takes as long as the completion."""
    line = {"_SHKC_COMPLETE": f"complete_{shell}", "_TYPER_COMPLETE_ARGS": "shkc show new-aca"}
    fish = {"_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    loaded = process(environment={**line, **fish, "PYTHONPROFILEIMPORTTIME": "1"})
    assert "typer" in loaded.err
    assert [name for name in re.findall(r"\| +(\w+)", loaded.err) if name == "rich"] == []


def test_the_name_beside_an_id_is_as_in_the_fact_file() -> None:
    """Its marks included."""
    line = {"_SHKC_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": "shkc show synergy"}
    answer = process(environment={**line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"})
    (fact,) = shkc("show", "synergy-plan", "--json").json
    assert answer.out.split("\t")[1].strip() == fact["name"]
