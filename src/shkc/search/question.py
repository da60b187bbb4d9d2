"""A query as a typed question: its words with their weights, its numbers, and what kind of quantity it asks for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from math import log
from typing import NamedTuple

from shkc.search.vocabulary import (
    DISCRIMINATORS,
    DISCRIMINATORS_OF_FIGURES,
    LONGEST,
    PARTICLES,
    STOPWORDS,
    STOPWORDS_AT_END,
    STOPWORDS_INSIDE,
    SYNONYMS,
)
from shkc.text import words

LONGEST_QUERY = 300
"""Characters that are looked at: no name explains half of more."""

WORD_WEIGHT = 3.0
"""A Latin word or a number says about as much as three Han characters."""

LEAST_WEIGHT = 0.5
"""What a character weighs however common it is, so that no number of them goes unexplained."""

_NUMBER = re.compile(
    r"(?<![a-z\d.])(\d[\d,]*(?:\.\d+)?)\s*[余多几]?\s*"
    r"((?:万亿|[千百]?[万亿])?(?:[美欧日港]?元|[家个份项位人款场名倍件所条成](?![类期])|百分点)?|%)"
)
_ASKED = {
    "rank": re.compile(
        r"第几|排[在到名行]*第?(?:几|多少)|几名\W*$|全国(?:第一|首位)|全国最[多高大强]|最[多高大强]的?[是在]"
        "|排名|名次|位次|排位|排行|榜首|rank"
    ),
    "money": re.compile("(?:多少|几)[十百千万亿]*(?:元|钱|块)|(?:多少|几)[十百千]?万?亿|总额|变现"),
    "count": re.compile(
        "[件项个家份户款总]数|人数|次数|数量|数目|how many"
        "|(?:多少|几)[十百千万]?(?:[家位项款场份件人名次]|个(?!百?分?点))"
    ),
    "number": re.compile(r"number of|[^指]数\W*$"),
}
"""How a question says what kind of quantity it wants. The first pattern that fits decides."""

_COUNTED = re.compile("(?:多少|几)[十百千万]*([家户所位名人项件份张款种场次])|([家户人项件份款])数")
"""How a question says what it counts: 几家 is asked of organisations, 几位 of people."""

_CONTEXT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\D*?[里中](?:面|头)?(?:又|还)?有(?:几|多少)")
"""A number that a question takes as known: 52家实验室里有几家 does not ask for 52."""

_NAME_NUMBER = re.compile(r"[a-z]-?\d+|\d+(?:st|nd|rd|th)\b")
"""A number that is part of a name: PD-1, 6th."""

_DIGITS = re.compile(r"\d+")
_ALL_DISCRIMINATORS = DISCRIMINATORS | DISCRIMINATORS_OF_FIGURES

_ARTICLES = frozenset(("a", "s"))
"""English one-letter words: an article, a genitive. Beside Chinese they are letters, as in A类."""

_YEAR = re.compile(r"(?:19|20)\d\d(?:年|\b)")


class Corpus(NamedTuple):
    """What a question is weighed against: statistics of the names of a fact base.

    *names* is their number, *frequencies* says how many of them have each gram of the question; *years* and *scopes*
    are those of the reports.
    """

    names: int
    frequencies: Mapping[str, int]
    years: frozenset[int]
    scopes: tuple[str, ...]

    def weight(self, gram: str) -> float:
        """1 for a gram that no name has, falling with the share of names that have it.

        Inverse document frequency as in BM25 (Robertson and Zaragoza, 2009), scaled to 1.
        """
        relative = log(1 + self.names / (self.frequencies.get(gram, 0) + 0.5)) / log(1 + self.names / 0.5)
        return max(LEAST_WEIGHT, relative)


class Term(NamedTuple):
    """A word of a question.

    *weights* has one number for each Han character, or one for a Latin word or a number; a stopword weighs 0.
    """

    text: str
    weights: tuple[float, ...]
    synonyms: dict[int, list[tuple[int, frozenset[str]]]]
    """By position: the length of a word that begins there, and the words that may stand for it in a name."""

    @property
    def weight(self) -> float:
        return sum(self.weights)


class Question(NamedTuple):
    """A query, understood."""

    text: str
    terms: tuple[Term, ...]
    latin: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    """Each number with the unit behind it, as typed."""
    quantity_kind: str | None
    """What kind of quantity is asked for: count, money, rank, or number (not money); None when it does not say."""
    counter: str
    """The unit in which things are to be counted; empty when it does not say, or says 个."""
    year: int | None
    scopes: tuple[str, ...]
    """The places that it names, out of those that the reports are about."""
    discriminators: tuple[str, ...]
    """The places, attributes and numbers in it, without the years and places that select facts."""

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @property
    def letters(self) -> str:
        return "".join(self.latin)

    @property
    def phrase(self) -> str:
        return " ".join(term.text for term in self.terms)

    @property
    def grams(self) -> set[str]:
        """The grams by which candidates are found: those of its words, of their synonyms, and of its letters."""
        found = {term.text for term in self.terms}
        for term in self.terms:
            found.update(*(others for options in term.synonyms.values() for _, others in options))
        wanted = {gram for word in found for gram in words.grams(word) if len(gram) > 1 or len(word) == 1}
        return wanted | set(words.trigrams(self.letters))


def grams(query: str) -> set[str]:
    """The grams of *query* whose frequencies `understand` needs."""
    return {gram for word in words.words(query) for gram in words.grams(word)}


def simplified(query: str) -> str:
    """*query* in simplified characters. Loads conversion data."""
    return words.simplified(query)


def understand(query: str, corpus: Corpus) -> Question:
    """*query* as a question, its words weighed by how rare they are in *corpus*."""
    found = words.words(query)
    text = "".join(found)
    scopes = tuple(scope for scope in corpus.scopes if scope and scope in text)
    folded = unicodedata.normalize("NFKC", query).casefold()
    context = {match[1].replace(",", "") for match in _CONTEXT.finditer(folded)}
    numbers = ((match[1].replace(",", ""), match[2]) for match in _NUMBER.finditer(folded))
    named_years = [int(match[0].rstrip("年")) for match in _YEAR.finditer(folded)]
    year = next((year for year in named_years if year in corpus.years), None)
    given = frozenset((*scopes, str(year), *context))
    terms = _terms(found, text, corpus, given, _units(folded))
    counted = _COUNTED.search(folded)
    named = {digits for match in _NAME_NUMBER.finditer(folded) for digits in _DIGITS.findall(match[0])}
    return Question(
        text,
        terms,
        tuple(word for word in found if word.isascii() and word.isalpha()),
        tuple((digits, unit) for digits, unit in numbers if digits not in context),
        next((kind for kind, asked in _ASKED.items() if asked.search(folded)), None),
        (counted[1] or counted[2]) if counted else "",
        year,
        scopes,
        tuple(_discriminators(found, given | named)),
    )


def _discriminators(found: Iterable[str], given: frozenset[str]) -> Iterator[str]:
    for word in found:
        if words.is_han(word):
            pieces = {word[at : at + n] for n in range(2, LONGEST + 1) for at in range(len(word) - n + 1)}
            yield from (pieces & _ALL_DISCRIMINATORS) - given
        elif (word in DISCRIMINATORS or word[0].isdigit()) and word not in given:
            yield word


def _units(folded: str) -> frozenset[str]:
    """The units behind numbers: they belong to a number and name nothing."""
    return frozenset(match[2] for match in _NUMBER.finditer(folded) if match[2])


def _terms(
    found: Iterable[str], text: str, corpus: Corpus, given: frozenset[str], units: frozenset[str]
) -> tuple[Term, ...]:
    terms = tuple(_term(word, corpus, given, units) for word in found if word not in _ARTICLES or not text.isascii())
    if any(term.weight for term in terms):
        return terms
    return tuple(term._replace(weights=tuple(LEAST_WEIGHT for _ in term.weights)) for term in terms)


def _term(word: str, corpus: Corpus, given: frozenset[str], units: frozenset[str]) -> Term:
    """*word* with its weights; what is *given* and the *units* behind numbers weigh nothing."""
    if not words.is_han(word):
        if word in STOPWORDS or word in given:
            return Term(words.stem(word), (0.0,), {})
        return english_term(word, (WORD_WEIGHT * corpus.weight(words.stem(word)),))
    weights = [corpus.weight(character) for character in word]
    synonyms: dict[int, list[tuple[int, frozenset[str]]]] = {}
    for start in reversed(range(len(word))):
        for length in range(min(LONGEST, len(word) - start), 0, -1):
            piece = word[start : start + length]
            part = length == 1 and any(bigram in corpus.frequencies for bigram in _bigrams_around(word, start))
            last = not any(weights[start + length :])
            if (
                piece in PARTICLES
                or (piece in STOPWORDS and not part and (start or piece not in STOPWORDS_INSIDE))
                or (piece in STOPWORDS_AT_END and last)
                or piece in given
                or (start == 0 and piece in units)
            ):
                weights[start : start + length] = [0.0] * length
            if piece in SYNONYMS and not part:
                synonyms.setdefault(start, []).append((length, SYNONYMS[piece]))
    return Term(word, tuple(weights), synonyms)


def english_term(word: str, weights: tuple[float, ...]) -> Term:
    """The English *word* by its stem, with its synonyms."""
    stem = words.stem(word)
    others = SYNONYMS.get(word, frozenset()) | SYNONYMS.get(stem, frozenset())
    return Term(stem, weights, {0: [(1, frozenset(words.stem(other) for other in others))]} if others else {})


def _bigrams_around(word: str, at: int) -> list[str]:
    return [word[start : start + 2] for start in (at - 1, at) if 0 <= start < len(word) - 1]
