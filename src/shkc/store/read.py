"""Facts by what they are called exactly, by id, and by selection: what needs no ranking.

A lookup starts here and mostly ends here, so that nothing slow is imported.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Protocol

from shkc.errors import LeftOut, Problem, UsageError
from shkc.language import Text
from shkc.store.selection import Selection, marks, of_places
from shkc.text import words

if TYPE_CHECKING:
    from shkc.facts.model import SectionCount
    from shkc.store.names import Names
    from shkc.text.name_entry import NameEntry


_CALLED = """
exact CROSS JOIN naming ON naming.id = exact.naming WHERE form = :form AND naming.kind = ifnull(:kind, naming.kind)
"""

GRADES = 3
"""Grades of an exact name: 0 name or id, 1 alias or official name, 2 pinyin; so many more where it is of several years,
and twice as many where it is planned."""

GRADE = f"exact.grade + {GRADES} * (naming.of_years + 2 * naming.is_planned)"

_YEARS = f"""
WITH RECURSIVE called (grade, naming) AS (SELECT {GRADE}, naming FROM {_CALLED}),
found (grade, naming, year) AS (
    SELECT grade, naming, (SELECT max(year) FROM fact WHERE naming = called.naming) FROM called UNION ALL
    SELECT grade, naming, (SELECT max(year) FROM fact WHERE naming = found.naming AND year < found.year)
    FROM found WHERE year IS NOT NULL)
SELECT DISTINCT grade, year FROM found WHERE year IS NOT NULL ORDER BY grade, year DESC
"""
"""From each year to the one before: a step in the index for each, not for each fact."""

_RECORDS = f"""
SELECT record FROM fact WHERE id IN (
    SELECT fact.id FROM (SELECT naming FROM {_CALLED} AND {GRADE} = :grade) AS called
    CROSS JOIN fact ON fact.naming = called.naming AND year = :year) ORDER BY id
"""

MOST_CANDIDATES = 20
"""Names that are looked at closely, best BM25 over shared grams first: far more than one query can mean."""

MOST_WORTH = 200
"""Facts of one value that are looked at."""

MOST_NAMES = 100
"""Names that a shell is told: more cannot be looked through."""


def _part(path: str) -> str:
    """The expression for what a record has at *path*."""
    return f"json_extract(CAST(record AS TEXT), '$.{path}')"


def _numeral(number: str) -> str:
    """The Chinese numeral that a part is headed with: 3 is 三."""
    return "零一二三四五六七八九十"[int(number)] if number.isdecimal() and 0 < int(number) <= 10 else ""


KEY, NAME, NAME_EN = (f"json_extract(identity, '$[{place}]')" for place in (3, 4, 5))
"""What a name's identity says: the id of its facts, and their name in both languages."""


class Connection(Protocol):
    """What answers SQL about facts, reports and sections: SQLite, or the Parquet files of a warehouse."""

    def execute(self, sql: str, values: Any = (), /) -> Any:
        """The rows of *sql*: an iterator that also has `fetchall` and `fetchone`."""


class Reader:
    """Reads an open index: names from the SQLite connection that it is given, facts from *facts*, by default the same.

    What is here about facts, reports and sections is standard SQL, which DuckDB answers as SQLite does.
    """

    part = staticmethod(_part)
    facts = "fact JOIN naming ON naming.id = naming JOIN report ON report.id = fact.report"
    in_order = "report CROSS JOIN fact ON fact.report = report.id"
    """The facts in the order of the reports: SQLite reads a CROSS JOIN from the left, by indexes, and sorts nothing."""
    by_name = "naming.pinyin"
    """Where the pinyin of a fact's name stands in *facts*."""

    def __init__(self, connection: sqlite3.Connection, facts: Connection | None = None) -> None:
        self._connection = connection
        self._facts = facts or connection
        self._names_within: dict[tuple[str, ...], frozenset[int] | None] = {}

    def named(self, query: str, kind: str | None = None) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The records of the facts of *kind* (None: of both) that *query* names exactly, with a grade for each block.

        The grade is one of `GRADES`: what came about comes before what is planned. The better grade comes
        first, of these the newest facts, of these the order in which the reports were read. Read year by year, so that
        what thousands of reports call the same is read page by page and needs no sorting.
        """
        called = {"form": words.compact(query), "kind": kind}
        if self._connection.execute("SELECT 1 FROM exact WHERE form = :form", called).fetchone() is None:
            return  # most questions name nothing exactly
        for grade, year in self._connection.execute(_YEARS, called).fetchall():
            yield (
                grade,
                map(itemgetter(0), self._connection.execute(_RECORDS, {**called, "grade": grade, "year": year})),
            )

    def facts_called(
        self, naming: int, year: int | None = None, scopes: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, int, bytes]]:
        """The row, year and record of each fact of one name, newest first; only of *year* and *scopes* when given."""
        condition, places = of_places(scopes)
        return self._connection.execute(
            "SELECT id, year, record FROM fact WHERE naming = ? AND year = ifnull(?, year)"
            + (f" AND report IN (SELECT id FROM report WHERE {condition})" if scopes else "")
            + " ORDER BY year DESC",
            (naming, year, *places),
        )

    @cached_property
    def names(self) -> "Names":
        """The names that facts have, for what names no fact exactly."""
        from shkc.store.names import Names  # an exact name does without

        return Names(self._connection)

    def entries(
        self,
        grams: Iterable[str],
        kind: str | None,
        also: Iterable[int] = (),
        scopes: tuple[str, ...] = (),
        years: tuple[int, ...] = (),
    ) -> "Iterator[NameEntry]":
        """The entries of *kind* (None: of both) that share most of *grams*, and those with the ids *also*.

        Only of facts of the places *scopes*, where some are given and the reports are of others, too. Each says of
        which of *years* it has facts.
        """
        sharing = self.names.sharing(grams, kind, MOST_CANDIDATES, self._within(scopes))
        for entry in self.names.entries((*islice(also, MOST_CANDIDATES), *sharing), kind):
            yield entry._replace(years=self._of(entry.id, years)) if years else entry

    def _of(self, naming: int, years: tuple[int, ...]) -> frozenset[int]:
        """Those of *years* of which *naming* has facts."""
        asked = "SELECT 1 FROM fact WHERE naming = ? AND year = ? LIMIT 1"
        return frozenset(year for year in years if self._connection.execute(asked, (naming, year)).fetchone())

    def _within(self, places: tuple[str, ...]) -> frozenset[int] | None:
        """The names of facts of *places*; None where all reports are of them, or none is asked for."""
        if not places:
            return None
        if places not in self._names_within:
            condition, values = of_places(places)
            elsewhere = f"SELECT 1 FROM territory WHERE NOT {condition} LIMIT 1"
            everywhere = self._connection.execute(elsewhere, values).fetchone() is None
            self._names_within = {places: None if everywhere else self._of_places(condition, values)}
        return self._names_within[places]

    def _of_places(self, condition: str, values: tuple[str, ...]) -> frozenset[int]:
        """The names of facts of reports that meet *condition*, which has *values*."""
        rows = self._connection.execute(f"SELECT DISTINCT naming FROM {self.in_order} WHERE {condition}", values)
        return frozenset(naming for (naming,) in rows)

    def facts_printing(self, digits: str) -> Iterator[tuple[int, int, str]]:
        """The name, the row and the unit of each fact that prints the number *digits*."""
        return self._connection.execute(
            "SELECT naming, fact, number.unit FROM number JOIN fact ON fact.id = fact WHERE digits = ?", (digits,)
        )

    def facts_worth(self, unit: str, low: float, high: float) -> Iterator[tuple[int, int, str]]:
        """The name, row and unit of facts whose value in the base *unit*, any when empty, lies from *low* to *high*."""
        in_unit, given = ("base = ? AND ", (unit,)) if unit else ("", ())
        return self._connection.execute(
            f"SELECT naming, id, unit FROM fact WHERE {in_unit}value BETWEEN ? AND ? LIMIT ?",
            (*given, low, high, MOST_WORTH),
        )

    def left_out(self) -> list[LeftOut]:
        """The files that are wrong, which the index leaves out."""
        rows = self._connection.execute("SELECT path, line, zh, en, problems FROM left_out ORDER BY path")
        return [LeftOut(Problem(path, line, Text(zh, en)), problems) for path, line, zh, en, problems in rows]

    def browse(self, selection: Selection) -> Iterator[bytes]:
        """The records that *selection* picks. Raises `UsageError` for a section that no report has."""
        return (row[0] for row in self._selected(selection, "fact.record"))

    def browse_whole(self, selection: Selection) -> Iterator[tuple[str, bytes, bytes]]:
        """As `browse`: the id of the report, the record and the details of each fact."""
        return iter(self._selected(selection, "report.key, fact.record, fact.details"))

    def _order(self, sort: str) -> str:
        """Growth in per cent, tenths or times stands before growth in points, and that before facts without any."""
        if sort != "growth":
            orders = {"report": "report.path, fact.paragraph, fact.id", "value": "fact.value DESC, fact.id"}
            return orders.get(sort, f"{self.by_name}, fact.id")
        change, unit = self.part("change.value"), self.part("change.unit")
        times = f"CASE {unit} WHEN '%' THEN 1 WHEN '成' THEN 10 WHEN '倍' THEN 100 END"
        return f"{change} * {times} DESC, {change} DESC, fact.id"

    def _selected(self, selection: Selection, columns: str) -> Any:
        conditions = list(selection.conditions(self.part))
        if selection.sections:
            rows = sorted({row for name in selection.sections for row in self._sections_within(name)})
            conditions.append((f"fact.section IN ({','.join(map(str, rows))})", ()))
        where = f"WHERE {' AND '.join(sql for sql, _ in conditions)}" if conditions else ""
        facts = self.facts if conditions or selection.sort != "report" else self.in_order
        limit = "" if selection.limit is None else f"LIMIT {selection.limit}"
        return self._facts.execute(
            f"SELECT {columns} FROM {facts} {where} ORDER BY {self._order(selection.sort)} {limit}",
            [value for _, values in conditions for value in values],
        )

    def reports(self) -> list[tuple[bytes, int, int]]:
        """Each report, newest first: its record, and the number of its metrics and milestones."""
        return self._facts.execute(
            """
            WITH counted AS (
                SELECT min(report.id) AS first, count(*) FILTER (WHERE kind = 'metric') AS metrics,
                       count(*) FILTER (WHERE kind = 'milestone') AS milestones
                FROM report LEFT JOIN fact ON fact.report = report.id GROUP BY report.key)
            SELECT content, metrics, milestones FROM counted JOIN report ON id = first ORDER BY year DESC, id
            """
        ).fetchall()

    def reports_of(self, key: str, title: str, year: int) -> list[bytes]:
        """The records of the reports of *year* with this *title* that have a fact with the id *key*."""
        rows = self._facts.execute(
            "SELECT report.content FROM fact JOIN report ON report.id = fact.report"
            " WHERE fact.key = ? AND title = ? AND report.year = ?",
            (key, title, year),
        )
        return [row[0] for row in rows]

    def sections(self) -> "list[tuple[str, SectionCount]]":
        """Every section in the order of the reports, with the id of its report."""
        from shkc.facts.model import SectionCount  # loads msgspec, which a lookup does without

        rows = self._facts.execute(
            """
            WITH RECURSIVE within (top, id) AS (
                SELECT id, id FROM section
                UNION ALL SELECT top, section.id FROM within JOIN section ON parent = within.id),
            above (id, depth) AS (
                SELECT id, 0 FROM section WHERE parent IS NULL
                UNION ALL SELECT section.id, depth + 1 FROM above JOIN section ON parent = above.id),
            counted AS (
                SELECT top, count(*) FILTER (WHERE kind = 'metric') AS metrics,
                       count(*) FILTER (WHERE kind = 'milestone') AS milestones
                FROM within LEFT JOIN fact ON section = within.id GROUP BY top)
            SELECT report.key, section.key, number, section.title, short, short_en, depth, report.title,
                   report.title_en, metrics, milestones
            FROM section JOIN report ON report.id = section.report JOIN above ON above.id = section.id
            JOIN counted ON top = section.id ORDER BY section.id
            """
        )
        return [(report, SectionCount(*row)) for report, *row in rows]

    def sections_called(self, name: str) -> list[str]:
        """The ids of the sections that *name* is the title of, short or whole, in the order of the reports."""
        rows = self._facts.execute("SELECT key FROM section WHERE ? IN (short, short_en, title) ORDER BY id", (name,))
        return list(dict.fromkeys(key for (key,) in rows))

    def _sections_within(self, name: str) -> list[int]:
        """The rows of the sections that *name* means, by id, number, title or part of it, and all below them."""
        wanted = words.compact(name)
        rows = self._facts.execute(
            "SELECT id, parent, key, number, title, short, short_en FROM section ORDER BY id"
        ).fetchall()
        exact = {row[0] for row in rows if name.strip() in (row[2], row[3]) or (wanted and wanted == _numeral(row[3]))}
        chosen = exact or {row[0] for row in rows if wanted and any(wanted in words.compact(text) for text in row[4:])}
        if not chosen:
            known = "、".join(dict.fromkeys(row[5] for row in rows))
            raise UsageError(f"没有栏目“{name}”；有：{known}", f"no section “{name}”; see: shkc sections")
        for number, parent, *_ in rows:
            if parent in chosen:
                chosen.add(number)
        return sorted(chosen)

    def records_named(self, name: str) -> list[tuple[int, bytes, bytes]]:
        """The report, record and details of each fact with the id *name*, or else the name, or alias; newest first."""
        select = "SELECT report, record, details FROM fact WHERE {} ORDER BY year DESC, id"
        called = select.format("naming IN (SELECT naming FROM exact WHERE form = ? AND grade = ?)")
        form = words.compact(name)
        return (
            self._facts.execute(select.format("key = ?"), (name,)).fetchall()
            or self._facts.execute(called, (form, 0)).fetchall()
            or self._facts.execute(called, (form, 1)).fetchall()
        )

    def records_in_series(self, name: str) -> list[tuple[bytes, bytes]]:
        """The record and details of each fact of the series that the fact with the id *name* is in."""
        select = "SELECT record, details FROM fact WHERE series IN (SELECT series FROM fact WHERE key = ?)"
        return self._facts.execute(f"{select} ORDER BY year DESC, id", (name,)).fetchall()

    def records_of(self, report: int, ids: Iterable[str]) -> list[bytes]:
        """The records of the facts *ids* of one report."""
        wanted = tuple(ids)
        condition = f"report = ? AND key IN ({marks(wanted)})"
        rows = self._facts.execute(f"SELECT record FROM fact WHERE {condition}", (report, *wanted))
        return [row[0] for row in rows]

    def nearest_ids(self, name: str, most: int = 3) -> list[str]:
        """The fact ids that are spelt most like *name*."""
        from difflib import get_close_matches

        rows = self._connection.execute(f"SELECT DISTINCT {KEY} FROM naming")
        return get_close_matches(name, [row[0] for row in rows], most)

    def ids_beginning(self, start: str) -> list[tuple[str, str]]:
        """The fact ids that begin with *start*, with a Chinese name of each."""
        # Every character that may follow comes before the last of all.
        rows = self._connection.execute(
            f"SELECT {KEY} AS key, {NAME}, min(id) FROM naming WHERE key >= ? AND key < ? GROUP BY key",
            (start, start + "\U0010ffff"),
        )
        return [(key, name) for key, name, _ in rows]

    def names_beginning(self, start: str) -> list[tuple[str, str]]:
        """The names of facts, in both languages, that begin with *start* but for case and marks, each with an id."""
        form = words.compact(start)
        rows = self._connection.execute(
            f"SELECT {NAME}, {NAME_EN}, {KEY} FROM naming WHERE id IN"
            " (SELECT naming FROM exact WHERE form >= ? AND form < ? AND grade = 0 LIMIT ?) ORDER BY id",
            (form, form + "\U0010ffff", MOST_NAMES),
        )
        return [(name, key) for *names, key in rows for name in names if words.compact(name).startswith(form)]

    def units(self) -> list[str]:
        """The printed units of the figures, the commonest first."""
        rows = self._facts.execute(
            "SELECT unit FROM fact WHERE kind = 'metric' GROUP BY unit ORDER BY count(*) DESC, min(id)"
        )
        return [row[0] for row in rows]

    def categories(self) -> list[str]:
        """The categories of the milestones, the commonest first."""
        rows = self._facts.execute(
            f"SELECT {self.part('category')} FROM fact WHERE kind = 'milestone' GROUP BY 1"
            " ORDER BY count(*) DESC, min(id)"
        )
        return [row[0] for row in rows]

    def has_several_reports(self) -> bool:
        """Whether there is more than one report."""
        return len(self._facts.execute("SELECT DISTINCT key FROM report LIMIT 2").fetchall()) > 1
