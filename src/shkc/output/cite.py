"""Citations of facts: the report in six styles, with the paragraph as the place.

Styles for people follow GB/T 7714-2015 (4.6 and 8.4), the Publication Manual of the APA (7th edition) and the Chicago
Manual of Style (17th edition, author-date); the others are data for reference managers. What a report's fact file does
not say is left out, nothing is made up in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from shkc.language import Language, Text
from shkc.output import figures
from shkc.output.labels import QUALIFIERS
from shkc.output.view import View, of_values

if TYPE_CHECKING:
    from shkc.facts.model import Citation, CitationStyle, Fact, Report
    from shkc.output.view import Canvas


class Cited(NamedTuple):
    """A fact and the report that it is of."""

    fact: Fact
    report: Report


class Work(NamedTuple):
    """A report as it is cited in one language, on the day that it was *accessed*.

    Its publisher is its author. *published* is as exact as the fact file: 2024, 2024-03 or 2024-03-01.
    """

    key: str
    language: Language
    author: str
    title: str
    place: str | None
    published: str | None
    url: str | None
    accessed: date

    @property
    def year(self) -> str | None:
        """The year of publication."""
        return self.published and self.published[:4]

    def worded(self, text: Text) -> str:
        """*text* in the language of the citation."""
        return text.to(self.language)


def work(report: Report, language: Language, accessed: date) -> Work:
    """*report* as it is cited in *language*."""
    english = language is Language.en
    return Work(
        key=report.id,
        language=language,
        author=report.publisher_en if english else report.publisher,
        title=report.title_en if english else report.title,
        place=(report.place_en or report.place) if english else report.place,
        published=report.published,
        url=report.url,
        accessed=accessed,
    )


def _place(paragraph: int) -> Text:
    return Text(f"第{paragraph}段", f"para. {paragraph}")


def _day(day: date) -> Text:
    return Text(f"{day.year}年{day.month}月{day.day}日", f"{day:%B} {day.day}, {day.year}")


def _ended(text: str) -> str:
    """*text* with a full stop, unless it ends with a mark of its own."""
    return text if text.endswith((".", "?", "!", "？", "！")) else f"{text}."


# ── Styles for people ───────────────────────────────────────────────────────────────────────────────


class Wording(NamedTuple):
    """A citation as people read it: the entry of the list of references, and what stands in the text, if anything."""

    reference: str
    in_text: str | None = None


def _gb7714(cited: Work, paragraph: int) -> Wording:
    """GB/T 7714-2015: a printed report without a place of publication says so (8.4.1), an electronic one need not."""
    place = cited.place or (None if cited.url else f"[{cited.worded(Text('出版地不详', 'S.l.'))}]")
    imprint = f"{place}: {cited.author}" if place else cited.author
    year = f", {cited.year}" if cited.year else ""
    where = f": {cited.worded(_place(paragraph))}"
    begin = f"{_ended(cited.author)} {cited.title}"
    if cited.url is None:
        return Wording(f"{begin}[R]. {imprint}{year}{where}.")
    day = f"({cited.published})" if cited.published != cited.year else ""
    return Wording(f"{begin}[R/OL]. {imprint}{year}{where}{day}[{cited.accessed}]. {cited.url}.")


_NO_DATE = Text("不详", "n.d.")


def _apa(cited: Work, paragraph: int) -> Wording:
    """APA 7: a publisher that is the author is not named again (9.29)."""
    year = cited.year or cited.worded(_NO_DATE)
    where = ""
    if cited.url and cited.year:
        where = f" {cited.url}"
    elif cited.url:
        day = _day(cited.accessed)
        where = cited.worded(
            Text(f" 取读于 {day.zh}, 从 {cited.url}", f" Retrieved {day.en}, from {cited.url}"),
        )
    return Wording(
        f"{_ended(cited.author)} ({year}). {_ended(cited.title)}{where}",
        f"({cited.author}, {year}, {cited.worded(_place(paragraph))})",
    )


def _chicago(cited: Work, paragraph: int) -> Wording:
    """Chicago, author-date."""
    year = cited.year or cited.worded(_NO_DATE)
    parts = [
        _ended(cited.author),
        _ended(year),
        cited.worded(Text(f"《{cited.title}》.", f"“{_ended(cited.title)}”")),
        _ended(f"{cited.place}: {cited.author}" if cited.place else cited.author),
    ]
    if cited.url and not cited.year:
        day = _day(cited.accessed)
        parts.append(cited.worded(Text(f"见于 {day.zh}.", f"Accessed {day.en}.")))
    if cited.url:
        parts.append(f"{cited.url}.")
    between = " " if cited.year else ", "
    return Wording(" ".join(parts), f"({cited.author}{between}{year}, {cited.worded(_place(paragraph))})")


# ── Data for reference managers ─────────────────────────────────────────────────────────────────────


class Place(NamedTuple):
    """Where a report states a fact: the fact's id, what it says, and the paragraph."""

    id: str
    fact: str
    paragraph: int


def _bibtex(cited: Work, places: Sequence[Place]) -> str:
    """An entry for BibTeX and biblatex; how each fact is cited stands above it, where both read no entry."""
    month = int(cited.published[5:7]) if cited.published and cited.published != cited.year else None
    fields = {
        "author": f"{{{_tex(cited.author)}}}",  # braces: one name, not a first and a last one
        "title": f"{{{_tex(cited.title)}}}",
        "institution": _tex(cited.author),
        "address": cited.place and _tex(cited.place),
        "year": cited.year,
        "month": month and str(month),
        "date": cited.published,
        "url": cited.url and "".join(_IN_URL.get(character, character) for character in cited.url),
        "urldate": cited.url and str(cited.accessed),
        "langid": cited.worded(Text("chinese", "english")),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    comments = [f"% {place.id}: \\cite[{cited.worded(_place(place.paragraph))}]{{{cited.key}}}" for place in places]
    return "\n".join([*comments, f"@techreport{{{cited.key},", ",\n".join(lines), "}"])


_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    character: f"\\{character}" for character in "&%$#_{}"
}


_IN_URL = {"\\": "%5C", "{": "%7B", "}": "%7D"}
"""What would end the field; no address has it but as this (RFC 3986)."""


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _ris(cited: Work, places: Sequence[Place]) -> str:
    """An entry of RIS (Research Information Systems, 2011): two letters, two spaces, a hyphen, a space, the value."""
    lines = [
        ("TY", "RPRT"),
        ("ID", cited.key),
        ("AU", cited.author),
        ("TI", cited.title),
        ("PB", cited.author),
        ("CY", cited.place),
        ("PY", cited.year),
        ("DA", cited.published and cited.published.replace("-", "/")),
        ("UR", cited.url),
        ("Y2", cited.url and f"{cited.accessed:%Y/%m/%d}"),
        ("LA", cited.language.value),
        *(("N1", f"{place.id}: {place.fact}, {cited.worded(_place(place.paragraph))}") for place in places),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])


def _csl(cited: Work, places: Sequence[Place]) -> str:
    """An item of CSL-JSON 1.0.2. It has no place for a locator of its own, so that stands in `custom`."""
    import msgspec

    item = {
        "id": cited.key,
        "type": "report",
        "language": cited.worded(Text("zh-CN", "en-US")),
        "author": [{"literal": cited.author}],
        "title": cited.title,
        "publisher": cited.author,
        "publisher-place": cited.place,
        "issued": cited.published and _date_parts(cited.published),
        "URL": cited.url,
        "accessed": cited.url and _date_parts(str(cited.accessed)),
        "custom": {
            "facts": [
                {"id": place.id, "text": place.fact, "label": "paragraph", "locator": str(place.paragraph)}
                for place in places
            ]
        },
    }
    return msgspec.json.format(msgspec.json.encode({k: v for k, v in item.items() if v is not None})).decode()


def _date_parts(published: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in published.split("-")]]}


# ── The table of styles ─────────────────────────────────────────────────────────────────────────────


Prose = Callable[[Work, int], Wording]
"""Words the citation of a paragraph."""
Data = Callable[[Work, Sequence[Place]], str]
"""Writes the entry of a report, of which facts in these places are cited."""

PROSE: Mapping[CitationStyle, Prose] = {"gb7714": _gb7714, "apa": _apa, "chicago": _chicago}
DATA: Mapping[CitationStyle, tuple[Data, Callable[[Iterable[str]], str]]] = {
    "bibtex": (_bibtex, "\n\n".join),
    "ris": (_ris, "\n\n".join),
    "csl-json": (_csl, lambda items: f"[{','.join(items)}]"),
}
"""For each style of data its entry, and how entries make a document."""


def citations(found: Iterable[Cited], style: CitationStyle, language: Language, accessed: date) -> list[Citation]:
    """The citation of each fact in *style*, of one that is named twice once; equal references have one number."""
    from shkc.facts.model import Citation

    numbers: dict[str, int] = {}
    made: dict[tuple[str, str], Citation] = {}
    for fact, report in found:
        if (report.id, fact.id) in made:
            continue
        known = work(report, language, accessed)
        if style in PROSE:
            wording = PROSE[style](known, fact.source.paragraph)
        else:
            wording = Wording(DATA[style][0](known, [_place_of(fact, language)]))
        made[report.id, fact.id] = Citation(
            id=fact.id,
            kind=fact.kind,
            statement=statement(fact, language),
            style=style,
            language=language.value,
            number=numbers.setdefault(wording.reference, len(numbers) + 1),
            reference=wording.reference,
            in_text=wording.in_text,
            report=report.title,
            report_en=report.title_en,
            paragraph=fact.source.paragraph,
        )
    return list(made.values())


def _place_of(fact: Fact, language: Language) -> Place:
    return Place(fact.id, statement(fact, language), fact.source.paragraph)


def statement(fact: Fact, language: Language) -> str:
    """What *fact* says: its name and, if it has one, its figure; that it is cumulative is said once."""
    name = figures.name(fact, language)
    if fact.kind == "milestone":
        return name
    said = QUALIFIERS["cumulative"].to(language) in name.lower()
    display = Text(fact.display, fact.display_en).to(language)
    return name + Text("：", ": ").to(language) + (display if said else figures.figure(fact, language))


def reference(cited: Cited, language: Language, accessed: date) -> str:
    """The reference to the place of one fact by the national standard."""
    return _gb7714(work(cited.report, language, accessed), cited.fact.source.paragraph).reference


def line(cited: Cited, language: Language) -> str:
    """The fact and its citation on one line, by the national standard, as of today."""
    return statement(cited.fact, language) + Text("。", ". ").to(language) + reference(cited, language, date.today())


def lacking(reports: Iterable[Report], *, accessed_given: bool) -> Iterator[Text]:
    """What the fact files of *reports* do not say that a citation has, and where to write it, one line for each."""
    for report in {each.id: each for each in reports}.values():
        names = {"place": report.place, "published": report.published, "url": report.url}
        keys = [name for name, said in names.items() if not said]
        if keys:
            examples = ", ".join(f'{key} = "{_EXAMPLES[key]}"' for key in keys)
            yield Text(
                f"《{report.title}》的事实文件没有写 {'、'.join(keys)}，引文中也没有；可在其 [report] 中加：{examples}",
                f"the fact file of “{report.title_en}” has no {', '.join(keys)}, so the citation has none; "
                f"add to its [report]: {examples}",
            )
        if accessed_given and not report.url:
            yield Text(
                f"--accessed 没有用上：《{report.title}》没有网址",
                f"--accessed is not used: “{report.title_en}” has no address",
            )


_EXAMPLES = {"place": "…", "published": "YYYY-MM-DD", "url": "https://…"}


# ── The view ────────────────────────────────────────────────────────────────────────────────────────


def view(found: Sequence[Cited], style: CitationStyle, language: Language, accessed: date) -> View:
    """The view of the facts *found*, cited in *style*."""
    from shkc.facts.model import Citation

    def draw(rows: Sequence[Citation], language: Language, canvas: Canvas) -> Iterator[str]:
        if not rows:
            return iter(())
        if style in PROSE:
            return iter([_list(rows)])
        cited = {row.id for row in rows}
        return iter([_document([each for each in found if each.fact.id in cited], style, language, accessed) + "\n"])

    whole = of_values(Citation, citations(found, style, language, accessed), draw)
    shown = ("id", "number", "reference", "in_text")
    columns = [field._replace(needed=bool) for field in whole.fields if field.key in shown]
    lines = {
        "value": lambda row, language: row.reference,
        "display": lambda row, language: row.statement,
        "cite": lambda row, language: f"{row.statement}{Text('。', '. ').to(language)}{row.reference}",
    }
    return whole._replace(columns=columns, lines=lines)


def _list(rows: Sequence[Citation]) -> str:
    """What is cited, a line each, with what stands in the text behind it; below, each reference once.

    In the national standard that is the number of the reference; the other styles list by author, without numbers.
    """
    numbered = rows[0].in_text is None
    told = [f"{row.statement}[{row.number}]" if numbered else f"{row.statement} {row.in_text}" for row in rows]
    listed = {row.number: row.reference for row in rows}
    references = [f"[{number}] {reference}" if numbered else reference for number, reference in listed.items()]
    return "\n".join([*told, "", *references, ""])


def _document(found: Sequence[Cited], style: CitationStyle, language: Language, accessed: date) -> str:
    """The entries of the reports of *found* in a style of data, one for each report."""
    entry, joined = DATA[style]
    places: dict[str, dict[str, Place]] = {}
    for fact, source in found:
        places.setdefault(source.id, {})[fact.id] = _place_of(fact, language)
    works = {each.report.id: work(each.report, language, accessed) for each in found}
    return joined(entry(works[key], list(places[key].values())) for key in works)
