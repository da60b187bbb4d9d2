"""`check`: figures, measures and relations that contradict each other, in one file and across files."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from support import SMALL, YEARS, shkc

from shkc.facts.model import RelationType
from shkc.facts.relations import LABELS

HEAD = Path(SMALL).read_text(encoding="utf-8").partition("[[metric]]")[0]
MILESTONES = """[[milestone]]
id = "forum"
name = "举办论坛"
name_en = "Forum held"
category = "event"
section = "overview"
paragraph = 2
excerpt = "举办论坛"

[[milestone]]
id = "plan"
name = "发布计划"
name_en = "Plan published"
category = "policy"
section = "overview"
paragraph = 2
excerpt = "发布计划"
"""


def figure(fact: str, figures: str, unit: str, *more: str, excerpt: str | None = None) -> str:
    """A metric of a fact file: *figures* is its value."""
    lines = (f'id = "{fact}"', f'name = "{fact}"', f'name_en = "{fact}"', 'section = "overview"', "paragraph = 1")
    shown = f'excerpt = "{excerpt or figures + unit}"'
    return "\n".join(("[[metric]]", *lines, shown, f"value = {figures}", f'unit = "{unit}"', *more)) + "\n"


def relation(kind: str, *targets: str) -> str:
    """A line of a fact file that states a relation."""
    names = ", ".join(f'"{target}"' for target in targets)
    return f"relations = {{ {kind} = [{names}] }}"


def told(folder: Path, *entries: str) -> list[str]:
    """What `check` says of a file with *entries*, in English, without its place."""
    path = folder / "facts.toml"
    path.write_text(HEAD + "\n".join(entries), encoding="utf-8")
    answer = shkc("check", str(path), "--lang", "en", "--quiet")
    assert answer.status == (3 if answer.err else 0)
    return [line.partition(": ")[2] for line in answer.err.splitlines()]


RANK = 'rank = { value = 3, of = "全国", excerpt = "第3位" }'


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        pytest.param(
            figure("x", "12", "家", 'measure = "flow"', 'as_of = "2031-12-31"'),
            "a flow is of a period and has no as_of; change measure, or use period",
            id="a flow on a day",
        ),
        pytest.param(
            figure("x", "12", "家", 'measure = "stock"', 'as_of = "2030-12-31"', 'period = "2031"'),
            "as_of does not lie within the period 2031",
            id="a day of another year",
        ),
        pytest.param(
            figure("x", "12", "家", 'measure = "stock"', 'as_of = "2031-02-30"'),
            "as_of: there is no 2031-02-30",
            id="a day that does not exist",
        ),
        pytest.param(
            figure("x", "12", "家", 'as_of = "December"'), "as_of is a day, written 2023-12-31", id="no day at all"
        ),
        pytest.param(
            figure("x", "12", "家", 'measure = "rank"'),
            "measure should be something else: the figure is no place in an order",
            id="no rank",
        ),
        pytest.param(
            figure("x", "3", "位", 'measure = "stock"', RANK, excerpt="第3位"),
            "measure should be rank: the figure is a place in an order",
            id="a rank as a stock",
        ),
        pytest.param(
            figure("x", "4.4", "%", 'measure = "flow"'),
            "measure should be ratio: the unit is %",
            id="a percentage as a flow",
        ),
        pytest.param(
            figure("x", "12", "家", 'measure = "score"'),
            "measure should be something else: a score has no unit, or 分",
            id="a number of things as a score",
        ),
        pytest.param(
            figure("x", "12", "家", 'scope_en = "City"'),
            "scope_en without scope; add it, or remove scope_en",
            id="scope",
        ),
        pytest.param(
            figure("x", "12", "家", 'who = ["甲"]', 'who_en = ["A", "B"]'),
            "who names 1 and who_en 2; they must correspond one to one",
            id="who in another number",
        ),
    ],
)
def test_a_fact_that_contradicts_itself_is_told(tmp_path: Path, entry: str, problem: str) -> None:
    """What a measure cannot have, and English without its Chinese."""
    assert told(tmp_path, entry) == [problem]


@pytest.mark.parametrize("measure", ["flow", "stock", "cumulative", "ratio"])
def test_a_number_of_things_may_be_of_any_measure(tmp_path: Path, measure: str) -> None:
    """Only the text says which."""
    assert told(tmp_path, figure("x", "12", "家", f'measure = "{measure}"')) == []


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        pytest.param(
            (figure("whole", "10", "家"), figure("part", "12", "家", relation("part-of", "whole"))),
            "the part exceeds its whole whole",
            id="a part greater than its whole",
        ),
        pytest.param(
            (figure("issued", "1.5", "万份"), figure("valid", "1.7", "万份", relation("valid-of", "issued"))),
            "the part exceeds its whole issued",
            id="more valid than issued",
        ),
        pytest.param(
            (figure("whole", "10", "亿元"), figure("part", "2", "家", relation("part-of", "whole"))),
            "part-of relates figures of different units: 家 and 亿元",
            id="a part in another unit",
        ),
        pytest.param(
            (figure("one", "2.4", "万家"), figure("two", "2.6", "万家", relation("same-as", "one"))),
            "the figure differs from that of one: not same-as",
            id="the same and not the same",
        ),
        pytest.param(
            (
                figure("one", "2", "家", relation("same-as", "two")),
                figure("two", "2", "家", relation("same-as", "one")),
            ),
            "the relation to one is stated already as same-as; state it once, the inverse follows",
            id="stated from both sides",
        ),
        pytest.param(
            (
                figure("one", "2", "家", relation("part-of", "two")),
                figure("two", "2", "家", relation("part-of", "one")),
            ),
            "part-of goes in a circle: one → two → one",
            id="each a part of the other",
        ),
        pytest.param(
            (
                figure("one", "2", "家", relation("part-of", "two")),
                figure("two", "2", "家", relation("part-of", "three")),
                figure("three", "2", "家", relation("part-of", "one")),
            ),
            "part-of goes in a circle: one → two → three → one",
            id="a circle",
        ),
        pytest.param(
            (
                figure("papers", "9", "篇"),
                figure("place", "3", "位", RANK, relation("rank-of", "papers"), excerpt="第3位"),
            ),
            "papers does not have that rank; give it rank = { value = 3 … }",
            id="a rank of what has none",
        ),
        pytest.param(
            (figure("papers", "9", "篇"), figure("more", "9", "篇", relation("rank-of", "papers"))),
            "rank-of goes from a rank to what is ranked",
            id="a rank that is none",
        ),
        pytest.param(
            (figure("guests", "9", "人", relation("example-of", "forum")), MILESTONES),
            "example-of names forum, which is no other fact of this file; it must be the id of another",
            id="a relation between kinds that it does not hold between",
        ),
        pytest.param(
            (
                figure("whole", "10", "家", 'parts = "disjoint"'),
                figure("one", "6", "家", relation("part-of", "whole")),
                figure("two", "5", "家", relation("part-of", "whole")),
            ),
            "the parts do not agree with the whole (2 name it with part-of)",
            id="parts that do not overlap and are more than the whole",
        ),
        pytest.param(
            (
                figure("whole", "10", "家", 'parts = "complete"'),
                figure("one", "6", "家", relation("part-of", "whole")),
                figure("two", "3", "家", relation("part-of", "whole")),
            ),
            "the parts do not agree with the whole (2 name it with part-of)",
            id="parts that do not make up the whole",
        ),
        pytest.param(
            (figure("whole", "10", "家", 'parts = "complete"'),),
            "the parts do not agree with the whole (0 name it with part-of)",
            id="a whole without parts",
        ),
    ],
)
def test_a_contradiction_between_facts_is_told(tmp_path: Path, entries: tuple[str, ...], problem: str) -> None:
    """Relations are held against the figures: a part is no more than its whole."""
    assert told(tmp_path, *entries) == [problem]


def test_one_series_has_one_figure_for_a_time(tmp_path: Path) -> None:
    """An earlier value of a series has its own period; a target for a year stands beside what came about."""
    series = 'series = "firms"'
    firms, target = figure("firms", "12", "家"), 'qualifiers = ["target"]'
    earlier = figure("firms-2030", "11", "家", series, 'period = "2030"')
    aim = figure("aim", "15", "家", series, target, excerpt="力争15家")
    assert told(tmp_path, firms, earlier, aim) == []
    assert told(tmp_path, firms, figure("again", "13", "家", series)) == [
        "of the same series and time as firms; change series, period or as_of"
    ]


OVER = 'qualifiers = ["over"]'


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param(
            (
                figure("whole", "10", "万家", OVER, excerpt="超10万家"),
                figure("part", "12", "万家", relation("part-of", "whole")),
            ),
            id="a whole that is open above",
        ),
        pytest.param(
            (figure("whole", "1.2", "万家"), figure("part", "12049", "家", relation("part-of", "whole"))),
            id="a part within the rounding of its whole",
        ),
        pytest.param(
            (figure("one", "2.4", "万家"), figure("two", "23961", "家", relation("same-as", "one"))),
            id="the same with more digits",
        ),
        pytest.param(
            (
                figure("whole", "1.0", "亿元", 'parts = "complete"'),
                figure("one", "6048", "万元", relation("part-of", "whole")),
                figure("two", "4400", "万元", relation("part-of", "whole")),
            ),
            id="parts that make up the whole within its rounding",
        ),
        pytest.param(
            (
                figure("whole", "10", "家"),
                figure("one", "6", "家", relation("part-of", "whole")),
                figure("two", "5", "家", relation("part-of", "whole")),
            ),
            id="parts that may overlap",
        ),
        pytest.param(
            (
                figure("papers", "9", "篇", RANK.replace("第3位", "居第3位")),
                figure("place", "3", "位", RANK, relation("rank-of", "papers"), excerpt="第3位"),
            ),
            id="a rank of what has it",
        ),
        pytest.param(
            (figure("guests", "9", "人", relation("about", "forum")), MILESTONES + relation("see-also", "forum")),
            id="milestones",
        ),
    ],
)
def test_intervals_that_meet_are_no_contradiction(tmp_path: Path, entries: tuple[str, ...]) -> None:
    """Rounding and hedges are left open, as XBRL's Calculations 1.1 does."""
    assert told(tmp_path, *entries) == []


def test_a_relation_is_told_from_both_sides(tmp_path: Path) -> None:
    """Stated at the figure, it stands at the event, too."""
    path = tmp_path / "facts.toml"
    path.write_text(HEAD + figure("guests", "9", "人", relation("about", "forum")) + MILESTONES, encoding="utf-8")
    shown = shkc("show", "guests", "forum", "--facts", str(path), "--json").json
    assert [[(r["type"], r["id"], r["name_en"]) for r in fact["details"]["relations"]] for fact in shown] == [
        [("about", "forum", "Forum held")],
        [("has-figure", "guests", "guests")],
    ]


def test_every_relation_has_its_label() -> None:
    """Both names of each type, that which a file states and its inverse."""
    assert LABELS.keys() == set(get_args(RelationType))


# ── Across files ────────────────────────────────────────────────────────────────────────────────────


def test_a_growth_that_contradicts_its_years_is_a_warning() -> None:
    """+21.1 % stated, +16.1 % by the figures of both years: told, but the report may have revised the year before."""
    answer = shkc("check", YEARS, "--lang", "en")
    assert answer.status == 0
    (warning,) = [line for line in answer.err.splitlines() if ": warning:" in line]
    assert warning.partition("qingshan-2031.toml:")[2] == (
        "30: warning: contract-value: the stated growth, 21.1%, disagrees with the figure of 2030,"
        " from which 16.1% follows"
    )


def test_a_warning_is_told_as_data() -> None:
    """JSON and the annotations of GitHub tell warnings from errors."""
    (problem,) = shkc("check", YEARS, "--json").json
    assert (problem["severity"], problem["line"]) == ("warning", 30)
    assert shkc("check", YEARS, "--format", "github").out.startswith("::warning file=")


def test_files_alone_contradict_nothing() -> None:
    """What the other year says is known only where it is loaded."""
    assert shkc("check", str(Path(YEARS) / "qingshan-2031.toml"), "--json").json == []
