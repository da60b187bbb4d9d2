"""What a figure counts, printed behind it: a thing, and what it does or what is done to it.

12家企业入选国家名单 counts 企业, which 入选国家名单: a name says first what they did, 入选国家名单的企业, or else it is
a sentence. The verbs are those of `topics.toml` and `events.toml`, by word boundaries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from shkc.draft import themes, topics, wording
from shkc.draft.clauses import MEASURE_OF_THINGS
from shkc.draft.rules import rules
from shkc.draft.statement import NOTHING, Counted, Statement
from shkc.text import quantity, units
from shkc.text.word_classes import segmented

_NOUN = re.compile(
    r"^的?(?P<noun>(?:\d+(?:类|(?=A级)))?[一-鿿A-Za-z“《][^,。;!?:()]*(?:\([^,。;!?:()]{1,8}\)[^,。;!?:()]*)?)"
)
_NO_NOUN = re.compile(
    r"^(?:和(?!美)|与|及|以及|并|左右|以上|以内|以下|后|时|由|被|经|向|[位名]?居(?!民)|位列|(?:历史性)?(?:大关|节点|关口)|(?:[两三四五]个)?新?台阶|次以上|[^一-鿿A-Za-z0-9“《]|$)"
)
_SHORTEST = 2
_LONGEST = 36
"""Characters of what stands behind a number and is taken into its name."""
_ANOTHER = re.compile("(?:19|20)\\d\\d年|占|(?:达到?|为|[增降升][至加]?)$")
"""What begins the words of the other figure: 重点园区(2025年营业收入…), 产业链项目(占比…)."""
_PASSED = re.compile(f"{MEASURE_OF_THINGS}(?:超过?|突破|过|达到?)[\\d十百千万亿.,余多]+[^\\d]*$")
"""What the things counted have passed: 规模超千亿元 of (8个)产业规模超千亿元."""
_MEASURED_OF = re.compile("(?<=...)(?:[\u4e00-\u9fff]{2}[率量额值]|增加?)$")
_ONLY_SAID = re.compile("(?:获(?!得者|奖者)|被|向|入选|纳入|列入|列为|上榜|荣获|居)[^,。;、!?]{2,}")
"""What is said of things that are not named again: 获国家认可."""
_WITH_WHOM = re.compile("^(?:累计|共|已|五年|全年|目前|先后)*[与同向对给]$")
_PEOPLE = ("人", "名", "位")
_MEASURED = re.compile("(?:质量|能耗|[率额值价])$")
"""What a predicate is said of while the thing before it is counted: 12个城市空气质量达标."""
_PREPOSITIONS = ("为", "在", "对", "向", "由", "从", "将", "把", "经", "以", "赴", "给")
_WITH = ("与", "同")
_MUTUAL = re.compile("(?:建立|签[署订约]|缔结|结[对为成]|达成|开展).{0,14}(?:关系|协议|合作|往来|友城|帮扶|$)")
"""What two do with one another."""
_COMPLEMENTS = ("入", "为", "至", "到", "成")
"""What a verb has behind it, or ends in, that no name does."""
_OF_ALL = ("我省", "我市", "我区", "全省", "全市", "全区")
_NEXT = re.compile("、|等|(?<=[\u4e00-\u9fff]{2})和(?!美)")
"""What stands between one thing with a size and the next."""
_TERRITORIES = ("省", "市", "州", "盟", "县", "旗", "区", "乡", "镇", "村")
"""Things in one character that are counted without a word for what kind they are."""


def counted(statement: Statement) -> Counted:
    """What *statement* counts, as its words behind the number say; `NOTHING` when they do not."""
    if statement.counts is None:
        statement.counts = _said_of_all(statement, _left_out(statement) or _counted(statement))
    return statement.counts


def _said_of_all(statement: Statement, found: Counted) -> Counted:
    """*found*, with the predicate of the thing that it is joined to: (2个)甲、(3个)乙入选名单."""
    following = statement.following
    if following is None or statement.clause or not found.thing or found.predicate:
        return found
    if following.lead not in (f"{found.printed}{joint}" for joint in ("、", "和", "及")):
        return found
    return found._replace(predicate=counted(following).predicate)


def _left_out(statement: Statement) -> Counted | None:
    """What *statement* counts where it only says what became of it: the things counted before, (37项)向全国推广."""
    unit = quantity.scale_and_base(statement.quantity.unit)[1]
    things = units.is_count(unit) and unit not in _PEOPLE
    said = _ONLY_SAID.match(statement.tail) if things and not statement.clause else None
    before = statement.previous
    while said and before is not None:
        if quantity.scale_and_base(before.quantity.unit)[1] == unit and counted(before).thing:
            return Counted(counted(before).thing, said[0], said[0])
        before = before.previous
    return None


def _counted(statement: Statement) -> Counted:
    tail = statement.tail
    unit = quantity.scale_and_base(statement.quantity.unit)[1]
    is_share = quantity.is_part(statement.quantity.unit) or wording.is_point(unit)
    nothing = not tail or wording.without_beginning(_NO_NOUN, tail) != tail
    match = None if statement.each or statement.role.kind != "level" or nothing else _NOUN.match(tail)
    if match is None:
        return NOTHING
    found = _split(match["noun"], opens=_opens(statement.clause))
    if len(tail) == match.end() and (
        units.is_count(unit) or not unit or is_share
    ):  # the clause goes on to another figure, so what it does is not what is counted
        first = match["noun"].split("、")[0]  # 企业入选名单、数量居第1
        found = _split(first) if first != match["noun"] and found.predicate else _before_another(found.thing)
    elif unit and not (units.is_count(unit) or is_share):  # 20亿元推动项目开工: what is done with an amount
        found = _thing(match["noun"]) if tail.startswith("的") else _sized(match["noun"])
    found = _together_with(statement, match["noun"]) or found
    opens = not statement.clause and (not unit.endswith("%") or bool(found.predicate))  # 近七成企业完成改造
    opens = opens or tail.startswith(("的", "用于", "投入")) or statement.clause.endswith("覆盖")
    return NOTHING if is_share and not opens else found


def _together_with(statement: Statement, words: str) -> Counted | None:
    """What *words* say of those with whom something is done: (与39个)国家缔结(118对友城)."""
    if not _WITH_WHOM.search(statement.clause) or statement.role.subject:
        return None
    at = 0
    for word, kind in segmented(words):
        if kind == "v" and len(word) > 1 and at >= _SHORTEST:
            following = statement.following
            joined = following is not None and following.lead == words and at + len(word) == len(words)
            object_ = counted(following).thing if joined and following is not None else ""
            return Counted(words[:at], words, wording.TRAILING.sub("", words[at:]) + object_)
        at += len(word)
    return None


def _before_another(words: str) -> Counted:
    """What *words*, up to another number, say: (9名)农民工追回欠薪(8亿元), or only (9条)排水沟治理率达(7%)."""
    if passed := _PASSED.search(words):
        return Counted(words[: passed.start()], words, passed[0])
    words = _ANOTHER.split(words, maxsplit=1)[0]
    words = _MEASURED_OF.sub("", topics.measured().sub("", words)) or words
    done = themes.done().search(words, _SHORTEST)
    if done is None or "、" in words or _goes_on_with_name(words[done.end() :]):
        return _thing(_complete().sub(r"\g<kind>", words.split("、")[0]))
    return Counted(words[: done.start()], words, words[done.start() :])


def _sized(words: str) -> Counted:
    """What has a size, at the beginning of *words*: 钢铁 of 钢铁和青山、东湖(80万吨), of 钢铁等项目投产."""
    first = _NEXT.split(words, maxsplit=1)[0]
    return _thing(first if len(first) >= _SHORTEST else words)._replace(is_sized=True)


def _thing(words: str) -> Counted:
    """All of *words*, as far as a name goes, as the thing that is counted."""
    thing = wording.TRAILING.sub("", words[:_LONGEST])
    return Counted(thing, thing)


def _opens(clause: str) -> bool:
    """Whether what is counted is the subject of its clause: *clause*, the words before the number, has no verb."""
    return not clause or (themes.is_subject(clause) and not themes.does(clause))


def _split(words: str, *, opens: bool = False) -> Counted:
    """The *words* behind a number as a thing and its predicate, which any verb can be where they *open* the clause."""
    for adverb, verb, end in (*_predicates(words), *(_any_predicates(words) if opens else ())):
        if not _is_thing(words[:adverb]) or _goes_on_with_name(words[end:]):
            continue
        said = wording.TRAILING.sub("", _one_predicate(words[verb:]))
        begin = _phrase(words[:adverb], mutual=_MUTUAL.match(words, verb) is not None) or adverb
        predicate = words[begin:adverb] + said
        if begin + len(predicate) > _LONGEST:
            return _thing(words[:begin])
        return Counted(words[:begin], words[:verb] + said, predicate)
    return _thing(words)


def _phrase(words: str, *, mutual: bool) -> int:
    """Where a phrase with a preposition begins in *words*, which goes with the verb behind: 医院为老人(设立门诊).

    与 and 同 begin one where the verb is *mutual*, and else join two things: 医院与学校(结对), 医院与学校(获批).
    """
    at = 0
    for word, _ in segmented(words):
        if at >= _SHORTEST and word in (*_PREPOSITIONS, *(_WITH if mutual else ())):
            return at
        at += len(word)
    return 0


def _is_thing(words: str) -> bool:
    """Whether *words* can be what is counted: they end in a noun, and not in what is measured of a thing."""
    kinds = [kind for _, kind in segmented(words)]
    named = kinds[-1] != "f" if len(words) >= _SHORTEST else words in _TERRITORIES
    return named and "的" not in words[-2:] and not _MEASURED.search(words)


def _goes_on_with_name(object_: str) -> bool:
    """Whether what stands behind a verb makes a name of it: 实施项目, 运营的基金."""
    return "的" in object_ or object_ in rules("topics")["general"]["words"]


def _one_predicate(words: str) -> str:
    """*words* from a verb on, up to another verb in a list: 取得成效、补齐短板."""
    for match in re.finditer("、", words):
        if next(iter(segmented(words[match.end() :])), ("", ""))[1] == "v":
            return words[: match.start()]
    return words


def _predicates(words: str) -> Iterator[tuple[int, int, int]]:
    """Where verbs of *words* that say something of what is before them begin, with their adverbs and alone, and end."""
    for match in wording.outside(_verb(), words, start=1):
        verb = "any" if match["any"] else "verb"
        ends = (match.start(), match.start(verb), match.end())
        if not any(wording.is_word_inside(words, at) for at in ends):
            yield ends


def _any_predicates(words: str) -> Iterator[tuple[int, int, int]]:
    """The same for verbs of which *words* show that they are no part of a name.

    They have a complement (融入), or behind them a place that is no part of a name (帮扶全省…).
    """
    at = 0
    for word, kind in segmented(words):
        begin, at = at, at + len(word)
        complement = words.startswith(_COMPLEMENTS, at) and not wording.is_word_inside(words, at + 1)
        told = complement or word.endswith(_COMPLEMENTS) or words.startswith(_OF_ALL, at)
        if kind == "v" and len(word) > 1 and begin >= _SHORTEST and told:
            yield len(_adverbs().sub("", words[:begin])), begin, at


@cache
def _adverbs() -> re.Pattern[str]:
    """Adverbs at the end of what is counted: 全部 of 园区全部(融入)."""
    topics = rules("topics")
    return re.compile(f"(?:{units.any_of((*topics['clause']['adverbs'], *topics['doing']['adverbs']))})+$")


@cache
def _complete() -> re.Pattern[str]:
    """What is joined to a thing that is complete: 和青山等 of (9条)公路项目和青山等(4个)."""
    return re.compile(f"(?P<kind>{units.any_of(rules('topics')['general']['words'])})(?:和|及|以及)[^的]+$")


@cache
def _verb() -> re.Pattern[str]:
    """A verb that is no noun, or any verb of work behind an adverb."""
    topics, events = rules("topics"), rules("events")
    forms = {verb for entry in events["event"] for verb in entry["verbs"] if {"subject", "clause"} & {*entry["forms"]}}
    verbs = units.any_of((*forms, *topics["doing"]["verbs"]))
    adverbs = units.any_of((*topics["clause"]["adverbs"], *topics["doing"]["adverbs"]))
    others = units.any_of(topics["clause"]["verbs"])
    plain = f"(?:{verbs})(?![量率额值者区户])|{wording.MOVED_TO}|被"
    return re.compile(f"(?:{adverbs})+(?P<any>{verbs}|{others})|(?P<verb>{plain})")
