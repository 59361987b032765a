"""Articles that were pushed to us, kept until their source crawls."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Boolean, Column, LargeBinary, Table, Text, delete, insert, select, update

from digest.model.articles import Pushed, SourceKey
from digest.storage.columns import Instant
from digest.storage.engine import Store
from digest.storage.tables import metadata

KEPT_FOR = timedelta(days=62)
"""Twice the longest that an edition looks back."""

MOST = 20_000
"""Of one source that a crawl reads, the latest."""

pushed_articles = Table(
    "pushed_article",
    metadata,
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("is_gone", Boolean, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
"""By the source's key and the pusher's own id, as JSON; withdrawn ones stay, to be told."""


class Push(StrEnum):
    """What a push came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class SqlPushes:
    """One row for each article, whoever pushes it how often."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def keep(self, source: SourceKey, name: str, body: bytes, *, now: datetime) -> Push:
        """Keep an article as it is now; the same one again changes nothing."""
        return self._write(source, name, body, is_gone=False, now=now)

    def withdraw(self, source: SourceKey, name: str, *, now: datetime) -> bool:
        """Note that an article is withdrawn; tell whether it was there."""
        with self._store.writing() as connection:
            found = connection.execute(
                update(pushed_articles)
                .where(
                    pushed_articles.c.source == source,
                    pushed_articles.c.name == name,
                    pushed_articles.c.is_gone.is_(False),
                )
                .values(is_gone=True, changed_at=now)
            )
            return bool(found.rowcount)

    def of(self, source: SourceKey) -> tuple[Pushed, ...]:
        """Return what was pushed to a source, the oldest change first."""
        query = (
            select(pushed_articles)
            .where(pushed_articles.c.source == source)
            .order_by(pushed_articles.c.changed_at.desc(), pushed_articles.c.name.desc())
            .limit(MOST)
        )
        with self._store.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(Pushed(row.name, bytes(row.body), row.is_gone) for row in reversed(rows))

    def _write(self, source: SourceKey, name: str, body: bytes, *, is_gone: bool, now: datetime) -> Push:
        own = pushed_articles.c.source == source, pushed_articles.c.name == name
        values = {"body": body, "is_gone": is_gone, "changed_at": now}
        with self._store.writing() as connection:
            old = delete(pushed_articles).where(
                pushed_articles.c.source == source, pushed_articles.c.changed_at < now - KEPT_FOR
            )
            connection.execute(old)
            row = connection.execute(select(pushed_articles).where(*own).with_for_update()).one_or_none()
            if row is not None and bytes(row.body) == body and row.is_gone == is_gone:
                return Push.UNCHANGED
            if row is not None:
                connection.execute(update(pushed_articles).where(*own).values(values))
                return Push.CHANGED
            # Somebody else may push the same one at this moment: on PostgreSQL theirs is waited for.
            if self._store.is_postgresql:
                from sqlalchemy.dialects.postgresql import insert as put

                both = put(pushed_articles).values(source=source, name=name, **values)
                connection.execute(
                    both.on_conflict_do_update(index_elements=["source", "name"], set_=values)
                )
            else:
                connection.execute(insert(pushed_articles).values(source=source, name=name, **values))
            return Push.NEW
