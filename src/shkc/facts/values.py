"""Why a value is not of the type that it should be, in both languages: what is there, what may be, what comes near.

The types are those of fact files and of the calls of agents. msgspec checks them; its own words are English and name
types of Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from difflib import get_close_matches
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Meta

from shkc.language import Text

KINDS = {
    str: Text("字符串", "a string"),
    int: Text("整数", "a whole number"),
    bool: Text("布尔值", "true or false"),
    Decimal: Text("数字", "a number"),
    float: Text("数字", "a number"),
    list: Text("数组", "an array"),
    tuple: Text("数组", "an array"),
    dict: Text("表", "a table"),
    NoneType: Text("空值", "null"),
    date: Text("日期", "a date"),
    time: Text("时间", "a time"),
    datetime: Text("日期和时间", "a date and time"),
}


def nearest(word: str, known: Iterable[str]) -> Text:
    """A guess at which of the *known* words is meant; empty where none is like it."""
    found = get_close_matches(word, list(known), 1)
    return Text(f"；是否为 {found[0]}？", f"; did you mean {found[0]}?") if found else Text("", "")


def mismatch(name: str, value: object, form: Any) -> Text:
    """Why *value* of *name*, which is not of the type *form*, is not."""
    if get_origin(form) is Annotated:
        return _constrained(name, value, form)
    if get_origin(form) is Literal:
        return _none_of(name, value, get_args(form))
    if get_origin(form) in (tuple, list) and isinstance(value, (tuple, list)):
        item = get_args(form)[0]
        return next(mismatch(name, each, item) for each in value if not _is(each, item))
    choices = [each for each in get_args(form) if each is not NoneType]
    if choices and get_origin(form) not in (tuple, list):  # a union
        return mismatch(name, value, choices[0])
    return of_kind(name, value, get_origin(form) or form)


def _is(value: object, form: Any) -> bool:
    try:
        msgspec.convert(value, form)
    except msgspec.ValidationError:
        return False
    return True


def _shown(value: object) -> str:
    """*value* as a message has it. Python reads hexadecimal numbers of any length, and refuses to write the longest."""
    try:
        return str(value)
    except ValueError:
        return "…"


def _none_of(name: str, value: object, allowed: tuple[Any, ...]) -> Text:
    words = [str(each) for each in allowed]
    near = nearest(value, words) if isinstance(value, str) else Text("", "")
    shown = _shown(value)
    return Text(
        f"{name} 不能是“{shown}”{near.zh}；可以是 {'、'.join(words)}",
        f"{name} cannot be “{shown}”{near.en}; it may be {', '.join(words)}",
    )


def of_kind(name: str, value: object, kind: Any) -> Text:
    """That *value* of *name* is not of the *kind* that it should be."""
    wanted = KINDS.get(kind, KINDS[dict])
    there = KINDS.get(type(value), Text("其他类型", "something else"))
    return Text(f"{name} 应为{wanted.zh}，这里是{there.zh}", f"{name} must be {wanted.en}, not {there.en}")


def _constrained(name: str, value: object, form: Any) -> Text:
    """A value of the right kind that is too great, too long or of another form; else what kind it is."""
    kind, *metas = get_args(form)
    if not _is(value, kind):
        return mismatch(name, value, kind)
    meta = next(each for each in metas if isinstance(each, Meta))
    if isinstance(value, int):
        between, shown = f"{meta.ge}–{meta.le}", _shown(value)
        return Text(f"{name} 应为 {between}，这里是 {shown}", f"{name} must be {between}, not {shown}")
    if not str(value).strip():
        return Text(f"{name} 是空的", f"{name} is empty")
    if meta.max_length and len(str(value)) > meta.max_length:
        count = len(str(value))
        return Text(
            f"{name} 有 {count} 个字符，最多 {meta.max_length} 个；请缩短",
            f"{name} has {count} characters, at most {meta.max_length}; shorten it",
        )
    told = meta.description or f"/{meta.pattern}/"
    return Text(f"{name} 写作“{value}”不合格式：{told}", f"{name} “{value}” has the wrong form: {told}")
