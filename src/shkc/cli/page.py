"""The command that writes the facts as a page: page."""

from pathlib import Path
from typing import Annotated

import typer

from shkc.cli.command import Settings, command
from shkc.cli.streams import write


@command(
    formats=(), epilog="Examples:  shkc page -o facts.html   ·   shkc page report-2023.txt -o proof.html --lang en"
)
def page(
    settings: Settings,
    report: Annotated[
        str | None,
        typer.Argument(metavar="[REPORT]", help="The text of the report, to prove the facts; - is standard input."),
    ] = None,
    target: Annotated[
        str | None, typer.Option("--output", "-o", help="HTML file to write. (default: print it)")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the facts as one HTML page that works without a network; with the report's text, the proof of each."""
    from shkc import files
    from shkc.cli import proving
    from shkc.output.page.document import document

    if target is not None and not force:
        files.refuse_existing(Path(target))
    contents = proving.contents(settings.facts)
    proof = None if report is None else proving.proof(contents, report)
    made = document(contents, proof, settings.language)
    if target is None:
        write(iter([made]))
    else:
        files.write_whole([made], Path(target), force=force)
