"""A newsroom folder for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.desk import Folder
from tests.postgres import PostgresServer


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return Folder(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the newsroom's database is: in its folder, or on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/digest.db"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create_migrated()
    yield server.url(name)
    server.drop(name)
