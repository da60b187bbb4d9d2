"""The options that pick and order facts by what they have: those of every command that works on a part of the base."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from shkc.base import Selection
from shkc.cli.command import Settings
from shkc.cli.completion import complete_section, complete_term, complete_unit
from shkc.cli.options import OfKind, option, plain
from shkc.conditions import Base, Conditions, missing_units
from shkc.language import Text
from shkc.output.labels import CATEGORIES, MEASURES, ORDERS, PARTS

Section = Annotated[
    list[str] | None,
    option(
        "栏目的 id、编号、标题或其一部分；含下级栏目；可重复。",
        "Section by id, number, title or part of it; subsections included; repeatable: any of them.",
        metavar=Text("栏目", "SECTION"),
        autocompletion=complete_section,
    ),
]
Category = Annotated[
    list[str] | None,
    option(
        "这一类的里程碑：policy 或 政策等；可重复。",
        "Only milestones of this category: policy, facility …; repeatable.",
        metavar=Text("类别", "CATEGORY"),
        autocompletion=complete_term(CATEGORIES),
    ),
]
Measure = Annotated[
    list[str] | None,
    option(
        "这种口径的数字：flow、stock、cumulative、ratio、rank 或 score；可重复。",
        "Only figures of this measure: flow, stock, cumulative, ratio, rank or score; repeatable.",
        metavar=Text("口径", "MEASURE"),
        autocompletion=complete_term(MEASURES),
    ),
]
Units = Annotated[
    list[str] | None,
    option(
        "以此为单位的数字：亿元、家、% 等，基本单位 CNY，或所量的：人、机构、金额；可重复。",
        "Only figures with this unit: 亿元, 家, % …, base unit: CNY, or dimension: people, money; repeatable.",
        "--unit",
        metavar=Text("单位", "UNIT"),
        autocompletion=complete_unit,
    ),
]
Parts = Annotated[
    list[str] | None,
    option(
        "印有增长（growth）、占比（share）或位次（rank）的数字；重复时须都有。",
        "Only figures printed with growth, share or rank; repeated: with all of them.",
        metavar=Text("内容", "PART"),
        autocompletion=complete_term(PARTS),
    ),
]
Least = Annotated[
    str | None,
    option(
        "换算后的最小值，单位可有可无：10亿元、2.4万。",
        "Least normalised value, in a unit or in any: 10亿元, 2.4万.",
        "--min",
        metavar=Text("数量", "AMOUNT"),
    ),
]
Most = Annotated[
    str | None, option("换算后的最大值。", "Greatest normalised value.", "--max", metavar=Text("数量", "AMOUNT"))
]
Order = Annotated[
    str | None,
    option(
        "顺序：report（报告，默认）、name（拼音）、value（数值）或 growth（增长），后两者从大到小。",
        "Order: report (default), name (pinyin), value or growth (these two greatest first).",
        metavar=Text("顺序", "ORDER"),
        autocompletion=complete_term(ORDERS),
    ),
]


def _conditions(
    section: Section = None,
    kind: OfKind = None,
    category: Category = None,
    measure: Measure = None,
    unit: Units = None,
    has: Parts = None,
    least: Least = None,
    most: Most = None,
    sort: Order = None,
) -> Conditions:
    """What the options that pick facts say."""
    several = ([plain(text) for text in words or ()] for words in (section, category, measure, unit, has))
    sections, categories, measures, units, parts = several
    one = (text if text is None else plain(text) for text in (kind, least, most, sort))
    kind, least, most, sort = one
    return Conditions(sections, kind, categories, measures, units, parts, least, most, sort)


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


def tell_missing(settings: Settings, base: Base, selection: Selection) -> None:
    """Tell which of several units no figure has: the answer is of the others."""
    if len(selection.units) > 1 and (told := missing_units(base, selection)):
        settings.say(told)
