"""`sections`: the tree of the chapter with the number of facts in each part."""

from __future__ import annotations

from support import SMALL, shkc


def test_counts_include_subsections() -> None:
    """Each part counts its own facts and those of the parts in it."""
    counts = {s["id"]: (s["metrics"], s["milestones"]) for s in shkc("sections", "--facts", SMALL, "--json").json}
    assert counts == {
        "overview": (15, 5),
        "companies-and-talent": (9, 0),
        "platforms": (2, 0),
        "progress": (1, 5),
    }


def test_the_tree_has_depths() -> None:
    """The depth of a part is the number of parts above it."""
    assert [s["depth"] for s in shkc("sections", "--facts", SMALL, "--json").json] == [0, 1, 2, 1]


def test_the_whole_chapter_is_there() -> None:
    """The bundled base has the root, its four parts, and no part without facts."""
    found = shkc("sections", "--json").json
    assert {"0", "1", "2", "3", "4"} <= {section["number"] for section in found}
    assert [section["id"] for section in found if not section["metrics"] + section["milestones"]] == []
