"""Typer's commands, with what shkc does otherwise: a query without a command, help and errors in two languages."""

import sys
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

import typer
from typer import _completion_classes
from typer._click import Context, Parameter
from typer._click.exceptions import NoArgsIsHelpError
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

from shkc.cli.command import MEANT
from shkc.errors import UsageError
from shkc.language import Language

DEFAULT = "search"
"""The command that a call without one means."""

ALIKE = 0.75
"""From which likeness on (that of difflib) the first word of a query may be a misspelt command."""


class Call(NamedTuple):
    """What all commands of a call know: its language, and the names of all commands."""

    language: Language
    commands: Sequence[str]


def _call(context: Context) -> Call:
    found = context.find_root().obj
    assert isinstance(found, Call)
    return found


def _help(context: Context) -> str:
    from shkc.cli import help

    return help.text(context, _call(context).language)


class SpokenCommand(TyperCommand):
    """A command with its help in the language of the call."""

    def get_help(self, ctx: Context) -> str:
        return _help(ctx)

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """As Typer does; an option that has one value and is given several is refused: nobody knows which was meant."""
        if not ctx.resilient_parsing:
            _, _, order = self.make_parser(ctx).parse_args(args=list(args))
            if len(order) > len(set(order)):
                from shkc.cli import usage

                usage.refuse_repeated(order)
        return super().parse_args(ctx, args)


class SpokenGroup(TyperGroup):
    """All commands, or the one that is called."""

    def get_help(self, ctx: Context) -> str:
        return _help(ctx)

    def main(self, *arguments: Any, **settings: Any) -> Any:
        """Run a call and exit; what is wrong with it is told in one line."""
        call: Call = self.context_settings["obj"]
        self._speak_of_completion(call.language)
        try:
            sys.exit(super().main(*arguments, **{**settings, "standalone_mode": False}))
        except UsageError as error:
            typer.echo("\n".join(error.lines(call.language)), err=True)
            sys.exit(error.exit_status)
        except TyperException as error:
            from shkc.cli import usage

            if isinstance(error, NoArgsIsHelpError):
                typer.echo(error.message, err=True)
            else:
                typer.echo("\n".join(UsageError(*usage.message(error)).lines(call.language)), err=True)
            sys.exit(UsageError.exit_status)

    def _speak_of_completion(self, language: Language) -> None:
        """Have Typer's own options for completion do what shkc does in their place."""

        def answer(context: Context, parameter: Parameter, wanted: bool | None) -> None:
            if not wanted or context.resilient_parsing:
                return
            from shkc.cli import installing

            if parameter.name == "install_completion":
                installing.install(language)
            installing.show()

        for parameter in self.params:
            if parameter.name in ("install_completion", "show_completion"):
                parameter.callback = answer

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that *args* begin with, or `search` for all of them."""
        name = args[0]
        if name in self.commands:
            return name, self.commands[name], args[1:]
        if near := get_close_matches(name, _call(ctx).commands, 1, ALIKE):
            ctx.meta[MEANT] = near[0]
        return DEFAULT, self.commands[DEFAULT], ["--", *args] if name.startswith("-") else args

    def shell_complete(self, ctx: Context, incomplete: str) -> list[Any]:
        """The commands and options, and the names of facts, that begin with *incomplete*."""
        completed = super().shell_complete(ctx, incomplete)
        search = self.commands[DEFAULT]
        return completed + (search.params[0].shell_complete(ctx, incomplete) if incomplete else [])

    def _main_shell_completion(self, ctx_args: Any, prog_name: str, complete_var: str | None = None) -> None:
        # Beside each word zsh and fish show its help, from which Typer removes Rich's markup. There is none in it, and
        # to load Rich for that takes as long as the completion.
        _completion_classes._sanitize_help_text = str  # type: ignore[assignment] # text to text
        super()._main_shell_completion(ctx_args, prog_name, complete_var)
