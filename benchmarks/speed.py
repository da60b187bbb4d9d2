"""Run ``python -m benchmarks.speed start|scale|beside|batch`` with an installed (not editable) shkc, from the root.

Whole processes, interleaved in one run, so that ratios hold on a busy machine; medians, with the fastest in brackets,
and the most memory that any run took. ``scale`` and ``beside`` take sizes as arguments: ``scale 200 10000 100000
1000000`` (facts, 200 in a file).
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import tomli

from benchmarks.generate import BROADEST, SELECTIVE, generate

RUNS = 30
RUNS_AT_SCALE = 10
FACTS_IN_A_FILE = 200
BESIDE = Path(sys.executable).parent
SHKC = which("shkc", path=str(BESIDE)) or "shkc"
HELLO = str(Path(__file__).with_name("hello.py"))
BUNDLED = (SHKC, "metric", "技术合同", "--json")
COMPLETION = {"_SHKC_COMPLETE": "complete_bash", "COMP_WORDS": "shkc show tech", "COMP_CWORD": "2"}
SEARCHED = (
    ("ranked", "试点单位转化了多少钱", 0),
    ("misspelt", "技术和同成交额", 0),
    ("misspelt English", "foriegn work permits", 0),
    ("missed", "陆家嘴论坛嘉宾", 1),
    ("traditional", "技術合同成交額", 0),
)
"""Lookups that find no exact name: what is special about each, the query, and the exit status."""

Environment = Mapping[str, str]


class Command(NamedTuple):
    """What is run: its words, what is added to the environment, and the exit status that is expected."""

    words: Sequence[str]
    environment: Environment | None = None
    status: int = 0


class Run(NamedTuple):
    """What a process took."""

    seconds: float
    megabytes: float


def run(command: Command, environment: Environment) -> Run:
    """What *command* takes as a process, its output thrown away. Raises `OSError` when its status is not expected."""
    begun = time.perf_counter()
    started = subprocess.Popen(
        command.words,
        env={**environment, **(command.environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL if command.status else None,
    )
    _, status, used = os.wait4(started.pid, 0)
    taken = time.perf_counter() - begun
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode != command.status:
        raise OSError(f"{' '.join(command.words)}: exit status {started.returncode}")
    # In kilobytes, but for macOS.
    return Run(taken, used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def compare(commands: Mapping[str, Command], environment: Environment, runs: int) -> None:
    """Print what each of *commands* takes, interleaved, and its ratio to the first."""
    taken: dict[str, list[Run]] = {name: [] for name in commands}
    for command in commands.values():
        run(command, environment)
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(run(command, environment))
    first = median(found.seconds for found in next(iter(taken.values())))
    for name, found in taken.items():
        seconds = [one.seconds for one in found]
        middle, memory = median(seconds), max(one.megabytes for one in found)
        print(f"{name:<44}{middle * 1000:>9.1f} ms ({min(seconds) * 1000:.1f}){middle / first:>8.2f}{memory:>7.0f} MB")


def start(environment: Environment) -> None:
    """Start-up against a Typer hello world with the same options, with the floor that it stands on."""
    compare(
        {
            "Typer hello world": Command((sys.executable, HELLO, "metric", "技术合同")),
            "bare Python": Command((sys.executable, "-c", "pass")),
            "Python that imports Typer": Command((sys.executable, "-c", "import typer")),
            "Python that imports Typer and Rich's tables": Command(
                (sys.executable, "-c", "import typer, rich.console, rich.table")
            ),
            "shkc metric 技术合同 --json": Command(BUNDLED),
            "shkc metric 技术合同 (table)": Command(BUNDLED[:-1]),
            "completion of an id (bash)": Command((SHKC,), COMPLETION),
            **{f"{what}: {query}": Command((SHKC, "metric", query, "--json"), None, s) for what, query, s in SEARCHED},
            "shkc list (table)": Command((SHKC, "list")),
        },
        environment,
        RUNS,
    )


def lookups(facts: Path) -> dict[str, Command]:
    """The two lookups that are measured at every scale."""
    return {
        "selective": Command((SHKC, "metric", SELECTIVE, "--facts", str(facts), "--json")),
        "broadest": Command((SHKC, "metric", BROADEST, "--facts", str(facts), "--json")),
    }


def scale(environment: Environment, sizes: Iterable[int]) -> None:
    """Building, changing a file, and looking up, in bases of *sizes* facts."""
    for size in sizes:
        with TemporaryDirectory() as folder:
            facts = Path(folder)
            generate(facts, size // FACTS_IN_A_FILE, FACTS_IN_A_FILE)
            selective = lookups(facts)["selective"]
            building = run(selective, environment)
            parsing = parse_all(facts)
            print(
                f"\n{size} facts: build {building.seconds:.1f} s, tomli alone {parsing:.1f} s, ratio"
                f" {building.seconds / parsing:.2f}, {building.megabytes:.0f} MB"
            )
            os.utime(next(facts.rglob("*.toml")))
            print(f"one file changed: {run(selective, environment).seconds:.2f} s")
            compare({"bundled base": Command(BUNDLED), **lookups(facts)}, environment, RUNS_AT_SCALE)
        subprocess.run([SHKC, "cache", "--clear"], env=dict(environment), stdout=subprocess.DEVNULL, check=True)


def parse_all(folder: Path) -> float:
    """How long tomli alone takes to parse the files of *folder*."""
    begun = time.perf_counter()
    for path in folder.rglob("*.toml"):
        tomli.loads(path.read_text(encoding="utf-8"))
    return time.perf_counter() - begun


# ── Beside what a user would take instead ───────────────────────────────────────────────────────────


def beside(environment: Environment, sizes: Iterable[int]) -> None:
    """The selective lookup beside other tools, each with the facts in the form it wants; making that is not counted.

    Those search for the words as they stand: no alias, no pinyin, no question.
    """
    for size in sizes:
        with TemporaryDirectory() as folder:
            facts = Path(folder, "facts")
            generate(facts, size // FACTS_IN_A_FILE, FACTS_IN_A_FILE)
            for output in ("json", "csv"):
                with Path(folder, f"facts.{output}").open("wb") as file:
                    words = [SHKC, "list", "--facts", str(facts), "--format", output]
                    subprocess.run(words, env=dict(environment), stdout=file, check=True)
            print(f"\n{size} facts")
            found = {name: tool(Path(folder)) for name, tool in _TOOLS.items()}
            compare(
                {
                    "shkc": lookups(facts)["selective"],
                    **{name: command for name, command in found.items() if command is not None},
                },
                environment,
                RUNS_AT_SCALE,
            )
            for name in (name for name, command in found.items() if command is None):
                print(f"{name:<44}    not installed")


def _program(name: str) -> str | None:
    return which(name, path=str(BESIDE)) or which(name)


def _grep(folder: Path) -> Command | None:
    program = _program("rg")
    return (
        Command((program, "--fixed-strings", "--after-context=6", SELECTIVE, str(folder / "facts")))
        if program
        else None
    )


def _jq(folder: Path) -> Command | None:
    program = _program("jq")
    return (
        Command((program, f'map(select(.name | contains("{SELECTIVE}")))', str(folder / "facts.json")))
        if program
        else None
    )


def _sqlite_utils(folder: Path) -> Command | None:
    program = _program("sqlite-utils")
    if program is None:
        return None
    database, table = str(folder / "facts.db"), ("facts", str(folder / "facts.csv"))
    for words in (("insert", database, *table, "--csv"), ("enable-fts", database, "facts", "name", "--fts5")):
        subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return Command((program, "search", database, "facts", SELECTIVE))


def _csvgrep(folder: Path) -> Command | None:
    program = _program("csvgrep")
    return Command((program, "--columns", "name", "--match", SELECTIVE, str(folder / "facts.csv"))) if program else None


_TOOLS: dict[str, Callable[[Path], Command | None]] = {
    "ripgrep on the fact files": _grep,
    "jq on one JSON file": _jq,
    "sqlite-utils search": _sqlite_utils,
    "csvgrep on one CSV file": _csvgrep,
}


def batch(environment: Environment) -> None:
    """Lookups a second through `shkc batch`: names, and queries of all kinds, each asked once."""
    from benchmarks.search.__main__ import KEPT_ASIDE, TUNED_ON, queries

    names = [fact["name"] for fact in tomli.loads(Path("facts.toml").read_text(encoding="utf-8"))["metric"]]
    asked = [query.query for query in queries((*TUNED_ON, *KEPT_ASIDE))]
    for title, lines in (("names", names * 200), ("queries of all kinds, each once", asked)):
        text = "".join(f"{line}\n" for line in lines).encode()
        begun = time.perf_counter()
        subprocess.run([SHKC, "batch"], input=text, env=dict(environment), stdout=subprocess.DEVNULL, check=True)
        taken = time.perf_counter() - begun
        print(f"{title:<44}{len(lines):>7} lines {taken:>7.2f} s {len(lines) / taken:>9.0f} a second")


def main() -> None:
    """Print what was asked for, with the machine that it was measured on."""
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(
        f"{platform.machine()}, {os.cpu_count()} cores{busy}, {platform.system()}, Python {platform.python_version()}"
    )
    print(", ".join(f"{package} {version(package)}" for package in ("shkc", "typer", "rich", "tomli", "msgspec")))
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "SHKC_CACHE_DIR": cache}
        match sys.argv[1:]:
            case ["start"]:
                start(environment)
            case ["scale", *sizes]:
                scale(environment, [int(size) for size in sizes or ("200", "10000", "100000")])
            case ["beside", *sizes]:
                beside(environment, [int(size) for size in sizes or ("10000",)])
            case ["batch"]:
                batch(environment)
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    main()
