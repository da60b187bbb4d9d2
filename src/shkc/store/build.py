"""An index made that of fact files: what has changed is read, what has not stays.

Imported only while an index is built.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from shkc.errors import FactsError
from shkc.facts.load import load_all
from shkc.paths import FactFile, Progress
from shkc.store.prepare import content_of, digest_of, prepared
from shkc.store.write import Stored, Writer


def update(connection: sqlite3.Connection, files: Sequence[FactFile], progress: Progress | None) -> None:
    """Make the index of *connection* hold *files* as they are now; only what has changed is read.

    Files that are wrong are left out. Raises `FactsError` with every problem when no file is right; the index is then
    half written.
    """
    writer = Writer(connection)
    stored = writer.stored()
    changed, numbers = _changed(files, stored, writer)
    for path in changed.union(stored.keys() - {file.key for file in files}).intersection(stored):
        writer.remove(path, stored[path].report)
    reading = [file for file in files if file.key in changed]
    for done, file in enumerate(prepared(reading), 1):
        if file.problems:
            writer.leave_out(file.file, file.digest, file.problems)
        else:
            writer.add(file, numbers[file.file.key])
        if progress is not None:
            progress(done, len(reading))
    writer.leave_out_repetitions(files)
    if writer.is_empty():
        load_all(files)
        raise FactsError(writer.first_problems())  # they have been mended while they were read
    writer.finish()


def _changed(
    files: Sequence[FactFile], stored: Mapping[str, Stored], writer: Writer
) -> tuple[set[str], Mapping[str, int]]:
    """The paths of those of *files* that have to be read, and the numbers of all.

    *stored* files that are as they were, but for their stamps, get their new stamps.
    """
    changed = set()
    for file in files:
        known = stored.get(file.key)
        if known is None or (known.stamp != file.stamp and known.digest != (_digest_of(file) or None)):
            changed.add(file.key)
        elif known.stamp != file.stamp:
            writer.set_stamp(file)
    if changed or stored.keys() - {file.key for file in files}:  # what was repeated before may not be any more
        changed |= {path for path, known in stored.items() if known.repeats}
    kept = {path: known.report for path, known in stored.items() if known.report is not None and path not in changed}
    numbers = numbered([file.key for file in files], kept)
    if numbers is None:
        changed, numbers = {file.key for file in files}, numbered([file.key for file in files], {})
    assert numbers is not None, "there is always room for the first time"
    return changed, numbers


_ROOM = 1 << 20
"""Between the numbers of two files: so many can come between them."""


def numbered(paths: Sequence[str], kept: Mapping[str, int]) -> Mapping[str, int] | None:
    """Numbers that rise with the order of *paths*, those of *kept* as they are; None where there is no room.

    What is numbered so stands in the index as the files do, whatever came first.
    """
    numbers: dict[str, int] = {}
    waiting: list[str] = []
    last = 0
    for path in (*paths, None):
        if path is not None and path not in kept:
            waiting.append(path)
            continue
        following = last + _ROOM * (len(waiting) + 1) if path is None else kept[path]
        step = (following - last) // (len(waiting) + 1)
        if step < 1:
            return None
        numbers.update((each, last + step * place) for place, each in enumerate(waiting, 1))
        if path is not None:
            numbers[path] = following
        last, waiting = following, []
    return numbers


def _digest_of(file: FactFile) -> str:
    """The digest of the content of *file*; empty when it cannot be read."""
    try:
        return digest_of(content_of(file))
    except FactsError:
        return ""
