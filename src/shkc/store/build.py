"""What goes into the index for each fact file. Imported only while an index is built: it loads pinyin data."""

from __future__ import annotations

import gc
import os
import signal
import sqlite3
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from hashlib import blake2b
from itertools import islice
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, NamedTuple

from shkc.errors import FactsError, Problem
from shkc.facts.load import Identities, load, load_all, repetitions
from shkc.facts.model import Details, Fact, Metric, Section
from shkc.facts.records import record_of
from shkc.language import Text
from shkc.paths import FactFile, Progress, read
from shkc.store.schema import with_checksum
from shkc.store.searched import PreparedNaming, naming_of, printed_numbers
from shkc.text import words

WORTH_PROCESSES = 32
"""Files from which on other processes read faster than they start."""


BATCH = 16
"""Files that a process is handed at once."""


_NO_DETAILS = b"{}"
"""Empty details. Decoding supplies the defaults."""


class Stored(NamedTuple):
    """A fact file that the index knows: its number when it is right, its stamp and digest, whether it repeats facts."""

    report: int | None
    stamp: str
    digest: str
    repeats: bool = False


class PreparedFile(NamedTuple):
    """A fact file ready to be written, or what is wrong with it; *digest* is that of its content.

    Plain tuples, because they pass from process to process: a fact begins with the number of its naming in *namings*
    and the id of its section; a number is its digits, the place of its fact in *facts*, and its unit.
    """

    file: FactFile
    digest: str
    problems: tuple[Problem, ...]
    report: tuple[object, ...] = ()
    sections: tuple[Section, ...] = ()
    namings: tuple[PreparedNaming, ...] = ()
    facts: tuple[tuple[Any, ...], ...] = ()
    numbers: tuple[tuple[str, int, str], ...] = ()


def update(connection: sqlite3.Connection, files: Sequence[FactFile], progress: Progress | None) -> None:
    """Make the index of *connection* hold *files* as they are now; only what has changed is read.

    Files that are wrong are left out. Raises `FactsError` with every problem when no file is right; the index is then
    half written.
    """
    writer = _Writer(connection)
    changed = _changed(files, writer)
    for done, prepared in enumerate(_prepared(changed), 1):
        if prepared.problems:
            writer.leave_out(prepared.file, prepared.digest, prepared.problems)
        else:
            writer.add(prepared)
        if progress is not None:
            progress(done, len(changed))
    writer.leave_out_repetitions(files)
    if writer.is_empty():
        load_all(files)
        raise FactsError(writer.first_problems())  # they have been mended while they were read
    writer.finish()


def _changed(files: Sequence[FactFile], writer: _Writer) -> list[FactFile]:
    """Those of *files* that have to be read; what is stored of them, and of files that are gone, is removed."""
    stored = writer.stored()
    gone = stored.keys() - {file.key for file in files}
    changed = []
    for file in files:
        known = stored.get(file.key)
        if known is None or (known.stamp != file.stamp and known.digest != _digest_of(file)):
            changed.append(file)
        elif known.stamp != file.stamp:
            writer.set_stamp(file)
    if changed or gone:  # what was repeated before may not be any more
        read_again = {path for path, known in stored.items() if known.repeats}
        changed = [file for file in files if file in changed or file.key in read_again] if read_again else changed
    for path in gone.union(file.key for file in changed).intersection(stored):
        writer.remove(path, stored[path].report)
    return changed


def _digest_of(file: FactFile) -> str:
    """The digest of the content of *file*; empty when it cannot be read."""
    try:
        return _digest(_content(file))
    except FactsError:
        return ""


def _content(file: FactFile) -> bytes:
    return read(file.path) if file.content is None else file.content


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _prepared(files: Sequence[FactFile]) -> Iterator[PreparedFile]:
    """Each of *files* read and made ready, in order; on all cores where there are enough of them."""
    cores = os.cpu_count() or 1
    if len(files) < WORTH_PROCESSES or cores == 1:
        yield from map(prepare, files)
        return
    batches = (files[start : start + BATCH] for start in range(0, len(files), BATCH))
    pool = ProcessPoolExecutor(cores, initializer=_begin_reading)
    try:
        # Only so many at once, so that what is ready does not pile up in memory.
        waiting = deque(map(partial(_submitted, pool), islice(batches, 2 * cores)))
        while waiting:
            ready = waiting.popleft().result()
            waiting.extend(map(partial(_submitted, pool), islice(batches, 1)))
            yield from ready
    except BaseException:  # Ctrl-C waits for nobody
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _submitted(pool: ProcessPoolExecutor, files: Sequence[FactFile]) -> Future[list[PreparedFile]]:
    """*files* to be read by a process of *pool*, which is started here: one that Ctrl-C does not reach."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(_prepare_batch, files)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(_prepare_batch, files)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_reading() -> None:
    """Set up a process that only reads.

    What it reads makes no circles, and looking for them takes a quarter of the time. It ends with its parent, also when
    that is killed: left alone, it would hold the lock on the folder for ever. Ctrl-C in a terminal reaches every
    process; the parent tells what there is to tell.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _prepare_batch(files: Sequence[FactFile]) -> list[PreparedFile]:
    return [prepare(file) for file in files]


def prepare(file: FactFile) -> PreparedFile:
    """Read *file* and make its facts ready to be written."""
    digest = ""
    try:
        data = _content(file)
        digest = _digest(data)
        content = load(file._replace(content=data))
    except FactsError as error:
        return PreparedFile(file, digest, error.problems)
    report = content.report
    row = (report.id, report.title, report.title_en, report.year, words.compact(report.scope),
           words.compact(report.scope_en))  # fmt: skip
    named = list(map(naming_of, content.records))
    namings = {naming.identity: naming for naming in named}
    places = {identity: place for place, identity in enumerate(namings)}
    facts = tuple(
        (places[naming.identity], *_fact_row(*record)) for naming, record in zip(named, content.records, strict=True)
    )
    numbers = tuple(
        (digits, place, unit)
        for place, record in enumerate(content.records)
        if isinstance(record.fact, Metric)
        for digits, unit in printed_numbers(record.fact)
    )
    return PreparedFile(file, digest, (), row, content.sections, tuple(namings.values()), facts, numbers)


def _fact_row(fact: Fact, details: Details) -> tuple[object, ...]:
    metric = fact if isinstance(fact, Metric) else None
    return (
        fact.section.id, fact.kind, fact.id, fact.source.paragraph, _year(fact),
        metric.unit if metric else None,
        metric.normalized.unit if metric else None,
        float(metric.normalized.value) if metric else None,
        with_checksum(record_of(fact)),
        with_checksum(_NO_DETAILS if details == Details() else record_of(details)),
    )  # fmt: skip


class _Writer:
    """Writes prepared files into an index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._namings: dict[str, int] = {}
        self._reports = self._last("SELECT max(id) FROM report")
        self._last_naming = self._last("SELECT max(id) FROM naming")
        self._facts = self._last("SELECT max(seq) FROM sqlite_sequence")
        self._sections = self._last("SELECT max(id) FROM section")
        self._grams: Counter[str] = Counter()

    def _last(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0] or 0)

    def stored(self) -> dict[str, Stored]:
        """What the index knows of each file, those that are left out among them."""
        rows = self._connection.execute(
            "SELECT path, id, stamp, digest, 0 FROM report"
            " UNION ALL SELECT path, NULL, stamp, digest, repeats FROM left_out"
        )
        return {path: Stored(number, stamp, digest, bool(repeats)) for path, number, stamp, digest, repeats in rows}

    def set_stamp(self, file: FactFile) -> None:
        """Note that *file* has another stamp, but is as it was."""
        for table in ("report", "left_out"):
            self._connection.execute(f"UPDATE {table} SET stamp = ? WHERE path = ?", (file.stamp, file.key))

    def remove(self, path: str, report: int | None) -> None:
        """Remove the facts of the file at *path*, which is *report*, or what is known of one that is left out.

        Its names and numbers stay: without facts they are found by nobody, and row numbers of facts never come back.
        """
        for table in ("fact", "section"):
            self._connection.execute(f"DELETE FROM {table} WHERE report = ?", (report,))
        for table in ("report", "left_out"):
            self._connection.execute(f"DELETE FROM {table} WHERE path = ?", (path,))

    def leave_out(self, file: FactFile, digest: str, problems: Sequence[Problem], *, repeats: bool = False) -> None:
        """Note that *file* is wrong; *repeats* when it is so only beside the others."""
        first = problems[0]
        self._connection.execute(
            "INSERT INTO left_out VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (file.key, file.stamp, digest, repeats, len(problems), first.line, *first.message),
        )

    def leave_out_repetitions(self, files: Sequence[FactFile]) -> None:
        """Leave out the files that have facts of a file before them, in the order of *files*."""
        keys = "SELECT key FROM report GROUP BY key HAVING count(*) > 1"
        rows = self._connection.execute(f"SELECT path, id, key, digest FROM report WHERE key IN ({keys})").fetchall()
        shared = {path: (number, key, digest) for path, number, key, digest in rows}
        identities = Identities()
        for file in files if shared else ():
            if file.key in shared:
                number, key, digest = shared[file.key]
                ids = [row[0] for row in self._connection.execute("SELECT key FROM fact WHERE report = ?", (number,))]
                firsts = identities.repeated(key, ids, file.path)
                if firsts:
                    problems = repetitions(load(file), firsts)
                    self.remove(file.key, number)
                    self.leave_out(file, digest, problems, repeats=True)

    def first_problems(self) -> list[Problem]:
        """The first problem of each file that is left out."""
        rows = self._connection.execute("SELECT path, line, zh, en FROM left_out ORDER BY path")
        return [Problem(path, line, Text(zh, en)) for path, line, zh, en in rows]

    def is_empty(self) -> bool:
        """Whether no file is right."""
        return self._connection.execute("SELECT 1 FROM report").fetchone() is None

    def add(self, prepared: PreparedFile) -> None:
        """Add a file."""
        file = prepared.file
        report = self._reports = self._reports + 1
        self._connection.execute(
            "INSERT INTO report VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (report, file.key, file.stamp, prepared.digest, *prepared.report),
        )
        sections = self._add_sections(prepared.sections, report)
        namings = list(map(self._naming, prepared.namings))
        first = self._facts + 1
        self._facts += len(prepared.facts)
        self._connection.executemany(
            "INSERT INTO fact (id, naming, report, section, kind, key, paragraph, year, unit, base, value, kept_record,"
            " kept_details) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (number, namings[naming], report, sections[section], *row)
                for number, (naming, section, *row) in enumerate(prepared.facts, first)
            ),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO number VALUES (?, ?, ?)",
            ((digits, first + place, unit) for digits, place, unit in prepared.numbers),
        )

    def _add_sections(self, sections: Sequence[Section], report: int) -> dict[str, int]:
        numbers = {section.id: number for number, section in enumerate(sections, self._sections + 1)}
        self._sections += len(sections)
        self._connection.executemany(
            "INSERT INTO section VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (numbers[s.id], report, numbers[s.parent] if s.parent else None, s.id, s.number, s.title, s.short,
                 s.short_en)
                for s in sections
            ),
        )  # fmt: skip
        return numbers

    def _naming(self, naming: PreparedNaming) -> int:
        number = self._namings.get(naming.identity)
        if number is None:
            found = self._connection.execute("SELECT id FROM naming WHERE identity = ?", naming[:1]).fetchone()
            number = self._namings[naming.identity] = int(found[0]) if found else self._add_naming(naming)
        return number

    def _add_naming(self, naming: PreparedNaming) -> int:
        number = self._last_naming = self._last_naming + 1
        kind = naming.row[0]
        self._connection.execute(
            "INSERT INTO naming VALUES (?, ?, ?, ?, ?, ?, ?)", (number, naming.identity, *naming.row)
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO exact VALUES (?, ?, ?)", ((form, number, grade) for form, grade in naming.exact)
        )
        self._connection.execute(
            "INSERT INTO naming_grams (rowid, kind, grams) VALUES (?, ?, ?)", (number, kind, naming.grams)
        )
        self._grams.update(naming.grams.split())
        return number

    def finish(self) -> None:
        """Write what is known only when all files are in: how common each gram is, which places and years there are."""
        self._connection.executemany(
            "INSERT INTO gram VALUES (?, ?) ON CONFLICT (gram) DO UPDATE SET namings = namings + excluded.namings",
            self._grams.items(),
        )
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES ('namings', ?)", (self._last_naming,))
        self._connection.execute("DELETE FROM territory")
        self._connection.execute("INSERT INTO territory SELECT DISTINCT scope, scope_en FROM report")
        self._connection.execute("INSERT OR IGNORE INTO year SELECT DISTINCT year FROM report")


def _year(fact: Fact) -> int:
    return int((fact.period if isinstance(fact, Metric) else fact.date)[:4])
