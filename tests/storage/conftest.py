from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.storage.database import Database, open_database


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    yield opened
    opened.close()
