"""A database that can't be used says why, what to do, and whether another try may go better."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from digest.cli import exits
from digest.cli.exits import Exit
from digest.errors import DatabaseRefused, DatabaseUnavailable, NoDatabase, database_trouble
from digest.storage.database import migrate
from digest.storage.engine import Store
from digest.storage.pooling import require_writes, takes_writes
from digest.wiring.away import as_ours
from subscribers import errors as people
from subscribers.storage import database as people_storage
from tests.postgres import PostgresServer


@pytest.mark.parametrize(
    ("said", "code", "what_to_do", "exit_code"),
    [
        pytest.param('FATAL:  database "nope" does not exist', "", "createdb", 78, id="no database"),
        pytest.param("FATAL: no such database: nope", "", "createdb", 78, id="none behind the pool"),
        pytest.param('FATAL:  role "me" does not exist', "", "pg_hba.conf", 78, id="no user"),
        pytest.param("FATAL:  password authentication failed", "", "pg_hba.conf", 78, id="password"),
        pytest.param("FATAL:  SASL authentication failed", "", "pg_hba.conf", 78, id="at the pool"),
        pytest.param("fe_sendauth: no password supplied", "", "pg_hba.conf", 78, id="no password"),
        pytest.param("FATAL: Peer authentication failed for user", "", "pg_hba.conf", 78, id="peer"),
        pytest.param('no pg_hba.conf entry for host "10.1.1.1"', "", "pg_hba.conf", 78, id="not let in"),
        pytest.param("Passwort falsch", "28P01", "pg_hba.conf", 78, id="a German server"),
        pytest.param("SSL error: certificate verify failed", "", "sslrootcert", 78, id="other authority"),
        pytest.param(
            'server certificate for "db" does not match host name "127.0.0.1"',
            "",
            "sslrootcert",
            78,
            id="other name",
        ),
        pytest.param('root certificate file "/x" does not exist', "", "sslrootcert", 78, id="no such file"),
        pytest.param("server does not support SSL, but SSL was required", "", "sslmode", 78, id="plain"),
        pytest.param(
            "transaction blocks not allowed in statement pooling mode", "08P01", "pool_mode", 78, id="pool"
        ),
        pytest.param("unsupported startup parameter: options", "", "ignore_startup", 78, id="option"),
        pytest.param("permission denied for table run", "42501", "GRANT", 78, id="no right"),
        pytest.param("droit refusé pour la table", "42501", "GRANT", 78, id="no right, in French"),
        pytest.param('relation "run" does not exist', "42P01", "digest migrate", 78, id="no table"),
        pytest.param("no such table: run", "", "digest migrate", 78, id="no table of SQLite"),
        pytest.param("invalid page in block 7", "XX001", "digest restore", 78, id="spoiled"),
        pytest.param("attempt to write a readonly database", "", "-shm", 78, id="read-only file"),
        pytest.param("locking protocol", "", "NFS", 78, id="no locks"),
        pytest.param("disk I/O error", "", "dmesg", 75, id="disk"),
        pytest.param("unable to open database file", "", "folder", 75, id="not mounted yet"),
        pytest.param(
            "cannot execute INSERT in a read-only transaction", "25006", "primary", 75, id="standby"
        ),
        pytest.param("session is read-only", "", "primary", 75, id="no primary among the hosts"),
        pytest.param("FATAL:  sorry, too many clients already", "53300", "max_connections", 75, id="taken"),
        pytest.param(
            'FATAL:  too many connections for role "x"', "", "max_connections", 75, id="limit of a user"
        ),
        pytest.param("remaining connection slots are reserved", "", "pgbouncer", 75, id="reserved"),
        pytest.param("could not extend file: No space left on device", "53100", "room", 75, id="full"),
        pytest.param("database or disk is full", "", "room", 75, id="full SQLite"),
        pytest.param("canceling statement due to statement timeout", "57014", "raise", 75, id="patience"),
        pytest.param(
            "terminating connection due to administrator command", "57P01", "run again", 75, id="ended"
        ),
        pytest.param("FATAL:  the database system is starting up", "57P03", "run again", 75, id="starting"),
        pytest.param("Connection refused", "", "run again", 75, id="away"),
        pytest.param("database is locked", "", "run again", 75, id="busy"),
    ],
)
def test_each_kind_has_its_remedy_and_its_exit_code(
    said: str, code: str, what_to_do: str, exit_code: int
) -> None:
    ours = database_trouble("x", said, code)
    readers = as_ours(people.DatabaseUnavailable("x", said, code))

    assert what_to_do in ours.remedy
    assert str(readers) == str(ours)
    assert exits.of_error(ours) == exit_code
    assert isinstance(ours, DatabaseRefused) == (exit_code == Exit.CONFIGURATION)


def test_an_index_that_is_missing_is_no_missing_database() -> None:
    assert not isinstance(database_trouble("x", 'index "one" does not exist', "42704"), DatabaseRefused)


@pytest.mark.parametrize("name", ["password", "sslpassword"])
def test_a_password_in_the_options_is_never_shown(name: str) -> None:
    url = f"postgresql+psycopg://me@127.0.0.1:9/x?{name}=open-sesame"

    assert "open-sesame" not in Store(url).name
    with pytest.raises(people.DatabaseUnavailable) as raised:
        people_storage.open_database(url)
    assert "open-sesame" not in str(raised.value)


def test_a_spoiled_header_names_the_way_back(tmp_path: Path) -> None:
    (tmp_path / "one.db").write_bytes(b"no database " * 500)
    store = Store(f"sqlite:///{tmp_path / 'one.db'}")

    with pytest.raises(NoDatabase, match=r"no SQLite database.*digest restore"), store.reading():
        pass


def limited(server: PostgresServer, url: str, *orders: str) -> str:
    """Make a user of a database of a server, who may do what the orders say; return its own URL."""
    parsed = make_url(url)
    name = f"limited_{parsed.database}"
    with psycopg.connect(
        host=str(parsed.query["host"]), user=parsed.username, dbname=parsed.database, autocommit=True
    ) as connection:
        for order in (f"DROP ROLE IF EXISTS {name}", f"CREATE ROLE {name} LOGIN", *orders):
            connection.execute(order.format(name=name).encode())
    return parsed.set(username=name).render_as_string(hide_password=False)


def forget(url: str, name: str) -> None:
    parsed = make_url(url)
    with psycopg.connect(
        host=str(parsed.query["host"]), user=parsed.username, dbname=parsed.database, autocommit=True
    ) as connection:
        connection.execute(f"DROP OWNED BY {name}".encode())
        connection.execute(f"DROP ROLE {name}".encode())


READS = "GRANT SELECT ON ALL TABLES IN SCHEMA public TO {name}"
WRITES = "GRANT ALL ON ALL TABLES IN SCHEMA public TO {name}"


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("orders", "said"),
    [
        pytest.param((), "permission denied", id="no right"),
        pytest.param((READS,), "permission denied", id="may only read"),
        pytest.param(
            (WRITES, "ALTER ROLE {name} SET default_transaction_read_only = on"),
            "It takes no writes",
            id="read-only",
        ),
    ],
)
def test_who_may_not_write_is_told_before_and_when_it_is_tried(
    postgres_server: PostgresServer, postgres_url: str, orders: tuple[str, ...], said: str
) -> None:
    migrate(postgres_url)
    people_storage.migrate(postgres_url)
    url = limited(postgres_server, postgres_url, *orders)
    readers = people_storage.SubscriberDatabase(people_storage._engine(url))
    require_writes(postgres_url)
    assert takes_writes(postgres_url)

    with pytest.raises(DatabaseUnavailable, match=said):
        require_writes(url)
    with pytest.raises(people.DatabaseUnavailable) as raised, readers.writing() as connection:
        connection.execute(text("DELETE FROM subscriber"))

    assert said in str(as_ours(raised.value))
    assert takes_writes(url) == (said == "permission denied")
    readers.close()
    forget(postgres_url, str(make_url(url).username))


@pytest.mark.postgres
def test_an_error_tells_no_reader(postgres_url: str) -> None:
    people_storage.migrate(postgres_url)
    readers = people_storage.open_database(postgres_url)

    with pytest.raises(Exception, match="nowhere") as raised, readers.writing() as connection:
        connection.execute(text("SELECT nowhere(:address)"), {"address": "ana@list.example"})

    readers.close()
    assert "ana@list.example" not in str(raised.value)
