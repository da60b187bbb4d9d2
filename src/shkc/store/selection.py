"""Which facts are picked by what they have, not by their names; as SQL that SQLite and DuckDB read."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

_PRINTED_WITH = {"growth": "change", "share": "share", "rank": "rank"}
"""The keys of a record for what a figure is printed with."""


class Bound(NamedTuple):
    """A limit of normalised values; of those in *unit* when it is not empty."""

    value: float
    unit: str


class Unit(NamedTuple):
    """A unit that figures are picked by: *symbols* as printed or normalised, *nouns* as English counts, or any of both.

    *typed* is how somebody named it.
    """

    typed: str
    symbols: tuple[str, ...]
    nouns: tuple[str, ...] = ()


class Selection(NamedTuple):
    """What `list` shows: facts that meet every condition; of one with several values they meet any.

    Of sections, a kind, categories, measures, units, a report, with normalised values in limits. *has* names what
    figures must be printed with, all of it: growth, share, rank.
    """

    sections: tuple[str, ...] = ()
    kind: str | None = None
    categories: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    has: tuple[str, ...] = ()
    least: Bound | None = None
    most: Bound | None = None
    sort: str = "report"
    limit: int | None = None
    report: str | None = None
    """The id of a report."""

    def conditions(self, part: Callable[[str], str]) -> Iterator[tuple[str, Sequence[object]]]:
        """Each condition but that of sections, as SQL with its values; *part* is how what a record has is read."""
        for sql, value in (("fact.kind = ?", self.kind), ("report.key = ?", self.report)):
            if value is not None:
                yield sql, (value,)
        for path, terms in (("category", self.categories), ("measure", self.measures)):
            if terms:
                yield f"{part(path)} IN ({marks(terms)})", terms
        if self.units:
            yield self._of_units(part)
        for sign, bound in ((">=", self.least), ("<=", self.most)):
            if bound:
                yield f"fact.value {sign} ?", (bound.value,)
                if bound.unit:
                    yield "fact.base = ?", (bound.unit,)
        for printed in self.has:
            yield f"{part(_PRINTED_WITH[printed])} IS NOT NULL", ()

    def _of_units(self, part: Callable[[str], str]) -> tuple[str, Sequence[object]]:
        """That a figure has one of the units; the 位 of a rank is none, unless ranks are asked for."""
        symbols = [symbol for unit in self.units for symbol in unit.symbols]
        nouns = [f"% {noun}{end}" for unit in self.units for noun in unit.nouns for end in ("", " %")]
        alike = [f"lower({part('display_en')}) LIKE ?" for _ in nouns]
        either = " OR ".join([f"fact.unit IN ({marks(symbols)})", f"fact.base IN ({marks(symbols)})", *alike])
        rank = "" if "rank" in self.measures else f" AND ifnull({part('measure')}, '') <> 'rank'"
        return f"({either}){rank}", (*symbols, *symbols, *nouns)


def marks(values: Sequence[object]) -> str:
    """A mark for each of *values*."""
    return ",".join("?" * len(values))


def of_places(places: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The condition that a report is of one of *places*, with its values."""
    return f"(scope IN ({marks(places)}) OR scope_en IN ({marks(places)}))", (*places, *places)
