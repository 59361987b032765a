"""How large lists were, counted from when subscriptions began and ended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, case, func, or_, select

from subscribers.storage.tables import subscriptions


def sizes(connection: Connection, lists: Collection[str], at: Sequence[datetime]) -> tuple[int, ...]:
    """Return how many subscriptions the lists had at each instant, in one reading of the table."""
    if not at:
        return ()
    on = subscriptions.c
    counted = [
        func.coalesce(
            func.sum(
                case(
                    (and_(on.consented_at <= one, or_(on.ended_at.is_(None), on.ended_at > one)), 1),
                    else_=0,
                )
            ),
            0,
        )
        for one in at
    ]
    row = connection.execute(select(*counted).where(on.mailing_list.in_(lists))).one()
    return tuple(int(count) for count in row)
