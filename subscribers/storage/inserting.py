"""Many rows at once, in each database's own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import ARRAY, ColumnElement, Connection, String, Table, any_, func, literal, select

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

_NOTHING: Mapping[str, object] = MappingProxyType({})


def insert_many(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Sequence[Sequence[object]],
    constants: Mapping[str, object] = _NOTHING,
    *,
    unless_there: bool = False,
) -> None:
    """Insert many rows of the columns `names`; `constants` are columns with one value for all.

    Goes past SQLAlchemy's handling of single parameters, which was a fourth of an import's time
    (measured 2026-11): the values are given as they are stored, times in milliseconds, days as text.

    Args:
        unless_there: a row whose key is there already stays as it is; otherwise that is an error.
    """
    if not rows:
        return
    names = [*names, *constants]
    same = tuple(constants.values())
    quoted = ", ".join(connection.dialect.identifier_preparer.quote(name) for name in names)
    leave = " ON CONFLICT DO NOTHING" if unless_there else ""
    if connection.dialect.name == "postgresql":
        # One statement with an array a column: ten times faster than a statement a row.
        kinds = [table.c[name].type.compile(connection.dialect) for name in names]
        arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
        statement = f"INSERT INTO {table.name} ({quoted}) SELECT * FROM unnest({arrays}){leave}"  # noqa: S608
        columns = [*map(list, zip(*rows, strict=True)), *([value] * len(rows) for value in same)]
        connection.exec_driver_sql(statement, tuple(columns))
        return
    places = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({quoted}) VALUES ({places}){leave}"  # noqa: S608 our own names
    connection.exec_driver_sql(statement, [(*row, *same) for row in rows] if same else list(rows))


def among(
    connection: Connection, column: ColumnElement[str], values: Collection[str]
) -> ColumnElement[bool]:
    """Tell whether a column is one of many values, handed over as one: thousands of places cost more."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(String)))
    each = func.json_each(orjson.dumps(list(values)).decode()).table_valued("value")
    return column.in_(select(each.c.value))


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
    """Insert the rows whose keys are not there yet."""
    if not rows:
        return
    connection.execute(_insert_into(table, connection.dialect.name).on_conflict_do_nothing(), list(rows))


def _insert_into(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT of this database's own; the other one's dialect is not loaded for it."""
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)
