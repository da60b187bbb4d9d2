"""What every command shares: its options, and how its errors become messages and exit statuses."""

import inspect
import os
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import typer

from shkc import base as library
from shkc import language as languages
from shkc import paths
from shkc.cli import messages
from shkc.cli.options import OPTIONS, shared, spoken
from shkc.cli.streams import canvas, write
from shkc.errors import FactsError, LeftOut, ShkcError, UsageError, one_line
from shkc.language import Language, Text
from shkc.output.formats import FORMATS
from shkc.output.progress import ProgressBar
from shkc.output.view import View, limited, picked

TABULAR = ("table", "json", "jsonl", "csv", "tsv", "markdown", "value")
"""The formats of an answer that has rows."""

FACTS = (*TABULAR, "display", "cite")
"""The formats of facts."""

MEANT = "shkc.meant"
"""The key in a context under which stands the command that the first word of a question may have meant."""


class Settings(NamedTuple):
    """What the shared options say."""

    language: Language
    format: str = "table"
    facts: Sequence[str] = ()
    quiet: bool = False
    columns: Sequence[str] = ()
    limit: int | None = None
    strict: bool = False

    def open(self) -> library.FactBase:
        """The fact base that the call is about; which files are left out of it is told. Raises `FactsError`."""
        base = self._open()
        self.tell(base.left_out)
        return base

    def tell(self, left_out: Sequence[LeftOut]) -> None:
        """Tell which files are *left_out*. Raises `FactsError` when there are some and the call is strict."""
        if left_out and self.strict:
            raise FactsError([file.problem for file in left_out])
        for line in () if self.quiet else messages.left_out(left_out, self.language):
            typer.echo(line, err=True)

    def _open(self) -> library.FactBase:
        if self.quiet:
            return library.open(self.facts)
        with ProgressBar(Text("建立索引", "Building the index"), self.language) as progress:
            return library.open(self.facts, progress=progress)

    def inputs(self, *others: str | None) -> list[Path]:
        """The files and folders that the call reads: the facts, and *others* where they are given."""
        return [Path(read) for read in (*paths.fact_paths(self.facts, os.environ), *others) if read is not None]

    def write(self, view: View) -> None:
        """Write the answer."""
        view = picked(view, self.columns) if self.columns else view
        view = view if self.limit is None else limited(view, self.limit)
        write(FORMATS[self.format].write(view, self.language, canvas()))

    def say(self, *messages: Text) -> None:
        """Tell the user something that is not the answer."""
        for message in () if self.quiet else messages:
            typer.echo(message.to(self.language), err=True)


class Command(NamedTuple):
    """A command: its name, what it does, its help and examples, and the shared options that it takes."""

    name: str
    function: Callable[..., None]
    does: Text
    examples: Sequence[str]
    formats: Sequence[str]
    shared: Sequence[inspect.Parameter]

    def spoken(self, language: Language) -> Callable[..., None]:
        """The function that Typer calls, in *language*."""
        own = list(inspect.signature(self.function).parameters.values())[1:]
        parameters = [spoken(parameter, language) for parameter in (*own, *self.shared)]

        @wraps(self.function)
        def run(context: typer.Context, **given: Any) -> None:
            behind = {parameter.name: given.pop(parameter.name) for parameter in self.shared}
            before = context.parent.params if context.parent else {}
            try:
                settings = _settings(self, _both(self.name, before, behind), language)
                self.function(settings, **given)
            except ShkcError as error:
                for line in error.lines(language):
                    typer.echo(line, err=True)
                raise typer.Exit(error.exit_status) from None
            except BrokenPipeError:  # the reader has what it wanted; Typer would call that a failure
                raise typer.Exit from None
            except typer.Exit as end:
                if end.exit_code == 1 and MEANT in context.meta:
                    name = context.meta[MEANT]
                    settings.say(Text(f"要用命令请写：shkc {name}", f"if you meant the command: shkc {name}"))
                raise

        context = inspect.Parameter("context", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        run.__signature__ = inspect.Signature([context, *parameters])  # type: ignore[attr-defined] # Typer reads it
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in (context, *parameters)}
        return run


def _both(command: str, before: Mapping[str, Any], behind: Mapping[str, Any]) -> dict[str, Any]:
    """The shared options that stand *before* and *behind* the name of *command*: what stands behind it wins.

    Raises `UsageError` for one that the command does not take.
    """
    said, also = _given(before), _given(behind)
    for key in said.keys() - behind.keys():
        raise UsageError(f"{command} 没有选项 {OPTIONS[key]}", f"{command} takes no {OPTIONS[key]}")
    return {**behind, **said, **also, "facts": [*said.get("facts", ()), *also.get("facts", ())]}


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of *options* that a call has."""
    return {key: value for key, value in options.items() if value or (value == 0 and value is not False)}


def _settings(command: Command, said: Mapping[str, Any], language: Language) -> Settings:
    """What the shared options say. Raises `UsageError` where two of them disagree."""
    chosen, formats = said.get("format"), command.formats
    if chosen is not None and chosen not in formats:
        raise UsageError(
            f"{command.name} 没有格式“{chosen}”；有：{'、'.join(formats)}",
            f"{command.name} has no format “{chosen}”; it has {', '.join(formats)}",
        )
    if said.get("as_json") and chosen not in (None, "json"):
        raise UsageError("--json 与 --format 不一致；只用其中一个", "--json disagrees with --format; use one of them")
    output = "json" if said.get("as_json") else chosen or next(iter(formats), "")
    columns = [key.strip() for key in (said.get("columns") or "").replace("，", ",").split(",") if key.strip()]
    if columns and not FORMATS[output].columns:
        with_columns = [name for name in formats if FORMATS[name].columns]
        raise UsageError(
            f"格式 {output} 没有列；--columns 用于 {'、'.join(with_columns)}",
            f"{output} has no columns; --columns is for {', '.join(with_columns)}",
        )
    settings = Settings(
        language, output, said["facts"], said["quiet"], columns, said.get("limit"), bool(said.get("strict"))
    )
    _check_environment(settings, said["lang"])
    return settings


def _check_environment(settings: Settings, chosen: Language | None) -> None:
    """Tell when SHKC_LANG asks for a language that shkc does not speak."""
    asked = os.environ.get(languages.VARIABLE)
    if asked and chosen is None and languages.named(asked) is None:
        shown, used = one_line(f"{languages.VARIABLE}={asked}"), settings.language.value
        settings.say(
            Text(f"shkc: {shown}：只有 zh 和 en；这里用 {used}", f"shkc: {shown}: there are zh and en; this is {used}")
        )


def command(
    zh: str,
    en: str,
    examples: Sequence[str],
    *,
    name: str | None = None,
    formats: Sequence[str] = TABULAR,
    facts: bool = True,
    listing: bool = False,
) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command that also takes the shared options; its first parameter gets the `Settings`.

    *zh* and *en* say what it does, *formats* are those of its answer, the first the default; *facts* says that it is
    about a fact base, *listing* that its answer has rows of which columns and a number can be picked.
    """

    def decorate(function: Callable[..., None]) -> Command:
        options = shared(formats, facts=facts, listing=listing)
        return Command(name or function.__name__, function, Text(zh, en), examples, formats, options)

    return decorate
