"""What the page finds facts by: the forms of names and numbers that its search compares with what is typed.

A browser knows no pinyin and no traditional characters, so both are worked out when the page is written. The forms
are those of the index (`shkc.text.words`); `search.js` brings a query into the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from shkc.facts.model import Details, Fact, Metric, Milestone
from shkc.text import quantity, scripts, sounds
from shkc.text import words as terms

_IDEOGRAPHS = range(0x4E00, 0xA000)
"""CJK Unified Ideographs: the block that holds the characters of everyday traditional text."""


def forms(fact: Fact, details: Details, places: Iterable[str]) -> dict[str, object]:
    """The forms of *fact*, a list of each sort; *places* are the territory that it is about, in both languages.

    Names are without spaces, English in words, pinyin in syllables; numbers are in `number_form`, with their units.
    """
    official = fact.official_names if isinstance(fact, Milestone) else ()
    others = (*details.aliases, *details.search_terms)
    chinese = [terms.normal(scripts.simplified_in_context(text)) for text in (fact.name, *others, *official)]
    english = (fact.name_en, *(other for other in others if other.isascii()), fact.id)
    return {
        "names": _distinct(name.replace(" ", "") for name in chinese),
        "english": _distinct(map(terms.normal, english)),
        "pinyin": _distinct(" ".join(sounds.syllables(name)) for name in chinese if not name.isascii()),
        "around": _distinct(
            terms.compact(scripts.simplified_in_context(text)) for text in (*_around(fact, details), *places)
        ),
        "numbers": list(_numbers(fact)) if isinstance(fact, Metric) else [],
    }


def _around(fact: Fact, details: Details) -> Iterator[str]:
    """Who and where, which stand with the fact or with its details."""
    for holder in (fact, details):
        for field in ("who", "where"):
            yield from getattr(holder, field, ())


def variants(texts: Iterable[str]) -> dict[str, str]:
    """Traditional characters that stand for a character of *texts*: traditional → simplified."""
    wanted = set("".join(texts))
    characters = [chr(code) for code in _IDEOGRAPHS]
    # One a line: together they would be converted as words.
    simplified = scripts.simplified_in_context("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {traditional: simple for traditional, simple in pairs if simple != traditional and simple in wanted}


def number_form(value: Decimal) -> str:
    """What all ways to write a number have in common: significant digits and power of ten, 4850 and 4850.0 as 485e1."""
    _, digits, exponent = value.copy_abs().normalize(quantity.EXACT).as_tuple()
    return f"{''.join(map(str, digits))}e{exponent}"


def _numbers(metric: Metric) -> Iterator[tuple[str, str]]:
    yield number_form(metric.value), metric.unit
    yield number_form(metric.normalized.value), metric.normalized.unit
    for part in (metric.change, metric.share):
        if part is not None:
            yield number_form(part.value), part.unit


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]
