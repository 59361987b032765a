"""What people of the desk tell one another of an edition: comments, and that it waits for an approval."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, update

from digest.model import EditionKey
from digest.model.desk import Comment, Ready
from digest.storage.desk.team_tables import comments, readies
from digest.storage.editions import edition_row
from digest.storage.engine import Store

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

MOST_COMMENTS = 500
"""Of one edition."""


class SqlTalks:
    """Words about editions that are in none of their mails."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def comments(self, key: EditionKey) -> tuple[Comment, ...]:
        """Return what was said of an edition's stories and blocks, the oldest first.

        Raises:
            UnknownEdition: there is no such edition.
        """
        with self._store.reading() as connection:
            own = comments.c.edition_id == edition_row(connection, key).id
            query = select(comments).where(own).order_by(comments.c.id)
            return tuple(map(_comment, connection.execute(query)))

    def say(self, key: EditionKey, about: str, text: str, *, who: str, now: datetime) -> bool:
        """Keep a comment; False where there are too many already. One that is sent twice is kept once.

        Raises:
            UnknownEdition: there is no such edition.
        """
        with self._store.writing() as connection:
            edition_id = edition_row(connection, key, for_update=True).id
            own = comments.c.edition_id == edition_id
            last = connection.execute(
                select(comments).where(own).order_by(comments.c.id.desc()).limit(1)
            ).one_or_none()
            if last is not None and (last.about, last.who, last.text) == (about, who, text):
                return True
            if (
                connection.scalar(select(func.count()).select_from(comments).where(own)) or 0
            ) >= MOST_COMMENTS:
                return False
            values = {"about": about, "who": who, "at": now, "text": text, "resolved_by": ""}
            connection.execute(insert(comments).values(edition_id=edition_id, **values))
            return True

    def resolve(self, key: EditionKey, number: int, *, who: str, now: datetime) -> bool:
        """Note who settled a comment, and when; False where it was settled, or is of another edition.

        Raises:
            UnknownEdition: there is no such edition.
        """
        return self._settle(key, number, resolved_by=who, resolved_at=now)

    def reopen(self, key: EditionKey, number: int) -> bool:
        """Let a settled comment wait again; False where it does, or is of another edition.

        Raises:
            UnknownEdition: there is no such edition.
        """
        return self._settle(key, number, resolved_by="", resolved_at=None)

    def _settle(
        self, key: EditionKey, number: int, *, resolved_by: str, resolved_at: datetime | None
    ) -> bool:
        is_other = comments.c.resolved_by != "" if not resolved_by else comments.c.resolved_by == ""
        with self._store.writing() as connection:
            own = comments.c.edition_id == edition_row(connection, key).id
            done = connection.execute(
                update(comments)
                .where(own, comments.c.id == number, is_other)
                .values(resolved_by=resolved_by, resolved_at=resolved_at)
            )
            return done.rowcount > 0

    def ready(self, key: EditionKey) -> Ready | None:
        """Return who last said that the draft waits for an approval; None for nobody."""
        with self._store.reading() as connection:
            query = select(readies).where(readies.c.edition_id == edition_row(connection, key).id)
            row = connection.execute(query).one_or_none()
        return None if row is None else Ready(row.who, row.at, row.revision)

    def keep_ready(self, key: EditionKey, ready: Ready) -> bool:
        """Keep that a draft waits for an approval; False where that was said of this revision already."""
        with self._store.writing() as connection:
            edition_id = edition_row(connection, key, for_update=True).id
            own = readies.c.edition_id == edition_id
            if connection.scalar(select(readies.c.revision).where(own)) == ready.revision:
                return False
            connection.execute(delete(readies).where(own))
            values = {"who": ready.who, "at": ready.at, "revision": ready.revision}
            connection.execute(insert(readies).values(edition_id=edition_id, **values))
            return True


def _comment(row: AnyRow) -> Comment:
    return Comment(row.id, row.about, row.who, row.at, row.text, row.resolved_by, row.resolved_at)
