"""How doubtful the name of a drafted figure is, as a number that says how often such a name is poor.

Each sign below makes a name poor in so many cases of ten that bear it; independent signs add up as independent chances
do, 1 − (1 − a)(1 − b)…. The weights are estimates from 176 drafted names of eight reports that one reader judged, and
put the names in order; as shares they are too low (`python -m benchmarks.draft --reports FOLDER` prints how they hold).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import prod
from typing import NamedTuple

from shkc.draft import topics
from shkc.draft.statement import Statement, needs_owner
from shkc.text import quantity

_SHORT, _LONG = 4, 24
_UNIT_ONLY = ("万", "亿", "万亿")
_VERB = re.compile(
    "^(?:发放|带动|支持|惠及|完成|实现|提供|开展|办理|帮助|推动|拉动|服务|争取|抓好|涉及|投放|培训|运输|保障|解决|做强|打造|引进|守护|推动|启动)"
)
_BROKEN = re.compile(
    r"[，。；：]|^[^“]*”|“[^”]*$|^(?:的|和|及|与|等|了|其|该|并|用)|(?:的|和|及|与|等|由|从|从而|其中)$"
    r"|(?:扎实|圆满|全面|顺利|历史性)[\u4e00-\u9fff]{2}$"
)
_OTHER = 0.3
"""The weight of a reason that another step of the draft gives."""


class Reason(NamedTuple):
    """A sign that a name may be poor: its *weight*, and *words* for the reviewer, empty for none."""

    weight: float
    words: str


KNOWN = Reason(0.01, "")
UNKNOWN = Reason(0.03, "")
"""Whether the registry or an earlier report has the name, apart from all other signs."""
COUNTED = Reason(0.12, "")
"""Where the noun behind the number has the name, and its end is not marked: 12家企业入选…."""
OF_MONEY = Reason(0.40, "金额后的名词是否为其名称，请核对")
UNRANKED = Reason(0.30, "名次属于什么排名，请核对")
FROM_ABOVE = Reason(0.30, "名称取自上文，请核对")
BARE = Reason(0.60, "名称离开上文读不懂，请补全")
SHORT = Reason(0.45, "名称过短，请补全")
LONG = Reason(0.30, "名称较长，请精简")
VERB = Reason(0.25, "名称以动词开头，请核对")
BROKEN = Reason(0.60, "名称的起止有误，请核对")
ONLY_SCALE = Reason(0.30, "单位只有数量级")
FALL = Reason(0.05, "下降记作负数")
YEAR = Reason(0.02, "时期取自句中年份")


def _leans(statement: Statement) -> bool:
    """Whether the name of *statement* is made of that of another figure."""
    if statement.theme:
        return True
    return statement.owner is not None and (statement.role.kind == "reached" or needs_owner(statement.role.subject))


def reasons(statement: Statement, name: str, *, is_known: bool, noun_behind: bool) -> Iterator[Reason]:
    """The signs that the *name* of *statement* may be poor; *is_known* where the registry or another file has it.

    *noun_behind* is whether the noun behind the number belongs to it.
    """
    yield KNOWN if is_known else UNKNOWN
    if noun_behind:
        yield OF_MONEY if quantity.dimension(statement.quantity.unit) == "money" else COUNTED
    if statement.quantity.ordinal and not statement.role.of:
        yield UNRANKED
    if _leans(statement):
        yield FROM_ABOVE
    if topics.is_bare(name) and not (is_known or statement.verb):
        yield BARE
    elif len(name) < _SHORT and not is_known:
        yield SHORT
    elif len(name) >= _LONG:
        yield LONG
    if _VERB.match(name):
        yield VERB
    if _BROKEN.search(name):
        yield BROKEN
    if statement.role.kind in ("growth", "average") and statement.value < 0:
        yield FALL
    if statement.quantity.unit in _UNIT_ONLY:
        yield ONLY_SCALE
    if statement.period is not None and statement.period_is_stated and "target" not in statement.qualifiers:
        yield YEAR


def doubt(found: Sequence[Reason], *, others: int) -> float:
    """The doubt of a name with the reasons *found*, and so many *others* of other steps, from 0 to 1."""
    sure = prod(1 - reason.weight for reason in found) * (1 - _OTHER) ** others
    return round(1 - sure, 2)
