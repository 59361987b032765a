"""Whether something stands between us and PostgreSQL that lends its connections to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from digest.storage.engine import Store

if TYPE_CHECKING:
    import psycopg


def is_pooled(url: str) -> bool:
    """Tell whether a pool answers at a URL of PostgreSQL, and not the server itself.

    A server tells the number of its process when a connection begins, and by name later: those of a pool
    differ, for the first is its own (pgbouncer, in all of its modes). False for SQLite.

    Raises:
        DatabaseUnavailable: nothing answers there.
    """
    store = Store(url)
    try:
        if not store.is_postgresql:
            return False
        with store.reading() as connection:
            raw: psycopg.Connection | None = connection.connection.driver_connection
            return raw is not None and raw.info.backend_pid != connection.scalar(
                text("SELECT pg_backend_pid()")
            )
    finally:
        store.close()
