"""A database that is away is told all the same: once by each channel, and once when it is there again."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.settings.loading import Loaded
from digest.upkeep import lookout
from digest.upkeep.alarms import of_the_database
from digest.upkeep.alarms.bell import bell_of
from tests.journeys.desk import Folder
from tests.transports.smtp.server import ScriptedServer, running
from tests.upkeep.receiver import Receiver, receiving
from tests.upkeep.stage import DEAD, MINUTE, SECRET, SEND


@dataclass
class Told:
    """A newsroom with a dead mail server, and three channels beside it."""

    folder: Folder
    receiver: Receiver
    server: ScriptedServer
    file: Path

    @property
    def loaded(self) -> Loaded:
        return Session(self.folder.config, as_json=False, rehearsed_now=None).load()

    def run(self, now: datetime) -> int:
        return self.folder("run", "morning", "--until", "collect", now=now.isoformat()).code

    @property
    def by_program(self) -> list[str]:
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        return [json.loads(line)["type"] for line in lines]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "told"
    program = f"import sys; open({str(file)!r}, 'a').write(sys.stdin.read() + chr(10))"
    folder = Folder(tmp_path).ready(transport=DEAD)
    with receiving() as receiver, running(ScriptedServer()) as server:
        with folder.config.open("a") as config:
            config.write(
                f'\n[alerts]\nurl = "{receiver.url}/alerts"\nsecret = "{SECRET}"\n'
                f"command = {json.dumps([sys.executable, '-c', program])}\n"
                f'[alerts.smtp]\nhost = "127.0.0.1"\nport = {server.port}\ntls = "none"\n'
                'sender = "Quay Gazette <alerts@gazette.example>"\nto = ["chief@desk.example"]\n'
            )
        yield Told(folder, receiver, server, file)


def spoil(folder: Folder) -> None:
    """Spoil all of the database but its first page, and keep it beside."""
    file = folder.root / "digest.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = file.read_bytes()
    for ending in ("-wal", "-shm"):
        (folder.root / f"digest.db{ending}").unlink(missing_ok=True)
    file.rename(folder.root / "kept.db")
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def overwrite(folder: Folder) -> None:
    """Spoil the first page: the file is no database any more."""
    for ending in ("-wal", "-shm"):
        (folder.root / f"digest.db{ending}").unlink(missing_ok=True)
    (folder.root / "digest.db").write_bytes(b"\xff" * 8192)


def make_old(folder: Folder) -> None:
    with closing(sqlite3.connect(folder.root / "digest.db")) as database, database:
        database.execute("UPDATE digest_version SET version_num = '0001'")


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        pytest.param(spoil, "put the latest backup back", id="spoiled"),
        pytest.param(overwrite, "put the latest backup back", id="overwritten"),
        pytest.param(make_old, "Run `digest migrate`", id="half migrated"),
    ],
)
def test_a_run_without_its_database_tells_each_channel_once(
    told: Told, break_it: Callable[[Folder], None], said: str
) -> None:
    break_it(told.folder)

    codes = [told.run(SEND + MINUTE * number) for number in (0, 10, 20)]

    assert all(codes)
    assert told.receiver.kinds == [("alert.opened", "database-away")]
    assert said in told.receiver.got[0].values["data"]["said"]
    assert [mail.recipient for mail in told.server.arrived] == ["chief@desk.example"]
    assert told.by_program == ["alert.opened"]


def test_that_it_is_there_again_is_told_once(told: Told) -> None:
    spoil(told.folder)
    told.run(SEND)
    (told.folder.root / "kept.db").replace(told.folder.root / "digest.db")

    for number in (10, 20):
        assert told.run(SEND + MINUTE * number) == Exit.DONE

    assert told.receiver.kinds == [("alert.opened", "database-away"), ("alert.closed", "database-away")]
    assert "away for 10 min" in told.receiver.got[1].values["data"]["said"]
    assert len(told.server.arrived) == 2
    assert told.by_program == ["alert.opened", "alert.closed"]
    assert not (told.folder.root / "digest.away").exists()


def test_a_channel_that_was_away_too_is_told_later(told: Told) -> None:
    spoil(told.folder)
    told.receiver.status = 503
    told.run(SEND)
    told.receiver.status = 200

    told.run(SEND + 10 * MINUTE)

    assert told.receiver.kinds == [("alert.opened", "database-away")] * 2
    assert len({one.headers["webhook-id"] for one in told.receiver.got}) == 1
    assert len(told.server.arrived) == 1


def test_whoever_looks_again_and_again_waits_a_minute(told: Told) -> None:
    loaded = told.loaded
    of_the_database.away(loaded, "gone", now=SEND)
    of_the_database.back(loaded, now=SEND + MINUTE)
    of_the_database.away(loaded, "gone", now=SEND + 2 * MINUTE)
    before = list(told.receiver.got)

    of_the_database.away(loaded, "gone", now=SEND + 3 * MINUTE)

    assert before == []
    assert told.receiver.kinds == [("alert.opened", "database-away")]


def test_a_look_that_loses_its_database_is_told(told: Told) -> None:
    with Session(told.folder.config, as_json=False, rehearsed_now=SEND).newsroom() as newsroom:
        bell = bell_of(newsroom.settings)
        with closing(sqlite3.connect(told.folder.root / "digest.db")) as database, database:
            database.execute("ALTER TABLE alert RENAME TO elsewhere")
        for number in range(3):
            lookout.look_after(newsroom, bell, now=SEND + MINUTE * number)

    assert told.receiver.kinds == [("alert.opened", "database-away")]


def test_where_nothing_can_be_kept_beside_the_settings_it_is_kept_elsewhere(
    told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    # A folder of that name can't be written as a file, whoever tries.
    (tmp_path / "digest.away").mkdir()
    loaded = told.loaded

    for number in range(3):
        of_the_database.away(loaded, "full", now=SEND + MINUTE * number)
    kept = [one.stat().st_mode & 0o777 for one in elsewhere.iterdir()]
    of_the_database.back(loaded, now=SEND + 9 * MINUTE)

    assert kept == [0o600]
    assert told.receiver.kinds == [("alert.opened", "database-away"), ("alert.closed", "database-away")]
    assert list(elsewhere.iterdir()) == []
