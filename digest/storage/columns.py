"""Column types, SQL functions and conditions that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Index,
    Table,
    TextClause,
    and_,
    event,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from typing import TypeAlias

    from sqlalchemy import Row
    from sqlalchemy.dialects import postgresql, sqlite

    AnyRow: TypeAlias = Row[*tuple[Any, ...]]


class Instant(TypeDecorator[datetime]):
    """An aware datetime: `timestamptz` on PostgreSQL, UTC text that sorts and reads well on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return UTC, without a zone where the database keeps none.

        Raises:
            ValueError: the value is naive; nobody knows what instant it means.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime can't be stored: {value.isoformat()}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class now_ms(GenericFunction[int]):  # noqa: N801 - named as SQL functions are
    """The database's own clock, in milliseconds since 1970: what leases are measured on."""

    type = BigInteger()
    inherit_cache = True


@compiles(now_ms, "sqlite")
def _sqlite_now_ms(_element: now_ms, _compiler: SQLCompiler, **_options: Any) -> str:
    return "CAST((julianday('now') - 2440587.5) * 86400000.0 AS INTEGER)"


@compiles(now_ms, "postgresql")
def _postgresql_now_ms(_element: now_ms, _compiler: SQLCompiler, **_options: Any) -> str:
    # NOTE: clock_timestamp() is volatile, and a volatile bound can't be used to search an index.
    return "CAST(extract(epoch FROM statement_timestamp()) * 1000 AS BIGINT)"


class address_mark(GenericFunction[str]):  # noqa: N801 - named as SQL functions are
    """A short word for an address, by which an index finds it; several may share one.

    PostgreSQL's hash; on SQLite, which has none, its first three signs and the six around the at-sign.
    """

    inherit_cache = True


@compiles(address_mark, "sqlite")
def _sqlite_address_mark(element: address_mark, compiler: SQLCompiler, **options: Any) -> str:
    text = compiler.process(element.clauses, **options)
    return f"(substr({text}, 1, 3) || substr({text}, instr({text}, '@') - 4, 6))"


@compiles(address_mark, "postgresql")
def _postgresql_address_mark(element: address_mark, compiler: SQLCompiler, **options: Any) -> str:
    return f"hashtext({compiler.process(element.clauses, **options)})"


def insert_into(table: Table, dialect: str) -> postgresql.Insert | sqlite.Insert:
    """Return an INSERT that may say what is done where the row is there already.

    Only the dialect of the database at hand is loaded: PostgreSQL's is a twentieth of a start on SQLite.

    Args:
        dialect: "postgresql" or "sqlite".
    """
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(table)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(table)


def partial_index(
    name: str, *columns: ColumnElement[Any], where: ColumnElement[bool] | TextClause, unique: bool = False
) -> Index:
    """Add an index of the rows that `where` is true of, on both databases.

    `postgresql_where` would load PostgreSQL's dialect wherever the tables are; so it is set when they are
    made there.
    """
    index = Index(name, *columns, unique=unique, sqlite_where=where)

    def narrow(_table: Table, connection: Connection, **_terms: Any) -> None:
        if connection.dialect.name == "postgresql":
            index.dialect_options["postgresql"]["where"] = where

    event.listen(index.table, "before_create", narrow)
    return index


_FEW = 500


def at_places(table: Table, places: Iterable[tuple[int, int]]) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions that a row is of one of these deliveries, given as (edition, number).

    One for each edition, and for each 500 of it. For pairs IN a list of pairs SQLite reads the whole
    table once there are two.
    """
    for edition_id, of_it in groupby(sorted(set(places)), key=itemgetter(0)):
        numbers = [number for _edition, number in of_it]
        for start in range(0, len(numbers), _FEW):
            some = table.c.number.in_(numbers[start : start + _FEW])
            yield and_(table.c.edition_id == edition_id, some)
