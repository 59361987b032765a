"""docs/architecture.md and CONTRIBUTING.md, held against the tree that they describe."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md"))

IN_MARKS = re.compile(r"`([\w./-]+(?:/|\.(?:py|md|html|toml|txt)))`")
FROM_THE_TOP = re.compile(r"\b(?:digest|subscribers|templates|tests|docs|benchmarks)/[\w./-]*[\w/]")


def rows(heading: str) -> list[str]:
    """Return the rows of the table below a heading."""
    part = ARCHITECTURE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("| ")][1:]


def rooms_of(row: str) -> list[Path]:
    """Return the folders that a row is about."""
    return [ROOT / name for name in IN_MARKS.findall(row.split(" | ", maxsplit=1)[0])]


def named() -> Iterator[Path]:
    """Yield every path that the page names: from the top, and in the rooms' rows from their room."""
    told = rows("Floors and rooms")
    for row in told:
        for name in IN_MARKS.findall(row):
            bases = [ROOT, *rooms_of(row)]
            yield next((base / name for base in bases if (base / name).exists()), ROOT / name)
    for line in ARCHITECTURE.splitlines():
        if line not in told:
            yield from (ROOT / name for name in FROM_THE_TOP.findall(line))
            yield from (ROOT / name for name in IN_MARKS.findall(line))


def test_every_path_that_the_page_names_exists() -> None:
    missing = {str(path.relative_to(ROOT)) for path in named() if not path.exists()}

    assert missing == set()


def test_every_room_is_named() -> None:
    packages = {
        path.parent for top in ("digest", "subscribers") for path in (ROOT / top).rglob("__init__.py")
    }
    told = set(named()) | {ROOT / "digest"}

    assert {str(path.relative_to(ROOT)) for path in packages - told} == set()


def test_the_floors_are_those_of_the_contract() -> None:
    block = ARCHITECTURE.partition("```\n")[2].partition("```")[0]
    lines = [re.split(r" {2,}", line)[0].split(" | ") for line in block.splitlines()]
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = [re.findall(r"\w+", layer) for layer in contracts[0]["layers"]]

    assert lines == layers[1:]


def test_twelve_everyday_changes_have_their_place() -> None:
    changes = rows("Where do I change …")

    assert len(changes) >= 12
    for row in changes:
        assert FROM_THE_TOP.search(row), row


@pytest.mark.parametrize(
    ("text", "most"),
    [pytest.param(ARCHITECTURE, 90, id="architecture"), pytest.param(CONTRIBUTING, 60, id="contributing")],
)
def test_each_is_a_page(text: str, most: int) -> None:
    assert len(text.splitlines()) <= most


def test_the_readme_points_to_both() -> None:
    assert "](docs/architecture.md)" in README
    assert "](CONTRIBUTING.md)" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_of_ours_that_a_page_names_exists(page: Path) -> None:
    named_files = {name for name in FROM_THE_TOP.findall(page.read_text()) if re.search(r"\.\w+$", name)}

    assert {name for name in named_files if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_of_ours_that_a_page_runs_is_there(page: Path) -> None:
    for name in re.findall(r"python -m ((?:tests|benchmarks|digest)[\w.]*)", page.read_text()):
        path = ROOT / name.rstrip(".").replace(".", "/")
        assert path.with_suffix(".py").exists() or (path / "__main__.py").exists(), f"{page.name}: {name}"


def test_every_target_that_contributors_are_told_to_make_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"^make ([a-z]+)", CONTRIBUTING, re.MULTILINE)) <= targets
