"""The command that cites facts."""

from enum import Enum
from typing import Annotated

import typer

from shkc.base import LONGEST_QUESTION
from shkc.cli import messages
from shkc.cli.command import FACTS, Settings, command
from shkc.cli.lookup import MOST_COMPARED, named
from shkc.cli.options import Accessed, Ids, day, option
from shkc.errors import UsageError
from shkc.language import Text


class Style(str, Enum):
    """A style of citations; `shkc.facts.model.CitationStyle` has the same."""

    gb7714 = "gb7714"
    apa = "apa"
    chicago = "chicago"
    bibtex = "bibtex"
    ris = "ris"
    csl_json = "csl-json"


StyleOption = Annotated[
    Style,
    option(
        "样式：gb7714（默认，GB/T 7714-2015）、apa、chicago，或数据 bibtex、ris、csl-json。",
        "gb7714 (GB/T 7714-2015; the default), apa, chicago, or data: bibtex, ris, csl-json.",
        metavar=Text("样式", "STYLE"),
    ),
]


@command(
    "引用事实：报告，以及它所在的段落。",
    "Cite facts: the report, and the paragraph as the place.",
    ["shkc cite technology-contract-value", "shkc cite 技术合同成交额 --style bibtex > shkc.bib"],
    formats=FACTS,
    listing=True,
)
def cite(
    settings: Settings,
    ids: Ids,
    style: StyleOption = Style.gb7714,
    accessed: Accessed = None,
) -> None:
    """Cite facts."""
    from shkc.output import cite

    accessed_on = day(accessed)
    if style.value in cite.DATA and settings.format in _OF_LINES:
        raise UsageError(*_of_several_lines(style.value, settings.format))
    base = settings.open()
    found, missing = named(ids, base, settings)
    cited = [cite.Cited(fact, base.report_of(fact)) for fact in found]
    settings.write(cite.view(cited, style.value, settings.language, accessed_on))
    settings.say(*cite.lacking([each.report for each in cited], accessed_given=accessed is not None))
    for wanted in missing[:MOST_COMPARED]:
        if wanted.strip() and len(wanted) <= LONGEST_QUESTION and (computed := base.find(wanted, "metric").computed):
            settings.say(messages.cite_computed(computed, settings.language))
    if missing:
        raise typer.Exit(1)


_OF_LINES = ("tsv", "markdown")
"""Formats of which a cell is one line."""


def _of_several_lines(style: str, form: str) -> Text:
    return Text(
        f"{style} 的条目有几行，写不进 {form}；去掉 -f，或用 json、csv",
        f"an entry of {style} has several lines, a cell of {form} one; leave out -f, or use json or csv",
    )
