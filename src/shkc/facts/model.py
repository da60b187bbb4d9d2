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

Measure = Literal["flow", "stock", "cumulative", "ratio", "rank", "score"]
"""What a figure measures: an amount over a period, an amount on a day, a total since a beginning, one amount for
another (a percentage, a mean), a place in an order, or points of an index.

Flow and stock as in the System of National Accounts 2008, 3.4.
"""

RelationType = Literal[
    "same-as",
    "part-of",
    "has-part",
    "valid-of",
    "has-valid",
    "per",
    "denominator-of",
    "rank-of",
    "has-rank",
    "restates",
    "restated-by",
    "example-of",
    "has-example",
    "about",
    "has-figure",
    "see-also",
]
"""How a fact relates to another of its report; `relations.py` says which is the inverse of which."""


class Report(msgspec.Struct, frozen=True):
    """A report: its title without 《》, who publishes it, the year and territory it is about.

    For citations also the place and day of publication and the address.
    """

    id: str
    title: str
    title_en: str
    publisher: str
    publisher_en: str
    year: int
    scope: str
    scope_en: str
    place: str | None = None
    place_en: str | None = None
    published: str | None = None
    url: str | None = None


class ReportCount(Report, frozen=True, kw_only=True):
    """A report that is loaded, with the number of facts of each kind."""

    metrics: int
    milestones: int


class Section(msgspec.Struct, frozen=True):
    """A part of a report's text; *path* names its ancestors and itself, the root first."""

    id: str
    number: str
    title: str
    title_en: str
    short: str
    short_en: str
    path: tuple[str, ...]
    parent: str | None


class SectionReference(msgspec.Struct, frozen=True):
    """The section that a fact stands in; *path* has the titles of its ancestors and its own, the root first."""

    id: str
    title: str
    title_en: str
    path: tuple[str, ...]


class Source(msgspec.Struct, frozen=True):
    """The place that proves a fact."""

    report: str
    report_en: str
    publisher: str
    publisher_en: str
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
    of_en: str | None


class Rank(msgspec.Struct, frozen=True):
    """A rank printed with a figure, among *of*; *of_en* says it behind the rank: No. 5 worldwide."""

    value: int
    of: str
    of_en: str | None


class Normalized(msgspec.Struct, frozen=True):
    """The figure in base units, with the bounds that its precision and hedges leave; None is open."""

    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None


def years_of(period: str) -> tuple[int, int]:
    """The first and the last year of *period*, as a fact file writes it: 2021 and 2025 of 2021/2025."""
    return int(period[:4]), int(period.partition("/")[2] or period[:4])


class Metric(msgspec.Struct, frozen=True):
    """A figure of the report.

    *measure* is None where the report leaves it open; *period* is the year, half (2023-S1), quarter (2023-Q3), month
    (2023-06) or years (2021/2025) that the figure is of, *as_of* the day that a stock or a cumulative total is of, None
    where none is stated.
    """

    id: str
    kind: Literal["metric"]
    name: str
    name_en: str
    value: Decimal
    unit: str
    qualifiers: tuple[Qualifier, ...]
    display: str
    display_en: str
    change: Change | None
    share: Share | None
    rank: Rank | None
    normalized: Normalized
    measure: Measure | None
    period: str
    as_of: str | None
    scope: str
    scope_en: str | None
    section: SectionReference
    source: Source
    note: str | None


class Milestone(msgspec.Struct, frozen=True):
    """Something that was founded, opened, published, agreed, won or begun, or is *planned* to be."""

    id: str
    kind: Literal["milestone"]
    name: str
    name_en: str
    category: Category
    date: str
    planned: bool
    official_names: tuple[str, ...]
    section: SectionReference
    source: Source
    note: str | None


Fact = Metric | Milestone


class Evidence(msgspec.Struct, frozen=True):
    """The excerpt that proves a growth, share or rank printed with a figure."""

    of: Literal["change", "share", "rank"]
    excerpt: str


class Relation(msgspec.Struct, frozen=True):
    """A fact of the same report that a fact relates to. Each relation is told from both sides."""

    type: RelationType
    id: str
    name: str
    name_en: str


class Publication(msgspec.Struct, frozen=True):
    """Where and when a report was published, as far as its fact file says."""

    place: str | None
    place_en: str | None
    published: str | None
    url: str | None


class Computed(msgspec.Struct, frozen=True):
    """A figure that follows from printed ones; it stands in no report.

    *rule* is how it follows, *sources* are the facts that it follows from. *display* is the figure as it reads, with
    the sign that says whether it is exact (= or ≈) and, where it is not, its bounds; *exact* that nothing but the
    rounding of a quotient is between it and the printed figures.
    """

    rule: Literal["previous", "whole", "ratio", "remainder", "per"]
    name: str
    name_en: str
    value: Decimal
    unit: str
    low: Decimal | None
    high: Decimal | None
    exact: bool
    display: str
    display_en: str
    period: str
    sources: tuple[str, ...]
    computed: Literal[True] = True


class Details(msgspec.Struct, frozen=True):
    """What is known about a fact beyond its contract.

    *counted_en* is what a figure counts, in English, singular and plural; *parts* says whether the figures
    that are part of it do not overlap, or also make it up; *open_list* says that the report
    names only some of what it counts or lists (等); *series* is the id that the same fact has in other reports, None
    where that is its own; *edition* tells editions of a publication or event apart.
    """

    aliases: tuple[str, ...] = ()
    search_terms: tuple[str, ...] = ()
    """Words by which people look for it, too loose to be its names."""
    phrases: tuple[str, ...] = ()
    """How people ask for it, each for itself: the words of two of them together name nothing."""
    relations: tuple[Relation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    who: tuple[str, ...] = ()
    who_en: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    counted_en: tuple[str, ...] = ()
    parts: Literal["disjoint", "complete"] | None = None
    open_list: bool = False
    series: str | None = None
    edition: str | None = None
    note_en: str | None = None
    publication: Publication | None = None


class DetailedMetric(Metric, frozen=True):
    """A metric with all that is known about it: what `show` prints."""

    details: Details
    computed: tuple[Computed, ...]


class DetailedMilestone(Milestone, frozen=True):
    """A milestone with all that is known about it."""

    details: Details


Status = Literal["final", "estimated", "target"]
"""Whether a figure is what came about (final), what is expected of a year (estimated), or what is aimed at (target)."""

Remark = Literal["estimated-base", "gap", "measure", "period", "unit"]
"""What stands in the way of a computed growth: it is based on an estimate, no report has the year before, or what a
report has of it measures something else (a flow is no stock), is of another part of the year or in another unit."""


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
    report_en: str
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


CitationStyle = Literal["gb7714", "apa", "chicago", "bibtex", "ris", "csl-json"]
"""GB/T 7714-2015, APA 7, Chicago 17 (author-date); the others are data for reference managers."""


class Citation(msgspec.Struct, frozen=True):
    """A fact with its citation.

    *statement* is what is cited, in *language*; *reference* the entry of a list of references, or of the file of a
    reference manager, in *style*, and *number* its place in the list of those that the call cites: facts of one
    paragraph have one. *in_text* is what stands in the text where the style has that.
    """

    id: str
    kind: Literal["metric", "milestone"]
    statement: str
    style: CitationStyle
    language: Literal["zh", "en"]
    number: int
    reference: str
    in_text: str | None
    report: str
    report_en: str
    paragraph: int


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
    report_en: str
    metrics: int
    milestones: int


class Finding(msgspec.Struct, frozen=True):
    """What a verification found wrong: a numeral without a fact (*id* is None), or a fact without proof."""

    id: str | None
    paragraph: int | None
    message: str


class Coverage(msgspec.Struct, frozen=True):
    """The outcome of a verification: how many numerals are accounted for, and by what, how many facts are proven.

    *figures* of them are stated by facts, *names* stand in official names, *exceptions* are no figures for a reason,
    *doubtful* ones may be; *unread_rows* are rows of tables with numerals of which none is a fact's.
    """

    numerals: int
    covered: int
    figures: int
    names: int
    exceptions: int
    doubtful: int
    unread_rows: int
    facts: int
    proven: int
    findings: tuple[Finding, ...]


class FileProblem(msgspec.Struct, frozen=True):
    """A problem of a fact file, as `check` tells it; a warning leaves the file in use."""

    path: str
    line: int | None
    message: str
    severity: Literal["error", "warning"] = "error"
