"""The files that facts are exported to: each is one entry of `TARGETS`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from shkc import files
from shkc.errors import UsageError
from shkc.language import Language
from shkc.output.export.contents import Contents

Files = Iterator[tuple[Path, Iterable[bytes]]]
"""Files and what is in them, in pieces that are made when they are asked for."""


def _xlsx(contents: Contents, path: Path, language: Language) -> Files:
    from shkc.output.export import xlsx

    yield path, xlsx.pieces(contents, language)


def _csv(contents: Contents, path: Path, language: Language) -> Files:
    from shkc.output.export import excel_csv

    yield path, excel_csv.pieces(contents, language)


def _sqlite(contents: Contents, path: Path, language: Language) -> Files:
    from shkc.output.export import sqlite

    yield path, sqlite.pieces(contents)
    yield path.with_suffix(".metadata.json"), _document(sqlite.metadata(contents, path.stem, language))


def _datapackage(contents: Contents, path: Path, language: Language) -> Files:
    from shkc.output.export import datapackage, tables

    for table in tables.tables(contents):
        yield path.with_name(datapackage.file_name(table)), datapackage.pieces(table)
    yield path, _document(datapackage.descriptor(contents, language))


def _document(document: Mapping[str, object]) -> list[bytes]:
    from json import dumps

    return [dumps(document, ensure_ascii=False, indent=2).encode(), b"\n"]


class Target(NamedTuple):
    """A kind of export: the function that writes it, and how the name of its file ends."""

    write: Callable[[Contents, Path, Language], Files]
    ending: str


TARGETS = {
    "xlsx": Target(_xlsx, ".xlsx"),
    "csv": Target(_csv, ".csv"),
    "sqlite": Target(_sqlite, ".sqlite"),
    "datapackage": Target(_datapackage, "datapackage.json"),
}


def chosen(path: Path, name: str | None) -> Target:
    """The target *name*, or the one that *path* ends as. Raises `UsageError` where there is none."""
    if name is not None:
        return TARGETS[name]
    for target in TARGETS.values():
        if path.name.lower().endswith(target.ending):
            return target
    endings = [target.ending for target in TARGETS.values()]
    raise UsageError(
        f"{path}：看不出是哪种文件；名称以 {'、'.join(endings)} 结尾，或用 --to 指定",
        f"{path}: which kind of file? end its name with {', '.join(endings)}, or say --to",
    )


def write(
    target: Target, contents: Contents, path: Path, language: Language, *, force: bool, inputs: Sequence[Path] = ()
) -> list[Path]:
    """Write *contents* to *path* and beside it: the files.

    Raises `UsageError` when one is there and not *force*, or one of *inputs*.
    """
    made = list(target.write(contents, path, language))
    if path == Path("-") and len(made) > 1:
        raise UsageError(
            "这种格式要写几个文件，不能写到标准输出；请给出文件名", "this format has several files: name one, not -"
        )
    for name, _ in made:
        files.refuse(name, inputs, force=force)
    files.write_together(made, force=force)
    return [name for name, _ in made]
