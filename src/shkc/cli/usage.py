"""What is wrong with a call that Typer cannot read, in both languages and in one line."""

from collections import Counter
from collections.abc import Sequence

from typer._click import Parameter, exceptions
from typer._types import TyperChoice
from typer.core import TyperOption
from typer.exceptions import TyperException

from shkc.cli.options import FORCE, OPTIONS
from shkc.errors import UsageError, one_line
from shkc.language import Text


def message(error: TyperException) -> Text:
    """What *error* says, and what to do about it.

    The exceptions are those of the Click that Typer has within it: it shows them in English, and gives no other way to
    have them in another language.
    """
    if isinstance(error, exceptions.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, exceptions.MissingParameter):
        return _missing(error)
    if isinstance(error, exceptions.BadParameter):
        return _bad_value(error)
    if isinstance(error, exceptions.BadOptionUsage):
        option = error.option_name
        if "requires" in error.message:
            return Text(f"{option} 后面缺少值", f"{option} needs a value")
        return Text(f"{option} 后面不能有值", f"{option} takes no value")
    if error.message.startswith("Got unexpected"):
        extra = one_line(error.message.rpartition(" (")[2].removesuffix(")"))
        return Text(f"多余的参数：{extra}", f"too many arguments: {extra}")
    if error.message == "Missing command.":
        return Text("缺少命令或查询；见 shkc help", "there is no command and no query; see shkc help")
    return Text(*[one_line(error.format_message())] * 2)


def _no_such_option(error: exceptions.NoSuchOption) -> Text:
    option, command = one_line(error.option_name), error.ctx.command_path if error.ctx else "shkc"
    near = error.possibilities or ()
    if near and near[0] != FORCE:  # a guess must not write over a file
        return Text(f"没有选项 {option}；是不是 {near[0]}？", f"no option {option}; did you mean {near[0]}?")
    return Text(f"没有选项 {option}；见 {command} --help", f"no option {option}; see {command} --help")


def refuse_repeated(parameters: Sequence[Parameter]) -> None:
    """Raise `UsageError` for an option that has one value and is twice among *parameters*, those of a call in order.

    The shared options are left out: the last of these wins, so that an alias of the shell can be overruled.
    """
    counted = Counter(
        each.opts[-1] for each in parameters if isinstance(each, TyperOption) and not (each.multiple or each.is_flag)
    )
    for name, times in counted.items():
        if times > 1 and name not in OPTIONS.values():
            raise UsageError(f"{name} 只能写一次", f"{name} can be given once")


def _missing(error: exceptions.MissingParameter) -> Text:
    what = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
    command = error.ctx.command_path if error.ctx else "shkc"
    return Text(f"缺少 {what}；见 {command} --help", f"{what} is missing; see {command} --help")


def _bad_value(error: exceptions.BadParameter) -> Text:
    name = " / ".join(error.param.opts) if error.param else ""
    value = one_line(error.message.partition(" is not ")[0].strip("'"))
    kind = error.param.type if error.param else None
    if isinstance(kind, TyperChoice):
        choices = [getattr(choice, "value", str(choice)) for choice in kind.choices]
        return Text(
            f"{name} 没有“{value}”；有：{'、'.join(choices)}", f"{name} has no “{value}”; it has {', '.join(choices)}"
        )
    return Text(f"{name} 要的是整数，不小于 0，不是“{value}”", f"{name} takes a whole number from 0 on, not “{value}”")
