"""Milestones that a paragraph proposes: events of a named thing, with subject, verb and object, done or planned.

The verbs are in `events.toml`. They are proposals, all of them for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from shkc.draft import context as contexts
from shkc.draft import wording
from shkc.draft.context import Context
from shkc.draft.rules import rules
from shkc.draft.scan import Finding, Quantity
from shkc.facts.entries import LONGEST_EXCERPT, UNSAFE
from shkc.text import quantity
from shkc.text.word_classes import segmented

_LONGEST_NAME = 30
_LONGEST_OBJECT = 26
_SHORTEST_OBJECT = 4
_SHORTEST_CONCRETE, _SHORTEST_EXAMPLE, _SHORT = 3, 6, 3
_SHORTEST_NAME = 2
"""Characters of a name besides what kind of thing it names."""
_CLAUSE = re.compile(r"(?:“[^“”]*”|《[^《》]*》|\([^()]*\)|[^,。;:!?“《(])+|[“《(]")
_TITLE = re.compile("《[^《》]{2,60}》")
_FIRST = re.compile("首[个座条张家部套台款例单笔颗艘架列班趟支所只]|第[一二三四五六七八九十百\\d]+[届次条期号]")
"""What says that a thing is one of its kind: 首座, 第三届."""
_CODE = re.compile("[A-Z][A-Za-z0-9-]*\\d[A-Za-z0-9]*$")
"""The type of a craft or an engine: AR-E3000."""
_SETTLED = ("落户", "入驻")
_PLACE = re.compile("(?:于|在)[\u4e00-\u9fff]{2,10}$")
_BARE_PLACE = re.compile("[\u4e00-\u9fff]{2,6}$")
"""Where something has come to, behind the verb: 落户青山."""
_WHERE = re.compile("(?<=..)在(?!建)[^在]{1,10}$")
"""Where something has come about, before the verb: 大会在青山召开."""
_QUOTED = re.compile("“[^“”]{2,20}”")
_EXAMPLES = re.compile(
    r"^(?P<list>[^等]+?)等(?:一大?批|系列|一系列)?(?:重大|重点|百亿级|千亿级|标志性|骨干|(?!.{0,4}民生)[^、等]{0,6}?)"
    r"(?:活动|赛事|会议|展会|项目|工程|水库|企业|机构|平台|基地|设施|(?P<route>公路|高速|铁路|高铁))$"
)
"""Things that are named as examples of many, each of which is one: 甲、乙等一批重大项目."""
_SUPERLATIVE = re.compile("^[^、“]{0,8}最[^、“]{1,3}、")
"""The first of several attributes that are no list: 全球最大、国内首制智能船."""
_LIST = re.compile(r"、(?=[^、]{4})|和(?=[\u4e00-\u9fff“]{4,})|以及|及(?=[\u4e00-\u9fff“]{4,})")
_ADVERBS = (
    "正式|顺利|成功|全面|全线|如期|率先|相继|陆续|先后|提前|即将|已|均|全部|整体|首次|圆满|同步|实现|主体|建设|基本|平稳"
    "|永久|精彩|再次|双双|高质量|商业化"
)
_WORK = re.compile(
    "(?:加快|按需|加密|常态化|尽早核准|尽早|尽快|服务好|推进|推动|促进|支持|谋划|谋建|筹备|争取|力争|确保|做好|抓好|积极|全力|深入|高质量|高标准|高水平|高效|持续|扎实|推动实现|实现|开展|完善|保障|成功|圆满|顺利|"
    "[一二三四五六七八九十]?是|创新|定期|尽心尽力|稳妥有序|有序|连续|基本|动态|精心|用心|着力|全面|正式|同步|率先|先后|陆续|继续|加速|统筹|同时|并|且|也|还|将|年内|今年|全年|在|对|使|让|其中|我们|我省|我市|我区|全省(?!域)|全市|全区)+"
)
_IN_HAND = re.compile("加快|推进|推动|促进|争取|力争|确保|加速")
"""Words before a verb of work in hand: planned where the context is, and no event where it tells what was done."""
_OF_PLACE = re.compile(
    "(?:省|市|自治区)(?![级内外市县区])[\u4e00-\u9fff]{4,}(?:院|中心|集团|公司|实验室|大学|学院|基金|银行|馆)$"
)
"""What is the only one of a province or a city: 省产业技术研究院."""
_WE = re.compile("我[省市区国]$")
_WISHED = re.compile("(?:支持|鼓励|引导|谋划|筹备|研究|探索|培育)(?!院|所|中心|会|基地|基金|平台|联盟|站)")
"""Words before a verb of what others are to do, or of what may be: no milestone, done or planned."""
_TAIL = re.compile(r"^(?:了|并|等)?(?:正式)?(?:运行|使用|运营|开放|投用|发电|送电|招生|接诊|供水|入轨|升空)?$")
_ENDS_OBJECT = re.compile(r"(?:等|的|并|且|和|及)+$")
_PLAN = re.compile("^“?十[一二三四五]五”?$")


class MilestoneDraft(NamedTuple):
    """A proposed milestone, in the words of the text; *planned* where it is to come, *period* the years it is of."""

    name: str
    category: str
    official_names: tuple[str, ...]
    excerpt: str
    reason: str
    planned: bool
    period: str


class _Clause(NamedTuple):
    """A clause of the paragraph *text*, from *start* to *end*."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """Its words, folded."""
        return self.folded[self.start : self.end]


class _Event(NamedTuple):
    """A verb in a clause, from *start* to *end* of the clause's words."""

    start: int
    end: int
    verb: str
    category: str
    forms: Sequence[str]
    object: str


class _Thing(NamedTuple):
    """A named thing, from *start* to *end* of the paragraph, with the *name* of the milestone that it makes."""

    start: int
    end: int
    name: str


def milestones(
    text: str, findings: Sequence[Finding], context: Context, table: Mapping[str, Any] | None = None
) -> list[MilestoneDraft]:
    """The milestones that the paragraph *text*, without white space, proposes, in order, each name once.

    *findings* are its numerals, *context* is what it speaks of, *table* the content of `events.toml`.
    """
    folded = quantity.fold_width(text)
    table = table or rules("events")
    figures = [(f.first, f.last) for f in findings if isinstance(f, Quantity)]
    found: dict[str, MilestoneDraft] = {}
    for clause in _clauses(text, folded, table):
        time = _time(clause, context)
        for event, thing in _events(clause, table):
            counted = any(clause.start <= first and last <= thing.end for first, last in figures)
            before = clause.words[: event.start]
            in_hand = _WISHED.search(before) or (not time.planned and _IN_HAND.search(before))
            if not counted and not in_hand:
                draft = _draft(clause, event, thing, time)
                if draft is not None:
                    found.setdefault(draft.official_names[0], draft)
    return list(found.values())


def _clauses(text: str, folded: str, table: Mapping[str, Any]) -> Iterator[_Clause]:
    """The clauses of the paragraph; a list of events, 甲开工、乙投用, is several."""
    verbs = _pattern(tuple(verb for entry in table["event"] if "subject" in entry["forms"] for verb in entry["verbs"]))
    for match in _CLAUSE.finditer(folded):
        start = match.start()
        for verb in verbs.finditer(match[0]):
            end = match.start() + verb.end()
            if folded[end : end + 1] == "、" and end - start > len(verb[0]) + 1:
                yield _Clause(text, folded, start, end)
                start = end + 1
        yield _Clause(text, folded, start, match.end())


def _time(clause: _Clause, context: Context) -> Context:
    opening = clause.folded.rfind("。", 0, clause.start) + 1
    start = max(clause.folded.rfind(mark, 0, clause.start) for mark in "。;!?") + 1
    return contexts.at_figure(context, clause.folded, opening, start, clause.end).context


def _events(clause: _Clause, table: Mapping[str, Any]) -> Iterator[tuple[_Event, _Thing]]:
    """The events of *clause*: those of the titles in it, else of the last verb that a named thing goes with."""
    titles = list(_TITLE.finditer(clause.words))
    for event in reversed(list(_verbs(clause.words, table))):
        things = list(_titled(clause, event, titles)) if titles else list(_things(clause, event))
        if things:
            yield from ((event, thing) for thing in things)
            return


@cache
def _pattern(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, verbs), key=len, reverse=True)))


def _verbs(words: str, table: Mapping[str, Any]) -> Iterator[_Event]:
    entries = {verb: entry for entry in table["event"] for verb in entry["verbs"]}
    quoted = [match.span() for match in re.finditer("“[^“”]*”|《[^《》]*》", words)]
    known = False
    for match in _pattern(tuple(entries)).finditer(words):
        inside = any(start < match.start() < end for start, end in quoted)
        if not (inside or wording.is_word_inside(words, match.start()) or wording.is_word_inside(words, match.end())):
            entry = entries[match[0]]
            yield _Event(*match.span(), match[0], entry["category"], entry["forms"], entry.get("object", ""))
            known = True
    if not known and "perfect" in table:
        yield from _perfect(words, table["perfect"], quoted)


def _perfect(words: str, table: Mapping[str, Any], quoted: Sequence[tuple[int, int]]) -> Iterator[_Event]:
    """Other verbs of *words* behind an adverb that says that it has come about: 成功返回."""
    for match in re.finditer(f"(?:{table['adverbs']})(?!{table['none']})", words):
        verb, kind = next(iter(segmented(words[match.end() :])), ("", ""))
        inside = any(start < match.start() < end for start, end in quoted)
        if kind == "v" and len(verb) > 1 and not inside:
            end = match.end() + len(verb)
            yield _Event(match.end(), end, verb, table["category"], table["forms"], "")


def _titled(clause: _Clause, event: _Event, titles: Sequence[re.Match[str]]) -> Iterator[_Thing]:
    """Documents behind the verb, 出台《…》, or before it, 《…》印发实施."""
    for title in titles:
        words = clause.text[clause.start + title.start() : clause.start + title.end()]
        begin, end = clause.start + title.start(), clause.start + title.end()
        behind = event.end <= title.start() <= event.end + 1
        listed = titles[0].start() <= event.end + 1 and title.start() > event.end
        if behind or listed:
            if _fits(words, event):
                yield _Thing(begin, end, f"{event.verb}{words}")
        elif _stands_before(clause.words, title.end(), event.start) and event.forms != ["object"]:
            object_ = clause.words[event.end :] if "clause" in event.forms else ""
            if _fits(object_ or words, event):
                yield _Thing(begin, end, f"{words}{event.verb}{object_}")


def _fits(words: str, event: _Event) -> bool:
    """Whether *words* end in what the object of *event* must, where its verb says little alone."""
    return not event.object or re.search(f"(?:{event.object})$", words) is not None


def _stands_before(words: str, end: int, start: int) -> bool:
    """Whether what ends at *end* of *words* is the subject of the verb at *start*: 《…》在青山精彩亮相."""
    between = words[end:start]
    adverbs = re.fullmatch(f"(?:在[^在]{{1,10}}?)?(?:{_ADVERBS})*", between) is not None
    return end <= start and (adverbs or len(between) <= _SHORT)


def _things(clause: _Clause, event: _Event) -> Iterator[_Thing]:
    """The named things that the *event* of *clause* is of."""
    words = clause.words
    before, behind = words[: event.start], words[event.end :]
    if "subject" in event.forms and (_TAIL.match(behind) or _says_where(event, behind)):
        yield from _subjects(clause, event, before)
    elif "clause" in event.forms and (len(_subject(before)) >= 2 or _WE.search(before)):
        start = len(before) - len(_subject(before))
        object_ = _ENDS_OBJECT.sub("", behind.removeprefix("了"))
        named = _is_kind(object_, event) or _is_distinction(object_, event)
        if named and "的" not in object_ and not _opens_generic(_subject(before)):
            yield _Thing(clause.start + start, clause.end, f"{_subject(before)}{event.verb}{object_}")
    elif "object" in event.forms and len(behind) >= _SHORTEST_OBJECT:
        yield from _objects(clause, event, before, behind)


def _says_where(event: _Event, behind: str) -> bool:
    """Whether the words *behind* the verb only say where: 落户青山, 落成于青山."""
    return _PLACE.match(behind) is not None or (event.verb in _SETTLED and _BARE_PLACE.match(behind) is not None)


def _is_distinction(words: str, event: _Event) -> bool:
    """Whether *words* are of a country or of the world, as the object of an honour."""
    generic = re.search(f"(?:{rules('events')['generic']['distinction']})$", words)
    fits = _SHORTEST_OBJECT <= len(words) <= _LONGEST_OBJECT + 8 and not generic
    scope = re.search(rules("events")["scope"]["words"], words)
    return event.category == "honour" and not event.object and fits and scope is not None


def _subjects(clause: _Clause, event: _Event, before: str) -> Iterator[_Thing]:
    subject = _subject(before)
    end = clause.start + len(before)
    start = end - len(before) + before.find(subject)
    behind = clause.words[event.end :]
    where = behind if _says_where(event, behind) else ""
    subject = _SUPERLATIVE.sub("", subject)
    for piece, route in _listed(subject.removesuffix("等"), event):
        named = _is_named(piece, event) or _is_concrete(piece, event) or _is_proper(piece, event)
        if named or (route is not None and _is_example(piece)):
            at = clause.folded.index(piece, start)
            yield _Thing(at, at + len(piece), f"{piece}{route or ''}{event.verb}{where}")


def _listed(words: str, event: _Event) -> Iterator[tuple[str, str | None]]:
    """The things that *words* list, with what kind of road the examples are; None where they are no examples."""
    examples = _EXAMPLES.match(words)
    if examples is None:
        yield from ((piece, None) for piece in _pieces(words, event))
        return
    for piece in examples["list"].split("、"):
        route = examples["route"] or ""
        yield piece, "" if piece.endswith(route) else route


def _pieces(words: str, event: _Event) -> list[str]:
    """The things that *words* list; what joins two words of one name, 保护和修复工程, is no list."""
    parts = [piece for piece in _LIST.split(words) if piece]
    named = [piece for piece in parts if _is_named(piece, event)]
    listed = "、" in words or named[:1] == parts[:1]
    return parts if len(parts) > 1 and named and listed and "的" not in words else [words]


def _objects(clause: _Clause, event: _Event, before: str, behind: str) -> Iterator[_Thing]:
    object_ = _ENDS_OBJECT.sub("", behind.removeprefix("了"))
    subject = _plain(before)
    for number, (piece, route) in enumerate(_listed(object_, event)):
        named = _is_named(piece, event) or _is_distinction(piece, event) or _is_concrete(piece, event)
        if named or (route is not None and _is_example(piece)):
            at = clause.folded.index(piece, clause.start + event.end)
            who = subject if number == 0 and 2 <= len(subject) <= 12 and not _generic(subject) else ""
            yield _Thing(at, at + len(piece), f"{who}{event.verb}{piece}{route or ''}")


def _plain(before: str) -> str:
    """The words *before* a verb without adverbs of time, manner and place."""
    words = _WHERE.sub("", re.sub(f"(?:{_ADVERBS})+$", "", wording.stripped(before)))
    opening = _WORK.match(words)
    return words[opening.end() :] if opening else words


def _subject(before: str) -> str:
    """The subject before a verb; what stands in apposition before a dash left out."""
    return _plain(before).rsplit("——", 1)[-1]


def _is_named(words: str, event: _Event) -> bool:
    """Whether *words* name one thing: a kind of thing by what they end in, and more than that."""
    plain = "“" in words or event.object or _OF_PLACE.match(words) or len(_modifiers().sub("", words)) >= _SHORTEST_NAME
    return len(words) >= _SHORTEST_OBJECT and bool(plain) and _is_kind(words, event)


def _is_example(words: str) -> bool:
    """Whether *words*, one of several examples, are a name."""
    return _SHORTEST_OBJECT <= len(words) <= _LONGEST_OBJECT and not _generic(words)


def _is_concrete(words: str, event: _Event) -> bool:
    """Whether *words*, the subject of an *event* that only things have, name one, and more than its kind."""
    concrete = rules("events")["concrete"]
    if event.verb not in concrete["verbs"] or _generic(words) or re.search(concrete["none"], words):
        return False
    specific = "、" not in words and len(_modifiers().sub("", words)) >= _SHORTEST_CONCRETE
    return _SHORTEST_EXAMPLE <= len(words) <= _LONGEST_OBJECT and specific


def _is_proper(words: str, event: _Event) -> bool:
    """Whether *words* name one thing because only one can be the subject of *event*: 青山陵申遗成功."""
    return "proper" in event.forms and len(words) >= _SHORTEST_NAME and not _generic(words)


def _is_kind(words: str, event: _Event) -> bool:
    """Whether *words* end as the name of a thing does, or have quotation marks, and are no slogan."""
    if not _SHORTEST_NAME <= len(words) <= _LONGEST_OBJECT + 8:
        return False
    if event.object:
        return _fits(words, event) and not (_opens_generic(words) or _has_generic(words))
    if _generic(words):
        return False
    quotes = [match[0] for match in _QUOTED.finditer(words)]
    if quotes:
        return not all(_PLAN.match(quote) for quote in quotes)
    return any(pattern.search(words) for pattern in (_nouns(), _FIRST, _CODE))


@cache
def _nouns() -> re.Pattern[str]:
    nouns = "|".join(sorted(rules("events")["names"]["nouns"], key=len, reverse=True))
    return re.compile(rf"(?:{nouns})(?:\([^()]*\)|[一二三四五]期)?$")


@cache
def _modifiers() -> re.Pattern[str]:
    nouns = "|".join(sorted(rules("events")["names"]["nouns"], key=len, reverse=True))
    return re.compile(f"{nouns}|{rules('events')['generic']['modifiers']}|[的、等级()]")


def _opens_generic(words: str) -> bool:
    """Whether *words* begin as what is of no one thing does."""
    return re.match(f"(?:{rules('events')['generic']['openings']})", words) is not None


def _generic(words: str) -> bool:
    """Whether *words* are of no one thing, or of what nobody can open."""
    endings = rules("events")["generic"]["endings"]
    return _opens_generic(words) or _has_generic(words) or re.search(f"(?:{endings})$", words) is not None


def _has_generic(words: str) -> bool:
    """Whether *words* say inside that they are of many things."""
    return re.search(rules("events")["generic"]["inside"], words) is not None


def _draft(clause: _Clause, event: _Event, thing: _Thing, time: Context) -> MilestoneDraft | None:
    official = clause.text[thing.start : thing.end]
    first = min(thing.start, clause.start + event.start)
    begin = max(clause.start, min(first, clause.end - LONGEST_EXCERPT))
    excerpt = clause.text[begin : min(clause.end, begin + LONGEST_EXCERPT)]
    if not excerpt or UNSAFE.search(excerpt) or UNSAFE.search(official) or official not in clause.text:
        return None
    name, reason = thing.name, f"“{event.verb}”句，名称的起止待核"
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 2] + ("…》" if name.endswith("》") else "…")
        reason += "；名称过长，已截短"
    return MilestoneDraft(name, event.category, (official,), excerpt, reason, time.planned, time.period)
