"""What every command shares: its options, declared once, and how its errors become messages and exit statuses."""

import inspect
import os
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Annotated, Any, NamedTuple

import typer

from shkc import base as library
from shkc.cli import messages
from shkc.cli.streams import canvas, write
from shkc.errors import FactsError, ShkcError, UsageError, one_line
from shkc.language import Language, Text
from shkc.output.formats import FORMATS
from shkc.output.progress import ProgressBar
from shkc.output.view import View

LANGUAGE_VARIABLE = "SHKC_LANG"

TABULAR = ("table", "json", "jsonl", "csv", "tsv", "markdown", "value")
"""The formats of an answer that has rows."""


class Settings(NamedTuple):
    """What the shared options say."""

    format: str
    language: Language
    facts: Sequence[str]
    quiet: bool
    strict: bool

    def open(self) -> library.FactBase:
        """The fact base that the call is about; which files are left out of it is told. Raises `FactsError`."""
        base = self._open()
        left_out = base.left_out
        if left_out and self.strict:
            raise FactsError([file.problem for file in left_out])
        for line in messages.left_out(left_out, self.language):
            typer.echo(line, err=True)
        return base

    def _open(self) -> library.FactBase:
        if self.quiet:
            return library.open(self.facts)
        with ProgressBar(Text("建立索引", "Building the index"), self.language) as progress:
            return library.open(self.facts, progress=progress)

    def write(self, view: View) -> None:
        """Write the answer."""
        write(FORMATS[self.format](view, self.language, canvas()))

    def say(self, message: Text) -> None:
        """Tell the user something that is not the answer."""
        if not self.quiet:
            typer.echo(message.to(self.language), err=True)


class Command(NamedTuple):
    """A command: its name, the function that Typer calls for it, and the examples below its help."""

    name: str
    run: Callable[..., None]
    epilog: str


# Typer takes [words] in help for markup, and shows none of them.
_JSON = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
_LANG = Annotated[
    Language | None, typer.Option(help="Language of names, headers and messages. (default: SHKC_LANG, or zh)")
]
_FACTS = Annotated[
    list[str] | None,
    typer.Option(
        metavar="[+]PATH",
        help="Fact file or folder in place of the bundled base; +PATH adds to it. (default: SHKC_FACTS)",
    ),
]
_QUIET = Annotated[bool, typer.Option("--quiet", "-q", help="Nothing but the answer: no hints, no progress.")]
_STRICT = Annotated[bool, typer.Option("--strict", help="Exit 3 when any fact file is wrong, not only when all are.")]


def _shared_options(formats: Sequence[str], facts: bool) -> dict[str, tuple[Any, object]]:
    """The shared options of a command with these *formats*: the type and the default of each."""
    options: dict[str, tuple[Any, object]] = {}
    if formats:
        metavar = f"<{'|'.join(formats)}>"
        described = f"How to print the answer. (default: {formats[0]})"
        option = typer.Option("--format", "-f", metavar=metavar, help=described)
        options |= {"format": (Annotated[str | None, option], None), "as_json": (_JSON, False)}
    options["lang"] = (_LANG, None)
    if facts:
        options |= {"facts": (_FACTS, None), "strict": (_STRICT, False)}
    options["quiet"] = (_QUIET, False)
    return options


def command(
    *, epilog: str, name: str | None = None, formats: Sequence[str] = TABULAR, facts: bool = True
) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command that also takes the shared options; its first parameter gets the `Settings`.

    *formats* are those that its answer has, the first the default; *facts* says that it is about a fact base.
    """
    options = _shared_options(formats, facts)

    def decorate(function: Callable[..., None]) -> Command:
        own = list(inspect.signature(function).parameters.values())[1:]
        shared = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for key, (kind, default) in options.items()
        ]

        @wraps(function)
        def run(**given: Any) -> None:
            said = {key: given.pop(key) for key in options}
            language = _language(said["lang"])
            try:
                chosen = _format(said.get("format"), bool(said.get("as_json")), formats)
                strict = bool(said.get("strict"))
                settings = Settings(chosen, language, said.get("facts") or (), said["quiet"], strict)
                if said["lang"] is None:
                    _say_unknown_language(settings)
                function(settings, **given)
            except ShkcError as error:
                for line in error.lines(language):
                    typer.echo(line, err=True)
                raise typer.Exit(error.exit_status) from None
            except BrokenPipeError:  # the reader has what it wanted; Typer would call that a failure
                raise typer.Exit from None

        run.__signature__ = inspect.Signature([*(p.replace(kind=p.KEYWORD_ONLY) for p in own), *shared])  # type: ignore[attr-defined] # Typer reads it
        run.__annotations__ = {p.name: p.annotation for p in (*own, *shared)}
        return Command(name or function.__name__, run, epilog)

    return decorate


def _language(chosen: Language | None) -> Language:
    if chosen is not None:
        return chosen
    return Language.en if os.environ.get(LANGUAGE_VARIABLE, "").lower().startswith("en") else Language.zh


def _say_unknown_language(settings: Settings) -> None:
    wanted = os.environ.get(LANGUAGE_VARIABLE, "")
    if wanted and not wanted.lower().startswith(("zh", "en")):
        shown = one_line(f"{LANGUAGE_VARIABLE}={wanted}")
        settings.say(
            Text(f"shkc: {shown}：只有 zh 和 en；这里用 zh", f"shkc: {shown}: there are zh and en; this is zh")
        )


def _format(chosen: str | None, as_json: bool, formats: Sequence[str]) -> str:
    if chosen is not None and chosen not in formats:
        raise UsageError(
            Text(
                f"没有格式“{chosen}”；有：{'、'.join(formats)}", f"no format “{chosen}”; there are {', '.join(formats)}"
            )
        )
    if as_json and chosen not in (None, "json"):
        raise UsageError(
            Text("--json 与 --format 不一致；只用其中一个", "--json disagrees with --format; use one of them")
        )
    return "json" if as_json else chosen or next(iter(formats), "")


def plain(argument: str) -> str:
    """*argument* with the bytes that are no UTF-8 written as escapes: the text that nobody finds, but anybody can read.

    Paths stay as they are, because a file may have such a name.
    """
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
