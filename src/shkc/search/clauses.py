"""The parts of a long query that may be the question itself."""

import re
from collections.abc import Iterator

MOST_CLAUSES = 3
"""Clauses that together may be the question in a longer text."""

_CLAUSE_END = re.compile(r"[,，。;；:：!！?？、\n]+|\. ")
_ASKING = re.compile(r"多少|几[^乎]|哪|什么|吗|请问|how (?:many|much)|what|which|need|want to know|查", re.I)
_EXCLUDING = re.compile(r"不算|不含|不包括|除了|除去|扣除|不是|别用|exclud|except|without|not counting|not the", re.I)


def clauses(query: str) -> Iterator[str]:
    """The parts of a long *query* that may be the question itself, the shortest first.

    The last clause that asks, or the last of all, and the same with the clauses before it. A query that excludes
    something has none: what a part of it finds may be what is excluded.
    """
    found = [clause for clause in _CLAUSE_END.split(query) if clause.strip()]
    if len(found) < 2 or _EXCLUDING.search(query):
        return
    last = max((at for at, clause in enumerate(found) if _ASKING.search(clause)), default=len(found) - 1)
    for first in range(last, max(-1, last - MOST_CLAUSES), -1):
        part = " ".join(found[first : last + 1])
        if len(part) < len(query.strip()):
            yield part
