"""The walls of the house: what each module may import, and what a lookup may load."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from support import ROOT, python, shkc

PACKAGE = ROOT / "src" / "shkc"
SLOW = (
    "rich",
    "msgspec",
    "pypinyin",
    "opencc",
    "rapidfuzz",
    "cn2an",
    "tomli",
    "jieba",
    "pydantic",
    "jsonschema",
    "platformdirs",
    "matplotlib",
)
ALLOWED = {
    "__init__": {"library"},
    "__main__": {"cli"},
    "language": set(),
    "errors": {"language"},
    "model": set(),
    "thesaurus": set(),
    "terms": set(),
    "quantity": set(),
    "paths": {"errors", "language"},
    "factbase": {"errors", "language", "model", "quantity"},
    "derive": {"model", "quantity"},
    "indexing": {"errors", "factbase", "model", "paths", "quantity", "records", "terms"},
    "index": {"indexing", "paths"},
    "lookup": {"errors", "language", "model", "terms"},
    "query": {"errors", "language", "lookup", "model", "terms", "thesaurus"},
    "records": {"derive", "lookup", "model"},
    "library": {"index", "lookup", "model", "paths", "query", "records", "trend"},
    "trend": {"derive", "model"},
    "diff": {"factbase", "model"},
    "files": {"errors", "language"},
    "plot": {"errors", "files", "language", "model", "quantity", "trend"},
    "render": {"language", "model", "records", "trend"},
    "source": {"errors", "language"},
    "verify": {"factbase", "language", "model", "quantity"},
    "schemas": {"factbase", "model"},
    "batch": {"language", "library"},
    "draft": {"drafting", "errors", "files", "language", "source"},
    "cli": {
        "draft",
        "batch",
        "diff",
        "errors",
        "factbase",
        "index",
        "language",
        "library",
        "lookup",
        "model",
        "paths",
        "plot",
        "quantity",
        "query",
        "records",
        "render",
        "schemas",
        "source",
        "trend",
        "verify",
    },
}
"""The modules of shkc that each module may import; data moves from the fact file to the output, never back."""

ONLY = {
    "rich": {"render"},
    "tomli": {"factbase"},
    "tomllib": set(),
    "sqlite3": {"index", "indexing", "library", "lookup", "query", "records"},
    "typer": {"cli"},
    "click": set(),
    "msgspec": {"factbase", "model", "records", "render", "schemas"},
    "pypinyin": {"terms", "drafting/naming"},
    "opencc": {"terms"},
    "cn2an": {"quantity"},
    "matplotlib": {"plot"},
    "platformdirs": {"paths"},
    "json": {"batch"},
    "subprocess": set(),
    "socket": set(),
    "urllib": set(),
}
"""The modules of shkc that may import each package."""

MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


DRAFTING = {
    "wording": {"quantity"},
    "scanning": {"factbase", "quantity"},
    "relating": {"quantity", "scanning", "wording"},
    "naming": {"quantity", "relating", "wording"},
    "outline": {"factbase", "naming", "quantity"},
    "evidence": {"factbase", "quantity", "scanning"},
    "milestones": {"factbase", "quantity"},
    "entries": {"evidence", "factbase", "milestones", "naming", "quantity", "relating", "scanning"},
    "writing": {"entries", "naming", "outline"},
}
"""What each step of a draft may import of shkc, other steps included."""


def imports(module: str) -> set[str]:
    """Everything that *module* imports, at its top or inside, for types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not used"
            packages = ("shkc", "shkc.drafting")
            found.update(f"{node.module}.{alias.name}" for alias in node.names if node.module in packages)
            found.add(node.module or "")
    return found - {"shkc"}


def test_every_module_has_its_row() -> None:
    """A new module is put into the table on purpose."""
    assert sorted(ALLOWED) == MODULES


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_its_row_allows(module: str) -> None:
    """No module knows what its row of the design leaves out."""
    own = {name.split(".")[1] for name in imports(module) if name.startswith("shkc.")}
    assert own <= ALLOWED[module]


def test_every_step_of_a_draft_has_its_row() -> None:
    """`__init__.py` has nothing but its docstring."""
    assert sorted([*DRAFTING, "__init__"]) == sorted(path.stem for path in (PACKAGE / "drafting").glob("*.py"))
    assert imports("drafting/__init__") == set()


@pytest.mark.parametrize("step", DRAFTING)
def test_a_step_of_a_draft_imports_only_what_its_row_allows(step: str) -> None:
    """Each step knows those before it and the rules of quantities, no more."""
    own = {name.split(".")[-1 if "drafting" in name else 1] for name in imports(f"drafting/{step}") if "shkc." in name}
    assert own & {*DRAFTING, *ALLOWED} - {"drafting"} <= DRAFTING[step]


@pytest.mark.parametrize("package", ONLY)
def test_a_package_is_imported_only_where_it_belongs(package: str) -> None:
    """Rich draws in one module, TOML is read in one, and so on."""
    modules = [*MODULES, *(f"drafting/{step}" for step in DRAFTING)]
    users = {module for module in modules if package in {name.split(".")[0] for name in imports(module)}}
    assert users <= ONLY[package]


def test_imports_make_no_circle() -> None:
    """Modules can be put in an order in which each imports only those before it."""
    left = {**ALLOWED, **{f"drafting/{step}": {f"drafting/{other}" for other in row} for step, row in DRAFTING.items()}}
    while ready := [module for module, needed in left.items() if not needed & left.keys()]:
        for module in ready:
            del left[module]
    assert left == {}


@pytest.mark.parametrize(
    "function",
    [
        node
        for node in ast.parse((PACKAGE / "cli.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ],
    ids=lambda node: node.name,
)
def test_a_command_is_short(function: ast.FunctionDef) -> None:
    """A command is parse, one query, one render: at most about 20 lines behind its signature and docstring."""
    assert function.end_lineno is not None
    assert function.end_lineno - (function.body[0].end_lineno or 0) <= 22


LOADED = "print([name for name in sys.argv[1].split(',') if name in sys.modules], file=sys.stderr)"


@pytest.mark.parametrize("module", ["shkc", "shkc.cli"])
def test_importing_loads_nothing_slow(module: str) -> None:
    """What is slow to import waits until it is needed."""
    assert python(f"import sys, {module}\n{LOADED}", ",".join(SLOW)).err == "[]\n"


RUN = """
import sys
from shkc.cli import app
for call in sys.argv[2:]:
    try:
        app(call.split("|"))
    except SystemExit:
        pass
"""
LOOKUPS = (
    "metric|技术合同成交额|--json",
    "metric|技术合同|--json",
    "metric|4850亿元|--json",
    "search|新增院士|--json",
    "milestone|浦江创新论坛|--json",
    "list|--json",
)


def test_a_warm_lookup_loads_nothing_slow() -> None:
    """With an index in place, lookups that print JSON need only the standard library and Typer."""
    assert shkc("list").status == 0
    answer = python(RUN + LOADED, ",".join(SLOW), *LOOKUPS)
    assert answer.err == "[]\n"
    assert answer.out.count("[\n{") == len(LOOKUPS)


def test_a_warm_table_loads_no_language_data() -> None:
    """Tables load Rich and msgspec, but no pinyin, no character conversion, no TOML."""
    assert shkc("list").status == 0
    calls = ("metric|技术合同成交额", "sections", "show|technology-contract-value", "list|-f|csv")
    assert python(RUN + LOADED, "pypinyin,opencc,rapidfuzz,cn2an,tomli", *calls).err == "[]\n"


def test_the_bundled_facts_are_in_the_wheel() -> None:
    """An installed shkc finds its facts in the package, a source tree above it."""
    from shkc import paths

    assert paths.bundled_facts() == ROOT / "facts.toml"
    assert '"facts.toml" = "shkc/facts.toml"' in Path(ROOT / "pyproject.toml").read_text(encoding="utf-8")
