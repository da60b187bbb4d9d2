"""The search itself: a question, entries and corpus statistics in, matches with reasons out; no index, no file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from shkc.search import misspelt, ranking
from shkc.search.clauses import clauses
from shkc.search.corpus import Corpus
from shkc.search.question import Question, grams, understand
from shkc.text.name_entry import EVENT, NameEntry, spaced
from shkc.text.name_forms import forms


class Names(Sequence[NameEntry]):
    """The entries of a small invented report, with the statistics of their grams."""

    def __init__(self) -> None:
        growth = "增长 增速 同比 growth"
        self._facts = [
            ("contracts", "技术合同成交额", "Value of technology contracts", "money", f"金额 元 {growth}"),
            ("companies", "有效期内高新技术企业数", "Valid high-tech companies", "count", "数量 家数"),
            ("academicians", "新增两院院士人数", "New academicians", "count", "数量 位数 人数 占比 占"),
            ("permits", "外国人工作许可数", "Work permits of foreigners", "count", "数量 份数"),
            ("permits-rank", "外国人工作许可全国排名", "National rank of work permits", "rank", "全国 排名 位次 rank"),
            ("devices", "3类创新医疗器械数", "Class 3 devices", "count", "数量 个数"),
            ("forum", "青山论坛举办", "Qingshan forum held", EVENT, "活动 会议 event"),
        ]
        frequencies: Counter[str] = Counter()
        self._entries = []
        for number, (key, name, english, kind, context) in enumerate(self._facts):
            found = forms(key, name, english, (), (), context)
            text = spaced("\n".join(found.names) + "\n" + found.context_terms)
            measure = {"companies": "stock", "academicians": "flow", "permits": "cumulative"}.get(key, "")
            self._entries.append(NameEntry(number, kind, measure, found.names, found.pinyin, found.context_terms, text))
            frequencies.update(found.grams)
        self.frequencies = dict(frequencies)

    def __getitem__(self, place):  # type: ignore[no-untyped-def] # a sequence of entries
        return self._entries[place]

    def __len__(self) -> int:
        return len(self._entries)

    def question(self, query: str) -> Question:
        """*query*, understood against these names."""
        frequencies = {gram: self.frequencies[gram] for gram in grams(query) if gram in self.frequencies}
        return understand(query, Corpus(len(self), frequencies, frozenset({2031}), ("青山", "qingshan")))

    def answers(self, query: str, kind: str | None = "metric") -> list[str]:
        """The ids of what answers *query*, best first."""
        question = self.question(query)
        return [self.id(match) for match in ranking.answers(question, ranking.candidates(question, self, {}), kind)]

    def id(self, match: ranking.Match) -> str:
        """The id of the fact that *match* names."""
        return self._facts[match.name][0]

    def rule(self, query: str) -> str | None:
        """The rule by which the best candidate for *query* is rejected."""
        best = ranking.candidates(self.question(query), self, {})[0]
        return best.rejection and best.rejection.rule


@pytest.fixture(scope="module")
def names() -> Names:
    """The entries."""
    return Names()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("技术合同成交了多少亿元", ["contracts"]),
        ("value of technology contracts", ["contracts"]),
        ("jishu hetong duoshao", ["contracts"]),
        ("2031年青山高新技术企业有几家", ["companies"]),
        ("新增院士有几位", ["academicians"]),
        ("外国人工作许可排第几", ["permits-rank"]),
        ("三类创新医疗器械", ["devices"]),
        ("月球基地", []),
    ],
)
def test_a_question_finds_what_explains_it(names: Names, query: str, found: list[str]) -> None:
    """Nothing that matters in the question is left unexplained."""
    assert names.answers(query) == found


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("2029年技术合同成交额", "period"),
        ("技术合同成交额上半年", "period"),
        ("大前年技术合同成交额", "period"),
        ("北京技术合同成交额", "discriminator"),
        ("国家级高新技术企业", "level"),
        ("新增有效期内高新技术企业", "measure"),
        ("累计两院院士人数", "measure"),
        ("高新技术企业博物馆", "modifier"),
        ("残疾人高新技术企业", "modifier"),
        ("2类创新医疗器械", "discriminator"),
        ("B类创新医疗器械", "class"),
        ("高新技术企业增速", "aspect"),
        ("外国人工作许可占比", "aspect"),
        ("技术合同成交额排第几", "kind"),
        ("技术合同有几家", "kind"),
        ("技术合同成交额", None),
        ("技术合同成交额增速", None),
        ("去年技术合同成交额", None),
    ],
)
def test_what_asks_for_something_else_is_rejected_by_a_rule(names: Names, query: str, rule: str | None) -> None:
    """Each rule has its question, and questions for the figure itself have none."""
    assert names.rule(query) == rule


def test_a_question_for_a_quantity_is_not_answered_by_a_milestone(names: Names) -> None:
    """Where both kinds are searched, 多少 asks for a figure."""
    assert names.answers("青山论坛", None) == ["forum"]
    assert names.answers("青山论坛有多少人", None) == []


@pytest.mark.parametrize(("query", "found"), [("技术何同成交额", "contracts"), ("technolgy contracts", "contracts")])
def test_a_misspelt_question_is_meant_by_sound_or_spelling(names: Names, query: str, found: str) -> None:
    """Characters that sound alike and words with a letter wrong stand for what is meant."""
    question = names.question(query)
    matches = misspelt.answers(question, misspelt.sounds(question), names)
    assert names.id(matches[0]) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("permots", ["permits", "permits-rank"]),
        ("permotx", []),
        ("xermits", []),
        ("acadimecians", ["academicians"]),
        ("acadimecianz", []),
        ("devces", ["devices"]),
        ("dvces", []),
        ("forun", ["forum"]),
        ("luntam", []),
        ("qingshanluntam", ["forum"]),
        ("jishuhetonchengjiaoe", ["contracts"]),
        ("jishuhetengchengjiaou", ["contracts"]),
        ("jishuhetengchenqjiaou", []),
        ("shirinshu", ["academicians"]),
        ("shirinshi", []),
        ("何同", ["contracts"]),
        ("何通合图", []),
    ],
)
def test_so_many_letters_may_be_wrong(names: Names, query: str, found: list[str]) -> None:
    """One of four, two of eight, in pinyin one of seven; a word begins as it should."""
    question = names.question(query)
    assert [names.id(match) for match in misspelt.answers(question, misspelt.sounds(question), names)] == found


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("甲，乙，丙，丁，多少", ["多少", "丁 多少", "丙 丁 多少"]),
        ("多少，乙", ["多少"]),
        ("甲，乙", ["乙"]),
        ("甲乙，", []),
        ("我想写稿子，技术合同成交了多少", ["技术合同成交了多少"]),
        (
            "那个合同，就是技术合同，成交多少呢，谢谢",
            ["成交多少呢", "就是技术合同 成交多少呢", "那个合同 就是技术合同 成交多少呢"],
        ),
        ("技术合同成交额", []),
        ("有几家，不算建成的", []),
    ],
)
def test_a_long_query_is_asked_clause_by_clause(query: str, parts: list[str]) -> None:
    """The last clause that asks comes first; what excludes something is not taken apart."""
    assert list(clauses(query)) == parts
