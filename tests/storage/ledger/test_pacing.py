from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from digest.ports import LONGEST_BOOKING_S
from digest.storage.database import Database, open_database


def test_bookings_follow_each_other_whoever_makes_them(database: Database, database_url: str) -> None:
    other = open_database(database_url)

    waits = [ledger.book("smtp", 50, per_s=10) for ledger in (database.ledger, other.ledger) * 2]

    assert waits == [pytest.approx(expected, abs=2) for expected in (0, 5, 10, 15)]
    other.close()


def test_providers_have_a_pace_each(database: Database) -> None:
    database.ledger.book("smtp", 100, per_s=10)

    assert database.ledger.book("sendgrid", 1, per_s=10) == 0


def test_whoever_would_wait_too_long_books_nothing(database: Database) -> None:
    database.ledger.book("smtp", 1000, per_s=10)

    waits = [database.ledger.book("smtp", 1000, per_s=10) for _ in range(3)]

    assert all(LONGEST_BOOKING_S < wait <= 100 for wait in waits)


def test_a_pause_counts_for_all_and_a_shorter_one_does_not_end_it(
    database: Database, database_url: str
) -> None:
    other = open_database(database_url)
    database.ledger.pause("sendgrid", 60)
    database.ledger.pause("sendgrid", 5)

    assert other.ledger.book("sendgrid", 1, per_s=0) == pytest.approx(60, abs=5)
    assert other.ledger.book("sendgrid", 1, per_s=100) == pytest.approx(60, abs=5)
    other.close()


def test_without_a_bound_nothing_is_waited_for(database: Database) -> None:
    assert [database.ledger.book("outbox", 1000, per_s=0) for _ in range(3)] == [0, 0, 0]


def test_bookings_at_once_never_share_a_moment(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        waits = sorted(pool.map(lambda _: database.ledger.book("smtp", 10, per_s=10), range(12)))

    assert all(later - earlier > 0.2 for earlier, later in pairwise(waits))
