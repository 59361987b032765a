from __future__ import annotations

from datetime import timedelta

import pytest

from digest.errors import UnknownEdition
from digest.model import EditionKey, EventKind, MailEvent, Outcome, Receipt, Variant
from digest.model.clicks import Clicks, StoryCount
from digest.storage.database import Database
from tests.storage.samples import DAY, KEY, NOW, add_readers, approved, audience, frozen, people, rendered

FERRY, TRAM = "https://x.example/ferry", "https://x.example/tram"


def test_counts_of_nobody_add_up_and_tell_scanners_apart(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))

    database.clicks.add(KEY, [StoryCount(FERRY, readers=1), StoryCount("", readers=1)])
    database.clicks.add(KEY, [StoryCount(FERRY, readers=2), StoryCount("", scanners=3)])

    assert database.clicks.of(KEY) == Clicks({FERRY: 3}, {"": 1}, 3)


def test_both_kinds_of_counts_are_one(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(2))
    claimed = database.ledger.claim(KEY, "me", limit=2, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
    reported = [
        MailEvent(f"e{at}", EventKind.CLICKED, one.reference, NOW + timedelta(minutes=at), url=url)
        for at, (one, url) in enumerate(
            [(claimed[0], FERRY), (claimed[0], FERRY), (claimed[0], TRAM), (claimed[1], FERRY)]
        )
    ]

    database.ledger.record_events(reported)
    database.clicks.add(KEY, [StoryCount(TRAM, readers=4)])

    assert database.clicks.of(KEY) == Clicks({FERRY: 2, TRAM: 5}, {"": 2}, 0)


def test_a_test_of_subjects_reads_the_same_counts(database: Database, database_url: str) -> None:
    add_readers(database_url, people(4))
    approved(database)
    database.ledger.freeze(KEY, [rendered(), rendered(Variant(arm="b"))], audience(), now=NOW)
    claimed = database.ledger.claim(KEY, "me", limit=9, lease_s=60)
    claimed += database.ledger.claim(KEY, "me", limit=9, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in claimed])
    arm_a = next(one for one in claimed if not one.variant.arm)

    database.ledger.record_events([MailEvent("e", EventKind.CLICKED, arm_a.reference, NOW, url=FERRY)])
    database.clicks.add(KEY, [StoryCount("", "b", readers=2), StoryCount(FERRY, "b", readers=2)])

    assert [one.clicked for one in database.ledger.subject_results(KEY)] == [1, 2]
    assert database.clicks.of(KEY).by_url == {FERRY: 3}


def test_a_scanners_clicks_win_no_test(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(1))
    (one,) = database.ledger.claim(KEY, "me", limit=1, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT)])
    database.ledger.record_events(
        MailEvent(f"e{at}", EventKind.CLICKED, one.reference, NOW, url=f"{FERRY}/{at}") for at in range(3)
    )

    assert [arm.clicked for arm in database.ledger.subject_results(KEY)] == [0]
    assert database.clicks.of(KEY) == Clicks(scanned=3)


def test_a_report_without_its_link_is_a_readers_in_a_test_of_subjects(
    database: Database, database_url: str
) -> None:
    frozen(database, database_url, people(1))
    (one,) = database.ledger.claim(KEY, "me", limit=1, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT)])

    database.ledger.record_events([MailEvent("e", EventKind.CLICKED, one.reference, NOW)])

    assert database.clicks.of(KEY) == Clicks({}, {"": 1}, 0)


def test_an_edition_nobody_knows_is_no_place_to_count(database: Database) -> None:
    with pytest.raises(UnknownEdition):
        database.clicks.add(EditionKey("evening", DAY), [StoryCount(FERRY, readers=1)])
