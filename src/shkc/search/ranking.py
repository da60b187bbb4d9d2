"""Which candidates answer a question, and in what order.

Pure functions: a question, the entries of candidate names and the numbers that their facts print go in; matches with
scores and reasons come out. A name answers when nothing that matters in the question is left unexplained.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from shkc.language import Text
from shkc.search.coverage import (
    SHORTEST_ROOT,
    STOPWORD_GAIN,
    Coverage,
    cover,
    explained,
    parts,
    weight_of,
    whole,
)
from shkc.search.interrogative import COUNTERS, THINGS
from shkc.search.pinyin import spelt
from shkc.search.question import Question, Term
from shkc.search.rejection import Rejection, narrowed, rejected
from shkc.text import words
from shkc.text.name_entry import EVENT, NameEntry, spaced

LEAST_COVERAGE = {"metric": 0.66, "milestone": 0.55}
"""The share of a question's weight that a fact must explain; the curve is in `docs/search.md`.

A milestone that only comes near misleads nobody; a wrong figure does.
"""

LEAST_WITH_NAME = 0.3
"""The same for a milestone whose whole name stands in the question: whatever else is said is said about that."""

LEAST_NAMED = 0.15
"""The share that the names must explain alone: what a ratio refers to, a scope or a unit names no figure."""

LEAST_OF_NAME = 0.25
"""The share of a name that one word must be to name the figure: hospitals are not all institutions of a pilot."""

ENOUGH_OF_NAME = 0.6
"""The share of a phrase that must be in a question to be meant, and of a name for related words to count beside it."""

WIDEST_GAP = 4
"""Han characters in a row that nothing explains: two words, so something else is meant, as in 世界*人工智能*大会."""

SHORTEST_PHRASE = 5
"""Han characters that are more than one word: 医疗卫生机构 says what is meant, 医院 does not."""

NEAR = 0.3
"""The coverage from which a fact that is not an answer is worth suggesting."""

SAME_ANSWER = 0.04
"""Facts that explain this much less than the best one still belong to the answer; the others are its neighbours."""

_TOO_LITTLE = Rejection("coverage", Text("查询中还有别的内容", "the query says more than that"))
"""Why a name is no answer that no other rule rejects: too much of the question, or what matters, is unexplained."""

FITS_BETTER = 0.1
"""A fact of just the kind of quantity that is asked for may explain this much less than the best one."""

ROUNDING = 1e-6
"""More than sums of weights may differ by when they are added up in another order."""

Numbers = Mapping[str, frozenset[int]]
"""Numbers of a question that facts of one name print, each with the row numbers of those facts."""


class Match(NamedTuple):
    """A name that answers a question.

    *coverage* is the share of the question that it explains, *by_name* the share that one name explains alone,
    *precision* how much of that name the question is. *fits* says that just this kind of quantity is asked for. *vague*
    says that one word explains it, which is little of any name. *facts* are the row numbers of the only facts of that
    name that are meant, None for all. *rejection* says why a name that only comes near is not the answer.
    """

    name: int
    coverage: float
    by_name: float
    precision: float
    fits: bool
    reason: Text
    vague: bool = False
    facts: frozenset[int] | None = None
    aside: tuple[bool, ...] = ()
    """Whether it comes after others: a growth where a level is asked for, what was before a change, what is planned or
    of several years where that is not asked for, a part of what is asked for, another thing than what is counted."""
    loosely: tuple[bool, ...] = ()
    """Of matches with the same score, what comes after: what is hedged, what is called so by another name only."""
    rejection: Rejection | None = None

    @property
    def score(self) -> float:
        return round((3 * self.coverage + 2 * self.by_name + self.precision) / 6, 4)


class Candidate:
    """A name that explains the share *coverage* of a question, with its *sounds* and the *numbers* of its facts.

    What it explains exactly, and what stands against it, is found out *closely* when that is asked for: of most
    candidates nobody does.
    """

    def __init__(
        self,
        entry: NameEntry,
        coverage: float,
        sounds: str,
        numbers: Numbers,
        closely: Callable[[], tuple[Coverage, Rejection | None]],
    ) -> None:
        self.entry = entry
        self.coverage = coverage
        self.sounds = sounds
        self.numbers = numbers
        self._closely = closely

    @cached_property
    def _looked_at(self) -> tuple[Coverage, Rejection | None]:
        return self._closely()

    @property
    def explained(self) -> Coverage:
        """What it explains, by which words."""
        return self._looked_at[0]

    @property
    def rejection(self) -> Rejection | None:
        """Why it is not the answer, though it may explain enough; None when nothing stands against it."""
        return self._looked_at[1]


def numbers(printed: Iterable[tuple[str, str, tuple[int, int, str]]]) -> dict[int, dict[str, frozenset[int]]]:
    """For each name the numbers of a question that its facts print, with the row numbers of those facts.

    *printed* has the digits and the unit of the question, and a fact that prints the digits: name, row, unit.
    """
    found: dict[int, dict[str, frozenset[int]]] = {}
    for digits, typed, (name, fact, unit) in printed:
        if _same_unit(typed, unit):
            facts = found.setdefault(name, {})
            facts[digits] = facts.get(digits, frozenset()) | {fact}
    return found


def _same_unit(typed: str, printed: str) -> bool:
    """Whether a number with the unit *typed* may be the one *printed*: 239项 are 239个, 18人 are 18位."""
    alike = len(printed) == 1 and any({typed, printed} <= {*sort} for sort in (*COUNTERS, f"个{THINGS}"))
    return not typed or printed.startswith(typed) or alike or (typed == "个" and printed[:1] not in "万亿%")


def candidates(question: Question, entries: Iterable[NameEntry], numbers: Mapping[int, Numbers]) -> list[Candidate]:
    """Those of *entries* that explain something of *question*, the most first; *numbers* by the id of the entry."""
    asked = _Characters.of(question)
    found = (_candidate(question, asked, entry, numbers.get(entry.id, {})) for entry in entries)
    return sorted(filter(None, found), key=lambda candidate: -candidate.coverage)


def _candidate(question: Question, asked: "_Characters", entry: NameEntry, numbers: Numbers) -> Candidate | None:
    sounds = spelt(question, entry.pinyin) if question.latin else ""
    spelt_or_printed = bool(sounds or numbers)
    if not (spelt_or_printed or asked.may_be_in(entry.text, NEAR)):
        return None
    found = parts(question, entry.text, sounds, numbers)
    coverage = min(1.0, weight_of(found) / asked.weight)
    if coverage < NEAR or not (spelt_or_printed or asked.may_be_in(entry.named, LEAST_NAMED)):
        return None
    if weight_of(parts(question, entry.named, sounds, numbers)) < LEAST_NAMED * asked.weight:
        return None
    return Candidate(
        entry, coverage, sounds, numbers, lambda: _closely(question, entry, numbers, whole(question, found))
    )


def _closely(
    question: Question, entry: NameEntry, numbers: Numbers, covered: Coverage
) -> tuple[Coverage, Rejection | None]:
    """What *entry* explains of *question*, which is *covered*, and what stands against it."""
    return covered, rejected(question, entry, numbers) or narrowed(question, entry, covered)


def _figures(found: Iterable[Candidate]) -> Iterator[Candidate]:
    """Those of *found* that are no milestones."""
    return (candidate for candidate in found if candidate.entry.quantity_kind != EVENT)


def _close(found: Iterable[Candidate], least: float) -> Iterator[Candidate]:
    """Those of *found* that explain *least*, and leave no long run of the question unexplained."""
    return (each for each in found if each.coverage >= least and each.explained.gap < WIDEST_GAP)


def loose(question: Question, entries: Iterable[NameEntry], numbers: Mapping[int, Numbers]) -> Iterator[Candidate]:
    """Those of *entries* that more than their names explain: one of their phrases, or what they are related to."""
    asked = _Characters.of(question)._replace(gain=0.0)
    said = frozenset(character for word in question.words for character in word)
    for entry in entries:
        printed = numbers.get(entry.id, {})
        found = [(cover(question, text, "", printed), name) for name, text in _loosely(question, entry, asked, said)]
        if found:
            best_one, name = max(found, key=lambda each: each[0].weight)
            named = entry._replace(names=(*entry.names, name), text=f"{entry.text}{spaced(name)}")
            coverage = min(1.0, best_one.weight / asked.weight)
            yield Candidate(named, coverage, "", printed, partial(_closely, question, named, printed, best_one))


def _loosely(
    question: Question, entry: NameEntry, asked: "_Characters", said: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Each phrase and the first name of *entry* that *question* has enough of, with the text that may explain it.

    *said* are all characters of the question and of the synonyms of its words.
    """
    offered: list[tuple[str, Sequence[str], str]] = [(phrase, (phrase,), phrase) for phrase in entry.phrases]
    if entry.related:
        offered.append((entry.names[0], entry.names, entry.related))
    left = asked.without(entry.text) if offered else asked
    for name, names, words_of_it in offered:
        more = spaced(words_of_it)
        if left.may_be_in(more, LEAST_COVERAGE["milestone"]) and _names(question, said, names):
            yield name, f"{entry.text}{more}"


class _Characters(NamedTuple):
    """The characters and the beginnings of Latin words of a question that are left to be explained, with their weights.

    It is quicker to tell which of them a text has than what it explains, and most texts explain too little. *weight* is
    that of the whole question, *gain* is what its stopwords may add to what is explained.
    """

    pieces: Sequence[tuple[str, float]]
    weight: float
    gain: float

    @classmethod
    def of(cls, question: Question) -> "_Characters":
        weights: dict[str, float] = {}
        for term in question.terms:
            for piece, weight in _pieces(term):
                weights[piece] = weights.get(piece, 0.0) + weight
        return cls(tuple(weights.items()), question.weight, STOPWORD_GAIN * len(question.text) + ROUNDING)

    def without(self, text: str) -> "_Characters":
        """Those that *text* has not."""
        return self._replace(pieces=[each for each in self.pieces if each[0] not in text])

    def may_be_in(self, text: str, least: float) -> bool:
        """Whether *text* may explain the share *least* of the question."""
        most = (1 - least) * self.weight + self.gain
        left = 0.0
        for piece, weight in self.pieces:
            if piece not in text:
                left += weight
                if left > most:
                    return False
        return True


def _pieces(term: Term) -> Iterator[tuple[str, float]]:
    """What of *term* a text must have to explain it, each piece with its weight; nothing of what has a synonym."""
    if not words.is_han(term.text):
        if not term.synonyms:
            yield f" {term.text[:SHORTEST_ROOT]}", term.weight
        return
    known = {at for start, options in term.synonyms.items() for n, _ in options for at in range(start, start + n)}
    yield from ((term.text[at], weight) for at, weight in enumerate(term.weights) if weight and at not in known)


def _names(question: Question, said: Collection[str], names: Iterable[str]) -> bool:
    """Whether *question*, whose characters are *said*, has enough of one of *names* to be about what is called so."""
    for name in names:
        enough = ENOUGH_OF_NAME * len(name.replace(" ", ""))
        if sum(map(said.__contains__, name)) >= enough and explained(question, spaced(name))[1] >= enough:
            return True
    return False


def answers(
    question: Question, found: Sequence[Candidate], kind: str | None, also: Iterable[Candidate] = ()
) -> list[Match]:
    """The matches of the *found* candidates that explain enough of *question*, best first; none when none does.

    Where none of them does, those of what is found *also*, which is gone through only then. Among facts of both kinds
    (*kind* None) a question for a quantity is not answered by a milestone.
    """
    if kind is None and question.asked.is_quantity:
        found, also = list(_figures(found)), _figures(also)
    least = LEAST_COVERAGE[kind or "metric"]
    matches = _enough(question, _close(found, least), least) or _enough(question, _close(also, least), least)
    if matches and any(_is_known_without(candidate, matches[0]) for candidate in found):
        return []
    if not matches and kind == "milestone":
        named = [candidate for candidate in found if _has_name(question, candidate.entry)]
        matches = _enough(question, named, LEAST_WITH_NAME)
    return matches


def _is_known_without(candidate: Candidate, match: Match) -> bool:
    """Whether *candidate* is more what is asked about than *match*, and has not what is asked of it."""
    if candidate.coverage <= match.coverage + SAME_ANSWER:
        return False
    return candidate.rejection is not None and candidate.rejection.rule in _ASKED_OF


_ASKED_OF = ("period", "aspect", "class", "level", "exclusion", "measure", "state")
"""Rules by which a figure is known, and not in the form that is asked for. Another figure is no answer then."""


def is_spelt_right(question: Question, candidate: Candidate, kind: str | None) -> bool:
    """Whether *candidate* explains enough of *question* for it to be spelt right, and yet asks for another fact."""
    enough = candidate.coverage >= LEAST_COVERAGE[kind or "metric"]
    return enough and not narrowed(question, candidate.entry, candidate.explained)


def only_rejected_by(found: Sequence[Candidate], kind: str | None, rule: str) -> Candidate | None:
    """The best of *found* that explains enough and is rejected by *rule*; None when there is none."""
    enough = (each for each in found if each.coverage >= LEAST_COVERAGE[kind or "metric"])
    return next((each for each in enough if each.rejection is not None and each.rejection.rule == rule), None)


def near(question: Question, found: Sequence[Candidate], most: int) -> list[Match]:
    """What comes near *question*: the first *most* of the *found* candidates, each with why it is not the answer."""
    matches = ((_match(question, candidate), candidate.rejection or _TOO_LITTLE) for candidate in found[:most])
    return [match._replace(rejection=rejection) for match, rejection in matches]


def _enough(question: Question, found: Iterable[Candidate], least: float) -> list[Match]:
    """Those of *found* that explain *least*, without the neighbours of the best one."""
    meant = [candidate for candidate in found if candidate.coverage >= least and not candidate.rejection]
    most = max((candidate.coverage for candidate in meant), default=0.0)
    fitting = [c.coverage for c in meant if fits(question, c.entry) and c.coverage >= most - FITS_BETTER]
    close = [candidate for candidate in meant if candidate.coverage >= (fitting or [most])[0] - SAME_ANSWER]
    explains = {name: candidate.coverage for candidate in close for name in candidate.entry.names}
    return best([_match(question, each, explains.get(each.entry.part_of, 0.0) >= each.coverage) for each in close])


def best(matches: list[Match]) -> list[Match]:
    """Those of *matches* whose name alone explains about as much as the best one does, best first.

    Matches of just the kind of quantity that is asked for come before all others. None where all are vague.
    """
    if all(match.vague for match in matches):
        return []
    fitting = [match.by_name for match in matches if match.fits]
    by_name = max(fitting or (match.by_name for match in matches))
    kept = (match for match in matches if match.by_name >= by_name - SAME_ANSWER)
    return sorted(kept, key=lambda match: (not match.fits, match.aside, -match.score, match.loosely))


def _has_name(question: Question, entry: NameEntry) -> bool:
    """Whether a whole name of *entry* stands in *question*."""
    phrase = question.phrase
    names = (name for name in entry.names if len(name) > 2)
    return any(f" {name} " in f" {phrase} " if name.isascii() else name in phrase for name in names)


def fits(question: Question, entry: NameEntry) -> bool:
    """Whether *entry* names just what *question* asks for: a rank, or so many of this unit."""
    if question.asked.quantity_kind == "rank":
        return entry.quantity_kind == "rank"
    return bool(question.asked.counter) and f"{question.asked.counter}数" in entry.context_terms.split()


def both_or_no_rank(question: Question, entry: NameEntry) -> bool:
    """Whether a rank is asked for and named, or neither."""
    return (entry.quantity_kind == "rank") == (question.asked.quantity_kind == "rank")


def _match(question: Question, candidate: Candidate, is_part: bool = False) -> Match:
    """How well the best name of *candidate* explains *question*, and how much of that name the question is.

    *is_part* says that it is a part of another candidate that explains as much.
    """
    entry, coverage, numbers = candidate.entry, candidate.coverage, candidate.numbers
    pieces = candidate.explained.pieces
    one_word = len(pieces) == 1 and not (words.is_han(pieces[0]) and len(pieces[0]) >= SHORTEST_PHRASE)
    may_be_vague = entry.quantity_kind != EVENT and one_word and not numbers and not candidate.sounds
    fitting = list(_fitting(question, candidate, every=may_be_vague))
    by_name, precision, _ = max(fitting)
    vague = may_be_vague and max(said for *_, said in fitting) < LEAST_OF_NAME
    facts = frozenset.intersection(*numbers.values()) if numbers else None
    listed = "、".join(dict.fromkeys(pieces))
    reason = Text(f"解释了查询的 {coverage:.0%}：{listed}", f"explains {coverage:.0%} of the query: {listed}")
    aside = (*_aside(question, entry, is_part),)
    loosely = (entry.is_hedged, fitting[0][:2] < (by_name, precision))
    return Match(entry.id, coverage, by_name, precision, fits(question, entry), reason, vague, facts, aside, loosely)


def _fitting(question: Question, candidate: Candidate, *, every: bool) -> Iterator[tuple[float, float, float]]:
    """How each name of *candidate* fits *question*; but for the first, and unless *every* is asked for, only the best.

    The share that it explains, how much of the name the question is, and how much of it is said.
    """
    entry, sounds, numbers = candidate.entry, candidate.sounds, candidate.numbers
    asked, phrase, rank = _Characters.of(question), question.phrase, both_or_no_rank(question, entry)
    context, best_one = spaced(entry.context_terms), 0.0
    left = asked.without(context)
    for place, name in enumerate(entry.names):
        if place and not (every or sounds or numbers or left.may_be_in(spaced(name), best_one)):
            continue
        weight, characters = explained(question, f"{spaced(name)}\n{context}", sounds, numbers)
        literal = phrase in name or (not question.latin and all(term.text in name for term in question.terms))
        said = min(1.0, characters / max(1, len(name.replace(" ", ""))))
        best_one = max(best_one, weight / asked.weight)
        yield weight / asked.weight, (said + literal + rank) / 3, said


def _aside(question: Question, entry: NameEntry, is_part: bool) -> Iterator[bool]:
    """What makes *entry* come after others, the weightiest first: see `Match.aside`."""
    yield is_change(question, entry) or _is_earlier(question, entry)
    yield entry.is_planned != question.planned
    yield not entry.is_planned and entry.of_years != question.of_years  # a plan aims at the last of its years
    yield is_part
    yield bool(question.asked.thing) and not any(name.endswith(question.asked.thing) for name in entry.names)


def _is_earlier(question: Question, entry: NameEntry) -> bool:
    """Whether *entry* names what was before a change, and *question* does not ask for that."""
    return entry.names[0].endswith(_EARLIER) and _EARLIER not in question.text


def is_change(question: Question, entry: NameEntry) -> bool:
    """Whether *entry* names a growth or an increase, and *question* asks for the value of what grows.

    So does how much quicker something grows than something else, where a growth is asked for.
    """
    name = entry.names[0]
    if question.asked.aspect == "growth":
        return any(word in name and word not in question.text for word in _COMPARED)
    if question.asked.aspect is not None or entry.quantity_kind == EVENT:
        return False
    unasked = any(name.endswith(word) and word not in question.text for word in _CHANGE)
    return unasked or (entry.quantity_kind == "ratio" and name.endswith(_GROWTH))


_COMPARED = ("高于", "低于", "快于", "慢于")
_EARLIER = "变动前"
_GROWTH = ("增长", "增速", "增幅", "增长率", "降幅")
_CHANGE = ("增加", "减少", "提高", "提升", "下降", "降低")
