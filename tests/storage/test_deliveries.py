from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from digest.model import (
    Delivery,
    DeliveryState,
    EventKind,
    Feedback,
    MailEvent,
    Outcome,
    Receipt,
    Tally,
    Variant,
)
from digest.storage.database import Database, open_database
from tests.storage.samples import (
    KEY,
    NOW,
    Reader,
    add_leavers,
    add_readers,
    approved,
    audience,
    frozen,
    people,
    rendered,
    suppressed,
)

PLANNED, HELD = DeliveryState.PLANNED, DeliveryState.HELD


def claim(
    database: Database, owner: str = "me", *, limit: int = 100, lease_s: float = 60
) -> tuple[Delivery, ...]:
    return database.ledger.claim(KEY, owner, limit=limit, lease_s=lease_s)


def settle(
    database: Database, outcome: Outcome, *which: Delivery, owner: str = "me", **more: object
) -> int:
    receipts = [Receipt(one.reference, outcome, **more) for one in which]  # type: ignore[arg-type]
    return database.ledger.settle(KEY, owner, receipts)


def event(kind: EventKind, reference: str, number: int = 1) -> MailEvent:
    return MailEvent(f"e{number}-{kind}", kind, reference, NOW, reason="no such user", raw="{}")


def test_a_claim_is_as_large_as_asked_and_nobody_gets_it_twice(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(5))

    first, second, third = (claim(database, limit=2) for _ in range(3))

    assert [len(first), len(second), len(third)] == [2, 2, 1]
    assert len({one.subscriber for one in (*first, *second, *third)}) == 5
    assert claim(database) == ()
    assert database.ledger.tally(KEY) == Tally(frozen=5, sending=5)


def test_a_delivery_says_who_gets_what(database: Database, database_url: str) -> None:
    frozen(database, database_url, [Reader("r1", address="Ada@example.org", name="Ada")])

    (one,) = claim(database)

    assert (one.edition, one.subscriber, one.address, one.name) == (KEY, "r1", "Ada@example.org", "Ada")
    assert (one.variant, one.attempt, one.mailing_list) == (Variant(), 1, "morning")
    assert one.reference == one.reference.lower()
    assert len(one.reference) <= 40


def test_one_claim_holds_one_variant(database: Database, database_url: str) -> None:
    add_readers(database_url, [Reader(f"r{n}", language="fr" if n % 2 else "") for n in range(6)])
    approved(database)
    database.ledger.freeze(KEY, [rendered(), rendered(Variant("fr"))], audience(), now=NOW)

    batches = [claim(database) for _ in range(3)]

    assert [{one.variant.key for one in batch} for batch in batches] == [{"default"}, {"fr"}, set()]
    assert [len(batch) for batch in batches] == [3, 3, 0]


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


@pytest.mark.parametrize("reference", ["", "x", "1-1-1", "1-1-1-zzzzzzzzzz", "9-9-9-abc", "1-1-1-0; DROP"])
def test_a_strange_reference_is_nobodys(database: Database, database_url: str, reference: str) -> None:
    frozen(database, database_url, people(1))
    claim(database)

    assert database.ledger.settle(KEY, "me", [Receipt(reference, Outcome.SENT)]) == 0
    assert database.ledger.record_events([event(EventKind.DELIVERED, reference)]) == 1
    assert database.ledger.tally(KEY) == Tally(frozen=1, sending=1)


def test_a_deferred_delivery_comes_due_later_with_a_new_reference(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    (first,) = claim(database)
    settle(database, Outcome.AGAIN, first, retry_after_s=0.2)

    assert claim(database) == ()
    due_s = database.ledger.due_in(KEY)
    assert due_s is not None
    assert 0 < due_s <= 0.2
    time.sleep(0.25)
    (second,) = claim(database)

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


def test_only_leases_that_ran_out_expire(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(3))
    claim(database, "slow", limit=1, lease_s=0)
    claim(database, "quick", limit=2, lease_s=60)

    assert database.ledger.owners(KEY) == ("quick", "slow")
    assert database.ledger.expire(KEY) == 1
    assert database.ledger.expire(KEY) == 0
    assert database.ledger.owners(KEY) == ("quick",)
    assert database.ledger.tally(KEY) == Tally(frozen=3, sending=2, uncertain=1)
    (record,) = database.ledger.records(KEY, [DeliveryState.UNCERTAIN])
    assert "slow died or stalled" in record.reason


def test_the_lease_of_a_dead_owner_ends_at_once(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    claim(database, "dead", limit=1)
    claim(database, "alive", limit=1)

    assert database.ledger.expire(KEY, owner="dead") == 1
    assert database.ledger.owners(KEY) == ("alive",)


def test_a_renewed_lease_holds_and_a_dead_one_cannot_be_renewed(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(2))
    claim(database, "alive", limit=1, lease_s=0.3)
    claim(database, "dead", limit=1, lease_s=0)

    assert database.ledger.renew(KEY, "alive", lease_s=60) == 1
    assert database.ledger.renew(KEY, "dead", lease_s=60) == 0
    time.sleep(0.35)

    assert database.ledger.expire(KEY) == 1
    assert database.ledger.owners(KEY) == ("alive",)


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


def test_whoever_left_since_the_freeze_is_skipped_within_the_claim(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(5))
    add_leavers(database_url, ["r00001@example.org", "r00002@example.org", "r00004@example.org"])

    claimed = database.ledger.claim(KEY, "me", limit=2, lease_s=60, suppressed=suppressed())

    assert [one.subscriber for one in claimed] == ["r00003"]
    claimed = database.ledger.claim(KEY, "me", limit=2, lease_s=60, suppressed=suppressed())
    assert [one.subscriber for one in claimed] == ["r00005"]
    assert database.ledger.tally(KEY) == Tally(frozen=5, sending=2, skipped=3)


def test_skipping_takes_all_or_the_suppressed(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(4))
    add_leavers(database_url, ["r00001@example.org", "r00003@example.org"])
    claim(database, limit=1)

    assert database.ledger.skip(KEY, "unsubscribed", suppressed=suppressed()) == 1
    assert database.ledger.skip(KEY, "too late") == 2
    assert database.ledger.skip(KEY, "too late") == 0

    assert database.ledger.tally(KEY) == Tally(frozen=4, sending=1, skipped=3)
    assert [one.reason for one in database.ledger.records(KEY, [DeliveryState.SKIPPED])] == [
        "too late",
        "unsubscribed",
        "too late",
    ]


def test_nothing_is_due_when_all_has_ended(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    assert database.ledger.due_in(KEY) == 0

    claimed = claim(database, lease_s=60)
    lease_s = database.ledger.due_in(KEY)
    assert lease_s is not None
    assert 50 < lease_s <= 60

    settle(database, Outcome.SENT, *claimed)
    assert database.ledger.due_in(KEY) is None


def test_a_held_window_claims_nothing_before_its_end(database: Database, database_url: str) -> None:
    from datetime import UTC, datetime

    add_readers(database_url, people(1))
    approved(database)
    until = datetime.now(UTC) + timedelta(hours=1)

    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, hold_until=until)

    assert claim(database) == ()
    due_s = database.ledger.due_in(KEY)
    assert due_s is not None
    assert 3500 < due_s <= 3600
    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert dispatch.hold_until == until


def test_a_canary_goes_first_and_the_rest_when_it_passed(database: Database, database_url: str) -> None:
    add_readers(database_url, people(5))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=2)

    canary = claim(database)
    assert len(canary) == 2
    assert claim(database) == ()
    assert not database.ledger.canary_out(KEY, now=NOW)
    settle(database, Outcome.SENT, *canary)
    assert database.ledger.canary_out(KEY, now=NOW)
    assert database.ledger.canary_out(KEY, now=NOW + timedelta(hours=1))
    assert database.ledger.due_in(KEY) is None

    database.ledger.pass_canary(KEY)

    dispatch = database.ledger.dispatch(KEY)
    assert dispatch is not None
    assert (dispatch.canary_out_at, dispatch.is_canary_passed) == (NOW, True)
    assert len(claim(database)) == 3


def test_a_canary_of_everybody_is_none(database: Database, database_url: str) -> None:
    add_readers(database_url, people(2))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW, canary=2)

    dispatch = database.ledger.dispatch(KEY)

    assert dispatch is not None
    assert dispatch.is_canary_passed


def test_a_stopped_dispatch_claims_nothing_until_it_is_resumed(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    database.ledger.stop(KEY, "too many complaints")
    assert claim(database) == ()
    assert database.ledger.due_in(KEY) is None

    database.ledger.resume(KEY)

    assert len(claim(database)) == 1


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


def test_two_connections_never_claim_the_same(database: Database, database_url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    frozen(database, database_url, people(120))
    other = open_database(database_url)

    def take(which: Database, owner: str) -> list[str]:
        taken: list[str] = []
        while claimed := which.ledger.claim(KEY, owner, limit=7, lease_s=60):
            taken += [one.subscriber for one in claimed]
        return taken

    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(take, [database, other, database, other], "abcd"))
    other.close()

    everybody = [one for part in parts for one in part]
    assert len(everybody) == len(set(everybody)) == 120


def test_a_claim_reads_its_index_in_order_and_sorts_nothing(database: Database, database_url: str) -> None:
    from sqlalchemy import create_engine, select, text

    from digest.storage.claiming import next_due
    from digest.storage.tables import dispatches

    add_readers(database_url, people(2000))
    approved(database)
    database.ledger.freeze(KEY, [rendered()], audience(), now=NOW)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        query = next_due(connection.execute(select(dispatches)).one(), 100)
        shown = query.compile(engine, compile_kwargs={"literal_binds": True})
        is_sqlite = engine.dialect.name == "sqlite"
        plan = connection.execute(text(f"EXPLAIN {'QUERY PLAN' if is_sqlite else ''} {shown}"))
        lines = "\n".join(str(row) for row in plan)
    engine.dispose()

    assert "ix_delivery_planned" in lines
    assert "SORT" not in lines.upper()
    assert "TEMP B-TREE" not in lines
