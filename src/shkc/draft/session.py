"""A review as it goes: what is open, decisions that are written at once, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from shkc import files
from shkc.draft import printed, review
from shkc.draft.review import Item
from shkc.errors import UsageError
from shkc.facts.load import FactFileContent, load
from shkc.paths import FactFile, read

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class _Step(NamedTuple):
    """What can be undone: the bytes of the file before, and the item that was skipped or taken apart, if one was."""

    before: bytes
    skipped: tuple[str, str] | None


class Session:
    """The review of the fact file *path* beside the *paragraphs* of its report; *sure* as in `review.items`.

    Raises `FactsError` when the file is wrong or cannot be read.
    """

    def __init__(self, path: Path, paragraphs: Sequence[str], *, sure: bool = False) -> None:
        self.path = path
        self._paragraphs = paragraphs
        self._sure = sure
        self._bytes = read(str(path))
        self._content = self._parsed(self._bytes)
        self._is_right = True
        self._skipped: set[tuple[str, str]] = set()
        self._apart: set[tuple[str, str]] = set()
        self._steps: list[_Step] = []

    @property
    def content(self) -> FactFileContent:
        """The file as it was when it was last right."""
        return self._content

    @property
    def open(self) -> Sequence[Item]:
        """What is to be decided and was not skipped, most doubtful first."""
        found = review.together(review.items(self._content, sure=self._sure), self._apart)
        return [item for item in found if item[:2] not in self._skipped]

    def keep(self, item: Item) -> None:
        """Take *item* as it is. Raises `UsageError` when the file has been changed meanwhile."""
        self._decide(lambda text: review.kept(text, item))

    def drop(self, item: Item) -> None:
        """Leave the fact *item* out. Raises `UsageError` when it cannot be, or the file has been changed meanwhile."""
        self._decide(lambda text: review.dropped(text, item, str(self.path), self._paragraphs))

    def skip(self, item: Item) -> None:
        """Leave *item* for another review."""
        self._steps.append(_Step(self._bytes, item[:2]))
        self._skipped.add(item[:2])

    def take_apart(self, item: Item) -> None:
        """Ask about the members of *item* one by one. Raises `UsageError` where it has none."""
        if not item.members:
            raise UsageError("这一项只有一件", "there is only one")
        self._steps.append(_Step(self._bytes, item[:2]))
        self._apart.add(item[:2])

    def undo(self) -> None:
        """Take back the last decision, edits included.

        Raises `UsageError` when there is none, or the file has been changed meanwhile.
        """
        if not self._steps:
            raise UsageError("没有可撤销的", "nothing to undo")
        step = self._steps[-1]
        if step.skipped is not None:
            self._skipped.discard(step.skipped)
            self._apart.discard(step.skipped)
        elif step.before != self._bytes:
            with self._alone():
                self._write(step.before)
        self._steps.pop()

    def reread(self) -> None:
        """Take the file as an editor has left it. Raises `FactsError` when it is wrong: it stays as it is."""
        with files.locked(self.path.parent):
            self._reread()

    def _reread(self) -> None:
        found = read(str(self.path))
        if found != self._bytes:
            self._steps.append(_Step(self._bytes, None))
            self._bytes = found
        self._is_right = False
        before, self._content = self._content, self._parsed(found)
        self._is_right = True
        named = printed.with_drafted_names(before, self._content)
        if named != self._content.text:
            self._write(self._encoded(named))

    def _decide(self, change: Callable[[str], str]) -> None:
        if not self._is_right:
            raise UsageError("文件有误：请按 e 改正，或按 u 撤销", "the file is wrong: mend it with e, or undo with u")
        with self._alone():
            after = self._encoded(change(self._content.text))
            self._parsed(after)  # what is wrong is not written
            before = _Step(self._bytes, None)
            self._write(after)
            self._steps.append(before)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Write what follows from the file as it is known, and let no other review write meanwhile.

        Raises `UsageError` when it is another by now.
        """
        with files.locked(self.path.parent):
            if read(str(self.path)) != self._bytes:
                self._reread()
                raise UsageError(
                    "文件已被改动，已重新读取；请再定", "the file was changed and is read anew; decide again"
                )
            yield

    def _encoded(self, text: str) -> bytes:
        """*text* as the file has it, with a byte order mark where it has one."""
        return (_BYTE_ORDER_MARK if self._bytes.startswith(_BYTE_ORDER_MARK) else b"") + text.encode()

    def _write(self, content: bytes) -> None:
        files.write_whole([content], self.path, force=True)
        self._bytes = content
        self._content = self._parsed(content)
        self._is_right = True

    def _parsed(self, content: bytes) -> FactFileContent:
        return load(FactFile(str(self.path), "", str(self.path), content))
