"""The places that a question names: those of the reports select facts, any other must stand in a name."""

from collections.abc import Collection
from typing import NamedTuple

from shkc.text import places, words
from shkc.text.places import Elsewhere, Place


class Territory(NamedTuple):
    """The *scopes* of reports that a question selects, the *words* that say so, and the *others* that it names.

    *elsewhere* are those places in it that no report is about. *nation* says that it is about the whole nation, which
    no report is about either, and names no place within it.
    """

    scopes: tuple[str, ...]
    words: frozenset[str]
    others: tuple[Place, ...]
    elsewhere: tuple[Elsewhere, ...] = ()
    nation: bool = False

    @property
    def required(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """What a fact must name of the others: one of them, by any of its names."""
        names = frozenset(name.casefold() for place in self.others for name in (place.short, *place.english))
        within = ((self.others[0].short, names),) if self.others else ()
        return (*within, *((place.name, frozenset(place.english)) for place in self.elsewhere))


def of_question(query: str, scopes: Collection[str]) -> Territory:
    """The places that *query* names, where the reports are about *scopes*, which are in normal form.

    The nation is meant only where no other place is named: 全国第几 says among whom.
    """
    text = "".join(words.words(query))
    named = {scope: None for scope in scopes if scope and scope in text}
    found = [mention.place for mention in places.mentions(query)]
    begun = query.lstrip()
    letter = begun[:1]  # it may be the abbreviation of a province: 鲁 高铁里程
    if letter and not found:
        alone = begun[1:2].isspace()
        found += [each for each in places.places() if each.letter == letter and (each.alone or alone)]
    said: set[str] = {*named}
    others = []
    for place in found:
        forms = {
            form
            for name in (place.name, place.short, *place.english)
            for word in words.words(name)
            for form in (word, f"{word}s")
        }  # Chongqing's is one word
        short = words.compact(place.short)
        if short in scopes:
            named[short] = None
            said |= {*forms, *(words.compact(name) for name in place.english)}
            said |= {place.letter} if letter == place.letter else set()
            said |= _KINDS
        elif place.id != places.NATION:
            others.append(place)
    named = {scope: None for scope in named if not _is_nation(scope)} or named
    whole = not named and any(place.id == places.NATION for place in found)
    return Territory(tuple(named), frozenset(said), tuple(others), tuple(places.elsewhere(query)), whole)


_KINDS = frozenset(("province", "municipality"))
"""What English says beside the name of a place."""


def _is_nation(scope: str) -> bool:
    place = places.called(scope)
    return place is not None and place.id == places.NATION
