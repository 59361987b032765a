"""Bad days of a provider, each with its end: through the real dispatch on a real ledger."""

from __future__ import annotations

import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.dispatch.retries import Backoff
from digest.dispatch.sending import SendingRules, Settling, UncertainPolicy, drain
from digest.model import DeliveryState, Tally
from digest.ports import Transport
from digest.storage.database import Database, open_database
from digest.transports.sendgrid.events import read_events
from digest.transports.sendgrid.transport import SendGridTransport
from digest.transports.smtp.transport import SmtpTransport
from tests.dispatch.fakes import LETTERHEAD, Names
from tests.storage.samples import KEY, NOW, frozen, people
from tests.transports.sendgrid import mock as sendgrid_mock
from tests.transports.sendgrid.mock import Mock
from tests.transports.smtp.server import DROP, ScriptedServer, running

READERS = 120
RULES = SendingRules(
    batch=30, settling=Settling(group=20, max_attempts=6, backoff=Backoff(first_s=0.0)), patience_s=5.0
)


@pytest.fixture
def database(migrated_sqlite: Path, tmp_path: Path) -> Iterator[Database]:
    """A frozen edition for `READERS` readers."""
    path = tmp_path / "digest.db"
    shutil.copy(migrated_sqlite, path)
    opened = open_database(f"sqlite:///{path}")
    frozen(opened, f"sqlite:///{path}", people(READERS))
    yield opened
    opened.close()


@pytest.fixture
def relay() -> Iterator[ScriptedServer]:
    with running(ScriptedServer()) as server:
        yield server


@pytest.fixture
def mock() -> Iterator[Mock]:
    with sendgrid_mock.running(Mock(retry_after="0")) as running_mock:
        yield running_mock


def dispatched(database: Database, transport: Transport, policy: UncertainPolicy) -> Tally:
    """Drain, close the transport, and check that the ledger adds up with nothing left open."""
    rules = SendingRules(
        uncertain=policy, batch=RULES.batch, settling=RULES.settling, patience_s=RULES.patience_s
    )
    try:
        tally = drain(
            KEY,
            ledger=database.ledger,
            transport=transport,
            personalizer=Names(),
            letterhead=LETTERHEAD,
            owner="me",
            clock=lambda: NOW,
            rules=rules,
        )
    finally:
        transport.close()
    assert tally.adds_up
    assert tally.open == 0
    return tally


def by_smtp(
    database: Database,
    server: ScriptedServer,
    policy: UncertainPolicy = UncertainPolicy.HOLD,
    **more: float,
) -> tuple[Tally, Counter[str]]:
    transport = SmtpTransport("127.0.0.1", server.port, tls="none", **more)  # type: ignore[arg-type]
    tally = dispatched(database, transport, policy)
    return tally, Counter(mail.recipient for mail in server.arrived)


def by_sendgrid(
    database: Database, mock: Mock, policy: UncertainPolicy = UncertainPolicy.HOLD, **more: float
) -> tuple[Tally, Counter[str]]:
    transport = SendGridTransport(sendgrid_mock.KEY, api_url=mock.url, **more)  # type: ignore[arg-type]
    tally = dispatched(database, transport, policy)
    return tally, Counter(mock.addresses)


def now_and_then(answer: str, share: float, seed: int) -> Callable[[str], str]:
    chance = random.Random(seed)
    return lambda _: answer if chance.random() < share else ""


def held(database: Database) -> set[str]:
    return {one.address for one in database.ledger.records(KEY, [DeliveryState.HELD])}


EACH_ONCE = Counter({reader.row()["address"]: 1 for reader in people(READERS)})


def test_five_percent_451_delay_and_lose_nobody(database: Database, relay: ScriptedServer) -> None:
    relay.on_rcpt = now_and_then("451 4.3.2 busy", 0.05, seed=1)
    relay.on_data = now_and_then("451 4.3.0 try later", 0.05, seed=2)

    tally, got = by_smtp(database, relay)

    assert tally == Tally(frozen=READERS, sent=READERS)
    assert got == EACH_ONCE
    attempts = [one.attempt for one in database.ledger.records(KEY, [DeliveryState.SENT])]
    assert max(attempts) > 1


def test_a_451_that_never_ends_fails_with_its_words(database: Database, relay: ScriptedServer) -> None:
    relay.on_rcpt = lambda address: "451 4.7.1 greylisted" if address == "r00007@example.org" else ""

    tally, got = by_smtp(database, relay)

    assert tally == Tally(frozen=READERS, sent=READERS - 1, failed=1)
    (record,) = database.ledger.records(KEY, [DeliveryState.FAILED])
    assert (record.address, record.attempt) == ("r00007@example.org", 6)
    assert "451 4.7.1 greylisted" in record.reason
    assert got == EACH_ONCE - Counter(["r00007@example.org"])


def test_a_421_storm_delays_and_loses_nobody(database: Database, relay: ScriptedServer) -> None:
    relay.on_mail = now_and_then("421 4.3.2 too many connections", 0.05, seed=3)

    tally, got = by_smtp(database, relay)

    assert tally == Tally(frozen=READERS, sent=READERS)
    assert got == EACH_ONCE


def test_lost_answers_hold_whom_they_concern_and_double_nobody(
    database: Database, relay: ScriptedServer
) -> None:
    relay.on_data = now_and_then(DROP, 0.05, seed=4)

    tally, got = by_smtp(database, relay)

    assert got == EACH_ONCE
    assert 0 < tally.held < READERS / 4
    assert tally == Tally(frozen=READERS, sent=READERS - tally.held, held=tally.held)


def test_lost_answers_double_only_whom_they_concern_where_the_policy_says_resend(
    database: Database, relay: ScriptedServer
) -> None:
    cut: list[str] = []
    chance = random.Random(5)

    def drop(address: str) -> str:
        if chance.random() < 0.05:
            cut.append(address)
            return DROP
        return ""

    relay.on_data = drop

    tally, got = by_smtp(database, relay, UncertainPolicy.RESEND)

    assert tally == Tally(frozen=READERS, sent=READERS)
    assert cut
    assert got == EACH_ONCE + Counter(cut)


def test_a_relay_that_takes_the_mail_and_says_nothing_is_not_given_it_twice(
    database: Database, relay: ScriptedServer
) -> None:
    slow = iter([0.0] * 40 + [9.0] + [0.0] * READERS)
    answer = relay.on_data

    def say(address: str) -> str:
        relay.hangs_s = next(slow)
        return answer(address)

    relay.on_rcpt = say

    tally, got = by_smtp(database, relay, answer_timeout_s=3.0, connections=1)
    wait_until(lambda: len(relay.arrived) >= tally.sent)

    assert tally.held == 1
    assert tally.sent == READERS - 1
    assert max(got.values()) == 1


@pytest.mark.parametrize("storm", [sendgrid_mock.STORM_429, sendgrid_mock.STORM_503])
def test_a_storm_of_refusals_delays_and_loses_nobody(database: Database, mock: Mock, storm: str) -> None:
    mock.script.extend([storm, storm, "", storm, "", storm, storm])

    tally, got = by_sendgrid(database, mock)

    assert tally == Tally(frozen=READERS, sent=READERS)
    assert got == EACH_ONCE


def test_a_storm_of_5xx_holds_its_batches_and_sends_nothing_twice(database: Database, mock: Mock) -> None:
    mock.script.extend(
        [sendgrid_mock.ERROR_500, "", sendgrid_mock.ACCEPT_THEN_500, sendgrid_mock.GATEWAY_503]
    )

    tally, got = by_sendgrid(database, mock)

    assert tally == Tally(frozen=READERS, sent=30, held=90)
    assert max(got.values()) == 1
    assert sum(got.values()) == 60, "what was accepted behind a 500 was delivered, once"
    assert set(EACH_ONCE) == set(got) | held(database)


def test_answers_lost_at_sendgrid_hold_their_batch_until_events_prove_it(
    database: Database, mock: Mock
) -> None:
    mock.script.extend(["", sendgrid_mock.ACCEPT_THEN_DROP])

    tally, got = by_sendgrid(database, mock)

    assert tally == Tally(frozen=READERS, sent=90, held=30)
    assert got == EACH_ONCE
    posted = [
        {
            "event": "delivered",
            "sg_event_id": f"e{n}",
            "email": mail.address,
            "digest_reference": mail.reference,
        }
        for n, mail in enumerate(mock.mails)
    ]
    events, problems = read_events(sendgrid_mock.posted(posted), now=datetime.now(UTC))
    database.ledger.record_events(events)
    assert problems == ()
    assert database.ledger.tally(KEY) == Tally(frozen=READERS, sent=READERS)


def test_answers_lost_behind_a_fence_are_called_back_and_sent_once(database: Database, mock: Mock) -> None:
    mock.script.extend(["", sendgrid_mock.ACCEPT_THEN_DROP, "", sendgrid_mock.ACCEPT_THEN_500])

    tally, _ = by_sendgrid(database, mock, fence_ahead_s=900)
    mock.release()

    assert tally == Tally(frozen=READERS, sent=READERS)
    assert Counter(mock.addresses) == EACH_ONCE


def test_a_slow_accept_is_held_and_not_sent_twice(database: Database, mock: Mock) -> None:
    mock.slow_s = 3.0
    mock.script.extend(["", sendgrid_mock.SLOW])

    tally, _ = by_sendgrid(database, mock, answer_timeout_s=2.0)
    wait_until(lambda: len(mock.mails) == READERS)

    assert tally == Tally(frozen=READERS, sent=90, held=30)
    assert Counter(mock.addresses) == EACH_ONCE


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(6000):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to be")
