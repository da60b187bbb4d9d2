"""The JSON Schemas (draft 2020-12) of the output and of the fact file, derived from their types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from inspect import cleandoc
from typing import Any

import msgspec
from msgspec import Struct

from shkc.facts.entries import FactFileEntry
from shkc.facts.model import (
    CacheState,
    Citation,
    Computed,
    Coverage,
    DetailedMetric,
    DetailedMilestone,
    Difference,
    FileProblem,
    Metric,
    Milestone,
    ReportCount,
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


def agent_answer(facts: Sequence[type[Struct]], more: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON Schema of an answer to an agent: its facts are of the types *facts*, with the properties *more*, too.

    Without types, a fact has these properties at least.
    """
    (report, computed, *references), definitions = msgspec.json.schema_components(
        (ReportCount, Computed, *facts, Metric, Milestone), ref_template="#/$defs/{name}"
    )
    scored = {"score": {"type": ["number", "null"]}, "reason": {"type": ["string", "null"]}}

    def items(own: Sequence[Any], properties: Mapping[str, Any]) -> dict[str, Any]:
        added = {"type": "object", "properties": properties, "required": list(properties)}
        return {"type": "array", "items": {"allOf": [{"anyOf": list(own)}, added]} if own else added}

    schema = _object(
        found={"type": "boolean"},
        facts=items(references[: len(facts)], {**scored, **more}),
        more={"type": "boolean"},
        near=items(references[len(facts) :], scored) if Metric in facts else {"type": "array", "maxItems": 0},
        computed={"anyOf": [computed, {"type": "null"}]},
        message={"type": "string"},
        reports={"type": "array", "items": report},
        report_count={"type": "integer"},
        left_out=_left_out(),
        left_out_count={"type": "integer"},
    )
    document: dict[str, Any] = _as_written({**schema, "$defs": definitions})
    return document


def fact_file() -> str:
    """The JSON Schema of a fact file, for editors."""
    schema = msgspec.json.schema(FactFileEntry)
    return _document({"$schema": _DIALECT, "title": "Fact file of shkc", **schema})


def _line_of_batch(**properties: dict[str, Any]) -> dict[str, Any]:
    """A line with *properties*; when files of the base are wrong, with those that are left out."""
    line = _object(query={"type": "string"}, **properties)
    line["properties"] |= {"left_out": _left_out(), "more_left_out": {"type": "integer"}}
    return line


def _left_out() -> dict[str, Any]:
    file = _object(
        path={"type": "string"},
        line={"anyOf": [{"type": "integer"}, {"type": "null"}]},
        message={"type": "string"},
        problems={"type": "integer"},
    )
    return {"type": "array", "items": file}


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
