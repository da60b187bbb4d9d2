"""What an answer to an agent says of itself: how to quote what was found, and what to do where nothing was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shkc.facts.model import Computed, ReportCount
from shkc.language import Language, Text
from shkc.output import figures

MOST_TOLD = 3
"""Reports, and years, that a message names."""


def found(facts: Sequence[Mapping[str, Any]], *, more: bool) -> Text:
    """How many *facts* there are and of which years, whether there are *more*, and how to quote them."""
    count = len(facts)
    others = Text("；还有更多，可加大 limit 或缩小范围", "; there are more: raise limit, or narrow the call")
    years = sorted({str(fact.get("period") or fact.get("date"))[:4] for fact in facts} - {"None"})
    of = Text(f"（{'、'.join(years)}年）", f" of {', '.join(years)}") if 0 < len(years) <= MOST_TOLD else Text("", "")
    return Text(
        f"{count} 条事实{of.zh}{others.zh if more else ''}。数字照 display 引用，出处用 cite_fact。",
        f"{count} {'fact' if count == 1 else 'facts'}{of.en}{others.en if more else ''}. "
        "Quote figures as in display_en; cite with cite_fact.",
    )


def missing(
    question: Text, why: Text | None, reports: Sequence[ReportCount], computed: Computed | None, *, near: bool
) -> Text:
    """That no fact is the answer to *question*, what there is instead, and what to do.

    That is to try once more, to give what follows as computed, or to say that there is none.
    """
    none = Text(f"事实库中没有{question.zh}。", f"Not in the fact base: {question.en}.")
    instead = (Text(f"{why.zh}。", f"{why.en[0].upper()}{why.en[1:]}."),) if why else ()
    if computed:
        return _joined(none, *instead, _coverage(reports), _follows(computed))
    return _joined(none, *instead, _coverage(reports), *((_NEAR,) if near else ()), _SAY_SO)


_SAY_SO = Text(
    "先用更短的名称再查一次；仍没有，请照实说事实库中没有，不要编造。",
    "Try once with a shorter name; where there is still none, say that the fact base has none, and make nothing up.",
)
_NEAR = Text(
    "near 中只是相近的事实，不是答案；其中的词可用来再查。",
    "What is in near only comes near and is not the answer, but its words may find it.",
)


def _coverage(reports: Sequence[ReportCount]) -> Text:
    told, others = reports[:MOST_TOLD], len(reports) - MOST_TOLD
    zh = "、".join(f"《{r.title}》（{r.scope}，{r.metrics} 个数字、{r.milestones} 个里程碑）" for r in told)
    en = "; ".join(f"{r.title_en} ({r.scope_en}: {r.metrics} figures, {r.milestones} milestones)" for r in told)
    rest = Text(f" 等 {len(reports)} 份报告", f" and {others} other reports") if others > 0 else Text("", "")
    return Text(f"事实库涵盖：{zh}{rest.zh}。", f"It covers {en}{rest.en}.")


def _follows(computed: Computed) -> Text:
    zh, en = (figures.computed(computed, language) for language in (Language.zh, Language.en))
    return Text(
        f"报告没有印出，但可推算：{zh}。可以给出这个数，连同上下限，并说明是推算、报告没有印出。",
        f"No report states it, but it follows: {en}. "
        "Give it with its bounds, and say that it is computed and in no report.",
    )


def _joined(*parts: Text) -> Text:
    return Text("".join(part.zh for part in parts), " ".join(part.en for part in parts))
