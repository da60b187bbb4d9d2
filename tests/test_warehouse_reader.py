"""The reader of a warehouse answers every question as that of an index does."""

from __future__ import annotations

from pathlib import Path

from support import YEARS

from shkc.facts.model import Metric
from shkc.facts.records import decode
from shkc.paths import fact_files
from shkc.store.index import opened
from shkc.store.read import Reader
from shkc.store.selection import Selection
from shkc.store.warehouse.export import export
from shkc.text.words import grams


def every_answer(reader: Reader) -> dict[str, list[object]]:
    """What *reader* answers, by question; most questions in every form."""
    facts = list({fact.id: fact for fact in map(decode, reader.browse(Selection()))}.values())
    names = [name for fact in facts for name in (fact.id, fact.name, fact.name_en)] + ["研发", "没有"]
    places = (reader.names.scopes[:1], ("没有",), ())
    namings = sorted({entry.id for fact in facts for entry in reader.entries(grams(fact.name[:2]), None)})
    values = [float(fact.normalized.value) for fact in facts if isinstance(fact, Metric)]
    of = facts[0].source
    return {
        "named": [
            (name, kind, grade, record)
            for name in names
            for kind in (None, "metric", "milestone")
            for grade, found in reader.named(name, kind)
            for record in found
        ],
        "records named": [reader.records_named(name) for name in names],
        "in series": [reader.records_in_series(name) for name in names],
        "of a report": [reader.records_of(report, names[:4]) for report in (1 << 20, 2 << 20, 7)],
        "reports of": [
            reader.reports_of(key, title, year)
            for key in (facts[0].id, "没有")
            for title, year in ((of.report, of.year), ("没有", of.year), (of.report, 1))
        ],
        "called": [
            sorted(reader.facts_called(naming, year, within))
            for naming in namings
            for year in (None, 2030, 1999)
            for within in places
        ],
        "newest first": [[year for _, year, _ in reader.facts_called(naming)] for naming in namings],
        "printing": [sorted(set(reader.facts_printing(str(value)))) for value in range(20)],
        "worth": [
            sorted(reader.facts_worth(base, low, low * 2))
            for low in (min(values), max(values))
            for base in ("CNY", "", "没有")
        ],
        "entries": [
            [(entry.names, entry.years) for entry in reader.entries(grams("技术合同"), kind, (), within, (2030, 1999))]
            for kind in (None, "metric", "milestone")
            for within in places
        ],
        "others": [
            reader.names.frequencies(grams("技术合同")),
            *((reader.ids_beginning(name[:4]), reader.names_beginning(name[:2])) for name in names),
            *(sorted(reader.names.years), reader.names.scopes, reader.units(), reader.categories(), reader.reports()),
            *(reader.sections(), reader.sections_called("综述"), reader.has_several_reports()),
        ],
    }


def test_a_reader_answers_as_that_of_an_index(tmp_path: Path) -> None:
    """Every question that the rest of shkc has."""
    place = tmp_path / "warehouse"
    assert export(fact_files([YEARS]), str(place), force=False, cluster=None, progress=None) == []
    expected = opened([YEARS], None).ask(every_answer)
    found = opened([place], None).ask(every_answer)
    for question, answers in expected.items():
        assert any(answers), question
        assert found[question] == answers, question
