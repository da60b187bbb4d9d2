"""The vocabulary of questions about statistics, written in `vocabulary.toml`.

What is read when a question is first understood is `vocabulary.json`, the same in the form of `shkc.text.lexicon`.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from shkc.text import lexicon

COMPILED = Path(__file__).with_name("vocabulary.json")


class Vocabulary(NamedTuple):
    """Words of questions, each in normal form.

    *stopwords* say nothing about what is sought. *inside* are stopwords that begin another word when they stand first.
    *particles* are never part of a word. *at_end* are stopwords only at the end.
    *neutral* words do not narrow what they stand before. *discriminators* ask for another fact when a name does not
    explain them, those *of_figures* only for another figure. *aspects* say by aspect what is asked of a figure, *heads*
    by word in which dimension. *synonyms* has for each word those that may stand for it. *english* are the English
    words that a misspelt one may mean. *longest* is the length of the longest Chinese entry.
    """

    stopwords: frozenset[str]
    inside: frozenset[str]
    particles: frozenset[str]
    at_end: frozenset[str]
    neutral: frozenset[str]
    discriminators: frozenset[str]
    of_figures: frozenset[str]
    aspects: Mapping[str, frozenset[str]]
    heads: Mapping[str, str]
    synonyms: Mapping[str, frozenset[str]]
    english: tuple[str, ...]
    longest: int


@cache
def load() -> Vocabulary:
    """The vocabulary of the file."""
    return compiled(lexicon.compiled(COMPILED))


def compiled(content: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary that *content*, in the form of the TOML file, states."""
    words = {table: [entry["word"] for entry in content[table]["words"]] for table in _WORD_TABLES}
    synonyms = _synonyms(entry["words"] for entry in content["synonyms"]["words"])
    aspects: dict[str, frozenset[str]] = {}
    for entry in content["aspects"]["words"]:
        aspects[entry["aspect"]] = aspects.get(entry["aspect"], frozenset()) | {entry["word"]}
    heads = {entry["word"]: entry["dimension"] for entry in content["heads"]["words"]}
    known = [
        *synonyms,
        *heads,
        *(word for found in words.values() for word in found),
        *frozenset().union(*aspects.values()),
    ]
    return Vocabulary(
        frozenset(words["stopwords"]),
        frozenset(content["stopwords"]["inside"]),
        frozenset(content["stopwords"]["particles"]),
        frozenset(words["stopwords_at_end"]),
        frozenset(words["neutral"]),
        frozenset(words["discriminators"]),
        frozenset(words["discriminators_of_figures"]),
        aspects,
        heads,
        synonyms,
        tuple(sorted(word for word in synonyms if word.isascii() and word.isalpha() and len(word) > 3)),
        max(len(word) for word in known if not word.isascii()),
    )


_WORD_TABLES = (
    "stopwords",
    "stopwords_at_end",
    "neutral",
    "discriminators",
    "discriminators_of_figures",
)


def _synonyms(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for group in map(frozenset, groups):
        for word in group:
            table[word] = table.get(word, frozenset()) | group - {word}
    return table
