"""The JSON of every command is what `shkc schema` says, every fact file what `shkc schema --facts` says."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import tomli  # noqa: TID251 # reads fact files without factbase.py
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # has no types
from support import BOTH, DATA, FACT_COMMANDS, ROOT, SMALL, SMALL_TEXT, YEARS, shkc

CALLS = {
    **{name: (*words, "--facts", BOTH) for name, words in FACT_COMMANDS.items()},
    "bundled": ("list",),
    "bundled sections": ("sections",),
    "nothing": ("metric", "月球基地"),
    "sections": ("sections", "--facts", BOTH),
    "cite": ("cite", "rd-expenditure", "synergy-plan", "--facts", BOTH),
    "check": ("check", BOTH),
    "check wrong": ("check", str(DATA / "wrong.toml")),
    "trend": ("trend", "研发投入强度", "--facts", YEARS),
    "trend of places": ("trend", "contract-value", "--facts", YEARS),
    "diff": ("diff", str(DATA / "years" / "qingshan-2030.toml"), str(DATA / "years" / "qingshan-2031.toml")),
    "diff of nothing": ("diff", SMALL, SMALL),
    "verify": ("verify", SMALL_TEXT, "--facts", SMALL),
    "verify gaps": ("verify", str(DATA / "gaps.txt"), "--facts", SMALL),
}
FACT_FILES = [ROOT / "facts.toml", *sorted(Path(BOTH).iterdir()), *sorted(Path(YEARS).iterdir())]


@pytest.fixture(scope="module")
def output() -> Draft202012Validator:
    """A validator of output."""
    return Draft202012Validator(shkc("schema").json)


@pytest.fixture(scope="module")
def fact_file() -> Draft202012Validator:
    """A validator of fact files."""
    return Draft202012Validator(shkc("schema", "--facts").json)


def small() -> dict[str, Any]:
    """The invented fact file as a document."""
    return tomli.loads(Path(SMALL).read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", [("schema",), ("schema", "--facts")])
def test_the_schemas_are_schemas(words: tuple[str, ...]) -> None:
    """Both are valid JSON Schemas of the dialect that they name."""
    schema = shkc(*words).json
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", CALLS)
def test_the_json_of_a_command_validates(name: str, output: Draft202012Validator) -> None:
    """Whatever a command prints as JSON is valid."""
    assert list(output.iter_errors(shkc(*CALLS[name], "--json").json)) == []


def test_the_details_of_every_bundled_fact_validate(output: Draft202012Validator) -> None:
    """So is all that is known about every bundled fact."""
    ids = shkc("list", "-f", "json").json
    assert list(output.iter_errors(shkc("show", *(fact["id"] for fact in ids), "--json").json)) == []


@pytest.mark.parametrize("path", FACT_FILES, ids=lambda path: path.name)
def test_a_fact_file_validates(path: Path, fact_file: Draft202012Validator) -> None:
    """Every fact file that shkc reads is valid."""
    assert list(fact_file.iter_errors(tomli.loads(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("value", "4850"),
        ("kind", "figure"),
        ("id", None),
        ("qualifiers", ["roughly"]),
        ("change", 5),
        ("normalized", None),
        ("source", {}),
    ],
)
def test_a_wrong_output_does_not_validate(key: str, value: object, output: Draft202012Validator) -> None:
    """A value of another type is noticed."""
    facts = shkc("list", "--facts", SMALL, "--json").json
    assert not output.is_valid([{**facts[0], key: value}])


def test_an_output_without_a_key_does_not_validate(output: Draft202012Validator) -> None:
    """Every key of the contract is there, null or not."""
    fact = shkc("metric", "孵化器数", "--facts", SMALL, "--json").json[0]
    missing = [{k: v for k, v in fact.items() if k != key} for key in fact]
    assert [list(part) for part in missing if output.is_valid([part])] == []


def test_a_single_object_does_not_validate(output: Draft202012Validator) -> None:
    """Output is an array."""
    assert not output.is_valid(shkc("metric", "孵化器数", "--facts", SMALL, "--json").json[0])


@pytest.mark.parametrize(
    ("table", "key", "value"),
    [
        ("metric", "value", "12"),
        ("metric", "excerpt", "长" * 31),
        ("metric", "qualifiers", ["roughly"]),
        ("metric", "paragragh", 1),
        ("metric", "paragraph", 0),
        ("metric", "id", "Not An Id"),
        ("metric", "change", {"value": 1}),
        ("milestone", "category", "party"),
        ("section", "number", "one"),
        ("exception", "paragraphs", []),
    ],
)
def test_a_wrong_fact_file_does_not_validate(
    table: str, key: str, value: object, fact_file: Draft202012Validator
) -> None:
    """What `check` refuses by its shape, an editor with the schema marks too."""
    document = copy.deepcopy(small())
    document[table][0][key] = value
    assert not fact_file.is_valid(document)


@pytest.mark.parametrize("table", ["report", "section", "format"])
def test_a_fact_file_without_its_head_does_not_validate(table: str, fact_file: Draft202012Validator) -> None:
    """Format, report and sections are required."""
    document = small()
    del document[table]
    assert not fact_file.is_valid(document)


def test_the_schema_for_editors_is_current() -> None:
    """docs/facts.schema.json, which facts.toml names, is what `shkc schema --facts` prints."""
    assert (ROOT / "docs" / "facts.schema.json").read_text(encoding="utf-8") == shkc("schema", "--facts").out
