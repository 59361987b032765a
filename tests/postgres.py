"""A throw-away PostgreSQL server: made for a test session, gone with it, however it ends."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg

from tests.processes.departing import LastWords

USER = "digest"

_EMPTY = """
    DO $$ DECLARE named text; is_used boolean; found text[] := '{}';
    BEGIN
        FOR named IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
            WHERE schemaname IN ('public', 'digest_queue') AND tablename NOT LIKE '%\\_version'
        LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || named || ')' INTO is_used;
            IF is_used THEN found := found || named; END IF;
        END LOOP;
        IF found <> '{}' THEN EXECUTE 'TRUNCATE ' || array_to_string(found, ',') || ' CASCADE'; END IF;
        PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
            FROM pg_sequences WHERE schemaname IN ('public', 'digest_queue') AND last_value IS NOT NULL;
    END $$
"""


class PostgresServer:
    """A cluster in a temporary directory, reached by its Unix socket only."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._home = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self._numbers = count(1)
        self._migrated = ""
        # PostgreSQL refuses to run as root; Debian's package brings a user of its own.
        self._runner: list[str] = []
        if os.geteuid() == 0:
            self._runner = ["runuser", "-u", "postgres", "--"]
            os.chown(self._home, pwd.getpwnam("postgres").pw_uid, -1)
        stop = [*self._runner, str(programs / "pg_ctl"), "-D", self._data, "-m", "immediate", "stop"]
        self._last_words = LastWords(stop, ["rm", "-rf", str(self._home)])
        self._run("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C", "-N", "-D", self._data)
        self.start()

    @property
    def _data(self) -> str:
        return str(self._home / "data")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={self._home}"

    def create(self, *, template: str = "template1") -> str:
        """Return the name of a new database, a copy of `template`, which nobody may be using."""
        name = f"test_{next(self._numbers)}"
        self._admin(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def create_migrated(self) -> str:
        """Return the name of a new database as `digest migrate` leaves it, without a row."""
        from digest.wiring.newsroom import migrate

        if not self._migrated:
            name = self.create()
            migrate(self.url(name))
            self._migrated = name
        return self.create(template=self._migrated)

    def empty(self, name: str) -> None:
        """Delete all rows but the schema's version, and count from 1 again.

        Only tables that have rows are truncated: to truncate all takes five times as long.
        """
        self._admin(_EMPTY, database=name)

    def drop(self, name: str) -> None:
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def start(self) -> None:
        # Nothing here outlives the session, so nothing needs to reach the disk.
        options = f"-k {self._home} -c listen_addresses= -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", self._data, "-w", "-l", str(self._home / "log"), "-o", options, "start")

    def crash(self) -> None:
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")

    def stop(self) -> None:
        self._last_words.say()

    def _admin(self, statement: str, *, database: str = "postgres") -> None:
        # An engine asks a new connection so much that it takes several times as long.
        with psycopg.connect(
            dbname=database, user=USER, host=str(self._home), autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._runner, str(self._programs / program), *arguments]
        with tempfile.TemporaryFile() as output:
            # A pipe would stay open in the server that pg_ctl leaves behind.
            ended = subprocess.run(command, stdout=output, stderr=output, cwd="/", check=False)
            output.seek(0)
            assert ended.returncode == 0, output.read().decode(errors="replace")


def programs() -> Path | None:
    """Return the directory of initdb and pg_ctl, the newest there is."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    return versions[-1].parent if versions else None
