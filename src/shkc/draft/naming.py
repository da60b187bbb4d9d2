"""Names of drafted figures.

A name is put together from what the clause says before the number, the noun behind it, and, where the clause says only
总数 or 占比, the name of the figure that it speaks of.
"""

from __future__ import annotations

import re

from shkc.draft import examples, indicators, themes, topics, wording
from shkc.draft.counted import counted
from shkc.draft.statement import Statement, needs_owner
from shkc.text import quantity, units
from shkc.text.word_classes import segmented
from shkc.text.words import words as searchable

LONGEST_NAME = 40

_END = re.compile(
    rf"(?:{wording.MOVED_TO}(?:每[月年人])?|{wording.OVER_YEARS}|(?<![于比较从自至由])到?(?:19|20)\d\d年|(?:首次|历史性|连续)?(?:跨越|跨过|迈上|迈过|站上|跃上)|连跨|达到|达|共有|共计|拥有|有|为|是|突破|超过|超|逾|近"
    r"|稳定|保持在?|维持在|稳定在|控制在|压减至|分别|依次|各|合计|总计|高达|已|共|完成|实现|更是?|将|同比(?:实际|名义)?|环比|(?<![人户日月年])均|接近|首次|双双|平均|历史性|(?:增速|增幅)?(?:高于|快于|低于|好于)[^、]{2,8}、|预计|力争|以|至|(?<!第)[一二三四五六七八九十]+大(?:类|方面|领域))$"
)
_BEGINNING = re.compile(
    r"^(?:[^,、]{0,6}(?:年景|情况|条件|背景)下|全市|全省|(?:全国|在全国|全省)?率先(?:实现|完成|建成)?|(?:切实|着力|全力|扎实|持续|精心|认真)*(?:抓好|做好)|确保|拥有|共有|现有|已有|还|有(?![效机色限组意])|其中|实现|为|在(?![园孵建岗校册研营线])|使|让(?!利)|将|对(?![外口非]|[^,]{1,12}(?:贸易|投资|出口|进口))|以(?!工|旧)|[一二三四五六七八九十]+是)"
)
_CELLS = re.compile(r"\d[\d.]*(?: \d[\d.]*)* $")
"""Other numbers of a table's row, before the one that is named."""
_BEFORE_THE_CHANGE = "（变动前）"
PLACEHOLDER = "未命名指标"
_LONGEST_SUBJECT, _NEAR = 28, 8
"""Characters of a clause before a noun that is counted; of a longer one only the verb belongs to the name."""
_SPENT_ON = ("用于", "投入")
_YEAR_INSIDE = re.compile("(?<=[\u4e00-\u9fff])(?:19|20)\\d\\d年(?=[\u4e00-\u9fff]{2})")
"""A year that stands between whose a figure is and what it is: 园区2025年营业收入."""
_SHARE = re.compile("(?:占比|比重)$")
_RATES = ("增速", "增幅")
_NEWLY = re.compile(r"^(?:新增|净增|新认定|新获批|新建|新设|新培育|新登记)")
_SPOKEN_OF = re.compile(r"(?:率|比|占|重|度|幅|比例|份额|增长|增速|强度|指数|水平|均值|感|精简|压缩|降价|提升)$")


def name(statement: Statement) -> str:
    """The name of the figure *statement*, as complete as its sentence allows."""
    if statement.name is None:
        statement.name = _cleaned(examples.without(_with_theme(statement, _words(statement))))
    return statement.name


def _cleaned(words: str) -> str:
    words = _YEAR_INSIDE.sub("", words)
    words = wording.TRAILING.sub("", re.sub(r"^(?:\d+\.(?!\d)|[、,;:的)\s])+", "", words))
    if words.count("(") != words.count(")"):
        words = re.sub("[()]", "", words)
    words = words.replace("(", "（").replace(")", "）")
    words = words[:LONGEST_NAME]
    return words if searchable(words) else PLACEHOLDER


def _with_theme(statement: Statement, words: str) -> str:
    """*words*, with what they are about before them where they leave it out and the sentence has said it."""
    says_what = (
        statement.role.kind not in ("level", "growth", "average", "start", "share")
        or not statement.clause
        or statement.verb
    )
    if not says_what and not words.startswith("对") and topics.is_of_what(statement.role.subject):
        if "对" not in words:  # 服务业加快发展，对增长的贡献率提高9个百分点
            statement.theme = themes.theme(statement, "", _name_before(statement))
        return f"{statement.theme}对{words}" if statement.theme else words
    lacks = not says_what and themes.lacks_theme(words, statement.quantity.unit)
    if statement.role.kind in ("level", "reached", "start") and not counted(statement).thing:
        words = _with_quantity(words, statement.quantity.unit)
    if says_what or not (lacks or themes.lacks_theme(words, statement.quantity.unit)):
        return words
    statement.theme = themes.theme(statement, words, _name_before(statement))
    return _joined(statement.theme, words) if statement.theme else words


def _with_quantity(words: str, unit: str) -> str:
    """*words* with the quantity that *unit* measures of what they name, before what tells when."""
    plain = words.removesuffix(_BEFORE_THE_CHANGE)
    if themes.shared().match(plain) and indicators.called(plain, unit) is not None:  # 生产原煤 is its output
        return words
    return plain + topics.quantity_of(plain, unit) + words[len(plain) :]


def _name_before(statement: Statement) -> str:
    """The name of the figure before, without the place that it takes: 渗透率 of 渗透率全国排名."""
    previous = statement.previous
    if previous is None:
        return ""
    place = previous.role.of + previous.role.words if previous.role.kind == "rank" else ""
    return name(previous).removesuffix(place)


def _words(statement: Statement) -> str:
    role, own = statement.role, _own(statement)
    owner = statement.owner
    if owner is statement:
        owner = None
    kind = role.kind
    if (
        kind == "level"
        and owner is not None
        and owner.role.kind == "share"
        and not quantity.is_part(statement.quantity.unit)
        and not counted(statement).thing
    ):
        # 占全国的三成，达到7000亿元: the amount is that of which the share was stated.
        return _joined(_own(owner), own)
    if kind == "reached":
        return name(owner).removesuffix(_BEFORE_THE_CHANGE) if owner else own
    if kind == "rank":
        above = name(owner).removesuffix(_BEFORE_THE_CHANGE) if owner and owner is not statement else ""
        base = re.sub("(?:增长|增速)$", "", above) + own if own in _RATES and above else own or above
        is_bare = own not in _RATES and topics.is_bare(own)
        if owner and owner.role.kind != "rank" and statement.each is None and own and is_bare:
            base = _joined(above, own)
        return base.removesuffix("排名") + role.of + role.words
    leaning = owner is not None and (not own or needs_owner(own) or own.startswith((*_SPENT_ON, "占")))
    base = _joined(_of_what(owner, own), own) if leaning and owner is not None else own
    if kind in ("growth", "average"):
        return (
            _share_of(owner, own) + _growth_words(statement) if leaning and owner else base + _growth_words(statement)
        )
    if kind == "comparison":
        if leaning and owner is not None and owner.role.kind in ("growth", "average"):
            base = base.removesuffix("增速") + "增速"
        return base + role.words
    if kind in ("multiple", "share"):
        return base + role.words
    if kind == "start":
        return base + _BEFORE_THE_CHANGE
    return _level_words(statement, base, own)


def _level_words(statement: Statement, base: str, own: str) -> str:
    owner = statement.owner
    if owner is not None and base != own:
        total = wording.CUMULATIVE.search(statement.clause)
        if total or re.match("总", own):
            base = _NEWLY.sub("", base).removesuffix("新增")
        if total and "累计" not in base:
            base += "累计"
    elif wording.CUMULATIVE.search(statement.clause) and "累计" not in base:
        base = "累计" + base
    whole = statement.part_of
    included = re.match(r"包?含", own)
    if whole is not None and own and (len(own) <= 4 or included):
        base = f"{_base(whole)}中{own[included.end() :] if included else own}"
    return base + "占比" if quantity.is_part(statement.quantity.unit) and base and not _SPOKEN_OF.search(base) else base


def _base(owner: Statement | None) -> str:
    """The name of the figure that another one speaks of, without its own growth or cumulation."""
    if owner is None:
        return ""
    if owner.role.kind in ("growth", "average", "comparison", "multiple") and _own(owner):
        return _own(owner)
    if owner.owner is not None and owner.owner is not owner and owner.role.kind != "level":
        return _base(owner.owner)
    return name(owner)


def _of_what(owner: Statement, own: str) -> str:
    """The name of *owner* as that of which *own* is another measure: 装机 of 装机占比, where *own* is 规模."""
    base = _base(owner)
    return _SHARE.sub("", base) if topics.is_bare(own) else base


def _share_of(owner: Statement, own: str) -> str:
    """Whose growth it is when the clause does not say: of the share that was printed last, if there is one."""
    base = _base(owner)
    if owner.share is not None and (not own or own in ("比重", "占比", "比例")):
        of = owner.share.of
        return f"{base}占{of}比重" if of else f"{base}占比"
    return _joined(_of_what(owner, own), own)


def _growth_words(statement: Statement) -> str:
    role = statement.role
    unit = statement.quantity.unit
    if wording.is_point(unit) or not (quantity.is_part(unit) or unit in ("倍", "番")):
        return "变动" if role.falling else role.words
    if role.falling:
        return "年均增速" if role.kind == "average" else "增速"
    return role.words


def _own(statement: Statement) -> str:
    """What the clause itself says of the figure's name."""
    subject = bare_subject(_CELLS.sub("", statement.each or statement.role.subject))
    if subject.endswith("年均") and statement.role.kind == "level":
        subject = "年均" + subject.removesuffix("年均")
    subject, about = themes.own_clause(subject)
    subject = _of_the_counted(statement) + about + subject
    statement.verb = themes.shared_words(statement, subject, _name_before(statement)) if subject else ""
    subject = statement.verb + topics.carried(statement, subject)
    return _with_counted(statement, subject)


def _of_the_counted(statement: Statement) -> str:
    """What is done with the things that the figure before counts, where *statement* counts what they have.

    通达9个国家的200个港口: 通达 holds for both.
    """
    before = statement.previous
    if before is None or statement.clause != statement.lead or not statement.lead.endswith("的"):
        return ""
    return bare_subject(before.clause) if counted(before).thing == statement.lead.removesuffix("的") else ""


def _with_counted(statement: Statement, subject: str) -> str:
    """*subject*, what the clause says before the number, with what is counted behind it."""
    found, unit = counted(statement), statement.quantity.unit
    noun = found.printed
    if noun and subject and statement.tail.startswith("的") and (topics.is_bare(subject) or themes.is_effect(subject)):
        return themes.kind(noun) + subject  # 总投资90亿元的光热基地
    if found.is_sized:  # 甲、乙90万吨钢铁项目 is of 乙
        subject = examples.last(subject)
    elif noun and examples.lists(subject) and units.is_count(quantity.scale_and_base(unit)[1]):
        return f"{subject}等{noun}"  # 甲、乙两个集群 are examples as 甲、乙等两个集群 are
    if noun and len(subject) > _LONGEST_SUBJECT:
        subject = _last_verb(subject) or subject
    if noun.startswith(("支持", *_SPENT_ON)) and units.dimension(unit) == "money":
        noun += "资金"
    if found.predicate and (not subject or themes.is_subject(subject.removesuffix("等"))) and not statement.verb:
        return found._replace(thing=subject + units.counted_noun(unit) + found.thing).name
    return subject + units.counted_noun(unit) + noun


def bare_subject(words: str) -> str:
    """*words* before a number without what says when, how and how far: 全市技术合同成交额首次突破 is 技术合同成交额."""
    before = None
    while before != words:
        before = words
        words = wording.without_ending(_END, wording.without_beginning(_BEGINNING, wording.stripped(words)))
    return words


def is_stock(statement: Statement) -> bool:
    """Whether *statement* is of an indicator that stands at a level on a day, and adds up to nothing: 新能源装机."""
    found = indicators.called(bare_subject(statement.role.subject), statement.quantity.unit)
    return found is not None and found.measure == "stock"


def counts_occasions(statement: Statement) -> bool:
    """Whether *statement* counts what has taken place, 班列7.4万列, and not what a year measures of it, 吞吐量."""
    is_occasion = quantity.dimension(statement.quantity.unit) == "occasions"
    return is_occasion and topics.measured().search(bare_subject(statement.role.subject)) is None


def _last_verb(subject: str) -> str:
    """The verb at the end of *subject*, which is a whole clause, and what stands before its last object."""
    end = len(subject)
    for word, kind in reversed(list(segmented(subject[-_NEAR:]))):
        if kind != "v":
            break
        end -= len(word)
    return subject[end:]


def _joined(owner: str, own: str) -> str:
    """*owner* and *own* as one name, what both say said once: 成果转化 and 转化金额 are 成果转化金额."""
    if not owner or own.startswith(owner):
        return own
    for length in range(min(4, len(own)), 1, -1):
        if owner.endswith(own[:length]):
            return owner + own[length:]
    return owner + own
