"""A process that is asked to end finishes what is on its way, and begins nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.dispatch.shutdown import Stopping
from digest.model import Delivery, Outcome, Receipt, Tally
from digest.storage.database import Database
from tests.dispatch.fakes import Script
from tests.dispatch.running import QUICK, run
from tests.storage.samples import KEY, frozen, people


@pytest.mark.parametrize("workers", [1, 3])
def test_the_batch_on_its_way_is_settled_and_the_rest_stays_planned(
    database: Database, database_url: str, workers: int
) -> None:
    frozen(database, database_url, people(40))
    stopping = Stopping()
    asked: list[bool] = []

    def ends_at_the_first(delivery: Delivery) -> Receipt:
        if not asked:
            asked.append(stopping.ask())
        return Receipt(delivery.reference, Outcome.SENT)

    transport = Script(ends_at_the_first)
    tally = run(database.ledger, transport, rules=replace(QUICK, workers=workers), stopping=stopping)

    assert asked == [True]
    assert tally == Tally(frozen=40, sent=tally.sent, planned=40 - tally.sent)
    assert 0 < tally.sent <= workers * QUICK.batch
    assert transport.got.total() == tally.sent
    assert run(database.ledger, Script()) == Tally(frozen=40, sent=40)


def test_a_wait_for_another_try_ends_at_once(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    stopping = Stopping()

    def busy(delivery: Delivery) -> Receipt:
        stopping.ask()
        return Receipt(delivery.reference, Outcome.AGAIN, "451 busy", retry_after_s=60)

    assert run(database.ledger, Script(busy), stopping=stopping, sleep=None) == Tally(frozen=1, planned=1)


def test_asked_twice_or_with_nothing_on_its_way_a_process_may_just_end() -> None:
    stopping = Stopping()

    assert not stopping.ask()
    stopping.forget()
    with stopping.sending():
        assert (stopping.ask(), stopping.ask()) == (True, False)


def test_whoever_asks_before_the_first_claim_sends_nothing(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    stopping = Stopping()
    stopping.ask()
    transport = Script()

    assert run(database.ledger, transport, stopping=stopping) == Tally(frozen=3, planned=3)
    assert transport.batches == []
    assert database.ledger.owners(KEY) == ()
