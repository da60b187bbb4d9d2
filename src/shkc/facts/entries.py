"""The fact file as its author writes it: one frozen type for each table, with the form of each field."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from shkc.facts.model import Category, Measure, Qualifier

LONGEST_EXCERPT = 30
"""Characters of the report that a fact may quote: enough to prove a figure, too few to copy a sentence."""

LONGEST_LINE = 1000
"""Characters of a name or another text; the forms by which a name is found take time with the square of its length."""

LAST_PARAGRAPH = 1_000_000
"""More paragraphs than any report has: a greater number is a slip of the keyboard."""

LAST_RANK = 1_000_000
"""As with paragraphs."""

UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f"
    f"{''.join(chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))}]"
)
"""Characters that could steer a terminal, reorder what it shows, or not be seen: controls and formats of Unicode, and
what is no character."""

Identifier = Annotated[
    str,
    Meta(
        max_length=LONGEST_LINE, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="lower-case words joined by hyphens"
    ),
]

Line = Annotated[str, Meta(min_length=1, max_length=LONGEST_LINE, pattern=r"\S")]

Excerpt = Annotated[str, Meta(min_length=1, max_length=LONGEST_EXCERPT, pattern=r"\S")]

Paragraph = Annotated[
    int, Meta(ge=1, le=LAST_PARAGRAPH, description="1-based among the non-empty paragraphs of the text")
]

Number = Annotated[Decimal, Meta(description="the number as printed")]

Basis = Annotated[
    str,
    Meta(
        pattern=r"^(yoy|[0-9]{4}|other)$",
        description="against what: yoy the year before, 2020 the year named, other a span worded otherwise",
    ),
]

PartUnit = Annotated[str, Meta(pattern=r"^(%|‰|成|/[1-9][0-9]*)$", description="%, 成 (tenths) or /3 (thirds)")]

Period = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2]|S[12]|Q[1-4])|/[0-9]{4})?$",
        description="a year 2023, half 2023-S1, quarter 2023-Q3 or month 2023-06, as SDMX writes them; years 2021/2025",
    ),
]

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", description="2023-12-31")]

Date = Annotated[
    str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", description="as exact as the text is: 2023-05-28")
]


When = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?|/[0-9]{4})?$",
        description="as exact as the text is: 2023-05-28; years 2021/2025",
    ),
]


class ReportEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[report]` of a fact file."""

    id: Identifier
    title: Line
    title_en: Line
    publisher: Line
    publisher_en: Line
    year: Annotated[int, Meta(ge=1000, le=9999)]
    scope: Line
    scope_en: Line
    place: Line | None = None
    place_en: Line | None = None
    published: Date | None = None
    url: Annotated[str, Meta(pattern=r"^https?://\S+$")] | None = None


class SectionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[section]]`."""

    id: Identifier
    number: Annotated[str, Meta(pattern=r"^[0-9]+(\.[0-9]+)*$")]
    title: Line
    short: Line
    short_en: Line
    title_en: Line | None = None
    parent: Identifier | None = None


class ChangeEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`change` of a metric."""

    value: Number
    unit: Annotated[
        str, Meta(pattern=r"^$|\S", description="%, 个百分点, 个基点, 成, 倍, 番, or that of the figure: 件")
    ]
    basis: Basis
    excerpt: Excerpt


class ShareEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`share` of a metric."""

    value: Number
    unit: PartUnit
    of: Line
    excerpt: Excerpt
    of_en: Line | None = None


class RankEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rank` of a metric."""

    value: Annotated[int, Meta(ge=1, le=LAST_RANK)]
    of: Line
    excerpt: Excerpt
    of_en: Annotated[str, Meta(min_length=1, pattern=r"\S", description="behind No. 5: worldwide")] | None = None


Targets = tuple[Identifier, ...]


class RelationsEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """`relations` of a fact: the facts of the file that it relates to, by how it does."""

    same_as: Targets = ()
    part_of: Targets = ()
    valid_of: Targets = ()
    per: Targets = ()
    rank_of: Targets = ()
    restates: Targets = ()
    example_of: Targets = ()
    about: Targets = ()
    see_also: Targets = ()


class FactEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What `[[metric]]` and `[[milestone]]` have in common."""

    id: Identifier
    name: Line
    name_en: Line
    aliases: tuple[Line, ...] = ()
    search_terms: tuple[Line, ...] = ()
    phrases: tuple[Line, ...] = ()
    section: Identifier
    paragraph: Paragraph
    excerpt: Excerpt
    relations: RelationsEntry = RelationsEntry()
    who: tuple[Line, ...] = ()
    who_en: tuple[Line, ...] = ()
    open_list: bool = False
    series: Identifier | None = None
    edition: Line | None = None
    note: Line | None = None
    note_en: Line | None = None


class MetricEntry(FactEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[[metric]]`."""

    value: Number
    unit: Annotated[
        str, Meta(pattern=r"^$|\S", description="as printed, its scale included; empty for an index or a score")
    ]
    upper: Annotated[Decimal, Meta(description="the other end of a range, 3-5家")] | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    change: ChangeEntry | None = None
    share: ShareEntry | None = None
    rank: RankEntry | None = None
    measure: Measure | None = None
    period: Period | None = None
    as_of: Day | None = None
    scope: Line | None = None
    scope_en: Line | None = None
    counted_en: Annotated[
        tuple[Line, ...], Meta(max_length=2, description="what is counted, in English: singular and plural")
    ] = ()
    parts: (
        Annotated[Literal["disjoint", "complete"], Meta(description="its parts do not overlap; they also make it up")]
        | None
    ) = None


class MilestoneEntry(FactEntry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`[[milestone]]`."""

    category: Category
    date: When | None = None
    official_names: tuple[Line, ...] = ()
    where: tuple[Line, ...] = ()
    planned: Annotated[bool, Meta(description="what is to come, not what came about")] = False


class ExceptionEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[[exception]]`: words of the text whose numeral is no figure."""

    text: Annotated[str, Meta(min_length=1, pattern=r"\S")]
    paragraphs: Annotated[tuple[Paragraph, ...], Meta(min_length=1)]
    reason: Line


class FactFileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole fact file. `shkc schema --facts` prints its JSON Schema."""

    format: Literal[1]
    report: ReportEntry
    section: Annotated[tuple[SectionEntry, ...], Meta(min_length=1)]
    metric: tuple[MetricEntry, ...] = ()
    milestone: tuple[MilestoneEntry, ...] = ()
    exception: tuple[ExceptionEntry, ...] = ()
