"""What a figure is about when its own words leave it out: the topic of the figures before it.

新能源开工16万千瓦、投产10万千瓦: 投产 is that of 新能源. 装机容量90万千瓦，其中水电40万千瓦: 水电 is 水电装机容量.
What can stand behind a topic is in `topics.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from shkc.draft.rules import rules
from shkc.draft.statement import Statement, base
from shkc.text import quantity, units

_LONGEST_KIND = 6
"""Characters of the name of a kind of thing, that what is measured of the kind before it goes on to."""
_OF_WHAT = re.compile("^对(?![外口])")
_ITEM = re.compile("^(?:、|,?其中:?|和|及|以及|;)")
_HELD = re.compile(r"^(?:大力|深入|扎实|持续|全面)*(?:开展|实施|举办|推进|组织|启动|推动|深化)")
_PLAIN = re.compile("..?[率价产长额]|[一-鿿]件量")
"""A measure with what it measures in one or two characters: 满意率, 成交价, 单产, 全长, 交易额."""
_GROWN = re.compile(
    "[^,]{2,12}?(?P<what>产量|产值|销量|出口|进口)(?:大幅|快速|稳步|持续|明显|较快|均)*(?:增长|提高|增加)$"
)
_BETWEEN = re.compile("[、和与]")
_SAYS_WHAT = re.compile("(?:[量率额值]|规模|空间)$|面积")
"""Names that say what is measured."""
KIND = 2
"""Characters at their ends that two things of one kind share: 第二产业 and 第三产业."""


@cache
def measured() -> re.Pattern[str]:
    """What is measured of a topic, at the end of a name."""
    words = {word for entry in rules("topics")["measured"] for word in entry["words"]}
    return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))})$")


def is_bare(name: str) -> bool:
    """Whether *name* only says what is measured or done, and not of what: it cannot be read alone."""
    return all(_bare().fullmatch(one) or _PLAIN.fullmatch(one) for one in _BETWEEN.split(name))


@cache
def _bare() -> re.Pattern[str]:
    table = rules("topics")
    kinds = sorted({*table["bare"]["kinds"], *(word for entry in table["measured"] for word in entry["words"])})
    return re.compile(f"(?:{'|'.join(table['bare']['openings'])})*(?:{'|'.join(kinds)}){{0,2}}(?:增长|占比|排名)?")


def quantity_of(name: str, unit: str) -> str:
    """What *name*, of a figure in *unit*, leaves out: the quantity of the things that it ends in; empty for none."""
    base_unit, dimension = units.base_unit(unit), units.dimension(unit)
    for entry in rules("topics")["quantity"]:
        of_any = entry.get("dimension") == dimension and name and not _SAYS_WHAT.search(name)
        if of_any or (entry.get("unit") == base_unit and name.endswith(tuple(entry["of"]))):
            return str(entry["noun"])
    return ""


def is_of_what(subject: str) -> bool:
    """Whether *subject* begins with what something is done to, and leaves out what does it: 对经济增长的贡献率."""
    return _OF_WHAT.match(subject) is not None


def carried(statement: Statement, own: str) -> str:
    """*own*, what the clause of *statement* names, with the topic of the figures before it where it leaves that out."""
    pattern = measured()
    held = _HELD.sub("", statement.before or "")
    if 2 <= len(own) <= _LONGEST_KIND and held.endswith(own) and len(held) > len(own):
        return held
    above = statement.above
    if above is None and statement.role.kind == "growth" and own and not pattern.search(own):
        return own + _grown(statement.opening)
    words = above.role.subject if above else ""
    ending = pattern.search(words)
    if above is None or ending is None or not own:
        return own
    if pattern.fullmatch(own) and statement.previous is not above and not _ITEM.match(statement.lead):
        return own  # 收入9亿元，投资下降3%，进出口下降5%: the topic has changed
    topic = re.sub("(?:累计|年)$", "", words[: ending.start()])
    topic = re.sub("^[新净]增", "", topic) if own.startswith("总") else topic
    if _OF_WHAT.match(statement.role.subject):
        return f"{topic}对{own}" if not own.startswith("对") else topic + own
    if pattern.fullmatch(own):
        return topic + own if len(topic) >= KIND else own
    return own + ending[0] if _is_of_the_kind(statement, above, topic, own) else own


def _grown(opening: str) -> str:
    """What a sentence begins with as grown, and then tells one by one: 产量 of 高新技术产品产量大幅增长."""
    clause = _GROWN.match(opening.split(",", maxsplit=1)[0]) if "," in opening else None
    return clause["what"] if clause else ""


def _is_of_the_kind(statement: Statement, above: Statement, topic: str, own: str) -> bool:
    """Whether *own* is something of which the same is measured as of *topic*."""
    if measured().search(own) or statement.role.kind != above.role.kind:
        return False
    if topic[-KIND:] == own[-KIND:]:
        return True
    unit = statement.quantity.unit
    countable = quantity.is_count(unit) or quantity.is_part(unit) or quantity.dimension(unit) == "money"
    same = base(unit) == base(above.quantity.unit) and not countable
    return same and len(own) <= _LONGEST_KIND and _ITEM.match(statement.lead) is not None
