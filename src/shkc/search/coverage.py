"""How much of a question a text explains, and by which words."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, takewhile
from typing import NamedTuple

from shkc.search.numbers import HAN_NUMERALS
from shkc.search.question import Question, Term
from shkc.text import word_classes, words

SHORTEST_ROOT = 5
"""Letters that two English words with different endings must share: fewer are shared by chance."""

_ENDINGS = frozenset(
    ("", "al", "ally", "ance", "ant", "ary", "ation", "e", "ed", "ee", "ent", "er", "ing", "ion", "ity", "ive", "ly",
     "ment", "or", "ure", "y")
)  # fmt: skip

SYNONYM_CREDIT = 0.93
PREFIX_CREDIT = 0.9
CHARACTER_CREDIT = 0.5
"""What a synonym, the beginning of a word, and a single shared character are worth; the same word is worth 1."""

STOPWORD_GAIN = 0.02
"""What a stopword gains where a name has it: among names that explain the same, the one with 累计 is meant."""

PIECE_COST = 0.01
"""What each piece of a cover costs: of two covers of the same weight, the one in longer pieces is meant."""


class Coverage(NamedTuple):
    """What a text explains of a question: weight, number of characters, and the words that are explained.

    *gap* is the longest run of Han characters that say something and are not explained. *modifiers* are the runs of two
    or more of them that stand directly before an explained word.
    """

    weight: float
    characters: int
    pieces: tuple[str, ...]
    gap: int = 0
    modifiers: tuple[str, ...] = ()


NOTHING = Coverage(0.0, 0, ())


def cover(question: Question, text: str, sounds: str, numbers: Iterable[str]) -> Coverage:
    """The coverage of *question* by *text*, in the form of `NameEntry.text`.

    The pinyin *sounds* that its letters spell and the printed *numbers* of a fact explain, too.
    """
    weight, characters, gap = 0.0, 0, 0
    pieces: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    known = set(numbers)
    for term in question.terms:
        if words.is_han(term.text):
            part = _cover_han(term, text)
        elif term.text in known:
            part = Coverage(term.weight, len(term.text), (term.text,))
        elif sounds and term.text.isalpha():
            part = Coverage(sum(term.weights), 1, (sounds,))
        else:
            part = cover_word(term, text)
        weight += part.weight
        characters += part.characters
        pieces += part.pieces if term.weight else ()
        gap = max(gap, part.gap)
        modifiers += part.modifiers
    return Coverage(weight, characters, pieces, gap, modifiers)


def _cover_han(term: Term, text: str) -> Coverage:
    """The best cover of *term* with pieces that stand in *text* or have a synonym there; fewer pieces are better.

    The best cover of each rest of the word is found from the right: dynamic programming over its positions.
    """
    length = len(term.text)
    gains = tuple(accumulate((weight or STOPWORD_GAIN for weight in term.weights), initial=0.0))
    best = [0.0] * (length + 1)
    chosen: list[tuple[int, float] | None] = [None] * length
    for start in range(length - 1, -1, -1):
        best[start] = best[start + 1]
        for end, credit in _pieces(term, start, text):
            weight = best[end] + credit * (gains[end] - gains[start]) - PIECE_COST
            if weight > best[start]:
                best[start], chosen[start] = weight, (end, credit)
    return Coverage(best[0], *_covered(term, chosen))


def _covered(
    term: Term, chosen: Sequence[tuple[int, float] | None]
) -> tuple[int, tuple[str, ...], int, tuple[str, ...]]:
    """The characters, words, longest gap and modifiers of the cover that *chosen* is, by start: end and credit."""
    start, characters, gap, widest = 0, 0, 0, 0
    pieces: list[str] = []
    modifiers: list[str] = []
    while start < len(chosen):
        end, credit = chosen[start] or (start + 1, 0.0)
        covered = credit > CHARACTER_CREDIT
        if covered and gap > 1 and any(term.weights[start:end]):
            modifiers.append(term.text[start - gap : start])
        gap = 0 if covered or not term.weights[start] else gap + 1
        widest = max(widest, gap)
        if covered:
            characters += end - start
            if any(term.weights[start:end]):
                pieces.append(term.text[start:end])
        start = end
    modifiers += filter(None, (_holder(term, chosen), _head(term, chosen)))
    return characters, tuple(pieces), widest, tuple(modifiers)


def _holder(term: Term, chosen: Sequence[tuple[int, float] | None]) -> str:
    """Whose figure *term* asks for, where that begins it and is not explained: *交大*有几家全国重点实验室."""
    behind = next((at for at, weight in enumerate(term.weights) if weight), 0)
    end = next((at for at in range(behind, len(term.text)) if not term.weights[at]), len(term.text))
    explained = any(piece and piece[1] > CHARACTER_CREDIT for piece in chosen[behind:end])
    holder = term.text[behind:end]
    return "" if explained or end - behind < 2 or any(c in HAN_NUMERALS for c in holder) else holder


def _head(term: Term, chosen: Sequence[tuple[int, float] | None]) -> str:
    """What stands behind the last explained word of *term* and names another thing; empty if nothing does.

    A Chinese noun phrase ends in its head: 高新技术企业总产值 asks for output, not for enterprises.
    """
    start, behind = 0, ""
    while start < len(chosen):
        end, credit = chosen[start] or (start + 1, 0.0)
        if credit > CHARACTER_CREDIT and any(term.weights[start:end]):
            behind = ""
        elif credit <= CHARACTER_CREDIT and term.weights[start]:
            behind += term.text[start]
        start = end
    return behind if word_classes.names_something(behind) else ""


def _pieces(term: Term, start: int, text: str) -> Iterator[tuple[int, float]]:
    """Where pieces of *term* from *start* that *text* explains end, and their credit."""
    word = term.text
    end = start + 1
    if word[start] in text:
        yield end, 1.0 if len(word) == 1 else CHARACTER_CREDIT
        while end < len(word) and word[start : end + 1] in text:
            end += 1
            yield end, 1.0
    for length, others in term.synonyms.get(start, ()):
        if any(contains_word(text, other) for other in others):
            yield start + length, SYNONYM_CREDIT


def contains_word(text: str, word: str) -> bool:
    """Whether *text* has *word*.

    A single Han character counts only at the beginning of a word: 港 is Hong Kong in 沪-港, not in 临港.
    """
    if word.isascii():
        return f" {word} " in text
    return (word if len(word) > 1 else f" {word}") in text


def cover_word(term: Term, text: str) -> Coverage:
    """The coverage of one Latin word or number by *text*: the same word, a synonym, or a word of the same root."""
    if f" {term.text} " in text:
        return Coverage(term.weight, len(term.text), (term.text,))
    for _, others in term.synonyms.get(0, ()):
        for other in others:
            if f" {other} " in text:
                return Coverage(SYNONYM_CREDIT * term.weight, len(other), (term.text,))
    if len(term.text) >= 4 and term.text.isalpha():
        for found in _words_beginning(term.text[:SHORTEST_ROOT], text):
            if found.startswith(term.text) or _same_root(term.text, found):
                return Coverage(PREFIX_CREDIT * term.weight, len(found), (term.text,))
    return NOTHING


def _words_beginning(root: str, text: str) -> Iterator[str]:
    """The words of *text*, which has spaces around each, that begin with *root*."""
    at = text.find(f" {root}")
    while at >= 0:
        end = text.find(" ", at + 1)
        yield text[at + 1 : end]
        at = text.find(f" {root}", end)


def _same_root(one: str, other: str) -> bool:
    """Whether two English words differ only in their endings: approval and approved, domestic and domestically."""
    root = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return root >= SHORTEST_ROOT and one[root:] in _ENDINGS and other[root:] in _ENDINGS
