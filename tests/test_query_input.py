"""Whatever is typed as a query is text: nothing in it is syntax, and nothing breaks."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from support import SMALL, ids, shkc

import shkc as library
from shkc.base import FactBase
from shkc.search import numbers, values

QUERIES = (
    "全社会研发投入",
    "技术合同成交额",
    "新认定高新技术企业",
    "R&D intensity",
    "8.30万份",
    "gross expenditure",
    "青山科学节",
    "zonghekejichuangxin",
    "孵化器有多少家",
)
PINYIN = {
    "rd-expenditure": "quanshehuiyanfatouru",
    "contract-value": "jishuhetongchengjiaoe",
    "innovation-rank": "zonghekejichuangxinshuipingquanguopaiming",
    "incubators": "fuhuaqishu",
    "new-academicians": "xinzengyuanshishu",
}


@pytest.fixture(scope="module")
def base() -> FactBase:
    """The invented report, in memory."""
    return library.base.open_in({"SHKC_CACHE_DIR": "/dev/null/none"}, [SMALL])


@pytest.fixture(scope="module")
def bundled() -> FactBase:
    """The bundled report, in memory."""
    return library.base.open_in({"SHKC_CACHE_DIR": "/dev/null/none"})


def answer(base: FactBase, query: str) -> list[str]:
    """The ids that answer *query*."""
    return [fact.id for fact in base.search(query)]


@given(query=st.text(max_size=60))
@example(query="*")
@example(query='"')
@example(query="AND")
@example(query="NEAR(a b)")
@example(query="a\0b")
@example(query="-x OR y NOT z")
@example(query="grams:a^2")
@example(query="\ud800")
@example(query="ﷺ")
@example(query="ß")
@example(query="'; DROP TABLE fact; --")
def test_no_query_raises(base: FactBase, query: str) -> None:
    """Any text at all is a query, but for one without a character."""
    assume(query.strip())
    assert isinstance(base.search(query), list)


@given(query=st.lists(st.sampled_from("研发投入技术合同 12.3亿%AND*\"'()-+^:~§🙂é"), max_size=40).map("".join))
def test_no_mixture_raises(base: FactBase, query: str) -> None:
    """Nor does a mixture of real words, numbers and marks."""
    assume(query.strip())
    assert isinstance(base.search(query), list)


@pytest.mark.parametrize("command", ["metric", "milestone", "search"])
@pytest.mark.parametrize("query", ["", " ", "\t\n", "　"], ids=["empty", "space", "tab", "ideographic space"])
def test_an_empty_query_is_wrong_usage(command: str, query: str) -> None:
    """A query without a character is wrong usage: status 2, one line on standard error, nothing on standard output."""
    answer = shkc(command, query)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "shkc: 查询是空的；请给出要找的名称\n"


@pytest.mark.parametrize("command", ["metric", "milestone", "search", "show", "verify"])
def test_a_missing_argument_is_wrong_usage(command: str) -> None:
    """A command without what it needs is wrong usage."""
    answer = shkc(command)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err != ""


@pytest.mark.parametrize(
    "query",
    [
        *(
            '"',
            "'",
            "*",
            "AND",
            "OR",
            "NOT",
            "NEAR",
            '"AND"',
            "(",
            "()",
            "^",
            ":",
            "%",
            "_",
            ";",
            "\\",
            "🙂",
            "？",
            "\0",
        ),
        *("👩‍🔬", "\u200b", "\u202e", "…", "-月球%", '月球"基地', "月球*", "月球 AND 基地", "[]", "{}", "$HOME", "#"),
    ],
)
def test_marks_are_just_text(query: str) -> None:
    """Quotes, operators and wildcards are characters that no name has: not found, in one line."""
    answer = shkc("search", "--facts", SMALL, "--json", "--", query)
    assert (answer.status, answer.out) == (1, "[]\n")
    assert answer.err.count("\n") == 1
    assert answer.err.strip().isprintable()


@pytest.mark.parametrize("mark", ["*", '"', "'", "AND", "^", "()", "…"])
def test_marks_do_not_change_an_answer(mark: str) -> None:
    """A mark beside a name is passed over."""
    assert ids(shkc("metric", f"孵化器数 {mark}".replace("AND", ""), "--facts", SMALL, "--json")) == ["incubators"]


@pytest.mark.parametrize("query", ["-", "--", "-x"])
def test_a_dash_after_the_double_dash_is_text(query: str) -> None:
    """What follows -- is a query even if it begins with a dash."""
    assert shkc("search", "--facts", SMALL, "--", query).status == 1


@pytest.mark.parametrize("query", ["[b]月球[/b]", "[red]", "[/]", ":smile:"])
def test_rich_markup_in_a_query_is_shown_as_typed(query: str) -> None:
    """A query cannot style the message that repeats it."""
    assert f"“{query}”" in shkc("metric", query, "--facts", SMALL).err


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("技" * 10_000, id="one character"),
        pytest.param("技术合同" * 2_500, id="a name again and again"),
        pytest.param("a" * 10_000, id="one letter"),
        pytest.param("kjcx" * 2_500, id="letters"),
        pytest.param("word " * 2_000, id="words"),
        pytest.param("9" * 10_000, id="a number"),
        pytest.param("1 " * 5_000, id="numbers"),
        pytest.param("".join(map(chr, range(0x4E00, 0x4E00 + 10_000))), id="10,000 different characters"),
        pytest.param(" ".join(f"{n:04d}" for n in range(2_000)), id="2,000 different numbers"),
        pytest.param("*" * 10_000, id="marks"),
        pytest.param("🙂" * 10_000, id="emoji"),
    ],
)
def test_a_very_long_query_is_just_text(query: str) -> None:
    """10,000 characters are a query like any other, and the message shortens them."""
    answer = shkc("search", query, "--facts", SMALL)
    assert answer.status in (0, 1)
    assert len(answer.err) < 300


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "form",
    [
        pytest.param(" {} ", id="spaces around"),
        pytest.param("　{}　", id="ideographic spaces around"),
        pytest.param("\n{}\n", id="line ends around"),
        pytest.param("“{}”", id="Chinese quotes"),
        pytest.param("《{}》？", id="title marks"),
    ],
)
def test_what_stands_around_a_query_changes_nothing(base: FactBase, query: str, form: str) -> None:
    """Spaces, quotes and title marks around a query change nothing."""
    assert answer(base, form.format(query)) == answer(base, query) != []


@pytest.mark.parametrize("query", QUERIES)
def test_case_and_width_change_nothing(base: FactBase, query: str) -> None:
    """Capitals, small letters and full-width forms are the same."""
    wide = query.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    forms = [query.upper(), query.lower(), query.title(), wide, wide.upper(), query.replace(" ", "   ")]
    assert [answer(base, form) for form in forms] == [answer(base, query)] * len(forms)


@pytest.mark.parametrize("name", ["全社会研发投入", "国际论文数", "组建未来材料实验室"])
def test_spaces_inside_a_name_change_nothing(base: FactBase, name: str) -> None:
    """A name with spaces between its characters is that name."""
    assert answer(base, " ".join(name)) == answer(base, name) != []


@pytest.mark.parametrize(("fact", "pinyin"), PINYIN.items())
def test_pinyin_finds_the_name(base: FactBase, fact: str, pinyin: str) -> None:
    """The full pinyin of a name puts the fact first."""
    assert answer(base, pinyin)[0] == fact


def test_the_exact_name_puts_a_fact_first(bundled: FactBase) -> None:
    """Every bundled fact is found first by its own name, in both languages, and by its id."""
    facts = bundled.list()
    assert [f.id for f in facts if bundled._facts([f.name], f.kind)[0].name != f.name] == []
    assert [f.id for f in facts if bundled._facts([f.name_en], f.kind)[0].name_en != f.name_en] == []
    assert [f.id for f in facts if bundled.search(f.id)[0].id != f.id] == []


def test_the_pinyin_of_a_name_puts_a_fact_first(bundled: FactBase) -> None:
    """Every bundled fact whose name is all Chinese characters is found first by its pinyin."""
    facts = [fact for fact in bundled.list() if all("一" <= character <= "鿿" for character in fact.name)]
    spelt = {fact.id: "".join(lazy_pinyin(fact.name, v_to_u=False)).replace("ü", "v") for fact in facts}
    found = {fact.id: bundled._facts([spelt[fact.id]], fact.kind) for fact in facts}
    assert [fact.id for fact in facts if not found[fact.id] or found[fact.id][0].id != fact.id] == []


def test_aliases_and_official_names_find_a_fact(bundled: FactBase) -> None:
    """Every alias and official name of a bundled fact finds it."""
    facts = bundled.list()
    names = {fact.id: bundled.show(fact.id)[0].details.aliases for fact in facts}
    missed = [(fact.id, name) for fact in facts for name in names[fact.id] if fact.id not in answer(bundled, name)]
    assert missed == []


NUMBER_WORDS = (
    *(
        "第五位",
        "首位",
        "冠军",
        "ranked first",
        "no. 5",
        "伍佰家",
        "52家里有几家",
        "29 billion",
        "两百五十几个",
        "万亿",
        "陆",
    ),
    *("多少家", "阿拉伯", "rank", "陆家嘴"),
)


@given(st.lists(st.sampled_from(NUMBER_WORDS) | st.text(max_size=4), max_size=4).map("".join))
@example("伍伍家")
def test_a_question_is_not_read_for_numbers_only_where_it_has_none(question: str) -> None:
    """What is passed over at once has no number in it."""
    folded = question.casefold()
    read = values.read(folded)
    assert numbers.has_numbers(folded) or read == ((), frozenset(), (), (), folded)


def test_most_questions_are_not_read_for_numbers() -> None:
    """陆 is a formal six, and in 陆家嘴 it is none."""
    assert not numbers.has_numbers("陆家嘴论坛嘉宾")
