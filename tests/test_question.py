"""A question understood: what its words weigh, which places it names, what its letters spell, and how that is told."""

from __future__ import annotations

import pytest

from shkc.search import explanation
from shkc.search.corpus import Corpus
from shkc.search.pinyin import spelt
from shkc.search.question import Question, understand
from shkc.search.territory import of_question

CORPUS = Corpus(1, {}, frozenset({2031}), ("青山", "qingshan"))


def question(query: str, *grams: str) -> Question:
    """*query*, understood where *grams* are those of the only name."""
    return understand(query, CORPUS._replace(frequencies=dict.fromkeys(grams, 1)))


def weighing(query: str, *grams: str) -> str:
    """What of *query* weighs something, other characters as dots."""
    return " ".join(
        "".join(each if weight else "." for each, weight in zip(term.text, term.weights, strict=True))
        if len(term.weights) == len(term.text)
        else term.text
        if term.weight
        else "."
        for term in question(query, *grams).terms
    )


@pytest.mark.parametrize(
    ("query", "weighs"),
    [
        ("技术合同成交额是多少", "技术合同成交额..."),
        ("2031年青山技术合同", ". ...技术合同"),
        ("2030年技术合同", ". .技术合同"),
        ("2030年6月专利", ". . . 月专利"),
        ("拿到了专利", "...专利"),
        ("租赁合同", "租赁合同"),
        ("租赁的合同", "租赁.合同"),
        ("张江科学城", "张江科学城"),
        ("专利几百家", "专利..."),
        ("value of contracts", "value . contract"),
        ("R&D a 5", "rd 5"),
        ("A类人才", ". .人才"),
        ("多少", ".."),
    ],
)
def test_what_says_something_weighs(query: str, weighs: str) -> None:
    """Not the words that ask, nor verbs that are the predicate, nor the year and place of the reports."""
    if weighs == "..":  # a question of such words only must be about them
        assert weighing(query) == query
    else:
        assert weighing(query) == weighs


def test_a_character_of_a_name_is_no_stopword_in_it() -> None:
    """The pair with a neighbour on either side is in a name."""
    assert weighing("来华专利") == ".华专利"
    assert weighing("来华专利", "来华") == "来华专利"
    assert weighing("专利来", "利来") == "专利来"
    assert weighing("专利来") == "专利."


def test_a_function_word_of_two_characters_is_none_of_a_name() -> None:
    """Whatever the last character of the word before makes with its first."""
    assert weighing("合同目前的专利", "同目") == "合同...专利"


def test_a_number_that_is_part_of_a_name_need_not_be_asked_for() -> None:
    """C919 is a name, 100强 are so many."""
    assert question("C919飞机").discriminators == ()
    assert "100" in [word for word, _ in question("100强企业").discriminators]


def test_a_latin_word_weighs_as_three_characters() -> None:
    """By how rare it is; a function word that no name has weighs nothing."""
    assert [term.weights for term in question("patents 52").terms] == [(3.0,), (3.0,)]
    assert question("patents", "patent").terms[0].weight < 3.0
    assert question("currently").terms[0].text == "currently"


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("鲁 高铁里程", ["山东"]),
        ("鲁高铁里程", ["山东"]),
        ("京 合同", ["北京"]),
        ("京津冀合同", []),
        ("技鲁合同", []),
        ("鲁 北京合同", ["北京"]),
        ("北京市合同", ["北京"]),
        ("chongqing's contracts", ["重庆"]),
        ("青山合同", []),
        ("全国合同", []),
    ],
)
def test_a_place_of_no_report_must_be_named(query: str, others: list[str]) -> None:
    """By its letter, too, where that begins the question, alone or where it stands for nothing else."""
    territory = of_question(query, ("青山", "qingshan"))
    assert [place.short for place in territory.others] == others
    assert [name for name, _ in territory.required] == others[:1]


@pytest.mark.parametrize(
    ("query", "scopes", "words"),
    [
        ("青山合同", ("青山",), {"青山"}),
        ("qingshan contracts", ("qingshan",), {"qingshan"}),
        ("全国合同", ("全国",), {"全国", "china"}),
        ("青山在全国第几", ("青山",), {"青山", "全国"}),
        ("沪合同", ("上海",), {"上海", "沪"}),
        ("合同", (), set()),
    ],
)
def test_a_place_of_a_report_selects_its_facts(query: str, scopes: tuple[str, ...], words: set[str]) -> None:
    """The nation only where no other place is named: 全国第几 says among whom."""
    territory = of_question(query, ("青山", "qingshan", "全国", "上海"))
    assert territory.scopes == scopes
    assert words <= territory.words


@pytest.mark.parametrize(
    ("query", "is_spelt"),
    [
        ("jishu", True),
        ("jishuh", True),
        ("shuhe", True),
        ("jis", True),
        ("ji", False),
        ("shu", False),
        ("ishu", False),
        ("jsh", True),
        ("sht", False),
        ("shtc", True),
        ("jishu hetong", True),
        ("jishuhetong duoshao", True),
        ("jishuhetong jixiang", True),
        ("jishuhetong zongshu", True),
        ("jishuhetong you jijia", True),
        ("jishu xyz", False),
        ("hetong chengjiao a", True),
        ("jishuhetong x", True),
        ("jishuhetong xy", False),
        ("jishu he tong", True),
        ("jishu tong", True),
        ("jishu he cheng", False),
        ("ji shu cheng", False),
        ("jiao he xyzabc", False),
    ],
)
def test_letters_spell_a_name(query: str, is_spelt: bool) -> None:
    """Two syllables at least, the last perhaps only begun; three initials of the whole, four of a part of it."""
    assert bool(spelt(question(query), ["ji shu he tong cheng jiao e"])) is is_spelt


def told(query: str) -> list[str]:
    """The English lines that explain how *query* was understood."""
    return [line.en for line in explanation.understood(question(query))]


def test_a_question_is_told_as_it_was_understood() -> None:
    """A line for each part that says something: words with their weights, and those that weigh nothing."""
    assert told("2031年青山技术合同成交了多少亿元") == [
        "words to be explained (weight): 技术合同 (4.0)",
        "words that say nothing: 2031, 年青山, 成交了多少亿元",
        "kind of quantity: money",
        "year: 2031",
        "place: 青山",
    ]
    assert told("value of contracts")[:2] == [
        "words to be explained (weight): value (3.0), contract (3.0)",
        "words that say nothing: of",
    ]
    assert "periods that a fact must name: 上半年 (2031H1)" in told("2031年上半年技术合同成交额")


def test_a_base_without_facts_can_be_asked() -> None:
    """Every word weighs 1 where there is nothing to compare it with."""
    assert Corpus(0, {}, frozenset(), ()).weight("技术") == 1.0


def test_the_place_of_a_report_finds_no_candidates() -> None:
    """It selects facts; names of which it is a part would crowd out those of the figure."""
    asked = understand("Chongqing GDP", Corpus(1, {}, frozenset({2031}), ("重庆", "chongqing")))
    assert asked.words == {"gdp"}
    assert asked.letters == "gdp"
