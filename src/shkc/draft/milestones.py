"""Milestones that a paragraph proposes: events of a named thing, with subject, verb and object, done or planned.

The verbs are in `events.toml`. They are proposals, all of them for review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from shkc.draft import context as contexts
from shkc.draft import event_doubt, events, named
from shkc.draft.context import Context
from shkc.draft.events import Clause, Event
from shkc.draft.named import Piece
from shkc.draft.scan import Finding, Quantity
from shkc.draft.statement import is_relative
from shkc.facts.entries import LONGEST_EXCERPT, UNSAFE
from shkc.text import quantity, units
from shkc.text.words import is_han

_LONGEST_NAME = 30
_SHORT = 3
_LONGEST_ATTRIBUTE = 12
"""Characters between a verb and a title that say what is titled: 出版首部《青山词典》."""
_PUBLISHED = ("policy", "event", "product")
_LONGEST_WHO = 12
_TITLE = re.compile("《[^《》]{2,60}》")
_HEADING = re.compile("(?:\\([一二三四五六七八九十]+\\)|[一二三四五六七八九十]+、)[^。;,]*")
_SUPERLATIVE = re.compile("^[^、“]{0,8}最[^、“]{1,3}、")
"""The first of several attributes that are no list: 全球最大、国内首制智能船."""
_ATTRIBUTE = re.compile("^[^“]*(?:\\d|最)[^“]*的(?=.{4})")
_MEASURED = re.compile("^[^“]*\\d[^“]*的(?=.{4})")
"""What is measured of a thing, before its name: 全长90公里的青山大桥."""
_ATTRIBUTE_OF_WORK = re.compile("^.*\\d.*$")
"""How long it took or what it cost, where somebody might stand who did it: 用90天."""
_HAVING = re.compile("[、有各达近超约为第]$")
"""What stands before a number that is not of the things named before it: 甲、乙各有9家."""
_COUNTS = re.compile("\\d+余?[个家项座部]")
"""How many a distinction has come to: 9个项目入选国家名录."""
_WE = re.compile("我[省市区国]$")
_OF = re.compile("(?<!目)的")
_ENDS_OBJECT = re.compile(r"(?:等|的|并|且|和|及)+$")


class MilestoneDraft(NamedTuple):
    """A proposed milestone, in the words of the text; *planned* where it is to come, *period* the years it is of."""

    name: str
    category: str
    official_names: tuple[str, ...]
    excerpt: str
    reason: str
    planned: bool
    period: str
    signs: tuple[str, ...] = ()
    """The signs that it may be none, or its name wrong, by id."""


class _Thing(NamedTuple):
    """A named thing, from *start* to *end* of the paragraph, in the words of a milestone's name.

    *told* says by what: title, named, concrete, example, distinction, proper. *before* and *behind* are the words
    around it that say what it did or what was done to it.
    """

    start: int
    end: int
    piece: Piece
    told: str
    before: str = ""
    behind: str = ""

    @property
    def name(self) -> str:
        """The name of the milestone that it makes alone."""
        return f"{self.before}{self.piece.words}{self.piece.example or ''}{self.behind}"


def milestones(text: str, findings: Sequence[Finding], context: Context) -> list[MilestoneDraft]:
    """The milestones that the paragraph *text*, without white space, proposes, in order, each name once.

    *findings* are its numerals, *context* is what it speaks of.
    """
    folded = quantity.fold_width(text)
    figures = [finding for finding in findings if isinstance(finding, Quantity)]
    found: dict[str, MilestoneDraft] = {}
    if _HEADING.fullmatch(folded):  # (十)办好民生“头等大事” says what is told below
        return []
    for clause in events.clauses(text, folded):
        spoken_of = _time(clause, context)
        for event, all_things in groupby(_events(clause), key=itemgetter(0)):
            has_been = spoken_of.planned and clause.words.startswith("了", event.end)  # 省政府编制了《…》, in a plan
            time = contexts.initial(context.standpoint) if has_been else spoken_of
            if events.is_no_event(event, clause.words[: event.start], time.planned):
                continue
            things = [thing for _, thing in all_things if not _is_counted(clause, event, thing, figures)]
            for together in _together(things):
                draft = _draft(clause, event, together, time)
                if draft is not None:
                    found.setdefault(draft.official_names[0], draft)
    return list(found.values())


def _together(things: Sequence[_Thing]) -> Iterator[Sequence[_Thing]]:
    """The *things* of one event that make a milestone together: all that are listed, but each title alone."""
    titles = [thing for thing in things if thing.told == "title"]
    yield from ([title] for title in titles)
    if listed := [thing for thing in things if thing.told != "title"]:
        yield listed


def _name(things: Sequence[_Thing]) -> str:
    """The name of the milestone of all *things*, of the first of them where it is long: 甲、乙等公路通车."""
    first, last = things[0], things[-1]
    if first is last:
        return first.name
    words = [thing.piece.words for thing in things]
    for number in range(len(words), 0, -1):
        others = last.piece.others or ("等" if number < len(words) else "")
        name = f"{first.before}{'、'.join(words[:number])}{others}{last.behind}"
        if len(name) <= _LONGEST_NAME:
            return name
    return name


def _is_counted(clause: Clause, event: Event, thing: _Thing, figures: Sequence[Quantity]) -> bool:
    """Whether *thing* is a number of things, and none of them: 9座大桥, but not 青山90万千瓦电站 or 甲、乙等9座大桥."""
    return any(
        clause.start <= figure.first and figure.last <= thing.end and not _is_of_the_thing(clause, event, thing, figure)
        for figure in figures
    )


def _is_of_the_thing(clause: Clause, event: Event, thing: _Thing, figure: Quantity) -> bool:
    """Whether *figure* is a part of the name of *thing*, what is measured of it, or how many there are of its kind."""
    before = clause.folded[clause.start : figure.first]
    if before.endswith(("等", "连续")) or (thing.end <= figure.first and "、" in before and not _HAVING.search(before)):
        return True
    if (
        event.sort.category in named.NATIONAL
        and thing.told in ("named", "distinction")
        and _is_national(clause, event, thing, figure)
    ):
        return True
    if figure.ordinal:  # 蝉联全国推广面积第一
        before = clause.folded[clause.start + event.end : figure.first]
        return event.sort.category == "honour" and bool(before) and "、" not in before
    if not _is_size(figure.unit):
        return False
    behind = clause.folded[figure.last : thing.end]
    if figure.last <= clause.start + event.start < thing.start:
        return True  # how long it took, or what it cost: 用90天建成青山中心
    if figure.last <= thing.start:
        return re.search("[、和的]", clause.folded[figure.last : thing.start]) is not None  # of another thing, or of it
    return thing.start <= figure.first and is_han(behind[:1]) and not behind.startswith("以")


def _is_national(clause: Clause, event: Event, thing: _Thing, figure: Quantity) -> bool:
    """Whether a distinction of a country or of the world has come to a number of things: 9个项目入选国家名录."""
    if is_relative(figure.unit) or figure.last > clause.start + event.start:
        return False
    return named.is_of_the_nation(clause.folded[figure.last : clause.end])


def _is_size(unit: str) -> bool:
    """Whether *unit* says how large a thing is: 万千瓦, 亿元, 天; not how many there are, or which part."""
    if quantity.dimension(unit) in ("time", "days"):
        return True
    return not (units.is_count(units.scale_and_base(unit)[1]) or is_relative(unit))


def _time(clause: Clause, context: Context) -> Context:
    opening = clause.folded.rfind("。", 0, clause.start) + 1
    start = max(clause.folded.rfind(mark, 0, clause.start) for mark in "。;!?") + 1
    return contexts.at_figure(context, clause.folded, opening, start, clause.end).context


def _events(clause: Clause) -> Iterator[tuple[Event, _Thing]]:
    """The events of *clause*: those of the titles in it, else of the last verb that a named thing goes with."""
    titles = list(_TITLE.finditer(clause.words))
    found = list(reversed(list(events.verbs(clause.words))))
    of_titles = ((event, list(_titled(clause, event, titles))) for event in found)
    of_others = ((event, list(_things(clause, event))) for event in found)
    event_things = next(((event, things) for event, things in chain(of_titles, of_others) if things), None)
    if event_things is not None:
        event, things = event_things
        yield from ((event, thing) for thing in things)


def _titled(clause: Clause, event: Event, titles: Sequence[re.Match[str]]) -> Iterator[_Thing]:
    """Documents behind the verb, 出台《…》, or before it, 《…》印发实施."""
    verb = event.sort.verb
    for title in titles:
        words = clause.text[clause.start + title.start() : clause.start + title.end()]
        begin, end = clause.start + title.start(), clause.start + title.end()
        if _stands_behind(clause.words, event, titles[0].start()) and title.start() >= event.end:
            if named.fits(words, event.sort):
                yield _Thing(begin, end, Piece(words), "title", verb)
        elif _stands_before(clause.words, title.end(), event.start) and event.sort.forms != ["object"]:
            object_ = clause.words[event.end :] if "clause" in event.sort.forms else ""
            if named.fits(object_ or words, event.sort):
                yield _Thing(begin, end, Piece(words), "title", "", f"{verb}{object_}")


def _stands_behind(words: str, event: Event, start: int) -> bool:
    """Whether a title at *start* of *words* is what the *event* is of: 出版首部《…》."""
    longest = _LONGEST_ATTRIBUTE if event.sort.category in _PUBLISHED else 1
    return event.end <= start <= event.end + longest and not set("、的") & set(words[event.end : start])


def _stands_before(words: str, end: int, start: int) -> bool:
    """Whether what ends at *end* of *words* is the subject of the verb at *start*: 《…》在青山精彩亮相."""
    between = words[end:start]
    return end <= start and (len(between) <= _SHORT or events.only_adverbs(between))


def _things(clause: Clause, event: Event) -> Iterator[_Thing]:
    """The named things that the *event* of *clause* is of."""
    words, forms = clause.words, event.sort.forms
    before, behind = words[: event.start], words[event.end :]
    if behind.startswith("的"):
        return
    who = events.subject(before)
    if "subject" in forms and events.ends(event, behind):
        if not events.begins_with_work(who):  # 加强标准制定 is what is done, and to what
            yield from _subjects(clause, event, who)
    elif "clause" in forms and (len(who) >= named.SHORTEST_NAME or _WE.search(before)):
        object_ = _ENDS_OBJECT.sub("", behind.removeprefix("了"))
        known = named.is_kind(object_, event.sort)
        told = "named" if known else "distinction" if named.is_distinction(object_, event.sort) else ""
        of_one = not _OF.search(object_) or named.is_first(object_)  # 成为西部唯一获批的青山实验室
        if told and of_one and (not named.opens_generic(who) or _COUNTS.match(who)):
            start = clause.start + len(before) - len(who)
            piece = Piece(f"{named.without_number(who)}{event.sort.verb}{object_}")
            yield _Thing(start, clause.end, piece, told)
    elif "object" in forms and len(behind) >= named.SHORTEST_OBJECT:
        yield from _objects(clause, event, before, behind)


def _subjects(clause: Clause, event: Event, words: str) -> Iterator[_Thing]:
    """The things of the subject *words* that the *event* happened to."""
    start = clause.start + clause.words.find(words)
    behind = clause.words[event.end :]
    where = behind if events.says_where(event, behind) else ""
    for piece in named.listed(_ATTRIBUTE.sub("", _SUPERLATIVE.sub("", words)), event.sort):
        if told := _told(piece, event) or ("proper" if named.is_proper(piece.words, event.sort) else ""):
            at = clause.folded.index(piece.words, start)
            yield _Thing(at, at + len(piece.words), piece, told, "", f"{event.sort.verb}{where}")


def _told(piece: Piece, event: Event) -> str:
    """By what *piece* is told to be one thing that *event* can be of; empty where it is none."""
    if named.is_named(piece.words, event.sort) or named.is_number_of_national(piece.words, event.sort):
        return "named"
    if named.is_example(piece):
        return "example"
    return "concrete" if named.is_concrete(piece.words, event.sort) else ""


def _objects(clause: Clause, event: Event, before: str, behind: str) -> Iterator[_Thing]:
    """The things that the *event* brought about: what stands *behind* its verb."""
    whole = behind.removesuffix(event.closes).removeprefix("了")
    object_ = _MEASURED.sub("", _ENDS_OBJECT.sub("", whole))
    first = named.says_first_of_all(before)
    subject = first or _ATTRIBUTE_OF_WORK.sub("", events.plain(before))
    for number, piece in enumerate(named.listed(object_, event.sort)):
        told = _told(piece, event) or ("distinction" if named.is_distinction(piece.words, event.sort) else "")
        if told := told or ("proper" if named.is_proper(piece.words, event.sort) else ""):
            at = clause.folded.index(piece.words, clause.start + event.end)
            says_who = named.SHORTEST_NAME <= len(subject) <= _LONGEST_WHO and not named.is_generic(subject)
            who = subject if number == 0 and says_who else ""
            yield _Thing(at, at + len(piece.words), piece, told, f"{who}{event.sort.verb}", event.closes)


def _draft(clause: Clause, event: Event, things: Sequence[_Thing], time: Context) -> MilestoneDraft | None:
    """The milestone that the *event* of *things* makes; None where a fact file cannot quote it."""
    official = tuple(dict.fromkeys(clause.text[thing.start : thing.end] for thing in things))
    first = min(things[0].start, clause.start + event.start)
    begin = max(clause.start, min(first, clause.end - LONGEST_EXCERPT))
    excerpt = clause.text[begin : min(clause.end, begin + LONGEST_EXCERPT)]
    if (
        not excerpt
        or UNSAFE.search(excerpt)
        or any(UNSAFE.search(each) or each not in clause.text for each in official)
    ):
        return None
    name, reason = _name(things), f"“{event.sort.verb}”句，名称的起止待核"
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 2] + ("…》" if name.endswith("》") else "…")
        reason += "；名称过长，已截短"
    signs = dict.fromkeys(
        sign for thing in things for sign in event_doubt.signs(thing.name, event.sort, thing.told, planned=time.planned)
    )
    return MilestoneDraft(name, event.sort.category, official, excerpt, reason, time.planned, time.period, tuple(signs))
