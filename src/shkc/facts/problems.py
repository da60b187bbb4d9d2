"""How what is wrong with a fact file is worded, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import msgspec

from shkc.facts.entries import ChangeEntry
from shkc.facts.values import mismatch, nearest, of_kind
from shkc.language import Text
from shkc.text import quantity

NUMBERS = ("value", "upper")


def unknown_key(key: str, known: Iterable[str]) -> Text:
    """*key* is none of the *known* fields."""
    hint = nearest(key, known)
    return Text(zh=f"未知字段 {key}{hint.zh}", en=f"unknown key {key}{hint.en}")


def unknown_section(section: str, known: Iterable[str]) -> Text:
    """*section* is none of the *known* sections."""
    hint = nearest(section, known)
    return Text(
        zh=f"未知栏目 {section}{hint.zh or '；须是前面某个 [[section]] 的 id'}",
        en=f"unknown section {section}{hint.en or '; it must be the id of a [[section]] above'}",
    )


def unknown_fact(key: str, target: str, known: Iterable[str]) -> Text:
    """*key* names *target*, which is none of the *known* facts."""
    hint = nearest(target, known)
    return Text(
        zh=f"{key} 所指的 {target} 不是本文件中的其他事实{hint.zh or '；须是另一个事实的 id'}",
        en=f"{key} names {target}, which is no other fact of this file{hint.en or '; it must be the id of another'}",
    )


_RELATIVE = frozenset(("%", "个百分点", "百分点", "个千分点", "个基点", "成", "倍", "番"))


def is_unit_of_growth(unit: str, of: str) -> bool:
    """Whether a figure in the unit *of* can grow by so many *unit*: those that say how much of it, or its own."""
    base, own = quantity.base_unit(unit), quantity.base_unit(of)
    return unit in _RELATIVE or base == own or (quantity.is_count(base) and quantity.is_count(own))


def change_message(change: ChangeEntry, unit: str) -> Text | None:
    """What is wrong with the growth of a figure in *unit*, which its excerpt prints; None when it is sound."""
    if not is_unit_of_growth(change.unit, unit):
        return Text(
            zh=f"unit {change.unit} 不是增长的单位；须是 %、个百分点、个基点、成、倍、番，或指标自身的单位 {unit}",
            en=f"unit {change.unit} is none of growth: %, 个百分点, 个基点, 成, 倍, 番, or that of the figure, {unit}",
        )
    if change.value and quantity.direction(change.excerpt, change.value, change.unit) * change.value < 0:
        return Text(
            zh=f"value 的正负号与摘录“{change.excerpt}”不符；应为 {-change.value}",
            en=f"the sign of value disagrees with the excerpt “{change.excerpt}”; it should be {-change.value}",
        )
    return None


def not_in_excerpt(value: Decimal, unit: str, excerpt: str) -> Text:
    """The *excerpt* does not print *value* *unit*."""
    return Text(
        zh=f"摘录“{excerpt}”中没有 {value}{unit}；请核对数值、单位和摘录",
        en=f"the excerpt “{excerpt}” does not contain {value}{unit}; compare value, unit and excerpt",
    )


def other_qualifiers(qualifiers: Iterable[str]) -> Text:
    """The excerpt has the hedges *qualifiers*, and the entry others."""
    words = ", ".join(f'"{name}"' for name in qualifiers)
    return Text(
        zh=f"限定词与摘录不符；按摘录应为 qualifiers = [{words}]",
        en=f"the qualifiers disagree with the excerpt, which says qualifiers = [{words}]",
    )


def number_message(name: str, value: object) -> Text | None:
    """What is wrong with *value* as a number of a figure; None when it is sound."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        return of_kind(name, value, Decimal)
    number = Decimal(value)
    if not number.is_finite():
        return Text(
            zh=f"{name} 不能是 {value}；须是有限的数字", en=f"{name} cannot be {value}; it must be a finite number"
        )
    if number.is_zero() and number.is_signed():
        return Text(zh=f"{name} 不能是 {value}；零没有正负号", en=f"{name} cannot be {value}; zero has no sign")
    if not quantity.is_in_range(number):
        return out_of_range(Text(name, name))
    return None


def out_of_range(name: Text) -> Text:
    """The number *name* is beyond what a figure can be."""
    size, digits = quantity.MAGNITUDE, quantity.MOST_DIGITS
    return Text(
        zh=f"{name.zh} 超出范围（10^-{size} 到 10^{size}，至多 {digits} 位数字）",
        en=f"{name.en} is out of range (10^-{size} to 10^{size}, at most {digits} digits)",
    )


_FORMS = {
    "period": Text(
        "period 是年 2023、半年 2023-S1、季 2023-Q3、月 2023-06 或数年 2021/2025；具体的日子写在 as_of 里",
        "period is a year 2023, half 2023-S1, quarter 2023-Q3, month 2023-06, years 2021/2025; a day goes into as_of",
    ),
    "as_of": Text("as_of 是日期，写作 2023-12-31", "as_of is a day, written 2023-12-31"),
}
"""What a text of the wrong form should be, where the form is no plain word."""


def value_message(name: str, value: object, form: Any) -> Text | None:
    """What is wrong with *value* of the field *name*; None when it fits *form*."""
    if name in NUMBERS and (message := number_message(name, value)):
        return message
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError:
        return _FORMS[name] if isinstance(value, str) and name in _FORMS else mismatch(name, value, form)
    return None
