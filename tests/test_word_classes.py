"""Word classes: what names something, and what only says how it is spoken of."""

from __future__ import annotations

import math
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import Golden

from shkc.text import word_classes

HEADER = """\
# Common words of modern Chinese: the word, a space, its class, and how often it occurs, in bits.
# Made from the data of jieba (https://github.com/fxsjy/jieba, MIT License) by pytest --regenerate.
"""
COMMON = 50
COMMON_VERB = 3
"""How often a word, or a verb, occurs in the texts of the dictionary for it to be kept.

A name that is not known narrows, as one that is known does; a verb that is not known would do so, too.
"""

VERBS = ("v", "vd", "vi", "vq", "vg")
FUNCTION = ("d", "r", "p", "c", "y", "e", "o", "q", "k")
"""Adverbs, pronouns, prepositions, conjunctions, particles, interjections, sounds, measure words, suffixes."""

WITHIN = re.compile("[上下里内中间底末初前后]|里[头面边]|[之以期]内|之[中间]|当中|[中期]间")
"""Where something is, of the words of place: the others are directions and places (东部, 海外), which narrow."""

NEGATIONS = re.compile("[不没未非无除]")
"""What says that something is not so changes what is asked."""


def class_of(word: str, part_of_speech: str) -> str:
    """The class of a *word* of the dictionary by its part of speech."""
    if NEGATIONS.search(word):
        return "n"
    if part_of_speech in VERBS:
        return "v"
    number = part_of_speech == "m" and ("几" in word or "多少" in word)
    now = part_of_speech == "t" and re.search("[现今目当眼]", word)
    within = part_of_speech in ("f", "s") and WITHIN.fullmatch(word)
    return "f" if number or now or within or part_of_speech in FUNCTION or part_of_speech.startswith("u") else "n"


def test_the_classes_are_those_of_the_dictionary(golden: Golden) -> None:
    """Every common Han word is there with the class of its part of speech."""
    found = find_spec("jieba")  # it is found, and not imported: it warns of itself
    assert found is not None and found.submodule_search_locations
    dictionary = Path(found.submodule_search_locations[0]) / "dict.txt"
    lines = []
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        word, count, part_of_speech = line.split(" ")
        least = COMMON_VERB if part_of_speech in VERBS else COMMON
        if int(count) >= least and re.fullmatch(f"[一-鿿]{{1,{word_classes.LONGEST}}}", word):
            lines.append(f"{word} {class_of(word, part_of_speech)}{round(math.log2(int(count)))}\n")
    golden.compare(word_classes.FILE, HEADER + "".join(sorted(lines)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("资格还没过期的企业有多少", "资格n 还f 没n 过期n 的f 企业n 有v 多少f"),
        ("被取消资格", "被f 取消v 资格n"),
        ("到底弄了几家", "到底f 弄v 了f 几家f"),
        ("龘龘企业", "龘 龘 企业n"),
    ],
)
def test_a_text_is_cut_into_its_most_probable_words(text: str, found: str) -> None:
    """Each with its class; a character that is no word has none."""
    assert " ".join(f"{word}{kind}" for word, kind in word_classes.segmented(text)) == found


@pytest.mark.parametrize(
    ("text", "names"), [("总产值", True), ("出口额", True), ("加入了", False), ("怎么样", False), ("", False)]
)
def test_a_noun_names_something(text: str, names: bool) -> None:
    """Verbs and function words do not."""
    assert word_classes.names_something(text) is names


@pytest.mark.parametrize(
    ("word", "says_nothing"), [("involving", False), ("a", True), ("among", True), ("currently", True), ("fly", False)]
)
def test_english_words_of_closed_classes_say_nothing(word: str, says_nothing: bool) -> None:
    """Nor do adverbs."""
    assert word_classes.is_english_function_word(word) is says_nothing
