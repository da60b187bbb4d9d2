"""From the text of a report to a proposed fact file: outline, numerals, statements, names, excerpts, milestones."""
