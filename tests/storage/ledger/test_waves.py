"""Readers get an edition by their own clocks, and none after their own deadline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, literal, select

from digest.model import DeliveryState, Outcome, Receipt
from digest.model.waves import Wave
from digest.storage.database import Database
from tests.storage.samples import KEY, Reader, add_readers, approved, readers, rendered

WHO = [
    Reader("a", language="Asia/Tokyo"),
    Reader("b", language=""),
    Reader("c", language="America/Lima"),
    Reader("d", language="Asia/Tokyo"),
    Reader("e", language="Mars/Olympus"),
]
AN_HOUR = timedelta(hours=1)


def by_zone() -> Select[tuple[str, str, str, str, str, str, str, str]]:
    """The readers of the samples, their language taken for their zone."""
    return select(
        readers.c.id.label("subscriber"),
        readers.c.address,
        readers.c.canonical,
        readers.c.name,
        literal("morning").label("mailing_list"),
        literal("").label("language"),
        readers.c.language.label("timezone"),
        readers.c.topics,
    )


def frozen_in(database: Database, url: str, waves: list[Wave], *, hold: datetime | None = None) -> None:
    add_readers(url, WHO)
    approved(database)
    now = datetime.now(UTC)
    frozen = database.ledger.freeze(KEY, [rendered()], by_zone(), now=now, waves=waves, hold_until=hold)
    assert frozen == len(WHO)


def claimed(database: Database) -> list[str]:
    """Send all that may go now and return to whom."""
    found: list[str] = []
    while batch := database.ledger.claim(KEY, "me", limit=2, lease_s=60):
        found += [one.subscriber for one in batch]
        database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.SENT) for one in batch])
    return sorted(found)


def test_zones_are_told_once_each(database: Database, database_url: str) -> None:
    add_readers(database_url, WHO)

    assert database.ledger.zones(by_zone()) == ("", "America/Lima", "Asia/Tokyo", "Mars/Olympus")


def test_a_wave_that_is_not_due_waits(database: Database, database_url: str) -> None:
    now = datetime.now(UTC)
    waves = [
        Wave(("Asia/Tokyo",), now - 9 * AN_HOUR),
        Wave((), now - AN_HOUR),
        Wave(("America/Lima",), now + AN_HOUR),
    ]
    frozen_in(database, database_url, waves)

    assert claimed(database) == ["a", "b", "d", "e"]
    assert database.ledger.tally(KEY).planned == 1
    due = database.ledger.due_in(KEY)
    assert due is not None
    assert 3000 < due <= 3600


def test_past_the_deadline_of_its_own_wave_a_delivery_is_skipped(
    database: Database, database_url: str
) -> None:
    now = datetime.now(UTC)
    waves = [
        Wave(("Asia/Tokyo",), now - 9 * AN_HOUR, now - AN_HOUR),
        Wave((), now - 3 * AN_HOUR, now + AN_HOUR),
        Wave(("America/Lima",), now - 2 * AN_HOUR, None),
    ]
    frozen_in(database, database_url, waves)

    assert claimed(database) == ["b", "c", "e"]
    late = database.ledger.records(KEY, [DeliveryState.SKIPPED])
    assert {one.subscriber for one in late} == {"a", "d"}
    assert {one.reason for one in late} == {"the deadline of its wave had passed"}


def test_what_would_leave_past_the_deadline_of_its_wave_is_skipped(
    database: Database, database_url: str
) -> None:
    now = datetime.now(UTC)
    waves = [
        Wave(("Asia/Tokyo",), now - 9 * AN_HOUR, now + AN_HOUR),
        Wave((), now - 3 * AN_HOUR, now + 3 * AN_HOUR),
        Wave(("America/Lima",), now - 2 * AN_HOUR, None),
    ]
    frozen_in(database, database_url, waves)

    first = database.ledger.claim(KEY, "me", limit=10, lease_s=60, ahead_s=7200)

    late = database.ledger.records(KEY, [DeliveryState.SKIPPED])
    assert {one.subscriber for one in late} == {"a", "d"}
    assert {one.subscriber for one in first} <= {"b", "c", "e"}


def test_a_try_again_after_the_deadline_of_the_wave_is_skipped_too(
    database: Database, database_url: str
) -> None:
    now = datetime.now(UTC)
    soon = now + timedelta(seconds=1.5)
    frozen_in(database, database_url, [Wave((), now - AN_HOUR, soon)])
    batch = database.ledger.claim(KEY, "me", limit=10, lease_s=60)
    database.ledger.settle(KEY, "me", [Receipt(one.reference, Outcome.AGAIN, "451") for one in batch])
    while datetime.now(UTC) <= soon:
        pass

    assert claimed(database) == []
    assert database.ledger.tally(KEY).skipped == len(batch) == 5


def test_a_hold_window_holds_every_wave_and_keeps_the_last_deadline(
    database: Database, database_url: str
) -> None:
    now = datetime.now(UTC)
    waves = [
        Wave(("Asia/Tokyo",), now - 9 * AN_HOUR, now - AN_HOUR),
        Wave((), now - AN_HOUR, now + AN_HOUR),
    ]
    frozen_in(database, database_url, waves, hold=now - timedelta(minutes=1))

    assert claimed(database) == ["a", "b", "c", "d", "e"]
