"""Statements that run many times a second, put together once for each database.

SQLAlchemy draws up, runs and wraps a statement in 45 µs, of which the driver's part is three. What each
claim runs goes to the driver straight away; whoever listens to statements sees them as ever.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Insert, Select, Update
from sqlalchemy.engine.interfaces import Dialect

if TYPE_CHECKING:
    from digest.storage.columns import AnyRow

Run = Callable[[Any, Mapping[str, object]], Any]
Read = Callable[[Any], Any]


class Prepared:
    """One statement; its values go by name, and are such as the driver takes as they are."""

    def __init__(self, statement: Select[Any] | Insert | Update) -> None:
        """Take it; it is put together when it first runs."""
        self._statement = statement
        self._runs: dict[str, Run] = {}
        self._reads: dict[str, list[tuple[int, Read]]] = {}
        self._columns = list(statement.selected_columns) if isinstance(statement, Select) else []
        names = [one.name for one in self._columns]
        self._row: Any = namedtuple("Row", names)  # type: ignore[misc]  # its names are known here only

    def rows(self, connection: Connection, values: Mapping[str, object]) -> list[AnyRow]:
        """Run it and return what it gives."""
        if _is_watched(connection):
            return list(connection.execute(self._statement, dict(values)))
        rows = self._run(connection, values).fetchall()
        if reads := self._reads[connection.dialect.name]:
            rows = [_read(row, reads) for row in rows]
        return list(map(self._row._make, rows))

    def one(self, connection: Connection, values: Mapping[str, object]) -> AnyRow | None:
        """Run it and return its one row, None where there is none."""
        found = self.rows(connection, values)
        return found[0] if found else None

    def count(self, connection: Connection, values: Mapping[str, object]) -> int:
        """Run it and return how many rows it changed."""
        if _is_watched(connection):
            return connection.execute(self._statement, dict(values)).rowcount
        return int(self._run(connection, values).rowcount)

    def _run(self, connection: Connection, values: Mapping[str, object]) -> Any:
        dialect = connection.dialect
        run = self._runs.get(dialect.name)
        if run is None:
            found = [
                one.type.dialect_impl(dialect).result_processor(dialect, None) for one in self._columns
            ]
            self._reads[dialect.name] = [(at, read) for at, read in enumerate(found) if read is not None]
            run = self._runs[dialect.name] = self._drawn_up(dialect, values)
        return run(connection.connection.driver_connection, values)

    def _drawn_up(self, dialect: Dialect, values: Mapping[str, object]) -> Run:
        compiled: Any = self._statement.compile(dialect=dialect)
        # A list within it is written out.
        state = compiled.construct_expanded_state(dict(values))
        sql, own = state.statement, {name: _plain(one) for name, one in state.parameters.items()}
        if not dialect.positional:
            return lambda driver, values: driver.execute(
                sql, own | {name: _plain(one) for name, one in values.items()}
            )
        names = list(state.positiontup or ())
        return lambda driver, values: driver.execute(
            sql, [values[name] if name in values else own[name] for name in names]
        )


def _read(row: Sequence[object], reads: Sequence[tuple[int, Read]]) -> list[object]:
    """Return a row as columns of our own types give it: the driver knows no instants."""
    found = list(row)
    for at, read in reads:
        found[at] = read(found[at])
    return found


def _plain(value: object) -> object:
    """Return what a driver takes: of an enumeration its text."""
    return str(value) if isinstance(value, str) else value


def _is_watched(connection: Connection) -> bool:
    """Tell whether somebody listens to what is run."""
    return bool(connection.dispatch.before_cursor_execute)
