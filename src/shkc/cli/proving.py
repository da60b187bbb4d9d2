"""What `verify` and `page` have in common: the fact files chosen, and their proof against the text of their report."""

from __future__ import annotations

import os
from collections.abc import Sequence

from shkc import paths
from shkc.errors import UsageError
from shkc.facts import align, verify
from shkc.facts import load as factbase
from shkc.facts.load import FactFileContent
from shkc.facts.verify import Proof
from shkc.text.documents import open as documents
from shkc.text.paragraphs import Progress


def contents(chosen: Sequence[str]) -> list[FactFileContent]:
    """The content of the fact files *chosen* with ``--facts``. Raises `FactsError` with every problem of every file."""
    return factbase.load_all(paths.fact_files(paths.fact_paths(chosen, os.environ)))


def proof(facts: Sequence[FactFileContent], report: str, progress: Progress | None = None) -> Proof:
    """The proof of *facts* against the document *report*, - for standard input. *progress* is told the pages of a PDF.

    Raises `UsageError` when they are of several reports, `SourceError` when the document cannot be read.
    """
    reports = list(dict.fromkeys(content.report.id for content in facts))
    if len(reports) > 1:
        raise UsageError(
            f"一份原文只能证实一份报告，这里有 {'、'.join(reports)}；请用 --facts 指定一个文件",
            f"a text proves one report, and here are {', '.join(reports)}; name one file with --facts",
        )
    with documents.opened(report, progress) as document:
        read = align.aligned(facts, document.parts())
    return Proof(read.paragraphs, verify.verify(facts, read.paragraphs), (*document.gaps, *read.remarks))
