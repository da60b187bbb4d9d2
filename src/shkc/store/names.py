"""The names of an index: how many have a gram, which share most grams with a question, and their forms.

What is read is kept: who asks once asks thousands of questions, and an index does not change while it is open.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import chain
from math import log
from operator import attrgetter
from struct import pack, unpack
from typing import Generic, NamedTuple, TypeVar

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

Key = TypeVar("Key")
Value = TypeVar("Value")


class _Kept(Generic[Key, Value]):
    """What has been read of keys, by *read*, and is kept until it has grown to more than *most*.

    A key counts one, and what is read of it as much as *size* says.
    """

    def __init__(
        self,
        read: Callable[[Sequence[Key]], Iterable[tuple[Key, Value]]],
        most: int,
        size: Callable[[Value], int] = lambda value: 0,
    ) -> None:
        self._read = read
        self._most = most
        self._size = size
        self._known: dict[Key, Value | None] = {}
        self._grown = 0

    def __len__(self) -> int:
        """How many keys are kept."""
        return len(self._known)

    def of(self, wanted: Sequence[Key]) -> dict[Key, Value]:
        """What there is of each of *wanted*, in that order; nothing of a key of which nothing is there."""
        unknown = [key for key in wanted if key not in self._known]
        if unknown:
            if self._grown > self._most:
                self._known.clear()
                self._grown, unknown = 0, list(wanted)
            self._known.update(dict.fromkeys(unknown))
            found = dict(self._read(unknown))
            self._known.update(found)
            self._grown += len(unknown) + sum(map(self._size, found.values()))
        return {key: value for key in wanted if (value := self._known[key]) is not None}


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
        self._frequencies = _Kept(self._read_frequencies, MOST_KEPT)
        self._postings = _Kept(self._read_postings, MOST_KEPT, lambda each: len(each.metrics) + len(each.milestones))
        self._entries = _Kept(self._read_entries, MOST_ENTRIES)

    def frequencies(self, grams: Iterable[str]) -> dict[str, int]:
        """In how many names each of *grams* is, without those in none."""
        return self._frequencies.of(tuple(grams))

    def _read_frequencies(self, grams: Sequence[str]) -> Iterable[tuple[str, int]]:
        sql = f"SELECT gram, namings FROM gram WHERE gram IN ({marks(grams)}) AND namings > 0"
        return self._connection.execute(sql, grams)

    def sharing(
        self, grams: Iterable[str], kind: str | None, most: int, within: Container[int] | None = None
    ) -> list[int]:
        """The ids of the *most* names of *kind* (None: of both) that share most of *grams*, by BM25; of those *within*.

        A name shares more by chance, the more grams it has. The kind weighs as a gram does. Of what shares as much, the
        first that was read.
        """
        shared: defaultdict[int, float] = defaultdict(float)
        for posting in self._postings.of(sorted(grams)).values():
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

    def _read_postings(self, grams: Sequence[str]) -> Iterator[tuple[str, Posting]]:
        sql = f"SELECT gram, metrics, milestones FROM gram WHERE gram IN ({marks(grams)})"
        for gram, *found in self._connection.execute(sql, grams):
            metrics, milestones = map(unpacked, found)
            yield gram, Posting(self._weight(len(metrics) + len(milestones)), metrics, milestones)

    def _weight(self, having: int) -> float:
        """What it says that a name has what so many are *having*: its inverse document frequency."""
        return max(LEAST_WEIGHT, log((self.count - having + 0.5) / (having + 0.5)))

    def entries(self, namings: Iterable[int], kind: str | None) -> list[NameEntry]:
        """The entries of those of *namings* that are of *kind* (None: of both) and that facts have.

        Of what matches a question as well, the order must not tell which was read first: it is that of the identities.
        """
        found = self._entries.of(tuple(set(namings))).values()
        of_kind = [each for each in found if kind is None or each.kind == kind]
        return [each.entry for each in sorted(of_kind, key=attrgetter("identity"))]

    def _read_entries(self, namings: Sequence[int]) -> Iterator[tuple[int, "_Identified"]]:
        """Those of *namings* that facts have."""
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
            yield number, _Identified(identity, kind, entry)


class _Identified(NamedTuple):
    """An entry, its kind, and what it is told from others by."""

    identity: str
    kind: str
    entry: NameEntry
