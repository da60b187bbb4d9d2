"""Run ``python -m benchmarks.linear [COMMAND…]`` from the root to see whether time grows in proportion to the input.

Whole processes with inputs of three sizes, each twice the one before, of the forms that once took longer: one line or
paragraph that grows, and many problems in a file. Prints the processor time of each, less what the command takes for
next to nothing, the ratio of the last to the first (4 is in proportion), the most memory, and the exit status.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

SHKC = (sys.executable, "-m", "shkc")
CHARACTERS = (20_000, 40_000, 80_000)
ENTRIES = (1250, 2500, 5000)
QUESTIONS = (2500, 5000, 10_000)
HEAD = """format = 1
[report]
id = "invented-2031"
title = "2031青山报告"
title_en = "Report of Qingshan 2031"
publisher = "青山"
publisher_en = "Qingshan"
year = 2031
scope = "青山"
scope_en = "Qingshan"
[[section]]
id = "overview"
number = "0"
title = "综述"
short = "综述"
short_en = "Overview"
"""


class Case(NamedTuple):
    """An input of a size: what it is, the files it is written to, the words of the command, standard input."""

    command: str
    name: str
    sizes: Sequence[int]
    files: Callable[[int], Mapping[str, str]]
    words: Sequence[str]
    stdin: str | None = None


class Run(NamedTuple):
    """What a process took, and its exit status."""

    seconds: float
    megabytes: float
    status: int


def metric(number: int, **fields: str) -> str:
    """A right entry of a fact file with *fields* put in place of its own."""
    own = {"id": f'"figure-{number}"', "name": f'"企业数{number}"', "name_en": f'"Firms {number}"'}
    own |= {"section": '"overview"', "paragraph": "2", "excerpt": f'"企业{number}家"', "value": str(number)}
    return "[[metric]]\n" + "".join(f"{key} = {value}\n" for key, value in {**own, "unit": '"家"', **fields}.items())


def facts(count: int, **fields: str) -> str:
    """A fact file of *count* metrics."""
    return HEAD + "".join(metric(number, **fields) for number in range(1, count + 1))


def section(number: int) -> str:
    """An entry of a section below one that is not there."""
    fields = {
        "id": f"s-{number}",
        "number": "1",
        "title": "甲",
        "short": "甲",
        "short_en": "A",
        "parent": f"t-{number}",
    }
    return "[[section]]\n" + "".join(f'{key} = "{value}"\n' for key, value in fields.items())


def growing(text: str) -> Callable[[int], str]:
    """*text* again and again, up to so many characters."""
    return lambda size: (text * (size // len(text) + 1))[:size]


def one_line(text: str) -> Callable[[int], Mapping[str, str]]:
    """Standard input of one line that grows."""
    return lambda size: {"in": growing(text)(size)}


def paragraph(text: str) -> Callable[[int], Mapping[str, str]]:
    """A report of one paragraph that grows."""
    return lambda size: {"report.txt": "2031青山报告\n" + growing(text)(size) + "\n"}


def cases() -> Iterator[Case]:
    """Every input."""
    for text in ("a", "技术", "1", "a b ", "技术合同，", "R&D", "1,"):
        yield Case("batch", f"one line of {text}", QUESTIONS, one_line(text), ("batch",), "in")
    yield Case("batch", "one line of a megabyte", (1 << 18, 1 << 19, 1 << 20), one_line("技术"), ("batch",), "in")
    yield Case("batch", "one line each", ENTRIES, lambda n: {"in": "企业数\n" * n}, ("batch",), "in")
    wrong: Mapping[str, Callable[[int], Mapping[str, str]]] = {
        "facts, all right": lambda n: {"a.toml": facts(n)},
        "facts that another file has": lambda n: {"a.toml": facts(n), "b.toml": facts(n)},
        "relations": lambda n: {"a.toml": facts(n, relations='{ see-also = ["figure-0"] }')},
        "relations to nothing": lambda n: {"a.toml": facts(n, relations='{ see-also = ["figure-x"] }')},
        "sections that are none": lambda n: {"a.toml": facts(n, section='"overveiw"')},
        "unknown keys": lambda n: {"a.toml": facts(n, nmae='"x"')},
        "values that the excerpt has not": lambda n: {"a.toml": facts(n, value="-1")},
        "the same id": lambda n: {"a.toml": facts(n, id='"figure"')},
        "sections below none": lambda n: {"a.toml": HEAD + "".join(section(number) for number in range(n))},
    }
    yield Case("check", "empty tables", (50_000, 100_000, 200_000), _empty_tables, ("check", "a.toml"))
    for name, files in wrong.items():
        yield Case("check", name, ENTRIES, files, ("check", "a.toml", "b.toml"))
    yield Case(
        "check", "one name", CHARACTERS, lambda n: {"a.toml": facts(1, name=f'"{growing("技术")(n)}"')}, ("check",)
    )
    for text in (
        "企业5家，增长5%，",
        "1、",
        "5家、",
        "企业5家。",
        "“企业5家”，",
        "（企业5家",
        "五、",
        "居全国第5位，",
        "1,000,",
    ):
        yield Case("draft", f"a paragraph of {text}", CHARACTERS, paragraph(text), ("draft", "report.txt"))
    yield Case(
        "draft", "a line each", ENTRIES, lambda n: {"report.txt": "企业5家，增长5%。\n" * n}, ("draft", "report.txt")
    )
    yield Case("verify", "a paragraph of figures", ENTRIES, _proof(""), ("verify", "report.txt", "--facts", "a.toml"))
    yield Case("verify", "a line each", ENTRIES, _proof("\n"), ("verify", "report.txt", "--facts", "a.toml"))
    yield Case("verify", "a paragraph of 5、", CHARACTERS, _unproven, ("verify", "report.txt", "--facts", "a.toml"))


def _empty_tables(count: int) -> Mapping[str, str]:
    return {"a.toml": "format = 1\n" + "[[metric]]\n" * count}


def _proof(between: str) -> Callable[[int], Mapping[str, str]]:
    def files(count: int) -> Mapping[str, str]:
        text = between.join(f"企业{number}家，" for number in range(1, count + 1))
        return {"report.txt": f"综述\n{text}\n", "a.toml": facts(count)}

    return files


def _unproven(size: int) -> Mapping[str, str]:
    return {"report.txt": f"综述\n{growing('5、')(size)}\n", "a.toml": facts(1)}


def run(case: Case, size: int, environment: Mapping[str, str]) -> Run:
    """Run *case* with an input of *size*."""
    with TemporaryDirectory() as folder:
        for name, text in case.files(size).items():
            Path(folder, name).write_text(text, encoding="utf-8")
        present = [word for word in case.words if not word.endswith(".toml") or Path(folder, word).exists()]
        with Path(folder, case.stdin).open("rb") if case.stdin else open(os.devnull, "rb") as stdin:  # noqa: PTH123
            started = subprocess.Popen(
                [*SHKC, *present], cwd=folder, env=environment, stdin=stdin,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )  # fmt: skip
            _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    memory = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Run(used.ru_utime + used.ru_stime, memory, started.returncode)


def main() -> None:
    """Measure what was asked for."""
    wanted = sys.argv[1:] or ("batch", "check", "draft", "verify")
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "SHKC_CACHE_DIR": cache}
        for case in cases():
            if case.command not in wanted:
                continue
            nothing = [run(case, 1, environment) for _ in range(2)][-1]  # the first may build the index
            runs = [run(case, size, environment) for size in case.sizes]
            seconds = [max(0.001, each.seconds - nothing.seconds) for each in runs]
            told = "".join(f"{each:>8.2f}" for each in seconds)
            ratio = f"{seconds[-1] / seconds[0]:>7.1f}" if seconds[-1] > 0.1 else "      -"
            print(
                f"{case.command:<7} {case.name:<32}{told} s{ratio}{max(each.megabytes for each in runs):>7.0f} MB"
                f"  exit {runs[-1].status}",
                flush=True,
            )


if __name__ == "__main__":
    main()
