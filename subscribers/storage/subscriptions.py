"""Rows of subscriptions and consents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, exists, func, select, update
from sqlalchemy.engine import RowMapping

from subscribers.model import Consent, ConsentMethod, Frequency, Subscription, SubscriptionState
from subscribers.storage.import_batches import keep_wording
from subscribers.storage.inserting import insert_new
from subscribers.storage.tables import consents, subscribers, subscriptions, wordings

_OWN = (ConsentMethod.DOUBLE_OPT_IN.value, ConsentMethod.PREFERENCES.value)


# Drawn up once: each click of a mail program needs both, and to draw them up took longer than to run them.
_THIS = and_(
    subscriptions.c.mailing_list == bindparam("in_list"),
    subscriptions.c.subscriber == bindparam("of_person"),
)
_FIND = select(subscriptions).where(_THIS)
_CHANGE = update(subscriptions).where(_THIS)


def find(connection: Connection, subscriber: str, mailing_list: str) -> Subscription | None:
    """Return a person's subscription to a list, or None."""
    row = connection.execute(_FIND, _key(subscriber, mailing_list)).mappings().first()
    return None if row is None else _read(row)


def of(connection: Connection, subscriber: str) -> tuple[Subscription, ...]:
    """Return all of a person's subscriptions, by list."""
    query = (
        select(subscriptions)
        .where(subscriptions.c.subscriber == subscriber)
        .order_by(subscriptions.c.mailing_list)
    )
    return tuple(_read(row) for row in connection.execute(query).mappings())


def save(connection: Connection, one: Subscription) -> None:
    """Store a subscription as it now is."""
    values: dict[str, object] = {
        "state": one.state.value,
        "requested_at": one.requested_at,
        "consented_at": one.consented_at,
        "ended_at": one.ended_at,
        "end_reason": one.end_reason[:200],
        "topics": one.topics,
        "frequency": one.frequency.value,
        "paused_until": one.paused_until,
    }
    changed = connection.execute(_CHANGE, _key(one.subscriber, one.mailing_list) | values)
    if not changed.rowcount:
        connection.execute(
            subscriptions.insert().values(
                mailing_list=one.mailing_list, subscriber=one.subscriber, **values
            )
        )


def remove(connection: Connection, subscriber: str, mailing_list: str) -> None:
    """Delete a subscription."""
    connection.execute(delete(subscriptions).where(_THIS), _key(subscriber, mailing_list))


def stale_requests(connection: Connection, before: datetime) -> tuple[Subscription, ...]:
    """Return the pending subscriptions asked for before a moment."""
    query = select(subscriptions).where(
        subscriptions.c.state == SubscriptionState.PENDING.value, subscriptions.c.requested_at < before
    )
    return tuple(_read(row) for row in connection.execute(query).mappings())


def people_gone_since(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Return the ids of people whose every subscription ended before a moment, and who have one."""
    on = subscriptions.c
    mine = exists().where(on.subscriber == subscribers.c.id)
    still = mine.where(~and_(on.state == SubscriptionState.ENDED.value, on.ended_at < before))
    return tuple(connection.scalars(select(subscribers.c.id).where(mine, ~still)))


def add_consent(connection: Connection, one: Consent) -> None:
    """Store a consent."""
    row = {
        "subscriber": one.subscriber,
        "mailing_list": one.mailing_list,
        "at": one.at,
        "method": one.method.value,
        "wording": keep_wording(connection, one.words),
        "source": one.source[:200],
        "ip_hash": one.ip_hash,
    }
    insert_new(connection, consents, [row])


def consents_of(connection: Connection, subscriber: str) -> tuple[Consent, ...]:
    """Return all of a person's consents, the oldest first."""
    query = (
        select(consents, wordings.c.words)
        .join(wordings, wordings.c.key == consents.c.wording)
        .where(consents.c.subscriber == subscriber)
        .order_by(consents.c.at, consents.c.mailing_list, consents.c.method.desc())
    )
    return tuple(
        Consent(
            subscriber=row["subscriber"],
            mailing_list=row["mailing_list"],
            at=row["at"],
            method=ConsentMethod(row["method"]),
            words=row["words"],
            source=row["source"],
            ip_hash=row["ip_hash"],
        )
        for row in connection.execute(query).mappings()
    )


def own_yes(connection: Connection, subscriber: str, mailing_list: str) -> datetime | None:
    """Return when the reader's own hand last said yes to a list."""
    query = select(func.max(consents.c.at, type_=consents.c.at.type)).where(
        consents.c.subscriber == subscriber,
        consents.c.mailing_list == mailing_list,
        consents.c.method.in_(_OWN),
    )
    found: datetime | None = connection.scalar(query)
    return found


def _key(subscriber: str, mailing_list: str) -> dict[str, object]:
    return {"in_list": mailing_list, "of_person": subscriber}


def _read(row: RowMapping) -> Subscription:
    return Subscription(
        **{**row, "state": SubscriptionState(row["state"]), "frequency": Frequency(row["frequency"])}
    )
