"""What kind of server answers: whether it lends its connections to many, and whether it takes writes."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import text

from digest.storage.engine import Store, is_server_itself
from digest.storage.tables import metadata

if TYPE_CHECKING:
    import psycopg


def is_pooled(url: str) -> bool:
    """Tell whether a pool answers at a URL of PostgreSQL, and not the server itself; False for SQLite.

    Raises:
        DatabaseUnavailable: nothing answers there.
    """
    with closing(Store(url)) as store:
        if not store.is_postgresql:
            return False
        with store.reading() as connection:
            raw: psycopg.Connection | None = connection.connection.driver_connection
            return raw is not None and not is_server_itself(raw)


def require_writes(url: str) -> None:
    """Return if our tables may be written; nothing is.

    Raises:
        DatabaseUnavailable: it is a standby, read-only, or its user may not, nor the user of this command
            the file; or nothing answers there.
    """
    with closing(Store(url)) as store, store.writing() as connection:
        for table in metadata.sorted_tables:
            # No row has to be there: the right to a table is asked for all the same.
            connection.execute(text(f"DELETE FROM {table.name} WHERE 1 = 0"))  # noqa: S608 - our own name
        connection.rollback()


def takes_writes(url: str) -> bool:
    """Tell whether the server is a primary that lets us write; a file is taken for one that may be written.

    Raises:
        DatabaseUnavailable: nothing answers there.
    """
    with closing(Store(url)) as store:
        if not store.is_postgresql:
            return True
        with store.writing() as connection:
            return str(connection.scalar(text("SHOW transaction_read_only"))) != "on"
