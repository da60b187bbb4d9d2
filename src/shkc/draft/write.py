"""A draft as the text of a fact file, piece by piece, laid out like one that was written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shkc.draft.entries import ExceptionDraft, MetricDraft, MilestoneEntry, ParagraphDraft, PartDraft
from shkc.draft.ids import english, pinyin
from shkc.draft.outline import Outline, SectionDraft
from shkc.draft.unfilled import TO_BE_FILLED_IN, TO_BE_FILLED_IN_EN, TO_BE_TRANSLATED

_SHORT_TITLE = 16
_RULE = "─" * 60


def pieces(outline: Outline, drafts: Iterable[ParagraphDraft]) -> Iterator[str]:
    """The fact file of *outline* and *drafts*, in pieces to write one after the other."""
    yield _head(outline)
    for section in outline.sections:
        yield _section(section, section is outline.sections[0])
    exceptions: dict[ExceptionDraft, list[int]] = {}
    yield f"# ── 指标与大事，按段落 {_RULE}\n\n"
    for draft in drafts:
        for metric in draft.metrics:
            yield _metric(metric, draft)
        for milestone in draft.milestones:
            yield _milestone(milestone, draft)
        for exception in draft.exceptions:
            exceptions.setdefault(exception, []).append(draft.paragraph)
    yield f"# ── 不是数据的数字 {_RULE}\n\n"
    for exception, paragraphs in exceptions.items():
        yield exception_entry(exception, paragraphs)


def string(words: str) -> str:
    """*words* as a TOML string."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _strings(words: Iterable[str]) -> str:
    return "[" + ", ".join(string(word) for word in words) + "]"


def _review(reason: str | None) -> str:
    return f"  # review: {reason}" if reason else ""


def _head(outline: Outline) -> str:
    doubts = outline.doubts
    return (
        "# 由 shkc draft 起草。标有“# review:”的行须人工核对；name_en 暂为拼音，须译出。\n"
        "# 核对后用 shkc check 和 shkc verify 检查；各字段的含义见 docs/fact-file.md。\n"
        "format = 1\n\n[report]\n"
        f"id = {string(outline.id)}\n"
        f"title = {string(outline.title)}{_review(doubts.get('title'))}\n"
        f"title_en = {string(TO_BE_TRANSLATED)}{_review('待译')}\n"
        f"publisher = {string(outline.publisher)}{_review(doubts.get('publisher'))}\n"
        f"publisher_en = {string(TO_BE_FILLED_IN_EN)}{_review('待译')}\n"
        f"year = {outline.year}{_review(doubts.get('year'))}\n"
        f"scope = {string(outline.scope)}{_review(doubts.get('scope'))}\n"
        f"scope_en = {string(outline.scope_en or _english_place(outline.scope))}"
        f"{_review(None if outline.scope_en else '拼音，待核')}\n\n"
        f"# ── 栏目，按原文顺序 {_RULE}\n\n"
    )


def _english_place(scope: str) -> str:
    return "".join(pinyin(scope)).capitalize() if scope != TO_BE_FILLED_IN else TO_BE_FILLED_IN_EN


def _section(section: SectionDraft, root: bool) -> str:
    short = section.title if len(section.title) <= _SHORT_TITLE else section.title[:_SHORT_TITLE]
    lines = [
        "[[section]]",
        f"id = {string(section.id)}",
        f"number = {string(section.number)}",
        f"title = {string(section.title)}",
        f"short = {string(short)}{_review('截自标题' if short != section.title else None)}",
        f"short_en = {string('Report' if root else english(short))}{_review('拼音，待译')}",
    ]
    if section.parent is not None:
        lines.append(f"parent = {string(section.parent)}")
    return "\n".join(lines) + "\n\n"


def _metric(metric: MetricDraft, draft: ParagraphDraft) -> str:
    identity = metric.identity
    lines = [f"# 起草：{'待核' if metric.doubts else '可信'}，存疑 {metric.doubt:.2f}"]
    lines += [f"# {identity.source}"] if identity.source else []
    lines += [f"# review: {doubt}" for doubt in metric.doubts]
    lines += [
        "[[metric]]",
        f"id = {string(metric.id)}",
        f"name = {string(metric.name)}",
        f"name_en = {string(identity.name_en)}{_review(None if identity.english_is_known else '拼音，待译')}",
    ]
    lines += [f"aliases = {_strings(identity.aliases)}"] if identity.aliases else []
    lines += [f"series = {string(identity.series)}"] if identity.series else []
    lines += [
        f"section = {string(draft.section)}",
        f"paragraph = {draft.paragraph}",
        f"excerpt = {string(metric.excerpt)}",
        f"value = {metric.value:f}",
    ]
    if metric.upper is not None:
        lines.append(f"upper = {metric.upper:f}")
    lines.append(f"unit = {string(metric.unit)}")
    if metric.qualifiers:
        lines.append(f"qualifiers = {_strings(metric.qualifiers)}")
    if metric.change is not None:
        lines.append(f"change = {_part(metric.change, 'basis')}")
    if metric.share is not None:
        lines.append(f"share = {_part(metric.share, 'of')}")
    if metric.rank is not None:
        rank = metric.rank
        lines.append(f"rank = {{ value = {rank.value:f}, of = {string(rank.word)}, excerpt = {string(rank.excerpt)} }}")
    if identity.measure:
        lines.append(f"measure = {string(identity.measure)}")
    if metric.period is not None:
        day = metric.period.count("-") == 2
        lines.append(f"{'as_of' if day else 'period'} = {string(metric.period)}")
    if metric.note is not None:
        lines += [f"note = {string(metric.note.zh)}", f"note_en = {string(metric.note.en)}"]
    lines += _relations(metric)
    return "\n".join(lines) + "\n\n"


def _relations(metric: MetricDraft) -> Iterator[str]:
    """The line of the relations of *metric*, if it has any; what the sentence says comes before an earlier report."""
    found: dict[str, list[str]] = {}
    if metric.part_of is not None:
        found["part-of"] = [metric.part_of]
    for kind, target in metric.relations:
        if target != metric.part_of:
            found.setdefault(kind, []).append(target)
    if found:
        yield f"relations = {{ {', '.join(f'{kind} = {_strings(targets)}' for kind, targets in found.items())} }}"


def _part(part: PartDraft, key: str) -> str:
    return (
        f"{{ value = {part.value:f}, unit = {string(part.unit)}, {key} = {string(part.word)}, "
        f"excerpt = {string(part.excerpt)} }}"
    )


def _milestone(milestone: MilestoneEntry, draft: ParagraphDraft) -> str:
    lines = ["# 起草：可信" if milestone.settled else f"# 起草：待核，存疑 {milestone.doubt:.2f}"]
    lines += [f"# {milestone.source}"] if milestone.source else []
    lines += [] if milestone.settled else [f"# review: 大事建议（{milestone.reason}）"]
    lines += [
        "[[milestone]]",
        f"id = {string(milestone.id)}",
        f"name = {string(milestone.name)}",
        f"name_en = {string(milestone.name_en)}{_review(None if milestone.english_is_known else '拼音，待译')}",
        f"category = {string(milestone.category)}",
        f"section = {string(draft.section)}",
        f"paragraph = {draft.paragraph}",
        f"excerpt = {string(milestone.excerpt)}",
        f"official_names = {_strings(milestone.official_names)}",
    ]
    if milestone.date is not None:
        lines.append(f"date = {string(milestone.date)}")
    if milestone.planned:
        lines.append("planned = true")
    return "\n".join(lines) + "\n\n"


def exception_entry(exception: ExceptionDraft, paragraphs: list[int]) -> str:
    """The entry of *exception*, which stands in *paragraphs*."""
    numbers = ", ".join(str(number) for number in dict.fromkeys(paragraphs))
    return (
        "[[exception]]\n"
        f"text = {string(exception.text)}\n"
        f"paragraphs = [{numbers}]\n"
        f"reason = {string(exception.reason)}{_review('请确认它不是数据' if exception.doubtful else None)}\n\n"
    )
