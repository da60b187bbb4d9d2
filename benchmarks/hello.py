"""The least that a Typer program with the options of `shkc metric` can be: what start-up times are compared with."""

from typing import Annotated, Optional

import typer

app = typer.Typer()


@app.command()
def metric(
    words: list[str],
    explain: Annotated[bool, typer.Option("--explain")] = False,
    output: Annotated[Optional[str], typer.Option("--format", "-f")] = None,  # noqa: UP045 # as Typer's tutorial has it
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[Optional[str], typer.Option()] = None,  # noqa: UP045
    facts: Annotated[Optional[list[str]], typer.Option()] = None,  # noqa: UP045
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
) -> None:
    """Say hello."""
    print("hello", words)


@app.command()
def other() -> None:
    """Be a second command, so that commands have names."""


if __name__ == "__main__":
    app()
