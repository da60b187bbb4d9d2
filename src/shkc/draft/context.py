"""Of which years a part of a report speaks, and in what mood: what was done, or what is planned.

Headings and the openings of paragraphs give a context, which the figures and events behind them inherit; a sentence may
say otherwise. The words are in `context.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from shkc.draft import wording
from shkc.draft.rules import rules
from shkc.text import quantity
from shkc.text.periods import PLANS

_WORK_REPORT = re.compile("工作报告")
_STATED = re.compile(
    r"(?<![比较是与从自由即为“同\d])(?<![快高低慢优好]于)(?:到)?(?P<year>(?:19|20)\d\d)年(?P<day>底|末|12月31日|年末|年底)?"
    r"(?!以来|相比|同期|的(?!\d)|年均)"
)
_PLAN = re.compile(
    rf"(?<![较比与同])(?<![较比与同]“)“?(?P<plan>{'|'.join(PLANS)})”?(?=时期|期间|以来|发展|主要|五年|目标|末)"
)
_YEARS_OF_PLAN = 4
_OPENING = 12
"""Characters before the words of time that a paragraph opens with: 各位代表！, 一是, ——."""
_OPENS_WITH = re.compile(r"(?:各位代表[!,]|[一二三四五六七八九十]+是|[—-]+|刚刚)*[^,。;:!?]{0,4}?$")
_SENTENCE_OPENS = 4
"""Characters of a sentence before words of time that are said of all of it: 截至2025年底."""
_THIS_YEAR = re.compile("年内|全年|当年|本年")
_FAR = 1000
"""Characters that words of time or mood reach at most, for text without full stops."""
_GOALS = re.compile(r"目标(?:是|为|如下)?:")


class Standpoint(NamedTuple):
    """From when a report speaks: the year in which it is *given*, and the year that it *reviewed*.

    They are the same for a report on a year. A work report reviews the year before the one that it is given in.
    """

    given: int
    reviewed: int


class Context(NamedTuple):
    """Of which years is spoken, from *start* to *end*, whether of plans, and from what standpoint."""

    start: int
    end: int
    planned: bool
    standpoint: Standpoint

    @property
    def period(self) -> str:
        """The years as a fact file writes them: 2025, or 2021/2025 (an interval as in ISO 8601)."""
        return str(self.end) if self.start == self.end else f"{self.start}/{self.end}"


class Cue(NamedTuple):
    """Words of time, where they begin and end, and the context that they give; *day* where they say the year's end."""

    at: int
    end: int
    context: Context
    day: bool = False


def standpoint(title: str, year: int) -> Standpoint:
    """The standpoint of the report *title* of the *year*."""
    return Standpoint(year, year - 1 if _WORK_REPORT.search(title) else year)


def initial(point: Standpoint) -> Context:
    """What a report speaks of before any heading."""
    return Context(point.reviewed, point.reviewed, False, point)


def cues(folded: str, point: Standpoint) -> list[Cue]:
    """The words of time of *folded* text, in order."""
    return sorted((*_stated(folded, point), *_plans(folded, point), *_relative(folded, point)), key=lambda cue: cue.at)


def _stated(folded: str, point: Standpoint) -> Iterator[Cue]:
    for match in _STATED.finditer(folded):
        year = int(match["year"])
        context = Context(year, year, year > point.reviewed, point)
        yield Cue(match.start(), match.end(), context, day=bool(match["day"]))


def _plans(folded: str, point: Standpoint) -> Iterator[Cue]:
    for match in _PLAN.finditer(folded):
        start = PLANS[match["plan"]]
        end = start + _YEARS_OF_PLAN
        yield Cue(match.start(), match.end(), Context(start, end, start > point.reviewed, point))


def _relative(folded: str, point: Standpoint) -> Iterator[Cue]:
    for entry in rules("context")["year"]:
        base = point.reviewed if entry["from"] == "reviewed" else point.given
        for match in pattern(entry["words"]).finditer(folded):
            start, end = base + entry["start"], base + entry["end"]
            yield Cue(match.start(), match.end(), Context(start, end, start > point.reviewed, point))


@cache
def pattern(words: str) -> re.Pattern[str]:
    """The regular expression *words* of a rule."""
    return re.compile(words)


def said(table: str, folded: str) -> re.Match[str] | None:
    """Words of the rules *table* in *folded*; None when there are none."""
    found = (pattern(entry["words"]).search(folded) for entry in rules("context")[table])
    return next((match for match in found if match is not None), None)


def says_time(heading: str) -> bool:
    """Whether the words of a *heading* say of which time it speaks, or in what mood."""
    folded = quantity.fold_width(heading)
    return bool(cues(folded, Standpoint(0, 0))) or said("heading", folded) is not None


class Reader(NamedTuple):
    """What a report speaks of, from heading to heading and paragraph to paragraph.

    *current* is the context of the paragraphs to come, *given* those that the heading gives, *level* that of the
    heading.
    """

    current: Context
    given: tuple[Context, ...] = ()
    level: int = 0

    def at_heading(self, level: int, words: str) -> Reader:
        """What is spoken of below the heading *words*.

        One that says nothing of time keeps the context where it stands lower, and the mood where it does not.
        """
        point = self.current.standpoint
        folded = quantity.fold_width(words)
        found = tuple(cue.context for cue in cues(folded, point))
        if not found and (not self.level or level <= self.level):
            found = tuple(self._without_time(folded))
        if not found:  # what stands below it is a part of it: 办好民生实事 of what was done
            return self if self.level else self._replace(level=level)
        return Reader(found[0], found, level)

    def _without_time(self, folded: str) -> Iterator[Context]:
        point = self.current.standpoint
        planned = self.current.planned
        moods = [entry["planned"] for entry in rules("context")["heading"] if pattern(entry["words"]).search(folded)]
        if not moods and not self.level:
            return
        planned = moods[0] if moods else planned
        year = point.given if planned else point.reviewed
        yield Context(year, year, planned, point)

    def at_paragraph(self, folded: str) -> tuple[Context, Reader]:
        """What the paragraph *folded* speaks of, and what the paragraphs behind it do."""
        opening = re.split("[。;!?]", re.sub("^各位代表!", "", folded), maxsplit=1)[0][:_FAR]
        first = next(iter(cues(opening, self.current.standpoint)), None)
        if first is None or first.at > _OPENING or first.day or not _OPENS_WITH.match(opening[: first.at]):
            return self.current, self
        context = first.context
        goes_on = context.planned == self.current.planned or context in self.given
        return context, self._replace(current=self._turned_to(folded) or context) if goes_on else self

    def _turned_to(self, folded: str) -> Context | None:
        """Another of the times of the heading, to which the paragraph *folded* turns when it has closed the first.

        2025年目标如期完成。五年来，我们……: what stands behind the paragraph is of the five years.
        """
        turned = None
        for sentence in re.split("[。!?]", folded)[1:]:
            cue = next(iter(cues(sentence[:_FAR], self.current.standpoint)), None)
            opens = cue is not None and not cue.day and _OPENS_WITH.match(sentence[: cue.at]) is not None
            turned = cue.context if cue is not None and opens and cue.context in self.given else turned
        return turned


class Time(NamedTuple):
    """When a figure is of: the *context*, whether its words *state* it, and whether they say the *day*."""

    context: Context
    stated: bool = False
    day: bool = False


def at_figure(context: Context, folded: str, opening: int, start: int, at: int) -> Time:
    """What the figure at *at* of the *folded* paragraph is of, by its sentence.

    The sentence begins at *opening*, its part from the last semicolon on at *start*; what is said before *start* is
    said of all of the sentence only at its beginning.
    """
    point = context.standpoint
    begin = max(opening, at - _FAR)
    reaching = [
        cue
        for cue in cues(folded[begin:at], point)
        if begin + cue.at >= start or (begin + cue.at - opening <= _SENTENCE_OPENS)
    ]
    before = folded[begin:at]
    clause = re.split("[,;:]", before)[-1]
    if reaching and not (reaching[-1].day and _THIS_YEAR.search(clause)):
        stated = reaching[-1].context
        foreseen = wording.ESTIMATED.search(before) is not None and not context.planned  # 预计2027年
        planned = (stated.planned and not foreseen) or said("planned", before) is not None
        return Time(stated._replace(planned=planned), stated=True, day=reaching[-1].day)
    if context.planned and said("done", clause):
        return Time(initial(point))
    if not context.planned and (said("planned", before) or _GOALS.search(folded[max(0, start - _FAR) : start])):
        return Time(Context(point.given, point.given, True, point))
    return Time(context)


def period_of(time: Time, clause: str, *, is_rate: bool, is_state: bool) -> str:
    """The period of a figure of *time*, of whose kind its *clause* and *is_rate* or *is_state* tell.

    Of several years a figure states what was done or has grown in all of them, or how it stands at their end.
    """
    context = time.context
    if time.day:
        return f"{context.end}-12-31"
    if context.start == context.end or is_rate or said("held", clause):
        return context.period
    is_at_end = is_state or (said("state", clause) is not None and "累计" not in clause)
    return str(context.end) if is_at_end else context.period
