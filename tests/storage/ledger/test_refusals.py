from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from digest.model import Delivery, DeliveryState, EditionState, EventKind, MailEvent, Outcome, Receipt
from digest.storage import database as storage
from digest.storage.database import Database
from tests.storage.ledger.acts import claim, settle
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
    assert database.refusals.out(edition, most=10) == 3
    assert database.refusals.out(edition, most=2) == 2


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


@pytest.mark.parametrize(("state", "is_looked_at"), [("closed", False), ("dispatching", True)])
def test_what_was_closed_before_the_upgrade_is_not_judged_afterwards(
    tmp_path: Path, state: str, *, is_looked_at: bool
) -> None:
    """Its readers may have had mail since."""
    url = f"sqlite:///{tmp_path}/old.db"
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0009")
        when = "'2026-11-23 03:00:00.000000'"
        connection.execute(
            text(
                "INSERT INTO edition VALUES (1, 'morning', '2026-11-23', '', :state, 1, '', '', NULL,"
                f" {when}, '', '', '', {when}, {when}, {when}, 0)"
            ),
            {"state": state},
        )
        connection.execute(
            text(f"INSERT INTO dispatch VALUES (1, 1, {when}, '', NULL, 0, NULL, 1, '', '', NULL, NULL)")
        )
    engine.dispose()

    storage.migrate(url)

    opened = storage.open_database(url)
    assert [one.edition for one in opened.refusals.unheard()] == [KEY] * is_looked_at
    opened.close()
