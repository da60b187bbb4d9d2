"""The forms by which a name is found: words, syllables, grams, and what it is called exactly."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shkc.text import glossary, scripts, sounds, words

_RATIO = re.compile(
    r"(占)(.+?)(?=的?(?:比例|比重|比率|份额|百分比|万分比))"
    r"|(as (?:an? )?(?:share|proportion|percentage) of |relative to )(.+)$",
    re.I,
)


class NameForms(NamedTuple):
    """The forms of a fact's names as the index stores them.

    *exact* has each form that names the fact exactly with its grade: 0 name or id, 1 alias or official name, 2 pinyin.
    """

    names: tuple[str, ...]
    phrases: tuple[str, ...]
    pinyin: tuple[str, ...]
    context_terms: str
    exact: tuple[tuple[str, int], ...]
    grams: frozenset[str]
    phrase_grams: frozenset[str]
    """Those that only its phrases have: it is found by them, and they make no word a common one."""


def searchable(terms: str) -> str:
    """*terms* as words to be found in a question."""
    return _stemmed(words.normal(terms))


def forms(
    key: str, name: str, name_en: str, others: Sequence[str], phrases: Sequence[str], context_terms: str
) -> NameForms:
    """The forms of a fact with the id *key*, its Chinese *name*, its English one, and the *others* it goes by.

    *phrases* are asked for, and each stands for itself: their words are no words of a name.
    """
    texts = (name, *others, name_en)
    chinese = [_normal(text) for text in texts[:-1]]
    pinyin = [sounds.syllables(line) for line in dict.fromkeys(chinese) if not line.isascii()]
    is_untranslated = pinyin and words.compact(name_en) == "".join(pinyin[0])  # drafted, and only spelt
    english = glossary.gloss(chinese[0]) if is_untranslated else ""
    said = (*texts, key, english) if english else (*texts, key)
    names = dict.fromkeys(_stemmed(_normal(_numerator(text))) for text in said)
    spoken = dict.fromkeys(" ".join(sounds.syllables(line)) for line in names if not line.isascii())
    context = searchable(context_terms + " " + " ".join(map(_denominator, texts)))
    asked = [_normal(phrase) for phrase in phrases]
    grams = {gram for line in (*names, context) for word in line.split() for gram in words.grams(word)}
    for syllables in pinyin:
        grams.update(words.trigrams("".join(syllables)))
        grams.update(words.trigrams(sounds.initials(syllables)))
    exact = _exact_forms((chinese[0], name_en, key), (*chinese[1:], *asked), pinyin)
    lines = tuple(map(_stemmed, asked))
    of_phrases = frozenset(gram for line in lines for word in line.split() for gram in words.grams(word)) - grams
    return NameForms(tuple(names), lines, tuple(spoken), context, exact, frozenset(grams), of_phrases)


def _exact_forms(
    names: Iterable[str], aliases: Iterable[str], pinyin: Iterable[list[str]]
) -> tuple[tuple[str, int], ...]:
    found = [(words.compact(text), 0) for text in names]
    found += [(words.compact(text), 1) for text in aliases]
    for syllables in pinyin:
        found.append(("".join(syllables), 2))
        found.append((sounds.initials(syllables), 2))
    return tuple((form, grade) for form, grade in found if len(form) > 1)


def _numerator(name: str) -> str:
    """*name* without what a ratio refers to: the R&D share of GDP is a figure about R&D, not about GDP."""
    return _RATIO.sub(lambda match: match[1] or match[3], name)


def _denominator(name: str) -> str:
    """What `_numerator` leaves out: it may stand in a question, but does not name the fact."""
    return " ".join(match[2] or match[4] for match in _RATIO.finditer(name))


def _normal(text: str) -> str:
    return words.normal(scripts.simplified_in_context(text))


def _stemmed(text: str) -> str:
    return " ".join(words.stem(word) for word in text.split())
