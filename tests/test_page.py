"""`page`: the facts in a real browser, without a network, with nothing of a fact file read as anything but text."""

from __future__ import annotations

import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import BOTH, ROOT, SMALL, SMALL_TEXT, YEARS, shkc

from shkc.facts import verify
from shkc.facts.doubts import doubts
from shkc.facts.load import load
from shkc.output.page import forms, proof
from shkc.paths import fact_files
from shkc.text import quantity, sounds
from shkc.text import words as terms

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
TEXT = Path(SMALL_TEXT).read_text(encoding="utf-8")
NEW_REPORT = str(ROOT / "examples" / "report-2024.txt")
HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>alert(2)</script>\"'&amp;$title{{x}}"

Show = Callable[..., "AbstractContextManager[Page]"]


# In one process one after the other, and the browser closed before anything else runs there: its driver keeps an event
# loop running, beside which no test can run one of its own.
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the extra browser")
    if CHROMIUM is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


@cache
def html(*words: str) -> str:
    """What `shkc page` prints for *words*, without what it says of a proof that is not complete."""
    answer = shkc("page", *words, "--quiet")
    assert (answer.status, answer.err) == (0, "")
    return answer.out


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Show:
    """Open the page of some words in the browser; whatever it asks for or complains of is a failure."""

    @contextmanager
    def shown(*words: str, at: str = "", script: str = "", **context: Any) -> Iterator[Page]:
        path = tmp_path / "page.html"
        path.write_text(html(*words), encoding="utf-8")
        opened = browser.new_context(**context)
        page = opened.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: complaints.append(request.url) if "page.html" not in request.url else None)
        if script:
            page.add_init_script(script)
        page.goto(path.as_uri() + at)
        yield page
        assert complaints == []
        opened.close()

    return shown


def small(show: Show, **context: Any) -> AbstractContextManager[Page]:
    """The page of the invented report."""
    return show("--facts", SMALL, **context)


def proven(show: Show, **context: Any) -> AbstractContextManager[Page]:
    """The page of the invented report with its text."""
    return show(SMALL_TEXT, "--facts", SMALL, **context)


def names(page: Page) -> list[str]:
    """The names of the facts that the page shows."""
    return page.locator("#results h3").all_text_contents()


def card(page: Page, name: str) -> Any:
    """The card of the fact with this *name*."""
    return page.locator("article", has=page.locator("h3", has_text=re.compile(f"^{re.escape(name)}$")))


def choose(page: Page, filtered: str, words: str) -> None:
    """Choose in a filter what has *words* in its text."""
    option = page.locator(f"#filter-{filtered} option", has_text=words).first
    page.select_option(f"#filter-{filtered}", option.get_attribute("value"))


# ── The command ─────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_written_once(tmp_path: Path) -> None:
    """-o writes the file, and over nothing that is there; --force does."""
    target = tmp_path / "facts.html"
    assert shkc("page", "-o", str(target), "--facts", SMALL).status == 0
    assert target.read_text(encoding="utf-8") == html("--facts", SMALL)
    again = shkc("page", "-o", str(target), "--facts", BOTH)
    assert (again.status, again.err) == (2, f"shkc: {target} 已存在；用 --force 覆盖\n")
    assert target.read_text(encoding="utf-8") == html("--facts", SMALL)
    assert shkc("page", "-o", str(target), "--facts", BOTH, "--force").status == 0
    assert target.read_text(encoding="utf-8") == html("--facts", BOTH)


def test_a_page_says_what_is_written_and_what_is_not_proven(tmp_path: Path) -> None:
    """The file, and how far a proof that is not complete goes; one that is complete says no more."""
    text = Path(SMALL_TEXT).read_text(encoding="utf-8")
    report = tmp_path / "report.txt"
    report.write_text(text + "另有77家企业。\n", encoding="utf-8")
    target = tmp_path / "proof.html"
    answer = shkc("page", str(report), "-o", str(target), "--facts", SMALL, "--lang", "en")
    assert answer == (
        0,
        "",
        f"written: {target}\nincomplete: 34 of 35 numerals accounted for; 20 of 20 facts proven; "
        "1 place unproven, marked in the page; shkc verify lists them\n",
    )
    whole = shkc("page", SMALL_TEXT, "-o", str(target), "--force", "--facts", SMALL)
    assert whole == (0, "", f"已写入 {target}\n")


@pytest.mark.parametrize("name", ["facts.xlsx", "facts.pdf"])
def test_a_page_is_no_other_kind_of_file(name: str, tmp_path: Path) -> None:
    """What is named as a workbook or a PDF is not written as HTML."""
    answer = shkc("page", "-o", str(tmp_path / name), "--facts", SMALL)
    assert (answer.status, answer.out, list(tmp_path.iterdir())) == (2, "", [])


def test_who_forgets_o_is_told(tmp_path: Path) -> None:
    """The page to be written is taken for the report; the message is Chinese as a whole."""
    target = str(tmp_path / "facts.html")
    answer = shkc("page", target, "--facts", SMALL)
    assert answer.err == (f"shkc: {target}：无法读取：没有这个文件或文件夹；要把页面写成这个文件，用 -o {target}\n")
    assert shkc("page", "-o", target, "--facts", SMALL).status == 0
    assert f"-o {target}" in shkc("page", target, "--facts", SMALL).err


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        ((SMALL_TEXT, "--facts", BOTH), 2, "a text proves one report"),
        (("missing.txt",), 3, "missing.txt: cannot be read"),
        (("--facts", "missing.toml"), 3, "missing.toml"),
    ],
)
def test_bad_input_is_one_clear_line(words: tuple[str, ...], status: int, says: str, tmp_path: Path) -> None:
    """What is wrong is told, and nothing is written."""
    answer = shkc("page", *words, "-o", str(tmp_path / "page.html"), "--lang", "en")
    assert (answer.status, answer.out) == (status, "")
    assert says in answer.err
    assert answer.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_same_facts_make_the_same_page() -> None:
    """A page can be kept under version control."""
    assert shkc("page", "--facts", SMALL).out == html("--facts", SMALL)


# ── No network, and no way in ───────────────────────────────────────────────────────────────────────


def test_the_policy_allows_the_script_and_style_of_the_page_and_nothing_else() -> None:
    """Everything is forbidden but what has the hash of the one script and the one style."""
    text = html("--facts", SMALL)
    hashes = [
        f"'sha256-{b64encode(sha256(part.encode()).digest()).decode()}'"
        for tag in ('script type="module"', "style")
        for part in re.findall(f"<{tag}>(.*?)</{tag.split(' ', maxsplit=1)[0]}>", text, re.DOTALL)
    ]
    (policy,) = re.findall('http-equiv="Content-Security-Policy" content="(.*?)"', text)
    assert policy.split("; ")[:3] == ["default-src 'none'", f"script-src {hashes[0]}", f"style-src {hashes[1]}"]
    assert "require-trusted-types-for 'script'" in policy
    assert set(re.findall("https?://[^\"'` ]*", text)) == {"http://www.w3.org/2000/svg"}


def hostile(tmp_path: Path) -> tuple[str, str]:
    """A fact file, and the text that it is of, with markup in every text that a fact file may have."""
    words = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    facts = f"""
format = 1
[report]
id = "hostile"
title = "{words}"
title_en = "{words}"
publisher = "{words}"
publisher_en = "{words}"
year = 2031
scope = "{words}"
scope_en = "{words}"
[[section]]
id = "top"
number = "0"
title = "<b>标题"
short = "{words}"
short_en = "{words}"
[[metric]]
id = "figure"
name = "数{words}"
name_en = "Figure {words}"
aliases = ["{words}"]
section = "top"
paragraph = 2
excerpt = "<img src=x onerror=y>5家"
value = 5
unit = "家"
qualifiers = ["over"]
scope = "{words}"
note = "{words}"
[[milestone]]
id = "milestone"
name = "事{words}"
name_en = "Milestone {words}"
category = "event"
section = "top"
paragraph = 2
excerpt = "《<svg onload=z>》"
official_names = ["《<svg onload=z>》"]
who = ["<a href=javascript:1>"]
"""
    path, text = tmp_path / "hostile.toml", tmp_path / "hostile.txt"
    path.write_text(facts, encoding="utf-8")
    text.write_text(
        f"<b>标题\n<img src=x onerror=y>5家，《<svg onload=z>》<a href=javascript:1>{HOSTILE}\n", encoding="utf-8"
    )
    return str(path), str(text)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_fact_file_injects_nothing(show: Show, tmp_path: Path, language: str) -> None:
    """Markup in any text of a fact file or a report is shown as it is written, and is nothing but text."""
    facts, text = hostile(tmp_path)
    with show(text, "--facts", facts, "--lang", language) as page:
        page.locator("#results summary").first.click()
        assert names(page) == [
            ("数" if language == "zh" else "Figure ") + HOSTILE, ("事" if language == "zh" else "Milestone ") + HOSTILE
        ]  # fmt: skip
        assert page.title() == HOSTILE
        assert page.locator("h1").text_content() == HOSTILE
        assert "<img src=x onerror=y>5家" in (page.locator(".paragraphs").text_content() or "")
        assert page.locator("img, b:not(.doubt b), iframe, [onerror], [onload], a[href^=javascript]").count() == 0
        assert page.locator("script").count() == 0  # the page has put its own away


@pytest.mark.parametrize(
    "sink",
    ["document.body.innerHTML = '<b>x</b>'", "document.write('x')", "document.createElement('script').text = 'x'"],
)
def test_nothing_can_be_read_as_html_or_script(browser: Browser, tmp_path: Path, sink: str) -> None:
    """The browser itself refuses what would read text as markup or as a program."""
    path = tmp_path / "page.html"
    path.write_text(html("--facts", SMALL), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.evaluate(f"() => {{ try {{ {sink}; return 'done' }} catch (error) {{ return error.name }} }}") != "done"
    page.close()


# ── Search ──────────────────────────────────────────────────────────────────────────────────────────

FIRST = {
    "全社会研发投入": "全社会研发投入",
    "研发经费": "全社会研发投入",
    "GERD": "全社会研发投入",
    "gross expenditure": "全社会研发投入",
    "expenditures on R&D": "全社会研发投入",
    "quanshehuiyanfatouru": "全社会研发投入",
    "quan she hui yan fa": "全社会研发投入",
    "qshyftr": "全社会研发投入",
    "研发投入强": "研发投入强度",
    "全社會研發投入": "全社会研发投入",
    "320.5亿元": "全社会研发投入",
    "320.5": "全社会研发投入",
    "３２０．５ 亿": "全社会研发投入",
    "32.05 billion yuan": "全社会研发投入",
    "约320.5亿": "全社会研发投入",
    "32,050,000,000": "全社会研发投入",
    "8.3万份": "外国人工作许可累计核发数",
    "12.5%": "新增院士数",
    "rd-expenditure": "全社会研发投入",
    "青山大学": "组建未来材料实验室",
    "《青山市科技创新条例》": "施行科技创新条例",
    "青山 院士": "新增院士数",
    "academicians qingshan": "新增院士数",
    "院士 2031": "新增院士数",
}
"""A query, and the name of the fact that it finds first."""


def test_the_plain_cases_of_search(show: Show) -> None:
    """Names, aliases, English, pinyin, traditional characters and numbers find what they are of."""
    with small(show) as page:
        found = {}
        for query in FIRST:
            page.fill("#query", query)
            found[query] = (names(page) or [""])[0]
        assert found == FIRST


@pytest.mark.parametrize(
    "query", ["20.5亿元", "320", "5亿元", "320.5万元", "火星", "！！", "atouru", "ross", "320.5亿元 院士", "2030 院士"]
)
def test_what_is_not_there_is_not_found(show: Show, query: str) -> None:
    """Part of a number, another unit, the middle of a word, another year: nothing, and the page says so."""
    with small(show) as page:
        page.fill("#query", query)
        assert names(page) == []
        assert page.locator("#status").text_content() == "事实库中没有符合条件的事实"


def test_the_page_finds_first_what_the_command_line_finds_first(show: Show) -> None:
    """The name of each fact, its aliases, English name and pinyin."""
    with small(show) as page:
        for fact, details in load(*fact_files([Path(SMALL)])).records:
            spelt = "".join(sounds.syllables(terms.normal(fact.name)))
            for query in (fact.name, fact.name_en, spelt, *details.aliases):
                page.fill("#query", query)
                (first, *_) = shkc("search", query, "--facts", SMALL, "--json").json
                assert names(page)[:1] == [first["name"]], query


def test_every_fact_is_found_by_each_of_its_names(show: Show) -> None:
    """Whatever a fact is called finds it, in Chinese, English, by pinyin and by id."""
    with small(show) as page:
        for fact, details in load(*fact_files([Path(SMALL)])).records:
            for query in (fact.name, fact.name_en, fact.id, *details.aliases):
                page.fill("#query", query)
                assert fact.name in names(page), query


def test_the_newest_of_the_same_comes_first(show: Show) -> None:
    """Of one figure in several reports, that of the latest year; each says which report it is of."""
    with show("--facts", YEARS, at="#q=技术合同") as page:
        years = [text[:4] for text in page.locator(".about").all_text_contents()]
        assert years == ["2031", "2030", "2030", "2029", "2029"]
        assert len(set(page.locator("cite").all_text_contents())) == len(years)


# ── Filters and the address ─────────────────────────────────────────────────────────────────────────


def test_filters_narrow_and_are_cleared(show: Show) -> None:
    """Kind, section with its subsections, unit and year; together with the query; one button for all."""
    facts = [fact for fact, _ in load(*fact_files([Path(SMALL)])).records]
    with small(show) as page:
        page.select_option("#filter-kind", "milestone")
        assert names(page) == [fact.name for fact in facts if fact.kind == "milestone"]
        page.click("button[type=reset]")
        choose(page, "section", "企业人才")
        within = [fact.name for fact in facts if fact.section.id in ("companies-and-talent", "platforms")]
        assert names(page) == within
        page.select_option("#filter-unit", "家")
        assert set(names(page)) == {fact.name for fact in facts if getattr(fact, "unit", "") == "家"}
        page.fill("#query", "高新")
        assert 0 < len(names(page)) < 4
        page.click("button[type=reset]")
        assert len(names(page)) == min(20, len(facts))
        assert page.input_value("#query") == page.input_value("#filter-unit") == ""


def test_reports_and_years_are_told_apart(show: Show) -> None:
    """Where several reports are loaded, one of them or one year can be chosen."""
    with show("--facts", YEARS) as page:
        choose(page, "report", "2030青山")
        assert all("《2030青山" in text for text in page.locator("cite").all_text_contents())
        page.click("button[type=reset]")
        page.select_option("#filter-year", "2029")
        assert {text[:4] for text in page.locator(".about").all_text_contents()} == {"2029"}


def test_the_address_says_what_is_shown(show: Show) -> None:
    """What was searched can be kept as a bookmark, and each fact has an address."""
    with small(show) as page:
        page.fill("#query", "院士")
        page.select_option("#filter-kind", "metric")
        shown, address = names(page), page.evaluate("location.hash")
    with small(show, at=address) as page:
        assert (names(page), page.input_value("#query")) == (shown, "院士")
        page.locator("a.self").first.click()
        assert names(page) == shown[:1]
        page.go_back()
        assert names(page) == shown


# ── Cards ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_tells_what_show_tells(show: Show, language: str) -> None:
    """Bounds, computed values, aliases, evidence: the same rows as those of `shkc show`."""
    lines = shkc("show", "rd-expenditure", "--facts", SMALL, "--lang", language).out.splitlines()
    with small(show, at="#fact=qingshan-2031%2Frd-expenditure") as page:
        if language == "en":
            page.click("#language")
        page.locator("#results summary").click()
        rows = zip(page.locator("dt").all_text_contents(), page.locator("dd").all_text_contents(), strict=True)
        assert [(label.strip(), text) for label, text in rows] == [
            tuple(part.strip() for part in re.split(r"\s{2,}", line, maxsplit=1)) for line in lines[1:]
        ]


def test_a_card_shows_figure_and_proof_at_once(show: Show) -> None:
    """The figure as printed with its growth, where and when, the excerpt, report and paragraph."""
    with small(show, at="#fact=qingshan-2031%2Frd-expenditure") as page:
        assert page.locator(".figure").text_content() == "约320.5亿元 同比 +8.0%"
        assert page.locator(".about").text_content() == "2031 · 青山 · 综述"
        assert page.locator(".proof").text_content() == "全社会研发投入约320.5亿元 《2031青山科技报告》 ¶3"


def test_figure_and_citation_are_copied(show: Show) -> None:
    """A button puts the figure with its name, another the citation with its paragraph, on the clipboard."""
    with small(
        show, at="#fact=qingshan-2031%2Frd-expenditure", permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        page.get_by_role("button", name="复制数字").click()
        page.get_by_role("button", name="已复制").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == "全社会研发投入：约320.5亿元"
        page.get_by_role("button", name="复制引文").click()
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('[R]'))")
        citation = page.evaluate("navigator.clipboard.readText()")
        assert citation == "青山市科学技术局. 2031青山科技报告[R]. [出版地不详]: 青山市科学技术局: 第3段."


@pytest.mark.parametrize(
    "clipboard", ["undefined", "{ writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError')) }"]
)
def test_without_a_clipboard_the_text_is_selected(show: Show, clipboard: str) -> None:
    """Where the browser has no clipboard, or refuses it, the text stands selected in a field."""
    script = f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})"
    with small(show, at="#fact=qingshan-2031%2Frd-expenditure", script=script) as page:
        page.get_by_role("button", name="复制数字").click()
        field = page.get_by_label("请按 Ctrl+C")
        assert field.input_value() == "全社会研发投入：约320.5亿元"
        assert page.evaluate("getSelection().toString()") == "全社会研发投入：约320.5亿元"
        assert field.evaluate("(field) => field === document.activeElement")


def test_a_series_is_drawn_with_its_bounds(show: Show) -> None:
    """A figure of several reports has a picture: a point and a bar for each year, hollow where estimated."""
    with show("--facts", YEARS, at="#q=研发") as page:
        series = page.locator("#results .series").first
        values = series.locator("li").all_text_contents()
        assert values == ["2029 3.0%", "2030 3.15%", "2031 3.2%"]
        assert series.locator("svg").get_attribute("aria-label") == "; ".join(values)
        assert series.locator("circle").count() == series.locator("path").count() == len(values)
        heights = [element.bounding_box() for element in series.locator("path").all()]
        assert any(box and box["height"] > 1 for box in heights)
    with small(show) as page:
        assert page.locator(".series").count() == 0


def test_both_languages(show: Show) -> None:
    """The switch turns everything that the page says, and says in which language what is quoted is."""
    with small(show, at="#q=研发") as page:
        chinese = names(page)
        page.click("#language")
        assert page.locator("html").get_attribute("lang") == "en"
        assert names(page) != chinese
        assert page.locator("h1").text_content() == "Qingshan Science and Technology Report 2031"
        assert page.input_value("#query") == "研发"
        told = page.locator("label, summary, button:not(#language), #status, h2").all_text_contents()
        assert [text for text in told if re.search("[\u4e00-\u9fff]", text)] == []
        assert page.locator(".proof q").first.get_attribute("lang") == "zh"
        assert page.locator(".about").first.text_content() == "2031 · Qingshan · Overview"
        assert page.evaluate("document.activeElement.id") == "language"
        page.click("#language")
        assert names(page) == chinese


def test_the_page_begins_in_the_language_asked_for(show: Show) -> None:
    """--lang en."""
    with small_in_english(show) as page:
        assert page.get_by_label("Search").is_visible()


def small_in_english(show: Show) -> AbstractContextManager[Page]:
    """The page of the invented report in English."""
    return show("--facts", SMALL, "--lang", "en")


# ── Everybody can use it ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("width", "scheme"), [(375, "light"), (1400, "dark")])
@pytest.mark.parametrize("words", [("--facts", SMALL), (SMALL_TEXT, "--facts", SMALL), ("--facts", YEARS)])
def test_axe_finds_nothing(show: Show, words: tuple[str, ...], width: int, scheme: str) -> None:
    """Names, roles, contrast, headings, languages: as axe-core checks them, opened and in both languages."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed: the extra browser")
    with show(
        *words, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True, reduced_motion="reduce"
    ) as page:
        for _ in ("zh", "en"):
            page.click("#language")
            page.locator("#results summary").first.click()
            assert complaints(page, axe) == []
            if page.locator("button.pane:visible").count():
                page.get_by_role("button", name=re.compile("^(原文|Text)$")).click()
                assert complaints(page, axe) == []
            page.keyboard.press("Escape")  # which brings the facts back


def complaints(page: Page, axe: Any) -> list[tuple[str, list[str]]]:
    """What axe finds wrong: the rule, and each element that breaks it."""
    found = axe.Axe().run(page).response["violations"]
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def test_the_keyboard_reaches_everything(show: Show) -> None:
    """Escape goes to the search, Tab through the filters to the results, a link past them."""
    with small(show) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "results"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "query"
        page.fill("#query", "院士")
        passed = []
        for _ in range(9):
            page.keyboard.press("Tab")
            passed.append(page.evaluate("document.activeElement.id || document.activeElement.textContent"))
        assert passed == [
            "filter-kind", "filter-section", "filter-unit", "filter-year", "清除条件", "#", "复制数字", "复制引文",
            "全部内容：区间、推算、别名、佐证",
        ]  # fmt: skip


def test_results_are_announced(show: Show) -> None:
    """A screen reader is told how many facts there are."""
    with small(show) as page:
        page.fill("#query", "院士")
        assert page.get_by_role("status").text_content() == "20 条事实中的 1 条"


@pytest.mark.parametrize("width", [320, 375, 768, 1400])
@pytest.mark.parametrize("words", [("--facts", SMALL), (SMALL_TEXT, "--facts", SMALL)])
def test_nothing_is_wider_than_the_screen(show: Show, words: tuple[str, ...], width: int) -> None:
    """No sideways scrolling, on a phone neither."""
    with show(*words, viewport={"width": width, "height": 700}) as page:
        page.locator("#results summary").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_shows_everything_and_no_controls(show: Show) -> None:
    """On paper each card is open, and what can only be clicked is gone."""
    with show(NEW_REPORT, "--facts", str(ROOT / "examples" / "facts-2024.toml")) as page:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.locator("#results dl:visible").count() == len(
            load(*fact_files([ROOT / "examples" / "facts-2024.toml"])).records
        )
        assert page.locator(".paragraphs").is_visible()
        assert page.locator("button:visible, input:visible, select:visible").count() == 0


def test_ten_thousand_facts_are_not_drawn_at_once(show: Show, tmp_path: Path) -> None:
    """However many facts match, a screenful is drawn, and more on demand."""
    from benchmarks.generate import generate

    generate(tmp_path / "facts", 25, 400)
    with show("--facts", str(tmp_path / "facts")) as page:
        assert page.locator("#results > li").count() == 20
        assert "10,0" in (page.locator("#status").text_content() or "")
        page.get_by_role("button", name="再显示").click()
        assert page.locator("#results > li").count() == 40
        assert page.evaluate("document.activeElement === document.querySelectorAll('#results h3')[20]")


# ── The proof ───────────────────────────────────────────────────────────────────────────────────────


def marks(page: Page, role: str) -> list[str]:
    """The texts of the marks of a *role*, without what is said of them."""
    return [
        str(element.evaluate("(mark) => mark.firstChild.textContent"))
        for element in page.locator(f".paragraphs .mark.{role}").all()
    ]


def test_every_figure_is_marked_where_it_stands(show: Show) -> None:
    """Each figure, growth, share and rank of the text; the text itself is whole."""
    with proven(show) as page:
        assert marks(page, "figure")[:4] == ["320.5亿元", "8.0%", "3.2%", "0.2个百分点"]
        assert len(marks(page, "figure")) == 20
        assert "《青山市科技创新条例》" in marks(page, "name")
        assert marks(page, "gap") == marks(page, "doubt") == []
        assert page.locator(".coverage p").text_content() == "34 个数字中 34 个有着落；20 个事实中 20 个得到证实"


def test_a_click_goes_from_place_to_fact_and_back(show: Show) -> None:
    """A mark shows its facts, a fact its place; the browser's way back works, too."""
    with proven(show, viewport={"width": 1400, "height": 600}) as page:
        page.locator(".mark.figure", has_text="12.5%").click()
        page.get_by_text("原文此处的事实 (20 条事实中的 1 条)", exact=True).wait_for()
        assert names(page) == ["新增院士数"]
        page.get_by_role("link", name="在原文中").click()
        here = page.locator(".here", has_text="6位")
        here.wait_for()
        assert here.evaluate("(mark) => mark === document.activeElement")
        page.go_back()
        page.locator(".here", has_text="12.5%").wait_for()
        assert names(page) == ["新增院士数"]


def test_a_phone_shows_text_and_facts_in_turn(show: Show) -> None:
    """On a narrow screen a click on a mark shows the fact, and the way back the text."""
    with proven(show, viewport={"width": 375, "height": 700}) as page:
        assert not page.locator("#text").is_visible()
        page.get_by_role("button", name="原文").click()
        page.locator(".mark.figure", has_text="12.5%").click()
        page.locator("#facts").wait_for()
        assert not page.locator("#text").is_visible()
        page.get_by_role("link", name="在原文中").click()
        page.locator(".here").wait_for()


def test_an_exception_tells_its_reason(show: Show) -> None:
    """What is no figure says why; a button goes from one to the next."""
    with proven(show) as page:
        for told in ("2031青山科技报告 (例外：书名中的年份)", "2031年，青山市 (例外：年份)"):
            page.get_by_role("button", name="例外 7").click()
            page.locator(".here", has_text=told).wait_for()


def test_gaps_and_doubts_have_their_own_colours(show: Show, tmp_path: Path) -> None:
    """A numeral without a fact is a gap; a fact that the text does not prove is in doubt, and says why."""
    text = tmp_path / "report.txt"
    text.write_text(
        TEXT.replace("480家", "481家").replace("逾3.6万人参加。", "逾3.6万人参加。另有77家。"), encoding="utf-8"
    )
    with show(str(text), "--facts", SMALL, viewport={"width": 1400, "height": 700}) as page:
        assert set(marks(page, "gap")) == {"481", "77"}
        colours = {
            role: page.locator(f".paragraphs .mark.{role}").first.evaluate(
                "(mark) => getComputedStyle(mark).backgroundColor"
            )
            for role in ("gap", "figure", "exception", "name")
        }
        assert len(set(colours.values())) == 4
        page.get_by_text("没有证实的 (3)").click()
        page.get_by_role("link", name="新认定高新技术企业数", exact=True).click()
        assert page.locator("article.doubtful .doubt").all_text_contents() != []


def test_the_doubts_of_a_draft_are_shown(show: Show, tmp_path: Path) -> None:
    """What `draft` marks for a person to look at stands with the fact, and is coloured in the text."""
    facts = tmp_path / "draft.toml"
    assert shkc("draft", NEW_REPORT, "-o", str(facts)).status == 0
    expected = doubts(load(*fact_files([facts])))
    assert expected
    with show(NEW_REPORT, "--facts", str(facts)) as page:
        page.get_by_role("button", name="再显示").click()
        assert page.locator("article.doubtful").count() == len(expected)
        shown = page.locator(".doubt:not(.mark) span").all_text_contents()
        assert sorted(shown) == sorted(reason for reasons in expected.values() for reason in reasons)
        assert marks(page, "doubt") != []


CONTENT = load(*fact_files([Path(SMALL)]))
PARAGRAPHS = [line.strip() for line in TEXT.splitlines() if line.strip()]
SPACE = st.sampled_from(["", "", " ", "\u3000", "\t", "  "])


@given(st.data())
def test_the_pieces_are_the_text_as_printed(data: st.DataObject) -> None:
    """With whatever white space and full-width characters the text is printed, nothing of it is lost or moved."""
    wide = {code: code + 0xFEE0 for code in data.draw(st.sets(st.integers(0x21, 0x7E)))}
    printed = [
        "".join(f"{character.translate(wide)}{data.draw(SPACE)}" for character in paragraph) for paragraph in PARAGRAPHS
    ]
    outcome = verify.verify([CONTENT], printed)
    cut = proof.pieces(printed, outcome.spans)
    assert ["".join(piece.text for piece in paragraph) for paragraph in cut] == printed


def test_spaces_in_the_text_move_no_mark() -> None:
    """A figure is marked with its digits, and without the space around it."""
    printed = [paragraph.replace("约320.5亿元", " 约 ３２０．５ 亿元 ") for paragraph in PARAGRAPHS]
    cut = proof.pieces(printed, verify.verify([CONTENT], printed).spans)
    assert proof.Piece("３２０．５ 亿元", "figure", ("rd-expenditure",)) in cut[2]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3), st.integers(0, 5))
def test_a_number_has_one_form(value: Decimal, zeros: int) -> None:
    """However many zeros are printed behind it."""
    assert forms.number_form(value) == forms.number_form(Decimal(f"{value:f}" + "0" * zeros))
    assert forms.number_form(value) != forms.number_form(quantity.EXACT.add(abs(value), 1))
