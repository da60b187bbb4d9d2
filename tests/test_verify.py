"""`verify`: nothing in the text of a report can change without being noticed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import BOTH, SMALL, SMALL_TEXT, Answer, shkc

OTHER = next(str(path) for path in Path(BOTH).iterdir() if str(path) != SMALL)
"""The facts of another report."""
TEXT = Path(SMALL_TEXT).read_text(encoding="utf-8")
FACTS = Path(SMALL).read_text(encoding="utf-8")
ARABIC = str.maketrans("0123456789", "1234567890")
CHINESE = str.maketrans("一二三十两", "二三四百三")
WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
NUMERALS = [at for at, character in enumerate(TEXT) if character in "0123456789一二三十"]
FIGURES = (
    "320.5亿元",
    "8.0%",
    "3.2%",
    "0.2个百分点",
    "1200亿元",
    "3.5%",
    "4300篇",
    "2500余家",
    "480家",
    "96家",
    "150家",
    "6位",
    "12.5%",
    "8.30万份",
    "3.5天",
    "二十个",
    "240项",
    "3.6万人",
)
"""Every figure of the text but the ranks."""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Where a text may be written."""
    return tmp_path / "report.txt"


def verified(text: str, *options: str) -> Answer:
    """What `verify` says of *text*."""
    return shkc("verify", "-", "--facts", SMALL, *options, stdin=text.encode())


def changed(old: str, new: str) -> str:
    """The text with *old* replaced once; *old* must be there."""
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_text_proves_the_facts() -> None:
    """Status 0, and all numerals and facts are counted."""
    answer = verified(TEXT)
    assert (answer.status, answer.err) == (0, "")
    assert "34/34 个数目字有着落" in answer.out
    assert "20/20 个事实得到证实" in answer.out


def test_json_tells_the_coverage() -> None:
    """JSON has the counts and the findings."""
    (coverage,) = verified(TEXT, "--json").json
    apart = [coverage.pop(name) for name in ("figures", "names", "exceptions", "doubtful", "unread_rows")]
    assert coverage == {"numerals": 34, "covered": 34, "facts": 20, "proven": 20, "findings": []}
    assert (sum(apart), apart[3:]) == (34, [0, 0])


@pytest.mark.parametrize("at", NUMERALS, ids=lambda at: f"{at}-{TEXT[at - 2 : at + 3]!r}")
def test_every_changed_digit_is_noticed(at: int) -> None:
    """Each digit of the text, Arabic or Chinese, is proven by something."""
    answer = verified(TEXT[:at] + TEXT[at].translate(ARABIC).translate(CHINESE) + TEXT[at + 1 :])
    assert answer.status == 1


@pytest.mark.parametrize("at", NUMERALS, ids=lambda at: f"{at}-{TEXT[at - 2 : at + 3]!r}")
def test_every_added_digit_is_noticed(at: int) -> None:
    """A digit put before any digit of the text is noticed, also at the edge of an excerpt."""
    assert verified(TEXT[:at] + "５" + TEXT[at:]).status == 1


@pytest.mark.parametrize("at", NUMERALS, ids=lambda at: f"{at}-{TEXT[at - 2 : at + 3]!r}")
def test_every_dropped_digit_is_noticed(at: int) -> None:
    """A digit left out anywhere is noticed."""
    assert verified(TEXT[:at] + TEXT[at + 1 :]).status == 1


@pytest.mark.parametrize(
    "numeral",
    [
        "7家",
        "1,234家",
        "７家",
        "三家",
        "两家",
        "二十家",
        "百余家",
        "数十家",
        "上万家",
        "首家",
        "第二家",
        "0.5",
        "〇",
        "千家",
        "亿元",
        "贰拾家",
        "廿家",
    ],
)
@pytest.mark.parametrize("paragraph", ["人参加。", "家，力争", "水平位居全国第三。"])
def test_an_added_numeral_is_noticed(numeral: str, paragraph: str) -> None:
    """A sentence with a numeral that no fact knows is a gap, whatever the numeral is written in."""
    assert verified(changed(paragraph, f"{paragraph}另有{numeral}在建。")).status == 1


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure != "240项"])  # which has 不超过 already
def test_an_added_hedge_behind_a_figure_is_noticed(figure: str) -> None:
    """以内 behind any figure, growth and share included, changes what the report says."""
    assert verified(changed(figure, f"{figure}以内")).status == 1


@pytest.mark.parametrize("figure", FIGURES)
def test_an_added_hedge_before_a_figure_is_noticed(figure: str) -> None:
    """约 before any figure changes what the report says."""
    assert verified(changed(figure, f"约{figure}")).status == 1


@pytest.mark.parametrize(
    "hedge", ["约", "预计", "左右", "突破", "近", "不足", "余", "力争达到", "不少于", "不超过", "逾", "累计"]
)
def test_a_removed_hedge_is_noticed(hedge: str) -> None:
    """A hedge that the text no longer prints is noticed."""
    assert verified(changed(hedge, "")).status == 1


@pytest.mark.parametrize(
    ("hedge", "behind"),
    [
        *(
            (word, False)
            for word in ("约", "大约", "超", "超过", "突破", "逾", "近", "接近", "不足", "不到", "低于", "不低于")
        ),
        *(
            (word, False)
            for word in ("不超过", "至少", "至多", "预计", "初步统计", "力争", "目标", "约为", "超过了", "将近")
        ),
        *((word, True) for word in ("左右", "上下", "以上", "以下", "以内")),
    ],
)
def test_a_hedge_just_outside_the_excerpt_is_noticed(tmp_path: Path, source: Path, hedge: str, behind: bool) -> None:
    """An excerpt may have cut off a hedge: the paragraph counts."""
    facts = tmp_path / "facts.toml"
    facts.write_text(FACTS.replace('excerpt = "发表国际论文4300篇"', 'excerpt = "4300篇"'), encoding="utf-8")
    source.write_text(changed("4300篇", f"4300篇{hedge}" if behind else f"{hedge}4300篇"), encoding="utf-8")
    answer = shkc("verify", str(source), "--facts", str(facts))
    assert answer.status == 1
    assert "papers" in answer.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("320.5亿元", "320.5万元"),
        ("1200亿元", "1200亿美元"),
        ("0.2个百分点", "0.2%"),
        ("8.0%", "8.0‰"),
        ("8.0%", "8.0个百分点"),
        ("8.30万份", "8.30亿份"),
        ("3.5天", "3.5年"),
        ("480家", "480个"),
        ("比上年增长", "比上年下降"),
        ("比上年下降", "比上年增长"),
        ("全省首位", "全国首位"),
        ("全国第三", "全国第二"),
        ("《青山市科技创新条例》", "《青山市科技进步条例》"),
        ("白沙研究院", "黑沙研究院"),
        ("滨江区组建", "滨海区组建"),
        ("（一）创新平台", "（一）创新中心"),
    ],
)
def test_a_changed_word_of_a_fact_is_noticed(old: str, new: str) -> None:
    """Units, directions, names, bodies, places and headings are proven like digits."""
    assert verified(changed(old, new)).status == 1


def test_an_official_name_that_is_repeated_is_looked_for_once(tmp_path: Path) -> None:
    """A thousand times the same name took minutes in a long paragraph."""
    facts = tmp_path / "facts.toml"
    content = Path(SMALL).read_text(encoding="utf-8")
    assert content.count("official_names = [") > 0
    facts.write_text(
        content.replace("official_names = [", 'official_names = ["没有的名称", "没有的名称", ', 1), "utf-8"
    )
    assert shkc("verify", "-", "--facts", str(facts), stdin=TEXT.encode()).out.count("没有的名称") == 1


def test_a_gap_is_named_with_its_paragraph_and_words() -> None:
    """Whoever closes a gap sees where it is."""
    answer = verified(changed("逾3.6万人参加。", "逾3.6万人参加。另有77家企业参展。"))
    assert answer.out.startswith("¶10: 没有事实或例外说明这个数字：")
    assert "另有【77】家企业参展。" in answer.out
    assert "34/35 个数目字有着落" in answer.out


def test_a_gap_in_english() -> None:
    """The coverage and its findings follow the language."""
    answer = verified(TEXT + "\n另有77家\n", "--lang", "en")
    assert "¶11: no fact or exception accounts for this numeral: 另有【77】家\n" in answer.out
    assert "34 of 35 numerals accounted for" in answer.out
    assert "20 of 20 facts proven" in answer.out


def test_a_missing_paragraph_is_noticed() -> None:
    """A text that ends too early proves less."""
    answer = verified(TEXT[: TEXT.index("5月28日")])
    assert answer.status == 1
    assert "science-festival" in answer.out


def test_a_moved_paragraph_is_told_where_it_is() -> None:
    """An excerpt that stands elsewhere is told with its place."""
    answer = verified("前言\n" + TEXT)
    assert answer.status == 1
    assert "rd-expenditure: 该段没有“全社会研发投入约320.5亿元”；它在第 4 段" in answer.out


def test_an_excerpt_that_stands_twice_is_noticed() -> None:
    """An excerpt must name one place."""
    answer = verified(changed("孵化器不少于96家", "孵化器不少于96家，孵化器不少于96家"))
    assert answer.status == 1
    assert "incubators: 摘录在该段出现多次；请取更长的摘录" in answer.out


def test_a_stale_exception_is_noticed(tmp_path: Path) -> None:
    """An exception whose words are gone is no reason any more."""
    facts = tmp_path / "facts.toml"
    stale = '\n[[exception]]\ntext = "第九届"\nparagraphs = [10, 77]\nreason = "届次"\n'
    facts.write_text(FACTS + stale, encoding="utf-8")
    answer = shkc("verify", SMALL_TEXT, "--facts", str(facts))
    assert answer.status == 1
    assert "¶10 第九届: 该段没有这个例外的文字" in answer.out
    assert "¶77 第九届: 该段没有这个例外的文字" in answer.out


def test_a_stale_exception_does_not_unprove_a_fact(tmp_path: Path) -> None:
    """An exception or a section is no fact: the number of facts proven does not fall with it."""
    facts = tmp_path / "facts.toml"
    stale = '\n[[exception]]\ntext = "第九届"\nparagraphs = [10]\nreason = "届次"\n'
    facts.write_text(FACTS + stale, encoding="utf-8")
    (coverage,) = shkc("verify", SMALL_TEXT, "--facts", str(facts), "--json").json
    assert (coverage["facts"], coverage["proven"]) == (20, 20)


def test_all_failures_are_told_at_once() -> None:
    """Two changes are two findings at least."""
    text = changed("480家", "481家").replace("白沙研究院", "黑沙研究院")
    (coverage,) = verified(text, "--json").json
    assert {"new-high-tech-enterprises", "materials-laboratory"} <= {finding["id"] for finding in coverage["findings"]}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT.translate(WIDE), id="full width"),
        pytest.param(TEXT.translate(WIDE).replace("　", " "), id="full width with spaces"),
        pytest.param(TEXT.replace("，", ",").replace("；", ";").replace("（", "(").replace("）", ")"), id="half width"),
        pytest.param(TEXT.replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(TEXT.replace("\n\n", "\n"), id="no empty lines"),
        pytest.param(TEXT.replace("\n", "\n　　"), id="indented by ideographic spaces"),
        pytest.param(
            " ".join(TEXT.split(" ")).replace("约", " 约 ").replace("亿元", " 亿元"), id="spaces between words"
        ),
        pytest.param("\ufeff" + TEXT, id="byte order mark"),
    ],
)
def test_another_edition_of_the_text_proves_the_same(text: str) -> None:
    """Width, white space and line ends do not matter."""
    assert verified(text).status == 0


def test_the_text_may_come_on_standard_input() -> None:
    """- is standard input."""
    assert shkc("verify", "-", "--facts", SMALL, stdin=TEXT.encode()) == shkc("verify", SMALL_TEXT, "--facts", SMALL)


@pytest.mark.parametrize("text", ["", "\n \n\t\n　\n"], ids=["empty", "blank"])
def test_an_empty_text_is_status_3(text: str) -> None:
    """A text without a paragraph cannot prove anything, which is an error of its own."""
    assert verified(text) == (3, "", "shkc: -：没有文字\n")


def test_a_text_that_is_not_utf_8_is_told_with_its_line(source: Path) -> None:
    """A text in another encoding is told with the line where it shows, and how to convert it."""
    source.write_bytes("abc\n上海\n".encode("gbk"))
    answer = shkc("verify", str(source), "--facts", SMALL, "--lang", "en")
    assert answer.status == 3
    assert answer.err == (
        f"shkc: {source}:2: not UTF-8 but GBK; convert it first: iconv -f GBK -t UTF-8 {source} > report.txt\n"
    )


def test_a_missing_text_is_told_in_one_line(tmp_path: Path) -> None:
    """A text that does not exist is status 3."""
    answer = shkc("verify", str(tmp_path / "none.txt"), "--facts", SMALL, "--lang", "en")
    assert answer == (3, "", f"shkc: {tmp_path / 'none.txt'}: cannot be read: No such file or directory\n")


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    """A folder is status 3."""
    answer = shkc("verify", str(tmp_path), "--facts", SMALL)
    assert (answer.status, answer.err.count("\n")) == (3, 1)


def test_a_text_without_any_fact_is_all_gaps() -> None:
    """Another text proves nothing, and says so without breaking."""
    (coverage,) = verified("一二三\n四五六七\n", "--json").json
    assert (coverage["covered"], coverage["proven"]) == (0, 0)


def test_a_text_cannot_steer_a_terminal() -> None:
    """The words around a gap are shown with control characters escaped or left out."""
    answer = verified(TEXT + "\n另有\x1b[31m77\x9b家\u202e企业\n")
    assert answer.status == 1
    assert answer.out.replace("\n", "").isprintable()


def test_a_text_proves_one_report() -> None:
    """Which of several reports the text is of is for the user to say."""
    answer = shkc("verify", SMALL_TEXT, "--facts", BOTH, "--json")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "--facts" in answer.err


def test_facts_of_another_report_are_not_proven() -> None:
    """Each loaded fact must stand in the text."""
    (coverage,) = shkc("verify", SMALL_TEXT, "--facts", OTHER, "--json").json
    assert (coverage["facts"], coverage["proven"]) == (3, 0)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        pytest.param('who = ["月球大学"]', "月球大学", id="a body that is not named"),
        pytest.param("open_list = true", "等", id="an open list that does not end in 等"),
    ],
)
def test_what_is_said_beside_a_figure_is_proven_too(tmp_path: Path, field: str, message: str) -> None:
    """Who is responsible and that a list is open must stand in the paragraph, for figures as for milestones."""
    facts = tmp_path / "facts.toml"
    facts.write_text(FACTS.replace('unit = "篇"', f'unit = "篇"\n{field}'), encoding="utf-8")
    answer = shkc("verify", "-", "--facts", str(facts), "--lang", "en", stdin=TEXT.encode())
    assert answer.status == 1
    assert f"papers: the paragraph does not have “{message}”" in answer.out
