"""English proper names in a question: all of their words are meant."""

from __future__ import annotations

import pytest

from shkc.search import proper
from shkc.search.corpus import Corpus
from shkc.search.question import understand

CORPUS = Corpus(1, {}, frozenset(), ())


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("visitors to the Science Festival", {"science", "festival"}),
        ("members of the Academy of Social Sciences", {"academy", "social", "science"}),
        ("Science visitors", set()),
        ("science festival visitors", set()),
        ("Visitors To Science Festival", set()),
        ("science in the Science Festival, its visitors", {"festival"}),
        ("GDP growth", set()),
    ],
)
def test_words_in_capitals_are_a_name(query: str, named: set[str]) -> None:
    """Two or more of them, in a question that has others, and not written small elsewhere in it."""
    assert understand(query, CORPUS).proper == named


@pytest.mark.parametrize(
    ("text", "other"),
    [
        (" science festival ", ""),
        (" science fair ", "festival"),
        (" science festivla ", ""),
        (" science fastivla ", "festival"),
        (" science estival ", "festival"),
    ],
)
def test_a_figure_of_another_name_is_not_meant(text: str, other: str) -> None:
    """One slip is allowed, though not in the first letter."""
    assert proper.unknown(frozenset(("science", "festival")), ("science",), text) == other
