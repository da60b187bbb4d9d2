"""The walls of the house: what each package may import, and what a lookup may load."""

from __future__ import annotations

import ast
from functools import cache
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
    "mcp",
    "anyio",
    "shkc.agents",
    "shkc.output.cite",
    "xlsxwriter",
    "shkc.output.export",
    "pypdfium2",
    "pyarrow",
    "duckdb",
    "distributed",
    "fsspec",
    "shkc.store.warehouse",
)
LEAVES = {"errors", "language", "files", "paths"}
"""Modules without a package of their own, which every package may import."""

ALLOWED = {
    "errors": {"language"},
    "language": set(),
    "files": {"errors", "language", "paths"},
    "paths": {"errors", "language"},
    "text": {*LEAVES},
    "facts": {"text", *LEAVES},
    "draft": {"facts", "text", *LEAVES},
    "store": {"facts", "text", *LEAVES},
    "search": {"text", *LEAVES},
    "output": {"facts", "text", *LEAVES},
    "retrieval": {"search", "store", "facts", *LEAVES},
    "conditions": {"store", "output", "text", *LEAVES},
    "base": {"conditions", "retrieval", "store", "facts", *LEAVES},
    "agents": {"base", "conditions", "output", "facts", *LEAVES},
    "mcp": {"agents", "base", *LEAVES},
    "cli": {"base", "conditions", "mcp", "output", "draft", "facts", "text", *LEAVES},
    "__init__": {"base"},
    "__main__": {"cli", "errors", "language"},
}
"""The packages of shkc that each package may import. Data moves from text to output, never back."""

ONLY = {
    "rich": {"output/terminal", "output/progress"},
    "tomli": {"facts/load", "text/glossary", "draft/rules", "text/documents/html"},
    "pypdfium2": {"text/documents/pdf"},
    "tomllib": set(),
    "sqlite3": {
        *(f"store/{name}" for name in ("build", "index", "names", "open", "postings", "read", "schema", "write")),
        *(f"store/warehouse/{name}" for name in ("names", "read", "warehouse")),
        "output/export/sqlite",  # a database of another's, for Datasette
    },
    "typer": {f"cli/{path.stem}" for path in (PACKAGE / "cli").glob("*.py")},
    "click": set(),
    "pypinyin": {"text/sounds", "draft/ids"},
    "opencc": {"text/scripts"},
    "cn2an": {"text/numerals"},
    "rapidfuzz": set(),
    "matplotlib": {"output/plot"},
    "xlsxwriter": {"output/export/xlsx"},
    "mcp": {"mcp", "cli/serving"},  # the command imports shkc.mcp, which has the name of the SDK
    "anyio": {"mcp"},
    "pyarrow": {f"store/warehouse/{name}" for name in ("columns", "export", "part", "places")},
    "duckdb": {f"store/warehouse/{name}" for name in ("read", "warehouse")},
    "distributed": {"store/warehouse/run"},
    "fsspec": {"store/warehouse/places"},
    "platformdirs": set(),
    "subprocess": {"cli/reviewing"},  # the editor of the user
    "socket": set(),
    "urllib": set(),
}
"""The modules of shkc that may import each package from elsewhere."""

MOST_LINES = 450
"""Of a module: what is longer has two subjects."""

MOST_LINES_OF_FUNCTION = 40

MODULES = sorted(str(path.relative_to(PACKAGE).with_suffix("")) for path in PACKAGE.rglob("*.py"))


@cache
def tree(module: str) -> ast.Module:
    """The syntax tree of *module*."""
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Everything that *module* imports, at its top or inside, for types too; modules of shkc as their paths."""
    found: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports are not used"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found.update(name if _path(name) in MODULES else str(node.module) for name in names)
    return frozenset(_path(name) if name.startswith("shkc") else name.split(".")[0] for name in found)


def _path(name: str) -> str:
    """The path below the package of the module *name*."""
    return name.removeprefix("shkc").removeprefix(".").replace(".", "/") or "__init__"


def package_of(module: str) -> str:
    """The package that *module* is in, its own name outside of all."""
    return module.split("/", maxsplit=1)[0]


def test_every_package_has_its_row() -> None:
    """A new package is put into the table on purpose."""
    assert {package_of(module) for module in MODULES} == ALLOWED.keys()


NOT_YET: dict[str, set[str]] = {
    "walls": set(),
    "lines": set(),
}
"""Modules that are still to be cut."""


def modules(rule: str) -> list[object]:
    """Every module, those that do not keep *rule* yet marked so."""
    mark = pytest.mark.xfail(reason="still to be cut")
    return [pytest.param(module, marks=mark) if module in NOT_YET[rule] else module for module in MODULES]


@pytest.mark.parametrize("module", modules("walls"))
def test_a_module_imports_only_what_its_package_may(module: str) -> None:
    """No package knows what its row of the table leaves out."""
    own = {package_of(name) for name in imports(module) if name in MODULES}
    assert own <= {*ALLOWED[package_of(module)], package_of(module)}


@pytest.mark.parametrize("package", ONLY)
def test_a_package_from_elsewhere_is_imported_only_where_it_belongs(package: str) -> None:
    """Rich draws in one module, TOML is read in one, and so on."""
    assert {module for module in MODULES if package in imports(module)} <= ONLY[package]


def test_imports_make_no_circle() -> None:
    """Modules can be put in an order in which each imports only those before it."""
    left = {module: {name for name in imports(module) if name in MODULES} - {module} for module in MODULES}
    while ready := [module for module, needed in left.items() if not needed & left.keys()]:
        for module in ready:
            del left[module]
    assert left == {}


@pytest.mark.parametrize("module", modules("lines"))
def test_a_module_can_be_read_at_once(module: str) -> None:
    """No module has more than 450 lines, no function more than 40."""
    assert len((PACKAGE / f"{module}.py").read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    functions = [node for node in ast.walk(tree(module)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_FUNCTION} == {}


COMMANDS = [
    node
    for module in MODULES
    if package_of(module) == "cli"
    for node in tree(module).body
    if isinstance(node, ast.FunctionDef) and node.decorator_list
]


@pytest.mark.parametrize("function", COMMANDS, ids=lambda node: node.name)
def test_a_command_is_short(function: ast.FunctionDef) -> None:
    """A command is parse, one query, one render: at most about 20 lines behind its signature and docstring."""
    assert function.end_lineno is not None
    assert function.end_lineno - (function.body[0].end_lineno or 0) <= 23


LOADED = "print([name for name in sys.argv[1].split(',') if name in sys.modules], file=sys.stderr)"


@pytest.mark.parametrize("module", ["shkc", "shkc.cli.app"])
def test_importing_loads_nothing_slow(module: str) -> None:
    """What is slow to import waits until it is needed."""
    assert python(f"import sys, {module}\n{LOADED}", ",".join(SLOW)).err == "[]\n"


RUN = """
import sys
from shkc.cli.app import application
for call in sys.argv[2:]:
    words = call.split("|")
    try:
        application(words)(words)
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
    """With an index in place, JSON needs only the standard library and Typer; the vocabulary of questions is TOML."""
    assert shkc("list").status == 0
    answer = python(RUN + LOADED, ",".join(name for name in SLOW if name != "tomli"), *LOOKUPS)
    assert answer.err == "[]\n"
    assert answer.out.count("[\n{") == len(LOOKUPS)


def test_a_missed_lookup_loads_no_language_data() -> None:
    """What is misspelt, in traditional characters or not there at all needs no pinyin data and no conversion."""
    assert shkc("list").status == 0
    calls = ("metric|技术何同成交额|--json", "metric|技術合同成交額|--json", "metric|陆家嘴论坛嘉宾|--json")
    answer = python(RUN + LOADED, "pypinyin,opencc,cn2an", *calls)
    assert answer.err.splitlines()[-1] == "[]"


def test_a_warm_table_loads_no_language_data() -> None:
    """Tables load Rich and msgspec, but no pinyin, no character conversion, no TOML."""
    assert shkc("list").status == 0
    calls = ("metric|技术合同成交额", "sections", "show|technology-contract-value", "list|-f|csv")
    assert python(RUN + LOADED, "pypinyin,opencc,cn2an,tomli", *calls).err == "[]\n"


def test_the_bundled_facts_are_in_the_wheel() -> None:
    """An installed shkc finds its facts in the package, a source tree above it."""
    from shkc import paths

    package = Path(paths.__file__).parent
    bundled = paths.bundled_facts()
    assert bundled == (ROOT if package == ROOT / "src" / "shkc" else package) / "facts.toml"
    assert bundled.read_bytes() == (ROOT / "facts.toml").read_bytes()
    assert '"facts.toml" = "shkc/facts.toml"' in Path(ROOT / "pyproject.toml").read_text(encoding="utf-8")
