"""Which candidates answer, and in what order: the threshold of each decision, from both sides."""

from __future__ import annotations

from math import log

import pytest

from shkc.language import Text
from shkc.search import ranking
from shkc.search.corpus import Corpus
from shkc.search.coverage import NOTHING, Coverage
from shkc.search.question import Question, Term, understand
from shkc.search.ranking import Candidate, Match, Numbers
from shkc.search.rejection import Rejection
from shkc.text.name_entry import EVENT, NameEntry, spaced

CORPUS = Corpus(1, {}, frozenset(), ())


def entry(number: int, name: str = "技术合同", kind: str = "count", context: str = "件数") -> NameEntry:
    """An entry with one name."""
    return NameEntry(number, kind, "", (name,), (), context, spaced(f"{name}\n{context}"))


def candidate(
    entry: NameEntry, coverage: float, *, gap: int = 0, rule: str = "", numbers: Numbers | None = None
) -> Candidate:
    """A candidate that explains *coverage* of a question, but for a gap, and is rejected by *rule*."""
    rejection = Rejection(rule, Text("", "")) if rule else None
    covered = NOTHING._replace(pieces=("技术", "合同"), gap=gap)
    return Candidate(entry, coverage, "", numbers or {}, lambda: (covered, rejection))


def answering(entry: NameEntry, coverage: float, explained: Coverage) -> Candidate:
    """A candidate that nothing stands against."""
    return Candidate(entry, coverage, "", {}, lambda: (explained, None))


def question(query: str = "技术合同") -> Question:
    """*query*, understood without any statistics."""
    return understand(query, CORPUS)


def answers(*candidates: Candidate, query: str = "技术合同", kind: str | None = "metric") -> list[int]:
    """The numbers of the *candidates* that answer, best first."""
    return [match.name for match in ranking.answers(question(query), candidates, kind)]


@pytest.mark.parametrize(
    ("kind", "least"), [("metric", 0.66), ("milestone", 0.55), (None, 0.66)], ids=["metric", "milestone", "both"]
)
def test_an_answer_explains_a_share_of_the_question(kind: str | None, least: float) -> None:
    """Two thirds; for a milestone, which misleads nobody, a little less."""
    other = entry(1, "别的", EVENT if kind == "milestone" else "count")
    assert answers(candidate(other, least), kind=kind) == [1]
    assert answers(candidate(other, least - 0.001), kind=kind) == []


def test_a_milestone_whose_whole_name_is_said_needs_less() -> None:
    """Whatever else is said is said about that; a name of two characters is none."""
    known, short = entry(1, "青山论坛", EVENT), entry(1, "论坛", EVENT)
    assert answers(candidate(known, 0.3), query="青山论坛", kind="milestone") == [1]
    assert answers(candidate(known, 0.299), query="青山论坛", kind="milestone") == []
    assert answers(candidate(known, 0.3), query="青山展会", kind="milestone") == []
    assert answers(candidate(short, 0.3), query="青山论坛", kind="milestone") == []
    assert answers(candidate(known, 0.3), query="青山论坛", kind="metric") == []


def test_an_english_name_is_said_in_whole_words() -> None:
    """An expo is in no export."""
    expo = entry(1, "expo", EVENT)
    assert answers(candidate(expo, 0.3), query="the expo opened", kind="milestone") == [1]
    assert answers(candidate(expo, 0.3), query="the exports opened", kind="milestone") == []


def test_four_characters_in_a_row_that_nothing_explains_ask_for_something_else() -> None:
    """Three may be said of it."""
    assert answers(candidate(entry(1), 0.9, gap=3)) == [1]
    assert answers(candidate(entry(1), 0.9, gap=4)) == []


def test_what_explains_nearly_as_much_as_the_best_belongs_to_the_answer() -> None:
    """Less are neighbours."""
    best = candidate(entry(1), 0.95)
    assert answers(best, candidate(entry(2), 0.911)) == [1, 2]
    assert answers(best, candidate(entry(2), 0.909)) == [1]


def test_a_figure_of_the_unit_that_is_asked_for_may_explain_less() -> None:
    """It comes first, and others with it only where they explain as much."""
    best, fitting = entry(1, context=""), entry(2, context="家数")
    assert answers(candidate(best, 0.95), candidate(fitting, 0.86), query="技术合同几家") == [2, 1]
    assert answers(candidate(best, 0.95), candidate(fitting, 0.849), query="技术合同几家") == [1]


@pytest.mark.parametrize(("rule", "found"), [("period", []), ("aspect", []), ("kind", [1]), ("modifier", [1])])
def test_a_figure_that_is_known_in_another_form_hides_its_neighbours(rule: str, found: list[int]) -> None:
    """Where the figure is known, and not of that year, another figure is no answer."""
    known = candidate(entry(2), 0.95, rule=rule)
    assert answers(known, candidate(entry(1), 0.9)) == found
    assert answers(known, candidate(entry(1), 0.92)) == [1]


def named(number: int, *names: str) -> Candidate:
    """A figure of those *names* that explains all of a question."""
    whole = NameEntry(number, "count", "", names, (), "", spaced("\n".join(names)))
    return candidate(whole, 1.0)


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        pytest.param("来了多少游客", ("接待游客",), ("旅游收入", "游客花费"), id="what is counted ends the name"),
        pytest.param("能耗占比", ("能耗占比",), ("能耗占比（变动前）",), id="what is, before what was"),
        pytest.param("能耗占比变动前", ("能耗占比（变动前）",), ("能耗占比",), id="what was, where it is asked for"),
        pytest.param("外贸增速", ("外贸增长",), ("外贸增速高于全国",), id="a growth, before how much more it is"),
        pytest.param("外贸高于全国", ("外贸高于全国",), ("外贸增长",), id="how much more, where it is asked for"),
        pytest.param("外贸", ("外贸",), ("进出口", "外贸"), id="its own name, before another one"),
    ],
)
def test_what_is_meant_comes_first(query: str, first: tuple[str, ...], second: tuple[str, ...]) -> None:
    """Both explain the whole question; whichever is found first."""
    expected = [named(1, *first), named(2, *second)]
    for found in (expected, expected[::-1]):
        assert answers(*found, query=query)[:1] == [1]


def test_an_exact_figure_comes_before_a_bound_of_the_same_name() -> None:
    """Where they differ in nothing else."""
    exact, bound = named(1, "外贸"), named(2, "外贸")
    bound.entry = bound.entry._replace(is_hedged=True)
    assert answers(exact, bound, query="外贸") == answers(bound, exact, query="外贸") == [1, 2]
    other = named(1, "完成外贸额", "外贸")
    assert answers(other, bound, query="外贸") == answers(bound, other, query="外贸") == [1, 2]


def test_what_has_a_synonym_need_not_stand_in_a_name() -> None:
    """Only the other characters are pieces that must."""
    term = Term("技术金额", (1.0, 1.0, 1.0, 1.0), {2: [(2, frozenset(("经费",)))]})
    assert list(ranking._pieces(term)) == [("技", 1.0), ("术", 1.0)]


def match(name: int, *, by_name: float = 1.0, precision: float = 1.0, fits: bool = False, vague: bool = False) -> Match:
    """A match that explains all of a question."""
    return Match(name, 1.0, by_name, precision, fits, Text("", ""), vague)


def best(*matches: Match) -> list[int]:
    """The numbers of the best of *matches*."""
    return [each.name for each in ranking.best(list(matches))]


def test_the_best_names_explain_about_the_same_alone() -> None:
    """The others only have it in their context."""
    assert best(match(1, by_name=0.9), match(2, by_name=0.861)) == [1, 2]
    assert best(match(1, by_name=0.9), match(2, by_name=0.859)) == [1]
    assert best(match(1, by_name=0.9), match(2, by_name=0.5, fits=True)) == [2, 1]


def test_where_every_match_is_vague_none_answers() -> None:
    """Beside one that is not, they stay."""
    assert best(match(1, vague=True), match(2, vague=True)) == []
    assert best(match(1, vague=True), match(2)) == [1, 2]


def test_the_score_is_of_the_question_then_of_the_name() -> None:
    """Half the coverage, a third what one name explains, a sixth how much of the name the question is."""
    each = Match(1, 0.8, 0.5, 0.3, False, Text("", ""))
    assert each.score == round(0.8 / 2 + 0.5 / 3 + 0.3 / 6, 4)


@pytest.mark.parametrize(
    ("typed", "printed", "same"),
    [
        ("", "亿元", True),
        ("亿元", "亿元", True),
        ("元", "亿元", False),
        ("个", "家", True),
        ("个", "亿元", False),
        ("个", "万家", False),
        ("个", "%", False),
        ("家", "个", False),
    ],
)
def test_a_number_is_of_the_unit_that_is_typed(typed: str, printed: str, same: bool) -> None:
    """Without a unit it is any; 个 counts whatever is counted one by one."""
    assert ranking.numbers([("52", typed, (1, 7, printed))]) == ({1: {"52": frozenset({7})}} if same else {})


def test_numbers_are_collected_by_name() -> None:
    """Two facts of a name may print the same number."""
    printed = [("52", "", (1, 7, "家")), ("52", "", (1, 8, "家")), ("3", "", (2, 9, "项"))]
    assert ranking.numbers(printed) == {1: {"52": frozenset({7, 8})}, 2: {"3": frozenset({9})}}


@pytest.mark.parametrize(("text", "found"), [("技术", [0.5]), ("术", [])])
def test_a_candidate_explains_something(text: str, found: list[float]) -> None:
    """From three tenths of the question on."""
    entries = [entry(1, f"{text}论坛", EVENT, "")]
    candidates = ranking.candidates(question("技术合同"), entries, {})
    assert [round(each.coverage, 1) for each in candidates] == found


def test_a_name_explains_something_itself() -> None:
    """What only the context of a name explains does not name it."""
    assert ranking.candidates(question("技术合同"), [entry(1, "论坛", context="技术合同")], {}) == []
    assert len(ranking.candidates(question("技术合同"), [entry(1, "技术论坛", context="技术合同")], {})) == 1


def test_what_comes_near_says_why_it_is_no_answer() -> None:
    """The rule that rejects it, or that too little is explained."""
    found = [candidate(entry(1), 0.9, rule="period"), candidate(entry(2), 0.5), candidate(entry(3), 0.4)]
    near = ranking.near(question(), found, 2)
    assert [(each.name, each.rejection and each.rejection.rule) for each in near] == [(1, "period"), (2, "coverage")]


def test_one_word_that_is_little_of_any_name_is_vague() -> None:
    """A quarter of the name is enough; five characters are more than a word."""
    names = {"技术" + "甲" * 6: True, "技术" + "甲" * 7: False, "医疗卫生机" + "甲" * 20: True}
    for name, enough in names.items():
        query = name.strip("甲")
        each = answering(entry(1, name), 1.0, Coverage(1.0, len(query), (query,)))
        assert bool(ranking.answers(question(query), [each], "metric")) is enough, name


def test_a_gram_says_the_more_the_fewer_names_have_it() -> None:
    """The inverse document frequency, from 1 for what no name has, down to a half."""
    corpus = Corpus(100, {"技": 1, "术": 100, "合": 7}, frozenset(), ())
    assert corpus.weight("新") == 1.0
    assert corpus.weight("术") == 0.5
    assert corpus.weight("合") == pytest.approx(log(1 + 100 / 7.5) / log(1 + 100 / 0.5))


@pytest.mark.parametrize(
    ("names", "frequency", "common"), [(20, 10, True), (20, 9, False), (1000, 100, True), (1000, 99, False)]
)
def test_a_pair_of_characters_is_common_in_ten_names_and_a_tenth_of_them(
    names: int, frequency: int, common: bool
) -> None:
    """Each pair of a word must be."""
    corpus = Corpus(names, {"科技": frequency, "技新": names}, frozenset(), ())
    assert corpus.is_common("科技") is common
    assert corpus.is_common("科技新") is common
    assert not corpus.is_common("科技局")


def matched(query: str, name: str, *, kind: str = "count", coverage: float = 1.0) -> Match:
    """How *name* explains *query*."""
    of_names = entry(1, name, kind)._replace(names=tuple(name.split("\n")))
    each = answering(of_names, coverage, Coverage(1.0, 4, tuple(query.split())))
    (found,) = ranking.near(question(query), [each], 1)
    return found


@pytest.mark.parametrize(
    ("query", "name", "kind", "by_name", "precision"),
    [
        ("技术合同", "技术合同", "count", 3.99 / 4, (1 + 1 + 1) / 3),
        ("技术合同", "技术合同成交", "count", 3.99 / 4, (4 / 6 + 1 + 1) / 3),
        ("合同技术", "技术合同", "count", 3.98 / 4, (1 + 0 + 1) / 3),
        ("技术", "合同", "count", 0.0, (0 + 0 + 1) / 3),
        ("技术合同", "技术合同", "rank", 3.99 / 4, (1 + 1 + 0) / 3),
        ("技术合同排名", "技术合同", "rank", 3.99 / 6, (1 + 0 + 1) / 3),
        ("permit work", "work permit", "count", 1.0, (10 / 10 + 0 + 1) / 3),
        ("合同 技术", "技术合同\n甲乙丙丁", "count", (1.99 + 1.99) / 4, (1 + 1 + 1) / 3),
    ],
)
def test_a_match_says_how_much_of_the_best_name_the_question_is(
    query: str, name: str, kind: str, by_name: float, precision: float
) -> None:
    """The mean of three: the share of its characters, whether it has the question, whether both mean a rank or none."""
    found = matched(query, name, kind=kind)
    assert found.by_name == pytest.approx(by_name)
    assert found.precision == pytest.approx(precision)


def test_a_match_says_what_it_explains() -> None:
    """In per cent, each word once."""
    found = matched("技术 合同 技术", "技术合同", coverage=0.857)
    assert (found.reason.zh, found.reason.en) == (
        "解释了查询的 86%：技术、合同",
        "explains 86% of the query: 技术、合同",
    )
    assert found.coverage == 0.857


def test_facts_are_those_that_print_every_number() -> None:
    """All of the name where the question has none."""
    numbers = {"5": frozenset({1, 2}), "7": frozenset({2, 3})}
    each = candidate(entry(1), 1.0, numbers=numbers)
    assert ranking.near(question(), [each], 1)[0].facts == frozenset({2})
    assert ranking.near(question(), [candidate(entry(1), 1.0)], 1)[0].facts is None


def test_a_part_comes_after_its_whole() -> None:
    """Where that explains as much."""
    whole, part = entry(1, "技术合同成交"), entry(2, "技术合同")._replace(part_of="技术合同成交")
    assert answers(candidate(part, 0.9), candidate(whole, 0.9)) == [1, 2]
    assert answers(candidate(part, 0.9), candidate(whole, 0.89)) == [2, 1]
    assert answers(candidate(part._replace(part_of=""), 0.9), candidate(whole, 0.9)) == [2, 1]


@pytest.mark.parametrize(
    ("query", "planned", "found"),
    [("技术合同", False, [2, 1]), ("十五五技术合同", False, [1, 2]), ("技术合同目标", True, [1, 2])],
)
def test_what_is_of_several_years_is_asked_for(query: str, planned: bool, found: list[int]) -> None:
    """A plan aims at the last of its years."""
    span = entry(1, context="目标 十五五")._replace(of_years=True, is_planned=planned)
    year = entry(2, "技术合同成交的金额", context="目标")._replace(is_planned=planned)
    assert answers(candidate(span, 0.9), candidate(year, 0.9), query=query) == found


@pytest.mark.parametrize(
    ("change", "kind", "query", "found"),
    [
        ("技术合同增长", "ratio", "技术合同", [2, 1]),
        ("技术合同增长", "money", "技术合同", [1, 2]),
        ("技术合同增加", "money", "技术合同", [2, 1]),
        ("技术合同增加", "money", "技术合同增加", [1, 2]),
        ("技术合同增加", EVENT, "技术合同", [1, 2]),
    ],
)
def test_a_change_comes_after_what_changes(change: str, kind: str, query: str, found: list[int]) -> None:
    """Unless the question says that word."""
    changed, level = entry(1, change, kind), entry(2, "技术合同成交的金额", kind)
    assert answers(candidate(changed, 0.9), candidate(level, 0.9), query=query, kind=None) == found


def loosely(entry: NameEntry, query: str, kind: str | None = "metric") -> list[int]:
    """The numbers of the names that *query* finds by more than their names."""
    asked = question(query)
    return [match.name for match in ranking.answers(asked, [], kind, ranking.loose(asked, [entry], {}))]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("上班族里做研究的密度", [1]),  # the phrase, and a word of the name
        ("在职者里做研究的占比", []),  # words of two phrases
        ("上班族", []),  # less than half of the phrase
    ],
)
def test_a_phrase_stands_for_itself(query: str, found: list[int]) -> None:
    """Half of it or more must be said, and the words of two phrases are none of one."""
    known = entry(1, "研发人员密度")._replace(phrases=("上班族里做研究的", "在职者搞科研占比"))
    assert loosely(known, query) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("小巨人、创新基金政策支持企业", [1]),
        ("小巨人企业", []),  # too little of the name
        ("小巨人、创新基金", []),
    ],
)
def test_what_a_figure_is_about_explains_words_beside_its_name(query: str, found: list[int]) -> None:
    """It names no figure alone."""
    known = entry(1, "政策支持企业数")._replace(related="科技小巨人工程 创新基金")
    assert loosely(known, query) == found


def test_a_phrase_of_a_milestone_is_no_answer_to_a_question_for_a_quantity() -> None:
    """Among facts of both kinds; where only milestones are asked for, it is."""
    known = entry(1, "青山论坛", EVENT)._replace(phrases=("山里的科技大会",))
    assert loosely(known, "山里的科技大会有几家", kind=None) == []
    assert loosely(known, "山里的科技大会有几家", kind="milestone") == [1]
    assert loosely(known, "山里的科技大会", kind=None) == [1]
