"""HTML as a tree, by the standard library's parser: end tags that authors leave out are put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
BLOCK = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
     "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
     "html", "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
     "th", "thead", "tr", "ul")
)  # fmt: skip
_CLOSED_BY = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"td", "th", "tr"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tbody": {"td", "th", "tr", "thead", "tbody"},
    "tfoot": {"td", "th", "tr", "thead", "tbody"},
    "option": {"option"},
}
"""What an element ends when it begins (HTML Living Standard, 13.1.2.4)."""
_LIMITS = {"ul", "ol", "dl", "table", "td", "th", "select", "body"}
"""What such an end does not reach beyond."""

DEEPEST = 150
"""What is nested deeper stands beside: no page is, but one that is made to break its readers."""

MOST_ELEMENTS = 1_000_000
"""Of a page; one of a thousand pages has a third of that, and each takes half a kilobyte."""


class Node:
    """An element: its tag, its attributes, its children and texts in order, and the element that it is in."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.children: list[Node | str] = []

    def nodes(self) -> Iterator[Node]:
        """The elements right inside."""
        return (child for child in self.children if isinstance(child, Node))

    def ancestors(self) -> Iterator[Node]:
        """The elements that it is in, from the innermost."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._elements = 0
        self.root = self._at = Node("html", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            return
        if tag in BLOCK:
            self._close({"p"}, _LIMITS)
        if closed := _CLOSED_BY.get(tag):
            self._close(closed, _LIMITS - closed)
        node = self._added(tag, attrs)
        if tag not in VOID and node.depth < DEEPEST:
            self._at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._added(tag, attrs)

    def _added(self, tag: str, attrs: list[tuple[str, str | None]]) -> Node:
        """A new element in the one that is open. Raises `ValueError` when there are too many."""
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise ValueError(f"more than {MOST_ELEMENTS} elements")
        node = Node(tag, {key: value or "" for key, value in attrs}, self._at)
        self._at.children.append(node)
        return node

    def handle_endtag(self, tag: str) -> None:
        limits = {"table", "body"} if tag not in ("table", "body") else set()
        self._close({tag}, limits - {tag}, once=True)

    def _close(self, tags: set[str], limits: set[str], *, once: bool = False) -> None:
        """Leave the elements of *tags* that are open, up to the first of *limits*; the innermost only with *once*."""
        node: Node | None = self._at
        while node is not None and node.parent is not None:
            if node.tag in tags:
                self._at = node.parent
                if once:
                    return
            elif node.tag in limits:
                return
            node = node.parent

    def handle_data(self, data: str) -> None:
        self._at.children.append(data)


_NO_CHARACTER = re.compile("&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
"""References with more digits than any character has, which Python may refuse to read."""

_ENDS = (("<!--", "-->"), ("<![", "]>"), ("<", ">"))


def _closed(text: str) -> str:
    """*text* where nothing begins that does not end: the parser would look for each end through all of the rest."""
    for begin, end in _ENDS:
        last = text.rfind(end) + 1
        text = text[:last] + text[last:].replace(begin, f"&lt;{begin[1:]}")
    return text


def parse(text: str) -> Node:
    """The tree of the HTML *text*; whatever is in it, a tree comes out. Raises `ValueError` for too large a one."""
    parser = _Parser()
    parser.feed(_closed(_NO_CHARACTER.sub("\ufffd", text)))
    parser.close()
    return parser.root
