"""The help and the documentation tell of every command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import COMMANDS, ROOT, shkc

from shkc.cli.app import COMMANDS as REGISTERED
from shkc.cli.app import command_named
from shkc.facts.model import Category, Qualifier
from shkc.output.formats import FORMATS

DOCS = sorted((ROOT / "docs").rglob("*.md"))


def text(path: Path) -> str:
    """A text file of the project."""
    return path.read_text(encoding="utf-8")


def test_there_are_these_commands() -> None:
    """The list of commands that the tests go through is complete."""
    assert sorted(REGISTERED) == sorted(COMMANDS)
    assert [command_named(name).name for name in REGISTERED] == list(REGISTERED)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_an_example(command: str) -> None:
    """The help of a command shows how to call it."""
    answer = shkc(command, "--help", "--lang", "en")
    assert (answer.status, answer.err) == (0, "")
    assert f"\n  shkc {command} " in re.sub("\n", " \n", answer.out.partition("Examples")[2])


def test_the_help_tells_the_defaults() -> None:
    """What an option is without being given is not lost on the way to the terminal."""
    help_text = re.sub(r"\s+", " ", shkc("list", "--help", "--lang", "en").out)
    defaults = ("table (default)", "(default: SHKC_LANG, then the locale, then zh)", "(default: SHKC_FACTS)")
    assert [default for default in defaults if default not in help_text] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_h_is_help(command: str) -> None:
    """-h is the same as --help."""
    assert shkc(command, "-h") == shkc(command, "--help")


def test_the_help_names_every_command() -> None:
    """`shkc --help` has them all."""
    assert [command for command in COMMANDS if not re.search(rf"\b{command}\b", shkc("--help").out)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_every_command(command: str) -> None:
    """README.md shows each command."""
    assert f"shkc {command}" in text(ROOT / "README.md")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_docs_name_every_command(command: str) -> None:
    """docs/ says more about each command."""
    assert any(f"shkc {command}" in text(path) for path in DOCS)


@pytest.mark.parametrize("output", FORMATS)
def test_the_readme_names_every_format(output: str) -> None:
    """README.md names each output format."""
    assert re.search(rf"\b{output}\b", text(ROOT / "README.md"))


@pytest.mark.parametrize("word", [*Qualifier.__args__, *Category.__args__])  # type: ignore[attr-defined] # of a Literal
def test_the_fact_file_documentation_names_every_term(word: str) -> None:
    """docs/fact-file.md explains each qualifier and category."""
    assert f"`{word}`" in text(ROOT / "docs" / "fact-file.md")


@pytest.mark.parametrize("page", ["fact-file.md", "zh-CN/fact-file.md"])
def test_the_least_fact_file_is_complete(page: str, tmp_path: Path) -> None:
    """The file that the page begins with has nothing wrong, and its figure is found."""
    (file,) = re.findall(r"^```toml\n(#:schema .*?)^```", text(ROOT / "docs" / page), re.DOTALL | re.MULTILINE)
    path = tmp_path / "facts.toml"
    path.write_text(file, encoding="utf-8")
    assert shkc("check", str(path), "--lang", "en") == (0, "", "1 file, 1 fact, no problems\n")
    assert shkc("metric", "技术合同", "-f", "display", "--facts", str(path)).out == "1300亿元\n"


@pytest.mark.parametrize("status", ["0", "1", "2", "3", "70"])
def test_the_readme_names_every_exit_status(status: str) -> None:
    """README.md says what each exit status means."""
    assert re.search(rf"(?i)exit (status|code)[\s\S]*\b{status}\b", text(ROOT / "README.md"))


@pytest.mark.parametrize("variable", ["SHKC_FACTS", "SHKC_LANG", "SHKC_CACHE_DIR", "NO_COLOR", "FORCE_COLOR"])
def test_the_docs_name_every_variable(variable: str) -> None:
    """Each variable of the environment that counts is written down."""
    assert any(variable in text(path) for path in (ROOT / "README.md", *DOCS))


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path: Path) -> None:
    """A relative link in the documentation is a file of the project."""
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text(path))
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_documents_that_the_source_names_exist() -> None:
    """A docstring that sends the reader to docs/ sends them to a file."""
    named = {
        name for path in (ROOT / "src").rglob("*.py") for name in re.findall(r"docs/[\w-]+\.(?:md|json)", text(path))
    }
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("page", ["python.md", "zh-CN/python.md"])
def test_the_page_on_python_shows_real_values(page: str) -> None:
    """Each line of its blocks runs, and behind # stands what it gives."""
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```", text(ROOT / "docs" / page), re.DOTALL | re.MULTILINE)
    for line in "".join(blocks).splitlines():
        code, _, expected = line.partition("  # ")
        if expected:
            given = eval(code, names)  # a page of the project
            assert ", ".join(map(repr, given if isinstance(given, tuple) else (given,))) == expected
        else:
            exec(code, names)  # as above
    assert str(names["array"]).startswith('[{"id":')
