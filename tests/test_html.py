"""A web page in its parts: what its bytes say, its blocks and links, its tables, and where its text is."""

from __future__ import annotations

import io

import pytest

from shkc.errors import SourceError
from shkc.text.documents import html
from shkc.text.documents.tree import DEEPEST, Node, parse

SENTENCE = "全社会研发投入达到96.5亿元，比上年增长9.4%。"
OTHER = "周边的文字也是完整的句子，而且同样不算短。"


def page(body: str) -> list[str]:
    """The paragraphs of a web page."""
    return list(html.paragraphs(io.BytesIO(body.encode()), "page.html"))


def blocks(body: str) -> list[tuple[str, str, int]]:
    """The blocks of a page: tag, text, and how many of its characters are links."""
    return [(block.node.tag, block.text, block.linked) for block in html._blocks(parse(body))]


# ── Bytes ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbf" + "研发".encode(), "研发"),
        (b"\xff\xfe" + "研发".encode("utf-16-le"), "研发"),
        (b"\xfe\xff" + "研发".encode("utf-16-be"), "研发"),
        ("研发".encode(), "研发"),
        ("研发".encode("gbk"), "研发"),
        (b"<meta charset=big5>" + "研發".encode("big5"), "<meta charset=big5>研發"),
        (b'<meta charset = "BIG5">' + "研發".encode("big5"), '<meta charset = "BIG5">研發'),
        (b"<meta charset=utf-8>" + "研发".encode("gbk"), "<meta charset=utf-8>研发"),
        (b"<meta charset=gb2312>" + "研发镕".encode("gbk"), "<meta charset=gb2312>研发镕"),
        (b"<meta charset=none>" + "研发".encode("gbk"), "<meta charset=none>研发"),
        (b"<meta charset=idna>" + "研发".encode("gbk"), "<meta charset=idna>研发"),
        (b" " * 4078 + b"<meta charset=big5>" + "研發".encode("big5"), " " * 4078 + "<meta charset=big5>研發"),
    ],
)
def test_a_page_is_in_the_encoding_that_it_says(content: bytes, text: str) -> None:
    """By a mark, or by its own word among the first four thousand bytes; else in that of most Chinese pages."""
    assert html.decoded(content) == text


def test_what_a_page_says_late_is_not_looked_for() -> None:
    """A byte further than where it ends, it is cut."""
    content = b" " * 4079 + b"<meta charset=big5>" + "研發".encode("big5")
    assert not html.decoded(content).endswith("研發")


def test_a_page_has_so_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger is no report."""
    assert html.MOST_BYTES == 64 << 20
    monkeypatch.setattr(html, "MOST_BYTES", 10)
    assert page("0123456789") == ["0123456789"]
    with pytest.raises(SourceError, match="more than 0 MB"):
        page("0123456789a")
    monkeypatch.setattr(html, "MOST_BYTES", 3 << 20)
    with pytest.raises(SourceError, match="more than 3 MB"):
        page(" " * (3 << 20) + "a")


# ── Blocks ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>甲<p>乙", [("p", "甲", 0), ("p", "乙", 0)]),
        ("<div>甲<p>乙</p>丙</div>", [("div", "甲", 0), ("p", "乙", 0), ("div", "丙", 0)]),
        ("<p>甲<a>乙丙</a>", [("p", "甲乙丙", 2)]),
        ("<p><a>甲</a><p>乙", [("p", "甲", 1), ("p", "乙", 0)]),
        ("<div><a>甲<p>乙</p></a>丙</div>", [("div", "甲", 1), ("p", "乙", 0), ("div", "丙", 0)]),
        ("<div><a> 甲 <b>乙</b></a></div>", [("div", "甲 乙", 2)]),
        ("<p>甲<br>乙", [("p", "甲", 0), ("p", "乙", 0)]),
        ("<h1>甲<br>乙</h1>", [("h1", "甲 乙", 0)]),
        ("<h6>甲<br>乙</h6>", [("h6", "甲 乙", 0)]),
        ("<p>甲 \n\t 乙", [("p", "甲 乙", 0)]),
        ("<pre>甲\n乙</pre>", [("pre", "甲", 0), ("pre", "乙", 0)]),
        ("<p>3km<sup>2</sup>，甲<sup>1</sup>。", [("p", "3km²，甲。", 0)]),
        ("<p>CO<sub>2</sub>5万吨", [("p", "CO₂5万吨", 0)]),
        ("<p><del>48亿元</del><ins>45亿元</ins>", [("p", "45亿元", 0)]),
        ("<p><s>48</s><strike>47</strike>45亿元", [("p", "45亿元", 0)]),
        ("<p><ruby>5<rp>(</rp><rt>12</rt></ruby>家", [("p", "5家", 0)]),
        ("<p><i style='font-size: 0'>7</i>6家<i style='font-size:0.9em'>9</i>", [("p", "6家9", 0)]),
        ("<p>3<br><sup>2</sup>甲", [("p", "3", 0), ("p", "甲", 0)]),
        ("<div>3<p>甲</p><sup>2</sup>乙</div>", [("div", "3", 0), ("p", "甲", 0), ("div", "乙", 0)]),
        ("<p>甲<script>密</script><button>按</button>乙", [("p", "甲乙", 0)]),
        ("<ol><li>甲<ol start=5><li>乙</ol><li>丙</ol>", [("li", "1.甲", 0), ("li", "5.乙", 0), ("li", "2.丙", 0)]),
        ("<ul><li>甲</ul>", [("li", "甲", 0)]),
        ("<li>甲", [("li", "甲", 0)]),
    ],
)
def test_a_page_is_blocks(body: str, found: list[tuple[str, str, int]]) -> None:
    """A text ends where a block begins, and at a line break, which in a heading is a space."""
    assert blocks(body) == found


@pytest.mark.parametrize(
    ("text", "linked", "is_sentence", "leads"),
    [
        ("研发投入，达到百亿元以上。", 0, True, False),
        ("研发投入，达到百亿元以。", 0, False, False),
        ("研发投入达到百亿元以上研发", 0, False, False),
        ("研发投入，达到百亿元以上了。", 7, True, False),
        ("研发投入，达到百亿元以上了。", 8, False, True),
    ],
)
def test_a_sentence_has_a_mark_and_a_length(text: str, linked: int, is_sentence: bool, leads: bool) -> None:
    """Thirteen characters, of which links are no more than half."""
    block = html.Block(Node("p", {}, None), text, linked)
    assert (block.is_sentence, block.leads_elsewhere) == (is_sentence, leads)


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("<tr><th>甲<td>1<tr><td>乙<td>2", ["甲\t1", "乙\t2"]),
        ("<tr><td colspan=2>甲<td>1<tr><td>乙<td>2<td>3", ["甲\t甲\t1", "乙\t2\t3"]),
        ("<tr><td rowspan=2>甲<td>1<tr><td>2", ["甲\t1", "甲\t2"]),
        ("<tr><td colspan=0>甲<td>1<tr><td>乙<td>2", ["甲\t1", "乙\t2"]),
        ("<tr><td colspan=-2>甲<td>1<tr><td>乙<td>2", ["甲\t1", "乙\t2"]),
        ("<tr><td colspan=x>甲<td>1<tr><td>乙<td>2", ["甲\t1", "乙\t2"]),
        ("<caption>表一</caption><tr><td>甲<td>1<tr><td>乙<td>2", ["表一", "甲\t1", "乙\t2"]),
        ("<tbody><tr><td>甲<td>1</tbody><tfoot><tr><td>乙<td>2</tfoot>", ["甲\t1", "乙\t2"]),
    ],
)
def test_a_table_is_rows_of_cells(body: str, rows: list[str]) -> None:
    """Cells that are merged stand in each place; a number of columns that is none is one."""
    assert [text for _, text, _ in blocks(f"<table>{body}</table>")] == rows


@pytest.mark.parametrize(
    ("value", "span"),
    [("1", 1), ("0", 1), ("2", 2), ("1000", 1000), ("1001", 1000), ("1" * 5000, 1000), ("", 1), ("-1", 1), ("a", 1)],
)
def test_a_cell_covers_a_thousand_places_at_most(value: str, span: int) -> None:
    """However many digits it says."""
    assert html._span(Node("td", {"colspan": value}, None), "colspan") == span
    assert html._span(Node("td", {}, None), "rowspan") == 1


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "svg", "select", "button", "head", "title"])
def test_some_elements_hold_no_text(tag: str) -> None:
    """Nor does what is in them."""
    assert html._is_unseen(Node(tag, {}, None))
    assert not html._is_unseen(Node("p", {"style": "display:block", "aria-hidden": "false"}, None))


# ── Where the text is ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("element", "is_around"),
    [
        ("nav", True), ("footer", True), ("aside", True), ("dialog", True), ("header", True), ("div", False),
        ("section", False), ('div class="left nav-bar2"', True), ('div class="main nav"', True),
        ("div class=navy", False), ("div id=related", True), ("div id=unrelated", False),
        ("div role=banner", True), ("div role=main", False), ("div class=search-box", True),
    ],
)  # fmt: skip
def test_an_element_may_say_that_it_stands_around_the_text(element: str, is_around: bool) -> None:
    """By its tag, role, class or id, each a word."""
    (node,) = parse(f"<{element}></{element.split(maxsplit=1)[0]}>").nodes()
    assert html._is_around(node) is is_around


def test_the_header_of_an_article_is_of_it() -> None:
    """That of the page is not."""
    for inside, is_around in (("article", False), ("main", False), ("div", True)):
        (outer,) = parse(f"<{inside}><header></header></{inside}>").nodes()
        assert html._is_around(next(outer.nodes())) is is_around


def test_the_text_is_in_the_innermost_part_that_holds_it() -> None:
    """What stands beside it is left out, unless it is a sentence or a heading."""
    text = f"<div>{f'<p>{SENTENCE}</p>' * 9}<p>短</p></div>"
    assert page(f"<div><p>短句</p>{text}<p>{OTHER}</p><h2>附</h2><p>尾</p></div>") == [
        *[SENTENCE] * 9,
        "短",
        OTHER,
        "附",
    ]
    titles = "<h1>站名</h1><h1>标题</h1><div>面包屑</div>"
    assert page(f"{titles}<div><div>{f'<p>{SENTENCE}</p>' * 2}</div></div>") == ["站名", "标题", SENTENCE, SENTENCE]


def test_a_sentence_in_another_part_of_the_page_is_not_of_the_text() -> None:
    """Only one that stands right beside it, in a paragraph or in none."""
    text = f"<div>{f'<p>{SENTENCE}</p>' * 9}</div>"
    assert page(f"<div>{text}<div>{OTHER}</div></div>") == [SENTENCE] * 9
    assert page(f"<div>{text}<section><p>{OTHER}</p></section></div>") == [SENTENCE] * 9
    assert page(f"<div>{text}{OTHER}</div>") == [*[SENTENCE] * 9, OTHER]


@pytest.mark.parametrize(
    ("inside", "before", "title"),
    [
        ("", "<div><h1>甲</h1><h1>乙</h1></div>", ["乙"]),
        ("<h1>丙</h1>", "<div><h1>甲</h1></div>", ["丙"]),
        ("", "", []),
    ],
)
def test_a_title_stands_before_the_text(inside: str, before: str, title: list[str]) -> None:
    """The last heading of the highest level there, where the text has none; one behind it is none."""
    text = f"<div>{inside}{f'<p>{SENTENCE}</p>' * 2}</div>"
    assert page(f"{before}<div>{text}</div><div><h1>丁</h1></div>") == [*title, SENTENCE, SENTENCE]


def test_a_page_without_sentences_is_all_there_is() -> None:
    """Nothing says where its text would be."""
    assert page("<div><p>甲</p><div><p>乙</p></div></div>") == ["甲", "乙"]


def test_what_is_nested_too_deep_stands_beside() -> None:
    """No page is, but one that is made to break its readers."""
    node = parse("<div>" * (DEEPEST + 10))
    depths = [node.depth]
    while children := list(node.nodes()):
        node = children[0]
        depths.append(node.depth)
    assert (depths[0], depths[-1]) == (0, DEEPEST)
    assert [up.depth for up in node.ancestors()] == list(range(DEEPEST - 1, -1, -1))
