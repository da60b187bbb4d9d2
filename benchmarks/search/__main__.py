"""Run ``python -m benchmarks.search [--misses | --curve]`` from the repository root.

Prints, for shkc and for three usual ways to search the same facts, how many queries have a right answer first and in
the first three, the mean reciprocal rank, and how many queries without an answer get one all the same: over the
queries that the ranking was tuned on, by file and by kind, and over those kept aside, by kind. ``--misses`` lists
the queries that the ranking was tuned on and missed all the same; ``--curve`` prints instead what other thresholds
would make of them.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from unittest.mock import patch

from rapidfuzz import fuzz, process

from shkc.base import FactBase
from shkc.facts.load import Record, load
from shkc.facts.model import Milestone
from shkc.paths import bundled_facts, fact_files
from shkc.search import ranking as query
from shkc.text.words import compact

FOLDER = Path(__file__).parent
TUNED_ON = (
    "newsroom",
    "street",
    "abroad",
    "acceptance",
    "desk",
    "desk2",
    "desk3",
    "study",
    "visitors",
    "press",
    "institute",
    "strangers",
    "hard",
    "chronicle",
    "analyst",
    "reporter",
    "correspondent",
    "consultant",
    "librarian",
    "chamber",
    "aspects",
    "daily",
    "commission",
    "family",
    "doctoral",
    "newsdesk",
    "operator",
    "thinktank",
    "broadsheet",
    "banker",
    "airwaves",
    "consulate",
)
KEPT_ASIDE = tuple(sorted(path.stem for path in FOLDER.glob("*.jsonl") if path.stem not in TUNED_ON))
"""Any other file here: the ranking has not been tuned on it."""

Search = Callable[[str, str], list[str]]
"""A query and a kind of fact → ids, best first."""


class Query(NamedTuple):
    """A query, the command it is typed after, its kind, and the ids that are right (none: nothing is)."""

    query: str
    command: str
    kind: str
    answers: frozenset[str]


class Score(NamedTuple):
    """What a search made of some queries; the shares are of those that have an answer."""

    answerable: int
    first: float
    in_three: float
    reciprocal_rank: float
    unanswerable: int
    false_answers: int


def queries(names: Sequence[str]) -> list[Query]:
    """The queries of the files *names*."""
    lines = (line for name in names for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines())
    entries = map(json.loads, lines)
    return [Query(e["query"], e["command"], e["kind"], frozenset(e["answers"])) for e in entries]


def score(search: Search, asked: Sequence[Query]) -> Score:
    """What *search* makes of *asked*."""
    ranks = [_rank(search(q.query, q.command), q.answers) for q in asked if q.answers]
    false = [bool(search(q.query, q.command)) for q in asked if not q.answers]
    count = max(1, len(ranks))
    return Score(
        len(ranks),
        sum(rank == 1 for rank in ranks) / count,
        sum(rank is not None and rank <= 3 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank) / count,
        len(false),
        sum(false),
    )


def _rank(found: Sequence[str], answers: frozenset[str]) -> int | None:
    return next((place for place, key in enumerate(found, 1) if key in answers), None)


def _texts(records: Sequence[Record], kind: str) -> dict[str, list[str]]:
    """All names of each fact of *kind*."""
    found = {}
    for fact, details in records:
        if fact.kind == kind:
            official = fact.official_names if isinstance(fact, Milestone) else ()
            found[fact.id] = [fact.name, fact.name_en, *details.aliases, *official]
    return found


def shkc(base: FactBase) -> Search:
    """The search under test."""
    return lambda words, kind: [json.loads(hit.record)["id"] for hit in base.find(words, kind).hits]


def substring(records: Sequence[Record]) -> Search:
    """Facts with a name that contains the query, the shortest such name first."""
    texts = {kind: _texts(records, kind) for kind in ("metric", "milestone")}

    def search(words: str, kind: str) -> list[str]:
        wanted = compact(words)
        lengths = {
            key: min((len(name) for name in names if wanted and wanted in compact(name)), default=0)
            for key, names in texts[kind].items()
        }
        return sorted((key for key, length in lengths.items() if length), key=lengths.__getitem__)

    return search


def trigram(records: Sequence[Record]) -> Search:
    """SQLite FTS5 with the trigram tokenizer, by BM25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE fact USING fts5 (id UNINDEXED, kind UNINDEXED, names, tokenize='trigram')")
    for kind in ("metric", "milestone"):
        rows = ((key, kind, "\n".join(names)) for key, names in _texts(records, kind).items())
        connection.executemany("INSERT INTO fact VALUES (?, ?, ?)", rows)

    def search(words: str, kind: str) -> list[str]:
        phrase = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        rows = connection.execute("SELECT id FROM fact WHERE names MATCH ? AND kind = ? ORDER BY rank", (phrase, kind))
        return [row[0] for row in rows]

    return search


def fuzzy(records: Sequence[Record]) -> Search:
    """rapidfuzz's WRatio over all names, as its documentation shows it."""
    names = {
        kind: [(name, key) for key, names in _texts(records, kind).items() for name in names]
        for kind in ("metric", "milestone")
    }

    def search(words: str, kind: str) -> list[str]:
        choices = [name for name, _ in names[kind]]
        found = process.extract(words, choices, scorer=fuzz.WRatio, limit=10)
        return list(dict.fromkeys(names[kind][place][1] for _, _, place in found))

    return search


def _row(name: str, result: Score) -> str:
    false = f"{result.false_answers}/{result.unanswerable}"
    return (
        f"{name:<28}{result.answerable:>5}{result.first:>9.1%}{result.in_three:>9.1%}{result.reciprocal_rank:>8.3f}"
        f"{false:>9}"
    )


def curve(search: Search) -> None:
    """Print right-first and false answers by the least coverage that makes an answer."""
    print("least coverage   figures first  false   milestones first  false")
    for percent in range(40, 90, 5):
        cells = []
        for command in ("metric", "milestone"):
            asked = [q for q in queries(TUNED_ON) if q.command == command]
            with patch.dict(query.LEAST_COVERAGE, {command: percent / 100}):
                result = score(search, asked)
            cells.append(f"{result.first:>16.1%}{result.false_answers:>4}/{result.unanswerable}")
        print(f"{percent / 100:>14}{'  '.join(cells)}")


def main() -> None:
    """Print the tables."""
    records = load(*fact_files([bundled_facts()])).records
    with TemporaryDirectory() as cache:
        base = FactBase([bundled_facts()], Path(cache))
        if "--curve" in sys.argv:
            curve(shkc(base))
            return
        searches = {
            "shkc": shkc(base),
            "substring": substring(records),
            "FTS5 trigram": trigram(records),
            "rapidfuzz WRatio": fuzzy(records),
        }
        header = f"{'':<28}{'n':>5}{'first':>9}{'in 3':>9}{'MRR':>8}{'false':>9}"
        for title, names in (("tuned on", TUNED_ON), ("kept aside", KEPT_ASIDE)):
            for command in ("metric", "milestone") if names else ():
                asked = [q for q in queries(names) if q.command == command]
                print(f"{title}, {command}\n{header}")
                for name, search in searches.items():
                    print(_row(name, score(search, asked)))
                print()
        print(f"tuned on, shkc by file\n{header}")
        for name in TUNED_ON:
            for command in ("metric", "milestone"):
                asked = [q for q in queries([name]) if q.command == command]
                if asked:
                    print(_row(f"{name}, {command}", score(searches["shkc"], asked)))
        for title, names in (("tuned on", TUNED_ON), ("kept aside", KEPT_ASIDE)):
            print(f"\n{title}, shkc by kind\n{header}")
            asked = queries(names)
            for kind in dict.fromkeys(q.kind for q in asked if q.answers):
                print(_row(kind, score(searches["shkc"], [q for q in asked if q.kind == kind])))
        if "--misses" in sys.argv:
            for q in queries(TUNED_ON):
                found = searches["shkc"](q.query, q.command)
                if (found[:1] and found[0] not in q.answers) or (q.answers and not found):
                    print(f"{q.command} {q.query!r}: {found[:3]}, right: {sorted(q.answers)}")


if __name__ == "__main__":
    main()
