"""The views of what is told about fact files and the index: problems, the proof, the cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shkc.language import Language, Text
from shkc.output.view import Canvas, View, of_values

if TYPE_CHECKING:
    from shkc.facts.model import CachedIndex, CacheState, Coverage, FileProblem, Finding
    from shkc.facts.tally import Tally
    from shkc.facts.verify import Verification


def proof(outcome: Coverage) -> View:
    """The view of a verification: a line for each finding, and the coverage."""
    from shkc.facts.model import Finding
    from shkc.facts.records import record_of

    def draw(findings: Sequence[Finding], language: Language, canvas: Canvas) -> Iterator[str]:
        yield from map(_finding, findings)
        yield _coverage(outcome).to(language)

    findings = of_values(Finding, outcome.findings, draw)
    return findings._replace(records=lambda: [record_of(outcome)])


def _finding(finding: Finding) -> str:
    place = " ".join(part for part in (f"¶{finding.paragraph}" if finding.paragraph else "", finding.id) if part)
    return f"{place}: {finding.message}\n"


def _coverage(outcome: Coverage) -> Text:
    parts, told = accounts(outcome), coverage(outcome)
    return Text(f"{told.zh}\n{parts.zh}\n", f"{told.en}\n{parts.en}\n")


def coverage(outcome: Coverage | Verification) -> Text:
    """How much of a report is accounted for: the numerals of its text, and the facts."""
    return Text(
        f"{outcome.covered}/{outcome.numerals} 个数目字有着落；{outcome.proven}/{outcome.facts} 个事实得到证实",
        f"{outcome.covered} of {outcome.numerals} numerals accounted for; "
        f"{outcome.proven} of {outcome.facts} facts proven",
    )


def accounts(counted: Coverage | Tally) -> Text:
    """What accounts for the numerals, each apart; doubtful ones and tables that were not read only where there are."""
    zh = [f"在数字里的 {counted.figures}", f"在名称里的 {counted.names}", f"不是数据的 {counted.exceptions}"]
    en = [f"{counted.figures} in figures", f"{counted.names} in names", f"{counted.exceptions} no figures"]
    if counted.doubtful:
        zh.append(f"存疑的 {counted.doubtful}")
        en.append(f"{counted.doubtful} in doubt")
    if counted.unread_rows:
        zh.append(f"未读的表格 {counted.unread_rows} 行")
        en.append(f"{counted.unread_rows} rows of tables not read")
    return Text(f"数目字：{'、'.join(zh)}", f"numerals: {', '.join(en)}")


def cache(state: CacheState) -> View:
    """The view of where the index is kept, why there, and what is in it; a row is an index."""
    from shkc.facts.model import CachedIndex
    from shkc.facts.records import record_of

    def draw(indexes: Sequence[CachedIndex], language: Language, canvas: Canvas) -> Iterator[str]:
        yield f"{state.folder or '-'}\n{state.reason}\n"
        yield from (_cached(index).to(language) for index in indexes)

    return of_values(CachedIndex, state.indexes, draw)._replace(records=lambda: [record_of(state)])


def _cached(index: CachedIndex) -> Text:
    of = ", ".join(index.of) or "?"
    return Text(
        f"{index.file}：{index.bytes:,} 字节，{index.used} 用过：{of}\n",
        f"{index.file}: {index.bytes:,} bytes, used {index.used}: {of}\n",
    )


def problems(found: Sequence[FileProblem]) -> View:
    """The view of the problems of fact files, for scripts; people read them on standard error."""
    from shkc.facts.model import FileProblem

    view = of_values(FileProblem, found, lambda rows, language, canvas: iter(()))
    return view._replace(lines={**view.lines, "github": _annotation})


def _annotation(problem: FileProblem, language: Language) -> str:
    """A problem as the workflow command that marks its line in GitHub.

    Escaped as the toolkit of GitHub Actions escapes: what would end the message, and in a property also : and ,.
    """
    properties = {"file": problem.path, "line": problem.line, "title": "shkc check"}
    told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items() if value is not None)
    return f"::{problem.severity} {told}::{_escaped(problem.message)}"


def _escaped(value: object, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in str(value))
