"""Whether words name one thing that a milestone can be of: 青山大桥, and not 一批项目 or 现代化产业体系.

A thing is named by what kind of thing the words end in and more than that, by quotation marks, by its type, or because
it is the first of its kind. The words are in `events.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from shkc.draft.rules import rules
from shkc.text.units import any_of

LONGEST_OBJECT = 26
SHORTEST_OBJECT = 4
SHORTEST_NAME = 2
"""Characters of a name besides what kind of thing it names."""
_SHORTEST_CONCRETE, _SHORTEST_EXAMPLE = 3, 6
_SHORTEST_LIST = 6
"""Characters of the name of a list that some verbs need no country for: 入选青山制造领军企业."""
NATIONAL = ("honour", "institution")
"""Categories of events that tell how many things of the nation there are by now."""
_LONGER = 8
"""Characters that a distinction may have more than another object."""
_FIRST = re.compile(
    "首[个座条张家部套台款例单笔颗艘架列班趟支所只项批]|唯一|第[一二三四五六七八九十百\\d]+[届次条期号批]"
)
"""What says that a thing is one of its kind: 首座, 第三届."""
_FIRST_ONE = re.compile(_FIRST.pattern.replace("批", ""))
"""What says so of a single thing."""
_FIRST_OF_ALL = re.compile("(?:全国|全球|世界|国内|国际|亚洲|我国|中国)[^、]{0,4}(?:首[^次届批都府先要创]|唯一)")
FIRST_TO_DO = "(?:全国|全球|世界|国内|国际|亚洲|我国)(?:首次|率先)"
"""What says that nobody has done so before, as a pattern."""
_CODE = re.compile("[A-Z][A-Za-z0-9-]*\\d[A-Za-z0-9]*$")
"""The type of a craft or an engine: AR-E3000."""
_QUOTED = re.compile("“[^“”]{2,20}”")
_PLAN = re.compile("^“?十[一二三四五]五”?$")
_OF_PLACE = re.compile(
    "(?:省|市|自治区)(?![级内外市县区])[\u4e00-\u9fff]*(?:院|中心|集团|公司|实验室|大学|学院|基金|银行|馆|室)$"
)
"""What is the only one of a province or a city: 省产业技术研究院."""
_LONGEST_KIND = 4
_ROUTES = ("路", "线", "高铁", "高速")
"""What is called by two places, in two characters: 加西公路."""
_BETWEEN_EXAMPLES = re.compile("、|(?<=”)和|(?<=[\u4e00-\u9fff]{4})和(?=[\u4e00-\u9fff]{4})")
_NUMBER = re.compile("(?<=..)等\\d+余?[^\\d、][^、]*$")
_COUNTED = "(?:\\d+余?[^\\d、]|一大?批|系列|一系列)?"
"""How many things there are of which some are named: 等9条公路."""
_LIST = re.compile(r"、(?=[^、]{4})|和(?=[\u4e00-\u9fff“]{4,})|以及|及(?=[\u4e00-\u9fff“]{4,})")

_JOINT = re.compile("(?:、|和|以及|及)$")


class Sort(NamedTuple):
    """What a verb asks of the thing that it is of: its *verb*, the *category* and *forms* of its entry, *object*."""

    verb: str
    category: str
    forms: Sequence[str]
    object: str


class Piece(NamedTuple):
    """One of the things that words list, and what it is said to be an *example* of; None where it is none.

    The example of roads needs their name behind its own: 甲至乙 of 甲至乙、丙至丁等公路.
    """

    words: str
    example: str | None = None
    others: str = ""
    """What stands behind the last example: 等公路 of 甲至乙、丙至丁等重大公路; empty where all are named."""


def is_named(words: str, sort: Sort) -> bool:
    """Whether *words* name one thing: a kind of thing by what they end in, and more than that."""
    plain = "“" in words or sort.object or _OF_PLACE.match(words) or len(_modifiers().sub("", words)) >= SHORTEST_NAME
    return len(words) >= SHORTEST_OBJECT and bool(plain) and is_kind(words, sort)


def is_distinction(words: str, sort: Sort) -> bool:
    """Whether *words* are of a country or of the world, or of a list, as the object of an honour."""
    table = rules("events")["scope"]
    generic = re.search(f"(?:{rules('events')['generic']['distinction']})$", words)
    fits = SHORTEST_OBJECT <= len(words) <= LONGEST_OBJECT + _LONGER and not generic
    known = sort.verb in table["verbs"] and len(words) >= _SHORTEST_LIST
    scope = known or re.search(table["words"], words) is not None
    return sort.category == "honour" and not sort.object and fits and scope


def is_example(piece: Piece) -> bool:
    """Whether *piece* is one of several examples, and a name."""
    if piece.example is None or is_generic(piece.words):
        return False
    length = len(piece.words) + (len(piece.example) if piece.example.endswith(_ROUTES) else 0)
    return SHORTEST_OBJECT <= length <= LONGEST_OBJECT


def is_concrete(words: str, sort: Sort) -> bool:
    """Whether *words*, the subject of an event that only things have, name one, and more than its kind."""
    concrete = rules("events")["concrete"]
    if sort.verb not in concrete["verbs"] or is_generic(words) or re.search(concrete["none"], words):
        return False
    specific = "、" not in words and len(_modifiers().sub("", words)) >= _SHORTEST_CONCRETE
    return _SHORTEST_EXAMPLE <= len(words) <= LONGEST_OBJECT and specific


def is_proper(words: str, sort: Sort) -> bool:
    """Whether *words* name one thing because only one can be the subject of such an event: 青山陵申遗成功."""
    return "proper" in sort.forms and len(words) >= SHORTEST_NAME and not is_generic(words)


def is_kind(words: str, sort: Sort) -> bool:
    """Whether *words* end as the name of a thing does, or have quotation marks, and are no slogan."""
    if not SHORTEST_NAME <= len(words) <= LONGEST_OBJECT + _LONGER:
        return False
    if sort.object:
        return fits(words, sort) and not (opens_generic(words) or _has_generic(words))
    if is_generic(words):
        return False
    quotes = [match[0] for match in _QUOTED.finditer(words)]
    if quotes:
        return not all(_PLAN.match(quote) for quote in quotes)
    of_category = rules("events")["names"]["of_category"].get(sort.category)
    if of_category and re.search(f"(?:{of_category})$", words):
        return True
    return any(pattern.search(words) for pattern in (_nouns(), _FIRST, _CODE))


def fits(words: str, sort: Sort) -> bool:
    """Whether *words* end in what the object of a verb must that says little alone, or are the first of their kind."""
    plain = words.rstrip("”") if sort.category == "honour" else words
    return not sort.object or re.search(f"(?:{sort.object})$", plain) is not None or _is_first(words, sort)


def is_first(words: str) -> bool:
    """Whether *words* say that a thing is one of its kind: 首座, 唯一."""
    return _FIRST.search(words) is not None


def is_of_the_nation(words: str) -> bool:
    """Whether *words* are of a country or of the world."""
    return re.search(rules("events")["scope"]["words"], words) is not None


def is_number_of_national(words: str, sort: Sort) -> bool:
    """Whether *words* are a number of things of the nation, which it is an honour to have: 2家全国重点实验室获批."""
    number = re.match("\\d+余?[个家所座]", words)
    rest = words[number.end() :] if number else ""
    return sort.category in NATIONAL and is_of_the_nation(rest) and is_kind(rest, sort)


def is_first_of_all(words: str) -> bool:
    """Whether *words* are the first of their kind, in a country or in the world: 全国首个."""
    return _FIRST_OF_ALL.search(words) is not None


def says_first_of_all(words: str) -> str:
    """What at the end of *words*, before a verb, says that nobody has done so before: 全国首次."""
    match = re.search(f"{FIRST_TO_DO}$", words)
    return match[0] if match else ""


def _is_first(words: str, sort: Sort) -> bool:
    return sort.category == "policy" and _FIRST_ONE.search(words) is not None and len(words) > SHORTEST_OBJECT


def listed(words: str, sort: Sort) -> Iterator[Piece]:
    """The things that *words* list, each that is given as an example of many among them."""
    examples = None if sort.object else _examples().match(words)
    if examples is None or (examples["apposed"] and not (examples["kind"] and "、" in examples["list"])):
        yield from (Piece(piece) for piece in _pieces(words, sort))
        return
    kind = _own_kind(examples["kind"] or "")
    for piece in _BETWEEN_EXAMPLES.split(examples["list"]):
        whole = not kind or piece.endswith(kind) or _nouns().search(piece) is not None
        yield Piece(piece, "" if whole else kind, words[examples.end("list") :] if examples["apposed"] else f"等{kind}")


def _own_kind(words: str) -> str:
    """The kind of thing that *words* name, as the end of a name: 公路 of 国省干线公路, 项目 of 重大项目."""
    plain = re.sub(f"^(?:{rules('events')['names']['many']})+", "", words)
    noun = _nouns().search(plain)
    return plain if len(plain) <= _LONGEST_KIND or noun is None else noun[0]


def without_number(words: str) -> str:
    """*words* with what is named alone, where that is of a number: 甲、乙 of 甲、乙等9个项目."""
    return _NUMBER.sub("", words)


def _pieces(words: str, sort: Sort) -> list[str]:
    """The things that *words* list, one without a kind of its own with the next; 保护和修复工程 is no list."""
    starts = [0, *(match.end() for match in _LIST.finditer(words))]
    parts = [words[start:end] for start, end in zip(starts, (*starts[1:], len(words)), strict=True)]
    pieces: list[str] = []
    begun = ""
    for part in parts:
        piece = _JOINT.sub("", part)
        known = is_named(piece, sort)
        if known:
            pieces.append(begun + piece)
        begun = "" if known else begun + part
    together = "、" in words or (pieces and pieces[0] == _JOINT.sub("", parts[0]))
    return pieces if len(parts) > 1 and together and pieces and "的" not in words else [words]


@cache
def _examples() -> re.Pattern[str]:
    """Things that are named as examples of many, each of which is one: 甲、乙等一批重大项目, 甲、乙2家实验室."""
    kinds = any_of((*rules("events")["names"]["nouns"], *rules("events")["names"]["kinds"]))
    return re.compile(
        rf"^(?P<list>[^等]+?)(?:(?<![一二三特优中高初平])等(?P<number>{_COUNTED})|(?<=[^\d、有各达近超约为第])\d+余?(?P<apposed>[个家座条项所处]))"
        rf"(?P<kind>(?!.{{0,4}}民生)[^、等“]{{0,14}}?(?:{kinds}))?$"
    )


def ends_in_kind(words: str) -> bool:
    """Whether *words* end in what kind of thing they name: 青山研发扶持计划."""
    return _nouns().search(words) is not None


@cache
def _nouns() -> re.Pattern[str]:
    nouns = any_of(rules("events")["names"]["nouns"])
    return re.compile(rf"(?:{nouns})(?:\([^()]*\)|[一二三四五]期)?$")


@cache
def _modifiers() -> re.Pattern[str]:
    nouns = any_of(rules("events")["names"]["nouns"])
    return re.compile(f"{nouns}|{rules('events')['generic']['modifiers']}|[的、等级()]")


def opens_generic(words: str) -> bool:
    """Whether *words* begin as what is of no one thing does."""
    return re.match(f"(?:{rules('events')['generic']['openings']})", words) is not None


def is_generic(words: str) -> bool:
    """Whether *words* are of no one thing, or of what nobody can open."""
    endings = rules("events")["generic"]["endings"]
    # “山水工程”建设 has a name, whatever its end
    return opens_generic(words) or _has_generic(words) or re.search(f"(?<!”)(?:{endings})$", words) is not None


def _has_generic(words: str) -> bool:
    """Whether *words* say inside that they are of many things."""
    return re.search(rules("events")["generic"]["inside"], words) is not None
