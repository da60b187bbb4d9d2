"""The normal form of names and queries: words, stems, grams, and the forms that an exact name has."""

from __future__ import annotations

import pytest

from shkc.text import glossary, name_forms, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("研发R&D经费", ["研发", "rd", "经费"]),
        ("O'Brien", ["obrien"]),
        ("O' Brien", ["o", "brien"]),
        ("A·B", ["ab"]),
        ("A&5", ["a", "5"]),
        ("10.7%", ["10.7"]),
        ("10.", ["10"]),
        ("10.x", ["10", "x"]),
        ("4,850", ["4850"]),
        ("4,85", ["4", "85"]),
        ("4,8501", ["4", "8501"]),
        ("10,000,000", ["10000000"]),
        ("1,2类", ["1", "2", "类"]),
        ("10:7", ["10", "7"]),
        ("1/3", ["1", "3"]),
        ("1+3", ["1", "3"]),
        ("10k", ["10000"]),
        ("10kg", ["10", "kg"]),
        ("Café", ["cafe"]),
        ("ＡＢＣ１２", ["abc", "12"]),
        ("class II", ["class", "2"]),
        ("iv", ["4"]),
        ("v", ["v"]),
        ("az09", ["az", "09"]),
        ("", []),
    ],
)
def test_the_words_of_a_text(text: str, found: list[str]) -> None:
    """Runs of Han characters, letters, or digits; a mark inside a word or a number belongs to it."""
    assert words.words(text) == found


@pytest.mark.parametrize(
    ("text", "compact"),
    [
        ("三类器械", "3类器械"),
        ("两期工程", "2期工程"),
        ("九大任务", "9大任务"),
        ("一届", "1届"),
        ("十三类", "十三类"),
        ("二三类", "二三类"),
        ("第三届", "第三届"),
        ("三家企业", "三家企业"),
        ("新增三", "新增三"),
        ("甲三类", "甲3类"),
    ],
)
def test_a_numeral_before_a_classifier_numbers_a_thing(text: str, compact: str) -> None:
    """Alone: behind another numeral or 第 it is part of one."""
    assert words.compact(text) == compact


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("companies", "company"),
        ("ties", "tie"),
        ("movies", "movy"),
        ("permits", "permit"),
        ("offices", "office"),
        ("gas", "gas"),
        ("labs", "lab"),
        ("yes", "yes"),
        ("eyes", "eye"),
        ("class", "class"),
        ("status", "status"),
        ("shoes", "shoe"),
        ("zombieies", "zombieie"),
    ],
)
def test_an_english_word_is_compared_without_its_plural(word: str, stem: str) -> None:
    """By the S rules of Harman; short words keep their end."""
    assert words.stem(word) == stem


@pytest.mark.parametrize(
    ("word", "grams"),
    [
        ("科创板", ["科", "创", "板", "科创", "创板"]),
        ("labs", ["lab", "lab", "abs"]),
        ("10.7", ["10d7"]),
        ("港", ["港"]),
        ("ai", ["ai"]),
    ],
)
def test_the_grams_of_a_word(word: str, grams: list[str]) -> None:
    """Characters and pairs of them; the stem and every three letters; a number whole."""
    assert list(words.grams(word)) == grams


@pytest.mark.parametrize(
    ("character", "is_han"),
    [
        ("一", True),
        ("鿿", True),
        ("㐀", True),
        ("\U00020000", True),
        ("豈", True),
        ("あ", False),
        ("a", False),
        ("", False),
    ],
)
def test_a_han_character_is_of_any_block(character: str, is_han: bool) -> None:
    """The common one, its extensions, and those for compatibility."""
    assert words.is_han(character) is is_han


def test_a_name_is_exactly_what_it_is_called() -> None:
    """By grade: name and id, alias, pinyin in full and by initials; one character names nothing."""
    found = name_forms.forms("rd-spend", "研发投入", "R&D expenditure", ["研发经费", "研"], ["研发的钱"], "金额")
    assert set(found.exact) == {
        ("研发投入", 0), ("rdexpenditure", 0), ("rdspend", 0), ("研发经费", 1), ("研发的钱", 1), ("yanfatouru", 2),
        ("yftr", 2), ("yanfajingfei", 2), ("yfjf", 2), ("yan", 2),
    }  # fmt: skip
    assert found.names == ("研发投入", "研发经费", "研", "rd expenditure", "rd spend")
    assert found.pinyin == ("yan fa tou ru", "yan fa jing fei", "yan")
    assert {"研发", "yft", "yan", "anf", "金额"} <= found.grams


@pytest.mark.parametrize(
    ("name", "name_en", "english"),
    [
        ("肉牛屠宰量", "Rou niu tu zai liang", "beef cattle slaughter slaughtered"),
        ("高铁里程", "Gao tie li cheng", "high speed rail railway mileage length kilometre"),
        ("肉牛屠宰量", "Beef slaughtered", ""),
        ("青山肉牛", "Qing shan rou niu", ""),
        ("青山肉牛量", "Qing shan rou niu liang", ""),
        ("旅客", "Lv ke", "passenger"),
    ],
)
def test_a_name_that_is_only_spelt_is_found_in_english(name: str, name_en: str, english: str) -> None:
    """Word by word, where most of it is known; by a name in English that name alone."""
    *_, last = name_forms.forms("beef", name, name_en, [], [], "").names
    assert last == (english or "beef")


def test_the_longest_word_is_translated() -> None:
    """高速公路 is no 公路."""
    assert glossary.gloss("高速公路") == "expressways motorways"
    assert glossary.gloss("") == ""


@pytest.mark.parametrize(
    ("name", "name_en", "called", "context"),
    [
        ("研发投入占地区生产总值的比例", "R&D", "研发投入占的比例", "地区生产总值"),
        ("研发", "R&D as a share of GDP", "rd as a share of", "gdp"),
    ],
)
def test_what_a_ratio_refers_to_names_it_not(name: str, name_en: str, called: str, context: str) -> None:
    """It may stand in a question."""
    found = name_forms.forms("x1", name, name_en, [], [], "")
    assert called in found.names
    assert context in found.context_terms.split()
