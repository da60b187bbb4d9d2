"""Options and arguments as commands declare them: with their help in both languages.

What more than one command has stands here: the shared options, and the types of the others.
"""

from collections.abc import Callable, Sequence
from datetime import date
from inspect import Parameter
from typing import Annotated, Any, NamedTuple, get_args

import typer

from shkc.cli.completion import complete_fact, complete_format, complete_name, complete_term
from shkc.errors import UsageError
from shkc.language import Language, Text
from shkc.output.formats import FORMATS
from shkc.output.labels import KINDS

MOST = 2**63 - 1
"""The greatest limit: as many as SQLite can count."""


class Described(NamedTuple):
    """An option or argument: Typer's function that makes it, and what that is told."""

    make: Callable[..., Any]
    does: Text
    names: tuple[str, ...]
    metavar: Text | None
    settings: dict[str, Any]

    def to(self, language: Language) -> Any:
        """What Typer takes, in *language*."""
        metavar = self.metavar.to(language) if self.metavar else None
        return self.make(*self.names, help=self.does.to(language), metavar=metavar, show_default=False, **self.settings)


def option(zh: str, en: str, *names: str, metavar: Text | None = None, **settings: Any) -> Described:
    """An option with its help and these *names*, by default that of the parameter; *settings* as in `typer.Option`."""
    return Described(typer.Option, Text(zh, en), names, metavar, settings)


def argument(zh: str, en: str, metavar: Text, **settings: Any) -> Described:
    """An argument with its help; *settings* as in `typer.Argument`."""
    return Described(typer.Argument, Text(zh, en), (), metavar, settings)


def spoken(parameter: Parameter, language: Language) -> Parameter:
    """*parameter*, annotated with a `Described`, as Typer reads it."""
    kind, described = get_args(parameter.annotation)
    return parameter.replace(kind=Parameter.KEYWORD_ONLY, annotation=Annotated[kind, described.to(language)])


OfKind = Annotated[
    str | None,
    option(
        "只要数字（metric）或里程碑（milestone）。",
        "Only figures (metric) or only milestones (milestone).",
        metavar=Text("种类", "KIND"),
        autocompletion=complete_term(KINDS),
    ),
]
Query = Annotated[
    list[str],
    argument(
        "要找的名称、数字或问题；几个词一起缩小范围。",
        "What to look for; several words narrow one query.",
        metavar=Text("查询…", "QUERY…"),
        autocompletion=complete_name,
    ),
]
Ids = Annotated[
    list[str],
    argument(
        "事实的 id、名称或别名。",
        "Fact ids, names or aliases.",
        metavar=Text("ID…", "ID…"),
        autocompletion=complete_fact,
    ),
]
Output = Annotated[
    str | None,
    option(
        "要写的文件。（默认：写到标准输出）",
        "File to write. (default: print it)",
        "--output",
        "-o",
        metavar=Text("文件", "FILE"),
    ),
]
FORCE = "--force"
Force = Annotated[bool, option("覆盖已有的文件。", "Write over files that are there.", FORCE)]
Accessed = Annotated[
    str | None,
    option(
        "访问网上报告的日期。（默认：今天）",
        "The day of access of an online report. (default: today)",
        metavar=Text("日期", "DAY"),
    ),
]


def day(text: str | None) -> date:
    """The day that *text* names, or today. Raises `UsageError` for what is no day."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"“{plain(text)}”不是日期；写法如 2024-05-31", f"“{plain(text)}” is no day; write 2024-05-31"
        ) from None


def _parameter(name: str, kind: Any, described: Described, default: object = None) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, described])


OPTIONS = {
    "format": "--format",
    "as_json": "--json",
    "columns": "--columns",
    "limit": "--limit",
    "lang": "--lang",
    "facts": "--facts",
    "strict": "--strict",
    "quiet": "--quiet",
}
"""The shared options by the names of their parameters."""

_PATH = Text("[+]路径", "[+]PATH")
_AS_JSON = option("等同于 --format json。", "The same as --format json.", "--json")
_LANG = option(
    "名称、表头和消息的语言。（默认：SHKC_LANG，其次是系统语言，再次是 zh）",
    "Language of names, headers and messages. (default: SHKC_LANG, then the locale, then zh)",
    metavar=Text("zh|en", "zh|en"),
)
_FACTS = option(
    "事实文件或文件夹，代替自带的事实库；+路径 则加入其中。（默认：SHKC_FACTS）",
    "Fact file or folder in place of the bundled base; +PATH adds to it. (default: SHKC_FACTS)",
    metavar=_PATH,
)
_QUIET = option("只写答案，没有提示和进度。", "Nothing but the answer: no hints, no progress.", "--quiet", "-q")
_STRICT = option(
    "只要有一个事实文件有误就以 3 退出，不只是全部有误时。",
    "Exit 3 when any fact file is wrong, not only when all are.",
    "--strict",
)
_COLUMNS = option(
    "表格、CSV、TSV 和 Markdown 的列，逗号隔开：name,figure,id。",
    "Columns of tables, CSV, TSV and Markdown, with commas between: name,figure,id.",
    metavar=Text("列,…", "COLUMN,…"),
)
_LIMIT = option("最多这么多条。", "At most so many results.", metavar=Text("数", "N"), min=0, max=MOST)


def _format(formats: Sequence[str]) -> Described:
    first, *others = formats
    return option(
        f"答案的格式：{first}（默认）、{'、'.join(others)}。",
        f"How to print the answer: {first} (default), {', '.join(others)}.",
        "--format",
        "-f",
        metavar=Text("格式", "FORMAT"),
        autocompletion=complete_format(formats),
    )


def shared(formats: Sequence[str], *, facts: bool, listing: bool) -> list[Parameter]:
    """The shared options of a command with these *formats*.

    *facts* says that it is about a fact base, *listing* that its answer has rows of which some can be left out.
    """
    parameters = []
    if formats:
        parameters.append(_parameter("format", str | None, _format(formats)))
        parameters.append(_parameter("as_json", bool, _AS_JSON, default=False))
    if listing and any(FORMATS[name].columns for name in formats):
        parameters.append(_parameter("columns", str | None, _COLUMNS))
    if listing:
        parameters.append(_parameter("limit", int | None, _LIMIT))
    parameters.append(_parameter("lang", Language | None, _LANG))
    if facts:
        parameters.append(_parameter("facts", list[str] | None, _FACTS))
        parameters.append(_parameter("strict", bool, _STRICT, default=False))
    parameters.append(_parameter("quiet", bool, _QUIET, default=False))
    return parameters


def plain(argument: str) -> str:
    """*argument* with the bytes that are no UTF-8 written as escapes: the text that nobody finds, but anybody can read.

    Paths stay as they are, because a file may have such a name.
    """
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
