"""Exports, read back by the programs that they are for: no digit is lost, nothing runs, keys lead somewhere."""

from __future__ import annotations

import csv
import errno
import gc
import io
import json
import os
import re
import shutil
import sqlite3  # noqa: TID251 # reads back what was written
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # has no types
import pytest
from support import BOTH, ROOT, SMALL, Answer, shkc

from shkc.cli.exporting import To
from shkc.output.export.targets import TARGETS

FILES = {
    "xlsx": ["facts.xlsx"],
    "csv": ["facts.csv"],
    "sqlite": ["facts.sqlite", "facts.metadata.json"],
    "datapackage": ["report.csv", "section.csv", "fact.csv", "relation.csv", "datapackage.json"],
}
"""The files of each target; the one that is named in the call has the name of the target."""
NAMED = {"xlsx": "facts.xlsx", "csv": "facts.csv", "sqlite": "facts.sqlite", "datapackage": "datapackage.json"}


def export(folder: Path, target: str, *words: str, facts: str = SMALL) -> Path:
    """The file that ``shkc export`` writes into *folder*."""
    path = folder / NAMED[target]
    answer = shkc("export", str(path), *words, "--facts", facts)
    assert (answer.status, answer.out) == (0, "")
    return path


def listed(*words: str, facts: str = SMALL) -> list[dict[str, Any]]:
    """The facts as `list` prints them, their numbers exact."""
    found: list[dict[str, Any]] = json.loads(shkc("list", *words, "--json", "--facts", facts).out, parse_float=Decimal)
    return found


def fact_file(folder: Path, value: str, name: str = "全社会研发投入", note: str = "") -> str:
    """A fact file with one figure of this *value*, which its excerpt prints."""
    begin = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]
    path = folder / "odd.toml"
    path.write_text(
        f"{begin}[[metric]]\nid = 'odd'\nname = {json.dumps(name)}\nname_en = 'odd'\n"
        "section = 'overview'\nparagraph = 1\n"
        f"excerpt = '投入{value.removeprefix('-')}亿元'\nvalue = {value}\nunit = '亿元'\n"
        + (f"note = {json.dumps(note)}\n" if note else ""),
        encoding="utf-8",
    )
    return str(path)


NUMBERS = ["4850", "3.50", "0.1", "2.675", "123456789012.345", "123456789012345678.9", "9007199254740993"]
"""Printed numbers, of them those that binary fractions miss, and those with more digits than Excel or a float keeps."""


# ── Excel ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The facts of two reports as openpyxl reads them."""
    folder = tmp_path_factory.mktemp("xlsx")
    path = folder / "facts.xlsx"
    assert shkc("export", str(path), "--facts", BOTH).status == 0
    book = openpyxl.load_workbook(path)
    yield book
    book.close()


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The rows of *sheet* by their heads."""
    heads, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in others]


def test_a_workbook_has_figures_milestones_and_sources(workbook: Any) -> None:
    """Every fact is on its sheet: the figure as a number, its unit, its hedge, its proof."""
    assert workbook.sheetnames == ["数字", "里程碑", "来源"]
    figures = {(row["报告"], row["ID"]): row for row in rows(workbook["数字"])}
    for fact in listed("--kind", "metric", facts=BOTH):
        row = figures.pop((fact["source"]["report"], fact["id"]))
        assert Decimal(str(row["数值"])) == fact["value"]
        assert (row["单位"] or "", row["原文写法"], row["佐证"], row["段落"]) == (
            fact["unit"],
            fact["display"],
            fact["source"]["excerpt"],
            fact["source"]["paragraph"],
        )
        assert (row["变化"] is None) == (fact["change"] is None)
    assert figures == {}
    assert {row["名称"] for row in rows(workbook["里程碑"])} == {
        fact["name"] for fact in listed("--kind", "milestone", facts=BOTH)
    }
    assert [row["报告"] for row in rows(workbook["来源"])][:2] == ["2031青山科技报告", "2030白沙科技报告"]


def test_a_workbook_can_be_worked_with(workbook: Any) -> None:
    """The head and the names stay, rows can be filtered, a report leads to its source, hedges are words."""
    for sheet in (workbook["数字"], workbook["里程碑"]):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        links = {link.location for row in sheet.iter_rows(min_row=2) for cell in row if (link := cell.hyperlink)}
        assert links == {"'来源'!A2", "'来源'!A3"}
    assert {"约", "预计、约"} <= {row["限定"] for row in rows(workbook["数字"])}


def test_a_workbook_in_english(tmp_path: Path) -> None:
    """Sheets, heads and terms are English; the English name is first."""
    book = openpyxl.load_workbook(export(tmp_path, "xlsx", "--lang", "en"))
    assert book.sheetnames == ["Figures", "Milestones", "Sources"]
    first = rows(book["Figures"])[0]
    assert list(first)[:5] == ["Name", "Value", "Unit", "Qualifiers", "As printed"]
    assert (first["Name"], first["Qualifiers"], first["As printed"]) == (
        "Gross expenditure on R&D",
        "about",
        "about CNY 32.05 billion",
    )


@pytest.mark.parametrize("value", NUMBERS)
def test_excel_shows_the_digits_that_are_printed(value: str, tmp_path: Path) -> None:
    """A number has the decimals of the report; one that Excel would round is text."""
    sheet = openpyxl.load_workbook(export(tmp_path, "xlsx", facts=fact_file(tmp_path, value)))["数字"]
    (cell,) = [row[1] for row in sheet.iter_rows(min_row=2)]
    if len(value.replace(".", "")) > 15:
        assert (cell.data_type, cell.value) == ("s", value)
    else:
        decimals = len(value.partition(".")[2])
        assert (cell.data_type, Decimal(str(cell.value))) == ("n", Decimal(value))
        assert cell.number_format == "#,##0" + (f".{'0' * decimals}" if decimals else "")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "＝", "－", "﹢", " =", "\u00a0@"])
def test_no_text_runs_in_excel(begin: str, tmp_path: Path) -> None:
    """What begins as a formula is text, in a workbook and in CSV."""
    facts = fact_file(tmp_path, "5", name=f"{begin}1+1", note=f'{begin}HYPERLINK("x")')
    sheet = openpyxl.load_workbook(export(tmp_path, "xlsx", facts=facts))["数字"]
    texts = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(begin)]
    assert len(texts) == 2
    assert {cell.data_type for cell in texts} == {"s"}
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    table = csv.reader(io.StringIO(export(tmp_path, "csv", facts=facts).read_text(encoding="utf-8-sig")))
    assert [cell for row in table for cell in row if cell.startswith(begin)] == []


def test_csv_for_excel_is_read_as_utf_8_and_exactly(tmp_path: Path) -> None:
    """A byte-order mark, lines as RFC 4180 has them, every digit."""
    written = export(tmp_path, "csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfID,")
    assert written.count(b"\r\n") == written.count(b"\n") == len(listed()) + 1
    table = {row["ID"]: row for row in csv.DictReader(io.StringIO(written.decode("utf-8-sig")))}
    for fact in listed("--kind", "metric"):
        row = table[fact["id"]]
        assert (row["数值"], row["下限"]) == tuple(
            "" if number is None else f"{Decimal(number):f}" for number in (fact["value"], fact["normalized"]["low"])
        )


@pytest.mark.parametrize("value", NUMBERS)
def test_csv_has_every_digit(value: str, tmp_path: Path) -> None:
    """As printed, zeros at the end included."""
    table = export(tmp_path, "csv", facts=fact_file(tmp_path, value)).read_text(encoding="utf-8-sig")
    assert [row["数值"] for row in csv.DictReader(io.StringIO(table))] == [value]


def test_a_workbook_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither beside it nor where XlsxWriter keeps its rows; and the line says why, in the language of the call."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.EFBIG, "in words of its own")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    target = tmp_path / "facts.xlsx"
    answer = shkc("export", str(target), "--facts", SMALL, "--lang", "en")
    assert answer == Answer(2, "", f"shkc: {target}: cannot be written: File too large\n")
    assert list(temporary.iterdir()) == []
    assert list(tmp_path.iterdir()) == [temporary]
    gc.collect()  # a file left open is told here, and not in another test


def test_without_xlsxwriter_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named, and no file is left."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    answer = shkc("export", str(tmp_path / "facts.xlsx"), "--facts", SMALL, "--lang", "en")
    assert (answer.status, answer.err) == (2, "shkc: .xlsx needs XlsxWriter: pip install 'shkc[export]'\n")
    assert list(tmp_path.iterdir()) == []


# ── SQLite ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The facts of two reports in a database."""
    path = tmp_path_factory.mktemp("sqlite") / "facts.sqlite"
    assert shkc("export", str(path), "--facts", BOTH).status == 0
    with closing(sqlite3.connect(path)) as connection:
        yield connection


def test_a_database_has_every_fact_with_typed_columns(database: sqlite3.Connection) -> None:
    """Numbers are numbers, beside them stand their digits as text."""
    found = database.execute(
        "SELECT id, report, value, value_digits, typeof(value), display, excerpt FROM fact"
    ).fetchall()
    reports = dict(database.execute("SELECT title, id FROM report"))
    assert sorted(row[:2] for row in found) == sorted(
        (f["id"], reports[f["source"]["report"]]) for f in listed(facts=BOTH)
    )
    by_id = {row[:2]: row for row in found}
    for fact in listed("--kind", "metric", facts=BOTH):
        row = by_id[fact["id"], reports[fact["source"]["report"]]]
        assert (Decimal(row[3]), row[2], row[5:]) == (
            fact["value"],
            float(fact["value"]),
            (fact["display"], fact["source"]["excerpt"]),
        )
        assert row[4] in ("integer", "real")


def test_keys_lead_somewhere(database: sqlite3.Connection) -> None:
    """Reports, sections, facts and relations refer to each other, and every relation stands on both sides."""
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = {table: database.execute(f"PRAGMA foreign_key_list({table})").fetchall() for table in ("fact", "relation")}
    assert {row[2] for row in keys["fact"]} == {"report", "section"}
    assert {row[2] for row in keys["relation"]} == {"fact"}
    relations = set(database.execute("SELECT fact, other FROM relation"))
    assert relations
    assert relations == {(other, fact) for fact, other in relations}


def find(database: sqlite3.Connection, text: str) -> set[str]:
    """The names of the facts that the full text has for one word."""
    query = "SELECT name FROM fact WHERE rowid IN (SELECT rowid FROM fact_text WHERE grams MATCH ?)"
    return {row[0] for row in database.execute(query, (f'"{text}"',))}


@pytest.mark.parametrize("word", ["研发", "青山", "投入强", "科技", "expenditure"])
def test_full_text_finds_short_chinese_words(word: str, database: sqlite3.Connection) -> None:
    """What is found has the word in its names, its excerpt or its section, and nothing else has."""
    searched = "name || name_en || ifnull(aliases, '') || ifnull(official_names, '') || excerpt || section_title"
    having = {row[0] for row in database.execute(f"SELECT name FROM fact WHERE instr(lower({searched}), ?)", (word,))}
    assert find(database, word) == having != set()


@pytest.mark.parametrize("value", NUMBERS)
def test_sqlite_has_every_digit(value: str, tmp_path: Path) -> None:
    """The digits as text are those printed, and the number is as near as SQLite has it: whole ones are exact."""
    with closing(sqlite3.connect(export(tmp_path, "sqlite", facts=fact_file(tmp_path, value)))) as connection:
        (row,) = connection.execute("SELECT value, value_digits FROM fact")
    assert row == (Decimal(value) if "." not in value else float(value), value)


@pytest.mark.parametrize("page", ["export.md", "zh-CN/export.md"])
def test_the_sql_of_the_documents_runs(page: str, tmp_path: Path) -> None:
    """It finds the facts on 高层次人才, each with its section and the one above."""
    (sql,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    path = tmp_path / "facts.sqlite"
    assert shkc("export", str(path)).status == 0
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(sql).fetchall()
        names = {row[0] for row in connection.execute("SELECT name FROM fact WHERE name LIKE '%高层次人才%'")}
    assert names <= {row[0] for row in found}
    assert found
    assert all(row[2] for row in found)


def test_the_metadata_describe_every_column(tmp_path: Path, database: sqlite3.Connection) -> None:
    """In the language of the call; the query that finds Chinese of any length runs, whatever is typed."""
    export(tmp_path, "sqlite", "--lang", "en", facts=BOTH)
    metadata = json.loads((tmp_path / "facts.metadata.json").read_text(encoding="utf-8"))
    described = metadata["databases"]["facts"]
    for table in ("report", "section", "fact", "relation"):
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        assert described["tables"][table]["columns"].keys() == columns
    assert described["tables"]["fact"]["columns"]["value"] == "Value"
    query = described["queries"]["find"]["sql"]

    def found(typed: str) -> list[str]:
        cursor = database.execute(query, {"q": typed})
        name = [column[0] for column in cursor.description].index("name")
        return [row[name] for row in cursor]

    assert set(found("全社会研发投入")) == {"全社会研发投入"}
    assert set(found("研发投入强度 overview")) == {"研发投入强度"}
    assert found("研发火星") == found("") == found('"') == found("*") == []
    assert found("R&D") != []


def oracle(program: str) -> str:
    """The path of a program that checks exports. Skips the test where there is none."""
    found = shutil.which(program, path=os.environ.get("ORACLES", os.environ["PATH"]))
    if found is None:
        pytest.skip(f"there is no {program}, which is too heavy for every test run; .ci/run installs it")
    return found


def test_datasette_shows_and_searches_the_database(tmp_path: Path) -> None:
    """Its search box finds 人才 in 科技人才, it names what a key refers to, and it offers the query."""
    datasette = oracle("datasette")
    path = tmp_path / "facts.sqlite"
    assert shkc("export", str(path)).status == 0

    def get(address: str) -> Any:
        command = [datasette, str(path), "-m", str(path.with_suffix(".metadata.json")), "--get", address]
        return json.loads(subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout)

    names = [row["name"] for row in get("/facts/fact.json?_search=人才&_shape=array")]
    assert len(names) > 5
    assert get("/facts/find.json?q=技术合同成交额&_shape=array")[0]["id"] == "technology-contract-value"
    (first,) = get("/facts/relation.json?_shape=array&_labels=on&_size=1")
    assert first["fact"]["label"] != first["fact"]["value"]


# ── Data package ────────────────────────────────────────────────────────────────────────────────────


def test_a_data_package_has_the_tables_with_every_digit(tmp_path: Path) -> None:
    """Each resource is a CSV file with the fields of its schema; numbers are as printed."""
    package = json.loads(export(tmp_path, "datapackage", facts=BOTH).read_text(encoding="utf-8"))
    tables = {}
    for resource in package["resources"]:
        with (tmp_path / resource["path"]).open(encoding="utf-8", newline="") as stream:
            table = csv.DictReader(stream)
            assert table.fieldnames == [field["name"] for field in resource["schema"]["fields"]]
            tables[resource["name"]] = list(table)
    facts = listed(facts=BOTH)
    assert len(tables["fact"]) == len(facts)
    printed = {(row["name"], row["year"]): row["value"] for row in tables["fact"]}
    for fact in facts:
        value = printed[fact["name"], str(fact["source"]["year"])]
        assert value == (str(fact["value"]) if fact["kind"] == "metric" else "")
    assert {row["fact"] for row in tables["relation"]} <= {row["key"] for row in tables["fact"]}


def test_frictionless_finds_a_data_package_valid(tmp_path: Path) -> None:
    """Types, required fields, keys and references of the bundled facts."""
    path = tmp_path / "datapackage.json"
    assert shkc("export", str(path)).status == 0
    command = [oracle("frictionless"), "validate", "--json", path.name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, encoding="utf-8")
    report = json.loads(done.stdout)
    assert (done.returncode, report["valid"], report["stats"]["tasks"]) == (0, True, 4)


@pytest.mark.parametrize("target", ["sqlite", "datapackage"])
def test_a_report_in_several_files_is_one(target: str, tmp_path: Path) -> None:
    """Its sections stand once, so that keys are keys."""
    text = Path(SMALL).read_text(encoding="utf-8")
    head, *facts = text.split("[[metric]]")
    (tmp_path / "a.toml").write_text(f"{head}[[metric]]{facts[1]}", encoding="utf-8")
    (tmp_path / "b.toml").write_text(f"{head}[[metric]]{facts[2]}", encoding="utf-8")
    path = export(tmp_path, target, facts=str(tmp_path))
    if target == "sqlite":
        with closing(sqlite3.connect(path)) as connection:
            found = [row[0] for row in connection.execute("SELECT key FROM section")]
    else:
        with path.with_name("section.csv").open(encoding="utf-8", newline="") as stream:
            found = [row["key"] for row in csv.DictReader(stream)]
    assert len(found) == len(set(found)) == 4


# ── The command ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("target", TARGETS)
def test_options_pick_the_facts(target: str, tmp_path: Path) -> None:
    """As those of `list`; what a picked fact refers to that is not picked is left out."""
    words = ("--section", "企业人才", "--kind", "metric", "--has", "share")
    path = export(tmp_path, target, *words)
    names = {fact["name"] for fact in listed(*words)}
    if target == "xlsx":
        assert {row["名称"] for row in rows(openpyxl.load_workbook(path)["数字"])} == names
    elif target == "sqlite":
        with closing(sqlite3.connect(path)) as connection:
            assert {row[0] for row in connection.execute("SELECT name FROM fact")} == names
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    else:
        table = (path if target == "csv" else path.with_name("fact.csv")).read_text(encoding="utf-8-sig")
        assert {row["名称" if target == "csv" else "name"] for row in csv.DictReader(io.StringIO(table))} == names


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_is_written_over_without_force(target: str, tmp_path: Path) -> None:
    """If one of its files is there, none is written; --force writes all."""
    for name in FILES[target]:
        folder = tmp_path / name
        folder.mkdir()
        (folder / name).write_text("mine", encoding="utf-8")
        call = ("export", str(folder / NAMED[target]), "--facts", SMALL, "--lang", "en")
        refused = shkc(*call)
        assert (refused.status, refused.err) == (2, f"shkc: {folder / name} exists; --force writes over it\n")
        assert [path.name for path in folder.iterdir()] == [name]
        assert (folder / name).read_text(encoding="utf-8") == "mine"
        written = ", ".join(str(folder / each) for each in FILES[target])
        assert shkc(*call, "--force") == Answer(0, "", f"written: {written}\n")
        assert (folder / name).read_bytes() != b"mine"


def test_what_proves_a_growth_and_what_follows_from_it_stand_beside_it(workbook: Any, tmp_path: Path) -> None:
    """Excerpts for growth, share and rank; the year before and the whole, computed, with bounds, as in `show`."""
    rows_by_id = {row["ID"]: row for row in rows(workbook["数字"]) if row["报告"] == "2031青山科技报告"}
    codes = export(tmp_path, "datapackage").with_name("fact.csv").read_text(encoding="utf-8")
    by_id = {row["id"]: row for row in csv.DictReader(io.StringIO(codes))}
    shown = shkc("show", *(fact["id"] for fact in listed("--kind", "metric")), "--json", "--facts", SMALL)
    proven = computed = 0
    for fact in json.loads(shown.out, parse_float=Decimal):
        row, cells = rows_by_id[fact["id"]], by_id[fact["id"]]
        for part in ("change", "share", "rank"):
            (excerpt,) = [each["excerpt"] for each in fact["details"]["evidence"] if each["of"] == part] or [None]
            assert cells[f"{part}_excerpt"] == (excerpt or "")
            proven += excerpt is not None
        assert row["变化的佐证"] == (cells["change_excerpt"] or None)
        for rule, head in (("previous", "上年"), ("whole", "整体")):
            for follows in (each for each in fact["computed"] if each["rule"] == rule):
                ends = [follows["value"], follows["low"], follows["high"]]
                names = [rule, f"{rule}_low", f"{rule}_high"]
                assert [cells[name] for name in names] == ["" if end is None else str(end) for end in ends]
                assert Decimal(str(row[f"{head}（推算）"])) == follows["value"]
                computed += 1
    assert proven >= 5
    assert computed >= 3


def test_people_read_words_and_programs_terms(tmp_path: Path) -> None:
    """Where heads are in the language of the call, terms are, and English has English units; data have terms."""
    by_id = {}
    for language in ("zh", "en"):
        table = export(tmp_path, "csv", "--force", "--lang", language).read_text(encoding="utf-8-sig")
        by_id[language] = {row["ID"]: row for row in csv.DictReader(io.StringIO(table))}
    chinese, english = (by_id[language]["rd-expenditure"] for language in ("zh", "en"))
    assert (chinese["种类"], chinese["限定"], chinese["变化的基准"], chinese["单位"]) == ("数字", "约", "同比", "亿元")
    assert [english[head] for head in ("Kind", "Qualifiers", "Basis of change", "Unit")] == [
        "figure",
        "about",
        "year on year",
        "CNY 100 million",
    ]
    assert by_id["en"]["innovation-rank"]["Unit"] == "rank"
    assert by_id["en"]["festival-visitors"]["Unit"] == "10,000 people"
    table = export(tmp_path, "datapackage").with_name("fact.csv").read_text(encoding="utf-8")
    (row,) = [row for row in csv.DictReader(io.StringIO(table)) if row["id"] == "rd-expenditure"]
    assert (row["kind"], row["qualifiers"], row["change_basis"]) == ("metric", "about", "yoy")


def test_a_workbook_of_a_part_is_about_that_part(tmp_path: Path) -> None:
    """The sources count the facts that are in it, and there is no sheet without facts."""
    book = openpyxl.load_workbook(export(tmp_path, "xlsx", "--unit", "亿元"))
    assert book.sheetnames == ["数字", "来源"]
    (source, *_) = rows(book["来源"])
    assert (source["本文件的数字"], source["本文件的里程碑"]) == (2, 0)


def test_a_section_leads_to_the_one_above(database: sqlite3.Connection) -> None:
    """Its parent, none for a root."""
    parents = dict(database.execute("SELECT key, parent FROM section"))
    assert parents["qingshan-2031/platforms"] == "qingshan-2031/companies-and-talent"
    assert any(parent is None for parent in parents.values())


def test_an_order_and_a_number_pick_as_in_a_list(tmp_path: Path) -> None:
    """--sort and --limit are options of list, too."""
    words = ("--has", "增长", "--sort", "growth", "--limit", "2")
    table = export(tmp_path, "csv", *words).read_text(encoding="utf-8-sig")
    assert [row["ID"] for row in csv.DictReader(io.StringIO(table))] == [fact["id"] for fact in listed(*words)]


def test_a_guess_never_writes_over_a_file(tmp_path: Path) -> None:
    """--force is not suggested for an option that there is not."""
    answer = shkc("export", str(tmp_path / "facts.csv"), "--forse", "--lang", "en")
    assert (answer.status, answer.err) == (2, "shkc: no option --forse; see shkc export --help\n")


def test_to_says_the_kind_whatever_the_name(tmp_path: Path) -> None:
    """Without it, a name must tell."""
    path = tmp_path / "facts.db"
    unknown = shkc("export", str(path), "--facts", SMALL, "--lang", "en")
    assert unknown == Answer(
        2,
        "",
        f"shkc: {path}: which kind of file? end its name with .xlsx, .csv, .sqlite, datapackage.json, or say --to\n",
    )
    assert shkc("export", str(path), "--to", "sqlite", "--facts", SMALL).status == 0
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_no_file_is_made_of_nothing(tmp_path: Path) -> None:
    """Exit status 1, as for a list with nothing in it."""
    path = tmp_path / "facts.csv"
    answer = shkc("export", str(path), "--unit", "光年", "--facts", SMALL, "--lang", "en")
    assert (answer.status, answer.out) == (1, "")
    assert answer.err.startswith("no figure has the unit “光年”; there are ")
    assert not path.exists()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """One line, exit status 2."""
    answer = shkc("export", str(tmp_path / "nowhere" / "facts.csv"), "--facts", SMALL, "--lang", "en")
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert "cannot be written" in answer.err


def test_the_command_has_every_target() -> None:
    """The targets of the command line are those of the table."""
    assert [to.value for to in To] == [*TARGETS, "parquet"]
