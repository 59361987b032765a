"""The database: one engine, one writer at a time, its schema version checked.

The same SQLite file may be open in the digest's own engine. So writers take the lock at once
(`BEGIN IMMEDIATE`: a transaction that reads first and writes later would fail instead of wait), wait up
to a minute for each other, and keep their transactions short; those of one process have a queue. On
PostgreSQL an advisory lock makes writers queue in the same way: every decision sees what the one before it
wrote, on both.
"""

from __future__ import annotations

import secrets as randomness
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    String,
    column,
    create_engine,
    event,
    inspect,
    make_url,
    select,
    table,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    ProgrammingError,
)

from subscribers.errors import DatabaseUnavailable, SchemaOutdated
from subscribers.storage import changes
from subscribers.storage.joint_writing import JointWriting
from subscribers.storage.tables import secrets
from subscribers.storage.turns import Turns, turns_of

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["Connection", "Ids", "SubscriberDatabase", "check_schema", "migrate", "open_database"]

Result = TypeVar("Result")

BUSY_S = 60
"""How long a SQLite writer waits for another before it gives up."""

_OF_THE_SERVER = ("42501", "42P01", "42703", "3F")
"""Codes of statements that are right, but not for this server: no right to a table, or no such table."""

_VERSION_TABLE = "subscribers_version"
_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITERS_LOCK = 0x64696765_7375


class SubscriberDatabase:
    """An open database of people, lists, consent and suppression; safe to share between threads.

    Attributes:
        turns: this process's queue, for whoever else writes the same file; None on PostgreSQL.
    """

    def __init__(self, engine: Engine) -> None:
        """Take over `engine`; `close` disposes of it."""
        self.engine = engine
        self._salt: bytes | None = None
        self._joint: JointWriting | None = None
        self.turns: Turns | None = None
        if engine.dialect.name == "sqlite":
            self.turns = turns_of(engine.url.database or "")
            self._joint = JointWriting(engine, self.turns, name=_shown(engine.url))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database, however long it reads.

        Raises:
            DatabaseUnavailable: it can't be read now.
        """
        options = {}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with self._told(), self.engine.connect() as raw:
            connection = raw.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection that alone may write; commits at the end, rolls back on an error.

        Raises:
            DatabaseUnavailable: it stayed locked, or went away; nothing was written.
        """
        with self._told(), self._turn(), self.engine.connect() as raw:
            connection = raw.execution_options(subscribers_write=True)
            with connection.begin():
                if connection.dialect.name == "postgresql":
                    lock = text("SELECT pg_advisory_xact_lock(:key)")
                    connection.execute(lock, {"key": _WRITERS_LOCK})
                yield connection

    def write(self, act: Callable[[Connection], Result]) -> Result:
        """Make a short change and return its result; on SQLite together with others' at the same time.

        Args:
            act: run on any thread; where it raises, its changes are rolled back.

        Raises:
            DatabaseUnavailable: it stayed locked, or went away; nothing was written.
        """
        if self._joint is None:
            with self.writing() as connection:
                return act(connection)
        with self._told():
            return self._joint.write(act, timeout_s=BUSY_S)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell what the server or the file refuses in our own words; faults of ours go on their way."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as problem:
            unusable = _unusable(self.engine.url, problem)
            if isinstance(problem, ProgrammingError) and not unusable.code.startswith(_OF_THE_SERVER):
                raise
            raise unusable from problem

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for our turn among this process's writers, as long as for another's lock."""
        if self.turns is None:
            yield
            return
        if not self.turns.take(timeout_s=BUSY_S):
            raise DatabaseUnavailable(_shown(self.engine.url), "database is locked")
        try:
            yield
        finally:
            self.turns.give()

    def refresh_statistics(self) -> None:
        """Tell PostgreSQL's planner what a large import changed; SQLite plans without."""
        if self.engine.dialect.name == "postgresql":
            with self.writing() as connection:
                connection.execute(text("ANALYZE subscriber, subscription, consent, suppression"))

    def tell_changes(self) -> None:
        """Keep what becomes of readers from now on, until somebody takes it (`subscribers.changes`)."""
        self.engine.update_execution_options(**{changes.TELLS: True})

    def salt(self, connection: Connection) -> bytes:
        """Return this database's own key for the hashes that outlive a person."""
        if self._salt is None:
            found = connection.scalar(select(secrets.c.value).where(secrets.c.name == "salt"))
            if found is None:
                raise SchemaOutdated("", head())
            self._salt = bytes.fromhex(found)
        return self._salt

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def open_database(url: str) -> SubscriberDatabase:
    """Return the database at `url` (`sqlite:///file.db`, `postgresql+psycopg://…`); the caller closes it.

    Raises:
        DatabaseUnavailable: the URL can't be used, or nothing answers there.
    """
    database = SubscriberDatabase(_engine(url))
    try:
        with database.reading():
            return database
    except DatabaseUnavailable:
        database.close()
        raise


_LOCKS_WITHIN_S = 10


def migrate(url: str) -> tuple[str, str]:
    """Bring the schema up to date, whoever else tries at the same time; return (from, to) revisions.

    Raises:
        DatabaseUnavailable: the database can't be opened.
    """
    from alembic import command

    database = open_database(url)
    try:
        with database.writing() as connection:
            if connection.dialect.name == "postgresql":
                # Whoever wants a table next waits behind a migration that waits for it.
                connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCKS_WITHIN_S}s'"))
            before = _revision(connection)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return before, _revision(connection)
    finally:
        database.close()


def check_schema(url: str) -> None:
    """Return if the schema is this version's.

    Raises:
        SchemaOutdated: `digest migrate` is due, or the database belongs to a newer version.
        DatabaseUnavailable: the database can't be opened.
    """
    database = open_database(url)
    try:
        with database.reading() as connection:
            found = _revision(connection)
    finally:
        database.close()
    if found != head():
        raise SchemaOutdated(found, head())


def head() -> str:
    """Return the revision this version needs: the number of its newest migration's file."""
    return max(path.name[:4] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


class Ids:
    """Fresh subscriber ids, ascending: 11 hex digits of time, 12 that begin by chance."""

    def __init__(self, now: datetime) -> None:
        """Begin at `now`."""
        self._next = (int(now.timestamp() * 1000) << 48) + randomness.randbelow(1 << 47)

    def take(self) -> str:
        """Return the next id."""
        self._next += 1
        return f"{self._next:023x}"


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(connection: Connection) -> str:
    """Return what Alembic noted, from its own table: to load it would cost each run a fifth of a second."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return ""
    noted: Select[str] = select(column("version_num", String())).select_from(table(_VERSION_TABLE))
    return connection.scalar(noted) or ""


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        # An error that tells its statement tells no reader's address.
        options: dict[str, Any] = {"hide_parameters": True}
        if parsed.drivername == "postgresql+psycopg":
            # A statement prepared while the tables were empty keeps its plan until they are analyzed: an
            # import after a dry run took 94 s instead of 11 (measured, 100,000 rows).
            options |= {"pool_pre_ping": True, "connect_args": {"prepare_threshold": None}}
        engine = create_engine(parsed, **options)
    except (ArgumentError, NoSuchModuleError, ImportError) as problem:
        raise DatabaseUnavailable(_shown_text(url), str(problem)) from problem
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(raw: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    assert isinstance(raw, sqlite3.Connection)
    raw.isolation_level = None  # the driver must not begin transactions of its own
    for pragma in (
        f"busy_timeout={int(BUSY_S * 1000)}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=FAST",
        "cache_size=-16000",
    ):
        raw.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("subscribers_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _unusable(url: URL, problem: DBAPIError) -> DatabaseUnavailable:
    said = (str(problem.orig).strip() or type(problem.orig).__name__).splitlines()[0].rstrip(".")
    return DatabaseUnavailable(_shown(url), said, str(getattr(problem.orig, "sqlstate", None) or ""))


def _shown(url: URL) -> str:
    """Return a URL without its password, wherever in it that stands."""
    hidden = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def _shown_text(url: str) -> str:
    try:
        return _shown(make_url(url))
    except ArgumentError:
        return "named in the settings"
