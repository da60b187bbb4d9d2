"""What is misspelt: which sounds and letters stand for a name, what they are worth, and what names nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from shkc.search import misspelt, vocabulary
from shkc.search.corpus import Corpus
from shkc.search.question import Question, Term, understand
from shkc.search.ranking import Match
from shkc.text.edits import is_within
from shkc.text.name_entry import EVENT, NameEntry, spaced

CONTRACT = ("技术合同", "ji shu he tong")


def entry(name: str, *pinyin: str, kind: str = "count", context: str = "件数", number: int = 1) -> NameEntry:
    """An entry with one name or, in lines, several."""
    names = tuple(name.split("\n"))
    return NameEntry(number, kind, "", names, pinyin, context, spaced(f"{name}\n{context}"))


def question(query: str) -> Question:
    """*query*, understood without any statistics: each character weighs 1."""
    return understand(query, Corpus(1, {}, frozenset(), ()))


def matches(query: str, *entries: NameEntry) -> list[Match]:
    """What *query* may have been meant to say."""
    asked = question(query)
    return misspelt.answers(asked, misspelt.sounds(asked), entries)


def worth(word: str, name: str = CONTRACT[0], pinyin: str = CONTRACT[1]) -> tuple[float, tuple[str, ...]]:
    """What the Han *word* is worth for a name that it may sound like, and the pieces of it that do."""
    term = Term(word, (1.0,) * len(word), {})
    found = misspelt._cover_sounds(term, misspelt.sounds(question(word))[word], entry(name, pinyin))
    return found.weight, found.pieces


@pytest.mark.parametrize(
    ("word", "weight", "pieces"),
    [
        ("何同", 0.85 + 1 - 0.01, ("何同",)),
        ("何痛", 2 * 0.85 - 0.01, ("何痛",)),
        ("何", 0.85 - 0.01, ("何",)),
        ("技同", 2 * 0.5, ()),
        ("技痛", 0.5, ()),
        ("计树新何痛", 4 * 0.85 - 2 * 0.01, ("计树", "何痛")),
        ("博物", 0.0, ()),
    ],
)
def test_characters_of_the_same_sound_are_worth_less(word: str, weight: float, pieces: tuple[str, ...]) -> None:
    """Syllables that follow each other as in the name are a piece; one alone counts only where it is the character."""
    worth_it, said = worth(word)
    assert said == pieces
    assert worth_it == pytest.approx(weight)


def test_sounds_follow_each_other_within_one_line() -> None:
    """The last of one name and the first of another are no neighbours."""
    word = Term("同技", (1.0, 1.0), {})
    heard = misspelt.sounds(question("同技"))["同技"]
    assert misspelt._cover_sounds(word, heard, entry("甲乙\n甲丙", "he tong", "ji shu")).pieces == ()
    assert misspelt._cover_sounds(word, heard, entry("甲乙", "tong ji")).pieces == ("同技",)


@pytest.mark.parametrize(
    ("word", "modifiers"),
    [
        ("新何痛", ()),
        ("博物何痛", ("博物",)),
        ("博物馆何痛", ("博物馆",)),
        ("计树博物何痛", ("博物",)),
        ("何痛博物", ()),
    ],
)
def test_two_characters_that_nothing_explains_narrow_what_follows(word: str, modifiers: tuple[str, ...]) -> None:
    """One may be said of it."""
    term = Term(word, (1.0,) * len(word), {})
    found = misspelt._cover_sounds(term, misspelt.sounds(question(word))[word], entry(*CONTRACT))
    assert found.modifiers == modifiers


def test_a_word_with_one_wrong_character_is_the_word() -> None:
    """Where it has four at least; as a whole it is worth as much as a sound."""
    four, three = worth("技术合作"), worth("术合作")
    assert (four[1], three[1]) == (("技术合作",), ("术合",))
    assert four[0] == pytest.approx(0.85 * 4)
    assert three[0] == pytest.approx(2 - 0.01)


@pytest.mark.parametrize(
    ("written", "name", "errors", "is_like"),
    [
        ("abcd", "abcx", 1, True),
        ("abc", "abc", 1, False),
        ("abcd", "abc", 1, True),
        ("abcd", "abxcd", 1, True),
        ("abcd", "acbd", 1, True),
        ("abcd", "abxy", 1, False),
        ("abcd", "abxy", 2, True),
        ("abcd", "first abcx", 1, True),
        ("abcd", "firstabcx last", 1, False),
        ("abcd", "ab cx", 1, True),
        ("abcd", "dcba", 1, False),
        ("技术合作", "新技术合同", 1, True),
        ("技术合作", "", 1, False),
    ],
)
def test_letters_are_like_a_part_of_a_name(written: str, name: str, errors: int, is_like: bool) -> None:
    """From the beginning of a word, in Chinese from any character; a letter wrong, missing, added or changed over."""
    assert misspelt._nearly(written, name, errors) == (0.85 if is_like else 0.0)


@pytest.mark.parametrize(("length", "errors"), [(1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (20, 2)])
def test_more_letters_may_be_wrong_in_a_longer_word(length: int, errors: int) -> None:
    """One of four, two of eight."""
    assert misspelt._errors("a" * length) == errors


@pytest.mark.parametrize(
    ("query", "coverage"),
    [
        ("permots", [0.85]),
        ("permots work", [(0.85 + 1) / 2]),
        ("permots xork", []),
        ("permots 52", []),
        ("perm", [0.9]),
    ],
)
def test_a_misspelt_word_is_worth_less_than_the_word(query: str, coverage: list[float]) -> None:
    """A number is never misspelt, and a word begins as it should."""
    found = [match.coverage for match in matches(query, entry("work permit 53", kind=EVENT))]
    assert found == [pytest.approx(each) for each in coverage]


def test_a_match_says_how_much_of_a_name_the_question_is() -> None:
    """The mean of three: the share of the best name, one over the number of pieces, whether a rank is meant or none."""
    (alone,) = matches("何同", entry(*CONTRACT))
    assert alone.by_name == pytest.approx(1.83 / 2)
    assert alone.precision == pytest.approx((2 / 4 + 1 + 1) / 3)
    (rank,) = matches("何同", entry(*CONTRACT, kind="rank"))
    assert rank.precision == pytest.approx((2 / 4 + 1 + 0) / 3)
    (both,) = matches("permots work", entry("work permit\npermit"))
    assert both.precision == pytest.approx((1 + 1 / 2 + 1) / 3)
    assert both.by_name == pytest.approx(1.85 / 2)
    assert both.reason.en == "sounds or is spelt alike: permot≈permit、work"


@pytest.mark.parametrize(
    ("kind", "found"),
    [("count", []), ("money", []), ("ratio", []), ("rank", []), ("other", []), (EVENT, [1])],
)
def test_one_misspelt_word_that_is_little_of_a_name_is_vague(kind: str, found: list[int]) -> None:
    """A quarter of the name is enough, and so are two words; a milestone misleads nobody."""
    assert [each.name for each in matches("permots", entry(f"permit {'a' * 24}", kind=kind))] == found
    assert len(matches("permots", entry(f"permit {'a' * 18}", kind=kind))) == 1
    assert len(matches("permots wrok", entry(f"permit work {'a' * 24}", kind=kind))) == 1


def test_of_what_is_alike_the_best_is_meant() -> None:
    """What explains four hundredths less belongs to it; eight tenths of the question is the least."""
    best, near, far = entry(*CONTRACT), entry("技艺合同", "ji yi he tong", number=2), entry("和", "he", number=3)
    assert [each.name for each in matches("技术何同", best, near, far)] == [1]
    twins = [entry(*CONTRACT, number=number) for number in (1, 2)]
    assert [each.name for each in matches("技术何同", *twins)] == [1, 2]


def test_a_candidate_has_a_character_of_the_question() -> None:
    """What sounds alike and shares none is another word."""
    assert matches("和通", entry("合同", "he tong", context="")) == []
    assert len(matches("和同", entry("合同", "he tong", context=""))) == 1


def test_candidates_are_found_by_the_sounds_of_each_pair() -> None:
    """By every reading of its characters, by letters in threes, and by the words as they are written."""
    asked = question("何同 permits")
    assert {"het", "eto", "ton", "ong", "同", "per", "mit", "permit"} <= misspelt.grams(asked, misspelt.sounds(asked))
    alone = question("装")
    assert "zhu" in misspelt.grams(alone, misspelt.sounds(alone))


@given(st.text("ab同", max_size=6), st.text("ab同", max_size=6), st.integers(0, 2))
def test_the_errors_are_counted_as_everyone_does(written: str, meant: str, errors: int) -> None:
    """As the optimal string alignment distance of another implementation."""
    assert is_within(written, meant, errors) == (OSA.distance(written, meant) <= errors)


@given(st.text("abcde", min_size=4, max_size=9), st.text("abcde", max_size=4), st.integers(0, 40))
def test_what_is_quickly_told_is_true(name: str, around: str, place: int) -> None:
    """A part of a name that differs by one error is never said not to be there."""
    at = place % len(name)
    for written in (
        name[:at] + name[at + 1 :],
        name[:at] + "x" + name[at:],
        name[:at] + "x" + name[at + 1 :],
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
    ):
        assert misspelt._may_be_within(written, around + name + around, 1)


def test_a_misspelt_word_means_none_of_three_letters() -> None:
    """Too many words differ from one of them by a letter."""
    english = vocabulary.load().english
    assert english and min(map(len, english)) == 4
