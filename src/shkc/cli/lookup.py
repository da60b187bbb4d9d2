"""The commands that look facts up: each is parse, one query, one view."""

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain
from typing import Annotated

import typer

from shkc.base import Bound, Hit, Selection
from shkc.cli import messages
from shkc.cli.command import Settings, command, plain
from shkc.cli.completion import complete_id, complete_section
from shkc.errors import UsageError
from shkc.language import Text
from shkc.output import facts, figures

MOST_FACTS = 2**63 - 1
"""As many as SQLite can count."""

Query = Annotated[list[str], typer.Argument(metavar="QUERY…", help="What to look for; several words narrow one query.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say on standard error why each result matched.")]


@command(epilog="Examples:  shkc metric 技术合同   ·   shkc metric zhuanhuajine   ·   shkc metric 8.3万份 --json")
def metric(settings: Settings, words: Query, explain: Explain = False) -> None:
    """Look figures up by name, alias, English name, pinyin, printed number or question; best match first."""
    _look_up(settings, words, "metric", explain)


@command(epilog="Examples:  shkc milestone 大零号湾   ·   shkc milestone pujiang forum --lang en")
def milestone(settings: Settings, words: Query, explain: Explain = False) -> None:
    """Look milestones up: documents, bodies, facilities, products, events, reforms … best match first."""
    _look_up(settings, words, "milestone", explain)


@command(epilog="Examples:  shkc search 浦江创新论坛   ·   shkc search 科创板 --format markdown")
def search(settings: Settings, words: Query, explain: Explain = False) -> None:
    """Look figures and milestones up together; best match first."""
    _look_up(settings, words, None, explain)


def _look_up(settings: Settings, words: list[str], kind: str | None, explain: bool) -> None:
    question = _question(words)
    base = settings.open()
    found = base.find(question, kind)
    records = _explained(found.hits, settings) if explain else (hit.record for hit in found.hits)
    if not _write(records, settings):
        settings.say(messages.not_found(base, question, kind, found, settings.language))
        raise typer.Exit(1)


def _question(words: list[str]) -> str:
    question = plain(" ".join(words)).strip()
    if not question:
        raise UsageError(Text("查询是空的；请给出要找的名称", "the query is empty; say what to look for"))
    return question


def _explained(hits: Iterable[Hit], settings: Settings) -> Iterator[bytes]:
    """The records of *hits*, the reason for each told as it passes."""
    for hit in hits:
        settings.say(messages.reason(hit, settings.language))
        yield hit.record


def _write(records: Iterator[bytes], settings: Settings) -> bool:
    """Write the facts in *records*; whether there was any."""
    first = next(records, None)
    settings.write(facts.view(() if first is None else chain((first,), records)))
    return first is not None


class Sort(str, Enum):
    """In which order to list facts."""

    report = "report"
    name = "name"
    value = "value"


class Kind(str, Enum):
    """What kind of facts to list."""

    metric = "metric"
    milestone = "milestone"


@command(
    epilog="Examples:  shkc batch < names.txt   ·   shkc batch --kind metric < names.txt | jq -c .facts[].value",
    formats=("jsonl", "json"),
)
def batch(
    settings: Settings,
    kind: Annotated[Kind | None, typer.Option(help="Only figures or only milestones.")] = None,
) -> None:
    """Answer queries from standard input, one a line, with one line of JSON each, at once and in order.

    A line that is no query gets an object with an error, and the rest go on.
    """
    import sys

    from shkc.cli.batch import answers

    for line in answers(sys.stdin.buffer, settings.open(), kind and kind.value, settings.language):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


@command(
    name="list",
    epilog="Examples:  shkc list --section 人才   ·   shkc list --unit 亿元 --min 100亿 --sort value",
)
def list_facts(
    settings: Settings,
    section: Annotated[
        str | None,
        typer.Option(
            help="Section by id, number, title or part of it; subsections included.", autocompletion=complete_section
        ),
    ] = None,
    kind: Annotated[Kind | None, typer.Option(help="Only figures or only milestones.")] = None,
    unit: Annotated[
        str | None, typer.Option(help="Only figures with this unit: 亿元, 家, % … or base unit: CNY.")
    ] = None,
    least: Annotated[
        str | None, typer.Option("--min", help="Least normalised value, in a unit or in any: 10亿元, 2.4万.")
    ] = None,
    most: Annotated[str | None, typer.Option("--max", help="Greatest normalised value.")] = None,
    sort: Annotated[
        Sort, typer.Option(help="Order of the report, by name (pinyin), or by value, greatest first.")
    ] = Sort.report,
    limit: Annotated[int | None, typer.Option(min=0, max=MOST_FACTS, help="At most so many facts.")] = None,
) -> None:
    """Browse the facts, all of them or those that the options pick."""
    low, high = _bound(least), _bound(most)
    if low and high and low.unit and high.unit and low.unit != high.unit:
        raise UsageError(
            Text(
                f"--min 的单位是 {low.unit}，--max 的是 {high.unit}；请用同一单位",
                f"--min is in {low.unit} and --max in {high.unit}; use one unit",
            )
        )
    selection = Selection(
        section and plain(section), kind and kind.value, unit and plain(unit), low, high, sort.value, limit
    )
    if not _write(settings.open().select(selection), settings):
        settings.say(Text("没有符合条件的事实", "no fact meets the conditions"))
        raise typer.Exit(1)


def _bound(text: str | None) -> Bound | None:
    if text is None:
        return None
    from shkc.text import quantity

    amount = quantity.amount(plain(text))
    if amount is None:
        raise UsageError(
            Text(f"“{text}”不是数量；写法如 100、2.4万、10亿元", f"“{text}” is no amount; write 100, 2.4万 or 10亿元")
        )
    value, unit = amount
    return Bound(float(value), unit)


@command(epilog="Examples:  shkc show technology-contract-value   ·   shkc show 技术合同成交额 --json")
def show(
    settings: Settings,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Fact ids, or exact names.", autocompletion=complete_id)
    ],
) -> None:
    """Show all that is known about facts: bounds, what follows from them (marked as computed), evidence, source."""
    from shkc.output import cards

    base = settings.open()
    found = [(wanted, base.show(wanted)) for wanted in map(plain, ids)]
    missing = [wanted for wanted, facts in found if not facts]
    for wanted in missing:
        settings.say(messages.no_such_fact(wanted, base.nearest_ids(wanted)))
    settings.write(cards.view([fact for _, facts in found for fact in facts]))
    if missing:
        raise typer.Exit(1)


@command(epilog="Examples:  shkc sections   ·   shkc sections --json")
def sections(settings: Settings) -> None:
    """Show the tree of sections with the number of facts in each part."""
    from shkc.output import sections as output

    settings.write(output.view(settings.open().sections()))


@command(epilog="Examples:  shkc trend 技术合同 --facts reports/   ·   shkc trend 技术合同 --plot contracts.svg")
def trend(
    settings: Settings,
    words: Query,
    picture: Annotated[
        str | None,
        typer.Option("--plot", metavar="FILE.svg|png", help="Draw it into a file, too (needs the extra plot)."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Draw over a file that is there.")] = False,
) -> None:
    """Show one figure across reports, year by year, with its growth as stated and as computed."""
    from shkc.output import plot
    from shkc.output import trend as output

    question = _question(words)
    if picture is not None:
        plot.check_target(picture, force=force)
    base = settings.open()
    found = base.find(question, "metric")
    rows, matches = base.trend_of(found.hits)
    if rows and picture is not None and not plot.write(rows, picture, settings.language, force=force):
        settings.say(plot.NO_FONT)
    settings.write(output.view(rows))
    if not rows:
        settings.say(messages.not_found(base, question, "metric", found, settings.language))
        raise typer.Exit(1)
    names = list({fact.id: figures.name(fact, settings.language) for fact in matches}.values())
    if len(names) > 1:
        settings.say(messages.also_matching(names))
