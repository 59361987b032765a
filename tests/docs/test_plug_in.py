"""The source that the how-to writes keeps a source's promises."""

from __future__ import annotations

import importlib
import os
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.ports import Memory
from tests.docs.blocks import DOCS, blocks_of

PAGE = list(blocks_of(DOCS / "how-to/plug-in.md"))
SOURCE, CHECK = [one.text for one in PAGE if one.language == "python"]
NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The page's module, on the path."""
    (tmp_path / "harbour_wire.py").write_text(SOURCE)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "harbour_wire", raising=False)
    return tmp_path


def test_the_check_that_the_page_shows_passes(package: Path) -> None:
    scope: dict[str, object] = {}
    exec(compile(CHECK, "test_wire.py", "exec"), scope)
    (check,) = [one for name, one in scope.items() if name.startswith("test_") and callable(one)]

    check(package)


def test_a_broken_file_costs_only_itself(package: Path) -> None:
    (package / "1.wire").write_text("Late ferry stays\n\nThe late boat goes on.\n\nTickets stay.\n")
    (package / "2.wire").write_bytes(b"\xff\xfe broken")
    (package / "3.wire").write_text("\n\n")
    os.utime(package / "1.wire", (NOW.timestamp() - 3600,) * 2)
    module = importlib.import_module("harbour_wire")

    found = module.WireSource("wire", str(package), "https://harbour.example").collect(Memory(), now=NOW)

    assert [one.title for one in found.articles] == ["Late ferry stays"]
    assert [one.where for one in found.problems] == ["2.wire", "3.wire"]


def test_the_entry_point_names_the_class() -> None:
    (declared,) = [tomllib.loads(one.text) for one in PAGE if one.language == "toml"]

    points = declared["project"]["entry-points"]["digest.sources"]

    assert points == {"harbour-wire": "harbour_wire:WireSource"}
    assert "class WireSource" in SOURCE
