"""The command that browses: facts by what they have, not by their names."""

from enum import Enum
from typing import Annotated

import typer

from shkc.cli.command import FACTS, Settings, command
from shkc.cli.lookup import write_facts
from shkc.cli.options import option
from shkc.cli.picking import picking
from shkc.conditions import Conditions, none
from shkc.language import Text


class Sort(str, Enum):
    """In which order to list facts."""

    report = "report"
    name = "name"
    value = "value"
    growth = "growth"


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
@picking
def list_facts(settings: Settings, picked: Conditions, sort: Order = Sort.report) -> None:
    """List the facts that meet all conditions."""
    base = settings.open()
    selection = picked.selection(base)
    if not write_facts(base.select(selection._replace(sort=sort.value, limit=settings.limit)), base, settings):
        settings.say(none(base, selection))
        raise typer.Exit(1)
