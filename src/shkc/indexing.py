"""What goes into the index for each fact: its record, and the forms that its names are found by.

Imported only while an index is built: it loads pinyin data.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import NamedTuple

from shkc import quantity, terms
from shkc.errors import FactsError
from shkc.factbase import FactFileContent, Identities, Record
from shkc.model import Details, Fact, Metric, Milestone
from shkc.records import encode

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
    key: str
    name: str
    name_en: str
    aliases: tuple[str, ...]
    official_names: tuple[str, ...]
    support: str


class Writer:
    """Writes the content of fact files into an empty index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._namings: dict[Naming, int] = {}
        self._reports: dict[str, int] = {}
        self._identities = Identities()
        self._grams: Counter[str] = Counter()
        self._fact_count = 0
        self._section_count = 0

    def add(self, content: FactFileContent) -> None:
        """Add one fact file. Raises `FactsError` when it repeats a fact of another."""
        problems = self._identities.repeated_by(content)
        if problems:
            raise FactsError(problems)
        report = self._report(content)
        sections = self._add_sections(content, report)
        for record in content.records:
            self._add_record(record, report, sections[record.fact.section.id])

    def finish(self) -> None:
        """Write what is known only when all files are in: how common each gram is."""
        self._connection.executemany("INSERT INTO gram VALUES (?, ?)", self._grams.items())
        self._connection.execute("INSERT INTO meta VALUES ('namings', ?)", (len(self._namings),))
        self._connection.execute("INSERT INTO territory SELECT DISTINCT scope, scope_en FROM report")
        self._connection.execute("INSERT INTO year SELECT DISTINCT year FROM fact")

    def _report(self, content: FactFileContent) -> int:
        report = content.report
        if report.id not in self._reports:
            number = self._reports[report.id] = len(self._reports) + 1
            self._connection.execute(
                "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    number,
                    report.id,
                    report.title,
                    report.title_en,
                    report.year,
                    terms.compact(report.scope),
                    terms.compact(report.scope_en),
                ),
            )
        return self._reports[report.id]

    def _add_sections(self, content: FactFileContent, report: int) -> dict[str, int]:
        numbers: dict[str, int] = {}
        for section in content.sections:
            self._section_count += 1
            numbers[section.id] = self._section_count
            parent = numbers[section.parent] if section.parent else None
            self._connection.execute(
                "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._section_count, report, parent, section.id, section.number, section.title, section.short,
                 section.short_en),
            )  # fmt: skip
        return numbers

    def _add_record(self, record: Record, report: int, section: int) -> None:
        fact, details = record
        self._fact_count += 1
        naming = self._naming(fact, details)
        metric = fact if isinstance(fact, Metric) else None
        self._connection.execute(
            "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._fact_count, naming, report, section, fact.kind, fact.id, fact.source.paragraph, _year(fact),
                metric.unit if metric else None,
                metric.normalized.unit if metric else None,
                float(metric.normalized.value) if metric else None,
                encode(fact), encode(details),
            ),
        )  # fmt: skip
        if metric:
            self._connection.executemany(
                "INSERT OR IGNORE INTO number VALUES (?, ?, ?)",
                ((digits, self._fact_count, unit) for digits, unit in printed_numbers(metric)),
            )

    def _naming(self, fact: Fact, details: Details) -> int:
        naming = Naming(
            fact.kind, fact.id, fact.name, fact.name_en, details.aliases,
            fact.official_names if isinstance(fact, Milestone) else (), _support(fact),
        )  # fmt: skip
        number = self._namings.get(naming)
        if number is None:
            number = self._namings[naming] = len(self._namings) + 1
            self._add_naming(number, naming)
        return number

    def _add_naming(self, number: int, naming: Naming) -> None:
        chinese = [terms.normal(terms.simplified(t)) for t in (naming.name, *naming.aliases, *naming.official_names)]
        pinyin = [terms.syllables(name) for name in dict.fromkeys(chinese) if not name.isascii()]
        names = dict.fromkeys(
            _stemmed(text) for text in (*chinese, terms.normal(naming.name_en), terms.normal(naming.key))
        )
        support = _stemmed(terms.normal(naming.support))
        self._connection.execute(
            "INSERT INTO naming VALUES (?, ?, ?, ?, ?)",
            (number, naming.kind, "\n".join(names), "\n".join(" ".join(syllables) for syllables in pinyin), support),
        )
        for form, grade in _exact_forms(naming, chinese, pinyin):
            self._connection.execute("INSERT OR IGNORE INTO exact VALUES (?, ?, ?)", (form, number, grade))
        found = {gram for text in (*names, support) for w in text.split() for gram in terms.grams(w)}
        for syllables in pinyin:
            found.update(terms.trigrams("".join(syllables)))
            found.update(terms.trigrams(terms.initials(syllables)))
        self._connection.execute("INSERT INTO naming_grams (rowid, grams) VALUES (?, ?)", (number, " ".join(found)))
        self._grams.update(found)


def _exact_forms(naming: Naming, chinese: list[str], pinyin: list[list[str]]) -> list[tuple[str, int]]:
    """Every form that names the fact exactly, with its grade: 0 name or id, 1 alias or official name, 2 pinyin."""
    forms = [(terms.compact(text), 0) for text in (chinese[0], naming.name_en, naming.key)]
    forms += [(terms.compact(text), 1) for text in chinese[1:]]
    for syllables in pinyin:
        forms.append(("".join(syllables), 2))
        forms.append((terms.initials(syllables), 2))
    return [(form, grade) for form, grade in forms if len(form) > 1]


def _stemmed(text: str) -> str:
    return " ".join(terms.stem(word) for word in text.split())


def _support(fact: Fact) -> str:
    """Words that may stand in a question about *fact* though they name it not."""
    if isinstance(fact, Milestone):
        return " ".join((*fact.who, *fact.where, _CATEGORY_WORDS[fact.category]))
    words = [fact.scope]
    if fact.change:
        words.append("增长 增长率 增速 增幅 同比 比上年 growth rate increase")
    if fact.share:
        words += [fact.share.of, "占比 占 比例 比重 份额 share percentage"]
    if fact.rank:
        words += [fact.rank.of, "排名 位次 名次 第几 rank ranking"]
    if "cumulative" in fact.qualifiers:
        words.append("累计 总共 cumulative total")
    return " ".join(words)


def _year(fact: Fact) -> int:
    return int((fact.period if isinstance(fact, Metric) else fact.date)[:4])


def printed_numbers(metric: Metric) -> list[tuple[str, str]]:
    """The digits that a person may look for, with their units: the value as printed and in full, growth, share."""
    _, base = quantity.scale_and_base(metric.unit)
    values = [(metric.value, metric.unit), (metric.normalized.value, base)]
    values += [(part.value, part.unit) for part in (metric.change, metric.share) if part]
    return [(format(abs(value), "f"), unit) for value, unit in values]
