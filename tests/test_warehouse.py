"""A warehouse answers as the fact files do, to the byte; what is not whole answers nothing."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
from conftest import GOLDEN
from support import BOTH, DATA, FACT_COMMANDS, ROOT, SMALL, YEARS, Answer, process, python, shkc
from test_output import CALLS, FORMATS

from shkc.base import FactBase, Selection
from shkc.errors import WarehouseError

BUNDLED = str(ROOT / "facts.toml")
LOOKUPS = {name: words for name, words in CALLS.items() if "--facts" in words and words[0] not in ("verify", "diff")}


def exported(folder: Path, facts: str, *words: str) -> str:
    """The warehouse of *facts*, written into *folder*."""
    target = str(folder / "warehouse")
    answer = shkc("export", "--to", "parquet", target, "--facts", facts, "--lang", "en", *words)
    assert answer == Answer(0, "", f"written: {target}\n")
    return target


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The warehouse of each of the fact bases."""
    return {facts: exported(tmp_path_factory.mktemp("warehouse"), facts) for facts in (SMALL, BOTH, YEARS, BUNDLED)}


# ── The same answers ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("name", LOOKUPS)
def test_every_lookup_prints_its_golden_file(name: str, output: str, warehouses: dict[str, str]) -> None:
    """The golden files of the lookups hold for a warehouse."""
    *words, facts = LOOKUPS[name]
    answer = shkc(*words, warehouses[facts], "--format", output)
    expected = (GOLDEN / f"{name}.{FORMATS[output]}").read_bytes().decode()
    assert answer.out == expected.replace("data/", f"{DATA}/")


QUESTIONS = (
    "技术合同成交额有多少",
    "4850亿元",
    "大约五千亿元",
    "jishuhetong",
    "技术何同",
    "青山的研发投入",
    "2030年白沙技术合同",
    "研发投入强度增长了多少",
    "29 billion",
    "technology contracts",
    "月球基地",
    "technology-contract-value",
)


@pytest.mark.parametrize("facts", [BOTH, YEARS, BUNDLED])
def test_batch_answers_the_same_lines(facts: str, warehouses: dict[str, str]) -> None:
    """Questions of every kind: names, numbers, pinyin, misspelt, with places and years, without an answer."""
    assert shkc("list", "--facts", facts).status == 0
    names = [fact["name"] for fact in shkc("list", "--json", "--facts", facts).json]
    asked = "\n".join((*QUESTIONS, *names))
    assert shkc("batch", "--facts", warehouses[facts], stdin=asked) == shkc("batch", "--facts", facts, stdin=asked)


CHOICES = (
    ("--sort", "name"),
    ("--sort", "value", "--limit", "7"),
    ("--sort", "growth"),
    ("--section", "企业"),
    ("--kind", "milestone", "--category", "policy"),
    ("--measure", "flow", "--has", "growth"),
    ("--unit", "亿元", "--min", "10亿元", "--max", "5000亿元"),
    ("--unit", "光年"),
    ("--category", "reform"),
    ("--section", "没有的"),
)


@pytest.mark.parametrize("choice", CHOICES, ids=" ".join)
@pytest.mark.parametrize("facts", [BOTH, YEARS, BUNDLED])
def test_list_picks_and_sorts_alike(facts: str, choice: tuple[str, ...], warehouses: dict[str, str]) -> None:
    """Each condition and each order; where nothing is as asked, the same is told."""
    assert shkc("list", *choice, "--json", "--facts", warehouses[facts]) == shkc(
        "list", *choice, "--json", "--facts", facts
    )


@pytest.mark.parametrize("facts", [BOTH, YEARS, BUNDLED])
def test_show_and_cite_know_every_fact(facts: str, warehouses: dict[str, str]) -> None:
    """With what follows from it, which needs other facts of its report."""
    ids = list(dict.fromkeys(fact["id"] for fact in shkc("list", "--json", "--facts", facts).json))
    for words in (("show", *ids, "--json"), ("cite", *ids, "--json"), ("show", "没有"), ("sections", "--json")):
        assert shkc(*words, "--facts", warehouses[facts]) == shkc(*words, "--facts", facts)


@pytest.mark.parametrize("facts", [YEARS, BUNDLED])
def test_trend_is_the_same_for_every_figure(facts: str, warehouses: dict[str, str]) -> None:
    """Series go over reports and names."""
    for fact in shkc("list", "--kind", "metric", "--json", "--facts", facts).json:
        words = ("trend", fact["name"], "--json", "--facts")
        assert shkc(*words, warehouses[facts]) == shkc(*words, facts)


@pytest.mark.parametrize("name", ["facts.csv", "datapackage.json"])
def test_exports_are_the_same(name: str, tmp_path: Path, warehouses: dict[str, str]) -> None:
    """A warehouse can be exported as fact files can."""
    written = []
    for place, facts in (("a", BOTH), ("b", warehouses[BOTH])):
        folder = tmp_path / place
        folder.mkdir()
        assert shkc("export", str(folder / name), "--facts", facts).status == 0
        written.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert written[0] == written[1]


def test_agents_get_the_same(warehouses: dict[str, str]) -> None:
    """Every tool, on a base that is found to be current before each call."""
    from shkc import base as library
    from shkc.agents import Toolbox
    from shkc.language import Language

    here, there = (Toolbox(partial(library.open, facts), Language.en) for facts in (BOTH, warehouses[BOTH]))
    for tool, arguments in (
        ("search_facts", {"query": "研发投入是多少"}),
        ("get_fact", {"id": "rd-expenditure"}),
        ("list_facts", {"kind": "milestone"}),
        ("cite_fact", {"id": "rd-expenditure"}),
    ):
        assert there.call(tool, arguments) == here.call(tool, arguments)


def test_completion_offers_the_same(warehouses: dict[str, str]) -> None:
    """Ids, names and units, for whoever presses the tabulator key."""
    here, there = (FactBase([Path(facts)], None) for facts in (BOTH, warehouses[BOTH]))
    assert there.ids_beginning("r") == here.ids_beginning("r") != []
    assert there.names_beginning("全") == here.names_beginning("全") != []
    assert (there.units(), there.categories()) == (here.units(), here.categories())


# ── What is left out, what has changed ──────────────────────────────────────────────────────────────


def base(folder: Path) -> Path:
    """A fact base of three files, one of them wrong."""
    facts = folder / "facts"
    shutil.copytree(BOTH, facts)
    (facts / "broken.toml").write_text("format = 1\n[report]\n", encoding="utf-8")
    return facts


def test_a_wrong_file_is_left_out_and_told(tmp_path: Path) -> None:
    """When the warehouse is written, and in each lookup, as for fact files."""
    facts, target = base(tmp_path), str(tmp_path / "warehouse")
    written = shkc("export", "--to", "parquet", target, "--facts", str(facts), "--lang", "en")
    assert (written.status, "broken.toml" in written.err) == (0, True)
    for words in (("list", "--json"), ("list", "--json", "--strict"), ("batch",)):
        assert shkc(*words, "--facts", target, stdin="研发") == shkc(*words, "--facts", str(facts), stdin="研发")


def test_a_file_that_repeats_facts_is_left_out(tmp_path: Path) -> None:
    """As in an index: the later one."""
    facts = base(tmp_path)
    (facts / "broken.toml").unlink()
    shutil.copy(SMALL, facts / "zzz.toml")
    target = str(tmp_path / "warehouse")
    assert "zzz.toml" in shkc("export", "--to", "parquet", target, "--facts", str(facts)).err
    assert shkc("list", "--json", "--facts", target) == shkc("list", "--json", "--facts", str(facts))


def test_a_file_with_the_id_of_another_report_is_left_out(tmp_path: Path) -> None:
    """As in an index, though it repeats no fact: its figures would stand under the title of the other report."""
    facts = base(tmp_path)
    (facts / "broken.toml").unlink()
    head, metric, *_ = re.split(r"(?=^\[\[metric\]\])", Path(SMALL).read_text(encoding="utf-8"), flags=re.MULTILINE)
    other = head.replace('title = "', 'title = "另', 1) + metric.replace('id = "', 'id = "other-', 1)
    (facts / "zzz.toml").write_text(other, encoding="utf-8")
    target = str(tmp_path / "warehouse")
    assert "zzz.toml" in shkc("export", "--to", "parquet", target, "--facts", str(facts)).err
    assert shkc("list", "--json", "--facts", target) == shkc("list", "--json", "--facts", str(facts))


def test_a_warehouse_of_a_pipe_is_of_what_it_held_last(tmp_path: Path) -> None:
    """Parts of an earlier export are kept; a pipe has the same name each time."""
    target = str(tmp_path / "warehouse")
    small = Path(SMALL).read_text(encoding="utf-8")
    for number in ("96", "97"):
        text = small.replace("不少于96家", f"不少于{number}家").replace("value = 96", f"value = {number}")
        words = ("export", "--to", "parquet", target, "--facts", "/dev/stdin", "--force")
        assert process(*words, stdin=text.encode()).status == 0
        assert shkc("metric", "孵化器数", "--facts", target, "-f", "value").out == f"{number}\n"


def test_the_name_of_a_folder_is_no_pattern(tmp_path: Path) -> None:
    """Another warehouse that it would match has the same files."""
    for name in ("x1", "x?", "x[1]", "x*"):
        assert shkc("export", "--to", "parquet", str(tmp_path / name), "--facts", SMALL).status == 0
    for name in ("x1", "x?", "x[1]", "x*"):
        assert shkc("list", "--json", "--facts", str(tmp_path / name)) == shkc("list", "--json", "--facts", SMALL)


def test_a_folder_whose_name_is_no_text_holds_no_warehouse(tmp_path: Path) -> None:
    """One line, when it is written and when it is read."""
    target = os.fsdecode(os.fsencode(exported(tmp_path, SMALL)) + b"\xff")
    Path(tmp_path, "warehouse").rename(target)
    for words in (("list", "--facts", target), ("export", "--to", "parquet", target, "--facts", SMALL, "--force")):
        answer = shkc(*words, "--lang", "en")
        assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
        assert "must be UTF-8" in answer.err


def test_no_warehouse_is_made_of_wrong_files_only(tmp_path: Path) -> None:
    """Every problem is told; the old warehouse stays."""
    target = exported(tmp_path, SMALL)
    before = shkc("list", "--json", "--facts", target)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("format = 1\n", encoding="utf-8")
    assert shkc("export", "--to", "parquet", target, "--facts", str(wrong), "--force").status == 3
    assert shkc("list", "--json", "--facts", target) == before


def test_a_changed_file_rewrites_its_own_part_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts of the other files are not touched; the answers are those of the files."""
    from shkc.store.warehouse import export

    monkeypatch.setattr(export, "PART", 1)  # a file in each part
    facts = base(tmp_path)
    (facts / "broken.toml").unlink()
    target = Path(exported(tmp_path, str(facts)))
    before = {path.name: path.stat().st_mtime_ns for path in (target / "facts").iterdir()}
    changed = facts / "small.toml"
    changed.write_text(changed.read_text(encoding="utf-8").replace("青山", "红山"), encoding="utf-8")
    exported(tmp_path, str(facts), "--force")
    after = {path.name: path.stat().st_mtime_ns for path in (target / "facts").iterdir()}
    assert len(before) == len(after) == 2
    assert len(before.items() & after.items()) == 1
    assert shkc("list", "--json", "--facts", str(target)) == shkc("list", "--json", "--facts", str(facts))
    (facts / "small.toml").unlink()
    exported(tmp_path, str(facts), "--force")
    assert shkc("list", "--json", "--facts", str(target)) == shkc("list", "--json", "--facts", str(facts))


@pytest.mark.parametrize(("stamp", "is_told"), [("10 1", True), ("unreadable", False)])
def test_a_file_that_has_gone_is_no_file_that_is_wrong(stamp: str, is_told: bool, tmp_path: Path) -> None:
    """A worker that does not see it must not leave it out; one that nobody could read is left out."""
    from shkc.errors import WarehouseError
    from shkc.paths import FactFile
    from shkc.store.warehouse.part import Task, write_part
    from shkc.store.warehouse.software import software

    file = FactFile(str(tmp_path / "gone.toml"), stamp, str(tmp_path))
    task = Task("00000-0", [(file, 1)], {}, str(tmp_path / "warehouse"), "new", software())
    if is_told:
        with pytest.raises(WarehouseError, match="does not see"):
            write_part(task)
    else:
        assert [each.problem.path for each in write_part(task).left_out] == [file.path]


@pytest.mark.parametrize(("more", "parts"), [(0, 2), (1, 1)])
def test_a_part_is_full_when_it_has_so_many_bytes(
    more: int, parts: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next file begins another; who writes is told how many files are done."""
    from shkc import paths
    from shkc.store.warehouse import export

    files = paths.fact_files([BOTH])
    first, _ = (Path(file.path).stat().st_size for file in files)
    monkeypatch.setattr(export, "PART", first + more)
    told: list[tuple[int, int]] = []
    left_out = export.export(
        files, str(tmp_path / "w"), force=False, cluster=None, progress=lambda done, total: told.append((done, total))
    )
    assert left_out == []
    assert len(list((tmp_path / "w" / "facts").iterdir())) == parts
    assert told == ([(1, 2), (2, 2)] if parts == 2 else [(2, 2)])


KILLED = """
import os, signal, sys
from shkc.store.warehouse import export
from shkc.cli.app import application
export.write_names = lambda *arguments: os.kill(os.getpid(), signal.SIGKILL)
application(sys.argv[1:])(sys.argv[1:])
"""


def test_an_export_that_is_killed_leaves_the_old_warehouse_whole(tmp_path: Path) -> None:
    """What it has left beside it, the next one removes."""
    target = Path(exported(tmp_path, SMALL))
    before = shkc("list", "--json", "--facts", str(target))
    words = ("export", "--to", "parquet", str(target), "--facts", BOTH, "--force")
    assert python(KILLED, *words).status == -signal.SIGKILL
    assert [path for path in target.iterdir() if path.name.startswith(".new-")] != []
    assert shkc("list", "--json", "--facts", str(target)) == before
    exported(tmp_path, BOTH, "--force")
    assert shkc("list", "--json", "--facts", str(target)) == shkc("list", "--json", "--facts", BOTH)
    assert [path for path in target.iterdir() if path.name.startswith(".new-")] == []
    assert len(list((target / "facts").iterdir())) == 1


# ── Bad input ───────────────────────────────────────────────────────────────────────────────────────


def without_manifest(folder: Path) -> None:
    """Half a warehouse."""
    (folder / "shkc-warehouse.json").unlink()


def without_a_part(folder: Path) -> None:
    """A file is missing."""
    next((folder / "facts").iterdir()).unlink()


def without_names(folder: Path) -> None:
    """The names are missing."""
    next((folder / "names").glob("*.sqlite")).unlink()


def cut(folder: Path) -> None:
    """A file was not copied whole."""
    path = next((folder / "numbers").iterdir())
    path.write_bytes(path.read_bytes()[:-10])


def noise(folder: Path) -> None:
    """A file was damaged in its place."""
    path = next((folder / "facts").iterdir())
    path.write_bytes(bytes(path.stat().st_size))


def of_another_version(folder: Path) -> None:
    """A later shkc has written it."""
    path = folder / "shkc-warehouse.json"
    path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), "version": 99}), encoding="utf-8")


def no_json(folder: Path) -> None:
    """The manifest is damaged."""
    (folder / "shkc-warehouse.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "damage", [without_manifest, without_a_part, without_names, cut, noise, of_another_version, no_json]
)
def test_what_is_not_whole_answers_nothing(damage: Callable[[Path], None], tmp_path: Path) -> None:
    """One line that says what is wrong and how to mend it, exit status 3, and nothing of an answer."""
    target = exported(tmp_path, SMALL)
    damage(Path(target))
    for words in (FACT_COMMANDS["metric"], ("list", "--json"), ("show", "rd-expenditure")):
        answer = shkc(*words, "--facts", target, "--lang", "en")
        assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)
        assert "export it again" in answer.err
    shutil.rmtree(target)
    exported(tmp_path, SMALL)
    assert shkc("list", "--json", "--facts", target) == shkc("list", "--json", "--facts", SMALL)


def test_a_column_whose_name_is_no_text_is_told(tmp_path: Path) -> None:
    """DuckDB quotes it in its message, which then is no text either."""
    target = exported(tmp_path, SMALL)
    (path,) = Path(target, "facts").iterdir()
    whole = path.read_bytes()
    for name in (b"report_number", b"naming"):
        path.write_bytes(whole.replace(name, b"\xf0" + name[1:]))
        answer = shkc("list", "--facts", target, "--lang", "en")
        assert (answer.status, answer.out, answer.err.count("\n")) == (3, "", 1)


def test_no_bit_of_a_file_makes_a_wrong_figure(tmp_path: Path, faults: bool) -> None:
    """Each record has a checksum: what is damaged is not printed."""
    target = exported(tmp_path, SMALL)
    sound = {*FactBase([target], None).select(Selection())}
    (path,) = Path(target, "facts").iterdir()
    whole = path.read_bytes()
    told = 0
    for number in range(1000 if faults else 60):
        chance, damaged = random.Random(number), bytearray(whole)
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            assert {*FactBase([target], None).select(Selection())} <= sound, number
        except WarehouseError as error:
            told += 1
            assert "export it again" in str(error)
    assert told


def test_a_warehouse_stands_alone(tmp_path: Path) -> None:
    """It cannot be mixed with fact files."""
    target = exported(tmp_path, SMALL)
    answer = shkc("list", "--facts", target, "--facts", BOTH, "--lang", "en")
    assert answer == Answer(2, "", "shkc: a warehouse stands alone: name no other fact files\n")


def test_commands_about_fact_files_say_so(tmp_path: Path) -> None:
    """`check` and its like read files that people write."""
    target = exported(tmp_path, SMALL)
    answer = shkc("check", target, "--lang", "en")
    assert (answer.status, "a warehouse, and no fact files" in answer.out + answer.err) == (3, True)


def test_nothing_is_written_over_without_force(tmp_path: Path) -> None:
    """Neither a warehouse nor, with or without it, a folder with other files."""
    target = exported(tmp_path, SMALL)
    call = ("export", "--to", "parquet", target, "--facts", SMALL, "--lang", "en")
    assert shkc(*call) == Answer(2, "", f"shkc: {target} exists; --force writes over it\n")
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    elsewhere = ("export", "--to", "parquet", str(tmp_path), "--facts", SMALL, "--lang", "en")
    assert shkc(*elsewhere, "--force") == Answer(2, "", f"shkc: {tmp_path} has other files; name an empty folder\n")


def test_a_warehouse_is_of_whole_fact_files(tmp_path: Path) -> None:
    """Options that pick facts are refused."""
    answer = shkc(
        "export", "--to", "parquet", str(tmp_path / "w"), "--facts", SMALL, "--kind", "metric", "--lang", "en"
    )
    expected = "shkc: a warehouse has all of its fact files; leave out the options that pick facts\n"
    assert answer == Answer(2, "", expected)


WITHOUT = """
import sys
for name in ("pyarrow", "duckdb", "distributed"):
    sys.modules[name] = None
from shkc.cli.app import application
application(sys.argv[1:])(sys.argv[1:])
"""


def test_without_the_extra_one_line_installs_it(tmp_path: Path) -> None:
    """For who writes a warehouse as for who reads one."""
    target = exported(tmp_path, SMALL)
    line = "shkc: a warehouse needs pyarrow, duckdb and dask: pip install 'shkc[warehouse]'\n"
    for words in (("list", "--facts", target), ("export", "--to", "parquet", str(tmp_path / "w"), "--facts", SMALL)):
        answer = python(WITHOUT, *words, "--lang", "en")
        assert answer == Answer(3, "", line)


def test_exact_numbers_of_any_size(tmp_path: Path) -> None:
    """A column has a number to the last digit, or nothing; the record has all of them."""
    import duckdb

    begin = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]
    numbers = ("0.1", "2.675", "123456789012345678.9", "0.123456789012")
    facts = tmp_path / "odd.toml"
    facts.write_text(
        begin
        + "".join(
            f"[[metric]]\nid = 'n{at}'\nname = '数{at}'\nname_en = 'odd'\nsection = 'overview'\nparagraph = 1\n"
            f"excerpt = '数{at}为{number}个'\nvalue = {number}\nunit = '个'\n"
            for at, number in enumerate(numbers)
        ),
        encoding="utf-8",
    )
    target = exported(tmp_path, str(facts))
    query = f"SELECT value, record FROM '{target}/facts/*.parquet' ORDER BY id"
    rows = duckdb.connect().execute(query).fetchall()
    for (value, record), number in zip(rows, numbers, strict=True):
        assert f'"value":{number},' in record
        assert value is None or value == Decimal(number)
    assert [value is None for value, _ in rows] == [False, False, False, True]
