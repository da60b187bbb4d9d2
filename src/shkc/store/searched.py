"""What a fact is searched by: the forms of its names, the words of its context, the numbers that it prints."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from shkc.facts.load import Record
from shkc.facts.model import Details, Fact, Metric, Milestone
from shkc.facts.records import record_of
from shkc.text import names, quantity

REMEMBERED = 5000
"""Names whose forms are kept while files are read: the reports of a place have the same names every year."""


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


class PreparedNaming(NamedTuple):
    """A naming ready to be written: what it is told from others by, its row of the table, what it is found by."""

    identity: str
    row: tuple[str, ...]
    exact: tuple[tuple[str, int], ...]
    grams: str
    """Each once, with spaces between."""


def naming_of(record: Record) -> PreparedNaming:
    """The names of the fact *record*, ready to be written."""
    fact, details = record
    official = fact.official_names if isinstance(fact, Milestone) else ()
    others = (*details.aliases, *official)
    context = _context(fact, details)
    return _prepare_naming(fact.kind, _quantity_kind(fact), fact.id, fact.name, fact.name_en, others, context)


@lru_cache(REMEMBERED)
def _prepare_naming(
    kind: str, quantity_kind: str, key: str, name: str, name_en: str, others: tuple[str, ...], context: str
) -> PreparedNaming:
    identity = record_of((kind, quantity_kind, key, name, name_en, others, context)).decode()
    forms = names.forms(key, name, name_en, others, context)
    row = (kind, quantity_kind, "\n".join(forms.names), "\n".join(forms.pinyin), forms.context_terms)
    return PreparedNaming(identity, row, forms.exact, " ".join(forms.grams))


def _context(fact: Fact, details: Details) -> str:
    """Words that may stand in a question about *fact* but do not name it."""
    if isinstance(fact, Milestone):
        return " ".join((*details.who, *details.where, _CATEGORY_WORDS[fact.category]))
    words = [_unit_words(fact.unit)] if _quantity_kind(fact) != "rank" else []  # a rank counts nothing
    if fact.change:
        words.append("增长 增长率 增速 增幅 同比 比上年 growth rate increase")
    if fact.share:
        words += [fact.share.of, "占比 占 比例 比重 份额 share percentage"]
    if fact.rank:
        words += [fact.rank.of, "排名 位次 名次 第几 rank ranking"]
    if "cumulative" in fact.qualifiers:
        words.append("累计 总共 cumulative total")
    return " ".join(words)


def _quantity_kind(fact: Fact) -> str:
    """What kind of quantity *fact* states: money, ratio, rank, count, or other; an event for a milestone."""
    if isinstance(fact, Milestone):
        return names.EVENT
    _, base = quantity.split_unit(fact.unit)
    if fact.measure == "rank":
        return "rank"
    if base == "CNY" or base in ("USD", "EUR", "HKD", "JPY"):
        return "money"
    if base in ("%", "‰", "百分点", "个百分点"):
        return "ratio"
    return "count" if quantity.is_count(base) else "other"


@lru_cache(quantity.KNOWN_UNITS)
def _unit_words(unit: str) -> str:
    """What a question calls a quantity of *unit*: how many, how much money, what share."""
    _, base = quantity.scale_and_base(unit)
    if quantity.split_unit(base)[1] == "CNY":
        return "金额 总额 额 规模 价值 多少钱 资金 元"
    if base == "%":
        return "比例 比重 占比 比率 百分比 率"
    people = "人数 总人数" if base in ("人", "位", "名", "人次") else ""
    return f"数量 数目 个数 规模 数 {base}数 {people}" if quantity.is_count(unit) else ""


def printed_numbers(metric: Metric) -> list[tuple[str, str]]:
    """The digits that a person may look for, with their units: the value as printed and in full, growth, share."""
    _, base = quantity.scale_and_base(metric.unit)
    values = [(metric.value, metric.unit), (metric.normalized.value, base)]
    values += [(part.value, part.unit) for part in (metric.change, metric.share) if part]
    return [(format(abs(value), "f"), unit) for value, unit in values]
