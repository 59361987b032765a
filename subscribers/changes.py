"""What became of readers, to be passed on: taken in order, gone once it is in other hands."""

from __future__ import annotations

from collections.abc import Collection

from subscribers.model import Change
from subscribers.storage import changes as rows
from subscribers.storage import people
from subscribers.storage.database import SubscriberDatabase


def waiting(database: SubscriberDatabase, *, limit: int) -> tuple[Change, ...]:
    """Return the oldest changes that were not taken away yet."""
    with database.reading() as connection:
        return rows.oldest(connection, limit)


def taken(database: SubscriberDatabase, names: Collection[str]) -> None:
    """Take changes away: somebody else has them."""
    with database.writing() as connection:
        rows.remove(connection, names)


def address_of(database: SubscriberDatabase, subscriber: str) -> str:
    """Return a reader's address; empty where nobody of that id is stored any more."""
    with database.reading() as connection:
        person = people.by_id(connection, subscriber)
        return "" if person is None else person.address
