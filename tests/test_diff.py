"""`diff`: what is new, gone and changed between two fact files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support import BOTH, DATA, ROOT, SMALL, YEARS, shkc
from test_check import VALID

EARLIER = str(DATA / "years" / "qingshan-2030.toml")
LATER = str(DATA / "years" / "qingshan-2031.toml")


def written(path: Path, text: str = VALID) -> str:
    """A fact file at *path* with *text*."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def differences(old: str, new: str) -> list[dict[str, Any]]:
    """What `diff` tells of two files."""
    return list(shkc("diff", old, new, "--json").json)


def changes(folder: Path, *replacements: tuple[str, str]) -> list[tuple[str, str | None, str | None]]:
    """The field, old and new, of each change from the valid file to one with *replacements*."""
    text = VALID
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    found = differences(written(folder / "a.toml"), written(folder / "b.toml", text))
    assert all(difference["difference"] == "changed" for difference in found)
    return [(difference["field"], difference["old"], difference["new"]) for difference in found]


@pytest.mark.parametrize("path", [SMALL, BOTH, YEARS, str(ROOT / "facts.toml")])
def test_a_file_does_not_differ_from_itself(path: str) -> None:
    """Nothing to tell is status 1, as when nothing matched; the empty answer is an empty array."""
    assert shkc("diff", path, path, "--lang", "en") == (1, "", "no difference\n")
    assert shkc("diff", path, path, "--json", "-q") == (1, "[]\n", "")


def test_differences_are_status_0() -> None:
    """What was asked for was found."""
    answer = shkc("diff", EARLIER, LATER)
    assert (answer.status, answer.err) == (0, "")


def test_new_and_gone_facts_are_told() -> None:
    """A fact that one side does not have, with what it states there."""
    found = [(d["difference"], d["id"], d["old"], d["new"]) for d in differences(EARLIER, LATER) if not d["field"]]
    assert found == [
        ("new", "high-tech-enterprises", None, "2600余家"),
        ("new", "new-high-tech-enterprises", None, "520家"),
        ("new", "incubators-2029", None, "81个"),
        ("gone", "science-festival", "2030", None),
    ]


def test_the_other_way_round_is_the_reverse() -> None:
    """What is new one way is gone the other, and each change is turned."""
    turned = {"new": "gone", "gone": "new", "changed": "changed"}
    forth = {(d["difference"], d["id"], d["field"], d["old"], d["new"]) for d in differences(EARLIER, LATER)}
    back = {(turned[d["difference"]], d["id"], d["field"], d["new"], d["old"]) for d in differences(LATER, EARLIER)}
    assert forth == back


def test_another_year_alone_is_no_change() -> None:
    """Figures of two annual reports are of two years and places in the text: only what they state is compared."""
    fields = {difference["field"] for difference in differences(EARLIER, LATER)}
    assert fields == {None, "display", "qualifiers", "change", "rank", "measure", "category", "period"}


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        pytest.param(
            [("约12家", "约13家"), ("value = 12", "value = 13")],
            [("display", "约12家", "约13家"), ("excerpt", "约12家", "约13家")],
            id="value",
        ),
        pytest.param(
            [("约12家", "累计约12家"), ('["about"]', '["about", "cumulative"]')],
            [("qualifiers", "about", "about; cumulative"), ("excerpt", "约12家", "累计约12家")],
            id="hedge",
        ),
        pytest.param([('name = "企业数"', 'name = "公司数"')], [("name", "企业数", "公司数")], id="name"),
        pytest.param(
            [('unit = "家"', 'unit = "家"\naliases = ["甲", "乙"]')], [("aliases", None, "甲; 乙")], id="aliases"
        ),
        pytest.param(
            [('unit = "家"', 'unit = "家"\nrelations = { about = ["fair"] }')],
            [("relations", None, "about fair")],
            id="relations",
        ),
        pytest.param([('unit = "家"', 'unit = "家"\nnote = "注"')], [("note", None, "注")], id="note"),
        pytest.param(
            [('unit = "家"', 'unit = "家"\nperiod = "2031-S1"')], [("period", "2031", "2031-S1")], id="period"
        ),
        pytest.param([('unit = "家"', 'unit = "家"\nas_of = "2031-12-31"')], [("as_of", None, "2031-12-31")], id="day"),
        pytest.param([('unit = "家"', 'unit = "家"\nmeasure = "stock"')], [("measure", None, "stock")], id="measure"),
        pytest.param(
            [('unit = "家"', 'unit = "家"\nscope = "全国"')],
            [("scope", "城市", "全国")],
            id="scope",
        ),
        pytest.param(
            [('unit = "家"', 'unit = "家"\nrank = { value = 2, of = "全国", excerpt = "全国第二" }')],
            [("rank", None, "2 全国"), ("evidence", None, "全国第二")],
            id="rank",
        ),
        pytest.param(
            [('unit = "家"', 'unit = "家"\nshare = { value = 5, unit = "%", of = "全国", excerpt = "占5%" }')],
            [("share", None, "5% 全国"), ("evidence", None, "占5%")],
            id="share",
        ),
        pytest.param(
            [('unit = "家"', 'unit = "家"\nchange = { value = -5, unit = "%", basis = "yoy", excerpt = "下降5%" }')],
            [("change", None, "-5% yoy"), ("evidence", None, "下降5%")],
            id="change",
        ),
        pytest.param([("paragraph = 1", "paragraph = 3")], [("paragraph", "1", "3")], id="paragraph"),
        pytest.param([('"event"', '"honour"')], [("category", "event", "honour")], id="category"),
        pytest.param(
            [('category = "event"', 'category = "event"\ndate = "2031-05"')], [("date", "2031", "2031-05")], id="date"
        ),
        pytest.param([('category = "event"', 'category = "event"\nwho = ["甲"]')], [("who", None, "甲")], id="who"),
    ],
)
def test_a_changed_field_is_told_with_both_values(
    tmp_path: Path, replacements: list[tuple[str, str]], expected: list[tuple[str, str | None, str | None]]
) -> None:
    """Between versions of one report every field counts, its place in the text too."""
    assert changes(tmp_path, *replacements) == expected


def test_a_fact_of_another_kind_is_another_fact(tmp_path: Path) -> None:
    """A figure that becomes a milestone of the same id is gone and new."""
    milestone = VALID.partition("[[milestone]]")[2].replace("fair", "firms")
    changed = VALID.partition("[[metric]]")[0] + "[[milestone]]" + milestone
    found = differences(written(tmp_path / "a.toml"), written(tmp_path / "b.toml", changed))
    assert [(difference["kind"], difference["difference"]) for difference in found] == [
        ("milestone", "new"),
        ("metric", "gone"),
        ("milestone", "gone"),
    ]


def test_folders_of_several_reports_match_by_report(tmp_path: Path) -> None:
    """Where a side has several reports, the same id in another report is another fact, and the report is named."""
    other = VALID.replace("city-2031", "town-2031").replace("2031城市报告", "2031城镇报告")
    for side in ("a", "b"):
        written(tmp_path / side / "city.toml")
        written(tmp_path / side / "town.toml", other)
    written(tmp_path / "b" / "town.toml", other.replace("企业数", "公司数"))
    (found,) = differences(str(tmp_path / "a"), str(tmp_path / "b"))
    assert (found["report"], found["id"], found["field"]) == ("2031城镇报告", "firms", "name")


def test_a_wrong_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A side that cannot be read ends with status 3 and its problems."""
    monkeypatch.chdir(DATA)
    answer = shkc("diff", SMALL, str(DATA / "wrong.toml"))
    assert (answer.status, answer.out) == (3, "")
    assert answer.err.startswith("wrong.toml:25: ")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """So is one that is not there."""
    assert shkc("diff", str(tmp_path / "none.toml"), SMALL).status == 3


def test_facts_is_refused() -> None:
    """The two files are named; --facts would say something else."""
    answer = shkc("diff", SMALL, SMALL, "--facts", SMALL)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
