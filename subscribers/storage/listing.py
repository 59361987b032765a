"""Everyone, streamed, for an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.engine import RowMapping

from subscribers.storage.tables import (
    mailing_lists,
    subscriber_tags,
    subscribers,
    subscriptions,
    suppressions,
)

Row = RowMapping

_BLOCK = 2_000


def subscriptions_of(connection: Connection, lists: Sequence[str]) -> Iterator[Row]:
    """Yield every subscription to `lists` (all where none is named) with its person, by list and id.

    Read in blocks by key, so neither side holds more than a block.
    """
    person, on = subscribers.c, subscriptions.c
    for key in lists or connection.scalars(select(mailing_lists.c.key).order_by(mailing_lists.c.key)).all():
        after = ""
        while True:
            query = (
                select(subscriptions, person.address, person.canonical, person.name, person.language,
                       person.timezone)
                .join(subscribers, person.id == on.subscriber)
                .where(and_(on.mailing_list == key, on.subscriber > after))
                .order_by(on.subscriber)
                .limit(_BLOCK)
            )  # fmt: skip
            block = connection.execute(query).mappings().all()
            yield from block
            if len(block) < _BLOCK:
                break
            after = block[-1]["subscriber"]


def tags_of(connection: Connection, people: Sequence[str]) -> dict[str, list[str]]:
    """Return the tags by person, sorted."""
    found: dict[str, list[str]] = {}
    query = select(subscriber_tags).where(subscriber_tags.c.subscriber.in_(people))
    for tag, subscriber in connection.execute(query.order_by(subscriber_tags.c.tag)):
        found.setdefault(subscriber, []).append(tag)
    return found


def barred(connection: Connection, canonicals: Sequence[str]) -> dict[str, str]:
    """Return the strongest suppression's kind by canonical address: the first by name."""
    query = (
        select(suppressions.c.canonical, func.min(suppressions.c.kind).label("kind"))
        .where(suppressions.c.canonical.in_(canonicals))
        .group_by(suppressions.c.canonical)
    )
    return {row.canonical: row.kind for row in connection.execute(query)}
