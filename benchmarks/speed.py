"""Run ``python -m benchmarks.speed start|scale|batch`` with an installed (not editable) shkc, from the repository root.

Whole processes, interleaved in one run, so that ratios hold on a busy machine; medians, with the fastest in brackets.
``scale`` takes the sizes as arguments: ``scale 10000 100000 1000000`` (facts, 200 in a file).
"""

import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from shutil import which
from statistics import median
from tempfile import TemporaryDirectory

import tomli

from benchmarks.generate import BROADEST, SELECTIVE, generate

RUNS = 30
FACTS_IN_A_FILE = 200
SHKC = which("shkc", path=str(Path(sys.executable).parent)) or "shkc"
HELLO = str(Path(__file__).with_name("hello.py"))


def seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    """How long *command* takes as a process, its output thrown away."""
    begun = time.perf_counter()
    subprocess.run(command, env=dict(environment), stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun


def compare(commands: Mapping[str, Sequence[str]], environment: Mapping[str, str], runs: int) -> None:
    """Print the median of each of *commands*, interleaved, and its ratio to the first."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for command in commands.values():
        seconds(command, environment)
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(seconds(command, environment))
    first = median(next(iter(times.values())))
    for name, found in times.items():
        middle = median(found)
        print(f"{name:<44}{middle * 1000:>8.1f} ms ({min(found) * 1000:.1f}){middle / first:>8.2f}")


def start(environment: Mapping[str, str]) -> None:
    """Start-up against a Typer hello world with the same options."""
    compare(
        {
            "Typer hello world": [sys.executable, HELLO, "metric", "技术合同"],
            "bare Python": [sys.executable, "-c", "pass"],
            "shkc metric 技术合同 --json": [SHKC, "metric", "技术合同", "--json"],
            "shkc metric 技术合同 (table)": [SHKC, "metric", "技术合同"],
            "shkc metric 试点单位转化了多少钱 --json": [SHKC, "metric", "试点单位转化了多少钱", "--json"],
            "shkc list (table)": [SHKC, "list"],
        },
        environment,
        RUNS,
    )


def scale(environment: Mapping[str, str], sizes: Sequence[int]) -> None:
    """Building and looking up in bases of *sizes* facts."""
    with TemporaryDirectory() as folder:
        for size in sizes:
            facts = Path(folder, str(size))
            generate(facts, size // FACTS_IN_A_FILE, FACTS_IN_A_FILE)
            parsing = parse_all(facts)
            building = seconds([SHKC, "metric", SELECTIVE, "--facts", str(facts), "-f", "value"], environment)
            print(
                f"\n{size} facts: build {building:.1f} s, tomli alone {parsing:.1f} s, ratio {building / parsing:.2f}"
            )
            changed = next(facts.rglob("*.toml"))
            os.utime(changed)
            again = seconds([SHKC, "metric", SELECTIVE, "--facts", str(facts), "-f", "value"], environment)
            print(f"one file changed: {again:.2f} s")
            compare(
                {
                    "bundled base": [SHKC, "metric", "技术合同", "--json"],
                    "selective": [SHKC, "metric", SELECTIVE, "--facts", str(facts), "--json"],
                    "broadest": [SHKC, "metric", BROADEST, "--facts", str(facts), "--json"],
                },
                environment,
                10,
            )
            memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            print(f"most memory of any process so far: {memory} MB")


def parse_all(folder: Path) -> float:
    """How long tomli alone takes to parse the files of *folder*."""
    begun = time.perf_counter()
    for path in folder.rglob("*.toml"):
        tomli.loads(path.read_text(encoding="utf-8"))
    return time.perf_counter() - begun


def batch(environment: Mapping[str, str]) -> None:
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
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}")
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "SHKC_CACHE_DIR": cache}
        match sys.argv[1:]:
            case ["start"]:
                start(environment)
            case ["scale", *sizes]:
                scale(environment, [int(size) for size in sizes or ("10000",)])
            case ["batch"]:
                batch(environment)
            case _:
                sys.exit(__doc__)


if __name__ == "__main__":
    main()
