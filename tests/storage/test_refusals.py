from __future__ import annotations

from datetime import timedelta

from digest.model import Delivery, DeliveryState, EditionState, EventKind, MailEvent, Outcome, Receipt
from digest.storage.database import Database
from tests.storage.acts import claim, settle
from tests.storage.samples import KEY, NOW, frozen, people

LATER = NOW + timedelta(hours=1)
WORDS = "550 5.1.1 no such user"


def refused(database: Database, *deliveries: Delivery, reason: str = WORDS) -> None:
    receipts = [Receipt(one.reference, Outcome.FAILED, reason) for one in deliveries]
    assert database.ledger.settle(KEY, "me", receipts) == len(receipts)


def found(database: Database) -> list[MailEvent]:
    return [event for edition in database.refusals.unheard() for event in database.refusals.of(edition)]


def heard(database: Database) -> None:
    for edition in database.refusals.unheard():
        database.refusals.heard(edition, now=LATER)


def test_only_refused_deliveries_are_told_with_their_own_reference(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(5))
    dead, invalid, well, unsure, _waits = claim(database)
    refused(database, dead)
    refused(database, invalid, reason="the address can't be written in a header")
    settle(database, Outcome.SENT, well)
    settle(database, Outcome.UNCERTAIN, unsure)

    (event,) = found(database)

    assert (event.reference, event.address, event.reason) == (dead.reference, dead.address, WORDS)
    assert (event.kind, event.at) == (EventKind.BOUNCED, NOW)
    assert found(database) == [event]
    (edition,) = database.refusals.unheard()
    assert database.refusals.out(edition) == 3


def test_more_than_a_page_of_refusals_is_read_whole(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2003))
    claimed = database.ledger.claim(KEY, "me", limit=2003, lease_s=60)
    refused(database, *claimed)

    assert [event.reference for event in found(database)] == [one.reference for one in claimed]


def test_a_refusal_that_its_provider_reported_is_the_providers_to_tell(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    (delivery,) = claim(database)
    settle(database, Outcome.UNCERTAIN, delivery)
    bounce = MailEvent("e1", EventKind.BOUNCED, delivery.reference, NOW, reason=WORDS)
    database.ledger.record_events([bounce])

    assert database.ledger.tally(KEY).failed == 1
    assert found(database) == []


def test_nobody_is_told_of_who_was_erased(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    refused(database, *claim(database))
    database.forgetting.forget_reader("r00001@example.org", is_final=True)

    assert found(database) == []


def test_an_edition_is_done_with_when_it_is_closed_and_not_before(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    refused(database, *claim(database))
    heard(database)
    assert len(found(database)) == 1
    database.editions.advance(KEY, EditionState.CLOSED, now=NOW)
    heard(database)

    assert database.refusals.unheard() == ()


def test_an_edition_that_was_opened_again_is_looked_at_again(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    (delivery,) = claim(database)
    settle(database, Outcome.UNCERTAIN, delivery)
    database.ledger.settle_uncertain(KEY, DeliveryState.HELD, "nobody knows")
    database.editions.advance(KEY, EditionState.CLOSED, now=NOW)
    seen = database.refusals.unheard()
    heard(database)
    assert database.refusals.unheard() == ()

    database.ledger.settle_held(KEY, DeliveryState.PLANNED, "once more")
    # Whoever looked before it was opened has not seen what comes now.
    database.refusals.heard(seen[0], now=LATER)
    refused(database, *claim(database))

    assert len(found(database)) == 1


def test_what_stands_stopped_waits_for_somebody_to_resume_it(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    refused(database, *claim(database))
    database.ledger.stop(KEY, "the canary failed")
    assert found(database) == []

    database.ledger.resume(KEY)

    assert len(found(database)) == 1
