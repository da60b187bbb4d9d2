"""Run ``python -m benchmarks.draft [OPTIONS]`` from the repository root.

For each file of paragraphs beside this one it prints, in total and by pattern: recall and precision of the figures
(value and unit), and of the figures found, how many have the right hedges, and how many of the changes, shares and
ranks hang on the right figure. It drafts, loads and verifies each paragraph as a report of its own. ``--misses`` lists
what differs, for the paragraphs that the rules were tuned on; those kept aside stay unseen.

``--reports FOLDER`` holds drafts of real reports against labels instead (`benchmarks.draft.reports`). The reports are
not part of the project; without the option, a line says so.

``--calibrate FOLDER`` prints how often each sign of doubt stands on a poor name (`benchmarks.draft.calibrate`).

``--report`` drafts the text of the report that ``facts.toml`` was entered from, and says which of its figures, growths
and shares the draft has, paragraph by paragraph.

The answers keep the conventions of the fact file: one figure for each that is printed; growth, share and rank with the
figure they belong to; a share that has a growth of its own (占GDP的3.7%，提高0.2个百分点) is a figure; growth without a
level is a figure; units as printed.

A pattern's line counts the paragraphs that have the pattern, whole.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import shkc
from benchmarks.draft import calibrate, reports
from shkc.draft.entries import MetricDraft, PartDraft
from shkc.draft.report import draft, to_toml
from shkc.facts import load as factbase
from shkc.facts import verify
from shkc.facts.model import Change, Metric, Share

FOLDER = Path(__file__).parent
SETS = {
    "tuned on, first hand": ("one.jsonl", 0, 20),
    "tuned on, second hand": ("two.jsonl", 0, 20),
    "tuned on, third hand": ("three.jsonl", 0, 20),
    "tuned on, fourth hand": ("four.jsonl", 0, 12),
    "kept aside, fourth hand": ("four.jsonl", 12, 24),
    "kept aside, fifth hand": ("five.jsonl", 0, 12),
    "kept aside, sixth hand": ("six.jsonl", 0, 12),
}
PARTS = ("change", "share", "rank")

Figure = tuple[str, str]
"""A value as printed, a range or a fraction included (3-5, 1/3), and its unit."""


class Outcome(NamedTuple):
    """What became of one paragraph: counts, and what differs in words."""

    counts: Counter[str]
    misses: tuple[str, ...]


def figure(value: Decimal, unit: str, upper: Decimal | None = None) -> Figure:
    """A drafted figure in the form of the paragraphs' answers."""
    if unit.startswith("/"):
        return f"{value:f}{unit}", ""
    return (f"{value:f}" if upper is None else f"{value:f}-{upper:f}"), unit.removeprefix(
        "个"
    ) if "百分点" in unit else unit


def expected(entry: dict[str, Any]) -> Figure:
    """An answer's figure."""
    unit = entry["unit"]
    return entry["value"], unit.removeprefix("个") if "百分点" in unit else unit


def part(metric: MetricDraft, key: str) -> Figure | str | None:
    """The change, share or rank of *metric* in the form of the answers."""
    found: PartDraft | None = getattr(metric, key)
    if found is None or (key == "rank" and metric.unit == "位"):
        return None
    return str(found.value) if key == "rank" else figure(found.value, found.unit)


def compare(paragraph: dict[str, Any]) -> Outcome:
    """Draft *paragraph*, and hold it against its figures."""
    drafted = draft(paragraph["text"], year=paragraph["year"])
    metrics = [metric for each in drafted.paragraphs for metric in each.metrics]
    counts = Counter(expected=len(paragraph["figures"]), drafted=len(metrics))
    misses: list[str] = []
    content = factbase.parse(to_toml(drafted), paragraph["id"])
    outcome = verify.verify([content], paragraph["text"].splitlines())
    counts["verified"] = int(not outcome.failures and outcome.covered == outcome.numerals)
    left = list(paragraph["figures"])
    for metric in metrics:
        mine = figure(metric.value, metric.unit, metric.upper)
        answer = next((entry for entry in left if expected(entry) == mine), None)
        if answer is None:
            misses.append(f"not expected: {''.join(mine)} ({metric.name})")
            continue
        left.remove(answer)
        counts["found"] += 1
        counts["qualifiers"] += set(answer["qualifiers"]) == set(metric.qualifiers)
        for key in PARTS:
            wanted = None if answer[key] is None else str(answer[key]) if key == "rank" else expected(answer[key])
            got = part(metric, key)
            counts[f"{key} expected"] += wanted is not None
            counts[f"{key} drafted"] += got is not None
            counts[f"{key} right"] += wanted is not None and wanted == got
            if wanted != got:
                misses.append(f"{key} of {''.join(mine)}: expected {wanted}, drafted {got}")
    for entry in left:
        misses.append(f"missed: {''.join(expected(entry))} ({entry['name']})")
        for key in PARTS:
            counts[f"{key} expected"] += entry[key] is not None
    return Outcome(counts, tuple(misses))


def share(counts: Counter[str], part_of: str, whole: str) -> str:
    """A percentage with its counts."""
    return (
        f"{counts[part_of] / counts[whole]:6.1%} {counts[part_of]:3}/{counts[whole]:<3}" if counts[whole] else " " * 14
    )


def line(label: str, counts: Counter[str]) -> str:
    """One line of the table."""
    columns = [
        share(counts, "found", "expected"),
        share(counts, "found", "drafted"),
        share(counts, "qualifiers", "found"),
        *(share(counts, f"{key} right", f"{key} expected") for key in PARTS),
    ]
    return f"{label:20}" + " ".join(columns)


def report(label: str, paragraphs: list[dict[str, Any]], misses: bool) -> Iterator[str]:
    """The lines about one set of paragraphs."""
    total: Counter[str] = Counter()
    by_pattern: dict[str, Counter[str]] = defaultdict(Counter)
    told: list[str] = []
    for paragraph in paragraphs:
        outcome = compare(paragraph)
        total += outcome.counts
        for pattern in paragraph["patterns"]:
            by_pattern[pattern] += outcome.counts
        told += [f"  {paragraph['id']} {miss}" for miss in outcome.misses]
    yield f"\n{label}: {len(paragraphs)} paragraphs, all load, {total['verified']} verify in full"
    yield f"{'':20}" + " ".join(f"{head:14}" for head in ("recall", "precision", "hedges", *PARTS))
    yield line("all", total)
    for pattern, counts in sorted(by_pattern.items()):
        yield line(pattern, counts)
    if misses:
        yield from told


def report_lines(path: str) -> Iterator[str]:
    """How many figures, growths and shares of the bundled fact base the draft of its report has; those it lacks."""
    drafted = [metric for each in draft(Path(path).read_text(encoding="utf-8")).paragraphs for metric in each.metrics]
    metrics = [fact for fact in shkc.open().list(kind="metric") if isinstance(fact, Metric)]
    counts: Counter[str] = Counter()
    for metric in metrics:
        same = [each for each in drafted if figure(each.value, each.unit) == figure(metric.value, metric.unit)]
        counts["figures"] += bool(same)
        if not same:
            yield f"missed: {metric.display} ({metric.name})"
        for key in ("change", "share"):
            part: Change | Share | None = getattr(metric, key)
            if part is not None:
                wanted = figure(part.value, part.unit)
                right = any((got := getattr(each, key)) and figure(got.value, got.unit) == wanted for each in same)
                counts[key] += right
                counts[f"{key} known"] += 1
    yield f"figures: {counts['figures']} of {len(metrics)}"
    yield from (f"{key}: {counts[key]} of {counts[f'{key} known']}" for key in ("change", "share"))


def main(arguments: list[str]) -> None:
    """Print the tables."""
    if "--report" in arguments:
        print("\n".join(report_lines(arguments[arguments.index("--report") + 1])))
        return
    if "--calibrate" in arguments:
        print("\n".join(calibrate.lines(Path(arguments[arguments.index("--calibrate") + 1]))))
        return
    if "--reports" in arguments:
        folder = Path(arguments[arguments.index("--reports") + 1])
        print("\n".join(reports.lines(folder, "--misses" in arguments)))
        return
    for label, (name, first, last) in SETS.items():
        lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()[first:last]
        paragraphs = [json.loads(each) for each in lines]
        print("\n".join(report(label, paragraphs, "--misses" in arguments and not label.startswith("kept aside"))))
    print("\nreal reports: not measured; --reports FOLDER says where their texts are")


if __name__ == "__main__":
    main(sys.argv[1:])
