"""A database for each newsroom of a race: a file, or one on a PostgreSQL server."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import create_engine, make_url, text

from benchmarks.harness.spending import cpu_s_of_family, parent_of


class Databases:
    """Makes databases and copies of them; what it made on a server is dropped at the end."""

    def __init__(self, pattern: str = "") -> None:
        """Take the server's URL, `{name}` for the database; empty for files."""
        self._pattern = pattern
        self._made: list[str] = []
        self._postmaster: int | None = None

    def create(self, folder: Path) -> str:
        """Return the URL of a new database for the newsroom in `folder`."""
        if not self._pattern:
            return f"sqlite:///{folder / 'digest.db'}"
        return self._add("TEMPLATE template0")

    def copy(self, url: str, folder: Path) -> str:
        """Return the URL of a copy of a database that nobody uses now."""
        if not self._pattern:
            file = folder / "digest.db"
            shutil.copy(Path(make_url(url).database or ""), file)
            return f"sqlite:///{file}"
        return self._add(f"TEMPLATE {make_url(url).database}")

    def cpu_s(self) -> float:
        """Return what processor time the server has used by now; 0 for files, or a server elsewhere."""
        if not self._pattern:
            return 0.0
        if self._postmaster is None:
            engine = create_engine(self._pattern.replace("{name}", "postgres"))
            with engine.connect() as connection:
                is_here = connection.scalar(text("SELECT inet_server_addr() IS NULL"))
                backend = connection.scalar(text("SELECT pg_backend_pid()")) if is_here else 0
                self._postmaster = parent_of(backend or 0)
            engine.dispose()
        return cpu_s_of_family(self._postmaster) if self._postmaster else 0.0

    def _add(self, terms: str) -> str:
        name = f"dispatching_{len(self._made)}"
        self._admin(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name} {terms}")
        self._made.append(name)
        return self._pattern.replace("{name}", name)

    def _admin(self, *statements: str) -> None:
        engine = create_engine(self._pattern.replace("{name}", "postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what was made on a server."""
        for name in reversed(self._made):
            self._admin(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
