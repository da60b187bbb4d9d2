"""The words of a Chinese question that ask: for a number (几家, 多少亿元), or for the name of a figure (哪个指标)."""

from collections.abc import Iterator
from typing import NamedTuple

PEOPLE = "位名人"
EVENTS = "场次"
THINGS = "项件份张款种笔"
COUNTERS = ("家户所", PEOPLE, EVENTS, THINGS)
"""Units that count the same sort of thing, so that one may stand for another. 个 counts things and institutions."""

MONEY = frozenset("元钱块")
"""What an amount of money is asked in."""

_UNITS = frozenset("".join(COUNTERS)) | MONEY | frozenset("个间座只号成")
_MEASURES = frozenset("米公海平立升吨斤克瓦亩")
"""What a unit of a physical quantity begins with in Chinese, without 千 and 兆, which are magnitudes, too."""
_PHYSICAL = frozenset(("length", "area", "volume", "mass", "power", "energy"))
_MAGNITUDES = frozenset("十百千万亿兆")
_POINTS = ("百分点", "千分点", "基点", "巴仙")
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
        return bool(self.unit) and self.unit not in _UNITS

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


def _number(text: str, at: int) -> Interrogative | None:
    word = next((word for word in _NUMBER if text.startswith(word, at)), None)
    if word is None or text.startswith(_OTHER_WORDS, at):
        return None
    start, end = at, at + len(word)
    if text.endswith("百分之", 0, start):
        start -= 3
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
    return ""


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
