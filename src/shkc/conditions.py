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
    """That no fact is as *selection* asks; where no fact at all has its unit or category, which there are."""
    if selection.unit is not None and not any(base.select(Selection(unit=selection.unit, limit=1))):
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
    return Text("没有符合条件的事实", "no fact meets the conditions")


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
