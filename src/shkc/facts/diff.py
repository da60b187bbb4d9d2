"""What two fact files do not have in common: facts that are new, gone, or state something else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from shkc.facts.load import FactFileContent, Record
from shkc.facts.model import Details, Difference, Fact, Metric, Report
from shkc.facts.relations import RULES


class Entry(NamedTuple):
    """A fact and the report that has it."""

    record: Record
    report: Report


_IN_DISPLAY = ("value", "unit")
"""Fields that the wording of the figure has within it: another wording tells of them."""

Key = tuple[str, str, str]
"""What a fact is found again by in another file: its report, its kind, its id."""


def differences(old: Sequence[FactFileContent], new: Sequence[FactFileContent]) -> list[Difference]:
    """What is new, what is gone and, field by field, what is changed from the files *old* to the files *new*.

    Where each side is one report, facts are matched by id, whatever the reports; else by report and id. The place of
    a fact, its excerpts included, is compared between versions of one report only: in another report it is another.
    """
    reports = [{content.report.id for content in side} for side in (old, new)]
    by_report = any(len(ids) > 1 for ids in reports)
    before, after = _entries(old, by_report), _entries(new, by_report)
    return [
        *(_whole(after[key], "new") for key in after if key not in before),
        *(_whole(before[key], "gone") for key in before if key not in after),
        *(change for key in after if key in before for change in _changes(before[key], after[key])),
    ]


def _entries(contents: Iterable[FactFileContent], by_report: bool) -> dict[Key, Entry]:
    return {
        (content.report.id if by_report else "", record.fact.kind, record.fact.id): Entry(record, content.report)
        for content in contents
        for record in content.records
    }


def _whole(entry: Entry, difference: Literal["new", "gone"]) -> Difference:
    fact = entry.record.fact
    states = fact.display if isinstance(fact, Metric) else fact.date
    return _difference(entry, difference, None, *((None, states) if difference == "new" else (states, None)))


def _changes(before: Entry, after: Entry) -> Iterator[Difference]:
    """Each field of a fact that is not what it was."""
    same_report = before.report.id == after.report.id
    old, new = (_fields(entry, with_place=same_report) for entry in (before, after))
    shown = _IN_DISPLAY if old.get("display") != new.get("display") else ()
    for field in old:
        if field not in shown and old[field].compared != new[field].compared:
            yield _difference(after, "changed", field, old[field].text or None, new[field].text or None)


def _difference(
    entry: Entry, difference: Literal["new", "gone", "changed"], field: str | None, old: str | None, new: str | None
) -> Difference:
    fact = entry.record.fact
    report = entry.report
    return Difference(
        fact.id, fact.kind, fact.name, fact.name_en, report.title, report.title_en, difference, field, old, new
    )


# ── Fields as text ──────────────────────────────────────────────────────────────────────────────────


class Field(NamedTuple):
    """The text of a field, and what of it is compared with that of another report."""

    text: str
    compared: str


def _fields(entry: Entry, *, with_place: bool) -> dict[str, Field]:
    """What a fact states, by the names of the output, each as text; *with_place*, where it states it, too."""
    fact, details = entry.record
    texts = {
        "name": fact.name,
        "name_en": fact.name_en,
        "aliases": _joined(details.aliases),
        **(
            _figure(fact)
            if isinstance(fact, Metric)
            else {"category": fact.category, "official_names": _joined(fact.official_names)}
        ),
        **_details(details),
        "note": fact.note or "",
        "note_en": details.note_en or "",
    }
    if with_place:
        texts |= {
            "section": fact.section.id,
            "paragraph": str(fact.source.paragraph),
            "excerpt": fact.source.excerpt,
            "evidence": _joined(evidence.excerpt for evidence in details.evidence),
        }
    fields = {name: Field(text, text) for name, text in texts.items()}
    return fields | _relative_fields(fact, entry.report)


def _relative_fields(fact: Fact, report: Report) -> dict[str, Field]:
    """The fields whose default is the report's, which is another in another report: the year and the territory."""
    if not isinstance(fact, Metric):
        return {"date": Field(fact.date, _relative(fact.date, report))}
    own = fact.scope == report.scope
    as_of = fact.as_of or ""
    return {
        "period": Field(fact.period, _relative(fact.period, report)),
        "as_of": Field(as_of, as_of and _relative(as_of, report)),
        "scope": Field(fact.scope, "" if own else fact.scope),
        "scope_en": Field(fact.scope_en or "", "" if own else fact.scope_en or ""),
    }


def _relative(day: str, report: Report) -> str:
    """*day* with the years from the report's year to it in place of its year."""
    return f"{int(day[:4]) - report.year}{day[4:]}"


def _figure(metric: Metric) -> dict[str, str]:
    return {
        "value": str(metric.value),
        "unit": metric.unit,
        "display": metric.display,
        "qualifiers": _joined(metric.qualifiers),
        "change": f"{metric.change.value:+f}{metric.change.unit} {metric.change.basis}" if metric.change else "",
        "share": f"{metric.share.value}{metric.share.unit} {metric.share.of}" if metric.share else "",
        "rank": f"{metric.rank.value} {metric.rank.of}" if metric.rank else "",
        "measure": metric.measure or "",
    }


def _details(details: Details) -> dict[str, str]:
    stated = (relation for relation in details.relations if relation.type in RULES)
    return {
        "counted_en": _joined(details.counted_en),
        "parts": details.parts or "",
        "relations": _joined(f"{relation.type} {relation.id}" for relation in stated),
        "who": _joined(details.who),
        "who_en": _joined(details.who_en),
        "where": _joined(details.where),
        "open_list": "true" if details.open_list else "",
        "series": details.series or "",
        "edition": details.edition or "",
    }


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)
