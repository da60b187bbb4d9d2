"""How doubtful the name of a drafted figure is, as a number that says how often such a name is poor.

The signs are in `doubt.toml`, each with the share of names that it makes poor; independent signs add up as independent
chances do, 1 − (1 − a)(1 − b)…. The weights are fitted to drafted names that people have judged, and
`python -m benchmarks.draft --reports FOLDER` prints how often names of each doubt are poor, on labels kept aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from math import prod
from typing import NamedTuple

from shkc.draft import naming, themes, topics, wording
from shkc.draft.counted import counted
from shkc.draft.rules import rules
from shkc.draft.statement import Counted, Statement, needs_owner
from shkc.text import quantity, units

_SHORT, _BRIEF, _LONGER = 4, 5, 24
_UNIT_ONLY = ("万", "亿", "万亿")
_VERB = re.compile(
    "^(?:支持|帮助|推动|推进|促进|加快|积极|大力|持续|围绕|服务|涉及|包括|保障|解决|做强|守护|启动|利用|建强)"
)
_BROKEN = re.compile(
    r"[，。；：]|^[^“]*”|“[^”]*$|^(?:的|和|及|与|等|了|其|该|并|用)|(?:的|和|(?<![惠普涉])及|与|等|由|从|从而|其中)$"
    r"|(?:扎实|圆满|全面|顺利|历史性)[\u4e00-\u9fff]{2}$"
)
_COUNTED_UNIT = ("ratio", "points", "multiples")


class Sign(NamedTuple):
    """A sign that a name may be poor: its *weight*, and *words* for the reviewer, empty for none."""

    id: str
    weight: float
    words: str


@cache
def _signs() -> dict[str, Sign]:
    return {entry["id"]: Sign(entry["id"], entry["weight"], entry["words"]) for entry in rules("doubt")["sign"]}


def sign(id_: str) -> Sign:
    """The sign called *id_*."""
    return _signs()[id_]


def signs(statement: Statement, name: str, *, is_known: bool) -> Iterator[str]:
    """The signs that the *name* of *statement* may be poor; *is_known* where the registry or another file has it."""
    yield "known" if is_known else "unknown"
    yield from _of_noun(statement, counted(statement))
    if statement.theme or _leans(statement):
        yield "above"
    yield from _of_name(statement, name, is_known=is_known)
    part = not is_known and name.endswith("占比")
    if part or statement.quantity.unit in _UNIT_ONLY or (statement.quantity.ordinal and not statement.role.of):
        yield "other"


def _of_noun(statement: Statement, found: Counted) -> Iterator[str]:
    """What the words behind the number, *found*, say."""
    unit = statement.quantity.unit
    if found.thing:
        counts = units.is_count(quantity.scale_and_base(unit)[1]) or quantity.dimension(unit) in _COUNTED_UNIT
        yield "thing" if counts else "size"


def _of_name(statement: Statement, name: str, *, is_known: bool) -> Iterator[str]:
    """What the *name* itself says."""
    if name == naming.PLACEHOLDER or (topics.is_bare(name) and not (is_known or statement.verb)):
        yield "short"
    elif len(name) <= _BRIEF and not is_known:
        yield "short" if len(name) < _SHORT else "brief"
    if len(name) >= _LONGER or _BROKEN.search(name):
        yield "longer"
    if not is_known and _says_no_subject(name):
        yield "general"


def _says_no_subject(name: str) -> bool:
    """Whether *name* says only kinds of things, what was done, or a sum, and not of whom or what."""
    is_kinds = len(name) > _BRIEF and not topics.is_bare(name) and themes.is_general(name)
    acts = _begins_with_verb(name) or themes.says_little(name)
    return is_kinds or acts or wording.CUMULATIVE.match(name) is not None


def _begins_with_verb(name: str) -> bool:
    """Whether *name* begins with a verb that says what was done about it: 服务企业, not 服务业增加值."""
    return wording.without_beginning(_VERB, name) != name


def _leans(statement: Statement) -> bool:
    """Whether the name of *statement* is made of that of another figure."""
    return statement.owner is not None and (statement.role.kind == "reached" or needs_owner(statement.role.subject))


def doubt(found: Iterable[str]) -> float:
    """The doubt of a name with the signs *found*, from 0 to 1; a sign that is there for two reasons counts once."""
    return combined(sign(each).weight for each in dict.fromkeys(found))


def combined(weights: Iterable[float]) -> float:
    """The doubt of what bears signs of these *weights*, each an independent chance that it is poor."""
    return round(1 - prod(1 - weight for weight in weights), 2)
