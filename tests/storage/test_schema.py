from __future__ import annotations

from datetime import date
from pathlib import Path
from warnings import catch_warnings, filterwarnings

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, text

from digest import storage
from digest.errors import ConfigurationError, DatabaseUnavailable, SchemaOutdated
from digest.model import EditionKey
from digest.storage import database
from digest.storage.searching.marks import marks
from digest.storage.tables import metadata
from tests.postgres import PostgresServer

POSTGRES_SCHEMA = """
    SELECT 'column', table_name || '.' || column_name,
           concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT 'constraint', conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    ORDER BY 1, 2
"""
SQLITE_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1, 2"


def schema(url: str) -> list[tuple[str, ...]]:
    """Return all that the database itself knows of its schema, the version table left out."""
    engine = create_engine(url)
    query = SQLITE_SCHEMA if engine.dialect.name == "sqlite" else POSTGRES_SCHEMA
    with engine.connect() as connection:
        rows = [
            tuple(" ".join(str(part).split()) for part in row) for row in connection.execute(text(query))
        ]
    engine.dispose()
    return [row for row in rows if "digest_version" not in row[1]]


def create_all(url: str) -> None:
    engine = create_engine(url)
    metadata.create_all(engine)
    engine.dispose()


def differences(url: str) -> list[object]:
    def is_ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        is_index = kind in {"table", "index"} and "_search" in (name or "")
        by_hand = name in {
            "ix_edition_words_words",
            "ix_article_words_words",
            "ix_delivery_mark",
            "ix_mail_event_mark",
        }
        is_apart = kind == "table" and name in {database.VERSION_TABLE, marks.name}
        return not (is_index or by_hand or is_apart)

    engine = create_engine(url)
    with engine.connect() as connection, catch_warnings():
        # What is indexed is no column there: `schema` compares the words it was made by.
        filterwarnings("ignore", ".*ix_(delivery|mail_event)_mark")
        options = {"include_object": is_ours, "compare_type": True, "compare_server_default": True}
        found: list[object] = compare_metadata(
            MigrationContext.configure(connection, opts=options), metadata
        )
    engine.dispose()
    return found


def test_all_migrations_make_the_metadata_on_sqlite(tmp_path: Path) -> None:
    migrated, made = f"sqlite:///{tmp_path}/migrated.db", f"sqlite:///{tmp_path}/made.db"

    database.migrate(migrated)
    create_all(made)

    assert schema(migrated) == schema(made)
    assert differences(migrated) == []


@pytest.mark.postgres
def test_all_migrations_make_the_metadata_on_postgresql(
    postgres_url: str, postgres_server: PostgresServer
) -> None:
    name = postgres_server.create()
    made = postgres_server.url(name)

    database.migrate(postgres_url)
    create_all(made)

    assert schema(postgres_url) == schema(made)
    assert differences(postgres_url) == []
    postgres_server.drop(name)


def test_a_second_migration_changes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/digest.db"

    assert database.migrate(url) == ("", database.head())
    assert database.migrate(url) == (database.head(), database.head())


def test_an_empty_database_is_outdated(tmp_path: Path) -> None:
    with pytest.raises(SchemaOutdated, match="digest migrate"):
        database.check_schema(f"sqlite:///{tmp_path}/digest.db")


def test_a_migrated_database_is_good(database_url: str) -> None:
    database.check_schema(database_url)


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    database_url = f"sqlite:///{tmp_path}/digest.db"
    database.migrate(database_url)
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE digest_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(SchemaOutdated, match="9999"):
        database.check_schema(database_url)
    with pytest.raises(SchemaOutdated, match="9999"):
        database.migrate(database_url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("digest.db", id="a file name"),
        pytest.param("mysql://localhost/digest", id="another database"),
        pytest.param("sqlite://", id="a database in memory would forget who got their mail"),
        pytest.param("sqlite:///:memory:", id="the same by its other name"),
    ],
)
def test_a_wrong_url_is_a_fault_of_the_configuration(url: str) -> None:
    with pytest.raises(ConfigurationError, match=r"database\.url"):
        database.open_database(url)


def test_a_database_that_cannot_be_opened_says_so_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="unable to open"):
        database.check_schema(f"sqlite:///{tmp_path}/nowhere/digest.db")
    with pytest.raises(DatabaseUnavailable) as raised:
        database.check_schema("postgresql://digest:secret@127.0.0.1:1/digest")
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "digest.db"
    path.write_text("these are not the tables you are looking for " * 100)

    with pytest.raises(ConfigurationError, match="names a file that is no SQLite database"):
        database.check_schema(f"sqlite:///{path}")


def test_sqlite_keeps_its_promises_of_durability(tmp_path: Path) -> None:
    from digest.storage.engine import Store

    store = Store(f"sqlite:///{tmp_path}/digest.db")

    def pragma(connection: Connection, name: str) -> object:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

    with store.writing() as connection:
        assert pragma(connection, "journal_mode") == "wal"
        assert pragma(connection, "synchronous") == 2
        assert pragma(connection, "foreign_keys") == 1
        assert pragma(connection, "busy_timeout") == 60_000
    store.close()


def upgraded(url: str, revision: str) -> Engine:
    """Return a database as an earlier version left it."""
    engine = create_engine(url)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(storage.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def test_decisions_of_older_versions_are_packed(tmp_path: Path) -> None:
    url, when = f"sqlite:///{tmp_path}/old.db", "'2026-11-23 03:00:00.000000'"
    old = upgraded(url, "0012")
    told = (
        '[{"article":"a1","url":"https://harbour.example/1","title":"Fähre","is_in":true,"rule":"in",'
        '"reason":"It leads.","numbers":[["score",1.5]],"section":"city"}]'
    )
    insert = text(
        "INSERT INTO edition (id, newsletter, day, slot, state, revision, approved_hash, approved_by,"
        " cutoff, content, content_sha256, decisions, created_at, changed_at, reached_nobody)"
        " VALUES (:id, 'morning',"
        f" :day, '', 'draft', 1, '', '', {when}, '', '', :told, {when}, {when}, false)"
    )
    with old.begin() as connection:
        connection.execute(insert, {"id": 1, "day": "2026-11-23", "told": told})
        connection.execute(insert, {"id": 2, "day": "2026-11-24", "told": "[]"})
        connection.execute(
            text("INSERT INTO edition_article (edition_id, article, content_hash) VALUES (1, 'a1', 'h')")
        )
    old.dispose()

    database.migrate(url)

    opened = database.open_database(url)
    (one,) = opened.editions.decisions(EditionKey("morning", date(2026, 11, 23)))
    none = opened.editions.decisions(EditionKey("morning", date(2026, 11, 24)))
    opened.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        held = connection.scalar(text("SELECT count(*) FROM edition_article"))
    engine.dispose()
    assert (one.title, one.numbers, none) == ("Fähre", (("score", 1.5),), ())
    assert held == 1, "nothing else of the edition is lost"


def test_a_migration_does_not_stop_others_while_it_waits_for_a_table(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session left open holds a table; whoever wants it next would wait behind the migration."""
    database.migrate(postgres_url)
    monkeypatch.setattr(database, "LOCKS_WITHIN_S", 1)
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX ix_mail_event_mark"))
        connection.execute(text("DROP INDEX ix_claim_over"))
        connection.execute(text("UPDATE digest_version SET version_num = '0029'"))

    with engine.begin() as left_open:
        left_open.execute(text("LOCK TABLE mail_event IN ROW EXCLUSIVE MODE"))
        with pytest.raises(DatabaseUnavailable, match=r"lock timeout.*pg_stat_activity"):
            database.migrate(postgres_url)
        with pytest.raises(SchemaOutdated):
            database.check_schema(postgres_url)

    assert database.migrate(postgres_url) == ("0029", storage.database.head())
    engine.dispose()
