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
