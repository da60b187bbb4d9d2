"""A progress bar for long work."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from shkc.language import Language, Text

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

LONG = 1.0
"""Seconds from which on work is worth a progress bar."""


class ProgressBar:
    """A bar on standard error, there only while long work goes on and only on a terminal."""

    def __init__(self, title: Text, language: Language) -> None:
        self._title = title.to(language)
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show that *done* of *total* is done."""
        if self._bar is None and time.monotonic() - self._begun > LONG and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._title)
            self._bar.start()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
