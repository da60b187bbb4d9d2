"""What stands beside a figure: the excerpts that prove its growth, share and rank, and what follows from it alone.

These are columns of exports and, where they are picked, of lists. What is computed says so in its header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from shkc.language import Language, Text
from shkc.output.view import Column, View

if TYPE_CHECKING:
    from shkc.facts.model import Computed, Details, Fact, Metric

Form = Literal["text", "integer", "decimal"]
"""What the cells of a column are."""

Read = Callable[["Fact", "Details"], object]
"""Reads what a fact with its details has in a column: text, a number, or None."""


class Beside(NamedTuple):
    """A column: its key, what its cells are, its header, and how a cell is read."""

    key: str
    form: Form
    header: Text
    read: Read


def _evidence(part: str) -> Read:
    def read(fact: Fact, details: Details) -> object:
        return next((each.excerpt for each in details.evidence if each.of == part), None)

    return read


def _follows(rule: str, end: str) -> Read:
    def read(fact: Fact, details: Details) -> object:
        computed = () if fact.kind == "milestone" else _computed(fact, details)
        return next((getattr(each, end) for each in computed if each.rule == rule), None)

    return read


@lru_cache(1)
def _computed(metric: Metric, details: Details) -> tuple[Computed, ...]:
    """What follows from *metric* alone; the columns of a row ask for it one after the other."""
    from shkc.facts import derive

    return derive.computed(metric, details, {})


def _columns() -> Iterator[Beside]:
    parts = {"change": Text("变化", "change"), "share": Text("占比", "share"), "rank": Text("位次", "rank")}
    for part, name in parts.items():
        header = Text(f"{name.zh}的佐证", f"Excerpt that proves the {name.en}")
        yield Beside(f"{part}_excerpt", "text", header, _evidence(part))
    ends = {"value": Text("", ""), "low": Text("下限", ", lower bound"), "high": Text("上限", ", upper bound")}
    for rule, name in {"previous": Text("上年", "Year before"), "whole": Text("整体", "Whole")}.items():
        for end, told in ends.items():
            header = Text(f"{name.zh}{told.zh}（推算）", f"{name.en}{told.en} (computed)")
            yield Beside(rule if end == "value" else f"{rule}_{end}", "decimal", header, _follows(rule, end))


BESIDE = tuple(_columns())
"""Evidence, then what follows: the year before from the growth, the whole from the share, in the unit of the figure."""


def with_evidence(view: View, details_of: Callable[[Fact], Details]) -> View:
    """*view*, of facts, with the columns that stand beside them to be picked; *details_of* gives the details of one."""

    def column(each: Beside) -> Column:
        def cell(fact: Fact, language: Language) -> object:
            return each.read(fact, details_of(fact))

        return Column(each.key, cell, each.header)

    return view._replace(more=[column(each) for each in BESIDE])
