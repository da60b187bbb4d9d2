"""What a drafted figure is called, and which figure of earlier reports it is.

Each figure is looked for among the figures of earlier fact files and in the registry of indicators. An earlier figure
gives id, names, English, aliases and relations; the registry gives id, English, aliases and measure; a figure that
neither knows is called by the pinyin of its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from shkc.draft import indicators
from shkc.draft.earlier_events import Earlier
from shkc.draft.ids import Ids, english
from shkc.draft.series import Match, Series, matched
from shkc.text import quantity

NONE_EARLIER = Earlier()
_DOUBTFUL = 0.25
"""From this doubt on, a match is no match where another figure is that of the series already."""


class Figure(NamedTuple):
    """A drafted figure, before it has an id: *period* is None where it is that of the report.

    *growth* is the growth over the year before in per cent, None where none is printed; *printed* are the words around
    the number.
    """

    name: str
    value: Decimal
    unit: str
    ordinal: bool = False
    period: str | None = None
    qualifiers: tuple[str, ...] = ()
    growth: Decimal | None = None
    printed: str = ""

    @property
    def is_target(self) -> bool:
        """Whether it is aimed at."""
        return "target" in self.qualifiers


class Identity(NamedTuple):
    """The id and the names of a drafted figure; *english_is_known* says that *name_en* is no placeholder.

    *series* is the id of the figure in other reports where that is another. *source* says in words where this comes
    from, empty when from the drafted name; *doubts* what is to be checked about it.
    """

    id: str
    name: str
    name_en: str
    english_is_known: bool = False
    aliases: tuple[str, ...] = ()
    series: str | None = None
    measure: str | None = None
    source: str = ""
    doubts: tuple[str, ...] = ()
    earlier: Series | None = None
    search_terms: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the name is that of an earlier figure that somebody has reviewed, and the match is beyond doubt."""
        return self.earlier is not None and self.earlier.reviewed and not self.doubts


class Identities:
    """Gives the figures of one draft their identities, in the order of the text.

    *base* are earlier figures, *events* earlier milestones.
    """

    def __init__(self, scope: str, base: Sequence[Series] = (), events: Earlier = NONE_EARLIER) -> None:
        self.ids = Ids()
        self.events = events
        self._scope = scope
        self._base = base
        self._seen: set[tuple[str, str | None, bool]] = set()

    def of(self, figure: Figure) -> Identity:
        """The identity of *figure*."""
        indicator = indicators.called(figure.name, figure.unit, ordinal=figure.ordinal)
        match = matched(
            self._base, figure.name, figure.value, figure.unit, figure.growth, self._scope, indicator, figure.printed
        )
        if match is not None and not (match.doubt > _DOUBTFUL and self._is_taken(figure, match.series.id)):
            return self._as_earlier(figure, match)
        if indicator is not None:
            return self._as_indicator(figure, indicator)
        return Identity(self.ids.of(figure.name, _told_apart(figure)), figure.name, english(figure.name))

    def _as_earlier(self, figure: Figure, match: Match) -> Identity:
        series = match.series
        id_, in_series, doubts = self._placed(figure, series.id)
        aliases = _others((figure.name, *series.aliases), series.name)
        shown = f"{series.report} 的 {series.id}（{series.name}）：{match.reason}"
        if match.doubt:
            doubts += (f"疑为 {shown}，存疑 {match.doubt:.1f}，请核对",)
        return Identity(
            id_, series.name, series.name_en, True, aliases, in_series, _measure(figure, series.measure),
            f"取自 {shown}", doubts, series
        )  # fmt: skip

    def _as_indicator(self, figure: Figure, indicator: indicators.Indicator) -> Identity:
        id_, in_series, doubts = self._placed(figure, indicator.id)
        aliases = _others((*indicator.names, *indicator.english[1:]), figure.name)
        return Identity(
            id_, figure.name, indicator.english[0], True, aliases, in_series, _measure(figure, indicator.measure),
            f"指标表：{indicator.name}", doubts, search_terms=indicator.everyday
        )  # fmt: skip

    def _is_taken(self, figure: Figure, series: str) -> bool:
        """Whether another figure of the draft is that of *series* for the time that *figure* is of."""
        return (series, figure.period, figure.is_target) in self._seen

    def _placed(self, figure: Figure, series: str) -> tuple[str, str | None, tuple[str, ...]]:
        """The id of *figure*, the *series* where that is another id, and doubts: a series has one figure for a time."""
        if self._is_taken(figure, series):
            doubt = f"与本文件中 {series} 系列的另一数同一时期，请核对是否同一指标"
            return self.ids.next(f"{series}-other", _told_apart(figure)), None, (doubt,)
        self._seen.add((series, figure.period, figure.is_target))
        id_ = self.ids.next(series, _told_apart(figure))
        return id_, None if id_ == series else series, ()


def _told_apart(figure: Figure) -> tuple[str, ...]:
    """What tells a figure from another of its name: its period, and that it is aimed at."""
    return tuple(filter(None, (figure.period, "target" if figure.is_target else None)))


def _others(names: Sequence[str], name: str) -> tuple[str, ...]:
    """Those of *names* that are not *name*, each once."""
    return tuple(dict.fromkeys(other for other in names if other.casefold() != name.casefold()))


def _measure(figure: Figure, measure: str | None) -> str | None:
    """The *measure* to be written: none where the unit says it, or where the figure is of another kind or of a day."""
    said = quantity.is_part(figure.unit) or figure.ordinal or measure in ("rank", "score")
    of_a_day = figure.period is not None and figure.period.count("-") == 2
    if said or "cumulative" in figure.qualifiers or (measure == "flow" and of_a_day):
        return None
    return measure or None
