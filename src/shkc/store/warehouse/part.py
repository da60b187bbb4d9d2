"""A part of a warehouse written: what each process or worker does, which needs to know of no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pyarrow as pa
from pyarrow import parquet

from shkc.errors import FactsError, LeftOut, Problem, WarehouseError
from shkc.facts.load import FactFileContent, load
from shkc.facts.model import Metric
from shkc.facts.records import record_of
from shkc.paths import FactFile
from shkc.store.prepare import PreparedFile, PreparedNaming, content_of, prepared_of
from shkc.store.schema import without_checksum
from shkc.store.warehouse import columns
from shkc.store.warehouse.layout import NAMES, TABLES, number_of
from shkc.store.warehouse.places import file_system
from shkc.store.write import MOST_IN_A_FILE

ROWS = 8192
"""Facts in a group of rows: the least that an engine reads."""

BATCH = 4096
"""Facts that are held as Python objects before they become columns."""

_NEVER_READ = ("unreadable", "irregular")
"""Stamps of files that nobody can read."""


class Task(NamedTuple):
    """A part to be written into the folder *folder* of *address*: its name, and its files with their numbers.

    *left_out* has what is wrong with files that repeat facts of others. *software* is the shkc that asks for it.
    """

    part: str
    files: Sequence[tuple[FactFile, int]]
    left_out: Mapping[str, Sequence[Problem]]
    address: str
    folder: str
    software: str


class Naming(NamedTuple):
    """A name that facts of a part have, its number there, and the first of these facts."""

    prepared: PreparedNaming
    number: int
    first: int


class WrittenReport(NamedTuple):
    """What an export knows of a report: the path of its file, its id, title and year, its territory in normal form."""

    path: str
    key: str
    title: str
    year: int
    scope: str
    scope_en: str


class Written(NamedTuple):
    """A part that was written: its names, which of them each series and each year has, the files left out, the reports.

    *files* has their bytes, by path in the warehouse.
    """

    part: str
    namings: Sequence[Naming]
    series: Sequence[tuple[str, int]]
    years: Sequence[tuple[int, int]]
    left_out: Sequence[LeftOut]
    reports: Sequence[WrittenReport]
    files: Mapping[str, int]


def write_part(task: Task) -> Written:
    """Write a part. Raises `WarehouseError` when a file is not there that was, or this is another shkc."""
    from shkc.store.warehouse.software import software

    if task.software != software():
        raise other_software()
    rows = _Rows(task)
    for file, number in task.files:
        rows.read(file, number)
    return rows.written()


def other_software() -> WarehouseError:
    """That the workers have another shkc."""
    return WarehouseError(
        "集群的工作进程装的不是同一个 shkc；请在所有机器上装同一版本",
        "the workers of the cluster have another shkc; install the same one on all machines",
    )


class _Rows:
    """The rows of a part, collected file by file."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._pending: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self._batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in TABLES}
        self._namings: dict[str, Naming] = {}
        self._series: set[tuple[str, int]] = set()
        self._years: set[tuple[int, int]] = set()
        self._left_out: list[LeftOut] = []
        self._reports: list[WrittenReport] = []

    def read(self, file: FactFile, number: int) -> None:
        """Add the facts of *file*."""
        if file.content is None and file.stamp not in _NEVER_READ and not Path(file.path).exists():
            raise WarehouseError(
                f"{file.path}：工作进程看不到这个文件，或它刚被删除",
                f"{file.path}: the worker does not see this file, or it has just gone",
            )
        try:
            if file.key in self._task.left_out:
                raise FactsError(self._task.left_out[file.key])
            data = content_of(file)
            content = load(file._replace(content=data))
        except FactsError as error:
            first = error.problems[0]._replace(path=file.key)
            self._left_out.append(LeftOut(first, len(error.problems)))
            return
        self._add(content, prepared_of(file, "", content), number)

    def _add(self, content: FactFileContent, prepared: PreparedFile, number: int) -> None:
        report = content.report
        *_, scope, scope_en, record = prepared.report
        self._reports.append(
            WrittenReport(prepared.file.key, report.id, report.title, report.year, str(scope), str(scope_en))
        )
        place = {"report_number": number, "path": prepared.file.key, "scope_form": scope, "scope_en_form": scope_en}
        sealed = columns.sealed(record=without_checksum(record))
        self._pending["reports"].append(columns.values(report) | place | sealed)
        first = number * MOST_IN_A_FILE
        places = {section.id: first + place for place, section in enumerate(content.sections)}
        self._pending["sections"] += (
            columns.values(section)
            | {
                "report": report.id,
                "section_number": places[section.id],
                "parent_number": places[section.parent] if section.parent else None,
                "report_number": number,
            }
            for section in content.sections
        )
        self._pending["facts"] += self._facts(content, prepared, number, places)
        self._pending["numbers"] += (
            {"digits": digits, "unit": unit, "fact": first + place, "naming": self._number(prepared, place)}
            for digits, place, unit in prepared.numbers
        )
        if len(self._pending["facts"]) >= BATCH:
            self._flush()

    def _facts(
        self, content: FactFileContent, prepared: PreparedFile, number: int, places: Mapping[str, int]
    ) -> Iterator[dict[str, Any]]:
        first = number * MOST_IN_A_FILE
        for place, (row, (fact, details)) in enumerate(zip(prepared.facts, content.records, strict=True)):
            naming = prepared.namings[row[0]]
            known = self._namings.get(naming.identity)
            if known is None:
                known = Naming(naming, number_of(naming.identity), first + place)
                self._namings[naming.identity] = known
            series = details.series or fact.id
            self._series.add((series, known.number))
            self._years.add((known.number, row[6]))
            yield (
                columns.values(fact)
                | {
                    "report": content.report.id,
                    "year": row[6],
                    "series": series,
                    "pinyin": naming.row.pinyin,
                    "amount": float(fact.normalized.value) if isinstance(fact, Metric) else None,
                    "fact": first + place,
                    "report_number": number,
                    "section_number": places[fact.section.id],
                    "naming": known.number,
                }
                | columns.sealed(record=without_checksum(row[-2]), details=without_checksum(row[-1]))
            )

    def _number(self, prepared: PreparedFile, place: int) -> int:
        return self._namings[prepared.namings[prepared.facts[place][0]].identity].number

    def _flush(self) -> None:
        for name, rows in self._pending.items():
            if rows:
                self._batches[name].append(columns.batch(rows, SCHEMAS[name]))
                rows.clear()

    def written(self) -> Written:
        """Write the files of the part: what it is."""
        self._flush()
        task = self._task
        files, root = file_system(task.address)
        for name, sorting in _SORTED.items():
            # A remote store has no folders, and a local one gets them here.
            files.create_dir(f"{root}/{task.folder}/{name}", recursive=True)
            whole = columns.table(self._batches[name], SCHEMAS[name], *sorting)
            path = f"{root}/{task.folder}/{name}/{task.part}.parquet"
            parquet.write_table(whole, path, filesystem=files, row_group_size=ROWS, compression="zstd")
        sizes = {f"{name}/{task.part}.parquet" for name in TABLES}
        result = Written(
            task.part,
            list(self._namings.values()),
            sorted(self._series),
            sorted(self._years),
            self._left_out,
            self._reports,
            {name: files.get_file_info(f"{root}/{task.folder}/{name}").size for name in sorted(sizes)},
        )
        files.create_dir(f"{root}/{task.folder}/{NAMES}", recursive=True)
        with files.open_output_stream(f"{root}/{task.folder}/{NAMES}/{task.part}.json") as stream:
            stream.write(record_of(result))
        return result


def read_written(data: bytes) -> Written:
    """What an earlier export has kept of a part."""
    return msgspec.json.decode(data, type=Written)


SCHEMAS = {
    "facts": columns.FACTS,
    "numbers": columns.NUMBERS,
    "reports": columns.REPORTS,
    "sections": columns.SECTIONS,
}
_SORTED: dict[str, tuple[str, ...]] = {
    "facts": ("name", "naming", "year", "fact"),
    "numbers": ("digits", "fact", "unit"),
    "reports": ("report_number",),
    "sections": ("section_number",),
}
