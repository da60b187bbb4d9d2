"""Figures in English: exact, worded by rule, and without a Chinese character where the facts have English."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from conftest import Golden
from hypothesis import given
from hypothesis import strategies as st
from support import SMALL, shkc

from shkc import open as open_facts
from shkc.facts import english
from shkc.facts import load as factbase
from shkc.facts.model import Change, DetailedMetric, DetailedMilestone, Metric, Rank, Share
from shkc.language import Language
from shkc.output import figures

HEAD = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]
CHINESE = re.compile("[\u3400-\u9fff]")


def metric(excerpt: str, value: object, unit: str, *more: str) -> Metric:
    """The figure that a fact file has with these lines."""
    names = 'id = "x"\nname = "数"\nname_en = "Figure"\nsection = "overview"\nparagraph = 1\n'
    lines = (f'excerpt = "{excerpt}"', f"value = {value}", f'unit = "{unit}"', *more)
    ((fact, _),) = factbase.parse(f"{HEAD}[[metric]]\n{names}" + "\n".join(lines), "facts.toml").records
    assert isinstance(fact, Metric)
    return fact


def hedged(*qualifiers: str) -> str:
    """The line of a fact file that says so."""
    names = ", ".join(f'"{name}"' for name in qualifiers)
    return f"qualifiers = [{names}]"


ENTERPRISES = 'counted_en = ["enterprise", "enterprises"]'
RANK = 'rank = { value = 5, of = "全球", %sexcerpt = "第5位" }'
PERMITS = 'counted_en = ["permit", "permits"]'


@pytest.mark.parametrize(
    ("excerpt", "value", "unit", "more", "expected"),
    [
        ("4850亿元", "4850", "亿元", (), "CNY 485 billion"),
        ("10.7亿元", "10.7", "亿元", (), "CNY 1.07 billion"),
        ("29.11亿元", "29.11", "亿元", (), "CNY 2.911 billion"),
        ("超9.5亿元", "9.5", "亿元", (hedged("over"),), "over CNY 950 million"),
        ("1.50万亿元", "1.50", "万亿元", (), "CNY 1.50 trillion"),
        ("300万美元", "300", "万美元", (), "USD 3 million"),
        ("8500元", "8500", "元", (), "CNY 8,500"),
        ("30万元", "30", "万元", (), "CNY 300,000"),
        ("3-5亿元", "3", "亿元", ("upper = 5",), "CNY 300–500 million"),
        ("突破2.4万家", "2.4", "万家", (hedged("over"), ENTERPRISES), "over 24,000 enterprises"),
        ("90余家", "90", "家", (hedged("over"), ENTERPRISES), "more than 90 enterprises"),
        ("约43.4万份", "43.4", "万份", (hedged("about"), PERMITS), "about 434,000 permits"),
        ("近8.30万份", "8.30", "万份", (hedged("nearly"), PERMITS), "nearly 83,000 permits"),
        ("350万份", "350", "万份", (PERMITS,), "3.5 million permits"),
        ("21298家", "21298", "家", (ENTERPRISES,), "21,298 enterprises"),
        ("1234567家", "1234567", "家", (ENTERPRISES,), "1,234,567 enterprises"),
        ("1家", "1", "家", (ENTERPRISES,), "1 enterprise"),
        ("1.0万家", "1.0", "万家", (ENTERPRISES,), "10,000 enterprises"),
        ("3-5家", "3", "家", ("upper = 5", ENTERPRISES), "3–5 enterprises"),
        ("至少96家", "96", "家", (hedged("at_least"), ENTERPRISES), "at least 96 enterprises"),
        ("不超过240家", "240", "家", (hedged("at_most"), ENTERPRISES), "at most 240 enterprises"),
        ("不足3家", "3", "家", (hedged("below"), ENTERPRISES), "fewer than 3 enterprises"),
        ("不足3.5亿元", "3.5", "亿元", (hedged("below"),), "less than CNY 350 million"),
        ("力争150家", "150", "家", (hedged("target"), ENTERPRISES), "150 enterprises (target)"),
        ("预计4.4%左右", "4.4", "%", (hedged("estimated", "about"),), "around 4.4% (estimated)"),
        ("20%-30%", "20", "%", ("upper = 30",), "20%–30%"),
        ("300兆瓦", "300", "兆瓦", (), "300 MW"),
        ("415万千瓦时", "415", "万千瓦时", (), "4.15 million kWh"),
        ("1.2万人次", "1.2", "万人次", (), "12,000 visits"),
        ("不足3.5天", "3.5", "天", (hedged("below"),), "less than 3.5 days"),
        ("三大共同体", "3", "个", ('counted_en = ["community", "communities"]',), "3 communities"),
        ("12某", "12", "某", (), "12 “某”"),
        ("近四成", "4", "成", (hedged("nearly"),), "nearly 40%"),
        ("三分之一", "1", "/3", (), "one third"),
        ("三分之二", "2", "/3", (), "two thirds"),
        ("一半", "1", "/2", (), "one half"),
        ("七分之三", "3", "/7", (), "3/7"),
        ("指数为81.6", "81.6", "", (), "81.6"),
        ("同比下降3.1%", "-3.1", "%", (), "-3.1%"),
        ("第5位", "5", "位", (RANK % 'of_en = "worldwide", ',), "No. 5 worldwide"),
        ("第5位", "5", "位", (RANK % "",), "No. 5 “全球”"),
        ("第5位", "5", "位", (), "No. 5"),
    ],
)  # fmt: skip
def test_a_figure_reads_as_an_economist_writes_it(
    excerpt: str, value: str, unit: str, more: tuple[str, ...], expected: str
) -> None:
    """Units, scales, hedges, singular and plural; each digit of the report and no other."""
    assert metric(excerpt, value, unit, *more).display_en == expected


WORDS = {"": 0, " million": 6, " billion": 9, " trillion": 12}


@given(st.decimals(0, 10**6, places=2), st.integers(0, 2), st.sampled_from(["元", "万元", "亿元", "万亿元"]))
def test_no_digit_is_lost(number: Decimal, places: int, unit: str) -> None:
    """The number in English is the printed one, exactly, whatever its scale and decimals."""
    value = number.quantize(Decimal(1).scaleb(-places))
    fact = metric(f"{value}{unit}", value, unit)
    match = re.fullmatch(r"CNY ([\d,.]+)( \w+)?", fact.display_en)
    assert match is not None
    assert Decimal(match[1].replace(",", "")).scaleb(WORDS[match[2] or ""]) == fact.normalized.value


@pytest.mark.parametrize(
    ("growth", "counted", "expected"),
    [
        (Change(Decimal("21.1"), "%", "yoy"), (), "+21.1% year on year"),
        (Change(Decimal("-3.5"), "%", "yoy"), (), "-3.5% year on year"),
        (Change(Decimal("0.12"), "个百分点", "2020"), (), "+0.12 percentage points on 2020"),
        (Change(Decimal(1), "个百分点", "other"), (), "+1 percentage point"),
        (Change(Decimal(2), "个", "yoy"), ("platform", "platforms"), "+2 platforms year on year"),
        (Change(Decimal(12), "亿元", "yoy"), (), "+CNY 1.2 billion year on year"),
        (Change(Decimal(3), "成", "yoy"), (), "+30% year on year"),
        (Change(Decimal(2), "位", "yoy"), (), "up 2 places year on year"),
        (Change(Decimal(-1), "位", "yoy"), (), "down 1 place year on year"),
        (Change(Decimal(1), "番", "2020"), (), "doubled on 2020"),
        (Change(Decimal("1.5"), "倍", "yoy"), (), "+1.5 times year on year"),
    ],
)
def test_a_growth_says_what_it_is_against(growth: Change, counted: tuple[str, ...], expected: str) -> None:
    """The year before in words, another year by its number."""
    assert english.change(growth, counted) == expected


def test_a_share_and_a_rank_name_their_wholes() -> None:
    """In English where the facts have it, else as the quotation that it is."""
    assert english.share(Share(Decimal("13.5"), "%", "全国总数", "all in China")) == "13.5% of all in China"
    assert english.share(Share(Decimal(1), "/3", "全省", None)) == "one third of “全省”"
    assert english.rank(Rank(2, "全国", "nationwide")) == "No. 2 nationwide"


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (Decimal(3), Decimal(5), "CNY 300–500 million"),
        (Decimal(3), None, "at least CNY 300 million"),
        (None, Decimal(5), "at most CNY 500 million"),
        (Decimal(-3), Decimal(5), "CNY -300 million to CNY 500 million"),
        (None, None, ""),
    ],
)
def test_an_interval_is_told_by_its_ends(low: Decimal | None, high: Decimal | None, expected: str) -> None:
    """An open end is said in words."""
    assert english.interval(low, high, "亿元") == expected


# ── The bundled facts ───────────────────────────────────────────────────────────────────────────────


def test_every_bundled_figure_in_both_languages(golden: Golden) -> None:
    """Each as it reads, with what goes with it and what follows from it: read through by a specialist."""
    base = open_facts()
    shown = [fact for metric in base.list(kind="metric") for fact in base.show(metric.id)]
    golden.check("figures.txt", "".join(map(_described, shown)))


def _described(fact: DetailedMetric | DetailedMilestone) -> str:
    assert isinstance(fact, DetailedMetric)
    lines = [fact.id]
    for language in Language:
        with_it = figures.what_goes_with(fact, language)
        told = (figures.name(fact, language), figures.figure(fact, language), with_it)
        lines.append("  " + " | ".join(filter(None, told)))
        lines += [f"    {figures.computed(follows, language)}" for follows in fact.computed]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("words", [("list",), ("list", "-f", "display"), ("show",), ("sections",)])
def test_bundled_facts_are_told_in_english(words: tuple[str, ...]) -> None:
    """What is Chinese there is a quotation and looks like one."""
    ids = [fact["id"] for fact in shkc("list", "--json").json] if words == ("show",) else []
    text = shkc(*words, *ids, "--lang", "en").out
    assert not CHINESE.search(re.sub("“[^”]*”", "", text))


def test_the_english_of_the_json_has_no_chinese() -> None:
    """Every field whose name ends in _en, at any depth, of every bundled fact."""
    for fact in shkc("list", "--json").json:
        for key, value in _english_fields(fact):
            assert value, (fact["id"], key)
            assert not CHINESE.search(value), (fact["id"], key)


def _english_fields(value: object, key: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in _english_fields(inner, name)]
    return [(key, str(value or ""))] if key.endswith("_en") else []
