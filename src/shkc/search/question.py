"""A query as a typed question: its words with their weights, its numbers, and what kind of quantity it asks for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import log
from typing import NamedTuple

from shkc.search import mood, vocabulary
from shkc.search.asked import Asked, asked_for, reaches
from shkc.search.numbers import Numbers, Value, has_numbers
from shkc.search.territory import of_question
from shkc.search.vocabulary import Vocabulary
from shkc.text import scripts, word_classes, words
from shkc.text.periods import WHOLE, Period, periods

LONGEST_QUERY = 300
"""Characters that are looked at: no name explains half of more."""

LEAST_IN_PART = 4
"""Characters with a weight that a part of a question must have to be one itself; a Latin word counts as three."""

WORD_WEIGHT = 3.0
"""A Latin word or a number says about as much as three Han characters."""

LONGEST_PLACE = 8
"""Characters of the longest name of a place: 新疆维吾尔自治区."""

LEAST_WEIGHT = 0.5
"""What a character weighs however common it is, so that no number of them goes unexplained."""

_INTERROGATIVE = re.compile(
    "(?:百分之)?(?:多少|几多|多大|几)(?:个[万亿]|[十百千万亿]*)(?:[家间户所位名人项件份张款种场次座只个号元块]|成)?"
)
"""The words that ask for the number, with the measure word behind them: 几家, 多少号人."""

_NAME_NUMBER = re.compile(r"[a-z]-?\d+|\d+(?:st|nd|rd|th)\b")
"""A number that is part of a name: PD-1, 6th."""

_DIGITS = re.compile(r"\d+")

_REACHING = re.compile(
    r"(?:达到|达|超过|突破|提高到|提升到|增加到|增至|降到|降至|稳定在|保持在|控制在|完成|拥有|取得|实现)"
    r"(?=了?(?:多少|几|多[大高长]|第几|\W*$))"
)
"""A verb between the name of a figure and the question for it: it names nothing, though names may have it."""

_PRESENT = re.compile("[去今]年|本年度?|当年|这一年|年内|全年|年度")
"""Words for the year of a report, which every figure of it is of."""

_YEAR_END = re.compile(r"\b(?:year[ -]end|end of (?:the|this) year|full[ -]year)\b")
"""English words for the day or the year that a report is of."""

_OWN = re.compile("[全本我][省市区县]|[省市区](?:里头?|内|里面)|当地")
"""Words for the place of a report, which every figure of it is of."""

_WHICH = re.compile("(?:[说指]的?)?是?哪[一个项条]*(?:指标|数据|数字|数)")
"""How a question for the name of a figure ends: 4850亿元指的是哪个指标."""

_MONEY = re.compile(r"\b(?:rmb|cny|yuan|[mbtr]+illions?|bn|mn)\b")
"""English words for the unit of an amount, which a question has without a number, too: in billion yuan."""

_ARTICLES = frozenset(("a", "s"))
"""English one-letter words: an article, a genitive. Beside Chinese they are letters, as in A类."""

COMMON = 0.1
"""The share of names from which on a pair of characters says so little that it narrows nothing: 科技, 国家."""

LEAST_COMMON = 10
"""Names that must have a pair of characters for it to be common, however few names there are."""


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
        if not self.names:
            return 1.0
        relative = log(1 + self.names / (self.frequencies.get(gram, 0) + 0.5)) / log(1 + self.names / 0.5)
        return max(LEAST_WEIGHT, relative)

    def is_common(self, word: str) -> bool:
        """Whether each pair of characters of the Han *word* is in so many names that it narrows nothing."""
        least = max(LEAST_COMMON, COMMON * self.names)
        return all(self.frequencies.get(word[at : at + 2], 0) >= least for at in range(len(word) - 1))


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
    values: tuple[Value, ...]
    """Its numbers in words, or with a hedge: what a fact must be worth."""
    asked: Asked
    """What kind of figure is asked for."""
    year: int | None
    """The year whose facts are asked for; None for any."""
    periods: tuple[Period, ...]
    """Periods that a fact must name to be the answer: years without a report, parts of a year, spans of years."""
    scopes: tuple[str, ...]
    """The places that it names, out of those that the reports are about."""
    of_nation: bool
    """Whether it asks for a figure of the whole nation, not for a rank in it or a share of it."""
    planned: bool
    """Whether it asks for what is planned, not for what came about."""
    discriminators: tuple[tuple[str, frozenset[str]], ...]
    """The places, attributes and numbers in it, without the years and places that select facts, each with synonyms."""
    of_figures: frozenset[str]
    """Those of its discriminators that count for figures only."""
    neutral: frozenset[str]
    """Those of its words that do not narrow what they stand before."""

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    def within(self, whole: "Question") -> "Question":
        """The question as a part of *whole*: of its periods, and without words where it names too little to be asked.

        What a whole question rules out, a part of it must not let in: *the 2021 election: how many were elected?*
        """
        named = sum(len(term.text) if words.is_han(term.text) else 3 for term in self.terms if term.weight)
        return self._replace(periods=whole.periods, terms=self.terms if named >= LEAST_IN_PART else ())

    @property
    def years(self) -> tuple[int, ...]:
        """The whole years that it names and no report is on, though facts may be of them."""
        return tuple(period.start for period in self.periods if period.is_year)

    @property
    def letters(self) -> str:
        return "".join(self.latin)

    @property
    def phrase(self) -> str:
        return " ".join(term.text for term in self.terms)

    @property
    def words(self) -> set[str]:
        """Its words that say something, and their synonyms."""
        found = {term.text for term in self.terms if term.weight}
        for term in self.terms:
            found.update(*(others for options in term.synonyms.values() for _, others in options))
        return found

    @property
    def grams(self) -> set[str]:
        """The grams by which candidates are found: those of its words, of their synonyms, and of its letters."""
        wanted = {gram for word in self.words for gram in words.grams(word) if len(gram) > 1 or len(word) == 1}
        return wanted | set(words.trigrams(self.letters))


def grams(query: str) -> set[str]:
    """The grams of *query* whose frequencies `understand` needs."""
    return {gram for word in words.words(query) for gram in words.grams(word)}


def simplified(query: str) -> str:
    """*query* in simplified characters."""
    return scripts.simplified(query)


def understand(query: str, corpus: Corpus) -> Question:
    """*query* as a question, its words weighed by how rare they are in *corpus*."""
    known = vocabulary.load()
    folded = unicodedata.normalize("NFKC", query).casefold()
    numbers = _numbers(folded)
    found = words.words(numbers.text)
    text = "".join(found)
    territory = of_question(folded, corpus.scopes)
    named = tuple(periods(folded, max(corpus.years, default=0)))
    years = [period.start for period in named if period.is_year]
    year = next((year for year in years if year in corpus.years), None)
    said = {*(period.words for period in named), *(digits for p in named for digits in _DIGITS.findall(p.words))}
    hedges = (word for amount in numbers.amounts for word in amount.words)
    given = frozenset((*_nameless(folded), *territory.words, *said, *numbers.context, *hedges))
    in_names = {digits for match in _NAME_NUMBER.finditer(folded) for digits in _DIGITS.findall(match[0])}
    discriminators = tuple(_discriminators(found, given | in_names, known))
    required = [(word, known.synonyms.get(word, frozenset())) for word in discriminators]
    heads = tuple((word, kind) for word, kind in known.heads.items() if _has_word(found, word, corpus))
    asked = asked_for(folded, found, heads, numbers.ranks, known)
    return Question(
        text=text,
        terms=_terms(found, text, corpus, given, frozenset(amount.typed_unit for amount in numbers.amounts), known),
        latin=tuple(word for word in found if word.isascii() and word.isalpha() and word not in territory.words),
        numbers=tuple((f"{abs(amount.number):f}", amount.typed_unit) for amount in numbers.amounts),
        values=numbers.values,
        asked=asked,
        year=year,
        periods=tuple(period for period in named if period.start not in corpus.years or period.part != WHOLE),
        scopes=territory.scopes,
        of_nation=territory.nation and asked.quantity_kind != "rank" and asked.aspect not in ("rank", "share"),
        planned=mood.asks_for_plans(folded),
        discriminators=(*territory.required, *required, *(reaches(found) if numbers.ranks else ())),
        of_figures=known.of_figures.intersection(discriminators),
        neutral=frozenset(_neutral(found, corpus, known)),
    )


def _numbers(folded: str) -> Numbers:
    if not has_numbers(folded):
        return Numbers((), frozenset(), (), (), folded)
    from shkc.search import values  # loads the tables of units

    return values.read(folded)


def _nameless(folded: str) -> frozenset[str]:
    """The words of the question *folded* that name nothing where they stand: verbs before what is asked, and plans."""
    said = (match[0] for pattern in (_REACHING, _PRESENT, _OWN, _WHICH, _MONEY) for match in pattern.finditer(folded))
    english = (word for match in _YEAR_END.finditer(folded) for word in words.words(match[0]))
    return mood.said(folded) | frozenset((*said, *english))


def _has_word(found: Iterable[str], wanted: str, corpus: Corpus) -> bool:
    """Whether *wanted* is one of the words *found*, or a part of a Chinese one that does not straddle two others.

    员工 straddles 人员 and 工作 in 人员工作, which are both words of the names.
    """
    for word in found:
        at = word.find(wanted) if words.is_han(word) else -1
        before, behind = word[at - 1 : at + 1], word[at + len(wanted) - 1 : at + len(wanted) + 1]
        straddles = before in corpus.frequencies and behind in corpus.frequencies
        if word == wanted or (at >= 0 and not straddles):
            return True
    return False


def _neutral(found: Iterable[str], corpus: Corpus, known: Vocabulary) -> Iterator[str]:
    """The parts of the Han words *found* that narrow nothing: by the vocabulary, or because so many names have them."""
    for word in filter(words.is_han, found):
        for start in range(len(word)):
            for end in range(start + 2, min(len(word), start + known.longest) + 1):
                if word[start:end] in known.neutral or corpus.is_common(word[start:end]):
                    yield word[start:end]


def _discriminators(found: Iterable[str], given: frozenset[str], known: Vocabulary) -> Iterator[str]:
    every = known.discriminators | known.of_figures
    for word in found:
        if words.is_han(word):
            pieces = {word[at : at + n] for n in range(1, known.longest + 1) for at in range(len(word) - n + 1)}
            yield from (pieces & every) - given
        elif (word in known.discriminators or word[0].isdigit()) and word not in given:
            yield word


def _terms(
    found: Iterable[str],
    text: str,
    corpus: Corpus,
    given: frozenset[str],
    units: frozenset[str],
    known: Vocabulary,
) -> tuple[Term, ...]:
    kept = (word for word in found if word not in _ARTICLES or not text.isascii())
    weightless = known.stopwords | known.aspects["growth"] | given
    terms = tuple(
        _han_term(word, corpus, weightless, units, known)
        if words.is_han(word)
        else _latin_term(word, corpus, weightless, known)
        for word in kept
    )
    if any(term.weight for term in terms):
        return terms
    return tuple(term._replace(weights=tuple(LEAST_WEIGHT for _ in term.weights)) for term in terms)


def _latin_term(word: str, corpus: Corpus, weightless: frozenset[str], known: Vocabulary) -> Term:
    says_nothing = word_classes.is_english_function_word(word) and word not in known.synonyms
    if word in weightless or says_nothing:
        return Term(words.stem(word), (0.0,), {})
    return english_term(word, (WORD_WEIGHT * corpus.weight(words.stem(word)),), known)


def _han_term(word: str, corpus: Corpus, weightless: frozenset[str], units: frozenset[str], known: Vocabulary) -> Term:
    """The Han *word* with its weights; *weightless* words, and *units* behind a number, weigh nothing."""
    weights = [corpus.weight(character) for character in word]
    synonyms: dict[int, list[tuple[int, frozenset[str]]]] = {}
    for start in reversed(range(len(word))):
        for length in range(min(max(known.longest, LONGEST_PLACE), len(word) - start), 0, -1):
            piece = word[start : start + length]
            part = length == 1 and any(bigram in corpus.frequencies for bigram in _bigrams_around(word, start))
            last = not any(weights[start + length :])
            if (
                piece in known.particles
                or (piece in weightless and not part and (start or piece not in known.inside))
                or (piece in known.at_end and last)
                or (start == 0 and piece in units)
            ):
                weights[start : start + length] = [0.0] * length
            if piece in known.synonyms and not part:
                synonyms.setdefault(start, []).append((length, known.synonyms[piece]))
    for match in _INTERROGATIVE.finditer(word):
        weights[match.start() : match.end()] = [0.0] * len(match[0])
    for start, end in _manner(word, corpus):
        if not any(start < at + length and at < end for at, options in synonyms.items() for length, _ in options):
            weights[start:end] = [0.0] * (end - start)
    return Term(word, tuple(weights), synonyms)


_AFTER_VERBS = frozenset("的型性式化")
"""What makes of the verb before it a word that narrows a noun: 租赁的, 改良型."""


def _manner(word: str, corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Where the words of the Han *word* stand that name nothing, and that no name has.

    They are function words, and verbs that are the predicate: before a function word (拿到了, 花多少) or at the end.
    Before a noun or 的 a verb narrows it: 租赁合同, 在建的设施.
    """
    start = 0
    pieces = [*word_classes.segmented(word), ("", "f")]
    for (piece, kind), (following, next_kind) in pairwise(pieces):
        end = start + len(piece)
        around = piece if len(piece) > 1 else word[max(0, start - 1) : end + 1]
        named = any(around[at : at + 2] in corpus.frequencies for at in range(len(around) - 1))
        in_a_name = len(piece) == len(following) == 1 and next_kind in ("n", "")  # 张江 is no 张
        predicate = kind == "v" and next_kind == "f" and following not in _AFTER_VERBS and (following or len(piece) > 1)
        if (kind == "f" or predicate) and not named and not in_a_name:
            yield start, end
        start = end


def english_term(word: str, weights: tuple[float, ...], known: Vocabulary) -> Term:
    """The English *word* by its stem, with its synonyms."""
    stem = words.stem(word)
    others = known.synonyms.get(word, frozenset()) | known.synonyms.get(stem, frozenset())
    return Term(stem, weights, {0: [(1, frozenset(words.stem(other) for other in others))]} if others else {})


def _bigrams_around(word: str, at: int) -> list[str]:
    return [word[start : start + 2] for start in (at - 1, at) if 0 <= start < len(word) - 1]
