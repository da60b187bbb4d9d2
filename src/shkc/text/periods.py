"""Periods in text: years, parts of a year, spans of years, absolute or relative to a year."""

import re
from collections.abc import Iterator
from typing import NamedTuple

WHOLE = ""
"""The part of a period that is whole years."""

PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031}
"""The first year of each five-year plan that is named by its number."""

_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ORDINALS = {"fir": 1, "sec": 2, "thi": 3, "fou": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTERS = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4", "1": "Q1", "2": "Q2", "3": "Q3", "4": "Q4"}

_YEAR = re.compile(
    r"(?<![\d.])(?P<full>(?:19|20)\d\d)(?!\d|,\d)(?=\D|$)(?![余多]?[家个项件名位款亿万%])"
    r"|(?<![\d.])(?P<short>[0-3]\d)(?=年(?![来间内以]))"
    r"|(?P<words>[二一][零〇九][零〇一二三四五六七八九]{2})(?=年)"
)
_PLAN = re.compile(f"(?P<plan>{'|'.join(PLANS)})(?P<end>[”’」]?(?:规划)?(?:时期|期)?末)?")
_RELATIVE = (
    (re.compile("大前年"), -2),
    (
        re.compile(
            r"(?<![比较从])(?:(?<!大)前年|前一年|上一?年度?(?![末底]?[比相增涨多少])|上上年)"
            r"|year before(?! last)|previous year|prior year"
        ),
        -1,
    ),
    (re.compile("明年|来年|下一年|next year"), 1),
    (re.compile("后年"), 2),
)
"""Words for a year by its distance from the present one. 去年 and 今年 both mean the present one: a report on a year
appears in the next, and its readers say either."""

_COMPARED = re.compile(r"(?:比|较|than|over|on|from|against|versus|vs)\W*(?:the\W+)?$")
_PART = re.compile(
    r"(?P<half>[上下])半年|(?P<first>前三)季度|第?(?P<quarter>[一二三四1-4])季度|(?<![\w])q(?P<q>[1-4])\b"
    r"|(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) (?P<unit>quarter|half)"
    r"|(?<![\d个])(?P<month>1[0-2]|[1-9])月份?(?!\d)"
)
_SPAN = re.compile(
    r"(?P<count>\d+|[一二两三四五六七八九十]+)年(?P<where>前|来|间|以来)|(?:过去|近|最近)(?P<past>\d+|[一二两三四五六七八九十]+)年"
    r"|(?:last|past) (?P<english>decade|\w+ years)"
)


class Period(NamedTuple):
    """Years from *start* to *end*, or the *part* of a year: H1, Q3, M05, or Q1-Q3. *words* is how it is said."""

    start: int
    end: int
    part: str
    words: str

    @property
    def is_whole(self) -> bool:
        """Whether it is no part of a year."""
        return self.part == WHOLE

    @property
    def is_year(self) -> bool:
        """Whether it is one whole year."""
        return self.is_whole and self.start == self.end

    @property
    def is_plan(self) -> bool:
        """Whether it is a five-year plan, called by its number."""
        return self.words in PLANS


def periods(text: str, present: int) -> Iterator[Period]:
    """The periods that *text*, in lower case and half-width, names; relative ones count from the year *present*."""
    years = list(_years(text, present))
    yield from years
    year = years[0].start if years else present
    for match in _PART.finditer(text):
        yield Period(year, year, _part(match), match[0])
    for match in _PLAN.finditer(text):
        first, last = PLANS[match["plan"]], PLANS[match["plan"]] + 4
        yield Period(last if match["end"] else first, last, WHOLE, match["plan"])
    for match in _SPAN.finditer(text):
        yield Period(present - 10, present - 1, WHOLE, match[0])


def _years(text: str, present: int) -> Iterator[Period]:
    for match in _YEAR.finditer(text):
        if match["words"]:
            year = int("".join(str(_DIGITS[character]) for character in match["words"]))
        else:
            year = int(match["full"] or "20" + match["short"])
        yield Period(year, year, WHOLE, match[0])
    for pattern, distance in _RELATIVE:
        for match in pattern.finditer(text):
            if not _COMPARED.search(text[: match.start()]):
                yield Period(present + distance, present + distance, WHOLE, match[0])


def _part(match: re.Match[str]) -> str:
    if match["half"]:
        return "H1" if match["half"] == "上" else "H2"
    if match["first"]:
        return "Q1-Q3"
    if match["ordinal"]:
        return f"{'Q' if match['unit'] == 'quarter' else 'H'}{_ORDINALS[match['ordinal'][:3]]}"
    if match["month"]:
        return f"M{int(match['month']):02}"
    return _QUARTERS[match["quarter"] or match["q"]]
