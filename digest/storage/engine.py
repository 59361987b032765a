"""One engine for SQLite and PostgreSQL: who may write when, and what a broken database is called.

On SQLite a transaction that reads first and writes later fails instead of waiting when another wrote
in between. So whoever means to write says so at the start (`BEGIN IMMEDIATE`) and waits its turn.
"""

from __future__ import annotations

import select
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    InvalidatePoolError,
    NoSuchModuleError,
    ProgrammingError,
)

from digest.errors import (
    ConfigurationError,
    DatabaseUnavailable,
    Fault,
    MissingExtra,
    NoDatabase,
    database_trouble,
)

if TYPE_CHECKING:
    import psycopg
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

BUSY_MS = 60_000
"""How long a SQLite writer waits for another before it gives up."""

CACHE_KIB = 32_000
"""A page cache that holds the upper part of the delivery indexes: a freeze of 1M is a quarter faster."""


_OF_THE_SERVER = ("42501", "42P01", "42703", "3F")
"""Codes of statements that are right, but not for this server: no right to a table, or no such table."""

_IDLE_S = 5.0
"""A connection that nobody used for longer is asked whether it still stands."""

_PREPARED_AFTER = 3
"""So many times a statement is run before PostgreSQL keeps it."""


class Turns(Protocol):
    """A queue of writers; see `subscribers.storage.turns`."""

    def take(self, *, timeout_s: float) -> bool:
        """Wait for a turn; tell whether it came in time."""
        ...

    def give(self) -> None:
        """End the turn."""
        ...


class Store:
    """A database that is read or written in transactions; safe to share between threads."""

    def __init__(
        self,
        url: str,
        *,
        steps: Callable[[str], None] | None = None,
        busy_ms: int = BUSY_MS,
        turns: Turns | None = None,
    ) -> None:
        """Make the engine; nothing is opened yet.

        Args:
            turns: the queue of this process's writers of the same file; None where nobody else writes it.
            busy_ms: how long a SQLite writer waits for another.
            steps: is told "committing" before and "committed" after every transaction that may write.

        Raises:
            ConfigurationError: the URL names no database that this package speaks to.
        """
        parsed = _checked(url)
        self.name = shown(parsed)
        self._engine = _engine(parsed, busy_ms)
        self._writer = self._engine.execution_options(digest_writes=True)
        self._reader = self._engine
        if self.is_postgresql:
            # As SQLite does by itself: several statements see one state.
            self._reader = self._engine.execution_options(isolation_level="REPEATABLE READ")
        self._steps = steps or _unwatched
        self._turns, self._busy_s = turns, busy_ms / 1000
        self._raw_error: type[Exception] = self._engine.dialect.loaded_dbapi.Error

    @property
    def is_postgresql(self) -> bool:
        """Tell which of the two databases this is."""
        return self._engine.dialect.name == "postgresql"

    @property
    def is_missing(self) -> bool:
        """Tell whether it is a file that nobody made yet."""
        file = self._engine.url.database
        return not self.is_postgresql and file is not None and not Path(file).exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database.

        Raises:
            DatabaseUnavailable: it can't be read now.
        """
        with self._transaction(self._reader) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection that may write; all of it is committed at the end, or none.

        Raises:
            DatabaseUnavailable: it is locked, full or away; nothing was written.
        """
        with self._turn(), self._transaction(self._writer) as connection:
            yield connection
            self._steps("committing")
        self._steps("committed")

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for our turn among this process's writers, as long as for another's lock."""
        if self._turns is None:
            yield
            return
        if not self._turns.take(timeout_s=self._busy_s):
            raise DatabaseUnavailable(self.name, "database is locked")
        try:
            yield
        finally:
            self._turns.give()

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            with engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except ProgrammingError as problem:
            if not _code_of(problem.orig).startswith(_OF_THE_SERVER):
                raise  # a fault of ours
            raise self._unusable(problem.orig) from problem
        except DBAPIError as problem:
            raise self._unusable(problem.orig) from problem
        except self._raw_error as problem:
            # Raised while a connection is prepared, or by a statement that went straight to the driver.
            raise self._unusable(problem) from problem

    def _unusable(self, problem: BaseException | None) -> DatabaseUnavailable | ConfigurationError:
        """Return what to say of the driver's problem: a file of another kind never gets better."""
        if isinstance(problem, sqlite3.Error) and problem.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            said = (
                f"names a file that is no SQLite database, {self.name}: name another one, or if it was "
                "one, put the latest backup back (`digest restore FILE --replace`)"
            )
            return NoDatabase([Fault("database.url", said)])
        return database_trouble(self.name, _first_line(problem), _code_of(problem))


def shown(url: URL) -> str:
    """Return a URL as it may be shown: without its password, wherever in it that stands."""
    hidden = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(hidden).render_as_string(hide_password=True)


def _code_of(problem: BaseException | None) -> str:
    """Return the SQLSTATE that PostgreSQL gave a problem; empty where it gave none."""
    return str(getattr(problem, "sqlstate", None) or "")


def _unwatched(_step: str) -> None:
    """Nobody counts the steps."""


def _checked(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as problem:
        raise _misconfigured("is not a database URL; write sqlite:///digest.db") from problem
    if backend not in {"sqlite", "postgresql"}:
        raise _misconfigured(f"names {backend}; only sqlite and postgresql+psycopg will do")
    if backend == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise _misconfigured("names no file; a ledger must outlive the process: sqlite:///digest.db")
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def _misconfigured(problem: str) -> ConfigurationError:
    return ConfigurationError([Fault("database.url", problem)])


def _engine(url: URL, busy_ms: int) -> Engine:
    try:
        engine = _made(url, busy_ms)
        engine.dialect.create_connect_args(url)
    except (ArgumentError, TypeError, ValueError) as problem:
        raise _misconfigured(f"has an option that can't be read: {_first_line(problem)}") from problem
    if url.get_backend_name() == "postgresql":
        _check_options(engine)
    return engine


def _check_options(engine: Engine) -> None:
    """Refuse what the driver would refuse at every connection, as if the database were away."""
    from psycopg.conninfo import make_conninfo

    given = engine.url.query.items()
    try:
        make_conninfo(**{name: said if isinstance(said, str) else ",".join(said) for name, said in given})
    except engine.dialect.loaded_dbapi.Error as problem:
        raise _misconfigured(f"has an option that can't be read: {_first_line(problem)}") from problem


def _made(url: URL, busy_ms: int) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            engine = create_engine(url, connect_args={"prepare_threshold": None}, hide_parameters=True)
        except ModuleNotFoundError as missing:
            raise MissingExtra("PostgreSQL", "postgres") from missing
        event.listen(engine, "connect", _let_prepare)
        event.listen(engine, "checkout", _ask_where_doubtful)
        return engine
    # The driver passes the time on to SQLite as its busy timeout.
    engine = create_engine(url, connect_args={"timeout": busy_ms / 1000}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_server_itself(connection: psycopg.Connection) -> bool:
    """Tell whether nothing that lends its connections stands between us and PostgreSQL.

    A server tells the number of its process when a connection begins, and by name later: those of a pool
    differ, for the first is its own (pgbouncer, in all of its modes).
    """
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return row is not None and row[0] == connection.info.backend_pid


def _let_prepare(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    """Let the server keep a statement that comes again, half of whose time is to plan it.

    What is prepared stays with a connection, and behind a pgbouncer each transaction has another.
    """
    raw = cast("psycopg.Connection", connection)
    if is_server_itself(raw):
        raw.prepare_threshold = _PREPARED_AFTER
    raw.rollback()


def _ask_where_doubtful(
    connection: DBAPIConnection, record: ConnectionPoolEntry, _lent: PoolProxiedConnection
) -> None:
    """Ask the server whether it is there, where a kept connection gives a reason to.

    To ask each time takes a quarter of a claim. A server that ended a connection has said so, or closed it:
    then there is something to read on a connection that waits for nothing. One idle for longer may have
    been forgotten on the way without a word.

    Raises:
        InvalidatePoolError: it is not; whoever asked gets a new connection.
    """
    at = time.monotonic()
    used_at, record.info["used_at"] = record.info.get("used_at"), at
    raw = cast("psycopg.Connection", connection)
    if used_at is None or (at - used_at < _IDLE_S and not _has_something_to_read(raw)):
        return
    try:
        raw.execute(";", prepare=False)
        raw.rollback()
    except raw.Error as problem:
        raise InvalidatePoolError from problem


def _has_something_to_read(raw: psycopg.Connection) -> bool:
    """Tell whether the server said something that nobody asked for, or is gone."""
    if raw.closed:
        return True
    poll = select.poll()
    poll.register(raw.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    if not isinstance(connection, sqlite3.Connection):
        raise TypeError("the SQLite driver must be the standard library's")
    raw: sqlite3.Connection = connection
    # The driver's own idea of transactions (a BEGIN before the first INSERT) comes too late for us.
    raw.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"cache_size=-{CACHE_KIB}",
    ):
        raw.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("digest_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _first_line(problem: BaseException | None) -> str:
    said = str(problem).strip() or type(problem).__name__
    return said.splitlines()[0].rstrip(".")
