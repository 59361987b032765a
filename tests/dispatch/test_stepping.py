"""A crash at each step of freeze, sending and close, by real transports; `make soak` takes every step."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from digest.storage.database import migrate
from tests.postgres import PostgresServer
from tests.soak.lines import Line
from tests.soak.stepping import LONGEST, step_through

EVERY = 11


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["smtp", "sendgrid"])
@pytest.mark.parametrize(
    ("engine", "processes"), [("sqlite", 2), pytest.param("postgresql", 4, marks=pytest.mark.postgres)]
)
def test_wherever_processes_die_nobody_is_lost_and_nobody_doubled(
    request: pytest.FixtureRequest,
    migrated_sqlite: Path,
    tmp_path: Path,
    engine: str,
    processes: int,
    kind: str,
) -> None:
    if engine == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'digest.db')}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.create()
        request.addfinalizer(lambda: server.drop(name))
        url = server.url(name)
        migrate(url)
    line = Line(engine, processes, kind)
    odd: list[str] = []

    last = step_through(line, url, steps=range(1, LONGEST, EVERY), told=odd.append)

    assert (odd, line.is_good) == ([], True), str(line)
    assert last > EVERY, "an edition has more steps than that"
    assert line.kills >= line.processes
    assert line.frozen == line.sent + line.held
