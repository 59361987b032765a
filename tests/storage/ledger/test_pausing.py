from __future__ import annotations

from datetime import timedelta

import pytest

from digest.model import DeliveryState, EditionState, EventKind, MailEvent, Outcome, Tally
from digest.storage.database import Database, open_database
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import KEY, NOW, add_leavers, frozen, people, suppressed

IN_FIVE_MINUTES = NOW + timedelta(minutes=5)


def test_a_pause_is_kept_for_all_and_each_counts(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    other = open_database(database_url)

    assert database.ledger.put_off(KEY, "554 no\0 relaying", until=NOW) == 1
    assert other.ledger.put_off(KEY, "550 still not", until=IN_FIVE_MINUTES) == 2

    told = database.ledger.dispatch(KEY)
    assert told is not None
    assert (told.paused, told.paused_until, told.pauses) == ("550 still not", IN_FIVE_MINUTES, 2)
    other.close()


@pytest.mark.parametrize("verb", ["go_on", "resume"])
def test_going_on_forgets_all_pauses(database: Database, database_url: str, verb: str) -> None:
    frozen(database, database_url, people(1))
    database.ledger.put_off(KEY, "554 no relaying", until=IN_FIVE_MINUTES)

    getattr(database.ledger, verb)(KEY)

    told = database.ledger.dispatch(KEY)
    assert told is not None
    assert (told.paused, told.paused_until, told.pauses) == ("", None, 0)
    assert database.ledger.put_off(KEY, "554 no relaying", until=IN_FIVE_MINUTES) == 1


def test_what_a_provider_takes_is_learned_for_all(database: Database, database_url: str) -> None:
    other = open_database(database_url)
    assert database.ledger.learned("smtp") == 0

    database.ledger.learn("smtp", 0.5)
    database.ledger.learn("smtp", 0.25)

    assert other.ledger.learned("smtp") == 0.25
    assert other.ledger.learned("sendgrid") == 0
    assert other.ledger.book("smtp", 1, per_s=0) == 0
    other.close()


def test_the_failed_are_planned_anew_and_the_edition_is_open_again(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(4))
    failed = claim(database)
    settle(database, Outcome.SENT, failed[0])
    settle(database, Outcome.FAILED, *failed[1:])
    database.editions.advance(KEY, EditionState.CLOSED, now=NOW)

    assert database.ledger.settle_failed(KEY, "mended", subscribers=["r00002", "?"]) == 1
    assert database.ledger.settle_failed(KEY, "mended", subscribers=[]) == 0
    assert database.ledger.settle_failed(KEY, "mended") == 2

    assert database.ledger.tally(KEY) == Tally(frozen=4, sent=1, planned=3)
    edition = database.editions.load(KEY)
    assert edition is not None
    assert edition.state is EditionState.DISPATCHING
    assert [one.attempt for one in claim(database)] == [2, 2, 2]


def test_whoever_left_or_was_taken_after_all_stays_failed(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))
    failed = claim(database)
    settle(database, Outcome.FAILED, *failed)
    add_leavers(database_url, ["r00001@example.org"])
    event = MailEvent("e1", EventKind.DELIVERED, failed[2].reference, NOW)
    database.ledger.record_events([event])

    moved = database.ledger.settle_failed(KEY, "mended", suppressed=suppressed)

    assert moved == 2
    records = database.ledger.records(KEY, [DeliveryState.PLANNED])
    assert [one.subscriber for one in records] == ["r00002", "r00004"]
