"""What our own code can't make before a mail leaves gives the claim back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from digest.errors import UnbuiltMail
from digest.model import Batch, Delivery, DeliveryState, Outcome, Receipt
from digest.storage.database import Database
from tests.dispatch.fakes import Names, Script
from tests.dispatch.running import run
from tests.storage.samples import KEY, frozen, people


@dataclass
class Forgetful(Names):
    """A personalizer that breaks for whom it is told to, and says so in the ways that code does."""

    breaks: Callable[[Delivery], bool]
    error: Exception = field(default_factory=lambda: KeyError("topics"))

    def values(self, delivery: Delivery) -> Mapping[str, str]:
        if self.breaks(delivery):
            raise self.error
        return super().values(delivery)


@dataclass
class Unready(Script):
    """A transport that gives some receipts and then finds that it can't build the rest."""

    ready: int = 0

    def send(self, batch: Batch) -> Iterator[Receipt]:
        for delivery in batch.deliveries[: self.ready]:
            self.got[delivery.address] += 1
            yield Receipt(delivery.reference, Outcome.SENT)
        raise UnbuiltMail("the template is broken")


@pytest.fixture
def ten(database: Database, database_url: str) -> Database:
    frozen(database, database_url, people(10))
    return database


@pytest.mark.parametrize(
    "error", [KeyError("x"), UnicodeEncodeError("ascii", "é", 0, 1, "no"), TypeError()]
)
def test_values_that_nobody_can_have_stop_the_run_and_the_mended_one_reaches_all(
    ten: Database, error: Exception
) -> None:
    script = Script()

    with pytest.raises(UnbuiltMail, match=type(error).__name__):
        run(ten.ledger, script, personalizer=Forgetful(lambda _: True, error))
    stopped = ten.ledger.tally(KEY)
    mended = run(ten.ledger, script)

    assert (stopped.planned, stopped.open) == (10, 10)
    assert mended.sent == 10
    assert set(script.got.values()) == {1}


def test_one_readers_broken_value_fails_that_reader_alone(ten: Database) -> None:
    script = Script()

    tally = run(
        ten.ledger, script, personalizer=Forgetful(lambda delivery: delivery.address.startswith("r00003@"))
    )

    assert (tally.sent, tally.failed, tally.held) == (9, 1, 0)
    assert len(script.got) == 9


@pytest.mark.parametrize("ready", [0, 2])
def test_mails_that_cant_be_built_are_planned_as_if_never_tried(ten: Database, ready: int) -> None:
    unready, script = Unready(ready=ready), Script()

    with pytest.raises(UnbuiltMail):
        run(ten.ledger, unready)
    stopped = ten.ledger.tally(KEY)
    mended = run(ten.ledger, script)

    assert (stopped.sent, stopped.planned) == (ready, 10 - ready)
    assert mended.sent == 10
    assert set((unready.got + script.got).values()) == {1}
    assert {record.attempt for record in ten.ledger.records(KEY, [DeliveryState.SENT])} == {1}
