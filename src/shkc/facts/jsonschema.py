"""The JSON Schemas (draft 2020-12) of the output and of the fact file, derived from their types."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec

from shkc.facts.entries import FactFileEntry
from shkc.facts.model import (
    CacheState,
    Citation,
    Coverage,
    DetailedMetric,
    DetailedMilestone,
    Difference,
    FileProblem,
    Metric,
    Milestone,
    SectionCount,
    TrendMetric,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def output() -> str:
    """The JSON Schema of what every command prints as JSON: an array of values of one kind.

    The lines of `--format jsonl` are the elements of such an array; `batch` has lines of its own.
    """
    facts = [Metric, Milestone]
    details = [DetailedMetric, DetailedMilestone]
    others = [TrendMetric, Difference, SectionCount, Coverage, FileProblem, CacheState, Citation]
    types = (*facts, *details, *others)
    references, definitions = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    reference = dict(zip(types, references, strict=True))
    items = [{"anyOf": [reference[form] for form in forms]} for forms in (facts, details)]
    items += [reference[form] for form in others]
    return _document(
        {
            "$schema": _DIALECT,
            "title": "Output of shkc --format json, and a line of shkc batch",
            "anyOf": [
                *({"type": "array", "items": item} for item in items),
                _line_of_batch(facts={"type": "array", "items": items[0], "minItems": 1}),
                _line_of_batch(
                    facts={"type": "array", "maxItems": 0},
                    near={"type": "array", "items": _object(score={"type": "number"}, fact=items[0])},
                    message={"type": "string"},
                ),
                _line_of_batch(error={"type": "string"}),
            ],
            "$defs": definitions,
        }
    )


def fact_file() -> str:
    """The JSON Schema of a fact file, for editors."""
    schema = msgspec.json.schema(FactFileEntry)
    return _document({"$schema": _DIALECT, "title": "Fact file of shkc", **schema})


def _line_of_batch(**properties: dict[str, Any]) -> dict[str, Any]:
    """A line with *properties*; when files of the base are wrong, with those that are left out."""
    line = _object(query={"type": "string"}, **properties)
    left_out = _object(
        path={"type": "string"},
        line={"anyOf": [{"type": "integer"}, {"type": "null"}]},
        message={"type": "string"},
        problems={"type": "integer"},
    )
    line["properties"] |= {"left_out": {"type": "array", "items": left_out}, "more_left_out": {"type": "integer"}}
    return line


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _document(schema: dict[str, Any]) -> str:
    return msgspec.json.format(msgspec.json.encode(_as_written(schema)), indent=2).decode() + "\n"


def _as_written(schema: Any) -> Any:
    """*schema* with decimals as the numbers that they are written as; msgspec describes them as strings.

    Descriptions, which are docstrings, lose the indentation that Python before 3.13 leaves in them.
    """
    if isinstance(schema, list):
        return [_as_written(part) for part in schema]
    if isinstance(schema, str):
        return cleandoc(schema)
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        rest = {key: value for key, value in schema.items() if key not in ("format", "type")}
        return {"type": "number", **rest}
    return {key: _as_written(part) for key, part in schema.items()}
