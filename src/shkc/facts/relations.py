"""How facts relate: the types of relation, their inverses, and the relations of a file from both sides.

A fact file states a relation once, at the fact that the type names first: the part says what it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from shkc.facts.entries import FactEntry, RelationsEntry
from shkc.facts.model import Relation, RelationType
from shkc.language import Text

METRIC, MILESTONE = "metric", "milestone"


class RelationRule(NamedTuple):
    """A type of relation: its inverse, the kinds of fact that it may hold between, how both sides are told."""

    inverse: RelationType
    kinds: frozenset[tuple[str, str]]
    label: Text
    inverse_label: Text


_FIGURES = frozenset([(METRIC, METRIC)])
_EVENTS = frozenset([(MILESTONE, MILESTONE)])
_ALIKE = _FIGURES | _EVENTS
_RESTATED = frozenset([(MILESTONE, METRIC)])
_EXAMPLES = _RESTATED | _EVENTS
_ABOUT = frozenset([(METRIC, MILESTONE)])
_ANY = _ALIKE | _RESTATED | _ABOUT

RULES: Mapping[RelationType, RelationRule] = {
    "same-as": RelationRule("same-as", _ALIKE, Text("同一内容", "Same as"), Text("同一内容", "Same as")),
    "part-of": RelationRule("has-part", _ALIKE, Text("属于", "Part of"), Text("其中", "Has part")),
    "valid-of": RelationRule("has-valid", _FIGURES, Text("有效者出自", "Valid of"), Text("其中有效", "Of which valid")),
    "per": RelationRule("denominator-of", _FIGURES, Text("分母", "Per"), Text("作分母", "Denominator of")),
    "rank-of": RelationRule("has-rank", _FIGURES, Text("所排指标", "Rank of"), Text("位次见", "Rank in")),
    "restates": RelationRule("restated-by", _RESTATED, Text("数值见", "Figure in"), Text("事件见", "Event in")),
    "example-of": RelationRule("has-example", _EXAMPLES, Text("举例于", "Example of"), Text("例如", "Example")),
    "about": RelationRule("has-figure", _ABOUT, Text("关于", "About"), Text("数值", "Figure")),
    "see-also": RelationRule("see-also", _ANY, Text("参见", "See also"), Text("参见", "See also")),
}
"""The types of relation that a fact file states; the other names of `RelationType` are their inverses."""

LABELS: Mapping[RelationType, Text] = {
    **{kind: rule.label for kind, rule in RULES.items()},
    **{rule.inverse: rule.inverse_label for rule in RULES.values()},
}
"""What a card calls each type of relation."""

NONE = RelationsEntry()
"""Of a fact that states no relation: most do not, and are passed over at once."""


def stated(relations: RelationsEntry) -> Iterator[tuple[RelationType, str]]:
    """Each type and target that *relations* states."""
    if relations == NONE:
        return
    for field in msgspec.structs.fields(RelationsEntry):
        for target in getattr(relations, field.name):
            yield field.encode_name, target  # type: ignore[misc] # the fields are the types


def of_each(facts: Sequence[FactEntry]) -> dict[str, tuple[Relation, ...]]:
    """The relations of each of *facts*, by id, from both sides; facts without relations are left out.

    The targets are facts of the file; `check` has seen to that.
    """
    stated_all = [(fact.id, kind, target) for fact in facts for kind, target in stated(fact.relations)]
    if not stated_all:
        return {}
    names = {fact.id: fact for fact in facts}
    found: dict[str, list[Relation]] = {}
    for source, kind, target in _both_ways(stated_all):
        other = names[target]
        found.setdefault(source, []).append(Relation(kind, other.id, other.name, other.name_en))
    return {fact: tuple(relations) for fact, relations in found.items()}


def _both_ways(
    relations: Iterable[tuple[str, RelationType, str]],
) -> Iterator[tuple[str, RelationType, str]]:
    for source, kind, target in relations:
        yield source, kind, target
        yield target, RULES[kind].inverse, source
