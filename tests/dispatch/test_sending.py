from __future__ import annotations

from dataclasses import replace

import pytest

from digest.dispatch.sending import UncertainPolicy
from digest.errors import TransportUnavailable, UnknownEdition
from digest.model import Delivery, DeliveryState, Outcome, Receipt, Tally
from digest.storage.database import Database, open_database
from tests.dispatch.fakes import LETTERHEAD, Clock, Down, Names, Script
from tests.dispatch.running import QUICK, answers, run
from tests.storage.samples import (
    KEY,
    add_leavers,
    frozen,
    people,
    rendered,
    suppressed,
)


def test_every_reader_gets_one_mail_and_a_second_run_sends_nothing(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(10))
    transport = Script()

    first = run(database.ledger, transport)
    second = run(database.ledger, transport)

    assert first == second == Tally(frozen=10, sent=10)
    assert len(transport.got) == transport.got.total() == 10


def test_a_batch_has_the_frozen_bytes_and_every_readers_values(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(3))
    transport = Script(max_batch=2)

    run(database.ledger, transport)

    assert [len(one.deliveries) for one in transport.batches] == [2, 1]
    batch = transport.batches[0]
    assert (batch.rendered, batch.letterhead) == (rendered(), LETTERHEAD)
    assert [one["unsubscribe_url"][-6:] for one in batch.values] == ["r00001", "r00002"]


def test_an_edition_that_is_not_frozen_is_named(database: Database) -> None:
    with pytest.raises(UnknownEdition, match="morning/2026-11-23"):
        run(database.ledger, Script())


def test_a_refusal_is_final_and_told(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))

    tally = run(database.ledger, Script(answers(Outcome.FAILED, "550 no such user")))

    assert tally == Tally(frozen=2, failed=2)
    (first, _second) = database.ledger.records(KEY, [DeliveryState.FAILED])
    assert first.reason == "550 no such user"


def test_what_was_proved_unaccepted_is_tried_again(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(5))

    def busy_at_first(delivery: Delivery) -> Receipt:
        outcome = Outcome.AGAIN if delivery.attempt < 3 else Outcome.SENT
        return Receipt(delivery.reference, outcome, "451 busy")

    transport = Script(busy_at_first)

    assert run(database.ledger, transport) == Tally(frozen=5, sent=5)
    assert transport.got.total() == 5


def test_it_is_not_tried_for_ever(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))

    assert run(database.ledger, Script(answers(Outcome.AGAIN, "451 busy"))) == Tally(frozen=2, failed=2)
    record = database.ledger.records(KEY, [DeliveryState.FAILED])[0]
    assert (record.attempt, record.reason) == (3, "given up after 3 attempts: 451 busy")


def test_a_long_wait_is_left_to_the_next_run(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    clock = Clock()

    tally = run(database.ledger, Script(answers(Outcome.AGAIN, retry_after_s=7200.0)), clock=clock)

    assert tally == Tally(frozen=1, planned=1)
    assert clock.slept == []


def test_patience_ends_even_where_short_waits_never_do(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    database.ledger.claim(KEY, "a run elsewhere", limit=1, lease_s=800)
    clock = Clock()

    assert run(database.ledger, Script(), clock=clock) == Tally(frozen=1, sending=1)
    assert 800 < sum(clock.slept) <= 900


@pytest.mark.parametrize("cause", ["says so", "gives no receipt"])
def test_what_is_uncertain_is_held(database: Database, database_url: str, cause: str) -> None:
    frozen(database, database_url, people(3))
    answer = answers(Outcome.UNCERTAIN, "timeout") if cause == "says so" else lambda _delivery: None
    transport = Script(answer)

    assert run(database.ledger, transport) == Tally(frozen=3, held=3)
    assert run(database.ledger, transport) == Tally(frozen=3, held=3)
    assert transport.got.total() == 3
    record = database.ledger.records(KEY, [DeliveryState.HELD])[0]
    assert record.reason in {"timeout", "the transport ended without a receipt for it"}


@pytest.mark.parametrize("way", ["policy", "safe transport"])
def test_what_is_uncertain_is_repeated_where_that_is_allowed(
    database: Database, database_url: str, way: str
) -> None:
    frozen(database, database_url, people(3))

    def unsure_at_first(delivery: Delivery) -> Receipt:
        outcome = Outcome.UNCERTAIN if delivery.attempt == 1 else Outcome.SENT
        return Receipt(delivery.reference, outcome, "timeout")

    transport = Script(unsure_at_first, repeats_are_safe=way == "safe transport")
    rules = replace(QUICK, uncertain=UncertainPolicy.RESEND if way == "policy" else UncertainPolicy.HOLD)

    assert run(database.ledger, transport, rules=rules) == Tally(frozen=3, sent=3)


def test_repeating_what_stays_uncertain_ends_in_held(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    rules = replace(QUICK, uncertain=UncertainPolicy.RESEND)
    transport = Script(answers(Outcome.UNCERTAIN, "timeout"))

    assert run(database.ledger, transport, rules=rules) == Tally(frozen=2, held=2)
    assert transport.got.total() == 6


@pytest.mark.parametrize("workers", [1, 3])
def test_without_a_transport_nothing_is_lost_and_no_attempt_is_spent(
    database: Database, database_url: str, workers: int
) -> None:
    frozen(database, database_url, people(20))

    with pytest.raises(TransportUnavailable, match="connection refused"):
        run(database.ledger, Down(), rules=replace(QUICK, workers=workers))

    assert database.ledger.tally(KEY) == Tally(frozen=20, planned=20)
    assert {one.attempt for one in database.ledger.records(KEY, [DeliveryState.PLANNED])} == {0}
    assert run(database.ledger, Script()) == Tally(frozen=20, sent=20)


def test_a_transport_that_breaks_leaves_the_rest_uncertain(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))

    def breaks_at_the_third(delivery: Delivery) -> Receipt:
        if delivery.subscriber == "r00003":
            raise ZeroDivisionError
        return Receipt(delivery.reference, Outcome.SENT)

    with pytest.raises(ZeroDivisionError):
        run(database.ledger, Script(breaks_at_the_third))

    assert database.ledger.tally(KEY) == Tally(frozen=4, sent=2, uncertain=2)


def test_a_reader_without_values_is_not_sent_to(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))

    class Broken(Names):
        def values(self, delivery: Delivery) -> dict[str, str]:
            raise KeyError(delivery.subscriber)

    transport = Script()
    with pytest.raises(KeyError):
        run(database.ledger, transport, personalizer=Broken())

    assert database.ledger.tally(KEY) == Tally(frozen=4, planned=4)
    assert transport.batches == []


def test_receipts_for_strangers_are_told_and_ignored(
    database: Database, database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    frozen(database, database_url, people(1))

    tally = run(database.ledger, Script(lambda _delivery: Receipt("1-1-1-zz", Outcome.SENT)))

    assert tally == Tally(frozen=1, held=1)
    assert "not given" in caplog.text


def test_whoever_leaves_while_it_is_sent_gets_nothing(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(8))

    def one_leaves(delivery: Delivery) -> Receipt:
        if delivery.subscriber == "r00002":
            add_leavers(database_url, ["r00006@example.org"])
        return Receipt(delivery.reference, Outcome.SENT)

    transport = Script(one_leaves)
    tally = run(database.ledger, transport, suppressed=suppressed)

    assert tally == Tally(frozen=8, sent=7, skipped=1)
    assert "r00006" not in transport.got


def test_a_run_takes_over_from_a_dead_process_at_once(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    database.ledger.claim(KEY, "dead", limit=2, lease_s=10_000)

    tally = run(database.ledger, Script(), is_gone=lambda owner: owner == "dead")

    assert tally == Tally(frozen=3, sent=1, held=2)


def test_a_proof_that_comes_after_the_lease_still_counts(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    other = open_database(database_url)

    def stalls(delivery: Delivery) -> Receipt:
        other.ledger.expire(KEY, owner="me")
        other.ledger.settle_uncertain(KEY, DeliveryState.HELD, "no proof")
        return Receipt(delivery.reference, Outcome.SENT)

    assert run(database.ledger, Script(stalls)) == Tally(frozen=1, sent=1)
    other.close()


def test_a_slow_batch_keeps_its_lease(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))
    clock = Clock()
    due: list[float | None] = []

    def slow(delivery: Delivery) -> Receipt:
        clock.sleep(20)
        due.append(database.ledger.due_in(KEY))
        return Receipt(delivery.reference, Outcome.SENT)

    run(database.ledger, Script(slow), clock=clock, rules=replace(QUICK, lease_s=60))

    # The database's clock stands almost still here: only a renewed lease is as long as at first.
    assert all(one is not None and one > 50 for one in due)


def test_several_workers_share_the_work(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(60))
    transport = Script()

    tally = run(database.ledger, transport, rules=replace(QUICK, workers=4))

    assert tally == Tally(frozen=60, sent=60)
    assert set(transport.got.values()) == {1}


def test_progress_is_told_to_the_end(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(5))
    steps: list[tuple[str, int, int | None]] = []

    class Watcher:
        def step(self, name: str, done: int, total: int | None = None, note: str = "") -> None:
            steps.append((name, done, total))

    run(database.ledger, Script(), progress=Watcher())

    assert steps == [("send", 2, 5), ("send", 4, 5), ("send", 5, 5)]
