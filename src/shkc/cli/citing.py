"""The command that cites facts."""

from datetime import date
from enum import Enum
from typing import Annotated

import typer

from shkc.cli.command import FACTS, Settings, command
from shkc.cli.lookup import Ids, named
from shkc.cli.options import option, plain
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
        Text(
            "样式：gb7714（默认，GB/T 7714-2015）、apa、chicago，或数据 bibtex、ris、csl-json。",
            "gb7714 (GB/T 7714-2015; the default), apa, chicago, or data: bibtex, ris, csl-json.",
        ),
        metavar=Text("样式", "STYLE"),
    ),
]
Accessed = Annotated[
    str | None,
    option(
        Text("访问网上报告的日期。（默认：今天）", "The day of access of an online report. (default: today)"),
        metavar=Text("日期", "DAY"),
    ),
]


@command(
    Text("引用事实：报告，以及它所在的段落。", "Cite facts: the report, and the paragraph as the place."),
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

    day = _day(accessed)
    base = settings.open()
    found, missing = named(ids, base, settings)
    cited = [cite.Cited(fact, base.report_of(fact)) for fact in found[: settings.limit]]
    settings.write(cite.view(cited, style.value, settings.language, day))
    if missing:
        raise typer.Exit(1)


def _day(text: str | None) -> date:
    """The day that *text* names, or today. Raises `UsageError` for what is no day."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            Text(f"“{plain(text)}”不是日期；写法如 2024-05-31", f"“{plain(text)}” is no day; write 2024-05-31")
        ) from None
