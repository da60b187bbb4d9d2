"""The words of a question that ask for a number (几家, 多少亿元) and of what, or for a name (哪个指标)."""

from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import dropwhile
from typing import NamedTuple

from shkc.text import word_classes, words

PEOPLE = "位名人"
EVENTS = "场次"
THINGS = "项件份张款种笔"
COUNTERS = ("家户所", PEOPLE, EVENTS, THINGS)
"""Units that count the same sort of thing, so that one may stand for another. 个 counts things and institutions.

These, and the other units here, are the commonest of a closed class; the table of units, which has more, loads slowly.
"""

MONEY = frozenset("元钱块")
"""What an amount of money is asked in."""

_THINGS = frozenset("个间座只")
"""The commonest units of things of any sort."""

_UNITS = frozenset("".join(COUNTERS)) | MONEY | _THINGS | frozenset("号成")
_MEASURES = frozenset("米公海平立升吨斤克瓦亩")
"""What a unit of a physical quantity begins with in Chinese, without 千 and 兆, which are magnitudes, too."""
_PHYSICAL = frozenset(("length", "area", "volume", "mass", "power", "energy"))
_COUNTS = frozenset(("people", "organisations", "occasions", "items"))
_MAGNITUDES = frozenset("十百千万亿兆")
_POINTS = ("百分点", "千分点", "基点", "巴仙")
_PARTS = ("占百分之", "百分之", "占")
"""What stands before the number of a part: 占几成."""

_NUMBER = ("多少", "几多", "多大", "多高", "几")
_OTHER_WORDS = (
    "几乎", "几何", "几内亚", "几率", "几经", "几度", "多大学", "多高校", "多高新", "多高质", "多高端", "多高等",
    "多高层",
)  # fmt: skip
"""What only begins as a word that asks: nearly, geometry, 很多大学."""
_CHOICE = frozenset("一几个项条种家类")
_FIGURE = ("指标", "数据", "数字", "数")
_SAYING = ("说的是", "指的是", "说的", "指的", "是")


class Interrogative(NamedTuple):
    """Words that ask, from *start* to *end* of a text: 几百家 has the *magnitude* 百 and the *unit* 家.

    Both are empty for words that ask for a name, *is_name*.
    """

    start: int
    end: int
    magnitude: str = ""
    unit: str = ""
    is_name: bool = False

    @property
    def is_money(self) -> bool:
        """Whether an amount of money is asked for: 多少钱, 几个亿."""
        return self.unit in MONEY or ("亿" in self.magnitude and not self.unit)

    @property
    def is_measure(self) -> bool:
        """Whether a physical quantity is asked for: 多少公里."""
        return bool(self.unit) and self.unit not in _UNITS and not self.is_count

    @property
    def is_count(self) -> bool:
        """Whether a number of things is asked for, in a unit that counts no special sort of them: 多少个, 多少辆."""
        return self.unit in _THINGS or (bool(self.unit) and self.unit not in _UNITS and _counts(self.unit))

    @property
    def counter(self) -> str:
        """The unit in which things or people are counted; empty for any other, and for 个."""
        return self.unit if any(self.unit and self.unit in sort for sort in COUNTERS) else ""


def interrogatives(text: str) -> Iterator[Interrogative]:
    """The words of *text* that ask, in order; none overlap."""
    at = 0
    while at < len(text):
        found = _number(text, at) or _name(text, at)
        if found:
            yield found
        at = max(at + 1, found.end if found else 0)


def counted(found: Iterable[str], saying: Container[str]) -> str:
    """The noun that stands behind *how many* among the words *found*; empty where none does.

    The first plural, without what stands before it (*Chinese drugs*), else the first word that is no participle. Words
    that are not among the stems *saying* something, as a place, are none.
    """
    behind = (word for word in dropwhile(lambda word: word != "many", found) if word.isascii() and word.isalpha())
    names = [word for word in behind if words.stem(word) in saying and not word.endswith(("ed", "ing"))]
    plurals = (word for word in names if words.stem(word) != word)
    return words.stem(next(plurals, next(iter(names), "")))


def thing(asking: Mapping[str, Iterable[Interrogative]]) -> str:
    """The noun behind what asks for a number in one of the words of *asking*: 来了多少*游客*; empty for none.

    A Chinese noun phrase ends in its head.
    """
    for word, each in asking.items():
        behind = next((word[one.end :] for one in each if not one.is_name and one.end < len(word)), "")
        nouns = [piece for piece, kind in word_classes.segmented(behind) if kind == "n" and len(piece) > 1]
        if nouns:
            return nouns[-1]
    return ""


def _number(text: str, at: int) -> Interrogative | None:
    word = next((word for word in _NUMBER if text.startswith(word, at)), None)
    if word is None or text.startswith(_OTHER_WORDS, at):
        return None
    start, end = at, at + len(word)
    before = next((word for word in _PARTS if text.endswith(word, 0, start)), "")
    start -= len(before)
    in_piles = text[end : end + 1] == "个" and text[end + 1 : end + 2] in ("万", "亿")
    first = end + in_piles
    end = first
    while text[end : end + 1] in _MAGNITUDES:
        end += 1
    magnitude = text[first:end]
    behind = end + text.startswith("个", end)
    point = next((word for word in _POINTS if text.startswith(word, behind)), "")
    if point:
        return Interrogative(start, behind + len(point), magnitude)
    unit = _unit(text, end)
    return Interrogative(start, end + len(unit), magnitude, unit)


def _unit(text: str, at: int) -> str:
    """The unit that stands at *at*; empty for none, and for points: 提高几个点."""
    unit = text[at : at + 1]
    if unit in _UNITS:
        return "" if unit == "个" and text.startswith("点", at + 1) else unit
    if unit in _MEASURES:
        from shkc.text import units  # most questions ask for no physical quantity

        found = (symbol for symbol in units.known() if text.startswith(symbol, at))
        longest = max((each for each in found if units.dimension(each) in _PHYSICAL), key=len, default="")
        return "" if text.startswith("级", at + len(longest)) else longest  # 几个万吨级码头 are berths
    return _counter_alone(text, at)


def _counts(unit: str) -> bool:
    from shkc.text import units  # most questions ask in one of the commonest units

    return units.dimension(unit) in _COUNTS and not units.counted_noun(unit)


def _counter_alone(text: str, at: int) -> str:
    """The word at *at* of *text* where it is a unit of things: 辆 of 多少辆, not 本科 of 多少本科生."""
    word, _ = next(word_classes.segmented(text[at:]), ("", ""))
    return word if word and _counts(word) else ""


def _name(text: str, at: int) -> Interrogative | None:
    if text[at] != "哪":
        return None
    end = at + 1
    while text[end : end + 1] in _CHOICE:
        end += 1
    figure = next((word for word in _FIGURE if text.startswith(word, end)), None)
    if figure is None:
        return None
    saying = next((word for word in _SAYING if text.endswith(word, 0, at)), "")
    return Interrogative(at - len(saying), end + len(figure), is_name=True)
