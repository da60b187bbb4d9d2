"""What goes into the index for each fact: its record, and the forms that its names are found by.

Imported only while an index is built: it loads pinyin data.
"""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import lru_cache, partial
from hashlib import blake2b
from itertools import islice
from multiprocessing import parent_process
from threading import Thread
from typing import Any, NamedTuple, TypeVar

import msgspec

from shkc.errors import FactsError, Problem
from shkc.facts.load import FactFileContent, Record, load
from shkc.facts.model import Details, Fact, Metric, Milestone, Section, years_of
from shkc.facts.records import record_of
from shkc.paths import FactFile, read
from shkc.store.schema import with_checksum
from shkc.text import name_entry, name_forms, periods, quantity, words

Given = TypeVar("Given")
Made = TypeVar("Made")

WORTH_PROCESSES = 32
"""Files from which on other processes read faster than they start."""

BATCH = 16
"""Files that a process is handed at once."""

REMEMBERED = 5000
"""Names whose forms are kept while files are read: the reports of a place have the same names every year."""

_NO_DETAILS = b"{}"
"""Empty details. Decoding supplies the defaults."""

_CATEGORY_WORDS = {
    "policy": "政策 文件 办法 方案 条例 规划 policy document rules",
    "institution": "机构 单位 institution body",
    "facility": "设施 装置 园区 facility",
    "platform": "平台 platform",
    "programme": "计划 项目 专项 资金 programme program project fund",
    "product": "产品 product",
    "achievement": "成果 突破 achievement breakthrough",
    "event": "活动 会议 大会 event conference",
    "cooperation": "合作 cooperation",
    "reform": "改革 试点 机制 reform pilot",
    "honour": "荣誉 honour honor",
}


class NamingRow(NamedTuple):
    """The columns of the table `naming` that a search reads, in its order."""

    kind: str
    quantity_kind: str
    measure: str
    of_years: bool
    is_planned: bool
    is_hedged: bool
    part_of: str
    names: str
    phrases: str
    pinyin: str
    support: str
    related: str


class PreparedNaming(NamedTuple):
    """A naming ready to be written: what it is told from others by, its row of the table, what it is found by."""

    identity: str
    row: NamingRow
    exact: tuple[tuple[str, int], ...]
    grams: str
    """Each once, with spaces between."""
    phrase_grams: str
    """Those by which it is found, too, and that do not count as words of names."""

    @property
    def found_by(self) -> Sequence[str]:
        """All that it is found by, each once."""
        return (*self.grams.split(), *self.phrase_grams.split())


class PreparedFile(NamedTuple):
    """A fact file ready to be written, or what is wrong with it; *digest* is that of its content.

    Plain tuples, because they pass from process to process: a fact begins with the number of its naming in *namings*
    and the id of its section; a number is its digits, the place of its fact in *facts*, and its unit.
    """

    file: FactFile
    digest: str
    problems: tuple[Problem, ...]
    report: tuple[Any, ...] = ()
    sections: tuple[Section, ...] = ()
    namings: tuple[PreparedNaming, ...] = ()
    facts: tuple[tuple[Any, ...], ...] = ()
    numbers: tuple[tuple[str, int, str], ...] = ()


def content_of(file: FactFile) -> bytes:
    """The bytes of *file*. Raises `FactsError`."""
    return read(file.path) if file.content is None else file.content


def digest_of(data: bytes) -> str:
    """What tells *data* from any other content."""
    return blake2b(data, digest_size=16).hexdigest()


def prepared(files: Sequence[FactFile]) -> Iterator[PreparedFile]:
    """Each of *files* read and made ready, in order; on all cores where there are enough of them."""
    cores = os.cpu_count() or 1
    if len(files) < WORTH_PROCESSES or cores == 1:
        yield from map(prepare, files)
        return
    batches = (files[start : start + BATCH] for start in range(0, len(files), BATCH))
    for ready in in_processes(_prepare_batch, batches, cores):
        yield from ready


def in_processes(function: Callable[[Given], Made], given: Iterator[Given], cores: int) -> Iterator[Made]:
    """What *function* makes of each of *given*, in order, on so many *cores*."""
    pool = ProcessPoolExecutor(cores, initializer=_begin_reading)
    submitted = partial(_submitted, pool, function)
    try:
        # Only so many at once, so that what is ready does not pile up in memory.
        waiting = deque(map(submitted, islice(given, 2 * cores)))
        while waiting:
            ready = waiting.popleft().result()
            waiting.extend(map(submitted, islice(given, 1)))
            yield ready
    except BaseException:  # Ctrl-C waits for nobody
        pool.shutdown(wait=False)
        raise
    pool.shutdown()


_OF_THE_PARENT = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""Signals that a terminal, or who ends a group of processes, sends to all of them, and the parent answers."""


def _submitted(pool: ProcessPoolExecutor, function: Callable[[Given], Made], given: Given) -> Future[Made]:
    """*given* for a process of *pool*, which is started here: one that no signal for the parent reaches."""
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(function, given)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _OF_THE_PARENT)
    try:
        return pool.submit(function, given)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin_reading() -> None:
    """Set up a process that only reads.

    What it reads makes no circles, and looking for them takes a quarter of the time. It ends with its parent, also when
    that is killed: left alone, it would hold the lock on the folder for ever. Ctrl-C in a terminal reaches every
    process; the parent tells what there is to tell. Whoever ends this process alone is obeyed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in _OF_THE_PARENT - {signal.SIGINT}:
        signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _OF_THE_PARENT)
    gc.disable()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent is not None  # the processes of a pool have one
    parent.join()
    os._exit(1)


def _prepare_batch(files: Sequence[FactFile]) -> list[PreparedFile]:
    return [prepare(file) for file in files]


def prepare(file: FactFile) -> PreparedFile:
    """Read *file* and make its facts ready to be written."""
    digest = ""
    try:
        data = content_of(file)
        digest = digest_of(data)
        content = load(file._replace(content=data))
    except FactsError as error:
        return PreparedFile(file, digest, error.problems)
    return prepared_of(file, digest, content)


def prepared_of(file: FactFile, digest: str, content: FactFileContent) -> PreparedFile:
    """The *content* of *file* made ready to be written."""
    report = content.report
    row = (report.id, report.title, report.title_en, report.year, words.compact(report.scope),
           words.compact(report.scope_en), with_checksum(record_of(report)))  # fmt: skip
    named = list(map(_naming_of, content.records))
    namings = {naming.identity: naming for naming in named}
    places = {identity: place for place, identity in enumerate(namings)}
    facts = tuple(
        (places[naming.identity], *_fact_row(*record)) for naming, record in zip(named, content.records, strict=True)
    )
    numbers = tuple(
        (digits, place, unit)
        for place, record in enumerate(content.records)
        if isinstance(record.fact, Metric)
        for digits, unit in printed_numbers(record.fact)
    )
    return PreparedFile(file, digest, (), row, content.sections, tuple(namings.values()), facts, numbers)


def _fact_row(fact: Fact, details: Details) -> tuple[object, ...]:
    metric = fact if isinstance(fact, Metric) else None
    return (
        fact.section.id, fact.kind, fact.id, details.series or fact.id, fact.source.paragraph, _years(fact)[1],
        metric.unit if metric else None,
        metric.normalized.unit if metric else None,
        float(metric.normalized.value) if metric else None,
        with_checksum(record_of(fact)),
        with_checksum(_NO_DETAILS if details == Details() else record_of(details)),
    )  # fmt: skip


class _Naming(NamedTuple):
    """What facts that are found alike have in common; *others* are aliases, search terms and official names.

    *related* are the names of what they are about and of their examples, *part_of* is the id of the figure that they
    are a part of, empty where there is none.
    """

    kind: str
    quantity_kind: str
    measure: str
    key: str
    name: str
    name_en: str
    others: tuple[str, ...]
    phrases: tuple[str, ...]
    context: str
    related: str
    part_of: str
    of_years: bool
    is_planned: bool
    is_hedged: bool


def _naming_of(record: Record) -> PreparedNaming:
    fact, details = record
    official = fact.official_names if isinstance(fact, Milestone) else ()
    qualifiers = fact.qualifiers if isinstance(fact, Metric) else ()
    return _prepare_naming(
        _Naming(
            kind=fact.kind,
            quantity_kind=_quantity_kind(fact),
            measure=_measure(fact),
            key=fact.id,
            name=fact.name,
            name_en=fact.name_en,
            others=(*details.aliases, *details.search_terms, *official),
            phrases=details.phrases,
            context=_context(fact, details),
            related=_related(fact, details),
            part_of=next((relation.id for relation in details.relations if relation.type == "part-of"), ""),
            of_years=len(set(_years(fact))) > 1,
            is_planned="target" in qualifiers,
            is_hedged=not {*qualifiers} <= {"cumulative", "target"},
        )
    )


def naming_of_identity(identity: str) -> PreparedNaming:
    """The naming that has *identity*."""
    return _prepare_naming(msgspec.json.decode(identity, type=_Naming))


@lru_cache(REMEMBERED)
def _prepare_naming(of: _Naming) -> PreparedNaming:
    forms = name_forms.forms(of.key, of.name, of.name_en, of.others, of.phrases, of.context)
    row = NamingRow(
        kind=of.kind,
        quantity_kind=of.quantity_kind,
        measure=of.measure,
        of_years=of.of_years,
        is_planned=of.is_planned,
        is_hedged=of.is_hedged,
        part_of=name_forms.searchable(of.part_of),
        names="\n".join(forms.names),
        phrases="\n".join(forms.phrases),
        pinyin="\n".join(forms.pinyin),
        support=forms.context_terms,
        related=name_forms.searchable(of.related),
    )
    grams = (" ".join(forms.grams), " ".join(forms.phrase_grams))
    return PreparedNaming(record_of(of).decode(), row, forms.exact, *grams)


def _related(fact: Fact, details: Details) -> str:
    """The names of what the figure *fact* is about, and of its examples."""
    if isinstance(fact, Milestone):
        return ""
    told = (relation for relation in details.relations if relation.type in ("about", "has-example"))
    return " ".join(name for relation in told for name in (relation.name, relation.name_en))


def _context(fact: Fact, details: Details) -> str:
    """Words that may stand in a question about *fact* but do not name it."""
    if isinstance(fact, Milestone):
        return " ".join((*details.who, *details.where, _CATEGORY_WORDS[fact.category], *_span_words(fact)))
    words = [_unit_words(fact.unit)] if _quantity_kind(fact) != "rank" else []  # a rank counts nothing
    if fact.change:
        words.append("增长 增长率 增速 增幅 同比 比上年 growth rate increase")
    if fact.share:
        words += [fact.share.of, "占比 占 比例 比重 份额 share percentage"]
    if fact.rank:
        words += [fact.rank.of, fact.rank.of_en or "", "排名 位次 名次 第几 rank ranking"]
    if "cumulative" in fact.qualifiers:
        words.append("累计 总共 cumulative total")
    if "target" in fact.qualifiers:
        words.append("目标 计划 target plan")
    return " ".join((*words, *_span_words(fact)))


def _span_words(fact: Fact) -> Iterator[str]:
    """What says that *fact* is of several years, and of which plan; nothing for a year or a part of one."""
    first, last = _years(fact)
    if first < last:
        yield "期间"
        yield from (plan for plan, begins in periods.PLANS.items() if (begins, begins + 4) == (first, last))


def _measure(fact: Fact) -> str:
    """What a figure is of: a flow, a stock, a count since the beginning …; empty where the report leaves it open."""
    return (fact.measure or "") if isinstance(fact, Metric) else ""


def _quantity_kind(fact: Fact) -> str:
    """What kind of quantity *fact* states: money, ratio, rank, count, or other; an event for a milestone."""
    if isinstance(fact, Milestone):
        return name_entry.EVENT
    if fact.measure == "rank":
        return "rank"
    dimension = quantity.dimension(fact.unit)
    if dimension == "money":
        return "money"
    if dimension in ("ratio", "points", "multiples"):
        return "ratio"
    return "count" if quantity.is_count(quantity.base_unit(fact.unit)) else "other"


@lru_cache(quantity.KNOWN_UNITS)
def _unit_words(unit: str) -> str:
    """What a question calls a quantity of *unit*: how many, how much money, what share."""
    _, base = quantity.scale_and_base(unit)
    if quantity.base_unit(base) == "CNY":
        return "金额 总额 额 规模 价值 多少钱 资金 元 total"
    if quantity.dimension(unit) == "money":
        return f"金额 总额 额 规模 价值 多少钱 资金 total {base} {' '.join(quantity.english(base))}"
    if base == "%":
        return "比例 比重 占比 比率 百分比 率 rate"
    people = "人数 总人数" if quantity.dimension(unit) == "people" or base == "人次" else ""
    return f"数量 数目 个数 规模 数 {base}数 {people}" if quantity.is_count(base) else ""


def _years(fact: Fact) -> tuple[int, int]:
    return years_of(fact.period if isinstance(fact, Metric) else fact.date)


def printed_numbers(metric: Metric) -> list[tuple[str, str]]:
    """The digits that a person may look for, with their units: the value as printed and in full, growth, share."""
    _, base = quantity.scale_and_base(metric.unit)
    values = [(metric.value, metric.unit), (metric.normalized.value, base)]
    values += [(part.value, part.unit) for part in (metric.change, metric.share) if part]
    return [(format(abs(value), "f"), unit) for value, unit in values]
