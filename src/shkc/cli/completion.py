"""What a shell completes: facts by id or name, sections, units, categories, formats."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import typer

from shkc import base as library
from shkc.errors import ShkcError
from shkc.language import Text

Choices = list[tuple[str, str]]
"""Words, each with what a shell may show beside it."""

_SPECIAL = frozenset(" \t&|;<>()$`\\\"'*?[]#~!{}")
"""What a shell would not take as a part of a word: bash puts in completed words as they are."""


def _base(context: typer.Context) -> library.FactBase | None:
    """The fact base that the line is about; None when it cannot be opened, which is no time to tell."""
    given = (each.params.get("facts") or () for each in (context.parent, context) if each)
    try:
        return library.open(chain.from_iterable(given))
    except ShkcError:
        return None


def complete_section(context: typer.Context, incomplete: str) -> Choices:
    """Sections by short title, id and number."""
    base = _base(context)
    counts = base.sections() if base else ()
    return [(name, count.title) for count in counts for name in (count.short, count.id, count.number)]


def complete_name(context: typer.Context, incomplete: str) -> Choices:
    """Names of facts that begin with what was typed, in both languages."""
    base = _base(context)
    names = base.names_beginning(incomplete) if base and incomplete else ()
    return [(name, fact) for name, fact in names if _SPECIAL.isdisjoint(name)]


def complete_fact(context: typer.Context, incomplete: str) -> Choices:
    """Facts by id and by name."""
    base = _base(context)
    return [*(base.ids_beginning(incomplete) if base else ()), *complete_name(context, incomplete)]


def complete_unit(context: typer.Context, incomplete: str) -> list[str]:
    """Units of the figures, the commonest first."""
    base = _base(context)
    return list(base.units()) if base else []


def complete_term(labels: Mapping[str, Text]) -> Callable[[str], Choices]:
    """The completion of an option that takes one of the terms in *labels*, as it is or in Chinese."""

    def complete(incomplete: str) -> Choices:
        return [choice for term, text in labels.items() for choice in ((term, text.zh), (text.zh, term))]

    return complete


def complete_format(formats: Sequence[str]) -> Callable[[str], list[str]]:
    """The completion of the option --format of a command with these *formats*."""

    def complete(incomplete: str) -> list[str]:
        return list(formats)

    return complete
