"""Conditions that pick facts, as a user, a program or an agent words them, and what they mean in a fact base."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from shkc.errors import UsageError
from shkc.language import Text
from shkc.output.labels import CATEGORIES, DIMENSIONS, KINDS, MEASURES, ORDERS, PARTS
from shkc.store.selection import Bound, Selection, Unit

MOST_UNITS = 20
"""Units that are told where no fact has the one asked for."""


class Base(Protocol):
    """What a fact base says of the words that conditions are made of."""

    def units(self) -> Sequence[str]:
        """The printed units, the commonest first."""

    def categories(self) -> Sequence[str]:
        """The categories of the milestones, the commonest first."""

    def select(self, selection: Selection) -> Iterator[bytes]:
        """The records that *selection* picks."""


class Conditions(NamedTuple):
    """Conditions in words: a part of a section's title, a category in either language, an amount like 10亿元.

    Facts meet every condition; of several sections, categories, measures or units they are of any.
    """

    section: Sequence[str] = ()
    kind: str | None = None
    category: Sequence[str] = ()
    measure: Sequence[str] = ()
    unit: Sequence[str] = ()
    has: Sequence[str] = ()
    least: str | None = None
    most: str | None = None
    sort: str | None = None

    def selection(self, base: Base) -> Selection:
        """The facts of *base* that are meant, in their order. Raises `UsageError` for a word that means nothing."""
        low, high = _bounds(self.least, self.most)
        return Selection(
            sections=tuple(self.section),
            kind=None if self.kind is None else kind_of(self.kind),
            categories=_terms(Text("类别", "category"), self.category, CATEGORIES),
            measures=_terms(Text("口径", "measure"), self.measure, MEASURES),
            units=tuple(_unit(each, base) for each in self.unit),
            has=_terms(Text("内容", "part"), self.has, PARTS),
            least=low,
            most=high,
            sort=_term(Text("顺序", "order"), self.sort or "report", ORDERS),
        )


def kind_of(word: str) -> str:
    """The kind of facts that *word* names in either language. Raises `UsageError` for one that there is not."""
    return _term(Text("种类", "kind"), word, KINDS)


def missing_units(base: Base, selection: Selection) -> Text | None:
    """That no figure has some of the units of *selection*, and which there are; None where each has one."""
    missing = [unit.typed for unit in selection.units if not _some(base, Selection(units=(unit,)))]
    if not missing:
        return None
    from shkc.text import units

    there = base.units()[:MOST_UNITS]
    english = [f"{unit} ({name[-1]})" if (name := units.english(unit)) and name[-1] else unit for unit in there]
    quoted = [f"“{each}”" for each in missing]
    return Text(
        f"没有单位是{'、'.join(quoted)}的数字；有：{'、'.join(there)}",
        f"no figure has the unit {' or '.join(quoted)}; there are {', '.join(english)}",
    )


def none(base: Base, selection: Selection) -> Text:
    """That no fact is as *selection* asks; what there is: units, categories, measures, facts but for one of them."""
    if selection.units and (told := missing_units(base, selection)):
        return told
    if selection.categories and not set(selection.categories) & set(found := base.categories()):
        return _no_term(
            Text("类的里程碑", "no milestone is of the category"), selection.categories, CATEGORIES, found, Text("", "")
        )
    if selection.measures and not _some(base, Selection(measures=selection.measures)):
        others = [term for term in MEASURES if _some(base, Selection(measures=(term,)))]
        return _no_term(Text("的数字", "no figure is a"), selection.measures, MEASURES, others, Text("口径是", ""))
    return _but_for(base, selection)


def _no_term(what: Text, asked: Sequence[str], labels: Mapping[str, Text], there: Sequence[str], before: Text) -> Text:
    zh, en = "、".join(f"“{labels[term].zh}”" for term in asked), " or ".join(labels[term].en for term in asked)
    return Text(
        f"没有{before.zh}{zh}{what.zh}；有：{'、'.join(labels[each].zh for each in there)}",
        f"{what.en} {en}; there are {', '.join(labels[each].en for each in there)}",
    )


_CONDITIONS = {
    "sections": Text("栏目", "the section"),
    "kind": Text("种类", "the kind"),
    "categories": Text("类别", "the category"),
    "measures": Text("口径", "the measure"),
    "units": Text("单位", "the unit"),
    "has": Text("所带内容", "the parts"),
    "least": Text("最小值", "the least value"),
    "most": Text("最大值", "the greatest value"),
}
"""The conditions of a selection by their fields."""


def _but_for(base: Base, selection: Selection) -> Text:
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


def _some(base: Base, selection: Selection) -> bool:
    return any(base.select(selection._replace(limit=1)))


def _terms(what: Text, texts: Sequence[str], labels: Mapping[str, Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_term(what, text, labels) for text in texts))


def _term(what: Text, text: str, labels: Mapping[str, Text]) -> str:
    """The term of *labels* that *text* is, in either language. Raises `UsageError` for one that is none."""
    for term, label in labels.items():
        if text.strip().lower() in (term, label.zh, label.en):
            return term
    chinese = "、".join(f"{term}（{label.zh}）" for term, label in labels.items())
    raise UsageError(f"没有{what.zh}“{text}”；有：{chinese}", f"no {what.en} “{text}”; there are {', '.join(labels)}")


# ── Units ───────────────────────────────────────────────────────────────────────────────────────────


def _unit(text: str, base: Base) -> Unit:
    """The unit that *text* names: a dimension (人, money), a unit as printed in either language, a base unit, a scale.

    What is none of these stays as it is typed, and no figure has it.
    """
    from shkc.text import units

    word, printed = text.strip(), base.units()
    dimensions = [term for term, label in DIMENSIONS.items() if word.lower() in (term, label.zh)]
    if dimensions:
        return Unit(word, tuple(each for each in printed if units.dimension(each) == dimensions[0]) or (word,))
    if word in printed:
        return Unit(word, (word,))
    if word.isascii():
        normal = _base_unit(word)
        return Unit(word, (normal or word,), () if normal else (word.lower(), f"{word.lower()}s"))
    from shkc.text.scripts import simplified_in_context  # slow to import

    plain = simplified_in_context(word)
    if plain in printed:
        return Unit(word, (plain,))
    power, counted = units.scale_and_base(plain)
    if power and not counted:
        return Unit(word, tuple(each for each in printed if units.scale_and_base(each)[0] == power) or (word,))
    return Unit(word, (_base_unit(plain) or plain,))


def _base_unit(word: str) -> str | None:
    """The base unit that *word* is a name of, as it stands behind a number or around it: yuan, ¥, CNY billion."""
    from shkc.text import amounts, units

    before, _, behind = word.partition(" ")
    for written in (f"1 {word}", f"{word}1", f"{before} 1 {behind}"):
        amount = amounts.amount(written)
        if amount and amount[1] and units.dimension(amount[1]):
            return amount[1]
    return None


# ── Amounts ─────────────────────────────────────────────────────────────────────────────────────────


def _bounds(least: str | None, most: str | None) -> tuple[Bound | None, Bound | None]:
    """The limits of normalised values. Raises `UsageError` for what is no amount, and for two units."""
    low, high = _bound(least), _bound(most)
    if low and high and low.unit and high.unit and low.unit != high.unit:
        raise UsageError(
            f"最小值的单位是 {low.unit}，最大值的是 {high.unit}；请用同一单位",
            f"the least value is in {low.unit} and the greatest in {high.unit}; use one unit",
        )
    return low, high


def _bound(text: str | None) -> Bound | None:
    if text is None:
        return None
    from shkc.text import amounts

    amount = amounts.amount(text)
    if amount is None:
        raise UsageError(
            f"“{text}”不是数量；写法如 100、2.4万、10亿元", f"“{text}” is no amount; write 100, 2.4万 or 10亿元"
        )
    value, unit = amount
    return Bound(float(value), unit)
