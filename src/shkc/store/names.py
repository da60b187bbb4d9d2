"""The names of an index: how many have a gram, which share most grams with a question, and their forms.

What is read is kept: who asks once asks thousands of questions, and an index does not change while it is open.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from math import log
from operator import attrgetter
from struct import pack, unpack
from typing import NamedTuple

from shkc.store.selection import marks
from shkc.text.name_entry import NameEntry, spaced

MOST_KEPT = 500_000
"""Numbers that are kept of what is read, before it is all forgotten: 20 MB."""

MOST_ENTRIES = 20_000
"""Names that are kept with their forms: 50 MB."""

SATURATION, NORMALISATION = 1.2, 0.75
"""k1 and b of BM25 (Robertson and Zaragoza, 2009), the usual ones. A name has a gram once or not at all."""

LEAST_WEIGHT = 1e-6
"""What a gram that most names have still weighs."""


class Posting(NamedTuple):
    """The names that have a gram, by kind, and the weight that this gives it: its inverse document frequency."""

    weight: float
    metrics: Sequence[int]
    milestones: Sequence[int]

    def of(self, kind: str | None) -> Iterable[int]:
        """The names of *kind*, of both when None."""
        if kind is None:
            return chain(self.metrics, self.milestones)
        return self.metrics if kind == "metric" else self.milestones


def packed(numbers: Sequence[int]) -> bytes:
    """*numbers* as they are kept in the index, the same on every machine."""
    return pack(f"<{len(numbers)}I", *numbers)


def unpacked(kept: bytes) -> tuple[int, ...]:
    """The numbers that are *kept*."""
    return unpack(f"<{len(kept) // 4}I", kept)


class Names:
    """The names that the index of *connection* has."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        self.count: int = meta["namings"]
        self._lengths = unpacked(meta["lengths"])
        self._of_kind: dict[str, int] = {kind: meta[kind] for kind in ("metric", "milestone")}
        self._usual_length: float = sum(self._lengths) / max(1, self.count)
        self.years = frozenset(year for (year,) in connection.execute("SELECT year FROM year"))
        """The years of the reports."""
        self.scopes = tuple(chain.from_iterable(connection.execute("SELECT scope, scope_en FROM territory")))
        """The places that the reports are about, in normal form, in both languages."""
        self._frequencies: dict[str, int] = {}
        self._postings: dict[str, Posting | None] = {}
        self._kept = 0
        self._entries: dict[int, _Identified] = {}

    def frequencies(self, grams: Iterable[str]) -> dict[str, int]:
        """In how many names each of *grams* is, without those in none."""
        known, wanted = self._frequencies, tuple(grams)
        unknown = [gram for gram in wanted if gram not in known]
        if unknown:
            if len(known) > MOST_KEPT:
                known.clear()
                unknown = list(wanted)
            known.update(dict.fromkeys(unknown, 0))
            sql = f"SELECT gram, namings FROM gram WHERE gram IN ({marks(unknown)})"
            known.update(self._connection.execute(sql, unknown))
        return {gram: known[gram] for gram in wanted if known[gram]}

    def sharing(
        self, grams: Iterable[str], kind: str | None, most: int, within: Container[int] | None = None
    ) -> list[int]:
        """The ids of the *most* names of *kind* (None: of both) that share most of *grams*, by BM25; of those *within*.

        A name shares more by chance, the more grams it has. The kind weighs as a gram does. Of what shares as much, the
        first that was read.
        """
        shared: defaultdict[int, float] = defaultdict(float)
        for posting in self._postings_of(sorted(grams)):
            weight = posting.weight
            for naming in posting.of(kind):
                shared[naming] += weight
        of_kind = self._weight(self._of_kind[kind]) if kind else 0.0
        lengths, least, more = self._lengths, 1 + SATURATION * (1 - NORMALISATION), SATURATION * NORMALISATION
        usual = self._usual_length
        scored = [
            (-(weight + of_kind) / (least + more * lengths[naming] / usual), naming)
            for naming, weight in shared.items()
            if within is None or naming in within
        ]
        return [naming for _, naming in nsmallest(most, scored)]

    def _postings_of(self, grams: Sequence[str]) -> list[Posting]:
        known = self._postings
        unknown = [gram for gram in grams if gram not in known]
        if unknown:
            if self._kept > MOST_KEPT:
                known.clear()
                self._kept, unknown = 0, list(grams)
            known.update(dict.fromkeys(unknown))
            sql = f"SELECT gram, metrics, milestones FROM gram WHERE gram IN ({marks(unknown)})"
            for gram, *found in self._connection.execute(sql, unknown):
                metrics, milestones = map(unpacked, found)
                having = len(metrics) + len(milestones)
                known[gram] = Posting(self._weight(having), metrics, milestones)
                self._kept += having
            self._kept += len(unknown)
        return [posting for gram in grams if (posting := known[gram])]

    def _weight(self, having: int) -> float:
        """What it says that a name has what so many are *having*: its inverse document frequency."""
        return max(LEAST_WEIGHT, log((self.count - having + 0.5) / (having + 0.5)))

    def entries(self, namings: Iterable[int], kind: str | None) -> list[NameEntry]:
        """The entries of those of *namings* that are of *kind* (None: of both) and that facts have.

        Of what matches a question as well, the order must not tell which was read first: it is that of the identities.
        """
        known, wanted = self._entries, set(namings)
        unknown = [naming for naming in wanted if naming not in known]
        if unknown:
            if len(known) > MOST_ENTRIES:
                known.clear()
                unknown = list(wanted)
            known.update({identified.entry.id: identified for identified in self._identified(unknown)})
        found = (known[naming] for naming in wanted if naming in known)
        of_kind = [each for each in found if kind is None or each.kind == kind]
        return [each.entry for each in sorted(of_kind, key=attrgetter("identity"))]

    def _identified(self, namings: Sequence[int]) -> Iterator["_Identified"]:
        """The names *namings* that facts have."""
        rows = self._connection.execute(
            "SELECT identity, kind, id, quantity_kind, measure, of_years, is_planned, is_hedged,"
            " part_of, names, phrases, pinyin, support, related"
            f" FROM naming WHERE id IN ({marks(namings)})"
            " AND EXISTS (SELECT 1 FROM fact WHERE naming = naming.id)",
            namings,
        )
        for identity, kind, number, kind_of, measure, *flags, part_of, names, phrases, pinyin, context, related in rows:
            syllables = tuple(pinyin.split("\n")) if pinyin else ()
            text = spaced(f"{names}\n{context}")
            called, asked = tuple(names.split("\n")), tuple(phrases.split("\n")) if phrases else ()
            entry = NameEntry(
                number, kind_of, measure, called, syllables, context, text, frozenset(), part_of, related, asked,
                *map(bool, flags),
            )  # fmt: skip
            yield _Identified(identity, kind, entry)


class _Identified(NamedTuple):
    """An entry, its kind, and what it is told from others by."""

    identity: str
    kind: str
    entry: NameEntry
