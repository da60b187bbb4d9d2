"""The names of a fact as a lookup reads them from the index; `name_forms` makes them when it is built."""

from typing import NamedTuple

EVENT = "event"
"""The kind of quantity of a milestone, which states none."""


class NameEntry(NamedTuple):
    """The searchable forms of one fact's names.

    *measure* is flow, stock, cumulative, ratio, rank or score; empty for milestones and where the report does not say.
    *names* are lines of words, *pinyin* lines of syllables. *context_terms* may stand in a question about the fact, but
    do not name it, nor do *related* ones, of what it is about and of its examples. *phrases* are how it is asked for,
    each for itself. *text* is names and context, each word between spaces, so that a word is found whole. *years* are
    those that a question asked for of which it has facts. *of_years* says that each is of several, *is_planned* that
    they are aimed at, *is_hedged* that they are not printed exactly.
    """

    id: int
    quantity_kind: str
    measure: str
    names: tuple[str, ...]
    pinyin: tuple[str, ...]
    context_terms: str
    text: str
    years: frozenset[int] = frozenset()
    part_of: str = ""
    """The id of the figure that it is a part of, as a line of *names*; empty where there is none."""
    related: str = ""
    phrases: tuple[str, ...] = ()
    of_years: bool = False
    is_planned: bool = False
    is_hedged: bool = False

    @property
    def named(self) -> str:
        """Its names alone, in the form of *text*."""
        return spaced("\n".join(self.names))


def spaced(lines: str) -> str:
    """*lines* of words with a space before and behind each word."""
    return f" {lines} ".replace("\n", " \n ")
