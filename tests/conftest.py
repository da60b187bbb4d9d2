"""A clean environment for every test, and the golden files.

``pytest --regenerate`` writes the golden files anew instead of comparing with them, and says which ones changed.
``pytest --faults`` tries every kind of fault as often as ``docs/reliability.md`` says, which takes many minutes.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

GOLDEN = Path(__file__).parent / "golden"
REWRITTEN: list[str] = []

# A gate must not fail by chance: the same examples each time. To hunt: pytest --hypothesis-profile=hunt
settings.register_profile("gate", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("hunt", deadline=None, max_examples=5000)
settings.load_profile("gate")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--regenerate`` and ``--faults``."""
    parser.addoption("--faults", action="store_true", help="faults in full: see docs/reliability.md")
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew; look at the diff")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which golden files were written."""
    if REWRITTEN:
        terminalreporter.section("golden files written")
        terminalreporter.write_line("\n".join(sorted(REWRITTEN)))


class Golden:
    """The golden files: what a command printed when somebody last looked at it and found it right."""

    def __init__(self, regenerate: bool) -> None:
        self._regenerate = regenerate

    def check(self, name: str, text: str) -> None:
        """Compare *text* with the golden file *name*; one that is missing is a failure."""
        self.compare(GOLDEN / name, text)

    def compare(self, path: Path, text: str) -> None:
        """As `check`, for a file at *path* that is made, not looked at."""
        if self._regenerate and (not path.exists() or path.read_bytes() != text.encode()):
            path.write_bytes(text.encode())
            REWRITTEN.append(path.name)
        assert path.exists(), f"there is no file {path.name}: pytest --regenerate writes it"
        assert text == path.read_bytes().decode(), f"pytest --regenerate writes {path.name} anew"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """The golden files."""
    return Golden(bool(request.config.getoption("--regenerate")))


@pytest.fixture
def faults(request: pytest.FixtureRequest) -> bool:
    """Whether faults are tried in full."""
    return bool(request.config.getoption("--faults"))


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache folder of the tests that do not care for theirs: an index holds nothing that one leaves to another."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with nothing in it."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, shared_cache: Path, home: Path) -> None:
    """Nothing from outside: no setting of shkc or Python, no wish for colour or width, another home, a UTF-8 locale."""
    outside = ("SHKC_", "LC_", "XDG_", "PYTHON", "_TYPER_", "TERMINAL_WIDTH", "GITHUB_ACTIONS")
    for name in list(os.environ):
        if name.startswith(outside) and name != "PYTHONPATH":  # benchmarks/mutants.py tests a copy by it
            monkeypatch.delenv(name)
    for name in ("NO_COLOR", "FORCE_COLOR", "PY_COLORS", "COLUMNS", "LINES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("SHKC_CACHE_DIR", str(shared_cache))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own, not there yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("SHKC_CACHE_DIR", str(folder))
    return folder
