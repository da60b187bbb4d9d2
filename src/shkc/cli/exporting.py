"""The command that writes facts as files for other programs."""

from collections import Counter
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shkc.base import FactBase, Selection, write_warehouse
from shkc.cli.command import Settings, command
from shkc.cli.options import Force, argument, option
from shkc.cli.picking import picking, tell_missing
from shkc.conditions import Conditions, none
from shkc.errors import UsageError
from shkc.language import Text
from shkc.output.progress import ProgressBar

if TYPE_CHECKING:
    from shkc.output.export.contents import Contents


class To(str, Enum):
    """A kind of file; `shkc.output.export.targets.TARGETS` has the same."""

    xlsx = "xlsx"
    csv = "csv"
    sqlite = "sqlite"
    datapackage = "datapackage"
    parquet = "parquet"


Target = Annotated[
    str,
    argument(
        "文件：.xlsx、.csv、.sqlite 或 datapackage.json。",
        "The file: .xlsx, .csv, .sqlite or datapackage.json.",
        metavar=Text("文件", "TARGET"),
    ),
]
Which = Annotated[
    To | None,
    option(
        "不论名称，写成 xlsx、csv、sqlite 或 datapackage。",
        "Whatever its name: xlsx, csv, sqlite or datapackage.",
        metavar=Text("种类", "KIND"),
    ),
]
Cluster = Annotated[
    str | None,
    option(
        "用这个地址的 Dask 集群写 Parquet。",
        "Write Parquet on the Dask cluster at this address.",
        metavar=Text("地址", "ADDRESS"),
    ),
]


@command(
    "把事实写成其他程序用的文件：全部，或符合各选项的。",
    "Write the facts, all of them or those that the options pick, as a file for other programs.",
    ["shkc export facts.xlsx", "shkc export talent.csv --section 人才", "shkc export facts.sqlite"],
    formats=(),
    listing=True,
)
@picking
def export(
    settings: Settings,
    target: Target,
    to: Which = None,
    force: Force = False,
    cluster: Cluster = None,
    *,
    picked: Conditions,
) -> None:
    """Write the facts."""
    from shkc import files
    from shkc.output.export import targets

    if to is To.parquet:
        _write_warehouse(settings, target, picked, cluster, force=force)
        return
    path = Path(target)
    files.refuse_input(path, settings.inputs())
    chosen = targets.chosen(path, to and to.value)
    base = settings.open()
    selection = picked.selection(base)._replace(limit=settings.limit)
    contents = _contents(base, selection)
    if not contents.reports:
        settings.say(none(base, selection))
        raise typer.Exit(1)
    written = targets.write(chosen, contents, path, settings.language, force=force, inputs=settings.inputs())
    names = [str(each) for each in written]
    settings.say(Text(f"已写入 {'、'.join(names)}", f"written: {', '.join(names)}"))
    tell_missing(settings, base, selection)


def _write_warehouse(settings: Settings, target: str, picked: Conditions, cluster: str | None, *, force: bool) -> None:
    """Write all facts as a warehouse; the names of a search are those of whole fact files."""
    if target == "-":
        raise UsageError("仓库是文件夹，不能写到标准输出", "a warehouse is a folder: name one, not -")
    if any(picked) or settings.limit is not None:
        raise UsageError(
            "仓库包含事实文件的全部内容；请去掉挑选的选项",
            "a warehouse has all of its fact files; leave out the options that pick facts",
        )
    with ProgressBar(Text("写仓库", "Writing the warehouse"), settings.language) as progress:
        left_out = write_warehouse(
            settings.facts, target, force=force, cluster=cluster, progress=None if settings.quiet else progress
        )
    settings.tell(left_out)
    settings.say(Text(f"已写入 {target}", f"written: {target}"))


def _contents(base: FactBase, picked: Selection) -> "Contents":
    """The facts that *picked* picks, with their reports and the sections of these."""
    from msgspec.structs import replace

    from shkc.output.export.contents import Contents, Whole

    held = Counter((report, fact.kind) for report, fact, _ in base.select_whole(picked))
    of = {report for report, _ in held}
    reports = [
        replace(report, metrics=held[report.id, "metric"], milestones=held[report.id, "milestone"])
        for report in base.reports()
        if report.id in of
    ]
    sections = [each for each in base.sections_of_reports() if each[0] in of]
    return Contents(lambda: (Whole(*each) for each in base.select_whole(picked)), reports, sections)
