"""What follows from a figure, as properties: the truth lies within the bounds."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

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
