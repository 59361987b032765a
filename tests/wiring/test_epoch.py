"""What this machine remembers of what has left, when the database forgets."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from digest.model import EditionKey
from digest.storage.database import Database, migrate, open_database
from digest.wiring.epoch import MOST_NOTED, FileEpoch

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
KEY = EditionKey("morning", date(2026, 11, 23))
NEXT = EditionKey("morning", date(2026, 11, 24))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "digest.db.epoch"


def an_epoch(file: Path, database: Database, *, is_beside: bool = True) -> FileEpoch:
    return FileEpoch(file, database.epochs, is_beside=is_beside)


def forgetful(tmp_path: Path, name: str = "older.db") -> Database:
    """Return a database from before anything left."""
    url = f"sqlite:///{tmp_path / name}"
    migrate(url)
    return open_database(url)


def test_what_began_after_the_backup_waits_and_nothing_else(
    file: Path, database: Database, tmp_path: Path
) -> None:
    with an_epoch(file, database).noted(KEY):
        pass
    restored = an_epoch(file, forgetful(tmp_path))

    restored.look(now=NOW)
    restored.look(now=NOW)

    assert "after the backup" in restored.why_waits(KEY, due=NOW)
    assert restored.why_waits(NEXT, due=NOW) == ""


def test_what_ended_before_the_backup_does_not_wait(file: Path, tmp_path: Path) -> None:
    ours, copy = forgetful(tmp_path, "ours.db"), forgetful(tmp_path, "copy.db")
    with an_epoch(file, ours).noted(KEY):
        pass
    copy.epochs.advance(above=ours.epochs.now() - 1)
    with an_epoch(file, ours).noted(NEXT):
        pass
    restored = an_epoch(file, copy)

    restored.look(now=NOW)

    assert restored.why_waits(KEY, due=NOW) == ""
    assert restored.why_waits(NEXT, due=NOW)


def test_a_backup_amid_the_sending_is_older_than_its_end(
    file: Path, database: Database, tmp_path: Path
) -> None:
    copy = forgetful(tmp_path)
    with an_epoch(file, database).noted(KEY):
        copy.epochs.advance(above=database.epochs.now() - 1)
    restored = an_epoch(file, copy)

    restored.look(now=NOW)

    assert restored.why_waits(KEY, due=NOW)


def test_a_word_lets_it_leave_and_holds_for_good(file: Path, database: Database, tmp_path: Path) -> None:
    with an_epoch(file, database).noted(KEY), an_epoch(file, database).noted(NEXT):
        pass
    restored = an_epoch(file, forgetful(tmp_path))
    restored.look(now=NOW)

    restored.lift(KEY)
    with restored.noted(KEY):
        pass
    restored.look(now=NOW)

    assert restored.why_waits(KEY, due=NOW) == ""
    assert restored.why_waits(NEXT, due=NOW)


def test_a_second_restore_is_found_out_too(file: Path, database: Database, tmp_path: Path) -> None:
    with an_epoch(file, database).noted(KEY):
        pass
    first = an_epoch(file, forgetful(tmp_path, "first.db"))
    first.look(now=NOW)
    first.lift(KEY)
    with first.noted(NEXT):
        pass
    second = an_epoch(file, forgetful(tmp_path, "second.db"))

    second.look(now=NOW)

    assert second.why_waits(NEXT, due=NOW)


@pytest.mark.parametrize(
    ("is_beside", "due", "waits"),
    [
        pytest.param(True, NOW - timedelta(hours=1), True, id="due before it came here"),
        pytest.param(True, NOW + timedelta(hours=1), False, id="due later"),
        pytest.param(True, None, False, id="sent by hand"),
        pytest.param(False, NOW - timedelta(hours=1), False, id="a server's: only this machine is new"),
    ],
)
def test_a_database_that_comes_without_its_memory(
    file: Path, database: Database, *, is_beside: bool, due: datetime | None, waits: bool
) -> None:
    database.epochs.advance()
    moved = an_epoch(file, database, is_beside=is_beside)

    moved.look(now=NOW)
    moved.look(now=NOW + timedelta(hours=2))

    assert bool(moved.why_waits(KEY, due=due)) is waits


def test_a_new_database_waits_for_nobody(file: Path, database: Database) -> None:
    epoch = an_epoch(file, database)

    epoch.look(now=NOW)

    assert epoch.why_waits(KEY, due=NOW - timedelta(days=1)) == ""
    assert not file.exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"epoch": 1}', '{"epoch": "x", "noted": [], "waiting": 1}', "\0\0"]
)
def test_a_file_that_nobody_can_read_is_told_and_begun_anew(
    file: Path, database: Database, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_text(text)
    epoch = an_epoch(file, database, is_beside=False)

    epoch.look(now=NOW)
    with epoch.noted(KEY):
        pass

    assert "begun anew" in caplog.text
    assert json.loads(file.read_text())["noted"] == {str(KEY): 2}


def test_a_folder_that_cannot_be_written_stops_nothing(
    database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    epoch = an_epoch(tmp_path / "gone" / "digest.db.epoch", database)

    epoch.look(now=NOW)
    with epoch.noted(KEY):
        pass

    assert "can't be written" in caplog.text


def test_a_failed_sending_is_noted_as_ended(file: Path, database: Database) -> None:
    with pytest.raises(RuntimeError), an_epoch(file, database).noted(KEY):
        raise RuntimeError

    assert json.loads(file.read_text())["noted"] == {str(KEY): 2}


def test_the_file_is_private_and_does_not_grow_for_ever(file: Path, database: Database) -> None:
    epoch = an_epoch(file, database)
    for number in range(MOST_NOTED + 5):
        with epoch.noted(EditionKey("morning", date(2026, 1, 1) + timedelta(days=number))):
            pass

    assert file.stat().st_mode & 0o777 == 0o600
    assert len(json.loads(file.read_text())["noted"]) == MOST_NOTED
