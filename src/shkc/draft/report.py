"""A draft of a fact file from the text of a report: rule-based, local, the same each time.

`draft` and `to_toml` work on a text in memory; `write` goes from file to file, paragraph by paragraph, and
keeps of it only ids, headings, and the exceptions.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from shkc import files
from shkc.draft import earlier_events
from shkc.draft.context import Reader, initial, standpoint
from shkc.draft.earlier_events import Earlier
from shkc.draft.entries import ParagraphDraft
from shkc.draft.identity import NONE_EARLIER, Identities
from shkc.draft.outline import Outline, outline
from shkc.draft.paragraph import paragraph_draft
from shkc.draft.relations import with_relations
from shkc.draft.remarks import with_remarks
from shkc.draft.series import Series, of_files
from shkc.draft.table_rows import TAB, cells
from shkc.draft.write import pieces
from shkc.errors import SourceError, UsageError
from shkc.facts.entries import LONGEST_LINE
from shkc.facts.load import load_all
from shkc.language import Text, counted
from shkc.paths import fact_files, fact_paths
from shkc.text import paragraphs as source
from shkc.text import quantity
from shkc.text.documents import open as documents
from shkc.text.paragraphs import Progress

_CHINESE = re.compile("[一-鿿]")
_SAMPLE = 200
_FIELDS = {"title": "标题", "year": "年份", "scope": "地区"}


class Given(NamedTuple):
    """What the caller knows of the report; None is guessed from the text and marked for review."""

    title: str | None = None
    year: int | None = None
    scope: str | None = None
    base: tuple[str, ...] = ()
    """Fact files and folders of earlier reports, whose figures hand on their ids and names."""


class Base(NamedTuple):
    """The figures and milestones of earlier reports, which hand on their ids and names."""

    series: Sequence[Series] = ()
    events: Earlier = NONE_EARLIER


class Draft(NamedTuple):
    """A drafted fact file: its outline, and what each paragraph gives."""

    outline: Outline
    paragraphs: tuple[ParagraphDraft, ...]


class Summary(NamedTuple):
    """How much was drafted, how much of it is for review, and what there is to know of the document.

    *matched* is the number of figures that are those of earlier reports.
    """

    metrics: int = 0
    doubtful: int = 0
    matched: int = 0
    milestones: int = 0
    unread_rows: int = 0
    remarks: tuple[Text, ...] = ()

    def with_paragraph(self, draft: ParagraphDraft) -> Summary:
        """The summary with one more paragraph."""
        return Summary(
            self.metrics + len(draft.metrics),
            self.doubtful + sum(bool(metric.doubts) for metric in draft.metrics),
            self.matched + sum(metric.identity.earlier is not None for metric in draft.metrics),
            self.milestones + len(draft.milestones),
            self.unread_rows + draft.is_unread_row,
        )


def draft(text: str, *, title: str | None = None, year: int | None = None, scope: str | None = None) -> Draft:
    """The draft of the report *text*. *title*, *year* and *scope* (its territory) are guessed where None.

    Raises `SourceError` when *text* is empty, too long in one line or not Chinese, `UsageError` when *year* is none.
    """
    given = _checked(Given(title, year, scope))
    paragraphs = list(source.paragraphs(BytesIO(text.encode()), "-"))
    found = _outline(paragraphs, given)
    return Draft(found, tuple(_paragraph_drafts(found, paragraphs)))


def to_toml(drafted: Draft) -> str:
    """The fact file that *drafted* is, as TOML with comments for the reviewer."""
    return "".join(pieces(drafted.outline, drafted.paragraphs))


def write(
    report: str, target: str | None, given: Given, *, force: bool = False, progress: Progress | None = None
) -> Summary:
    """Draft the file *report* (- is standard input) into the file *target*, standard output when None.

    *target* appears whole or not at all, and is not written over without *force*. Raises `SourceError` and
    `UsageError`.
    """
    given = _checked(given)
    if target is not None:
        files.refuse(Path(target), map(Path, (report, *given.base)), force=force)
    contents = list(load_all(fact_files(fact_paths(given.base, {})))) if given.base else []
    base = Base(of_files(contents), earlier_events.of_files(contents))
    with documents.opened(report, progress) as document:
        found = _outline(document.paragraphs(), given)
        drafts = _Counting(_paragraph_drafts(found, document.paragraphs(progress), base))
        written = pieces(found, drafts)
        if target is None:
            # Whole or not at all here too: a text that fails half-way must leave nothing in the pipe.
            _copy_when_whole(written)
        else:
            files.write_whole((piece.encode() for piece in written), Path(target), force=force)
        remarks = (*_asked(found), *_unread(drafts.summary.unread_rows), *document.remarks)
    return drafts.summary._replace(remarks=remarks)


def _unread(rows: int) -> Iterator[Text]:
    if rows:
        yield Text(
            f"{rows} 行表格没有读出：格内的数字没有计量单位，请对照原文录入",
            f"{counted(rows, 'row')} of tables not read: the numbers have no unit in their cells; enter them by hand",
        )


def _asked(found: Outline) -> Iterator[Text]:
    """What the report does not say of itself and only the caller can, as a line of what to do."""
    fields = [field for field in ("title", "year", "scope") if field in found.asked]
    if fields:
        names = "、".join(_FIELDS[field] for field in fields)
        options = ", ".join(f"--{field}" for field in fields)
        yield Text(f"文首没有{names}，请用 {options} 给出", f"not in the head of the report: give {options}")


class _Counting:
    """Paragraph drafts that are counted as they go by."""

    def __init__(self, drafts: Iterator[ParagraphDraft]) -> None:
        self._drafts = drafts
        self.summary = Summary()

    def __iter__(self) -> Iterator[ParagraphDraft]:
        for each in self._drafts:
            self.summary = self.summary.with_paragraph(each)
            yield each


def _checked(given: Given) -> Given:
    if given.year is not None and not 1000 <= given.year <= 9999:
        raise UsageError(f"{given.year} 不是年份", f"{given.year} is no year")
    for words in (given.title, given.scope):
        if words is not None and not (words.strip() and words.isprintable() and len(words) <= LONGEST_LINE):
            raise UsageError(
                f"标题和地区不能是空的，不能含控制字符，至多 {LONGEST_LINE} 个字",
                f"title and scope must be printable text of at most {LONGEST_LINE} characters",
            )
    return given


def _outline(paragraphs: Iterable[str], given: Given) -> Outline:
    """The outline, once the beginning of the text has shown that it is Chinese."""

    def chinese() -> Iterator[str]:
        seen, letters = 0, 0
        for number, paragraph in enumerate(paragraphs, 1):
            if number <= _SAMPLE:
                seen += len(_CHINESE.findall(paragraph))
                letters += sum(character.isalpha() for character in paragraph)
            yield paragraph
        if seen * 10 < letters or not seen:
            raise SourceError(
                "原文不是中文；shkc draft 只读中文报告", "the text is not Chinese; shkc draft reads Chinese reports"
            )

    return outline(chinese(), given.title, given.year, given.scope)


def _paragraph_drafts(found: Outline, paragraphs: Iterable[str], base: Base | None = None) -> Iterator[ParagraphDraft]:
    """What each of *paragraphs* gives; where figures of the *base* are among it, with the relations that they have."""
    base = base or Base()
    drafts = with_remarks(list(_drafts(found, paragraphs, Identities(found.scope, base.series, base.events))))
    return iter(with_relations(drafts) if base.series else drafts)


def _drafts(found: Outline, paragraphs: Iterable[str], identities: Identities) -> Iterator[ParagraphDraft]:
    starts = {section.paragraph: section for section in found.sections}
    section = found.sections[0]
    heads: tuple[str, ...] = ()
    reader = Reader(initial(standpoint(found.title, found.year)))
    for number, paragraph in enumerate(paragraphs, 1):
        if number in starts:
            section = starts[number]
            if section.level:  # the whole report is no heading
                reader = reader.at_heading(section.level, section.title)
        row = heads if TAB in paragraph else ()
        heads = heads or cells(paragraph) if TAB in paragraph else ()
        context = reader.current
        if TAB not in paragraph:  # the head of a column says nothing of what follows
            context, reader = reader.at_paragraph(quantity.without_space(quantity.fold_width(paragraph)))
        yield paragraph_draft(number, section.id, paragraph, context, identities, row)


def _copy_when_whole(written: Iterable[str]) -> None:
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as copy:
        copy.writelines(written)
        copy.seek(0)
        while piece := copy.read(1 << 16):
            sys.stdout.write(piece)
