"""The writer of the lists by which names are found: for each gram the names that have it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field

from shkc.store.names import packed, unpacked
from shkc.store.prepare import PreparedNaming

MOST_PENDING = 2_000_000
"""Numbers that wait to be written: about 100 MB."""


@dataclass(slots=True)
class _Change:
    """What is to be changed in the list of one gram: in how many more names it is, and which are found by it."""

    more: int = 0
    metrics: list[int] = field(default_factory=list)
    milestones: list[int] = field(default_factory=list)
    removed: set[int] = field(default_factory=set)


class Postings:
    """The table `gram`, and the number of grams that each name has."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changes: defaultdict[str, _Change] = defaultdict(_Change)
        self._pending = 0
        kept = connection.execute("SELECT value FROM meta WHERE key = 'lengths'").fetchone()
        self._lengths = [*unpacked(kept[0])] if kept else []

    def add(self, number: int, naming: PreparedNaming) -> None:
        """Add *naming*, whose id is *number*."""
        found_by = naming.found_by
        for gram in found_by:
            change = self._changes[gram]
            (change.metrics if naming.row.kind == "metric" else change.milestones).append(number)
        for gram in naming.grams.split():
            self._changes[gram].more += 1
        self._lengths += [0] * (number + 1 - len(self._lengths))
        self._lengths[number] = len(found_by) + 1
        self._pending += len(found_by)
        if self._pending > MOST_PENDING:
            self._write()

    def remove(self, number: int, naming: PreparedNaming) -> None:
        """Remove *naming*, whose id is *number*."""
        for gram in naming.found_by:
            self._changes[gram].removed.add(number)
        for gram in naming.grams.split():
            self._changes[gram].more -= 1
        self._lengths[number] = 0

    def finish(self) -> None:
        """Write what is still to be written."""
        self._write()
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('lengths', ?)", (packed(self._lengths),))

    def _write(self) -> None:
        for gram, change in self._changes.items():
            row = self._connection.execute("SELECT namings, metrics, milestones FROM gram WHERE gram = ?", (gram,))
            namings, *kept = row.fetchone() or (0, b"", b"")
            found = [
                packed([number for number in (*unpacked(before), *new) if number not in change.removed])
                for before, new in zip(kept, (change.metrics, change.milestones), strict=True)
            ]
            values = (gram, namings + change.more, *found)
            if any(found):
                self._connection.execute("INSERT OR REPLACE INTO gram VALUES (?, ?, ?, ?)", values)
            else:
                self._connection.execute("DELETE FROM gram WHERE gram = ?", (gram,))
        self._changes.clear()
        self._pending = 0
