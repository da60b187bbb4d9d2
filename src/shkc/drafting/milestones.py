"""Milestones that a paragraph proposes: named documents, and what was founded, opened, signed, held or won.

They are proposals, all of them for review: a verb of founding or publishing, and the name behind it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from shkc import quantity
from shkc.factbase import LONGEST_EXCERPT, UNSAFE

_LONGEST_NAME = 30
_VERBS = {
    "policy": "制定发布 制定出台 研究出台 发布实施 颁布实施 印发 出台 发布 制定 制订 修订 颁布 公布 编制",
    "institution": "组建 成立 揭牌 挂牌成立",
    "facility": "建成投运 建成投用 建成启用 建成 投运 启用 开工建设 开园 落成",
    "cooperation": "签署 签订",
    "event": "举办 召开 承办 主办",
    "programme": "启动实施 启动建设 启动 设立",
    "product": "首发 上线 获批上市",
    "honour": "荣获 入选 获批建设 获批",
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
_FOUNDED = re.compile(
    rf"(?<![一-鿿]于)(?P<verb>{_FOUNDING})(?:了)?(?P<object>[^,。;:!?《》\d]{{2,40}}?{_NAMES}(?:\([^()]*\)|联盟|协议)?)(?=[,。;!?、和]|等|$|正式)"
)
_ENDS_AS_NAME = re.compile(rf"{_NAMES}$|[）)]$")
_COUNTED = re.compile(r"[^,。;!?]*\d")
_LIST = re.compile("[、]|和(?=[一-鿿]{4,})")
_GENERIC = re.compile(
    r"^(?:一批|一系列|若干|多[个家项]|新型|各类|相关|有关|新一批|首批|等|[一二两三四五六七八九十]+[个家项座所]|以|为|各|国家级|市级|省级|省级以上)"
)


class MilestoneDraft(NamedTuple):
    """A proposed milestone, in the words of the text."""

    name: str
    category: str
    official_names: tuple[str, ...]
    excerpt: str
    reason: str


def milestones(text: str) -> list[MilestoneDraft]:
    """The milestones that the paragraph *text*, without white space, proposes, in order."""
    folded = quantity.fold_width(text)
    found: list[tuple[int, MilestoneDraft]] = []
    for match in _DOCUMENT.finditer(folded):
        titles = tuple(
            text[m.start() : m.end()]
            for m in re.finditer("《[^《》]*》", folded)
            if match.start("titles") <= m.start() < match.end()
        )
        for title in titles:
            verb = text[match.start("verb") : match.end("verb")].removesuffix("了")
            milestone = _draft(
                text, match.start(), f"{verb}{title}", _CATEGORY.get(match["verb"], "policy"), (title,), "文件"
            )
            found += [(match.start(), milestone)] if milestone else []
    for match in _FOUNDED.finditer(folded):
        if folded[match.end() : match.end() + 1] in ("、", "和") and _COUNTED.match(folded, match.end()):
            continue  # 启动A中心、B等7家…: the list is of something else
        names = _objects(text[match.start("object") : match.end("object")])
        for name in names:
            reason = f"“{match['verb']}”句，名称的起止待核"
            milestone = _draft(text, match.start(), f"{match['verb']}{name}", _CATEGORY[match["verb"]], (name,), reason)
            found += [(match.start(), milestone)] if milestone else []
    return [milestone for _, milestone in sorted(found, key=lambda pair: pair[0])]


def _objects(words: str) -> list[str]:
    if _GENERIC.match(words) or (quantity.numeral_from(words, 0) is not None and re.search(r"\d", words)):
        return []
    pieces = [piece.strip("等") for piece in _LIST.split(words)]
    if not all(len(piece) >= 4 and _ENDS_AS_NAME.search(piece) for piece in pieces):
        pieces = [words]
    return [piece for piece in pieces if 4 <= len(piece) <= _LONGEST_NAME - 4 and not _GENERIC.match(piece)]


def _draft(
    text: str, start: int, name: str, category: str, official: tuple[str, ...], reason: str
) -> MilestoneDraft | None:
    excerpt = re.split("[。；;！!？?]", text[start : start + LONGEST_EXCERPT])[0]
    if not excerpt or UNSAFE.search(excerpt) or any(UNSAFE.search(words) or words not in text for words in official):
        return None
    if len(name) > _LONGEST_NAME:
        name = name[: _LONGEST_NAME - 2] + ("…》" if name.endswith("》") else "…")
        reason += "；名称过长，已截短"
    return MilestoneDraft(name, category, official, excerpt, reason)
