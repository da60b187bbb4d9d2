"""What goes into the index for each fact: its record, and the forms that its names are found by.

Imported only while an index is built: it loads pinyin data.
"""

from __future__ import annotations

import re
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
    measure: str
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
            fact.kind, _measure(fact), fact.id, fact.name, fact.name_en, details.aliases,
            fact.official_names if isinstance(fact, Milestone) else (), _support(fact),
        )  # fmt: skip
        number = self._namings.get(naming)
        if number is None:
            number = self._namings[naming] = len(self._namings) + 1
            self._add_naming(number, naming)
        return number

    def _add_naming(self, number: int, naming: Naming) -> None:
        texts = (naming.name, *naming.aliases, *naming.official_names, naming.name_en)
        chinese = [terms.normal(terms.simplified(text)) for text in texts[:-1]]
        names = dict.fromkeys(_stemmed(terms.normal(terms.simplified(_numerator(t)))) for t in (*texts, naming.key))
        pinyin = [terms.syllables(name) for name in dict.fromkeys(chinese) if not name.isascii()]
        sounds = dict.fromkeys(" ".join(terms.syllables(name)) for name in names if not name.isascii())
        support = _stemmed(terms.normal(naming.support + " " + " ".join(map(_denominator, texts))))
        self._connection.execute(
            "INSERT INTO naming VALUES (?, ?, ?, ?, ?, ?)",
            (number, naming.kind, naming.measure, "\n".join(names), "\n".join(sounds), support),
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
    words = [_unit_words(fact.unit)]
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
