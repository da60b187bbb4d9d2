"""Which fact files a command reads: --facts, SHKC_FACTS, the bundled base."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import BOTH, DATA, SMALL, shkc

from shkc import paths

OTHER = str(DATA / "reports" / "other.toml")


def reports() -> set[str]:
    """The years of the reports that `sections` tells of."""
    return {section["report"][:4] for section in shkc("sections", "--json").json}


def test_the_bundled_base_is_the_default() -> None:
    """Without a word the bundled report is read."""
    assert reports() == {"2023"}


@pytest.mark.parametrize(
    ("options", "years"),
    [
        (("--facts", SMALL), {"2031"}),
        (("--facts", SMALL, "--facts", OTHER), {"2030", "2031"}),
        (("--facts", BOTH), {"2030", "2031"}),
        (("--facts", "+" + SMALL), {"2023", "2031"}),
        (("--facts", "+" + SMALL, "--facts", "+" + OTHER), {"2023", "2030", "2031"}),
        (("--facts", SMALL, "--facts", "+" + OTHER), {"2030", "2031"}),
        (("--facts", SMALL, "--facts", SMALL), {"2031"}),
    ],
)
def test_the_option_replaces_or_adds(options: tuple[str, ...], years: set[str]) -> None:
    """PATH replaces the bundled base, +PATH adds to it; files, folders and several of them."""
    assert {section["report"][:4] for section in shkc("sections", "--json", *options).json} == years


@pytest.mark.parametrize(
    ("value", "years"),
    [
        (SMALL, {"2031"}),
        (os.pathsep.join((SMALL, OTHER)), {"2030", "2031"}),
        ("+" + SMALL, {"2023", "2031"}),
        ("", {"2023"}),
        (os.pathsep, {"2023"}),
    ],
)
def test_the_environment_does_the_same(monkeypatch: pytest.MonkeyPatch, value: str, years: set[str]) -> None:
    """SHKC_FACTS holds paths joined as in PATH."""
    monkeypatch.setenv("SHKC_FACTS", value)
    assert reports() == years


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """With --facts the environment does not count."""
    monkeypatch.setenv("SHKC_FACTS", OTHER)
    assert {section["report"][:4] for section in shkc("sections", "--json", "--facts", SMALL).json} == {"2031"}


def test_a_relative_path_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is relative to the current folder."""
    monkeypatch.chdir(DATA)
    assert shkc("sections", "--facts", "reports/small.toml").status == 0


def test_a_folder_is_read_with_its_subfolders(tmp_path: Path) -> None:
    """Fact files are found at every depth; hidden ones and other files are not."""
    for name in ("b.toml", "a/c.toml", ".hidden/d.toml", ".e.toml", "f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert {Path(file.path).name for file in paths.fact_files([tmp_path])} == {"b.toml", "c.toml"}


def test_a_link_in_a_circle_is_no_trap(tmp_path: Path) -> None:
    """A folder that links to itself is read once."""
    (tmp_path / "a.toml").touch()
    (tmp_path / "again").symlink_to(tmp_path)
    assert len(paths.fact_files([tmp_path])) == 1


def test_home_is_understood() -> None:
    """~ is the home folder."""
    assert paths.fact_paths(["~/facts.toml"], {}) == [Path.home() / "facts.toml"]


def test_the_cache_folder_is_chosen_by_the_environment() -> None:
    """SHKC_CACHE_DIR says where the index is kept, and the answer says why."""
    chosen = paths.cache_folder({"SHKC_CACHE_DIR": "/somewhere"})
    assert (chosen.path, chosen.reason.en) == (Path("/somewhere"), "set by SHKC_CACHE_DIR")


def test_the_cache_folder_is_the_platforms_by_default() -> None:
    """Without it the user's cache folder is taken."""
    assert paths.cache_folder({}).reason.en == "the user's cache folder on this platform"


@pytest.mark.parametrize("path", ["", "+"])
def test_an_empty_path_is_wrong_usage(path: str) -> None:
    """It is not taken for the working directory."""
    answer = shkc("list", "--facts", path)
    assert (answer.status, answer.out, answer.err) == (2, "", "shkc: --facts 后面缺少路径\n")
