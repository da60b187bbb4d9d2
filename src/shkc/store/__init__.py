"""Facts at rest: the SQLite index, how it is built, opened and read. All SQL is here."""
