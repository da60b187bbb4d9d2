"""The words around a quantity: what clause it stands in, what role that clause gives it, what is left as a name.

The lists are function words of the language of reports: verbs of growth, comparison and rank, and adverbials of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shkc.text import quantity, word_classes
from shkc.text.words import is_han

_YEARS = r"(?:19|20)\d\d年"
COUNT = r"[\d一二两三四五六七八九十]+"

OVER_YEARS = rf"(?:已?连续|时隔)(?:多|{COUNT})个?(?:年|季度|月)"
"""Since when something has been so, which is no part of what it is called: 连续多年居首位."""

TRAILING = re.compile(r"(?:、|-|−|或|和|以及|(?<![惠涉普])及|(?<!参)与|并|的|[、\s])+$")
"""What joins words to those behind, and stands at the end where these are cut off."""

TIME = re.compile(
    rf"^(?:截至|截止|至|到|自|从|在|继)?(?:{_YEARS}(?:[-—至到]{_YEARS})?(?:度|年?末|年?底|以来|期间|初|全年|上半年|\d+月(?:底|末|份)?)?"
    rf"|(?:19|20)\d\d[-—~至到](?:19|20)\d\d年"
    rf"|“?十[一二三四五]五”?(?:规划)?(?:以来|期间|期末|末|时期)?|(?:过去|近|最近)?{COUNT}年(?:来|间|以来|时间)?"
    r"|\d+(?:-|—|至|到)\d+月(?:份)?|\d+月(?:\d+日|底|末|份)?|上半年|下半年|前三季度|一季度|年末|年底|年初|年内|全年|当年|今年|本年"
    r"|上年末|目前|期末|届时|近年来|同期)(?:时|全年|,)?(?:,|，)?"
)
COMPARED = re.compile(
    rf"^(?:(?:与|比|较|同)?(?:上年度(?:同期|末|底)?|上一年度(?:同期)?|上年同期|上年末|上年底|去年同期|去年底|去年末|上年|去年|年初|前一年|上一年|同期|{_YEARS}(?:末|底|同期)?|“?十[一二三四五]五”?(?:期?末|初)?)"
    r"(?:同期)?(?:相比|比)?|同比|环比|同口径|按(?:可比|不变|现行)(?:价格?|口径)(?:计算)?|剔除[^,]{1,10}因素后?|可比口径|扣除价格因素|名义|实际(?!使用|利用|到位|完成|管理)|以?同口径计算)"
)
_ADVERB = re.compile(
    r"^(?:均|也|又|再|大幅|快速|小幅|明显|显著|持续|继续|进一步|分别|依次|各(?=达|为|有)|共计|共(?!青)|累计|已(?=达|有|成|累)|则|约|仅|将|仍|稳步|相应|合计|首次|有所|略有?|预计|力争|达到|达|实现|且|并(?![轨网]))"
)

GROWTH_VERB = re.compile(
    r"(?P<verb>负增长|净增长|增长|增加|提高|提升|上升|上涨|扩大|攀升|下降|减少|降低|回落|下滑|收窄|缩减|缩小|萎缩|下调|压减|压降|缩短|加快|放缓|趋缓|减缓|前进|前移|跃升|后退|后移"
    r"|(?<![新净倍递催])增(?!设)|升|(?<![投])降|减|翻)(?:了|幅)?(?:(?:均|分别|依次)(?:为|达到?|在)?|为)?$"
)
GROWTH_NOUN = re.compile(r"(?P<verb>增速|增幅|涨幅|降幅|增长率|增长幅度)(?:分别|依次)?(?:约|为|达到|达|是|保持在?)?$")
DECLINE = re.compile("负增长|回落|下滑|收窄|缩小|萎缩|下调|缩短|放缓|趋缓|后退|后移|降|减")
_MOVES = (
    "提高|提升|上升|上涨|扩大|增加|增长|攀升|增|升|下降|减少|降低|回落|下滑|收窄|缩减|缩小|压减|缩短|降|减|调整|变为|跃升"
    "|拓展"
)
MOVED_TO = rf"(?:{_MOVES})(?:到|至|为)(?:了)?"
"""A change that says where to, whatever the verb: 提高至, 增加到."""
REACHED = re.compile(rf"^(?:,|并|再)?(?:{MOVED_TO}(?:(?:19|20)\d\d年的?|目前的?|今年的?)?|折合|约合)$")
FROM = re.compile(
    r"(?:由|从)(?:平均|原来的?|上年的?|上半年的?|年初的?|(?:19|20)\d\d年的?|去年的?)?(?:,)?$|[比较](?:上年(?:同期)?|去年(?:同期)?|(?:19|20)\d\d年|“?十[一二三四五]五”?期?末)的$"
)
_NET_SINCE = re.compile("((?:比|较|同)[^,]{1,8})净(?=[增减])")
COMPARISON = re.compile(
    r"(?P<how>高于|低于|高出|超出|超过|快于|慢于|领先|领先于|落后于|落后|多于|少于|大于|优于|高过|超)(?P<than>[^,]{0,19}[^,达为至到的])$"
    r"|(?:比|较)(?P<to>[^,]{1,16}?)(?P<by>高出?|低|(?<!加)快|慢|多|少|领先)(?:了)?$"
)
COMPLETED = re.compile("完成(?P<of>[^,]{0,8}(?:预算|计划|任务|目标))的$")
MULTIPLE = re.compile(r"(?:是|为|相当于|达到?)(?P<of>[^,]{1,20}?)的$")
SHARE = re.compile(
    r"(?P<hedge>约|大约|接近|近)?(?P<verb>占比重?|占有率|占到|占|达到?(?=[^,]{1,10}总[面数产][积量]?的$)|相当于|比重|比例|份额|与(?P<ratio>[^,]{1,14}?)(?:之比|的比值|的比例|比例))"
    rf"(?P<of>[^,]*?)(?:的)?(?P<word>比重|比例|份额|比值)?(?:约|已|均|分别|依次|(?:{_MOVES})[到至]|达到|达|为|是|近|超过|保持在|稳定在|首次|再次|在)*$"
)
RANK_VERB = re.compile(
    r"(?:位居|居于|分居|分列|并列|居|位列|位于|名列|(?<!单)列(?!市)|排名|排在|排位|排|跃居|跃升至|跃升|上升至|上升到|升至|升到|跃至|稳居|处于|保持|蝉联|领跑|"
    r"占据|位次|名次|规模为|为|均)(?:在|于|到|至|为)?"
)
PLACE = re.compile(
    r"(?:全国|全省|全市|全球|世界|国内|国际|亚洲|亚太|[东中西]部|[一-鿿]{0,8}(?:城市|地区|单列市|行列))[^,]{0,12}$"
)
_ONLY_PLACE = re.compile(
    r"在?(?:全国|全省|全市|全球|世界|国内|国际|[东中西]部|[\u4e00-\u9fff]{0,8}(?:城市|地区|省份))[^,]{0,2}?(?:中|内)?"
)
_AMONG = re.compile("在(?P<of>[^,]{2,20}?)[中内]")
ANAPHOR = re.compile(
    r"^(?:后者)?(?:其|该|(?:获奖)?(?:总量|数量|总数)|规模|总规模|总额|金额|均|名次|位次|排名|增速)?(?:均|都|分别)?(?:持续|继续|连续|首次|稳步?|长期|再次|仍然?)*(?:保持)?$"
)
ESTIMATED = re.compile("初步统计|初步核算|预计|快报数?|初步测算|(?<!主要)(?<!要)预期(?!目标)")
CUMULATIVE = re.compile("累计|累积")
EACH = re.compile("分别|依次|各为|各达")
_JOINED = re.compile("^(?:、|和|及|以及|,)+")
_SEPARATOR = re.compile(r"^(?:\(\d+\)|、|-|−|和|及|以及|与|或|，|,)+")


class Role(NamedTuple):
    """What a clause makes of the quantity behind it.

    *kind*: growth, share, comparison, multiple, rank, start (由X), level. *subject* is what the clause names as the
    owner of the quantity, empty when that is the figure before. *words* are what to add to the owner's name.
    """

    kind: str
    subject: str
    words: str
    of: str = ""
    falling: bool = False


def stripped(text: str) -> str:
    """*text* without the adverbials of time, comparison and manner that it begins with."""
    before = None
    while before != text:
        before = text
        for pattern in (_SEPARATOR, TIME, COMPARED, _ADVERB):
            text = without_beginning(pattern, text)
    return text


_LONGEST_CUT = 2
"""Characters of function words that may be the beginning of a word: 约 of 约束, 服务 of 服务业."""


def without_beginning(pattern: re.Pattern[str], text: str) -> str:
    """*text* without what *pattern* matches at its beginning, unless that is the beginning of a word: 约 of 约束."""
    match = pattern.match(text)
    if match is None or (match.end() <= _LONGEST_CUT and is_word_inside(text, match.end())):
        return text
    return text[match.end() :]


def without_ending(pattern: re.Pattern[str], text: str) -> str:
    """*text* without what *pattern* matches at its end, unless that is the end of a word: 有 of 国有."""
    match = pattern.search(text)
    if match is None or (match.start() == len(text) - 1 and is_word_inside(text, match.start())):
        return text
    return text[: match.start()]


def is_word_inside(text: str, at: int) -> bool:
    """Whether *at* is inside a word of the Han *text*."""
    return at > 0 and is_han(text[at - 1 : at]) and is_han(text[at : at + 1]) and not word_classes.ends_word(text, at)


QUOTED = re.compile("“[^“”]*”|《[^《》]*》")
ASIDE = re.compile(rf"{QUOTED.pattern}|[(（][^()（）]*[)）]")
"""What is quoted, and what is quoted or in parentheses."""


def outside(
    pattern: re.Pattern[str], words: str, within: re.Pattern[str] = QUOTED, start: int = 0
) -> Iterator[re.Match[str]]:
    """The matches of *pattern* in *words* from *start* on that do not stand *within* quotation marks, or as it says."""
    quoted = [match.span() for match in within.finditer(words)]
    for match in pattern.finditer(words, start):
        if not any(first < match.start() < last for first, last in quoted):
            yield match


def role(clause: str, unit: str, *, rank: bool, same_unit: bool) -> Role:
    """The role of a quantity in *unit* behind *clause*; *same_unit*: it could be the growth of the figure before."""
    clause = _NET_SINCE.sub(r"\1", without_beginning(_JOINED, clause))
    if rank:
        return _rank(clause)
    part = quantity.is_part(unit)
    if FROM.search(clause):
        return Role("start", stripped(FROM.sub("", clause)), "")
    if REACHED.search(stripped(clause)):
        return Role("reached", "", "")
    return (
        _growth_role(clause, unit, part=part, same_unit=same_unit)
        or (_multiple(clause) if unit == "倍" else None)
        or _comparison(clause, is_point(unit))
        or (_completion(clause) or _share_role(clause) if part else None)
        or Role("level", stripped(clause), "")
    )


def _growth_role(clause: str, unit: str, *, part: bool, same_unit: bool) -> Role | None:
    relative = part or is_point(unit) or unit in ("倍", "番")
    if not (relative or same_unit):
        return _decrease(clause) if unit else None
    growth = GROWTH_VERB.search(clause) or (GROWTH_NOUN.search(clause) if part or unit == "倍" else None)
    found = _growth(clause, growth) if growth else None
    if found is not None and (relative or not found.subject):
        return found
    return Role("growth", stripped(clause), "翻番", clause) if unit == "番" else None


def _decrease(clause: str) -> Role | None:
    """A fall that is printed as an amount, without the level that has fallen: 企业减少近100家."""
    verb = GROWTH_VERB.search(clause)
    found = _growth(clause, verb) if verb and DECLINE.search(verb["verb"]) else None
    return found if found and found.kind == "growth" and found.subject and found.falling else None


def _multiple(clause: str) -> Role | None:
    match = MULTIPLE.search(clause)
    return Role("multiple", stripped(clause[: match.start()]), f"为{match['of']}的倍数") if match else None


def _comparison(clause: str, of_points: bool) -> Role | None:
    match = COMPARISON.search(clause)
    if match is None or (stripped_is_empty(match["than"] or match["to"]) and not (of_points and match["how"])):
        return None
    if match["how"] == "超" and (is_word_inside(clause, match.end("how")) or match["than"].endswith("等")):
        return None  # 超高纯粉体等20项
    lower = not match["how"] and match["by"] in "低慢少"
    how = f"{match['how']}{match['than']}" if match["how"] else f"{'低' if lower else '高'}于{match['to']}"
    return Role("comparison", stripped(clause[: match.start()]), how)


def _completion(clause: str) -> Role | None:
    match = COMPLETED.search(clause)
    return Role("comparison", stripped(clause[: match.start()]), f"完成{match['of']}比例") if match else None


def _share_role(clause: str) -> Role | None:
    match = SHARE.search(clause)
    return _share(clause, match) if match else None


def is_point(unit: str) -> bool:
    """Whether *unit* is one of differences between percentages: 个百分点, 个基点."""
    return unit.endswith(("百分点", "千分点", "基点"))


def stripped_is_empty(text: str) -> bool:
    """Whether *text* only says a time or a comparison with one: 上年, 2020年."""
    return not stripped(text) or not stripped("比" + text)


def _growth(clause: str, match: re.Match[str]) -> Role:
    verb = match["verb"]
    rest = clause[: match.start()]
    subject = stripped(rest)
    falling = bool(DECLINE.search(verb))
    each = re.search("(?:分别|依次)$", subject)
    average = re.search(r"(?:年均|平均|年平均|复合)$", subject[: each.start()] if each else subject)
    words = "增长" if verb in ("增", "增速", "增幅", "增长率", "负增长", "翻") else verb
    if verb == "翻":
        words = "翻番"
    if average:
        return Role("average", subject[: average.start()], f"{average[0]}{words}", "", falling)
    # Comparators may stand behind the subject: 研发投入强度比上年提高.
    if re.search("[降跌增涨]幅", subject):  # 降幅收窄2.1个百分点: what is smaller is the decline
        falling, words = False, verb
    inner = re.search(
        r"(?:比|较|与|同)(?:上年|去年|年初|上月|上季度|上半年|前[一二三]季度|\d+月份?|前一年|上一年|同期|(?:19|20)\d\d年|“?十[一二三四五]五)[^,]*$|同比$|环比$|分别$|依次$|均$|大幅$|"
        + COUNT
        + "年(?:来)?$",
        subject,
    )
    if inner:
        subject = subject[: inner.start()]
    return Role("growth", subject, words, clause[: match.start()], falling)


def _share(clause: str, match: re.Match[str]) -> Role:
    verb = match["verb"]
    of = match["ratio"] or match["of"].removesuffix("的")
    before = stripped(clause[: match.start()].rstrip("约近"))
    before = "" if before in ("所", "其", "其所", "各自") else before
    if verb in ("占比", "占比重", "比重", "比例", "份额", "占有率"):
        # 博士占比, 占有率: the word is part of the name
        if before:
            return Role("level", stripped(clause[: match.end("verb")]), "", of)
        return Role("share", "", verb, of)
    if match["ratio"]:
        return Role("share", before, f"与{of}之比", of)
    words = f"占{of}比重" if of else "占比"
    return Role("share", before, words, of)


def _rank(clause: str) -> Role:
    start = re.search("[由从](?P<of>[^,由从]{0,6})$", clause)
    if start:  # 由第19位跃升至第11位, 由全国第12位
        return Role("rank", stripped(clause[: start.start()]), "排名（变动前）", start["of"])
    verbs = list(RANK_VERB.finditer(clause))
    if verbs:
        # 保持全国, 均位居全国: the verbs follow one another, so the first of the last run begins the predicate.
        first = verbs[-1]
        for verb in reversed(verbs[:-1]):
            if verb.end() == first.start() or re.fullmatch(
                r"(?:持续|继续|连续[^,]{0,3}|稳步?|首次)*", clause[verb.end() : first.start()]
            ):
                first = verb
        before, of = clause[: first.start()], clause[verbs[-1].end() :]
    else:
        place = PLACE.search(clause)
        before, of = (clause[: place.start()], place[0]) if place else (clause, "")
    subject = stripped(re.sub(rf"(?:{OVER_YEARS}|连年)$", "", before))
    if _ONLY_PLACE.fullmatch(subject):  # 全国排名第5位, 在副省级城市中排名第三
        subject, of = "", of or re.sub("^在|中$|内$", "", subject)
    among = _AMONG.fullmatch(before)
    if among:  # 在各类技术领域中位居第2位
        subject, of = "", of or among["of"]
    if ANAPHOR.match(subject) and subject != "增速":
        subject = ""
    subject = re.sub(r"(?:持续|继续|连续|始终|一直|首次|稳步?|均|都)+$", "", subject)
    return Role("rank", subject, "排名", of.removesuffix("的"), "均" in clause)
