"""The command that writes the facts as a page: page."""

from pathlib import Path
from typing import Annotated

from shkc.cli.command import Settings, command
from shkc.cli.options import Accessed, Force, Output, argument, day
from shkc.cli.streams import write
from shkc.language import Text


@command(
    Text(
        "把事实写成一个不用网络的 HTML 页面；给出报告原文，就是逐条的证明。",
        "Write the facts as one HTML page that works without a network; with the report's text, the proof of each.",
    ),
    ["shkc page -o facts.html", "shkc page report-2023.txt -o proof.html --lang en"],
    formats=(),
)
def page(
    settings: Settings,
    report: Annotated[
        str | None,
        argument(
            Text(
                "报告的原文（PDF、DOCX、HTML 或文本），用来证明事实；- 是标准输入。",
                "The report (PDF, DOCX, HTML or text), to prove the facts; - is standard input.",
            ),
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
    if target is not None and not force:
        files.refuse_existing(Path(target))
    if target is not None:
        files.refuse_input(Path(target), settings.inputs(report))
    contents = proving.contents(settings.facts)
    proof = None if report is None else proving.proof(contents, report)
    made = document(contents, proof, settings.language, accessed_on)
    if target is None:
        write(iter([made]))
    else:
        files.write_whole([made], Path(target), force=force)
