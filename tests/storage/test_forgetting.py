from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from digest.model import DeliveryState, EditionState, EventKind, MailEvent, Outcome, Receipt
from digest.storage.database import Database
from tests.storage.samples import KEY, NOW, frozen, people

LATER = NOW + timedelta(days=500)
WHO = "r00001@example.org"
READERS = 3


@pytest.fixture
def sent(database: Database, database_url: str) -> Database:
    """Three readers: one had the mail, one is held, one still waits."""
    frozen(database, database_url, people(READERS))
    first, second = database.ledger.claim(KEY, "me", limit=2, lease_s=60)
    receipts = [
        Receipt(first.reference, Outcome.SENT, provider_id="m1"),
        Receipt(second.reference, Outcome.UNCERTAIN, "reset"),
    ]
    database.ledger.settle(KEY, "me", receipts)
    database.ledger.settle_uncertain(KEY, DeliveryState.HELD, "nobody knows")
    event = MailEvent("e1", EventKind.DELIVERED, first.reference, NOW, WHO.upper(), "250 ok", raw="{}")
    database.ledger.record_events([event])
    return database


def everyone(database: Database) -> str:
    """Return every word that the ledger has of anybody."""
    states = list(DeliveryState)
    records = database.ledger.records(KEY, states)
    return repr(records) + json.dumps(database.forgetting.of_reader(WHO))


def test_a_persons_deliveries_and_reports_are_told(sent: Database) -> None:
    told = sent.forgetting.of_reader(WHO)

    (delivery,), (report,) = told["deliveries"], told["reports"]
    assert (delivery["edition"], delivery["state"], delivery["provider_id"]) == (str(KEY), "sent", "m1")
    assert (report["kind"], report["reason"]) == ("delivered", "250 ok")
    assert json.loads(json.dumps(told)) == told


def test_an_erased_reader_is_nowhere_and_the_audit_still_adds_up(sent: Database) -> None:
    before = sent.ledger.tally(KEY)

    assert sent.forgetting.forget_reader(WHO) == 1

    assert sent.forgetting.of_reader(WHO) == {"deliveries": [], "reports": []}
    assert "r00001" not in everyone(sent)
    assert sent.ledger.tally(KEY) == before
    assert sent.ledger.feedback(KEY).delivered == 1


def test_who_is_erased_while_planned_gets_no_mail(sent: Database) -> None:
    sent.forgetting.forget_reader("r00003@example.org")

    assert sent.ledger.claim(KEY, "me", limit=9, lease_s=60) == ()
    tally = sent.ledger.tally(KEY)
    assert (tally.skipped, tally.adds_up) == (1, True)


def test_what_may_be_on_its_way_keeps_the_address_until_the_final_call(sent: Database) -> None:
    held = "r00002@example.org"

    sent.forgetting.forget_reader(held)
    kept = sent.forgetting.of_reader(held)["deliveries"]
    sent.forgetting.forget_reader(held, is_final=True)

    assert len(kept) == 1
    assert sent.forgetting.of_reader(held)["deliveries"] == []
    assert sent.ledger.tally(KEY).held == 1
    assert sent.ledger.settle_held(KEY, DeliveryState.PLANNED, "by the word of ops") == 0
    assert sent.ledger.settle_held(KEY, DeliveryState.FAILED, "by the word of ops") == 1


def test_a_late_report_of_an_erased_reader_names_nobody(sent: Database) -> None:
    reference = sent.ledger.records(KEY, [DeliveryState.SENT])[0].reference
    sent.forgetting.forget_reader(WHO)

    late = MailEvent("e2", EventKind.COMPLAINED, reference, NOW, WHO, "spam", raw=f'"{WHO}"')
    assert sent.ledger.record_events([late]) == 1

    assert sent.ledger.readers_of([reference]) == {}
    assert sent.forgetting.of_reader(WHO)["reports"] == []
    assert sent.ledger.feedback(KEY).complained == 1


def test_time_takes_the_names_and_leaves_the_counts(sent: Database) -> None:
    sent.ledger.cancel(KEY, "enough")
    sent.editions.advance(KEY, EditionState.CLOSED, now=NOW)
    before = sent.ledger.tally(KEY), sent.ledger.feedback(KEY)

    young = sent.forgetting.forget_before(deliveries_before=NOW, events_before=NOW)
    old = sent.forgetting.forget_before(deliveries_before=LATER, events_before=LATER)
    again = sent.forgetting.forget_before(deliveries_before=LATER, events_before=LATER)

    assert (young, old, again) == ((0, 0), (READERS, 1), (0, 0))
    assert "example.org" not in everyone(sent)
    assert (sent.ledger.tally(KEY), sent.ledger.feedback(KEY)) == before
    assert sent.ledger.tally(KEY).adds_up


def test_claims_go_with_the_names(sent: Database, database_url: str) -> None:
    def claims() -> int:
        engine = create_engine(database_url)
        with engine.connect() as connection:
            found = connection.execute(text("SELECT count(*) FROM claim")).scalar_one()
        engine.dispose()
        return int(found)

    sent.ledger.cancel(KEY, "enough")
    sent.editions.advance(KEY, EditionState.CLOSED, now=NOW)
    sent.forgetting.forget_before(deliveries_before=NOW, events_before=NOW)
    young = claims()

    sent.forgetting.forget_before(deliveries_before=LATER, events_before=LATER)

    assert (young, claims()) == (1, 0)


def test_an_edition_under_way_keeps_its_names(sent: Database) -> None:
    assert sent.forgetting.forget_before(deliveries_before=LATER, events_before=LATER) == (0, 0)


def test_reports_of_no_delivery_of_ours_go_with_time(database: Database) -> None:
    stray = MailEvent("s", EventKind.BOUNCED, "not ours", NOW, WHO, "no such user")
    database.ledger.record_events([stray])

    assert database.forgetting.forget_before(deliveries_before=NOW, events_before=LATER) == (0, 1)
    assert database.forgetting.of_reader(WHO)["reports"] == []


def test_of_all_who_ask_one_sweeps_a_day(database: Database) -> None:
    asked = [NOW, NOW + timedelta(hours=1), NOW + timedelta(hours=23), NOW + timedelta(hours=24)]

    assert [database.forgetting.begin_sweep("privacy", now=at) for at in asked] == [
        True,
        False,
        True,
        False,
    ]


def test_of_runs_that_ask_at_once_one_is_to_sweep(database: Database) -> None:
    together = threading.Barrier(5)

    def ask(_number: int) -> bool:
        together.wait()
        return database.forgetting.begin_sweep("privacy", now=NOW)

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(ask, range(5))) == [False] * 4 + [True]
