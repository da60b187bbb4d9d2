"""Questions that are misspelt: characters of the same sound, words that differ by a letter or two."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product

from shkc.language import Text
from shkc.search import vocabulary
from shkc.search.coverage import CHARACTER_CREDIT, NOTHING, PIECE_COST, Coverage, cover_word
from shkc.search.pinyin import spelling_of
from shkc.search.question import Question, Term, english_term
from shkc.search.ranking import (
    LEAST_NAMED,
    LEAST_OF_NAME,
    ROUNDING,
    SAME_ANSWER,
    Match,
    best,
    both_or_no_rank,
    fits,
)
from shkc.search.rejection import narrowed, rejected
from shkc.text import words
from shkc.text.edits import is_within
from shkc.text.name_entry import EVENT, NameEntry
from shkc.text.sounds import readings

LEAST_MISSPELT = 0.8
"""As `LEAST_COVERAGE`, where letters or sounds only resemble: more must be explained, for less is certain."""

SOUND_CREDIT = 0.85
MISSPELT_CREDIT = 0.85
"""What characters of the same sound and a misspelt word are worth; the same word is worth 1."""

Sounds = Mapping[str, Sequence[Sequence[str]]]
"""For each Han word of a question the syllables that each of its characters may be read as."""


def sounds(question: Question) -> Sounds:
    """How the Han words of *question* may sound."""
    return {term.text: tuple(map(readings, term.text)) for term in question.terms if words.is_han(term.text)}


def grams(question: Question, spoken: Sounds) -> set[str]:
    """The grams by which candidates for a misspelt *question* are found."""
    wanted = {gram for term in question.terms for gram in words.grams(term.text)}
    wanted.update(words.trigrams(question.letters))
    for heard in spoken.values():
        for pair in zip(heard, (*heard[1:], ("",)), strict=True):
            for syllables in product(*pair):
                wanted.update(words.trigrams("".join(syllables)))
    return wanted


def answers(question: Question, spoken: Sounds, entries: Iterable[NameEntry]) -> list[Match]:
    """The matches of *entries* with what *question* may have been meant to say, best first."""
    matches = [match for entry in entries if (match := _match(question, entry, spoken)) is not None]
    most = max((match.coverage for match in matches), default=0.0)
    return best([match for match in matches if match.coverage >= most - SAME_ANSWER])


def _match(question: Question, entry: NameEntry, spoken: Sounds) -> Match | None:
    if not any(character in entry.text for character in question.text):
        return None
    line = _line_alike(question.letters, entry.pinyin)
    parts = _parts(question, entry, spoken, line)
    if not parts:
        return None
    latin = sum(part.weight for term, part in zip(question.terms, parts, strict=True) if term.text not in spoken)
    weight = sum(part.weight for part in parts)
    coverage = weight / question.weight
    modifiers = tuple(modifier for part in parts for modifier in part.modifiers)
    if coverage < LEAST_MISSPELT or rejected(question, entry, ()):
        return None
    if narrowed(question, entry, NOTHING._replace(modifiers=modifiers)):
        return None
    weighed = [(_weight_in_name(question, name, line) if latin else 0.0, name) for name in entry.names]
    by_words, closeness = max((each, _closeness(question.text, name)) for each, name in weighed)
    by_name = (weight - latin + by_words) / question.weight
    if by_name < LEAST_NAMED:
        return None
    pieces = [piece for part in parts for piece in part.pieces]
    precision = (closeness + 1 / max(1, len(pieces)) + both_or_no_rank(question, entry)) / 3
    said = "".join(term.text for term in question.terms if term.weight)
    little = all(_closeness(said, name) < LEAST_OF_NAME for each, name in weighed if each)
    vague = entry.quantity_kind != EVENT and len(pieces) == 1 and latin > 0 and little
    listed = "、".join(dict.fromkeys(pieces))
    reason = Text(f"读音或拼写相近：{listed}", f"sounds or is spelt alike: {listed}")
    return Match(entry.id, coverage, by_name, precision, fits(question, entry), reason, vague)


def _parts(question: Question, entry: NameEntry, spoken: Sounds, line: str) -> list[Coverage]:
    """What *entry* explains of each term of *question*; nothing as soon as too much is left unexplained."""
    parts: list[Coverage] = []
    left = question.weight
    least = LEAST_MISSPELT * left - ROUNDING
    for term in question.terms:
        if term.text in spoken:
            part = _cover_sounds(term, spoken[term.text], entry)
        else:
            part = _cover_misspelt(term, entry.text, line)
        left -= term.weight - part.weight
        if left < least:
            return []
        parts.append(part)
    return parts


def _closeness(written: str, name: str) -> float:
    return len(written) / max(len(written), len(name.replace(" ", "")))


def _weight_in_name(question: Question, name: str, line: str) -> float:
    """The weight of the Latin words of *question* that are in one *name* or the *line* of pinyin, spelt well or not."""
    latin = (term for term in question.terms if not words.is_han(term.text))
    return sum(_cover_misspelt(term, f" {name} ", line).weight for term in latin)


def _heard(spoken: str, alike: Iterable[str]) -> dict[int, int]:
    """Where one of the syllables *alike* begins in *spoken*, whose syllables stand between spaces, with its end."""
    found: dict[int, int] = {}
    for syllable in alike:
        at = spoken.find(f" {syllable} ")
        while at >= 0:
            end = at + len(syllable) + 1
            found[at] = end
            at = spoken.find(f" {syllable} ", end)
    return found


def _cover_sounds(term: Term, syllables: Sequence[Sequence[str]], entry: NameEntry) -> Coverage:
    """Cover *term* with the longest pieces that stand in a name by character or by sound, or that nearly do."""
    spoken = f" {' | '.join(entry.pinyin)} "
    heard = [_heard(spoken, alike) for alike in syllables]
    weight, start, unexplained = 0.0, 0, ""
    pieces: list[str] = []
    modifiers: list[str] = []
    while start < len(syllables):
        end, here = start, set(heard[start].values())
        while here:
            end += 1
            here = {heard[end][at] for at in here if at in heard[end]} if end < len(heard) else set()
        length = end - start
        alone = length == 1 and len(syllables) > 1
        for at in range(start, end):
            same = term.text[at] in entry.text
            credit = (1.0 if same else SOUND_CREDIT) if not alone else CHARACTER_CREDIT if same else 0.0
            weight += credit * term.weights[at]
        if length and not alone:
            pieces.append(term.text[start:end])
            weight -= PIECE_COST
            modifiers += [unexplained] if len(unexplained) > 1 else []
            unexplained = ""
        elif term.weights[start]:
            unexplained += term.text[start]
        start += length or 1
    if weight >= MISSPELT_CREDIT * term.weight and not modifiers:
        return Coverage(weight, 0, tuple(pieces))
    nearly = max((_nearly(term.text, name, 1) for name in entry.names), default=0.0)
    if nearly * term.weight > weight or (nearly and modifiers):
        return Coverage(nearly * term.weight, 0, (term.text,))
    return Coverage(weight, 0, tuple(pieces), 0, tuple(modifiers))


def _nearly(written: str, name: str, errors: int) -> float:
    """What *written* is worth for a part of *name*, from the beginning of a word, that differs by *errors* at most."""
    if len(written) < 4:
        return 0.0
    joined = name.replace(" ", "")
    if not _may_be_within(written, joined, errors):
        return 0.0
    begins = range(len(joined)) if words.is_han(written) else spelling_of(name).starts[:-1]
    windows = {joined[at : at + length] for length in range(len(written) - 1, len(written) + 2) for at in begins}
    return MISSPELT_CREDIT if any(is_within(written, window, errors) for window in windows) else 0.0


def _may_be_within(written: str, name: str, errors: int) -> bool:
    """Whether so many characters and pairs of *written* are in *name* that a part of it may differ by *errors* at most.

    It is quicker to tell than where. An error spoils one character, and three pairs where two are swapped.
    """
    pairs = _pairs(written)
    least = len(written) - errors
    enough = sum(map(name.__contains__, written)) >= least
    return enough and sum(map(name.__contains__, pairs)) >= len(pairs) - 3 * errors


@lru_cache(maxsize=16)
def _pairs(written: str) -> tuple[str, ...]:
    return tuple(written[at : at + 2] for at in range(len(written) - 1))


@lru_cache(maxsize=16)
def _words_like(written: str, errors: int) -> tuple[str, ...]:
    """The English words of the vocabulary that differ from *written* by *errors* at most."""
    english = vocabulary.load().english
    return tuple(w for w in english if errors and w[0] == written[0] and is_within(written, w, errors))


def _errors(word: str) -> int:
    """How many letters of *word* may be wrong."""
    return 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0


def _cover_misspelt(term: Term, text: str, line: str) -> Coverage:
    """The coverage of a Latin word by *text*, as it is or misspelt, or by the *line* of pinyin that all spell."""
    exact = cover_word(term, text)
    if exact.weight or not term.text.isalpha():
        return exact
    errors = _errors(term.text)
    for word in text.split() if errors else ():
        if word[0] == term.text[0] and is_within(term.text, word, errors):
            return Coverage(MISSPELT_CREDIT * term.weight, len(word), (f"{term.text}≈{word}",))
    for word in _words_like(term.text, errors):
        meant = cover_word(english_term(word, term.weights, vocabulary.load()), text)
        if meant.weight:
            return Coverage(MISSPELT_CREDIT * meant.weight, meant.characters, (f"{term.text}≈{word}",))
    return Coverage(MISSPELT_CREDIT * term.weight, 0, (line,)) if line else NOTHING


def _line_alike(letters: str, lines: Sequence[str]) -> str:
    """What to say of the first of *lines* of pinyin that *letters* nearly spell; empty if none."""
    if len(letters) < 7:
        return ""
    errors = 2 if len(letters) >= 10 else 1
    alike = (line for line in lines if _nearly(letters, line, errors))
    return next((f"{letters}≈{line}" for line in alike), "")
