"""The milestones of earlier fact files, and which of them a drafted one is.

The same thing was founded, opened or held in the words of the earlier report; or it was planned there, and has come
about since. Of a milestone that a reviewer left out, the file keeps the name in a comment; it is not proposed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shkc.draft.milestones import MilestoneDraft
from shkc.facts.doubts import doubts
from shkc.facts.load import FactFileContent
from shkc.facts.model import Milestone

LEFT_OUT = "# 核对时删去的大事："
"""What stands before the name of a milestone that a reviewer has left out, at the end of the file."""
_MARKS = re.compile(r"[“”\"‘’'《》()（）、,，\s]")


class EarlierEvent(NamedTuple):
    """A milestone of an earlier report."""

    fact: Milestone
    report: str
    reviewed: bool
    """Whether nothing in that file is marked as doubtful about it."""


class Earlier(NamedTuple):
    """The milestones of earlier files, and the names of those that a reviewer has left out."""

    events: tuple[EarlierEvent, ...] = ()
    left_out: frozenset[str] = frozenset()


class Recurrence(NamedTuple):
    """The earlier *event* that a drafted milestone is, and whether *settled*: the same words, kept by a reviewer."""

    event: EarlierEvent
    settled: bool

    @property
    def source(self) -> str:
        """In words where the milestone comes from."""
        fact = self.event.fact
        planned = "；那时是计划" if fact.planned and not self.settled else ""
        return f"取自 {self.event.report} 的 {fact.id}（{fact.name}）：正式名称相同{planned}"


def of_files(contents: Iterable[FactFileContent]) -> Earlier:
    """The milestones of *contents*, the newest report first."""
    events: list[EarlierEvent] = []
    left_out: set[str] = set()
    for content in sorted(contents, key=lambda content: -content.report.year):
        doubted = doubts(content)
        events += (
            EarlierEvent(fact, content.report.id, fact.id not in doubted)
            for fact, _ in content.records
            if isinstance(fact, Milestone)
        )
        lines = (line for line in content.text.splitlines() if line.startswith(LEFT_OUT))
        left_out |= {_plain(line.removeprefix(LEFT_OUT)) for line in lines}
    return Earlier(tuple(events), frozenset(left_out))


def is_left_out(draft: MilestoneDraft, earlier: Earlier) -> bool:
    """Whether a reviewer has left out a milestone of the name of *draft*."""
    return _plain(draft.name) in earlier.left_out


def recurrence(draft: MilestoneDraft, events: Sequence[EarlierEvent]) -> Recurrence | None:
    """The one of *events* that *draft* is: of the same thing, done or planned then and now, or planned then."""
    mine = set(map(_plain, draft.official_names))
    same = [event for event in events if mine & set(map(_plain, event.fact.official_names))]
    fitting = [event for event in same if event.fact.planned == draft.planned and _is_told_alike(draft, event.fact)]
    if fitting:
        return Recurrence(fitting[0], fitting[0].reviewed)
    planned = next((event for event in same if event.fact.planned and not draft.planned), None)
    return Recurrence(planned, settled=False) if planned else None


def _is_told_alike(draft: MilestoneDraft, earlier: Milestone) -> bool:
    """Whether *earlier* is told in the words of *draft*, or has its name."""
    return draft.name == earlier.name or _plain(draft.excerpt) == _plain(earlier.source.excerpt)


def _plain(words: str) -> str:
    return _MARKS.sub("", words)
