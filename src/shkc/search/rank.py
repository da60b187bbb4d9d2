"""A question in, hits out: candidates from the index, then a ranking that can say why.

Three ways of finding, each tried only when the one before found nothing:

1. *exact*: the query is a name, an alias, an id or the pinyin of one (`lookup.named`);
2. *covered*: what the query says is said by the names of a fact, in any order, in Chinese, English or pinyin, or by
   its printed number;
3. *misspelt*: the same but for traditional characters, characters of the same sound, or a letter or two.

A fact is found when nothing that matters in the query is left unexplained: `docs/search.md`.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import merge
from itertools import accumulate, groupby, islice, takewhile
from math import log
from operator import attrgetter
from typing import NamedTuple

from shkc.language import Text
from shkc.search.vocabulary import (
    DECISIVE,
    DECISIVE_OF_FIGURES,
    ENGLISH,
    FREE,
    FREE_AT_END,
    FREE_INSIDE,
    LONGEST,
    PARTICLES,
    SYNONYMS,
)
from shkc.store import read as lookup
from shkc.store.read import Hit
from shkc.text import words as terms

MOST_CANDIDATES = 20
"""Distinct names that are looked at closely, best BM25 over shared grams first: far more than one query can mean."""

LONGEST_QUERY = 300
"""Characters that are looked at: no name explains half of more."""

LEAST_COVERAGE = {"metric": 0.66, "milestone": 0.55}
"""The share of a query's weight that a fact must explain; the curve is in `docs/search.md`.

A milestone that only comes near misleads nobody; a wrong figure does.
"""

LEAST_WITH_NAME = 0.3
"""The same for a milestone that has a whole name in the query: whatever else is said is said about that."""

LEAST_NAMED = 0.15
"""The share that the names must explain without help: what a ratio refers to, a scope or a unit names no figure."""

LEAST_OF_NAME = 0.25
"""The share of a name that one word must be to name the figure: hospitals are not all institutions of a pilot."""

REMEMBERED = 10_000
"""Names and lines of syllables kept as they are compared: who asks many questions compares the same ones each time."""

WIDEST_GAP = 4
"""Han characters in a row that nothing explains: two words, so something else is meant, as in 世界*人工智能*大会."""

SHORTEST_PHRASE = 5
"""Han characters that are more than one word: 医疗卫生机构 says what is meant, 医院 does not."""

NEAR = 0.3
"""The share from which a fact that is no answer is worth suggesting."""

SAME_ANSWER = 0.04
"""Facts that explain this much less than the best one still belong to the answer; the others are its neighbours."""

WORD_WEIGHT = 3.0
"""A Latin word or a number says about as much as three Han characters."""

LEAST_WEIGHT = 0.5
"""What a character weighs however common it is, so that no number of them goes unexplained."""

SHORTEST_ROOT = 5
"""Letters that two English words with different endings must share: fewer are shared by chance."""

_ENDINGS = frozenset(
    ("", "al", "ally", "ance", "ant", "ary", "ation", "e", "ed", "ee", "ent", "er", "ing", "ion", "ity", "ive", "ly",
     "ment", "or", "ure", "y")
)  # fmt: skip

PREFIX_INITIALS = 3
"""So many initials may stand for the beginning of a name, one more for any part of it: fewer fit by chance."""

SYNONYM_CREDIT = 0.93
PREFIX_CREDIT = 0.9
SOUND_CREDIT = 0.85
MISSPELT_CREDIT = 0.85
CHARACTER_CREDIT = 0.5
"""What a synonym, a word's beginning, characters of the same sound, a misspelt word, and a single shared character
are worth, where the same word is worth 1."""

FREE_GAIN = 0.02
"""What a free character gains where a name has it: among names that explain the same, the one with 累计 is meant."""

PIECE_COST = 0.01
"""What each piece of a cover costs: of two covers of the same weight the one in longer pieces is meant."""

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
"""How a question says what kind of quantity it wants, the first that fits: the number of contracts is no money."""

_COUNTED = re.compile("(?:多少|几)[十百千万]*([家户所位名人项件份张款种场次])|([家户人项件份款])数")
"""How a question says what it counts: 几家 is asked of organisations, 几位 of people."""

_PEOPLE = "位名人"
_COUNTERS = ("家户所", _PEOPLE, "项件份张款种场次")
"""Units that count the same sort of thing, so that one may stand for another. 个 counts anything but people."""

_CONTEXT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\D*?[里中](?:面|头)?(?:又|还)?有(?:几|多少)")
"""A number that a question takes as known: 52家实验室里有几家 does not ask for 52."""

_NAME_NUMBER = re.compile(r"[a-z]-?\d+|\d+(?:st|nd|rd|th)\b")
"""A number that is part of a name: PD-1, 6th."""

_DIGITS = re.compile(r"\d+")

_DECISIVE = DECISIVE | DECISIVE_OF_FIGURES

_ARTICLES = frozenset(("a", "s"))
"""English one-letter words: an article, a genitive. Beside Chinese they are letters, as in A类."""

_YEAR = re.compile(r"(?:19|20)\d\d(?:年|\b)")


class Match(NamedTuple):
    """A naming that explains a query: how much of it, how much of it by one name, and how much of that name.

    *fits* says that the query asks for just this kind of quantity: a rank, or so many of this unit. *vague* says that
    one word explains it, which is little of any name.
    """

    naming: int
    coverage: float
    by_name: float
    precision: float
    fits: bool
    reason: Text
    vague: bool = False
    facts: frozenset[int] | None = None
    """The rows of the only facts of that name that are meant; None for all."""

    @property
    def score(self) -> float:
        return round((3 * self.coverage + 2 * self.by_name + self.precision) / 6, 4)


class Naming(NamedTuple):
    """The searchable forms of a name: lines of words, lines of syllables, and words that name it not."""

    id: int
    measure: str
    names: list[str]
    pinyin: list[str]
    support: str
    text: str
    """All of these but the syllables, as `_spaced` makes them."""


Numbers = Mapping[str, frozenset[int]]
"""Numbers of a query that facts of a name have, each with the rows of those facts."""


class Near(NamedTuple):
    """A name that explains some share of a query, by which pieces, sounds and numbers.

    *other* says that the query asks for another place, attribute, number or kind of quantity: the fact is no answer.
    """

    naming: Naming
    coverage: float
    other: bool
    explained: "Explained"
    sounds: str
    numbers: Numbers


class Term(NamedTuple):
    """A word of a query. *weights* has one for each Han character, or one for a Latin word or number; 0 is free."""

    text: str
    weights: tuple[float, ...]
    synonyms: dict[int, list[tuple[int, frozenset[str]]]]
    """Where a word begins that others may stand for: its length and the others."""

    @property
    def weight(self) -> float:
        return sum(self.weights)


class Question(NamedTuple):
    """A query in normal form."""

    text: str
    terms: tuple[Term, ...]
    latin: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    """Each number with the unit behind it, as typed."""
    measure: str | None
    """What kind of quantity it asks for: count, money, rank, or a number (no money); None when it does not say."""
    counter: str
    """The unit that it asks how many of; empty when it does not say, or says 个."""
    year: int | None
    scopes: tuple[str, ...]
    """The territories it names, out of those that the reports are about."""
    decisive: tuple[str, ...]
    """The places, attributes and numbers in it, but for the years and territories that select facts."""

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @property
    def letters(self) -> str:
        return "".join(self.latin)

    @property
    def phrase(self) -> str:
        return " ".join(term.text for term in self.terms)

    def has_name(self, naming: "Naming") -> bool:
        """Whether a name of *naming* stands in it as it is."""
        names = (name for name in naming.names if len(name) > 2)
        return any(f" {name} " in f" {self.phrase} " if name.isascii() else name in self.phrase for name in names)

    def asks_for_another(self, naming: "Naming", numbers: Container[str]) -> bool:
        """Whether it has a place, an attribute or a number that neither *naming* nor the printed *numbers* explain.

        Whose the figure is matters as much: the research spending of all is not that of enterprises.
        """
        text = naming.text
        words = (w for w in self.decisive if naming.measure != "other" or w not in DECISIVE_OF_FIGURES)
        return any(
            word not in numbers and word not in text and not any(_stands(o, text) for o in SYNONYMS.get(word, ()))
            for word in words
        )


class Explained(NamedTuple):
    """How much of a question's weight a text explains, with how many characters, by which pieces, and what is left.

    *gap* is the longest row of Han characters that say something and are not explained.
    """

    weight: float
    characters: int
    pieces: tuple[str, ...]
    gap: int = 0


def search(connection: sqlite3.Connection, query: str, kind: str | None = None) -> Iterator[Hit]:
    """The facts of *kind* (of both kinds when None) that answer *query*, best first; none when no report says it.

    *query* is none that `lookup.named` answers.
    """
    if len(query) > LONGEST_QUERY:
        return iter(())
    question = ask(connection, query)
    if not question.terms:
        return iter(())
    near = _covered(connection, question, kind)
    least = LEAST_COVERAGE[kind or "metric"]
    covered = _answer(question, [found for found in near if found.explained.gap < WIDEST_GAP], least)
    if not covered and kind == "milestone":
        covered = _answer(question, [found for found in near if question.has_name(found.naming)], LEAST_WITH_NAME)
    if covered:
        return _hits(connection, covered, question)
    simplified = terms.simplified(query)
    if simplified != query:
        exact = list(lookup.named(connection, simplified, kind))
        return iter(exact) if exact else search(connection, simplified, kind)
    if any(found.coverage >= least for found in near):
        return iter(())  # it is spelt right, and yet no answer
    return _hits(connection, _misspelt(connection, question, kind), question)


def suggest(connection: sqlite3.Connection, query: str, kind: str | None = None, most: int = 3) -> list[Hit]:
    """What comes near a *query* that has no answer: at most *most* facts, best first."""
    question = ask(connection, query[:LONGEST_QUERY])
    near = (_match(question, found) for found in _covered(connection, question, kind)[:most])
    return list(islice(_hits(connection, near, question), most))


def _hits(connection: sqlite3.Connection, matches: Iterable[Match], question: Question) -> Iterator[Hit]:
    """The facts named by *matches*, of the territories and the year that *question* names.

    Of equal score the newest first: one figure has several namings where its reports know it by other names, too.
    """
    for _, alike in groupby(matches, key=attrgetter("score")):
        called = (_facts(connection, match, question) for match in alike)
        for _, hit in merge(*called, key=lambda fact: -fact[0]):
            yield hit


def _facts(connection: sqlite3.Connection, match: Match, question: Question) -> Iterator[tuple[int, Hit]]:
    """The facts named by *match* that *question* is about, each with its year, newest first."""
    for row, year, record in lookup.facts_called(connection, match.naming, question.year, question.scopes):
        if match.facts is None or row in match.facts:
            yield year, Hit(record, match.score, match.reason)


# ── The question ────────────────────────────────────────────────────────────────────────────────────


def ask(connection: sqlite3.Connection, query: str) -> Question:
    """Put *query* into normal form and weigh its words by how rare they are in the index of *connection*."""
    words = terms.words(query)
    text = "".join(words)
    scopes = tuple(
        scope
        for row in connection.execute("SELECT scope, scope_en FROM territory")
        for scope in row
        if scope and scope in text
    )
    years = {row[0] for row in connection.execute("SELECT year FROM year")}
    folded = unicodedata.normalize("NFKC", query).casefold()
    context = {match[1].replace(",", "") for match in _CONTEXT.finditer(folded)}
    found = ((match[1].replace(",", ""), match[2]) for match in _NUMBER.finditer(folded))
    numbers = tuple((digits, unit) for digits, unit in found if digits not in context)
    named_years = [int(match[0].rstrip("年")) for match in _YEAR.finditer(folded)]
    year = next((year for year in named_years if year in years), None)
    given = frozenset((*scopes, str(year), *context))
    units = _free_units(folded)
    frequencies = _Frequencies(connection, words)
    made = tuple(
        _term(word, frequencies, given, units) for word in words if word not in _ARTICLES or not text.isascii()
    )
    if not any(term.weight for term in made):
        made = tuple(term._replace(weights=tuple(LEAST_WEIGHT for _ in term.weights)) for term in made)
    latin = tuple(word for word in words if word.isascii() and word.isalpha())
    counted = _COUNTED.search(folded)
    counter = (counted[1] or counted[2]) if counted else ""
    named = {digits for match in _NAME_NUMBER.finditer(folded) for digits in _DIGITS.findall(match[0])}
    decisive = tuple(_decisive(words, given | named))
    return Question(text, made, latin, numbers, _measure(folded), counter, year, scopes, decisive)


def _decisive(words: Iterable[str], given: frozenset[str]) -> Iterator[str]:
    for word in words:
        if terms.is_han(word):
            pieces = {word[at : at + n] for n in range(2, LONGEST + 1) for at in range(len(word) - n + 1)}
            yield from (pieces & _DECISIVE) - given
        elif (word in DECISIVE or word[0].isdigit()) and word not in given:
            yield word


def _measure(folded: str) -> str | None:
    return next((measure for measure, asked in _ASKED.items() if asked.search(folded)), None)


def _free_units(folded: str) -> frozenset[str]:
    """The units that stand behind a number: they belong to it and name nothing."""
    return frozenset(match[2] for match in _NUMBER.finditer(folded) if match[2])


class _Frequencies:
    """How common the grams of a query's words are in the names of the index."""

    def __init__(self, connection: sqlite3.Connection, words: Sequence[str]) -> None:
        wanted = tuple({gram for word in words for gram in terms.grams(word)})
        marks = ",".join("?" * len(wanted))
        rows = connection.execute(f"SELECT gram, namings FROM gram WHERE gram IN ({marks})", wanted)
        self._found: dict[str, int] = dict(rows)
        (self._total,) = connection.execute("SELECT value FROM meta WHERE key = 'namings'").fetchone()

    def weight(self, gram: str) -> float:
        """1 for a gram that no name has, falling with the share of names that have it.

        Inverse document frequency as in BM25 (Robertson and Zaragoza, 2009), scaled to 1.
        """
        relative = log(1 + self._total / (self._found.get(gram, 0) + 0.5)) / log(1 + self._total / 0.5)
        return max(LEAST_WEIGHT, relative)

    def known(self, gram: str) -> bool:
        """Whether any name has *gram*."""
        return gram in self._found


def _term(word: str, frequencies: _Frequencies, given: frozenset[str], units: frozenset[str]) -> Term:
    """*word* with its weights; what is *given* and the *units* behind numbers weigh nothing."""
    if not terms.is_han(word):
        if word in FREE or word in given:
            return Term(terms.stem(word), (0.0,), {})
        return _english_term(word, (WORD_WEIGHT * frequencies.weight(terms.stem(word)),))
    weights = [frequencies.weight(character) for character in word]
    synonyms: dict[int, list[tuple[int, frozenset[str]]]] = {}
    for start in reversed(range(len(word))):
        for length in range(min(LONGEST, len(word) - start), 0, -1):
            piece = word[start : start + length]
            part = length == 1 and any(map(frequencies.known, _bigrams_around(word, start)))
            last = not any(weights[start + length :])
            if (
                piece in PARTICLES
                or (piece in FREE and not part and (start or piece not in FREE_INSIDE))
                or (piece in FREE_AT_END and last)
                or piece in given
                or (start == 0 and piece in units)
            ):
                weights[start : start + length] = [0.0] * length
            if piece in SYNONYMS and not part:
                synonyms.setdefault(start, []).append((length, SYNONYMS[piece]))
    return Term(word, tuple(weights), synonyms)


def _english_term(word: str, weights: tuple[float, ...]) -> Term:
    stem = terms.stem(word)
    others = SYNONYMS.get(word, frozenset()) | SYNONYMS.get(stem, frozenset())
    return Term(stem, weights, {0: [(1, frozenset(terms.stem(other) for other in others))]} if others else {})


def _bigrams_around(word: str, at: int) -> list[str]:
    return [word[start : start + 2] for start in (at - 1, at) if 0 <= start < len(word) - 1]


# ── Covered ─────────────────────────────────────────────────────────────────────────────────────────


def _covered(connection: sqlite3.Connection, question: Question, kind: str | None) -> list[Near]:
    """The names that explain something of *question*, the most first."""
    numbered = _facts_with(connection, question)
    near = []
    for naming in _candidates(connection, question, kind, numbered):
        found = _near(question, naming, numbered.get(naming.id, {}))
        if found is not None:
            near.append(found)
    return sorted(near, key=lambda found: (-found.coverage, found.naming.id))


def _near(question: Question, naming: Naming, numbers: Numbers) -> Near | None:
    """What *naming* explains of *question*; None when that is not worth a word, or names nothing."""
    sounds = _pinyin(question, naming.pinyin)
    explained = explain(question, naming.text, sounds, numbers)
    coverage = min(1.0, explained.weight / question.weight)
    if coverage < NEAR:
        return None
    named = explain(question, _spaced("\n".join(naming.names)), sounds, numbers)
    if named.weight < LEAST_NAMED * question.weight:
        return None
    other = question.asks_for_another(naming, numbers) or not _may_answer(question, naming)
    return Near(naming, coverage, other, explained, sounds, numbers)


def _answer(question: Question, near: Sequence[Near], least: float) -> list[Match]:
    """Those of *near* that explain enough, without the neighbours of the best; best first."""
    meant = [found for found in near if found.coverage >= least and not found.other]
    matches = [_match(question, found) for found in meant if found.coverage >= meant[0].coverage - SAME_ANSWER]
    return _named(matches)


def _named(matches: list[Match]) -> list[Match]:
    """The best of *matches*; none where a word that is little of any name is all that explains them."""
    return [] if all(match.vague for match in matches) else _best(matches)


def _best(matches: list[Match]) -> list[Match]:
    """Those of *matches* whose name alone explains about as much as the best one does, best first.

    When some are just the kind of quantity that is asked for, they come before all others.
    """
    fitting = [match.by_name for match in matches if match.fits]
    by_name = max(fitting or (match.by_name for match in matches), default=0.0)
    best = (match for match in matches if match.by_name >= by_name - SAME_ANSWER)
    return sorted(best, key=lambda match: (not match.fits, -match.score, match.naming))


def _candidates(
    connection: sqlite3.Connection, question: Question, kind: str | None, numbered: Iterable[int]
) -> Iterator[Naming]:
    words = {term.text for term in question.terms}
    for term in question.terms:
        words.update(*(others for options in term.synonyms.values() for _, others in options))
    wanted = {gram for word in words for gram in terms.grams(word) if len(gram) > 1 or len(word) == 1}
    wanted.update(terms.trigrams(question.letters))
    return _fetch_namings(connection, wanted, kind, numbered)


def _fetch_namings(
    connection: sqlite3.Connection, grams: Iterable[str], kind: str | None, also: Iterable[int] = ()
) -> Iterator[Naming]:
    phrase = " OR ".join(f'"{gram}"' for gram in grams)
    numbers = list(also)[:MOST_CANDIDATES]
    if phrase:
        phrase = f"grams : ({phrase})" + (f" AND kind : {kind}" if kind else "")
        found = connection.execute(
            "SELECT rowid FROM naming_grams WHERE naming_grams MATCH ? ORDER BY rank LIMIT ?",
            (phrase, MOST_CANDIDATES),
        )
        numbers += [row[0] for row in found]
    marks = ",".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT id, measure, names, pinyin, support FROM naming WHERE id IN ({marks}) AND kind = ifnull(?, kind)"
        " AND EXISTS (SELECT 1 FROM fact WHERE naming = naming.id)",
        (*numbers, kind),
    )
    for number, measure, names, pinyin, support in rows:
        syllables = pinyin.split("\n") if pinyin else []
        yield Naming(number, measure, names.split("\n"), syllables, support, _spaced(f"{names}\n{support}"))


def _facts_with(connection: sqlite3.Connection, question: Question) -> dict[int, dict[str, frozenset[int]]]:
    """For each naming the numbers of *question* that facts of that name have, with those facts."""
    found: dict[int, dict[str, set[int]]] = {}
    for digits, unit in question.numbers:
        rows = connection.execute(
            "SELECT naming, fact, number.unit FROM number JOIN fact ON fact.id = fact WHERE digits = ?", (digits,)
        )
        for naming, fact, printed in rows:
            if _same_unit(unit, printed):
                found.setdefault(naming, {}).setdefault(digits, set()).add(fact)
    return {naming: {d: frozenset(facts) for d, facts in numbers.items()} for naming, numbers in found.items()}


def _same_unit(typed: str, printed: str) -> bool:
    return not typed or printed.startswith(typed) or (typed == "个" and printed[:1] not in "万亿%")


def _may_answer(question: Question, naming: Naming) -> bool:
    """Whether *naming* states the kind of quantity that *question* asks for, as far as the two say."""
    if question.counter and naming.measure == "count":
        support = naming.support.split()
        sorts = [sort for sort in _COUNTERS if any(f"{counter}数" in support for counter in sort)]
        if not any(question.counter in sort for sort in sorts) and (sorts or question.counter in _PEOPLE):
            return False
    if question.measure is None or naming.measure in ("other", question.measure):
        return True
    if question.measure == "number":
        return naming.measure != "money"
    return question.measure == "rank" and "排名" in naming.support


def _fits(question: Question, naming: Naming) -> bool:
    """Whether *naming* is just what *question* asks for: a rank, or so many of this unit."""
    if question.measure == "rank":
        return naming.measure == "rank"
    return bool(question.counter) and f"{question.counter}数" in naming.support.split()


def _match(question: Question, near: Near) -> Match:
    """How well the best of the names explains *question*, and how much of it that is."""
    naming, coverage, _, explained, sounds, numbers = near
    pieces = explained.pieces
    by_name, precision, most = 0.0, 0.0, 0.0
    phrase = question.phrase
    fits = (naming.measure == "rank") == (question.measure == "rank")
    for name in naming.names:
        alone = explain(question, _spaced(f"{name}\n{naming.support}"), sounds, numbers)
        literal = phrase in name or (not question.latin and all(term.text in name for term in question.terms))
        whole = min(1.0, alone.characters / max(1, len(name.replace(" ", ""))))
        most = max(most, whole)
        share = (alone.weight / question.weight, (whole + literal + fits) / 3)
        by_name, precision = max((by_name, precision), share)
    one_word = len(pieces) == 1 and not (terms.is_han(pieces[0]) and len(pieces[0]) >= SHORTEST_PHRASE)
    vague = naming.measure != "other" and one_word and not numbers and not sounds and most < LEAST_OF_NAME
    facts = frozenset.intersection(*numbers.values()) if numbers else None
    listed = "、".join(dict.fromkeys(pieces))
    reason = Text(f"解释了查询的 {coverage:.0%}：{listed}", f"explains {coverage:.0%} of the query: {listed}")
    return Match(naming.id, coverage, by_name, precision, _fits(question, naming), reason, vague, facts)


def explain(question: Question, text: str, sounds: str, numbers: Iterable[str]) -> Explained:
    """How much of *question* `_spaced` *text*, *sounds* that its letters spell, and printed *numbers* explain."""
    weight, characters, gap = 0.0, 0, 0
    pieces: tuple[str, ...] = ()
    known = set(numbers)
    for term in question.terms:
        if terms.is_han(term.text):
            part = _explain_han(term, text)
        elif term.text in known:
            part = Explained(term.weight, len(term.text), (term.text,))
        elif sounds and term.text.isalpha():
            part = Explained(sum(term.weights), 1, (sounds,))
        else:
            part = _explain_word(term, text)
        weight += part.weight
        characters += part.characters
        pieces += part.pieces if term.weight else ()
        gap = max(gap, part.gap)
    return Explained(weight, characters, pieces, gap)


def _spaced(lines: str) -> str:
    """Lines of words, with a space before and behind each word, so that one is found whole."""
    return f" {lines} ".replace("\n", " \n ")


def _explain_han(term: Term, text: str) -> Explained:
    """Cover *term* as well as can be with pieces that stand in *text* or have a synonym there; fewer pieces are better.

    The best cover of each rest of the word is found from the right: dynamic programming over its positions.
    """
    length = len(term.text)
    gains = [weight or FREE_GAIN for weight in term.weights]
    best = [0.0] * (length + 1)
    chosen: list[tuple[int, float] | None] = [None] * length
    for start in range(length - 1, -1, -1):
        best[start] = best[start + 1]
        for end, credit in _pieces(term, start, text):
            weight = best[end] + credit * sum(gains[start:end]) - PIECE_COST
            if weight > best[start]:
                best[start], chosen[start] = weight, (end, credit)
    return Explained(best[0], *_cover(term, chosen))


def _cover(term: Term, chosen: Sequence[tuple[int, float] | None]) -> tuple[int, tuple[str, ...], int]:
    """What the pieces *chosen* from left to right cover: characters, words that say something, and what gap is left."""
    start, characters, gap, widest = 0, 0, 0, 0
    pieces: list[str] = []
    while start < len(chosen):
        end, credit = chosen[start] or (start + 1, 0.0)
        covered = credit > CHARACTER_CREDIT
        gap = 0 if covered or not term.weights[start] else gap + 1
        widest = max(widest, gap)
        if covered:
            characters += end - start
            if any(term.weights[start:end]):
                pieces.append(term.text[start:end])
        start = end
    return characters, tuple(pieces), widest


def _pieces(term: Term, start: int, text: str) -> Iterator[tuple[int, float]]:
    """Where pieces of *term* from *start* that *text* explains end, and what they are worth."""
    word = term.text
    end = start + 1
    if word[start] in text:
        yield end, 1.0 if len(word) == 1 else CHARACTER_CREDIT
        while end < len(word) and word[start : end + 1] in text:
            end += 1
            yield end, 1.0
    for length, others in term.synonyms.get(start, ()):
        if any(_stands(other, text) for other in others):
            yield start + length, SYNONYM_CREDIT


def _stands(word: str, text: str) -> bool:
    """Whether *word* stands in *text*.

    A single character is a name only where it begins a word: 港 is Hong Kong in 沪-港, not in 临港.
    """
    if word.isascii():
        return f" {word} " in text
    return (word if len(word) > 1 else f" {word}") in text


def _explain_word(term: Term, text: str) -> Explained:
    if f" {term.text} " in text:
        return Explained(term.weight, len(term.text), (term.text,))
    for _, others in term.synonyms.get(0, ()):
        for other in others:
            if f" {other} " in text:
                return Explained(SYNONYM_CREDIT * term.weight, len(other), (term.text,))
    if len(term.text) >= 4 and term.text.isalpha():
        for match in re.finditer(f" ({term.text[:SHORTEST_ROOT]}[a-z]*)", text):
            if match[1].startswith(term.text) or _same_root(term.text, match[1]):
                return Explained(PREFIX_CREDIT * term.weight, len(match[1]), (term.text,))
    return Explained(0.0, 0, ())


def _same_root(one: str, other: str) -> bool:
    """Whether two English words differ only in their endings: approval and approved, domestic and domestically."""
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return root >= SHORTEST_ROOT and one[root:] in _ENDINGS and other[root:] in _ENDINGS


def _pinyin(question: Question, lines: Sequence[str]) -> str:
    """The pinyin line that the letters of *question* spell, or each of its words apart; empty if none."""
    letters = question.letters
    if len(letters) < 3:
        return ""
    for line in lines:
        if _spells(letters, line, PREFIX_INITIALS):
            return line
    if len(question.latin) > 1 and len(letters) > PREFIX_INITIALS:
        found = [next((line for line in lines if _spells(word, line, 2)), "") for word in question.latin]
        if all(found):
            return "、".join(dict.fromkeys(found))
    return ""


def _spells(letters: str, line: str, least_initials: int) -> bool:
    """Whether *letters* spell syllables of *line* in a row, in full or, if there are enough of them, by initials."""
    spelling = _spelling(line)
    at = spelling.joined.find(letters)
    while at >= 0:
        if at in spelling.starts and _ends_well(at, at + len(letters), spelling.starts):
            return True
        at = spelling.joined.find(letters, at + 1)
    if len(letters) < least_initials:
        return False
    return spelling.initials.startswith(letters) or (len(letters) > least_initials and letters in spelling.initials)


class Spelling(NamedTuple):
    """A line of syllables, or of other words, without spaces; where each begins and the last ends; their initials."""

    joined: str
    starts: tuple[int, ...]
    initials: str


@lru_cache(REMEMBERED)
def _spelling(line: str) -> Spelling:
    syllables = line.split()
    starts = accumulate((len(syllable) for syllable in syllables), initial=0)
    return Spelling("".join(syllables), tuple(starts), terms.initials(syllables))


def _ends_well(start: int, end: int, starts: Sequence[int]) -> bool:
    """Whether letters from *start* to *end* are two syllables at least, the last perhaps only begun."""
    inside = [at for at in starts if start < at <= end]
    return len(inside) >= 2 or (len(inside) == 1 and end > inside[0])


# ── Misspelt ────────────────────────────────────────────────────────────────────────────────────────


LEAST_MISSPELT = 0.8
"""As `LEAST_COVERAGE`, where letters or sounds only resemble: more must be explained, for less is certain."""


def _misspelt(connection: sqlite3.Connection, question: Question, kind: str | None) -> list[Match]:
    sounds = {term.text: terms.syllables(term.text) for term in question.terms if terms.is_han(term.text)}
    wanted = {gram for term in question.terms for gram in terms.grams(term.text)}
    for syllables in (*sounds.values(), [question.letters]):
        wanted.update(terms.trigrams("".join(syllables)))
    matches = []
    for naming in _fetch_namings(connection, wanted, kind):
        if not _may_answer(question, naming):
            continue
        match = _misspelt_match(question, naming, sounds)
        if match is not None:
            matches.append(match)
    best = max((match.coverage for match in matches), default=0.0)
    return _named([match for match in matches if match.coverage >= max(LEAST_MISSPELT, best - SAME_ANSWER)])


def _misspelt_match(question: Question, naming: Naming, sounds: Mapping[str, list[str]]) -> Match | None:
    if not any(character in naming.text for character in question.text):
        return None
    han, latin = 0.0, 0.0
    pieces: list[str] = []
    for term in question.terms:
        if term.text in sounds:
            part = _explain_sounds(term, sounds[term.text], naming)
            han += part.weight
        else:
            part = _explain_misspelt_word(term, question, naming, naming.text)
            latin += part.weight
        pieces += part.pieces
    coverage = (han + latin) / question.weight
    if coverage < NEAR or question.asks_for_another(naming, ()):
        return None
    weighed = [(_weigh_misspelt(question, naming, name) if latin else 0.0, name) for name in naming.names]
    words, closeness = max((weight, _closeness(question.text, name)) for weight, name in weighed)
    by_name = (han + words) / question.weight
    if by_name < LEAST_NAMED:
        return None
    in_a_row = 1 / max(1, len(pieces))
    fits = (naming.measure == "rank") == (question.measure == "rank")
    precision = (closeness + in_a_row + fits) / 3
    said = "".join(term.text for term in question.terms if term.weight)
    little = all(_closeness(said, name) < LEAST_OF_NAME for weight, name in weighed if weight)
    vague = naming.measure != "other" and len(pieces) == 1 and latin > 0 and little
    listed = "、".join(dict.fromkeys(pieces))
    reason = Text(f"读音或拼写相近：{listed}", f"sounds or is spelt alike: {listed}")
    return Match(naming.id, coverage, by_name, precision, _fits(question, naming), reason, vague)


def _closeness(written: str, name: str) -> float:
    return len(written) / max(len(written), len(name.replace(" ", "")))


def _weigh_misspelt(question: Question, naming: Naming, name: str) -> float:
    """The weight of the English words of *question* that are in one *name* of *naming*, well spelt or not."""
    words = (term for term in question.terms if not terms.is_han(term.text))
    return sum(_explain_misspelt_word(word, question, naming, f" {name} ").weight for word in words)


def _explain_sounds(term: Term, syllables: Sequence[str], naming: Naming) -> Explained:
    """Cover *term* with the longest pieces that stand in a name, by character or by sound, or that are nearly there."""
    text = naming.text
    sounds = " \n ".join(("", *naming.pinyin, ""))
    weight, start = 0.0, 0
    pieces: list[str] = []
    while start < len(syllables):
        end = start
        while end < len(syllables) and f" {' '.join(syllables[start : end + 1])} " in sounds:
            end += 1
        length = end - start
        alone = length == 1 and len(syllables) > 1
        for at in range(start, end):
            same = term.text[at] in text
            credit = (1.0 if same else SOUND_CREDIT) if not alone else CHARACTER_CREDIT if same else 0.0
            weight += credit * term.weights[at]
        if length and not alone:
            pieces.append(term.text[start:end])
            weight -= PIECE_COST
        start += length or 1
    nearly = max((_nearly(term.text, name, 1) for name in naming.names), default=0.0)
    return max(Explained(weight, 0, tuple(pieces)), Explained(nearly * term.weight, 0, (term.text,)))


def _nearly(written: str, name: str, errors: int) -> float:
    """What *written* is worth for a part of *name*, from the beginning of a word of it, that differs by *errors*."""
    from rapidfuzz.distance import OSA

    if len(written) < 4:
        return 0.0
    joined, starts, _ = _spelling(name)
    if sum(map(joined.__contains__, written)) < len(written) - errors:
        return 0.0  # as many characters differ at least: no need to look where
    begins = range(len(joined)) if terms.is_han(written) else starts[:-1]
    windows = {joined[at : at + length] for length in range(len(written) - 1, len(written) + 2) for at in begins}
    least = min((OSA.distance(written, window, score_cutoff=errors) for window in windows), default=errors + 1)
    return MISSPELT_CREDIT if least <= errors else 0.0


@lru_cache(maxsize=16)
def _words_like(written: str, errors: int) -> tuple[str, ...]:
    """The English words of the thesaurus that *written* differs from by so many *errors* at most."""
    from rapidfuzz.distance import OSA

    return tuple(
        w for w in ENGLISH if errors and w[0] == written[0] and OSA.distance(written, w, score_cutoff=errors) <= errors
    )


def _explain_misspelt_word(term: Term, question: Question, naming: Naming, text: str) -> Explained:
    exact = _explain_word(term, text)
    if exact.weight or not term.text.isalpha():
        return exact
    from rapidfuzz.distance import OSA

    errors = 2 if len(term.text) >= 8 else 1 if len(term.text) >= 4 else 0
    for word in text.split():
        if errors and word[0] == term.text[0] and OSA.distance(term.text, word, score_cutoff=errors) <= errors:
            return Explained(MISSPELT_CREDIT * term.weight, len(word), (f"{term.text}≈{word}",))
    for word in _words_like(term.text, errors):
        meant = _explain_word(_english_term(word, term.weights), text)
        if meant.weight:
            return Explained(MISSPELT_CREDIT * meant.weight, meant.characters, (f"{term.text}≈{word}",))
    if len(question.letters) >= 7:
        for line in naming.pinyin:
            if _nearly(question.letters, line, 2 if len(question.letters) >= 10 else 1):
                return Explained(MISSPELT_CREDIT * term.weight, 0, (f"{question.letters}≈{line}",))
    return exact
