"""What the name of a figure was made of, whatever a reviewer has called it since.

The name of a figure in a reviewed file may be another than that which a draft makes. What both reports print is the
same: 惠及企业90家 of last year, which somebody has called 人才贷款惠及企业数, is 惠及企业95家 of this year. A review
also keeps the name that the draft had made, in a comment above the figure.
"""

from __future__ import annotations

import re
from itertools import takewhile

from shkc.draft import naming, wording
from shkc.facts.lines import key_lines
from shkc.facts.load import FactFileContent
from shkc.facts.model import Metric
from shkc.text import hedges, quantity

DRAFTED = "# 起草名称："
"""What stands before the name that the draft had made, above a figure that somebody has renamed."""
_SHORTEST = 2
_ROUNDED = re.compile("^(?:左右|以上|以下|以内|的)+")
_BREAK = re.compile("[,。;:]")


def words(excerpt: str) -> str:
    """The words of *excerpt* around its number; empty where it has several numbers, or hardly any words."""
    folded = wording.stripped(quantity.fold_width(quantity.without_space(excerpt)))
    numerals = [numeral for numeral in quantity.numerals(folded) if numeral.text != "首"]
    stated = quantity.stated_at(folded, folded, numerals[0]) if len(numerals) == 1 else None
    if stated is None or folded.endswith("第", 0, stated.start):  # a rank is of what stands further off
        return ""
    before = folded[: hedges.before(folded, stated.start).start]
    behind = folded[stated.end :]
    hedge = hedges.behind(folded, stated.end)
    behind = _ROUNDED.sub("", behind.removeprefix(hedge.word) if hedge else behind)
    found = naming.bare_subject(_BREAK.split(before)[-1]) + _BREAK.split(behind)[0]
    return found if len(found) >= _SHORTEST else ""


def drafted_names(content: FactFileContent) -> dict[str, str]:
    """The names that the draft had made of the figures of *content* that were renamed in a review: id → name."""
    lines = content.text.split("\n")
    places = key_lines(content.text)
    found: dict[str, str] = {}
    for fact, number in content.numbered():
        line = places.get((fact.kind, number, ""), 1) - 1
        above = takewhile(lambda line: line.startswith("#"), reversed(lines[:line]))
        found.update((fact.id, each.removeprefix(DRAFTED).strip()) for each in above if each.startswith(DRAFTED))
    return found


def with_drafted_names(before: FactFileContent, after: FactFileContent) -> str:
    """The text of *after*, which somebody has made of *before*, with the name that each renamed figure had before."""
    names = {(fact.source, fact.value): fact.name for fact, _ in before.records if isinstance(fact, Metric)}
    known = drafted_names(after)
    lines = after.text.split("\n")
    places = key_lines(after.text)
    renamed = [
        (places["metric", number, ""] - 1, names[fact.source, fact.value])
        for fact, number in after.numbered()
        if isinstance(fact, Metric)
        and names.get((fact.source, fact.value), fact.name) != fact.name
        and fact.id not in known
    ]
    for line, name in reversed(renamed):
        lines.insert(line, f"{DRAFTED}{name}" + ("\r" if lines[line].endswith("\r") else ""))
    return "\n".join(lines)
