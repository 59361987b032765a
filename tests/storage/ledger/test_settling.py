from __future__ import annotations

import time

import pytest

from digest.model import (
    DeliveryState,
    EditionKey,
    EventKind,
    MailEvent,
    Outcome,
    Receipt,
    Tally,
)
from digest.storage.database import Database
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import (
    KEY,
    NOW,
    approved,
    frozen,
    people,
)

PLANNED, HELD = DeliveryState.PLANNED, DeliveryState.HELD


def test_outcomes_are_written_once(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))
    sent, failed, again, unsure = claim(database)
    receipts = [
        Receipt(sent.reference, Outcome.SENT, provider_id="250 queued"),
        Receipt(failed.reference, Outcome.FAILED, "550 no such\0 user"),
        Receipt(again.reference, Outcome.AGAIN, "451 later", retry_after_s=3600),
        Receipt(unsure.reference, Outcome.UNCERTAIN, "timeout"),
    ]

    assert database.ledger.settle(KEY, "me", receipts) == 4
    assert database.ledger.settle(KEY, "me", receipts) == 0

    assert database.ledger.tally(KEY) == Tally(frozen=4, sent=1, failed=1, planned=1, uncertain=1)
    records = database.ledger.records(KEY, list(DeliveryState))
    assert [(one.reason, one.provider_id) for one in records] == [
        ("", "250 queued"),
        ("550 no such user", ""),
        ("451 later", ""),
        ("timeout", ""),
    ]
    assert [one.reference for one in records] == [one.reference for one in (sent, failed, again, unsure)]


@pytest.mark.parametrize("stranger", ["you", "", "ME"])
def test_only_the_owner_settles(database: Database, database_url: str, stranger: str) -> None:
    frozen(database, database_url, people(1))
    claimed = claim(database)

    assert settle(database, Outcome.SENT, *claimed, owner=stranger) == 0
    assert settle(database, Outcome.SENT, *claimed) == 1


def test_a_deferred_delivery_comes_due_later_with_a_new_reference(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    (first,) = claim(database)
    settle(database, Outcome.AGAIN, first, retry_after_s=3.0)

    due_s = database.ledger.due_in(KEY)
    assert due_s is not None
    assert 0 < due_s <= 3.0
    found = claim(database)
    while not found:
        time.sleep(0.1)
        found = claim(database)
    (second,) = found

    assert (second.attempt, second.subscriber) == (2, first.subscriber)
    assert second.reference != first.reference
    assert second.message_key == first.message_key


def test_a_zombie_past_its_lease_overwrites_nothing(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    (old,) = claim(database, "zombie", lease_s=0)
    assert database.ledger.expire(KEY) == 1
    assert settle(database, Outcome.AGAIN, old, owner="zombie") == 0

    database.ledger.settle_uncertain(KEY, PLANNED, "the policy says so")
    (new,) = claim(database, "heir")
    for outcome in Outcome:
        assert settle(database, outcome, old, owner="zombie") == 0
    assert settle(database, Outcome.FAILED, new, owner="heir") == 1

    assert database.ledger.tally(KEY) == Tally(frozen=1, failed=1)


def test_a_released_claim_was_never_tried(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    first, second = claim(database)
    settle(database, Outcome.SENT, second)

    assert database.ledger.release(KEY, "you", [first.reference]) == 0
    assert database.ledger.release(KEY, "me", [first.reference, second.reference]) == 1

    assert database.ledger.owners(KEY) == ()
    (again,) = claim(database)
    assert (again.attempt, again.subscriber) == (1, first.subscriber)
    assert again.reference != first.reference


def test_uncertain_deliveries_are_held_or_planned_anew(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    settle(database, Outcome.UNCERTAIN, *claim(database, limit=1))

    assert database.ledger.settle_uncertain(KEY, HELD, "no proof") == 1
    settle(database, Outcome.UNCERTAIN, *claim(database, limit=1))
    assert database.ledger.settle_uncertain(KEY, PLANNED, "safe", max_attempts=2) == 1
    settle(database, Outcome.UNCERTAIN, *claim(database, limit=1))
    assert database.ledger.settle_uncertain(KEY, PLANNED, "safe", max_attempts=2) == 1

    assert database.ledger.tally(KEY) == Tally(frozen=2, held=2)
    assert [one.reason for one in database.ledger.records(KEY, [HELD])] == [
        "no proof",
        "uncertain after 2 attempts",
    ]
    with pytest.raises(ValueError, match="held or planned"):
        database.ledger.settle_uncertain(KEY, DeliveryState.SENT, "wishful thinking")


def test_an_operator_settles_what_is_held(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))
    settle(database, Outcome.UNCERTAIN, *claim(database))
    database.ledger.settle_uncertain(KEY, HELD, "no proof")

    assert (
        database.ledger.settle_held(KEY, DeliveryState.SENT, "seen in the log", subscribers=["r00001"]) == 1
    )
    assert database.ledger.settle_held(KEY, DeliveryState.FAILED, "gone", subscribers=["r00002", "?"]) == 1
    assert database.ledger.settle_held(KEY, PLANNED, "once more") == 2

    assert database.ledger.tally(KEY) == Tally(frozen=4, sent=1, failed=1, planned=2)
    assert [one.attempt for one in claim(database)] == [2, 2]
    with pytest.raises(ValueError, match="sent, failed or planned"):
        database.ledger.settle_held(KEY, HELD, "")


def test_skipping_takes_all_that_no_claim_holds(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))
    claim(database, limit=1)

    assert database.ledger.skip(KEY, "too late") == 3
    assert database.ledger.skip(KEY, "too late") == 0

    assert database.ledger.tally(KEY) == Tally(frozen=4, sending=1, skipped=3)
    assert [one.reason for one in database.ledger.records(KEY, [DeliveryState.SKIPPED])] == ["too late"] * 3


def test_a_canceled_dispatch_sends_nothing_more_not_even_what_comes_back(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(5))
    claimed = claim(database, limit=2)

    assert database.ledger.cancel(KEY, "canceled by ada") == 3
    settle(database, Outcome.SENT, claimed[0])
    settle(database, Outcome.AGAIN, claimed[1], retry_after_s=600)

    assert claim(database) == ()
    assert database.ledger.tally(KEY) == Tally(frozen=5, sent=1, skipped=4)
    assert {one.reason for one in database.ledger.records(KEY, [DeliveryState.SKIPPED])} == {
        "canceled by ada"
    }
    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert dispatch.canceled == "canceled by ada"


def test_a_receipt_from_before_a_release_is_not_taken_for_the_next_claim(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    (old,) = claim(database)
    database.ledger.release(KEY, "me", [old.reference])
    (new,) = claim(database)
    assert (new.attempt, old.attempt) == (1, 1)

    assert settle(database, Outcome.SENT, old) == 0
    assert settle(database, Outcome.SENT, new) == 1


def test_receipts_that_are_all_alike_are_guarded_one_by_one(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(30))
    gone = claim(database, limit=10)
    database.ledger.expire(KEY, owner="me")
    database.ledger.settle_uncertain(KEY, PLANNED, "again")
    mine = claim(database, limit=20)
    theirs = claim(database, owner="you", limit=20)
    everyone = [*gone, *mine, *theirs]
    receipts = [Receipt(one.reference, Outcome.SENT, provider_id="message-1") for one in everyone]
    different = Receipt(mine[0].reference, Outcome.FAILED, "550 no such user")

    settled = database.ledger.settle(KEY, "me", [*receipts[11:], different])

    assert settled == 20
    assert database.ledger.tally(KEY) == Tally(frozen=30, sent=19, failed=1, sending=10)
    assert database.ledger.settle(KEY, "you", receipts) == 10
    sent = database.ledger.records(KEY, [DeliveryState.SENT])
    assert {one.provider_id for one in sent} == {"message-1"}
    assert {one.reason for one in sent} == {""}


@pytest.mark.parametrize("which", [0, 2, 4], ids=["first", "middle", "last"])
def test_a_claim_that_lost_one_meanwhile_is_settled_for_the_others(
    database: Database, database_url: str, which: int
) -> None:
    frozen(database, database_url, people(5))
    claimed = claim(database)
    database.ledger.record_events([MailEvent("e1", EventKind.BOUNCED, claimed[which].reference, NOW)])

    assert settle(database, Outcome.SENT, *claimed) == 4

    assert database.ledger.tally(KEY) == Tally(frozen=5, sent=4, failed=1)
    assert database.ledger.owners(KEY) == ()


def test_a_claim_taken_whole_keeps_the_note_that_stands_beside_it(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(4))
    noted = database.ledger.claim(KEY, "me", limit=2, lease_s=60, note="fence-1")
    named = claim(database)

    assert settle(database, Outcome.SENT, *noted) == 2
    assert settle(database, Outcome.SENT, *named, provider_id="250\0queued") == 2

    records = database.ledger.records(KEY, [DeliveryState.SENT])
    assert [one.provider_id for one in records] == ["fence-1"] * 2 + ["250queued"] * 2
    assert [one.reference for one in records] == [one.reference for one in (*noted, *named)]


def test_a_claim_taken_whole_is_nobody_elses_and_no_other_editions(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(3))
    other = approved(database, EditionKey("morning", KEY.day, "noon"))
    claimed = claim(database)
    receipts = [Receipt(one.reference, Outcome.SENT) for one in claimed]

    assert database.ledger.settle(KEY, "you", receipts) == 0
    assert database.ledger.settle(other, "me", receipts) == 0
    assert database.ledger.settle(KEY, "me", [*receipts, *receipts]) == 3
    assert database.ledger.settle(KEY, "me", receipts) == 0
