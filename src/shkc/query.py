"""A question in, hits out: candidates from the index, then a ranking that can say why.

Three ways of finding, each tried only when the one before found nothing:

1. *exact*: the query is a name, an alias, an id or the pinyin of one;
2. *covered*: what the query says is said by the names of a fact, in any order, in Chinese, English or pinyin, or by
   its printed number;
3. *misspelt*: the same but for traditional characters, characters of the same sound, or a letter or two.

A fact is found when nothing that matters in the query is left unexplained: `docs/search.md`.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import get_close_matches
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING, NamedTuple

from shkc import terms
from shkc.errors import UsageError
from shkc.language import Text
from shkc.thesaurus import FREE, LONGEST, SYNONYMS

if TYPE_CHECKING:
    from shkc.model import SectionCount

MOST_CANDIDATES = 64
"""Distinct names that are looked at closely, best BM25 over shared grams first: far more than one query can mean."""

LEAST_COVERAGE = 0.72
"""The share of a query's weight that a fact must explain; the curve is in `docs/search.md`."""

NEAR = 0.3
"""The share from which a fact that is no answer is worth suggesting."""

SAME_ANSWER = 0.04
"""Facts that explain this much less than the best one still belong to the answer; the others are its neighbours."""

WORD_WEIGHT = 3.0
"""A Latin word or a number says about as much as three Han characters."""

LEAST_WEIGHT = 0.35
"""What a character weighs however common it is, so that no number of them goes unexplained."""

SYNONYM_CREDIT = 0.93
PREFIX_CREDIT = 0.9
SOUND_CREDIT = 0.85
MISSPELT_CREDIT = 0.85
CHARACTER_CREDIT = 0.5
"""What a synonym, a word's beginning, characters of the same sound, a misspelt word, and a single shared character
are worth, where the same word is worth 1."""

_NUMBER = re.compile(
    r"(?<![a-z\d.])(\d[\d,]*(?:\.\d+)?)\s*[余多几]?\s*"
    r"((?:万亿|[千百]?[万亿])?(?:[美欧日港]?元|[家个份项位人款场名倍件所条成](?![类期])|百分点)?|%)"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:年|\b)")


class Hit(NamedTuple):
    """A fact that answers a query: its JSON record, how well it matches (0 to 1), and why."""

    record: str
    score: float
    reason: Text


class Match(NamedTuple):
    """A naming that explains a query: how much of it, how much of it by one name, and how much of that name."""

    naming: int
    coverage: float
    by_name: float
    precision: float
    reason: Text
    facts: frozenset[int] | None = None
    """The rows of the only facts of that name that are meant; None for all."""

    @property
    def score(self) -> float:
        return round((3 * self.coverage + 2 * self.by_name + self.precision) / 6, 4)


class Naming(NamedTuple):
    """The searchable forms of a name: lines of words, lines of syllables, and words that name it not."""

    id: int
    names: list[str]
    pinyin: list[str]
    support: str

    @property
    def text(self) -> str:
        return "\n".join((*self.names, self.support))


class Term(NamedTuple):
    """A word of a query. *weights* has one for each Han character, or one for a Latin word or number; 0 is free."""

    text: str
    weights: tuple[float, ...]
    synonyms: dict[int, list[tuple[int, frozenset[str]]]]
    """Where a word begins that others may stand for: its length and the others."""

    @property
    def weight(self) -> float:
        return sum(self.weights)


class Question(NamedTuple):
    """A query in normal form."""

    text: str
    terms: tuple[Term, ...]
    letters: str
    numbers: tuple[tuple[str, str], ...]
    """Each number with the unit behind it, as typed."""
    year: int | None
    scopes: tuple[str, ...]
    """The territories it names, out of those that the reports are about."""

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)


class Explained(NamedTuple):
    """How much of a question's weight a text explains, with how many characters, and by which pieces."""

    weight: float
    characters: int
    pieces: tuple[str, ...]


def search(connection: sqlite3.Connection, query: str, kind: str | None = None) -> list[Hit]:
    """The facts of *kind* (of both kinds when None) that answer *query*, best first; none when no report says it."""
    question = ask(connection, query)
    matches = find(connection, question, kind)
    return list(_hits(connection, matches, question))


def find(connection: sqlite3.Connection, question: Question, kind: str | None) -> list[Match]:
    """The names that answer *question*, best first."""
    if not question.terms:
        return []
    return (
        _exact(connection, question, kind)
        or _answer(_covered(connection, question, kind), LEAST_COVERAGE)
        or _misspelt(connection, question, kind)
    )


def suggest(connection: sqlite3.Connection, query: str, kind: str | None, most: int = 3) -> list[Hit]:
    """What comes near a *query* that has no answer: at most *most* facts, best first."""
    question = ask(connection, query)
    near = [match for match in _covered(connection, question, kind) if match.coverage >= NEAR]
    return list(_hits(connection, near[:most], question))[:most]


# ── The question ────────────────────────────────────────────────────────────────────────────────────


def ask(connection: sqlite3.Connection, query: str) -> Question:
    """Put *query* into normal form and weigh its words by how rare they are in the index of *connection*."""
    words = terms.words(query)
    text = "".join(words)
    scopes = tuple(
        scope
        for row in connection.execute("SELECT scope, scope_en FROM territory")
        for scope in row
        if scope and scope in text
    )
    years = {row[0] for row in connection.execute("SELECT year FROM year")}
    folded = unicodedata.normalize("NFKC", query).casefold()
    numbers = tuple((match[1].replace(",", ""), match[2]) for match in _NUMBER.finditer(folded))
    named_years = [int(match[0].rstrip("年")) for match in _YEAR.finditer(folded)]
    year = next((year for year in named_years if year in years), None)
    free = _free_units(folded)
    frequency = _frequencies(connection, words)
    made = tuple(_term(word, frequency, scopes, year, free) for word in words)
    if not any(term.weight for term in made):
        made = tuple(term._replace(weights=tuple(LEAST_WEIGHT for _ in term.weights)) for term in made)
    letters = "".join(word for word in words if word.isascii() and word.isalpha())
    return Question(text, made, letters, numbers, year, scopes)


def _free_units(folded: str) -> frozenset[str]:
    """The units that stand behind a number: they belong to it and name nothing."""
    return frozenset(match[2] for match in _NUMBER.finditer(folded) if match[2])


def _frequencies(connection: sqlite3.Connection, words: Sequence[str]) -> Callable[[str], float]:
    """How a gram weighs: 1 for one that no name has, falling with the share of names that have it."""
    wanted = {c for word in words for c in (word if terms.is_han(word) else (terms.stem(word),))}
    marks = ",".join("?" * len(wanted))
    found = dict(connection.execute(f"SELECT gram, namings FROM gram WHERE gram IN ({marks})", tuple(wanted)))
    (total,) = connection.execute("SELECT value FROM meta WHERE key = 'namings'").fetchone()
    rarest = log(1 + total / 0.5)
    # Inverse document frequency as in BM25 (Robertson and Zaragoza, 2009), scaled to 1 for the unseen.
    return lambda gram: max(LEAST_WEIGHT, log(1 + total / (found.get(gram, 0) + 0.5)) / rarest)


def _term(
    word: str, frequency: Callable[[str], float], scopes: tuple[str, ...], year: int | None, units: frozenset[str]
) -> Term:
    if not terms.is_han(word):
        if word in FREE or word in scopes or word == str(year):
            return Term(terms.stem(word), (0.0,), {})
        stem = terms.stem(word)
        others = SYNONYMS.get(word, frozenset()) | SYNONYMS.get(stem, frozenset())
        synonyms = {0: [(1, frozenset(terms.stem(other) for other in others))]} if others else {}
        return Term(stem, (WORD_WEIGHT * frequency(stem),), synonyms)
    weights = [frequency(character) for character in word]
    synonyms = {}
    for start in range(len(word)):
        for length in range(min(LONGEST, len(word) - start), 0, -1):
            piece = word[start : start + length]
            if piece in FREE or piece in scopes or (start == 0 and piece in units):
                weights[start : start + length] = [0.0] * length
            if piece in SYNONYMS:
                synonyms.setdefault(start, []).append((length, SYNONYMS[piece]))
    return Term(word, tuple(weights), synonyms)


# ── Exact ───────────────────────────────────────────────────────────────────────────────────────────


def _exact(connection: sqlite3.Connection, question: Question, kind: str | None) -> list[Match]:
    rows = connection.execute(
        "SELECT naming, grade FROM exact JOIN naming ON naming.id = naming WHERE form = ? AND kind = ifnull(?, kind)"
        " ORDER BY grade, naming",
        (question.text, kind),
    )
    reasons = (
        Text("名称或 id 相同", "the same name or id"),
        Text("别名或正式名称相同", "the same alias or official name"),
        Text("拼音相同", "the same pinyin"),
    )
    return [Match(naming, 1.0, 1.0, 1.0 - grade / 10, reasons[grade]) for naming, grade in rows]


# ── Covered ─────────────────────────────────────────────────────────────────────────────────────────


def _covered(connection: sqlite3.Connection, question: Question, kind: str | None) -> list[Match]:
    """How well each candidate explains *question*, best first."""
    numbered = _facts_with(connection, question)
    matches = []
    for naming in _candidates(connection, question, kind, numbered):
        match = _match(question, naming, numbered.get(naming.id))
        if match is not None:
            matches.append(match)
    return sorted(matches, key=lambda match: (-match.score, match.naming))


def _answer(matches: list[Match], least: float) -> list[Match]:
    """Those of *matches* that explain enough, without the neighbours of the best."""
    found = [match for match in matches if match.coverage >= least]
    if not found:
        return []
    coverage = max(match.coverage for match in found)
    by_name = max(match.by_name for match in found if match.coverage >= coverage - SAME_ANSWER)
    return [
        match for match in found if match.coverage >= coverage - SAME_ANSWER and match.by_name >= by_name - SAME_ANSWER
    ]


def _candidates(
    connection: sqlite3.Connection, question: Question, kind: str | None, numbered: Iterable[int]
) -> Iterator[Naming]:
    wanted: set[str] = set()
    for term in question.terms:
        wanted.update(terms.grams(term.text))
        for options in term.synonyms.values():
            for _, others in options:
                for other in others:
                    wanted.update(terms.grams(other))
    wanted.update(terms.trigrams(question.letters))
    return _fetch_namings(connection, wanted, kind, numbered)


def _fetch_namings(
    connection: sqlite3.Connection, grams: Iterable[str], kind: str | None, also: Iterable[int] = ()
) -> Iterator[Naming]:
    phrase = " OR ".join(f'"{gram}"' for gram in grams)
    numbers = list(also)[:MOST_CANDIDATES]
    if phrase:
        found = connection.execute(
            "SELECT rowid FROM naming_grams WHERE naming_grams MATCH ? ORDER BY rank LIMIT ?",
            (phrase, 2 * MOST_CANDIDATES),
        )
        numbers += [row[0] for row in found]
    marks = ",".join("?" * len(numbers))
    rows = connection.execute(
        f"SELECT id, names, pinyin, support FROM naming WHERE id IN ({marks}) AND kind = ifnull(?, kind)",
        (*numbers, kind),
    )
    for number, names, pinyin, support in rows:
        yield Naming(number, names.split("\n"), pinyin.split("\n") if pinyin else [], support)


def _facts_with(connection: sqlite3.Connection, question: Question) -> dict[int, dict[str, frozenset[int]]]:
    """For each naming the numbers of *question* that facts of that name have, with those facts."""
    found: dict[int, dict[str, set[int]]] = {}
    for digits, unit in question.numbers:
        rows = connection.execute(
            "SELECT naming, fact, number.unit FROM number JOIN fact ON fact.id = fact WHERE digits = ?", (digits,)
        )
        for naming, fact, printed in rows:
            if _same_unit(unit, printed):
                found.setdefault(naming, {}).setdefault(digits, set()).add(fact)
    return {naming: {d: frozenset(facts) for d, facts in numbers.items()} for naming, numbers in found.items()}


def _same_unit(typed: str, printed: str) -> bool:
    return not typed or printed.startswith(typed) or (typed == "个" and printed[:1] not in "万亿%")


def _match(question: Question, naming: Naming, numbered: dict[str, frozenset[int]] | None) -> Match | None:
    numbers = numbered or {}
    total = question.weight
    explained = explain(question, naming.text, naming.pinyin, numbers)
    coverage = explained.weight / total
    if coverage < NEAR:
        return None
    by_name, precision = 0.0, 0.0
    lines = naming.pinyin if _pinyin(question, naming.pinyin) else ()
    for name in naming.names:
        alone = explain(question, name, lines, numbers)
        share = alone.weight / total
        whole = min(1.0, alone.characters / max(1, len(name.replace(" ", ""))))
        by_name, precision = max((by_name, precision), (share, whole))
    facts = frozenset.intersection(*numbers.values()) if numbers else None
    listed = "、".join(dict.fromkeys(explained.pieces))
    reason = Text(f"解释了查询的 {coverage:.0%}：{listed}", f"explains {coverage:.0%} of the query: {listed}")
    return Match(naming.id, coverage, by_name, precision, reason, facts)


def explain(question: Question, text: str, pinyin: Sequence[str], numbers: Iterable[str] = ()) -> Explained:
    """How much of *question* is explained by *text* (lines of words), lines of *pinyin*, and printed *numbers*."""
    padded = f" {text} ".replace("\n", " \n ")
    weight, characters = 0.0, 0
    pieces: tuple[str, ...] = ()
    known = set(numbers)
    sounds = _pinyin(question, pinyin)
    for term in question.terms:
        if terms.is_han(term.text):
            part = _explain_han(term, padded)
        elif term.text in known:
            part = Explained(term.weight, len(term.text), (term.text,))
        elif sounds and term.text.isalpha():
            part = Explained(sum(term.weights), 1, (sounds,))
        else:
            part = _explain_word(term, padded)
        weight += part.weight
        characters += part.characters
        pieces += part.pieces
    return Explained(weight, characters, pieces)


def _explain_han(term: Term, text: str) -> Explained:
    """Cover *term* from the left with the longest pieces that stand in *text*, or have a synonym there."""
    word, weights = term.text, term.weights
    weight, characters, start = 0.0, 0, 0
    pieces: list[str] = []
    while start < len(word):
        end = start
        while end < len(word) and word[start : end + 1] in text:
            end += 1
        length, credit = end - start, 1.0
        if length == 1 and len(word) > 1:
            credit = CHARACTER_CREDIT
        for other_length, others in term.synonyms.get(start, ()):
            if (other_length > length or (other_length == length == 1)) and any(other in text for other in others):
                length, credit = other_length, SYNONYM_CREDIT
        if length:
            weight += credit * sum(weights[start : start + length])
            if credit > CHARACTER_CREDIT:
                characters += length
                pieces.append(word[start : start + length])
        start += length or 1
    return Explained(weight, characters, tuple(pieces))


def _explain_word(term: Term, text: str) -> Explained:
    if f" {term.text} " in text:
        return Explained(term.weight, len(term.text), (term.text,))
    for _, others in term.synonyms.get(0, ()):
        for other in others:
            if f" {other} " in text:
                return Explained(SYNONYM_CREDIT * term.weight, len(other), (term.text,))
    if len(term.text) >= 4 and term.text.isalpha() and f" {term.text}" in text:
        return Explained(PREFIX_CREDIT * term.weight, len(term.text), (term.text,))
    return Explained(0.0, 0, ())


def _pinyin(question: Question, lines: Sequence[str]) -> str:
    """The part of the pinyin *lines* that the letters of *question* spell, in full or by initials; empty if none."""
    letters = question.letters
    if len(letters) < 3:
        return ""
    for line in lines:
        syllables = line.split()
        joined = "".join(syllables)
        starts = list(accumulate((len(s) for s in syllables), initial=0))
        at = joined.find(letters)
        while at >= 0:
            if at in starts and _ends_well(at, at + len(letters), starts):
                return line
            at = joined.find(letters, at + 1)
        first = terms.initials(syllables)
        if len(letters) >= 4 and (first.startswith(letters) or (len(letters) >= 5 and letters in first)):
            return line
    return ""


def _ends_well(start: int, end: int, starts: Sequence[int]) -> bool:
    """Whether letters from *start* to *end* are two syllables at least, the last perhaps begun only."""
    inside = [at for at in starts if start < at <= end]
    return len(inside) >= 2 or (len(inside) == 1 and end > inside[0])


# ── Misspelt ────────────────────────────────────────────────────────────────────────────────────────


def _misspelt(connection: sqlite3.Connection, question: Question, kind: str | None) -> list[Match]:
    simplified = terms.simplified(question.text)
    if simplified != question.text:
        return find(connection, ask(connection, simplified), kind)
    return []


# ── Facts ───────────────────────────────────────────────────────────────────────────────────────────


def _hits(connection: sqlite3.Connection, matches: Iterable[Match], question: Question) -> Iterator[Hit]:
    """The facts named by *matches*, of the territories and the year that *question* names, newest first."""
    scopes = ",".join("?" * len(question.scopes))
    where = f"AND (report.scope IN ({scopes}) OR report.scope_en IN ({scopes}))" if question.scopes else ""
    for match in matches:
        rows = connection.execute(
            "SELECT fact.id, record FROM fact JOIN report ON report.id = fact.report"
            f" WHERE naming = ? AND fact.year = ifnull(?, fact.year) {where} ORDER BY fact.year DESC, fact.id",
            (match.naming, question.year, *question.scopes, *question.scopes),
        )
        for row, record in rows:
            if match.facts is None or row in match.facts:
                yield Hit(record, match.score, match.reason)


# ── Browsing ────────────────────────────────────────────────────────────────────────────────────────


class Selection(NamedTuple):
    """What `list` shows: facts of a section, a kind, a unit, with normalised values within limits."""

    section: str | None = None
    kind: str | None = None
    unit: str | None = None
    least: float | None = None
    most: float | None = None
    sort: str = "report"
    limit: int | None = None


_ORDER = {
    "report": "fact.report, fact.paragraph, fact.id",
    "name": "naming.pinyin, fact.id",
    "value": "fact.value DESC, fact.id",
}


def browse(connection: sqlite3.Connection, selection: Selection) -> list[str]:
    """The records that *selection* picks. Raises `UsageError` for a section that no report has."""
    wanted: list[str] = []
    values: list[object] = []
    for condition, value in (
        ("fact.kind = ?", selection.kind),
        ("(fact.unit = ? OR fact.base = ?)", selection.unit),
        ("fact.value >= ?", selection.least),
        ("fact.value <= ?", selection.most),
    ):
        if value is not None:
            wanted.append(condition)
            values += [value] * condition.count("?")
    if selection.section is not None:
        sections = _sections_within(connection, selection.section)
        wanted.append(f"fact.section IN ({','.join(map(str, sections))})")
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    limit = -1 if selection.limit is None else selection.limit
    rows = connection.execute(
        f"SELECT record FROM fact JOIN naming ON naming.id = naming {where} ORDER BY {_ORDER[selection.sort]} LIMIT ?",
        (*values, limit),
    )
    return [row[0] for row in rows]


def sections(connection: sqlite3.Connection) -> list[SectionCount]:
    """Every section in the order of the reports."""
    from shkc.model import SectionCount  # loads msgspec, which a lookup does without

    rows = connection.execute(
        """
        WITH RECURSIVE within (top, id) AS (
            SELECT id, id FROM section UNION ALL SELECT top, section.id FROM within JOIN section ON parent = within.id),
        above (id, depth) AS (
            SELECT id, 0 FROM section WHERE parent IS NULL
            UNION ALL SELECT section.id, depth + 1 FROM above JOIN section ON parent = above.id)
        SELECT section.key, number, section.title, short, short_en, depth, report.title,
               count(*) FILTER (WHERE fact.kind = 'metric'), count(*) FILTER (WHERE fact.kind = 'milestone')
        FROM section JOIN report ON report.id = section.report JOIN above ON above.id = section.id
        JOIN within ON top = section.id LEFT JOIN fact ON fact.section = within.id
        GROUP BY section.id ORDER BY section.id
        """
    )
    return [SectionCount(*row) for row in rows]


def _sections_within(connection: sqlite3.Connection, name: str) -> list[int]:
    """The rows of the sections that *name* means, by id, number, title or part of it, and all below them."""
    wanted = terms.compact(name)
    rows = connection.execute(
        "SELECT id, parent, key, number, title, short, short_en FROM section ORDER BY id"
    ).fetchall()
    exact = {row[0] for row in rows if name.strip() in (row[2], row[3]) or wanted == _numeral(row[3])}
    chosen = exact or {row[0] for row in rows if wanted and any(wanted in terms.compact(text) for text in row[4:])}
    if not chosen:
        known = "、".join(dict.fromkeys(row[5] for row in rows))
        raise UsageError(Text(f"没有栏目“{name}”；有：{known}", f"no section “{name}”; see: shkc sections"))
    for number, parent, *_ in rows:
        if parent in chosen:
            chosen.add(number)
    return sorted(chosen)


def _numeral(number: str) -> str:
    """The Chinese numeral that a part is headed with: 3 is 三."""
    return "零一二三四五六七八九十"[int(number)] if number.isdecimal() and 0 < int(number) <= 10 else ""


def records_named(connection: sqlite3.Connection, name: str) -> list[tuple[int, str, str]]:
    """The report, record and details of each fact whose id, or else whose exact name, is *name*; newest first."""
    select = "SELECT report, record, details FROM fact WHERE {} ORDER BY year DESC, id"
    return (
        connection.execute(select.format("key = ?"), (name,)).fetchall()
        or connection.execute(
            select.format("naming IN (SELECT naming FROM exact WHERE form = ? AND grade = 0)"), (terms.compact(name),)
        ).fetchall()
    )


def records_of(connection: sqlite3.Connection, report: int, ids: Iterable[str]) -> list[str]:
    """The records of the facts *ids* of one report."""
    wanted = tuple(ids)
    marks = ",".join("?" * len(wanted))
    rows = connection.execute(f"SELECT record FROM fact WHERE report = ? AND key IN ({marks})", (report, *wanted))
    return [row[0] for row in rows]


def nearest_ids(connection: sqlite3.Connection, name: str, most: int = 3) -> list[str]:
    """The fact ids that are spelt most like *name*."""
    return get_close_matches(name, [row[0] for row in connection.execute("SELECT DISTINCT key FROM fact")], most)


def ids_beginning(connection: sqlite3.Connection, start: str) -> list[tuple[str, str]]:
    """The fact ids that begin with *start*, with a Chinese name of each."""
    rows = connection.execute(
        "SELECT key, names FROM fact JOIN naming ON naming.id = naming WHERE substr(key, 1, ?) = ? GROUP BY key",
        (len(start), start),
    )
    return [(key, names.partition("\n")[0]) for key, names in rows]
