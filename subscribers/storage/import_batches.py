"""What an import reads and writes, a batch at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, select, update

from subscribers.model import ConsentMethod, SubscriptionState
from subscribers.storage.inserting import among, insert_many, insert_new
from subscribers.storage.tables import (
    consents,
    subscriber_tags,
    subscribers,
    subscriptions,
    wordings,
)

Row = Sequence[object]
Rows = Sequence[Mapping[str, object]]


@dataclass(slots=True)
class Known:
    """What is stored of one address and one list; kept up to date while a batch is decided.

    Attributes:
        state: None where the person is not on the list.
        has_said_no: the subscription ended once and was not confirmed since.
    """

    subscriber: str
    name: str
    state: SubscriptionState | None = None
    has_said_no: bool = False


def known(connection: Connection, canonicals: Collection[str], mailing_list: str) -> dict[str, Known]:
    """Return those of `canonicals` that are stored."""
    person, on = subscribers.c, subscriptions.c
    query = (
        select(person.canonical, person.id, person.name, on.state, on.ended_at)
        .select_from(
            subscribers.outerjoin(
                subscriptions, and_(on.subscriber == person.id, on.mailing_list == mailing_list)
            )
        )
        .where(among(connection, person.canonical, canonicals))
    )
    return {
        canonical: Known(
            subscriber, name, None if state is None else SubscriptionState(state), ended_at is not None
        )
        for canonical, subscriber, name, state, ended_at in connection.execute(query)
    }


def add_people(connection: Connection, rows: Sequence[Row]) -> None:
    """Store new people: (id, address, canonical, name, language, timezone, created_at)."""
    names = ("id", "address", "canonical", "name", "language", "timezone", "created_at")
    insert_many(connection, subscribers, names, rows)


def add_subscriptions(connection: Connection, mailing_list: str, rows: Sequence[Row]) -> None:
    """Store new subscriptions to one list.

    Each row is (subscriber, state, consented_at, ended_at, end_reason, topics, frequency, paused_until).
    """
    names = (
        "subscriber",
        "state",
        "consented_at",
        "ended_at",
        "end_reason",
        "topics",
        "frequency",
        "paused_until",
    )
    insert_many(connection, subscriptions, names, rows, {"mailing_list": mailing_list})


def add_consents(
    connection: Connection,
    rows: Sequence[Row],
    *,
    mailing_list: str,
    method: ConsentMethod,
    words: str,
    source: str,
) -> None:
    """Store consents given in one way: each row is (subscriber, at, ip_hash)."""
    same = {
        "mailing_list": mailing_list,
        "method": method.value,
        "source": source,
        "wording": keep_wording(connection, words),
    }
    insert_many(connection, consents, ("subscriber", "at", "ip_hash"), rows, same, unless_there=True)


def add_tags(connection: Connection, rows: Rows) -> None:
    """Store tags; one already there is no error."""
    insert_new(connection, subscriber_tags, rows)


def rename(connection: Connection, rows: Rows) -> None:
    """Give people names: each row has `who` and `what`."""
    if rows:
        connection.execute(
            update(subscribers).where(subscribers.c.id == bindparam("who")).values(name=bindparam("what")),
            rows,
        )


def change_subscriptions(connection: Connection, mailing_list: str, rows: Rows) -> None:
    """Change subscriptions: each row has `who` and the columns to set, the same in all rows."""
    if rows:
        columns = [name for name in rows[0] if name != "who"]
        connection.execute(
            update(subscriptions)
            .where(
                subscriptions.c.mailing_list == mailing_list, subscriptions.c.subscriber == bindparam("who")
            )
            .values({name: bindparam(name) for name in columns}),
            rows,
        )


def keep_wording(connection: Connection, words: str) -> str:
    """Store the words of a consent once, and return their key."""
    key = hashlib.sha256(words.encode()).hexdigest()[:32]
    insert_new(connection, wordings, [{"key": key, "words": words}])
    return key
