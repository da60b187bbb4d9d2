"""What a share is a share of."""

from __future__ import annotations

import pytest

from shkc.search.wholes import whole
from shkc.text import words


@pytest.mark.parametrize(
    ("query", "of"),
    [
        ("R&D as a share of GDP", {"gdp"}),
        ("share of basic research in total R&D", {"total", "rd"}),
        ("share of GDP spent on research", {"gdp"}),
        ("share of wind in installed capacity", {"installed", "capacity"}),
        ("percentage of exports going abroad", {"export"}),
        ("share of exports in Greenhill", {"export"}),
        ("share prices", set()),
        ("研发经费占GDP的比重", {"gdp"}),
        ("基础研究占研发经费的比例", {"研发", "发经", "经费"}),
        ("占全国多少", {"全国"}),
        ("占地多少亩", set()),
        ("研发经费", set()),
    ],
)
def test_the_whole_stands_behind_the_share(query: str, of: set[str]) -> None:
    """Behind *in* where both the part and the whole are named; a place that was taken out is no whole."""
    assert whole(words.words(query), frozenset(("greenhill",))) == of
