from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.dispatch.brake import Brake
from digest.model import Delivery, DeliveryState, EventKind, MailEvent, Outcome, Receipt, Tally
from digest.storage.database import Database
from tests.dispatch.fakes import Clock, Script
from tests.dispatch.running import QUICK, answers, run
from tests.storage.samples import (
    KEY,
    NOW,
    approved,
    audience,
    frozen,
    people,
    rendered,
)


def with_canary(database: Database, url: str, *, readers: int, canary: int) -> None:
    from tests.storage.samples import add_readers

    add_readers(url, people(readers))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=canary)


def test_past_the_deadline_nothing_is_sent(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(10))
    clock = Clock()

    def slow(delivery: Delivery) -> Receipt:
        clock.sleep(60)
        return Receipt(delivery.reference, Outcome.SENT)

    transport = Script(slow)
    tally = run(database.ledger, transport, clock=clock, deadline=NOW + timedelta(minutes=6))

    assert tally == Tally(frozen=10, sent=8, skipped=2)
    assert transport.got.total() == 8
    record = database.ledger.records(KEY, [DeliveryState.SKIPPED])[0]
    assert "deadline 2026-11-23T03:06:00+00:00" in record.reason


def test_a_wait_ends_at_the_deadline(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    clock = Clock()
    transport = Script(answers(Outcome.AGAIN, retry_after_s=600.0))

    tally = run(database.ledger, transport, clock=clock, deadline=NOW + timedelta(seconds=12))

    assert tally == Tally(frozen=1, skipped=1)
    assert sum(clock.slept) == pytest.approx(12, abs=0.1)


def test_a_canary_that_goes_well_lets_the_rest_out(database: Database, database_url: str) -> None:
    with_canary(database, database_url, readers=10, canary=3)
    clock = Clock()
    sent_at: list[float] = []

    def noted(delivery: Delivery) -> Receipt:
        sent_at.append(clock.timer())
        return Receipt(delivery.reference, Outcome.SENT)

    assert run(database.ledger, Script(noted), clock=clock) == Tally(frozen=10, sent=10)
    assert [at < 1 for at in sent_at].count(True) == 3
    assert min(at for at in sent_at if at > 1) >= 600


def test_a_canary_that_is_refused_stops_the_edition(database: Database, database_url: str) -> None:
    with_canary(database, database_url, readers=10, canary=3)

    assert run(database.ledger, Script(answers(Outcome.FAILED, "550 blocked"))) == Tally(
        frozen=10, failed=3, planned=7
    )
    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert dispatch.stopped == ("the canary of 3 failed: 3 of 3 mails were refused, the bound is 20.0%")
    database.ledger.resume(KEY)
    database.ledger.pass_canary(KEY)
    assert run(database.ledger, Script()) == Tally(frozen=10, failed=3, sent=7)


def test_readers_who_complain_stop_the_edition(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(40))
    clock = Clock()

    def resented(delivery: Delivery) -> Receipt:
        clock.sleep(10)
        at = clock.now()
        event = MailEvent(f"e-{delivery.reference}", EventKind.COMPLAINED, delivery.reference, at)
        database.ledger.record_events([event])
        return Receipt(delivery.reference, Outcome.SENT)

    rules = replace(QUICK, brake=Brake(every_s=60, minimum=5))
    tally = run(database.ledger, Script(resented), clock=clock, rules=rules)

    assert (tally.sent, tally.planned) == (8, 32)
    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert "complained" in dispatch.stopped


def test_a_hold_window_leaves_time_to_cancel(database: Database, database_url: str) -> None:
    from datetime import UTC, datetime

    from tests.storage.samples import add_readers

    add_readers(database_url, people(3))
    approved(database)
    until = datetime.now(UTC) + timedelta(hours=2)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, hold_until=until)
    transport = Script()

    assert run(database.ledger, transport) == Tally(frozen=3, planned=3)
    assert database.ledger.cancel(KEY, "canceled by ada") == 3

    assert run(database.ledger, transport) == Tally(frozen=3, skipped=3)
    assert transport.batches == []
