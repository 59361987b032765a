from __future__ import annotations

from collections.abc import Callable

import pytest

from digest.model import (
    DeliveryState,
    EventKind,
    Feedback,
    MailEvent,
    Outcome,
    Receipt,
    Tally,
)
from digest.storage.database import Database
from digest.storage.ledger.references import lasting
from tests.storage.ledger.acts import claim, settle
from tests.storage.samples import (
    KEY,
    NOW,
    frozen,
    people,
)

PLANNED, HELD = DeliveryState.PLANNED, DeliveryState.HELD


def event(kind: EventKind, reference: str, number: int = 1) -> MailEvent:
    return MailEvent(f"e{number}-{kind}", kind, reference, NOW, reason="no such user", raw="{}")


@pytest.mark.parametrize("reference", ["", "x", "1-1-1", "1-1-1-zzzzzzzzzz", "9-9-9-abc", "1-1-1-0; DROP"])
def test_a_strange_reference_is_nobodys(database: Database, database_url: str, reference: str) -> None:
    frozen(database, database_url, people(1))
    claim(database)

    assert database.ledger.settle(KEY, "me", [Receipt(reference, Outcome.SENT)]) == 0
    assert database.ledger.record_events([event(EventKind.DELIVERED, reference)]) == 1
    assert database.ledger.tally(KEY) == Tally(frozen=1, sending=1)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (EventKind.ACCEPTED, "sent"),
        (EventKind.DELIVERED, "sent"),
        (EventKind.DEFERRED, "sent"),
        (EventKind.CLICKED, "sent"),
        (EventKind.COMPLAINED, "sent"),
        (EventKind.UNKNOWN, "sent"),
        (EventKind.BOUNCED, "failed"),
        (EventKind.REJECTED, "failed"),
    ],
)
@pytest.mark.parametrize("before", ["sending", "uncertain", "held", "planned"])
def test_whatever_a_provider_reports_proves_that_it_had_the_mail(
    database: Database, database_url: str, kind: EventKind, state: str, before: str
) -> None:
    frozen(database, database_url, people(1))
    (one,) = claim(database)
    steps: dict[str, list[Callable[[], object]]] = {
        "sending": [],
        "uncertain": [lambda: settle(database, Outcome.UNCERTAIN, one)],
        "held": [
            lambda: settle(database, Outcome.UNCERTAIN, one),
            lambda: database.ledger.settle_uncertain(KEY, HELD, "no proof"),
        ],
        "planned": [
            lambda: settle(database, Outcome.UNCERTAIN, one),
            lambda: database.ledger.settle_uncertain(KEY, PLANNED, "again"),
        ],
    }
    for step in steps[before]:
        step()

    assert database.ledger.record_events([event(kind, one.reference)]) == 1

    assert database.ledger.tally(KEY) == Tally(frozen=1, **{state: 1})


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.FAILED])
def test_an_event_does_not_undo_what_is_settled(
    database: Database, database_url: str, outcome: Outcome
) -> None:
    frozen(database, database_url, people(1))
    (one,) = claim(database)
    settle(database, outcome, one)
    before = database.ledger.tally(KEY)

    database.ledger.record_events(
        [event(EventKind.BOUNCED, one.reference), event(EventKind.DELIVERED, one.reference)]
    )

    assert database.ledger.tally(KEY) == before


def test_an_event_about_an_earlier_attempt_stops_the_next(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    (first,) = claim(database)
    settle(database, Outcome.UNCERTAIN, first)
    database.ledger.settle_uncertain(KEY, PLANNED, "the policy says so")
    (second,) = claim(database)
    settle(database, Outcome.AGAIN, second)

    database.ledger.record_events([event(EventKind.DELIVERED, first.reference)])

    assert claim(database) == ()
    assert database.ledger.tally(KEY) == Tally(frozen=1, sent=1)


def test_the_same_event_counts_once(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    first, second = claim(database)
    settle(database, Outcome.SENT, first)
    settle(database, Outcome.FAILED, second)
    events = [
        event(EventKind.DELIVERED, first.reference),
        event(EventKind.COMPLAINED, first.reference, 1),
        event(EventKind.COMPLAINED, first.reference, 2),
        event(EventKind.COMPLAINED, first.reference, 2),
        event(EventKind.BOUNCED, second.reference),
    ]

    assert database.ledger.record_events(events) == 4
    assert database.ledger.record_events(events) == 0

    assert database.ledger.feedback(KEY) == Feedback(out=2, refused=1, delivered=1, bounced=1, complained=1)


@pytest.mark.parametrize("before", ["sending", "uncertain", "held", "planned"])
def test_a_bounce_that_names_no_attempt_settles_its_delivery(
    database: Database, database_url: str, before: str
) -> None:
    frozen(database, database_url, people(2))
    one, other = claim(database)
    if before != "sending":
        settle(database, Outcome.UNCERTAIN, one)
    if before in {"held", "planned"}:
        to = HELD if before == "held" else PLANNED
        database.ledger.settle_uncertain(KEY, to, "no proof")

    bounced = event(EventKind.BOUNCED, lasting(one))
    assert database.ledger.record_events([bounced]) == 1

    (record,) = database.ledger.records(KEY, [DeliveryState.FAILED])
    assert (record.subscriber, record.reason) == (one.subscriber, "no such user")
    assert database.ledger.readers_of([lasting(one)]) == {lasting(one): (one.address, one.mailing_list)}
    assert database.ledger.feedback(KEY).bounced == 1
    assert lasting(other) != lasting(one)


def test_a_delivery_never_tried_is_settled_by_no_bounce(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    (one,) = claim(database)
    database.ledger.release(KEY, "me", [one.reference])

    database.ledger.record_events([event(EventKind.BOUNCED, lasting(one))])

    assert database.ledger.tally(KEY) == Tally(frozen=1, planned=1)


def test_a_delivery_that_a_restored_backup_gave_to_another_reader_is_not_meant(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    one, other = claim(database)
    strangers = lasting(other._replace(reference=one.reference))

    assert database.ledger.record_events([event(EventKind.BOUNCED, strangers)]) == 1

    assert database.ledger.tally(KEY) == Tally(frozen=2, sending=2)
    assert database.ledger.readers_of([strangers]) == {}
    assert database.ledger.feedback(KEY).bounced == 0
