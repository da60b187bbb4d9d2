"""Names that a list of subjects stands for: 发明专利、实用新型授权量 is two."""

from __future__ import annotations

import re

from shkc.draft.themes import beginning
from shkc.text.word_classes import segmented

_SHARED_ENDING = re.compile(
    r"(?:[一二两三四五六七八九十]大)?(?P<end>(?:产业|企业|行业|领域|集群)?(?:授权量|申请量|注册量|拥有量|增加值|总产值|产值|产量|销量"
    r"|销售额|零售额|营业收入|收入|企业数|企业|数量|数|金额|投资|占比|机构|平台|项目|管网|装机容量|装机|吞吐量|里程|面积|规模|标准|出口|进口|营收|利润|水质优良比例|(?:综合|安全|集中)?[\u4e00-\u9fff]{2}率))$"
)
_LEVEL = re.compile("(?:新增)?(?:国家级|省级|市级|规模以上|规上)")
_COUNTERPARTS = (
    ("城镇", "农村", "乡村", "城市"),
    ("进口", "出口"),
    ("存款", "贷款"),
    ("省内", "省外", "境内", "境外", "国内", "国际", "入境", "出境"),
)
"""Words that stand in one place: what stands behind the one holds for the other, too."""
_TWO_IN_ONE = {
    "城乡": ("城镇", "农村"),
    "存贷款": ("存款", "贷款"),
    "存、贷款": ("存款", "贷款"),
    "收支": ("收入", "支出"),
    "进出口": ("进口", "出口"),
}
_SECTORS = re.compile("第?(?P<ones>一、?二、?三|(?<![一、])二、?三)(?=次?产)")
"""Words that name two or three things at once, with 分别: 城乡居民收入, 一二三产业增加值."""
_HARM = re.compile("(?P<of>.*事故)(?:起数|数)")
"""A number of accidents, whose victims and damage are counted behind it: 事故起数、死亡人数."""
_LONGEST_LAST = 4
"""Characters of the last name of a list that shares the beginning of the first: 事故起数、死亡人数."""
_WHOLE_NAME = re.compile("(?:[量值额数入率资业比次费润收]|标准|水平|强度|价格|面积|里程|增速|增幅)$")


def split(subject: str, count: int) -> list[str] | None:
    """The *count* names that a list of subjects stands for, what they share given to each; None for another number.

    发明专利、实用新型授权量 is 发明专利授权量 and 实用新型授权量; 专利申请量和授权量 is 专利申请量 and 专利授权量.
    """
    subject = re.sub(r"(?:达到|达|为|分别|依次|各|(?<!年)均)+$", "", subject)
    verb = re.search(r"(?:新增|完成|实现|新建|净增|(?:每[月年人])?(?:提高|增加|上调|降低))$", subject)
    subject = subject[: verb.start()] if verb else subject
    pieces = [piece for piece in re.split("、|以及", subject) if piece]
    if len(pieces) != count:
        pieces = separated(subject)
    if len(sectors := _sectors(subject)) == count:
        pieces = sectors
    else:
        pieces = _completed(pieces) if len(pieces) == count else _in_one(subject, count)
    return [piece + (verb[0] if verb else "") for piece in pieces] or None


def ranked(subject: str) -> list[str] | None:
    """The two names of a *subject* that one rank is said of; None where it may be one name: 信息化和工业化融合."""
    pieces = _completed([piece for piece in re.split("、|以及", subject) if piece])
    return pieces if len(pieces) == 2 and all(_WHOLE_NAME.search(piece) for piece in pieces) else None


def separated(subject: str) -> list[str]:
    """The members of the list *subject*."""
    return [piece for piece in re.split(r"、|以及|和|与|及", subject) if piece]


def _sectors(subject: str) -> list[str]:
    """The sectors of the economy that *subject* names by their numbers alone: 第一产业 of 一、二、三产业."""
    sectors = _SECTORS.search(subject)
    if sectors is None:
        return []
    first = "第" if subject.startswith("产业", sectors.end()) else ""  # 一产 needs none
    return [subject.replace(sectors[0], first + one, 1) for one in sectors["ones"].replace("、", "")]


def _in_one(subject: str, count: int) -> list[str]:
    """The names of a *subject* that has *count* of them in one word; none for another number."""
    for word, ones in _TWO_IN_ONE.items():
        if word in subject and len(ones) == count:
            return [subject.replace(word, one, 1) for one in ones]
    return []


def _completed(pieces: list[str]) -> list[str]:
    """*pieces*, what they share given to each."""
    if len(pieces) < 2:
        return pieces
    verb = beginning(pieces[0])  # 改造老旧供热、燃气管网: both are renewed
    if verb and not any(beginning(piece) or _WHOLE_NAME.search(piece) for piece in pieces[1:]):
        pieces = [pieces[0], *(verb + piece for piece in pieces[1:])]
    level = _LEVEL.match(pieces[0])  # 国家级单项冠军、“小巨人”企业: both are national; 规模以上甲和乙增加值
    if level and level.end() < len(pieces[0]) and not any(_LEVEL.match(piece) for piece in pieces[1:]):
        pieces = [pieces[0], *(level[0] + piece for piece in pieces[1:])]
    if harm := _HARM.fullmatch(pieces[0]):
        return [pieces[0], *(piece if piece.startswith(harm["of"]) else harm["of"] + piece for piece in pieces[1:])]
    *firsts, last = pieces
    ending = _SHARED_ENDING.search(last)
    shared = _behind_counterpart(firsts, last) or _behind_kind(firsts, last) or _behind_like_word(firsts, last)
    if shared:
        pieces = [first + shared for first in firsts] + [last]
    elif ending and not any(_WHOLE_NAME.search(first) for first in firsts):
        pieces = [piece + ending["end"] for piece in (*firsts, last[: ending.start()])]
    elif len(last) <= _LONGEST_LAST and len(firsts[0]) >= len(last) + 2 and firsts[0][-1] == last[-1] not in "入率":
        pieces = [firsts[0], *(firsts[0][: -len(last)] + piece for piece in pieces[1:])]
    return pieces


def _behind_counterpart(firsts: list[str], last: str) -> str:
    """What stands in *last* behind the counterpart of the word that all *firsts* end in: 城镇和农村居民收入."""
    for words in _COUNTERPARTS:
        match = re.search("|".join(words), last)
        if match and all(first.endswith(words) for first in firsts):
            return last[match.end() :]
    return ""


def _behind_like_word(firsts: list[str], last: str) -> str:
    """What stands in *last* behind its first word, where all *firsts* are one word as long: 刑事、治安案件."""
    words = [[word for word, _ in segmented(piece)] for piece in (*firsts, last)]
    first = words[-1][0]
    alike = all(len(each) == 1 and len(each[0]) == len(first) > 1 for each in words[:-1])
    return last[len(first) :] if alike and not any(_WHOLE_NAME.search(each) for each in firsts) else ""


def _behind_kind(firsts: list[str], last: str) -> str:
    """What stands in *last* behind the character that all *firsts* end in: 一产、二产增加值."""
    kind = last.find(firsts[0][-1])
    alike = 0 < kind < len(last) - 1 and all(first[-1] == firsts[0][-1] for first in firsts)
    rest = last[kind + 1 :].removeprefix("”") if alike else ""
    return rest if alike and (len(rest) < 4 or _SHARED_ENDING.search(rest) or _WHOLE_NAME.search(rest)) else ""
