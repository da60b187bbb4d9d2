"""The queries of docs/warehouse.md are run as they stand there, by DuckDB and by Polars."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, YEARS, shkc

PAGE = (ROOT / "docs" / "warehouse.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    """The blocks of code of this *kind*."""
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the warehouse of the invented years."""
    monkeypatch.chdir(tmp_path)
    assert shkc("export", "--to", "parquet", "warehouse", "--facts", YEARS).status == 0


ACROSS = [
    ("白沙", 2029, 240),
    ("白沙", 2030, 300),
    ("青山", 2029, 980),
    ("青山", 2030, 1120),
    ("青山", 2031, Decimal("0.13")),
]
RANKING = [("白沙", 2030, 25), ("青山", 2031, Decimal("21.1")), ("青山", 2030, Decimal("14.3"))]
CONTRADICTIONS = [("青山", 2031, 21.1, 11.6, 20.6)]
"""21.1 % is stated from 1120 to about 1.3 万亿, which is 1250 to 1350."""


def checked(across: list[Any], ranking: list[Any], contradictions: list[Any]) -> None:
    """Compare the rows of the three answers with what the reports say."""
    assert [row[:3] for row in across] == ACROSS
    assert [(row[0], row[1], row[3]) for row in ranking] == RANKING
    assert [(row[0], row[2], *(round(float(each), 1) for each in row[3:])) for row in contradictions] == CONTRADICTIONS


@pytest.mark.usefixtures("here")
def test_duckdb_answers() -> None:
    """The view and the three queries."""
    import duckdb

    connection = duckdb.connect()
    connection.execute(blocks("sql duckdb")[0])
    queries = blocks("sql")
    assert len(queries) == 3
    checked(*(connection.execute(query).fetchall() for query in queries))


@pytest.mark.usefixtures("here")
def test_polars_answers() -> None:
    """The three lazy frames."""
    names: dict[str, Any] = {}
    exec(blocks("python polars")[0], names)
    checked(*(names[name].collect().rows() for name in ("across", "ranking", "contradictions")))


@pytest.mark.usefixtures("here")
def test_the_columns_are_those_of_the_page() -> None:
    """Every column beyond the contract is told."""
    from shkc.facts.model import Metric, Milestone
    from shkc.store.warehouse.columns import FACTS

    contract = {*Metric.__struct_fields__, *Milestone.__struct_fields__}
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \| (?:string|int|double)", PAGE, re.MULTILINE))))
    assert {*FACTS.names} - contract == told
