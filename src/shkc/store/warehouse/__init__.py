"""Facts as Parquet for many readers and other engines: Parquet stores, DuckDB reads, SQLite has the names."""
