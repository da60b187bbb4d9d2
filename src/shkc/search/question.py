"""A query as a typed question: its words with their weights, its numbers, and what kind of quantity it asks for."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shkc.search import pointing, proper, vocabulary, wholes
from shkc.search.asked import Asked, asked_for, asks_for_plans, reaches
from shkc.search.corpus import LEAST_WEIGHT, Corpus
from shkc.search.interrogative import Interrogative, counted, interrogatives
from shkc.search.numbers import Numbers, Value, has_numbers, may_name_periods
from shkc.search.territory import of_question
from shkc.search.vocabulary import Vocabulary
from shkc.text import scripts, word_classes, words

if TYPE_CHECKING:
    from shkc.text.periods import Period

LONGEST_QUERY = 300
"""Characters that are looked at: no name explains half of more."""

LEAST_IN_PART = 4
"""Characters with a weight that a part of a question must have to be one itself; a Latin word counts as three."""

LEAST_IN_FIGURE = 3
"""Digits, with the point, that few figures have in common: 4.4%, 4850亿元."""

WORD_WEIGHT = 3.0
"""A Latin word or a number says about as much as three Han characters."""

LONGEST_PLACE = 8
"""Characters of the longest name of a place: 新疆维吾尔自治区."""

simplified = scripts.simplified

_NAME_NUMBER = r"[a-z]-?\d+|\d+(?:st|nd|rd|th)\b"
"""A number that is part of a name: PD-1, 6th."""

_ARTICLES = frozenset(("a", "s"))
"""English one-letter words: an article, a genitive. Beside Chinese they are letters, as in A类."""


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
    periods: "tuple[Period, ...]"
    """Periods that a fact must name to be the answer: years without a report, parts of a year, spans of years."""
    scopes: tuple[str, ...]
    """The places that it names, out of those that the reports are about."""
    of_nation: frozenset[str]
    """Words of which a name must have one where a figure of the whole nation is asked for, no rank in it or share."""
    planned: bool
    """Whether it asks for what is planned, not for what came about."""
    counted: str
    """What an English question counts, the word behind *how many*; empty when it does not say."""
    whole: frozenset[str]
    """What a share is asked of, in the form of `wholes.whole`; empty where it does not say."""
    elsewhere: tuple[tuple[str, frozenset[str]], ...]
    """The places in it that no report is about, each with its other names."""
    discriminators: tuple[tuple[str, frozenset[str]], ...]
    """The attributes and numbers in it, each with synonyms."""
    of_figures: frozenset[str]
    """Those of its discriminators that count for figures only."""
    neutral: frozenset[str]
    """Those of its words that do not narrow what they stand before."""
    proper: frozenset[str]
    """The words of its English proper names, as `proper.words_of` gives them."""

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    def within(self, whole: "Question") -> "Question":
        """The question as a part of *whole*: of its periods and places, and without words where it names too little.

        What a whole question rules out, a part of it must not let in: *the 2021 election: how many were elected?*
        Words of the quantity name nothing: *start-ups, total amount*.
        """
        naming = (term.text for term in self.terms if term.weight and term.text not in self.neutral)
        named = sum(len(text) if words.is_han(text) else 3 for text in naming)
        terms = self.terms if named >= LEAST_IN_PART or self.figures else ()
        return self._replace(periods=whole.periods, elsewhere=whole.elsewhere, of_nation=whole.of_nation, terms=terms)

    @property
    def years(self) -> tuple[int, ...]:
        """The whole years that it names and no report is on, though facts may be of them; of several the last."""
        return tuple(period.end for period in self.periods if period.is_whole)

    @property
    def of_years(self) -> bool:
        """Whether it names a span of years."""
        return any(period.start < period.end for period in self.periods)

    @property
    def figures(self) -> frozenset[str]:
        """Those of its numbers that may name a figure alone: of three digits or a fraction, with a unit."""
        return frozenset(digits for digits, unit in self.numbers if unit and len(digits.rstrip("0")) >= LEAST_IN_FIGURE)

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


def understand(query: str, corpus: Corpus) -> Question:
    """*query* as a question, its words weighed by how rare they are in *corpus*."""
    known = vocabulary.load()
    folded = unicodedata.normalize("NFKC", query).casefold()[:LONGEST_QUERY]  # one character may become many
    numbers = _numbers(folded)
    found = words.words(numbers.text)
    text, phrase = "".join(found), words.phrase(found)
    asking = {word: tuple(interrogatives(word)) for word in found if words.is_han(word)}
    territory = of_question(folded, corpus.scopes)
    named = _periods(folded, corpus)
    years = [period.start for period in named if period.is_year]
    year = next((year for year in years if year in corpus.years), None)
    given = frozenset((*_given(phrase, numbers, named, known), *territory.words))
    discriminators = tuple(_discriminators(found, given | set(_in_names(folded)), known))
    required = [(word, known.synonyms.get(word, frozenset())) for word in discriminators]
    heads = tuple((word, kind) for word, kind in known.heads.items() if _has_word(found, word, corpus))
    typed = frozenset((*(amount.typed_unit for amount in numbers.amounts), *("年" for _ in years)))
    terms = _terms(found, corpus, given, typed, asking, known)
    asked = asked_for(_without_names(found, asking), asking, heads, numbers.ranks, known)
    return Question(
        text=text,
        terms=terms,
        latin=tuple(word for word in found if word.isascii() and word.isalpha() and word not in territory.words),
        numbers=tuple((f"{abs(amount.number):f}", amount.typed_unit) for amount in numbers.amounts),
        values=numbers.values,
        asked=asked,
        year=year,
        periods=tuple(period for period in named if not (period.is_year and period.start in corpus.years)),
        scopes=territory.scopes,
        of_nation=_national(found, corpus, asked) if territory.nation else frozenset(),
        planned=asks_for_plans(phrase, known.cues["plan"]),
        counted=counted(found, {term.text for term in terms if term.weight}) if " how many " in phrase else "",
        whole=wholes.whole(found, territory.words) if asked.aspect == "share" or asked.is_relative else frozenset(),
        elsewhere=territory.required,
        discriminators=(*required, *(reaches(found) if numbers.ranks else ())),
        of_figures=known.of_figures.intersection(discriminators),
        neutral=frozenset(_neutral(found, corpus, known)),
        proper=proper.words_of(query, {term.text for term in terms if term.weight}),
    )


def _without_names(found: Iterable[str], asking: Mapping[str, Iterable[Interrogative]]) -> list[str]:
    """The words *found* without what asks for a name: 项数 of 哪项数据 asks for no number."""
    kept = []
    for word in found:
        rest = word
        for each in reversed([each for each in asking.get(word, ()) if each.is_name]):
            rest = rest[: each.start] + rest[each.end :]
        kept += [rest] if rest else []
    return kept


_NATIONAL = {True: frozenset(("全国",)), False: frozenset(("national", "nation", "nationwide"))}
_OF_NATION = {
    True: frozenset(("全国", "中国", "国家", "国重", "国内")),
    False: frozenset(("national", "nation", "china", "domestic")),
}
"""How a name says in Chinese, and how in English, that it is about the whole nation; and that it is of something that
is called so at least."""


def _national(found: Sequence[str], corpus: Corpus, asked: Asked) -> frozenset[str]:
    """What a name must have for the nation that the words *found* name: 全国 by itself, or as a part of a name.

    Nothing where a rank or a share is asked for: then the nation is what is compared with.
    """
    if asked.quantity_kind == "rank" or asked.aspect == "share":
        return frozenset()
    pairs = [word[at + 1 : at + 3] for word in found if (at := word.find("全国")) >= 0]
    in_a_name = any(len(pair) > 1 and pair in corpus.frequencies for pair in pairs)  # 全国重点实验室
    is_chinese = any(map(words.is_han, found))
    return _NATIONAL[is_chinese] if pairs and not in_a_name else _OF_NATION[is_chinese]


def _given(phrase: str, numbers: Numbers, named: "Iterable[Period]", known: Vocabulary) -> Iterator[str]:
    """The words of *phrase* that no name need have: those of its *numbers* and *named* periods, and of nothing."""
    yield from (word for each in known.own_phrases if f" {each} " in phrase for word in each.split())
    yield from (word for period in named for word in (period.words, *_digits(period.words)))
    yield from numbers.context
    yield from (word for amount in numbers.amounts for word in amount.words)


def _numbers(folded: str) -> Numbers:
    if not has_numbers(folded):
        return Numbers((), frozenset(), (), (), folded)
    from shkc.search import values  # loads the tables of units

    return values.read(folded)


def _periods(folded: str, corpus: Corpus) -> "tuple[Period, ...]":
    if not may_name_periods(folded):
        return ()
    from shkc.text.periods import periods  # most questions name none

    return tuple(periods(folded, max(corpus.years, default=0)))


def _digits(text: str) -> list[str]:
    """The numbers in digits that *text* has."""
    return "".join(character if character.isdecimal() else " " for character in text).split()


def _in_names(folded: str) -> Iterator[str]:
    """The numbers of the question *folded* that are parts of names."""
    if any(map(str.isdecimal, folded)):
        for match in re.finditer(_NAME_NUMBER, folded):
            yield from _digits(match[0])


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
    """The parts of the words *found* that narrow nothing: by the vocabulary, or because so many names have them."""
    for word in found:
        if not words.is_han(word):
            if word in known.neutral:
                yield words.stem(word)
            continue
        for start in range(len(word)):
            for end in range(start + 2, min(len(word), start + known.longest) + 1):
                if word[start:end] in known.neutral or corpus.is_common(word[start:end]):
                    yield word[start:end]


def _discriminators(found: Iterable[str], given: frozenset[str], known: Vocabulary) -> Iterator[str]:
    every = known.discriminators | known.of_figures
    for word in found:
        if words.is_han(word):
            pieces = {word[at : at + n] for n in range(1, known.longest + 1) for at in range(len(word) - n + 1)}
            yield from sorted((pieces & every) - given, key=lambda piece: (word.find(piece), piece))
        elif (word in known.discriminators or word[0].isdigit()) and word not in given:
            yield word


def _terms(
    found: Sequence[str],
    corpus: Corpus,
    given: frozenset[str],
    units: frozenset[str],
    asking: Mapping[str, Iterable[Interrogative]],
    known: Vocabulary,
) -> tuple[Term, ...]:
    kept = (word for word in found if word not in _ARTICLES or not all(map(str.isascii, found)))
    weightless = known.weightless | given
    terms = tuple(
        _han_term(word, corpus, weightless, units, asking[word], known)
        if word in asking
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


def _han_term(
    word: str,
    corpus: Corpus,
    weightless: frozenset[str],
    units: frozenset[str],
    asking: Iterable[Interrogative],
    known: Vocabulary,
) -> Term:
    """The Han *word* with its weights.

    *weightless* words, those *asking*, and *units* behind a number weigh nothing.
    """
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
    asked = ((each.start, each.end) for each in asking)
    for start, end in (*asked, *_reaching(word, asking, known), *pointing.demonstratives(word)):
        weights[start:end] = [0.0] * (end - start)
    for start, end in _manner(word, corpus):
        if not any(start < at + length and at < end for at, options in synonyms.items() for length, _ in options):
            weights[start:end] = [0.0] * (end - start)
    return Term(word, tuple(weights), synonyms)


def _reaching(word: str, asking: Iterable[Interrogative], known: Vocabulary) -> Iterator[tuple[int, int]]:
    """Where verbs that reach a number stand in the Han *word*: before what is *asking* for it, or at the end."""
    for end in (*(each.start for each in asking), len(word)):
        before = word[:end].rstrip("了第")
        verb = next((verb for verb in known.reaching if before.endswith(verb)), "")
        yield len(before) - len(verb), len(before)


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
