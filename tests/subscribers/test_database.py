from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select, text

from subscribers import lists
from subscribers.errors import DatabaseUnavailable, SchemaOutdated
from subscribers.storage.database import (
    Ids,
    SubscriberDatabase,
    check_schema,
    head,
    migrate,
    open_database,
)
from subscribers.storage.tables import metadata, secrets
from tests.subscribers.readers import NOW, join, mailed


def test_all_migrations_equal_the_metadata(database: SubscriberDatabase) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": "subscribers_version",
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in metadata.tables,
            },
        )

        assert compare_metadata(context, metadata) == []


def test_the_declared_keys_and_types_are_those_of_the_metadata(tmp_path: Path) -> None:
    """Autogenerate does not compare everything: primary keys, WITHOUT ROWID, foreign key actions."""
    migrated, created = tmp_path / "migrated.db", tmp_path / "created.db"
    migrate(f"sqlite:///{migrated}")
    other = open_database(f"sqlite:///{created}")
    metadata.create_all(other.engine)
    other.close()

    assert _schema(migrated) == _schema(created)


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"

    assert migrate(url) == ("", head())
    assert migrate(url) == (head(), head())
    check_schema(url)


def test_an_unmigrated_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SchemaOutdated, match="digest migrate"):
        check_schema(f"sqlite:///{tmp_path / 'new.db'}")


@pytest.mark.postgres
def test_migrations_at_the_same_time_wait_for_each_other(postgres_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: migrate(postgres_url), range(4)))

    assert sorted(found) == [("", head()), *[(head(), head())] * 3]


def test_migrations_of_one_file_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: migrate(url), range(4)))

    assert sorted(found) == [("", head()), *[(head(), head())] * 3]


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("nonsense", id="no URL"),
        pytest.param("oracle+nothing://x/y", id="unknown dialect"),
        pytest.param("sqlite:////nowhere/at/all/x.db", id="no such folder"),
        pytest.param("postgresql+psycopg://user:hush@127.0.0.1:1/x", id="nobody listens"),
    ],
)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(url: str) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        open_database(url)

    assert "hush" not in str(caught.value)


def test_a_failed_change_leaves_nothing_behind(database: SubscriberDatabase) -> None:
    def fail_half_way() -> None:
        with database.writing() as connection:
            lists.ensured(connection, "morning", now=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()

    assert lists.listed(database) == ()


def test_every_database_has_a_salt_of_its_own(tmp_path: Path) -> None:
    salts = set()
    for name in ("a", "b"):
        migrate(f"sqlite:///{tmp_path / name}.db")
        one = open_database(f"sqlite:///{tmp_path / name}.db")
        with one.reading() as connection:
            salts.add(connection.scalar(select(secrets.c.value)))
        one.close()

    assert len(salts) == 2


def test_a_writer_waits_for_a_stranger_in_the_same_file(sqlite_database: SubscriberDatabase) -> None:
    stranger = sqlite3.connect(
        str(sqlite_database.engine.url.database), isolation_level=None, check_same_thread=False
    )
    stranger.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: stranger.execute("ROLLBACK")).start()

    lists.ensure(sqlite_database, "morning", now=NOW)

    assert [one.mailing_list.key for one in lists.listed(sqlite_database)] == ["morning"]
    stranger.close()


def test_a_file_that_stays_locked_is_an_error_with_a_name(
    sqlite_database: SubscriberDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("subscribers.storage.database.BUSY_S", 0.05)
    other = open_database(str(sqlite_database.engine.url))

    with (
        sqlite_database.writing(),
        pytest.raises(DatabaseUnavailable, match=r"one\.db: database is locked"),
    ):
        lists.ensure(other, "morning", now=NOW)

    other.close()


def test_readers_see_one_state_while_a_writer_writes(database: SubscriberDatabase) -> None:
    join(database, "ann@harbour.example")
    with database.reading() as connection:
        count = text("SELECT count(*) FROM subscriber")
        before = connection.scalar(count)
        join(database, "bob@harbour.example")

        assert connection.scalar(count) == before

    assert len(mailed(database)) == 2


def test_writers_on_many_threads_lose_nothing(database: SubscriberDatabase) -> None:
    lists.ensure(database, "morning", now=NOW)

    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(lambda n: join(database, f"reader{n}@harbour.example"), range(12)))

    assert len(ids) == len(mailed(database)) == 12


def test_ids_ascend_and_never_repeat() -> None:
    ids = Ids(NOW)

    taken = [ids.take() for _ in range(1000)]

    assert taken == sorted(set(taken))
    assert all(len(one) == 23 for one in taken)


def _schema(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        found: list[tuple[object, ...]] = []
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name != 'subscribers_version' ORDER BY 1"
        ):
            found.append(
                (name, *connection.execute(f"SELECT wr FROM pragma_table_list('{name}')").fetchone())
            )
            for table in ("table_info", "foreign_key_list", "index_list"):
                rows = connection.execute(f"SELECT * FROM pragma_{table}('{name}')")
                found.extend(sorted((name, table, *map(str, row)) for row in rows))
    connection.close()
    return found
