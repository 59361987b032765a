"""A database of an older version goes on where it was: nobody gets an edition twice, and all adds up."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from tests.journeys.desk import AT_SEND, Folder
from tests.storage.old.making import HAD_IT, HERE, REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_edition_half_sent_by_an_older_version_goes_on_after_migrate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Folder(tmp_path).write()
    with closing(sqlite3.connect(tmp_path / "digest.db")) as raw:
        raw.executescript((HERE / f"at{revision}.sql").read_text(encoding="utf-8"))
        before = {row[0] for row in raw.execute("SELECT canonical FROM subscriber")}

    refused = folder("run", "morning", now=AT_SEND)
    migrated = folder("migrate")
    ran = folder("run", "morning", now=AT_SEND)
    again = folder("run", "morning", now=AT_SEND)
    audited = folder("audit", "morning", "--json")

    assert refused.code == Exit.CONFIGURATION
    assert "digest migrate" in refused.err
    assert (migrated.code, ran.code, again.code, audited.code) == (Exit.DONE,) * 4
    assert set(folder.recipients().values()) == {1}
    assert len(folder.recipients()) == len(before) - HAD_IT
    tally = audited.values["tally"]
    assert (tally["frozen"], tally["sent"]) == (len(before), len(before))


def test_migrate_waits_for_a_process_that_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder, told = Folder(tmp_path).write(), list[int]()
    with closing(sqlite3.connect(tmp_path / "digest.db", isolation_level=None)) as raw:
        raw.executescript((HERE / f"at{REVISIONS[0]}.sql").read_text(encoding="utf-8"))
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE subscriber SET name = 'Ada'")
        migrating = threading.Thread(target=lambda: told.append(folder("migrate").code))
        migrating.start()
        raw.execute("COMMIT")
        migrating.join()
        names = {row[0] for row in raw.execute("SELECT name FROM subscriber")}

    assert (told, names) == ([Exit.DONE], {"Ada"})
    assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
