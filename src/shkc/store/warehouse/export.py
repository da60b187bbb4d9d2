"""A warehouse written: planned in parts, written beside what is there, then switched.

Readers go by the manifest. Until it is replaced, which happens at once, they have the old warehouse; a killed export
leaves a folder `.new-…`, which the next one removes.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from hashlib import blake2b
from pathlib import Path

from pyarrow import parquet
from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType

from shkc import files
from shkc.errors import FactsError, LeftOut, Problem, UsageError, WarehouseError
from shkc.facts.load import Identities, Identity, load
from shkc.paths import WAREHOUSE, FactFile, Progress, is_remote
from shkc.store.build import numbered
from shkc.store.warehouse.layout import NAMES, TABLES, Manifest, manifest_of
from shkc.store.warehouse.names import write_names
from shkc.store.warehouse.part import Task, Written, read_written
from shkc.store.warehouse.places import file_system, unreachable
from shkc.store.warehouse.run import run
from shkc.store.warehouse.software import software

PART = 16 << 20
"""Bytes of the fact files of a part: some 30,000 facts to 70,000, a Parquet file of some six megabytes."""

_NEW = ".new-"
_OF_EXPORT = r"\d+-[0-9a-f]{8}"
_LEFT = re.compile(rf"\.new-{_OF_EXPORT}")
"""The folder of an export that was killed."""

_OURS = (*TABLES, NAMES)
_MADE = re.compile(
    rf"(?:{'|'.join(TABLES)})/\d{{5,}}-[0-9a-f]{{16}}(?:-\d+)?\.parquet"
    rf"|{NAMES}/(?:\d{{5,}}-[0-9a-f]{{16}}(?:-\d+)?\.json|names-{_OF_EXPORT}\.sqlite|sources-{_OF_EXPORT}\.json)"
)
"""The files that exports make in a warehouse; nothing else is removed from one."""

Sources = Mapping[str, tuple[str, int, int]]
"""The fact files of a warehouse, by path: the stamp of each, its number, and the number of its part."""


def export(
    files: Sequence[FactFile], address: str, *, force: bool, cluster: str | None, progress: Progress | None
) -> list[LeftOut]:
    """Write *files* as a warehouse to *address*: the files that are wrong and left out.

    One that is there is replaced with *force* only; what has not changed of it stays. Raises `UsageError` when
    something else is there, `FactsError` when no file is right, `WarehouseError` when it cannot be written.
    """
    target, root = file_system(address)
    with _alone_in(address):
        try:
            old = _old(target, root, address, force=force)
            writing = _Export(files, address, target, root, old, cluster, progress)
            try:
                return writing.write()
            finally:
                target.delete_dir_contents(f"{root}/{writing.folder}", missing_dir_ok=True)
                _remove_leftovers(target, root)
        except OSError as error:
            raise unreachable(address, error) from None


def _old(target: FileSystem, root: str, address: str, *, force: bool) -> Manifest | None:
    """The manifest of the warehouse that is there; None when there is none, or one that is of no use."""
    there = target.get_file_info(FileSelector(root, allow_not_found=True))
    names = {info.base_name for info in there if not _LEFT.fullmatch(info.base_name)}
    if not names:
        return None
    if WAREHOUSE not in names and not (names <= {*_OURS} and all(map(_is_made, _paths_in(target, root)))):
        raise UsageError(f"{address} 中有别的文件；请指定空文件夹", f"{address} has other files; name an empty folder")
    if not force:
        raise UsageError(f"{address} 已存在；用 --force 覆盖", f"{address} exists; --force writes over it")
    try:
        with target.open_input_stream(f"{root}/{WAREHOUSE}") as stream:
            manifest = manifest_of(stream.read(), address)
    except (OSError, WarehouseError):  # half a warehouse, or another version's: all is written anew
        return None
    sizes = {info.path.removeprefix(f"{root}/"): info.size for info in _files_in(target, root)}
    whole = all(sizes.get(name) == size for name, size in manifest.files.items())
    return manifest if whole and manifest.shkc == software() else None


def _is_made(path: str) -> bool:
    """Whether the file at *path* within a warehouse is one that an export made."""
    return _MADE.fullmatch(path) is not None


def _paths_in(target: FileSystem, root: str) -> list[str]:
    """The files of the folders of a warehouse at *root*, by their paths within it."""
    paths = (info.path.removeprefix(f"{root}/") for info in _files_in(target, root))
    return [path for path in paths if path.partition("/")[0] in _OURS]


def _files_in(target: FileSystem, root: str) -> list[FileInfo]:
    found = target.get_file_info(FileSelector(root, recursive=True, allow_not_found=True))
    return [info for info in found if info.type is FileType.File]


def _remove_leftovers(target: FileSystem, root: str) -> None:
    """Remove what exports that were killed have left beside the warehouse."""
    for info in target.get_file_info(FileSelector(root, allow_not_found=True)):
        if info.type is FileType.Directory and _LEFT.fullmatch(info.base_name):
            target.delete_dir(info.path)


@contextmanager
def _alone_in(address: str) -> Iterator[None]:
    """Keep other exports from the same folder, where the system has locks; an object store has none."""
    if is_remote(address):
        yield
        return
    with files.told(Path(address)):
        Path(address).mkdir(exist_ok=True)
    with ExitStack() as held:
        try:
            held.enter_context(files.locked(Path(address), wait=False))
        except BlockingIOError:
            raise WarehouseError(
                f"{address}：另一个导出正在写入", f"{address}: another export is writing there"
            ) from None
        yield


class _Export:
    """One export of *files* to *root* of the file system *target*, where *old* is now."""

    def __init__(
        self,
        files: Sequence[FactFile],
        address: str,
        target: FileSystem,
        root: str,
        old: Manifest | None,
        cluster: str | None,
        progress: Progress | None,
    ) -> None:
        self._files = files
        self._address = address
        self._target = target
        self._root = root
        self._old = old
        self._cluster = cluster
        self._progress = progress
        self.folder = f"{_NEW}{os.getpid()}-{os.urandom(4).hex()}"

    def write(self) -> list[LeftOut]:
        """Write all, and switch: the files that are left out."""
        sources = self._planned()
        parts = self._written(self._tasks(sources, {}))
        repeated = self._repeated(parts, sources)
        if repeated:
            affected = {sources[path][2] for path in repeated}
            tasks = [task for task in self._tasks(sources, repeated) if _group(task.part) in affected]
            parts = [part for part in parts if _group(part.part) not in affected] + self._written(tasks)
        parts.sort(key=lambda part: part.part)
        left_out = [each for part in parts for each in part.left_out]
        if not any(part.reports for part in parts):
            raise FactsError([each.problem for each in left_out])
        self._switch(parts, sources)
        return left_out

    # ── The plan ────────────────────────────────────────────────────────────────────────────────────

    def _planned(self) -> Sources:
        """Each file with its number and part: as before where it was, else in the last part that has room."""
        before: Sources = json.loads(self._read(self._old.sources)) if self._old else {}
        kept = {path: known[1] for path, known in before.items()}
        paths = [file.key for file in self._files]
        numbers = numbered(paths, {path: kept[path] for path in paths if path in kept})
        if numbers is None:
            before, numbers = {}, numbered(paths, {})
        assert numbers is not None, "there is always room for the first time"
        groups = {file.key: before[file.key][2] for file in self._files if file.key in before}
        sizes = Counter(dict.fromkeys(groups.values(), 0))
        for file in self._files:
            if file.key in groups:
                sizes[groups[file.key]] += _size(file)
        last = max(sizes, default=0)
        for file in self._files:
            if file.key not in groups:
                last += sizes[last] >= PART
                groups[file.key] = last
                sizes[last] += _size(file)
        return {file.key: (file.stamp, numbers[file.key], groups[file.key]) for file in self._files}

    def _tasks(self, sources: Sources, repeated: Mapping[str, Sequence[Problem]]) -> list[Task]:
        parts: dict[int, list[FactFile]] = {}
        for file in self._files:
            parts.setdefault(sources[file.key][2], []).append(file)
        tasks = []
        for group, mine in sorted(parts.items()):
            left_out = {file.key: repeated[file.key] for file in mine if file.key in repeated}
            of = json.dumps([[(file.key, *sources[file.key]) for file in mine], sorted(left_out)])
            name = f"{group:05d}-{blake2b(of.encode(), digest_size=8).hexdigest()}"
            of_files = [(file, sources[file.key][1]) for file in mine]
            tasks.append(Task(name, of_files, left_out, self._address, self.folder, software()))
        return tasks

    def _written(self, tasks: Sequence[Task]) -> list[Written]:
        """The parts of *tasks*: those that the old warehouse has, and the others written."""
        known = [task.part for task in tasks if self._old and task.part in self._old.parts]
        found = [read_written(self._read(f"{NAMES}/{part}.json")) for part in known]
        wanted = [task for task in tasks if task.part not in known]
        total, done = sum(len(task.files) for task in wanted), 0
        files = {task.part: len(task.files) for task in wanted}
        for part in run(wanted, self._cluster):
            found.append(part)
            done += files[part.part]
            if self._progress is not None:
                self._progress(done, total)
        return found

    def _read(self, name: str) -> bytes:
        with self._target.open_input_stream(f"{self._root}/{name}") as stream:
            return bytes(stream.read())

    # ── Facts that two files have ───────────────────────────────────────────────────────────────────

    def _repeated(self, parts: Sequence[Written], sources: Sources) -> dict[str, list[Problem]]:
        """The files that have facts of a file before them, with their problems."""
        keys = Counter(report.key for part in parts for report in part.reports)
        shared = {report.path: (report, part) for part in parts for report in part.reports if keys[report.key] > 1}
        identities = Identities()
        found = {}
        for file in self._files:
            if file.key in shared:
                report, part = shared[file.key]
                ids = self._ids(part, sources[file.key][1])
                if conflicts := identities.conflicts(Identity(report.key, report.title, report.year, ids), file.path):
                    found[file.key] = conflicts.problems(load(file))
        return found

    def _ids(self, part: Written, report: int) -> list[str]:
        name = f"facts/{part.part}.parquet"
        kept = self._old and name in self._old.files
        path = f"{self._root}/{name}" if kept else f"{self._root}/{self.folder}/{name}"
        filters = [("report_number", "=", report)]
        table = parquet.read_table(path, columns=["id", "fact"], filters=filters, filesystem=self._target)
        return [str(each) for each in table.sort_by("fact")["id"].to_pylist()]

    # ── The switch ──────────────────────────────────────────────────────────────────────────────────

    def _switch(self, parts: Sequence[Written], sources: Sources) -> None:
        """Write what there is once, move all that is new into its place, the manifest last, and remove the old."""
        token = self.folder.removeprefix(_NEW)
        once = {
            f"names-{token}.sqlite": self._names(parts, sources),
            f"sources-{token}.json": json.dumps(sources).encode(),
        }
        self._target.create_dir(f"{self._root}/{self.folder}", recursive=True)
        for name, data in once.items():
            self._put(f"{self.folder}/{name}", data)
        files = {name: size for part in parts for name, size in part.files.items()}
        files |= {f"{NAMES}/{name}": len(data) for name, data in once.items()}
        names, of = (f"{NAMES}/{name}" for name in once)
        manifest = Manifest(software(), tuple(part.part for part in parts), names, of, files)
        for folder in _OURS:
            self._target.create_dir(f"{self._root}/{folder}", recursive=True)
        kept = self._old.files if self._old else {}
        moved = [(name, name) for name in files if name not in kept and name not in (names, of)]
        moved += [(name, f"{NAMES}/{name}") for name in once]
        moved += [
            (f"{NAMES}/{part.part}.json",) * 2 for part in parts if not self._old or part.part not in self._old.parts
        ]
        for source, name in moved:
            self._target.move(f"{self._root}/{self.folder}/{source}", f"{self._root}/{name}")
        self._put(f"{self.folder}/{WAREHOUSE}", manifest.encoded())
        self._target.move(f"{self._root}/{self.folder}/{WAREHOUSE}", f"{self._root}/{WAREHOUSE}")
        self._remove_old(manifest)

    def _names(self, parts: Sequence[Written], sources: Sources) -> bytes:
        numbers = {path: number for path, (_, number, _) in sources.items()}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "names.sqlite")
            write_names(path, parts, numbers)
            return path.read_bytes()

    def _put(self, name: str, data: bytes) -> None:
        with self._target.open_output_stream(f"{self._root}/{name}") as stream:
            stream.write(data)

    def _remove_old(self, manifest: Manifest) -> None:
        wanted = {*manifest.files, *(f"{NAMES}/{part}.json" for part in manifest.parts)}
        for path in _paths_in(self._target, self._root):
            if path not in wanted and _is_made(path):
                self._target.delete_file(f"{self._root}/{path}")


def _group(part: str) -> int:
    return int(part.partition("-")[0])


def _size(file: FactFile) -> int:
    """The bytes of *file*, which begin its stamp; 0 for one that nobody can read."""
    size = file.stamp.partition(" ")[0]
    return int(size) if size.isdecimal() else 0
