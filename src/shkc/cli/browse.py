"""The command that browses: facts by what they have, not by their names."""

from enum import Enum
from typing import Annotated

import typer

from shkc.cli.command import FACTS, Settings, command
from shkc.cli.completion import complete_category, complete_measure, complete_section, complete_unit
from shkc.cli.lookup import KIND, Kind, write_facts
from shkc.cli.options import option, plain
from shkc.conditions import Conditions, none
from shkc.language import Text


class Sort(str, Enum):
    """In which order to list facts."""

    report = "report"
    name = "name"
    value = "value"
    growth = "growth"


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
OfKind = Annotated[Kind | None, KIND]
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
Order = Annotated[
    Sort,
    option(
        Text(
            "顺序：report（报告，默认）、name（拼音）、value（数值）或 growth（增长），后两者从大到小。",
            "Order: report (default), name (pinyin), value or growth (these two greatest first).",
        ),
        metavar=Text("顺序", "ORDER"),
    ),
]


@command(
    Text("浏览事实：全部，或符合各选项的。", "Browse the facts, all of them or those that the options pick."),
    [
        "shkc list --section 人才",
        "shkc list --unit 亿元 --min 100亿 --sort value",
        "shkc list --category policy --limit 5",
        "shkc list --has growth --sort growth",
    ],
    name="list",
    formats=FACTS,
    listing=True,
)
def list_facts(
    settings: Settings,
    section: Section = None,
    kind: OfKind = None,
    category: Category = None,
    measure: Measure = None,
    unit: Unit = None,
    has: Parts = None,
    least: Least = None,
    most: Most = None,
    sort: Order = Sort.report,
) -> None:
    """List the facts that meet all conditions."""
    base = settings.open()
    picked = conditions(section, kind, category, measure, unit, has, least, most).selection(base)
    if not write_facts(base.select(picked._replace(sort=sort.value, limit=settings.limit)), base, settings):
        settings.say(none(base, picked))
        raise typer.Exit(1)


def conditions(
    section: str | None,
    kind: Kind | None,
    category: str | None,
    measure: str | None,
    unit: str | None,
    has: list[Has] | None,
    least: str | None,
    most: str | None,
) -> Conditions:
    """What the options that pick facts say."""
    words = [text and plain(text) for text in (section, category, measure, unit, least, most)]
    section, category, measure, unit, least, most = words
    parts = [each.value for each in has or ()]
    return Conditions(section, kind and kind.value, category, measure, unit, parts, least, most)
