"""Whether something stands between us and PostgreSQL that lends its connections to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.storage.engine import Store, is_server_itself

if TYPE_CHECKING:
    import psycopg


def is_pooled(url: str) -> bool:
    """Tell whether a pool answers at a URL of PostgreSQL, and not the server itself; False for SQLite.

    Raises:
        DatabaseUnavailable: nothing answers there.
    """
    store = Store(url)
    try:
        if not store.is_postgresql:
            return False
        with store.reading() as connection:
            raw: psycopg.Connection | None = connection.connection.driver_connection
            return raw is not None and not is_server_itself(raw)
    finally:
        store.close()
