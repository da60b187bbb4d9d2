"""How often each sign of doubt stands on a poor name or milestone, and the weights that follow: ``--calibrate FOLDER``.

The names are those of all labels but those kept aside, judged against the label, and those of `judged-1.jsonl` to
`judged-4.jsonl`: drafted names of nineteen reports of FOLDER, judged by four readers as good, partly right or useless
when read alone. A name that is drafted otherwise by now is left out, and counted; but for those of the last file, of
which the signs are kept, so that a mistake that has been mended since still counts as one that a draft makes.

The milestones are those of `judged-events.jsonl`: drawn at random from the drafts of fifteen reports, judged by readers
as good, or poor where they are not worth having or have a wrong name.

The weights are those under which the judgements are most likely, where a name is poor with the chance
1 − (1 − a)(1 − b)… of its signs. Each weight also has half a poor name and two good ones before any is seen, so that a
sign on few names stays near a fifth. They are found one at a time on a grid of hundredths until none moves;
the signs and their words are in `shkc/draft/doubt.toml`, where the weights are entered by hand.

What to expect of a report that nobody has seen is told by the first lines: each report's doubts by weights that are
fitted to all others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from math import log, prod
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from benchmarks.draft import reports
from shkc.draft import event_doubt
from shkc.draft.doubt import combined
from shkc.draft.entries import MetricDraft
from shkc.draft.review import TOGETHER
from shkc.draft.rules import rules

JUDGED = tuple(Path(__file__).with_name(f"judged-{number}.jsonl") for number in (1, 2, 3, 4))
JUDGED_EVENTS = Path(__file__).with_name("judged-events.jsonl")
GRID = [number / 100 for number in range(1, 91)]
ROUNDS = 30
PRIOR_POOR, PRIOR_GOOD = 0.5, 2.0


class Judged(NamedTuple):
    """The signs of a drafted name or milestone, and whether it is poor."""

    signs: tuple[str, ...]
    poor: bool
    report: str = ""


def judged_names(folder: Path) -> tuple[list[Judged], int]:
    """The judged names that are still drafted so, and the number of the others."""
    found: list[Judged] = []
    changed = 0
    lines = [line for path in JUDGED for line in path.read_text("utf-8").splitlines()]
    for entry in map(json.loads, lines):
        metrics = reports.drafted(folder, entry["report"]).paragraphs[entry["paragraph"] - 1].metrics
        metric = next((each for each in metrics if is_judged(each, entry)), None)
        signs = tuple(entry["signs"]) if "signs" in entry else None if metric is None else metric.signs
        if signs is None:
            changed += 1
        else:
            found.append(Judged(signs, entry["judgement"] != "good", entry["report"]))
    return found, changed


def labelled_names(folder: Path) -> list[Judged]:
    """The names of all labels but those kept aside, judged against the label."""
    found: list[Judged] = []
    for file in (name for name, seen in reports.SETS.values() if seen):
        labels = map(json.loads, (reports.FOLDER / file).read_text("utf-8").splitlines())
        for report, mine in groupby(sorted(labels, key=itemgetter("report")), key=itemgetter("report")):
            outcome = reports.held_against(list(mine), folder)
            found += (Judged(each.signs, each.judgement != "good", report) for each in outcome.names)
    return found


def is_judged(metric: MetricDraft, entry: dict[str, str | int]) -> bool:
    """Whether *metric* is the figure of the judgement *entry*, with the name that was judged."""
    return (metric.name, f"{metric.value}", metric.unit) == (entry["name"], entry["value"], entry["unit"])


def likelihood(names: Sequence[Judged], weights: dict[str, float]) -> float:
    """The logarithm of how likely the judgements of *names* are, with what each weight has seen before."""
    total = sum(PRIOR_POOR * log(weight) + PRIOR_GOOD * log(1 - weight) for weight in weights.values())
    for name in names:
        good = prod(1 - weights[sign] for sign in name.signs)
        total += log(1 - good) if name.poor else log(good)
    return total


def judged_events(folder: Path) -> tuple[list[Judged], int]:
    """The judged milestones that are still drafted so, and the number of the others."""
    found: list[Judged] = []
    changed = 0
    for entry in map(json.loads, JUDGED_EVENTS.read_text("utf-8").splitlines()):
        drafted = reports.drafted(folder, entry["report"]).paragraphs[entry["paragraph"] - 1].milestones
        event = next((each for each in drafted if each.name == entry["name"]), None)
        if event is None:
            changed += 1
        else:
            found.append(Judged(event.signs, entry["judgement"] != "good"))
    return found, changed


def fitted(names: Sequence[Judged], table: str) -> dict[str, float]:
    """The weights of all signs of *table* under which the judgements of *names* are most likely."""
    weights: dict[str, float] = {entry["id"]: 0.1 for entry in rules("doubt")[table]}
    for _ in range(ROUNDS):
        before = dict(weights)
        for sign in weights:
            mine = [name for name in names if sign in name.signs]
            weights[sign] = max(GRID, key=lambda at: likelihood(mine, {**weights, sign: at}))
        if weights == before:
            break
    return weights


def unseen(names: Sequence[Judged]) -> list[tuple[float, bool]]:
    """The doubt of each of *names* by weights fitted to the other reports, surest first, and whether it is poor."""
    found: list[tuple[float, bool]] = []
    for report in sorted({name.report for name in names}):
        weights = fitted([name for name in names if name.report != report], "sign")
        mine = (name for name in names if name.report == report)
        found += ((combined(weights[sign] for sign in name.signs), name.poor) for name in mine)
    return sorted(found, key=itemgetter(0))


def lines(folder: Path) -> Iterator[str]:
    """What to expect of other reports; then on how many names each sign is, how many poor, its weight, that fitted."""
    judged, changed = judged_names(folder)
    labelled = labelled_names(folder)
    names = judged + labelled
    yield f"{len(names)} names, {sum(name.poor for name in names)} poor; {changed} judged ones are named otherwise now"
    yield from _expected(unseen(names))
    yield from _table(names, "sign")
    events, changed = judged_events(folder)
    sure = [event for event in events if event_doubt.doubt(event.signs) < TOGETHER]
    yield f"\n{len(events)} milestones, {sum(event.poor for event in events)} poor; {changed} are others now"
    yield f"of the {len(sure)} that are decided together, {sum(event.poor for event in sure)} poor"
    yield from _table(events, "proposal")


def _expected(names: Sequence[tuple[float, bool]]) -> Iterator[str]:
    """Of each quarter of *names*, surest first, and of the surer half, how many are poor and how many expected."""
    yield "by weights fitted without the report:"
    quarter = -(-len(names) // 4) or 1
    parts = [
        (f"quarter {start // quarter + 1}", names[start : start + quarter]) for start in range(0, len(names), quarter)
    ]
    for title, part in (*parts, ("surer half", names[: 2 * quarter])):
        poor, expected = sum(poor for _, poor in part), sum(doubt for doubt, _ in part)
        yield f"{title:12}{poor:5} of {len(part):4} poor ({poor / len(part):.1%}), {expected / len(part):.1%} expected"


def _table(judged: Sequence[Judged], table: str) -> Iterator[str]:
    """On how many of *judged* each sign of *table* stands, how many are poor, its weight, and the one fitted."""
    yield f"{'sign':12}{'seen':>7}{'poor':>6}{'weight':>8}{'fitted':>8}"
    weights = fitted(judged, table)
    for entry in rules("doubt")[table]:
        mine = [name for name in judged if entry["id"] in name.signs]
        poor = sum(name.poor for name in mine)
        yield f"{entry['id']:12}{len(mine):7}{poor:6}{entry['weight']:8.2f}{weights[entry['id']]:8.2f}"
