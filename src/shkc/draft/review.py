"""The review of a draft: what is doubtful in it, most doubtful first, and what a decision makes of the file.

A file is changed by lines, so that its comments and its order stay what they are. A decision is written at once, and
what is decided has no mark any more: a review can be stopped at any time, and goes on with the marks that are left.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from shkc.draft.earlier_events import LEFT_OUT
from shkc.draft.entries import ExceptionDraft
from shkc.draft.unfilled import PLACEHOLDERS
from shkc.draft.write import exception_entry
from shkc.errors import UsageError
from shkc.facts import verify
from shkc.facts.doubts import MARK, doubtful_exceptions
from shkc.facts.lines import key_lines
from shkc.facts.load import FactFileContent, parse
from shkc.facts.model import Fact

_DRAFTED = "# 起草："
_REVIEWED = "# 已核"
_INLINE = re.compile(r"[ \t]*# review:(?P<doubt>[^\r\n]*)")
_NUMBER = re.compile(r"存疑 (?P<doubt>[01]\.\d+)")
_OF_ALL = re.compile(f"^{_DRAFTED}.*存疑", re.MULTILINE)
"""A line that states the doubt of the whole draft of a fact; a match with an earlier report has its own."""

_DROPPED = "核对时删去，不是数据"
_AROUND = 6
"""Characters of the text on each side of a numeral that an exception quotes."""

_REST = re.compile("[,，。;；:：!！?？]")

OF_ONE_REASON = 0.3
"""The doubt of a figure with one reason that states no number; each further reason leaves less of the rest."""

HEAD, EXCEPTION, MILESTONE = 1.0, 0.6, 0.5
"""The doubt of a field of the head, on which every fact rests, of a numeral that may be a figure, of a proposal."""

TOGETHER = 0.1
"""Below this doubt, milestones of one paragraph are decided together: of 185 such, a reader found 5 poor."""

Kind = Literal["report", "metric", "milestone", "exception", "milestones"]


class Item(NamedTuple):
    """Something to decide: its *key* is a field of the head, the id of a fact, or place and words of an exception.

    It stands in the lines from *first* to *last* of the file, from 0, its heading comments included; *line* is where an
    editor opens it, from 1. *doubt* is from 0 to 1, *doubts* says why. *words* stand in *paragraph* of the report; an
    exception has its *reason*, a metric or milestone the *fact*. Milestones of a paragraph that are decided together
    are *members* of one.
    """

    kind: Kind
    key: str
    first: int
    last: int
    line: int
    doubt: float
    doubts: tuple[str, ...]
    paragraph: int | None = None
    words: str = ""
    reason: str = ""
    fact: Fact | None = None
    members: tuple[Item, ...] = ()
    """The milestones that are decided together."""

    @property
    def mark(self) -> str:
        """What is to be seen among the words: the figure, or the official name."""
        if self.fact is None:
            return ""
        return self.fact.display if self.fact.kind == "metric" else next(iter(self.fact.official_names), "")


def items(content: FactFileContent, *, sure: bool = False) -> list[Item]:
    """What is to be decided in *content*, most doubtful first; with *sure* also the facts that nothing is said against.

    Of equal doubt in the order of the file.
    """
    found = [*_fields(content), *_facts(content, sure), *_exceptions(content)]
    return _most_doubtful_first(found)


def _most_doubtful_first(found: Iterable[Item]) -> list[Item]:
    return sorted(found, key=lambda item: (-item.doubt, item.first))


def together(found: Sequence[Item], apart: Container[tuple[str, str]] = ()) -> list[Item]:
    """*found*, the sure milestones of each paragraph as one; those of *apart*, by kind and key, one by one."""
    sure: dict[int | None, list[Item]] = {}
    for item in found:
        if item.kind == "milestone" and item.doubt < TOGETHER:
            sure.setdefault(item.paragraph, []).append(item)
    groups = [_group(members) for members in sure.values() if len(members) > 1]
    groups = [group for group in groups if group[:2] not in apart]
    grouped = {item[:2] for group in groups for item in group.members}
    rest = [item for item in found if item[:2] not in grouped]
    return _most_doubtful_first((*rest, *groups))


def _group(members: Sequence[Item]) -> Item:
    first, last = min(members, key=lambda item: item.first), max(members, key=lambda item: item.last)
    doubt = max(item.doubt for item in members)
    ordered = tuple(sorted(members, key=lambda item: item.first))
    asked = tuple(dict.fromkeys(_asked(text) for item in ordered for text in item.doubts))
    return Item(
        "milestones", f"¶{first.paragraph}", first.first, last.last, first.line, doubt, tuple(filter(None, asked)),
        first.paragraph, members=ordered
    )  # fmt: skip


def _asked(doubt: str) -> str:
    """What *doubt* asks of a milestone besides whether it is one."""
    return doubt.partition("；")[2].rstrip("）")


def _fields(content: FactFileContent) -> Iterator[Item]:
    lines = content.text.split("\n")
    for (table, _, key), number in key_lines(content.text).items():
        marked = _INLINE.search(lines[number - 1]) if table == "report" and key else None
        if marked:
            yield Item("report", key, number - 1, number, number, HEAD, (marked["doubt"].strip(),))


def _facts(content: FactFileContent, sure: bool) -> Iterator[Item]:
    lines = content.text.split("\n")
    blocks = _blocks(content.text)
    for fact, number in content.numbered():
        first, header, last = blocks[fact.kind, number]
        above = lines[first:header]
        doubts = tuple(line.removeprefix(MARK).strip() for line in above if line.startswith(MARK))
        if doubts or (sure and _REVIEWED not in above):
            doubt, source = _doubt(fact.kind, "\n".join(above), len(doubts)), fact.source
            place = (first, last, header + 1)
            yield Item(fact.kind, fact.id, *place, doubt, doubts, source.paragraph, source.excerpt, fact=fact)


def _doubt(kind: str, comments: str, reasons: int) -> float:
    """The doubt that *comments* state in a number; in a file without one, what follows from the number of *reasons*."""
    stated = [float(match["doubt"]) for match in _NUMBER.finditer(comments)]
    follows = MILESTONE if kind == "milestone" and reasons else 1 - (1 - OF_ONE_REASON) ** reasons
    return max(stated) if _OF_ALL.search(comments) else max((*stated, follows))


def _exceptions(content: FactFileContent) -> Iterator[Item]:
    lines = content.text.split("\n")
    blocks = _blocks(content.text)
    doubted = doubtful_exceptions(content)
    for number, entry in enumerate(content.exceptions):
        if entry not in doubted:
            continue
        first, header, last = blocks["exception", number]
        marked = tuple(match["doubt"].strip() for line in lines[header:last] if (match := _INLINE.search(line)))
        yield Item(
            "exception", f"¶{entry.paragraphs[0]} {entry.text}", first, last, header + 1, EXCEPTION, marked,
            entry.paragraphs[0], entry.text, entry.reason
        )  # fmt: skip


def _blocks(text: str) -> dict[tuple[str, int], tuple[int, int, int]]:
    """For each table of *text*, by name and number: its first line with the comments above, its header, its end."""
    lines = text.split("\n")
    headers = sorted(
        (number - 1, table, count) for (table, count, key), number in key_lines(text).items() if table and not key
    )
    starts = []
    for header, _, _ in headers:
        first = header
        while first and lines[first - 1].startswith("#"):
            first -= 1
        starts.append(first)
    ends = [*starts[1:], len(lines)]
    return {
        (table, count): (first, header, end)
        for first, end, (header, table, count) in zip(starts, ends, headers, strict=True)
    }


# ── Decisions ───────────────────────────────────────────────────────────────────────────────────────


def kept(text: str, item: Item) -> str:
    """*text* without the marks of *item*: it is as it should be. English names that are still pinyin stay marked.

    Raises `UsageError` for a field of the head that nobody has filled in.
    """
    for member in reversed(item.members):  # from the end, so that the lines of the others stay where they are
        text = kept(text, member)
    if item.members:
        return text
    lines = text.split("\n")
    mine = lines[item.first : item.last]
    if item.kind == "report" and any(f'"{placeholder}"' in mine[0] for placeholder in PLACEHOLDERS):
        raise UsageError("这一项还没有填写，请按 e 填写", "this is not filled in yet: fill it in with e")
    if item.kind in ("report", "exception"):
        mine = [_INLINE.sub("", line) for line in mine]
    else:
        line_end = "\r" if mine[0].endswith("\r") else ""
        mine = [line for line in mine if not line.startswith((MARK, _DRAFTED))]
        mine.insert(0, f"{_REVIEWED}{line_end}")
    return "\n".join((*lines[: item.first], *mine, *lines[item.last :]))


def dropped(text: str, item: Item, path: str, paragraphs: Sequence[str]) -> str:
    """*text* without the fact *item*; its numerals in *paragraphs* become exceptions.

    The name of a milestone stays in a comment, so that the draft of the next report does not propose it again.

    Raises `UsageError` for what cannot be left out: a field of the head, and an exception, whose numeral needs one.
    """
    for member in reversed(item.members):
        text = dropped(text, member, path, paragraphs)
    if item.members:
        return text
    if item.kind in ("report", "exception"):
        raise UsageError(
            "这一项不能删去；是数据的，请按 e 改写", "this cannot be dropped; if it is a figure, edit it with e"
        )
    lines = text.split("\n")
    rest = _without_relations([*lines[: item.first], *lines[item.last :]], item.key)
    if item.kind == "milestone" and item.fact is not None:
        rest = f"{rest.rstrip()}\n\n{LEFT_OUT}{item.fact.name}\n"
    before = {span[:3] for span in _gaps(text, path, paragraphs)}
    entries: dict[str, int] = {}
    for gap in _gaps(rest, path, paragraphs):
        words = _around(verify.fold(paragraphs[gap.paragraph - 1]), gap)
        if gap[:3] not in before and not any(words in other for other in entries):
            entries[words] = gap.paragraph
    added = (exception_entry(ExceptionDraft(words, _DROPPED, False), [number]) for words, number in entries.items())
    return "\n\n".join((rest.rstrip("\n"), "".join(added))) if entries else rest


def _gaps(text: str, path: str, paragraphs: Sequence[str]) -> list[verify.Span]:
    return [span for span in verify.verify([parse(text, path)], paragraphs).spans if span.role == "gap"]


def _around(paragraph: str, gap: verify.Span) -> str:
    """The numeral of *gap* with some words around it, within its clause."""
    before = _REST.split(paragraph[max(0, gap.start - _AROUND) : gap.start])[-1]
    behind = _REST.split(paragraph[gap.end : gap.end + _AROUND])[0]
    return f"{before}{paragraph[gap.start : gap.end]}{behind}".strip()


def _without_relations(lines: Sequence[str], fact: str) -> str:
    """The text of *lines* without relations to *fact*, where they stand on one line, as a draft writes them."""
    found = []
    for line in lines:
        rest = line
        if line.startswith("relations") and f'"{fact}"' in line:
            rest = re.sub(rf'"{re.escape(fact)}"(?:, )?', "", line).replace(", ]", "]")
            rest = re.sub(r",\s*\}", " }", re.sub(r"[\w-]+ = \[\](?:, )?", "", rest))
        if not re.search(r"= \{\s*\}", rest):
            found.append(rest)
    return "\n".join(found)


# ── What is left ────────────────────────────────────────────────────────────────────────────────────


class Left(NamedTuple):
    """What is left to do in a file: *doubtful* facts and fields, numerals that may be figures, names to translate."""

    doubtful: int
    exceptions: int
    translations: int


def left(content: FactFileContent) -> Left:
    """What is left to do in *content*."""
    found = items(content)
    exceptions = sum(item.kind == "exception" for item in found)
    marks = sum(bool(_INLINE.search(line)) for line in content.text.split("\n") if not line.startswith("#"))
    fields = sum(item.kind == "report" for item in found)
    return Left(len(found) - exceptions, exceptions, marks - exceptions - fields)


def sentence(paragraph: str, words: str, figure: str = "") -> tuple[str, str, str]:
    """The sentence of *paragraph* that *words* stand in: what is before the *figure* in them, it, and what is behind.

    The words themselves are marked where the figure is not among them. Empty where the words are not there.
    """
    text, quoted, marked = verify.fold(paragraph), verify.fold(words), verify.fold(figure)
    at = text.find(quoted)
    if at < 0:
        return "", "", ""
    inside = quoted.find(marked) if marked else -1
    start = max(text.rfind(mark, 0, at) for mark in _ENDS) + 1
    ends = [end for mark in _ENDS if (end := text.find(mark, at + len(quoted))) >= 0]
    stop = min(ends) + 1 if ends else len(text)
    begin, length = (at + inside, len(marked)) if inside >= 0 else (at, len(quoted))
    printed = verify.printed_places(paragraph)
    first, opening, closing, last = (printed[place] for place in (start, begin, begin + length, stop))
    return paragraph[first:opening], paragraph[opening:closing], paragraph[closing:last]


def nearby(parts: tuple[str, str, str]) -> tuple[str, str, str]:
    """What stands near the marked words of the sentence *parts*: what is far from them says nothing of an event."""
    before, marked, behind = parts
    before = before if len(before) <= _NEAR else f"…{before[-_NEAR:]}"
    return before, marked, behind if len(behind) <= _NEAR else f"{behind[:_NEAR]}…"


_NEAR = 20
"""Characters of a sentence on each side of an event that are shown."""

_ENDS = "。;；!！?？"
