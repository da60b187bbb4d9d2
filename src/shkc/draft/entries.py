"""The entries of a draft, as the fact file has them: metrics with their evidence, milestones, and exceptions."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from shkc.draft.identity import Identity
from shkc.facts.model import RelationType


class PartDraft(NamedTuple):
    """A growth, share or rank as a fact file writes it; *word* is its basis or of."""

    value: Decimal
    unit: str
    word: str
    excerpt: str


class MetricDraft(NamedTuple):
    """A drafted figure.

    *doubts* are the reasons to review it, none when the draft is sure; *doubt*, from 0 to 1, is how often a name like
    this one is poor (see `shkc.draft.doubt`); *relations* those of the same figure in an
    earlier report, by type and id in this one.
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
    doubt: float = 0.0
    relations: tuple[tuple[RelationType, str], ...] = ()

    @property
    def id(self) -> str:
        return self.identity.id

    @property
    def name(self) -> str:
        return self.identity.name


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
