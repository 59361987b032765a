"""How often an edition began or ended to leave: one number, by which an older copy is found out."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, insert, select, update

from digest.storage.engine import Store
from digest.storage.tables import metadata

instances = Table(
    "instance",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("epoch", BigInteger, nullable=False),
)
"""One row, once anything has left."""


class SqlEpochs:
    """The database's own count; a file beside it holds the same one (`digest.wiring.epoch`)."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def now(self) -> int:
        """Return the count; 0 where nothing ever left."""
        with self._store.reading() as connection:
            return connection.scalar(select(instances.c.epoch)) or 0

    def advance(self, *, above: int = 0) -> int:
        """Count one more, and more than `above`; return the new count."""
        with self._store.writing() as connection:
            before = connection.scalar(select(instances.c.epoch).with_for_update())
            after = max(before or 0, above) + 1
            if before is None:
                connection.execute(insert(instances).values(id=1, epoch=after))
            else:
                connection.execute(update(instances).values(epoch=after))
        return after
