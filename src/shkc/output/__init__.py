"""Facts as text: formats, columns, tables, cards and pictures."""
