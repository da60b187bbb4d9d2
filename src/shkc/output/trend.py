"""The view of trends: a table for each series, its sparkline above."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import facts, figures
from shkc.output.labels import DISAGREES, MEASURES, REMARKS, STATUSES
from shkc.output.view import Canvas, Column, View, field

if TYPE_CHECKING:
    from shkc.facts.model import TrendMetric

FIELDS = (
    *facts.FIELDS,
    field("status"),
    field("growth", "growth.value"),
    field("growth_unit", "growth.unit"),
    field("growth_low", "growth.low"),
    field("growth_high", "growth.high"),
    field("growth_period", "growth.period"),
    field("growth_report", "growth.report"),
    field("agrees", "growth.agrees"),
    field("remarks"),
)
BLOCKS = "▁▂▃▄▅▆▇█"


def view(found: Sequence[TrendMetric], several: Callable[[], bool] = lambda: False) -> View:
    """The view of *found*: a series after the other, each by year; *several* tells whether there are more reports."""
    from shkc.facts.records import record_of

    columns = facts.told_apart(COLUMNS, several)

    def draw(rows: Sequence[TrendMetric], language: Language, canvas: Canvas) -> Iterator[str]:
        needed = [column for column in columns if column is not _SCOPE and column.needed(rows)]
        return _draw(rows, needed, language, canvas)

    return View(lambda: map(record_of, found), lambda: found, FIELDS, columns, facts.LINES, draw)


def _computed_growth(row: TrendMetric, language: Language) -> str:
    growth = row.growth
    if growth is None:
        return ""
    bounds = figures.interval(growth.low, growth.high, language)
    if language is Language.en:
        from shkc.facts import english

        return f"{english.growth(growth.value, growth.unit)} ({bounds})"
    return f"{growth.value:+f}{growth.unit}（{bounds}）"


def _remarks(row: TrendMetric, language: Language) -> str:
    disagrees = row.growth is not None and row.growth.agrees is False
    told = [*([DISAGREES] if disagrees else []), *(REMARKS[remark] for remark in row.remarks)]
    return Text("；", "; ").to(language).join(text.to(language) for text in told)


def _measure(row: TrendMetric, language: Language) -> str:
    return MEASURES[row.measure].to(language) if row.measure else ""


def _scope(row: TrendMetric, language: Language) -> str:
    return row.scope_en if language is Language.en and row.scope_en else row.scope


def _any(told: Callable[[TrendMetric], object]) -> Callable[[Sequence[TrendMetric]], bool]:
    """Whether there is something to tell of any row."""
    return lambda rows: any(told(row) for row in rows)


_SCOPE = Column(
    "scope",
    _scope,
    Text("范围", "Scope"),
    least=6,
    needed=lambda rows: len({row.scope for row in rows}) > 1,
)
_MEASURE = Column(
    "measure",
    _measure,
    Text("口径", "Measure"),
    least=6,
    needed=lambda rows: len({row.measure for row in rows} - {None}) > 1,
)
_STATUS = Column(
    "status",
    lambda row, language: STATUSES[row.status].to(language),
    Text("性质", "Status"),
    least=6,
    needed=_any(lambda row: row.status != "final"),
)
_STATED = Column(
    "stated",
    lambda row, language: figures.growth(row.change, language) if row.change else "",
    Text("印出的增长", "Stated growth"),
    needed=_any(lambda row: row.change),
)
_COMPUTED = Column(
    "computed", _computed_growth, Text("推算的增长", "Computed growth"), least=22, needed=_any(lambda row: row.growth)
)
_REMARKS = Column(
    "remarks",
    _remarks,
    Text("说明", "Remarks"),
    "yellow",
    kept=True,
    needed=_any(lambda row: _remarks(row, Language.en)),
)
_PERIOD = facts.PERIOD._replace(kept=True)
COLUMNS = (_SCOPE, _PERIOD, facts.FIGURE, _MEASURE, _STATUS, _STATED, _COMPUTED, _REMARKS, facts.REPORT, facts.PLACE)


def _draw(rows: Sequence[TrendMetric], columns: Sequence[Column], language: Language, canvas: Canvas) -> Iterator[str]:
    """A table of *columns* for each series of *rows*, its place in the title."""
    from shkc.facts import trend as trends
    from shkc.output import terminal

    for number, series in enumerate(trends.series(rows)):
        newest = next((row for row in reversed(series) if row.status != "target"), series[-1])
        measure = "" if _MEASURE in columns else _measure(newest, language)
        told = ((title_of(newest, language), "bold cyan"), (measure, ""), (_sparkline(series), ""), (newest.id, "dim"))
        title = terminal.draw_line(told, canvas)
        yield ("\n" if number else "") + title + terminal.draw(columns, series, language, canvas)


def title_of(row: TrendMetric, language: Language) -> str:
    """What the series of *row* is called: the figure and the place."""
    return Text(f"{row.name}（{row.scope}）", f"{row.name_en} ({_scope(row, Language.en)})").to(language)


def _sparkline(series: Sequence[TrendMetric]) -> str:
    """The values of one series as blocks, the least as the lowest, with their years; a space is a year without value.

    Empty for fewer than two values, and for ranks, of which the lower is the better.
    """
    from decimal import Decimal

    from shkc.facts import trend as trends

    values = {year: row.normalized.value for year, row in trends.curve(series).items()}
    if len(values) < 2 or trends.ranks(series):
        return ""
    first, last, least = min(values), max(values), min(values.values())
    span = max(values.values()) - least
    top = len(BLOCKS) - 1
    levels = {year: int((value - least) * top / span + Decimal("0.5")) if span else 0 for year, value in values.items()}
    blocks = "".join(BLOCKS[levels[year]] if year in levels else " " for year in range(first, last + 1))
    return f"{blocks} {first}–{last}"
