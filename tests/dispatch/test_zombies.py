"""A process that is stopped past its lease and then goes on: it doubles nobody and overwrites nothing."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from digest.dispatch import owners
from digest.dispatch.sending import drain
from digest.model import DeliveryState, EditionKey, Tally
from digest.storage.database import Database, open_database
from tests.dispatch.fakes import LETTERHEAD, Names, Wire
from tests.dispatch.killing import RULES
from tests.processes.forking import forked
from tests.storage.samples import KEY, NOW, frozen, people

LEASE_S = 0.4
READERS = 30


def send(url: str, key: EditionKey, path: Path, pause_s: float) -> None:
    """Drain one edition in this process, with a lease that is short."""
    database = open_database(url)
    drain(
        key,
        ledger=database.ledger,
        transport=Wire(path, pause_s),
        personalizer=Names(),
        letterhead=LETTERHEAD,
        owner=owners.this_process(),
        clock=lambda: NOW,
        rules=replace(RULES, lease_s=LEASE_S),
    )
    database.close()


def started(url: str, path: Path, pause_s: float) -> ForkServerProcess:
    return forked(send, url, KEY, path, pause_s)


def wait_for(is_so: Callable[[], object]) -> None:
    while not is_so():
        time.sleep(0.005)


def test_a_process_stopped_past_its_lease_doubles_nobody_and_overwrites_nothing(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    frozen(database, database_url, people(READERS))
    wire = Wire(tmp_path)
    zombie = started(database_url, tmp_path, 0.05)
    wait_for(wire.lines)
    assert zombie.pid is not None
    os.kill(zombie.pid, signal.SIGSTOP)
    # It lives: nothing but its lease can prove anything, and the heir has to wait for that.
    heir = started(database_url, tmp_path, 0.0)
    heir.join()
    without = database.ledger.tally(KEY)
    held = {one.address for one in database.ledger.records(KEY, [DeliveryState.HELD])}

    os.kill(zombie.pid, signal.SIGCONT)
    zombie.join()

    assert (heir.exitcode, zombie.exitcode) == (0, 0)
    assert without.open == 0
    assert 0 < len(held) <= RULES.batch
    assert set(wire.got().values()) == {1}
    assert len(wire.got()) == READERS
    # What it went on to send it can prove, late as it is; and that is all it may change.
    after = database.ledger.tally(KEY)
    assert after == Tally(frozen=READERS, sent=READERS - after.held, held=after.held)
    assert after.held <= without.held
    assert after.sent >= without.sent
