"""The command that writes the facts as a page: page."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from shkc.cli.command import Settings, command
from shkc.cli.options import Accessed, Force, Output, argument, day
from shkc.cli.streams import write
from shkc.errors import SourceError, UsageError
from shkc.language import Text, counted
from shkc.output.authoring import coverage

if TYPE_CHECKING:
    from shkc.facts.load import FactFileContent
    from shkc.facts.verify import Proof


@command(
    "把事实写成一个不用网络的 HTML 页面；给出报告原文，就是逐条的证明。",
    "Write the facts as one HTML page that works without a network; with the report's text, the proof of each.",
    ["shkc page -o facts.html", "shkc page report-2023.txt -o proof.html --lang en"],
    formats=(),
)
def page(
    settings: Settings,
    report: Annotated[
        str | None,
        argument(
            "报告的原文（PDF、DOCX、HTML 或文本），用来证明事实；- 是标准输入。",
            "The report (PDF, DOCX, HTML or text), to prove the facts; - is standard input.",
            metavar=Text("[原文]", "[REPORT]"),
        ),
    ] = None,
    target: Output = None,
    accessed: Accessed = None,
    force: Force = False,
) -> None:
    """Write the facts as a page."""
    from shkc import files
    from shkc.cli import proving
    from shkc.output.page.document import document

    accessed_on = day(accessed)
    if target is not None:
        files.refuse(Path(target), settings.inputs(report), force=force)
        _refuse_other_kinds(target)
    contents = proving.contents(settings.facts)
    proof = None if report is None else _proof(contents, report, target)
    made = document(contents, proof, settings.language, accessed_on)
    if target is None:
        write(iter([made]))
    else:
        files.write_whole([made], Path(target), force=force)
        settings.say(Text(f"已写入 {target}", f"written: {target}"))
    if proof is not None:
        settings.say(*proof.remarks, *_unproven(proof))


def _proof(contents: "Sequence[FactFileContent]", report: str, target: str | None) -> "Proof":
    """The proof against *report*; where that cannot be read and looks like the page to be written, -o is told."""
    from shkc.cli import proving

    try:
        return proving.proof(contents, report)
    except SourceError as error:
        if target is not None or not report.lower().endswith((".html", ".htm")):
            raise
        zh, en = error.message
        raise SourceError(
            f"{zh}；要把页面写成这个文件，用 -o {report}", f"{en}; to write the page to it, say -o {report}"
        ) from None


def _refuse_other_kinds(target: str) -> None:
    """Raise `UsageError` when *target* has the name of another kind of file: a workbook, a PDF."""
    ending = Path(target).suffix.lower()
    if ending not in ("", ".html", ".htm"):
        raise UsageError(
            f"{target}：page 写的是 HTML；名称以 .html 结尾，其他种类用 shkc export",
            f"{target}: page writes HTML; end its name with .html, or see shkc export for other kinds",
        )


def _unproven(proof: "Proof") -> Iterator[Text]:
    """That the page shows what is not proven, and how much is."""
    if proof.outcome.failures:
        told, count = coverage(proof.outcome), len(proof.outcome.failures)
        yield Text(
            f"不完整：{told.zh}；{count} 处没有证实，页面中已标出，shkc verify 逐条列出",
            f"incomplete: {told.en}; {counted(count, 'place')} unproven, marked in the page; shkc verify lists them",
        )
