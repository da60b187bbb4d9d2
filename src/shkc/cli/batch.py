"""Many questions in one process: a line in, a line out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import IO

from shkc.base import LONGEST_QUESTION, FactBase
from shkc.cli import messages
from shkc.errors import MOST_LEFT_OUT, LeftOut
from shkc.language import Language, Text

REMEMBERED = 32 << 20
"""Bytes of answers kept: scripts ask the same again, and a fact base does not change while it is open."""

SHOWN = 100
"""Characters of a line that is too long, which its answer repeats."""

_LONGEST_LINE = 4 * LONGEST_QUESTION + 2
"""Bytes: no character of UTF-8 has more than four."""

_TOO_LONG = Text(
    f"查询超过 {LONGEST_QUESTION} 个字符；这里是开头", f"more than {LONGEST_QUESTION} characters; this is the beginning"
)
_EMPTY = Text("查询是空的", "the query is empty")
_UNREADABLE = Text("不是 UTF-8 编码", "not UTF-8")


def lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines of *stream*; of one that is too long for a question the beginning, which is too long as well."""
    while line := stream.readline(_LONGEST_LINE):
        yield line
        while len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE)


def answers(
    lines: Iterable[bytes], base: FactBase, kind: str | None, language: Language, limit: int | None = None
) -> Iterator[bytes]:
    """One line of JSON for each of *lines*: its query and its facts of *kind*, at most *limit*, or an error.

    Without facts it says what comes near, with scores, and a message as a lookup prints it. Which files of the base are
    left out stands in each line.
    """
    left_out = _left_out(base.left_out, language)

    def line_of(query: str, rest: bytes) -> bytes:
        return b'{"query":%b,%b%b}\n' % (_json(query), rest, left_out)

    def wrong(query: str, message: Text) -> bytes:
        return line_of(query, b'"error":%b' % _json(message.to(language)))

    def answer(query: str) -> bytes:
        found = base.find(query, kind)
        facts = b",".join(hit.record for hit in islice(found.hits, limit))
        if limit == 0:  # what there is has not been looked for
            return line_of(query, b'"facts":[],"near":[],"message":%b' % _json(messages.NO_RESULT.to(language)))
        if facts:
            return line_of(query, b'"facts":[%b]' % facts)
        near = b",".join(b'{"score":%.4f,"fact":%b}' % (hit.score, hit.record) for hit in found.near)
        message = messages.not_found(base, query, kind, found, language).to(language)
        return line_of(query, b'"facts":[],"near":[%b],"message":%b' % (near, _json(message)))

    remembered = _remembering(answer)
    for number, line in enumerate(lines):
        try:
            query = line.decode("utf-8" if number else "utf-8-sig").strip()
        except UnicodeDecodeError:
            beginning = line.decode(errors="replace").strip()
            yield wrong(beginning[:SHOWN], _UNREADABLE if len(line) < _LONGEST_LINE else _TOO_LONG)
            continue
        if len(query) > LONGEST_QUESTION:
            yield wrong(query[:SHOWN], _TOO_LONG)
        else:
            yield remembered(query) if query else wrong(query, _EMPTY)


def _remembering(answer: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """*answer*, which does not answer again what it has answered lately."""
    kept: dict[str, bytes] = {}
    room = REMEMBERED

    def remembered(query: str) -> bytes:
        nonlocal room
        found = kept.get(query)
        if found is None:
            found = answer(query)
            room -= len(found)
            if room < 0:
                kept.clear()
                room = REMEMBERED - len(found)
            kept[query] = found
        return found

    return remembered


def _left_out(files: Sequence[LeftOut], language: Language) -> bytes:
    """What each line says of the *files* that are left out: a few with the first problem of each, and how many."""
    told = [file.told(language) for file in files[:MOST_LEFT_OUT]]
    more = b',"more_left_out":%d' % (len(files) - len(told)) if len(files) > len(told) else b""
    return b',"left_out":%b%b' % (_json(told), more) if told else b""


def _json(value: object) -> bytes:
    from json import dumps

    return dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")
