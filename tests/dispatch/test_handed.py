"""A database that goes back to an earlier state under a living run makes it send nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from digest.dispatch.handed import Handed
from digest.model import Batch, Outcome, Receipt, Tally
from digest.storage.database import open_database
from digest.testing.builders import a_delivery
from tests.dispatch.fakes import Script
from tests.dispatch.running import QUICK, run
from tests.storage.samples import frozen, people


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
