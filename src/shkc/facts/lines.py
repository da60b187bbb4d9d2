"""In which line of a TOML text each key stands."""

from __future__ import annotations

import re

Place = tuple[str, int, str]
"""Where something stands in a file: table, which one of that name (from 0), key; "" as key is the table itself."""

_TEXT = re.compile(
    r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*",
    re.DOTALL,
)

_HEADER = re.compile(r"\s*\[{1,2}\s*([\w-]+)(?:\s*\.\s*([\w-]+))?\s*\]")

_KEY = re.compile(r"\s*[\"']?([\w-]+)[\"']?\s*[=.]")

_TELLING = re.compile(r"^.*[\[\]{}=].*$", re.MULTILINE)
"""A line that has a header, a key or a bracket; those of blanks and comments alone would take minutes one by one."""


def key_lines(text: str) -> dict[Place, int]:
    """The line of each key of a TOML *text*: place → line from 1. Multi-line strings and arrays are passed over."""
    lines: dict[Place, int] = {("", 0, ""): 1}
    counts: dict[str, int] = {}
    table, number, depth = "", 0, 0
    # Without what looks like TOML inside strings and comments, only a line at depth 0 can begin with a header or key.
    bare = _TEXT.sub(lambda match: re.sub(r"[\[\]{}=.]", " ", match[0]), text)
    line_number, reached = 1, 0
    for telling in _TELLING.finditer(bare):
        line_number += bare.count("\n", reached, telling.start())
        line, reached = telling[0], telling.start()
        header, key = _HEADER.match(line), _KEY.match(line)
        if depth == 0 and header and header[2]:  # [metric.change] belongs to the [[metric]] above it
            table, number = header[1], max(0, counts.get(header[1], 0) - 1)
            lines.setdefault((table, number, header[2]), line_number)
            table = f"{table}.{header[2]}"
        elif depth == 0 and header:
            table = header[1]
            number = counts.get(table, 0)
            counts[table] = number + 1
            lines[table, number, ""] = line_number
        elif depth == 0 and key:
            lines.setdefault((table, number, key[1]), line_number)
        depth = max(0, depth + len(re.findall(r"[\[{]", line)) - len(re.findall(r"[\]}]", line)))
    return lines
