"""Run ``python -m benchmarks.mutants [--sample N] [--seed S] [--log FILE] [--at-most N] [PLACE...]`` from the root.

How many small faults the tests notice. Cosmic Ray (the extra `mutants`) finds the places of `text`, `search`, `store`
and `facts/derive`, or of each PLACE, where an operator, a number, a condition or a loop can be changed. N of them are
drawn at random, spread over the PLACEs by their lines. Each is changed in a copy of the project, where the tests that
are closest to it then run until one fails. A mutant that differs only in type hints is none.

First the same tests run without a mutant: where one fails nothing is measured, and the processor time that they take
is the measure of a loop. A mutant is killed when a test fails that passes right after without it; one that fails there,
too, says nothing, and the mutant counts as a survivor. One that uses three times as much processor time, and
ten seconds more, does not end: it is killed, too, and counted apart. Processor time does not depend on what else runs.
One that only waits is told apart, and counts as a survivor.

Prints the share that is killed, by place, and each survivor as a diff; those that `mutants.toml` lists by a pattern of
what changes are equivalent, with the reason, and count as neither. FILE keeps what was found: the same call goes on
where it stopped, and one for other tests is refused.
"""

import argparse
import ast
import difflib
import hashlib
import importlib.util
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import NamedTuple

import tomli

ROOT = Path(__file__).parent.parent
PLACES = ("src/shkc/text", "src/shkc/search", "src/shkc/store", "src/shkc/facts/derive.py")
COPIED = ("src", "tests", "docs", "examples", "benchmarks", "facts.toml", "pyproject.toml", "README.md",
          "README.zh-CN.md", "CHANGELOG.md", ".pre-commit-hooks.yaml")  # fmt: skip

CONTENT = tomli.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

TIMES, MORE = 3, 10
"""How often the processor time of the tests, and how many seconds more, a mutant may use before it counts as a loop."""

LONGEST_WAIT = 900
"""Seconds after which tests that use no processor time are stopped."""

KILLED, LOOPS, WAITS, UNSURE, SURVIVES = OUTCOMES = ("killed", "loops", "waits", "unsure", "survives")

_FAILED = re.compile(rb"^(?:FAILED|ERROR) (tests/test_\w+\.py(?:::\S+)?)", re.MULTILINE)
"""How pytest tells which test failed; a name with a space in it goes as far as that."""


class Mutant(NamedTuple):
    """A module of the project, its path relative to the root, with one place changed; drawn for *place*."""

    place: str
    path: str
    original: str
    mutated: str

    @property
    def diff(self) -> str:
        """The lines that differ."""
        lines = difflib.unified_diff(self.original.splitlines(), self.mutated.splitlines(), self.path, n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith("+++"))

    @property
    def key(self) -> str:
        """What tells it from others."""
        return hashlib.sha256(f"{self.path}\n{self.mutated}".encode()).hexdigest()

    @property
    def closest(self) -> tuple[str, ...]:
        """The files of tests that are closest to its module: those of the longest path that `mutants.toml` has.

        The one that has the name of the module comes first.
        """
        found = {f"src/shkc/{path}": each["tests"] for each in CONTENT["closest"] for path in each["paths"]}
        names = found[max(filter(self.path.startswith, found), key=len)]
        return tuple(f"tests/test_{name}.py" for name in sorted(names, key=lambda name: name != Path(self.path).stem))

    @property
    def tests(self) -> str:
        """The tests that are closest, in whatever order: mutants with the same ones have one baseline."""
        return " ".join(sorted(self.closest))


# ── Drawing ─────────────────────────────────────────────────────────────────────────────────────────


def sample(places: Sequence[str], number: int, seed: int) -> list[Mutant]:
    """*number* mutants, spread over *places* in proportion to their lines."""
    lines = {place: sum(len(_read(module).splitlines()) for module in _modules(place)) for place in places}
    exact = {place: number * each / sum(lines.values()) for place, each in lines.items()}
    shares = {place: int(each) for place, each in exact.items()}
    for place in sorted(places, key=lambda place: shares[place] - exact[place])[: number - sum(shares.values())]:
        shares[place] += 1
    drawn = [mutant for place in places for mutant in _mutants(place, shares[place], seed)]
    random.Random(seed).shuffle(drawn)
    return drawn


def _mutants(place: str, number: int, seed: int) -> Iterator[Mutant]:
    """*number* mutants of the modules at *place*, drawn by where they stand in the text, so that each counts once."""
    from cosmic_ray.commands.init import _all_work_items
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator

    by_position = defaultdict(list)
    for item in _all_work_items(_modules(place), {}):
        mutation = item.mutations[0]
        by_position[str(mutation.module_path), mutation.start_pos].append(mutation)
    drawn = random.Random(f"{seed} {place}")
    positions = sorted(by_position)
    drawn.shuffle(positions)
    for mutation in (drawn.choice(by_position[position]) for position in positions):
        if not number:
            return
        original = _read(Path(mutation.module_path))
        with suppress(AttributeError):  # `except OSError` becomes another exception, `except sqlite3.Error` an error
            mutated = mutate_code(original, get_operator(mutation.operator_name)(), mutation.occurrence)
            if mutated and differs(original, mutated):
                number -= 1
                yield Mutant(place, str(Path(mutation.module_path).relative_to(ROOT)), original, mutated)


def differs(original: str, mutated: str) -> bool:
    """Whether the two differ in more than their type hints; what Python cannot read is no mutant."""
    try:
        return _without_hints(original) != _without_hints(mutated)
    except SyntaxError:
        return False


def _without_hints(source: str) -> str:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(None)
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)


def _modules(place: str) -> list[Path]:
    path = ROOT / place
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


# ── Testing ─────────────────────────────────────────────────────────────────────────────────────────


def baseline(tests: Sequence[str], folder: Path) -> float:
    """The seconds of processor time that *tests* take in the copy at *folder*, which has no mutant; they must pass."""
    outcome, seconds, _ = _run(folder, tests, LONGEST_WAIT)
    if outcome != SURVIVES:
        sys.exit(f"nothing is measured: without a mutant the outcome of {' '.join(tests)} is “{outcome}”")
    print(f"{seconds:.1f} s: {' '.join(tests)}", file=sys.stderr)
    return seconds


def outcome_of(mutant: Mutant, folder: Path, seconds: float) -> str:
    """What becomes of *mutant* in the copy at *folder*, where its tests take *seconds* of processor time without it."""
    _write(folder / mutant.path, mutant.mutated)
    try:
        outcome, _, failed = _run(folder, mutant.closest, TIMES * seconds + MORE)
    finally:
        _write(folder / mutant.path, mutant.original)
    if outcome != KILLED or _run(folder, failed or mutant.closest, LONGEST_WAIT)[0] == SURVIVES:
        return outcome
    # A name that is cut short is no test: then all of its file is run.
    files = sorted({name.partition("::")[0] for name in failed}) or mutant.closest
    return outcome if _run(folder, files, LONGEST_WAIT)[0] == SURVIVES else UNSURE


def _write(path: Path, text: str) -> None:
    """Write a module, and remove what Python has compiled of it: the next one may be of the same size and second."""
    path.write_text(text, encoding="utf-8")
    Path(importlib.util.cache_from_source(str(path))).unlink(missing_ok=True)


def _run(folder: Path, tests: Sequence[str], most: float) -> tuple[str, float, list[str]]:
    """The outcome of *tests*, the processor time that they took, and the one that failed.

    Each process may have *most* seconds of processor time.
    """
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-o", "addopts=", "-p", "no:cacheprovider"]
    # Plugins take two thirds of the time in which a short test runs. A test that fills the disk would cut short what
    # Python keeps of a compiled module, and all that run after it in the folder would fail.
    set_here = {"PYTHONPATH": str(folder / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment = {**os.environ, **set_here, "PYTHONDONTWRITEBYTECODE": "1"}
    told = folder / "told"
    with told.open("wb") as stream:
        process = subprocess.Popen(
            [*command, *tests], cwd=folder, env=environment, stdout=stream, stderr=subprocess.DEVNULL
        )
    resource.prlimit(process.pid, resource.RLIMIT_CPU, (int(most), int(most) + 1))
    waited = threading.Timer(LONGEST_WAIT, os.kill, (process.pid, signal.SIGALRM))
    waited.start()
    _, status, used = os.wait4(process.pid, 0)
    waited.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    outcomes = {0: SURVIVES, -signal.SIGXCPU: LOOPS, -signal.SIGALRM: WAITS}
    failed = [name.decode() for name in _FAILED.findall(told.read_bytes())]
    return outcomes.get(process.returncode, KILLED), used.ru_utime + used.ru_stime, failed


def tested(mutants: Sequence[Mutant], workers: int, log: "Log") -> None:
    """Test *mutants*, so many at a time, and keep in *log* what becomes of each."""
    with TemporaryDirectory() as temporary, ThreadPoolExecutor(workers) as pool:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            free.put(_copy(Path(temporary) / str(number)))
        for tests in sorted({mutant.tests for mutant in mutants} - log.baselines.keys()):
            log.keep_baseline(tests, baseline(tests.split(), Path(temporary) / "0"))

        def test(mutant: Mutant) -> str:
            folder = free.get()
            try:
                return outcome_of(mutant, folder, log.baselines[mutant.tests])
            finally:
                free.put(folder)

        for mutant, outcome in zip(mutants, pool.map(test, mutants), strict=True):
            log.keep(mutant, outcome)


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


# ── The log and the figures ─────────────────────────────────────────────────────────────────────────


class Log:
    """The mutants of one call and what became of each, in a file of JSON lines, for modules and tests as they are."""

    def __init__(self, path: Path | None, call: Sequence[object], draw: Callable[[], list[Mutant]]) -> None:
        self._path = path
        self.outcomes: dict[str, str] = {}
        self.baselines: dict[str, float] = {}
        if path and path.exists():
            first, *lines = map(json.loads, _read(path).splitlines())
            if first[:2] != [list(call), _state()]:
                sys.exit(f"{path} was written by another call, or for other modules or tests: name another file")
            self.mutants = [Mutant(place, module, _read(ROOT / module), text) for place, module, text in first[2]]
            for name, found in lines:
                self._found(name, found)
        else:
            self.mutants = draw()
            self._add([call, _state(), [(each.place, each.path, each.mutated) for each in self.mutants]])

    def keep(self, mutant: Mutant, outcome: str) -> None:
        """Write what became of *mutant*."""
        self._found(mutant.key, outcome)
        self._add([mutant.key, outcome])

    def keep_baseline(self, tests: str, seconds: float) -> None:
        """Write how long *tests* take without a mutant."""
        self._found(tests, seconds)
        self._add([tests, seconds])

    def _found(self, name: str, found: str | float) -> None:
        if isinstance(found, str):
            self.outcomes[name] = found
        else:
            self.baselines[name] = found

    def _add(self, line: Sequence[object]) -> None:
        if self._path:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")


def _state() -> str:
    """A digest of all modules and tests."""
    files = sorted(path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def figures(mutants: Sequence[Mutant], outcomes: Mapping[str, str]) -> Iterator[str]:
    """The survivors as diffs, then the figures of each place and of all of those *mutants* that have *outcomes*."""
    counts: dict[str, Counter[str]] = {place: Counter() for place in dict.fromkeys(each.place for each in mutants)}
    for mutant in mutants:
        outcome = outcomes.get(mutant.key)
        reason = _equivalent(mutant)
        if outcome in (SURVIVES, WAITS, UNSURE):
            yield "\n".join((f"{outcome}, equivalent: {reason}" if reason else f"{outcome}:", mutant.diff, ""))
        if outcome:
            counts[mutant.place]["equivalent" if outcome == SURVIVES and reason else outcome] += 1
    for place, count in (*counts.items(), ("all", sum(counts.values(), Counter()))):
        counted = sum(count[outcome] for outcome in OUTCOMES)
        share = f"{(count[KILLED] + count[LOOPS]) / counted:.1%}" if counted else "–"
        parts = ", ".join(f"{outcome} {count[outcome]}" for outcome in (*OUTCOMES, "equivalent"))
        yield f"{place}: {share} of {counted} mutants killed ({parts})"


def _equivalent(mutant: Mutant) -> str | None:
    """Why *mutant* does the same as the original; None where that is not known."""
    changed = "\n".join(line for line in mutant.diff.splitlines()[2:] if len(line) > 1)
    fits = (each["reason"] for each in CONTENT["equivalent"] if re.fullmatch(each["change"], changed))
    return next((str(reason) for reason in fits), None)


def main() -> None:
    """Draw, change, test, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", default=PLACES)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path)
    parser.add_argument("--at-most", type=int, help="mutants to test now; the next call goes on")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    call = [list(asked.places), asked.sample, asked.seed]
    log = Log(asked.log, call, lambda: sample(asked.places, asked.sample, asked.seed))
    left = [mutant for mutant in log.mutants if mutant.key not in log.outcomes]
    if left:
        tested(left[: asked.at_most], asked.workers, log)
    print(*figures(log.mutants, log.outcomes), sep="\n")


if __name__ == "__main__":
    main()
