"""The names of a warehouse: those of all parts, in the SQLite file that a search uses."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from shkc.errors import WarehouseError
from shkc.store import schema
from shkc.store.read import NAME
from shkc.store.warehouse.part import Naming, Written
from shkc.store.write import Writer

_TABLES = """
CREATE TABLE numbered (naming INTEGER PRIMARY KEY, number INTEGER UNIQUE, name TEXT);
CREATE TABLE held (naming INTEGER, part INTEGER, PRIMARY KEY (naming, part)) WITHOUT ROWID;
CREATE TABLE series (series TEXT, naming INTEGER, PRIMARY KEY (series, naming)) WITHOUT ROWID;
CREATE INDEX series_naming ON series (naming);
"""
"""Beyond the tables of the index: the number that a name has in the parts, which parts have it, and the series."""


def write_names(path: Path, parts: Sequence[Written], numbers: Mapping[str, int]) -> None:
    """Write the names of *parts* to *path*; *numbers* are those of the fact files, by path.

    A name gets the id that it has in an index of the same files, so that a search goes the same way. Raises
    `WarehouseError` where two names have one number.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        schema.prepare(connection)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        schema.create_tables(connection)
        schema.execute(connection, _TABLES)
        writer, content = Writer(connection), schema.with_checksum(b"")
        ids = _write_namings(connection, writer, merged(parts))
        for place, part in enumerate(parts):
            held = ((ids[naming.number], place) for naming in part.namings)
            connection.executemany("INSERT INTO held VALUES (?, ?)", held)
            series = ((series, ids[number]) for series, number in part.series)
            connection.executemany("INSERT OR IGNORE INTO series VALUES (?, ?)", series)
            left_out = ((path, line, *message, count) for (path, line, message), count in part.left_out)
            connection.executemany(
                "INSERT INTO left_out (path, line, zh, en, problems) VALUES (?, ?, ?, ?, ?)", left_out
            )
            reports = ((numbers[report.path], *report, content) for report in part.reports)
            connection.executemany(
                "INSERT INTO report (id, path, key, title, year, scope, scope_en, kept_content)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                reports,
            )
        writer.finish()
        for table in ("fact", "number", "section", "report"):  # the Parquet files have these
            connection.execute(f"DROP TABLE {table}")
        connection.execute("CREATE TABLE fact (naming INTEGER, year INTEGER, PRIMARY KEY (naming, year)) WITHOUT ROWID")
        years = ((ids[number], year) for part in parts for number, year in part.years)
        connection.executemany("INSERT OR IGNORE INTO fact VALUES (?, ?)", years)
        connection.execute("COMMIT")
        connection.execute("VACUUM")


def merged(parts: Iterable[Written]) -> list[Naming]:
    """The names of all *parts*, each once, in the order of their first facts.

    Raises `WarehouseError` where two names have one number.
    """
    found: dict[int, Naming] = {}
    for part in parts:
        for naming in part.namings:
            known = found.setdefault(naming.number, naming)
            if known.prepared.identity != naming.prepared.identity:
                two = (known.prepared.identity, naming.prepared.identity)
                raise WarehouseError(
                    f"两个名称的散列值相同：{'、'.join(two)}；请改动一个",
                    f"two names have one hash: {', '.join(two)}; change one",
                )
            if naming.first < known.first:
                found[naming.number] = naming
    return sorted(found.values(), key=lambda naming: naming.first)


def _write_namings(connection: sqlite3.Connection, writer: Writer, namings: Sequence[Naming]) -> dict[int, int]:
    ids = {naming.number: writer.naming(naming.prepared) for naming in namings}
    connection.executemany(
        f"INSERT INTO numbered SELECT id, ?, {NAME} FROM naming WHERE id = ?",
        ((number, naming) for number, naming in ids.items()),
    )
    return ids
