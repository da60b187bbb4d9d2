"""Drafts of real reports against labels by six hands: ``python -m benchmarks.draft --reports FOLDER``.

The reports are not part of the project: FOLDER has them, a text each, the name of the territory in the file's name.
The labels quote no more than a figure's own words. `SETS` says which labels the rules were tuned on; what differs is
listed for those only.

How names are judged: both names without the report's own territory before them, and without what only says that
something is counted or grows (数量, 增速, …); *common* is their longest common subsequence. A name is *good* when it
has three quarters of the label's characters in common, and at least half of its own, or is a name of the same indicator
in the registry; *useless* below two fifths of the label's; else *partly* right. Whether a drafted milestone is found
and has the right title is judged in the same way, by the label's words and by its title. A milestone of several things
(甲、乙等工程开工) is found under each of them, and under all: labels of some hands are of one, of others are of all.

A period is right when the drafted period, or else the year of the day, is that of the label. The mood is planned where
the draft has a target. A growth, share or rank is right when it hangs on the figure that the label names.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz.distance import LCSseq

from shkc.draft import indicators
from shkc.draft.entries import MetricDraft, MilestoneEntry
from shkc.draft.report import Draft, draft
from shkc.text.quantity import numerals

FOLDER = Path(__file__).parent
SETS = {
    "tuned on, two hands' first four": ("labels-1.jsonl", True),
    "kept aside": ("labels-2.jsonl", False),
    "seen after their first draft, third hand's two": ("labels-3.jsonl", True),
    "seen after their first draft, third hand's next two": ("labels-4.jsonl", True),
    "seen after their first draft, fourth hand's four": ("labels-5.jsonl", True),
    "kept aside, fourth hand's other labels": ("labels-6.jsonl", False),
    "seen after their first draft, fifth hand's two": ("labels-7.jsonl", True),
    "kept aside, fifth hand's other two": ("labels-8.jsonl", False),
    "seen after their first draft, sixth hand's three": ("labels-9.jsonl", True),
}
GENERIC = re.compile(
    "(?:数量|总数|人数|家数|户数|次数|人次|数|总量|规模|金额|总额|增速|增长|增幅|降幅|幅度|提高|下降|占比|比重|比例|量|额)+$"
)
PLACE = re.compile("(?:壮族|回族|维吾尔)?(?:省|市|自治区)")
FILLING = re.compile("[“”‘’、，的（）()·\\s]")
GOOD, OWN, USELESS = 0.75, 0.5, 0.4
JUDGEMENTS = ("good", "partly", "useless")

Label = dict[str, Any]


class Candidate(NamedTuple):
    """A drafted figure that may be the labelled one: the metric, and the name of the figure within it."""

    metric: MetricDraft
    name: str


class Named(NamedTuple):
    """A drafted name: the *signs* that it may be poor, its *doubt*, and the *judgement* by its label."""

    signs: tuple[str, ...]
    doubt: float
    judgement: str


class Outcome(NamedTuple):
    """What became of the labels of one set: counts, the names, and what differs."""

    counts: Counter[str]
    names: list[Named]
    misses: list[str]


def judged(name: str, label: str, unit: str | None = None) -> str:
    """How well *name*, of a figure in *unit* or a milestone, says what *label* says: good, partly or useless."""
    known = [indicators.called(words, unit) for words in (name, label)] if unit is not None else [None]
    if known[0] is not None and known[0] == known[-1]:
        return "good"
    same = (words.replace("GDP", "地区生产总值") for words in (name, label))
    mine, wanted = (GENERIC.sub("", FILLING.sub("", words)) or words for words in same)
    common = LCSseq.similarity(mine, wanted)
    if common >= GOOD * len(wanted) and common >= OWN * len(mine):
        return "good"
    return "useless" if common < USELESS * len(wanted) else "partly"


def _without_scope(name: str, scope: str) -> str:
    """*name* without the territory of its whole report before it: every figure is of that, named or not."""
    short = PLACE.sub("", scope)
    return name.removeprefix(scope).removeprefix(short) or name


def unit(words: str) -> str:
    """A unit without the 个 that may stand before points."""
    return words.removeprefix("个") or words


def candidates(metrics: tuple[MetricDraft, ...], value: Decimal, of: str) -> Iterator[Candidate]:
    """The drafted figures of *metrics* with the *value* and the unit *of*, growth, shares and ranks included."""
    for metric in metrics:
        if abs(metric.value) == abs(value) and unit(metric.unit) == unit(of):
            yield Candidate(metric, metric.name)
        for part, words in ((metric.change, "增速"), (metric.share, "占比"), (metric.rank, "排名")):
            if part is not None and abs(part.value) == abs(value) and unit(part.unit) == unit(of):
                yield Candidate(metric, metric.name + words)


def best(label: Label, metrics: tuple[MetricDraft, ...]) -> Candidate | None:
    """The drafted figure that *label* means: of several, that with the label's words, then with the nearer name."""
    found = candidates(metrics, Decimal(label["value"]), label["unit"])
    return max(
        found,
        key=lambda each: (
            LCSseq.similarity(each.metric.excerpt, label["words"]) >= len(label["words"]) - 1,
            LCSseq.normalized_similarity(each.name, label["name"]),
        ),
        default=None,
    )


def time_of(metric: MetricDraft, year: int) -> str:
    """The period of a drafted figure in the form of the labels: 2025, 2021-2025."""
    period = metric.period or str(year)
    return period[:4] if period.count("-") == 2 else period.replace("/", "-")


def parts_right(label: Label, metric: MetricDraft) -> Iterator[bool]:
    """For each growth, share and rank of *label*, whether *metric* has it."""
    for key in ("change", "share"):
        if label[key] is not None:
            wanted = re.fullmatch(r"([+-]?[\d.]+)(.*)", label[key])
            got = getattr(metric, key)
            yield bool(wanted and got and got.value == Decimal(wanted[1]) and unit(got.unit) == unit(wanted[2]))
    if label["rank"] is not None:
        yield metric.rank is not None and metric.rank.value == label["rank"]


def figure(label: Label, drafted: Draft, outcome: Outcome) -> None:
    """Hold one labelled figure against the draft."""
    counts, misses = outcome.counts, outcome.misses
    where = f"{label['report']} ¶{label['paragraph']} {label['value']}{label['unit']} {label['name']}"
    found = best(label, drafted.paragraphs[label["paragraph"] - 1].metrics)
    counts["figures"] += 1
    if found is None:
        misses.append(f"{where}: not drafted")
        return
    metric = found.metric
    counts["value and unit"] += 1
    name, wanted = (_without_scope(each, label["report"]) for each in (found.name, label["name"]))
    judgement = judged(name, wanted, label["unit"])
    outcome.names.append(Named(metric.signs, metric.doubt, judgement))
    counts[judgement] += 1
    time, mood = time_of(metric, drafted.outline.year or 0), "planned" if "target" in metric.qualifiers else "done"
    counts["period"] += time == label["period"]
    counts["mood"] += mood == label["mood"]
    rights = list(parts_right(label, metric))
    counts["parts"] += len(rights)
    counts["parts right"] += sum(rights)
    if time != label["period"]:
        misses.append(f"{where}: period {time}, expected {label['period']}")
    if mood != label["mood"]:
        misses.append(f"{where}: {mood}, expected {label['mood']}")
    if judgement != "good":
        misses.append(f"{where}: {judgement}: {found.name} (doubt {metric.doubt})")
    if not all(rights):
        misses.append(f"{where}: attachment, in {metric.name}")


def names_of(milestone: MilestoneEntry) -> Iterator[str]:
    """The name of *milestone*, and where it is of several things, the name with each of them alone, and with all."""
    name, things = milestone.name, milestone.official_names
    yield name
    shown = [(name.find(thing), name.find(thing) + len(thing)) for thing in things if thing in name]
    if len(things) > 1 and shown:
        start, end = min(shown)[0], max(end for _, end in shown)
        for words in ("、".join(things), *things):
            yield name[:start] + words + name[end:]


def milestone(label: Label, drafted: Draft, outcome: Outcome) -> None:
    """Hold one labelled milestone against the draft."""
    proposed = drafted.paragraphs[label["paragraph"] - 1].milestones
    counts = outcome.counts
    counts["milestones"] += 1

    def nearest(each: MilestoneEntry) -> float:
        return max(LCSseq.normalized_similarity(name, label["title"]) for name in names_of(each))

    found = max(proposed, key=nearest, default=None)
    names = list(names_of(found)) if found is not None else []
    if found is None or all(judged(name, label["words"]) == "useless" for name in names):
        outcome.misses.append(
            f"{label['report']} ¶{label['paragraph']} milestone {label['title']}: missed; {[m.name for m in proposed]}"
        )
        return
    counts["milestones found"] += 1
    titled = any(judged(name, label[words]) == "good" for name in names for words in ("title", "words"))
    counts["titles"] += titled
    counts["milestone moods"] += found.planned == (label["mood"] == "planned")
    if not titled or found.planned != (label["mood"] == "planned"):
        outcome.misses.append(
            f"{label['report']} ¶{label['paragraph']} milestone {label['title']}: {found.name}, planned {found.planned}"
        )


def head(label: Label, drafted: Draft, outcome: Outcome) -> None:
    """Title, year and territory of one report; 天津 is as good as 天津市."""
    outline = drafted.outline
    outcome.counts["reports"] += 1
    for key in ("title", "year", "scope"):
        got, wanted = str(getattr(outline, key)), str(label[key])
        right = got == wanted or (key == "scope" and PLACE.fullmatch(wanted.removeprefix(got) or "市") is not None)
        outcome.counts[f"{key} right"] += right
        if not right:
            outcome.misses.append(f"{label['report']}: {key} {getattr(outline, key)}, expected {label[key]}")


def nonfigure(label: Label, drafted: Draft, outcome: Outcome) -> None:
    """Whether what is no figure is drafted as one."""
    metrics = drafted.paragraphs[label["paragraph"] - 1].metrics
    values = [numeral.value for numeral in numerals(label["words"])]
    outcome.counts["no figures"] += 1
    wrong = next((each for each in metrics if label["words"] in each.excerpt and each.value in values), None)
    if wrong is not None:
        outcome.misses.append(f"{label['report']} ¶{label['paragraph']} {label['words']}: drafted as {wrong.name}")
        outcome.counts["no figures drafted"] += 1


KINDS = {"figure": figure, "milestone": milestone, "report": head, "nonfigure": nonfigure}


def held_against(labels: list[Label], folder: Path) -> Outcome:
    """All *labels* held against drafts of the reports in *folder*."""
    outcome = Outcome(Counter(), [], [])

    for label in labels:
        KINDS[label["type"]](label, drafted(folder, label["report"]), outcome)
    return outcome


@cache
def drafted(folder: Path, report: str) -> Draft:
    """The draft of *report*, whose text is in *folder*."""
    (path,) = folder.glob(f"*{report}.txt")
    return draft(path.read_text(encoding="utf-8"))


def share(right: int, of: int) -> str:
    """A percentage with its counts."""
    return f"{right:4} of {of:<4} {right / of:6.1%}" if of else "   none"


def table(outcome: Outcome) -> Iterator[str]:
    """The lines of the table of one set."""
    counts = outcome.counts
    found = counts["value and unit"]
    yield f"value and unit        {share(found, counts['figures'])}"
    yield f"growth, share, rank   {share(counts['parts right'], counts['parts'])}"
    yield f"period                {share(counts['period'], found)}"
    yield f"mood                  {share(counts['mood'], found)}"
    yield from (f"name {each:16} {share(counts[each], found)}" for each in JUDGEMENTS)
    yield f"milestones found      {share(counts['milestones found'], counts['milestones'])}"
    yield f"  of them well titled {share(counts['titles'], counts['milestones found'])}"
    yield f"  with the right mood {share(counts['milestone moods'], counts['milestones found'])}"
    for key in ("title", "year", "scope"):
        yield f"{key:21} {share(counts[f'{key} right'], counts['reports'])}"
    yield f"drafted, no figures   {share(counts['no figures drafted'], counts['no figures'])}"
    yield from calibration(sorted(outcome.names, key=lambda each: each.doubt))


def calibration(names: list[Named]) -> Iterator[str]:
    """Of each quarter of the *names*, surest first, the doubts and how many are not good; then of the surer half."""
    quarter = -(-len(names) // 4) or 1
    parts = [
        (f"quarter {start // quarter + 1}", names[start : start + quarter]) for start in range(0, len(names), quarter)
    ]
    for title, part in (*parts, ("surer half", names[: 2 * quarter])):
        poor = sum(each.judgement != "good" for each in part)
        expected = sum(each.doubt for each in part) / (len(part) or 1)
        yield f"doubt, {title:14} {share(poor, len(part))} poor, {expected:.1%} expected"


def lines(folder: Path, misses: bool) -> Iterator[str]:
    """The tables of all sets whose reports are in *folder*."""
    for title, (name, tuned_on) in SETS.items():
        labels = [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
        wanted = {label["report"] for label in labels}
        there = {report for report in wanted if list(folder.glob(f"*{report}.txt"))}
        if wanted - there:
            yield f"\n{title}: not in {folder}: {', '.join(sorted(wanted - there))}"
        outcome = held_against([label for label in labels if label["report"] in there], folder)
        yield f"\n{title}: {len(there)} reports"
        yield from table(outcome)
        if misses and tuned_on:
            yield from outcome.misses
