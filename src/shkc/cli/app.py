"""The command line as Typer sees it: all commands, or the one that a call is for."""

import os
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module
from inspect import Parameter, Signature
from typing import Annotated, Any

import typer

from shkc import language as languages
from shkc.cli.command import Command, Settings, command
from shkc.cli.group import ALIKE, DEFAULT, Call, SpokenCommand, SpokenGroup
from shkc.cli.options import argument, option, shared, spoken
from shkc.errors import UsageError
from shkc.language import Language, Text
from shkc.output.formats import FORMATS


def _complete_command(incomplete: str) -> list[str]:
    return list(COMMANDS)


@command(
    "显示 shkc 或一个命令的帮助。",
    "Show the help of shkc or of a command.",
    ["shkc help", "shkc help metric"],
    name="help",
    formats=(),
    facts=False,
)
def show_help(
    settings: Settings,
    name: Annotated[
        str | None,
        argument("命令。", "A command.", metavar=Text("[命令]", "[COMMAND]"), autocompletion=_complete_command),
    ] = None,
) -> None:
    """Print what --help prints."""
    names = list(COMMANDS)
    if name is not None and name not in names:
        raise UsageError(*_no_command(name, names))
    words = [*([] if name is None else [name]), "--help", "--lang", settings.language.value]
    application(words)(words, prog_name="shkc")


def _no_command(name: str, names: Sequence[str]) -> Text:
    if near := get_close_matches(name, names, 1, ALIKE):
        return Text(f"没有命令“{name}”；是不是 {near[0]}？", f"no command “{name}”; did you mean {near[0]}?")
    return Text(f"没有命令“{name}”；有：{'、'.join(names)}", f"no command “{name}”; there are {', '.join(names)}")


COMMANDS = {
    "metric": "lookup.metric",
    "milestone": "lookup.milestone",
    "search": "lookup.search",
    "batch": "lookup.batch",
    "list": "browse.list_facts",
    "show": "lookup.show",
    "trend": "lookup.trend",
    "sections": "lookup.sections",
    "cite": "citing.cite",
    "export": "exporting.export",
    "mcp": "serving.mcp",
    "check": "authoring.check",
    "diff": "authoring.diff",
    "verify": "authoring.verify",
    "page": "page.page",
    "text": "authoring.document_text",
    "draft": "authoring.draft",
    "review": "reviewing.review",
    "cache": "authoring.cache",
    "schema": "authoring.schema",
    "help": "app.show_help",
}
"""Where each command is, in the order of the help: a call imports the module of its own command only."""


def command_named(name: str) -> Command:
    """The command *name*."""
    module, _, function = COMMANDS[name].partition(".")
    found: Command = getattr(import_module(f"shkc.cli.{module}"), function)
    return found


_HELP = Text(
    "《上海科技进步报告》的数字和里程碑：准确、有出处。\n没有命令的查询就是 shkc search；选项写在命令前后都可以。",
    "Exact figures and milestones of the annual Shanghai science and technology progress report (上海科创).\n"
    "A query without a command is shkc search; options may stand before or behind a command.",
)
_EXAMPLES = "shkc 技术合同\nshkc metric 技术合同 --json\nshkc list --section 人才"


def application(arguments: Sequence[str]) -> typer.Typer:
    """The app for a call with *arguments*: with the commands that they may name, or with all.

    Typer builds every command that it has before it looks at the call; that takes as long as a lookup.
    """
    words = _being_completed(os.environ) if "_SHKC_COMPLETE" in os.environ else arguments
    language = languages.of_call(words, os.environ)
    typer_app = typer.Typer(
        cls=SpokenGroup,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={
            "help_option_names": ["-h", "--help"],
            "obj": Call(language, list(COMMANDS)),
        },
    )
    typer_app.callback(help=_HELP.to(language), epilog=_EXAMPLES)(_root(language))
    for each in map(command_named, _wanted(words)):
        described = each.does.to(language)
        typer_app.command(each.name, cls=SpokenCommand, help=described, epilog="\n".join(each.examples))(
            each.spoken(language)
        )
    return typer_app


def _wanted(words: Sequence[str]) -> Iterable[str]:
    """The commands that a call with *words* may need: those that are named, the default one, or all."""
    if words and words[0] in COMMANDS:
        return words[:1]
    named = COMMANDS.keys() & words
    about_all = "_SHKC_COMPLETE" in os.environ or {"-h", "--help"}.intersection(words)
    if not named and (about_all or all(word.startswith("-") for word in words)):
        return COMMANDS
    return named | {DEFAULT}


def _being_completed(environment: Mapping[str, str]) -> list[str]:
    """The arguments on the line that a shell wants completed."""
    line = environment.get("COMP_WORDS") or environment.get("_TYPER_COMPLETE_ARGS") or ""
    return line.split()[1:]


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"shkc {version('shkc')}")
        raise typer.Exit


_VERSION = option("显示版本。", "Show the version.", "--version", callback=_show_version, is_eager=True)


def _root(language: Language) -> Any:
    """The function of the options that stand before a command; the command reads them from its context."""

    def root(**given: object) -> None:
        return

    version = Parameter("version", Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, _VERSION])
    every = [name for name in FORMATS if name != "github"]
    parameters = [spoken(each, language) for each in (version, *shared(every, facts=True, listing=True))]
    root.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # Typer reads it
    root.__annotations__ = {each.name: each.annotation for each in parameters}
    return root
