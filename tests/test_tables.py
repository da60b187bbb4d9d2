"""The tables of units and hedges: well formed, the same in both their forms, and used by everyone who reads."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import tomli
from conftest import REWRITTEN

from shkc.draft.report import draft
from shkc.facts.model import Qualifier
from shkc.search import vocabulary
from shkc.text import amounts, hedges, lexicon, quantity, units
from shkc.text.numerals import fold_width

SYMBOLS = [
    symbol for content in lexicon.table("units").values() for u in content.get("units", ()) for symbol in u["symbols"]
]
HEDGES = lexicon.table("hedges")["hedge"]
BEFORE = [(word, hedge["term"]) for hedge in HEDGES if hedge["term"] for word in hedge.get("before", ())]
NEGATED = [(word, hedge["negated"]) for hedge in HEDGES if "negated" in hedge for word in hedge["before"]]
BEHIND = [(word, hedge["term"]) for hedge in HEDGES for word in hedge.get("behind", ())]


def _toml(path: Path) -> dict[str, Any]:
    return tomli.loads(path.read_text(encoding="utf-8"))


WRITTEN = {
    lexicon.COMPILED: {name: _toml(lexicon.COMPILED.with_name(f"{name}.toml")) for name in lexicon.SOURCES},
    vocabulary.COMPILED: _toml(vocabulary.COMPILED.with_suffix(".toml")),
}
"""What is read instead of TOML files, and their content."""


@pytest.mark.parametrize("compiled", WRITTEN, ids=lambda path: path.name)
def test_what_runs_is_what_people_write(compiled: Path, request: pytest.FixtureRequest) -> None:
    """A JSON file has the content of its TOML files; `pytest --regenerate` writes it."""
    content = WRITTEN[compiled]
    if request.config.getoption("--regenerate") and content != lexicon.compiled(compiled):
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
        compiled.write_text(text, encoding="utf-8")
        REWRITTEN.append(compiled.name)
    assert lexicon.compiled(compiled) == content


def test_a_symbol_is_one_unit() -> None:
    """No symbol stands twice."""
    assert len(SYMBOLS) == len(set(map(fold_width, SYMBOLS)))


def test_the_terms_are_those_of_the_contract() -> None:
    """Hedges have the terms of the JSON contract, in its order."""
    assert Qualifier.__args__ == hedges.QUALIFIERS  # type: ignore[attr-defined] # a Literal has its values so
    assert {hedge["term"] for hedge in HEDGES} - {""} == set(hedges.QUALIFIERS)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_unit_is_read_by_everyone(symbol: str) -> None:
    """The fact file, the report, the question and the option read the same unit, with the same base."""
    words = f"平均年限达7.5{symbol}。"
    value, base = units.to_base(Decimal("7.5"), symbol), units.base_unit(symbol)
    reading = quantity.read(words, Decimal("7.5"), symbol)
    assert reading is not None and reading.display == f"7.5{symbol}"
    (metric,) = (metric for paragraph in draft(words, year=2023).paragraphs for metric in paragraph.metrics)
    assert (metric.value, metric.unit) == (Decimal("7.5"), symbol)
    assert [(found.value, found.unit) for found in amounts.numbers_in(words)] == [(value, base)]
    assert amounts.amount(f"7.5{symbol}") == (value, base)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_a_unit_has_all_its_properties(symbol: str) -> None:
    """A dimension, an exact factor that goes there and back, one or two English names."""
    unit = units.known()[fold_width(symbol)]
    assert unit.dimension and unit.factor > 0 and len(unit.english) in (1, 2)
    assert units.from_base(units.to_base(Decimal("3.7"), symbol), symbol) == Decimal("3.7")
    assert units.is_count(symbol) is not unit.continuous


@pytest.mark.parametrize(("unit", "other", "factor"), [
    ("兆瓦", "千瓦", 1000), ("亿千瓦时", "度", 0), ("公顷", "平方米", 10000), ("吨", "斤", 2000), ("公里", "米", 1000),
])  # fmt: skip
def test_units_of_one_base_convert(unit: str, other: str, factor: int) -> None:
    """300兆瓦 and 300千瓦 are both power, and both rounded; 度 alone says not what it measures."""
    same = units.base_unit(unit) == units.base_unit(other)
    assert same is (factor > 0)
    if same:
        assert units.to_base(Decimal(1), unit) == units.to_base(Decimal(factor), other)
    assert not units.is_count(unit) and not units.is_count(other)


@pytest.mark.parametrize(("word", "follows"), lexicon.table("units")["not_before"].items())
def test_a_unit_is_none_where_it_begins_a_word(word: str, follows: str) -> None:
    """3分公司 has no unit 分."""
    assert units.unit_of(word) is not None
    for behind in follows.split("|"):
        printed = units.printed_at(f"3{word}{behind.removeprefix('[')}", 1)
        assert printed is None or printed.symbol != word


@pytest.mark.parametrize(("word", "term"), BEFORE)
def test_a_hedge_before_a_number_is_read_by_everyone(word: str, term: str) -> None:
    """In a fact file, in a report and in a question."""
    reading = quantity.read(f"企业{word}120家", Decimal(120), "家")
    assert reading is not None and term in reading.qualifiers
    (asked,) = amounts.numbers_in(f"企业{word}120家")
    assert term in asked.qualifiers
    (metric,) = (metric for p in draft(f"全市企业{word}120家。", year=2023).paragraphs for metric in p.metrics)
    assert term in metric.qualifiers


@pytest.mark.parametrize(("word", "term"), BEHIND)
def test_a_hedge_behind_a_number_is_read_by_everyone(word: str, term: str) -> None:
    """As before it."""
    reading = quantity.read(f"企业120家{word}", Decimal(120), "家")
    assert reading is not None and term in reading.qualifiers
    (asked,) = amounts.numbers_in(f"企业120家{word}")
    assert term in asked.qualifiers


@pytest.mark.parametrize("negation", ["不", "未", "没有", "未能", "不得"])
@pytest.mark.parametrize(("word", "term"), NEGATED)
def test_a_negated_hedge_means_what_it_says(negation: str, word: str, term: str) -> None:
    """未超过 is at most, 不低于 at least, 未达到 below."""
    for words in (f"企业{negation}{word}120家", f"企业{negation}{word}了120家"):
        reading = quantity.read(words, Decimal(120), "家")
        assert reading is not None and reading.qualifiers == (term,)
        assert reading.display == f"{negation}{word}120家"


@pytest.mark.parametrize(("words", "term"), [(w, h["term"]) for h in HEDGES for w in h.get("english", ())])
def test_an_english_hedge_is_read_in_a_question(words: str, term: str) -> None:
    """More than, at least, up to."""
    (asked,) = amounts.numbers_in(f"which has {words} 24 thousand enterprises?")
    assert (asked.qualifiers, asked.value) == ((term,), Decimal(24000))
