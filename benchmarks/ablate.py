"""Run ``python -m benchmarks.ablate [--write | --constants]`` from the repository root.

Takes each entry of the vocabulary of questions away in turn, asks the labelled queries of `benchmarks/search` that have
its words again, and prints how many get worse and how many better; of words that say what a question asks for, whether
their witness is read otherwise. ``--write`` deletes, one after the other, the entries without which no more queries are
answered wrongly, and writes a witness beside each that is left: a query that needs it. ``--constants`` halves and
doubles each constant of the ranking instead.
"""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, NamedTuple
from unittest.mock import patch

import tomli

from benchmarks.search.__main__ import FOLDER, Query, queries, shkc
from shkc.base import FactBase
from shkc.paths import bundled_facts
from shkc.search import clauses, coverage, misspelt, pinyin, question, ranking, vocabulary
from shkc.search.corpus import Corpus
from shkc.text import scripts, words

WRITTEN = vocabulary.COMPILED.with_suffix(".toml")
"""The vocabulary as people write it; `pytest --regenerate` makes of it what runs."""

TABLES = (
    "stopwords",
    "stopwords_at_end",
    "neutral",
    "heads",
    "discriminators",
    "discriminators_of_figures",
    "synonyms",
)
TYPED = ("asking", "plans", "own", "reaching")
"""Tables of which each entry changes how a question is read: its witness is one that is read otherwise without it."""

CONSTANTS: tuple[tuple[ModuleType, str], ...] = (
    (coverage, "SYNONYM_CREDIT"),
    (coverage, "PREFIX_CREDIT"),
    (coverage, "CHARACTER_CREDIT"),
    (coverage, "STOPWORD_GAIN"),
    (coverage, "PIECE_COST"),
    (coverage, "SHORTEST_ROOT"),
    (question, "WORD_WEIGHT"),
    (question, "LEAST_WEIGHT"),
    (question, "COMMON"),
    (question, "LEAST_COMMON"),
    (clauses, "MOST_CLAUSES"),
    (ranking, "LEAST_WITH_NAME"),
    (ranking, "LEAST_NAMED"),
    (ranking, "LEAST_OF_NAME"),
    (ranking, "ENOUGH_OF_NAME"),
    (ranking, "WIDEST_GAP"),
    (ranking, "SHORTEST_PHRASE"),
    (ranking, "NEAR"),
    (ranking, "SAME_ANSWER"),
    (misspelt, "LEAST_MISSPELT"),
    (misspelt, "SOUND_CREDIT"),
    (misspelt, "MISSPELT_CREDIT"),
    (pinyin, "PREFIX_INITIALS"),
    (pinyin, "LEAST_SPELT"),
    (pinyin, "LEAST_IN_LONG_WORDS"),
)

Content = dict[str, Any]


class Entry(NamedTuple):
    """An entry of the vocabulary: its table, its place there, and its words."""

    table: str
    place: int
    words: tuple[str, ...]


class Change(NamedTuple):
    """What becomes of the queries without something: those answered worse, and those answered better."""

    worse: tuple[str, ...]
    better: tuple[str, ...]


def stated() -> Content:
    """The content of `vocabulary.toml`."""
    return tomli.loads(WRITTEN.read_text(encoding="utf-8"))


def entries(content: Mapping[str, Any], tables: Iterable[str] = TABLES) -> Iterator[Entry]:
    """Every entry of the *tables* of the vocabulary *content*."""
    for table in tables:
        for place, entry in enumerate(content[table]["words"]):
            yield Entry(table, place, tuple(entry.get("words", (entry.get("word"),))))


def without(content: Content, entry: Entry) -> Content:
    """*content* without *entry*."""
    table = content[entry.table]
    kept = [each for place, each in enumerate(table["words"]) if place != entry.place]
    return {**content, entry.table: {**table, "words": kept}}


@contextmanager
def vocabulary_of(content: Content) -> Iterator[None]:
    """Let questions be understood with the vocabulary *content*."""
    known = vocabulary.compiled(content)
    misspelt._words_like.cache_clear()
    with patch.object(vocabulary, "load", lambda: known):
        yield
    misspelt._words_like.cache_clear()


class Asker:
    """Asks labelled queries of the bundled base, and remembers whether each is answered rightly."""

    def __init__(self, base: FactBase, asked: Iterable[Query]) -> None:
        self._search = shkc(base)
        self._texts = {query: " ".join(words.words(scripts.simplified(query.query))) for query in asked}
        self._right = {query: self.is_right(query) for query in self._texts}

    def is_right(self, query: Query) -> bool:
        """Whether the first answer to *query* is right; that there is none, where none is right."""
        found = self._search(query.query, query.command)
        return bool(found and found[0] in query.answers) if query.answers else not found

    def change_of(self, query: str) -> Change:
        """What becomes of the labelled queries that read *query*."""
        return self._change([each for each in self._texts if each.query == query])

    def change(self, affected: Iterable[str] | None = None) -> Change:
        """What becomes of the queries that have one of the words *affected*, of all when None."""
        asked = [
            query for query, text in self._texts.items() if affected is None or any(word in text for word in affected)
        ]
        return self._change(asked)

    def _change(self, asked: Iterable[Query]) -> Change:
        now = {query: self.is_right(query) for query in asked}
        worse = tuple(query.query for query, right in now.items() if self._right[query] and not right)
        better = tuple(query.query for query, right in now.items() if right and not self._right[query])
        return Change(worse, better)

    def accept(self, affected: Iterable[str]) -> None:
        """Take what becomes of the queries with the words *affected* for what they are compared with from now on."""
        for query, text in self._texts.items():
            if any(word in text for word in affected):
                self._right[query] = self.is_right(query)


def is_read_otherwise(content: Content, entry: Entry) -> bool:
    """Whether the witness of *entry*, of a table of `TYPED`, is read otherwise without it; a name has its words."""
    witness = content[entry.table]["words"][entry.place]["witness"]
    corpus = Corpus(1, dict.fromkeys(question.grams(witness), 1), frozenset(), ())
    readings = []
    for each in (content, without(content, entry)):
        with vocabulary_of(each):
            readings.append(question.understand(witness, corpus))
    return readings[0] != readings[1]


def prune(content: Content, asker: Asker) -> Content:
    """*content* without the entries that no query needs, and with a witness for each that is left."""
    for entry in reversed(list(entries(content))):
        less = without(content, entry)
        with vocabulary_of(less):
            change = asker.change(entry.words)
            if len(change.worse) <= len(change.better):
                asker.accept(entry.words)
                content = less
                print("deleted", entry.table, *entry.words)
    for entry in entries(content):
        with vocabulary_of(without(content, entry)):
            change = asker.change(entry.words)
        content[entry.table]["words"][entry.place]["witness"] = min(change.worse, key=len, default="")
    return content


def written(content: Content, text: str) -> str:
    """The TOML *text* of a vocabulary with the entries of *content* in place of its own."""
    for table in TABLES:
        lines = "".join(f"  {_inline(entry)},\n" for entry in content[table]["words"])
        text = re.sub(
            rf"(\[{table}\]\n(?:(?!\nwords = \[).)*?\nwords = \[\n).*?(\n?\]\n)",
            rf"\g<1>{lines}]\n",
            text,
            flags=re.DOTALL,
        )
    return text


def _inline(entry: Mapping[str, Any]) -> str:
    pairs = (f"{key} = {_value(value)}" for key, value in entry.items())
    return "{ " + ", ".join(pairs) + " }"


def _value(value: str | bool | list[str]) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Print what each entry or constant is needed for, or prune the vocabulary."""
    text = WRITTEN.read_text(encoding="utf-8")
    content = stated()
    with TemporaryDirectory() as cache:
        base = FactBase([bundled_facts()], Path(cache))
        asker = Asker(base, queries([path.stem for path in sorted(FOLDER.glob("*.jsonl"))]))
        if "--write" in sys.argv:
            WRITTEN.write_text(written(prune(content, asker), text), encoding="utf-8")
        elif "--constants" in sys.argv:
            for module, name in CONSTANTS:
                for factor in (0.5, 2):
                    value = getattr(module, name)
                    with patch.object(module, name, type(value)(value * factor)):
                        change = asker.change()
                    print(f"{name:<24} × {factor}: {len(change.worse)} worse, {len(change.better)} better")
        else:
            for entry in entries(content):
                with vocabulary_of(without(content, entry)):
                    change = asker.change(entry.words)
                print(f"{entry.table} {' '.join(entry.words)}: {len(change.worse)} worse, {len(change.better)} better")
            for entry in entries(content, TYPED):
                told = "read otherwise" if is_read_otherwise(content, entry) else "no change"
                print(f"{entry.table} {' '.join(entry.words)}: {told}")


if __name__ == "__main__":
    main()
