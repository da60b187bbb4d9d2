"""Facts as text: columns, and one function for each format. The only user of Rich.

Every function here gives its answer in pieces, so that a long one is written as it comes. Facts come as JSON records,
in UTF-8: JSON formats pass them through as they are, the others decode them.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from shkc.language import Language, Text

if TYPE_CHECKING:
    from decimal import Decimal

    import msgspec
    from rich.console import RenderableType
    from rich.progress import Progress, TaskID

    from shkc.facts.model import (
        CacheState,
        Computed,
        Coverage,
        DetailedMetric,
        DetailedMilestone,
        Difference,
        Fact,
        FileProblem,
        Metric,
        SectionCount,
        Share,
        TrendMetric,
    )


class Format(str, Enum):
    """An output format."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    tsv = "tsv"
    markdown = "markdown"
    value = "value"
    github = "github"
    """GitHub's workflow commands: for the problems of fact files, and nothing else."""


class Canvas(NamedTuple):
    """Where a table is drawn: its width in cells (None: as wide as it needs), and whether it has colours."""

    width: int | None
    colour: bool


Records = Iterable[bytes]

Pieces = Iterator[str | bytes]
"""An answer: text, or bytes in UTF-8."""

BLOCK = 50
"""Records that are joined at once: one by one, joining fifty thousand takes as long as finding them."""

QUALIFIERS = {
    "about": Text("约", "about"),
    "over": Text("超", "over"),
    "nearly": Text("近", "nearly"),
    "at_least": Text("不少于", "at least"),
    "at_most": Text("不超过", "at most"),
    "below": Text("不足", "below"),
    "estimated": Text("预计", "estimated"),
    "target": Text("目标", "target"),
    "cumulative": Text("累计", "cumulative"),
}
CATEGORIES = {
    "policy": Text("政策", "policy"),
    "institution": Text("机构", "institution"),
    "facility": Text("设施", "facility"),
    "platform": Text("平台", "platform"),
    "programme": Text("计划", "programme"),
    "product": Text("产品", "product"),
    "achievement": Text("成果", "achievement"),
    "event": Text("活动", "event"),
    "cooperation": Text("合作", "cooperation"),
    "reform": Text("改革", "reform"),
    "honour": Text("荣誉", "honour"),
}
_RULES = {
    "previous": Text("由同比推算", "from the growth rate"),
    "whole": Text("由占比推算", "from the share"),
    "ratio": Text("两项相除", "ratio of the two"),
    "per": Text("两项相除", "ratio of the two"),
}


# ── Formats of facts ────────────────────────────────────────────────────────────────────────────────


def facts(records: Records, output: Format, language: Language, canvas: Canvas) -> Pieces:
    """*records* in the format *output*, in pieces."""
    return _FORMATS[output](records, language, canvas)


def json_array(records: Records) -> Iterator[bytes]:
    """One JSON array, an element a line, so that it streams and compares well."""
    left, separator = iter(records), b"[\n"
    while block := b",\n".join(islice(left, BLOCK)):
        yield separator + block
        separator = b",\n"
    yield b"[]\n" if separator == b"[\n" else b"\n]\n"


def json_lines(records: Records) -> Iterator[bytes]:
    """One JSON document a line."""
    return (record + b"\n" for record in records)


def _values(records: Records, language: Language, canvas: Canvas) -> Iterator[str]:
    """The bare figure of each fact; a milestone, which has none, gives its name."""
    for fact in _decoded(records):
        value = fact.value if fact.kind == "metric" else _name(fact, language)
        yield f"{value}\n"


_FIELDS = (
    "id", "kind", "name", "name_en", "value", "unit", "qualifiers", "display", "change", "change_unit", "change_basis",
    "share", "share_unit", "share_of", "rank", "rank_of", "normalized", "normalized_unit", "low", "high", "period",
    "scope", "category", "date", "official_names", "who", "where", "section", "section_title", "report", "year",
    "paragraph", "excerpt", "note",
)  # fmt: skip
"""The columns of CSV and TSV: the same for both kinds of fact, so that files can be joined."""


def _flat(fact: Fact) -> dict[str, object]:
    source, section = fact.source, fact.section
    row: dict[str, object] = {
        "id": fact.id, "kind": fact.kind, "name": fact.name, "name_en": fact.name_en,
        "section": section.id, "section_title": section.title, "report": source.report, "year": source.year,
        "paragraph": source.paragraph, "excerpt": source.excerpt, "note": fact.note,
    }  # fmt: skip
    if fact.kind == "milestone":
        row |= {"category": fact.category, "date": fact.date}
        row |= {key: "; ".join(getattr(fact, key)) for key in ("official_names", "who", "where")}
        return row
    change, share, rank, normalized = fact.change, fact.share, fact.rank, fact.normalized
    row |= {
        "value": fact.value, "unit": fact.unit, "qualifiers": "; ".join(fact.qualifiers), "display": fact.display,
        "normalized": normalized.value, "normalized_unit": normalized.unit, "low": normalized.low,
        "high": normalized.high, "period": fact.period, "scope": fact.scope,
    }  # fmt: skip
    if change:
        row |= {"change": change.value, "change_unit": change.unit, "change_basis": change.basis}
    if share:
        row |= {"share": share.value, "share_unit": share.unit, "share_of": share.of}
    if rank:
        row |= {"rank": rank.value, "rank_of": rank.of}
    return row


def _csv(records: Records, language: Language, canvas: Canvas) -> Iterator[str]:
    return _csv_lines(_FIELDS, map(_flat, _decoded(records)))


def _csv_lines(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    import csv
    import io

    line = io.StringIO()
    writer = csv.DictWriter(line, fields, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _tsv(records: Records, language: Language, canvas: Canvas) -> Iterator[str]:
    return _tsv_lines(_FIELDS, map(_flat, _decoded(records)))


def _tsv_lines(fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    """Tab-separated without quoting: no text of a fact file holds a tab or a line end."""
    yield "\t".join(fields) + "\n"
    for row in rows:
        yield "\t".join("" if row.get(field) is None else str(row[field]) for field in fields) + "\n"


def _markdown(records: Records, language: Language, canvas: Canvas) -> Iterator[str]:
    found = list(_decoded(records))
    if not found:
        return
    yield from _markdown_table(_columns(found), found, language)


def _markdown_table(columns: Sequence[Column], found: Iterable[object], language: Language) -> Iterator[str]:
    rows = ([column.cell(row, language) for column in columns] for row in found)
    return _markdown_lines([column.header.to(language) for column in columns], rows)


def _markdown_lines(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (headers, ["---"] * len(headers), *rows):
        escaped = (re.sub(r"([\\|`*_<\[\]])", r"\\\1", cell) for cell in row)
        yield f"| {' | '.join(escaped)} |\n"


def _table(records: Records, language: Language, canvas: Canvas) -> Iterator[str]:
    found = list(_decoded(records))
    if not found:
        return
    yield _draw_table(_columns(found), found, language, canvas)


_FORMATS: dict[Format, Callable[[Records, Language, Canvas], Pieces]] = {
    Format.table: _table,
    Format.json: lambda records, language, canvas: json_array(records),
    Format.jsonl: lambda records, language, canvas: json_lines(records),
    Format.csv: _csv,
    Format.tsv: _tsv,
    Format.markdown: _markdown,
    Format.value: _values,
}


# ── Columns ─────────────────────────────────────────────────────────────────────────────────────────


class Column(NamedTuple):
    """A column of a table: its header, its cell for a row, its Rich style, and the least cells it can be read in."""

    header: Text
    cell: Callable[[Any, Language], str]
    style: str
    least: int


def _name(fact: Fact, language: Language) -> str:
    return fact.name_en if language is Language.en else fact.name


def _figure(fact: Fact, language: Language) -> str:
    if fact.kind == "milestone":
        return CATEGORIES[fact.category].to(language)
    cumulative = "cumulative" in fact.qualifiers and fact.unit != "位"
    return f"{QUALIFIERS['cumulative'].to(language)} {fact.display}" if cumulative else fact.display


def _growth(fact: Fact, language: Language) -> str:
    """Growth, share and rank, as far as they are printed with the figure."""
    if fact.kind == "milestone":
        return ""
    parts = []
    if fact.change:
        parts.append(growth_text(fact, language))
    if fact.share:
        share = share_text(fact.share)
        parts.append(Text(f"占 {share}", f"{share} share").to(language))
    if fact.rank:
        parts.append(Text(f"{fact.rank.of}第{fact.rank.value}", f"rank {fact.rank.value}").to(language))
    return "，".join(parts) if language is Language.zh else ", ".join(parts)


def share_text(share: Share) -> str:
    """The number of *share* with its unit: 13.5%, 3成, 1/3."""
    return f"{share.value}{share.unit}"


def growth_text(metric: Metric, language: Language) -> str:
    """The growth of *metric*, with its sign and basis."""
    assert metric.change is not None
    basis = metric.change.basis
    value = f"{metric.change.value:+f}{metric.change.unit}"
    if basis == "yoy":
        return Text(f"同比 {value}", f"{value} yoy").to(language)
    if basis == "other":
        return Text(f"变化 {value}", value).to(language)
    return Text(f"比{basis}年 {value}", f"{value} on {basis}").to(language)


def _period(fact: Fact, language: Language) -> str:
    return fact.period if fact.kind == "metric" else fact.date


def _place(fact: Fact, language: Language) -> str:
    return f"¶{fact.source.paragraph}"


def _section(fact: Fact, language: Language) -> str:
    return fact.section.title


_NAME = Column(Text("名称", "Name"), _name, "", 20)
_PERIOD = Column(Text("时期", "Period"), _period, "dim", 10)
_PLACE = Column(Text("段落", "Place"), _place, "dim", 5)
_ID = Column(Text("ID", "ID"), lambda fact, language: fact.id, "dim", 30)
_REPORT = Column(Text("报告", "Report"), lambda fact, language: fact.source.report, "", 20)
_FIGURE_HEADERS = {
    ("metric",): Text("数值", "Figure"),
    ("milestone",): Text("类别", "Category"),
    ("metric", "milestone"): Text("数值／类别", "Figure / category"),
}


def _columns(found: Sequence[Fact]) -> list[Column]:
    """The columns that *found* needs: growth and report only where there is something to tell."""
    kinds = tuple(sorted({fact.kind for fact in found}))
    columns = [_NAME, Column(_FIGURE_HEADERS[kinds], _figure, "bold cyan" if "metric" in kinds else "", 12)]
    if any(_growth(fact, Language.en) for fact in found):
        columns.append(Column(Text("变化／占比／位次", "Growth, share, rank"), _growth, "", 12))
    if len({fact.source.report for fact in found}) > 1:
        columns.append(_REPORT)
    return [*columns, _PERIOD, _PLACE, _ID]


def _draw_table(columns: Sequence[Column], found: Iterable[object], language: Language, canvas: Canvas) -> str:
    """*found* as a table, a row each, with as many of *columns* as there is room for."""
    fitting = _fitting(columns, canvas.width)
    rows = [[column.cell(row, language) for column in fitting] for row in found]
    headers = [column.header.to(language) for column in fitting]
    return _draw(_grid(headers, [column.style for column in fitting], rows), canvas)


def _fitting(columns: Sequence[Column], width: int | None) -> Sequence[Column]:
    """As many of *columns*, from the first, as can be read side by side in *width* cells; two at least."""
    if width is None:
        return columns
    used = 0
    fitting: list[Column] = []
    for column in columns:
        used += column.least + 2
        if len(fitting) >= 2 and used > width:
            break
        fitting.append(column)
    return fitting


# ── Cards ───────────────────────────────────────────────────────────────────────────────────────────


def cards(found: Sequence[DetailedMetric | DetailedMilestone], language: Language, canvas: Canvas) -> Iterator[str]:
    """All that is known about each fact, one under the other."""
    for number, fact in enumerate(found):
        if number:
            yield "\n"
        rows = [(label.to(language), text) for label, text in _card(fact, language) if text]
        title = f"{_name(fact, language)}"
        yield _draw_card(title, rows, canvas)


def _card(fact: DetailedMetric | DetailedMilestone, language: Language) -> Iterator[tuple[Text, str]]:
    other = fact.name if language is Language.en else fact.name_en
    yield Text("英文名", "Chinese"), other
    yield from _metric_rows(fact, language) if fact.kind == "metric" else _milestone_rows(fact, language)
    yield Text("备注", "Note"), fact.note or ""
    yield Text("别名", "Aliases"), "、".join(fact.details.aliases)
    yield Text("属于", "Part of"), ", ".join(fact.details.part_of)
    yield Text("相关", "Related"), ", ".join(fact.details.related)
    yield Text("栏目", "Section"), " › ".join(fact.section.path)
    yield Text("出处", "Source"), f"《{fact.source.report}》 ¶{fact.source.paragraph}：{fact.source.excerpt}"
    yield Text("佐证", "Evidence"), "；".join(evidence.excerpt for evidence in fact.details.evidence)
    yield Text("ID", "ID"), fact.id
    if fact.kind == "metric":
        for follows in fact.computed:
            yield Text("推算", "Computed"), computed_text(follows, language)


def _metric_rows(fact: DetailedMetric, language: Language) -> Iterator[tuple[Text, str]]:
    normalized = fact.normalized
    yield Text("数值", "Figure"), fact.display
    yield Text("限定", "Hedges"), ", ".join(QUALIFIERS[name].to(language) for name in fact.qualifiers)
    yield Text("增长", "Growth"), growth_text(fact, language) if fact.change else ""
    if fact.share:
        yield (
            Text("占比", "Share"),
            Text(f"占{fact.share.of} {share_text(fact.share)}", f"{share_text(fact.share)} of {fact.share.of}").to(
                language
            ),
        )
    if fact.rank:
        yield Text("位次", "Rank"), f"{fact.rank.of} {fact.rank.value}"
    yield Text("换算", "Normalised"), f"{_plain(normalized.value)} {normalized.unit}"
    yield Text("区间", "Bounds"), interval_text(normalized.low, normalized.high, language)
    yield Text("时期", "Period"), fact.period
    yield Text("范围", "Scope"), fact.scope


def _milestone_rows(fact: DetailedMilestone, language: Language) -> Iterator[tuple[Text, str]]:
    yield Text("类别", "Category"), CATEGORIES[fact.category].to(language)
    yield Text("正式名称", "Official"), "、".join(fact.official_names)
    yield Text("主体", "Who"), "、".join(fact.who)
    yield Text("地点", "Where"), "、".join(fact.where)
    yield Text("日期", "Date"), fact.date


def computed_text(figure: Computed, language: Language) -> str:
    """A computed figure with its bounds and its rule."""
    name = figure.name_en if language is Language.en else figure.name
    rule = _RULES[figure.rule].to(language)
    bounds = interval_text(figure.low, figure.high, language)
    return Text(
        f"{name}（{figure.period}）≈ {figure.value}{figure.unit}；区间 {bounds}；{rule}",
        f"{name} ({figure.period}) ≈ {figure.value} {figure.unit}; bounds {bounds}; {rule}",
    ).to(language)


def interval_text(low: Decimal | None, high: Decimal | None, language: Language) -> str:
    """An interval; an open end is said in words."""
    if low is None and high is None:
        return Text("未知", "unknown").to(language)
    if low == high:
        return Text(f"恰为 {_plain(low)}", f"exactly {_plain(low)}").to(language)
    if high is None:
        return Text(f"不少于 {_plain(low)}", f"{_plain(low)} or more").to(language)
    if low is None:
        return Text(f"不超过 {_plain(high)}", f"{_plain(high)} or less").to(language)
    if low < 0:  # no dash beside a minus
        return Text(f"{_plain(low)} 至 {_plain(high)}", f"{_plain(low)} to {_plain(high)}").to(language)
    return f"{_plain(low)}–{_plain(high)}"


def _plain(value: Decimal | None) -> str:
    """A number with its thousands grouped."""
    return "" if value is None else f"{value:,f}"


# ── Trends ──────────────────────────────────────────────────────────────────────────────────────────

STATUSES = {
    "final": Text("实际", "final"),
    "estimated": Text("预计", "estimated"),
    "target": Text("目标", "target"),
}
_REMARKS = {
    "estimated-base": Text("以上年预计值为基数", "based on an estimate"),
    "gap": Text("缺上年数据", "the year before is missing"),
    "period": Text("与上年时期不对应", "the year before has another period"),
    "unit": Text("与上年单位不同", "the year before has another unit"),
}
_DISAGREES = Text("印出的增长与推算的不符", "stated and computed growth disagree")
_BLOCKS = "▁▂▃▄▅▆▇█"


def trend(rows: Sequence[TrendMetric], output: Format, language: Language, canvas: Canvas) -> Pieces:
    """The series in *rows*, one for each place; a table for each, its sparkline above."""
    from shkc.facts import trend as trends
    from shkc.facts.records import record_of

    if output in (Format.csv, Format.tsv):
        lines = _csv_lines if output is Format.csv else _tsv_lines
        return lines((*_FIELDS, *_TREND_FIELDS), map(_flat_trend, rows))
    if output is Format.markdown and rows:
        places = len({row.scope for row in rows}) > 1
        return _markdown_table([*([_SCOPE] if places else []), *_trend_columns(rows)], rows, language)
    if output is Format.table:
        return _trend_tables(trends.series(rows), _trend_columns(rows), language, canvas)
    return facts(map(record_of, rows), output, language, canvas)


def _trend_tables(
    found: Iterable[Sequence[TrendMetric]], columns: Sequence[Column], language: Language, canvas: Canvas
) -> Iterator[str]:
    for number, series in enumerate(found):
        newest = series[-1]
        name = Text(f"{newest.name}（{newest.scope}）", f"{newest.name_en} ({newest.scope})").to(language)
        title = _draw_line(((name, "bold cyan"), (_sparkline(series), ""), (newest.id, "dim")), canvas)
        yield ("\n" if number else "") + title + _draw_table(columns, series, language, canvas)


def _sparkline(series: Sequence[TrendMetric]) -> str:
    """The values of one series as blocks, the least as the lowest, with their years; a space is a year without value.

    Empty for fewer than two values, and for ranks, of which the lower is the better.
    """
    from decimal import Decimal

    from shkc.facts import trend as trends

    values = {year: row.normalized.value for year, row in trends.curve(series).items()}
    if len(values) < 2 or trends.ranks(series):
        return ""
    first, last, least = min(values), max(values), min(values.values())
    span = max(values.values()) - least
    top = len(_BLOCKS) - 1
    levels = {year: int((value - least) * top / span + Decimal("0.5")) if span else 0 for year, value in values.items()}
    blocks = "".join(_BLOCKS[levels[year]] if year in levels else " " for year in range(first, last + 1))
    return f"{blocks} {first}–{last}"


def _trend_columns(rows: Sequence[TrendMetric]) -> list[Column]:
    """The columns that *rows* need: those of which there is something to tell."""
    wanted = (
        (_PERIOD, True),
        (_TREND_FIGURE, True),
        (_STATUS, any(row.status != "final" for row in rows)),
        (_STATED, any(row.change for row in rows)),
        (_COMPUTED, any(row.growth for row in rows)),
        (_REMARK, any(_remarks(row, Language.en) for row in rows)),
        (_REPORT, len({row.source.report for row in rows}) > 1),
        (_PLACE, True),
    )
    return [column for column, needed in wanted if needed]


def _computed_growth(row: TrendMetric, language: Language) -> str:
    if row.growth is None:
        return ""
    growth = row.growth
    bounds = interval_text(growth.low, growth.high, language)
    return Text(f"{growth.value:+f}{growth.unit}（{bounds}）", f"{growth.value:+f}{growth.unit} ({bounds})").to(
        language
    )


def _remarks(row: TrendMetric, language: Language) -> str:
    disagrees = row.growth is not None and row.growth.agrees is False
    told = [_DISAGREES] if disagrees else []
    told += [_REMARKS[remark] for remark in row.remarks]
    return Text("；", "; ").to(language).join(text.to(language) for text in told)


_SCOPE = Column(Text("范围", "Scope"), lambda row, language: row.scope, "", 6)
_TREND_FIGURE = Column(_FIGURE_HEADERS[("metric",)], _figure, "bold cyan", 12)
_STATUS = Column(Text("性质", "Status"), lambda row, language: STATUSES[row.status].to(language), "", 6)
_STATED = Column(
    Text("印出的增长", "Stated growth"), lambda row, language: growth_text(row, language) if row.change else "", "", 12
)
_COMPUTED = Column(Text("推算的增长", "Computed growth"), _computed_growth, "", 12)
_REMARK = Column(Text("说明", "Remarks"), _remarks, "yellow", 12)
_TREND_FIELDS = (
    "status", "growth", "growth_unit", "growth_low", "growth_high", "growth_period", "growth_report", "agrees",
    "remarks",
)  # fmt: skip
"""What CSV and TSV add to the columns of a fact."""


def _flat_trend(row: TrendMetric) -> dict[str, object]:
    flat = _flat(row) | {"status": row.status, "remarks": "; ".join(row.remarks)}
    growth = row.growth
    if growth is None:
        return flat
    return flat | {
        "growth": growth.value, "growth_unit": growth.unit, "growth_low": growth.low, "growth_high": growth.high,
        "growth_period": growth.period, "growth_report": growth.report,
        "agrees": None if growth.agrees is None else str(growth.agrees).lower(),
    }  # fmt: skip


# ── Differences ─────────────────────────────────────────────────────────────────────────────────────

_DIFFERENCES = {
    "new": Text("新增", "new"),
    "gone": Text("删去", "gone"),
    "changed": Text("更改", "changed"),
}
_DIFFERENCE_COLUMNS = (
    Column(
        Text("变化", "Change"), lambda difference, language: _DIFFERENCES[difference.difference].to(language), "bold", 7
    ),
    _NAME,
    Column(Text("字段", "Field"), lambda difference, language: difference.field or "", "dim", 10),
    Column(Text("旧", "Old"), lambda difference, language: difference.old or "", "", 12),
    Column(Text("新", "New"), lambda difference, language: difference.new or "", "bold cyan", 12),
    _ID,
)


def differences(found: Sequence[Difference], output: Format, language: Language, canvas: Canvas) -> Pieces:
    """What two fact files do not have in common, a row each."""
    from shkc.facts.model import Difference

    columns = _difference_columns(found)
    if output is Format.table and found:
        return iter([_draw_table(columns, found, language, canvas)])
    if output is Format.markdown and found:
        return _markdown_table(columns, found, language)
    return iter(()) if output in (Format.table, Format.markdown) else _rows(Difference, found, output)


def _difference_columns(found: Sequence[Difference]) -> list[Column]:
    report = Column(Text("报告", "Report"), lambda difference, language: difference.report, "", 20)
    several = len({difference.report for difference in found}) > 1
    return [*_DIFFERENCE_COLUMNS[:-1], *([report] if several else []), *_DIFFERENCE_COLUMNS[-1:]]


# ── Sections, verification, problems ────────────────────────────────────────────────────────────────


def _section_name(count: SectionCount, language: Language) -> str:
    return "  " * count.depth + (count.short_en if language is Language.en else count.short)


_SECTION_REPORT = Column(Text("报告", "Report"), lambda count, language: count.report, "", 20)
_SECTION_COLUMNS = (
    Column(Text("编号", "No."), lambda count, language: count.number, "dim", 5),
    Column(Text("栏目", "Section"), _section_name, "", 12),
    Column(Text("指标", "Metrics"), lambda count, language: str(count.metrics), "bold cyan", 7),
    Column(Text("里程碑", "Milestones"), lambda count, language: str(count.milestones), "", 10),
    Column(Text("ID", "ID"), lambda count, language: count.id, "dim", 20),
)


def section_tree(counts: Sequence[SectionCount], output: Format, language: Language, canvas: Canvas) -> Pieces:
    """The tree of sections with the number of facts in each."""
    if output is not Format.table:
        from shkc.facts.model import SectionCount

        return _rows(SectionCount, counts, output)
    several = len({count.report for count in counts}) > 1
    columns = [*_SECTION_COLUMNS[:-1], *([_SECTION_REPORT] if several else []), *_SECTION_COLUMNS[-1:]]
    return iter([_draw_table(columns, counts, language, canvas)])


def coverage(outcome: Coverage, output: Format, language: Language) -> Pieces:
    """What a verification found, a line each, and the coverage."""
    from shkc.facts.model import Coverage, Finding

    if output in (Format.json, Format.jsonl):
        yield from _rows(Coverage, [outcome], output)
        return
    if output is not Format.table:
        yield from _rows(Finding, outcome.findings, output)
        return
    for finding in outcome.findings:
        place = " ".join(part for part in (f"¶{finding.paragraph}" if finding.paragraph else "", finding.id) if part)
        yield f"{place}: {finding.message}\n"
    numerals = f"{outcome.covered} of {outcome.numerals} numerals"
    yield Text(
        f"{outcome.covered}/{outcome.numerals} 个数字有着落（{numerals}）；"
        f"{outcome.proven}/{outcome.facts} 个事实得到证实\n",
        f"{numerals} accounted for; {outcome.proven} of {outcome.facts} facts proven\n",
    ).to(language)


def cache(state: CacheState, output: Format, language: Language) -> Pieces:
    """Where the index is kept, why there, and how big it is."""
    if output is not Format.table:
        from shkc.facts.model import CacheState

        return _rows(CacheState, [state], output)
    place = f"{state.folder or '-'}\n{state.reason}\n"
    return iter(
        (
            place,
            Text(f"{state.files} 个文件，{state.bytes:,} 字节\n", f"{state.files} files, {state.bytes:,} bytes\n").to(
                language
            ),
        )
    )


def problems(found: Sequence[FileProblem], output: Format) -> Pieces:
    """The problems of fact files, for scripts; people read them on standard error."""
    if output is Format.table:
        return iter(())
    if output is Format.github:
        return map(_annotation, found)
    from shkc.facts.model import FileProblem

    return _rows(FileProblem, found, output)


def _annotation(problem: FileProblem) -> str:
    """A problem as the workflow command that marks its line in GitHub.

    Escaped as the toolkit of GitHub Actions escapes: what would end the message, and in a property also : and ,.
    """
    properties = {"file": problem.path, "line": problem.line, "title": "shkc check"}
    told = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in properties.items() if value is not None)
    return f"::error {told}::{_escaped(problem.message)}\n"


def _escaped(value: object, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in str(value))


def _rows(form: type[msgspec.Struct], found: Sequence[msgspec.Struct], output: Format) -> Pieces:
    """Values of the type *form* in any format but a table; `value` prints the first field."""
    from shkc.facts.records import record_of

    if output is Format.json:
        return json_array(map(record_of, found))
    if output is Format.jsonl:
        return json_lines(map(record_of, found))
    fields = form.__struct_fields__
    cells = ({field: getattr(row, field) for field in fields} for row in found)
    rows = [{field: "" if cell is None else cell for field, cell in row.items()} for row in cells]
    if output is Format.value:
        return (f"{row[fields[0]]}\n" for row in rows)
    if output is Format.csv:
        return _csv_lines(fields, rows)
    if output is Format.tsv:
        return _tsv_lines(fields, rows)
    return _markdown_lines(fields, ([str(cell) for cell in row.values()] for row in rows))


# ── Progress ────────────────────────────────────────────────────────────────────────────────────────

LONG = 1.0
"""Seconds from which on work is worth a progress bar."""


class ProgressBar:
    """A bar on standard error, there only while long work goes on and only on a terminal."""

    def __init__(self, title: Text, language: Language) -> None:
        self._title = title.to(language)
        self._begun = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __call__(self, done: int, total: int) -> None:
        """Show that *done* of *total* is done."""
        if self._bar is None and time.monotonic() - self._begun > LONG and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._title)
            self._bar.start()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done, total=total)

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


# ── Drawing ─────────────────────────────────────────────────────────────────────────────────────────


def _grid(headers: Sequence[str], styles: Sequence[str], rows: Iterable[Sequence[str]]) -> RenderableType:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text as Cell

    table = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False)
    for header, style in zip(headers, styles, strict=True):
        table.add_column(Cell(header), style=style, overflow="fold")
    for row in rows:
        table.add_row(*(Cell(cell) for cell in row))
    return table


def _draw_line(parts: Iterable[tuple[str, str]], canvas: Canvas) -> str:
    """The texts of *parts*, each in its style, side by side on one line; empty ones left out."""
    from rich.text import Text as Cell

    return _draw(Cell("  ").join(Cell(text, style=style) for text, style in parts if text), canvas)


def _draw_card(title: str, rows: Sequence[tuple[str, str]], canvas: Canvas) -> str:
    from rich.table import Table
    from rich.text import Text as Cell

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for label, text in rows:
        grid.add_row(Cell(label), Cell(text))
    return _draw(Cell(title, style="bold cyan"), canvas) + _draw(grid, canvas)


_UNLIMITED = 100_000
"""Cells that no table needs: where the width is not limited, nothing is wrapped."""


def _draw(renderable: RenderableType, canvas: Canvas) -> str:
    """*renderable* as text, without spaces at line ends."""
    from io import StringIO

    from rich.console import Console

    text = StringIO()
    console = Console(
        file=text,
        width=canvas.width or _UNLIMITED,
        force_terminal=canvas.colour,
        color_system="standard" if canvas.colour else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(renderable)
    return "".join(line.rstrip() + "\n" for line in text.getvalue().splitlines())


def _decoded(records: Records) -> Iterator[Fact]:
    from shkc.facts.records import decode

    return map(decode, records)
