"""Who gets an edition: a query to hand to the ledger, never a list in memory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from subscribers.model import Frequency, Subscriber
from subscribers.segments import Segment
from subscribers.storage import audience as queries
from subscribers.storage import people as rows
from subscribers.storage.audience import AudienceQuery
from subscribers.storage.database import SubscriberDatabase


def audience(
    lists: Sequence[str],
    *,
    now: datetime | None = None,
    frequency: Frequency = Frequency.EVERY,
    segment: Segment | None = None,
) -> AudienceQuery:
    """Return the query of everyone who gets an edition of `lists`, one row for each canonical address.

    Its columns, all text: subscriber, address, canonical, name, mailing_list, language, timezone,
    topics. Only active (or past their pause), consented and unsuppressed readers of that frequency; who
    is on several of the lists has a row for the first named.

    Args:
        now: the day pauses are counted by, in UTC; None for the database's own clock.
    """
    return queries.select_audience(lists, now=now, frequency=frequency, segment=segment)


def suppressed(
    lists: Sequence[str] = (), *, among: AudienceQuery | None = None, now: datetime | None = None
) -> AudienceQuery:
    """Return the query of canonical addresses that must not get mail now: the last look before sending.

    Everyone suppressed, erased people for as long as an edition may be under way, and everyone without
    a due subscription to one of `lists` (to any list where none is named).

    Args:
        among: a query of canonical addresses, the only ones asked about: the answer then costs by their
            number and not by the list's. None for everyone stored.
    """
    return queries.select_suppressed(lists, now=now, among=among)


def count(database: SubscriberDatabase, query: AudienceQuery) -> int:
    """Return how many readers the query gives now."""
    with database.reading() as connection:
        return queries.count(connection, query)


def some(database: SubscriberDatabase, query: AudienceQuery, *, limit: int) -> tuple[Subscriber, ...]:
    """Return some of the readers that the query gives now, by id."""
    with database.reading() as connection:
        found = [rows.by_id(connection, name) for name in queries.ids(connection, query, limit=limit)]
    return tuple(one for one in found if one is not None)
