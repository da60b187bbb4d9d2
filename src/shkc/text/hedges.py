"""The words around a number that say how it is meant, and whether it rises or falls. `hedges.toml` lists them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from shkc.text.lexicon import table
from shkc.text.numerals import fold_width
from shkc.text.units import any_of

QUALIFIERS = ("about", "over", "nearly", "at_least", "at_most", "below", "estimated", "target", "cumulative")
"""The standard terms for hedges, in the order in which they are listed."""

REACHING = frozenset(("estimated", "target", "cumulative"))
"""Hedges that may stand away from the number, and hold for what follows them: 力争…，建成10家."""

_NEAR = 40
"""Characters before a number in which its hedges stand."""

_BETWEEN = "(?:将?达到|将?达|将?为|至|到|了|占|在|可达)?(?:(?<!于)全[国省市区]的?)?"
"""What may stand between a hedge and its number. 高于全国0.8个百分点 compares, and hedges nothing."""
_MEAN = re.compile("每|[日月年人户]均|平均")


class Hedge(NamedTuple):
    """A hedge as printed, and its standard term."""

    word: str
    term: str


class Before(NamedTuple):
    """The hedges that a text ends with: where they begin, and which they are."""

    start: int
    hedges: tuple[Hedge, ...]


class _Words(NamedTuple):
    """The words of `hedges.toml` as patterns, and the term of each word."""

    first: re.Pattern[str]
    before: re.Pattern[str]
    one: re.Pattern[str]
    behind: re.Pattern[str]
    afar: dict[str, re.Pattern[str]]
    terms: dict[str, str]


@cache
def _words() -> _Words:
    content = table("hedges")
    hedges = content["hedge"]
    plain = {word: hedge["term"] for hedge in hedges if hedge["term"] for word in hedge.get("before", ())}
    negated = {word: hedge["negated"] for hedge in hedges if "negated" in hedge for word in hedge["before"]}
    behind = {word: hedge["term"] for hedge in hedges for word in hedge.get("behind", ())}
    negations = [
        not_ + modal for not_ in content["negation"]["words"] for modal in ("", *content["negation"]["modals"])
    ]
    terms = {**plain, **behind, **{not_ + word: term for word, term in negated.items() for not_ in negations}}
    not_behind = "".join(f"(?<!{character})" for character in content["unless"]["behind"])
    negative = f"(?:{any_of(negations)})(?:{any_of(negated)})"
    hedge = f"{not_behind}(?:{negative}|{any_of(plain)})"
    of_whole = (
        f"{not_behind}(?:大?约[为占是]|(?:{any_of(negations)})?超过|不足|不及|不到)[\u4e00-\u9fffA-Za-z]{{1,10}}的$"
    )
    firsts = {word[0] for word in (*plain, *negations)}
    return _Words(
        first=re.compile(f"[{''.join(sorted(firsts))}]"),
        before=re.compile(rf"(?:{hedge}{_BETWEEN})+$|{of_whole}"),
        one=re.compile(hedge),
        behind=re.compile(f"(?!{any_of(content['unless']['words'])})(?:{any_of(behind)})"),
        afar={entry["term"]: re.compile("|".join(entry["afar"])) for entry in hedges if "afar" in entry},
        terms=terms,
    )


def before(folded: str, start: int) -> Before:
    """The hedges that stand in *folded* before a number at *start*."""
    words = _words()
    begin = max(0, start - _NEAR)
    if words.first.search(folded, begin, start) is None:  # most figures have none
        return Before(start, ())
    match = words.before.search(folded, begin, start)
    if match is None:
        return Before(start, ())
    return Before(match.start(), tuple(Hedge(word, words.terms[word]) for word in words.one.findall(match[0])))


def behind(folded: str, end: int) -> Hedge | None:
    """The hedge that stands in *folded* behind a figure that ends at *end*."""
    match = _words().behind.match(folded, end)
    return Hedge(match[0], _words().terms[match[0]]) if match else None


def reaching(text: str) -> frozenset[str]:
    """The hedges in *text* that may hold for what follows it, however far: 力争, 预计, 累计."""
    folded = fold_width(text)
    return frozenset(name for name, words in _words().afar.items() if words.search(folded))


def is_cumulative(folded: str) -> bool:
    """Whether *folded* says that a figure behind it is a running total (累计)."""
    return _words().afar["cumulative"].search(folded) is not None


@cache
def compares(term: str) -> bool:
    """Whether the hedge *term* compares values, the sign included, and does not speak of a size: 不低于-5℃."""
    found = (hedge for hedge in table("hedges")["hedge"] if term in (hedge["term"], hedge.get("negated")))
    return any(hedge.get("compares", False) for hedge in found)


def is_mean(text: str) -> bool:
    """Whether *text* states an average or a rate (每, 日均, 人均), whose whole numbers are rounded."""
    return _MEAN.search(text) is not None


# ── Rises and falls ─────────────────────────────────────────────────────────────────────────────────


@cache
def _directions() -> re.Pattern[str]:
    words = table("hedges")["direction"]
    down, up, noun, moves = (any_of(words[key]) for key in ("down", "up", "noun", "moves"))
    # What happens to a rate of growth says nothing about the figure: 降幅收窄, 增幅回落.
    return re.compile(rf"(?P<open>(?:{noun})[^,;。]{{0,4}}?(?:{moves}))|(?P<down>降幅|{down})|{up}")


def says_fall(folded: str) -> bool:
    """Whether *folded* has a word for a fall somewhere: 下降, 减少."""
    return any(match["down"] or match["open"] for match in _directions().finditer(folded))


def fall_before(folded: str, start: int) -> str:
    """The word for a fall that the figure at *start* is printed behind, 下降 or 减少; empty when the last is none."""
    words = list(_directions().finditer(folded, max(0, start - _NEAR), start))
    return words[-1]["down"] or "" if words else ""


def fall_at(folded: str, start: int) -> str:
    """The word for a fall that stands right before the figure at *start* or its hedges; empty without one."""
    match = _fall().search(folded[: before(folded, start).start])
    return match[1] if match else ""


@cache
def _fall() -> re.Pattern[str]:
    return re.compile(f"({any_of(table('hedges')['direction']['down'])})了?$")


def direction(folded: str, start: int) -> int:
    """Whether the figure at *start* is said to have risen (1) or fallen (-1); 0 when it is not said.

    The word nearest before the figure counts, else the first behind it.
    """
    words = list(_directions().finditer(folded, 0, start))
    word = words[-1] if words else _directions().search(folded, start)
    if word is None or word["open"]:
        return 0
    return -1 if word["down"] else 1
