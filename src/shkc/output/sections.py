"""The view of the sections: a tree, with the number of facts in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output.view import Canvas, Column, View, of_report, of_values

if TYPE_CHECKING:
    from shkc.facts.model import SectionCount


def _name(count: SectionCount, language: Language) -> str:
    return "  " * count.depth + (count.short_en if language is Language.en else count.short)


_COLUMNS = (
    Column("number", lambda count, language: count.number, Text("编号", "No."), "dim", 5),
    Column("section", _name, Text("栏目", "Section"), kept=True),
    Column("metrics", lambda count, language: count.metrics, Text("数字", "Figures"), "bold cyan", 7),
    Column("milestones", lambda count, language: count.milestones, Text("里程碑", "Milestones"), least=10),
    of_report(lambda count: count),
    Column("id", lambda count, language: count.id, Text("ID", "ID"), "dim", whole=True),
)


def view(counts: Sequence[SectionCount]) -> View:
    """The view of *counts*."""
    from shkc.facts.model import SectionCount

    return of_values(SectionCount, counts, _draw)


def _draw(counts: Sequence[SectionCount], language: Language, canvas: Canvas) -> Iterator[str]:
    from shkc.output import terminal

    yield terminal.draw([column for column in _COLUMNS if column.needed(counts)], counts, language, canvas)
