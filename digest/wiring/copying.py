"""Everything copied into another database, schema and all."""

from __future__ import annotations

from collections.abc import Callable

import subscribers.storage.tables as people_tables
from digest.errors import BadData
from digest.settings.schema import Settings
from digest.storage import database_copy
from digest.storage import tables as our_tables
from digest.wiring.newsroom import check_schema, database_url, migrate


def copy_database(settings: Settings, url: str, copied: Callable[[str, int], None]) -> dict[str, int]:
    """Copy everything into an empty database at `url`, its schema made first; return rows by table.

    Args:
        copied: is told of each table and how many of its rows are over.

    Raises:
        BadData: the other database is this one, or holds rows already.
    """
    ours = database_url(settings)
    check_schema(ours)
    if url == ours:
        raise BadData("The other database", "it is this one", "Name an empty one.")
    migrate(url)
    return database_copy.copy(
        (our_tables.metadata, people_tables.metadata),
        ours,
        url,
        seeded=(people_tables.secrets.name,),
        copied=copied,
    )
