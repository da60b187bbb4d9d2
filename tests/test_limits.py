"""Long lines, many problems: bounded work for each, and over a limit that no honest input reaches, one clear line.

That time grows in proportion is measured by ``python -m benchmarks.linear``.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import SMALL, SMALL_TEXT, Answer, python, shkc

from shkc import paths
from shkc.base import LONGEST_QUESTION, FactBase
from shkc.draft.ids import Ids
from shkc.draft.paragraph import LONGEST_PIECE, pieces
from shkc.errors import UsageError
from shkc.facts import check, verify
from shkc.facts.check import MOST_HINTS
from shkc.facts.lines import key_lines
from shkc.facts.verify import occurrences
from shkc.output.page import proof
from shkc.text import paragraphs
from shkc.text.words import words

RIGHT = Path(SMALL).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["a", "技术", "1,", "R&D ", "\xff"])
def test_a_line_too_long_for_batch_is_an_error_and_the_rest_goes_on(text: str) -> None:
    """Of a megabyte, whatever it is of; its answer repeats the beginning only."""
    long = (text * (1 << 20)).encode("latin-1" if text == "\xff" else "utf-8")
    answer = shkc("batch", "--facts", SMALL, "--lang", "en", stdin=long + "\n孵化器数\n".encode() + long)
    first, second, third = map(json.loads, answer.out.splitlines())
    assert first == third
    assert "more than 10000 characters" in first["error"]
    assert len(first["query"]) <= 100
    assert [fact["id"] for fact in second["facts"]] == ["incubators"]


def test_the_longest_question_is_asked(cache: Path) -> None:
    """And one character more is not."""
    base = FactBase([Path(SMALL)], cache)
    question = "孵化器数" + " " * (LONGEST_QUESTION - 4)
    assert [metric.id for metric in base.metric(question)] == ["incubators"]
    for ask in (base.metric, base.search, base.find):
        with pytest.raises(UsageError, match="10001 characters"):
            ask(question + " ")
    answer = shkc("metric", "技" * (LONGEST_QUESTION + 1), "--facts", SMALL, "--lang", "en")
    assert answer == Answer(2, "", "shkc: the query has 10001 characters, and may have 10000\n")


@pytest.mark.parametrize("text", ["R&D", "ab", "技术", "4,850.5", "二期", "É"])
def test_words_are_the_same_however_long_the_text(text: str) -> None:
    """They are put together in one go, and not character by character."""
    assert words(f"{text} " * 500) == words(text) * 500
    assert words("技" * 5000) == ["技" * 5000]


def test_of_many_wrong_names_the_first_are_compared(tmp_path: Path) -> None:
    """Comparing all with all would take minutes; all are told."""
    facts = tmp_path / "facts.toml"
    facts.write_text(re.sub(r'section = "overview"', 'section = "overveiw"', RIGHT), encoding="utf-8")
    entry = RIGHT[RIGHT.index("[[metric]]") : RIGHT.index("[[metric]]", RIGHT.index("[[metric]]") + 1)]
    many = [re.sub(r'id = "[^"]*"', f'id = "fact-{n}"', entry, count=1) for n in range(MOST_HINTS + 30)]
    facts.write_text(RIGHT + "\n" + "\n".join(many).replace('section = "overview"', 'section = "overveiw"'), "utf-8")
    told = shkc("check", str(facts), "--lang", "en").err.splitlines()
    assert len(told) == MOST_HINTS + 30
    assert sum("did you mean overview?" in line for line in told) == MOST_HINTS


def test_of_many_wrong_relations_the_first_are_compared(tmp_path: Path) -> None:
    """As of wrong sections; a base of a thousand facts that name nothing took minutes."""
    facts = tmp_path / "facts.toml"
    entry = RIGHT[RIGHT.index("[[metric]]") : RIGHT.index("[[metric]]", RIGHT.index("[[metric]]") + 1)]
    relation = 'relations = { see-also = ["fact-x"] }\n'
    many = [re.sub(r'id = "[^"]*"\n', f'id = "fact-{n}"\n{relation}', entry, count=1) for n in range(MOST_HINTS + 30)]
    facts.write_text(RIGHT + "\n" + "\n".join(many), encoding="utf-8")
    told = [line for line in shkc("check", str(facts), "--lang", "en").err.splitlines() if "see-also names" in line]
    assert len(told) == MOST_HINTS + 30
    assert sum("did you mean fact-" in line for line in told) == MOST_HINTS


def test_of_more_problems_than_anybody_mends_the_first_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And that there are more; what is not told is not looked for."""
    monkeypatch.setattr(check, "MOST_PROBLEMS", 50)
    facts = tmp_path / "facts.toml"
    facts.write_text("format = 1\n" + "[[metric]]\n" * 300_000, encoding="utf-8")
    begun = time.process_time()
    answer = shkc("check", str(facts), "--lang", "en")
    assert time.process_time() - begun < 10
    assert (answer.status, answer.err.count("is missing"), answer.err.count("\n")) == (3, 50, 51)
    assert answer.err.endswith("problems, of which these are told; mend them and check again\n")


def test_sections_in_one_another_without_end_are_told(tmp_path: Path) -> None:
    """Each names all that it lies in: thirty thousand took half a minute. One line says where it begins."""
    facts = tmp_path / "facts.toml"
    chain = [
        f'[[section]]\nid = "s{n}"\nnumber = "{n}"\ntitle = "节"\ntitle_en = "S"\nshort = "节"\nshort_en = "S"\n'
        + (f'parent = "s{n - 1}"\n' if n else "")
        for n in range(check.DEEPEST_SECTION + 9)
    ]
    facts.write_text(f"{RIGHT}\n{''.join(chain[: check.DEEPEST_SECTION])}", encoding="utf-8")
    assert shkc("check", str(facts)).status == 0
    facts.write_text(f"{RIGHT}\n{''.join(chain)}", encoding="utf-8")
    line = f"{RIGHT}\n{''.join(chain[: check.DEEPEST_SECTION + 1])}".count("\n")
    told = f"{facts}:{line}: more than {check.DEEPEST_SECTION} sections in one another; use fewer levels\n"
    assert shkc("check", str(facts), "--lang", "en") == Answer(3, "", told)


def test_as_many_problems_as_are_told_are_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more is the first that is not."""
    facts = tmp_path / "facts.toml"
    facts.write_text(RIGHT.replace('section = "overview"', 'section = "overveiw"'), encoding="utf-8")
    every = shkc("check", str(facts)).err.splitlines()
    assert len(every) > 2
    monkeypatch.setattr(check, "MOST_PROBLEMS", len(every))
    assert shkc("check", str(facts)).err.splitlines() == every
    monkeypatch.setattr(check, "MOST_PROBLEMS", len(every) - 1)
    told = shkc("check", str(facts)).err.splitlines()
    assert (told[:-1], len(told)) == (every[:-1], len(every))


def test_blank_lines_are_passed_over_at_once(tmp_path: Path) -> None:
    """Ten million of them take no time of their own to find where a problem is."""
    begun = time.process_time()
    assert key_lines("\n" * 10_000_000 + "[report]\n  \nid = 1\n")["report", 0, "id"] == 10_000_003
    assert time.process_time() - begun < 5


def test_a_long_string_takes_no_more_memory_than_its_text() -> None:
    """A step back for each of its characters would take gigabytes for a file of 20 MB."""
    code = """
import resource
from shkc.facts.lines import key_lines
text = 'x = "' + "a" * 10_000_000 + '"\\ny = ' + '"' * 3 + "b" * 10_000_000 + '"' * 3 + "\\nz = 1\\n"
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(key_lines(text)["", 0, "z"], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000)
"""
    assert python(code) == Answer(0, "3 True\n", "")


@pytest.mark.parametrize(
    "string",
    [
        '"""a " b "" [x]\n y = 1 \\" ""\n\\"""""',
        "'''a ' b '' [x]\n y = 1 ''\n'''''",
        '"""\n"""',
        '"\\" [y]"',
        "'\\'",
        '""',
    ],
)
def test_a_string_of_any_kind_hides_what_looks_like_a_key(string: str) -> None:
    """Quotation marks within it and at its end included."""
    lines = key_lines(f'x = {string} # "\nz = 1\n')
    assert lines == {("", 0, ""): 1, ("", 0, "x"): 1, ("", 0, "z"): string.count("\n") + 2}


def test_of_many_missing_excerpts_the_first_are_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are told without where else they stand."""
    monkeypatch.setattr(verify, "MOST_SEARCHES", 3)
    report = tmp_path / "report.txt"
    report.write_text("别的\n" + Path(SMALL_TEXT).read_text(encoding="utf-8"), encoding="utf-8")
    told = shkc("verify", str(report), "--facts", SMALL, "--lang", "en").out
    assert told.count("the paragraph does not have") > told.count("it stands in paragraph") == 3


def test_a_report_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file before it is read, a pipe when it does not end."""
    monkeypatch.setattr(paragraphs, "LARGEST_REPORT", 1 << 20)
    report = tmp_path / "report.txt"
    report.write_bytes(b"\n" * (1 << 21))
    for words_ in (("verify", str(report)), ("draft", str(report))):
        assert shkc(*words_, "--lang", "en") == Answer(3, "", f"shkc: {report}: more than 1 MB: no report\n")
    answer = shkc("verify", "-", "--lang", "en", stdin=b"\n" * (1 << 21))
    assert answer == Answer(3, "", "shkc: -: more than 1 MB: no report\n")


def test_the_largest_fact_file_is_larger_than_any() -> None:
    """That of the bundled report has less than a two-hundredth of it."""
    assert paths.bundled_facts().stat().st_size * 200 < paths.LARGEST_FACT_FILE


@given(st.text(alphabet="企业家增长5，,.。；1二三百%“”（） \u3000", max_size=9000))
def test_a_long_paragraph_is_cut_between_words_and_numbers(text: str) -> None:
    """Nothing is lost, and no piece is too long."""
    found = list(pieces(text))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= LONGEST_PIECE for start, end in found)
    for _, end in found[:-1]:
        assert text[end - 1] in "。；！？;!?，、：）)”》" or not re.search(r"\d\d", text[end - 1 : end + 1])


@given(st.text(alphabet="ab", max_size=40), st.text(alphabet="ab", min_size=1, max_size=3))
def test_every_occurrence_is_found(text: str, wanted: str) -> None:
    """Overlapping ones included."""
    assert occurrences(wanted, text) == [at for at in range(len(text)) if text.startswith(wanted, at)]


def test_thousands_of_figures_in_one_paragraph_are_proven_counted_and_shown(tmp_path: Path) -> None:
    """Each is compared with what stands where it does, and not with all of the paragraph."""
    count = 4000
    spans = [
        verify.Span(1, 3 * at, 3 * at + 3, role, f"fact-{at}") for at in range(count) for role in ("excerpt", "figure")
    ]
    begun = time.process_time()
    held = list(verify.holding(spans, [(3 * at + 1, 3 * at + 2) for at in range(count)]))
    assert [[span.owner for span in each] for each in held] == [[f"fact-{at}"] * 2 for at in range(count)]
    (pieces_of,) = proof.pieces(["共5家" * count], spans)
    assert [piece.owners for piece in pieces_of] == [(f"fact-{at}",) for at in range(count)]
    assert time.process_time() - begun < 2


def test_spans_are_told_in_their_order_however_they_overlap() -> None:
    """A figure in the excerpt of another, and two that begin at one place."""
    long, inner, other = (
        verify.Span(1, start, end, "excerpt", name) for start, end, name in [(0, 9, "a"), (2, 4, "b"), (0, 3, "c")]
    )
    assert list(verify.holding([inner, long, other], [(0, 2), (2, 3), (3, 4), (4, 9), (9, 10)])) == [
        [long, other], [inner, long, other], [inner, long], [long], [],
    ]  # fmt: skip


def test_facts_of_one_name_are_numbered_without_counting_all_again() -> None:
    """The second thousand takes as long as the first."""
    ids = Ids()
    begun = time.process_time()
    assert [ids.next("firms") for _ in range(20_000)][-1] == "firms-20000"
    assert ids.next("firms-7") == "firms-7-2"
    assert time.process_time() - begun < 2
