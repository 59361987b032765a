"""The size of things: no room too full, no module too long, no function either, and no import circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("digest", "subscribers", "tests", "benchmarks")
MOST_MODULES = 20
MOST_LINES = 400
MOST_LINES_OF_95_PERCENT = 30
LOOSE = {"__init__", "__main__", "errors", "installing", "plugins"}


def modules(*tops: str) -> Iterator[Path]:
    for top in tops:
        yield from (path for path in (ROOT / top).rglob("*.py") if "node_modules" not in path.parts)


def test_four_modules_at_most_stand_beside_the_rooms() -> None:
    assert {path.stem for path in (ROOT / "digest").glob("*.py")} <= LOOSE


def test_no_folder_is_too_full() -> None:
    """Migrations are left out: they only ever grow."""
    counts: dict[str, int] = {}
    for path in modules(*OURS):
        if path.name != "__init__.py" and path.parent.name != "versions":
            folder = str(path.parent.relative_to(ROOT))
            counts[folder] = counts.get(folder, 0) + 1

    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


def test_no_module_is_too_long() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*OURS)
    }

    assert {path: length for path, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("top", OURS)
def test_most_functions_are_short(top: str) -> None:
    lengths = sorted(
        (each.end_lineno or each.lineno) - each.lineno + 1
        for path in modules(top)
        for each in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )

    assert lengths[int(len(lengths) * 0.95)] <= MOST_LINES_OF_95_PERCENT


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(source: str, known: set[str]) -> Iterator[str]:
    """Yield the modules of ours that a module's source imports, wherever in it."""
    for each in ast.walk(ast.parse(source)):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names if alias.name in known)
        elif isinstance(each, ast.ImportFrom) and each.module:
            for alias in each.names:
                inner = f"{each.module}.{alias.name}"
                if inner in known or each.module in known:
                    yield inner if inner in known else each.module


def circle(graph: dict[str, set[str]]) -> set[str]:
    """Return modules that import each other in a circle; none where there is no circle."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return set(error.args[1])
    return set()


def test_no_import_goes_in_a_circle() -> None:
    paths = {name_of(path): path for path in modules("digest", "subscribers")}
    graph = {
        name: set(imported(path.read_text(encoding="utf-8"), set(paths))) - {name}
        for name, path in paths.items()
    }

    assert len(graph) > 300
    assert sum(len(targets) for targets in graph.values()) > 1000
    assert circle(graph) == set()


@pytest.mark.parametrize(
    ("sources", "found"),
    [
        pytest.param({"a": "import b", "b": "import c", "c": ""}, set(), id="a line"),
        pytest.param({"a": "import b", "b": "import a", "c": "import a"}, {"a", "b"}, id="two"),
        pytest.param(
            {"a": "from b import x", "b": "def f():\n    import a"}, {"a", "b"}, id="in a function"
        ),
        pytest.param(
            {"a": "import b", "b": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a"},
            {"a", "b"},
            id="for types only",
        ),
        pytest.param(
            {"p": "from p.m import x", "p.m": "from p import y"},
            {"p", "p.m"},
            id="a package and its module",
        ),
    ],
)
def test_a_circle_is_found_wherever_its_imports_stand(sources: dict[str, str], found: set[str]) -> None:
    graph = {name: set(imported(source, set(sources))) - {name} for name, source in sources.items()}

    assert circle(graph) == found
