"""Whether a question asks for what came about or for what is planned."""

from shkc.search.vocabulary import Cues

_INTENT = ("计划", "规划", "将", "要")
_TO_REACH = "达增降涨建完实突超控"
"""An intent asks for what is planned only before a verb of reaching, as in 计划达到: a programme is a plan, too."""


def asks_for_plans(phrase: str, cues: Cues) -> bool:
    """Whether a question, in the form of `words.phrase`, asks for what is planned: by one of the *cues*, or an intent.

    A work report plans the present year, so that 今年 is such a cue.
    """
    return bool(cues.said(phrase)) or any(f"{intent}{verb}" in phrase for intent in _INTENT for verb in _TO_REACH)
