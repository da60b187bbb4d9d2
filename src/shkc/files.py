"""Files written whole or not at all, and over nothing that is there unless that is wanted."""

import os
import tempfile
from pathlib import Path

from shkc.errors import UsageError
from shkc.language import Text


def refuse_existing(target: Path) -> None:
    """Raise `UsageError` when *target* is there."""
    if os.path.lexists(target):
        raise UsageError(Text(f"{target} 已存在；用 --force 覆盖", f"{target} exists; --force writes over it"))


def write_whole(data: bytes, target: Path, *, force: bool = False) -> None:
    """Write *data* to *target*, beside it first; over what is there only with *force*. Raises `UsageError`."""
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            copy = Path(folder, target.name)
            copy.write_bytes(data)
            if force:
                os.replace(copy, target)
            else:  # fails, other than a move, when somebody has just written there
                target.hardlink_to(copy)
    except FileExistsError:
        refuse_existing(target)
        raise
    except OSError as error:
        raise UsageError(
            Text(f"{target}：无法写入：{error.strerror}", f"{target}: cannot be written: {error.strerror}")
        ) from None
