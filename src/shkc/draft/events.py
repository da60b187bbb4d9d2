"""Events: the verbs of a clause that say that something was opened, founded, won or published, and what is before them.

The verbs are in `events.toml`, and so are the words that say how, when and by whom.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from shkc.draft import named, wording
from shkc.draft.named import Sort
from shkc.draft.rules import rules
from shkc.text.units import any_of
from shkc.text.word_classes import segmented

_CLAUSE = re.compile(r"(?:“[^“”]*”|《[^《》]*》|\([^()]*\)|[^,。;:!?“《(])+|[“《(]")
_WHERE = re.compile("(?<=..)在(?!建)[^在]{1,10}$")
"""Where something has come about, before the verb: 大会在青山召开."""
_PLACE = re.compile("[于在到至][\u4e00-\u9fff]{2,10}")
_BARE_PLACE = re.compile("[\u4e00-\u9fff]{2,6}")
_WON = ("成功", "获批", "获准")
_LONGEST_VERBS = 4
"""Characters of verbs behind a verb that say what has come of it: 投产发电, 出台实施."""


class Clause(NamedTuple):
    """A clause of the paragraph *text*, from *start* to *end*."""

    text: str
    folded: str
    start: int
    end: int

    @property
    def words(self) -> str:
        """Its words, folded."""
        return self.folded[self.start : self.end]


class Event(NamedTuple):
    """A verb in a clause, from *start* to *end* of the clause's words, and what *sort* it is."""

    start: int
    end: int
    sort: Sort
    places: bool = False
    """Whether where the thing has come to may stand behind the verb: 落户青山."""
    is_sought: bool = False
    """Whether it only says what is sought, which is an event of a plan alone."""
    closes: str = ""
    """What the clause ends in besides, where the thing stands within the verb: 建设 of 启动甲建设."""


def clauses(text: str, folded: str) -> Iterator[Clause]:
    """The clauses of the paragraph; a list of events, 甲开工、乙投用, is several."""
    table = rules("events")
    verbs = _pattern(tuple(verb for entry in table["event"] if "subject" in entry["forms"] for verb in entry["verbs"]))
    for match in _CLAUSE.finditer(folded):
        start = match.start()
        for verb in verbs.finditer(match[0]):
            end = match.start() + verb.end()
            if folded[end : end + 1] == "、" and end - start > len(verb[0]) + 1:
                yield Clause(text, folded, start, end)
                start = end + 1
        yield Clause(text, folded, start, match.end())


@cache
def _pattern(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_of(verbs))


def verbs(words: str) -> Iterator[Event]:
    """The verbs of *words* that make events, frames last; where there are none, those behind an adverb of success."""
    table = rules("events")
    entries = {verb: entry for entry in table["event"] for verb in entry["verbs"]}
    known = False
    for match in wording.outside(_pattern(tuple(entries)), words):
        if not (wording.is_word_inside(words, match.start()) or wording.is_word_inside(words, match.end())):
            entry = entries[match[0]]
            object_ = "" if named.says_first_of_all(words[: match.start()]) else entry.get("object", "")
            sort = Sort(match[0], entry["category"], entry["forms"], object_)
            sought = entry.get("sought", False) and not words.endswith(_WON, 0, match.start())
            yield Event(*match.span(), sort, entry.get("places", False), sought)
            known = True
    frames = list(_frames(words, table.get("frame", ())))
    yield from frames
    if not (known or frames) and "perfect" in table:
        found = list(_perfect(words, table["perfect"]))
        yield from found or _first(words, table["perfect"])


def _frames(words: str, table: Sequence[Mapping[str, Any]]) -> Iterator[Event]:
    """The verbs at the end of *words* that have their object, or who has done it, inside: 启动甲建设, 获部委批准."""
    for entry in table:
        match = re.search(f"(?P<first>{entry['first']})(?P<between>[^的]{{4,26}}?)(?P<last>{entry['last']})$", words)
        if match is None or wording.is_word_inside(words, match.start()):
            continue
        category = entry["category"]
        if entry["between"] == "agent":
            yield Event(*match.span(), Sort(match["first"] + match["last"], category, ["subject"], ""))
        else:
            forms = ["object", "proper"] if entry.get("proper") else ["object"]
            yield Event(*match.span("first"), Sort(match["first"], category, forms, ""), closes=match["last"])


def _first(words: str, table: Mapping[str, Any]) -> Iterator[Event]:
    """The verb at the end of *words*, whatever it is, of what is the first of its kind: 全国首个图谱构建."""
    *_, (verb, kind) = segmented(words)
    if kind == "v" and len(verb) > 1 and named.is_first_of_all(words) and not re.match(table["none"], verb):
        start = len(words) - len(verb)
        yield Event(start, len(words), Sort(verb, table["category"], ["subject"], ""))


def _perfect(words: str, table: Mapping[str, Any]) -> Iterator[Event]:
    """Other verbs of *words* behind an adverb that says that it has come about: 成功返回."""
    for match in wording.outside(re.compile(f"{named.FIRST_TO_DO}|(?:{table['adverbs']})(?!{table['none']})"), words):
        verb, kind = next(iter(segmented(words[match.end() :])), ("", ""))
        if kind == "v" and len(verb) > 1:
            end = match.end() + len(verb)
            yield Event(match.end(), end, Sort(verb, table["category"], table["forms"], ""))


def ends(event: Event, behind: str) -> bool:
    """Whether the words *behind* the verb say nothing more of whom it is: 投产发电, 获批设置并招生, 落户青山."""
    own = re.split("并|后", behind.removeprefix("了"), maxsplit=1)[0].removeprefix("等").removeprefix("正式")
    return says_where(event, behind) or (len(own) <= _LONGEST_VERBS and _is_verbs(own))


def _is_verbs(words: str) -> bool:
    """Whether *words* are verbs that say what has come of an event, and not how it goes on: 发电, not 见效."""
    goes_on = words.endswith(tuple(rules("events")["goes_on"]["words"]))
    known = rules("events")["follows"]["words"]
    return not goes_on and all(kind == "v" or word in known for word, kind in segmented(words))


def says_where(event: Event, behind: str) -> bool:
    """Whether the words *behind* the verb only say where: 落户青山, 落成于青山."""
    if _PLACE.fullmatch(behind):
        return True
    settles = event.places and _BARE_PLACE.fullmatch(behind) is not None
    return settles and any(kind != "v" for _, kind in segmented(behind))


def plain(before: str) -> str:
    """The words *before* a verb without adverbs of time, manner and place."""
    words = _WHERE.sub("", _adverbs().sub("", wording.stripped(before)))
    opening = _work().match(words)
    return words[opening.end() :] if opening else words


def subject(before: str) -> str:
    """The subject before a verb; what stands in apposition before a dash left out."""
    return plain(before).rsplit("——", 1)[-1]


def begins_with_work(words: str) -> bool:
    """Whether *words* begin with a verb of work: 加强标准制定."""
    first, kind = next(iter(segmented(words)), ("", ""))
    return kind == "v" and first in rules("topics")["clause"]["verbs"]


def is_no_event(event: Event, before: str, planned: bool) -> bool:
    """Whether the *event* is none: others are to do it, as the words *before* say, or it was only sought or in hand."""
    if event.is_sought and not planned:
        return True
    table = rules("events")
    wished = re.search(f"(?:{table['wished']['words']})(?!{table['wished']['none']})", before)
    in_hand = re.search(f"(?:{table['in_hand']['words']})(?!{table['in_hand']['none']})", before)
    return wished is not None or (not planned and in_hand is not None)


def only_adverbs(between: str) -> bool:
    """Whether the words *between* a thing and its verb only say where and how: 在青山精彩(亮相)."""
    place = re.match("在[^在]{1,10}?(?=$|[\u4e00-\u9fff]{2})", between)
    starts = {0, *(range(2, place.end() + 10) if place else ())}
    return any(
        _adverbs().fullmatch(between[start:]) or not between[start:] for start in starts if start <= len(between)
    )


@cache
def _adverbs() -> re.Pattern[str]:
    return re.compile(f"(?:{wording.OVER_YEARS}|{'|'.join(rules('events')['adverbs']['words'])})+$")


@cache
def _work() -> re.Pattern[str]:
    table = rules("events")
    words = (*table["work"]["words"], *table["adverbs"]["words"])
    return re.compile(f"(?:{'|'.join(sorted(words, key=len, reverse=True))})+")
