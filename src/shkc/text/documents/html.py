"""The main text of a web page as paragraphs: without navigation, buttons and imprint; tables as rows of cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import IO, NamedTuple

from shkc.errors import SourceError
from shkc.text.documents import table_rows
from shkc.text.documents.characters import raised, subscript
from shkc.text.documents.lines import joined
from shkc.text.documents.tree import BLOCK, DEEPEST, Node, parse

MOST_BYTES = 64 << 20
"""Of a page; a report of a thousand pages has a tenth of that, without its pictures."""

_UNREAD = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "object", "select", "option", "button", "textarea",
     "head", "title", "math", "del", "s", "strike", "rt", "rp")
)  # fmt: skip
"""What is no text, or is struck out, or says how the text beside it is read aloud."""
_AROUND = frozenset(("nav", "footer", "aside", "dialog"))
_AROUND_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search"))
_NAMED_AROUND = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|breadcrumbs?|crumbs?|foot|footer|sidebar|aside|share|toolbar|tools?|related|"
    r"recommend|comments?|pag(?:er|ination)|copyright|search|login|qrcode|skip)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
"""Classes and ids of what stands around a text."""
_MOST_AROUND = 0.3
"""Share of the sentences of a page; what has more is no furniture, whatever its name is."""
_MAIN = 0.9
"""Share of the sentences of a page that its main part has."""
_LINKED = 0.5
"""Share of the characters of a block; with more in links it leads elsewhere."""
_LONGEST_CELL = 400
"""Characters; what has more is no cell of a table of figures."""
_LONGEST_NUMBER = 9
"""Digits of a span or of the first number of a list; Python may refuse to read thousands."""
_SENTENCE = re.compile(r"[，。；！？,;]")
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)


class Block(NamedTuple):
    """A paragraph, heading or row of a table: the element that it is in, its text, and how much of that is links."""

    node: Node
    text: str
    linked: int

    @property
    def is_sentence(self) -> bool:
        """Whether it is running text."""
        return bool(_SENTENCE.search(self.text)) and len(self.text) > 12 and not self.leads_elsewhere

    @property
    def leads_elsewhere(self) -> bool:
        """Whether it is links, more than anything else."""
        return self.linked > _LINKED * len(self.text)


def paragraphs(stream: IO[bytes], name: str) -> Iterator[str]:
    """The paragraphs of the main text of the HTML *stream*. Raises `SourceError`."""
    stream.seek(0)
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        most = MOST_BYTES >> 20
        raise SourceError(
            f"{name}：网页超过 {most} MB，不像报告", f"{name}: a web page of more than {most} MB is no report"
        )
    try:
        root = parse(decoded(content))
        blocks = [
            block for block in _blocks(root) if not any(each.fullmatch(block.text.strip()) for each in furniture())
        ]
    except ValueError as error:
        raise SourceError(f"{name}：网页无法读取：{error}", f"{name}: cannot be read: {error}") from None
    weights = _weights(blocks)
    blocks = _without_surroundings(blocks, weights)
    main = _main(root, weights)
    title = _title_before(main, blocks)
    return (block.text for block in blocks if block is title or _is_of(main, block))


def decoded(content: bytes) -> str:
    """The text of a page: by its byte-order mark, its own word, or as UTF-8; GBK where it is no UTF-8."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    said = _CHARSET.search(content[:4096])
    if said and not said[1].lower().startswith((b"gb", b"utf")):
        with suppress(LookupError, UnicodeError):  # no encoding, or none of pages: some refuse what they cannot read
            encoding = said[1].decode("ascii")
            if said[0].decode(encoding) == said[0].decode("ascii"):  # else it is not that in which the page says so
                return content.decode(encoding, "replace")
    return content.decode("gb18030", "replace")


# ── Blocks ──────────────────────────────────────────────────────────────────────────────────────────


def _blocks(node: Node) -> Iterator[Block]:
    """The blocks in *node*, in order; what nobody sees is left out."""
    text, linked = "", 0
    for child in _flat(node):
        if isinstance(child, Node):
            yield from _lines(node, text, linked)
            text, linked = "", 0
            yield from _inner(child)
        else:
            piece, is_link = child
            text += piece
            linked += len(piece.strip()) * is_link
    yield from _lines(node, text, linked)


def _inner(node: Node) -> Iterator[Block]:
    if node.tag == "table":
        yield from _table(node)
    elif node.tag == "pre":
        yield from _lines(node, "".join(_texts(node)), 0)
    else:
        yield from _blocks(node)


def _flat(node: Node, link: bool = False) -> Iterator[Node | tuple[str, bool]]:
    """The blocks in *node*, and the texts between them with whether they are links; line breaks as such."""
    stack: list[tuple[Node | str, bool]] = [(child, link) for child in reversed(node.children)]
    before = ""
    while stack:
        child, is_link = stack.pop()
        if isinstance(child, str):
            piece = re.sub(r"[ \t\r\n\f]+", " ", child)
            before += piece
            yield piece, is_link
        elif child.tag == "br":
            before = ""
            yield (" " if _is_heading(node) else "\n"), False
        elif _is_unseen(child):
            continue
        elif child.tag in BLOCK:
            before = ""
            yield child
        elif child.tag == "sup":
            yield raised(before, "".join(_texts(child))), False
        elif child.tag == "sub":
            yield subscript("".join(_texts(child))), False
        else:
            stack += [(each, is_link or child.tag == "a") for each in reversed(child.children)]


def _texts(node: Node) -> Iterator[str]:
    stack: list[Node | str] = [node]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
        elif not _is_unseen(each):
            stack += reversed(each.children)


def _is_heading(node: Node) -> bool:
    return bool(re.fullmatch("h[1-6]", node.tag))


def _is_unseen(node: Node) -> bool:
    style = node.attributes.get("style", "").replace(" ", "").lower()
    return (
        node.tag in _UNREAD
        or "hidden" in node.attributes
        or node.attributes.get("aria-hidden") == "true"
        or "display:none" in style
        or "visibility:hidden" in style
        or re.search(r"font-size:0(?![.\d])", style) is not None
    )


def _lines(node: Node, text: str, linked: int) -> Iterator[Block]:
    lines = [" ".join(line.split(" ")).strip() for line in text.split("\n")]
    for line in filter(None, lines):
        yield Block(node, _numbered(node, line), min(linked, len(line)))


def _numbered(node: Node, line: str) -> str:
    """*line* with the number that a browser sets before an item of an ordered list."""
    if node.tag != "li" or node.parent is None or node.parent.tag != "ol":
        return line
    start = node.parent.attributes.get("start", "1")
    first = int(start) if start.isdecimal() and len(start) < _LONGEST_NUMBER else 1
    return joined(f"{_places(node.parent)[node] + first}.", line)


@lru_cache(maxsize=DEEPEST)
def _places(items: Node) -> dict[Node, int]:
    """The place of each item of a list, from 0."""
    return {item: place for place, item in enumerate(each for each in items.nodes() if each.tag == "li")}


def _table(node: Node) -> Iterator[Block]:
    """The rows of a table of figures; a table that only places text gives what is in its cells."""
    rows = [row for row in _descendants(node, "tr") if next(up for up in row.ancestors() if up.tag == "table") is node]
    cells = [[cell for cell in row.nodes() if cell.tag in ("td", "th")] for row in rows]
    if _places_text(cells):
        yield from _blocks(node)
        return
    for caption in _descendants(node, "caption"):
        yield from _blocks(caption)
    texts = [[_cell(cell) for cell in row] for row in cells]
    for line in table_rows.lines(texts):
        yield Block(node, line, 0)


def _places_text(rows: Iterable[list[Node]]) -> bool:
    """Whether a cell has another table, or so much text, that the table is there to place it."""
    return any(
        next(_descendants(cell, "table"), None) is not None or len("".join(_texts(cell))) > _LONGEST_CELL
        for row in rows
        for cell in row
    )


def _cell(cell: Node) -> table_rows.Cell:
    texts = tuple(block.text for block in _blocks(cell))
    return table_rows.Cell(texts, _span(cell, "colspan"), _span(cell, "rowspan"))


def _span(cell: Node, name: str) -> int:
    value = cell.attributes.get(name, "1")
    return min(max(int(value[:_LONGEST_NUMBER]), 1), 1000) if value.isdecimal() else 1


def _descendants(node: Node, tag: str) -> Iterator[Node]:
    stack = list(node.nodes())[::-1]
    while stack:
        each = stack.pop()
        if each.tag == tag:
            yield each
        stack += list(each.nodes())[::-1]


# ── The main text ───────────────────────────────────────────────────────────────────────────────────


def _weights(blocks: Iterable[Block]) -> Counter[Node]:
    """The characters of the sentences in each element, those in elements inside it included."""
    found: Counter[Node] = Counter()
    for block in blocks:
        if block.is_sentence:
            found.update(dict.fromkeys((block.node, *block.node.ancestors()), len(block.text)))
    return found


def _without_surroundings(blocks: Iterable[Block], weights: Counter[Node]) -> list[Block]:
    """*blocks* without those that lead elsewhere, or are in an element that says that it stands around the text."""
    most = _MOST_AROUND * max(weights.values(), default=0)

    def is_inside(block: Block) -> bool:
        return not any(weights[node] <= most and _is_around(node) for node in (block.node, *block.node.ancestors()))

    return [block for block in blocks if not block.leads_elsewhere and is_inside(block)]


def _main(root: Node, weights: Counter[Node]) -> Node:
    """The innermost element with nearly all sentences of the page."""
    least = max(1, _MAIN * weights[root])
    node: Node | None = root
    while node is not None:
        main, node = node, next((each for each in node.nodes() if weights[each] >= least and _holds_blocks(each)), None)
    return main


def _holds_blocks(node: Node) -> bool:
    """Whether *node* has paragraphs in it, and is none itself."""
    return node.tag in BLOCK - {"table", "p"} and any(each.tag in BLOCK or each.tag == "br" for each in node.nodes())


def _is_around(node: Node) -> bool:
    """Whether *node* says that it stands around the text: by its tag, its role, its class or its id."""
    named = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return (
        node.tag in _AROUND
        or node.attributes.get("role", "") in _AROUND_ROLES
        or bool(_NAMED_AROUND.search(named))
        or (node.tag == "header" and not any(each.tag in ("article", "main") for each in node.ancestors()))
    )


def _is_of(main: Node, block: Block) -> bool:
    """Whether *block* is of the text: in *main*, or a sentence or a heading right beside it."""
    if main in (block.node, *block.node.ancestors()):
        return True
    parent = block.node.parent if block.node.tag == "p" or _is_heading(block.node) else block.node
    if parent is None or parent not in main.ancestors():
        return False
    return block.is_sentence or _is_heading(block.node)


def _title_before(main: Node, blocks: Sequence[Block]) -> Block | None:
    """The last heading of the highest level before *main*, where that has none."""
    before: Block | None = None
    started = False
    for block in blocks:
        inside = main in (block.node, *block.node.ancestors())
        started = started or inside
        if block.node.tag == "h1" and inside:
            return None
        if block.node.tag == "h1" and not started:
            before = block
    return before


@lru_cache(maxsize=1)
def furniture() -> tuple[re.Pattern[str], ...]:
    """The patterns of lines that are no text of a report, from furniture.toml."""
    import tomli

    content = tomli.loads(Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8"))
    return tuple(re.compile(entry["pattern"]) for entry in content["line"])
