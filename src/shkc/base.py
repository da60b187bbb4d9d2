"""A fact base opened for questions: the fact files found, their index kept current, answers as values.

The one door for the command line, Python and agents.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

from shkc import paths, retrieval
from shkc.errors import LeftOut, UsageError
from shkc.retrieval import Findings, Hit
from shkc.store.index import opened
from shkc.store.read import Reader
from shkc.store.selection import Selection
from shkc.store.store import Store

if TYPE_CHECKING:
    from shkc.facts.model import (
        DetailedMetric,
        DetailedMilestone,
        Details,
        Fact,
        Metric,
        Milestone,
        Report,
        ReportCount,
        SectionCount,
        TrendMetric,
    )
    from shkc.store.upkeep import KeptIndex

    Facts = list[Fact]

__all__ = [
    "FactBase",
    "Findings",
    "Hit",
    "Selection",
    "kept_indexes",
    "open",
    "open_in",
    "remove_indexes",
    "to_json",
    "write_warehouse",
]

Words = str | Iterable[str]
"""One word or several."""

OTHER_KIND = {"metric": "milestone", "milestone": "metric"}

LONGEST_QUESTION = 10_000
"""Characters: more than a page. What is longer is a file in the place of a question."""


def open(
    facts: str | Path | Iterable[str | Path] = (),
    progress: paths.Progress | None = None,
) -> "FactBase":
    """Open the bundled fact base, or that of *facts*: a file or folder or several, ``+PATH`` to add to the bundled one.

    *progress* is told how far the building of an index is. A file that is wrong or cannot be read is left out, see
    `FactBase.left_out`. Raises `shkc.errors.FactsError` when none is right or a path is missing.
    """
    return open_in(os.environ, facts, progress)


def open_in(
    environment: Mapping[str, str],
    facts: str | Path | Iterable[str | Path] = (),
    progress: paths.Progress | None = None,
) -> "FactBase":
    """As `open`, in an *environment* of its own: SHKC_FACTS and SHKC_CACHE_DIR are read from it."""
    chosen = [facts] if isinstance(facts, (str, Path)) else facts
    files = paths.fact_paths([str(path) for path in chosen], environment)
    return FactBase(files, paths.cache_folder(environment).path, progress)


def to_json(facts: Iterable[object]) -> str:
    """*facts*, or citations, rows of a trend and the like, as the commands print them with ``--json``: an array.

    Every digit is as printed; `shkc schema` describes it.
    """
    from shkc.facts.records import record_of

    return f"[{','.join(record_of(fact).decode() for fact in facts)}]"


def kept_indexes() -> tuple[paths.CacheFolder, "Sequence[KeptIndex]"]:
    """Where indexes are kept, and those that are, the last used first."""
    from shkc.store import upkeep

    folder = upkeep.where(paths.cache_folder(os.environ))
    return folder, upkeep.kept(folder.path) if folder.path else ()


def remove_indexes() -> None:
    """Remove all indexes; the next question builds one again."""
    from shkc.store import upkeep

    folder = upkeep.where(paths.cache_folder(os.environ)).path
    if folder:
        upkeep.remove(folder)


def write_warehouse(
    facts: Iterable[str],
    address: str,
    *,
    force: bool = False,
    cluster: str | None = None,
    progress: paths.Progress | None = None,
) -> Sequence[LeftOut]:
    """Write *facts*, as for `open`, as a warehouse to *address*, a folder or ``s3://…``: the files that are left out.

    On all cores, or on the Dask *cluster* at this address. Raises `UsageError` when something is there and not *force*,
    `FactsError` when no file is right, `WarehouseError` when it cannot be written.
    """
    from shkc.store.warehouse.places import file_system

    file_system(address)  # without the extra, that is told
    from shkc.store.warehouse.export import export

    files = paths.fact_files(paths.fact_paths(list(facts), os.environ))
    return export(files, address, force=force, cluster=cluster, progress=progress)


class FactBase:
    """A fact base that answers questions.

    *facts* are the files and folders to read, or one warehouse; *cache* the folder of the index, None to keep it in
    memory. It answers in the thread that has opened it; each thread opens one of its own.
    """

    def __init__(self, facts: Sequence[str | Path], cache: Path | None, progress: paths.Progress | None = None) -> None:
        self._opened = opened(facts, cache, progress)
        self._thread = get_ident()

    @property
    def _store(self) -> Store:
        """What answers. Raises `UsageError` in another thread, in which SQLite answers nothing."""
        if get_ident() != self._thread:
            raise UsageError(
                "FactBase 只能在打开它的线程里用；每个线程各自 shkc.open()",
                "a FactBase answers in the thread that has opened it; call shkc.open() in each",
            )
        return self._opened

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """The files that are wrong and of which no answer is; empty when all are right."""
        return self._store.left_out

    # ── Questions ───────────────────────────────────────────────────────────────────────────────────

    def find(self, question: str, kind: str | None = None) -> Findings:
        """The facts of *kind*, of both kinds when None, that answer *question*.

        Raises `UsageError` when *question* is empty or longer than `LONGEST_QUESTION`, and for another kind.
        """
        _refuse(question, kind)
        return self._found(question, kind)

    def _found(self, question: str, kind: str | None, understood: Findings | None = None) -> Findings:
        named = self.named(question, kind)
        return self._ranked(question, kind, understood) if named is None else Findings(named)

    def named(self, question: str, kind: str | None = None) -> Iterator[Hit] | None:
        """The facts of *kind* that *question* names exactly; None when there is none."""
        return self._store.stream(partial(retrieval.named, query=question, kind=kind))

    def records(self, question: str, kind: str | None = None) -> Iterator[bytes]:
        """The JSON records of what `find` finds, without scores and reasons. Raises `UsageError` as that does."""
        _refuse(question, kind)

        def named(reader: Reader) -> Iterator[bytes]:
            return chain.from_iterable(records for _, records in reader.named(question, kind))

        found = self._store.stream(named)
        return (hit.record for hit in self._ranked(question, kind).hits) if found is None else found

    def _ranked(self, question: str, kind: str | None, understood: Findings | None = None) -> Findings:
        def begin(reader: Reader) -> Findings:
            return retrieval.ranked(reader, question, kind, understood)

        def of_other_kind() -> Iterator[Hit]:
            return self._found(question, OTHER_KIND[kind], findings).hits if kind else iter(())

        findings = self._store.ask(begin)
        hits = self._store.continued(findings.hits, lambda reader: begin(reader).hits)
        return Findings(hits, lambda: findings.near, findings.computed, findings.question, of_other_kind)

    def metric(self, *words: str) -> "list[Metric]":
        """The figures that *words* name, best match first."""
        return self._facts(words, "metric")  # type: ignore[return-value] # all are of that kind

    def milestone(self, *words: str) -> "list[Milestone]":
        """The milestones that *words* name, best match first."""
        return self._facts(words, "milestone")  # type: ignore[return-value] # all are of that kind

    def search(self, *words: str) -> "Facts":
        """The figures and milestones that *words* name, best match first."""
        return self._facts(words, None)

    def _facts(self, words: Sequence[str], kind: str | None) -> "Facts":
        from shkc.facts.records import decode

        return [decode(record) for record in self.records(" ".join(words), kind)]

    # ── Facts by id and by selection ────────────────────────────────────────────────────────────────

    def show(self, fact: str) -> "Sequence[DetailedMetric | DetailedMilestone]":
        """All that is known about the fact with this id or exact name, what follows from its figure included.

        One for each report that has it, the newest first; empty when none has.
        """
        return self._store.ask(partial(retrieval.detailed, name=fact))

    def trend(self, *words: str) -> "Sequence[TrendMetric]":
        """The figure that *words* name best across reports: a series for each place, by year; empty when none is it."""
        return self.trend_of(self.find(" ".join(words), "metric").hits)[0]

    def trend_of(self, hits: Iterable[Hit]) -> "tuple[Sequence[TrendMetric], Sequence[Metric]]":
        """As `trend`, for the figures that a question has found; with all of these, best match first."""
        from shkc.facts import trend
        from shkc.facts.records import decode

        known = {hit.record: decode(hit.record) for hit in hits}
        matches: list[Metric] = list(known.values())  # type: ignore[arg-type] # all are of that kind
        return trend.rows(
            matches, lambda name: self._store.ask(partial(retrieval.stated, name=name, known=known))
        ), matches

    def list(
        self,
        section: Words = (),
        kind: str | None = None,
        *,
        category: Words = (),
        measure: Words = (),
        unit: Words = (),
        has: Words = (),
        min: str | None = None,  # noqa: A002 # as the option is called
        max: str | None = None,  # noqa: A002 # as above
        sort: str = "report",
        limit: int | None = None,
    ) -> "Facts":
        """The facts that meet all conditions, those of ``shkc list``; without any, all.

        Each takes the words that its option takes, one or several: of several sections (id, number, title or part of
        it; subsections included), categories, measures and units facts are of any, and figures have all parts of *has*.
        *sort* is report, name, value or growth. Raises `UsageError` for a word that means nothing.
        """
        from shkc.conditions import Conditions
        from shkc.facts.records import decode

        section, category, measure, unit, has = map(_several, (section, category, measure, unit, has))
        conditions = Conditions(section, kind, category, measure, unit, has, min, max, sort)
        return [decode(record) for record in self.select(conditions.selection(self)._replace(limit=limit))]

    def select(self, selection: Selection) -> Iterator[bytes]:
        """The JSON records that *selection* picks. Raises `UsageError` for a section that no report has."""
        return self._store.stream(partial(Reader.browse, selection=selection)) or iter(())

    def select_whole(self, selection: Selection) -> "Iterator[tuple[str, Fact, Details]]":
        """As `select`: the id of the report, and each fact with all that its file says about it."""
        from shkc.facts.records import decode, decode_details

        found = self._store.stream(partial(Reader.browse_whole, selection=selection)) or iter(())
        return ((report, decode(record), decode_details(details)) for report, record, details in found)

    def sections(self) -> "Sequence[SectionCount]":
        """Every section in the order of the reports, with the number of facts in it."""
        return [section for _, section in self.sections_of_reports()]

    def sections_of_reports(self) -> "Sequence[tuple[str, SectionCount]]":
        """As `sections`, each with the id of its report."""
        return self._store.ask(Reader.sections)

    def sections_called(self, name: str) -> Sequence[str]:
        """The ids of the sections that *name* is the title of, short or whole."""
        return self._store.ask(partial(Reader.sections_called, name=name))

    def reports(self) -> "Sequence[ReportCount]":
        """Every report that is loaded, the newest first, with the number of its facts."""
        return self._store.ask(_reports)

    def report_of(self, fact: "Fact") -> "Report":
        """The report that *fact*, one of this base, is of."""
        return self._store.ask(partial(_report_of, fact=fact))

    def details_of(self, fact: "Fact") -> "Details":
        """What is known about *fact*, one of this base, beyond its contract: evidence, relations, aliases."""
        return self._store.ask(partial(_details_of, fact=fact))

    def is_current(self) -> bool:
        """Whether the fact files are still as they were when this base was opened. Raises `FactsError`.

        What a pipe held is: it cannot be read again.
        """
        return self._store.is_current()

    def nearest_ids(self, name: str) -> Sequence[str]:
        """The fact ids that are spelt most like *name*."""
        return self._store.ask(partial(Reader.nearest_ids, name=name))

    def ids_beginning(self, start: str) -> Sequence[tuple[str, str]]:
        """The fact ids that begin with *start*, with a Chinese name of each."""
        return self._store.ask(partial(Reader.ids_beginning, start=start))

    def names_beginning(self, start: str) -> Sequence[tuple[str, str]]:
        """The names of facts, in both languages, that begin with *start*, each with the id of a fact."""
        return self._store.ask(partial(Reader.names_beginning, start=start))

    def units(self) -> Sequence[str]:
        """The printed units of the figures, the commonest first."""
        return self._store.ask(Reader.units)

    def categories(self) -> Sequence[str]:
        """The categories of the milestones, the commonest first."""
        return self._store.ask(Reader.categories)

    def has_several_reports(self) -> bool:
        """Whether facts of more than one report are loaded."""
        return self._store.ask(Reader.has_several_reports)


def _several(words: Words) -> Sequence[str]:
    return [words] if isinstance(words, str) else [*words]


def _refuse(question: str, kind: str | None) -> None:
    """Raise `UsageError` for a *question* that is none, and for a *kind* that there is not."""
    if not question.strip():
        raise UsageError("查询是空的；请给出要找的名称", "the query is empty; say what to look for")
    if len(question) > LONGEST_QUESTION:
        raise UsageError(
            f"查询有 {len(question)} 个字符，最多 {LONGEST_QUESTION} 个",
            f"the query has {len(question)} characters, and may have {LONGEST_QUESTION}",
        )
    if kind not in (None, "metric", "milestone"):
        raise UsageError(f"没有种类“{kind}”；有：metric、milestone", f"no kind “{kind}”; there are metric, milestone")


def _reports(reader: Reader) -> "list[ReportCount]":
    from msgspec.structs import asdict

    from shkc.facts.model import ReportCount
    from shkc.facts.records import decode_report

    return [
        ReportCount(**asdict(decode_report(record)), metrics=metrics, milestones=milestones)
        for record, metrics, milestones in reader.reports()
    ]


def _details_of(reader: Reader, fact: "Fact") -> "Details":
    from shkc.facts.records import decode, decode_details

    found = ((decode(record), details) for _, record, details in reader.records_named(fact.id))
    return decode_details(next(details for same, details in found if (same.id, same.source) == (fact.id, fact.source)))


def _report_of(reader: Reader, fact: "Fact") -> "Report":
    from shkc.facts.records import decode_report

    source = fact.source
    found = map(decode_report, reader.reports_of(fact.id, source.report, source.year))
    return next(report for report in found if report.publisher == source.publisher)
