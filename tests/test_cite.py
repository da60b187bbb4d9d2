"""Citations: what `shkc cite` prints is what the standards say, and what pandoc's citeproc makes of its CSL-JSON."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, get_args

import pytest
import rispy  # type: ignore[import-untyped] # has no types
from bibtexparser.entrypoint import parse_string
from conftest import Golden
from support import SMALL, shkc

from shkc import open as shkc_open
from shkc.agents import Toolbox
from shkc.cli.citing import Style
from shkc.facts.model import CitationStyle
from shkc.language import Language

CSL = Path("/usr/share/citation-style-language/styles")
"""Where Debian's citation-style-language-styles puts the styles that pandoc does not have."""
WHERE = {
    "gb7714": CSL / "china-national-standard-gb-t-7714-2015-numeric.csl",
    "apa": CSL / "apa.csl",
    "chicago": None,  # the one that pandoc has
}
REPORTS: Mapping[str, Mapping[str, str]] = {
    "printed": {"place": "青山", "place_en": "Qingshan", "published": "2032"},
    "online": {
        "place": "青山",
        "place_en": "Qingshan",
        "published": "2032-03-01",
        "url": "https://example.org/2031.pdf",
    },
    "month": {"place": "青山", "published": "2032-03", "url": "https://example.org/2031.pdf"},
    "undated": {"place": "青山", "url": "https://example.org/2031.pdf"},
    "no place": {"published": "2032-03-01", "url": "https://example.org/2031.pdf"},
    "nothing": {},
}
"""What the fact file says about the publication of the report."""
CITED = ("rd-expenditure", "--accessed", "2032-05-02")


def fact_file(folder: Path, **publication: str) -> str:
    """The invented fact file with what is known about its publication."""
    path = folder / "facts.toml"
    more = "".join(f'{key} = "{value}"\n' for key, value in publication.items())
    path.write_text(
        Path(SMALL).read_text(encoding="utf-8").replace("[report]\n", f"[report]\n{more}"), encoding="utf-8"
    )
    return str(path)


def cite(path: str, style: str, language: str = "zh", *more: str) -> str:
    """What `shkc cite` prints for one figure."""
    answer = shkc("cite", *CITED, *more, "--style", style, "--lang", language, "--facts", path, "--quiet")
    assert (answer.status, answer.err) == (0, "")
    return answer.out


def reference(path: str, style: str, language: str) -> str:
    """The entry of the list of references."""
    return cite(path, style, language, "-f", "value").rstrip("\n")


# ── The standards ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("report", REPORTS)
def test_the_national_standard(report: str, tmp_path: Path) -> None:
    """GB/T 7714-2015: [R] or [R/OL], the day of publication and of access; the paragraph stands where a page would."""
    author = "青山市科学技术局"
    begin = f"{author}. 2031青山科技报告"
    assert (
        reference(fact_file(tmp_path, **REPORTS[report]), "gb7714", "zh")
        == {
            "printed": f"{begin}[R]. 青山: {author}, 2032: 第3段.",
            "online": (
                f"{begin}[R/OL]. 青山: {author}, 2032: 第3段(2032-03-01)[2032-05-02]. https://example.org/2031.pdf."
            ),
            "month": f"{begin}[R/OL]. 青山: {author}, 2032: 第3段(2032-03)[2032-05-02]. https://example.org/2031.pdf.",
            "undated": f"{begin}[R/OL]. 青山: {author}: 第3段[2032-05-02]. https://example.org/2031.pdf.",
            "no place": f"{begin}[R/OL]. {author}, 2032: 第3段(2032-03-01)[2032-05-02]. https://example.org/2031.pdf.",
            "nothing": f"{begin}[R]. [出版地不详]: {author}: 第3段.",
        }[report]
    )


@pytest.mark.parametrize("style", WHERE)
def test_a_citation_in_each_style_and_language(style: str, tmp_path: Path, golden: Golden) -> None:
    """What is cited, its reference, and what stands in the text."""
    path = fact_file(tmp_path, **REPORTS["online"])
    golden.check(f"cite.{style}.txt", cite(path, style) + "\n" + cite(path, style, "en"))


# ── pandoc ──────────────────────────────────────────────────────────────────────────────────────────


def citeproc(item: dict[str, Any], style: str, folder: Path) -> tuple[str, str]:
    """The reference and the citation in the text that pandoc makes of *item*."""
    csl = WHERE[style]
    if shutil.which("pandoc") is None:
        pytest.skip("there is no pandoc: apt-get install pandoc")
    if csl is not None and not csl.exists():
        pytest.skip("there are no styles for pandoc: apt-get install citation-style-language-styles")
    folder.joinpath("items.json").write_text(json.dumps([item]), encoding="utf-8")
    text = f"---\nbibliography: items.json\nlang: {item['language']}\n---\n\n[@{item['id']}, para. 3]\n"
    done = subprocess.run(
        ["pandoc", "--citeproc", "-t", "plain", "--wrap=none", *([f"--csl={csl}"] if csl else [])],
        input=text,
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    in_text, entry = done.stdout.strip().split("\n\n")
    return entry, in_text


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("style", WHERE)
def test_pandoc_writes_the_same_reference(style: str, report: str, language: str, tmp_path: Path) -> None:
    """From our CSL-JSON, citeproc makes our references, but for what its styles leave out of the standards."""
    path = fact_file(tmp_path, **REPORTS[report])
    (item,) = json.loads(cite(path, "csl-json", language))
    if style == "apa":
        del item["publisher"]  # 9.29: not named again where it is the author; the style leaves that to the user
    entry, in_text = citeproc(item, style, tmp_path)
    ours = json.loads(cite(path, style, language, "--json"))[0]
    if style == "gb7714":
        # Of the standard, the style has no place in a report, no day of publication and no [S.l.]; it has a number.
        told = re.sub(r": (第3段|para\. 3)|\((2032-03-01|2032-03)\)|\[(出版地不详|S\.l\.)\]: ", "", ours["reference"])
        assert f"[1] {told}".casefold() == entry.casefold()  # nor does the standard want bodies in capitals
    else:
        assert ours["reference"] == entry
        # The style has no comma before n.d. where a day of access is known; the manual has one always (15.44).
        told = re.sub(
            r", (n\.d\.|不详)" if report == "undated" and style == "chicago" else "$()", r" \1", ours["in_text"]
        )
        assert told.strip().replace("第3段", "para. 3") == in_text


# ── Data ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("report", REPORTS)
def test_bibtex_is_read_back(report: str, tmp_path: Path) -> None:
    """A parser finds one entry of one author, with what is known about the publication and nothing else."""
    publication = REPORTS[report]
    read = parse_string(cite(fact_file(tmp_path, **publication), "bibtex"))
    assert not read.failed_blocks
    (entry,) = read.entries
    assert (entry.entry_type, entry.key) == ("techreport", "qingshan-2031")
    fields = {key: field.value for key, field in entry.fields_dict.items()}
    dated = publication.get("published")
    assert fields == {
        "author": "{青山市科学技术局}",
        "title": "{2031青山科技报告}",
        "institution": "青山市科学技术局",
        "langid": "chinese",
        **({"address": publication["place"]} if "place" in publication else {}),
        **({"year": dated[:4], "date": dated} if dated else {}),
        **({"month": "3"} if dated and len(dated) > 4 else {}),
        **({"url": publication["url"], "urldate": "2032-05-02"} if "url" in publication else {}),
    }


def test_one_entry_has_every_fact_of_its_report(tmp_path: Path) -> None:
    """Two facts of a report are cited from one entry; what to write in the text stands above it."""
    path = fact_file(tmp_path)
    printed = shkc("cite", "rd-expenditure", "synergy-plan", "--style", "bibtex", "--facts", path, "--lang", "en").out
    assert printed.startswith(
        "% rd-expenditure: \\cite[para. 3]{qingshan-2031}\n% synergy-plan: \\cite[para. 10]{qingshan-2031}\n@techreport"
    )
    assert len(parse_string(printed).entries) == 1


def test_bibtex_escapes_what_tex_reads(tmp_path: Path) -> None:
    """A publisher with an ampersand breaks nobody's bibliography."""
    path = Path(fact_file(tmp_path))
    path.write_text(
        path.read_text(encoding="utf-8").replace("Bureau of Science", "R&D_Bureau 100% of $cience"), "utf-8"
    )
    assert "{{Qingshan R\\&D\\_Bureau 100\\% of \\$cience and Technology}}" in cite(str(path), "bibtex", "en")


@pytest.mark.parametrize("name", ["", " ", "x" * 20_000], ids=["empty", "blank", "long"])
def test_what_is_no_question_is_no_fact_either(name: str) -> None:
    """As in `show`: the others are cited, and the status says that one is missing."""
    answer = shkc("cite", name, "incubators", "--facts", SMALL)
    assert (answer.status, answer.err.splitlines()[0]) == (1, shkc("show", name, "--facts", SMALL).err.strip())
    assert "2031青山科技报告" in answer.out


def test_an_address_cannot_end_the_entry(tmp_path: Path) -> None:
    """What BibTeX reads as its own stands as addresses have it."""
    read = parse_string(cite(fact_file(tmp_path, url="https://x.example/a}b{c\\\\"), "bibtex"))
    assert not read.failed_blocks
    (entry,) = read.entries
    assert entry.fields_dict["url"].value == "https://x.example/a%7Db%7Bc%5C"


@pytest.mark.parametrize("report", REPORTS)
def test_ris_is_read_back(report: str, tmp_path: Path) -> None:
    """A parser finds the report with what is known about its publication, and the place of the fact."""
    publication = REPORTS[report]
    (entry,) = rispy.loads(cite(fact_file(tmp_path, **publication), "ris"))
    known: dict[str, object] = {}
    if "place" in publication:
        known["place_published"] = publication["place"]
    if "published" in publication:
        known |= {"year": "2032", "date": publication["published"].replace("-", "/")}
    if "url" in publication:
        known |= {"urls": [publication["url"]], "access_date": "2032/05/02"}
    assert entry == {
        "type_of_reference": "RPRT",
        "id": "qingshan-2031",
        "authors": ["青山市科学技术局"],
        "title": "2031青山科技报告",
        "publisher": "青山市科学技术局",
        "language": "zh",
        "notes": ["rd-expenditure: 全社会研发投入：约320.5亿元, 第3段"],
        **known,
    }


def test_several_reports_are_several_entries() -> None:
    """Each report that has the fact is cited; each style of data makes one document of them."""
    both = ("cite", "rd-expenditure", "--facts", SMALL, "--facts", str(Path(SMALL).with_name("other.toml")))
    assert len(json.loads(shkc(*both, "--style", "csl-json").out)) == 2
    assert len(rispy.loads(shkc(*both, "--style", "ris").out)) == 2
    assert len(parse_string(shkc(*both, "--style", "bibtex").out).entries) == 2
    assert "白沙市科学技术局" in shkc(*both).out


# ── The command ─────────────────────────────────────────────────────────────────────────────────────


def test_a_lookup_cites_on_one_line(tmp_path: Path) -> None:
    """`-f cite` has the figure and its citation for each fact; a milestone is cited by its name."""
    path = fact_file(tmp_path, **REPORTS["printed"])
    assert shkc("metric", "研发经费", "-f", "cite", "--facts", path).out == (
        "全社会研发投入：约320.5亿元。青山市科学技术局. 2031青山科技报告[R]. 青山: 青山市科学技术局, 2032: 第3段.\n"
    )
    assert shkc("list", "-f", "cite", "--facts", path).out.count("[R]") == 20
    assert shkc("show", "synergy-plan", "-f", "cite", "--facts", path).out.endswith(
        "。青山市科学技术局. 2031青山科技报告[R]. 青山: 青山市科学技术局, 2032: 第10段.\n"
    )


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("report", REPORTS)
def test_every_place_that_cites_gives_the_same_line(report: str, language: Language, tmp_path: Path) -> None:
    """`cite`, `-f cite`, the tool for agents and the page have one reference, with today as the day of access."""
    path = fact_file(tmp_path, **REPORTS[report])
    options = ("--facts", path, "--lang", language.value)
    agents = json.loads(Toolbox(partial(shkc_open, path), language).call("cite_fact", {"id": "rd-expenditure"}))
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', shkc("page", *options).out)
    page = next(fact for fact in json.loads(data)["facts"] if fact["id"] == "rd-expenditure")
    cited = shkc("cite", "rd-expenditure", "-f", "value", *options).out.rstrip("\n")
    between = "。" if language is Language.zh else ". "
    assert {
        shkc("show", "rd-expenditure", "-f", "cite", *options).out.rstrip("\n").partition(between)[2],
        agents["facts"][0]["citation"]["reference"],
        page["citation"][language is Language.en],
    } == {cited}


def test_the_page_takes_the_day_of_access(tmp_path: Path) -> None:
    """`page --accessed` cites as `cite --accessed` does."""
    path = fact_file(tmp_path, **REPORTS["online"])
    assert reference(path, "gb7714", "zh") in shkc("page", "--accessed", "2032-05-02", "--facts", path).out


def test_reports_of_one_title_are_told_apart(tmp_path: Path) -> None:
    """Reports of two cities with the same title and year are cited each with its own place."""
    text = Path(SMALL).read_text(encoding="utf-8")
    other = text.replace("qingshan-2031", "baisha").replace("青山市科学技术局", "白沙市科学技术局")
    tmp_path.joinpath("a.toml").write_text(text.replace("[report]\n", '[report]\nplace = "青山"\n'), encoding="utf-8")
    tmp_path.joinpath("b.toml").write_text(other.replace("[report]\n", '[report]\nplace = "白沙"\n'), encoding="utf-8")
    assert sorted(re.findall(r"\w+: \w+局", shkc("cite", "rd-expenditure", "--facts", str(tmp_path)).out)) == [
        "白沙: 白沙市科学技术局",
        "青山: 青山市科学技术局",
    ]


def test_what_is_no_fact_is_told_and_the_rest_cited() -> None:
    """Exit status 1, with the ids that come near on standard error."""
    answer = shkc("cite", "rd-expenditur", "rd-intensity", "--facts", SMALL, "--lang", "en")
    assert answer.status == 1
    assert answer.err.startswith("no fact has the id or name “rd-expenditur”; near it: rd-expenditure\n")
    assert answer.out.startswith("R&D intensity: ")


def test_a_list_of_references_can_be_pasted() -> None:
    """Facts of one paragraph have one reference, one that is named twice is cited once, numbers say whose it is."""
    named = ("rd-expenditure", "synergy-plan", "rd-intensity", "全社会研发投入")
    told, listed = (part.splitlines() for part in shkc("cite", *named, "--facts", SMALL).out.split("\n\n"))
    assert [line.rpartition("[")[2] for line in told] == ["1]", "2]", "1]"]
    assert [line[:4] for line in listed] == ["[1] ", "[2] "]
    numbers = [(each["id"], each["number"]) for each in shkc("cite", *named, "--json", "--facts", SMALL).json]
    assert numbers == [("rd-expenditure", 1), ("synergy-plan", 2), ("rd-intensity", 1)]
    apa = shkc("cite", *named, "--style", "apa", "--facts", SMALL).out
    assert apa.count("2031青山科技报告") == 1
    assert apa.count("第3段") == 2
    bibtex = shkc("cite", *named, "--style", "bibtex", "--facts", SMALL).out
    assert bibtex.count("% rd-expenditure:") == 1


def test_a_statement_says_once_that_it_is_cumulative() -> None:
    """Not again where the name says it."""
    told = shkc("cite", "foreigner-work-permits-issued", "--lang", "zh").out.partition("[")[0]
    assert told.count("累计") == 1
    assert shkc("cite", "foreigner-work-permits-issued", "--lang", "en").out.lower().count("cumulative") == 1


def test_what_a_citation_lacks_is_told(tmp_path: Path) -> None:
    """Which keys of the fact file would give it, and that a day of access is of no use without an address."""
    answer = shkc("cite", *CITED, "--facts", fact_file(tmp_path, published="2032"), "--lang", "en")
    assert answer.err == (
        "the fact file of “Qingshan Science and Technology Report 2031” has no place, url, so the citation has none; "
        'add to its [report]: place = "…", url = "https://…"\n'
        "--accessed is not used: “Qingshan Science and Technology Report 2031” has no address\n"
    )
    assert shkc("cite", *CITED, "--facts", fact_file(tmp_path, **REPORTS["online"])).err == ""


def test_a_computed_value_is_cited_by_what_it_follows_from() -> None:
    """It is in no report, and the message says which fact to cite."""
    answer = shkc("cite", "2022年技术合同成交额", "--lang", "en")
    assert (answer.status, answer.out) == (1, "")
    assert "it is computed: " in answer.err
    assert "shkc cite technology-contract-value" in answer.err


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_an_entry_of_several_lines_breaks_no_table(style: str) -> None:
    """It is refused where a cell is one line."""
    for form in ("markdown", "tsv"):
        answer = shkc("cite", "rd-expenditure", "--style", style, "-f", form, "--facts", SMALL)
        assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert shkc("cite", "rd-expenditure", "--style", style, "-f", "csv", "--facts", SMALL).status == 0


@pytest.mark.parametrize("day", ["2032-13-01", "yesterday", ""])
def test_a_day_must_be_one(day: str) -> None:
    """A wrong day of access is a wrong call."""
    answer = shkc("cite", "rd-intensity", "--accessed", day, "--facts", SMALL, "--lang", "en")
    assert (answer.status, answer.err) == (2, f"shkc: “{day}” is no day; write 2024-05-31\n")


def test_the_command_has_every_style() -> None:
    """The styles of the command line are those of the contract."""
    assert [style.value for style in Style] == list(get_args(CitationStyle))
