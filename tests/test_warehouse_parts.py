"""A warehouse in its parts: its manifest, its plan, its columns, its names, and what goes wrong in each."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow.fs import LocalFileSystem
from support import BOTH, SMALL

from shkc import paths
from shkc.errors import UsageError, WarehouseError
from shkc.language import Text
from shkc.paths import FactFile
from shkc.store.prepare import NamingRow, PreparedNaming
from shkc.store.warehouse import columns, export, names, places, run
from shkc.store.warehouse.layout import TABLES, Manifest, broken, manifest_of, number_of
from shkc.store.warehouse.part import Naming, Written
from shkc.store.warehouse.software import software
from shkc.store.warehouse.warehouse import Warehouse

# ── The manifest ────────────────────────────────────────────────────────────────────────────────────

FILES = ("names/n.sqlite", "names/s.json", *(f"{table}/00000-a.parquet" for table in TABLES))
MANIFEST = Manifest("1", ("00000-a",), "names/n.sqlite", "names/s.json", dict.fromkeys(FILES, 7))


def test_a_manifest_is_read_as_it_was_written() -> None:
    """In the format and of the version that docs/warehouse.md has."""
    document = json.loads(MANIFEST.encoded())
    assert (document["format"], document["version"]) == ("shkc-warehouse", 3)
    assert manifest_of(MANIFEST.encoded(), "w") == MANIFEST


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"format": "other"}, "damaged"),
        ({"format": None}, "damaged"),
        ({"version": None}, "damaged"),
        ({"parts": None}, "damaged"),
        ({"more": 1}, "damaged"),
        ({"version": 4}, "layout 4, and this shkc reads 3"),
        ({"version": 2}, "layout 2, and this shkc reads 3"),
    ],
)
def test_a_manifest_that_is_another_is_refused(change: Mapping[str, object], why: str) -> None:
    """With what to do; a key with None is left out."""
    document = {**json.loads(MANIFEST.encoded()), **change}
    data = json.dumps({key: value for key, value in document.items() if value is not None}).encode()
    with pytest.raises(WarehouseError, match=f"^w: .*{why}.*export it again"):
        manifest_of(data, "w")


@pytest.mark.parametrize("data", [b"", b"[]", b"1", b"\xff", b"{"])
def test_what_is_no_manifest_is_damaged(data: bytes) -> None:
    """Whatever it is."""
    with pytest.raises(WarehouseError, match="damaged"):
        manifest_of(data, "w")


def test_a_name_has_a_number_of_sixty_three_bits() -> None:
    """The same in every part, and in every version."""
    assert number_of("技术合同") == number_of("技术合同") != number_of("技术合同 ")
    numbers = [number_of(str(number)) for number in range(100)]
    assert all(0 <= number < 1 << 63 for number in numbers)
    assert max(numbers) > 1 << 62


def test_what_is_not_whole_says_why() -> None:
    """In both languages, with how to mend it."""
    error = broken("w", Text("甲", "a"))
    assert str(error) == "w: not a whole warehouse: a; remove it and export it again: shkc export --to parquet"


# ── The plan ────────────────────────────────────────────────────────────────────────────────────────


def file(name: str, size: int) -> FactFile:
    """A fact file of so many bytes that need not be there."""
    return FactFile(name, f"{size} 1", name)


def planned(before: Mapping[str, tuple[int, int]] | None, *files: FactFile) -> dict[str, tuple[int, int]]:
    """The number and the part of each of *files*, where *before* has those of the old warehouse."""
    planning = export._Export(files, "w", LocalFileSystem(), "w", None if before is None else MANIFEST, None, None)
    old = {path: ("1 1", *known) for path, known in (before or {}).items()}
    planning._read = lambda name: json.dumps(old).encode()  # type: ignore[method-assign] # nothing is written
    sources = planning._planned()
    assert {path: stamp for path, (stamp, _, _) in sources.items()} == {each.key: each.stamp for each in files}
    return {path: (number, part) for path, (_, number, part) in sources.items()}


ROOM = 1 << 20


def test_files_go_into_a_part_until_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of so many bytes; then the next begins."""
    monkeypatch.setattr(export, "PART", 10)
    found = planned(None, file("a", 6), file("b", 4), file("c", 9), file("d", 9), file("e", 1))
    assert found == {"a": (ROOM, 0), "b": (2 * ROOM, 0), "c": (3 * ROOM, 1), "d": (4 * ROOM, 1), "e": (5 * ROOM, 2)}


def test_a_file_stays_in_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its number; a new one comes into the last part, where that has room."""
    monkeypatch.setattr(export, "PART", 10)
    before = {"a": (8, 0), "b": (16, 1)}
    assert planned(before, file("a", 6), file("new", 1), file("b", 9)) == {"a": (8, 0), "new": (12, 1), "b": (16, 1)}
    full = planned(before, file("a", 6), file("new", 1), file("b", 10))
    assert full == {"a": (8, 0), "new": (12, 2), "b": (16, 1)}
    assert planned(before, file("b", 9)) == {"b": (16, 1)}


def test_without_room_between_two_all_is_planned_anew() -> None:
    """No number is left between 8 and 9."""
    found = planned({"a": (8, 3), "b": (9, 4)}, file("a", 6), file("new", 1), file("b", 9))
    assert found == {"a": (ROOM, 0), "new": (2 * ROOM, 0), "b": (3 * ROOM, 0)}


@pytest.mark.parametrize(
    ("of", "size"),
    [
        (FactFile("a", "12 345", "a"), 12),
        (FactFile("-", "5 ab", "-", b"12345"), 5),
        (FactFile("a", "unreadable", "a"), 0),
    ],
)
def test_the_size_of_a_file_begins_its_stamp(of: FactFile, size: int) -> None:
    """That of a pipe, too."""
    assert export._size(of) == size


# ── What is there ───────────────────────────────────────────────────────────────────────────────────


def written(folder: Path, *, force: bool = False) -> Path:
    """A warehouse of two files."""
    assert export.export(paths.fact_files([BOTH]), str(folder), force=force, cluster=None, progress=None) == []
    return folder


def old(folder: Path, *, force: bool = True) -> Manifest | None:
    """The manifest of the warehouse in *folder*, where its parts can be kept."""
    return export._old(LocalFileSystem(), str(folder), str(folder), force=force)


def test_an_old_warehouse_is_kept_where_it_is_whole(tmp_path: Path) -> None:
    """By this shkc, with every file as long as it was; else all is written anew."""
    folder = written(tmp_path / "w")
    place = folder / paths.WAREHOUSE
    manifest = old(folder)
    assert manifest is not None and set(manifest.files) == {
        str(path.relative_to(folder)) for path in folder.rglob("*.*") if path != place and "names/0" not in str(path)
    }
    with pytest.raises(UsageError, match="exists; --force"):
        old(folder, force=False)
    place.write_bytes(manifest._replace(shkc="another").encoded())
    assert old(folder) is None
    place.write_bytes(manifest.encoded())
    assert old(folder) == manifest
    with (folder / manifest.names).open("ab") as names_file:
        names_file.write(b"\0")
    assert old(folder) is None
    place.unlink()
    assert old(folder) is None


def test_other_files_are_not_written_over(tmp_path: Path) -> None:
    """An empty folder is free, and so is one with what a killed export left."""
    assert old(tmp_path / "none") is None
    (tmp_path / ".new-1-0123abcd").mkdir()
    assert old(tmp_path) is None
    (tmp_path / "facts").mkdir()
    assert old(tmp_path) is None
    (tmp_path / "notes.txt").touch()
    with pytest.raises(UsageError, match="has other files"):
        old(tmp_path)


@pytest.mark.parametrize("name", ["facts/facts.toml", "facts/sub/00000-0123456789abcdef.parquet", ".new-book/1.txt"])
def test_folders_that_are_called_like_ours_are_not_ours(tmp_path: Path, name: str) -> None:
    """A project may well have a folder of facts; only what an export made is written over, or removed."""
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="has other files"):
        written(tmp_path, force=True)
    assert path.read_text(encoding="utf-8") == "mine"


def test_what_a_killed_export_left_is_removed(tmp_path: Path) -> None:
    """And what the old warehouse had besides; other folders are left alone."""
    folder = written(tmp_path / "w")
    before = {path.name for path in (folder / "names").iterdir()}
    (folder / ".new-1-0123abcd").mkdir()
    (folder / "mine").mkdir()
    (folder / "facts" / f"00007-{8 * '0a'}.parquet").touch()
    (folder / "facts" / "notes.parquet").touch()
    (folder / ".new-file").touch()
    written(folder, force=True)
    assert {path.name for path in folder.iterdir()} == {
        "facts", "numbers", "reports", "sections", "names", paths.WAREHOUSE, "mine", ".new-file",
    }  # fmt: skip
    assert {path.name for path in (folder / "facts").iterdir()} > {"notes.parquet"}
    assert len(list((folder / "facts").iterdir())) == 2
    after = {path.name for path in (folder / "names").iterdir()}
    assert len(after) == len(before) == 3
    assert len(after & before) == 1


def test_an_export_is_alone_in_its_folder(tmp_path: Path) -> None:
    """Another one is told; a folder that cannot be made is, too."""
    told = pytest.raises(WarehouseError, match="another export is writing there")
    with export._alone_in(str(tmp_path)), told, export._alone_in(str(tmp_path)):
        pass
    with export._alone_in(str(tmp_path)):
        pass
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"), export._alone_in(str(tmp_path / "file" / "w")):
        pass
    with pytest.raises(UsageError, match="cannot be written"), export._alone_in(str(tmp_path / "none" / "w")):
        pass


# ── Columns and names ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("1e27", True),
        ("1e28", False),
        ("-1e27", True),
        ("0.0000000001", True),
        ("0.00000000001", False),
        ("1.0000000000", True),
        ("NaN", False),
    ],
)
def test_a_number_fits_its_column_or_is_null(value: str, fits: bool) -> None:
    """Twenty-eight digits before the point, ten behind it; the others of its row stay."""
    schema = pa.schema(
        [("a", pa.decimal128(38, 10)), ("b", pa.struct([("c", pa.decimal128(38, 10)), ("d", pa.string())]))]
    )
    number = Decimal(value)
    row = columns.batch([{"a": number, "b": {"c": number, "d": "x"}}], schema).to_pylist()[0]
    assert row == ({"a": number, "b": {"c": number, "d": "x"}} if fits else {"a": None, "b": {"c": None, "d": "x"}})


def test_a_table_is_sorted_by_its_columns() -> None:
    """In order."""
    schema = pa.schema([("a", pa.string()), ("b", pa.int64())])
    batches = [columns.batch([{"a": a, "b": b}], schema) for a, b in (("y", 1), ("x", 2), ("x", 1))]
    rows = [(row["a"], row["b"]) for row in columns.table(batches, schema, "a", "b").to_pylist()]
    assert rows == [("x", 1), ("x", 2), ("y", 1)]


NO_ROW = NamingRow("", "", "", False, False, False, "", "", "", "", "", "")


def part(*namings: tuple[str, int, int]) -> Written:
    """A part with names: identity, number, first fact."""
    found = [Naming(PreparedNaming(identity, NO_ROW, (), "", ""), number, first) for identity, number, first in namings]
    return Written("00000-a", found, [], [], [], [], {})


def test_a_name_is_where_its_first_fact_is() -> None:
    """Whichever part that is in."""
    merged = names.merged([part(("a", 1, 30), ("b", 2, 20)), part(("a", 1, 10), ("c", 3, 15)), part(("b", 2, 40))])
    assert [(each.prepared.identity, each.first) for each in merged] == [("a", 10), ("c", 15), ("b", 20)]


def test_two_names_of_one_number_are_told() -> None:
    """Both."""
    with pytest.raises(WarehouseError, match="two names have one hash: a, b; change one"):
        names.merged([part(("a", 1, 1)), part(("b", 1, 2))])


# ── What goes wrong ─────────────────────────────────────────────────────────────────────────────────


class Future:
    """What a worker of a cluster has done: raised an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def result(self) -> object:
        """Raises the error."""
        raise self._error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WarehouseError("甲", "a"), "a"),
        (ImportError("no module"), "the workers of the cluster have another shkc"),
        (AttributeError("no function"), "the workers of the cluster have another shkc"),
        (TypeError("other arguments"), "the workers of the cluster have another shkc"),
        (RuntimeError("it died\nand more"), "tcp://x: the cluster fails: it died$"),
        (RuntimeError(), "tcp://x: the cluster fails: RuntimeError$"),
    ],
)
def test_what_a_worker_raises_is_told_in_one_line(error: Exception, told: str) -> None:
    """What shkc says itself as it is."""
    with pytest.raises(WarehouseError, match=told):
        run._result(Future(error), "tcp://x")


def test_a_place_gives_what_is_there(tmp_path: Path) -> None:
    """And says what is not."""
    place = places.place_of(tmp_path)
    (tmp_path / "a").write_bytes(b"123")
    assert (place.read("a"), place.read("none")) == (b"123", None)
    assert place.sizes(["a", "none"]) == {"a": 3}
    assert place.parquet("a") == f"{tmp_path}/a"


def test_a_place_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    """In one line, when it is opened and later."""
    assert str(places.unreachable("w", OSError("no\nmore"))) == "w: cannot be read or written: no"
    told = places.unreachable("w", OSError(errno.ENOSPC, "Error writing bytes to file. Detail: …")).message
    assert told == ("w：无法读写：磁盘已满", "w: cannot be read or written: No space left on device")
    with pytest.raises(WarehouseError, match="cannot be read or written"):
        places.file_system("s3://a b")
    store = Warehouse([written(tmp_path / "w")], None)
    assert store.is_current()

    class Gone(places.Place):
        def read(self, name: str) -> bytes | None:
            raise OSError("gone")

    store._place = Gone("w")
    with pytest.raises(WarehouseError, match="cannot be read or written: gone"):
        store.is_current()


def test_a_warehouse_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says how to install it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(WarehouseError, match=r"pip install 'shkc\[warehouse\]'"):
        places.file_system(str(tmp_path))


def test_an_export_that_fails_before_it_writes_says_why(tmp_path: Path) -> None:
    """A file has gone that was there."""
    gone = [FactFile(str(tmp_path / "gone.toml"), "10 1", "gone.toml")]
    with pytest.raises(WarehouseError, match="does not see this file"):
        export.export(gone, str(tmp_path / "w"), force=False, cluster=None, progress=None)
    assert list((tmp_path / "w").iterdir()) == []


def test_too_little_memory_is_no_damage(tmp_path: Path) -> None:
    """Nobody is told to remove what is right."""
    store = Warehouse([written(tmp_path / "w")], None)

    def fails(reader: object) -> None:
        raise OSError("Out of Memory Error: Failed to allocate block\nmore")

    with pytest.raises(WarehouseError, match=r"w: not enough memory: Out of Memory Error: Failed to allocate block$"):
        store.ask(fails)


def test_a_warehouse_that_was_replaced_is_opened_again(tmp_path: Path) -> None:
    """Where a question fails meanwhile; what fails twice is damaged."""
    store = Warehouse([written(tmp_path / "w")], None)
    asked: list[object] = []

    def fails_once(reader: object) -> str:
        asked.append(reader)
        if len(asked) == 1:
            raise OSError("moved")
        return "answer"

    with pytest.raises(WarehouseError, match="not a whole warehouse: moved"):
        store.ask(fails_once)
    asked.clear()
    written(tmp_path / "w", force=True)
    assert not store.is_current()
    assert store.ask(fails_once) == "answer"
    assert asked[0] is not asked[1]
    assert store.is_current()
    assert software() == software() != ""
    with pytest.raises(UsageError, match="stands alone"):
        Warehouse([tmp_path / "w", SMALL], None)
