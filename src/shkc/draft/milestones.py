"""Milestones that a paragraph proposes: named documents, and what was founded, opened, signed, held or won.

They are proposals, all of them for review: a verb of founding or publishing, and the name behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from shkc.facts.entries import LONGEST_EXCERPT, UNSAFE
from shkc.text import quantity

_LONGEST_NAME = 30
_VERBS = {
    "policy": "制定发布 制定出台 研究出台 发布实施 颁布实施 印发 出台 发布 制定 制订 修订 颁布 公布 编制",
    "institution": "组建 揭牌成立 成立 揭牌 挂牌成立",
    "facility": "建成投运 建成投用 建成启用 建成 投运 启用 开工建设 开工 竣工 开园 落成",
    "cooperation": "签署 签订",
    "event": "举办 召开 承办 主办",
    "programme": "启动实施 启动建设 启动 设立",
    "product": "首发 上线 获批上市",
    "achievement": "发射",
    "honour": "荣获 获评 入选 获批建设 获批",
}
_CATEGORY = {verb: category for category, verbs in _VERBS.items() for verb in verbs.split()}
_VERB = "|".join(sorted(_CATEGORY, key=len, reverse=True))
_FOUNDING = "|".join(sorted((v for v, c in _CATEGORY.items() if c != "policy"), key=len, reverse=True))
_DOCUMENT = re.compile(
    rf"(?P<verb>(?:{_VERB}|通过|审议通过|实施|推出)(?:了|实施)?)(?P<titles>(?:[、和及]?《[^《》]{{2,60}}》)+)"
)
_NAMES = (
    r"(?:研究院|研究所|实验室|研究中心|创新中心|中心|联盟|平台|基金|大会|论坛|共同体|学院|大学|公司|集团|协议|备忘录|装置|设施|园区"
    r"|产业园|基地|工程|计划|行动|联合体|协会|委员会|博览会|展览会|峰会|节)"
)
_ISSUED = re.compile(
    r"(?P<title>《[^《》]{2,60}》)(?:正式)?(?:自[^,。;]{2,14}起)?(?P<verb>印发实施|印发|发布实施|发布|出台|施行|实施)(?=[,。;、]|$)"
)
_FOUNDED = re.compile(
    rf"(?<![一-鿿]于)(?P<verb>{_FOUNDING})(?:了)?(?P<object>[^,。;:!?《》\d]{{2,40}}?{_NAMES}(?:\([^()]*\)|联盟|协议)?)(?=[,。;!?、和]|等|$|正式)"
)
_OPENED = re.compile(
    rf"(?:^|[,。;:!?])(?:(?P<name>[^,。;:!?《》\d]{{2,26}}?{_NAMES}(?:\([^()]*\))?)(?:正式|顺利|成功|全面)?"
    rf"|(?P<other>[^,。;:!?《》]{{2,20}}?)(?:正式|顺利|成功|全面))"
    rf"(?P<verb>{_FOUNDING})(?:运行|使用)?(?=[,。;!?、并和]|$)"
)
_ANOTHER = re.compile(rf"[、和](?P<object>[^、,。;:!?《》\d]{{3,26}}?{_NAMES}(?:\([^()]*\))?)(?=[,。;!?、和]|等|$)")
_QUOTED = re.compile(rf"(?P<verb>{_VERB})(?:了)?[^,。;:!?《》“”\d]{{0,12}}(?P<names>(?:“[^“”]{{2,20}}”[、和]?)+)")
_PLAN = re.compile("“十[一二三四五六]五”")
_ENDS_AS_NAME = re.compile(rf"{_NAMES}$|[）)]$")
_COUNTED = re.compile(r"[^,。;!?]*\d")
_LIST = re.compile("[、]|和(?=[一-鿿]{4,})")
_GENERIC = re.compile(
    r"^(?:一批|一系列|若干|多[个家项]|新型|各类|相关|有关|新一批|首批|等|[一二两三四五六七八九十]+[个家项座所]|以|为|各|国家级|市级|省级|省级以上|(?:战略)?合作(?:框架)?协议$)"
)


class MilestoneDraft(NamedTuple):
    """A proposed milestone, in the words of the text."""

    name: str
    category: str
    official_names: tuple[str, ...]
    excerpt: str
    reason: str


def milestones(text: str) -> list[MilestoneDraft]:
    """The milestones that the paragraph *text*, without white space, proposes, in order, each name once."""
    folded = quantity.fold_width(text)
    found = sorted((*_documents(text, folded), *_founded(text, folded), *_opened(text, folded), *_quoted(text, folded)))
    names = {draft.official_names[0] for _, draft in found}
    parts = {name for name in names for other in names if name != other and name in other}
    return list({d.official_names: d for _, d in found if d.official_names[0] not in parts}.values())


_Found = Iterator[tuple[int, MilestoneDraft]]


def _documents(text: str, folded: str) -> _Found:
    """Titles behind a verb: 出台《…》."""
    for match in _DOCUMENT.finditer(folded):
        verb = text[match.start("verb") : match.end("verb")].removesuffix("了")
        for title in re.finditer("《[^《》]*》", folded):
            if match.start("titles") <= title.start() < match.end():
                words = text[title.start() : title.end()]
                category = _CATEGORY.get(match["verb"], "policy")
                yield from _draft(text, match.start(), f"{verb}{words}", category, words, "文件")

    for match in _ISSUED.finditer(folded):  # 《…》印发实施
        words = text[match.start("title") : match.end("title")]
        yield from _draft(text, match.start(), f"{words}{match['verb']}", "policy", words, "文件")


def _founded(text: str, folded: str) -> _Found:
    """Names behind a verb: 组建甲研究院、乙中心."""
    for match in _FOUNDED.finditer(folded):
        if folded[match.end() : match.end() + 1] in ("、", "和") and _COUNTED.match(folded, match.end()):
            continue  # 启动A中心、B等7家…: the list is of something else
        objects = [(match.start("object"), match.end("object"))]
        while following := _ANOTHER.match(folded, objects[-1][1]):
            objects.append((following.start("object"), following.end("object")))
        for start, end in objects:
            for name in _objects(text[start:end]):
                at = match.start() if start == objects[0][0] else start
                yield from _draft(text, at, f"{match['verb']}{name}", _CATEGORY[match["verb"]], name, _reason(match))


def _opened(text: str, folded: str) -> _Found:
    """Names before a verb: 甲实验室揭牌成立, 乙工程全面建成."""
    for match in _OPENED.finditer(folded):
        group = "name" if match["name"] else "other"
        name, verb = text[match.start(group) : match.end(group)], match["verb"]
        if not _GENERIC.match(name):
            yield from _draft(text, match.start(group), f"{name}{verb}", _CATEGORY[verb], name, _reason(match))


def _quoted(text: str, folded: str) -> _Found:
    """Names in quotation marks behind a verb: 启动“甲贷”“乙贷”."""
    for match in _QUOTED.finditer(folded):
        for name in re.finditer("“[^“”]+”", match["names"]):
            start = match.start("names") + name.start()
            words = text[start : start + len(name[0])]
            if not _PLAN.match(words):
                yield from _draft(
                    text, start, f"{match['verb']}{words}", _CATEGORY[match["verb"]], words, _reason(match)
                )


def _reason(match: re.Match[str]) -> str:
    return f"“{match['verb']}”句，名称的起止待核"


def _objects(words: str) -> list[str]:
    if _GENERIC.match(words) or (quantity.numeral_from(words, 0) is not None and re.search(r"\d", words)):
        return []
    pieces = [piece.strip("等") for piece in _LIST.split(words)]
    if not all(len(piece) >= 4 and _ENDS_AS_NAME.search(piece) for piece in pieces):
        pieces = [words]
    return [piece for piece in pieces if 4 <= len(piece) <= _LONGEST_NAME - 4 and not _GENERIC.match(piece)]


def _draft(text: str, start: int, name: str, category: str, official: str, reason: str) -> _Found:
    excerpt = re.split("[。；;！!？?]", text[start : start + LONGEST_EXCERPT])[0]
    if not excerpt or UNSAFE.search(excerpt) or UNSAFE.search(official) or official not in text:
        return
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 2] + ("…》" if name.endswith("》") else "…")
        reason += "；名称过长，已截短"
    yield start, MilestoneDraft(name, category, (official,), excerpt, reason)
