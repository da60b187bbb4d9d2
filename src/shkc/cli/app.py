"""The command line as Typer sees it: all commands, or the one that a call is for."""

import os
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from shkc.cli import authoring, lookup, page

COMMANDS = (
    lookup.metric,
    lookup.milestone,
    lookup.search,
    lookup.batch,
    lookup.list_facts,
    lookup.show,
    lookup.trend,
    lookup.sections,
    authoring.check,
    authoring.diff,
    authoring.verify,
    page.page,
    authoring.draft,
    authoring.cache,
    authoring.schema,
)
"""The commands, in the order of the help."""


def application(arguments: Sequence[str]) -> typer.Typer:
    """The app for a call with *arguments*: with the one command that they begin with, or with all.

    Typer builds every command that it has before it looks at the call; that takes as long as a lookup.
    """
    called = (arguments or _being_completed(os.environ))[:1]
    typer_app = typer.Typer(
        name="shkc",
        help="Exact figures and milestones of the annual Shanghai science-and-technology progress report (上海科创).",
        epilog="Examples:  shkc metric 技术合同   ·   shkc list --section 人才   ·   shkc search 院士 --json",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    typer_app.callback()(_root)
    for command in [command for command in COMMANDS if command.name in called] or COMMANDS:
        typer_app.command(command.name, epilog=command.epilog)(command.run)
    return typer_app


def _being_completed(environment: Mapping[str, str]) -> list[str]:
    """The arguments on the line that a shell wants completed; none when it wants nothing."""
    line = environment.get("COMP_WORDS") or environment.get("_TYPER_COMPLETE_ARGS") or ""
    return line.split()[1:] if "_SHKC_COMPLETE" in environment else []


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"shkc {version('shkc')}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that stand before a command."""


app = application([])
"""All commands."""
