"""The vocabulary of questions about statistics, written in `vocabulary.toml`.

What is read when a question is first understood is `vocabulary.json`, the same in the form of `shkc.text.lexicon`.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from shkc.text import lexicon

COMPILED = Path(__file__).with_name("vocabulary.json")


class Cues(NamedTuple):
    """Words that say one and the same of a question: those that do *anywhere* in it, and those only *at_end*."""

    anywhere: tuple[str, ...] = ()
    at_end: tuple[str, ...] = ()

    def said(self, phrase: str) -> str:
        """The first of them that *phrase*, in the form of `words.phrase`, has; empty when it has none."""
        end = phrase.rstrip()
        anywhere = (word for word in self.anywhere if word in phrase)
        return next(anywhere, None) or next((word for word in self.at_end if end.endswith(word)), "")

    def places(self, phrase: str) -> Iterator[int]:
        """Where each of those that may stand anywhere begins in *phrase*."""
        return (at for at in map(phrase.find, self.anywhere) if at >= 0)


class Vocabulary(NamedTuple):
    """Words of questions, each in normal form.

    *stopwords* say nothing about what is sought. They are *weightless*, and so are words for the place, the year
    and the units of a report (*own_phrases* are those of several words, with those
    that ask for a rank), and words that ask for growth or a plan.
    *inside* are stopwords that begin another word when they stand first. *particles* are never part of a word.
    *at_end* are stopwords only at the end. *neutral* words do not narrow what they stand before. *discriminators*
    ask for another fact when a name does not explain them, those *of_figures* only for another figure. *cues* have
    by what they say the words by which a question says what it asks for, *heads* by word in which dimension. Verbs
    that are *reaching* a number name nothing before it. *synonyms* has for each word those that may stand for it.
    *english* are the English words that a misspelt one may mean. *longest* is the length of the longest Chinese
    entry.
    """

    stopwords: frozenset[str]
    weightless: frozenset[str]
    own_phrases: tuple[str, ...]
    inside: frozenset[str]
    particles: frozenset[str]
    at_end: frozenset[str]
    neutral: frozenset[str]
    discriminators: frozenset[str]
    of_figures: frozenset[str]
    cues: Mapping[str, Cues]
    heads: Mapping[str, str]
    reaching: tuple[str, ...]
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
    cues = {said: _cues_of(each for each in content["asking"]["words"] if each["says"] == said) for said in SAID}
    cues["plan"] = _cues_of(content["plans"]["words"])
    heads = {entry["word"]: entry["dimension"] for entry in content["heads"]["words"]}
    asking = (word.strip() for said in ("growth", "plan") for word in cues[said].anywhere)
    measuring = (word.strip() for said in _MEASURING for word in (*cues[said].anywhere, *cues[said].at_end))
    weightless = frozenset((*words["stopwords"], *words["own"], *asking))
    known = [*synonyms, *heads, *weightless, *(word for found in words.values() for word in found)]
    return Vocabulary(
        frozenset(words["stopwords"]),
        weightless,
        tuple(word.strip() for word in (*words["own"], *cues["rank"].anywhere) if " " in word.strip()),
        frozenset(content["stopwords"]["inside"]),
        frozenset(content["stopwords"]["particles"]),
        frozenset(words["stopwords_at_end"]),
        frozenset((*words["neutral"], *measuring)),
        frozenset(words["discriminators"]),
        frozenset(words["discriminators_of_figures"]),
        cues,
        heads,
        tuple(sorted(words["reaching"], key=len, reverse=True)),
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
    "own",
    "reaching",
)

SAID = (
    "rank", "money", "count", "number", "value", "growth", "share", "flow", "stock", "relative", "built", "being built",
    "planned", "excluding", "including",
)  # fmt: skip
"""What a cue may say that a question asks for; *planned* is a state of building."""

_MEASURING = ("money", "count", "number", "value", "stock", "planned")
"""What cues say of the quantity alone: 总数, 规划目标. They narrow no name, for they are matched with its kind."""


def _cues_of(entries: Iterable[Mapping[str, Any]]) -> Cues:
    """The words of *entries*. A Latin one stands at the beginning of a word."""
    words = [(f" {e['word']}" if e["word"].isascii() else e["word"], e.get("at_end", False)) for e in entries]
    return Cues(tuple(word for word, at_end in words if not at_end), tuple(word for word, at_end in words if at_end))


def _synonyms(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for group in map(frozenset, groups):
        for word in group:
            table[word] = table.get(word, frozenset()) | group - {word}
    return table
