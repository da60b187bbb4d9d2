"""Whether what a file says about its figures holds together: measures and days, relations, parts and wholes.

Figures are compared as XBRL's Calculations 1.1 does: each is the interval that its precision and hedges leave, and
two agree when their intervals meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple

from shkc.facts import arithmetic, normalize
from shkc.facts.entries import FactEntry, MetricEntry
from shkc.facts.lines import Place
from shkc.facts.model import Normalized, RelationType, years_of
from shkc.facts.problems import unknown_fact
from shkc.facts.relations import NONE, RULES, stated
from shkc.language import Text
from shkc.text import quantity
from shkc.text.quantity import Reading

Found = Iterator[tuple[Place, Text]]
"""What is wrong, and where."""

_SCORES = ("", "分")
"""Units of a score."""


class Fact(NamedTuple):
    """An entry with its place in the file."""

    table: str
    number: int
    entry: FactEntry


# ── One fact ────────────────────────────────────────────────────────────────────────────────────────


def of_fact(fact: Fact) -> Found:
    """What contradicts itself within the entry of one fact, whatever its figure."""
    for key, other in (("scope_en", "scope"), ("note_en", "note"), ("who_en", "who")):
        if getattr(fact.entry, key, None) and not getattr(fact.entry, other, None):
            message = Text(f"有 {key} 而没有 {other}；请补上或删去", f"{key} without {other}; add it, or remove {key}")
            yield (fact.table, fact.number, key), message
    who, who_en = fact.entry.who, fact.entry.who_en
    if who and who_en and len(who) != len(who_en):
        message = Text(
            f"who 有 {len(who)} 个，who_en 有 {len(who_en)} 个；须一一对应",
            f"who names {len(who)} and who_en {len(who_en)}; they must correspond one to one",
        )
        yield (fact.table, fact.number, "who_en"), message
    if isinstance(fact.entry, MetricEntry):
        yield from _years(fact.number, fact.entry)
        yield from _days(fact.number, fact.entry)


def _years(number: int, metric: MetricEntry) -> Found:
    if metric.period is not None and "/" in metric.period and len(_range(metric.period)) < 2:
        message = Text("period 的起年须早于止年：2021/2025", "the first year of a period is before its last: 2021/2025")
        yield ("metric", number, "period"), message


def _days(number: int, metric: MetricEntry) -> Found:
    if metric.as_of is None:
        return
    place = ("metric", number, "as_of")
    if metric.measure == "flow":
        yield (
            place,
            Text(
                "flow 是一段时期的量，没有 as_of；请改 measure，或改用 period",
                "a flow is of a period and has no as_of; change measure, or use period",
            ),
        )
    if metric.period is not None and int(metric.as_of[:4]) not in _range(metric.period):
        message = Text(
            f"as_of 不在 period {metric.period} 之内", f"as_of does not lie within the period {metric.period}"
        )
        yield place, message


def _range(period: str) -> range:
    first, last = years_of(period)
    return range(first, last + 1)


def of_measure(number: int, metric: MetricEntry, reading: Reading) -> Found:
    """A measure that the figure cannot have."""
    stated_measure, ordinal = metric.measure, normalize.is_ordinal(metric, reading)
    wanted = None
    if ordinal and stated_measure not in (None, "rank"):
        wanted = Text("rank：这是位次", "rank: the figure is a place in an order")
    elif stated_measure == "rank" and not ordinal:
        wanted = Text("其他值：这不是位次", "something else: the figure is no place in an order")
    elif quantity.is_part(metric.unit) and stated_measure not in (None, "ratio"):
        wanted = Text(f"ratio：单位是 {metric.unit}", f"ratio: the unit is {metric.unit}")
    elif stated_measure == "score" and metric.unit not in _SCORES:
        wanted = Text("其他值：score 没有单位，或单位是分", "something else: a score has no unit, or 分")
    if wanted is not None:
        yield ("metric", number, "measure"), Text(f"measure 应为 {wanted.zh}", f"measure should be {wanted.en}")


def of_series(facts: Sequence[Fact], year: object) -> Found:
    """Figures of one series, scope and time, the targets apart; *year* is the report's."""
    seen: dict[tuple[object, ...], str] = {}
    for fact in facts:
        entry = fact.entry
        if not isinstance(entry, MetricEntry):
            continue
        time = entry.as_of or entry.period or str(year)
        first = seen.setdefault((entry.series or entry.id, entry.scope, time, "target" in entry.qualifiers), entry.id)
        if first != entry.id:
            message = Text(
                f"与 {first} 是同一系列同一时期；请改 series、period 或 as_of",
                f"of the same series and time as {first}; change series, period or as_of",
            )
            yield ("metric", fact.number, "series"), message


# ── Relations ───────────────────────────────────────────────────────────────────────────────────────


def has_relations(fact: Fact) -> bool:
    """Whether the entry of *fact* states a relation, or how its parts relate to it."""
    return fact.entry.relations != NONE or getattr(fact.entry, "parts", None) is not None


def of_relations(
    facts: Sequence[Fact],
    kinds: Mapping[str, str],
    values: Mapping[str, Normalized],
    compared: Callable[[Iterable[str]], Iterable[str]],
) -> Found:
    """What is wrong with the relations of *facts*; of known ids those *compared* with an unknown one.

    *kinds* has the table of each id of the file, malformed entries included; *values* the figures that could be read.
    """
    entries = {fact.entry.id: fact.entry for fact in facts}
    seen: dict[tuple[str, str], RelationType] = {}
    for fact in facts:
        for kind, target in stated(fact.entry.relations):
            place = (fact.table, fact.number, "relations")
            if (fact.table, kinds.get(target)) not in RULES[kind].kinds or target == fact.entry.id:
                known = (name for name, table in kinds.items() if (fact.table, table) in RULES[kind].kinds)
                yield place, unknown_fact(kind, target, compared(known))
                continue
            first = seen.setdefault((fact.entry.id, target), kind)
            back = seen.get((target, fact.entry.id))
            twice = first if first != kind else back
            if twice is not None and (twice != kind or RULES[kind].inverse == kind):
                yield place, _stated_twice(target, twice)
            elif target in entries:
                message = _disagreement(kind, fact.entry, entries[target], values)
                if message is not None:
                    yield place, message
    yield from _circles(facts)
    yield from _sums(facts, values)


def _stated_twice(target: str, kind: RelationType) -> Text:
    return Text(
        f"与 {target} 的关系已写作 {kind}；一种关系只写一次，反向由 shkc 推出",
        f"the relation to {target} is stated already as {kind}; state it once, the inverse follows",
    )


def _disagreement(
    kind: RelationType, source: FactEntry, target: FactEntry, values: Mapping[str, Normalized]
) -> Text | None:
    """How the figures of two related facts contradict their relation; None when they do not."""
    mine, other = values.get(source.id), values.get(target.id)
    if not isinstance(source, MetricEntry) or not isinstance(target, MetricEntry) or mine is None or other is None:
        return None
    if kind == "rank-of":
        return _rank_disagrees(source, target)
    if kind not in ("same-as", "part-of", "valid-of"):
        return None
    if mine.unit != other.unit and not (quantity.is_count(mine.unit) and quantity.is_count(other.unit)):
        return Text(
            f"{kind} 的两项单位不同：{source.unit} 与 {target.unit}",
            f"{kind} relates figures of different units: {source.unit} and {target.unit}",
        )
    if kind == "same-as" and not arithmetic.meet(arithmetic.of(mine), arithmetic.of(other)):
        return Text(
            f"与 {target.id} 的数值不同，不能是 same-as", f"the figure differs from that of {target.id}: not same-as"
        )
    if kind != "same-as" and arithmetic.exceeds(arithmetic.of(mine), arithmetic.of(other)):
        return Text(f"部分大于整体 {target.id}", f"the part exceeds its whole {target.id}")
    return None


def _rank_disagrees(rank: MetricEntry, ranked: MetricEntry) -> Text | None:
    if rank.rank is None:
        return Text("rank-of 须从位次指向数值", "rank-of goes from a rank to what is ranked")
    if ranked.rank is None or ranked.rank.value != rank.rank.value:
        return Text(
            f"{ranked.id} 没有同一位次；请在其中写 rank = {{ value = {rank.rank.value} … }}",
            f"{ranked.id} does not have that rank; give it rank = {{ value = {rank.rank.value} … }}",
        )
    return None


def _circles(facts: Sequence[Fact]) -> Found:
    """Facts that are, over others, parts of themselves."""
    places = {fact.entry.id: (fact.table, fact.number, "relations") for fact in facts}
    for kind in ("part_of", "valid_of"):
        above = {fact.entry.id: targets for fact in facts if (targets := getattr(fact.entry.relations, kind))}
        try:
            TopologicalSorter(above).prepare()
        except CycleError as error:
            circle = error.args[1][::-1]
            name = kind.replace("_", "-")
            shown = " → ".join(circle)
            yield places[circle[0]], Text(f"{name} 成环：{shown}", f"{name} goes in a circle: {shown}")


def _sums(facts: Sequence[Fact], values: Mapping[str, Normalized]) -> Found:
    """Wholes whose parts, said not to overlap, add up to more, or, said to make them up, to something else."""
    parts: dict[str, list[Normalized]] = {}
    for fact in facts:
        for target in fact.entry.relations.part_of:
            if fact.entry.id in values:
                parts.setdefault(target, []).append(values[fact.entry.id])
    for fact in facts:
        entry = fact.entry
        if not isinstance(entry, MetricEntry) or entry.parts is None or entry.id not in values:
            continue
        whole = arithmetic.of(values[entry.id])
        total = arithmetic.added(map(arithmetic.of, parts.get(entry.id, ())))
        if (
            entry.id not in parts
            or arithmetic.exceeds(total, whole)
            or (entry.parts == "complete" and not arithmetic.meet(total, whole))
        ):
            yield (
                ("metric", fact.number, "parts"),
                Text(
                    f"各部分之和与整体不符（{len(parts.get(entry.id, ()))} 个部分以 part-of 指向它）",
                    f"the parts do not agree with the whole ({len(parts.get(entry.id, ()))} name it with part-of)",
                ),
            )
