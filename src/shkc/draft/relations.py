"""Relations that the figures of a draft have because those of an earlier report have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from shkc.draft.entries import MetricDraft, ParagraphDraft
from shkc.facts.model import RelationType
from shkc.text import units

_CARRIED: tuple[RelationType, ...] = ("part-of", "valid-of", "per", "see-also")
"""The relations that hold from year to year. That two figures are the same, or that one ranks another, is of a year."""

_PARTS = ("part-of", "valid-of")


def with_relations(drafts: Sequence[ParagraphDraft]) -> list[ParagraphDraft]:
    """*drafts* with the relations of the earlier figures, where both figures are drafted and no targets."""
    by_fact: dict[tuple[str, str], MetricDraft] = {}
    for metric in (metric for draft in drafts for metric in draft.metrics):
        earlier = metric.identity.earlier
        if earlier is not None and "target" not in metric.qualifiers:
            by_fact.setdefault((earlier.report, earlier.fact), metric)
    first = set(map(id, by_fact.values()))
    return [
        draft._replace(
            metrics=tuple(
                metric._replace(relations=tuple(_related(metric, by_fact))) if id(metric) in first else metric
                for metric in draft.metrics
            )
        )
        for draft in drafts
    ]


def _related(metric: MetricDraft, by_fact: Mapping[tuple[str, str], MetricDraft]) -> Iterator[tuple[RelationType, str]]:
    earlier = metric.identity.earlier
    assert earlier is not None, "it is one that was matched"
    for relation in earlier.relations:
        target = by_fact.get((earlier.report, relation.id))
        if target is None or target.id == metric.id or relation.type not in _CARRIED:
            continue
        # See-also is told from both sides, and written once.
        again = relation.type == "see-also" and target.id < metric.id
        fits = units.can_be_part(metric.value, metric.unit, target.value, target.unit)
        if not again and (relation.type not in _PARTS or fits):
            yield relation.type, target.id
