"""Who is at work, kept while they live."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from digest.model.upkeep import Heartbeat
from digest.storage.engine import Store
from digest.storage.upkeep.tables import heartbeats


class SqlHeartbeats:
    """One row for each who lives; whoever ends in order leaves none."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def beat(self, heartbeat: Heartbeat) -> None:
        """Keep the latest of this name."""
        values = asdict(heartbeat)
        with self._store.writing() as connection:
            own = heartbeats.c.name == heartbeat.name
            if not connection.execute(update(heartbeats).where(own).values(**values)).rowcount:
                connection.execute(insert(heartbeats).values(**values))

    def end(self, name: str) -> None:
        """Forget whoever ended in order."""
        with self._store.writing() as connection:
            connection.execute(delete(heartbeats).where(heartbeats.c.name == name))

    def forget(self, *, before: datetime) -> None:
        """Forget whoever was last heard of before that."""
        with self._store.writing() as connection:
            connection.execute(delete(heartbeats).where(heartbeats.c.beat_at < before))

    def listed(self) -> tuple[Heartbeat, ...]:
        """Return all, by kind and start."""
        query = select(heartbeats).order_by(heartbeats.c.kind, heartbeats.c.started_at)
        with self._store.reading() as connection:
            return tuple(Heartbeat(**row) for row in connection.execute(query).mappings())
