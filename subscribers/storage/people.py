"""Rows of people and their tags."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update
from sqlalchemy.engine import RowMapping

from subscribers.model import Subscriber
from subscribers.storage import suppressions
from subscribers.storage.inserting import insert_new
from subscribers.storage.tables import subscriber_tags, subscribers


def by_canonical(connection: Connection, canonical: str) -> Subscriber | None:
    """Return the person of an address, or None."""
    query = select(subscribers).where(subscribers.c.canonical == canonical)
    return next(_read(connection, connection.execute(query).mappings()), None)


def by_id(connection: Connection, subscriber: str) -> Subscriber | None:
    """Return the person, or None."""
    query = select(subscribers).where(subscribers.c.id == subscriber)
    return next(_read(connection, connection.execute(query).mappings()), None)


def page(connection: Connection, *, text: str, after: str, limit: int) -> tuple[Subscriber, ...]:
    """Return up to `limit` people whose address or name holds `text`, by id, beginning behind `after`."""
    query = select(subscribers).where(subscribers.c.id > after).order_by(subscribers.c.id).limit(limit)
    if text:
        wanted = text.lower()
        query = query.where(
            or_(
                subscribers.c.canonical.contains(wanted, autoescape=True),
                func.lower(subscribers.c.name).contains(wanted, autoescape=True),
            )
        )
    return tuple(_read(connection, connection.execute(query).mappings()))


def add(connection: Connection, key: str, person: Subscriber) -> None:
    """Store a person; suppressions under `key`, the hash of the address, get the address again."""
    connection.execute(
        subscribers.insert().values(
            id=person.id,
            address=person.address,
            canonical=person.canonical,
            name=person.name,
            language=person.language,
            timezone=person.timezone,
            created_at=person.created_at,
        )
    )
    set_tags(connection, person.id, person.tags)
    suppressions.attach(connection, key, person.canonical)


def describe(connection: Connection, subscriber: str, values: dict[str, str]) -> int:
    """Change name, language or timezone; return how many people that met."""
    return connection.execute(
        update(subscribers).where(subscribers.c.id == subscriber).values(values)
    ).rowcount


def set_tags(connection: Connection, subscriber: str, tags: Collection[str]) -> None:
    """Give exactly these tags."""
    connection.execute(delete(subscriber_tags).where(subscriber_tags.c.subscriber == subscriber))
    insert_new(connection, subscriber_tags, [{"tag": tag, "subscriber": subscriber} for tag in set(tags)])


def saw(connection: Connection, proofs: Sequence[tuple[str, datetime]]) -> None:
    """Move the proofs that addresses work forward, never back: (canonical, when)."""
    _move_forward(connection, "delivered_at", proofs)


def saw_click(connection: Connection, clicks: Sequence[tuple[str, datetime]]) -> None:
    """Move the last clicks forward, never back: (canonical, when)."""
    _move_forward(connection, "clicked_at", clicks)


def _move_forward(connection: Connection, name: str, moments: Sequence[tuple[str, datetime]]) -> None:
    if not moments:
        return
    column = subscribers.c[name]
    who = subscribers.c.canonical == bindparam("who")
    is_later = or_(column.is_(None), column < bindparam("moment", type_=column.type))
    connection.execute(
        update(subscribers).where(who, is_later).values({name: bindparam("moment", type_=column.type)}),
        [{"who": canonical, "moment": at} for canonical, at in moments],
    )


def remove(connection: Connection, subscriber: str) -> int:
    """Delete a person with tags, subscriptions and consents; return how many that met."""
    return connection.execute(delete(subscribers).where(subscribers.c.id == subscriber)).rowcount


def _read(connection: Connection, rows: Iterable[RowMapping]) -> Iterator[Subscriber]:
    found = list(rows)
    tags: dict[str, list[str]] = {}
    query = (
        select(subscriber_tags)
        .where(subscriber_tags.c.subscriber.in_([row["id"] for row in found]))
        .order_by(subscriber_tags.c.tag)
    )
    for tag, subscriber in connection.execute(query):
        tags.setdefault(subscriber, []).append(tag)
    for row in found:
        yield Subscriber(**row, tags=tuple(tags.get(row["id"], ())))
