"""The text of a report cut into pieces, each with what it proves: the proof as the page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from shkc.facts import verify
from shkc.facts.verify import Role, Span

ORDER: tuple[Role, ...] = ("gap", "figure", "exception", "name", "excerpt")
"""What a piece is shown as that is several things: the first of these that it is."""

FACTS: tuple[Role, ...] = ("figure", "name", "excerpt")
"""What belongs to facts."""


class Piece(NamedTuple):
    """Part of a paragraph: what it is (None: nothing that counts), and whose; *others* are further facts about it."""

    text: str
    role: Role | None
    owners: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


def pieces(paragraphs: Sequence[str], spans: Sequence[Span]) -> list[list[Piece]]:
    """Each of *paragraphs* in pieces, as *spans* of `verify` mark it; together they are the paragraph as printed.

    The excerpt of a figure is left out where the figure itself is marked in it.
    """
    marked: Mapping[int, list[Span]] = {
        number: list(group)
        for number, group in groupby(sorted(spans, key=lambda span: span.paragraph), key=lambda span: span.paragraph)
    }
    return [
        list(_cut(paragraph, [span for span in _telling(marked.get(number, [])) if span.start < span.end]))
        for number, paragraph in enumerate(paragraphs, 1)
    ]


def _telling(spans: list[Span]) -> list[Span]:
    figures: defaultdict[str, list[Span]] = defaultdict(list)
    for span in spans:
        if span.role == "figure":
            figures[span.owner].append(span)
    return [
        span
        for span in spans
        if span.role != "excerpt"
        or not any(span.start < each.end and each.start < span.end for each in figures[span.owner])
    ]


def _cut(paragraph: str, spans: Sequence[Span]) -> Iterator[Piece]:
    places = verify.printed_places(paragraph)
    # The end of a span is behind its last character, before any white space that follows.
    printed = [span._replace(start=places[span.start], end=places[span.end - 1] + 1) for span in spans]
    ends = sorted({0, len(paragraph), *(end for span in printed for end in (span.start, span.end))})
    cuts = list(pairwise(ends))
    whole = [
        (paragraph[start:end], *_meaning(held))
        for (start, end), held in zip(cuts, verify.holding(printed, cuts), strict=True)
    ]
    for meaning, group in groupby(whole, key=lambda piece: piece[1:]):
        yield Piece("".join(text for text, *_ in group), *meaning)


def _meaning(spans: Sequence[Span]) -> tuple[Role | None, tuple[str, ...], tuple[str, ...]]:
    """The first role of *spans*, its owners, and the other facts of the same place where it is one of facts."""
    if not spans:
        return None, (), ()
    role = min((span.role for span in spans), key=ORDER.index)
    owners = dict.fromkeys(span.owner for span in spans if span.role == role)
    facts = [span.owner for span in spans if span.role in FACTS] if role in FACTS else []
    return role, tuple(owners), tuple(dict.fromkeys(fact for fact in facts if fact not in owners))
