"""Behind a fence nobody is lost, doubled or held, wherever a process dies, while SendGrid can say."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.dispatch import audit
from digest.dispatch.reconciliation import CALLED_BACK, UncertainPolicy
from digest.dispatch.sending import SendingRules
from digest.model import DeliveryState, EditionKey, Tally
from digest.ports import Ledger
from digest.storage.database import Database
from digest.transports.sendgrid.transport import SendGridTransport
from tests.dispatch.killing import RULES, kill, start
from tests.dispatch.running import QUICK, run
from tests.dispatch.test_killing import freeze_slot, steps
from tests.storage.samples import DAY, KEY, frozen, people
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import ACCEPT_THEN_WAIT, Mock

READERS = 40


@pytest.fixture
def mock() -> Iterator[Mock]:
    with sendgrid_mock.running(Mock()) as running:
        yield running


def fenced(mock: Mock, notes: object) -> SendGridTransport:
    return SendGridTransport(
        sendgrid_mock.KEY,
        api_url=mock.url,
        fence_ahead_s=900.0,
        notes=notes,  # type: ignore[arg-type]  # a ledger, or what stands before one
    )


def drained(database: Database, mock: Mock, *, rules: SendingRules = QUICK) -> Tally:
    """Run in this process, as the successor of whoever died."""
    transport = fenced(mock, database.ledger)
    tally = run(database.ledger, transport, rules=rules, owner="heir")
    transport.close()
    return tally


def everyone_once(database: Database, mock: Mock, key: EditionKey = KEY) -> None:
    """Let the fences open and check that every reader has one mail, and nobody is held."""
    mock.release()
    tally = database.ledger.tally(key)
    assert tally == Tally(frozen=tally.frozen, sent=tally.frozen)
    assert len(set(mock.addresses)) == len(mock.addresses) == tally.frozen
    assert audit.report(tally, edition=key).is_settled


def test_a_crash_at_each_step_loses_doubles_and_holds_nobody(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    canceled = 0
    for step in steps():
        key = EditionKey("morning", DAY, f"slot{step:03}")
        freeze_slot(database, database_url, key, is_first=step == 1)
        with sendgrid_mock.running(Mock()) as mock:
            kind = f"fenced:{mock.url}"
            process = start(database_url, key, kind, tmp_path, crash_at=step)
            process.join()
            is_through = process.exitcode == 0
            if not is_through:
                assert process.exitcode == -signal.SIGKILL
                start(database_url, key, kind, tmp_path, crash_at=1 + step % 5).join()
                start(database_url, key, kind, tmp_path).join()
            everyone_once(database, mock, key)
            canceled += len(mock.canceled)
        if is_through:
            assert step > 12, "there are fewer steps than two requests with their notes must have"
            assert canceled >= 2
            return
    pytest.fail("the run never came to its end")


def test_killed_during_calls_every_reader_gets_one_mail(
    database: Database, database_url: str, mock: Mock, tmp_path: Path
) -> None:
    """SendGrid lets ten cancellations wait: more kills than that would hold some."""
    frozen(database, database_url, people(READERS))
    chance = random.Random(20261123)
    mock.pause_s = 0.02
    kills = 0

    while kills < 8 and database.ledger.tally(KEY).open:
        process = start(database_url, KEY, f"fenced:{mock.url}", tmp_path)
        time.sleep(chance.uniform(0.1, 0.3))
        kills += kill(process)
    start(database_url, KEY, f"fenced:{mock.url}", tmp_path).join()

    assert kills  # how many it takes until all are sent is the machine's affair
    everyone_once(database, mock)


def killed_in_call(database: Database, url: str, mock: Mock, folder: Path, readers: int) -> None:
    """Kill a process after its request was accepted and before the answer reached it."""
    frozen(database, url, people(readers))
    mock.script.append(ACCEPT_THEN_WAIT)
    mock.slow_s = 0.5
    process = start(url, KEY, f"fenced:{mock.url}", folder)
    while not mock.scheduled and process.is_alive():
        time.sleep(0.005)
    assert kill(process)
    assert sum(map(len, mock.scheduled.values())) == min(readers, RULES.batch)


def test_a_request_that_died_with_its_process_is_canceled_and_planned_anew(
    database: Database, database_url: str, mock: Mock, tmp_path: Path
) -> None:
    killed_in_call(database, database_url, mock, tmp_path, 3)
    (dead,) = mock.scheduled

    database.ledger.expire(KEY, owner=database.ledger.owners(KEY)[0])
    drained(database, mock)

    assert mock.canceled == {dead}
    everyone_once(database, mock)
    assert {one.attempt for one in database.ledger.records(KEY, [DeliveryState.SENT])} == {2}


def test_what_can_not_be_called_back_is_held(
    database: Database, database_url: str, mock: Mock, tmp_path: Path
) -> None:
    killed_in_call(database, database_url, mock, tmp_path, 3)
    mock.can_cancel = False

    database.ledger.expire(KEY, owner=database.ledger.owners(KEY)[0])
    tally = drained(database, mock)

    mock.release()
    assert tally == Tally(frozen=3, held=3)
    assert len(mock.addresses) == len(set(mock.addresses)) == 3
    assert audit.report(tally, edition=KEY).is_settled


def test_the_policy_decides_on_what_can_not_be_called_back(
    database: Database, database_url: str, mock: Mock, tmp_path: Path
) -> None:
    killed_in_call(database, database_url, mock, tmp_path, 2)
    mock.can_cancel = False
    rules = SendingRules(uncertain=UncertainPolicy.RESEND, settling=QUICK.settling, batch=4)

    database.ledger.expire(KEY, owner=database.ledger.owners(KEY)[0])

    assert drained(database, mock, rules=rules) == Tally(frozen=2, sent=2)
    mock.release()
    assert len(mock.addresses) == 4


def test_what_sendgrid_can_not_be_asked_now_is_asked_again(
    database: Database, database_url: str, mock: Mock, tmp_path: Path
) -> None:
    killed_in_call(database, database_url, mock, tmp_path, 3)
    mock.is_fence_away = True

    database.ledger.expire(KEY, owner=database.ledger.owners(KEY)[0])

    assert drained(database, mock) == Tally(frozen=3, uncertain=3)
    mock.is_fence_away = False
    drained(database, mock)
    everyone_once(database, mock)


@dataclass
class Stopped:
    """A ledger's notes whose process stands still right after one was committed."""

    ledger: Ledger
    meanwhile: Callable[[], object]
    noted: list[str] = field(default_factory=list)

    def note(self, references: Sequence[str], note: str) -> int:
        count = self.ledger.note(references, note)
        self.noted.append(note)
        self.meanwhile()
        return count


def test_a_process_that_wakes_after_its_successor_doubles_nobody(
    database: Database, database_url: str, mock: Mock
) -> None:
    frozen(database, database_url, people(3))

    def heir() -> None:
        database.ledger.expire(KEY, owner="zombie")
        assert drained(database, mock) == Tally(frozen=3, sent=3)

    notes = Stopped(database.ledger, heir)
    zombie = fenced(mock, notes)
    run(database.ledger, zombie, owner="zombie")
    zombie.close()

    assert len(notes.noted) == 1
    assert len(mock.requests) == 2
    assert len(mock.canceled) == 1
    everyone_once(database, mock)


def test_a_late_receipt_does_not_settle_what_is_being_called_back(
    database: Database, database_url: str, mock: Mock
) -> None:
    """Accepted behind a fence is no proof: the successor's cancellation may be on its way."""
    frozen(database, database_url, people(3))
    notes = Stopped(database.ledger, lambda: database.ledger.expire(KEY, owner="zombie"))
    mock.is_fence_away = True
    zombie = fenced(mock, notes)

    tally = run(database.ledger, zombie, owner="zombie")

    zombie.close()
    assert tally == Tally(frozen=3, uncertain=3)
    mock.is_fence_away = False
    drained(database, mock)
    everyone_once(database, mock)


def test_a_stopped_process_past_its_lease_is_called_back(
    database: Database, database_url: str, mock: Mock, tmp_path: Path
) -> None:
    frozen(database, database_url, people(4))
    mock.pause_s = 0.2
    zombie = start(database_url, KEY, f"fenced:{mock.url}", tmp_path)
    while "/v3/mail/send" not in mock.calls:
        time.sleep(0.005)
    assert zombie.pid is not None
    os.kill(zombie.pid, signal.SIGSTOP)
    for owner in database.ledger.owners(KEY):
        database.ledger.expire(KEY, owner=owner)
    drained(database, mock)
    os.kill(zombie.pid, signal.SIGCONT)
    zombie.join()

    assert zombie.exitcode == 0
    everyone_once(database, mock)
    reasons = {one.reason for one in database.ledger.records(KEY, [DeliveryState.SENT])}
    assert reasons <= {"", CALLED_BACK}
