"""Many questions in one process: a line in, a line out."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from shkc.base import FactBase
from shkc.cli import messages
from shkc.errors import MOST_LEFT_OUT, LeftOut
from shkc.language import Language, Text

REMEMBERED = 10_000
"""Answers kept: scripts ask the same again, and a fact base does not change while it is open."""

_EMPTY = Text("查询是空的", "the query is empty")
_UNREADABLE = Text("不是 UTF-8 编码", "not UTF-8")


def answers(
    lines: Iterable[bytes], base: FactBase, kind: str | None, language: Language, limit: int | None = None
) -> Iterator[bytes]:
    """One line of JSON for each of *lines*: its query and its facts of *kind*, at most *limit*, or an error.

    Without facts it says what comes near, with scores, and a message as a lookup prints it. Which files of the base are
    left out stands in each line.
    """
    left_out = _left_out(base.left_out, language)

    @lru_cache(REMEMBERED)
    def answer(query: str) -> bytes:
        found = base.find(query, kind)
        facts = b",".join(hit.record for hit in islice(found.hits, limit))
        if facts:
            return b'{"query":%b,"facts":[%b]%b}\n' % (_json(query), facts, left_out)
        near = b",".join(b'{"score":%.4f,"fact":%b}' % (hit.score, hit.record) for hit in found.near)
        message = _json(messages.not_found(base, query, kind, found, language).to(language))
        return b'{"query":%b,"facts":[],"near":[%b],"message":%b%b}\n' % (_json(query), near, message, left_out)

    def wrong(query: str, message: Text) -> bytes:
        return b'{"query":%b,"error":%b%b}\n' % (_json(query), _json(message.to(language)), left_out)

    for line in lines:
        try:
            query = line.decode().strip()
        except UnicodeDecodeError:
            yield wrong(line.decode(errors="replace").strip(), _UNREADABLE)
            continue
        yield answer(query) if query else wrong(query, _EMPTY)


def _left_out(files: Sequence[LeftOut], language: Language) -> bytes:
    """What each line says of the *files* that are left out: a few with the first problem of each, and how many."""
    told = [file.told(language) for file in files[:MOST_LEFT_OUT]]
    more = b',"more_left_out":%d' % (len(files) - len(told)) if len(files) > len(told) else b""
    return b',"left_out":%b%b' % (_json(told), more) if told else b""


def _json(value: object) -> bytes:
    from json import dumps

    return dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
