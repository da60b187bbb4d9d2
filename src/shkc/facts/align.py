"""Joins in doubt, settled by a fact base: facts name the paragraph that they stand in.

Where a page or a full line ends with a sentence, the lines of a document leave open whether a paragraph ends, too. Of
the ways to read it, the one is taken in which most excerpts stand in the paragraph that their fact names: a dynamic
programme over the number that the next paragraph has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import NamedTuple

from shkc.facts.load import FactFileContent
from shkc.facts.verify import fold
from shkc.language import Text
from shkc.text.documents.lines import joined


class _Atom(NamedTuple):
    """A part of a paragraph, and whether it begins one: None is in doubt."""

    text: str
    begins: bool | None


class _Way(NamedTuple):
    """A way to read the atoms up to one: excerpts found, breaks made where there was doubt, and where."""

    found: int
    breaks: int
    starts: tuple[int, ...]


class Aligned(NamedTuple):
    """The paragraphs, how many joins were in doubt, and how many of those are read as breaks."""

    paragraphs: list[str]
    doubts: int
    breaks: int

    @property
    def remarks(self) -> tuple[Text, ...]:
        """What the proof rests on, where anything was in doubt."""
        if not self.doubts:
            return ()
        return (
            Text(
                f"{self.doubts} 处接合存疑，{self.breaks} 处按事实的段号读作分段",
                f"{self.doubts} joins in doubt, {self.breaks} read as breaks, by the paragraphs that facts name",
            ),
        )


def aligned(contents: Sequence[FactFileContent], parts: Iterable[tuple[str, ...]]) -> Aligned:
    """The paragraphs that *parts* make, each given in the parts that are joined in doubt, as *contents* number them."""
    atoms = [_Atom(text, None if at else True) for each in parts for at, text in enumerate(each)]
    doubts = sum(atom.begins is None for atom in atoms)
    way = _best(atoms, _excerpts(contents)) if doubts else _Way(0, 0, ())
    starts = {*way.starts, *(at for at, atom in enumerate(atoms) if atom.begins)}
    return Aligned(list(_paragraphs(atoms, starts)), doubts, way.breaks)


def _excerpts(contents: Sequence[FactFileContent]) -> Mapping[int, list[str]]:
    """What stands in each paragraph, by its number."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for content in contents:
        for record in content.records:
            found[record.fact.source.paragraph].append(fold(record.fact.source.excerpt))
    return found


def _best(atoms: Sequence[_Atom], excerpts: Mapping[int, list[str]]) -> _Way:
    """The best way to read *atoms*."""
    ways = {0: _Way(0, 0, ())}
    for at, atom in enumerate(atoms):
        text = fold(atom.text)
        after: dict[int, _Way] = {}
        for number, way in ways.items():
            for begins in (True, False) if atom.begins is None else (atom.begins,):
                here = number + begins
                broken = begins and atom.begins is None
                found = way.found + sum(excerpt in text for excerpt in excerpts.get(here, ()))
                new = _Way(found, way.breaks + broken, (*way.starts, at) if broken else way.starts)
                if here not in after or (new.found, -new.breaks) > (after[here].found, -after[here].breaks):
                    after[here] = new
        ways = after
    return max(ways.values(), key=lambda way: (way.found, -way.breaks))


def _paragraphs(atoms: Sequence[_Atom], starts: set[int]) -> Iterator[str]:
    found: list[str] = []
    for at, atom in enumerate(atoms):
        if at in starts and found:
            yield reduce(joined, found)
            found = []
        found.append(atom.text)
    if found:
        yield reduce(joined, found)
