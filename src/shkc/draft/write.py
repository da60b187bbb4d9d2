"""A draft as the text of a fact file, piece by piece, laid out like one that was written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shkc.draft.entries import ExceptionDraft, MetricDraft, MilestoneEntry, ParagraphDraft, PartDraft
from shkc.draft.ids import english, pinyin
from shkc.draft.outline import Outline, SectionDraft
from shkc.draft.unfilled import TO_BE_FILLED_IN, TO_BE_FILLED_IN_EN, TO_BE_TRANSLATED
from shkc.facts.doubts import MARK

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
    return f"  {MARK} {reason}" if reason else ""


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
    fields = _fields(
        id=string(section.id),
        number=string(section.number),
        title=string(section.title),
        short=string(short) + _review("截自标题" if short != section.title else None),
        short_en=string("Report" if root else english(short)) + _review("拼音，待译"),
        parent=section.parent and string(section.parent),
    )
    return "\n".join(("[[section]]", *fields)) + "\n\n"


def _metric(metric: MetricDraft, draft: ParagraphDraft) -> str:
    identity = metric.identity
    lines = [f"# 起草：{'待核' if metric.doubts else '可信'}，存疑 {metric.doubt:.2f}"]
    lines += [f"# {identity.source}"] if identity.source else []
    lines += [f"{MARK} {doubt}" for doubt in metric.doubts]
    rank, period, note = metric.rank, metric.period, metric.note
    of_a_day = period is not None and period.count("-") == 2
    lines += [
        "[[metric]]",
        *_fields(
            id=string(metric.id),
            name=string(metric.name),
            name_en=string(identity.name_en) + _review(None if identity.english_is_known else "拼音，待译"),
            aliases=identity.aliases and _strings(identity.aliases),
            search_terms=identity.search_terms and _strings(identity.search_terms),
            series=identity.series and string(identity.series),
            section=string(draft.section),
            paragraph=str(draft.paragraph),
            excerpt=string(metric.excerpt),
            value=f"{metric.value:f}",
            upper=metric.upper is not None and f"{metric.upper:f}",
            unit=string(metric.unit),
            qualifiers=metric.qualifiers and _strings(metric.qualifiers),
            change=metric.change and _part(metric.change, "basis"),
            share=metric.share and _part(metric.share, "of"),
            rank=rank and f"{{ value = {rank.value:f}, of = {string(rank.word)}, excerpt = {string(rank.excerpt)} }}",
            measure=identity.measure and string(identity.measure),
            **{"as_of" if of_a_day else "period": period and string(period)},
            note=note and string(note.zh),
            note_en=note and string(note.en),
            relations=_relations(metric),
        ),
    ]
    return "\n".join(lines) + "\n\n"


def _fields(**fields: object) -> Iterator[str]:
    """A line for each of *fields* that is there: its key and its value."""
    return (f"{key} = {value}" for key, value in fields.items() if value)


def _relations(metric: MetricDraft) -> str:
    """The relations of *metric*, if it has any; what the sentence says comes before an earlier report."""
    found: dict[str, list[str]] = {}
    if metric.part_of is not None:
        found["part-of"] = [metric.part_of]
    for kind, target in metric.relations:
        if target != metric.part_of:
            found.setdefault(kind, []).append(target)
    told = ", ".join(f"{kind} = {_strings(targets)}" for kind, targets in found.items())
    return f"{{ {told} }}" if found else ""


def _part(part: PartDraft, key: str) -> str:
    return (
        f"{{ value = {part.value:f}, unit = {string(part.unit)}, {key} = {string(part.word)}, "
        f"excerpt = {string(part.excerpt)} }}"
    )


def _milestone(milestone: MilestoneEntry, draft: ParagraphDraft) -> str:
    lines = ["# 起草：可信" if milestone.settled else f"# 起草：待核，存疑 {milestone.doubt:.2f}"]
    lines += [f"# {milestone.source}"] if milestone.source else []
    lines += [] if milestone.settled else [f"{MARK} 大事建议（{milestone.reason}）"]
    lines += [
        "[[milestone]]",
        *_fields(
            id=string(milestone.id),
            name=string(milestone.name),
            name_en=string(milestone.name_en) + _review(None if milestone.english_is_known else "拼音，待译"),
            category=string(milestone.category),
            section=string(draft.section),
            paragraph=str(draft.paragraph),
            excerpt=string(milestone.excerpt),
            official_names=_strings(milestone.official_names),
            date=milestone.date and string(milestone.date),
            planned=milestone.planned and "true",
        ),
    ]
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
