"""Places that reports are about, by name: provinces and great cities, from `places.toml`."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shkc.text import lexicon


class Place(NamedTuple):
    """A place: its romanised *id*, its whole and its *short* Chinese name, its official one-character *letter*.

    *alone* says that the letter stands for nothing else at the beginning of a question. *english* has the official
    name first. *within* is the id of the province of a city, empty for a province.
    """

    id: str
    name: str
    short: str
    english: tuple[str, ...]
    letter: str = ""
    alone: bool = False
    within: str = ""


class Mention(NamedTuple):
    """Where a text names *place*: from *start* to *end*."""

    start: int
    end: int
    place: Place


NATION = "quanguo"
"""The id of the nation as a whole."""


@cache
def places() -> tuple[Place, ...]:
    """The places of `places.toml`."""
    content = lexicon.table("places")
    listed = (entry for group in ("provinces", "cities") for entry in content[group]["places"])
    return tuple(Place(**{**entry, "english": tuple(entry["english"])}) for entry in listed)


class Elsewhere(NamedTuple):
    """A place that no report is about: its Chinese name and its English ones, in lower case."""

    name: str
    english: tuple[str, ...]


def elsewhere(text: str) -> Iterator[Elsewhere]:
    """The countries, world cities and districts that *text*, in lower case, names in either language."""
    is_chinese, has_letters = not text.isascii(), any(map(str.isascii, filter(str.isalpha, text)))
    for place in _elsewhere():
        if (is_chinese and place.name in text) or (has_letters and _is_named_in_english(place, text)):
            yield place


def _is_named_in_english(place: Elsewhere, text: str) -> bool:
    found = [name for name in place.english if name in text]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in found)


def called(words: str) -> Place | None:
    """The place that *words* are the whole name, the short one or an English one of; None when there is none."""
    return _names().get(words.casefold())


def mentions(text: str) -> Iterator[Mention]:
    """The places that *text* names in full or in short, in either language, in order; the longest name at each."""
    behind = 0
    for at, character in enumerate(text):
        found = (
            name for name in _by_beginning().get(character.casefold(), ()) if at >= behind and _is_at(text, at, name)
        )
        name = next(found, None)
        if name:
            behind = at + len(name)
            yield Mention(at, behind, _names()[name])


def _is_at(text: str, at: int, name: str) -> bool:
    """Whether *name*, in lower case, stands at *at* in *text*: a Latin one as whole words."""
    behind = at + len(name)
    if text[at:behind].casefold() != name:
        return False
    return not name.isascii() or not (_is_of_word(text[at - 1 : at]) or _is_of_word(text[behind : behind + 1]))


def _is_of_word(character: str) -> bool:
    return character == "_" or character.isalnum()


@cache
def _elsewhere() -> tuple[Elsewhere, ...]:
    listed = lexicon.table("places")["elsewhere"]["places"]
    return tuple(Elsewhere(each["name"], tuple(name.casefold() for name in each["english"])) for each in listed)


@cache
def _names() -> dict[str, Place]:
    return {name.casefold(): place for place in places() for name in (place.name, place.short, *place.english)}


@cache
def _by_beginning() -> dict[str, list[str]]:
    """The names of places by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(_names(), key=len, reverse=True):
        found.setdefault(name[0], []).append(name)
    return found
