"""The indicators of the field by name, from `indicators.toml`: id, official names, English, units and measure.

A name is that of an indicator, of something stated about one (growth, rank), or of what is measured of a product
(output, installed capacity), and the unit of the figure must be one that the indicator is printed in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from shkc.draft.rules import rules
from shkc.text import places, quantity, units

_NUMBER = "number"
"""The kind of unit of an index, or of a concentration: no dimension of the table of units."""

_MARKS = re.compile(r"[“”\"'‘’\s]")


class Indicator(NamedTuple):
    """What a figure states: its *id*, official and other *names*, *english* ones, *measure* (empty: left open).

    *everyday* are words by which people ask for it, and which are no names of it.
    """

    id: str
    names: tuple[str, ...]
    english: tuple[str, ...]
    units: tuple[str, ...]
    measure: str
    everyday: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The official name."""
        return self.names[0]

    def is_printed_in(self, unit: str) -> bool:
        """Whether a figure of this indicator may have *unit*."""
        if quantity.is_part(unit):
            return "ratio" in self.units
        dimension, base = units.dimension(unit), units.base_unit(unit)
        return (
            not self.units or dimension in self.units or base in self.units or (not dimension and _NUMBER in self.units)
        )


class _Ending(NamedTuple):
    """What is stated about an indicator, by the ending of its name, or else by its beginning (生产钾肥).

    *english* has {} for the name before.
    """

    id: str
    ending: str
    beginning: str
    name: str
    english: str
    units: tuple[str, ...]
    measure: str


class _Registry(NamedTuple):
    """The content of indicators.toml: indicators and products by each name, and endings, the longest first."""

    indicators: Mapping[str, Indicator]
    products: Mapping[str, Indicator]
    facets: Sequence[_Ending]
    measured: Sequence[_Ending]
    openings: re.Pattern[str]
    closings: re.Pattern[str]


def called(name: str, unit: str, *, ordinal: bool = False) -> Indicator | None:
    """The indicator that *name* is a name of, for a figure in *unit* or that is a rank; None when there is none."""
    registry = _registry()
    bare = registry.openings.sub("", _bare(name))
    for indicator in _candidates(registry, bare):
        if ("rank" in indicator.units) if ordinal else indicator.is_printed_in(unit):
            return indicator
    return None


def _candidates(registry: _Registry, bare: str) -> Iterator[Indicator]:
    if (found := _whole(registry, bare)) is not None:
        yield found
    for facet in registry.facets:
        if facet.ending and bare.endswith(facet.ending):
            # The rank of a growth is stated of the growth: 地区生产总值增速全国排名.
            yield from (_stated(of, facet) for of in _candidates(registry, bare.removesuffix(facet.ending)))


def _whole(registry: _Registry, bare: str) -> Indicator | None:
    """The indicator of this name, or what is measured of a product of its beginning."""
    for name in (bare, registry.closings.sub("", bare)):
        if name in registry.indicators:
            return registry.indicators[name]
    for measured in registry.measured:
        product = bare.removeprefix(measured.beginning).removesuffix(measured.ending)
        if product in registry.products and product != bare:
            return _stated(registry.products[product], measured)
    return None


def _stated(of: Indicator, ending: _Ending) -> Indicator:
    """What *ending* says about *of*: its growth, its output."""
    names = tuple(ending.name.format(name) for name in of.names)
    english = tuple(_sentence(ending.english.format(_inside(name))) for name in of.english)
    kinds = ending.units or of.units
    return Indicator(f"{of.id}-{ending.id}", names, english, kinds, ending.measure or of.measure)


def _inside(name: str) -> str:
    """*name* as it stands inside another one: without its capital, unless that is of an abbreviation or a name."""
    first = name.split(" ", 1)[0]
    return name if not first[1:].islower() else name[:1].lower() + name[1:]


def _sentence(name: str) -> str:
    return name[:1].upper() + name[1:]


def _bare(name: str) -> str:
    """*name* without quotation marks and without a place before it."""
    plain = _MARKS.sub("", quantity.fold_width(name))
    first = next(places.mentions(plain), None)
    return plain[first.end :] if first is not None and first.start == 0 and first.end < len(plain) else plain


@cache
def _registry() -> _Registry:
    content = rules("indicators")
    listed = [entry for group in content["indicators"].values() for entry in group["entries"]]
    products = [
        {**entry, "english": (entry["english"],), "units": (), "measure": ""}
        for entry in content["products"]["entries"]
    ]
    openings = sorted(content["openings"]["words"], key=len, reverse=True)
    return _Registry(
        _by_name(listed),
        _by_name(products),
        _endings(content["facets"]["entries"]),
        _endings(content["measured"]["entries"]),
        re.compile(f"^(?:{'|'.join(openings)})+(?=..)"),
        re.compile(f"(?:{'|'.join(content['closings']['words'])})$"),
    )


def _by_name(entries: Sequence[Mapping[str, Any]]) -> dict[str, Indicator]:
    found = {}
    for entry in entries:
        names, english, kinds = (tuple(entry[key]) for key in ("names", "english", "units"))
        everyday = tuple(entry.get("everyday", ()))
        indicator = Indicator(entry["id"], names, english, kinds, entry["measure"], everyday)
        found.update({_MARKS.sub("", quantity.fold_width(name)): indicator for name in names})
    return found


def _endings(entries: Sequence[Mapping[str, Any]]) -> list[_Ending]:
    """Each ending and each beginning of *entries*, the longest first."""
    found = [
        _Ending(
            entry["id"],
            quantity.fold_width(ending),
            beginning,
            entry.get("name", f"{{}}{entry['endings'][0]}"),
            entry["english"],
            tuple(entry["units"]),
            entry["measure"],
        )
        for entry in entries
        for ending, beginning in (
            *((ending, "") for ending in entry["endings"]),
            *(("", beginning) for beginning in entry.get("beginnings", ())),
        )
    ]
    return sorted(found, key=lambda each: -len(each.ending + each.beginning))
