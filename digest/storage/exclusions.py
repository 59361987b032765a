"""What editors leave out of a newsletter: kept until somebody lets it in again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from digest.model import ExclusionOf, LeftOut
from digest.storage.engine import Store
from digest.storage.tables import exclusions


class SqlExclusions:
    """Editors' own exclusions; what was lifted stays on record."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def leave_out(self, newsletter: str, one: LeftOut) -> bool:
        """Keep one; False where the newsletter leaves it out already."""
        with self._store.writing() as connection:
            standing = {(known.what, known.value) for known in left_out(connection, newsletter)}
            if (one.what, one.value) in standing:
                return False
            connection.execute(
                insert(exclusions).values(
                    newsletter=newsletter, what=one.what.value, value=one.value, who=one.who, at=one.at
                )
            )
        return True

    def let_in(self, newsletter: str, number: int, *, by: str, now: datetime) -> LeftOut | None:
        """Lift one and return it; None where nothing of that number stands."""
        with self._store.writing() as connection:
            standing = {known.number: known for known in left_out(connection, newsletter)}
            if number in standing:
                lifted = update(exclusions).where(exclusions.c.id == number)
                connection.execute(lifted.values(lifted_by=by, lifted_at=now))
        return standing.get(number)


def left_out(connection: Connection, newsletter: str) -> tuple[LeftOut, ...]:
    """Return what stands, the oldest first."""
    query = (
        select(exclusions)
        .where(exclusions.c.newsletter == newsletter, exclusions.c.lifted_at.is_(None))
        .order_by(exclusions.c.id)
    )
    return tuple(
        LeftOut(ExclusionOf(row.what), row.value, row.who, row.at, row.id)
        for row in connection.execute(query)
    )
