"""Names that a list of subjects stands for: 发明专利、实用新型授权量 is two."""

from __future__ import annotations

import re

_SHARED_ENDING = re.compile(
    r"(?:[一二两三四五六七八九十]大)?(?P<end>(?:产业|企业|行业|领域|集群)?(?:授权量|申请量|登记量|注册量|拥有量|增加值|总产值|产值|产量|销量"
    r"|销售额|零售额|营业收入|收入|企业数|企业|数量|数|金额|投资|占比|机构|平台|项目|管网|管线|线路|机组|装机容量|装机|吞吐量|里程|面积))$"
)
_LEVEL = re.compile("(?:新增)?(?:国家级|省级|市级)")
_LONGEST_LAST = 4
"""Characters of the last name of a list that shares the beginning of the first: 事故起数、死亡人数."""
_WHOLE_NAME = re.compile("[量值额数入率资业比]$")


def split(subject: str, count: int) -> list[str] | None:
    """The *count* names that a list of subjects stands for, what they share given to each; None for another number.

    发明专利、实用新型授权量 is 发明专利授权量 and 实用新型授权量; 专利申请量和授权量 is 专利申请量 and 专利授权量.
    """
    subject = re.sub(r"(?:达到|达|为|分别|依次|各|(?<!年)均)+$", "", subject)
    verb = re.search(r"(?:新增|完成|实现|新建|净增)$", subject)
    subject = subject[: verb.start()] if verb else subject
    pieces = [piece for piece in re.split(r"、|以及|和|与|及", subject) if piece]
    if len(pieces) != count or count < 2:
        return None
    level = _LEVEL.match(pieces[0])  # 国家级单项冠军、“小巨人”企业: both are national
    if level and not any(_LEVEL.match(piece) for piece in pieces[1:]):
        pieces = [pieces[0], *(level[0] + piece for piece in pieces[1:])]
    *firsts, last = pieces
    ending = _SHARED_ENDING.search(last)
    kind = last.find(firsts[0][-1])
    if 0 < kind < len(last) - 1 and all(first[-1] == firsts[0][-1] for first in firsts):
        pieces = [first + last[kind + 1 :] for first in firsts] + [last]
    elif ending and not any(_WHOLE_NAME.search(first) for first in firsts):
        pieces = [piece + ending["end"] for piece in (*firsts, last[: ending.start()])]
    elif len(last) <= _LONGEST_LAST and len(firsts[0]) >= len(last) + 2 and firsts[0][-1] == last[-1] != "入":
        pieces = [firsts[0], *(firsts[0][: -len(last)] + piece for piece in pieces[1:])]
    return [piece + verb[0] for piece in pieces] if verb else pieces
