"""The commands about fact files and the index: check, diff, verify, draft, cache, schema."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shkc import base as library
from shkc import paths
from shkc.cli.command import TABULAR, Settings, command
from shkc.cli.streams import write
from shkc.errors import FactsError, Problem, one_line
from shkc.language import Language, Text
from shkc.output import authoring
from shkc.output.progress import ProgressBar

if TYPE_CHECKING:
    from shkc.facts.model import FileProblem


@command(
    formats=(*TABULAR, "github"),
    epilog="Examples:  shkc check   ·   shkc check facts.toml other.toml   ·   shkc check facts/ --format github",
)
def check(
    settings: Settings,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FACTS]…", help="Fact files or folders.")] = None,
) -> None:
    """Validate fact files; every problem as file:line: message on standard error.

    --format github prints annotations for a workflow of GitHub Actions.
    """
    from shkc.facts import load as factbase
    from shkc.facts.trend import contradictions

    try:
        chosen = paths.fact_paths(files or settings.facts, os.environ)
        checked = factbase.load_all(paths.fact_files(chosen))
    except FactsError as error:
        settings.write(authoring.problems(_told(error.problems, "error", settings.language)))
        raise
    warnings = contradictions(checked)
    settings.write(authoring.problems(_told(warnings, "warning", settings.language)))
    for warning in warnings:
        settings.say(Text(warning.to(Language.zh), warning.to(Language.en)))
    count = sum(len(content.records) for content in checked)
    outcome = Text(f"{len(warnings)} 处请注意", f"{len(warnings)} warnings") if warnings else _NO_PROBLEMS
    settings.say(
        Text(
            f"{len(checked)} 个文件，{count} 个事实，{outcome.zh}", f"{len(checked)} files, {count} facts, {outcome.en}"
        )
    )


_NO_PROBLEMS = Text("没有问题", "no problems")


def _told(
    problems: Sequence[Problem], severity: Literal["error", "warning"], language: Language
) -> "list[FileProblem]":
    from shkc.facts.model import FileProblem

    return [FileProblem(one_line(p.shown), p.line, one_line(p.message.to(language)), severity) for p in problems]


@command(facts=False, epilog="Examples:  shkc diff facts-2022.toml facts-2023.toml   ·   shkc diff old/ new/ --json")
def diff(
    settings: Settings,
    old: Annotated[str, typer.Argument(metavar="A", help="Fact file or folder.")],
    new: Annotated[str, typer.Argument(metavar="B", help="Fact file or folder to compare with it.")],
) -> None:
    """Show which facts of B are new, gone or changed from A; exit 1 when they state the same."""
    from shkc.facts import diff as diffs
    from shkc.facts import load as factbase
    from shkc.output import differences

    sides = [factbase.load_all(paths.fact_files(paths.fact_paths([side], {}))) for side in (old, new)]
    found = diffs.differences(*sides)
    settings.write(differences.view(found))
    if not found:
        settings.say(Text("没有差别", "no difference"))
        raise typer.Exit(1)


@command(epilog="Example:  shkc verify report-2023.txt")
def verify(
    settings: Settings,
    report: Annotated[str, typer.Argument(metavar="SOURCE", help="The text of the report; - is standard input.")],
) -> None:
    """Prove the fact base against a text of the report and print the coverage; exit 1 when anything is unproven."""
    from shkc.cli import proving
    from shkc.facts.model import Coverage, Finding

    outcome = proving.proof(proving.contents(settings.facts), report).outcome
    language = settings.language
    findings = tuple(Finding(f.id, f.paragraph, one_line(f.message.to(language))) for f in outcome.failures)
    told = Coverage(outcome.numerals, outcome.covered, outcome.facts, outcome.proven, findings)
    settings.write(authoring.proof(told))
    if findings:
        raise typer.Exit(1)


@command(
    formats=(),
    facts=False,
    epilog="Examples:  shkc draft report-2024.txt -o facts-2024.toml   ·   shkc draft - < report.txt",
)
def draft(
    settings: Settings,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The text of a report; - is standard input.")],
    target: Annotated[
        str | None, typer.Option("--output", "-o", help="Fact file to write. (default: print it)")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the report. (default: guessed)")] = None,
    year: Annotated[int | None, typer.Option(help="Year that it is about. (default: guessed)")] = None,
    scope: Annotated[str | None, typer.Option(help="Territory that it is about. (default: guessed)")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Propose a fact file from the text of another report, for a person to review."""
    from shkc.draft import report as drafts

    with ProgressBar(Text("起草", "Drafting"), settings.language) as progress:
        shown = None if settings.quiet else progress
        summary = drafts.write(report, target, drafts.Given(title, year, scope), force=force, progress=shown)
    settings.say(
        Text(
            f"{summary.metrics} 个数字（{summary.doubtful} 个待审），{summary.milestones} 个里程碑",
            f"{summary.metrics} figures ({summary.doubtful} to review), {summary.milestones} milestones",
        )
    )


@command(facts=False, epilog="Examples:  shkc cache   ·   shkc cache --clear")
def cache(
    settings: Settings,
    clear: Annotated[bool, typer.Option("--clear", help="Remove the index; the next lookup builds it again.")] = False,
) -> None:
    """Show where the index is kept, why there, how big it is, and what it is of."""
    from shkc.facts.model import CachedIndex, CacheState

    if clear:
        library.remove_indexes()
    folder, kept = library.kept_indexes()
    indexes = tuple(
        CachedIndex(index.path.name, tuple(map(one_line, index.roots)), index.bytes, index.day) for index in kept
    )
    shown = one_line(str(folder.path)) if folder.path else None
    reason = one_line(folder.reason.to(settings.language))
    settings.write(authoring.cache(CacheState(shown, reason, sum(index.bytes for index in kept), indexes)))


@command(formats=(), facts=False, epilog="Examples:  shkc schema   ·   shkc schema --facts > facts.schema.json")
def schema(
    settings: Settings,
    facts: Annotated[bool, typer.Option("--facts", help="That of the fact file instead.")] = False,
) -> None:
    """Print the JSON Schema of the JSON output."""
    from shkc.facts import jsonschema as schemas

    write(iter([schemas.fact_file() if facts else schemas.output()]))
