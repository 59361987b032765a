"""Notes of requests that can be called back, and what events prove of such mail."""

from __future__ import annotations

import pytest

from digest.model import FENCE_NOTE, DeliveryState, EventKind, MailEvent, Outcome, Receipt
from digest.storage.database import Database
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import KEY, NOW, frozen, people

NOTE, OTHER = "fence:1763870400:batch-1", "fence:1763870400:batch-2"
PLANNED, HELD, SENT = DeliveryState.PLANNED, DeliveryState.HELD, DeliveryState.SENT
UNCERTAIN, FAILED = DeliveryState.UNCERTAIN, DeliveryState.FAILED


def states(database: Database) -> list[tuple[DeliveryState, str]]:
    records = database.ledger.records(KEY, list(DeliveryState))
    return [(one.state, one.provider_id) for one in records]


def event(kind: EventKind, reference: str) -> MailEvent:
    return MailEvent(f"{kind} of {reference}", kind, reference, NOW)


def noted(database: Database, url: str, count: int) -> list[str]:
    """Freeze, claim, note and lose the process; return the references."""
    frozen(database, url, people(count))
    references = [one.reference for one in claim(database)]
    assert database.ledger.note(references, NOTE) == count
    return references


def test_a_note_outlives_its_process(database: Database, database_url: str) -> None:
    noted(database, database_url, 3)

    database.ledger.expire(KEY, owner="me")

    assert states(database) == [(UNCERTAIN, NOTE)] * 3
    assert database.ledger.noted(KEY) == {NOTE: False}


def test_what_others_have_taken_over_gets_no_note(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    references = [one.reference for one in claim(database)]
    database.ledger.expire(KEY, owner="me")
    database.ledger.settle_uncertain(KEY, PLANNED, "again")
    theirs = [one.reference for one in claim(database)]

    assert database.ledger.note(references, NOTE) == 0
    assert database.ledger.note([*references, theirs[0], "no reference"], NOTE) == 1
    assert [note for _, note in states(database)] == [NOTE, "", ""]


def test_one_receipt_proves_the_whole_request(database: Database, database_url: str) -> None:
    first, *_ = noted(database, database_url, 3)
    database.ledger.settle(KEY, "me", [Receipt(first, Outcome.SENT, provider_id=NOTE)])
    database.ledger.expire(KEY, owner="me")

    assert database.ledger.noted(KEY) == {NOTE: True}
    assert database.ledger.settle_uncertain(KEY, SENT, "", note=NOTE) == 2

    assert states(database) == [(SENT, NOTE)] * 3
    assert {one.reason for one in database.ledger.records(KEY, [SENT])} == {""}


def test_an_operators_word_for_one_proves_nothing_of_the_others(
    database: Database, database_url: str
) -> None:
    first, *_rest = noted(database, database_url, 3)
    unsure = [Receipt(first, Outcome.UNCERTAIN, "no answer", NOTE)]
    database.ledger.settle(KEY, "me", unsure)
    database.ledger.settle_uncertain(KEY, HELD, "", note=NOTE)
    database.ledger.settle_held(KEY, SENT, "the reader says so")
    database.ledger.expire(KEY, owner="me")

    assert database.ledger.noted(KEY) == {NOTE: False}


def test_only_the_request_that_is_meant_is_settled(database: Database, database_url: str) -> None:
    references = noted(database, database_url, 3)
    database.ledger.note(references[1:2], OTHER)
    database.ledger.note(references[2:], "message-1")
    database.ledger.expire(KEY, owner="me")

    assert database.ledger.settle_uncertain(KEY, PLANNED, "called back", note=NOTE) == 1
    assert database.ledger.settle_uncertain(KEY, HELD, "", note="") == 1
    assert database.ledger.noted(KEY) == {OTHER: False}
    assert [state for state, _ in states(database)] == [PLANNED, UNCERTAIN, HELD]


def test_a_claims_own_note_is_replaced(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    first, _second = database.ledger.claim(KEY, "me", limit=2, lease_s=60, note=FENCE_NOTE)

    database.ledger.note([first.reference], NOTE)
    database.ledger.expire(KEY, owner="me")

    assert database.ledger.noted(KEY) == {FENCE_NOTE: False, NOTE: False}
    assert database.ledger.settle_uncertain(KEY, PLANNED, "never called", note=FENCE_NOTE) == 1


def test_without_a_note_nothing_becomes_sent(database: Database, database_url: str) -> None:
    noted(database, database_url, 1)

    with pytest.raises(ValueError, match="held or planned"):
        database.ledger.settle_uncertain(KEY, SENT, "", note="")


def test_a_new_attempt_begins_without_a_note(database: Database, database_url: str) -> None:
    noted(database, database_url, 1)
    database.ledger.expire(KEY, owner="me")
    database.ledger.settle_uncertain(KEY, PLANNED, "called back", note=NOTE)

    claim(database)

    assert states(database) == [(DeliveryState.SENDING, "")]


@pytest.mark.parametrize("kind", [EventKind.ACCEPTED, EventKind.REJECTED])
def test_what_was_accepted_and_called_back_goes_out_anew(
    database: Database, database_url: str, kind: EventKind
) -> None:
    """The provider had it, and threw it away because we said so."""
    (reference,) = noted(database, database_url, 1)
    database.ledger.expire(KEY, owner="me")
    database.ledger.settle_uncertain(KEY, PLANNED, "called back", note=NOTE)

    database.ledger.record_events([event(kind, reference)])

    assert states(database) == [(PLANNED, NOTE)]
    (again,) = claim(database)
    database.ledger.note([again.reference], OTHER)
    database.ledger.record_events([event(kind, reference + "x"), event(kind, reference)])
    assert settle(database, Outcome.SENT, again) == 1


def test_a_fenced_mail_that_reached_its_reader_is_sent(database: Database, database_url: str) -> None:
    (reference,) = noted(database, database_url, 1)
    database.ledger.expire(KEY, owner="me")

    database.ledger.record_events([event(EventKind.ACCEPTED, reference)])
    assert states(database) == [(UNCERTAIN, NOTE)]
    database.ledger.record_events([event(EventKind.DELIVERED, reference)])

    assert states(database) == [(SENT, NOTE)]


def test_a_fenced_mail_that_the_provider_drops_has_failed(database: Database, database_url: str) -> None:
    (reference,) = noted(database, database_url, 1)
    database.ledger.expire(KEY, owner="me")

    database.ledger.record_events([event(EventKind.REJECTED, reference)])

    assert states(database) == [(FAILED, NOTE)]


def test_proof_of_an_earlier_attempt_proves_nothing_of_the_later_request(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    earlier = claim(database)
    database.ledger.expire(KEY, owner="me")
    database.ledger.settle_uncertain(KEY, PLANNED, "the policy says so")
    later = claim(database)
    database.ledger.note([one.reference for one in later], NOTE)
    database.ledger.expire(KEY, owner="me")

    database.ledger.record_events([event(EventKind.DELIVERED, earlier[0].reference)])

    assert states(database) == [(SENT, ""), (UNCERTAIN, NOTE)]
    assert database.ledger.noted(KEY) == {NOTE: False}


def test_an_uncertain_receipt_without_a_name_keeps_the_note(database: Database, database_url: str) -> None:
    """The database was away when the request was to be noted, and back when the claim was given up."""
    frozen(database, database_url, people(10))
    claimed = database.ledger.claim(KEY, "me", limit=10, lease_s=60, note=FENCE_NOTE)

    database.ledger.settle(KEY, "me", [Receipt(claimed[0].reference, Outcome.UNCERTAIN, "no receipt")])
    settle(database, Outcome.UNCERTAIN, *claimed[1:], reason="no receipt")

    assert states(database) == [(UNCERTAIN, FENCE_NOTE)] * 10
