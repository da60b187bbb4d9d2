"""What a figure is about when its own clause does not say it: what the clauses and the figures before are about.

改造老旧小区9个、老旧管网8公里: the verb holds for both. 实施重大项目90个，完成投资8亿元: the investment is that in
these projects. 青山港不断壮大，吞吐量9万吨: the throughput is that of the port. The words are in `topics.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from shkc.draft import indicators, named, topics, wording
from shkc.draft.rules import rules
from shkc.draft.statement import Statement, base
from shkc.text import quantity
from shkc.text.units import any_of
from shkc.text.word_classes import segmented

_SHORTEST, _LONGEST, _LONGEST_CALLED = 2, 14, 20
"""Characters of what a clause is about: a longer one says what happens, unless it is called a plan, a project, ….."""
_SHORTEST_SUBJECT = 3
_ITEM = re.compile("^(?:、|和|及|以及|与)(?P<item>[^,:;、]+)$")
_STANDS = re.compile("(?:达到?|为|至|到|突破|有|占|居|列|是)$|^(?:其中|占|同比|比|居)")
"""What makes a member of a list a sentence of its own."""
_STATE = re.compile("(?:[总单亩]产|[量率额值数价]|占比|比重|收入|支出|利润|面积|里程|规模|投资|金额)$")
"""Names of what stands at a level, which nothing is done to."""
_FIELD = re.compile("^(?P<field>[^,]{2,14}?)(?:发展|建设|工作|开采)?方面$")
_KIND = re.compile(".{2,24}?(?:项目|工程|基地|园区|公路|铁路|高速|电站|机场|企业|屏障|产业)(?![化建])")
_CLASS = re.compile("城镇|农村|城市|老旧")
_GROWTH = re.compile("(?:年均)?(?:增长|增速)$|(?:占比|排名|累计)$")
_SENTENCE = re.compile("(?<=..)(?:实现|推动|促进|带动)(?=..)")
"""What makes a clause of a few characters a sentence with an object."""
_RATE = re.compile("(?:率|占比|比重)$")
_SHORT_RATE = 5
_MEASURED = re.compile(
    "(?:人次|人数|(?:播种|种植)?面积|(?:通车|运营)?里程|规模|数量|总数|资金|投资|(?:市场)?[\u4e00-\u9fff]{2}率)$"
)


@cache
def shared() -> re.Pattern[str]:
    """A verb that the figures of a list share, at the beginning of a name."""
    verbs = any_of(word for entry in rules("topics")["shared"] for word in entry["words"])
    adverbs = any_of(("累计", *rules("topics")["clause"]["adverbs"]))
    return re.compile(f"^(?:{adverbs})*(?P<verb>(?:{verbs})(?:(?:和|、|并)?(?:{verbs}))*)(?![量率额值者区户])")


@cache
def done() -> re.Pattern[str]:
    """What is done to things, within a name but not within quotation marks."""
    verbs = any_of(word for entry in rules("topics")["shared"] for word in entry["words"])
    return re.compile(f"(?:{verbs})(?=[^、”]{{2}})(?![^“]*”)")


def does(clause: str) -> bool:
    """Whether *clause* says that something is done, or of each year alone: 引进企业, 年均."""
    acts = (match for pattern in (done(), _acts()) for match in pattern.finditer(clause))
    is_done = any(not wording.is_word_inside(clause, act.end()) for act in acts)  # not in 生产总值
    return is_done or "年均" in clause or "每年" in clause


@cache
def _opening() -> re.Pattern[str]:
    table = rules("topics")["clause"]
    return re.compile(f"^(?:{any_of((*table['adverbs'], *table['verbs']))}|[和并])+")


@cache
def _predicate() -> re.Pattern[str]:
    table = rules("topics")["clause"]
    verbs = any_of(table["verbs"])
    return re.compile(
        f"(?:(?:{any_of(table['adverbs'])})+(?:{verbs}|[\u4e00-\u9fff]{{2}})+|(?:{verbs}){{2,}}|从.到.|发展[^的]{{2,6}}|(?:连续|再次|接连)*(?:连?跨越?|迈上|站上|突破)[^、]+)$"
    )


@cache
def _effect() -> re.Pattern[str]:
    return re.compile(f"^(?:累计)?(?:{any_of(rules('topics')['effects']['words'])})")


def is_effect(words: str) -> bool:
    """Whether *words* begin with what something has done: 惠及."""
    return _effect().search(words) is not None


def beginning(name: str) -> str:
    """The verb that *name* begins with, with the state of what it is done to: 改造老旧 of 改造老旧管网; or nothing."""
    verb = shared().match(name)
    return f"{verb[0]}老旧" if verb and name.startswith("老旧", verb.end()) else verb[0] if verb else ""


@cache
def _doing() -> re.Pattern[str]:
    """Who does what, at the beginning of a name: a verb that is no noun, with or without a subject before it."""
    return re.compile(
        f"^(?P<subject>[^、]{{2,12}}?)(?P<verb>(?:{any_of(rules('topics')['doing']['verbs'])})+)(?=[^、]{{2}})"
    )


def shared_words(statement: Statement, own: str, above: str) -> str:
    """What *statement*, an item of a list that names only *own*, shares with the figure before it, *above*.

    The verb, with its subject where it has one; the subject alone where the item has a verb of its own.
    """
    item = _ITEM.match(statement.lead)
    if item is None or statement.role.kind != "level" or statement.inner or statement.part_of is not None or not own:
        return ""
    if _STANDS.search(item["item"]) or _STATE.search(own) or quantity.is_part(statement.quantity.unit):
        return ""
    doing = _doing().match(above)
    subject = doing["subject"] if doing and is_subject(doing["subject"]) else ""
    if shared().search(own) or _effect().search(own) or _doing_own().match(own):
        return subject
    verb = shared().match(above)
    if verb and own in rules("topics")["general"]["words"]:
        return _without_kind(above)
    if verb:
        return verb["verb"] + _class_of_both(above[verb.end() :], own)
    previous = statement.previous
    alike = previous is not None and base(previous.quantity.unit) == base(statement.quantity.unit)
    return subject + doing["verb"] if doing and subject else _any_verb(above, own) if alike else ""


def _any_verb(above: str, own: str) -> str:
    """The verb that *above* begins with, whatever it is, where *own* is a thing alone: 争取 of 争取补贴、专项资金."""
    words = list(segmented(above))
    acts = [kind for _, kind in words[:2]] == ["v", "n"] and len(words[0][0]) > 1
    return words[0][0] if acts and next(segmented(own), ("", ""))[1] == "n" else ""


def _class_of_both(above: str, own: str) -> str:
    """Of what class *above* is, where *own* is of the same kind and leaves it out: 城镇 of 城镇供水管网、燃气管网."""
    named = _CLASS.match(above)
    same = above[-topics.KIND :] == own[-topics.KIND :] and not _CLASS.match(own)
    return named[0] if named and same and len(above) > named.end() + topics.KIND else ""


def _without_kind(name: str) -> str:
    """*name* without the kind of thing that it ends in: 新创建法治示范 of 新创建法治示范地区."""
    *_, (kind, _) = segmented(name)
    return name.removesuffix(kind)


@cache
def _acts() -> re.Pattern[str]:
    return re.compile(any_of((*rules("topics")["doing"]["verbs"], *rules("topics")["effects"]["words"])))


@cache
def _doing_own() -> re.Pattern[str]:
    return re.compile(f"^(?:{any_of(rules('topics')['doing']['verbs'])})")


def is_subject(words: str) -> bool:
    """Whether *words* can be who or where: what they begin with is no verb, and they end in a noun."""
    found = [(word, kind) for word, kind in segmented(words)]
    return bool(found) and found[0][1] != "v" and found[-1][1] != "f" and not _opening().match(words)


def is_general(name: str) -> bool:
    """Whether *name* has nothing but kinds of things besides what is done to them and measured of them."""
    words = topics.measured().sub("", _GROWTH.sub("", shared().sub("", name.removesuffix("（变动前）"))))
    return len(_general().sub("", words)) <= 1


@cache
def _general() -> re.Pattern[str]:
    kinds = (*rules("topics")["general"]["words"], *rules("topics")["bare"]["kinds"])
    return re.compile(f"{any_of(kinds)}|{rules('events')['generic']['modifiers']}|的")


def lacks_theme(name: str, unit: str) -> bool:
    """Whether *name* says only what is measured in *unit*, or done, or what has followed, and not of what."""
    return (says_little(name) or _is_rate_of_something(name)) and indicators.called(name, unit) is None


def says_little(name: str) -> bool:
    """Whether *name* says only what is measured or done, or what has followed."""
    own = name.split("占", 1)[0]  # 建成面积占耕地比重 is that of an area
    return topics.is_bare(own) or _effect().search(name) is not None or not own or _only_acts(own)


def _only_acts(name: str) -> bool:
    """Whether *name* has but verbs and kinds of things: 完成置换, 实施项目 and 累计支持企业 do not say of what."""
    general = rules("topics")["general"]["words"]
    words = list(segmented(wording.CUMULATIVE.sub("", name)))
    acts = words[:1] and words[0][1] == "v" and words[0][0] not in general
    return bool(acts) and all(kind == "v" or word in general for word, kind in words)


def _is_rate_of_something(name: str) -> bool:
    """Whether *name* is a rate or share in so few words that it is of what was spoken of: 就地转化率."""
    rate = _RATE.search(name.removesuffix("（变动前）"))
    return rate is not None and (len(name) <= _SHORT_RATE or not _kinds().sub("", name[: rate.start()]))


@cache
def _kinds() -> re.Pattern[str]:
    return re.compile(any_of(rules("topics")["general"]["words"]))


def theme(statement: Statement, own: str, above: str) -> str:
    """What *statement*, which names *own*, is about.

    Its field, the clause before it, what the figure before, called *above*, counts, or the sentence before.
    """
    clauses = re.split("[,:]", statement.lead)[:-1]
    if not any(clauses) and statement.previous is not None and statement.previous.theme:
        return statement.previous.theme
    opening = statement.opening.split(",")[0]
    for clause in (*clauses[:1], opening):
        if field := _FIELD.match(wording.stripped(clause)):
            return field["field"]
    if above.endswith("率") and not (clauses or says_little(own)):  # 森林覆盖率9%、林草覆盖率8%: each is of its own
        return ""
    opens = statement.previous is None and not clauses
    heading = _told_of(statement.heading) if opens else ""
    return next((found for found in (*_clauses(reversed(clauses), own), _thing(above), heading) if found), "")


def _told_of(heading: str) -> str:
    """Who or what the sentence *heading* tells of; empty where it begins with what is to be done."""
    clause = heading.split(",", 1)[0]
    if _predicate().search(clause):
        return about(clause)
    adverb = _adverb().search(clause, _SHORTEST_SUBJECT)
    subject = clause[: adverb.start()] if adverb else ""
    return subject if is_subject(subject) and len(subject) <= _LONGEST else ""


@cache
def _adverb() -> re.Pattern[str]:
    return re.compile(any_of(rules("topics")["clause"]["adverbs"]))


def _clauses(clauses: Iterable[str], own: str) -> Iterator[str]:
    """What the first of *clauses* with words is about, or what it does, where *own* is an effect of that."""
    for clause in filter(None, clauses):
        found = about(clause)
        says_more = not own or own not in found
        if says_more and (_effect().search(own) or not _is_action(found)):
            yield found
        return


def _is_action(words: str) -> bool:
    """Whether *words* say what is done, and to what: 补齐欠账; 攻坚行动 is the name of something."""
    kinds = tuple(rules("topics")["general"]["words"])
    return next(segmented(words), ("", ""))[1] == "v" and not words.endswith(kinds)


def own_clause(subject: str) -> tuple[str, str]:
    """The end of *subject* that is a clause of its own, and what the one before is about: 电站建成投产、总装机."""
    before, _, own = subject.rpartition("、")
    if not before or not _predicate().search(before):
        return subject, ""
    return own, about(before) if topics.is_bare(wording.stripped(own)) or len(own) <= _SHORTEST else ""


def about(clause: str) -> str:
    """What *clause* is about, without what is said of it; empty where that cannot be told."""
    words = wording.stripped(clause).rsplit("等", 1)[-1].removeprefix("的")
    words = _predicate().sub("", _opening().sub("", words))
    if len(words) > _longest(words) or _SENTENCE.search(words):
        words = _subject_of(words.rsplit("、", 1)[-1])
    fits = (
        _SHORTEST <= len(words) <= _longest(words)
        and words.count("“") == words.count("”")
        and not re.search(rules("topics")["clause"]["none"], words)
    )
    return words if fits else ""


def _longest(words: str) -> int:
    """How long *words* may be that a clause is about: longer where they end as what something is called does."""
    called = named.ends_in_kind(words) and "的" not in words
    return _LONGEST_CALLED if called and not does(words) else _LONGEST


def _subject_of(words: str) -> str:
    """What stands before the first verb of *words*: 青山集团 of 青山集团改造实现产业重塑."""
    at = 0
    for word, kind in segmented(words):
        if kind == "v" and len(word) > 1 and at:
            subject = re.sub(f"(?:{any_of(rules('topics')['clause']['adverbs'])}|连续|首次)+$", "", words[:at])
            return subject if is_subject(subject) and len(subject) >= _SHORTEST_SUBJECT else ""
        at += len(word)
    return ""


def kind(noun: str) -> str:
    """The thing that *noun* begins with, without what is said of it: 光热基地 of 光热基地加快建设."""
    thing = _KIND.match(noun)
    return thing[0] if thing else about(noun) or noun


def _thing(name: str) -> str:
    """What the figure *name* counts, or measures of it: 重大项目 of 实施重大项目, 风电 of 风电装机容量."""
    words = _GROWTH.sub("", re.sub("占[^、]*比[重例]$", "", name))
    verb = shared().match(words)
    words = words[verb.end() :] if verb else words
    measured = topics.measured().search(words)
    words = words[: measured.start()] if measured else _MEASURED.sub("", words)
    fits = _SHORTEST <= len(words) <= _LONGEST and not topics.is_bare(words)
    return words if fits else ""
