"""Many questions in one process: a line in, a line out."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from shkc.base import FactBase
from shkc.cli import messages
from shkc.language import Language, Text

REMEMBERED = 10_000
"""Answers kept: scripts ask the same again, and a fact base does not change while it is open."""

_EMPTY = Text("查询是空的", "the query is empty")
_UNREADABLE = Text("不是 UTF-8 编码", "not UTF-8")


def answers(lines: Iterable[bytes], base: FactBase, kind: str | None, language: Language) -> Iterator[bytes]:
    """One line of JSON for each of *lines*: its query and its facts of *kind*, or its query and an error.

    Without facts it says what comes near, with scores, and a message as a lookup prints it.
    """

    @lru_cache(REMEMBERED)
    def answer(query: str) -> bytes:
        found = base.find(query, kind)
        facts = b",".join(hit.record for hit in found.hits)
        if facts:
            return b'{"query":%b,"facts":[%b]}\n' % (_json(query), facts)
        near = b",".join(b'{"score":%.4f,"fact":%b}' % (hit.score, hit.record) for hit in found.near)
        message = messages.not_found(base, query, kind, found, language).to(language)
        return b'{"query":%b,"facts":[],"near":[%b],"message":%b}\n' % (_json(query), near, _json(message))

    for line in lines:
        try:
            query = line.decode().strip()
        except UnicodeDecodeError:
            yield _error(line.decode(errors="replace").strip(), _UNREADABLE, language)
            continue
        yield answer(query) if query else _error(query, _EMPTY, language)


def _error(query: str, message: Text, language: Language) -> bytes:
    return b'{"query":%b,"error":%b}\n' % (_json(query), _json(message.to(language)))


def _json(text: str) -> bytes:
    from json import dumps

    return dumps(text, ensure_ascii=False).encode()
