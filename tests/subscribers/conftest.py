"""A migrated subscribers database, on each of the two engines."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from subscribers.storage.database import SubscriberDatabase, migrate, open_database
from subscribers.storage.tables import secrets
from tests.postgres import PostgresServer

SALT = "5a" * 32


@pytest.fixture(scope="session")
def subscribers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the subscribers' schema, to make copies of."""
    path = tmp_path_factory.mktemp("schema") / "subscribers.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def subscribers_postgres(postgres_server: PostgresServer) -> str:
    name = postgres_server.create()
    migrate(postgres_server.url(name))
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def subscribers_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        path = tmp_path / "subscribers.db"
        shutil.copy(request.getfixturevalue("subscribers_file"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = request.getfixturevalue("subscribers_postgres")
    server.empty(name)
    opened = open_database(server.url(name))
    with opened.writing() as connection:
        connection.execute(insert(secrets).values(name="salt", value=SALT))
    opened.close()
    yield server.url(name)


@pytest.fixture
def database(subscribers_url: str) -> Iterator[SubscriberDatabase]:
    opened = open_database(subscribers_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(subscribers_file: Path, tmp_path: Path) -> Iterator[SubscriberDatabase]:
    """For claims about files and rules, which one engine is enough for."""
    path = tmp_path / "one.db"
    shutil.copy(subscribers_file, path)
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_database(
    subscribers_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SubscriberDatabase]:
    """One for all examples of a property; each takes readers of its own."""
    path = tmp_path_factory.mktemp("shared") / "one.db"
    shutil.copy(subscribers_file, path)
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[SubscriberDatabase]:
    migrate(postgres_url)
    opened = open_database(postgres_url)
    yield opened
    opened.close()
