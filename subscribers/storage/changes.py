"""Rows of what became of readers, for whoever passes it on: kept with the change, gone once it is told."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from subscribers.model import Change, ChangeKind, SuppressionKind
from subscribers.storage.tables import changes

TELLS = "subscribers_tells"
"""The option of an engine whose changes somebody asked for."""

OF_SUPPRESSION = {
    SuppressionKind.HARD_BOUNCE: ChangeKind.ADDRESS_DEAD,
    SuppressionKind.COMPLAINT: ChangeKind.COMPLAINED,
    SuppressionKind.MANUAL: ChangeKind.LEFT,
}
"""What a new suppression of a stored reader is told as; of a no to all lists each end is told."""


def are_asked_for(connection: Connection) -> bool:
    """Tell whether anybody wants to hear of changes; else none is kept."""
    return bool(connection.get_execution_options().get(TELLS, False))


def note(
    connection: Connection,
    kind: ChangeKind,
    subscriber: str,
    mailing_list: str = "",
    *,
    at: datetime | None = None,
    detail: str = "",
) -> None:
    """Keep a change until somebody takes it, where anybody asked."""
    if are_asked_for(connection):
        connection.execute(
            changes.insert().values(
                name=secrets.token_hex(16),
                kind=kind.value,
                subscriber=subscriber,
                mailing_list=mailing_list,
                at=at,
                detail=detail[:100],
            )
        )


def oldest(connection: Connection, limit: int) -> tuple[Change, ...]:
    """Return changes that nobody took yet, as they came about."""
    query = select(changes).order_by(changes.c.id).limit(limit)
    return tuple(
        Change(row.name, ChangeKind(row.kind), row.subscriber, row.mailing_list, row.at, row.detail)
        for row in connection.execute(query)
    )


def remove(connection: Connection, names: Collection[str]) -> None:
    """Delete those that are taken."""
    connection.execute(delete(changes).where(changes.c.name.in_(names)))


def clear(connection: Connection) -> None:
    """Delete all: nobody asks any more."""
    connection.execute(delete(changes))
