"""What accounts for the numerals of a report, counted apart: to be accounted for is not to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from shkc.facts.doubts import doubtful_exceptions
from shkc.facts.load import FactFileContent
from shkc.facts.verify import Proof, Role, Span, fold, holding
from shkc.text import quantity


class Tally(NamedTuple):
    """The numerals of a text by what accounts for them.

    *figures* are stated by facts, *names* stand in official names, *exceptions* are no figures for a reason, and of
    those in *doubtful* nobody has said yet whether they are; *unread_rows* are rows of tables that have numerals, of
    which none is a figure of a fact.
    """

    figures: int
    names: int
    exceptions: int
    doubtful: int
    unread_rows: int


def tally(contents: Sequence[FactFileContent], proof: Proof) -> Tally:
    """The tally of *proof*, which is of *contents*."""
    doubted = {
        (number, fold(entry.text))
        for content in contents
        for entry in doubtful_exceptions(content)
        for number in entry.paragraphs
    }
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for span in proof.outcome.spans:
        spans[span.paragraph].append(span)
    counts: defaultdict[str, int] = defaultdict(int)
    unread = 0
    for number, paragraph in enumerate(proof.paragraphs, 1):
        text = fold(paragraph)
        numerals = ((numeral.start, numeral.end) for numeral in quantity.numerals(text))
        roles = [_role(text, held, doubted) for held in holding(spans[number], numerals)]
        unread += bool(roles) and "\t" in paragraph and "figure" not in roles
        for role in roles:
            counts[role] += 1
    return Tally(counts["figure"], counts["name"], counts["exception"], counts["doubtful"], unread)


def _role(text: str, spans: Sequence[Span], doubted: set[tuple[int, str]]) -> str:
    """What accounts for a numeral that *spans* hold: a figure first, then a name, an exception, one in doubt."""
    found: set[Role | str] = set()
    for span in spans:
        in_doubt = span.role == "exception" and (span.paragraph, text[span.start : span.end]) in doubted
        found.add("doubtful" if in_doubt else span.role)
    return next((role for role in ("figure", "name", "exception", "doubtful") if role in found), "gap")
