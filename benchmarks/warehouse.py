"""Run ``python -m benchmarks.warehouse FACTS…`` with an installed shkc, from the root: a warehouse beside SQLite.

For each number of facts (200 in a file): the build of the index, the export by one process, by all cores and by a Dask
cluster of two workers, then whole-process lookups on both, interleaved, and ``batch``.
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.generate import BROADEST, SELECTIVE, generate, names
from benchmarks.speed import BUNDLED, FACTS_IN_A_FILE, SHKC, Command, Environment, compare, run

RUNS = 5
ASKED = 200
"""Lines that are given to `batch`."""
ONE_CORE = """
import os, sys
os.cpu_count = lambda: 1
from shkc.cli.app import application
application(sys.argv[1:])(sys.argv[1:])
"""
CLUSTER = """
import subprocess, sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


def exports(facts: Path, folder: Path, environment: Environment) -> None:
    """Print what the build of the index takes, and each way to export."""
    index = run(Command((SHKC, "metric", SELECTIVE, "--facts", str(facts), "--json")), environment)
    tell("index (SQLite)", index.seconds, index.megabytes)
    words = ("export", "--to", "parquet", "--facts", str(facts), "--quiet")
    one = run(Command((sys.executable, "-c", ONE_CORE, *words, str(folder / "one"))), environment)
    tell("export, one process", one.seconds, one.megabytes)
    every = run(Command((SHKC, *words, str(folder / "warehouse"))), environment)
    tell("export, all cores", every.seconds, every.megabytes)
    script = folder / "cluster.py"
    script.write_text(CLUSTER, encoding="utf-8")
    started = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(environment)
    )
    assert started.stdin is not None and started.stdout is not None
    address = started.stdout.readline().decode().strip()
    dask = run(Command((SHKC, *words, str(folder / "dask"), "--cluster", address)), environment)
    started.stdin.close()
    started.wait()
    tell("export, Dask with 2 workers", dask.seconds, dask.megabytes)
    ratios = f"{every.seconds / index.seconds:.2f}, of Dask {dask.seconds / index.seconds:.2f}"
    print(f"ratio of all cores to the index {ratios}")
    kept = Path(environment["SHKC_CACHE_DIR"])
    print(f"files of the warehouse: {size(folder / 'warehouse'):.0f} MB, index: {size(kept):.0f} MB")
    changed = next(facts.rglob("*.toml"))
    os.utime(changed)
    again = run(Command((SHKC, *words, str(folder / "warehouse"), "--force")), environment)
    tell("export, one file changed", again.seconds, again.megabytes)
    run(Command((SHKC, "metric", SELECTIVE, "--facts", str(facts), "--json")), environment)


def tell(what: str, seconds: float, megabytes: float) -> None:
    """Print one figure."""
    print(f"{what:<44}{seconds:>9.1f} s {megabytes:>7.0f} MB", flush=True)


def size(folder: Path) -> float:
    """Megabytes of the files in *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def lookups(facts: Path, warehouse: Path, environment: Environment) -> None:
    """Print whole-process lookups on the index and on the warehouse, with their ratio to one on the bundled base."""
    # In a cache folder of its own: beside an index of ten million facts the bundled base's would not be kept.
    commands = {"bundled base": Command(BUNDLED, {"SHKC_CACHE_DIR": str(warehouse.with_name("bundled"))})}
    for place, path in (("SQLite", facts), ("warehouse", warehouse)):
        for what, words in (
            ("selective", ("metric", SELECTIVE, "--json")),
            ("broadest", ("metric", BROADEST, "--json")),
            ("a question", ("metric", "第001市深海探测装备出海了多少次", "--json")),
            ("list --limit 10", ("list", "--limit", "10", "--json")),
        ):
            call = (SHKC, *words, "--facts", str(path))
            commands[f"{place}: {what}"] = Command(call, None, _status(call, environment))
    compare(commands, environment, RUNS)


def _status(words: Sequence[str], environment: Environment) -> int:
    return subprocess.run(words, env=dict(environment), capture_output=True, check=False).returncode


def batch(place: str, facts: Path, environment: Environment) -> None:
    """Print the names that `batch` answers in a second, a hundred facts for each at most."""
    text = "".join(f"{name}\n" for name in names()[:ASKED]).encode()
    begun = time.perf_counter()
    words = [SHKC, "batch", "--facts", str(facts), "--limit", "100"]
    subprocess.run(words, input=text, env=dict(environment), stdout=subprocess.DEVNULL, check=True)
    taken = time.perf_counter() - begun
    print(f"batch on {place:<35}{ASKED:>9} lines {taken:>7.2f} s {ASKED / taken:>9.0f} a second")


def main() -> None:
    """Print all that is measured, for each number of facts."""
    load = f"load {os.getloadavg()[0]:.1f}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, {load}, Python {platform.python_version()}")
    print(", ".join(f"{package} {version(package)}" for package in ("shkc", "pyarrow", "duckdb", "dask")))
    for facts in map(int, sys.argv[1:]):
        with TemporaryDirectory() as name, TemporaryDirectory() as cache:
            folder, environment = Path(name), {**os.environ, "SHKC_CACHE_DIR": cache}
            generate(folder / "facts", facts // FACTS_IN_A_FILE, FACTS_IN_A_FILE)
            print(f"\n{facts} facts")
            exports(folder / "facts", folder, environment)
            lookups(folder / "facts", folder / "warehouse", environment)
            batch("SQLite", folder / "facts", environment)
            batch("a warehouse", folder / "warehouse", environment)


if __name__ == "__main__":
    main()
