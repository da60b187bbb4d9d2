"""The conditions by which facts are picked, as a user or an agent words them, and what they mean in a fact base."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from shkc.base import Bound, FactBase, Selection
from shkc.errors import UsageError
from shkc.language import Text
from shkc.output.labels import CATEGORIES, MEASURES

MOST_UNITS = 20
"""Units that are told where no fact has the one asked for."""


class Conditions(NamedTuple):
    """Conditions in words: a part of a section's title, a category in either language, an amount like 10亿元."""

    section: str | None = None
    kind: str | None = None
    category: str | None = None
    measure: str | None = None
    unit: str | None = None
    has: Sequence[str] = ()
    least: str | None = None
    most: str | None = None

    def selection(self, base: FactBase) -> Selection:
        """The facts of *base* that are meant. Raises `UsageError` for a word that means nothing."""
        low, high = _bounds(self.least, self.most)
        return Selection(
            section=self.section,
            kind=self.kind,
            category=_term(Text("类别", "category"), self.category, CATEGORIES),
            measure=_term(Text("口径", "measure"), self.measure, MEASURES),
            unit=_unit(self.unit, base),
            has=tuple(dict.fromkeys(self.has)),
            least=low,
            most=high,
        )


def none(base: FactBase, selection: Selection) -> Text:
    """That no fact is as *selection* asks; what there is: units, categories, measures, facts but for one of them."""
    if selection.unit is not None and not _some(base, Selection(unit=selection.unit)):
        units = base.units()[:MOST_UNITS]
        return Text(
            f"没有单位是“{selection.unit}”的数字；有：{'、'.join(units)}",
            f"no figure has the unit “{selection.unit}”; there are {', '.join(units)}",
        )
    if selection.category is not None and selection.category not in (found := base.categories()):
        label = CATEGORIES[selection.category]
        return Text(
            f"没有“{label.zh}”类的里程碑；有：{'、'.join(CATEGORIES[each].zh for each in found)}",
            f"no milestone is of the category {label.en}; there are {', '.join(CATEGORIES[each].en for each in found)}",
        )
    if selection.measure is not None and not _some(base, Selection(measure=selection.measure)):
        label = MEASURES[selection.measure]
        others = [each for term, each in MEASURES.items() if _some(base, Selection(measure=term))]
        return Text(
            f"没有口径是“{label.zh}”的数字；有：{'、'.join(each.zh for each in others)}",
            f"no figure is a {label.en}; there are {', '.join(each.en for each in others)}",
        )
    return _but_for(base, selection)


_CONDITIONS = {
    "section": Text("栏目", "the section"),
    "kind": Text("种类", "the kind"),
    "category": Text("类别", "the category"),
    "measure": Text("口径", "the measure"),
    "unit": Text("单位", "the unit"),
    "has": Text("所带内容", "the parts"),
    "least": Text("最小值", "the least value"),
    "most": Text("最大值", "the greatest value"),
}
"""The conditions of a selection by their fields."""


def _but_for(base: FactBase, selection: Selection) -> Text:
    """That no fact is as *selection* asks, and without which one of its conditions some are."""
    anything = Selection()
    given = {
        field: text for field, text in _CONDITIONS.items() if getattr(selection, field) != getattr(anything, field)
    }
    without = [
        text
        for field, text in given.items()
        if len(given) > 1 and _some(base, selection._replace(**{field: getattr(anything, field)}))
    ]
    zh, en = Text("没有符合条件的事实", "no fact meets the conditions")
    if without:
        zh += f"；只要不限{'、或不限'.join(text.zh for text in without)}就有"
        en += f"; without {', or without '.join(text.en for text in without)}, some do"
    return Text(zh, en)


def _some(base: FactBase, selection: Selection) -> bool:
    return any(base.select(selection._replace(limit=1)))


def _term(what: Text, text: str | None, labels: Mapping[str, Text]) -> str | None:
    """The term of *labels* that *text* is, in either language. Raises `UsageError` for one that is none."""
    if text is None:
        return None
    for term, label in labels.items():
        if text.strip().lower() in (term, label.zh, label.en):
            return term
    chinese = "、".join(f"{term}（{label.zh}）" for term, label in labels.items())
    raise UsageError(
        Text(f"没有{what.zh}“{text}”；有：{chinese}", f"no {what.en} “{text}”; there are {', '.join(labels)}")
    )


def _unit(text: str | None, base: FactBase) -> str | None:
    """*text* where it is a printed unit of *base*, else the base unit that it is a name of (yuan: CNY)."""
    if text is None:
        return None
    from shkc.text import amounts

    unit = text.strip()
    amount = None if unit in base.units() else amounts.amount(f"1 {unit}")
    return amount[1] if amount and amount[1] else unit


def _bounds(least: str | None, most: str | None) -> tuple[Bound | None, Bound | None]:
    """The limits of normalised values. Raises `UsageError` for what is no amount, and for two units."""
    low, high = _bound(least), _bound(most)
    if low and high and low.unit and high.unit and low.unit != high.unit:
        raise UsageError(
            Text(
                f"最小值的单位是 {low.unit}，最大值的是 {high.unit}；请用同一单位",
                f"the least value is in {low.unit} and the greatest in {high.unit}; use one unit",
            )
        )
    return low, high


def _bound(text: str | None) -> Bound | None:
    if text is None:
        return None
    from shkc.text import amounts

    amount = amounts.amount(text)
    if amount is None:
        raise UsageError(
            Text(f"“{text}”不是数量；写法如 100、2.4万、10亿元", f"“{text}” is no amount; write 100, 2.4万 or 10亿元")
        )
    value, unit = amount
    return Bound(float(value), unit)
