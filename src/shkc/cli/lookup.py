"""The commands that look facts up: each is parse, one query, one view."""

import sys
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from shkc.base import FactBase, Findings
from shkc.cli import messages
from shkc.cli.command import FACTS, Settings, command
from shkc.cli.options import Force, Ids, OfKind, Query, option, plain
from shkc.conditions import kind_of
from shkc.errors import UsageError
from shkc.language import Text
from shkc.output import beside, facts, figures
from shkc.output.view import View

if TYPE_CHECKING:
    from shkc.facts.model import DetailedMetric, DetailedMilestone

MOST_COMPARED = 20
"""Unknown ids for which it is looked what comes near: each is compared with every name of the base."""

Explain = Annotated[
    bool,
    option("在标准错误上说明每条为何匹配。", "Say on standard error why each result matched.", "--explain"),
]


@command(
    "按名称、别名、英文名、拼音、印出的数字或问题查数字，最匹配的在前。",
    "Look figures up by name, alias, English name, pinyin, printed number or question; best match first.",
    ["shkc metric 技术合同", "shkc metric zhuanhuajine", "shkc metric 8.3万份 --json"],
    formats=FACTS,
    listing=True,
)
def metric(settings: Settings, words: Query, explain: Explain = False) -> None:
    """Answer with figures."""
    _look_up(settings, words, "metric", explain)


@command(
    "查里程碑：文件、机构、设施、产品、活动、改革等，最匹配的在前。",
    "Look milestones up: documents, bodies, facilities, products, events, reforms …; best match first.",
    ["shkc milestone 大零号湾", "shkc milestone pujiang forum --lang en"],
    formats=FACTS,
    listing=True,
)
def milestone(settings: Settings, words: Query, explain: Explain = False) -> None:
    """Answer with milestones."""
    _look_up(settings, words, "milestone", explain)


@command(
    "数字和里程碑一起查，最匹配的在前。",
    "Look figures and milestones up together; best match first.",
    ["shkc search 浦江创新论坛", "shkc search 科创板 --format markdown"],
    formats=FACTS,
    listing=True,
)
def search(settings: Settings, words: Query, explain: Explain = False) -> None:
    """Answer with facts of both kinds."""
    _look_up(settings, words, None, explain)


def _look_up(settings: Settings, words: list[str], kind: str | None, explain: bool) -> None:
    question = _question(words)
    base = settings.open()
    found = base.find(question, kind)
    records = _explained(found, base, settings) if explain else (hit.record for hit in found.hits)
    if not write_facts(records, base, settings):
        settings.say(messages.not_found(base, question, kind, found, settings.language))
        raise typer.Exit(1)


def _question(words: list[str]) -> str:
    question = plain(" ".join(words)).strip()
    if not question:
        raise UsageError("查询是空的；请给出要找的名称", "the query is empty; say what to look for")
    return question


def _explained(found: Findings, base: FactBase, settings: Settings) -> Iterator[bytes]:
    """The records of the hits that are *found*; what was understood, and the reason for each, are told as they pass."""
    for line in found.understood:
        settings.say(line)
    for hit in found.hits:
        settings.say(messages.reason(hit, base, settings.language))
        yield hit.record
    for hit in found.near:
        settings.say(messages.reason(hit, base, settings.language))


def write_facts(records: Iterator[bytes], base: FactBase, settings: Settings) -> bool:
    """Write the facts in *records*, as many as are wanted; whether there was any."""
    wanted = islice(records, settings.limit)
    first = next(wanted, None)
    view = facts.view(() if first is None else chain((first,), wanted), base.has_several_reports)
    settings.write(_known(view, base))
    if settings.limit == 0:  # what there is has not been looked for
        settings.say(messages.NO_RESULT)
        raise typer.Exit(1)
    return first is not None


def _known(view: View, base: FactBase) -> View:
    """*view*, of facts, with what the base knows beyond them: how they are cited, and what stands beside them."""
    return beside.with_evidence(facts.citable(view, base.report_of), base.details_of)


@command(
    "逐行回答标准输入上的查询，每行一个 JSON，即问即答。\n不能查的行得到一个写明错误的对象，其余照常。",
    "Answer queries from standard input, one a line, with one line of JSON each, at once and in order.\n"
    "A line that is no query gets an object with an error, and the rest go on.",
    ["shkc batch < names.txt", "shkc batch --kind metric < names.txt | jq -c .facts[].value"],
    formats=("jsonl", "json"),
    listing=True,
)
def batch(settings: Settings, kind: OfKind = None) -> None:
    """Answer many questions in one process."""
    from shkc.cli.batch import answers, lines_of

    base = settings.open()
    of_kind = None if kind is None else kind_of(plain(kind))
    for line in answers(lines_of(sys.stdin.buffer), base, of_kind, settings.language, settings.limit):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


@command(
    "显示事实的全部内容：区间、由它推算的（有标记）、佐证和出处。",
    "Show all that is known about facts: bounds, what follows from them (marked as computed), evidence, source.",
    ["shkc show technology-contract-value", "shkc show 技术合同成交额 --json"],
    formats=FACTS,
    listing=True,
)
def show(
    settings: Settings,
    ids: Ids,
) -> None:
    """Show a card for each fact."""
    from shkc.output import cards

    base = settings.open()
    found, missing = named(ids, base, settings)
    settings.write(_known(cards.view(found, base.has_several_reports), base))
    if missing:
        raise typer.Exit(1)


def named(
    ids: list[str], base: FactBase, settings: Settings
) -> "tuple[list[DetailedMetric | DetailedMilestone], list[str]]":
    """The facts with these *ids* or names, each once, and those that name none, which is told."""
    found = {wanted: base.show(wanted) for wanted in map(plain, ids)}
    missing = [wanted for wanted, facts in found.items() if not facts]
    for number, wanted in enumerate(missing):
        near = base.nearest_ids(wanted) if number < MOST_COMPARED else ()
        settings.say(messages.no_such_fact(wanted, near))
    return list({(fact.id, fact.source): fact for facts in found.values() for fact in facts}.values()), missing


@command(
    "显示栏目的结构和每个栏目的事实数。",
    "Show the tree of sections with the number of facts in each part.",
    ["shkc sections", "shkc sections --json"],
    listing=True,
)
def sections(settings: Settings) -> None:
    """Show the sections of all reports."""
    from shkc.output import sections as output

    settings.write(output.view(settings.open().sections()))


@command(
    "逐年显示一项数字在各份报告中的变化：印出的增长和推算的增长。",
    "Show one figure across reports, year by year, with its growth as stated and as computed.",
    ["shkc trend 技术合同 --facts reports/", "shkc trend 技术合同 --plot contracts.svg"],
    formats=FACTS,
    listing=True,
)
def trend(
    settings: Settings,
    words: Query,
    picture: Annotated[
        str | None,
        option(
            "另画成图，存为文件（需要 extra plot）。",
            "Draw it into a file, too (needs the extra plot).",
            "--plot",
            metavar=Text("文件.svg|png", "FILE.svg|png"),
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Show the series of the figure that matches best."""
    from shkc.output import plot
    from shkc.output import trend as output

    question = _question(words)
    if picture is not None:
        plot.check_target(picture, settings.inputs(), force=force)
    base = settings.open()
    found = base.find(question, "metric")
    rows, matches = base.trend_of(found.hits)
    if rows and picture is not None and not plot.write(rows, picture, settings.language, force=force):
        settings.say(plot.NO_FONT)
    settings.write(_known(output.view(rows, base.has_several_reports), base))
    if not rows:
        settings.say(messages.not_found(base, question, "metric", found, settings.language))
        raise typer.Exit(1)
    names = list({fact.id: figures.name(fact, settings.language) for fact in matches}.values())
    if len(names) > 1:
        settings.say(messages.also_matching(names))
