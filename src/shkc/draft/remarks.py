"""What only the whole draft shows of a figure: that it alone is printed of something, and that another has its name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from shkc.draft.entries import MetricDraft, ParagraphDraft
from shkc.language import Text
from shkc.text import quantity

ONLY_GROWTH = Text("报告只写了增速，没有写数值。", "The report prints the growth only, not the figure itself.")
ONLY_RANK = Text("报告只写了位次，没有写数值。", "The report prints the rank only, not the figure itself.")
_GROWTH = re.compile("(?:年均|平均)?(?:增长|增速|增幅|变动)$")
_RANK = re.compile("(?P<of>.+?)(?:(?:全国|全省|全球|世界)[\u4e00-\u9fff]{0,8})?排名")
Levels = set[tuple[str, bool]]
"""Names of figures, and whether each is aimed at."""
_RELATIVE = ("ratio", "multiples", "points")


def with_remarks(drafts: Sequence[ParagraphDraft]) -> list[ParagraphDraft]:
    """*drafts*: growths and ranks with a note where nothing else is printed, and names that stand twice in doubt."""
    metrics = [metric for draft in drafts for metric in draft.metrics]
    levels = {(metric.name, "target" in metric.qualifiers) for metric in metrics if not _is_relative(metric)}
    names = Counter(_key(metric) for metric in metrics)
    return [draft._replace(metrics=tuple(_remarked(draft.metrics, levels, names))) for draft in drafts]


def _remarked(
    metrics: Iterable[MetricDraft], levels: Levels, names: Counter[tuple[str, str | None, bool, str]]
) -> Iterator[MetricDraft]:
    for metric in metrics:
        again = ("other",) if names[_key(metric)] > 1 else ()
        yield metric._replace(signs=tuple(dict.fromkeys((*metric.signs, *again))), note=_note(metric, levels))


def _key(metric: MetricDraft) -> tuple[str, str | None, bool, str]:
    dimension = quantity.dimension(metric.unit)
    return metric.name, metric.period, "target" in metric.qualifiers, dimension or metric.unit


def _is_relative(metric: MetricDraft) -> bool:
    return quantity.dimension(metric.unit) in _RELATIVE or metric.unit == quantity.RANK


def _note(metric: MetricDraft, levels: Levels) -> Text | None:
    """That *metric* is a growth or a rank of what has no figure among *levels*."""
    if metric.unit == quantity.RANK and (ranked := _RANK.fullmatch(metric.name)):
        return None if (ranked["of"], False) in levels else ONLY_RANK
    growth = _GROWTH.search(metric.name) if quantity.dimension(metric.unit) in _RELATIVE else None
    if growth is None or not metric.name[: growth.start()]:
        return None
    level = metric.name[: growth.start()], "target" in metric.qualifiers
    return None if level in levels else ONLY_GROWTH
