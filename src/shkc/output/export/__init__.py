"""Facts as files for other programs: spreadsheets, databases, data packages. `targets` has the table of them."""
