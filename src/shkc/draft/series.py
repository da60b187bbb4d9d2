"""The figures of earlier fact files, and which of them a drafted figure is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from shkc.draft import indicators, printed, topics
from shkc.facts.doubts import doubts
from shkc.facts.load import FactFileContent
from shkc.facts.model import Metric, Relation
from shkc.text import quantity, units

_ENDING = re.compile(r"(?:总数量|总数|数量|总量|总额|金额|数|量|规模)$")
"""What a name may end in or not, about the same figure: 高新技术企业, 高新技术企业数."""
_OPENING = re.compile(r"^(?:全社会|全年|全省|全市|全区|累计|年末|本年|当年|地方|登记|经认定登记的|国家级?)")

_TELLING = re.compile(
    "新|净|增长|增速|增幅|占|比重|人均|户均|每|排名|年均|农村|农民|农牧民|城镇|城市|变动前|规上|规模以上|高技术|进口|出口"
    "|国家级|省级|市级|累计|有效|第一|第二|第三|一产|二产|三产"
)
"""Words that make another figure of the same thing: two names that are nearly alike must share all of them."""

LEAST_ALIKE = Decimal("0.75")
"""The share of their pairs of characters that two names must have in common (Dice) to be of one figure, in doubt."""

MOST_CHANGE = Decimal(3)
"""A figure that is so many times that of the year before, or such a part of it, is hardly the same."""

CLOSE = Decimal("0.05")
"""How far a figure may be from what the printed growth makes of the year before's: reports revise and compare."""


class Series(NamedTuple):
    """A figure of an earlier report, by what it is found by and what it hands on."""

    id: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    unit: str
    value: Decimal
    measure: str | None
    scope: str
    report: str
    indicator: str | None
    relations: tuple[Relation, ...]
    fact: str
    """Its id in that report, which is not *id* where it stands in a series."""
    reviewed: bool
    """Whether nothing in that file is marked as doubtful about it."""
    printed: str
    """The words that it was printed with, whatever it is called."""
    drafted: str
    """The name that the draft had made of it, where somebody has renamed it; else empty."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names in Chinese."""
        return tuple(name for name in (self.name, *self.aliases) if not name.isascii())


class Match(NamedTuple):
    """The series that a drafted figure is of, the *reason* in words, and the *doubt*: 0 is none, 1 is mere chance."""

    series: Series
    reason: str
    doubt: float


def of_files(contents: Iterable[FactFileContent]) -> list[Series]:
    """The figures of *contents*, the newest report first; of a series the newest figure that is no target."""
    newest: dict[tuple[str, str], Series] = {}
    for content in sorted(contents, key=lambda content: -content.report.year):
        doubted, drafted = doubts(content), printed.drafted_names(content)
        metrics = ((fact, details) for fact, details in content.records if isinstance(fact, Metric))
        for fact, details in sorted(metrics, key=lambda each: "target" in each[0].qualifiers):
            if fact.scope == content.report.scope:
                indicator = indicators.called(fact.name, fact.unit, ordinal=fact.measure == "rank")
                series = Series(
                    details.series or fact.id, fact.name, fact.name_en, details.aliases, units.base_unit(fact.unit),
                    fact.normalized.value, fact.measure, fact.scope, content.report.id,
                    indicator.id if indicator else None, details.relations, fact.id, fact.id not in doubted,
                    printed.words(fact.source.excerpt), drafted.get(fact.id, ""),
                )  # fmt: skip
                newest.setdefault((series.id, series.scope), series)
    return list(newest.values())


def matched(
    base: Sequence[Series],
    name: str,
    value: Decimal,
    unit: str,
    growth: Decimal | None,
    scope: str,
    indicator: indicators.Indicator | None,
    words: str = "",
) -> Match | None:
    """The series of *base* that a figure of *scope* is of: by name and alias, or by indicator, or else nearly so.

    It is of the series, too, that is printed with the same *words*, whatever somebody has called that. Unit and measure
    must be the same. Where the *growth* printed with the figure, in per cent, follows from the figure of the series,
    that speaks for it; a value that is many times as great speaks against it.
    """
    fitting = [series for series in base if series.unit == units.base_unit(unit)]
    matches = [
        match
        for series in fitting
        if (match := _by_name(series, name, indicator)) is not None and (series.scope == scope or not match.doubt)
    ]
    if all(match.doubt for match in matches):
        here = [series for series in fitting if series.scope == scope]
        renamed = [Match(each, "起草名称相同", 0.0) for each in here if each.drafted == name]
        doubt = 0.2 if topics.is_bare(words) else 0.0
        alike = [Match(each, "原文措辞相同", doubt) for each in here if words and each.printed == words]
        matches += renamed or (alike if len(alike) == 1 else [])
    if not matches:
        return None
    weighed = [_weighed(match, quantity.to_base(value, unit), growth, scope) for match in matches]
    best = min(weighed, key=lambda match: match.doubt)
    rivals = {match.series.id for match in weighed if match.doubt - best.doubt < _SAME_DOUBT}
    return best if len(rivals) == 1 and best.doubt < _MOST_DOUBT else None


_SAME_DOUBT = 0.1
"""Two series that are so close in doubt cannot be told apart."""

_MOST_DOUBT = 0.7
"""From here on a match is more likely to be corrected than to be kept."""


def _by_name(series: Series, name: str, indicator: indicators.Indicator | None) -> Match | None:
    if name in series.names:
        return Match(series, "名称相同", 0.0)
    if indicator is not None and indicator.id == series.indicator:
        return Match(series, "指标相同", 0.1)
    plain = _plain(name)
    if any(plain == _plain(other) for other in series.names):
        return Match(series, "名称只差首尾", 0.2)
    telling = sorted(_TELLING.findall(name))
    others = [other for other in series.names if sorted(_TELLING.findall(other)) == telling]
    alike = max((_alike(plain, _plain(other)) for other in others), default=Decimal(0))
    return Match(series, "名称相近", float(Decimal("1.2") - alike)) if alike >= LEAST_ALIKE else None


def _weighed(match: Match, value: Decimal, growth: Decimal | None, scope: str) -> Match:
    """*match* with less doubt where the growth agrees, and more where the value is of another order."""
    before = match.series.value
    if match.series.scope != scope or not before or not value:
        return match
    if growth is not None and growth > -100 and abs(value / (before * (1 + growth / 100)) - 1) <= CLOSE:
        return match._replace(reason=f"{match.reason}，印出的增长与上次的数值相符", doubt=match.doubt / 2)
    ratio = abs(value / before)
    if not 1 / MOST_CHANGE <= ratio <= MOST_CHANGE:
        return match._replace(reason=f"{match.reason}，但数值与上次相差悬殊", doubt=min(1.0, match.doubt + 0.4))
    return match


def _plain(name: str) -> str:
    """*name* without what may begin or end it and says nothing about which figure it is."""
    folded = re.sub(r"[\s“”\"'《》()（）、,，]", "", quantity.fold_width(name))
    return _ENDING.sub("", _OPENING.sub("", folded)) or folded


def _alike(one: str, other: str) -> Decimal:
    """The share of the pairs of characters that two names have in common (Dice 1945), from 0 to 1."""
    mine, others = _pairs(one), _pairs(other)
    return Decimal(2 * len(mine & others)) / max(1, len(mine) + len(others))


def _pairs(name: str) -> frozenset[str]:
    return frozenset(name[at : at + 2] for at in range(len(name) - 1))
