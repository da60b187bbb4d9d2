"""The tables of the index, and how a connection is set up to read or write them."""

import sqlite3
import zlib

VERSION = 15
"""Of the schema and of what its columns mean; another version is another file."""

READING_CACHE = 8000
"""Kilobytes of the index that a lookup holds: the pages that the reports of one year take among thousands."""

WRITING_CACHE = 64_000
"""Kilobytes of it that a build holds."""

_CHECKSUM = 4
"""Bytes of a checksum."""

_BEGUN = 0x73686B63
"""What checksums of records begin with: begun with 0, that of zeros of any number would be 0."""

# Of a record that is kept with its checksum, a query sees the record; reading a damaged one is an error.
_TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE report (id INTEGER PRIMARY KEY, path TEXT UNIQUE, stamp TEXT, digest TEXT, key TEXT, title TEXT,
                     title_en TEXT, year INTEGER, scope TEXT, scope_en TEXT, kept_content BLOB,
                     content BLOB AS (sound(kept_content)));
CREATE TABLE left_out (path TEXT PRIMARY KEY, stamp TEXT, digest TEXT, repeats INTEGER, problems INTEGER, line INTEGER,
                       zh TEXT, en TEXT) WITHOUT ROWID;
CREATE TABLE territory (scope TEXT, scope_en TEXT);
CREATE TABLE year (year INTEGER PRIMARY KEY);
CREATE TABLE section (id INTEGER PRIMARY KEY, report INTEGER, parent INTEGER, key TEXT, number TEXT, title TEXT,
                      short TEXT, short_en TEXT);
CREATE TABLE naming (id INTEGER PRIMARY KEY, identity TEXT UNIQUE, kind TEXT, quantity_kind TEXT, measure TEXT,
                     of_years INTEGER, is_planned INTEGER, is_hedged INTEGER, part_of TEXT, names TEXT, phrases TEXT,
                     pinyin TEXT, support TEXT, related TEXT);
CREATE TABLE gram (gram TEXT PRIMARY KEY, namings INTEGER, metrics BLOB, milestones BLOB) WITHOUT ROWID;
CREATE TABLE exact (form TEXT, naming INTEGER, grade INTEGER, PRIMARY KEY (form, naming)) WITHOUT ROWID;
CREATE TABLE fact (id INTEGER PRIMARY KEY, naming INTEGER, report INTEGER, section INTEGER, kind TEXT,
                   key TEXT, series TEXT, paragraph INTEGER, year INTEGER, unit TEXT, base TEXT, value REAL,
                   kept_record BLOB, kept_details BLOB, record BLOB AS (sound(kept_record)),
                   details BLOB AS (sound(kept_details)));
CREATE TABLE number (digits TEXT, fact INTEGER, unit TEXT, PRIMARY KEY (digits, fact, unit)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS fact_naming ON fact (naming, year DESC, report);
CREATE INDEX IF NOT EXISTS fact_key ON fact (key);
CREATE INDEX IF NOT EXISTS fact_value ON fact (base, value);
CREATE INDEX IF NOT EXISTS fact_series ON fact (series);
CREATE INDEX IF NOT EXISTS fact_section ON fact (section);
CREATE INDEX IF NOT EXISTS fact_report ON fact (report, paragraph);
CREATE INDEX IF NOT EXISTS section_report ON section (report);
CREATE INDEX IF NOT EXISTS report_key ON report (key);
CREATE INDEX IF NOT EXISTS report_scope ON report (scope);
CREATE INDEX IF NOT EXISTS report_scope_en ON report (scope_en);
"""


class DamagedRecordError(ValueError):
    """A record is not as it was written."""


def with_checksum(record: bytes) -> bytes:
    """*record* as it is kept."""
    return record + zlib.crc32(record, _BEGUN).to_bytes(_CHECKSUM, "little")


def without_checksum(kept: bytes) -> bytes:
    """The record that is *kept*, which was just made."""
    return kept[:-_CHECKSUM]


def _sound(kept: bytes) -> bytes:
    """The record that is *kept*. SQLite makes an `sqlite3.OperationalError` of what this raises."""
    record = kept[:-_CHECKSUM]
    if zlib.crc32(record, _BEGUN) != int.from_bytes(kept[-_CHECKSUM:], "little"):
        raise DamagedRecordError
    return record


def prepare(connection: sqlite3.Connection) -> None:
    """Give *connection* what the tables are read with."""
    connection.create_function("sound", 1, _sound, deterministic=True)
    # Some builds of SQLite let no table call a function of the program; nobody else has written these.
    connection.execute("PRAGMA trusted_schema = ON")


def create_tables(connection: sqlite3.Connection) -> None:
    """Create the tables where there are none, in the transaction of *connection*."""
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        execute(connection, _TABLES)


def create_indexes(connection: sqlite3.Connection) -> None:
    """Create the indexes, which takes less time when the tables are full."""
    execute(connection, _INDEXES)


def execute(connection: sqlite3.Connection, statements: str) -> None:
    """Execute *statements* one by one: `executescript` would end the transaction."""
    for statement in statements.split(";"):
        connection.execute(statement)
