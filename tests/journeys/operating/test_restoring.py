"""A database that was restored or moved sends nothing twice: what it forgot waits for a word."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from digest.cli.exits import Exit
from digest.cli.session import Session
from digest.errors import DatabaseUnavailable
from digest.storage import database_backup
from tests.journeys.desk import AT_SEND, CUTOFF, NEXT_DAY, Folder
from tests.journeys.sending.test_killed import LATER
from tests.postgres import PostgresServer, programs

LATE = "2026-11-23T07:00:00+03:00"


@pytest.fixture
def ready(folder: Folder) -> Folder:
    return folder.ready(readers=3)


def more_news(folder: Folder) -> None:
    for number, title in enumerate(LATER):
        folder.add_article(
            f"later{number}", "2026-11-23T12:00:00+03:00", title=title, body=f"{title} today."
        )


def dispatch(folder: Folder, *words: str, now: str = LATE) -> int:
    return folder("dispatch", "morning", "--date", "2026-11-23", *words, now=now).code


def test_what_left_after_the_backup_is_not_sent_again(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    assert ready("backup", str(backup), now=CUTOFF).code == Exit.DONE
    assert ready("run", "morning", now=AT_SEND).code == Exit.DONE

    restored = ready("restore", str(backup), "--replace", now=LATE)
    said = ready("run", "morning", now=LATE)

    assert restored.code == Exit.DONE
    assert said.code == Exit.STOPPED
    assert "--after-restore" in said.out
    assert len(ready.mails()) == 3


@pytest.mark.parametrize("drafted", [False, True], ids=["no edition yet", "drafted"])
def test_audit_status_and_alerts_tell_that_an_edition_waits_for_a_word(
    ready: Folder, *, drafted: bool
) -> None:
    backup = ready.root / "kept.tar"
    if drafted:
        ready("draft", "morning", now=CUTOFF)
    ready("backup", str(backup), now=CUTOFF)
    ready("run", "morning", now=AT_SEND)
    ready("restore", str(backup), "--replace", now=LATE)

    before = ready("audit", "morning", now=LATE)
    alarmed = ready("alerts", "--json", now=LATE)
    assert ready("run", "morning", now=LATE).code == Exit.STOPPED
    audit, status = ready("audit", "morning", now=LATE), ready("status", now=LATE)
    (listed,) = ready("status", "--json", now=LATE).values["newsletters"][0]["editions"]
    (alert,) = ready("alerts", "--json", now=LATE).values["alerts"]
    assert dispatch(ready, "--after-restore") == Exit.DONE
    after = ready("audit", "morning", "--json", now=LATE)

    assert [before.code, audit.code, after.code] == [Exit.STOPPED, Exit.STOPPED, Exit.DONE]
    assert all("--after-restore" in one.out for one in (before, alarmed, audit, status))
    assert listed["outcome"] == "stopped"
    assert "--after-restore" in listed["after_restore"]
    assert alert["kind"] == "stopped"
    assert "--after-restore" in alert["what_to_do"]
    assert after.values["after_restore"] == ""
    assert ready("alerts", now=LATE).code == Exit.DONE


def test_the_next_day_needs_no_word(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup), now=CUTOFF)
    ready("run", "morning", now=AT_SEND)
    ready("restore", str(backup), "--replace", now=LATE)
    ready("run", "morning", now=LATE)
    assert dispatch(ready, "--cancel", "--for-good", "--yes") == Exit.DONE
    more_news(ready)

    said = ready("run", "morning", now=NEXT_DAY)

    assert said.code == Exit.DONE
    assert len(ready.mails()) == 6


def test_a_word_sends_what_was_lost_on_its_way(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup), now=CUTOFF)
    ready("run", "morning", now=AT_SEND)
    shutil.rmtree(ready.root / "outbox")
    ready("restore", str(backup), "--replace", now=LATE)
    assert ready("run", "morning", now=LATE).code == Exit.STOPPED

    assert dispatch(ready, "--after-restore") == Exit.DONE

    assert len(ready.mails()) == 3
    assert ready("run", "morning", now=LATE).code == Exit.DONE


def test_a_file_that_was_copied_back_by_hand_is_found_out_too(ready: Folder) -> None:
    ready("draft", "morning", now=AT_SEND)
    copy = ready.root / "old.db"
    shutil.copy(ready.root / "digest.db", copy)
    ready("run", "morning", now=AT_SEND)
    for name in ("digest.db-wal", "digest.db-shm"):
        (ready.root / name).unlink(missing_ok=True)
    copy.replace(ready.root / "digest.db")

    assert ready("run", "morning", now=LATE).code == Exit.STOPPED
    assert len(ready.mails()) == 3


def test_a_restore_on_another_machine_waits_with_what_was_due(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup), "--with-config", now=CUTOFF)
    ready("run", "morning", now=AT_SEND)
    other = Folder(ready.root / "other")
    other.root.mkdir()
    shutil.copytree(ready.root / "articles", other.root / "articles")

    restored = other("restore", str(backup), now=LATE)
    said = other("run", "morning", now=LATE)

    assert restored.code == Exit.DONE
    assert other.config.read_bytes() == ready.config.read_bytes()
    assert other.config.stat().st_mode & 0o777 == 0o600
    assert said.code == Exit.STOPPED
    assert other.mails() == []


def grown_old(folder: Folder) -> None:
    """Have a minute gone by since the memory was written; it stays the same file."""
    file = folder.root / "digest.db.epoch"
    memory = json.loads(file.read_text())
    memory["written"] -= 60
    file.write_text(json.dumps(memory))


def test_a_folder_that_was_copied_whole_waits_with_what_was_due_and_the_original_does_not(
    ready: Folder,
) -> None:
    ready("run", "morning", "--until", "approve", now=CUTOFF)
    with Session(ready.config, as_json=False, rehearsed_now=None).newsroom() as newsroom:
        newsroom.epoch.pass_by()
    grown_old(ready)
    other = Folder(ready.root.parent / f"{ready.root.name}-copy")
    shutil.copytree(ready.root, other.root)

    copy = other("run", "morning", now=LATE)
    again = other("run", "morning", now=LATE)
    original = ready("run", "morning", now=LATE)

    assert (copy.code, again.code, original.code) == (Exit.STOPPED, Exit.STOPPED, Exit.DONE)
    assert "moved or restored here after it was due" in copy.out
    assert (len(other.mails()), len(ready.mails())) == (0, 3)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda folder: (folder.root / "digest.db.epoch").chmod(0o640), id="other mode"),
        pytest.param(lambda folder: folder.root.rename(f"{folder.root}-moved"), id="moved as a whole"),
    ],
)
def test_what_is_no_copy_needs_no_word(ready: Folder, change: Callable[[Folder], object]) -> None:
    ready("run", "morning", "--until", "approve", now=CUTOFF)
    with Session(ready.config, as_json=False, rehearsed_now=None).newsroom() as newsroom:
        newsroom.epoch.pass_by()
    grown_old(ready)
    root = ready.root
    os.chdir(root.parent)
    change(ready)
    moved = Folder(root if root.exists() else Path(f"{root}-moved"))

    assert moved("run", "morning", now=LATE).code == Exit.DONE


def test_a_memory_of_before_names_no_inode_and_is_no_copy(ready: Folder) -> None:
    ready("run", "morning", "--until", "approve", now=CUTOFF)
    with Session(ready.config, as_json=False, rehearsed_now=None).newsroom() as newsroom:
        newsroom.epoch.pass_by()
    file = ready.root / "digest.db.epoch"
    memory = json.loads(file.read_text())
    del memory["inode"], memory["written"]
    file.unlink()
    file.write_text(json.dumps(memory))

    assert ready("run", "morning", now=LATE).code == Exit.DONE


def test_a_backup_holds_its_readers_and_is_private(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup))

    assert backup.stat().st_mode & 0o777 == 0o600
    with tarfile.open(backup) as tar:
        assert tar.getnames() == ["about.json", "database"]
    ready("subscribers", "erase", "reader1@list.example", "--yes")
    restored = ready("restore", str(backup), "--replace", "--json")
    assert Path(restored.values["kept"]).exists()
    assert len(ready("subscribers", "export").out.splitlines()) == 4
    assert not [one for one in ready.root.iterdir() if one.name.startswith(".digest-")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"", "no backup of ours", id="empty"),
        pytest.param(b"SQLite format 3\0" + b"x" * 100, "no backup of ours", id="a database itself"),
        pytest.param(b"age-encryption.org/v1\n", "--identity", id="encrypted"),
    ],
)
def test_what_is_no_backup_changes_nothing(ready: Folder, content: bytes, why: str) -> None:
    before = (ready.root / "digest.db").read_bytes()
    file = ready.root / "strange.tar"
    file.write_bytes(content)

    said = ready("restore", str(file), "--replace")

    assert said.code == Exit.BAD_DATA
    assert why in said.err
    assert (ready.root / "digest.db").read_bytes() == before


def test_a_database_that_is_there_gives_way_only_when_told(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup))

    said = ready("restore", str(backup))
    again = ready("backup", str(backup))

    assert said.code == Exit.BAD_DATA
    assert "--replace" in said.err
    assert again.code == Exit.CANT_WRITE


@pytest.mark.postgres
@pytest.mark.slow
def test_postgresql_is_restored_into_an_empty_database(
    folder: Folder, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{programs()}{os.pathsep}{os.environ['PATH']}")
    first, second = postgres_server.create(), postgres_server.create()
    try:
        folder.ready(readers=3, database=postgres_server.url(first))
        backup = folder.root / "kept.tar"
        assert folder("backup", str(backup), now=CUTOFF).code == Exit.DONE
        assert folder("run", "morning", now=AT_SEND).code == Exit.DONE
        full = folder("restore", str(backup), now=LATE)
        folder.config.write_text(
            folder.config.read_text().replace(postgres_server.url(first), postgres_server.url(second))
        )

        restored = folder("restore", str(backup), now=LATE)
        said = folder("run", "morning", now=LATE)

        assert (full.code, restored.code, said.code) == (Exit.BAD_DATA, Exit.DONE, Exit.STOPPED)
        assert len(folder.mails()) == 3
    finally:
        postgres_server.drop(first)
        postgres_server.drop(second)


def spoiled(backup: Path, part: str) -> None:
    """Turn one byte round in the midst of a part, and leave the file's form as it is."""
    with tarfile.open(backup) as tar:
        member = tar.getmember(part)
    content = bytearray(backup.read_bytes())
    content[member.offset_data + member.size // 2] ^= 0xFF
    backup.write_bytes(content)


@pytest.mark.parametrize("part", ["database", "digest.toml"])
def test_a_backup_that_was_spoiled_replaces_nothing(ready: Folder, part: str) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup), "--with-config")
    spoiled(backup, part)
    before = (ready.root / "digest.db").read_bytes()

    said = ready("restore", str(backup), "--replace")

    assert said.code == Exit.BAD_DATA
    assert f"{part} in it is not as it was written" in said.err
    assert (ready.root / "digest.db").read_bytes() == before
    assert list(ready.root.glob("*.restoring")) == []


def test_a_broken_database_is_not_put_back_though_nothing_tells_its_sum(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup))
    with tarfile.open(backup) as tar:
        tar.extractall(ready.root / "parts", filter="data")
    about = json.loads((ready.root / "parts" / "about.json").read_text())
    del about["sha256"]
    (ready.root / "parts" / "about.json").write_text(json.dumps(about))
    with (ready.root / "parts" / "database").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 20)
    with tarfile.open(backup, "w") as tar:
        for name in ("about.json", "database"):
            tar.add(ready.root / "parts" / name, name)

    said = ready("restore", str(backup), "--replace")

    assert said.code == Exit.BAD_DATA
    assert "its database is broken" in said.err
    assert ready("status").code == Exit.DONE


def test_a_database_that_is_broken_is_not_backed_up_as_if_it_were_well(tmp_path: Path) -> None:
    file = tmp_path / "broken.db"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE pieces (text TEXT)")
        database.executemany(
            "INSERT INTO pieces VALUES (?)", (("a piece of news " * 20,) for _ in range(500))
        )
    with file.open("r+b") as pages:
        pages.seek(4096 * 9)
        pages.write(b"\xff" * 4096 * 5)

    with pytest.raises(DatabaseUnavailable, match=r"it is broken .*put the latest backup back"):
        database_backup.back_up(f"sqlite:///{file}", tmp_path / "copy")


def test_what_is_kept_of_two_restores_in_one_second_is_two_files(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup))

    kept = [ready("restore", str(backup), "--replace", "--json", now=LATE).values["kept"] for _ in range(3)]

    assert len(set(kept)) == 3
    assert all(Path(one).exists() for one in kept)


def test_a_database_that_somebody_has_open_is_not_replaced(ready: Folder) -> None:
    backup = ready.root / "kept.tar"
    ready("backup", str(backup))
    with Session(ready.config, as_json=False, rehearsed_now=None).newsroom() as newsroom:
        newsroom.database.runs.listed(limit=1)
        refused = ready("restore", str(backup), "--replace")
    taken = ready("restore", str(backup), "--replace")

    assert (refused.code, taken.code) == (Exit.UNFINISHED, Exit.DONE)
    assert "somebody has it open" in refused.err
