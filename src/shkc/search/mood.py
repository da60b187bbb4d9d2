"""Whether a question asks for what came about or for what is planned, and which facts are either."""

import re

from shkc.text.name_forms import NameEntry

PLANNED = "目标"
"""The word among the context terms of a figure that is aimed at."""

_PLANS = re.compile(
    r"目标|今年|明年|力争|争取|预期|打算|(?:计划|规划|将要?)(?=[达增降建实完超突])"
    r"|要(?=[达增降涨建完实突超控])|[十九八七]五五?[”\"]?末"
    r"|\b(?:targets?|planned|goals?|aims?|aimed|expected|next year|this year)\b"
)
"""How a question asks for what is planned: by a word for a plan, or by the year that a work report plans."""


def asks_for_plans(folded: str) -> bool:
    """Whether the question *folded*, in lower case and half-width, asks for what is planned."""
    return bool(_PLANS.search(folded))


_NAMELESS = re.compile(r"今年|目标|力争|预期|打算|\b(?:targets?|goals?|this year)\b")
"""Those of these words that name nothing: a plan is a name of programmes."""


def said(folded: str) -> frozenset[str]:
    """The words of a question for what is planned that name nothing; none in any other question."""
    return frozenset(match[0] for match in _NAMELESS.finditer(folded))


def is_planned(entry: NameEntry) -> bool:
    """Whether *entry* names figures that are aimed at."""
    return f" {PLANNED} " in f" {entry.context_terms} "
