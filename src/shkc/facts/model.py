"""The facts as everything outside the fact file sees them: frozen values, the JSON contract in types.

The order of the fields is the order of the keys in the JSON output.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Qualifier = Literal["about", "over", "nearly", "at_least", "at_most", "below", "estimated", "target", "cumulative"]
"""The standard terms for what a report says in hedge words; `docs/fact-file.md` lists the words."""

Category = Literal[
    "policy",
    "institution",
    "facility",
    "platform",
    "programme",
    "product",
    "achievement",
    "event",
    "cooperation",
    "reform",
    "honour",
]
"""What kind of thing a milestone is about."""


class Report(msgspec.Struct, frozen=True):
    """A report: its title without 《》, who publishes it, the year and territory it is about."""

    id: str
    title: str
    title_en: str
    publisher: str
    publisher_en: str
    year: int
    scope: str
    scope_en: str


class Section(msgspec.Struct, frozen=True):
    """A part of a report's text; *path* names its ancestors and itself, the root first."""

    id: str
    number: str
    title: str
    short: str
    short_en: str
    path: tuple[str, ...]
    parent: str | None


class SectionReference(msgspec.Struct, frozen=True):
    """The section that a fact stands in."""

    id: str
    title: str
    path: tuple[str, ...]


class Source(msgspec.Struct, frozen=True):
    """The place that proves a fact."""

    report: str
    year: int
    paragraph: int
    excerpt: str


class Change(msgspec.Struct, frozen=True):
    """Growth printed with a figure: in % or 百分点, against *basis* (yoy: the year before)."""

    value: Decimal
    unit: str
    basis: str


class Share(msgspec.Struct, frozen=True):
    """A share printed with a figure: the figure is *value* per cent of *of*."""

    value: Decimal
    unit: str
    of: str


class Rank(msgspec.Struct, frozen=True):
    """A rank printed with a figure, among *of*."""

    value: int
    of: str


class Normalized(msgspec.Struct, frozen=True):
    """The figure in base units, with the bounds that its precision and hedges leave; None is open."""

    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None


class Metric(msgspec.Struct, frozen=True):
    """A figure of the report."""

    id: str
    kind: Literal["metric"]
    name: str
    name_en: str
    value: Decimal
    unit: str
    qualifiers: tuple[Qualifier, ...]
    display: str
    change: Change | None
    share: Share | None
    rank: Rank | None
    normalized: Normalized
    period: str
    scope: str
    section: SectionReference
    source: Source
    note: str | None


class Milestone(msgspec.Struct, frozen=True):
    """Something that was founded, opened, published, agreed, won or begun."""

    id: str
    kind: Literal["milestone"]
    name: str
    name_en: str
    category: Category
    date: str
    official_names: tuple[str, ...]
    who: tuple[str, ...]
    where: tuple[str, ...]
    section: SectionReference
    source: Source
    note: str | None


Fact = Metric | Milestone


class Evidence(msgspec.Struct, frozen=True):
    """The excerpt that proves a growth, share or rank printed with a figure."""

    of: Literal["change", "share", "rank"]
    excerpt: str


class Computed(msgspec.Struct, frozen=True):
    """A figure that follows from printed ones; it stands in no report.

    *rule* is how it follows, *sources* are the facts that it follows from.
    """

    rule: Literal["previous", "whole", "ratio", "per"]
    name: str
    name_en: str
    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None
    period: str
    sources: tuple[str, ...]
    computed: Literal[True] = True


class Details(msgspec.Struct, frozen=True):
    """What is known about a fact beyond its contract."""

    aliases: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class DetailedMetric(Metric, frozen=True):
    """A metric with all that is known about it: what `show` prints."""

    details: Details
    computed: tuple[Computed, ...]


class DetailedMilestone(Milestone, frozen=True):
    """A milestone with all that is known about it."""

    details: Details


Status = Literal["final", "estimated", "target"]
"""Whether a figure is what came about (final), what is expected of a year (estimated), or what is aimed at (target)."""

Remark = Literal["estimated-base", "gap", "period", "unit"]
"""What stands in the way of a computed growth: it is based on an estimate, no report has the year before, or what a
report has of it is of another part of the year or in another unit."""


class Growth(msgspec.Struct, frozen=True):
    """Growth over the year before that follows from the figures of two reports; it stands in no report.

    In %, in 个百分点 between percentages, or in the unit of the growth that the report states. *period* and *report*
    say which figure it is based on; *agrees* whether the stated growth is the same but for rounding, None when the
    report states none that compares.
    """

    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None
    period: str
    report: str
    agrees: bool | None
    computed: Literal[True] = True


class TrendMetric(Metric, frozen=True):
    """A figure of one report in the series of the same figure in several."""

    status: Status
    growth: Growth | None
    remarks: tuple[Remark, ...]


class Difference(msgspec.Struct, frozen=True):
    """A fact that one of two fact files does not have, or one field of a fact that is another there.

    *report* is the one of the later file that has the fact. *field* is None for a fact that is new or gone; *old* and
    *new* then say what it states.
    """

    id: str
    kind: Literal["metric", "milestone"]
    name: str
    name_en: str
    report: str
    difference: Literal["new", "gone", "changed"]
    field: str | None
    old: str | None
    new: str | None


class CachedIndex(msgspec.Struct, frozen=True):
    """An index in the cache folder: the fact files and folders that it is *of*, its bytes, the day of its last use."""

    file: str
    of: tuple[str, ...]
    bytes: int
    used: str


class CacheState(msgspec.Struct, frozen=True):
    """Where the index is kept and why there; *folder* is None when there is none.

    *indexes* has the last used first, *bytes* is their size together.
    """

    folder: str | None
    reason: str
    bytes: int
    indexes: tuple[CachedIndex, ...]


class SectionCount(msgspec.Struct, frozen=True):
    """A section with the number of facts in it, those of its subsections included; *depth* is 0 for a root."""

    id: str
    number: str
    title: str
    short: str
    short_en: str
    depth: int
    report: str
    metrics: int
    milestones: int


class Finding(msgspec.Struct, frozen=True):
    """What a verification found wrong: a numeral without a fact (*id* is None), or a fact without proof."""

    id: str | None
    paragraph: int | None
    message: str


class Coverage(msgspec.Struct, frozen=True):
    """The outcome of a verification: how many numerals are accounted for, how many facts are proven."""

    numerals: int
    covered: int
    facts: int
    proven: int
    findings: tuple[Finding, ...]


class FileProblem(msgspec.Struct, frozen=True):
    """A problem of a fact file, as `check` tells it."""

    path: str
    line: int | None
    message: str
