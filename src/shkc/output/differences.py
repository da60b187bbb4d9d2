"""The view of what differs between fact files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output import facts
from shkc.output.labels import DIFFERENCES
from shkc.output.view import Column, View, of_report, of_values

if TYPE_CHECKING:
    from shkc.facts.model import Difference


def _told(text: str | None, language: Language) -> str | None:
    """*text* of a fact file; in English, what is Chinese in it is a quotation and looks like one."""
    from shkc.facts import english
    from shkc.text.words import is_han

    return english.quoted(text) if text and language is Language.en and any(map(is_han, text)) else text


_CHANGE = Column(
    "difference",
    lambda difference, language: DIFFERENCES[difference.difference].to(language),
    Text("变化", "Change"),
    "bold",
    7,
)
_FIELD = Column("field", lambda difference, language: difference.field, Text("字段", "Field"), "dim", 10)
_OLD = Column("old", lambda difference, language: _told(difference.old, language), Text("旧", "Old"))
_NEW = Column("new", lambda difference, language: _told(difference.new, language), Text("新", "New"), "bold cyan")
_REPORT = of_report(lambda difference: difference)


def view(found: Sequence[Difference]) -> View:
    """The view of *found*."""
    from shkc.facts.model import Difference

    return of_values(Difference, found)._replace(columns=(_CHANGE, facts.NAME, _FIELD, _OLD, _NEW, _REPORT, facts.ID))
