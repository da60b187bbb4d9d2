"""What is told where there is no answer: the facts of another kind, and those that come near."""

from collections.abc import Iterable, Sequence
from itertools import islice
from types import SimpleNamespace
from typing import TYPE_CHECKING

from shkc.base import OTHER_KIND, FactBase, Findings, Hit
from shkc.errors import MOST_LEFT_OUT, LeftOut, shown
from shkc.language import Language, Text, counted
from shkc.output import figures
from shkc.output.labels import KINDS

if TYPE_CHECKING:
    from shkc.facts.model import Computed, Fact

MOST_OTHERS = 5
"""Other facts that a question names, as many as are told."""

NO_RESULT = Text("--limit 0 不留任何结果", "--limit 0 leaves no result")


def not_found(base: FactBase, question: str, kind: str | None, found: Findings, language: Language) -> Text:
    """That the base has no fact of *kind* for *question*, with what it has instead.

    That is what follows from its figures, facts of the other kind, what comes near and why that is not the answer, and
    sections of that name.
    """
    parts = [Text(f"事实库中没有“{shown(question)}”", f"not in the fact base: “{shown(question)}”")]
    if found.computed:
        follows = figures.computed(found.computed, language)
        parts.append(Text(f"推算：{follows}", f"computed: {follows}"))
    if kind:
        other = OTHER_KIND[kind]
        there = _told(islice(found.of_other_kind(), MOST_OTHERS), base, language)
        parts += [Text(f"{KINDS[other].zh}中有：{there}", f"among the {KINDS[other].en}s: {there}")] if there else []
    near = _told(found.near, base, language)
    parts += [Text(f"相近的有：{near}", f"near it: {near}")] if near else []
    for section in base.sections_called(question):
        call = f"shkc list --section {section}"
        parts.append(Text(f"有这个栏目：{call}", f"a section: {call}"))
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def _told(hits: Iterable[Hit], base: FactBase, language: Language) -> str:
    """The facts of *hits* with their figures, each with the reason why it is not the answer in brackets."""
    told = []
    several = base.has_several_reports()
    for hit in hits:
        fact = _decoded(hit)
        words = figures.name(fact, language) + (f" {figures.figure(fact, language)}" if fact.kind == "metric" else "")
        words += _report(fact).to(language) if several else ""
        why = hit.rejection and hit.rejection.message
        told.append(words + (Text(f"（{why.zh}）", f" ({why.en})").to(language) if why else ""))
    return Text("、", ", ").to(language).join(told)


def _report(fact: "Fact") -> Text:
    """Which report *fact* is of, as it stands behind its name."""
    return Text(f"《{fact.source.report}》", f" in “{fact.source.report_en}”")


def no_such_fact(wanted: str, near: Sequence[str]) -> Text:
    """That no fact has the id or name *wanted*, and which ids come near."""
    return Text(
        f"没有 id 或名称是“{shown(wanted)}”的事实；" + (f"相近的有：{'、'.join(near)}" if near else "见 shkc search"),
        f"no fact has the id or name “{shown(wanted)}”; "
        + (f"near it: {', '.join(near)}" if near else "see shkc search"),
    )


def cite_computed(computed: "Computed", language: Language) -> Text:
    """That a value is in no report but follows from one, and how that is cited."""
    follows, sources = figures.computed(computed, language), " ".join(computed.sources)
    return Text(
        f"报告没有印出，是推算：{follows}；引用它的依据 shkc cite {sources}，并写明“推算”",
        f"no report prints it, it is computed: {follows}; "
        f"cite what it follows from (shkc cite {sources}) and say that it is computed",
    )


def also_matching(names: Sequence[str]) -> Text:
    """That a question names all figures in *names*, of which the first is the answer."""
    best, *others = names[: MOST_OTHERS + 1]
    return Text(
        f"这是“{best}”；也符合的有：{'、'.join(others)}", f"this is “{best}”; also matching: {', '.join(others)}"
    )


def left_out(files: Sequence[LeftOut], language: Language) -> list[str]:
    """Lines that say which *files* no answer is of, with the first problem of each; none when there are none."""
    if not files:
        return []
    told = [file.problem.to(language) for file in files[:MOST_LEFT_OUT]]
    more = len(files) - len(told)
    others = Text(f"（还有 {more} 个）", f" (and {more} more)").to(language) if more else ""
    summary = Text(
        f"shkc: {len(files)} 个文件有误，答案不含其中的事实{others}；全部问题见 shkc check",
        f"shkc: the answer leaves out {counted(len(files), 'wrong file')}{others}; shkc check tells every problem",
    )
    return [*told, summary.to(language)]


def reason(hit: Hit, base: FactBase, language: Language) -> Text:
    """Why *hit* answers its question, and how well; or the rule by which it does not."""
    fact = _decoded(hit)
    name = figures.name(fact, language) + (_report(fact).to(language) if base.has_several_reports() else "")
    told = Text(f"{hit.score:.2f} {name}：{hit.reason.zh}", f"{hit.score:.2f} {name}: {hit.reason.en}")
    if hit.rejection is None:
        return told
    rule, why = hit.rejection
    return Text(f"不是答案：{told.zh}；{why.zh} [{rule}]", f"not the answer: {told.en}; {why.en} [{rule}]")


def _decoded(hit: Hit) -> "Fact":
    """The fact of *hit*, as far as a message reads it: loading the decoder takes longer than all the rest of a miss."""
    import json  # what is found needs none

    fact: Fact = json.loads(hit.record, object_hook=lambda fields: SimpleNamespace(**fields))
    return fact
