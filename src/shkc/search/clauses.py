"""The parts of a long query that may be the question itself."""

from collections.abc import Iterable, Iterator

from shkc.search import vocabulary
from shkc.search.interrogative import interrogatives
from shkc.search.pointing import without_examples
from shkc.text import words

MOST_CLAUSES = 3
"""Clauses that together may be the question in a longer text."""

_ENDS = str.maketrans(dict.fromkeys(",，。;；:：!！?？、", "\n"))
_ASKING = ("哪", "how many")


def parts(query: str) -> Iterator[str]:
    """The parts of *query* that may be the question itself: it without its examples, then its clauses."""
    plain = without_examples(query)
    if plain != query:
        yield plain
    yield from clauses(plain)


def clauses(query: str) -> Iterator[str]:
    """The parts of a long *query* that may be the question itself, the shortest first.

    The last clause that asks, or the last of all, and the same with the clauses before it. A query that excludes
    something has none: what a part of it finds may be what is excluded.
    """
    ended = query.translate(_ENDS).replace(". ", "\n")
    found = [clause for clause in ended.split("\n") if clause.strip()]
    if len(found) < 2 or vocabulary.load().cues["excluding"].said(words.phrase(words.words(query))):
        return
    asking = (at for at, clause in enumerate(found) if _has(clause, _ASKING) or any(interrogatives(clause)))
    last = max(asking, default=len(found) - 1)
    for first in range(last, max(-1, last - MOST_CLAUSES), -1):
        part = " ".join(found[first : last + 1])
        if len(part) < len(query.strip()):
            yield part


def _has(text: str, wanted: Iterable[str]) -> bool:
    """Whether *text* has one of the words *wanted*, in whatever case."""
    folded = text.casefold()
    return any(word in folded for word in wanted)
