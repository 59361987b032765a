"""A full disk, a locked database, a clock that jumps: each ends as it should, and nobody is doubled."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest.errors import DatabaseUnavailable
from digest.model import Delivery, Outcome, Receipt, Tally
from digest.storage.database import Database, open_database
from tests.dispatch.fakes import Clock, Script, Wire
from tests.dispatch.killing import send_on_a_full_disk, start
from tests.dispatch.running import run
from tests.processes.forking import forked
from tests.storage.samples import KEY, NOW, frozen, people

READERS = 400
"""So many that what is written of them is more than the room that is left."""


@pytest.fixture
def file(migrated_sqlite: Path, tmp_path: Path) -> Path:
    """A database that is a file: two of the faults are files'."""
    return Path(shutil.copy(migrated_sqlite, tmp_path / "digest.db"))


@pytest.fixture
def on_file(file: Path) -> Iterator[Database]:
    opened = open_database(f"sqlite:///{file}")
    yield opened
    opened.close()


def test_a_full_disk_stops_the_run_and_the_next_one_goes_on(
    on_file: Database, file: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{file}"
    frozen(on_file, url, people(READERS))
    # The write-ahead log may grow a little: some batches are settled before the disk is full.
    limit = max(file.stat().st_size, Path(f"{file}-wal").stat().st_size) + 30_000
    outbox = tmp_path / "outbox"
    outbox.mkdir()

    full = forked(send_on_a_full_disk, url, KEY, "wire", outbox, limit)
    full.join()
    before = on_file.ledger.tally(KEY)
    heir = start(url, KEY, "wire", outbox)
    heir.join()

    assert full.exitcode == 75
    assert before.adds_up
    assert before.open > 0
    tally = on_file.ledger.tally(KEY)
    wire = Wire(outbox)
    assert tally.open == 0
    assert tally.sent + tally.held == READERS
    assert max(wire.got().values()) == 1
    assert tally.sent <= len(wire.got()) <= READERS


def test_a_database_locked_for_a_while_is_waited_for(on_file: Database, file: Path) -> None:
    frozen(on_file, f"sqlite:///{file}", people(8))
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    def let_go() -> None:
        time.sleep(0.5)
        other.execute("COMMIT")

    thread = threading.Thread(target=let_go)
    thread.start()
    transport = Script()
    tally = run(on_file.ledger, transport)
    thread.join()
    other.close()

    assert tally == Tally(frozen=8, sent=8)
    assert set(transport.got.values()) == {1}


@pytest.fixture
def impatient(file: Path) -> Iterator[Database]:
    """The same database, for which a writer waits only a moment."""
    opened = open_database(f"sqlite:///{file}", busy_ms=20)
    yield opened
    opened.close()


def test_a_database_locked_for_good_sends_nothing_and_loses_nothing(
    on_file: Database, impatient: Database, file: Path
) -> None:
    frozen(on_file, f"sqlite:///{file}", people(8))
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    transport = Script()

    with pytest.raises(DatabaseUnavailable, match="locked"):
        run(impatient.ledger, transport)

    other.close()
    assert transport.batches == []
    assert run(impatient.ledger, transport) == Tally(frozen=8, sent=8)


def test_a_database_locked_after_the_mails_left_holds_them_and_sends_none_twice(
    on_file: Database, impatient: Database, file: Path
) -> None:
    frozen(on_file, f"sqlite:///{file}", people(8))
    other = sqlite3.connect(file, isolation_level=None)

    def locked(delivery: Delivery) -> Receipt:
        if not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")
        return Receipt(delivery.reference, Outcome.SENT)

    transport = Script(locked)
    clock = Clock()
    with pytest.raises(DatabaseUnavailable, match="locked"):
        run(impatient.ledger, transport, clock=clock)
    other.close()
    left = transport.got.copy()

    assert on_file.ledger.tally(KEY) == Tally(frozen=8, planned=4, sending=4)
    assert sum(clock.slept) >= 14, "receipts are worth some patience"
    # The next process finds the one before gone.
    healthy = Script()
    tally = run(on_file.ledger, healthy, owner="the next", is_gone=lambda owner: owner == "me")
    assert tally == Tally(frozen=8, sent=4, held=4)
    assert left.total() == 2, "the group whose receipts could not be written was the last"
    assert not set(left) & set(healthy.got)


def test_a_clock_that_jumps_forward_past_the_deadline_skips_the_rest(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(12))
    clock = Clock()

    def jumping(delivery: Delivery) -> Receipt:
        clock.at = NOW + timedelta(days=3)
        return Receipt(delivery.reference, Outcome.SENT)

    tally = run(database.ledger, Script(jumping), clock=clock, deadline=NOW + timedelta(hours=4))

    assert tally == Tally(frozen=12, sent=4, skipped=8)


def test_a_clock_that_jumps_back_sends_nobody_a_second_mail(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(12))
    clock = Clock()

    def jumping(delivery: Delivery) -> Receipt:
        clock.at = NOW - timedelta(days=365)
        return Receipt(delivery.reference, Outcome.SENT)

    transport = Script(jumping)
    tally = run(database.ledger, transport, clock=clock, deadline=NOW + timedelta(hours=4))
    again = run(database.ledger, transport, clock=clock, deadline=NOW + timedelta(hours=4))

    assert tally == again == Tally(frozen=12, sent=12)
    assert set(transport.got.values()) == {1}
