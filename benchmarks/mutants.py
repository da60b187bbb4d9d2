"""Run ``python -m benchmarks.mutants [--sample N] [--seed S] [PATH...]`` from the repository root.

How many small faults the tests notice. Cosmic Ray (the extra `mutants`) finds the places of `text`, `search`, `store`
and `facts/derive`, or of each PATH, where an operator, a number, a condition or a loop can be changed. N of them are
drawn; each is changed in a copy of the project, and the tests are run there until one fails. A mutant that differs only
in type hints is none.
Prints the share that is killed and each survivor as a diff; those that `mutants.toml` lists are equivalent, with the
reason, and count as neither.
"""

import argparse
import ast
import difflib
import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import NamedTuple

import tomli

ROOT = Path(__file__).parent.parent
PLACES = ("src/shkc/text", "src/shkc/search", "src/shkc/store", "src/shkc/facts/derive.py")
COPIED = ("src", "tests", "docs", "examples", "benchmarks", "facts.toml", "pyproject.toml", "README.md",
          "README.zh-CN.md", "CHANGELOG.md", ".pre-commit-hooks.yaml")  # fmt: skip

CLOSEST = {
    "text/documents": ("documents",),
    "text": ("quantity", "quantity_reading", "periods", "sounds", "search", "query_rules", "verify", "vocabulary"),
    "search": ("search", "query_rules", "query_input", "vocabulary", "lookup"),
    "store": ("index", "fresh", "cache", "trust", "lookup", "list", "trend", "faults", "left_out"),
    "facts": ("derive", "show", "english", "lookup"),
}
"""The tests that kill most mutants of a package; only where these pass are all the others run."""

SLOWEST_CLOSEST, SLOWEST_OTHERS = 240, 900
"""Seconds in which the tests end; a mutant that makes them last longer is killed."""


class Mutant(NamedTuple):
    """A module of the project, its path relative to the root, with one place changed."""

    path: str
    original: str
    mutated: str

    @property
    def diff(self) -> str:
        """The lines that differ."""
        lines = difflib.unified_diff(self.original.splitlines(), self.mutated.splitlines(), self.path, n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith("+++"))


def mutants(paths: Sequence[Path], number: int, seed: int) -> Iterator[Mutant]:
    """*number* mutants of the modules at *paths*, drawn by place, so that each place counts once."""
    from cosmic_ray.commands.init import _all_work_items
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    by_place = defaultdict(list)
    for item in _all_work_items(paths, {}):
        mutation = item.mutations[0]
        by_place[str(mutation.module_path), mutation.start_pos].append(mutation)
    drawn = random.Random(seed)
    places = sorted(by_place)
    drawn.shuffle(places)
    for place in places:
        mutation = drawn.choice(by_place[place])
        original = Path(mutation.module_path).read_text(encoding="utf-8")
        mutated = mutate_code(original, get_operator(mutation.operator_name)(), mutation.occurrence)
        if number and mutated and differs(original, mutated):
            number -= 1
            yield Mutant(str(Path(mutation.module_path).relative_to(ROOT)), original, mutated)


def differs(original: str, mutated: str) -> bool:
    """Whether the two do not only differ in their type hints."""
    return _without_hints(original) != _without_hints(mutated)


def _without_hints(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)


def is_killed(mutant: Mutant, folder: Path) -> bool:
    """Whether a test fails in the copy of the project at *folder* while the mutant stands in it."""
    target = folder / mutant.path
    target.write_text(mutant.mutated, encoding="utf-8")
    try:
        package = next(name for name in CLOSEST if mutant.path.startswith(f"src/shkc/{name}"))
        closest = [f"tests/test_{name}.py" for name in CLOSEST[package]]
        others = [f"--ignore={test}" for test in (*closest, "tests/test_page.py", "tests/test_ways_out.py")]
        return _fails(folder, closest, SLOWEST_CLOSEST) or _fails(folder, others, SLOWEST_OTHERS)
    finally:
        target.write_text(mutant.original, encoding="utf-8")


def _fails(folder: Path, tests: Sequence[str], seconds: float) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--numprocesses=0", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> None:
    """Draw, change, test, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=PLACES)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    modules = [module for path in asked.paths for module in _modules(ROOT / path)]
    drawn = list(mutants(modules, asked.sample, asked.seed))
    known = tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["equivalent"]
    with TemporaryDirectory() as temporary, ThreadPoolExecutor(asked.workers) as workers:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(asked.workers):
            free.put(_copy(Path(temporary) / str(number)))

        def test(mutant: Mutant) -> bool:
            folder = free.get()
            try:
                return is_killed(mutant, folder)
            finally:
                free.put(folder)

        killed = 0
        equivalent = 0
        for number, (mutant, dead) in enumerate(zip(drawn, workers.map(test, drawn), strict=True), 1):
            reason = next((each["reason"] for each in known if each["diff"].strip() == mutant.diff.strip()), None)
            killed += dead
            equivalent += not dead and reason is not None
            if not dead:
                print(f"\n{number}: survives" + (f", equivalent: {reason}" if reason else ""), mutant.diff, sep="\n")
            elif sys.stderr.isatty():
                print(f"{number}/{len(drawn)}", end="\r", file=sys.stderr)
    counted = len(drawn) - equivalent
    print(f"\n{killed} of {counted} mutants killed: {killed / counted:.1%}; {equivalent} more are equivalent")


def _modules(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _copy(folder: Path) -> Path:
    """A copy of what the tests need, in *folder*."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)
    return folder


if __name__ == "__main__":
    main()
