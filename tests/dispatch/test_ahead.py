"""Mail that is ahead: handed over before it leaves, or on its way before the one before is settled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from digest.dispatch.shutdown import Stopping
from digest.errors import RefusesAll, UnbuiltMail
from digest.model import Batch, Blame, Delivery, Outcome, Receipt, Tally
from digest.storage.database import Database
from tests.dispatch.fakes import Clock, Script, always_sent
from tests.dispatch.running import QUICK, answers, run
from tests.storage.samples import KEY, NOW, add_readers, approved, audience, frozen, people, rendered


class Ahead(Script):
    """A transport that hands mail over a quarter of an hour ahead."""

    ahead_s = 900.0
    notes_calls = False

    def call_back(self, note: str) -> bool:
        return False


def test_what_could_only_leave_past_the_deadline_is_skipped(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    ahead = Ahead()

    tally = run(database.ledger, ahead, deadline=NOW + timedelta(seconds=900))

    assert tally == Tally(frozen=2, skipped=2)
    assert ahead.batches == []


def test_the_canary_is_judged_once_its_mails_have_left(database: Database, database_url: str) -> None:
    add_readers(database_url, people(4))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=2)
    clock, ahead = Clock(), Ahead()
    ahead.ahead_s = 45.0
    rules = replace(QUICK, patience_s=5000.0, brake=replace(QUICK.brake, canary_wait_s=30.0))

    run(database.ledger, ahead, clock=clock, rules=rules)

    assert sum(clock.slept) >= 45 + 30
    assert database.ledger.tally(KEY).sent == 4


@dataclass
class Overlapping(Script):
    """A transport that is handed a batch while the one before has its receipts still to give."""

    begun: list[int] = field(default_factory=list)
    most_at_once: int = 0
    going: int = 0

    def begin(self, batch: Batch) -> Iterator[Receipt]:
        self.begun.append(len(batch.deliveries))
        self.going += len(batch.deliveries)
        self.most_at_once = max(self.most_at_once, self.going)
        return self._given(batch)

    def _given(self, batch: Batch) -> Iterator[Receipt]:
        for receipt in self.send(batch):
            self.going -= 1
            yield receipt


@pytest.mark.parametrize("readers", [1, 2, 3, 5, 9, 33])
def test_batches_on_their_way_together_send_each_reader_one_mail(
    database: Database, database_url: str, readers: int
) -> None:
    frozen(database, database_url, people(readers))
    transport = Overlapping()

    tally = run(database.ledger, transport)

    assert tally == Tally(frozen=readers, sent=readers)
    assert set(transport.got.values()) == {1}
    assert len(transport.got) == readers


def test_batches_on_their_way_together_hold_no_more_than_one_would(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(60))
    seen: list[int] = []

    def counts(delivery: Delivery) -> Receipt:
        seen.append(database.ledger.tally(KEY).sending)
        return always_sent(delivery)

    transport = Overlapping(counts)
    run(database.ledger, transport)

    assert max(seen) == QUICK.batch
    assert transport.most_at_once == QUICK.batch
    assert set(transport.begun) == {QUICK.batch // 2}


def test_nothing_is_claimed_ahead_of_a_server_that_has_taken_nobody(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(40))
    refused = Overlapping(answers(Outcome.FAILED, "550 relaying denied", blame=Blame.RELAY))  # type: ignore[arg-type]

    with pytest.raises(RefusesAll):
        run(database.ledger, refused)

    assert len(refused.begun) == 1
    assert database.ledger.tally(KEY) == Tally(frozen=40, planned=40)


def test_where_one_batch_fails_the_other_one_is_finished_and_settled(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(40))

    @dataclass
    class Breaks(Overlapping):
        def send(self, batch: Batch) -> Iterator[Receipt]:
            self.batches.append(batch)
            if len(self.batches) == 3:
                raise UnbuiltMail("a fault of ours")
            yield from map(always_sent, batch.deliveries)

    transport = Breaks()

    with pytest.raises(UnbuiltMail):
        run(database.ledger, transport)

    tally = database.ledger.tally(KEY)
    assert tally.sent == sum(transport.begun) - 2
    assert tally.sent + tally.planned == 40


def test_whoever_wants_to_end_waits_for_all_that_is_on_its_way(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(40))
    stopping = Stopping()

    def asks(delivery: Delivery) -> Receipt:
        if delivery.subscriber == "r00010":
            stopping.ask()
        return always_sent(delivery)

    tally = run(database.ledger, Overlapping(asks), stopping=stopping)

    assert tally.sending == tally.uncertain == 0
    assert 10 <= tally.sent <= 10 + QUICK.batch
    assert tally.sent + tally.planned == 40
