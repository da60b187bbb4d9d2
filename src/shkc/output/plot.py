"""A picture of a trend, SVG or PNG. The only user of Matplotlib, which the optional extra `plot` installs."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from shkc import files
from shkc.errors import UsageError
from shkc.facts import english, trend
from shkc.facts.model import TrendMetric
from shkc.language import Language, Text
from shkc.output.trend import title_of
from shkc.text import quantity

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KINDS = ("svg", "png")

FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
)
"""Families with Chinese characters that systems come with, the first to be preferred."""

NO_FONT = Text(
    "没有安装中文字体，图中的汉字显示为方框；请安装 Noto Sans CJK SC，或改用 .svg",
    "no Chinese font is installed, so the picture shows boxes; install Noto Sans CJK SC, or draw an .svg",
)
_ESTIMATED = Text("空心：预计或目标", "hollow: estimated or target")


class Picture(NamedTuple):
    """A drawn picture; *legible* is False when no installed font has all of its characters."""

    data: bytes
    legible: bool


def check_target(target: str, inputs: Iterable[Path] = (), *, force: bool = False) -> None:
    """Raise `UsageError` when *target* is no name of a picture, is there without *force*, or is one of *inputs*."""
    path = Path(target)
    if path.suffix.lower().removeprefix(".") not in KINDS:
        raise UsageError(f"{target}：图的文件名须以 .svg 或 .png 结尾", f"{target}: name it .svg or .png")
    files.refuse(path, inputs, force=force)


def write(rows: Sequence[TrendMetric], target: str, language: Language, *, force: bool = False) -> bool:
    """Draw *rows* into the file *target*, whole or not at all; whether all of its text can be read.

    Raises `UsageError` as `check_target` does, without Matplotlib, and when the file cannot be written.
    """
    check_target(target, force=force)
    path = Path(target)
    picture = draw(rows, path.suffix.lower().removeprefix("."), language)
    files.write_whole([picture.data], path, force=force)
    return picture.legible


def draw(rows: Sequence[TrendMetric], kind: str, language: Language) -> Picture:
    """*rows* as a picture of *kind*, svg or png: a panel for each place. Raises `UsageError` without Matplotlib."""
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError:
        raise UsageError(
            "--plot 需要 Matplotlib：pip install 'shkc[plot]'", "--plot needs Matplotlib: pip install 'shkc[plot]'"
        ) from None
    found = trend.series(rows)
    # Text stays text in SVG: the viewer's fonts show it. Without salt and date the same rows are the same file.
    with (
        mpl.rc_context(
            {"font.family": _fonts(), "text.parse_math": False, "svg.fonttype": "none", "svg.hashsalt": "shkc"}
        ),
        warnings.catch_warnings(record=True) as warned,
    ):
        warnings.simplefilter("always")
        figure = Figure(figsize=(8, 4.5 * len(found)), layout="constrained")
        for axes, series in zip(figure.subplots(len(found), squeeze=False).flat, found, strict=True):
            _panel(axes, series, language)
        data = BytesIO()
        figure.savefig(data, format=kind, dpi=200, metadata={"Date": None} if kind == "svg" else None)
    missing = any("missing from" in str(warning.message) for warning in warned)
    return Picture(data.getvalue(), kind == "svg" or not missing)


def _fonts() -> list[str]:
    """The installed fonts to take characters from, the first that has one first."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    return [*(family for family in FONTS if family in installed), "DejaVu Sans"]


def _panel(axes: Axes, series: Sequence[TrendMetric], language: Language) -> None:
    """Draw one series: a line through the figures that count, a point for each, hollow where it is not final."""
    newest = next((row for row in reversed(series) if row.status != "target"), series[-1])
    comparable = [row for row in series if row.normalized.unit == newest.normalized.unit]
    line = trend.curve(comparable)
    axes.plot(list(line), [_height(row, newest.unit) for row in line.values()], color="C0")
    for row in comparable:
        at = (trend.year(row), _height(row, newest.unit))
        axes.plot(*at, "o", color="C0", markerfacecolor="C0" if row.status == "final" else "white")
        axes.annotate(
            row.display_en if language is Language.en else row.display,
            at,
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
        )
    axes.set_title(title_of(newest, language))
    axes.set_ylabel(english.unit_label(newest.unit) if language is Language.en else newest.unit)
    years = sorted({trend.year(row) for row in comparable})
    axes.set_xticks(years, [str(year) for year in years])
    axes.margins(0.1, 0.2)
    if trend.ranks(comparable):
        axes.invert_yaxis()
    if any(row.status != "final" for row in comparable):
        axes.set_xlabel(_ESTIMATED.to(language), loc="right")


def _height(row: TrendMetric, unit: str) -> float:
    return float(quantity.from_base(row.normalized.value, unit))
