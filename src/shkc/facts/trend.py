"""One figure across reports: who states it for which year, and how it grew.

The same id in several reports is the same figure, and so is every id that names it as its series. Reports on
different places make series of their own, and only figures of consecutive years are compared: growth over a gap is
none over a year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from shkc.errors import Problem
from shkc.facts import growth
from shkc.facts.check import Inspection
from shkc.facts.load import FactFileContent
from shkc.facts.model import DetailedMetric, Details, Growth, Metric, Remark, Status, TrendMetric, years_of

Stated = Callable[[str], Sequence[DetailedMetric]]
"""Gives the figures of an id, one for each report that has it."""

YEAR_ENDS = ("", "-12-31")
"""What may follow the year in the day or period of a figure for a whole year or the end of it."""


def rows(matches: Sequence[Metric], stated: Stated) -> list[TrendMetric]:
    """The series of the first of *matches*, by year, one for each place that it and its namesakes among them are of.

    *matches* are the answers to a question, best first; a question that names a place has only answers of that
    place, and then only that place has a series. Empty without matches.
    """
    if not matches:
        return []
    best = matches[0].id
    places = dict.fromkeys(match.scope for match in matches if match.id == best)
    found = stated(best)
    return [row for place in places for row in _one_series([fact for fact in found if fact.scope == place])]


def series(found: Iterable[TrendMetric]) -> list[list[TrendMetric]]:
    """*found*, as `rows` gives them, one list for each place."""
    return [list(group) for _, group in groupby(found, key=lambda row: row.scope)]


def year(metric: Metric) -> int:
    """The year that *metric* is about, of several the last."""
    return years_of(metric.period)[1]


def ranks(found: Iterable[Metric]) -> bool:
    """Whether *found* holds ranks, of which the lower is the better."""
    return any(metric.measure == "rank" for metric in found)


def curve(found: Sequence[TrendMetric]) -> dict[int, TrendMetric]:
    """The row of one series that counts for each year: of the whole year, then final, then of the latest report.

    Targets, and rows in another unit than the last row that is none, do not count.
    """
    counting = [row for row in found if row.status != "target"]
    unit = counting[-1].normalized.unit if counting else None
    best: dict[int, TrendMetric] = {}
    for row in counting:
        if row.normalized.unit == unit:
            best[year(row)] = max(best.get(year(row), row), row, key=_weight)
    return best


class _Stated(NamedTuple):
    """A figure with its file and its number there."""

    fact: DetailedMetric
    content: FactFileContent
    number: int


def contradictions(contents: Sequence[FactFileContent]) -> list[Problem]:
    """A warning for each growth of *contents* that the figures of its two years contradict beyond their rounding.

    No error: reports revise the year before, and state growth at comparable prices.
    """
    return [
        _contradicted(stated, row.growth)
        for series in _several_years(contents)
        for stated in series
        if stated.fact.change is not None
        and (row := _row(stated.fact, [other.fact for other in series])).growth is not None
        and row.growth.agrees is False
    ]


def _several_years(contents: Sequence[FactFileContent]) -> Iterator[list[_Stated]]:
    """The series of *contents* that have several figures and a stated growth."""
    series: dict[tuple[str, str], list[tuple[Metric, Details, FactFileContent, int]]] = {}
    for content in contents:
        metrics = ((fact, details) for fact, details in content.records if isinstance(fact, Metric))
        for number, (fact, details) in enumerate(metrics):
            series.setdefault((details.series or fact.id, fact.scope), []).append((fact, details, content, number))
    for found in series.values():
        if len(found) > 1 and any(fact.change for fact, _, _, _ in found):
            yield [
                _Stated(DetailedMetric(**msgspec.structs.asdict(fact), details=details, computed=()), content, number)
                for fact, details, content, number in found
            ]


def _contradicted(stated: _Stated, computed: Growth) -> Problem:
    fact, content, number = stated
    assert fact.change is not None, "a growth that is none is not contradicted"
    printed = f"{fact.change.value}{fact.change.unit}"
    follows = f"{computed.value}{computed.unit}"
    return Inspection(content.path, content.text).problem(
        ("metric", number, "change"),
        f"注意：{fact.id} 印出的增长 {printed} 与 {computed.period} 年的数值不符，按两年数值为 {follows}",
        f"warning: {fact.id}: the stated growth, {printed}, disagrees with the figure of {computed.period}, from which"
        f" {follows} follows",
    )


def _one_series(facts: Sequence[DetailedMetric]) -> list[TrendMetric]:
    ordered = sorted(
        facts, key=lambda fact: (year(fact), fact.source.year, fact.as_of or fact.period, fact.source.report)
    )
    return [_row(fact, ordered) for fact in ordered]


def _row(fact: DetailedMetric, group: Sequence[DetailedMetric]) -> TrendMetric:
    base, remarks = _base(fact, group)
    grown = None if base is None else growth.growth(fact, fact.details, base)
    plain = {name: getattr(fact, name) for name in Metric.__struct_fields__}
    return TrendMetric(**plain, status=_status(fact), growth=grown, remarks=remarks)


def _base(fact: DetailedMetric, group: Sequence[DetailedMetric]) -> tuple[DetailedMetric | None, tuple[Remark, ...]]:
    """The figure of the year before that *fact* has grown from, and what is to be said of it or of its absence."""
    stated = [other for other in group if _status(other) != "target"]
    if _status(fact) == "target" or fact.measure == "rank":
        return None, ()
    before = [other for other in stated if year(other) == year(fact) - 1]
    if not before:
        return None, ("gap",) if any(year(other) < year(fact) for other in stated) else ()
    same_measure = [other for other in before if None in (other.measure, fact.measure) or other.measure == fact.measure]
    if not same_measure:
        return None, ("measure",)
    same_unit = [other for other in same_measure if other.normalized.unit == fact.normalized.unit]
    if not same_unit:
        return None, ("unit",)
    same_period = [other for other in same_unit if _part_of_year(other) == _part_of_year(fact)]
    if not same_period:
        return None, ("period",)
    base = max(same_period, key=_weight)
    return base, ("estimated-base",) if _status(base) == "estimated" else ()


def _status(metric: Metric) -> Status:
    if "target" in metric.qualifiers:
        return "target"
    return "estimated" if "estimated" in metric.qualifiers else "final"


def _weight(metric: Metric) -> tuple[bool, bool, int]:
    """The greater, the rather *metric* counts among the figures of its year."""
    return not _part_of_year(metric), _status(metric) == "final", metric.source.year


def _part_of_year(metric: Metric) -> str:
    rest = (metric.as_of or metric.period)[4:]
    return "" if rest in YEAR_ENDS else rest
