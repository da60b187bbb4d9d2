"""The entries of a draft, as the fact file has them: metrics with their evidence, milestones, and exceptions."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from shkc.draft import doubt, event_doubt
from shkc.draft.identity import Identity
from shkc.facts.model import RelationType
from shkc.language import Text


class PartDraft(NamedTuple):
    """A growth, share or rank as a fact file writes it; *word* is its basis or of."""

    value: Decimal
    unit: str
    word: str
    excerpt: str


class MetricDraft(NamedTuple):
    """A drafted figure.

    *doubts* are the reasons to review it, none when the draft is sure; *signs* those that its name may be poor, by id;
    *relations* those of the same figure in an earlier report, by type and id in this one.
    """

    identity: Identity
    excerpt: str
    value: Decimal
    upper: Decimal | None
    unit: str
    qualifiers: tuple[str, ...]
    change: PartDraft | None
    share: PartDraft | None
    rank: PartDraft | None
    period: str | None
    part_of: str | None
    doubts: tuple[str, ...]
    signs: tuple[str, ...] = ()
    relations: tuple[tuple[RelationType, str], ...] = ()
    note: Text | None = None
    """What the report leaves out of it."""

    @property
    def id(self) -> str:
        return self.identity.id

    @property
    def name(self) -> str:
        return self.identity.name

    @property
    def doubt(self) -> float:
        """How often a name like this one is poor, from 0 to 1 (see `shkc.draft.doubt`)."""
        return doubt.doubt(self.signs)


class MilestoneEntry(NamedTuple):
    """A drafted milestone."""

    id: str
    name: str
    name_en: str
    category: str
    official_names: tuple[str, ...]
    excerpt: str
    reason: str
    planned: bool
    date: str | None
    """The year that it is of; None for that of the report."""
    source: str = ""
    """In words, of which earlier report it is; empty for none."""
    english_is_known: bool = False
    settled: bool = False
    """Whether a reviewer has kept it in that report, in the same words."""
    signs: tuple[str, ...] = ()
    """The signs that it may be none, or its name wrong, by id."""

    @property
    def doubt(self) -> float:
        """How often a milestone like this one is poor, from 0 to 1 (see `shkc.draft.event_doubt`)."""
        return event_doubt.doubt(self.signs)


class ExceptionDraft(NamedTuple):
    """Words whose numeral is no figure, and why; *doubtful* when a reviewer should look."""

    text: str
    reason: str
    doubtful: bool


class ParagraphDraft(NamedTuple):
    """All that one paragraph gives."""

    paragraph: int
    section: str
    metrics: tuple[MetricDraft, ...]
    milestones: tuple[MilestoneEntry, ...]
    exceptions: tuple[ExceptionDraft, ...]
    is_unread_row: bool = False
    """Whether it is a row of a table with numerals, of which none has a unit beside it that makes it a figure."""
