"""Sponsors' blocks that are booked for days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from digest.errors import EditionConflict
from digest.model import EditionKey
from digest.model.blocks import Block, Booking, DaySpan
from digest.storage.desk.team_tables import bookings
from digest.storage.engine import Store
from digest.storage.records import restored, stored

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow


class SqlBookings:
    """What is booked; what is taken back stays, with its clicks, and is placed no more."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def of_day(self, key: EditionKey) -> tuple[Booking, ...]:
        """Return what is booked for the day of an edition, in the order in which it was booked."""
        return tuple(one for one in self.standing(key.newsletter, since=key.day) if one.covers(key.day))

    def standing(self, newsletter: str, *, since: date) -> tuple[Booking, ...]:
        """Return a newsletter's bookings that have a day from `since` on, in the order they were made."""
        query = select(bookings).where(
            bookings.c.newsletter == newsletter,
            bookings.c.last_day >= since,
            bookings.c.ended_at.is_(None),
        )
        with self._store.reading() as connection:
            return tuple(map(_booking, connection.execute(query.order_by(bookings.c.id))))

    def listed(self, newsletter: str, *, limit: int = 200) -> tuple[Booking, ...]:
        """Return a newsletter's bookings, those of the latest days first, what is over too."""
        query = select(bookings).where(bookings.c.newsletter == newsletter)
        order = bookings.c.last_day.desc(), bookings.c.id.desc()
        with self._store.reading() as connection:
            return tuple(map(_booking, connection.execute(query.order_by(*order).limit(limit))))

    def load(self, number: int) -> Booking | None:
        """Return a booking, or None."""
        with self._store.reading() as connection:
            row = connection.execute(select(bookings).where(bookings.c.id == number)).one_or_none()
        return None if row is None else _booking(row)

    def keep(self, booking: Booking) -> Booking:
        """Keep a new booking, or another version of one; return it as kept.

        Raises:
            EditionConflict: somebody else changed it since this version, or it is not there.
        """
        values = {
            "newsletter": booking.newsletter,
            "days": stored(tuple[DaySpan, ...], booking.spans).decode(),
            "first_day": min(one.first for one in booking.spans),
            "last_day": booking.last_day,
            "content": stored(Block, booking.block).decode(),
            "version": booking.version + 1,
            "who": booking.who,
            "at": booking.at,
            "ended_at": booking.ended_at,
        }
        with self._store.writing() as connection:
            if not booking.number:
                number = connection.scalar(insert(bookings).values(**values).returning(bookings.c.id))
                return replace(booking, number=int(number or 0), version=1)
            own = bookings.c.id == booking.number, bookings.c.version == booking.version
            if not connection.execute(update(bookings).where(*own).values(**values)).rowcount:
                raise EditionConflict(f"booking {booking.number}", "somebody else has changed it meanwhile")
        return replace(booking, version=booking.version + 1)


def _booking(row: AnyRow) -> Booking:
    name = f"booking {row.id}"
    return Booking(
        number=row.id,
        newsletter=row.newsletter,
        block=restored(Block, row.content, name=name),
        spans=restored(tuple[DaySpan, ...], row.days, name=name),
        who=row.who,
        at=row.at,
        version=row.version,
        ended_at=row.ended_at,
    )
