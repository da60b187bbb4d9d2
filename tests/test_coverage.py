"""What each kind of agreement between a question and a name is worth, and which words it leaves unexplained."""

from __future__ import annotations

import pytest

from shkc.search.corpus import Corpus
from shkc.search.coverage import Coverage, cover, cover_word
from shkc.search.question import Term, understand

QUESTION = understand("技术", Corpus(1, {}, frozenset(), ()))


def term(word: str, *, synonym: str = "", weights: tuple[float, ...] = ()) -> Term:
    """A term that weighs 1, or 1 for each Han character; *synonym* may stand for all of it."""
    han = word > "z"
    synonyms = {0: [(len(word) if han else 1, frozenset((synonym,)))]} if synonym else {}
    return Term(word, weights or (1.0,) * (len(word) if han else 1), synonyms)


def covered(name: str, *terms: Term, sounds: str = "", numbers: tuple[str, ...] = ()) -> Coverage:
    """What *name* explains of *terms*."""
    return cover(QUESTION._replace(terms=terms), f" {name} ", sounds, numbers)


@pytest.mark.parametrize(
    ("word", "other", "worth"),
    [
        ("permit", "permit", 1.0),
        ("permits", "permit", 0.0),
        ("perm", "permit", 0.9),
        ("per", "permit", 0.0),
        ("visited", "visitor", 0.9),
        ("visited", "visits", 0.0),
        ("coated", "coating", 0.0),
        ("approval", "approved", 0.9),
        ("2031", "20310", 0.0),
    ],
)
def test_an_english_word_is_explained_by_one_of_its_root(word: str, other: str, worth: float) -> None:
    """Four letters begin a word; five are a root, where both go on with an ending."""
    assert cover_word(term(word), f" first {other} last ").weight == worth


def test_each_word_that_begins_alike_is_looked_at() -> None:
    """The first one is not the only one."""
    assert cover_word(term("visited"), " visitable visitor ").characters == len("visitor")


@pytest.mark.parametrize(
    ("name", "worth"),
    [
        ("技术合同", 4 - 0.01),
        ("技术 合同", 4 - 0.02),
        ("合同", 2 - 0.01),
        ("技艺", 0.5 - 0.01),
        ("交易", 4 * 0.93 - 0.01),
        ("论文", 0.0),
    ],
)
def test_a_chinese_word_is_explained_in_pieces(name: str, worth: float) -> None:
    """Fewer pieces are better; a synonym is worth nearly as much, a single character half."""
    assert covered(name, term("技术合同", synonym="交易")).weight == pytest.approx(worth)


def test_a_word_of_one_character_is_a_word() -> None:
    """Not half of one."""
    assert covered("港 口", term("港")).weight == pytest.approx(1 - 0.01)


def test_of_names_that_explain_the_same_one_with_the_stopword_gains() -> None:
    """A little for each of its characters."""
    word = term("累计合同", weights=(0.0, 0.0, 1.0, 1.0))
    assert covered("累计合同", word).weight == pytest.approx(2 + 2 * 0.02 - 0.01)
    assert covered("合同", word).weight == pytest.approx(2 - 0.01)


def test_what_is_explained_adds_up() -> None:
    """Words, numbers, and letters that spell a name."""
    found = covered("技术 permit", term("技术"), term("permit"), term("52"), numbers=("52",))
    assert found.weight == pytest.approx(2 - 0.01 + 1 + 1)
    assert (found.characters, found.pieces) == (2 + 6 + 2, ("技术", "permit", "52"))
    spelt = covered("技术", term("jishu"), sounds="ji shu")
    assert (spelt.weight, spelt.pieces, spelt.characters) == (1.0, ("ji shu",), 1)


def test_a_word_that_says_nothing_explains_nothing() -> None:
    """It is no piece, and where it is missing it is no gap."""
    assert covered("of", term("of", weights=(0.0,))).pieces == ()
    assert covered("技术", term("之的了技术", weights=(0.0, 0.0, 0.0, 1.0, 1.0))).gap == 0


@pytest.mark.parametrize(
    ("word", "gap", "modifiers"),
    [
        ("技术合同", 0, ()),
        ("新技术合同", 1, ()),
        ("租赁技术合同", 2, ("租赁",)),
        ("大租赁技术合同", 3, ("大租赁",)),
        ("技术租赁合同", 2, ("租赁",)),
        ("技术合同博物馆", 3, ("博物馆",)),
        ("技术合同博", 1, ()),
    ],
)
def test_what_is_left_between_the_pieces(word: str, gap: int, modifiers: tuple[str, ...]) -> None:
    """The longest run, those of two characters or more that stand before a piece, and a noun behind the last."""
    found = covered("技术 合同", term(word))
    assert (found.gap, found.modifiers) == (gap, modifiers)


def test_the_longest_gap_of_all_words_counts() -> None:
    """In whichever word it is."""
    assert covered("技术", term("博物馆"), term("技术"), term("新")).gap == 3


def test_one_character_is_a_word_only_at_its_beginning() -> None:
    """港 is Hong Kong in 沪-港, not in 临港."""
    assert covered("港 合作", term("香江", synonym="港")).pieces == ("香江",)
    assert covered("临港 合作", term("香江", synonym="港")).pieces == ()


@pytest.mark.parametrize(
    ("word", "weights", "modifiers"),
    [
        ("交大有实验室", (1, 1, 0, 1, 1, 1), ("交大",)),
        ("的交大有实验室", (0, 1, 1, 0, 1, 1, 1), ("交大",)),
        ("校有实验室", (1, 0, 1, 1, 1), ()),
        ("五十有实验室", (1, 1, 0, 1, 1, 1), ()),
        ("博物馆有实验室", (1, 1, 1, 0, 1, 1, 1), ("博物馆",)),
        ("实验有实验室", (1, 1, 0, 1, 1, 1), ()),
        ("有实验室", (0, 1, 1, 1), ()),
        ("校", (1,), ()),
    ],
)
def test_whose_figure_is_asked_for_narrows_it(
    word: str, weights: tuple[float, ...], modifiers: tuple[str, ...]
) -> None:
    """Two characters or more that begin a word, up to one that says nothing; a numeral says how many."""
    assert covered("实验室", term(word, weights=weights)).modifiers == modifiers
