"""A statement as a metric of a fact file, with its evidence, its identity and the reasons to doubt it."""

from __future__ import annotations

from typing import NamedTuple

from shkc.draft import doubt as doubting
from shkc.draft import naming, printed
from shkc.draft.context import pattern
from shkc.draft.counted import counted
from shkc.draft.entries import MetricDraft, PartDraft
from shkc.draft.excerpt import Evidence
from shkc.draft.identity import Figure, Identities, Identity
from shkc.draft.rules import rules
from shkc.draft.statement import Part, Statement, is_relative
from shkc.facts.entries import UNSAFE
from shkc.text import units

_UNNAMED = "原文未写明"
_SCORES = ("", "分")
_PARTS = ("change", "share", "rank")

Spans = list[tuple[int, int]]
"""Where the figures of an entry stand in the text."""


class _Parts(NamedTuple):
    """The growth, share and rank of a figure that the text proves, where they stand, and what is to be checked."""

    change: PartDraft | None
    share: PartDraft | None
    rank: PartDraft | None
    spans: Spans
    doubts: list[str]


def metric_draft(
    statement: Statement, evidence: Evidence, identities: Identities, known: dict[int, str]
) -> tuple[MetricDraft | None, Spans]:
    """The metric that *statement* is, and where its figures stand; None where the text has no excerpt that proves it.

    *known* has the ids of the metrics of statements before it, by the identity of the object.
    """
    item = statement.quantity
    excerpt, qualifiers, cut = _proof(statement, evidence)
    if excerpt is None:
        return None, []
    parts = _parts(statement, evidence, excerpt)
    name = UNSAFE.sub("", naming.name(statement))
    identity = _identity(statement, name, qualifiers, parts.change, identities, excerpt)
    identity = identity._replace(measure=identity.measure or _measure(statement))
    signs = _signs(statement, name, identity)
    doubts = (*statement.doubts, *cut, *parts.doubts, *(doubting.sign(each).words for each in signs), *identity.doubts)
    metric = MetricDraft(
        identity,
        excerpt,
        statement.value,
        item.signed(statement.value < 0).upper,
        item.unit,
        qualifiers,
        parts.change,
        parts.share,
        parts.rank,
        statement.period,
        known.get(id(statement.part_of)) if _is_part(statement) else None,
        tuple(filter(None, dict.fromkeys(doubts))),
        signs,
    )
    return metric, [(item.start, item.end), *parts.spans]


def _signs(statement: Statement, name: str, identity: Identity) -> tuple[str, ...]:
    """The signs that *name* may be poor; none in what a person has reviewed in an earlier report."""
    if identity.is_settled:
        return ("known",)
    found = doubting.signs(statement, name, is_known=bool(identity.source))
    return tuple(dict.fromkeys((*found, *("other" for _ in (*statement.doubts, *identity.doubts)))))


def _proof(statement: Statement, evidence: Evidence) -> tuple[str | None, tuple[str, ...], list[str]]:
    """The excerpt that proves the figure of *statement*, the hedges that it proves, and what it had to leave out."""
    noun = counted(statement).printed
    excerpt = evidence.of_figure(statement.quantity, statement.value, statement.qualifiers, noun)
    if excerpt is not None or "cumulative" not in statement.qualifiers:
        return excerpt, statement.qualifiers, []
    qualifiers = tuple(name for name in statement.qualifiers if name != "cumulative")
    excerpt = evidence.of_figure(statement.quantity, statement.value, qualifiers, noun)
    return excerpt, qualifiers, ["原文说“累计”，但与数值相距太远，摘录放不下"]


def _parts(statement: Statement, evidence: Evidence, excerpt: str) -> _Parts:
    """The growth, share and rank of *statement*; the rank of an ordinal has the *excerpt* of the figure."""
    doubts: list[str] = []
    spans: Spans = []
    found: dict[str, PartDraft | None] = dict.fromkeys(_PARTS)
    for key in _PARTS:
        part: Part | None = getattr(statement, key)
        if part is None:
            continue
        proof = (evidence.of_growth if key == "change" else evidence.of_part)(part.quantity, part.value)
        if proof is None:
            doubts.append(f"{part.value}{part.quantity.unit} 没有找到可用的摘录")
            continue
        spans.append((part.quantity.start, part.quantity.end))
        word = _word(key, part, statement, doubts)
        found[key] = PartDraft(part.value, part.quantity.unit, word, proof)
    if statement.quantity.ordinal:
        found["rank"] = PartDraft(statement.value, "位", statement.role.of or _UNNAMED, excerpt)
    return _Parts(found["change"], found["share"], found["rank"], spans, doubts)


def _measure(statement: Statement) -> str | None:
    """What *statement* measures, where its clause says it and nothing else does: a percentage is a ratio anyhow."""
    unit = statement.quantity.unit
    if is_relative(unit) or statement.quantity.ordinal or statement.role.kind not in ("level", "reached"):
        return None
    for entry in rules("context")["measure"]:
        measure: str = entry["measure"]
        if pattern(entry["words"]).search(statement.clause):
            of_a_day = (statement.period or "").count("-") > 1
            fits = (measure == "score") == (unit in _SCORES and measure == "score")
            return measure if fits and not (of_a_day and measure == "flow") else None
    return None


def _identity(
    statement: Statement,
    name: str,
    qualifiers: tuple[str, ...],
    change: PartDraft | None,
    identities: Identities,
    excerpt: str,
) -> Identity:
    item = statement.quantity
    compares = change is not None and change.unit == "%" and change.word == "yoy"
    growth = change.value if change is not None and compares else None
    figure = Figure(
        name, statement.value, item.unit, item.ordinal, statement.period, qualifiers, growth, printed.words(excerpt)
    )
    return identities.of(figure)


def _is_part(statement: Statement) -> bool:
    """Whether *statement* can be a part of what it is said to be among."""
    whole, unit = statement.part_of, statement.quantity.unit
    return whole is not None and units.can_be_part(statement.value, unit, whole.value, whole.quantity.unit)


def _word(key: str, part: Part, statement: Statement, doubts: list[str]) -> str:
    if key == "change":
        if part.basis == "other":
            doubts.append("增长的基期按原文核对")
        return part.basis
    whole = statement.part_of if key == "share" else None  # 其中硕士15人，占55%: of what they are among
    of = UNSAFE.sub("", part.of or (naming.name(whole) if whole else "")).strip("、,的")
    if not of:
        doubts.append("份额的总体原文未写明" if key == "share" else "名次的范围原文未写明")
    return of or _UNNAMED
