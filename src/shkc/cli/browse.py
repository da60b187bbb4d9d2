"""The command that browses: facts by what they have, not by their names."""

from collections.abc import Mapping
from enum import Enum
from typing import Annotated

import typer

from shkc.base import Bound, FactBase, Selection
from shkc.cli.command import FACTS, Settings, command
from shkc.cli.completion import complete_category, complete_measure, complete_section, complete_unit
from shkc.cli.lookup import KIND, Kind, write_facts
from shkc.cli.options import option, plain
from shkc.errors import UsageError
from shkc.language import Text
from shkc.output.labels import CATEGORIES, MEASURES

MOST_UNITS = 20
"""Units that are told where no fact has the one asked for."""


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
    kind: Annotated[Kind | None, KIND] = None,
    category: Category = None,
    measure: Measure = None,
    unit: Unit = None,
    has: Parts = None,
    least: Least = None,
    most: Most = None,
    sort: Order = Sort.report,
) -> None:
    """List the facts that meet all conditions."""
    low, high = _bounds(least, most)
    base = settings.open()
    selection = Selection(
        section=section and plain(section),
        kind=kind and kind.value,
        category=_term(Text("类别", "category"), category, CATEGORIES),
        measure=_term(Text("口径", "measure"), measure, MEASURES),
        unit=_unit(unit, base),
        has=tuple(dict.fromkeys(each.value for each in has or ())),
        least=low,
        most=high,
        sort=sort.value,
        limit=settings.limit,
    )
    if not write_facts(base.select(selection), base, settings):
        settings.say(_none(base, selection))
        raise typer.Exit(1)


def _term(what: Text, text: str | None, labels: Mapping[str, Text]) -> str | None:
    """The term of *labels* that *text* is, in either language. Raises `UsageError` for one that is none."""
    if text is None:
        return None
    for term, label in labels.items():
        if plain(text).strip().lower() in (term, label.zh, label.en):
            return term
    chinese = "、".join(f"{term}（{label.zh}）" for term, label in labels.items())
    raise UsageError(
        Text(
            f"没有{what.zh}“{plain(text)}”；有：{chinese}",
            f"no {what.en} “{plain(text)}”; there are {', '.join(labels)}",
        )
    )


def _unit(text: str | None, base: FactBase) -> str | None:
    """*text* where it is a printed unit of *base*, else the base unit that it is a name of (yuan: CNY)."""
    if text is None:
        return None
    from shkc.text import amounts

    unit = plain(text).strip()
    amount = None if unit in base.units() else amounts.amount(f"1 {unit}")
    return amount[1] if amount and amount[1] else unit


def _bounds(least: str | None, most: str | None) -> tuple[Bound | None, Bound | None]:
    """The limits of normalised values. Raises `UsageError` for what is no amount, and for two units."""
    low, high = _bound(least), _bound(most)
    if low and high and low.unit and high.unit and low.unit != high.unit:
        raise UsageError(
            Text(
                f"--min 的单位是 {low.unit}，--max 的是 {high.unit}；请用同一单位",
                f"--min is in {low.unit} and --max in {high.unit}; use one unit",
            )
        )
    return low, high


def _bound(text: str | None) -> Bound | None:
    if text is None:
        return None
    from shkc.text import amounts

    amount = amounts.amount(plain(text))
    if amount is None:
        raise UsageError(
            Text(f"“{text}”不是数量；写法如 100、2.4万、10亿元", f"“{text}” is no amount; write 100, 2.4万 or 10亿元")
        )
    value, unit = amount
    return Bound(float(value), unit)


def _none(base: FactBase, selection: Selection) -> Text:
    """That no fact is as *selection* asks; where no fact at all has its unit or category, which there are."""
    if selection.unit is not None and not any(base.select(Selection(unit=selection.unit, limit=1))):
        units = base.units()[:MOST_UNITS]
        return Text(
            f"没有单位是“{selection.unit}”的数字；有：{'、'.join(units)}",
            f"no figure has the unit “{selection.unit}”; there are {', '.join(units)}",
        )
    if selection.category is not None and selection.category not in (found := base.categories()):
        label = CATEGORIES[selection.category]
        return Text(
            f"没有“{label.zh}”类的里程碑；有：{'、'.join(CATEGORIES[each].zh for each in found)}",
            f"no milestone is of the category {label.en}; there are {', '.join(CATEGORIES[each].en for each in found)}",
        )
    return Text("没有符合条件的事实", "no fact meets the conditions")
