"""The help of shkc and of each command, in the language of the call."""

from collections.abc import Iterator, Sequence

from typer._click import Context
from typer.core import TyperArgument, TyperGroup, TyperOption

from shkc.cli.streams import canvas
from shkc.language import Language, Text
from shkc.output import terminal
from shkc.output.view import Canvas

WIDTH = 80
"""Cells where there is no terminal."""

WIDEST = 100
"""Cells that are read comfortably."""

_ADDED = {
    "help": Text("显示帮助。", "Show this help."),
    "install_completion": Text("为当前的 shell 安装补全。", "Install completion for the current shell."),
    "show_completion": Text("显示补全脚本，供复制或修改。", "Show the completion script, to copy or to change it."),
}
"""The help of the options that Typer adds by itself."""


def text(context: Context, language: Language) -> str:
    """The help of the command of *context*."""
    shown = canvas()
    return "".join(_pieces(context, language, shown._replace(width=min(shown.width or WIDTH, WIDEST)))).rstrip()


def _pieces(context: Context, language: Language, canvas: Canvas) -> Iterator[str]:
    command = context.command
    for usage in _usages(context, language):
        yield f"{usage}\n"
    for paragraph in (command.help or "").split("\n"):
        yield "\n" + "\n".join(terminal.wrapped(paragraph, canvas.width or WIDTH)) + "\n"
    if isinstance(command, TyperGroup):
        rows = [(name, (each.help or "").partition("\n")[0]) for name, each in command.commands.items()]
        yield _listed(Text("命令", "Commands"), rows, language, canvas)
    arguments, options = _parameters(context, language)
    yield _listed(Text("参数", "Arguments"), arguments, language, canvas)
    yield _listed(Text("选项", "Options"), options, language, canvas)
    yield f"\n{Text('例', 'Examples').to(language)}\n"
    yield from (f"  {example}\n" for example in (command.epilog or "").split("\n"))


def _usages(context: Context, language: Language) -> Iterator[str]:
    command, options = context.command_path, Text("[选项]", "[OPTIONS]").to(language)
    usage = Text("用法：", "Usage: ").to(language)
    if isinstance(context.command, TyperGroup):
        yield f"{usage}{command} {options} {Text('命令 …', 'COMMAND …').to(language)}"
        yield f"{usage}{command} {options} {Text('查询…', 'QUERY…').to(language)}"
    else:
        operands = [each.make_metavar(context) for each in context.command.params if isinstance(each, TyperArgument)]
        yield " ".join([usage + command, options, *operands])


def _parameters(context: Context, language: Language) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The arguments and the options of a command, each with its help."""
    arguments, options = [], []
    for each in context.command.get_params(context):
        if isinstance(each, TyperArgument):
            arguments.append((each.make_metavar(context), each.help or ""))
        elif isinstance(each, TyperOption):
            metavar = "" if each.is_flag else f" {each.make_metavar(context)}"
            added = _ADDED.get(each.name or "")
            options.append(
                (", ".join(sorted(each.opts, key=len)) + metavar, added.to(language) if added else each.help or "")
            )
    return arguments, options


def _listed(heading: Text, rows: Sequence[tuple[str, str]], language: Language, canvas: Canvas) -> str:
    if not rows:
        return ""
    margin = max(terminal.cells_of(label) for label, _ in rows) + 4
    lines = [f"\n{heading.to(language)}\n"]
    for label, told in rows:
        first, *others = terminal.wrapped(told, (canvas.width or WIDTH) - margin)
        lines.append(f"  {label}{' ' * (margin - 2 - terminal.cells_of(label))}{first}\n")
        lines += [f"{' ' * margin}{line}\n" for line in others]
    return "".join(lines)
