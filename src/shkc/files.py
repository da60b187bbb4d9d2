"""Files written whole or not at all, and over nothing that is there unless that is wanted."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from shkc.errors import UsageError
from shkc.language import Text


def refuse_existing(target: Path) -> None:
    """Raise `UsageError` when *target* is there."""
    if os.path.lexists(target):
        raise UsageError(Text(f"{target} 已存在；用 --force 覆盖", f"{target} exists; --force writes over it"))


def write_whole(pieces: Iterable[bytes], target: Path, *, force: bool = False) -> None:
    """Write *pieces* to *target*, beside it first; over what is there only with *force*. Raises `UsageError`.

    What *pieces* raises leaves nothing behind.
    """
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            copy = Path(folder, target.name)
            with copy.open("wb") as stream:
                stream.writelines(pieces)
            if force:
                os.replace(copy, target)
            else:
                _move_to_free_name(copy, target)
    except OSError as error:
        raise UsageError(
            Text(f"{target}：无法写入：{error.strerror}", f"{target}: cannot be written: {error.strerror}")
        ) from None


def _move_to_free_name(copy: Path, target: Path) -> None:
    try:
        target.hardlink_to(copy)  # fails, other than a move, when somebody has just written there
    except OSError:  # somebody has, or the file system has no links
        refuse_existing(target)
        os.replace(copy, target)
