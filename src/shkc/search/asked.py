"""What kind of figure a question asks for: of which quantity, aspect, measure, class and level."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from shkc.search.vocabulary import Vocabulary
from shkc.text import words

if TYPE_CHECKING:
    from shkc.text.ordinals import Rank

_ASKED = {
    "rank": re.compile(
        r"第几|老几|老大|排[在到名行]*第?(?:几|多少)|几名\W*$|全国(?:第一|首位)|全国最[多高大强]|最[多高大强]的?[是在]"
        "|排名|名次|位次|排位|排行|榜首|rank"
    ),
    "money": re.compile(
        r"\b(?:yuan|rmb|cny)\b|(?:多少|几)[十百千万亿]*(?:元|钱|块)|(?:多少|几)[个十百千万]*亿|总额|变现"
    ),
    "count": re.compile(
        "[件项个家份户款总]数|人数|次数|数量|数目|how many"
        "|(?:多少|几)[十百千万]?(?:[家位项款场份件人名次笔]|个(?!百?分?点))"
    ),
    "number": re.compile(r"number of|[^指]数\W*$"),
    "value": re.compile(r"多少|几[多兆]|how much|总[额量值]|\b(?:total|combined|usd|[mbtr]+illions?)\b"),
}
"""How a question says what kind of quantity it wants. The first pattern that fits decides."""

PEOPLE = "位名人"
THINGS = "项件份张款种场次笔"
COUNTERS = ("家户所", PEOPLE, THINGS)
"""Units that count the same sort of thing, so that one may stand for another. 个 counts anything but people."""

_COUNTED = re.compile(f"(?:多少|几)[十百千万]*([{''.join(COUNTERS)}])|([家户人项件份款笔])数")
"""How a question says what it counts: 几家 is asked of organisations, 几位 of people."""

_CLASS = re.compile(
    r"(?P<class>(?<![\da-z])[a-z1-9](?=[类证])|(?<=第)[二三四五六七八九](?=[艘届批次代]))"
    r"|(?:category|class|tier) (?P<english>[a-z1-9])\b"
)
"""A class or an ordinal that a name must have: 2类, Category C, 第二艘."""

_MEASURES = {
    "flow": re.compile(
        "新增|净增|(?:今年|当年|本年度?|全年|年内|去年)(?:又|刚|一共|总共)?新|(?<![创高更革最])新(?:发|上|办|签|入|评|批|设|建|成立|认定|注册)"
        "|newly|this year's new|added (?:this|during|last|in)"
    ),
    "stock": re.compile(
        "累计|存量|历年|迄今|至今|保有量|总数|总人数|总量"
        "|cumulative|to date|so far|in total|all of them|stock of|total number"
    ),
}
"""Words that ask for what there is in all, or for what came about in a year; the first that fits decides."""

_LEVEL = re.compile("(?P<level>国家|市|省|区|县)级")
"""A level of government that a name must be of: 国家级 asks for another thing than 市级."""

_REACHES = (
    frozenset(("全国", "国内", "中国", "我国", "nationwide", "nationally", "national", "china", "country")),
    frozenset(("全球", "世界", "国际", "worldwide", "world", "globally", "global")),
)
"""Words for what a rank is the rank of: the country, the world."""

_SHARE = re.compile(
    "占.{0,20}?(?:比[重例]|份额|百分|几成|多少)|(?:share|percentage|proportion) of (?!gdp)|what (?:share|percentage)"
    "|(?:share|percentage)\\W*$"
)
"""How a question asks for a share in more than one word."""

_RELATIVE = re.compile(
    r"每|[占比率]|密度|强度|平均|人均|万名|\bper\b|share|ratio|percent|density|intensity|proportion|rate"
)
"""How a question says that it asks for a ratio."""

_GROWTH = re.compile(r"[较比]上?[年一]?年度?\W*$")
"""How a question that breaks off asks for a growth: 交易金额较上年."""

_STATES = {
    "built": re.compile(r"建成|已建|投入运行|投用|in operation|operational|completed"),
    "being built": re.compile(r"在建|建设中|under construction|being built"),
    "planned": re.compile(r"规划|待建|拟建|planned|to be built"),
}
"""How a question or a name says in which state of building something is."""

_EXCLUDING = re.compile(
    "不算|不含|不包括|除去|除了|扣除|(?:^|(?<=[^一-鿿])|(?<=的))非(?![常得凡洲])"
    "|excluding|except|without|not counting|non-"
)
"""Words that exclude something: what is left is another figure."""


class Asked(NamedTuple):
    """What kind of figure is asked for."""

    quantity_kind: str | None
    """Of which quantity: count, money, rank, or number (not money); None when the question does not say."""
    counter: str
    """The unit in which things are to be counted; empty when it does not say, or says 个."""
    aspect: str | None
    """What of the figure: growth, share, rank; None for its value."""
    measure: str
    """What came about in a year (flow), or what there is in all (stock); empty for either."""
    heads: tuple[tuple[str, str], ...]
    """What is to be counted or measured, each word with its dimension."""
    classes: tuple[str, ...]
    """The classes and ordinals that a name must have: 2 of 2类."""
    levels: tuple[str, ...]
    """The levels of government that a name must say: 国家 of 国家级."""
    states: frozenset[str]
    """The states of building that are asked for: built, being built, planned."""
    excluding: str
    """The word that excludes a part, which a name must have; empty without one."""

    is_relative: bool
    """Whether it asks for a ratio: per head, per cent, a density."""

    @property
    def is_quantity(self) -> bool:
        """Whether only a figure can answer."""
        return bool(self.quantity_kind or self.counter or self.aspect)


def asked_for(
    folded: str, found: Sequence[str], heads: tuple[tuple[str, str], ...], ranks: Sequence[Rank], known: Vocabulary
) -> Asked:
    """What the question *folded*, in lower case and half-width, asks for. *found* are its words, *ranks* its places."""
    counted = _COUNTED.search(folded)
    excluding = _EXCLUDING.search(folded)
    stated = next((aspect for aspect, says in known.aspects.items() if _says(found, says)), None)
    return Asked(
        quantity_kind="rank" if ranks else next((kind for kind, asked in _ASKED.items() if asked.search(folded)), None),
        counter=(counted[1] or counted[2]) if counted else "",
        aspect=stated or ("share" if _SHARE.search(folded) else "growth" if _GROWTH.search(folded) else None),
        measure=next((measure for measure, says in _MEASURES.items() if says.search(folded)), ""),
        heads=heads,
        classes=tuple(match["class"] or match["english"] for match in _CLASS.finditer(folded)),
        levels=tuple(match["level"] for match in _LEVEL.finditer(folded)),
        states=states_of(folded),
        is_relative=bool(_RELATIVE.search(folded)),
        excluding=excluding[0] if excluding else "",
    )


def states_of(text: str) -> frozenset[str]:
    """The states of building that *text* names."""
    return frozenset(state for state, says in _STATES.items() if says.search(text))


def reaches(found: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """What a rank is to be the rank of, as the words *found* say: the country or the world."""
    for reach in _REACHES:
        word = next((each for each in found if _says((each,), reach)), None)
        if word:
            yield next(each for each in reach if each in word), reach


def _says(found: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether one of the words *found* is, or has within it when it is Chinese, one of the *wanted* ones."""
    return any(word == other or (words.is_han(word) and other in word) for word in found for other in wanted)
