"""The command that goes through a draft with a person: review."""

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shkc.cli import proving
from shkc.cli.authoring import DOCUMENT
from shkc.cli.command import Settings, command
from shkc.cli.options import argument, option
from shkc.cli.streams import canvas
from shkc.errors import ShkcError, UsageError, one_line
from shkc.language import Text
from shkc.output import authoring
from shkc.output import review as shown

if TYPE_CHECKING:
    from shkc.draft.review import Item
    from shkc.draft.session import Session

_TAKES_LINE = frozenset(("vi", "vim", "nvim", "view", "nano", "emacs", "emacsclient", "micro", "joe", "kak", "ne"))
"""Editors that open a file at a line with +LINE before its name."""


@command(
    "逐项核对起草的事实文件：存疑最多的在前，显示原文，一键决定，随时保存。",
    "Go through a drafted fact file: the most doubtful first, beside the text, one key each, saved as it goes.",
    ["shkc review facts-2024.toml report-2024.txt", "shkc review facts-2024.toml report-2024.pdf --all"],
    formats=(),
    facts=False,
)
def review(
    settings: Settings,
    facts: Annotated[str, argument("起草的事实文件。", "The drafted fact file.", metavar=Text("事实文件", "FACTS"))],
    report: Annotated[str, argument(*DOCUMENT, metavar=Text("报告", "REPORT"))],
    every: Annotated[
        bool, option("没有疑问的事实也核对。", "Facts that nothing is said against, too.", "--all")
    ] = False,
) -> None:
    """Review a draft."""
    _refuse_without_terminal(facts, report)
    from shkc.draft import review as reviews
    from shkc.draft.session import Session

    proof = proving.proof(proving.contents([facts]), report)
    session = Session(Path(facts), proof.paragraphs, sure=every)
    while (waiting := session.open) and _decided(settings, session, waiting, proof.paragraphs):
        pass
    settings.say(shown.done(*reviews.left(session.content)), _accounts(facts, report))
    if not waiting:
        settings.say(Text(f"接着：shkc verify {report} --facts {facts}", f"next: shkc verify {report} --facts {facts}"))


def _accounts(facts: str, report: str) -> Text:
    """What accounts for the numerals of *report*, as *facts* are now."""
    from shkc.facts.tally import tally

    contents = proving.contents([facts])
    return authoring.accounts(tally(contents, proving.proof(contents, report)))


def _refuse_without_terminal(facts: str, report: str) -> None:
    """Raise `UsageError` where nobody can press a key; it says what can be done instead."""
    if sys.stdin.isatty() and sys.stdout.isatty() and report != "-":
        return
    by_hand = f"grep -n '# review:' {facts}"
    raise UsageError(
        f"review 要在终端里按键，原文也要是文件；没有终端时，用 {by_hand} 列出待核的行，改好后删去标记",
        f"review asks for keys in a terminal, beside a report that is a file; without one, {by_hand} lists"
        " what to look at: mend the lines and delete the marks",
    )


def _decided(settings: Settings, session: "Session", waiting: "Sequence[Item]", paragraphs: "Sequence[str]") -> bool:
    """Show the first of *waiting*, wait for a key and do what it says; whether to go on."""
    item = waiting[0]
    _show(settings, session, item, len(waiting), paragraphs)
    try:
        key = typer.getchar().lower()
        while key not in shown.KEYS:
            key = typer.getchar().lower()
        typer.echo(f"→ {shown.KEYS[key].to(settings.language)}")
        if key == "q":
            return False
        _DECISIONS[key](session, item)
    except EOFError:  # the terminal is gone
        return False
    except ShkcError as error:
        typer.echo("\n".join(error.lines(settings.language)[:1]))
    return True


def _show(settings: Settings, session: "Session", item: "Item", number: int, paragraphs: "Sequence[str]") -> None:
    from shkc.draft.review import nearby, sentence

    language, drawn_on = settings.language, canvas()
    text = paragraphs[item.paragraph - 1] if item.paragraph and item.paragraph <= len(paragraphs) else ""
    title = shown.title(number, item.doubt, item.paragraph, language)
    said = sentence(text, item.words, item.mark) if item.words else ("", "", "")
    before, marked, behind = map(one_line, nearby(said) if item.kind == "milestone" else said)
    if item.members:
        members = [each.fact for each in item.members if each.fact is not None]
        rows = shown.rows_of_several(members, language)
    elif item.fact is not None:
        rows = shown.rows_of_fact(item.fact, language)
    elif item.kind == "exception":
        rows = shown.rows_of_exception(item.words, item.reason)
    else:
        value = getattr(session.content.report, item.key, None)
        rows = iter([shown.row_of_field(item.key, str(value or ""))])
    card = shown.card(title, (before, marked, behind), rows, map(one_line, item.doubts), language, drawn_on)
    typer.echo(card + shown.keys(language, drawn_on, several=bool(item.members)), nl=False)


def _edit(session: "Session", item: "Item") -> None:
    """Open the file in the editor at the line of *item*, and take it as it is then. Raises `FactsError`."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    try:
        words = shlex.split(named)
        line = [f"+{item.line}"] if words and Path(words[0]).stem in _TAKES_LINE else []
        subprocess.run([*words, *line, str(session.path)], check=True)  # noqa: S603 # the editor that the user chose
    except (OSError, IndexError, ValueError, subprocess.CalledProcessError):
        raise UsageError(
            f"编辑器“{named}”没有正常结束；请设置 EDITOR", f"the editor “{named}” did not end well; set EDITOR"
        ) from None
    session.reread()


_DECISIONS: "dict[str, Callable[[Session, Item], None]]" = {
    "k": lambda session, item: session.keep(item),
    "d": lambda session, item: session.drop(item),
    "e": _edit,
    "o": lambda session, item: session.take_apart(item),
    "s": lambda session, item: session.skip(item),
    "u": lambda session, item: session.undo(),
}
"""What each key but the last does."""
