"""Editions that programs asked to have started: kept until one process has done it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Integer,
    String,
    Table,
    Text,
    delete,
    exists,
    func,
    select,
    text,
    update,
)

from digest.model import EditionKey, Step
from digest.model.desk import Start, TakenStart
from digest.storage.columns import Instant, insert_into, partial_index
from digest.storage.engine import Store
from digest.storage.tables import metadata

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

TAKEN_FOR = timedelta(minutes=3)
"""So long one process has a start without saying so again; then another may take it."""

WAITS_FOR = timedelta(hours=6)
"""A start that nobody took for so long is forgotten: whoever asked has long looked elsewhere."""

MOST_TRIES = 3
"""A start over which so many processes died is forgotten: it would take the next one with it."""

starts = Table(
    "edition_start",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("newsletter", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("slot", Text, nullable=False),
    Column("until", String(10), nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("owner", Text),
    Column("taken_until", Instant),
    Column("tries", Integer, nullable=False),
)
"""One row for each start until it is done; `owner` is who is at it, empty while it waits."""

WAITS = text("owner IS NULL")
partial_index(
    "uq_edition_start_waiting",
    starts.c.newsletter,
    starts.c.day,
    starts.c.slot,
    starts.c.until,
    unique=True,
    where=WAITS,
)
"""What waits is not asked for twice; what is under way may be."""


class SqlStarts:
    """A queue that outlives who put something in, and who took it."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def ask(self, start: Start, *, by: str, most: int, now: datetime) -> bool:
        """Keep a start; tell whether that is new, or it waits already.

        Raises:
            OverflowError: `most` wait.
        """
        key = start.key
        values = {
            "newsletter": key.newsletter,
            "day": key.day,
            "slot": key.slot,
            "until": start.until.value,
        }
        with self._alone() as connection:
            is_same = (starts.c[name] == value for name, value in values.items())
            if connection.scalar(select(starts.c.id).where(*is_same, _WAITS)) is not None:
                return False
            if (connection.scalar(select(func.count()).where(_WAITS)) or 0) >= most:
                raise OverflowError
            made = insert_into(starts, connection.dialect.name).values(
                **values, asked_by=by, asked_at=now, tries=0
            )
            return connection.scalar(made.on_conflict_do_nothing().returning(starts.c.id)) is not None

    def take(self, owner: str, is_gone: Callable[[str], bool], *, now: datetime) -> TakenStart | None:
        """Return the oldest start that nobody is at, for this owner alone; None where there is none.

        Of one edition one start is under way at a time.

        Args:
            is_gone: tells of another owner whether it surely does nothing any more.
        """
        with self._alone() as connection:
            self._let_go(connection, is_gone, now)
            other = starts.alias()
            is_busy = exists().where(
                other.c.owner.is_not(None),
                other.c.newsletter == starts.c.newsletter,
                other.c.day == starts.c.day,
                other.c.slot == starts.c.slot,
            )
            oldest = select(starts).where(_WAITS, ~is_busy).order_by(starts.c.id).limit(1)
            row = connection.execute(oldest).one_or_none()
            if row is None:
                return None
            mine = {"owner": owner, "taken_until": now + TAKEN_FOR, "tries": row.tries + 1}
            connection.execute(update(starts).where(starts.c.id == row.id).values(**mine))
            return _taken(row)

    def renew(self, number: int, owner: str, *, now: datetime) -> None:
        """Say that its owner is still at it."""
        with self._store.writing() as connection:
            own = starts.c.id == number, starts.c.owner == owner
            connection.execute(update(starts).where(*own).values(taken_until=now + TAKEN_FOR))

    def done(self, number: int, owner: str) -> None:
        """Forget a start that is done, however it went."""
        with self._store.writing() as connection:
            connection.execute(delete(starts).where(starts.c.id == number, starts.c.owner == owner))

    @contextmanager
    def _alone(self) -> Iterator[Connection]:
        """Yield a connection that alone may change the table: what is counted and looked up stays true."""
        with self._store.writing() as connection:
            if self._store.is_postgresql:
                connection.execute(text("LOCK TABLE edition_start IN EXCLUSIVE MODE"))
            yield connection

    def _let_go(self, connection: Connection, is_gone: Callable[[str], bool], now: datetime) -> None:
        """Let wait again what died with its owner; forget what waited too long, or killed too many."""
        taken = connection.execute(select(starts).where(starts.c.owner.is_not(None))).all()
        for row in taken:
            if row.taken_until > now and not is_gone(row.owner):
                continue
            same = select(starts.c.id).where(
                starts.c.newsletter == row.newsletter,
                starts.c.day == row.day,
                starts.c.slot == row.slot,
                starts.c.until == row.until,
                _WAITS,
            )
            if row.tries >= MOST_TRIES or connection.scalar(same) is not None:
                connection.execute(delete(starts).where(starts.c.id == row.id))
            else:
                free = {"owner": None, "taken_until": None}
                connection.execute(update(starts).where(starts.c.id == row.id).values(**free))
        connection.execute(delete(starts).where(_WAITS, starts.c.asked_at < now - WAITS_FOR))


_WAITS = starts.c.owner.is_(None)


def _taken(row: AnyRow) -> TakenStart:
    key = EditionKey(row.newsletter, row.day, row.slot)
    return TakenStart(row.id, Start(key, Step(row.until)), row.asked_by)
