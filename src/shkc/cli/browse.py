"""The command that browses: facts by what they have, not by their names."""

import typer

from shkc.cli.command import FACTS, Settings, command
from shkc.cli.lookup import write_facts
from shkc.cli.picking import picking, tell_missing
from shkc.conditions import Conditions, none


@command(
    "浏览事实：全部，或符合各选项的。",
    "Browse the facts, all of them or those that the options pick.",
    [
        "shkc list --section 人才",
        "shkc list --unit 亿元 --min 100亿 --sort value",
        "shkc list --unit 人 --unit 机构",
        "shkc list --category policy --limit 5",
        "shkc list --has growth --sort growth",
    ],
    name="list",
    formats=FACTS,
    listing=True,
)
@picking
def list_facts(settings: Settings, picked: Conditions) -> None:
    """List the facts that meet all conditions."""
    base = settings.open()
    selection = picked.selection(base)
    if not write_facts(base.select(selection._replace(limit=settings.limit)), base, settings):
        settings.say(none(base, selection))
        raise typer.Exit(1)
    tell_missing(settings, base, selection)
