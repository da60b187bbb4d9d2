"""What a warehouse answers: names from SQLite, facts from the Parquet files of the parts that have them, by DuckDB."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from shkc.store.read import GRADE, KEY, MOST_WORTH, Reader
from shkc.store.selection import marks, of_places
from shkc.store.warehouse.layout import Manifest
from shkc.store.warehouse.places import Place
from shkc.text import words

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FETCHED = 1000
"""Rows that are fetched at once."""


def _sound(column: str) -> str:
    """The record in *column*, an error where it is not as it was written."""
    damaged = f"error('{column} is not as it was written')"
    return f"CASE WHEN md5({column}) = {column}_md5 THEN encode({column}) ELSE {damaged} END"


VIEWS = {
    "fact": f"""fact AS id, naming, report_number AS report, section_number AS section, kind, id AS key, series,
        source.paragraph AS paragraph, year, unit, normalized.unit AS base, amount AS value, pinyin, category, measure,
        change, share, rank, name, display_en, {_sound("record")} AS record, {_sound("details")} AS details""",
    "report": f"""report_number AS id, path, id AS key, title, title_en, year, scope_form AS scope,
        scope_en_form AS scope_en, {_sound("record")} AS content""",
    "section": """section_number AS id, report_number AS report, parent_number AS parent, id AS key, number, title,
        short, short_en""",
    "number": "digits, unit, fact, naming",
}
"""The columns that shkc's SQL reads, as they are called in the index."""


class Rows:
    """The rows of one query of DuckDB, with what a cursor of SQLite has."""

    def __init__(self, cursor: DuckDBPyConnection) -> None:
        self._cursor = cursor

    def __iter__(self) -> Iterator[Any]:
        while rows := self._cursor.fetchmany(_FETCHED):
            yield from rows

    def fetchall(self) -> list[Any]:
        """All rows."""
        return self._cursor.fetchall()

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        return self._cursor.fetchone()


class ParquetFiles:
    """The Parquet files of a warehouse, asked by DuckDB; each table is there as a view once it is needed."""

    def __init__(self, connection: DuckDBPyConnection, place: Place, manifest: Manifest) -> None:
        self._connection = connection
        self._place = place
        self._parts = manifest.parts
        self._ready = False

    def close(self) -> None:
        """Close all files."""
        self._connection.close()

    def execute(self, sql: str, values: Any = (), /) -> Rows:
        """The rows of *sql* over all parts."""
        if not self._ready:
            for view in VIEWS:
                self._connection.execute(f"CREATE VIEW {view} AS {self._select(view, range(len(self._parts)))}")
            self._ready = True
        return self._rows(sql, values)

    def execute_in(self, parts: Iterable[int], sql: str, values: Sequence[object]) -> Rows:
        """The rows of *sql* over some *parts*; it names tables in braces."""
        wanted = sorted(set(parts))
        tables = {view: f"({self._select(view, wanted)}) AS {view}" for view in VIEWS}
        return self._rows(sql.format(**tables), values)

    def _rows(self, sql: str, values: Any) -> Rows:
        return Rows(self._connection.cursor().execute(sql, list(values)))

    def _select(self, view: str, parts: Sequence[int]) -> str:
        if (last := max(parts, default=0)) >= len(self._parts):
            raise sqlite3.DatabaseError(f"the names are of {last + 1} parts or more, and there are {len(self._parts)}")
        paths = (self._place.parquet(f"{view}s/{self._parts[part]}.parquet") for part in parts)
        texts = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        return f"SELECT {VIEWS[view]} FROM read_parquet([{texts}])"


class WarehouseReader(Reader):
    """Reads a warehouse: the SQLite connection has its names, *files* the rest."""

    facts = "fact JOIN report ON report.id = fact.report"
    in_order = facts
    by_name = "fact.pinyin"

    def __init__(self, connection: sqlite3.Connection, files: ParquetFiles) -> None:
        super().__init__(connection, files)
        self._files = files

    def close(self) -> None:
        """Close all files."""
        self._connection.close()
        self._files.close()

    def __del__(self) -> None:
        """Close the names of a warehouse that another has replaced; who still reads its facts goes on."""
        with suppress(sqlite3.ProgrammingError):  # another thread let go of it last
            self._connection.close()

    @staticmethod
    def part(path: str) -> str:
        """The column of what a record has at *path*; numbers as SQLite reads them from JSON."""
        return f"CAST(fact.{path} AS DOUBLE)" if path.endswith(".value") else f"fact.{path}"

    def _facts_where(
        self,
        namings: Sequence[int],
        columns: str,
        condition: str = "",
        values: Sequence[object] = (),
        order: str = "fact.year DESC, fact.id",
    ) -> Rows | list[Any]:
        """*columns* of the facts with the names *namings*, read in the parts and groups of rows that can have them."""
        among = f"naming IN ({marks(namings)})"
        known = self._connection.execute(f"SELECT number, name FROM numbered WHERE {among}", namings).fetchall()
        held = self._connection.execute(f"SELECT DISTINCT part FROM held WHERE {among}", namings).fetchall()
        if not held:
            return []
        numbers, names = [number for number, _ in known], sorted({name for _, name in known})
        join = " JOIN {report} ON report.id = fact.report" if "report." in columns + condition else ""
        sql = (
            f"SELECT {columns} FROM {{fact}}{join}"
            f" WHERE fact.name IN ({marks(names)}) AND fact.naming IN ({marks(numbers)})"
            f"{condition} ORDER BY {order}"
        )
        return self._files.execute_in((part for (part,) in held), sql, [*names, *numbers, *values])

    def _with_form(self, name: str, *grades: int) -> list[int]:
        condition = f"form = ? AND grade IN ({marks(grades)})"
        rows = self._connection.execute(f"SELECT naming FROM exact WHERE {condition}", (words.compact(name), *grades))
        return [row[0] for row in rows]

    def named(self, query: str, kind: str | None = None) -> Iterator[tuple[int, Iterator[bytes]]]:
        """As `Reader.named`, one block for each grade."""
        rows = self._connection.execute(
            f"SELECT {GRADE}, group_concat(naming) FROM exact JOIN naming ON naming.id = naming"
            " WHERE form = ? AND kind = ifnull(?, kind) GROUP BY 1 ORDER BY 1",
            (words.compact(query), kind),
        ).fetchall()
        for grade, namings in rows:
            found = self._facts_where([int(each) for each in namings.split(",")], "fact.record")
            yield grade, (record for (record,) in found)

    def facts_called(
        self, naming: int, year: int | None = None, scopes: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, int, bytes]]:
        of, places = of_places(scopes)
        condition = " AND fact.year = ifnull(?, fact.year)"
        condition += f" AND fact.report IN (SELECT id FROM {{report}} WHERE {of})" if scopes else ""
        return iter(self._facts_where([naming], "fact.id, fact.year, fact.record", condition, [year, *places]))

    def _of_places(self, condition: str, values: tuple[str, ...]) -> frozenset[int]:
        rows = self._files.execute(
            f"SELECT DISTINCT naming FROM report JOIN fact ON fact.report = report.id WHERE {condition}", values
        )
        return frozenset(self._naming(number) for (number,) in rows)

    def _naming(self, number: int) -> int:
        """The name that has *number* in the parts."""
        (naming,) = self._connection.execute("SELECT naming FROM numbered WHERE number = ?", (number,)).fetchone()
        return int(naming)

    def facts_printing(self, digits: str) -> Iterator[tuple[int, int, str]]:
        rows = self._files.execute(
            "SELECT naming, fact, unit FROM number WHERE digits = ? ORDER BY fact, unit", (digits,)
        )
        return ((self._naming(number), fact, unit) for number, fact, unit in rows)

    def facts_worth(self, unit: str, low: float, high: float) -> Iterator[tuple[int, int, str]]:
        in_unit, given = ("base = ? AND ", (unit,)) if unit else ("", ())
        rows = self._files.execute(
            f"SELECT naming, id, unit FROM fact WHERE {in_unit}value BETWEEN ? AND ?"
            f" ORDER BY {'value, ' if unit else ''}id LIMIT {MOST_WORTH}",
            (*given, low, high),
        )
        return ((self._naming(number), fact, unit) for number, fact, unit in rows)

    def records_named(self, name: str) -> list[tuple[int, bytes, bytes]]:
        columns = "fact.report, fact.record, fact.details"
        named = self._with_form(name, 0)
        return (
            list(self._facts_where(named, columns, " AND fact.key = ?", [name]))
            or list(self._facts_where(named, columns))
            or list(self._facts_where(self._with_form(name, 1), columns))
        )

    def records_in_series(self, name: str) -> list[tuple[bytes, bytes]]:
        named = self._with_key(name)
        rows = self._connection.execute(f"SELECT DISTINCT series FROM series WHERE naming IN ({marks(named)})", named)
        series = [row[0] for row in rows]
        among = f"series IN ({marks(series)})"
        rows = self._connection.execute(f"SELECT DISTINCT naming FROM series WHERE {among}", series)
        namings = [row[0] for row in rows]
        return list(self._facts_where(namings, "fact.record, fact.details", f" AND fact.{among}", series))

    def _with_key(self, key: str) -> list[int]:
        """The names of the facts with the id *key*."""
        rows = self._connection.execute(
            f"SELECT id FROM exact JOIN naming ON id = naming WHERE form = ? AND grade = 0 AND {KEY} = ?",
            (words.compact(key), key),
        )
        return [row[0] for row in rows]

    def records_of(self, report: int, ids: Iterable[str]) -> list[bytes]:
        namings = [naming for key in ids for naming in self._with_key(key)]
        rows = self._facts_where(namings, "fact.record", " AND fact.report = ?", [report])
        return [record for (record,) in rows]

    def reports_of(self, key: str, title: str, year: int) -> list[bytes]:
        condition = " AND report.title = ? AND report.year = ?"
        found = self._facts_where(self._with_key(key), "report.content", condition, [title, year], "report.id")
        return [content for (content,) in found]
