"""Rows of provider events, by the hash of the address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from subscribers.storage.inserting import among, insert_new
from subscribers.storage.tables import feedback_events, suppressions


def add(connection: Connection, *, event_id: str, key: str, kind: str, at: datetime, mailing_list: str,
        reason: str) -> bool:  # fmt: skip
    """Store an event unless its id is known; tell whether it was new."""
    taken = select(feedback_events.c.event_id).where(feedback_events.c.event_id == event_id)
    if connection.scalar(taken) is not None:
        return False
    row = {
        "event_id": event_id,
        "key": key,
        "kind": kind,
        "at": at,
        "mailing_list": mailing_list,
        "reason": reason[:500],
    }
    insert_new(connection, feedback_events, [row])
    return True


def counted(connection: Connection, key: str) -> tuple[tuple[str, datetime], ...]:
    """Return (kind, at) of the events that still count against an address, the oldest first."""
    query = (
        select(feedback_events.c.kind, feedback_events.c.at)
        .where(feedback_events.c.key == key, feedback_events.c.counts.is_(True))
        .order_by(feedback_events.c.at)
    )
    return tuple((kind, at) for kind, at in connection.execute(query))


def keys_with_events(connection: Connection, keys: Collection[str]) -> tuple[str, ...]:
    """Return those of `keys` that any event is stored for."""
    query = select(feedback_events.c.key).where(among(connection, feedback_events.c.key, keys)).distinct()
    return tuple(connection.scalars(query))


def take_back(connection: Connection, event_ids: Collection[str], kind: str) -> tuple[str, ...]:
    """Delete those of the events that are of this kind and count; return the keys they counted against.

    What an operator forgave stays, so that the same event is not taken in once more.
    """
    meant = (
        among(connection, feedback_events.c.event_id, event_ids),
        feedback_events.c.kind == kind,
        feedback_events.c.counts.is_(True),
    )
    keys = tuple(connection.scalars(select(feedback_events.c.key).where(*meant).distinct()))
    connection.execute(delete(feedback_events).where(*meant))
    return keys


def of_key(connection: Connection, key: str) -> tuple[dict[str, object], ...]:
    """Return all events of an address as plain values, the oldest first."""
    query = select(feedback_events).where(feedback_events.c.key == key).order_by(feedback_events.c.at)
    return tuple(dict(row) for row in connection.execute(query).mappings())


def forgive(connection: Connection, key: str) -> None:
    """Let the events so far count no more: an operator lifted what they led to."""
    connection.execute(update(feedback_events).where(feedback_events.c.key == key).values(counts=False))


def blank(connection: Connection, key: str) -> None:
    """Take the providers' words away: they may quote the address."""
    connection.execute(update(feedback_events).where(feedback_events.c.key == key).values(reason=""))


def forget_before(connection: Connection, before: datetime) -> int:
    """Delete old events that no suppression rests on; return how many."""
    needed = select(suppressions.c.key)
    return connection.execute(
        delete(feedback_events).where(feedback_events.c.at < before, feedback_events.c.key.not_in(needed))
    ).rowcount
