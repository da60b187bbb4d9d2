"""How much of a question a text explains, and by which words."""

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
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

REMEMBERED = 16
"""Words of a question of which the pieces are kept: each candidate is compared with the same ones."""


SYNONYMS_REMEMBERED = 2_000
"""Groups of synonyms of which the forms are kept: all of the vocabulary."""


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


Part = Coverage | tuple[float, "Chosen"]
"""What a text explains of one term: of a Han one the weight and the pieces of its best cover."""


def parts(question: Question, text: str, sounds: str = "", numbers: Container[str] = ()) -> list[Part]:
    """What *text*, in the form of `NameEntry.text`, explains of each term of *question*.

    The pinyin *sounds* that its letters spell and the printed *numbers* of a fact explain, too.
    """
    return [
        _best_pieces(term, text) if words.is_han(term.text) else _cover_latin(term, text, sounds, numbers)
        for term in question.terms
    ]


def cover(question: Question, text: str, sounds: str, numbers: Container[str]) -> Coverage:
    """The coverage of *question* by *text*, with *sounds* and *numbers* as `parts` takes them."""
    return whole(question, parts(question, text, sounds, numbers))


def whole(question: Question, found: Sequence[Part]) -> Coverage:
    """The coverage of *question* of which the parts are *found*."""
    weight, characters, gap = 0.0, 0, 0
    pieces: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    for term, each in zip(question.terms, found, strict=True):
        part = each if isinstance(each, Coverage) else Coverage(each[0], *_covered(term, each[1]))
        weight += part.weight
        characters += part.characters
        pieces += part.pieces if term.weight else ()
        gap = max(gap, part.gap)
        modifiers += part.modifiers
    return Coverage(weight, characters, pieces, gap, modifiers)


def weight_of(found: Iterable[Part]) -> float:
    """The weight of the parts *found*, which `whole` adds up in the same order."""
    weight = 0.0
    for part in found:
        weight += part[0]
    return weight


def explained(question: Question, text: str, sounds: str = "", numbers: Container[str] = ()) -> tuple[float, int]:
    """The weight and the characters of `cover` alone: many names are compared before one is looked at closely."""
    weight, characters = 0.0, 0
    for part in parts(question, text, sounds, numbers):
        weight += part[0]
        characters += part.characters if isinstance(part, Coverage) else _characters(part[1])
    return weight, characters


def _cover_latin(term: Term, text: str, sounds: str, numbers: Container[str]) -> Coverage:
    """The coverage of a Latin word or a number: printed, spelt in pinyin, or a word of *text*."""
    if term.text in numbers:
        return Coverage(term.weight, len(term.text), (term.text,))
    if sounds and term.text.isalpha():
        return Coverage(term.weight, 1, (sounds,))
    return cover_word(term, text)


Chosen = Sequence[tuple[int, float] | None]
"""By the start of each piece of a cover its end and credit."""


def _best_pieces(term: Term, text: str) -> tuple[float, Chosen]:
    """The weight of the best cover of the Han *term*, and its pieces.

    Pieces stand in *text*, or have a synonym there; fewer are better. The best cover of each rest of the word is found
    from the right: dynamic programming over its positions.
    """
    length = len(term.text)
    gains = _gains(term.weights)
    best = [0.0] * (length + 1)
    chosen: list[tuple[int, float] | None] = [None] * length
    for start, (character, *longer) in reversed(_begun(term.text)):
        most = best[start + 1]
        if character in text:
            credit = 1.0 if length == 1 else CHARACTER_CREDIT
            end, gained = start + 1, gains[start] + PIECE_COST
            weight = best[end] + credit * (gains[end] - gains[start]) - PIECE_COST
            if weight > most:
                most, chosen[start] = weight, (end, credit)
            for piece in longer:
                if piece not in text:
                    break
                end += 1
                weight = best[end] + gains[end] - gained
                if weight > most:
                    most, chosen[start] = weight, (end, 1.0)
        for length_said, others in term.synonyms.get(start, ()):
            end = start + length_said
            weight = best[end] + SYNONYM_CREDIT * (gains[end] - gains[start]) - PIECE_COST
            if weight > most and any(map(text.__contains__, _standing(others))):
                most, chosen[start] = weight, (end, SYNONYM_CREDIT)
        best[start] = most
    return best[0], chosen


@lru_cache(REMEMBERED)
def _gains(weights: tuple[float, ...]) -> tuple[float, ...]:
    """What all characters up to each are worth."""
    return tuple(accumulate((weight or STOPWORD_GAIN for weight in weights), initial=0.0))


@lru_cache(REMEMBERED)
def _begun(word: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """For each place of *word* the pieces that begin there, the shortest first."""
    length = len(word)
    return tuple((start, tuple(word[start:end] for end in range(start + 1, length + 1))) for start in range(length))


def _characters(chosen: Chosen) -> int:
    """How many characters stand in words that *chosen* explains, single ones out of their word left out."""
    start, characters = 0, 0
    while start < len(chosen):
        end, credit = chosen[start] or (start + 1, 0.0)
        characters += end - start if credit > CHARACTER_CREDIT else 0
        start = end
    return characters


def _covered(term: Term, chosen: Chosen) -> tuple[int, tuple[str, ...], int, tuple[str, ...]]:
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


def _holder(term: Term, chosen: Chosen) -> str:
    """Whose figure *term* asks for, where that begins it and is not explained: *交大*有几家全国重点实验室."""
    behind = next((at for at, weight in enumerate(term.weights) if weight), 0)
    end = next((at for at in range(behind, len(term.text)) if not term.weights[at]), len(term.text))
    explained = any(piece and piece[1] > CHARACTER_CREDIT for piece in chosen[behind:end])
    holder = term.text[behind:end]
    return "" if explained or end - behind < 2 or any(c in HAN_NUMERALS for c in holder) else holder


def _head(term: Term, chosen: Chosen) -> str:
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


def contains_word(text: str, word: str) -> bool:
    """Whether *text* has *word*.

    A single Han character counts only at the beginning of a word: 港 is Hong Kong in 沪-港, not in 临港.
    """
    return _as_it_stands(word) in text


def _as_it_stands(word: str) -> str:
    if word.isascii():
        return f" {word} "
    return word if len(word) > 1 else f" {word}"


@lru_cache(SYNONYMS_REMEMBERED)
def _standing(others: frozenset[str]) -> tuple[str, ...]:
    """What a text must have that has each of the words *others*, as `contains_word` says."""
    return tuple(map(_as_it_stands, others))


def cover_word(term: Term, text: str) -> Coverage:
    """The coverage of one Latin word or number by *text*: the same word, a synonym, or a word of the same root."""
    if f" {term.text} " in text:
        return Coverage(term.weight, len(term.text), (term.text,))
    for _, others in term.synonyms.get(0, ()):
        longest = max((other for other in others if f" {other} " in text), key=len, default="")
        if longest:
            return Coverage(SYNONYM_CREDIT * term.weight, len(longest), (term.text,))
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
