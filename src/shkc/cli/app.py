"""The command line: each command is parse → one query → one render.

Options that every command shares are declared once, in `_SHARED`, and reach a command as its `Settings`.
"""

import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import Enum
from functools import wraps
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from shkc import base as library
from shkc import paths
from shkc.errors import FactsError, ShkcError, UsageError, one_line
from shkc.language import Language, Text
from shkc.output import render
from shkc.output.render import Format
from shkc.store import open as index

if TYPE_CHECKING:
    from shkc.facts.model import DetailedMetric, DetailedMilestone, Metric, TrendMetric

_APP: dict[str, Any] = {
    "name": "shkc",
    "help": "Exact figures and milestones of the annual Shanghai science-and-technology progress report (上海科创).",
    "epilog": "Examples:  shkc metric 技术合同   ·   shkc list --section 人才   ·   shkc search 院士 --json",
    "no_args_is_help": True,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}
app = typer.Typer(**_APP)


def application(arguments: Sequence[str]) -> typer.Typer:
    """The app for a call with *arguments*: with the one command that they begin with, or with all.

    Typer builds every command that it has before it looks at the call; that takes as long as a lookup.
    """
    called = (arguments or _being_completed(os.environ))[:1]
    wanted = [command for command in app.registered_commands if command.name in called]
    if not wanted:
        return app
    small = typer.Typer(**_APP)
    small.registered_callback = app.registered_callback
    small.registered_commands = wanted
    return small


def _being_completed(environment: Mapping[str, str]) -> list[str]:
    """The arguments on the line that a shell wants completed; none when it wants nothing."""
    line = environment.get("COMP_WORDS") or environment.get("_TYPER_COMPLETE_ARGS") or ""
    return line.split()[1:] if "_SHKC_COMPLETE" in environment else []


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"shkc {version('shkc')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Stand above the commands; Typer shows this nowhere."""


class Settings(NamedTuple):
    """What the shared options say."""

    output: Format
    language: Language
    facts: list[str]
    quiet: bool

    def open(self) -> library.FactBase:
        """The fact base that the call is about."""
        if self.quiet:
            return library.open(self.facts)
        with render.ProgressBar(Text("建立索引", "Building the index"), self.language) as progress:
            return library.open(self.facts, progress=progress)

    def say(self, message: Text) -> None:
        """Tell the user something that is not the answer."""
        if not self.quiet:
            with suppress(OSError):  # where standard error fails, the answer is not lost for it
                typer.echo(message.to(self.language), err=True)


BLOCK = 50
"""Pieces of output that are written at once."""

MOST_FACTS = 2**63 - 1
"""As many as SQLite can count."""

MOST_OTHERS = 5
"""Other figures that a question names, as many as are told."""

# Typer takes [words] in help for markup, and shows none of them.
_SHARED = {
    "format": Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar=f"<{'|'.join(output.value for output in Format if output is not Format.github)}>",
            help="How to print the answer. (default: table)",
        ),
    ],
    "as_json": Annotated[bool, typer.Option("--json", help="The same as --format json.")],
    "lang": Annotated[
        Language | None, typer.Option(help="Language of names, headers and messages. (default: SHKC_LANG, or zh)")
    ],
    "facts": Annotated[
        list[str] | None,
        typer.Option(
            metavar="[+]PATH",
            help="Fact file or folder in place of the bundled base; +PATH adds to it. (default: SHKC_FACTS)",
        ),
    ],
    "quiet": Annotated[bool, typer.Option("--quiet", "-q", help="Nothing but the answer: no hints, no progress.")],
}


_DEFAULTS = {"as_json": False, "quiet": False}


def command(
    *, epilog: str, name: str | None = None, annotates: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command that also takes the shared options; its first parameter gets the `Settings`.

    *annotates* says that it has something to tell in the format github.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        shared = [
            inspect.Parameter(key, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(key), annotation=kind)
            for key, kind in _SHARED.items()
        ]  # fmt: skip

        @wraps(function)
        def run(**given: Any) -> None:
            language = _language(given.pop("lang"))
            try:
                output = _format(given.pop("format"), given.pop("as_json"), annotates)
                settings = Settings(output, language, given.pop("facts") or [], given.pop("quiet"))
                function(settings, **given)
            except ShkcError as error:
                for line in error.lines(language):
                    typer.echo(line, err=True)
                raise typer.Exit(error.exit_status) from None
            except BrokenPipeError:  # the reader has what it wanted; Typer would call that a failure
                raise typer.Exit from None

        run.__signature__ = inspect.Signature([*(p.replace(kind=p.KEYWORD_ONLY) for p in own), *shared])  # type: ignore[attr-defined] # Typer reads it
        run.__annotations__ = {p.name: p.annotation for p in (*own, *shared)}
        return app.command(name or function.__name__, epilog=epilog)(run)

    return decorate


def _language(chosen: Language | None) -> Language:
    if chosen is not None:
        return chosen
    return Language.en if os.environ.get("SHKC_LANG", "").lower().startswith("en") else Language.zh


def _format(chosen: Format | None, as_json: bool, annotates: bool) -> Format:
    if chosen is Format.github and not annotates:
        raise UsageError(Text("--format github 只用于 shkc check", "--format github is for shkc check only"))
    if as_json and chosen not in (None, Format.json):
        raise UsageError(
            Text("--json 与 --format 不一致；只用其中一个", "--json disagrees with --format; use one of them")
        )
    return Format.json if as_json else chosen or Format.table


# ── Completion ──────────────────────────────────────────────────────────────────────────────────────


def complete_section(incomplete: str) -> list[tuple[str, str]]:
    """Section ids and short titles that begin with what was typed."""
    counts = library.open().sections()
    choices = [(name, count.title) for count in counts for name in (count.short, count.id, count.number)]
    return [choice for choice in choices if choice[0].startswith(incomplete)]


def complete_id(incomplete: str) -> list[tuple[str, str]]:
    """Fact ids that begin with what was typed, with their names."""
    return list(library.open().ids_beginning(incomplete))


# ── Commands that look up ───────────────────────────────────────────────────────────────────────────

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
    records = _explained(base.find(question, kind).hits, settings) if explain else base.records(question, kind)
    if not _write_facts(records, settings):
        settings.say(_not_found_in(base, question, kind, settings.language))
        raise typer.Exit(1)


def _question(words: list[str]) -> str:
    question = _plain(" ".join(words)).strip()
    if not question:
        raise UsageError(Text("查询是空的；请给出要找的名称", "the query is empty; say what to look for"))
    return question


def _explained(hits: Iterable[library.Hit], settings: Settings) -> Iterator[bytes]:
    """The records of *hits*, the reason for each told as it passes."""
    for hit in hits:
        (name,) = _names([hit], settings.language)
        settings.say(Text(f"{hit.score:.2f} {name}：{hit.reason.zh}", f"{hit.score:.2f} {name}: {hit.reason.en}"))
        yield hit.record


def _names(hits: Iterable[library.Hit], language: Language) -> list[str]:
    from shkc.facts.records import decode

    facts = (decode(hit.record) for hit in hits)
    return [fact.name_en if language is Language.en else fact.name for fact in facts]


_KINDS = {"metric": Text("数字", "figure"), "milestone": Text("里程碑", "milestone")}
_OTHER = {"metric": "milestone", "milestone": "metric"}


def _not_found_in(base: library.FactBase, question: str, kind: str | None, language: Language) -> Text:
    """That no fact of *kind* answers *question*: one of the other kind has that name, or some come near."""
    shown = _shown(question)
    named = base.named(question, _OTHER[kind]) if kind else None
    if kind and named:
        names, sought, there = _names(islice(named, MOST_OTHERS), language), _KINDS[kind], _KINDS[_OTHER[kind]]
        return Text(
            f"没有叫“{shown}”的{sought.zh}；{there.zh}中有：{'、'.join(names)}（shkc {_OTHER[kind]}）",
            f"no {sought.en} is called “{shown}”; among the {there.en}s: {', '.join(names)} (shkc {_OTHER[kind]})",
        )
    near = _names(base.find(question, kind).near, language)
    return Text(
        f"报告中没有“{shown}”" + (f"；相近的有：{'、'.join(near)}" if near else ""),
        f"not in this report: “{shown}”" + (f"; near it: {', '.join(near)}" if near else ""),
    )


def _shown(question: str) -> str:
    return one_line(question if len(question) <= 60 else question[:60] + "…")


def _plain(argument: str) -> str:
    """*argument* with the bytes that are no UTF-8 written as escapes: the text that nobody finds, but anybody can read.

    Paths stay as they are, because a file may have such a name.
    """
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


class Sort(str, Enum):
    """In which order to list facts."""

    report = "report"
    name = "name"
    value = "value"


class Kind(str, Enum):
    """What kind of facts to list."""

    metric = "metric"
    milestone = "milestone"


@command(epilog="Examples:  shkc batch < names.txt   ·   shkc batch --kind metric < names.txt | jq -c .facts[].value")
def batch(
    settings: Settings,
    kind: Annotated[Kind | None, typer.Option(help="Only figures or only milestones.")] = None,
) -> None:
    """Answer queries from standard input, one a line, with one line of JSON each, at once and in order.

    A line that is no query gets an object with an error, and the rest go on.
    """
    from shkc.cli.batch import answers

    if settings.output not in (Format.table, Format.json, Format.jsonl):
        raise UsageError(
            Text(
                "batch 写的是 JSON 行，--format 只能是 jsonl", "batch writes lines of JSON; --format can only be jsonl"
            )
        )
    for line in answers(sys.stdin.buffer, settings.open(), kind.value if kind else None, settings.language):
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
    selection = library.Selection(
        section and _plain(section),
        kind.value if kind else None,
        unit and _plain(unit),
        low,
        high,
        sort.value,
        limit,
    )
    records = settings.open().select(selection)
    if not _write_facts(records, settings):
        settings.say(Text("没有符合条件的事实", "no fact meets the conditions"))
        raise typer.Exit(1)


def _bound(text: str | None) -> library.Bound | None:
    if text is None:
        return None
    from shkc.text import quantity

    amount = quantity.amount(_plain(text))
    if amount is None:
        raise UsageError(
            Text(f"“{text}”不是数量；写法如 100、2.4万、10亿元", f"“{text}” is no amount; write 100, 2.4万 or 10亿元")
        )
    value, unit = amount
    return library.Bound(float(value), unit)


@command(epilog="Examples:  shkc show technology-contract-value   ·   shkc show 技术合同成交额 --json")
def show(
    settings: Settings,
    ids: Annotated[
        list[str], typer.Argument(metavar="ID…", help="Fact ids, or exact names.", autocompletion=complete_id)
    ],
) -> None:
    """Show all that is known about facts: bounds, what follows from them (marked as computed), evidence, source."""
    from shkc.facts.records import record_of

    base = settings.open()
    found: list[DetailedMetric | DetailedMilestone] = []
    missing = False
    for wanted in map(_plain, ids):
        facts = base.show(wanted)
        found += facts
        if not facts:
            missing = True
            near = base.nearest_ids(wanted)
            settings.say(_no_such_id(wanted, near))
    if settings.output is Format.table:
        _write(render.cards(found, settings.language, canvas()))
    else:
        _write(render.facts([record_of(fact) for fact in found], settings.output, settings.language, canvas()))
    if missing:
        raise typer.Exit(1)


def _no_such_id(wanted: str, near: Sequence[str]) -> Text:
    return Text(
        f"没有 id 或名称是“{_shown(wanted)}”的事实；" + (f"相近的有：{'、'.join(near)}" if near else "见 shkc search"),
        f"no fact has the id or name “{_shown(wanted)}”; "
        + (f"near it: {', '.join(near)}" if near else "see shkc search"),
    )


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
    from shkc.facts import trend as trends
    from shkc.output import plot

    question = _question(words)
    if picture is not None:
        plot.check_target(picture, force=force)
    base = settings.open()
    matches = base.metric(question)
    rows = trends.rows(matches, base.show)
    if rows and picture is not None:
        _draw(rows, picture, force, settings)
    _write(render.trend(rows, settings.output, settings.language, canvas()))
    if not rows:
        settings.say(_not_found_in(base, question, "metric", settings.language))
        raise typer.Exit(1)
    _say_others(matches, settings)


def _draw(rows: "Sequence[TrendMetric]", target: str, force: bool, settings: Settings) -> None:
    from shkc.output import plot

    if not plot.write(rows, target, settings.language, force=force):
        settings.say(
            Text(
                "没有安装中文字体，图中的汉字显示为方框；请安装 Noto Sans CJK SC，或改用 .svg",
                "no Chinese font is installed, so the picture shows boxes; install Noto Sans CJK SC, or draw an .svg",
            )
        )


def _say_others(matches: "Sequence[Metric]", settings: Settings) -> None:
    """Tell which other figures the question names than the first of *matches*."""
    names = {fact.id: fact.name_en if settings.language is Language.en else fact.name for fact in matches}
    best = names.pop(matches[0].id)
    if names:
        others = list(names.values())[:MOST_OTHERS]
        settings.say(
            Text(
                f"这是“{best}”；也符合的有：{'、'.join(others)}",
                f"this is “{best}”; also matching: {', '.join(others)}",
            )
        )


@command(epilog="Examples:  shkc sections   ·   shkc sections --json")
def sections(settings: Settings) -> None:
    """Show the tree of sections with the number of facts in each part."""
    counts = settings.open().sections()
    _write(render.section_tree(counts, settings.output, settings.language, canvas()))


# ── Commands about fact files ───────────────────────────────────────────────────────────────────────


@command(
    annotates=True,
    epilog="Examples:  shkc check   ·   shkc check facts.toml other.toml   ·   shkc check facts/ --format github",
)
def check(
    settings: Settings,
    files: Annotated[list[str] | None, typer.Argument(metavar="[FACTS]…", help="Fact files or folders.")] = None,
) -> None:
    """Validate fact files; every problem as file:line: message on standard error.

    --format github prints annotations for a workflow of GitHub Actions.
    """
    from shkc.facts import load as factbase
    from shkc.facts.model import FileProblem

    try:
        chosen = paths.fact_paths(files or settings.facts, os.environ)
        checked = factbase.load_all(file.path for file in paths.fact_files(chosen))
    except FactsError as error:
        language = settings.language
        found = [FileProblem(one_line(p.shown), p.line, one_line(p.message.to(language))) for p in error.problems]
        _write(render.problems(found, settings.output))
        raise
    _write(render.problems([], settings.output))
    count = sum(len(content.records) for content in checked)
    settings.say(
        Text(f"{len(checked)} 个文件，{count} 个事实，没有问题", f"{len(checked)} files, {count} facts, no problems")
    )


@command(epilog="Examples:  shkc diff facts-2022.toml facts-2023.toml   ·   shkc diff old/ new/ --json")
def diff(
    settings: Settings,
    old: Annotated[str, typer.Argument(metavar="A", help="Fact file or folder.")],
    new: Annotated[str, typer.Argument(metavar="B", help="Fact file or folder to compare with it.")],
) -> None:
    """Show which facts of B are new, gone or changed from A; exit 1 when they state the same."""
    from shkc.facts import diff as diffs
    from shkc.facts import load as factbase

    if settings.facts:
        raise UsageError(
            Text("diff 比较给出的两个文件，不用 --facts", "diff compares the two files named and takes no --facts")
        )
    sides = [
        factbase.load_all(file.path for file in paths.fact_files(paths.fact_paths([side], {}))) for side in (old, new)
    ]
    found = diffs.differences(*sides)
    _write(render.differences(found, settings.output, settings.language, canvas()))
    if not found:
        settings.say(Text("没有差别", "no difference"))
        raise typer.Exit(1)


@command(epilog="Example:  shkc verify report-2023.txt")
def verify(
    settings: Settings,
    report: Annotated[str, typer.Argument(metavar="SOURCE", help="The text of the report; - is standard input.")],
) -> None:
    """Prove the fact base against a text of the report and print the coverage; exit 1 when anything is unproven."""
    from shkc.facts import load as factbase
    from shkc.facts import verify as proof
    from shkc.facts.model import Coverage, Finding
    from shkc.text import paragraphs as source

    files = paths.fact_files(paths.fact_paths(settings.facts, os.environ))
    contents = factbase.load_all(file.path for file in files)
    reports = list(dict.fromkeys(content.report.id for content in contents))
    if len(reports) > 1:
        raise UsageError(
            Text(
                f"一份原文只能证实一份报告，这里有 {'、'.join(reports)}；请用 --facts 指定一个文件",
                f"a text proves one report, and here are {', '.join(reports)}; name one file with --facts",
            )
        )
    with source.opened(report) as stream:
        outcome = proof.verify(contents, source.paragraphs(stream, report))
    language = settings.language
    findings = tuple(Finding(f.id, f.paragraph, one_line(f.message.to(language))) for f in outcome.failures)
    told = Coverage(outcome.numerals, outcome.covered, outcome.facts, outcome.proven, findings)
    _write(render.coverage(told, settings.output, settings.language))
    if findings:
        raise typer.Exit(1)


@command(epilog="Examples:  shkc draft report-2024.txt -o facts-2024.toml   ·   shkc draft - < report.txt")
def draft(
    settings: Settings,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The text of a report; - is standard input.")],
    target: Annotated[
        str | None, typer.Option("--output", "-o", help="Fact file to write. (default: print it)")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the report. (default: guessed)")] = None,
    year: Annotated[int | None, typer.Option(help="Year that it is about. (default: guessed)")] = None,
    scope: Annotated[str | None, typer.Option(help="Territory that it is about. (default: guessed)")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Propose a fact file from the text of another report, for a person to review."""
    from shkc.draft import report as drafts

    if settings.facts or settings.output is not Format.table:
        raise UsageError(
            Text(
                "draft 只写 TOML，不用 --facts 和 --format",
                "draft writes TOML and takes no --facts and no --format",
            )
        )
    with render.ProgressBar(Text("起草", "Drafting"), settings.language) as progress:
        shown = None if settings.quiet else progress
        summary = drafts.write(report, target, drafts.Given(title, year, scope), force=force, progress=shown)
    settings.say(
        Text(
            f"{summary.metrics} 个数字（{summary.doubtful} 个待审），{summary.milestones} 个里程碑",
            f"{summary.metrics} figures ({summary.doubtful} to review), {summary.milestones} milestones",
        )
    )


@command(epilog="Examples:  shkc cache   ·   shkc cache --clear")
def cache(
    settings: Settings,
    clear: Annotated[bool, typer.Option("--clear", help="Remove the index; the next lookup builds it again.")] = False,
) -> None:
    """Show where the index is kept, why there, and how big it is."""
    from shkc.facts.model import CacheState

    folder = paths.cache_folder(os.environ)
    if clear and folder.path:
        index.remove(folder.path)
    sizes = index.sizes(folder.path) if folder.path else []
    reason = folder.reason.to(settings.language)
    state = CacheState(str(folder.path) if folder.path else None, reason, len(sizes), sum(sizes))
    _write(render.cache(state, settings.output, settings.language))


@app.command("schema", epilog="Examples:  shkc schema   ·   shkc schema --facts > facts.schema.json")
def schema(
    facts: Annotated[bool, typer.Option("--facts", help="That of the fact file instead.")] = False,
) -> None:
    """Print the JSON Schema of the JSON output."""
    from shkc.facts import jsonschema as schemas

    _write(iter([schemas.fact_file() if facts else schemas.output()]))


# ── Streams ─────────────────────────────────────────────────────────────────────────────────────────


def canvas() -> render.Canvas:
    """How wide a table may be, and whether in colour: by NO_COLOR, FORCE_COLOR, and whether this is a terminal."""
    terminal = sys.stdout.isatty()
    forced = bool(os.environ.get("FORCE_COLOR"))
    colour = not os.environ.get("NO_COLOR") and (forced or (terminal and os.environ.get("TERM") != "dumb"))
    if not terminal:
        return render.Canvas(None, colour)
    from shutil import get_terminal_size

    return render.Canvas(get_terminal_size().columns, colour)


def _write_facts(records: Iterator[bytes], settings: Settings) -> bool:
    """Write the facts in *records*; whether there was any."""
    first = next(records, None)
    found = () if first is None else chain((first,), records)
    _write(render.facts(found, settings.output, settings.language, canvas()))
    return first is not None


def _write(pieces: render.Pieces) -> None:
    # Many records in one write: fifty thousand system calls cost more than finding what they say.
    while block := list(islice(pieces, BLOCK)):
        sys.stdout.buffer.write(b"".join(_utf_8(piece) for piece in block))


def _utf_8(piece: str | bytes) -> bytes:
    return piece if isinstance(piece, bytes) else piece.encode("utf-8", "backslashreplace")
