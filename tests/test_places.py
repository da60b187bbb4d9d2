"""Places: found by every official name, and written in ids by their official romanisation."""

from __future__ import annotations

import pytest

from shkc.draft.ids import Ids, romanised
from shkc.draft.report import draft
from shkc.text import places

NAMES = [(name, place.id) for place in places.places() for name in (place.name, place.short, *place.english)]


@pytest.mark.parametrize(("name", "place"), NAMES)
def test_a_place_is_found_by_each_of_its_names(name: str, place: str) -> None:
    """In full, in short and in English; the longest name counts, so 黑龙江 is one place."""
    assert [mention.place.id for mention in places.mentions(f"{name}")] == [place]


@pytest.mark.parametrize(("name", "is_province"), [("陕西", True), ("北京", True), ("深圳", False), ("西安", False)])
def test_a_place_is_a_province_or_within_one(name: str, is_province: bool) -> None:
    """Municipalities are at the level of provinces."""
    place = places.called(name)
    assert place is not None
    assert (not place.within) is is_province


def test_ids_and_letters_are_of_one_place() -> None:
    """No two places share an id, or a letter."""
    ids = [place.id for place in places.places()]
    letters = [place.letter for place in places.places() if place.letter]
    assert len(ids) == len(set(ids))
    assert len(letters) == len(set(letters))


def test_a_city_is_in_a_province() -> None:
    """What a city is within is listed as a province."""
    provinces = {place.id for place in places.places() if not place.within}
    assert {place.within for place in places.places() if place.within} <= provinces


@pytest.mark.parametrize(
    ("scope", "romanisation"),
    [
        ("陕西", "shaanxi"),
        ("山西省", "shanxi"),
        ("内蒙古", "nei-mongol"),
        ("西藏自治区", "xizang"),
        ("青山", "qingshan"),
    ],
)
def test_the_romanisation_is_the_official_one(scope: str, romanisation: str) -> None:
    """陕西 and 山西 have the same pinyin without tones; a place that is not listed is its pinyin in one word."""
    assert romanised(scope) == romanisation


def test_ids_of_one_name_are_told_apart_by_what_they_are_of() -> None:
    """The period comes before a number, which depends on what stands before in the text."""
    ids = Ids()
    assert [ids.of("研发投入", ("2030",)) for _ in range(3)] == [
        "yan-fa-tou-ru", "yan-fa-tou-ru-2030", "yan-fa-tou-ru-2030-2"
    ]  # fmt: skip
    assert ids.of("陕西科技") == "shaanxi-ke-ji"


WORK_REPORT = """下载
打印
2026年{place}政府工作报告
——2026年1月27日在{place}第十四届人民代表大会第五次会议上
各位代表：
全省研发投入强度达到2.1%，高于全国平均水平0.1个百分点。
"""


@pytest.mark.parametrize(
    ("place", "report", "scope"),
    [
        ("陕西省", "shaanxi-2026-work-report", "陕西"),
        ("山西省", "shanxi-2026-work-report", "山西"),
        ("西藏自治区", "xizang-2026-work-report", "西藏"),
    ],
)
def test_a_report_is_called_after_its_place_year_and_kind(place: str, report: str, scope: str) -> None:
    """The head says them, behind the navigation of a web page."""
    outline = draft(WORK_REPORT.format(place=place)).outline
    assert (outline.id, outline.scope, outline.year) == (report, scope, 2026)


def test_the_congress_says_place_and_year_where_the_title_does_not() -> None:
    """The nation is meant only where its congress is; another line of the head may name any place."""
    text = WORK_REPORT.replace("2026年{place}政府工作报告", "政府工作报告").format(place="海南省")
    assert draft(text).outline.id == "hainan-2026-work-report"
    nation = text.replace("海南省", "").replace("第十四届人民代表大会", "第十四届全国人民代表大会")
    assert draft(nation).outline.id == "quanguo-2026-work-report"
