"""The open database of the digest, and its schema."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Select, String, column, inspect, make_url, select, table, text

from digest.errors import DatabaseUnavailable, SchemaOutdated
from digest.storage.answers import SqlAnswers
from digest.storage.articles import SqlArticleStore
from digest.storage.clicks import SqlClicks
from digest.storage.desk.audit_log import SqlAuditLog
from digest.storage.desk.bookings import SqlBookings
from digest.storage.desk.history import SqlHistory
from digest.storage.desk.kept_settings import SqlKeptSettings
from digest.storage.desk.logins import SqlLogins
from digest.storage.desk.looking_back import SqlLookingBack
from digest.storage.desk.pictures import SqlPictures
from digest.storage.desk.runs import SqlRuns
from digest.storage.desk.starts import SqlStarts
from digest.storage.desk.talks import SqlTalks
from digest.storage.desk.team import SqlTeam
from digest.storage.desk.tokens import SqlTokens
from digest.storage.editions import SqlEditionStore
from digest.storage.engine import BUSY_MS, Store, Turns
from digest.storage.epochs import SqlEpochs
from digest.storage.exclusions import SqlExclusions
from digest.storage.forgetting import SqlForgetting
from digest.storage.ledger.ledger import SqlLedger
from digest.storage.ledger.refusals import SqlRefusals
from digest.storage.pushes import SqlPushes
from digest.storage.results import SqlResults
from digest.storage.upkeep.alerts import SqlAlerts
from digest.storage.upkeep.heartbeats import SqlHeartbeats
from digest.storage.upkeep.hook_posts import SqlHookPosts
from digest.storage.upkeep.webhooks import SqlWebhooks

if TYPE_CHECKING:
    from alembic.config import Config

VERSION_TABLE = "digest_version"

_MIGRATIONS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 0x64696765_7374

LOCKS_WITHIN_S = 10
"""So long a migration waits for a table that another uses: whoever wants the table next waits behind it."""


class Database:
    """Articles, editions and deliveries in one database; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Take over `store`; `close` closes it."""
        self.articles = SqlArticleStore(store)
        self.editions = SqlEditionStore(store)
        self.ledger = SqlLedger(store)
        self.logins = SqlLogins(store)
        self.history = SqlHistory(store)
        self.team = SqlTeam(store)
        self.talks = SqlTalks(store)
        self.bookings = SqlBookings(store)
        self.pictures = SqlPictures(store)
        self.looking_back = SqlLookingBack(store)
        self.exclusions = SqlExclusions(store)
        self.audit_log = SqlAuditLog(store)
        self.results = SqlResults(store)
        self.answers = SqlAnswers(store)
        self.runs = SqlRuns(store)
        self.forgetting = SqlForgetting(store)
        self.clicks = SqlClicks(store)
        self.refusals = SqlRefusals(store)
        self.epochs = SqlEpochs(store)
        self.alerts = SqlAlerts(store)
        self.heartbeats = SqlHeartbeats(store)
        self.hook_posts = SqlHookPosts(store)
        self.webhooks = SqlWebhooks(store)
        self.pushes = SqlPushes(store)
        self.tokens = SqlTokens(store)
        self.starts = SqlStarts(store)
        self.kept_settings = SqlKeptSettings(store)
        self._store = store

    def close(self) -> None:
        """Give the connections back."""
        self._store.close()


def open_database(
    url: str,
    *,
    steps: Callable[[str], None] | None = None,
    busy_ms: int = BUSY_MS,
    turns: Turns | None = None,
) -> Database:
    """Return the database at `url` (`sqlite:///digest.db`, `postgresql+psycopg://…`); the caller closes it.

    Args:
        steps: is told "committing" before and "committed" after every transaction that may write.
        busy_ms: how long a SQLite writer waits for another.
        turns: the queue of this process's writers of the same file; None where nobody else writes it.

    Raises:
        ConfigurationError: the URL can't be used.
    """
    return Database(Store(url, steps=steps, busy_ms=busy_ms, turns=turns))


def check_url(url: str) -> None:
    """Return if a database of this URL could be opened; no server is asked.

    Raises:
        ConfigurationError: it names none, or a file that is no database.
        MissingExtra: its driver is not installed.
    """
    Store(url).close()
    file = file_of(url)
    if file is not None and file.is_file():
        with suppress(SchemaOutdated, DatabaseUnavailable):
            check_schema(url)


def file_of(url: str) -> Path | None:
    """Return the file of a SQLite database, absolute; None for a server's."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database).absolute()


def migrate(url: str) -> tuple[str, str]:
    """Bring the schema up to date, whoever else tries at the same time; return (from, to) revisions.

    Raises:
        DatabaseUnavailable: the database can't be written now, or another holds a table for too long.
        SchemaOutdated: the database belongs to a newer version of this package.
    """
    from alembic import command

    store = Store(url)
    try:
        with store.writing() as connection:
            if store.is_postgresql:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
                connection.execute(text(f"SET LOCAL lock_timeout = '{LOCKS_WITHIN_S}s'"))
            before = _revision(connection)
            if before and before not in _known():
                raise SchemaOutdated(before, head())
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            return before, _revision(connection)
    finally:
        store.close()


def check_schema(url: str) -> None:
    """Return if the schema is this version's.

    Raises:
        SchemaOutdated: `digest migrate` is due.
        DatabaseUnavailable: the database can't be read now.
    """
    store = Store(url)
    try:
        with store.reading() as connection:
            found = _revision(connection)
    finally:
        store.close()
    if found != head():
        raise SchemaOutdated(found, head())


def head() -> str:
    """Return the revision this version needs: the number of its newest migration's file."""
    return max(path.name[1:5] for path in (_MIGRATIONS / "versions").glob("v[0-9]*.py"))


def _known() -> set[str]:
    from alembic.script import ScriptDirectory

    return {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str:
    """Return what Alembic noted, from its own table: to load it would cost each run a fifth of a second."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return ""
    noted: Select[str] = select(column("version_num", String())).select_from(table(VERSION_TABLE))
    return connection.scalar(noted) or ""
