"""What follows from a figure, as properties: the truth lies within the bounds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from support import SMALL

from shkc.facts import derive
from shkc.facts import load as factbase
from shkc.facts.model import Computed, Metric

HEAD = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]
FIGURE = """[[metric]]
id = "figure"
name = "数"
name_en = "Figure"
section = "overview"
paragraph = 1
"""


def follows(lines: str) -> Computed:
    """The one figure that follows from a metric with *lines*."""
    (record,) = factbase.parse(HEAD + FIGURE + lines, "facts.toml").records
    assert isinstance(record.fact, Metric)
    (computed,) = derive.computed(record.fact, record.details, {})
    return computed


def after_growth(value: str, unit: str, growth: str) -> Computed:
    """The year before *value* at *growth* per cent."""
    excerpt = f"{'下降' if growth.startswith('-') else '增长'}{growth.lstrip('-')}%"
    change = f'change = {{ value = {growth}, unit = "%", basis = "yoy", excerpt = "{excerpt}" }}'
    return follows(f'excerpt = "{value}{unit}"\nvalue = {value}\nunit = "{unit}"\n{change}\n')


def printed(value: Decimal, places: int) -> str:
    """*value* as a report prints it."""
    return str(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@given(st.decimals(1, 10**6, places=4), st.decimals(1, 10**6, places=4), st.integers(0, 2), st.integers(0, 2))
def test_the_true_year_before_lies_within_the_bounds(last: Decimal, this: Decimal, digits: int, places: int) -> None:
    """Two true amounts, one printed with its growth: the bounds hold the other."""
    growth = (this / last - 1) * 100
    assume(growth > Decimal("-99") and printed(growth, places).strip("-0.") != "")
    computed = after_growth(printed(this, digits), "亿元", printed(growth, places))
    assert computed.low is not None and computed.high is not None
    assert computed.low <= last <= computed.high


@given(st.integers(1, 10**5), st.integers(1, 10**5))
def test_the_true_count_of_the_year_before_lies_within_the_bounds(last: int, this: int) -> None:
    """Two true counts, one printed with its growth: the bounds hold the other, a whole number."""
    growth = (Decimal(this) / last - 1) * 100
    assume(growth > Decimal("-99") and printed(growth, 1).strip("-0.") != "")
    computed = after_growth(str(this), "家", printed(growth, 1))
    assert computed.low is not None and computed.high is not None
    assert computed.low <= last <= computed.high
    assert computed.low <= computed.value <= computed.high


@given(st.integers(1, 10**4), st.integers(1, 10**5))
def test_the_true_whole_lies_within_the_bounds(part: int, rest: int) -> None:
    """A true part and its whole, printed as a share: the bounds hold the whole."""
    share = Decimal(part) / (part + rest) * 100
    assume(share >= Decimal("0.1"))
    text = printed(share, 1)
    lines = f'share = {{ value = {text}, unit = "%", of = "全部", excerpt = "占{text}%" }}'
    computed = follows(f'excerpt = "{part}家"\nvalue = {part}\nunit = "家"\n{lines}\n')
    assert computed.low is not None and computed.high is not None
    assert computed.low <= part + rest <= computed.high
    assert computed.low <= computed.value <= computed.high


@given(st.integers(1, 10**5), st.decimals(Decimal("-90"), 1000, places=1))
def test_a_computed_amount_lies_within_its_bounds(value: int, growth: Decimal) -> None:
    """What is shown as computed is never outside the bounds shown beside it."""
    assume(growth != 0)
    computed = after_growth(str(value), "亿元", str(growth))
    assert computed.low is not None and computed.high is not None
    assert computed.low <= computed.value <= computed.high


# ── Each rule, by its cases ─────────────────────────────────────────────────────────────────────────


def figure(fact: str, value: str, unit: str, *more: str, excerpt: str = "") -> str:
    """The entry of a metric with *more* lines."""
    head = f'id = "{fact}"\nname = "{fact}数"\nname_en = "Number of {fact}"\nsection = "overview"\nparagraph = 1'
    said = f'excerpt = "{excerpt or value + unit}"\nvalue = {value}\nunit = "{unit}"'
    return "\n".join(("[[metric]]", head, said, *more, ""))


def grown(value: str, words: str, unit: str = "%") -> str:
    """A line that says how much a figure has grown over the year before."""
    return f'change = {{ value = {value}, unit = "{unit}", basis = "yoy", excerpt = "{words}" }}'


def share(value: str, words: str, unit: str = "%") -> str:
    """A line that says which share a figure is of all."""
    return f'share = {{ value = {value}, unit = "{unit}", of = "全部", excerpt = "{words}" }}'


def computed(*entries: str, of: str = "a") -> dict[str, Computed]:
    """What follows from the figure *of*, one of *entries*, by its rule."""
    records = factbase.parse(HEAD + "".join(entries), "facts.toml").records
    metrics = {record.fact.id: record.fact for record in records if isinstance(record.fact, Metric)}
    details = next(record.details for record in records if record.fact.id == of)
    found = derive.computed(metrics[of], details, metrics)
    assert len({each.rule for each in found}) == len(found)
    return {each.rule: each for each in found}


def told(*entries: str, of: str = "a") -> dict[str, str]:
    """How it reads, by its rule."""
    return {rule: each.display for rule, each in computed(*entries, of=of).items()}


@pytest.mark.parametrize(
    ("entry", "reads"),
    [
        (figure("a", "110", "亿元", grown("10", "增长10%")), "≈ 100亿元（99.0–101.0亿元）"),
        (figure("a", "90", "亿元", grown("-10", "下降10%")), "≈ 100亿元（98.8–101.2亿元）"),
        (figure("a", "110", "亿元", grown("1", "增长1成", "成")), "≈ 100亿元（95.2–105.3亿元）"),
        (figure("a", "110.55", "亿元", grown("10", "增长10%")), "≈ 100.50亿元（100.040–100.964亿元）"),
        (figure("a", "0.011", "亿元", grown("900", "增长900%")), "≈ 0.0011亿元（0.00104–0.00116亿元）"),
        (figure("a", "0", "亿元", grown("10", "增长10%")), "≈ 0亿元（0.0–0.5亿元）"),
        (figure("a", "110", "家", grown("10", "增长10%")), "= 100家"),
        (figure("a", "50", "家", grown("5", "增加5家", "家")), "= 45家"),
        (figure("a", "50", "%", grown("5", "提高5个百分点", "个百分点")), "≈ 45%（44–46%）"),
        (figure("a", "50", "%", grown("5", "提高5百分点", "百分点")), "≈ 45%（44–46%）"),
        (figure("a", "-5", "亿元", grown("10", "增长10亿元", "亿元"), excerpt="-5亿元"), "≈ -15亿元（-16 至 -14亿元）"),
        (figure("a", "1", "家", grown("50", "增长50%")), None),
        (figure("a", "50", "家", grown("5", "提高5个百分点", "个百分点")), None),
        (figure("a", "-110", "亿元", grown("10", "增长10%"), excerpt="-110亿元"), None),
        (figure("a", "0", "家", grown("-100", "下降100%")), None),
        (figure("a", "110", "亿元", grown("10", "增长超10%")), None),
        (figure("a", "110", "亿元", grown("10", "增长不到10%")), None),
        (figure("a", "110", "亿元", grown("10", "增长10%"), 'period = "2029/2031"'), None),
        (figure("a", "110", "亿元"), None),
    ],
)
def test_the_year_before_follows_from_growth(entry: str, reads: str | None) -> None:
    """In per cent, in tenths, in points of a percentage, in the unit of the figure; not where it is over years or open.

    No year before follows where no number of things has grown so, from a loss in per cent, and from a fall to nothing.
    """
    assert told(entry) == ({"previous": reads} if reads else {})


def test_the_year_before_is_that_of_the_same_figure() -> None:
    """By its name, and of the year before its own."""
    previous = computed(figure("a", "110", "亿元", grown("10", "增长10%")))["previous"]
    assert (previous.name, previous.name_en) == ("2030年a数", "Number of a, 2030")
    assert (previous.period, previous.sources, previous.exact, previous.unit) == ("2030", ("a",), False, "亿元")
    assert previous.display_en == "≈ CNY 10 billion (CNY 9.90–10.10 billion)"


@pytest.mark.parametrize(
    ("hedge", "words", "reads"),
    [
        ("estimated", "预计110亿元", "≈ 100亿元（99.0–101.0亿元，按预计值）"),
        ("target", "目标110亿元", "≈ 100亿元（99.0–101.0亿元，按目标值）"),
        ("over", "超110亿元", "不少于 99.5亿元"),
        ("below", "不到110亿元", "不超过 100.5亿元"),
    ],
)
def test_what_follows_from_a_hedged_figure_is_hedged(hedge: str, words: str, reads: str) -> None:
    """An open end stays open; the bounds of an estimate are those of an estimate."""
    entry = figure("a", "110", "亿元", grown("10", "增长10%"), f'qualifiers = ["{hedge}"]', excerpt=words)
    assert told(entry) == {"previous": reads}


@pytest.mark.parametrize(
    ("entry", "reads"),
    [
        (figure("a", "18", "家", share("13.5", "占13.5%")), "= 133家，唯一符合的整数"),
        (figure("a", "18", "家", share("1", "占三分之一", "/3")), "≈ 54家（52–56家）"),
        (figure("a", "18", "亿元", share("10", "占10%")), "≈ 180亿元（166.6–194.8亿元）"),
        (figure("a", "0", "家", share("0.0", "占0.0%")), None),
        (figure("a", "18", "家", share("0", "占0%")), None),
        (figure("a", "-18", "亿元", share("10", "占10%"), excerpt="-18亿元"), None),
        (figure("a", "18", "家", share("10", "占超过10%")), None),
        (figure("a", "18", "家", share("10", "占不到10%")), None),
    ],
)
def test_the_whole_follows_from_a_share(entry: str, reads: str | None) -> None:
    """Not from one that may be nothing, from one that is open, and from a loss."""
    assert told(entry) == ({"whole": reads} if reads else {})


PART_OF = 'relations = { part-of = ["whole"] }'


@pytest.mark.parametrize(
    ("part", "whole", "reads"),
    [
        (("17", "家"), ("52", "家"), {"ratio": "= 17/52 ≈ 32.69%", "remainder": "= 35家"}),
        (("13", "家"), ("52", "家"), {"ratio": "= 25%", "remainder": "= 39家"}),
        (("52", "家"), ("52", "家"), {"ratio": "= 100%", "remainder": "= 0家"}),
        (("0", "家"), ("52", "家"), {"ratio": "= 0%", "remainder": "= 52家"}),
        (("0", "家"), ("0", "家"), {"remainder": "= 0家"}),
        (
            ("17.5", "亿元"),
            ("52", "亿元"),
            {"ratio": "≈ 33.7%（33.23–34.08%）", "remainder": "≈ 34.5亿元（33.95–35.05亿元）"},
        ),
        (("17", "家"), ("52", "项"), {}),
    ],
)
def test_a_part_has_a_ratio_and_leaves_a_remainder(
    part: tuple[str, str], whole: tuple[str, str], reads: dict[str, str]
) -> None:
    """Where both count the same. It is told of either; of a part that is valid the ratio only."""
    entries = figure("a", *part, PART_OF), figure("whole", *whole)
    assert told(*entries) == reads
    assert told(*entries, of="whole") == reads
    valid = figure("a", *part, PART_OF.replace("part-of", "valid-of")), entries[1]
    ratio = {rule: each for rule, each in reads.items() if rule == "ratio"}
    assert told(*valid) == ratio
    assert told(*valid, of="whole") == ratio


def test_a_ratio_of_open_figures_is_open() -> None:
    """It is never more than all."""
    over = 'qualifiers = ["over"]'
    part, whole = figure("a", "17", "家", PART_OF), figure("whole", "52", "家")
    more, larger = (
        figure("a", "17", "家", PART_OF, over, excerpt="超17家"),
        figure("whole", "52", "家", over, excerpt="超52家"),
    )
    assert told(part, larger) == {"ratio": "不超过 32.70%", "remainder": "不少于 35家"}
    assert told(more, whole) == {"ratio": "≈ 32.7%（32.69–100.00%）", "remainder": "不超过 35家"}
    assert told(more, larger) == {"ratio": "不超过 100.0%"}


def test_a_quotient_says_of_what() -> None:
    """Its names, sources, and that it is exact where both are whole numbers."""
    found = computed(figure("a", "17", "家", PART_OF), figure("whole", "52", "家"))
    ratio, rest = found["ratio"], found["remainder"]
    assert ratio.name == "a数占whole数的比例"
    assert ratio.name_en == "Share of “Number of a” in “Number of whole”"
    assert (ratio.sources, ratio.exact, ratio.unit, ratio.low, ratio.high) == (
        ("a", "whole"), True, "%", Decimal("32.69"), Decimal("32.70"),
    )  # fmt: skip
    assert rest.name == "whole数中除“a数”外的其余"
    assert rest.name_en == "Remainder of “Number of whole”, excluding “Number of a”"
    assert (rest.sources, rest.exact, rest.unit) == (("whole", "a"), True, "家")


@pytest.mark.parametrize(
    ("value", "units", "reads", "reads_en"),
    [
        (
            ("415", "亿元"),
            ("8.3", "万份"),
            "≈ 50.00亿元/万份（49.640–50.364亿元/万份）",
            "per 10,000 of “Number of units”",
        ),
        (("10", "项"), ("4", "家"), "= 2.5项/家", "average over 4 organisations"),
        (("10", "项"), ("3", "家"), "≈ 3.33项/家", "average over 3 organisations"),
        (("10.125", "亿元"), ("3", "家"), "≈ 3.375亿元/家（3.3748–3.3752亿元/家）", "average over 3 organisations"),
        (("0", "项"), ("3", "家"), "= 0项/家", "average over 3 organisations"),
        (("10", "项"), ("3", "%"), None, ""),
        (("10", "项"), ("0", "家"), None, ""),
        (("-10", "亿元"), ("3", "家"), None, ""),
    ],
)
def test_a_mean_is_of_one_unit_of_what_it_is_over(
    value: tuple[str, str], units: tuple[str, str], reads: str | None, reads_en: str
) -> None:
    """Its scale included; not over a share, over none, or of a loss."""
    entries = figure("a", *value, 'relations = { per = ["units"] }'), figure("units", *units)
    found = computed(*entries)
    assert {rule: each.display for rule, each in found.items()} == ({"per": reads} if reads else {})
    assert [each.name_en for each in found.values()] == ([f"Number of a, {reads_en}"] if reads else [])
    assert computed(*entries, of="units") == {}


def test_nothing_follows_from_a_rank() -> None:
    """The third place is no quantity, and no part of one."""
    rank = figure("a", "3", "位", 'measure = "rank"', PART_OF, excerpt="第3位")
    whole = figure("whole", "6", "位")
    assert told(rank, whole) == {}
    assert told(rank, whole, of="whole") == {}


def test_a_figure_alone_gives_the_year_before_and_the_whole() -> None:
    """As beside others; a rank gives nothing."""
    text = figure("a", "110", "亿元", grown("10", "增长10%"), share("20", "占全国20%"))
    (record,) = factbase.parse(HEAD + text, "facts.toml").records
    assert isinstance(record.fact, Metric)
    found = derive.computed(record.fact, record.details, {})
    assert [each.rule for each in found] == ["previous", "whole"]
