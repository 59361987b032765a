"""Alembic's entry: runs on the connection that `database.migrate` hands over."""

from __future__ import annotations

from alembic import context

from subscribers.storage.tables import metadata

VERSION_TABLE = "subscribers_version"


def _run() -> None:
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run()
