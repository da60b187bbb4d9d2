"""An Excel workbook: figures, milestones and sources, a sheet each. The only user of XlsxWriter, the extra `export`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from shkc.errors import UsageError
from shkc.language import Language, Text
from shkc.output.export.contents import Contents, FactColumn, Whole, for_people

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped] # has no types
    from xlsxwriter.format import Format  # type: ignore[import-untyped] # as above
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # as above

MOST_DIGITS = 15
"""Significant digits that Excel keeps of a number (Microsoft, "Excel specifications and limits")."""

WIDEST = 60
"""Characters of the widest column."""

_SHEETS: dict[Literal["metric", "milestone"], Text] = {
    "metric": Text("数字", "Figures"),
    "milestone": Text("里程碑", "Milestones"),
}
_SOURCES = Text("来源", "Sources")
_WIDTHS = {"name": 36, "name_en": 36, "excerpt": 40, "note": 40, "display": 18, "display_en": 26, "report": 26}
_COPIED = 1 << 20


def pieces(contents: Contents, language: Language) -> Iterator[bytes]:
    """The workbook in pieces. Raises `UsageError` without XlsxWriter, and for facts that are too many for Excel."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "facts.xlsx")
        _write(path, contents, language)
        with path.open("rb") as stream:
            while piece := stream.read(_COPIED):
                yield piece


def _write(path: Path, contents: Contents, language: Language) -> None:
    try:
        from xlsxwriter import Workbook
        from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped] # has no types
    except ImportError:
        raise UsageError(
            ".xlsx 需要 XlsxWriter：pip install 'shkc[export]'", ".xlsx needs XlsxWriter: pip install 'shkc[export]'"
        ) from None
    try:
        # Rows are written out as they come, so that memory does not grow with them, to where all is removed at the end.
        with Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as workbook:
            sources = {report.id: row for row, report in enumerate(contents.reports, 1)}
            for kind in contents.kinds():
                title = _SHEETS[kind]
                sheet = _FactSheet(workbook, title.to(language), for_people(kind, language), language, sources)
                sheet.write(each for each in contents.facts() if each.fact.kind == kind)
            _write_sources(workbook, contents, language)
    except FileCreateError as error:  # the disk is full
        for written in workbook.worksheets():  # XlsxWriter closes its rows only when all went well
            written.row_data_fh.close()
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(None, str(error)) from None


class _FactSheet:
    """A sheet of facts; *sources* are the rows of their reports on the sheet of sources."""

    def __init__(
        self,
        workbook: Workbook,
        title: str,
        columns: Sequence[FactColumn],
        language: Language,
        sources: dict[str, int],
    ) -> None:
        self._workbook, self._columns, self._language, self._sources = workbook, columns, language, sources
        self._sheet: Worksheet = workbook.add_worksheet(title)
        self._formats: dict[int, Format] = {}
        self._link: Format = workbook.get_default_url_format()

    def write(self, facts: Iterable[Whole]) -> None:
        """Write the head and a row for each of *facts*."""
        _write_head(self._workbook, self._sheet, [column.header.to(self._language) for column in self._columns])
        row = 0
        for row, whole in enumerate(facts, 1):
            for at, column in enumerate(self._columns):
                self._write_cell(row, at, column, column.worded(whole, self._language), whole.report)
        self._sheet.autofilter(0, 0, row, len(self._columns) - 1)
        self._sheet.freeze_panes(1, 1)
        for at, column in enumerate(self._columns):
            self._sheet.set_column(at, at, _WIDTHS.get(column.key, 12))

    def _write_cell(self, row: int, at: int, column: FactColumn, cell: object, report: str) -> None:
        sheet = self._sheet
        if cell is None:
            return
        if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= MOST_DIGITS:
            _checked(sheet.write_number(row, at, float(cell), self._format(cell)))
        elif isinstance(cell, int):
            _checked(sheet.write_number(row, at, cell))
        elif column.key in ("report", "report_en"):
            place = f"internal:'{_SOURCES.to(self._language)}'!A{self._sources[report] + 1}"
            _checked(sheet.write_url(row, at, place, self._link, str(cell)))
        else:
            # A number with more digits than Excel keeps is text.
            _checked(sheet.write_string(row, at, f"{cell:f}" if isinstance(cell, Decimal) else str(cell)))

    def _format(self, number: Decimal) -> Format:
        """The format that shows *number* with the decimals that it is printed with, its thousands grouped."""
        decimals = max(0, -int(number.as_tuple().exponent))
        if decimals not in self._formats:
            form = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            self._formats[decimals] = self._workbook.add_format({"num_format": form})
        return self._formats[decimals]


def _write_sources(workbook: Workbook, contents: Contents, language: Language) -> None:
    """The sheet about the sources: each report, how many of its facts the workbook has, and where it is."""
    sheet = workbook.add_worksheet(_SOURCES.to(language))
    english = language is Language.en
    heads = [
        *(Text("报告", "Report"), Text("发布者", "Publisher"), Text("年份", "Year"), Text("地域", "Territory")),
        *(
            Text("本文件的数字", "Figures in this file"),
            Text("本文件的里程碑", "Milestones in this file"),
            Text("发布日期", "Published"),
            Text("网址", "Address"),
        ),
    ]
    _write_head(workbook, sheet, [head.to(language) for head in heads])
    for row, report in enumerate(contents.reports, 1):
        texts = {
            0: report.title_en if english else report.title,
            1: report.publisher_en if english else report.publisher,
            3: report.scope_en if english else report.scope,
            6: report.published,
        }
        for at, number in {2: report.year, 4: report.metrics, 5: report.milestones}.items():
            sheet.write_number(row, at, number)
        for at, text in texts.items():
            sheet.write_string(row, at, text or "")
        if report.url:
            sheet.write_url(row, 7, report.url, workbook.get_default_url_format(), report.url)
    for at, width in enumerate((44, 36, 8, 12, 10, 10, 14, 50)):
        sheet.set_column(at, at, width)
    for row, note in enumerate(_NOTES, len(contents.reports) + 3):
        sheet.write_string(row, 0, note.to(language))


_NOTES = (
    Text(
        "数值照报告印出，约、超、近等在“限定”和“原文写法”中；“换算值”换成基本单位，上下限是印出的精度和限定留下的区间。",
        "Values are as the report prints them; hedges stand in Qualifiers and As printed. Normalised values are in "
        "base units, between the bounds that the printed precision and the hedges leave.",
    ),
    Text(
        "标“推算”的不是报告印出的：上年由增长、整体由占比推算，单位同数值，上下限由印出的精度和限定得出。引用时引这条事实，并写明是推算。",
        "What is marked as computed is not printed in the report: the year before follows from the growth, the whole "
        "from the share, in the unit of the value, with the bounds that precision and hedges leave. Cite the fact, and "
        "say that it is computed.",
    ),
    Text(
        "超过 15 位的数字是文本，因为 Excel 只保留 15 位。",
        "Numbers of more than 15 digits are text, because Excel keeps 15.",
    ),
)


def _write_head(workbook: Workbook, sheet: Worksheet, heads: Sequence[str]) -> None:
    bold = workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#EEF2F7", "valign": "top", "text_wrap": True})
    for at, head in enumerate(heads):
        sheet.write_string(0, at, head, bold)


def _checked(status: int) -> None:
    """Raise `UsageError` when XlsxWriter has not written a cell: it tells by a number and goes on."""
    if status == -1:
        raise UsageError(
            "事实多于 Excel 的 1048576 行；请用 list 的选项缩小，或导出为 .sqlite",
            "more facts than the 1,048,576 rows of Excel; pick some with the options of list, or export to .sqlite",
        )
    if status:
        raise UsageError(
            "文本长于 Excel 单元格的 32767 字；请导出为 .sqlite",
            "a text is longer than the 32,767 characters of a cell",
        )
