"""Fixtures that more than one room needs: databases, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.postgres import PostgresServer, programs
from tests.requiring import needed

# A real Postfix in trouble for minutes: `make soak` runs these, every other run leaves them out.
collect_ignore = (
    []
    if os.environ.get("DIGEST_TEST_SOAK")
    else ["transports/smtp/test_postfix_soak.py", "journeys/sending/test_postfix_fronts.py"]
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from digest.storage.database import Database


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    found = programs()
    if found is None:
        reason = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("DIGEST_TEST_REQUIRE"):
            pytest.fail(reason)
        pytest.skip(reason)
    server = PostgresServer(found)
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """An empty database."""
    name = postgres_server.create()
    yield postgres_server.url(name)
    postgres_server.drop(name)


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: PostgresServer) -> str:
    """The name of a database with the digest's schema, emptied after every test."""
    from digest.storage.database import migrate

    name = postgres_server.create()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the digest's schema, to make copies of."""
    from digest.storage.database import migrate

    path = tmp_path_factory.mktemp("schema") / "digest.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the digest's schema, on each of the two engines."""
    if request.param == "sqlite":
        path = tmp_path / "digest.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = request.getfixturevalue("migrated_postgres")
    yield server.url(name)
    server.empty(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """That database, open."""
    from digest.storage.database import open_database

    opened = open_database(database_url)
    yield opened
    opened.close()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run what looks at pages in a browser last, and once more where it fails.

    Playwright's synchronous calls keep an event loop running in their thread for as long as the browser
    is open; `asyncio.run` in a later test of the same process would fail.
    """
    items.sort(key=lambda item: "chromium" in getattr(item, "fixturenames", ()))
    # An environment of before has no such plugin; tests/test_again.py tells.
    is_tried_again = config.pluginmanager.hasplugin("rerunfailures")
    for item in items:
        if is_tried_again and item.get_closest_marker("chromium"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def running_chromium() -> Iterator[Callable[[], Browser]]:
    """One Chromium for all tests that look at pages: Playwright may be started once in a process."""
    from playwright.sync_api import expect

    from tests.rendering.browser import CHROMIUM, WAIT_MS, browsers

    needed(CHROMIUM.exists(), f"{CHROMIUM} is not installed: apt-get install chromium")
    expect.set_options(timeout=WAIT_MS)
    with browsers() as current:
        yield current


@pytest.fixture
def chromium(running_chromium: Callable[[], Browser]) -> Browser:
    return running_chromium()
