"""What a draft cannot know of its report, and what stands in its place until a reviewer fills it in."""

from __future__ import annotations

from shkc.facts.lines import key_lines
from shkc.facts.load import FactFileContent

TO_BE_FILLED_IN, TO_BE_TRANSLATED, TO_BE_FILLED_IN_EN = "待填", "To be translated", "To be filled in"
PLACEHOLDERS = (TO_BE_FILLED_IN, TO_BE_TRANSLATED, TO_BE_FILLED_IN_EN)
"""What stands where the report does not say, until a reviewer does."""


def unfilled(content: FactFileContent) -> dict[str, int]:
    """The fields of the head of *content* that still hold a placeholder, with their lines, from 1."""
    lines = key_lines(content.text)
    fields = ((key, line) for (table, _, key), line in lines.items() if table == "report" and key)
    return {key: line for key, line in fields if getattr(content.report, key, None) in PLACEHOLDERS}
