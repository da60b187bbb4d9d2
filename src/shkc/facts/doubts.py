"""What a draft marks as doubtful: the comments `# review: …` above facts, and behind the reasons of exceptions.

The fact file has them as comments, because they are for the person who reviews it; a reviewed file has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from shkc.facts.entries import ExceptionEntry
from shkc.facts.lines import key_lines
from shkc.facts.load import FactFileContent

MARK = "# review:"


def doubts(content: FactFileContent) -> dict[str, tuple[str, ...]]:
    """The doubts about each fact of *content* that has any: id → what to look at, in the order of the file."""
    lines = content.text.splitlines()
    places = key_lines(content.text)
    found: dict[str, tuple[str, ...]] = {}
    for fact, number in content.numbered():
        header = places.get((fact.kind, number, ""), 1)  # a table written inline has no line of its own
        if marked := tuple(_marked(lines, header - 1)):
            found[fact.id] = marked
    return found


def doubtful_exceptions(content: FactFileContent) -> list[ExceptionEntry]:
    """The exceptions of *content* whose reason is marked: nobody has said yet that they are no figures."""
    lines = content.text.split("\n")
    places = key_lines(content.text)
    return [
        entry
        for number, entry in enumerate(content.exceptions)
        if (line := places.get(("exception", number, "reason"))) is not None and MARK in lines[line - 1]
    ]


def _marked(lines: list[str], header: int) -> Iterator[str]:
    above = (lines[place] for place in range(header - 1, -1, -1))
    comments = list(takewhile(lambda line: line.startswith("#"), above))
    for line in reversed(comments):
        if line.startswith(MARK):
            yield line.removeprefix(MARK).strip()
