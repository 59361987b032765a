"""The log of who did what; it only grows."""

from __future__ import annotations

from sqlalchemy import insert, select

from digest.model.desk import AuditEntry
from digest.storage.engine import Store
from digest.storage.tables import audit_entries


class SqlAuditLog:
    """Entries are added and read; the database refuses anything else."""

    def __init__(self, store: Store) -> None:
        """Read and write through `store`, which its owner closes."""
        self._store = store

    def add(self, entry: AuditEntry) -> None:
        """Write one entry; its number is given by the database."""
        with self._store.writing() as connection:
            connection.execute(
                insert(audit_entries).values(
                    at=entry.at,
                    who=entry.who,
                    action=entry.action,
                    edition=entry.edition,
                    revision=entry.revision,
                    content_hash=entry.content_hash,
                    detail=entry.detail,
                )
            )

    def entries(
        self, *, edition: str = "", before: int | None = None, limit: int = 100
    ) -> tuple[AuditEntry, ...]:
        """Return entries, the newest first.

        Args:
            edition: only those about it.
            before: only those with a smaller number, for the next page.
        """
        query = select(audit_entries).order_by(audit_entries.c.id.desc()).limit(limit)
        if edition:
            query = query.where(audit_entries.c.edition == edition)
        if before is not None:
            query = query.where(audit_entries.c.id < before)
        with self._store.reading() as connection:
            return tuple(
                AuditEntry(
                    at=row.at,
                    who=row.who,
                    action=row.action,
                    edition=row.edition,
                    revision=row.revision,
                    content_hash=row.content_hash,
                    detail=row.detail,
                    number=row.id,
                )
                for row in connection.execute(query)
            )
