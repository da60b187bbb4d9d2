"""Completion for a shell: Typer writes its files, and shkc says so in the language of the call."""

import sys
from typing import NoReturn

import typer
from typer import _completion_shared

from shkc.errors import UsageError, reason
from shkc.language import Language, Text

_ZSH = (
    _completion_shared.COMPLETION_SCRIPT_ZSH
    + """
if [[ $funcstack[1] == _%(prog_name)s ]]; then %(complete_func)s "$@"; fi
"""
)
"""Typer's script for zsh, which zsh reads at the first completion of a session: that one must be answered, too."""


def show() -> NoReturn:
    """Print the script of the shell that the call comes from, and exit."""
    _use_scripts()
    shell = _completion_shared._get_shell_name() or ""
    script = _completion_shared.get_completion_script(prog_name="shkc", complete_var="_SHKC_COMPLETE", shell=shell)
    typer.echo(script)
    sys.exit(0)


def install(language: Language) -> NoReturn:
    """Install completion for the shell that the call comes from, tell where, and exit."""
    _use_scripts()
    try:
        shell, path = _completion_shared.install()
    except OSError as error:
        failed = UsageError(
            f"补全无法写入 {error.filename}：{reason(error).zh}；可用 --show-completion 自行安装",
            f"completion cannot be written to {error.filename}: {reason(error).en}; --show-completion prints it",
        )
        typer.echo("\n".join(failed.lines(language)), err=True)
        sys.exit(UsageError.exit_status)
    told = Text(
        f"{shell} 的补全已写入 {path}；新开终端后生效",
        f"completion for {shell} is in {path}; it begins with the next terminal",
    )
    typer.echo(told.to(language))
    sys.exit(0)


def _use_scripts() -> None:
    """Have Typer print and install these scripts."""
    _completion_shared._completion_scripts["zsh"] = _ZSH
