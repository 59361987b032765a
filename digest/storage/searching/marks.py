"""How an address is found among an edition's deliveries.

SQLite has an index on a short mark of the address (`address_mark`). On PostgreSQL such an index, filled in
the order of numbers, took as long as all else of a freeze: there the numbers of an edition lie in buckets
by a hash of the address, some 128 in each, written at the end of a freeze by one statement.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ARRAY,
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    and_,
    bindparam,
    delete,
    event,
    func,
    insert,
    inspect,
    literal_column,
    select,
    tuple_,
    update,
)

from digest.storage.columns import address_mark
from digest.storage.tables import deliveries, dispatches

IN_A_BUCKET = 128
"""Deliveries in a bucket, about. Who changes it makes all buckets anew."""

marks = Table(
    "delivery_mark",
    # Of PostgreSQL alone, and made anew where deliveries are copied to: no table like the others.
    MetaData(),
    Column("edition_id", Integer),
    Column("bucket", Integer),
    Column("numbers", ARRAY(Integer), nullable=False),
    PrimaryKeyConstraint("edition_id", "bucket", name="pk_delivery_mark"),
)
"""Numbers of deliveries, by a hash of their addresses; it names nobody."""


@event.listens_for(deliveries, "after_create")
def _made(_deliveries: Table, connection: Connection, **_terms: Any) -> None:
    if _has_buckets(connection):
        marks.create(connection)


def keep(connection: Connection, edition_id: int, frozen: int) -> None:
    """Make the buckets of an edition just frozen, in which nobody has any yet."""
    if not _has_buckets(connection):
        return
    place = _bucket(deliveries.c.canonical, literal_column(str(frozen), Integer)).label("bucket")
    rows = (
        select(bindparam("edition", edition_id, Integer), place, func.array_agg(deliveries.c.number))
        .where(deliveries.c.edition_id == edition_id)
        .group_by(place)
    )
    connection.execute(insert(marks).from_select(["edition_id", "bucket", "numbers"], rows))


def keep_all(connection: Connection) -> None:
    """Make the buckets of all editions, in a database that has none yet."""
    if not _has_buckets(connection):
        return
    for edition_id, frozen in connection.execute(
        select(dispatches.c.edition_id, dispatches.c.frozen).where(
            dispatches.c.deliveries_forgotten_at.is_(None)
        )
    ).all():
        keep(connection, edition_id, frozen)


def make_anew(connection: Connection) -> None:
    """Make the buckets of all editions once more, where another server may hash an address otherwise.

    A backup of a schema without buckets is left as it is: its migration makes them.
    """
    if _has_buckets(connection) and inspect(connection).has_table(marks.name):
        connection.execute(delete(marks))
        keep_all(connection)


def drop(connection: Connection, edition_id: int) -> None:
    """Forget the buckets of an edition whose deliveries are gone, or name nobody any more."""
    if _has_buckets(connection):
        connection.execute(delete(marks).where(marks.c.edition_id == edition_id))


def take_out(connection: Connection, edition_id: int, number: int, canonical: str) -> None:
    """Forget where a delivery lay that had this address and has none any more."""
    if not _has_buckets(connection):
        return
    frozen = select(dispatches.c.frozen).where(dispatches.c.edition_id == edition_id).scalar_subquery()
    connection.execute(
        update(marks)
        .where(marks.c.edition_id == edition_id, marks.c.bucket == _bucket(canonical, frozen))
        .values(numbers=func.array_remove(marks.c.numbers, number))
    )


def is_of(connection: Connection, canonical: str) -> ColumnElement[bool]:
    """Return the condition that a delivery has this address; by edition, for all indexes begin with it."""
    if not _has_buckets(connection):
        return and_(
            deliveries.c.edition_id.in_(select(dispatches.c.edition_id)),
            address_mark(deliveries.c.canonical) == address_mark(canonical),
            deliveries.c.canonical == canonical,
        )
    places = (
        select(marks.c.edition_id, func.unnest(marks.c.numbers))
        .join(dispatches, dispatches.c.edition_id == marks.c.edition_id)
        .where(marks.c.bucket == _bucket(canonical, dispatches.c.frozen))
    )
    return and_(
        tuple_(deliveries.c.edition_id, deliveries.c.number).in_(places),
        deliveries.c.canonical == canonical,
    )


def _bucket(canonical: Any, frozen: ColumnElement[int]) -> ColumnElement[int]:
    """Return the bucket of an address in an edition frozen for so many."""
    hashed = func.hashtext(canonical, type_=Integer).bitwise_and(0x7FFFFFFF)
    return hashed % func.greatest(frozen // literal_column(str(IN_A_BUCKET), Integer), 1)


def _has_buckets(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"
