"""Alembic's way in: always on the connection that `digest.storage.database.migrate` hands over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

from digest.storage.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    version_table="digest_version",
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
