"""An address is found among deliveries, on both databases, and leaves nothing behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text

from digest.model import EditionKey
from digest.storage import database_copy
from digest.storage.database import Database, open_database
from digest.storage.searching import marks
from digest.storage.tables import metadata
from tests.postgres import PostgresServer
from tests.storage.samples import DAY, KEY, NOW, Reader, approved, audience, frozen, people, rendered

READERS = 3 * marks.IN_A_BUCKET + 5
NOON = EditionKey("morning", DAY, "noon")
ODD = [
    pytest.param("a@b.example", id="a short one"),
    pytest.param("o'hara+news@sub.example.org", id="signs that SQL knows"),
    pytest.param("łukasz@żółw.example", id="letters beyond ASCII"),
    pytest.param("100%_off@example.org", id="wildcards"),
    pytest.param(f"{'x' * 60}@example.org", id="a long one"),
]


@pytest.fixture
def postgresql(postgres_server: PostgresServer) -> Iterator[str]:
    """A migrated database on PostgreSQL, whatever runs on SQLite as well."""
    name = postgres_server.create_migrated()
    yield postgres_server.url(name)
    postgres_server.drop(name)


def editions_of(database: Database, address: str) -> list[object]:
    return [one["edition"] for one in database.forgetting.of_reader(address)["deliveries"]]


def rows(url: str) -> int:
    """Return how many buckets there are."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.scalar(select(func.count()).select_from(marks.marks))
    engine.dispose()
    return found or 0


def test_each_reader_is_found_in_every_edition(database: Database, database_url: str) -> None:
    frozen(database, database_url, people(READERS))
    database.ledger.freeze(approved(database, NOON), [rendered()], audience(), now=NOW)

    for reader in people(READERS)[::50]:
        address = f"{reader.id}@example.org"
        assert editions_of(database, address) == [str(KEY), str(NOON)]
        assert database.results.variant_of(NOON, reader.id, address) == rendered().variant
    assert editions_of(database, "nobody@example.org") == []


@pytest.mark.parametrize("address", ODD)
def test_an_address_of_any_kind_is_found(database: Database, database_url: str, address: str) -> None:
    frozen(database, database_url, [*people(3), Reader("odd", address)])

    assert editions_of(database, address) == [str(KEY)]


@pytest.mark.postgres
def test_whoever_is_erased_leaves_the_buckets(postgresql: str) -> None:
    with closing(open_database(postgresql)) as database:
        frozen(database, postgresql, people(4))
        database.forgetting.forget_reader("r00002@example.org")

    engine = create_engine(postgresql)
    with engine.connect() as connection:
        kept = connection.scalars(text("SELECT unnest(numbers) FROM delivery_mark ORDER BY 1")).all()
    engine.dispose()
    assert kept == [1, 3, 4]


@pytest.mark.postgres
def test_a_freeze_taken_back_leaves_no_buckets(postgresql: str) -> None:
    with closing(open_database(postgresql)) as database:
        frozen(database, postgresql, people(4))
        before = rows(postgresql)
        assert database.ledger.take_back(KEY, "canceled", by="amina", now=NOW) is not None

    assert (before, rows(postgresql)) == (1, 0)


@pytest.mark.postgres
def test_whoever_moves_to_postgresql_is_found_there(
    migrated_sqlite: Path, tmp_path: Path, postgresql: str
) -> None:
    ours = f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'digest.db')}"
    with closing(open_database(ours)) as database:
        frozen(database, ours, people(READERS))

    database_copy.copy([metadata], ours, postgresql)

    with closing(open_database(postgresql)) as database:
        assert editions_of(database, "r00300@example.org") == [str(KEY)]
    assert rows(postgresql) > 1


@pytest.mark.postgres
def test_buckets_of_another_server_s_hashes_are_made_anew(postgresql: str) -> None:
    with closing(open_database(postgresql)) as database:
        frozen(database, postgresql, people(READERS))
        engine = create_engine(postgresql)
        with engine.begin() as connection:
            connection.execute(text("UPDATE delivery_mark SET bucket = -1 - bucket"))
        before = editions_of(database, "r00300@example.org")
        with engine.begin() as connection:
            marks.make_anew(connection)
        engine.dispose()

        assert (before, editions_of(database, "r00300@example.org")) == ([], [str(KEY)])
