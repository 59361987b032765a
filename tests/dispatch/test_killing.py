"""Nobody lost and nobody doubled, wherever a process dies."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.dispatch import audit
from digest.model import DeliveryState, EditionKey, EventKind, MailEvent, Tally
from digest.storage.database import Database
from tests.dispatch.fakes import Wire
from tests.dispatch.killing import kill, start, transport
from tests.storage.samples import DAY, KEY, NOW, frozen, people

KILLS = 15
READERS = 150


@pytest.fixture(params=["letters", "wire"])
def kind(request: pytest.FixtureRequest) -> str:
    """`letters` can be repeated without harm, `wire` can't."""
    value: str = request.param
    return value


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    path = tmp_path / "outbox"
    path.mkdir()
    return path


def finish(database: Database, url: str, key: EditionKey, kind: str, outbox: Path) -> None:
    """Run once more without harm, and check that every reader has exactly one mail."""
    process = start(url, key, kind, outbox)
    process.join()
    assert process.exitcode == 0
    sent = transport(kind, outbox)
    tally = database.ledger.tally(key)
    assert tally.adds_up
    assert tally.open == 0
    assert max(sent.got().values()) == 1
    if isinstance(sent, Wire):
        prove_and_settle(database, url, key, sent, tally)
        sent = transport(kind, outbox)
    assert len(sent.got()) == sent.got().total() == tally.frozen
    assert database.ledger.tally(key) == Tally(frozen=tally.frozen, sent=tally.frozen)
    assert audit.report(database.ledger.tally(key), edition=key).is_settled


def prove_and_settle(database: Database, url: str, key: EditionKey, wire: Wire, tally: Tally) -> None:
    """Settle what is held: by the provider's events where it had the mail, else by an operator."""
    assert tally.sent + tally.held == tally.frozen
    assert len(wire.got()) >= tally.sent
    events = [
        MailEvent(f"event {reference}", EventKind.DELIVERED, reference, NOW)
        for _address, reference in wire.lines()
    ]
    database.ledger.record_events(events)
    assert database.ledger.tally(key).sent == len(wire.got())
    lost = database.ledger.settle_held(key, DeliveryState.PLANNED, "the provider never had it")
    assert lost == tally.frozen - len(wire.got())
    process = start(url, key, "wire", wire.path)
    process.join()
    assert process.exitcode == 0


def test_killed_at_random_points_every_reader_gets_one_mail(
    database: Database, database_url: str, kind: str, outbox: Path
) -> None:
    frozen(database, database_url, people(READERS))
    chance = random.Random(20261123)
    kills = 0

    while kills < KILLS and database.ledger.tally(KEY).open:
        process = start(database_url, KEY, kind, outbox, pause_s=0.002)
        time.sleep(chance.uniform(0.02, 0.12))
        kills += kill(process)

    assert kills  # how many it takes until all are sent is the machine's affair
    finish(database, database_url, KEY, kind, outbox)


def test_two_processes_at_once_send_one_mail_each_even_when_one_is_killed(
    database: Database, database_url: str, kind: str, outbox: Path
) -> None:
    frozen(database, database_url, people(READERS))

    both = [start(database_url, KEY, kind, outbox, pause_s=0.001) for _ in range(2)]
    time.sleep(0.15)
    kill(both[0])
    both[1].join()

    assert both[1].exitcode == 0
    finish(database, database_url, KEY, kind, outbox)


def test_a_crash_at_each_step_loses_and_doubles_nobody(
    database: Database, database_url: str, kind: str, outbox: Path
) -> None:
    for step in steps():
        key = EditionKey("morning", DAY, f"slot{step:03}")
        folder = outbox / key.slot
        folder.mkdir()
        freeze_slot(database, database_url, key, is_first=step == 1)

        process = start(database_url, key, kind, folder, crash_at=step)
        process.join()

        if process.exitcode == 0:
            assert step > 10, "there are fewer steps than an edition of five readers must have"
            return
        assert process.exitcode == -signal.SIGKILL
        # The run that cleans up after it may die as well: while it buries the dead, or right after.
        start(database_url, key, kind, folder, crash_at=1 + step % 3).join()
        finish(database, database_url, key, kind, folder)
    pytest.fail("the run never came to its end")


def steps() -> Iterator[int]:
    """Every third step, or every one in `make soak`."""
    yield from range(1, 200, 1 if os.environ.get("DIGEST_TEST_SOAK") else 3)


def freeze_slot(database: Database, url: str, key: EditionKey, *, is_first: bool) -> None:
    from tests.storage.samples import approved, audience, rendered

    if is_first:
        frozen(database, url, people(5), key)
        return
    approved(database, key)
    database.ledger.freeze(key, [rendered()], audience(), now=NOW)


def test_a_stopped_process_past_its_lease_doubles_nobody(
    database: Database, database_url: str, outbox: Path
) -> None:
    frozen(database, database_url, people(30))
    zombie = start(database_url, KEY, "wire", outbox, pause_s=0.02)
    wire = Wire(outbox)
    while not wire.lines():
        time.sleep(0.01)
    assert zombie.pid is not None
    os.kill(zombie.pid, signal.SIGSTOP)
    # Its lease is long; whoever knows that it will not come back may say so, and may be wrong.
    for owner in database.ledger.owners(KEY):
        database.ledger.expire(KEY, owner=owner)

    heir = start(database_url, KEY, "wire", outbox)
    heir.join()
    os.kill(zombie.pid, signal.SIGCONT)
    zombie.join()

    assert (heir.exitcode, zombie.exitcode) == (0, 0)
    finish(database, database_url, KEY, "wire", outbox)
