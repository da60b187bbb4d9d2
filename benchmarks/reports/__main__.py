"""Run ``python -m benchmarks.reports [--reports FOLDER] [--misses]`` from the repository root.

Drafts the reports of FOLDER (text files, each named after its place) as ``shkc draft`` does without options, loads the
drafts together, and asks the questions beside this file, which were written from the texts before any of them was
asked. A question is answered right when the first figure is of the right place and states the value and unit, as the
value, growth, share or rank that is asked for. Printed by kind, for each half of the questions: the search is tuned on
the first half, and the second is for questions that nobody has looked at. ``--misses`` lists those missed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from shkc.base import FactBase
from shkc.draft import report as drafts
from shkc.facts.model import Metric
from shkc.facts.records import decode
from shkc.text import places, units

QUESTIONS = Path(__file__).with_name("questions.jsonl")
SHOWN = 3
_NUMERALS = {character: Decimal(number) for number, character in enumerate("一二三四五六七八九十", 1)}

Figure = tuple[Decimal, str]
"""A value and its unit."""


class Question(NamedTuple):
    """A question of one half of the places; *place* is empty where nothing is the answer."""

    query: str
    kind: str
    half: int
    place: str = ""
    value: str = ""
    unit: str = ""
    period: str = ""
    mood: str = ""
    aspect: str = ""


class Outcome(NamedTuple):
    """The answer to a question: the first figures, and at which of them the right one stands, None for none."""

    question: Question
    found: Sequence[Metric]
    rank: int | None

    @property
    def dated(self) -> bool:
        """Whether the right figure, first, has the right period and mood."""
        if self.rank != 1:
            return False
        first, asked = self.found[0], self.question
        return first.period[:4] == asked.period and ("target" in first.qualifiers) == (asked.mood == "planned")


def questions() -> list[Question]:
    """The questions beside this file."""
    found = []
    for line in QUESTIONS.read_text("utf-8").splitlines():
        entry = json.loads(line)
        place = places.called(entry["report"]) if "report" in entry else None
        known = {key: entry[key] for key in ("value", "unit", "period", "mood", "aspect") if key in entry}
        short = place.short if place else ""
        found.append(Question(entry["query"], entry["kind"], entry["half"], short, **known))
    return found


def write_drafts(reports: Path, target: Path) -> None:
    """Draft each report of the folder *reports* into *target*."""
    for path in sorted(reports.glob("*.txt")):
        drafts.write(str(path), str(target / f"{path.stem}.toml"), drafts.Given())


def answer(base: FactBase, question: Question) -> Outcome:
    """What *base* answers to *question*."""
    found: list[Metric] = []
    for hit in islice(base.find(question.query, "metric").hits, SHOWN):
        fact = decode(hit.record)
        assert isinstance(fact, Metric), "only figures were asked for"
        found.append(fact)
    ranks = (place for place, fact in enumerate(found, 1) if is_right(fact, question))
    return Outcome(question, found, next(ranks, None) if question.place else None)


def is_right(fact: Metric, question: Question) -> bool:
    """Whether *fact* is of the place of *question* and states what is asked for."""
    wanted = _NUMERALS.get(question.value.removeprefix("第")) or Decimal(question.value)
    stated = list(_stated(fact, question.aspect))
    return fact.scope == question.place and any(_same(figure, (wanted, question.unit)) for figure in stated)


def _stated(fact: Metric, aspect: str) -> Iterator[Figure]:
    yield fact.value, fact.unit
    if aspect == "growth" and fact.change:
        yield fact.change.value, fact.change.unit
    if aspect == "share" and fact.share:
        yield fact.share.value, fact.share.unit
    if aspect == "rank" and fact.rank:
        yield Decimal(fact.rank.value), "位"


def _same(one: Figure, other: Figure) -> bool:
    """Whether two figures are of the same amount; a fall may be told without its sign, a rank without its unit."""
    if abs(one[0]) == abs(other[0]) and (one[1] == other[1] or not other[1]):
        return True
    try:
        return bool(other[1]) and abs(units.to_base(*one)) == abs(units.to_base(*other)) and _base(one) == _base(other)
    except InvalidOperation:
        return False


def _base(figure: Figure) -> str:
    return units.base_unit(figure[1])


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    asked = [outcome for outcome in outcomes if outcome.question.place]
    none = [outcome for outcome in outcomes if not outcome.question.place]
    if not asked:
        return f"{name:<12}{len(none):>5}{'false answers':>24}{sum(bool(each.found) for each in none):>6}"
    first = sum(each.rank == 1 for each in asked)
    in_three = sum(each.rank is not None for each in asked)
    dated = sum(each.dated for each in asked)
    return f"{name:<12}{len(asked):>5}{first:>7}{first / len(asked):>8.0%}{in_three:>7}{dated:>12}"


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of a table of *outcomes*, by kind."""
    yield f"{'':<12}{'n':>5}{'first':>7}{'':>8}{'in 3':>7}{'and dated':>12}"
    for kind in dict.fromkeys(each.question.kind for each in outcomes):
        yield _row(kind, [each for each in outcomes if each.question.kind == kind])
    yield _row("all", [each for each in outcomes if each.question.place])


def misses(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each of *outcomes* that is not right."""
    for question, found, rank in outcomes:
        if rank != 1 and (found or question.place):
            told = [f"{fact.scope} {fact.name} {fact.display} {fact.period}" for fact in found]
            yield f"{question.kind} {question.query!r} → {told}; right: {question.value}{question.unit} ({rank})"


def main() -> None:
    """Print the tables."""
    arguments = sys.argv[1:]
    folder = Path(arguments[arguments.index("--reports") + 1] if "--reports" in arguments else "../shared/reports")
    with TemporaryDirectory() as working:
        target = Path(working) / "drafts"
        target.mkdir()
        write_drafts(folder, target)
        base = FactBase([target], Path(working) / "cache")
        outcomes = [answer(base, question) for question in questions()]
        print(f"{sum(report.metrics for report in base.reports())} figures of {len(base.reports())} reports")
        for file in base.left_out:
            print(f"left out: {file.problem.shown}")
    for half, title in ((1, "tuned on"), (2, "kept aside")):
        mine = [outcome for outcome in outcomes if outcome.question.half == half]
        print("\n".join((f"\n{title}", *table(mine))))
    if "--misses" in arguments:
        print("\n".join(misses([outcome for outcome in outcomes if outcome.question.half == 1])))


if __name__ == "__main__":
    main()
