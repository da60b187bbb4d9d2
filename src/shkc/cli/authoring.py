"""The commands about fact files and the index: check, diff, verify, draft, cache, schema."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shkc import base as library
from shkc import paths
from shkc.cli.command import TABULAR, Settings, command
from shkc.cli.options import Force, Output, argument, option
from shkc.cli.streams import write
from shkc.errors import FactsError, Problem, one_line
from shkc.language import Language, Text, counted
from shkc.output import authoring
from shkc.output.progress import ProgressBar

if TYPE_CHECKING:
    from shkc.facts.load import FactFileContent
    from shkc.facts.model import FileProblem

DOCUMENT = Text("PDF、DOCX、HTML 或文本；- 是标准输入。", "PDF, DOCX, HTML or text; - is standard input.")


@command(
    "检查事实文件；问题逐条写到标准错误：文件:行号: 说明。\n--format github 写成 GitHub Actions 的标注。",
    "Validate fact files; every problem as file:line: message on standard error.\n"
    "--format github prints annotations for a workflow of GitHub Actions.",
    ["shkc check", "shkc check facts.toml other.toml", "shkc check facts/ --format github"],
    formats=(*TABULAR, "github"),
)
def check(
    settings: Settings,
    files: Annotated[
        list[str] | None,
        argument("事实文件或文件夹。", "Fact files or folders.", metavar=Text("[事实文件]…", "[FACTS]…")),
    ] = None,
) -> None:
    """Validate fact files."""
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
    for content in checked:
        settings.say(*_unfilled(content))
    count = sum(len(content.records) for content in checked)
    outcome = Text(f"{len(warnings)} 处请注意", counted(len(warnings), "warning")) if warnings else _NO_PROBLEMS
    settings.say(
        Text(
            f"{len(checked)} 个文件，{count} 个事实，{outcome.zh}",
            f"{counted(len(checked), 'file')}, {counted(count, 'fact')}, {outcome.en}",
        )
    )


def _unfilled(content: "FactFileContent") -> Iterator[Text]:
    """What is still to be filled in at the head of a drafted file: it is no error, and no fact is wrong by it."""
    from shkc.draft.unfilled import unfilled

    fields = unfilled(content)
    if fields:
        names = ", ".join(fields)
        told = Text(f"提示：{names} 还是占位，请填写", f"note: still to be filled in: {names}")
        note = Problem(content.path, min(fields.values()), told)
        yield Text(note.to(Language.zh), note.to(Language.en))


_NO_PROBLEMS = Text("没有问题", "no problems")


def _told(
    problems: Sequence[Problem], severity: Literal["error", "warning"], language: Language
) -> "list[FileProblem]":
    from shkc.facts.model import FileProblem

    return [FileProblem(one_line(p.shown), p.line, one_line(p.message.to(language)), severity) for p in problems]


@command(
    "显示从 A 到 B 新增、删去和更改的事实；没有差别时退出状态为 1。",
    "Show which facts of B are new, gone or changed from A; exit 1 when they state the same.",
    ["shkc diff facts-2022.toml facts-2023.toml", "shkc diff old/ new/ --json"],
    facts=False,
    listing=True,
)
def diff(
    settings: Settings,
    old: Annotated[str, argument("事实文件或文件夹。", "Fact file or folder.", metavar=Text("A", "A"))],
    new: Annotated[
        str,
        argument("与之比较的文件或文件夹。", "Fact file or folder to compare with it.", metavar=Text("B", "B")),
    ],
) -> None:
    """Compare fact files."""
    from shkc.facts import diff as diffs
    from shkc.facts import load as factbase
    from shkc.output import differences

    sides = [factbase.load_all(paths.fact_files(paths.fact_paths([side], {}))) for side in (old, new)]
    found = diffs.differences(*sides)
    settings.write(differences.view(found))
    if not found:
        settings.say(Text("没有差别", "no difference"))
        raise typer.Exit(1)


@command(
    "用报告的原文证实事实库，并显示覆盖情况；有未证实的，退出状态为 1。",
    "Prove the fact base against the report and print the coverage; exit 1 when anything is unproven.",
    ["shkc verify report-2023.txt", "shkc verify report-2023.pdf"],
)
def verify(
    settings: Settings,
    report: Annotated[str, argument(*DOCUMENT, metavar=Text("原文", "SOURCE"))],
) -> None:
    """Prove the fact base."""
    from shkc.cli import proving
    from shkc.facts.model import Coverage, Finding
    from shkc.facts.tally import tally

    with ProgressBar(Text("读取", "Reading"), settings.language) as progress:
        contents = proving.contents(settings.facts)
        proof = proving.proof(contents, report, None if settings.quiet else progress)
    outcome, counted = proof.outcome, tally(contents, proof)
    language = settings.language
    findings = tuple(Finding(f.id, f.paragraph, one_line(f.message.to(language))) for f in outcome.failures)
    told = Coverage(outcome.numerals, outcome.covered, *counted, outcome.facts, outcome.proven, findings)
    settings.write(authoring.proof(told))
    settings.say(*proof.remarks)
    if findings:
        raise typer.Exit(1)


Title = Annotated[
    str | None,
    option("报告的标题。（默认：推断）", "Title of the report. (default: guessed)", metavar=Text("标题", "TITLE")),
]
Year = Annotated[
    int | None,
    option(
        "报告所写的年份。（默认：推断）",
        "Year that it is about. (default: guessed)",
        metavar=Text("年份", "YEAR"),
    ),
]
Place = Annotated[
    str | None,
    option(
        "报告所写的地方。（默认：推断）",
        "Territory that it is about. (default: guessed)",
        metavar=Text("地方", "PLACE"),
    ),
]
Base = Annotated[
    list[str] | None,
    option(
        "以往报告的事实文件或文件夹，可重复；同一指标沿用其 id、名称和关系。",
        "Fact file or folder of earlier reports, repeatable; the same figures take over ids, names and relations.",
        "--base",
        metavar=Text("事实文件", "FACTS"),
    ),
]


@command(
    "把文件的段落写成文本，每段一行，供人核对；以 ↳ 开头的行接上一行，存疑。",
    "Print the paragraphs of a document, one a line, for review; a line that begins with ↳ goes on in doubt.",
    ["shkc text report-2024.pdf > report-2024.txt", "shkc text - < report.docx"],
    name="text",
    formats=(),
    facts=False,
)
def document_text(
    settings: Settings,
    document: Annotated[str, argument(*DOCUMENT, metavar=Text("文件", "DOCUMENT"))],
) -> None:
    """Print the paragraphs of a document."""
    from shkc.text import paragraphs as source
    from shkc.text.documents import open as documents

    with (
        ProgressBar(Text("读取", "Reading"), settings.language) as progress,
        documents.opened(document, None if settings.quiet else progress) as opened,
    ):
        count = sum(1 for _ in opened.parts())  # to the end, so that a text that fails leaves nothing in the pipe
        write(f"{line}\n" for parts in opened.parts() for line in source.marked(parts))
    settings.say(Text(f"{count} 段", counted(count, "paragraph")), *opened.remarks)


@command(
    "由另一份报告起草事实文件，供人审阅。",
    "Propose a fact file from another report, for a person to review.",
    [
        "shkc draft report-2024.txt -o facts-2024.toml",
        "shkc draft report-2024.pdf --base facts-2023.toml -o facts-2024.toml",
        "shkc draft - < report.txt",
    ],
    formats=(),
    facts=False,
)
def draft(
    settings: Settings,
    report: Annotated[str, argument(*DOCUMENT, metavar=Text("报告", "REPORT"))],
    target: Output = None,
    title: Title = None,
    year: Year = None,
    scope: Place = None,
    base: Base = None,
    force: Force = False,
) -> None:
    """Propose a fact file."""
    from shkc.draft import report as drafts

    with ProgressBar(Text("起草", "Drafting"), settings.language) as progress:
        shown = None if settings.quiet else progress
        given = drafts.Given(title, year, scope, tuple(base or ()))
        summary = drafts.write(report, target, given, force=force, progress=shown)
    earlier = (
        Text(f"，{summary.matched} 个沿用以往", f", {summary.matched} of earlier reports") if base else Text("", "")
    )
    settings.say(
        Text(
            f"{summary.metrics} 个数字（{summary.doubtful} 个待审{earlier.zh}），{summary.milestones} 个里程碑",
            f"{counted(summary.metrics, 'figure')} ({summary.doubtful} to review{earlier.en}), "
            + counted(summary.milestones, "milestone"),
        ),
        *summary.remarks,
    )


@command(
    "显示索引在哪里、为何在那里、有多大、属于哪些文件。",
    "Show where the index is kept, why there, how big it is, and what it is of.",
    ["shkc cache", "shkc cache --clear"],
    facts=False,
)
def cache(
    settings: Settings,
    clear: Annotated[
        bool,
        option("删除索引；下次查询时重建。", "Remove the index; the next lookup builds it again.", "--clear"),
    ] = False,
) -> None:
    """Tell about the index."""
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


@command(
    "写出 JSON 输出的 JSON Schema。",
    "Print the JSON Schema of the JSON output.",
    ["shkc schema", "shkc schema --facts > facts.schema.json"],
    formats=(),
    facts=False,
)
def schema(
    settings: Settings,
    facts: Annotated[bool, option("改为事实文件的。", "That of the fact file instead.", "--facts")] = False,
) -> None:
    """Print a schema."""
    from shkc.facts import jsonschema as schemas

    write(iter([schemas.fact_file() if facts else schemas.output()]))
