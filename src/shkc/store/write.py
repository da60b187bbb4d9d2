"""The writer of an index: prepared files added and removed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from shkc.errors import Problem
from shkc.facts.load import Identities, Identity, load
from shkc.facts.model import Metric, Section
from shkc.facts.records import decode
from shkc.language import Text
from shkc.paths import FactFile
from shkc.store.postings import Postings
from shkc.store.prepare import PreparedFile, PreparedNaming, naming_of_identity, printed_numbers

MOST_IN_A_FILE = 1 << 20
"""Facts, and sections: in a file of the greatest size there is no room for as many."""


class Stored(NamedTuple):
    """A fact file that the index knows: its number when it is right, its stamp and digest, whether it repeats facts."""

    report: int | None
    stamp: str
    digest: str
    repeats: bool = False


class Writer:
    """Writes prepared files into an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._namings: dict[str, int] = {}
        self._last_naming: int
        (self._last_naming,) = connection.execute("SELECT ifnull(max(id), 0) FROM naming").fetchone()
        self._postings = Postings(connection)
        self._perhaps_unused: set[int] = set()

    def stored(self) -> dict[str, Stored]:
        """What the index knows of each file, those that are left out among them."""
        rows = self._connection.execute(
            "SELECT path, id, stamp, digest, 0 FROM report"
            " UNION ALL SELECT path, NULL, stamp, digest, repeats FROM left_out"
        )
        return {path: Stored(number, stamp, digest, bool(repeats)) for path, number, stamp, digest, repeats in rows}

    def set_stamp(self, file: FactFile) -> None:
        """Note that *file* has another stamp, but is as it was."""
        for table in ("report", "left_out"):
            self._connection.execute(f"UPDATE {table} SET stamp = ? WHERE path = ?", (file.stamp, file.key))

    def remove(self, path: str, report: int | None) -> None:
        """Remove the facts of the file at *path*, which is *report*, or what is known of one that is left out."""
        rows = self._connection.execute("SELECT id, naming, record FROM fact WHERE report = ?", (report,))
        for number, naming, record in rows:
            self._perhaps_unused.add(naming)
            fact = decode(record)
            if isinstance(fact, Metric):
                printed = [(digits, number) for digits, _ in printed_numbers(fact)]
                self._connection.executemany("DELETE FROM number WHERE digits = ? AND fact = ?", printed)
        for table in ("fact", "section"):
            self._connection.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
        for table in ("report", "left_out"):
            self._connection.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def leave_out(self, file: FactFile, digest: str, problems: Sequence[Problem], *, repeats: bool = False) -> None:
        """Note that *file* is wrong; *repeats* when it is so only beside the others."""
        first = problems[0]
        self._connection.execute(
            "INSERT INTO left_out VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (file.key, file.stamp, digest, repeats, len(problems), first.line, *first.message),
        )

    def leave_out_repetitions(self, files: Sequence[FactFile]) -> None:
        """Leave out the files that have facts of a file before them, in the order of *files*."""
        keys = "SELECT key FROM report GROUP BY key HAVING count(*) > 1"
        rows = self._connection.execute(
            f"SELECT path, id, key, digest, title, year FROM report WHERE key IN ({keys})"
        ).fetchall()
        shared = {path: known for path, *known in rows}
        identities = Identities()
        for file in files if shared else ():
            if file.key in shared:
                number, key, digest, title, year = shared[file.key]
                ids = [row[0] for row in self._connection.execute("SELECT key FROM fact WHERE report = ?", (number,))]
                if conflicts := identities.conflicts(Identity(key, title, year, ids), file.path):
                    problems = conflicts.problems(load(file))
                    self.remove(file.key, number)
                    self.leave_out(file, digest, problems, repeats=True)

    def first_problems(self) -> list[Problem]:
        """The first problem of each file that is left out."""
        rows = self._connection.execute("SELECT path, line, zh, en FROM left_out ORDER BY path")
        return [Problem(path, line, Text(zh, en)) for path, line, zh, en in rows]

    def is_empty(self) -> bool:
        """Whether no file is right."""
        return self._connection.execute("SELECT 1 FROM report").fetchone() is None

    def add(self, prepared: PreparedFile, report: int) -> None:
        """Add a file as *report*. Its sections and facts are numbered from that, to stand in the order of the files."""
        file = prepared.file
        self._connection.execute(
            "INSERT INTO report (id, path, stamp, digest, key, title, title_en, year, scope, scope_en, kept_content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (report, file.key, file.stamp, prepared.digest, *prepared.report),
        )
        sections = self._add_sections(prepared.sections, report)
        namings = list(map(self.naming, prepared.namings))
        first = report * MOST_IN_A_FILE
        self._connection.executemany(
            "INSERT INTO fact (id, naming, report, section, kind, key, series, paragraph, year, unit, base, value,"
            " kept_record, kept_details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, namings[naming], report, sections[section], *row)
                for number, (naming, section, *row) in enumerate(prepared.facts, first)
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO number VALUES (?, ?, ?)",
            ((digits, first + place, unit) for digits, place, unit in prepared.numbers),
        )

    def _add_sections(self, sections: Sequence[Section], report: int) -> dict[str, int]:
        numbers = {section.id: number for number, section in enumerate(sections, report * MOST_IN_A_FILE)}
        self._connection.executemany(
            "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (numbers[s.id], report, numbers[s.parent] if s.parent else None, s.id, s.number, s.title, s.short,
                 s.short_en)
                for s in sections
            ),
        )  # fmt: skip
        return numbers

    def naming(self, naming: PreparedNaming) -> int:
        """The id of *naming*, which is added where it is not there."""
        number = self._namings.get(naming.identity)
        if number is None:
            found = self._connection.execute("SELECT id FROM naming WHERE identity = ?", naming[:1]).fetchone()
            number = self._namings[naming.identity] = int(found[0]) if found else self._add_naming(naming)
        return number

    def _add_naming(self, naming: PreparedNaming) -> int:
        number = self._last_naming = self._last_naming + 1
        self._connection.execute(
            "INSERT INTO naming VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, naming.identity, *naming.row),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO exact VALUES (?, ?, ?)", ((form, number, grade) for form, grade in naming.exact)
        )
        self._postings.add(number, naming)
        return number

    def _remove_unused_namings(self) -> None:
        """Remove the names that no fact has any more: a name tells others apart by how rare its grams are."""
        for number in sorted(self._perhaps_unused):
            if self._connection.execute("SELECT 1 FROM fact WHERE naming = ?", (number,)).fetchone() is None:
                self._remove_naming(number)

    def _remove_naming(self, number: int) -> None:
        (identity,) = self._connection.execute("SELECT identity FROM naming WHERE id = ?", (number,)).fetchone()
        naming = naming_of_identity(identity)
        forms = [(form, number) for form, _ in naming.exact]
        self._connection.executemany("DELETE FROM exact WHERE form = ? AND naming = ?", forms)
        self._postings.remove(number, naming)
        self._connection.execute("DELETE FROM naming WHERE id = ?", (number,))

    def finish(self) -> None:
        """Write what is known only when all files are in: how common each gram is, which places and years there are."""
        self._remove_unused_namings()
        self._postings.finish()
        self._connection.execute("INSERT OR REPLACE INTO meta SELECT 'namings', count(*) FROM naming")
        for kind in ("metric", "milestone"):
            count = "INSERT OR REPLACE INTO meta SELECT ?1, count(*) FROM naming WHERE kind = ?1"
            self._connection.execute(count, (kind,))
        for table, columns in (("territory", "scope, scope_en"), ("year", "year")):
            self._connection.execute(f"DELETE FROM {table}")
            self._connection.execute(f"INSERT INTO {table} SELECT DISTINCT {columns} FROM report")
