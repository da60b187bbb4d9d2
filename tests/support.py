"""What the tests share: running shkc in this process or in one of its own, and where their data is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from typer.testing import CliRunner

from shkc.cli.app import application

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"
SMALL = str(DATA / "reports" / "small.toml")
"""Facts of an invented report: every hedge, growth, share, rank, part and unit."""
SMALL_TEXT = str(DATA / "small.txt")
"""The text of that report."""
BOTH = str(DATA / "reports")
"""The folder with that fact file and with another, of another city and year."""
YEARS = str(DATA / "years")
"""The folder with invented reports of several years, of two cities: series, estimates, other units, gaps."""

COMMANDS = (
    "metric",
    "milestone",
    "search",
    "list",
    "show",
    "sections",
    "cite",
    "mcp",
    "export",
    "check",
    "verify",
    "text",
    "schema",
    "batch",
    "cache",
    "draft",
    "review",
    "trend",
    "diff",
    "page",
    "help",
)
FACT_COMMANDS = {
    "metric": ("metric", "全社会研发投入"),
    "milestone": ("milestone", "材料实验室"),
    "search": ("search", "青山科学节"),
    "list": ("list",),
    "show": ("show", "rd-expenditure", "synergy-plan"),
}
"""A call of each command that prints facts."""


class Answer(NamedTuple):
    """What a run gave: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


def shkc(*words: str, stdin: str | bytes | None = None) -> Answer:
    """Run the command line in this process; what it does not catch, the test gets."""
    result = CliRunner().invoke(application(words), list(words), input=stdin, prog_name="shkc", catch_exceptions=False)
    return Answer(result.exit_code, result.stdout, result.stderr)


def process(*words: str | bytes, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> Answer:
    """Run ``python -m shkc`` as a process with pipes for streams; its output must be UTF-8."""
    done = subprocess.run(
        [sys.executable, "-m", "shkc", *words],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(environment or {})},
        timeout=60,
        check=False,
    )
    return Answer(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def python(code: str, *arguments: str) -> Answer:
    """Run *code* in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, timeout=60, check=False, encoding="utf-8"
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def ids(answer: Answer) -> list[str]:
    """The ids of the facts that *answer* holds as JSON."""
    return [fact["id"] for fact in answer.json]


def indexes(cache: Path) -> list[Path]:
    """The indexes that *cache* holds, each with its seal and nothing else beside them."""
    found = sorted(cache.glob("*.sqlite")) if cache.exists() else []
    beside = {path.with_suffix(".seal") for path in found}
    assert not found or set(cache.iterdir()) == {*found, *beside}
    return found


def pdf(content: bytes = b"", resources: bytes = b"", box: bytes = b"0 0 200 200") -> bytes:
    """A PDF of one page, *box* in size, with this *content*."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<<" + resources + b">>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        b"stream\n0\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )
