"""An index made that of fact files: only what has changed is read, and nothing of what was before stays."""

from __future__ import annotations

import sqlite3  # noqa: TID251 # to look into an index
from pathlib import Path

import pytest
from support import DATA, SMALL

from shkc.errors import FactsError
from shkc.paths import FactFile
from shkc.store import schema
from shkc.store.build import update
from shkc.store.names import unpacked
from shkc.store.open import Held
from shkc.store.write import Writer

TEXT = Path(SMALL).read_text(encoding="utf-8")
OTHER = (DATA / "reports" / "other.toml").read_text(encoding="utf-8")


def file(name: str, text: str, stamp: str = "1 1") -> FactFile:
    """A fact file with this text."""
    return FactFile(f"{name}.toml", stamp, "folder", text.encode())


A, B = file("a", TEXT), file("b", OTHER)
CHANGED = file("a", TEXT.replace("320.5", "321.5"), "2 2")
TOUCHED = A._replace(stamp="2 2")
AGAIN = file("c", TEXT)
OTHER_TITLE = file("c", TEXT.replace('title = "2031青山科技报告"', 'title = "别的"'))
WRONG = file("w", "wrong")
WORSE = file("w", "worse", "2 2")


def opened() -> sqlite3.Connection:
    """An index without facts."""
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=Held)
    schema.prepare(connection)
    schema.create_tables(connection)
    return connection


def updated(connection: sqlite3.Connection, *files: FactFile) -> list[tuple[int, int]]:
    """Make the index that of *files*: what who waits is told, how many of how many are read."""
    told: list[tuple[int, int]] = []
    update(connection, files, lambda done, total: told.append((done, total)))
    return told


TABLES = {
    "report": "path, stamp, digest, key, title, title_en, year, scope, scope_en, content",
    "left_out": "path, stamp, digest, repeats, problems, line, zh, en",
    "territory": "*",
    "year": "*",
    "section": "section.key, report.path, number, section.title, short, short_en,"
    " (SELECT key FROM section AS above WHERE above.id = section.parent)"
    " FROM section JOIN report ON report.id = report",
    "naming": "identity, kind, quantity_kind, measure, part_of, names, pinyin, support, related",
    "gram": "gram, namings",
    "meta": "* FROM meta WHERE key <> 'lengths'",
    "exact": "form, grade, identity FROM exact JOIN naming ON naming.id = naming",
    "fact": "identity, report.path, section.key, fact.kind, fact.key, series, paragraph, fact.year, unit, base, value,"
    " record, details FROM fact JOIN naming ON naming.id = naming JOIN report ON report.id = fact.report"
    " JOIN section ON section.id = section",
    "number": "digits, fact.key, number.unit FROM number LEFT JOIN fact ON fact.id = fact",
}
"""What each table holds, without the numbers by which its rows know each other."""


def content(connection: sqlite3.Connection) -> dict[str, list[object]]:
    """What an index holds, for each gram the names that have it, and for each name how many it has."""
    found: dict[str, list[object]] = {}
    for table, columns in TABLES.items():
        rows = connection.execute(f"SELECT {columns}" + ("" if " FROM " in columns else f" FROM {table}"))
        found[table] = sorted(rows.fetchall(), key=repr)
    identities = dict(connection.execute("SELECT id, identity FROM naming"))
    for gram, *kept in connection.execute("SELECT gram, metrics, milestones FROM gram"):
        found[gram] = [sorted(map(identities.__getitem__, unpacked(namings))) for namings in kept]
    ((lengths,),) = connection.execute("SELECT value FROM meta WHERE key = 'lengths'")
    found["lengths"] = [
        *sorted((identities[number], length) for number, length in enumerate(unpacked(lengths)) if length)
    ]
    found["order"] = connection.execute("SELECT fact.key FROM fact ORDER BY id").fetchall()
    return found


@pytest.mark.parametrize(
    ("before", "after", "read"),
    [
        ((), (A,), 1),
        ((), (A, B), 2),
        ((A,), (A,), 0),
        ((A,), (A, B), 1),
        ((B,), (A, B), 1),
        ((A, B), (A,), 0),
        ((A, B), (B,), 0),
        ((A, B), (CHANGED, B), 1),
        ((A, B), (TOUCHED, B), 0),
        ((A,), (A, WRONG), 1),
        ((A, WRONG), (A, WRONG), 0),
        ((A, WRONG), (A, WORSE), 1),
        ((A, WRONG), (A, WRONG._replace(stamp="2 2")), 0),
        ((A, WRONG), (A,), 0),
        ((WRONG, B), (A, B), 1),
        ((A,), (A, AGAIN), 1),
        ((A, AGAIN), (A, AGAIN), 0),
        ((A, AGAIN), (AGAIN,), 1),
        ((A, AGAIN), (A, AGAIN, B), 2),
        ((A, AGAIN), (CHANGED, AGAIN), 2),
        ((A, AGAIN), (A._replace(stamp="2 2"), AGAIN), 0),
        ((AGAIN,), (A, AGAIN), 1),
        ((A,), (A, OTHER_TITLE), 1),
        ((A, OTHER_TITLE), (OTHER_TITLE,), 1),
    ],
)
def test_a_changed_index_is_as_one_built_anew(
    before: tuple[FactFile, ...], after: tuple[FactFile, ...], read: int
) -> None:
    """And only what has changed is read, and what repeated facts of another file where any file is another."""
    changed, anew = opened(), opened()
    if before:
        updated(changed, *before)
    assert updated(changed, *after) == [(done, read) for done in range(1, read + 1)]
    updated(anew, *after)
    found, expected = content(changed), content(anew)
    for table, rows in expected.items():
        assert found[table] == rows, table
    assert expected["fact"] and expected["number"] and expected["gram"]


def test_a_file_that_repeats_facts_is_left_out() -> None:
    """The later one, in the order of the files, with what it repeats; it is known as such."""
    index = opened()
    updated(index, AGAIN, A)
    (left,) = Writer(index).first_problems()
    assert left.path == "a.toml"
    stored = Writer(index).stored()
    assert {path: (known.report is None, known.repeats) for path, known in stored.items()} == {
        "a.toml": (True, True), "c.toml": (False, False),
    }  # fmt: skip
    updated(index, AGAIN, WRONG)
    assert Writer(index).stored()["w.toml"].repeats is False


def test_an_index_of_wrong_files_only_is_none() -> None:
    """Every problem is told."""
    with pytest.raises(FactsError) as told:
        updated(opened(), WRONG, file("v", "worse"))
    assert [problem.path for problem in told.value.problems] == ["w.toml", "v.toml"]


def test_facts_stand_as_the_files_do() -> None:
    """Whatever came first."""
    index = opened()
    updated(index, B)
    updated(index, A, B)
    paths = index.execute(
        "SELECT DISTINCT path FROM fact JOIN report ON report.id = report ORDER BY fact.id"
    ).fetchall()
    assert paths == [("a.toml",), ("b.toml",)]
    first, last = index.execute("SELECT min(id), max(id) FROM report").fetchone()
    assert index.execute("SELECT min(id) / ?, max(id) / ? FROM fact", (1 << 20, 1 << 20)).fetchone() == (first, last)


def test_a_name_is_written_once() -> None:
    """Facts of several reports share it."""
    index = opened()
    updated(index, A, file("x", TEXT.replace('"qingshan-2031"', '"other"').replace("2031青山科技报告", "另一份")))
    facts, namings = (index.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("fact", "naming"))
    assert facts == 2 * namings
