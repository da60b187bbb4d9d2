"""Reading fact files: a file is valid, or its problems are told; there is no third outcome."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import SMALL

from shkc.errors import FactsError
from shkc.facts import load as factbase
from shkc.facts.lines import key_lines
from shkc.facts.model import Metric
from shkc.facts.records import record_of

TEXT = Path(SMALL).read_text(encoding="utf-8")
LINES = TEXT.splitlines()
WORDS = st.sampled_from(
    [
        *"\"'[]{}=,.#\n\t 0-",
        "[[metric]]\n",
        "[report]\n",
        "'''",
        '"""',
        "nan",
        "inf",
        "true",
        "1e9",
        "约",
        "\\u001b",
        "\ufeff",
        "value = 1\n",
        'unit = "%"\n',
        "2031-05-28",
        "[metric.change]\n",
        "0x10",
        "1_000",
        "99999999999999999999",
        "\r\n",
    ]
)


def outcome(text: str) -> list[int | None]:
    """The lines of the problems of *text*; none when it loads."""
    try:
        factbase.parse(text, "facts.toml")
    except FactsError as error:
        assert error.problems
        return [problem.line for problem in error.problems]
    return []


def inside(lines: list[int | None], text: str) -> bool:
    """Whether each of *lines* is one of *text*."""
    return all(line is not None and 1 <= line <= text.count("\n") + 1 for line in lines)


@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.lists(WORDS, max_size=3).map("".join))
def test_a_damaged_file_loads_or_tells_its_lines(at: int, length: int, words: str) -> None:
    """Whatever is cut out of a fact file or put into it, each problem names a line of the file."""
    text = TEXT[:at] + words + TEXT[at + length :]
    assert inside(outcome(text), text)


@given(st.integers(0, len(LINES) - 1), st.sampled_from(LINES))
def test_an_exchanged_line_loads_or_tells_its_lines(at: int, line: str) -> None:
    """Whatever line stands in place of another, each problem names a line of the file."""
    text = "\n".join([*LINES[:at], line, *LINES[at + 1 :]])
    assert inside(outcome(text), text)


@given(st.integers(0, len(LINES) - 1), st.integers(1, 12))
def test_missing_lines_are_told(at: int, count: int) -> None:
    """Whatever lines are missing, each problem names a line of the file."""
    text = "\n".join(LINES[:at] + LINES[at + count :])
    assert inside(outcome(text), text)


@settings(max_examples=250)
@given(
    st.sampled_from(sorted({line.split(" = ")[0] for line in LINES if " = " in line})),
    st.sampled_from(
        [
            "1",
            "-1",
            "0.5",
            '""',
            '"x"',
            "[]",
            "[[]]",
            "{}",
            "true",
            "nan",
            "-inf",
            "1e400",
            "2031-01-01",
            "[1]",
            '["x"]',
            "{ value = 1 }",
            "9223372036854775807",
            "07:30:00",
            "{ value = nan }",
        ]
    ),
)
@example("value", "nan")
@example("change", "{ value = nan, unit = '%', basis = 'yoy', excerpt = '5%' }")
def test_a_field_of_any_type_loads_or_tells_its_lines(key: str, value: str) -> None:
    """Whatever type a field has, the outcome is a valid file or problems with lines."""
    text = "\n".join(f"{key} = {value}" if line.startswith(f"{key} = ") else line for line in LINES)
    assert inside(outcome(text), text)


@given(st.text(max_size=200))
@example("\x00")
@example("a=" + "[" * 2000)
@example("a = 1e" + "9" * 30)
@example("a = " + "9" * 5000)
def test_any_text_loads_or_tells(text: str) -> None:
    """Text that is no fact file at all is told too."""
    assert outcome(text) != []


@given(st.decimals(0, 10**12, places=4).map(lambda value: str(value).rstrip("0").rstrip(".") or "0"), st.integers(0, 3))
def test_digits_survive_into_json(number: str, zeros: int) -> None:
    """Each digit of a value is in the JSON as the fact file has it."""
    value = number + (("" if "." in number else ".") + "0" * zeros if zeros else "")
    text = TEXT.replace("约320.5亿元", f"约{value}亿元").replace("value = 320.5", f"value = {value}")
    fact = factbase.parse(text, "facts.toml").records[0].fact
    assert isinstance(fact, Metric)
    assert str(json.loads(record_of(fact), parse_float=Decimal, parse_int=Decimal)["value"]) == str(Decimal(value))
    assert f'"value":{value},"unit"' in record_of(fact).decode()


# ── Lines ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "place", "line"),
    [
        ("a = 1\nb = 2", ("", 0, "b"), 2),
        ("[report]\nid = 1", ("report", 0, "id"), 2),
        ("[[metric]]\nid = 1\n[[metric]]\nid = 2", ("metric", 1, "id"), 4),
        ("[[metric]]\nid = 1\n[[metric]]\nid = 2", ("metric", 1, ""), 3),
        ('[[metric]]\n"id" = 1', ("metric", 0, "id"), 2),
        ("[[ metric ]] # a\n  id=1", ("metric", 0, "id"), 2),
        ("[[metric]]\nchange.value = 1", ("metric", 0, "change"), 2),
        ('a = """\nb = 1\n"""\nb = 2', ("", 0, "b"), 4),
        ("a = '''x'''\nb = 2", ("", 0, "b"), 2),
        ('a = [\n  "b = 1",\n]\nb = 2', ("", 0, "b"), 4),
        ("# b = 1\nb = 2", ("", 0, "b"), 2),
        ("a = 1\r\nb = 2\r\n", ("", 0, "b"), 2),
    ],
)
def test_a_key_is_found_in_its_line(text: str, place: tuple[str, int, str], line: int) -> None:
    """Keys are located by table, number and name, whatever stands between."""
    assert key_lines(text)[place] == line


@given(st.text(max_size=300))
def test_lines_are_those_of_the_text(text: str) -> None:
    """No line is beyond the text, TOML or not."""
    assert all(1 <= line <= text.count("\n") + 1 for line in key_lines(text).values())


def test_an_error_prints_as_its_lines() -> None:
    """A Python user who prints the error sees what the command line tells."""
    with pytest.raises(FactsError) as raised:
        factbase.parse("format = 1\nreport = 1\n", "facts.toml")
    assert str(raised.value).splitlines() == [
        "facts.toml:1: the field section is missing",
        "facts.toml:2: report must be a table, not a whole number",
    ]
