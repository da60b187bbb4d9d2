"""How doubtful a proposed milestone is: how often one like it is not worth having, or has a wrong name.

The signs are in `doubt.toml`, beside those of names; their weights are fitted to milestones that a person has judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from shkc.draft import wording
from shkc.draft.doubt import combined
from shkc.draft.named import Sort
from shkc.draft.rules import rules

_JOINED = re.compile("、|和|及|与|并")


def signs(name: str, sort: Sort, told: str, *, planned: bool) -> Iterator[str]:
    """The signs that the milestone called *name*, of an event of *sort*, may be none; *told* by what it is a thing."""
    yield "planned" if planned else "done"
    if told in _weights():
        yield told
    if sort.verb in rules("events")["common"]["verbs"]:
        yield "common"
    if _JOINED.search(wording.ASIDE.sub("", name)):
        yield "list"


@cache
def _weights() -> dict[str, float]:
    return {entry["id"]: entry["weight"] for entry in rules("doubt")["proposal"]}


def doubt(found: Iterable[str]) -> float:
    """The doubt of a milestone with the signs *found*, from 0 to 1."""
    return combined(_weights()[each] for each in found)
