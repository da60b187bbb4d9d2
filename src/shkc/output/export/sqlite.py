"""A SQLite database for Datasette, with the metadata that it shows beside the tables."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from shkc.language import Language, Text
from shkc.output.export.contents import Contents
from shkc.output.export.tables import Table, TableColumn, tables
from shkc.text import words

LONGEST_GRAM = 4
"""Characters of the longest piece of Chinese that the full text finds as one word."""

SEARCHED = ("name", "name_en", "aliases", "official_names", "excerpt", "section_title", "section_title_en")
"""The columns of facts that the full text is made of."""

_TYPES = {"text": "TEXT", "integer": "INTEGER", "decimal": "NUMERIC"}
_DIGITS = "_digits"
_COPIED = 1 << 20


def pieces(contents: Contents) -> Iterator[bytes]:
    """The database in pieces."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.sqlite")
        try:
            _write_database(path, contents)
        except sqlite3.OperationalError as error:  # the disk is full
            raise OSError(None, str(error)) from None
        with path.open("rb") as stream:
            while piece := stream.read(_COPIED):
                yield piece


def _write_database(path: Path, contents: Contents) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with connection:
            for table in tables(contents):
                _write(connection, table)
        connection.execute("VACUUM")


def _write(connection: sqlite3.Connection, table: Table) -> None:
    columns = _columns(table)
    keys = [f"PRIMARY KEY ({', '.join(table.key)})"]
    keys += [
        f"FOREIGN KEY ({column}) REFERENCES {other} ({_KEYS[other]})" for column, other in table.references.items()
    ]
    definitions = [f'"{c.name}" {_TYPES[c.form]}{" NOT NULL" if c.required else ""}' for c in columns]
    connection.execute(f"CREATE TABLE {table.name} ({', '.join([*definitions, *keys])})")
    marks = ", ".join("?" * len(columns))
    rows = (_cells(table.columns, row) for row in table.rows())
    connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)
    for column in table.references:
        connection.execute(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
    if table.name == "fact":
        _write_full_text(connection)


_KEYS = {"report": "id", "section": "key", "fact": "key"}
"""The column that other tables refer to."""


def _columns(table: Table) -> list[TableColumn]:
    """The columns of *table* in the database: beside each number that SQLite keeps as binary, its digits as text."""
    found = []
    for column in table.columns:
        found.append(column)
        if column.form == "decimal":
            digits = Text(f"{column.header.zh}，全部位数", f"{column.header.en}, every digit")
            found.append(TableColumn(column.name + _DIGITS, "text", digits))
    return found


def _cells(columns: Sequence[TableColumn], row: Sequence[object]) -> list[object]:
    cells: list[object] = []
    for column, cell in zip(columns, row, strict=True):
        if column.form != "decimal":
            cells.append(cell)
        elif isinstance(cell, Decimal):
            cells += [_number(cell), f"{cell:f}"]
        else:
            cells += [None, None]
    return cells


def _number(number: Decimal) -> int | float:
    """*number* as SQLite keeps it: whole ones exactly, as far as they fit."""
    whole = int(number)
    return whole if whole == number and abs(whole) < _FIRST_TOO_GREAT else float(number)


_FIRST_TOO_GREAT = 2**63
"""SQLite's integers have 64 bits."""


# ── Full text ───────────────────────────────────────────────────────────────────────────────────────


def _write_full_text(connection: sqlite3.Connection) -> None:
    """The table that Datasette searches: every piece of two to four Chinese characters is a word of its own.

    SQLite's tokenizers take a row of Chinese for one word, or find nothing shorter than three characters.
    """
    connection.execute("CREATE VIRTUAL TABLE fact_text USING fts5 (grams, content='', tokenize='unicode61')")
    connection.create_function("grams", -1, _grams, deterministic=True)
    connection.execute(f"INSERT INTO fact_text (rowid, grams) SELECT rowid, grams({', '.join(SEARCHED)}) FROM fact")


def _grams(*texts: str | None) -> str:
    return " ".join(dict.fromkeys(gram for text in texts if text for gram in _grams_of(text)))


def _grams_of(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        if not words.is_han(word):
            yield word
            continue
        for size in range(1, min(LONGEST_GRAM, len(word)) + 1):
            yield from (word[at : at + size] for at in range(len(word) - size + 1))


_WORD = re.compile(r"[\u3400-\u9fff]+|[^\W_\u3400-\u9fff]+")
"""A row of Chinese characters, or of letters and digits, as SQLite's tokenizer and the query `find` take it."""


# ── Metadata ────────────────────────────────────────────────────────────────────────────────────────


def metadata(contents: Contents, database: str, language: Language) -> Mapping[str, Any]:
    """What Datasette is told about *database*, the name of the file without its ending."""
    titles = [Text(report.title, report.title_en).to(language) for report in contents.reports]
    first = contents.reports[0]
    source = {"source": Text(first.publisher, first.publisher_en).to(language), "source_url": first.url}
    return {
        "title": Text("、", "; ").to(language).join(titles[:3]) + (" …" if len(titles) > 3 else ""),
        "description": _ABOUT.to(language),
        **{key: value for key, value in source.items() if value and len(contents.reports) == 1},
        "databases": {
            database: {
                "tables": {table.name: _about(table, language) for table in tables(contents)}
                | {"fact_text": {"hidden": True}},
                "queries": {"find": {"sql": _FIND, "title": _FIND_TITLE.to(language)}},
            }
        },
    }


_ABOUT = Text(
    "报告中的数字和里程碑，每条都有出处。数值照报告印出，*_digits 有全部位数；normalized、low、high 换算为基本单位。",
    "Figures and milestones of reports, each with its place. Values are as printed, *_digits has every digit of them; "
    "normalized, low and high are in base units.",
)
_FIND_TITLE = Text("按任意长度的中文或英文查事实", "Find facts by Chinese of any length, or English")
_FIND = """
WITH RECURSIVE typed (query) AS (
    SELECT lower(replace(replace(replace(replace(:q, '"', ' '), '&', ' '), '-', ' '), '/', ' ')) || ' '),
pair (at, term) AS (
    SELECT 1, substr(query, 1, 2) FROM typed
    UNION ALL SELECT at + 1, substr(query, at + 1, 2) FROM pair JOIN typed WHERE at + 1 < length(query)),
word (term, rest) AS (
    SELECT '', query FROM typed
    UNION ALL
    SELECT substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM word WHERE rest <> ''),
wanted (term) AS (
    SELECT term FROM pair WHERE unicode(term) >= 0x3400 AND unicode(substr(term, 2)) >= 0x3400
    UNION SELECT term FROM word WHERE term <> '' AND (term NOT GLOB '*[^ -~]*' OR length(term) = 1))
SELECT fact.* FROM fact WHERE rowid IN (
    SELECT rowid FROM fact_text WHERE grams MATCH (
        SELECT ifnull(group_concat('"' || term || '"', ' AND '), '""') FROM wanted))
"""
"""Every two neighbouring Chinese characters of the query must be there, and its other words whole."""


def _about(table: Table, language: Language) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": table.about.to(language),
        "columns": {column.name: column.header.to(language) for column in _columns(table)},
    }
    if table.name == "fact":
        hint = Text(
            "搜索框：两到四个字的词，可用空格隔开几个",
            "Search box: Chinese words of two to four characters, spaces between",
        )
        found["description"] += f"。{hint.zh}。" if language is Language.zh else f". {hint.en}."
        found |= {
            "fts_table": "fact_text",
            "fts_pk": "rowid",
            "label_column": "name",
            "facets": ["kind", "section", "unit"],
        }
    if table.name in ("report", "section"):
        found["label_column"] = "title"
    return found
