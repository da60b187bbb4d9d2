"""Files written whole or not at all, and over nothing that is there unless that is wanted.

A link is followed: what it leads to is written. A file that is replaced keeps its permissions and its owner. A pipe or
a terminal is written into; what else is no regular file is refused.
"""

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path

from shkc.errors import UsageError, reason
from shkc.paths import names_what_is_open

STANDARD_OUTPUT = Path("-")


def refuse_existing(target: Path) -> None:
    """Raise `UsageError` when *target* is there, unless it is a pipe or a terminal: they lose nothing."""
    if os.path.lexists(target) and not _is_stream(target):
        _refuse_irregular(target)
        raise UsageError(f"{target} 已存在；用 --force 覆盖", f"{target} exists; --force writes over it")


def refuse(target: Path, inputs: Iterable[Path], *, force: bool) -> None:
    """Raise `UsageError` when *target* is there, without *force*, or is one of *inputs*."""
    if not force:
        refuse_existing(target)
    refuse_input(target, inputs)


def refuse_input(target: Path, inputs: Iterable[Path]) -> None:
    """Raise `UsageError` when *target* is one of *inputs*, or a fact file in a folder among them: force or not."""
    for path in inputs:
        with suppress(OSError):  # one of them is not there
            if path.is_dir():
                whole = target.resolve()
                is_input = target.is_file() and whole.suffix == ".toml" and whole.is_relative_to(path.resolve())
            else:
                is_input = target.is_file() and path.samefile(target)
            if is_input:
                raise UsageError(
                    f"{target} 是要读的文件，不能覆盖；请写到别处",
                    f"{target} is one of the files that are read; write elsewhere",
                )


def write_whole(pieces: Iterable[bytes], target: Path, *, force: bool = False) -> None:
    """Write *pieces* to *target*, beside it first; over what is there only with *force*. Raises `UsageError`.

    What *pieces* raises leaves nothing behind. A pipe or a terminal gets all of *pieces* when they are complete, and so
    does standard output, which is called -.
    """
    write_together([(target, pieces)], force=force)


def write_together(contents: Iterable[tuple[Path, Iterable[bytes]]], *, force: bool = False) -> None:
    """As `write_whole`, for several files that belong together: none is moved to its place before all are written.

    A disk that is full leaves the old ones as they were, all of them.
    """
    with ExitStack() as written:
        ready = [(target, written.enter_context(_ready(pieces, target, force))) for target, pieces in contents]
        for target, put in ready:
            with told(target):
                put()


@contextmanager
def locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Keep other processes that ask for the same from *folder*, where the system has locks for it.

    Raises `BlockingIOError` when one has it and is not to be waited for.
    """
    with ExitStack() as held:
        try:
            import fcntl

            descriptor = os.open(folder, os.O_RDONLY)
            held.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            raise
        except (ImportError, OSError):  # there are no locks
            pass
        yield


@contextmanager
def told(target: Path) -> Iterator[None]:
    """Say of what the operating system refuses that it is about *target*."""
    try:
        yield
    except BrokenPipeError:  # the reader has what it wanted
        raise
    except OSError as error:
        if target == STANDARD_OUTPUT:  # which fails as in any command
            raise
        why = reason(error)
        raise UsageError(f"{target}：无法写入：{why.zh}", f"{target}: cannot be written: {why.en}") from None


@contextmanager
def _ready(pieces: Iterable[bytes], target: Path, force: bool) -> Iterator[Callable[[], object]]:
    """What puts *pieces*, complete by then, to *target*."""
    with ExitStack() as beside:
        with told(target):
            if target == STANDARD_OUTPUT:
                put = partial(sys.stdout.buffer.write, b"".join(pieces))
            elif _is_stream(target):
                put = partial(_write_into, target, b"".join(pieces))
            else:
                # The file that a link leads to is replaced, not the link.
                place = Path(os.path.realpath(target)) if force else target
                copy = beside.enter_context(_written_beside(pieces, place, force))
                put = partial(os.replace if force else _move_to_free_name, copy, place)
        yield put


def _write_into(stream: Path, whole: bytes) -> None:
    with stream.open("ab") as file:
        file.write(whole)


def _is_stream(target: Path) -> bool:
    try:
        mode = target.stat().st_mode
    except OSError:  # there is nothing yet
        return False
    if stat.S_ISREG(mode):
        return names_what_is_open(os.path.abspath(target)) and target.is_symlink()
    return stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)


@contextmanager
def _written_beside(pieces: Iterable[bytes], target: Path, force: bool) -> Iterator[Path]:
    """A file with *pieces* in a folder beside *target*, as it is to stand there."""
    replaced = _replaced(target) if force else None
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name[:40]}.") as folder:
        copy = Path(folder, "new")
        with copy.open("wb") as stream:
            stream.writelines(pieces)
            if replaced is not None:
                _take_over(stream.fileno(), target, replaced)
            stream.flush()
            os.fsync(stream.fileno())
        yield copy


def _replaced(target: Path) -> os.stat_result | None:
    """The status of the regular file that is to be replaced, None when there is none. Raises `UsageError`."""
    _refuse_irregular(target)
    if not os.path.lexists(target):
        return None
    if not os.access(target, os.W_OK):
        raise UsageError(f"{target} 是只读的，不能覆盖", f"{target} is read-only and is not written over")
    return target.stat()


def _refuse_irregular(target: Path) -> None:
    """Raise `UsageError` when *target* is a folder, a disk or a socket."""
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} 不是普通文件，不能覆盖", f"{target} is no regular file and is not written over")


def _take_over(descriptor: int, target: Path, replaced: os.stat_result) -> None:
    """Give the new file the owner, permissions and attributes of the one that it replaces. Raises `UsageError`."""
    if hasattr(os, "fchown"):
        own = os.fstat(descriptor)
        if (own.st_uid, own.st_gid) != (replaced.st_uid, replaced.st_gid):
            try:
                os.fchown(descriptor, replaced.st_uid, replaced.st_gid)
            except OSError:
                raise UsageError(
                    f"{target} 属于其他用户或组，覆盖会改变这一点；请写到别处",
                    f"{target} belongs to another user or group, which writing over it would change; write elsewhere",
                ) from None
        os.fchmod(descriptor, stat.S_IMODE(replaced.st_mode))
    if hasattr(os, "listxattr"):  # access lists are among them
        with suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(descriptor, name, os.getxattr(target, name))


def _move_to_free_name(copy: Path, target: Path) -> None:
    try:
        target.hardlink_to(copy)  # fails, other than a move, when somebody has just written there
    except OSError:  # somebody has, or the file system has no links
        refuse_existing(target)
        os.replace(copy, target)
