"""Mailing lists: made, named, counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from subscribers.errors import InvalidListKey, UnknownList
from subscribers.model import MailingList, SubscriptionState
from subscribers.storage import lists as rows
from subscribers.storage.database import Connection, SubscriberDatabase

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_MAX_TITLE = 200


@dataclass(frozen=True, slots=True)
class CountedList:
    """A list and how many subscriptions it has in each state; suppressed ones count as well."""

    mailing_list: MailingList
    counts: Mapping[SubscriptionState, int]


@dataclass(frozen=True, slots=True)
class Growth:
    """How many subscriptions to a list began and how many ended in some time."""

    joined: int = 0
    left: int = 0


def ensure(database: SubscriberDatabase, key: str, *, now: datetime, title: str = "") -> MailingList:
    """Return the list, made now if it is new; an empty title is the key.

    Raises:
        InvalidListKey: the key can't stand in a link.
    """
    with database.writing() as connection:
        return ensured(connection, key, now=now, title=title)


def ensured(connection: Connection, key: str, *, now: datetime, title: str = "") -> MailingList:
    """Return the list within a transaction under way, made now if it is new.

    Raises:
        InvalidListKey: the key can't stand in a link.
    """
    checked_key(key)
    rows.add(connection, key, (title or key)[:_MAX_TITLE], now)
    return required(connection, key)


def checked_key(key: str) -> str:
    """Return the key if it can stand in a link.

    Raises:
        InvalidListKey: it can't.
    """
    if not _KEY.match(key):
        raise InvalidListKey(key)
    return key


def required(connection: Connection, key: str) -> MailingList:
    """Return the list.

    Raises:
        UnknownList: there is none.
    """
    found = rows.find(connection, key)
    if found is None:
        raise UnknownList(key)
    return found


def rename(database: SubscriberDatabase, key: str, title: str) -> None:
    """Change a list's title.

    Raises:
        UnknownList: there is none.
    """
    with database.writing() as connection:
        if not rows.rename(connection, key, title[:_MAX_TITLE]):
            raise UnknownList(key)


def listed(database: SubscriberDatabase) -> tuple[CountedList, ...]:
    """Return every list with its counts, by key."""
    with database.reading() as connection:
        counts = rows.counts(connection)
        return tuple(
            CountedList(one, {state: counts.get((one.key, state.value), 0) for state in SubscriptionState})
            for one in rows.all_lists(connection)
        )


def grown(database: SubscriberDatabase, *, since: datetime) -> Mapping[str, Growth]:
    """Return by list who came and went since a moment; lists where nobody did are left out.

    Who came is counted by the day they said yes, which an import may date back.
    """
    with database.reading() as connection:
        return {key: Growth(*pair) for key, pair in rows.grown(connection, since).items()}


def titles(database: SubscriberDatabase) -> Mapping[str, str]:
    """Return the titles of all lists by key."""
    with database.reading() as connection:
        return {one.key: one.title for one in rows.all_lists(connection)}
