"""A SELECT on the publisher's own database, which is only read."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from digest.model import Article, ArticleId, Problem, SourceKey
from digest.ports import Collected, Memory
from digest.sources.entries import Entry, Profile, each_alone, read_entry
from digest.sources.naming import latest_apart, told_of
from digest.sources.pages.closings import clean_closings
from digest.sources.rows import entry_of
from digest.sources.text.blocks import fold, shorten

HORIZON = timedelta(days=31)
OVERLAP = timedelta(hours=26)
MAX_ROWS = 5000
TIMEOUT_S = 20
PARAMETERS = frozenset({"since", "until"})

_STRINGS_AND_COMMENTS = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|--[^\n]*|/\*.*?\*/", re.DOTALL
)
_PARAMETER = re.compile(r"(?<![:\w\\]):([A-Za-z_]\w*)(?!:)")
_DATE_FUNCTION = re.compile(
    r"\b(?:date|time|datetime|julianday|unixepoch|strftime|replace|substr)\s*\(", re.IGNORECASE
)
_WITH_SPACE = re.compile(r"\d{4}-\d\d-\d\d \d\d")
_WITH_T = re.compile(r"\d{4}-\d\d-\d\dT\d\d")


class SqlSource:
    """Articles as rows of a SELECT; its columns are named as `rows.entry_of` reads them.

    Nothing but one SELECT is ever run. On PostgreSQL and SQLite the connection is read only and the query
    ends after 20 seconds; elsewhere all is rolled back, and the user's own rights and limits must do.

    Args:
        key: the source's stable name.
        url: as SQLAlchemy writes it; its password is never shown.
        query: may use `:since` and `:until`, moments in UTC: a day before the last crawl (31 days
            before the first) and now. For SQLite they are texts like `2026-03-04 07:30:00`, or
            `2026-03-04T07:30:00` where the rows' own stamps are written so.
        zone: for stamps that name none.
        base_url: relative addresses are resolved against it; a row without one is at this URL plus its id.
        publisher: the name readers know the source by.
        language: where a row names none.
    """

    undated_count_from_first_seen = False

    def __init__(
        self,
        key: SourceKey,
        url: str,
        query: str,
        *,
        zone: ZoneInfo,
        base_url: str,
        publisher: str = "",
        language: str = "",
    ) -> None:
        """Keep what the settings say; nothing is opened yet."""
        self._url, self._query, self._base_url = url, query, base_url.rstrip("/") + "/"
        self._profile = Profile(key, zone, publisher, language)

    @property
    def key(self) -> SourceKey:
        """Return the stable name."""
        return self._profile.key

    def collect(self, memory: Memory, *, now: datetime) -> Collected:
        """Return what the query gives now."""
        engine = _engine_or_doubt(self._url, self._query)
        if isinstance(engine, str):
            return self._failed(memory, engine)
        last = memory.notes.get("until", "")
        since = datetime.fromisoformat(last) - OVERLAP if last else now - HORIZON
        try:
            rows = self._rows(engine, since, now)
        except DBAPIError as error:
            return self._failed(memory, f"can't be read ({_said(error)})")
        except SQLAlchemyError as error:
            return self._failed(memory, f"can't be read ({type(error).__name__}); check url and query")
        if rows and not rows[0].keys() & {"id", "guid", "url", "link"}:
            named = ", ".join(rows[0])
            return self._failed(memory, f"gives no column id or url, only {named}; name them with AS")
        return self._collected(rows, memory, now)

    def _collected(self, rows: Sequence[Mapping[str, object]], memory: Memory, now: datetime) -> Collected:
        problems: list[Problem] = []
        if len(rows) > MAX_ROWS:
            problems.append(
                Problem(self.key, f"gives more than {MAX_ROWS} rows; use :since, or ORDER BY and LIMIT")
            )
        if not rows and not memory.notes:
            problems.append(Problem(self.key, "gives no rows; check the query"))
        found: dict[ArticleId, Article] = {}
        is_provisional = False
        apart = latest_apart(self._entries(rows, problems))
        problems.extend(Problem(self.key, what) for what in told_of(apart))
        for entry in apart.entries:
            read = read_entry(entry, self._profile, now=now)
            problems.extend(read.problems)
            is_provisional |= read.is_provisional
            if read.article is not None:
                found.setdefault(read.article.id, read.article)
        articles, closings = clean_closings(found.values(), memory.notes.get("closings", ""))
        until = memory.notes.get("until", "") if is_provisional else now.astimezone(UTC).isoformat()
        notes = {"until": until, "closings": closings}
        return Collected(
            articles, tuple(problems), Memory({name: note for name, note in notes.items() if note})
        )

    def _entries(self, rows: Sequence[Mapping[str, object]], problems: list[Problem]) -> list[Entry]:
        """Return the entries of rows; one that breaks its reader costs itself only."""
        made = each_alone(
            (f"{self.key}, row {number}", functools.partial(self._entry, row))
            for number, row in enumerate(rows[:MAX_ROWS], 1)
        )
        problems.extend(one for one in made if isinstance(one, Problem))
        return [one for one in made if isinstance(one, Entry)]

    def _entry(self, row: Mapping[str, object], where: str) -> Entry:
        return entry_of(row, where, base=self._base_url)

    def _failed(self, memory: Memory, problem: str) -> Collected:
        return Collected(problems=(Problem(self.key, problem),), memory=memory, is_failed=True)

    def _rows(self, engine: Engine, since: datetime, until: datetime) -> list[dict[str, object]]:
        """Return the rows by column name in lower case, one more than the bound at most."""
        moments = {"since": _moment(since, engine), "until": _moment(until, engine)}
        given = {name: moments[name] for name in parameters(self._query)}
        try:
            with _reading(engine) as connection:
                rows = _selected(connection, self._query, given)
                if engine.dialect.name == "sqlite" and given and not _settles_spelling(self._query, rows):
                    with_t = {name: str(moment).replace(" ", "T") for name, moment in given.items()}
                    others = _selected(connection, self._query, with_t)
                    rows = others if _stamped(others, _WITH_T) else rows
                return rows
        finally:
            engine.dispose()


def _selected(connection: Connection, query: str, given: Mapping[str, object]) -> list[dict[str, object]]:
    result = connection.execute(text(query), given)
    names = [name.lower() for name in result.keys()]  # noqa: SIM118 - a result's keys are a method
    return [dict(zip(names, map(_plain, row), strict=True)) for row in result.fetchmany(MAX_ROWS + 1)]


def _settles_spelling(query: str, rows: Sequence[Mapping[str, object]]) -> bool:
    """Tell whether `2026-03-04 07:30:00` compares rightly with the column of a SQLite table.

    SQLite compares texts: `2026-03-04T07:30` stands after every time of that day that has a space.
    """
    bare = _STRINGS_AND_COMMENTS.sub(" ", query)
    return bool(_DATE_FUNCTION.search(bare)) or _stamped(rows, _WITH_SPACE)


def _stamped(rows: Sequence[Mapping[str, object]], spelling: re.Pattern[str]) -> bool:
    return any(
        spelling.match(stamp)
        for row in rows
        for name in ("updated", "modified", "published", "date")
        if isinstance(stamp := row.get(name), str)
    )


def doubt(url: str, query: str) -> str:
    """Return why such a source can never be read, whatever its database holds; empty where it may be."""
    found = _engine_or_doubt(url, query)
    if isinstance(found, str):
        return found
    found.dispose()
    return ""


def _engine_or_doubt(url: str, query: str) -> Engine | str:
    """Return what reads the database, or why nothing ever can."""
    if problem := refusal(query):
        return problem
    try:
        return _engine(url)
    except NoSuchModuleError as error:
        return f"needs a driver that is not installed ({error})"
    except ImportError as error:
        return f"needs a package that is not installed ({error.name})"
    except (ArgumentError, TypeError, ValueError):
        return "has a url that names no database"


def refusal(query: str) -> str:
    """Return why a query is not run; empty for a single SELECT with known parameters."""
    bare = _STRINGS_AND_COMMENTS.sub(" ", query).strip().rstrip(";").strip()
    if ";" in bare:
        return "has a query of several statements; give a single SELECT"
    if not re.match(r"(?:select|with)\b", bare, re.IGNORECASE):
        return "has a query that is no SELECT"
    if re.search(r"\(\s*(?:insert|update|delete|merge)\b", bare, re.IGNORECASE):
        return "has a query that would change data; give a SELECT"
    if unknown := sorted(parameters(query) - PARAMETERS):
        return f"has a query with the parameter :{unknown[0]}; only :since and :until are known"
    return ""


def parameters(query: str) -> frozenset[str]:
    """Return the names that stand after colons, outside of strings and comments."""
    return frozenset(_PARAMETER.findall(_STRINGS_AND_COMMENTS.sub(" ", query)))


def _engine(url: str) -> Engine:
    """Return an engine that keeps no connection and gives up in time."""
    parsed = make_url(url)
    arguments: dict[str, object] = {}
    if parsed.get_backend_name() == "sqlite" and parsed.database and not parsed.query:
        # A plain path would be made where it is missing.
        parsed = parsed.set(database=f"file:{quote(parsed.database)}", query={"mode": "ro", "uri": "true"})
    elif parsed.get_backend_name() == "postgresql":
        arguments["connect_timeout"] = TIMEOUT_S
        arguments["options"] = f"-c statement_timeout={TIMEOUT_S * 1000} -c timezone=UTC"
    elif parsed.get_backend_name() in {"mysql", "mariadb"}:
        arguments["connect_timeout"] = TIMEOUT_S
    engine = create_engine(parsed, poolclass=NullPool, connect_args=arguments, hide_parameters=True)
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _open_read_only)
    return engine


def _open_read_only(connection: Any, _: object) -> None:
    """Bind a SQLite connection to reading, and to a deadline."""
    connection.execute("PRAGMA query_only = ON")
    over = time.monotonic() + TIMEOUT_S
    connection.set_progress_handler(lambda: time.monotonic() > over, 10_000)


@contextmanager
def _reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that can't write, and roll it back."""
    options = {"postgresql_readonly": True} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection:
        if engine.dialect.name in {"mysql", "mariadb"}:
            connection.execute(text("SET SESSION TRANSACTION READ ONLY"))
            connection.rollback()
        try:
            yield connection
        finally:
            connection.rollback()


def _moment(at: datetime, engine: Engine) -> object:
    """Return a moment as the database compares it with its own."""
    utc = at.astimezone(UTC)
    if engine.dialect.name == "postgresql":
        return utc
    bare = utc.replace(tzinfo=None, microsecond=0)
    return str(bare) if engine.dialect.name == "sqlite" else bare


def _plain(value: object) -> object:
    """Return a value as the readers of rows take it."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    is_plain = value is None or isinstance(value, (str, int, float, datetime, list, dict))
    return value if is_plain or hasattr(value, "isoformat") else str(value)


def _said(error: DBAPIError) -> str:
    """Return the driver's own first line: it names no password."""
    return shorten(fold(str(error.orig).partition("\n")[0]), 200)
