"""Ranks in a question: what a place is, and that an ordinal before what it counts is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shkc.base import FactBase
from shkc.base import open_in as open_base
from shkc.text.ordinals import Rank, ranks

RANKS_OF_ONE = {
    "regional-innovation-rank",
    "star-market-ipo-proceeds-rank",
    "star-market-value-rank",
    "foreigner-work-permits-rank",
    "foreign-high-end-talent-permits-rank",
}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("首位", 1),
        ("全国冠军", 1),
        ("位列榜首", 1),
        ("全国第一", 1),
        ("全球第五", 5),
        ("排第12名", 12),
        ("第十位的", 10),
        ("no. 5", 5),
        ("ranked first", 1),
        ("ranked 3rd", 3),
        ("ranks 5", 5),
        ("came in second", 2),
        ("fifth in the world", 5),
        ("2nd nationwide", 2),
        ("third place", 3),
        ("第一批", None),
        ("单项冠军", None),
        ("冠军企业", None),
        ("第二届论坛", None),
        ("第三代", None),
        ("first ship", None),
        ("no. 5.5", None),
        ("第几位", None),
    ],
)
def test_a_place_is_read_and_an_ordinal_is_not(text: str, place: int | None) -> None:
    """Chinese and English, in words and digits."""
    assert [rank.place for rank in ranks(text)] == ([] if place is None else [place])


@given(st.integers(1, 999), st.sampled_from(["第{}位", "no. {}", "ranked {}"]))
def test_any_place_is_read_where_it_stands(place: int, form: str) -> None:
    """The number and where it begins and ends."""
    said = form.format(place)
    assert list(ranks(f"上海 {said} 吗")) == [Rank(place, 3, 3 + len(said))]


@pytest.fixture(scope="module")
def bundled() -> FactBase:
    """The bundled report, in memory."""
    return open_base({"SHKC_CACHE_DIR": "/dev/null/none"})


@pytest.mark.parametrize("query", ["首位", "第一", "全国第一", "No. 1", "ranked first", "第1位"])
def test_the_first_place_finds_every_rank_of_one_and_nothing_else(bundled: FactBase, query: str) -> None:
    """No milestone, and no figure of one thing."""
    assert {fact.id for fact in bundled.search(query)} == RANKS_OF_ONE
    assert {fact.id for fact in bundled.metric(query)} == RANKS_OF_ONE


@pytest.mark.parametrize("query", ["第五", "排名第五", "世界第五", "第5位"])
def test_another_place_finds_the_rank_that_is_it(bundled: FactBase, query: str) -> None:
    """The world is said in any of its words."""
    assert [fact.id for fact in bundled.search(query)] == ["global-innovation-index-cluster-rank"]


@pytest.mark.parametrize("query", ["全球第一", "世界第一", "全国第五", "第18位", "技术合同第一"])
def test_a_place_that_no_rank_is_finds_nothing(bundled: FactBase, query: str) -> None:
    """Another reach, another place; 18 academicians are no rank."""
    assert bundled.search(query) == []
