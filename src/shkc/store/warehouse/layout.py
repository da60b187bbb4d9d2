"""The layout of a warehouse, version 1; `docs/warehouse.md` has it as a contract.

The facts of a group of fact files are a part: a file in each of the folders `TABLES` and one of its names. The manifest
says which files make the warehouse, with their sizes. They are never changed: a part that changes has another name.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import blake2b
from typing import NamedTuple

from shkc.errors import WarehouseError
from shkc.language import Text
from shkc.paths import WAREHOUSE

VERSION = 3
"""Of the layout: of the folders, and of the columns of their files and what they mean."""

TABLES = ("facts", "numbers", "reports", "sections")
"""The folders of the Parquet files."""

NAMES = "names"
"""The folder of what each part has of names; only an export reads it."""

_FILE = re.compile(rf"(?:{'|'.join((*TABLES, NAMES))})/[\w.-]+", re.ASCII)

FORMAT = "shkc-warehouse"


class Manifest(NamedTuple):
    """What a warehouse consists of: its *parts*, the SQLite file of its *names*, all *files* with their bytes.

    *shkc* is the version that wrote it, *sources* the file that says which fact files each part is of.
    """

    shkc: str
    parts: tuple[str, ...]
    names: str
    sources: str
    files: Mapping[str, int]

    def encoded(self) -> bytes:
        """The manifest as its file has it."""
        return json.dumps({"format": FORMAT, "version": VERSION, **self._asdict()}, indent=1).encode()


def manifest_of(data: bytes, place: str) -> Manifest:
    """The manifest that *data* holds, of the warehouse at *place*. Raises `WarehouseError`."""
    try:
        document = json.loads(data)
        if document.pop("format") != FORMAT:
            raise ValueError
        version = document.pop("version")
        if version == VERSION:
            document["parts"] = tuple(document["parts"])
            manifest = Manifest(**document)
            if not _is_sound(manifest):
                raise ValueError
            return manifest
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise broken(place, Text(f"{WAREHOUSE} 已损坏", f"{WAREHOUSE} is damaged")) from None
    raise WarehouseError(
        f"{place}：仓库的布局是第 {version} 版，本 shkc 读第 {VERSION} 版；请用本 shkc 重新导出",
        f"{place}: a warehouse of layout {version}, and this shkc reads {VERSION}; export it again with this shkc",
    )


def _is_sound(manifest: Manifest) -> bool:
    """Whether every file of *manifest* is one of its folders, and every part has its tables."""
    files = manifest.files
    if not isinstance(manifest.shkc, str) or not isinstance(files, dict):
        return False
    every = all(_FILE.fullmatch(name) and isinstance(size, int) for name, size in files.items())
    tables = (f"{table}/{part}.parquet" for part in manifest.parts for table in TABLES)
    return every and all(name in files for name in (manifest.names, manifest.sources, *tables))


def broken(place: str, why: Text) -> WarehouseError:
    """That the warehouse at *place* is not whole, and how to mend it."""
    return WarehouseError(
        f"{place}：仓库不完整：{why.zh}；请删除它并用 shkc export --to parquet 重新导出",
        f"{place}: not a whole warehouse: {why.en}; remove it and export it again: shkc export --to parquet",
    )


def number_of(identity: str) -> int:
    """The number that a name has in every part: 63 bits of a hash of its *identity*, which needs no agreement."""
    return int.from_bytes(blake2b(identity.encode(), digest_size=8).digest(), "big") >> 1
