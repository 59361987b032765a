"""A whole database into another one, whichever of the two engines each is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import Connection, Integer, MetaData, Table, func, insert, select

from digest.errors import BadData
from digest.storage.engine import Store
from digest.storage.searching import marks

_CHUNK = 5_000


def copy(
    metadatas: Sequence[MetaData],
    source_url: str,
    target_url: str,
    *,
    seeded: Collection[str] = (),
    copied: Callable[[str, int], None] | None = None,
) -> dict[str, int]:
    """Copy every row of every table in one transaction and return how many of each table.

    Both have the same schema, and the target is empty. Reads one state of the source; what is written
    there meanwhile is not copied.

    Args:
        metadatas: the tables, in the order they are copied.
        seeded: tables that migrations themselves fill; those rows give way to the source's.
        copied: is told of each table and how many of its rows are over.

    Raises:
        BadData: the target holds rows already.
        DatabaseUnavailable: either can't be used now; the target is as empty as before.
    """
    tables = [table for metadata in metadatas for table in metadata.sorted_tables]
    source, target = Store(source_url), Store(target_url)
    try:
        with source.reading() as reading, target.writing() as writing:
            _require_empty(writing, [table for table in tables if table.name not in seeded], target.name)
            for table in tables:
                if table.name in seeded:
                    writing.execute(table.delete())
            counts = {}
            for table in tables:
                counts[table.name] = _copy_table(reading, writing, table)
                if copied is not None:
                    copied(table.name, counts[table.name])
            if target.is_postgresql:
                _go_on_counting(writing, tables)
                marks.keep_all(writing)
            _compare(reading, writing, tables)
    finally:
        source.close()
        target.close()
    return counts


def _require_empty(connection: Connection, tables: Sequence[Table], name: str) -> None:
    for table in tables:
        if connection.execute(select(table).limit(1)).first() is not None:
            remedy = "Copy into a new database, made by `digest migrate` and by nothing else."
            raise BadData(f"Database {name}", f"its table {table.name} holds rows already", remedy)


def _copy_table(reading: Connection, writing: Connection, table: Table) -> int:
    total = 0
    rows = reading.execution_options(yield_per=_CHUNK).execute(select(table))
    for chunk in rows.mappings().partitions(_CHUNK):
        writing.execute(insert(table), [dict(row) for row in chunk])
        total += len(chunk)
    return total


def _go_on_counting(connection: Connection, tables: Sequence[Table]) -> None:
    """Let PostgreSQL's own numbers go on behind the copied ones."""
    for table in tables:
        column = table.autoincrement_column
        if column is None or not isinstance(column.type, Integer):
            continue
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
        highest = connection.scalar(select(func.max(column)))
        if sequence is not None and highest is not None:
            connection.execute(select(func.setval(sequence, highest)))


def _compare(reading: Connection, writing: Connection, tables: Sequence[Table]) -> None:
    for table in tables:
        query = select(func.count()).select_from(table)
        here, there = reading.scalar(query), writing.scalar(query)
        if here != there:
            raise BadData(f"Table {table.name}", f"{here} rows were read and {there} written")
