"""What kind of figure a question asks for: of which quantity, aspect, measure, class and level."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from shkc.search import vocabulary
from shkc.search.interrogative import Interrogative, thing
from shkc.search.vocabulary import Cues, Vocabulary
from shkc.search.wholes import asks_for_share
from shkc.text import word_classes, words

if TYPE_CHECKING:
    from shkc.text.ordinals import Rank

_SUPERLATIVE = ("最多", "最高", "最大", "最强")
_COUNTED = "家户人项件份款笔"
"""Units whose number has a name of its own: 家数, 人数."""

CLASSIFIERS = ("类", "证")
CLASSES = ("category", "class", "tier")
_ORDINALS = "二三四五六七八九"
_NUMBERED = "艘届批次代"
_ENGLISH_ORDINALS = frozenset(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"))
_ORDINAL_NOUNS = frozenset(("half", "hand", "party", "parties", "quarter", "most", "largest", "place"))
"""A class (2类, class B) or an ordinal (第二艘, second ship), which a name must have; second half is none."""

_LEVELS = ("国家", "市", "省", "区", "县")
"""Levels of government: 国家级 asks for another thing than 市级."""

_NO_NEGATION = frozenset("常得凡洲")
"""What makes of 非 no negation: 非常, 非凡."""

_REACHES = (
    frozenset(("全国", "国内", "中国", "我国", "nationwide", "nationally", "national", "china", "country")),
    frozenset(("全球", "世界", "国际", "worldwide", "world", "globally", "global")),
)
"""Words for what a rank is the rank of: the country, the world."""

_INTENT = ("计划", "规划", "将", "要")
_TO_REACH = "达增降涨建完实突超控"
"""An intent asks for what is planned only before a verb of reaching, as in 计划达到: a programme is a plan, too."""


class Asked(NamedTuple):
    """What kind of figure is asked for."""

    quantity_kind: str | None
    """Of which quantity: count, money, measure (a length, an area, a mass …), rank, number (not money) or value; None
    when the question does not say."""
    counter: str
    """The unit in which things are to be counted; empty when it does not say, or says 个."""
    aspect: str | None
    """What of the figure: growth or share; None for its value."""
    measure: str
    """What came about in a year (flow), or what there is in all (stock); empty for either."""
    heads: tuple[tuple[str, str], ...]
    """What is to be counted or measured, each word with its dimension."""
    classes: tuple[str, ...]
    """The classes and ordinals that a name must have: 2 of 2类."""
    levels: tuple[str, ...]
    """The levels of government that a name must say: 国家 of 国家级."""
    states: frozenset[str]
    """The states of building that alone are asked for: built, being built, planned; none of those included."""
    excluding: str
    """The word that excludes a part, which a name must have; empty without one."""

    is_relative: bool
    """Whether it asks for a ratio: per head, per cent, a density."""

    thing: str
    """The noun behind 多少, which is counted or measured; empty when the question does not say."""

    in_thousands: bool
    """Whether it says that so many are counted that no ratio is meant: 几千人, 多少万家."""

    @property
    def is_quantity(self) -> bool:
        """Whether only a figure can answer."""
        return bool(self.quantity_kind or self.counter or self.aspect)


def asked_for(
    found: Sequence[str],
    words_asking: Mapping[str, Sequence[Interrogative]],
    heads: tuple[tuple[str, str], ...],
    ranks: "Sequence[Rank]",
    known: Vocabulary,
) -> Asked:
    """What a question asks for: *found* are its words, *words_asking* those that ask, *ranks* its places."""
    asking = [each for word in words_asking.values() for each in word]
    phrase = words.phrase(found)
    excluding = _excluding(found, phrase, known.cues["excluding"])
    includes = not excluding and known.cues["including"].said(phrase)
    return Asked(
        quantity_kind="rank" if ranks else _quantity_kind(phrase, asking, known),
        counter=_counter(phrase, asking),
        aspect=_aspect(phrase, asking, known),
        measure=_measure(phrase, known),
        heads=heads,
        classes=tuple(_classes(found)),
        levels=tuple(level for level in _LEVELS if f"{level}级" in phrase),
        states=frozenset() if includes else states_of(phrase),
        is_relative=bool(known.cues["relative"].said(phrase)),
        excluding=excluding,
        thing=thing(words_asking),
        in_thousands=any(each.magnitude and each.counter for each in asking),
    )


def _quantity_kind(phrase: str, asking: Sequence[Interrogative], known: Vocabulary) -> str | None:
    """The first of rank, money, measure, count, number and value that *phrase* says or is *asking* for."""
    said = {
        "rank": _is_superlative(phrase),
        "money": any(each.is_money for each in asking),
        "measure": any(each.is_measure for each in asking),
        "count": any(each.counter or each.is_count for each in asking),
        "value": any(not each.is_name for each in asking),
    }
    cues = known.cues
    kinds = ("rank", "money", "measure", "count", "number", "value")
    return next((kind for kind in kinds if said.get(kind) or (kind in cues and cues[kind].said(phrase))), None)


def _is_superlative(phrase: str) -> bool:
    """Whether *phrase* asks for what is first: 全国最多, 最高的是."""
    return any(
        phrase.endswith("全国", 0, at) or phrase[at + 2 :].removeprefix("的").startswith(("是", "在"))
        for word in _SUPERLATIVE
        if (at := phrase.find(word)) >= 0
    )


def _counter(phrase: str, asking: Sequence[Interrogative]) -> str:
    """The unit in which things are to be counted: that of 几家, or of 家数."""
    named = (unit for unit in _COUNTED if f"{unit}数" in phrase)
    return next((each.counter for each in asking if each.counter), None) or next(named, "")


def _aspect(phrase: str, asking: Sequence[Interrogative], known: Vocabulary) -> str | None:
    """What is asked of the figure. Who counts (占几家) asks for no share, whatever the verb."""
    grows = known.cues["growth"].said(phrase)
    if grows and not _grows_by_things(phrase, grows, asking):
        return "growth"
    counts = any(each.counter for each in asking)
    return "share" if not counts and (asks_for_share(phrase) or known.cues["share"].said(phrase)) else None


def _grows_by_things(phrase: str, cue: str, asking: Iterable[Interrogative]) -> bool:
    """Whether what the *cue* says is how many there are more of what stands behind it: 增加了多少就业.

    A unit there, as the 亿元 of 增加了多少亿元, belongs to what is *asking*.
    """
    if not cue.endswith("多少") or any(each.unit or each.is_money for each in asking):
        return False
    word, kind = next(word_classes.segmented(phrase[phrase.find(cue) + len(cue) :].partition(" ")[0]), ("", ""))
    return len(word) > 1 and kind in ("n", "v")


def _measure(phrase: str, known: Vocabulary) -> str:
    """Whether *phrase* asks for what came about in a year, or for what there is in all; the first decides."""
    new = "新" in phrase and _says_new(phrase)
    if new or any(word_classes.ends_word(phrase, at) for at in known.cues["flow"].places(phrase)):
        return "flow"
    return "stock" if known.cues["stock"].said(phrase) else ""


def _says_new(phrase: str) -> bool:
    """Whether *phrase* says 新 of something done: a word by itself, with no noun behind it as in 新能源."""
    for text in filter(words.is_han, phrase.split()):
        for (word, _), (_, kind) in pairwise(word_classes.segmented(text)):
            if word == "新" and kind != "n":
                return True
    return False


def _classes(found: Sequence[str]) -> Iterator[str]:
    """The classes and ordinals that the words *found* name: 2类, class A, 第二艘."""
    for before, word, behind in zip(("", *found), found, (*found[1:], ""), strict=False):
        if len(word) == 1 and word.isascii() and (before in CLASSES or behind.startswith(CLASSIFIERS)):
            yield word
        if word in _ENGLISH_ORDINALS and behind not in _ORDINAL_NOUNS:
            yield word
        for at in range(1, len(word) - 1):
            if word[at - 1] == "第" and word[at] in _ORDINALS and word[at + 1] in _NUMBERED:
                yield word[at]


def _excluding(found: Iterable[str], phrase: str, cues: Cues) -> str:
    """The word that excludes a part: one of the *cues*, or 非 with the character that it negates."""
    negated = (word[at:] for word in found for at in (0, word.find("的非") + 1))
    negations = (rest[:2] for rest in negated if rest.startswith("非") and rest[1:2] not in _NO_NEGATION)
    return next(negations, None) or cues.said(phrase).strip()


def states_of(text: str) -> frozenset[str]:
    """The states of building that *text* names."""
    cues = vocabulary.load().cues
    return frozenset(state for state in ("built", "being built", "planned") if cues[state].said(text))


def reaches(found: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """What a rank is to be the rank of, as the words *found* say: the country or the world."""
    for reach in _REACHES:
        said = (
            each for word in found for each in sorted(reach) if word == each or (words.is_han(word) and each in word)
        )
        word = next(said, None)
        if word:
            yield word, reach


def asks_for_plans(phrase: str, cues: Cues) -> bool:
    """Whether a question, in the form of `words.phrase`, asks for what is planned: by one of the *cues*, or an intent.

    A work report plans the present year, so that 今年 is such a cue.
    """
    return bool(cues.said(phrase)) or any(f"{intent}{verb}" in phrase for intent in _INTENT for verb in _TO_REACH)
