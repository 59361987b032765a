"""How lists grew: their size at given instants."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from subscribers.storage import growth
from subscribers.storage.database import SubscriberDatabase


def sizes(database: SubscriberDatabase, lists: Collection[str], at: Sequence[datetime]) -> tuple[int, ...]:
    """Return how many subscriptions the lists had at each instant; paused and suppressed ones count.

    Who left and came back later counts from the last time on.
    """
    with database.reading() as connection:
        return growth.sizes(connection, lists, at)
