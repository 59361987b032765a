"""What programs are told by webhook: kept once for each, tried until it has it, there to be told again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from digest.model.upkeep import WebhookEvent
from digest.storage.columns import insert_into
from digest.storage.engine import Store
from digest.storage.upkeep.tables import webhook_events

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

CLAIMED_FOR = timedelta(minutes=2)
"""So long one process has to tell an event; then another may try."""

KEPT_FOR = timedelta(days=60)


class SqlWebhooks:
    """One row for each event and webhook."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def known(self, hook: str, names: Collection[str]) -> frozenset[str]:
        """Return those of these events that a webhook has, or is to get."""
        own = webhook_events.c.hook == hook, webhook_events.c.name.in_(names)
        with self._store.reading() as connection:
            return frozenset(connection.scalars(select(webhook_events.c.name).where(*own)))

    def keep(self, events: Sequence[WebhookEvent], *, now: datetime) -> None:
        """Keep events that are new, those without `next_at` as known and never told; forget old ones."""
        with self._store.writing() as connection:
            for one in events:
                values = {
                    "hook": one.hook,
                    "name": one.name,
                    "kind": one.kind,
                    "about": one.about,
                    "body": one.body,
                    "made_at": one.made_at,
                    "next_at": one.next_at,
                    "tries": 0,
                    "problem": "",
                }
                # Two processes may find the same one at once.
                new = insert_into(webhook_events, connection.dialect.name).values(values)
                connection.execute(new.on_conflict_do_nothing())
            old = webhook_events.c.made_at < now - KEPT_FOR
            connection.execute(delete(webhook_events).where(old))

    def due(self, hook: str, *, now: datetime, limit: int) -> tuple[WebhookEvent, ...]:
        """Return what a webhook is to be told by now, in the order it came about."""
        own = webhook_events.c.hook == hook, webhook_events.c.next_at <= now
        with self._store.reading() as connection:
            query = select(webhook_events).where(*own).order_by(webhook_events.c.id).limit(limit)
            return tuple(map(_event, connection.execute(query)))

    def claim(self, number: int, *, now: datetime) -> bool:
        """Tell whether this process alone may tell an event for a while."""
        own = webhook_events.c.id == number, webhook_events.c.next_at <= now
        with self._store.writing() as connection:
            claimed = update(webhook_events).where(*own).values(next_at=now + CLAIMED_FOR)
            return bool(connection.execute(claimed).rowcount)

    def note(self, event: WebhookEvent) -> None:
        """Keep what came of telling it."""
        values = {
            "next_at": event.next_at,
            "told_at": event.told_at,
            "tries": event.tries,
            "problem": event.problem[:300],
        }
        with self._store.writing() as connection:
            own = webhook_events.c.id == event.number
            connection.execute(update(webhook_events).where(own).values(**values))

    def listed(self, *, limit: int) -> tuple[WebhookEvent, ...]:
        """Return the latest events, the oldest first."""
        query = select(webhook_events).order_by(webhook_events.c.id.desc()).limit(limit)
        with self._store.reading() as connection:
            return tuple(_event(row) for row in reversed(connection.execute(query).all()))

    def replay(self, numbers: Collection[int], *, now: datetime) -> frozenset[int]:
        """Have events told again, by the same names as before; return those that are there."""
        own = webhook_events.c.id.in_(numbers)
        with self._store.writing() as connection:
            found = frozenset(connection.scalars(select(webhook_events.c.id).where(own)))
            again = update(webhook_events).where(own)
            connection.execute(again.values(next_at=now, told_at=None, tries=0, problem=""))
        return found


def _event(row: AnyRow) -> WebhookEvent:
    return WebhookEvent(
        hook=row.hook,
        name=row.name,
        kind=row.kind,
        about=row.about,
        body=bytes(row.body),
        made_at=row.made_at,
        next_at=row.next_at,
        told_at=row.told_at,
        tries=row.tries,
        problem=row.problem,
        number=row.id,
    )
