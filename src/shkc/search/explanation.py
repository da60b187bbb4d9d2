"""A question as it was understood, told line by line: what `--explain` prints before the results."""

from collections.abc import Iterator
from itertools import groupby

from shkc.language import Text
from shkc.search.question import Question, Term

_LABELS = {
    "words": Text("要解释的词（权重）", "words to be explained (weight)"),
    "left": Text("不计的词", "words that say nothing"),
    "quantity": Text("问的量", "kind of quantity"),
    "counted": Text("计数单位", "counted in"),
    "dimension": Text("计量的对象", "what is measured"),
    "aspect": Text("问的方面", "aspect"),
    "years": Text("年份", "year"),
    "periods": Text("事实必须写明的时期", "periods that a fact must name"),
    "places": Text("地区", "place"),
    "mood": Text("所问", "asked for"),
    "values": Text("数值范围", "values"),
    "required": Text("事实必须说明的词", "words that a fact must have"),
    "measure": Text("当年的或总共的", "in a year or in all"),
    "classes": Text("类别", "class"),
    "levels": Text("级别", "level"),
    "states": Text("建设状态", "state of building"),
    "excluding": Text("排除", "excluding"),
}

_CHINESE = {
    "count": "个数", "money": "金额", "measure": "物理量", "rank": "位次", "number": "数目", "value": "数值",
    "growth": "增长", "share": "占比", "flow": "当年", "stock": "总共", "planned": "计划",
    "built": "已建", "being built": "在建", "the whole nation": "全国",
}  # fmt: skip
"""The terms for what is asked, which are English in the code."""


def understood(question: Question) -> Iterator[Text]:
    """What *question* asks for, a line for each part of it that says something."""
    for key, said in _parts(question).items():
        if said:
            label = _LABELS[key]
            chinese = "、".join(_CHINESE.get(word, word) for word in said)
            yield Text(f"{label.zh}：{chinese}", f"{label.en}: {', '.join(said)}")


def _parts(question: Question) -> dict[str, list[str]]:
    parts = [part for term in question.terms for part in _weighed(term)]
    return {
        "words": [f"{part} ({weight:.1f})" for part, weight in parts if weight],
        "left": [part for part, weight in parts if not weight],
        "quantity": [question.asked.quantity_kind] if question.asked.quantity_kind else [],
        "counted": [question.asked.counter] if question.asked.counter else [],
        "dimension": [f"{word} ({dimension})" for word, dimension in question.asked.heads],
        "aspect": [question.asked.aspect] if question.asked.aspect else [],
        "years": [str(question.year)] if question.year else [],
        "periods": [f"{each.words} ({each.start}{each.part or ''})" for each in question.periods],
        "places": [*question.scopes, *(["the whole nation"] if question.of_nation else [])],
        "mood": ["planned"] if question.planned else [],
        "values": [f"{value.low:.15g}–{value.high:.15g} {value.unit}" for value in question.values],
        "required": [word for word, _ in (*question.elsewhere, *question.discriminators)],
        "measure": [question.asked.measure] if question.asked.measure else [],
        "classes": list(question.asked.classes),
        "levels": list(question.asked.levels),
        "states": sorted(question.asked.states),
        "excluding": [question.asked.excluding] if question.asked.excluding else [],
    }


def _weighed(term: Term) -> Iterator[tuple[str, float]]:
    """The parts of *term* that weigh something and those that weigh nothing, each with its weight."""
    if len(term.weights) != len(term.text):
        yield term.text, term.weight
        return
    for _, characters in groupby(zip(term.text, term.weights, strict=True), key=lambda each: each[1] > 0):
        part, weights = zip(*characters, strict=True)
        yield "".join(part), sum(weights)
