from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.dispatch.crashpoints import CrashPoints, from_environment
from digest.dispatch.handed import Handed
from digest.dispatch.retries import Backoff
from digest.model import Batch, Delivery, DeliveryState, Outcome, Receipt, Tally
from digest.storage.database import Database, open_database
from digest.testing.builders import a_delivery
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


@dataclass
class Failover(Script):
    """Keeps the database as it is at one batch, and puts that copy back under the run at a later one."""

    file: Path = Path()
    kept_at: int = 1
    back_at: int = 3
    kept: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:"))

    def send(self, batch: Batch) -> Iterator[Receipt]:
        number = len(self.batches) + 1
        with closing(sqlite3.connect(self.file)) as here:
            if number == self.kept_at:
                here.backup(self.kept)
            if number == self.back_at:
                self.kept.backup(here)
        yield from super().send(batch)


@pytest.mark.parametrize(("kept_at", "back_at"), [(1, 2), (1, 3), (2, 4), (2, 6), (1, 6), (5, 6)])
def test_a_standby_that_lacks_the_last_transactions_has_nothing_sent_twice(
    tmp_path: Path, migrated_sqlite: Path, caplog: pytest.LogCaptureFixture, kept_at: int, back_at: int
) -> None:
    file = tmp_path / "digest.db"
    file.write_bytes(Path(migrated_sqlite).read_bytes())
    database = open_database(f"sqlite:///{file}")
    frozen(database, f"sqlite:///{file}", people(24))
    transport = Failover(file=file, kept_at=kept_at, back_at=back_at, max_batch=4)

    tally = run(database.ledger, transport, rules=replace(QUICK, batch=4))
    database.close()
    transport.kept.close()

    assert max(transport.got.values()) == 1
    assert tally.frozen == 24
    assert tally.sent + tally.open + tally.held == 24
    assert tally.sent >= 20
    assert len(transport.got) == 24
    assert "went back to an earlier state" in caplog.text


def test_without_such_a_thing_nobody_is_passed_over(tmp_path: Path, migrated_sqlite: Path) -> None:
    file = tmp_path / "digest.db"
    file.write_bytes(Path(migrated_sqlite).read_bytes())
    database = open_database(f"sqlite:///{file}")
    frozen(database, f"sqlite:///{file}", people(9))

    assert run(database.ledger, Script(max_batch=4)) == Tally(frozen=9, sent=9)
    database.close()


def test_what_is_on_its_way_is_not_begun_a_second_time() -> None:
    handed = Handed()
    first, again, second = a_delivery(1), a_delivery(1), a_delivery(1, attempt=2)
    handed.begun([first])

    on_its_way = handed.known([again])
    of_a_policy = handed.known([second])
    handed.let_go([first.reference])

    assert [one.outcome for one in on_its_way] == [Outcome.UNCERTAIN]
    assert of_a_policy == handed.known([again]) == []


def test_who_was_not_taken_is_not_known_and_of_many_the_latest_are() -> None:
    handed = Handed(most=2)
    given = [a_delivery(number) for number in range(4)]
    handed.begun(given)
    handed.ended([Receipt(given[0].reference, Outcome.AGAIN, "later")])
    handed.ended([Receipt(one.reference, Outcome.SENT) for one in given[1:]])

    again = [a_delivery(number, attempt=2) for number in range(4)]

    assert [one.reference for one in handed.known(again)] == [one.reference for one in again[2:]]
