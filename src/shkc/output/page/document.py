"""The page as one HTML document.

Its policy lets it run its own script and style, known by their hashes, and load nothing. The script may set text only:
the policy has browsers that know trusted types refuse to read any text as HTML.
"""

from __future__ import annotations

import html
from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from importlib.resources import files
from string import Template

import msgspec

from shkc.facts.load import FactFileContent
from shkc.facts.verify import Proof
from shkc.language import Language, Text
from shkc.output.page.content import content

SCRIPTS = ("texts.js", "search.js", "chart.js", "card.js", "proof.js", "page.js")
"""In the order in which they make one script."""


def document(contents: Sequence[FactFileContent], proof: Proof | None, language: Language, accessed: date) -> bytes:
    """The HTML document of the facts in *contents*, in UTF-8, which begins in *language*.

    Its citations of online reports have *accessed* as the day of access.

    With *proof*, it holds the text of the report, too.
    """
    style = _asset("page.css")
    script = "\n".join(map(_asset, SCRIPTS))
    data = msgspec.json.encode(content(contents, proof, language, accessed)).decode()
    page = Template(_asset("page.html")).substitute(
        language="zh-CN" if language is Language.zh else "en",
        title=html.escape(_title(contents).to(language)),
        policy=_policy(script, style),
        style=style,
        # The only characters that could end the element or begin a comment in it.
        data=data.replace("<", "\\u003c"),
        script=script,
    )
    return page.encode()


def _title(contents: Sequence[FactFileContent]) -> Text:
    reports = {each.report.id: each.report for each in contents}
    if len(reports) == 1:
        (report,) = reports.values()
        return Text(report.title, report.title_en)
    return Text(f"{len(reports)} 份报告的事实", f"Facts of {len(reports)} reports")


def _policy(script: str, style: str) -> str:
    return (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files("shkc.output.page").joinpath(name).read_text(encoding="utf-8")
