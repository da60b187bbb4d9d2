"""A warehouse that is exported again while it is asked, and a manifest that is none of shkc's."""

from __future__ import annotations

import json
import sqlite3  # noqa: TID251 # to see what the tests name
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support import SMALL, Answer, shkc

from shkc.base import FactBase, Selection
from shkc.errors import WarehouseError
from shkc.paths import WAREHOUSE
from shkc.store.warehouse import warehouse as module
from shkc.store.warehouse.places import Place

pytest.importorskip("duckdb")


class Exported:
    """A warehouse of one fact file, which can be exported again with another number of incubators."""

    def __init__(self, folder: Path) -> None:
        self.facts, self.place = folder / "facts.toml", folder / "warehouse"
        self.number = 95
        self.again()

    def again(self) -> None:
        """Export with one incubator more: files of other names, and the old ones are gone."""
        self.number += 1
        text = Path(SMALL).read_text(encoding="utf-8").replace("不少于96家", f"不少于{self.number}家")
        self.facts.write_text(text.replace("value = 96", f"value = {self.number}"), encoding="utf-8")
        words = ("export", str(self.place), "--to", "parquet", "--facts", str(self.facts), "--force")
        assert shkc(*words).status == 0

    def open(self) -> FactBase:
        """The warehouse as it is now."""
        return FactBase([self.place], None)


@pytest.fixture
def exported(tmp_path: Path) -> Exported:
    """An invented report as a warehouse."""
    return Exported(tmp_path)


def incubators(base: FactBase) -> list[str]:
    """How many there are, by *base*."""
    return [str(metric.value) for metric in base.metric("孵化器数")]


@pytest.mark.parametrize("times", [1, 3])
def test_one_that_is_replaced_while_it_is_opened_is_opened_as_it_is_then(
    exported: Exported, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between its manifest and its files another export has ended: nothing is damaged."""
    left, sizes = times, Place.sizes

    def replaced(place: Place, names: Any) -> Mapping[str, int]:
        nonlocal left
        if left:
            left -= 1
            exported.again()
        return sizes(place, names)

    monkeypatch.setattr(Place, "sizes", replaced)
    assert incubators(exported.open()) == [str(96 + times)]


@pytest.mark.parametrize("times", [1, 4])
def test_one_that_is_replaced_while_it_is_asked_answers_as_it_is_then(exported: Exported, times: int) -> None:
    """Up to four times: who exports without a pause is told apart from damage no more."""
    base = exported.open()
    left = times

    def question(reader: Any) -> Any:
        nonlocal left
        if left:
            left -= 1
            exported.again()
        return [row[0] for row in reader._facts.execute("SELECT count(*) FROM fact").fetchall()]

    assert base._store.ask(question) == [20]
    assert base.is_current()


def test_the_names_of_one_that_was_replaced_are_closed(exported: Exported) -> None:
    """A server that lives long would hold files that are gone."""
    base = exported.open()
    assert isinstance(base._opened, module.Warehouse)
    names = base._opened._reader._connection
    exported.again()
    assert incubators(base) == ["97"]
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        names.execute("SELECT 1")


def test_one_that_is_replaced_in_the_middle_of_a_list_says_so(
    exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of a list would not go with its beginning; and nobody is told to remove what is right."""
    base = exported.open()

    def half(error: Exception) -> Iterator[int]:
        yield 1
        raise error

    continued = base._store.continued(half(OSError("gone")), lambda reader: iter(()))
    assert next(continued) == 1
    exported.again()
    with pytest.raises(WarehouseError, match=r"another export replaced it .* ask again"):
        next(continued)
    continued = exported.open()._store.continued(half(OSError("gone")), lambda reader: iter(()))
    assert next(continued) == 1
    with pytest.raises(WarehouseError, match="not a whole warehouse: gone"):
        next(continued)
    assert len(list(exported.open().select(Selection()))) == 20


def test_one_that_is_replaced_again_and_again_is_told_in_the_end(
    exported: Exported, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is a limit."""

    def replaced(place: Place, names: Any) -> Mapping[str, int]:
        exported.again()
        return {}

    monkeypatch.setattr(module, "_SWITCHES", 2)
    monkeypatch.setattr(Place, "sizes", replaced)
    with pytest.raises(WarehouseError, match="is missing"):
        exported.open()


def test_one_whose_names_cannot_be_opened_again_is_told(exported: Exported, monkeypatch: pytest.MonkeyPatch) -> None:
    """As damage of the warehouse, not as an error of an engine."""
    base = exported.open()

    def damaged(place: Place, name: str, size: int, cache: Path | None) -> None:
        raise sqlite3.DatabaseError("the names are no database")

    def question(reader: Any) -> None:
        monkeypatch.setattr(Place, "database", damaged)
        exported.again()
        raise sqlite3.DatabaseError("gone")

    with pytest.raises(WarehouseError, match="the names are no database"):
        base._store.ask(question)


@pytest.mark.parametrize("field", ["shkc", "parts", "names", "sources", "files", "more"])
@pytest.mark.parametrize(
    "value", [None, 5, "x", "../x", "a\0b", [], [1], ["a\0b"], ["../../x"], {}, {"x": 1}, {"facts/../../x": 1}, [[]]]
)
def test_a_manifest_that_shkc_has_not_written_is_told(exported: Exported, field: str, value: object) -> None:
    """In one line, whatever stands in it: neither a bug nor a file from elsewhere, and DuckDB is not held up."""
    manifest = exported.place / WAREHOUSE
    whole = json.loads(manifest.read_bytes())
    manifest.write_text(json.dumps({**whole, field: value}), encoding="utf-8")
    answer = shkc("metric", "孵化器数", "--facts", str(exported.place), "-f", "value")
    if field == "shkc" and isinstance(value, str):  # it says who wrote it, which only an export asks
        assert answer == Answer(0, "96\n", "")
    else:
        assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)


@pytest.mark.parametrize("text", ["", "[", "[]", "null", "[" * 100_000, "9" * 5000, "\udcff"])
def test_a_manifest_that_is_none_is_told(exported: Exported, text: str) -> None:
    """Whatever it is."""
    (exported.place / WAREHOUSE).write_bytes(text.encode("utf-8", "surrogateescape"))
    answer = shkc("metric", "孵化器数", "--facts", str(exported.place), "--lang", "en")
    assert answer.status == 3
    assert f"{WAREHOUSE} is damaged" in answer.err
