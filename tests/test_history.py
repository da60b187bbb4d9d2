"""What was in the fact files before has no part in an answer: an index that was changed is as one built anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from support import DATA, SMALL, YEARS, shkc

from shkc.base import FactBase, Selection

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((*Path(YEARS).iterdir(), *(DATA / "reports").iterdir()))]
NAMES = [f"{letter}.toml" for letter in "abcdefgh"]
Edit = Callable[[Path, random.Random], None]


def add(folder: Path, chance: random.Random) -> None:
    """Put a report under a name, whatever is there; another number in some."""
    text = chance.choice(TEXTS)
    if chance.random() < 0.3:
        text = text.replace("不少于96家", "不少于69家").replace("value = 96\n", "value = 69\n")
    (folder / chance.choice(NAMES)).write_text(text, encoding="utf-8")


def remove(folder: Path, chance: random.Random) -> None:
    """Take a file away, but not the last."""
    there = sorted(folder.iterdir())
    if len(there) > 1:
        chance.choice(there).unlink()


def rename(folder: Path, chance: random.Random) -> None:
    """Give a file another place among the others."""
    chance.choice(sorted(folder.iterdir())).rename(folder / chance.choice(NAMES))


def spoil(folder: Path, chance: random.Random) -> None:
    """Make a file wrong."""
    chance.choice(sorted(folder.iterdir())).write_text("wrong", encoding="utf-8")


EDITS: list[Edit] = [add, add, add, remove, rename, spoil]


def answers(base: FactBase) -> list[object]:
    """All that can be asked, with scores."""
    told: list[object] = [[(left.problem, left.problems) for left in base.left_out], base.sections()]
    told += [list(base.select(Selection(sort=sort))) for sort in ("report", "name", "value")]
    for question in (
        "研发投入",
        "研发投入是多少",
        "技术合同",
        "孵化器数",
        "96家",
        "2031年专利",
        "青山有多少企业",
        "月球",
    ):
        found = base.find(question)
        told.append([(hit.record, round(hit.score, 9)) for hit in found.hits])
        told.append([(hit.record, round(hit.score, 9)) for hit in found.near])
    return told


@pytest.fixture
def histories(request: pytest.FixtureRequest) -> int:
    """How many the command line asks for."""
    return 40 if request.config.getoption("--faults") else 3


def test_a_changed_index_answers_as_a_new_one(tmp_path: Path, histories: int) -> None:
    """After any edits: the same facts in the same order, with the same scores."""
    for history in range(histories):
        chance = random.Random(2031 + history)
        folder, cache = tmp_path / f"facts-{history}", tmp_path / f"cache-{history}"
        folder.mkdir()
        (folder / "right.toml").write_text(TEXTS[0].replace("-2029", "-1999"), encoding="utf-8")
        for _ in range(12):
            chance.choice(EDITS)(folder, chance)
            if not any("wrong" not in path.read_text(encoding="utf-8") for path in folder.iterdir()):
                add(folder, chance)
            assert answers(FactBase([folder], cache)) == answers(FactBase([folder], None))


def test_many_files_between_two_find_room(tmp_path: Path, cache: Path) -> None:
    """Each put before the one that was put in last, more often than there is room without renumbering."""
    text = Path(SMALL).read_text(encoding="utf-8")
    folder = tmp_path / "facts"
    folder.mkdir()
    for name in ("a", "z"):
        (folder / f"{name}.toml").write_text(text.replace('"qingshan-2031"', f'"{name}-2031"'), encoding="utf-8")
    for number in range(24):
        name = "a" + "a" * (30 - number) + "b"
        changed = text.replace('"qingshan-2031"', f'"r{number}-2031"').replace(
            "2031青山科技报告", f"2031青山报告{number}"
        )
        (folder / f"{name}.toml").write_text(changed, encoding="utf-8")
        base = FactBase([folder], cache)
    expected = [section.report for section in FactBase([folder], None).sections()]
    assert [section.report for section in base.sections()] == expected


def test_the_order_of_the_paths_counts(tmp_path: Path, cache: Path) -> None:
    """Whichever order was asked for first."""
    first, second = SMALL, str(Path(SMALL).with_name("other.toml"))
    orders = ((first, second), (second, first), (first, second))
    told = [[row["report"] for row in shkc("sections", "--json", *flags(order)).json] for order in orders]
    assert told[0] == told[2]
    assert told[0] != told[1]


def flags(paths: tuple[str, str]) -> list[str]:
    """The options that name *paths*."""
    return [word for path in paths for word in ("--facts", path)]
