from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.dispatch.crashpoints import CrashPoints, from_environment
from digest.dispatch.retries import Backoff
from digest.model import Delivery, DeliveryState, Outcome, Receipt, Tally
from digest.storage.database import Database
from tests.dispatch.fakes import Clock, Script
from tests.dispatch.running import QUICK, answers, run
from tests.storage.samples import KEY, frozen, people


@settings(deadline=None, max_examples=100, derandomize=True)
@given(attempt=st.integers(0, 5000), asked=st.floats(0, 1e6), reference=st.text(max_size=40))
def test_a_wait_is_never_shorter_than_asked_for_nor_longer_than_its_spread(
    attempt: int, asked: float, reference: str
) -> None:
    backoff = Backoff(first_s=10, longest_s=600, spread=0.25)

    wait_s = backoff.wait_s(attempt, reference=reference, asked_s=asked)

    assert asked <= wait_s <= max(asked, 600) * 1.25 + 1e-6
    assert wait_s >= 10
    assert wait_s == backoff.wait_s(attempt, reference=reference, asked_s=asked)


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first_s=10, longest_s=60, spread=0)

    assert [backoff.wait_s(attempt, reference="x") for attempt in (1, 2, 3, 4, 5)] == [10, 20, 40, 60, 60]


def test_a_crowd_is_spread() -> None:
    waits = {round(Backoff().wait_s(1, reference=str(number)), 2) for number in range(100)}

    assert len(waits) > 90


def test_no_process_dies_unless_it_is_asked_to() -> None:
    points = from_environment(None)
    for _ in range(5):
        points.reached("claimed")

    assert (points.at, points.passed) == (0, 5)
    assert CrashPoints().at == from_environment("").at == 0
    assert from_environment("7").at == 7


@pytest.mark.parametrize("value", ["x", "-1", "1.5"])
def test_a_crash_point_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="DIGEST_CRASH_AT"):
        from_environment(value)


def test_all_who_send_keep_one_pace(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(40))
    clock = Clock()

    tally = run(database.ledger, Script(), clock=clock, rules=replace(QUICK, per_s=2.0, batch=10))

    assert tally == Tally(frozen=40, sent=40)
    # 40 at 2 a second: the first ten at once, the others behind them.
    assert sum(clock.slept) >= 10


def test_a_provider_that_asks_for_a_pause_gets_it_from_everybody(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(12))
    transport = Script(answers(Outcome.AGAIN, "429 slow down", retry_after_s=3600.0))

    run(database.ledger, transport, owner="one")
    run(database.ledger, transport, owner="two")

    assert len(transport.batches) == 1
    assert database.ledger.book(transport.name, 1, per_s=0) > 3000


def test_a_pause_may_come_with_the_last_mail_that_was_taken(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(12))
    transport = Script(answers(Outcome.SENT, "", retry_after_s=3600.0))

    tally = run(database.ledger, transport)

    assert tally == Tally(frozen=12, sent=4, planned=8)
    assert database.ledger.book(transport.name, 1, per_s=0) > 3000


def test_a_provider_that_throttles_for_long_fails_nobody(database: Database, database_url: str) -> None:
    """It refuses everybody: that it did so often says nothing of a reader."""
    frozen(database, database_url, people(2))
    last = QUICK.settling.max_attempts + 3

    def answer(delivery: Delivery) -> Receipt:
        if delivery.attempt < last:
            return Receipt(delivery.reference, Outcome.AGAIN, "429 slow down", retry_after_s=0.001)
        return Receipt(delivery.reference, Outcome.SENT)

    tally = run(database.ledger, Script(answer))

    assert tally == Tally(frozen=2, sent=2)
    assert {one.attempt for one in database.ledger.records(KEY, [DeliveryState.SENT])} == {last}
