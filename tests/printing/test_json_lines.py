"""With logs as JSON every line on stderr is JSON, however a command ends, and names nobody."""

from __future__ import annotations

import json
import logging
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.upkeep import logs
from tests.journeys.desk import AT_SEND, Folder, killed_environment


@pytest.fixture
def json_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    monkeypatch.chdir(tmp_path)
    kept = logging.lastResort
    folder = Folder(tmp_path).ready(readers=3)
    with folder.config.open("a") as config:
        config.write('\n[logs]\nformat = "json"\n')
    yield folder
    logging.lastResort = kept


def spoil(folder: Folder) -> None:
    for ending in ("-wal", "-shm"):
        (folder.root / f"digest.db{ending}").unlink(missing_ok=True)
    (folder.root / "digest.db").write_bytes(b"ana@list.example " * 500)


def forget_a_table(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.root / "digest.db")) as database, database:
        database.execute("ALTER TABLE edition RENAME TO elsewhere")


def leave(_folder: Folder) -> None:
    """Break nothing."""


@pytest.mark.parametrize(
    ("break_it", "words", "code"),
    [
        pytest.param(leave, ("run", "morning"), Exit.DONE, id="a day"),
        pytest.param(leave, ("status",), Exit.DONE, id="status"),
        pytest.param(leave, ("schedule", "--once"), Exit.DONE, id="schedule"),
        pytest.param(leave, ("audit", "morning/2020-01-01"), Exit.BAD_DATA, id="no such edition"),
        pytest.param(leave, ("worker", "--once"), Exit.CONFIGURATION, id="no PostgreSQL"),
        pytest.param(spoil, ("run", "morning"), Exit.CONFIGURATION, id="spoiled"),
        pytest.param(forget_a_table, ("run", "morning"), Exit.CONFIGURATION, id="a table is gone"),
        pytest.param(
            leave,
            ("subscribers", "unsubscribe", "nobody@list.example"),
            Exit.BAD_DATA,
            id="an unknown reader",
        ),
    ],
)
def test_every_line_is_json_and_names_nobody(
    json_folder: Folder, break_it: Callable[[Folder], None], words: tuple[str, ...], code: Exit
) -> None:
    break_it(json_folder)

    said = json_folder(*words, now=AT_SEND)
    lines = [json.loads(line) for line in said.err.splitlines()]

    assert said.code == code
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    assert bool(lines) or code == Exit.DONE
    assert "@list.example" not in said.err.replace("***@list.example", "")


def test_what_a_library_warns_of_is_json_too() -> None:
    program = (
        "import logging; from digest.upkeep import logs; logs.as_json(); "
        "logging.getLogger('procrastinate').warning('a job of ana@list.example')"
    )

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=killed_environment(),
    )

    (line,) = (json.loads(one) for one in done.stderr.splitlines())
    assert (line["logger"], line["message"]) == ("procrastinate", "a job of a***@list.example")
    assert not logs.is_json("nobody's")
