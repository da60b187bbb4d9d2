"""The options that pick facts by what they have: those of every command that works on a part of the base."""

import inspect
from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Annotated, Any

from shkc.cli.completion import complete_category, complete_measure, complete_section, complete_unit
from shkc.cli.options import OfKind, option, plain
from shkc.conditions import Conditions
from shkc.language import Text


class Has(str, Enum):
    """What a figure may be printed with."""

    growth = "growth"
    share = "share"
    rank = "rank"


Section = Annotated[
    str | None,
    option(
        Text(
            "栏目的 id、编号、标题或其一部分；含下级栏目。",
            "Section by id, number, title or part of it; subsections included.",
        ),
        metavar=Text("栏目", "SECTION"),
        autocompletion=complete_section,
    ),
]
Category = Annotated[
    str | None,
    option(
        Text("这一类的里程碑：policy 或 政策等。", "Only milestones of this category: policy, facility …"),
        metavar=Text("类别", "CATEGORY"),
        autocompletion=complete_category,
    ),
]
Measure = Annotated[
    str | None,
    option(
        Text(
            "这种口径的数字：flow、stock、cumulative、ratio、rank 或 score。",
            "Only figures of this measure: flow, stock, cumulative, ratio, rank or score.",
        ),
        metavar=Text("口径", "MEASURE"),
        autocompletion=complete_measure,
    ),
]
Unit = Annotated[
    str | None,
    option(
        Text(
            "以此为单位的数字：亿元、家、% 等，或基本单位 CNY。",
            "Only figures with this unit: 亿元, 家, % … or base unit: CNY, yuan.",
        ),
        metavar=Text("单位", "UNIT"),
        autocompletion=complete_unit,
    ),
]
Parts = Annotated[
    list[Has] | None,
    option(
        Text(
            "印有增长（growth）、占比（share）或位次（rank）的数字；可重复。",
            "Only figures printed with growth, share or rank; repeatable.",
        ),
        metavar=Text("内容", "PART"),
    ),
]
Least = Annotated[
    str | None,
    option(
        Text(
            "换算后的最小值，单位可有可无：10亿元、2.4万。",
            "Least normalised value, in a unit or in any: 10亿元, 2.4万.",
        ),
        "--min",
        metavar=Text("数量", "AMOUNT"),
    ),
]
Most = Annotated[
    str | None, option(Text("换算后的最大值。", "Greatest normalised value."), "--max", metavar=Text("数量", "AMOUNT"))
]


def _conditions(
    section: Section = None,
    kind: OfKind = None,
    category: Category = None,
    measure: Measure = None,
    unit: Unit = None,
    has: Parts = None,
    least: Least = None,
    most: Most = None,
) -> Conditions:
    """What the options that pick facts say."""
    words = [text and plain(text) for text in (section, category, measure, unit, least, most)]
    section, category, measure, unit, least, most = words
    parts = [each.value for each in has or ()]
    return Conditions(section, kind and kind.value, category, measure, unit, parts, least, most)


_OPTIONS = inspect.signature(_conditions).parameters


def picking(function: Callable[..., None]) -> Callable[..., None]:
    """*function* with the options that pick facts in the place of its parameter `picked`, which gets what they say."""

    @wraps(function)
    def run(*settings: Any, **given: Any) -> None:
        picked = _conditions(**{name: given.pop(name) for name in _OPTIONS})
        function(*settings, picked=picked, **given)

    own = inspect.signature(function).parameters
    expanded = [each for name in own for each in (_OPTIONS.values() if name == "picked" else [own[name]])]
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined] # the command reads it
        [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in expanded]
    )
    return run
