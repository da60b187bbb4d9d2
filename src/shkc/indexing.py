"""What goes into the index for each fact: its record, and the forms that its names are found by.

Imported only while an index is built: it loads pinyin data.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import NamedTuple

from shkc import quantity, terms
from shkc.errors import FactsError, Problem
from shkc.factbase import Record, load, repeated
from shkc.model import Fact, Metric, Milestone, Section
from shkc.paths import FactFile, Progress
from shkc.records import encode

WORTH_PROCESSES = 64
"""Files from which on other processes read faster than they start."""

BATCH = 16
"""Files that a process is handed at once."""

_CATEGORY_WORDS = {
    "policy": "政策 文件 办法 方案 条例 规划 policy document rules",
    "institution": "机构 单位 institution body",
    "facility": "设施 装置 园区 facility",
    "platform": "平台 platform",
    "programme": "计划 项目 专项 资金 programme program project fund",
    "product": "产品 product",
    "achievement": "成果 突破 achievement breakthrough",
    "event": "活动 会议 大会 event conference",
    "cooperation": "合作 cooperation",
    "reform": "改革 试点 机制 reform pilot",
    "honour": "荣誉 honour honor",
}


class Naming(NamedTuple):
    """How a fact is named: what makes two facts of different reports the same to a search."""

    kind: str
    measure: str
    key: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    official_names: tuple[str, ...]
    support: str


class PreparedFact(NamedTuple):
    """A fact ready to be written: its naming, its row of the table `fact`, and the numbers it is found by."""

    naming: Naming
    section: str
    row: tuple[object, ...]
    numbers: list[tuple[str, str]]


class PreparedFile(NamedTuple):
    """A fact file ready to be written, or what is wrong with it."""

    file: FactFile
    problems: tuple[Problem, ...]
    report: tuple[object, ...] = ()
    sections: tuple[Section, ...] = ()
    facts: tuple[PreparedFact, ...] = ()


def update(connection: sqlite3.Connection, files: Sequence[FactFile], progress: Progress | None) -> None:
    """Make the index of *connection* hold *files* as they are now; only what has changed is read.

    Raises `FactsError` with the problems of every file that is wrong; the index is then half written.
    """
    stored = {path: (number, stamp) for number, path, stamp in connection.execute("SELECT id, path, stamp FROM report")}
    current = {file.key for file in files if stored.get(file.key, (0, ""))[1] == file.stamp}
    writer = _Writer(connection, {path: number for path, (number, _) in stored.items()})
    for path in stored.keys() - current:
        writer.remove(path)
    changed = [file for file in files if file.key not in current]
    problems: list[Problem] = []
    for done, prepared in enumerate(_prepared(changed), 1):
        problems += prepared.problems or writer.add(prepared)
        if progress is not None:
            progress(done, len(changed))
    if problems:
        raise FactsError(problems)
    writer.finish()


def _prepared(files: Sequence[FactFile]) -> Iterator[PreparedFile]:
    """Each of *files* read and made ready, in order; on all cores where there are enough of them."""
    cores = os.cpu_count() or 1
    if len(files) < WORTH_PROCESSES or cores == 1:
        yield from map(prepare, files)
        return
    batches = (files[start : start + BATCH] for start in range(0, len(files), BATCH))
    with ProcessPoolExecutor(cores) as pool:
        # Only so many at once, so that what is ready does not pile up in memory.
        waiting = deque(pool.submit(_prepare_batch, batch) for batch in islice(batches, 2 * cores))
        while waiting:
            ready = waiting.popleft().result()
            waiting.extend(pool.submit(_prepare_batch, batch) for batch in islice(batches, 1))
            yield from ready


def _prepare_batch(files: Sequence[FactFile]) -> list[PreparedFile]:
    return [prepare(file) for file in files]


def prepare(file: FactFile) -> PreparedFile:
    """Read *file* and make its facts ready to be written."""
    try:
        content = load(file.path)
    except FactsError as error:
        return PreparedFile(file, error.problems)
    report = content.report
    row = (report.id, report.title, report.title_en, report.year, terms.compact(report.scope),
           terms.compact(report.scope_en))  # fmt: skip
    return PreparedFile(file, (), row, content.sections, tuple(map(_prepare_fact, content.records)))


def _prepare_fact(record: Record) -> PreparedFact:
    fact, details = record
    metric = fact if isinstance(fact, Metric) else None
    naming = Naming(
        fact.kind, _measure(fact), fact.id, fact.name, fact.name_en, details.aliases,
        fact.official_names if isinstance(fact, Milestone) else (), _support(fact),
    )  # fmt: skip
    row = (
        fact.kind, fact.id, fact.source.paragraph, _year(fact),
        metric.unit if metric else None,
        metric.normalized.unit if metric else None,
        float(metric.normalized.value) if metric else None,
        encode(fact), encode(details),
    )  # fmt: skip
    return PreparedFact(naming, fact.section.id, row, printed_numbers(metric) if metric else [])


class _Writer:
    """Writes prepared files into an index."""

    def __init__(self, connection: sqlite3.Connection, reports: dict[str, int]) -> None:
        self._connection = connection
        self._reports = reports
        self._next_report = max(reports.values(), default=0) + 1
        self._namings = dict(connection.execute("SELECT identity, id FROM naming"))
        (self._facts,) = connection.execute("SELECT ifnull(max(seq), 0) FROM sqlite_sequence").fetchone()
        (self._sections,) = connection.execute("SELECT ifnull(max(id), 0) FROM section").fetchone()
        self._grams: Counter[str] = Counter()

    def remove(self, path: str) -> None:
        """Remove the facts of the file at *path*.

        Its names and numbers stay: without facts they are found by nobody, and row numbers of facts never come back.
        """
        for table in ("fact", "section"):
            self._connection.execute(f"DELETE FROM {table} WHERE report = ?", (self._reports[path],))
        self._connection.execute("DELETE FROM report WHERE id = ?", (self._reports[path],))

    def add(self, prepared: PreparedFile) -> list[Problem]:
        """Add a file; its problems when it repeats facts of another."""
        file = prepared.file
        report = self._reports.setdefault(file.key, self._next_report)
        self._next_report = max(self._next_report, report + 1)
        problems = self._repeated(prepared)
        self._connection.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (report, file.key, file.stamp, *prepared.report)
        )
        sections = self._add_sections(prepared.sections, report)
        first = self._facts + 1
        self._facts += len(prepared.facts)
        numbered = list(enumerate(prepared.facts, first))
        self._connection.executemany(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((n, self._naming(fact.naming), report, sections[fact.section], *fact.row) for n, fact in numbered),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO number VALUES (?, ?, ?)",
            ((digits, n, unit) for n, fact in numbered for digits, unit in fact.numbers),
        )
        return problems

    def _repeated(self, prepared: PreparedFile) -> list[Problem]:
        others = self._connection.execute("SELECT id, path FROM report WHERE key = ?", prepared.report[:1]).fetchall()
        keys = {fact.naming.key for fact in prepared.facts} if others else set()
        return [
            repeated(load(prepared.file.path), key, path)
            for number, path in others
            for (key,) in self._connection.execute("SELECT key FROM fact WHERE report = ?", (number,))
            if key in keys
        ]

    def _add_sections(self, sections: Sequence[Section], report: int) -> dict[str, int]:
        numbers = {section.id: number for number, section in enumerate(sections, self._sections + 1)}
        self._sections += len(sections)
        self._connection.executemany(
            "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (numbers[s.id], report, numbers[s.parent] if s.parent else None, s.id, s.number, s.title, s.short,
                 s.short_en)
                for s in sections
            ),
        )  # fmt: skip
        return numbers

    def _naming(self, naming: Naming) -> int:
        identity = encode(naming)
        number = self._namings.get(identity)
        if number is None:
            number = self._namings[identity] = len(self._namings) + 1
            self._add_naming(number, identity, naming)
        return number

    def _add_naming(self, number: int, identity: str, naming: Naming) -> None:
        texts = (naming.name, *naming.aliases, *naming.official_names, naming.name_en)
        chinese = [terms.normal(terms.simplified(text)) for text in texts[:-1]]
        names = dict.fromkeys(_stemmed(terms.normal(terms.simplified(_numerator(t)))) for t in (*texts, naming.key))
        pinyin = [terms.syllables(name) for name in dict.fromkeys(chinese) if not name.isascii()]
        sounds = dict.fromkeys(" ".join(terms.syllables(name)) for name in names if not name.isascii())
        support = _stemmed(terms.normal(naming.support + " " + " ".join(map(_denominator, texts))))
        self._connection.execute(
            "INSERT INTO naming VALUES (?, ?, ?, ?, ?, ?, ?)",
            (number, identity, naming.kind, naming.measure, "\n".join(names), "\n".join(sounds), support),
        )
        for form, grade in _exact_forms(naming, chinese, pinyin):
            self._connection.execute("INSERT OR IGNORE INTO exact VALUES (?, ?, ?)", (form, number, grade))
        found = {gram for text in (*names, support) for w in text.split() for gram in terms.grams(w)}
        for syllables in pinyin:
            found.update(terms.trigrams("".join(syllables)))
            found.update(terms.trigrams(terms.initials(syllables)))
        self._connection.execute(
            "INSERT INTO naming_grams (rowid, kind, grams) VALUES (?, ?, ?)", (number, naming.kind, " ".join(found))
        )
        self._grams.update(found)

    def finish(self) -> None:
        """Write what is known only when all files are in: how common each gram is, which places and years there are."""
        self._connection.executemany(
            "INSERT INTO gram VALUES (?, ?) ON CONFLICT (gram) DO UPDATE SET namings = namings + excluded.namings",
            self._grams.items(),
        )
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('namings', ?)", (len(self._namings),))
        self._connection.executescript(
            """
            DELETE FROM territory;
            INSERT INTO territory SELECT DISTINCT scope, scope_en FROM report;
            INSERT OR IGNORE INTO year SELECT DISTINCT year FROM report;
            """
        )


def _exact_forms(naming: Naming, chinese: list[str], pinyin: list[list[str]]) -> list[tuple[str, int]]:
    """Every form that names the fact exactly, with its grade: 0 name or id, 1 alias or official name, 2 pinyin."""
    forms = [(terms.compact(text), 0) for text in (chinese[0], naming.name_en, naming.key)]
    forms += [(terms.compact(text), 1) for text in chinese[1:]]
    for syllables in pinyin:
        forms.append(("".join(syllables), 2))
        forms.append((terms.initials(syllables), 2))
    return [(form, grade) for form, grade in forms if len(form) > 1]


_RATIO = re.compile(
    r"(占)(.+?)(?=的?(?:比例|比重|份额|百分比))|(as an? (?:share|proportion|percentage) of )(.+)$", re.I
)


def _numerator(name: str) -> str:
    """*name* without what a ratio refers to: the R&D share of GDP is a figure about R&D, not about GDP."""
    return _RATIO.sub(lambda match: match[1] or match[3], name)


def _denominator(name: str) -> str:
    """What `_numerator` leaves out: it may stand in a question, but names nothing."""
    return " ".join(match[2] or match[4] for match in _RATIO.finditer(name))


def _stemmed(text: str) -> str:
    return " ".join(terms.stem(word) for word in text.split())


def _support(fact: Fact) -> str:
    """Words that may stand in a question about *fact* though they name it not."""
    if isinstance(fact, Milestone):
        return " ".join((*fact.who, *fact.where, _CATEGORY_WORDS[fact.category]))
    words = [_unit_words(fact.unit)] if _measure(fact) != "rank" else []  # a rank counts nothing
    if fact.change:
        words.append("增长 增长率 增速 增幅 同比 比上年 growth rate increase")
    if fact.share:
        words += [fact.share.of, "占比 占 比例 比重 份额 share percentage"]
    if fact.rank:
        words += [fact.rank.of, "排名 位次 名次 第几 rank ranking"]
    if "cumulative" in fact.qualifiers:
        words.append("累计 总共 cumulative total")
    return " ".join(words)


def _measure(fact: Fact) -> str:
    """What kind of quantity *fact* states: money, ratio, rank or count; other for what has no unit of these."""
    if isinstance(fact, Milestone):
        return "other"
    _, base = quantity.split_unit(fact.unit)
    if fact.rank and fact.unit == "位":
        return "rank"
    if base == "CNY" or base in ("USD", "EUR", "HKD", "JPY"):
        return "money"
    if base in ("%", "‰", "百分点", "个百分点"):
        return "ratio"
    return "count" if quantity.is_count(base) else "other"


def _unit_words(unit: str) -> str:
    """What a question calls a quantity of *unit*: how many, how much money, what share."""
    _, base = quantity.scale_and_base(unit)
    if quantity.split_unit(base)[1] == "CNY":
        return "金额 总额 额 规模 价值 多少钱 资金 元"
    if base == "%":
        return "比例 比重 占比 比率 百分比 率"
    people = "人数 总人数" if base in ("人", "位", "名", "人次") else ""
    return f"数量 数目 个数 规模 数 {base}数 {people}" if quantity.is_count(unit) else ""


def _year(fact: Fact) -> int:
    return int((fact.period if isinstance(fact, Metric) else fact.date)[:4])


def printed_numbers(metric: Metric) -> list[tuple[str, str]]:
    """The digits that a person may look for, with their units: the value as printed and in full, growth, share."""
    _, base = quantity.scale_and_base(metric.unit)
    values = [(metric.value, metric.unit), (metric.normalized.value, base)]
    values += [(part.value, part.unit) for part in (metric.change, metric.share) if part]
    return [(format(abs(value), "f"), unit) for value, unit in values]
