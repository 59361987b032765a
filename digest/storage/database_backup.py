"""A whole database into one file, while others write it, and back.

SQLite's own online backup (https://sqlite.org/backup.html) and PostgreSQL's pg_dump and pg_restore see one
state of the database, whoever writes meanwhile.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import URL, inspect, make_url

from digest.errors import BadData, OutputUnwritable, database_trouble
from digest.storage.engine import Store
from digest.storage.searching import marks

_PAGES = 5_000
"""So many are copied at once; a writer waits no longer than that takes."""

_MAGIC = {"sqlite": b"SQLite format 3\0", "postgresql": b"PGDMP"}
"""What the file of a backup begins with."""

_SIDE_FILES = ("-wal", "-shm", "-journal")


def back_up(url: str, target: Path, *, copied: Callable[[int, int], None] | None = None) -> None:
    """Write the database to `target`, a new file that only its owner may read.

    Args:
        copied: is told how many pages of how many are over; SQLite only.

    Raises:
        DatabaseUnavailable: the database can't be read now, or pg_dump fails.
        OutputUnwritable: the file can't be written.
    """
    parsed = make_url(url)
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as problem:
        raise OutputUnwritable(target, problem.strerror or str(problem)) from problem
    if parsed.get_backend_name() == "postgresql":
        _call(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"], parsed)
        return
    name = Path(str(parsed.database)).absolute()

    def told(_status: int, left: int, of: int) -> None:
        if copied is not None:
            copied(of - left, of)

    try:
        with (
            closing(sqlite3.connect(f"{name.as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy, pages=_PAGES, progress=told)
            # One file, without a write-ahead log beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
        if broken := _broken(target):
            raise database_trouble(str(name), f"it is broken ({broken})")
    except sqlite3.Error as problem:
        if "is full" in str(problem):  # the copy's disk: ours is only read
            raise OutputUnwritable(target, "No space left on device") from problem
        raise database_trouble(str(name), str(problem)) from problem


def put_back(url: str, source: Path, *, may_replace: bool, now: datetime) -> Path | None:
    """Make the database what the backup holds; return where the one before is kept, if there was one.

    Args:
        may_replace: a SQLite database that is there gives way; nobody may have it open. A PostgreSQL
            database must be an empty one.
        now: names what is kept.

    Raises:
        BadData: the file is no backup of this kind of database, or a database is there.
        DatabaseUnavailable: pg_restore fails; nothing of it is left then.
        OutputUnwritable: the folder can't be written.
    """
    parsed = make_url(url)
    kind = parsed.get_backend_name()
    with source.open("rb") as file:
        if not file.read(16).startswith(_MAGIC[kind]):
            raise BadData("The backup", f"it is none of a {kind} database", "Name one of the same kind.")
    if kind == "sqlite" and (broken := _broken(source)):
        raise BadData("The backup", f"its database is broken ({broken})", "Name an earlier one.")
    if kind == "postgresql":
        _require_empty(parsed)
        _call(["pg_restore", "--no-owner", "--exit-on-error", "--single-transaction"], parsed, source)
        with closing(Store(url)) as store, store.writing() as connection:
            marks.make_anew(connection)
        return None
    target = Path(str(parsed.database)).absolute()
    if target.exists() and not may_replace:
        raise BadData(
            f"The database {target}",
            "it is there already",
            "Stop everything that uses it, then say --replace: it is kept beside the restored one.",
        )
    _require_alone(target)
    try:
        return _in_place(source, target, now)
    except OSError as problem:
        raise OutputUnwritable(target, problem.strerror or str(problem)) from problem


def _in_place(source: Path, target: Path, now: datetime) -> Path | None:
    part = target.with_name(f"{target.name}.restoring")
    shutil.copyfile(source, part)
    part.chmod(0o600)
    kept = None
    if target.exists():
        names = (f"{target.name}.before-{now:%Y%m%dT%H%M%S}{more}" for more in _more())
        kept = next(path for name in names if not (path := target.with_name(name)).exists())
        for ending in ("", *_SIDE_FILES):
            # Its log belongs to it, and would spoil another database.
            if (beside := Path(f"{target}{ending}")).exists():
                beside.rename(f"{kept}{ending}")
    part.rename(target)
    return kept


def _more() -> Iterator[str]:
    """Yield what tells files of one second apart."""
    yield ""
    yield from (f"-{number}" for number in count(2))


def _broken(file: Path) -> str:
    """Return what is wrong with a SQLite file that nobody else has open; empty where nothing is."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as database:
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        return str(problem)
    return "" if said == "ok" else " ".join(str(said).split())


def _require_alone(target: Path) -> None:
    """Refuse to take a SQLite file from under somebody: what they write then would be lost with it.

    Raises:
        DatabaseUnavailable: another process has it open.
    """
    if not target.exists():
        return
    try:
        with closing(sqlite3.connect(target, timeout=0.0, isolation_level=None)) as database:
            # Whoever has a database of this kind open holds a lock on it, at work or not.
            database.execute("PRAGMA locking_mode=EXCLUSIVE")
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
    except sqlite3.OperationalError as problem:
        if "locked" in str(problem):
            said = "somebody has it open: stop the desk, the schedule, cron and whatever else uses it"
            raise database_trouble(str(target), said) from problem
    except sqlite3.DatabaseError:
        return  # What is broken gives way.


def _require_empty(url: URL) -> None:
    with (
        closing(Store(url.render_as_string(hide_password=False))) as store,
        store.reading() as connection,
    ):
        if inspect(connection).get_table_names():
            raise BadData("The database", "it holds tables already", "Name an empty one in database.url.")


def _call(words: Sequence[str], url: URL, source: Path | None = None) -> None:
    """Run one of PostgreSQL's own programs on the database at `url`; its password stays off the line."""
    password = url.password or url.query.get("password")
    bare = url.difference_update_query(["password"]).set(drivername="postgresql", password=None)
    plain = bare.render_as_string()
    environment: Mapping[str, str] = os.environ | ({"PGPASSWORD": str(password)} if password else {})
    called = [*words, f"--dbname={plain}", *([str(source)] if source else [])]
    try:
        done = subprocess.run(  # noqa: S603 - fixed words and our own database's name
            called, capture_output=True, text=True, env=environment, check=False
        )
    except FileNotFoundError as missing:
        problem = f"{words[0]} is not installed here; it comes with PostgreSQL's client programs"
        raise database_trouble(plain, problem) from missing
    if done.returncode:
        said = done.stderr.strip().splitlines() or [f"{words[0]} ended with {done.returncode}"]
        raise database_trouble(plain, said[0])
