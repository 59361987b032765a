"""Suppression rows: keyed by a hash that outlives the address."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update
from sqlalchemy.engine import RowMapping

from subscribers.model import Suppression, SuppressionKind
from subscribers.storage.inserting import among, insert_new
from subscribers.storage.tables import subscribers, suppressions


def hashed(salt: bytes, canonical: str) -> str:
    """Return the keyed hash of a canonical address: 32 hex digits, worthless without this database.

    BLAKE2b in its keyed mode (RFC 7693): a third of HMAC-SHA256's time, for every row of an import.
    """
    return hashlib.blake2b(canonical.encode(), digest_size=16, key=salt).hexdigest()


def add(connection: Connection, found: Sequence[Suppression]) -> None:
    """Store what is not stored yet; the first of a kind stays."""
    insert_new(
        connection,
        suppressions,
        [
            {
                "key": one.key,
                "kind": one.kind.value,
                "canonical": one.canonical,
                "at": one.at,
                "origin": one.origin,
                "reason": one.reason[:500],
            }
            for one in found
        ],
    )


def of_key(connection: Connection, key: str) -> tuple[Suppression, ...]:
    """Return every suppression of an address, the oldest first."""
    query = select(suppressions).where(suppressions.c.key == key).order_by(suppressions.c.at)
    return tuple(_read(row) for row in connection.execute(query).mappings())


def are_any(connection: Connection) -> bool:
    """Tell whether anybody is suppressed at all."""
    return connection.scalar(select(suppressions.c.key).limit(1)) is not None


def kinds_of(connection: Connection, keys: Collection[str]) -> dict[str, set[SuppressionKind]]:
    """Return the kinds by key, for those of `keys` that have any."""
    found: dict[str, set[SuppressionKind]] = {}
    query = select(suppressions.c.key, suppressions.c.kind).where(
        among(connection, suppressions.c.key, keys)
    )
    for key, kind in connection.execute(query):
        found.setdefault(key, set()).add(SuppressionKind(kind))
    return found


def remove(connection: Connection, key: str, kinds: Collection[SuppressionKind]) -> int:
    """Take suppressions away and return how many there were."""
    names = [kind.value for kind in kinds]
    return connection.execute(
        delete(suppressions).where(suppressions.c.key == key, suppressions.c.kind.in_(names))
    ).rowcount


def attach(connection: Connection, key: str, canonical: str) -> None:
    """Write the address to the rows of its key: someone is stored under it (again)."""
    connection.execute(
        update(suppressions).where(suppressions.c.key == key).values(canonical=canonical, forget_after=None)
    )


def forget_after(connection: Connection, key: str, moment: datetime) -> None:
    """Let the address of these rows be forgotten after `moment`."""
    connection.execute(update(suppressions).where(suppressions.c.key == key).values(forget_after=moment))


def blank(connection: Connection, key: str) -> None:
    """Take away the words kept with the suppressions of an address: they may speak of the person."""
    connection.execute(update(suppressions).where(suppressions.c.key == key).values(reason=""))


def erased(connection: Connection) -> tuple[tuple[str, datetime], ...]:
    """Return the readable addresses of erased people nobody is stored under, with their last moment."""
    is_stored = exists().where(subscribers.c.canonical == suppressions.c.canonical)
    query = select(suppressions.c.canonical, suppressions.c.forget_after).where(
        suppressions.c.kind == SuppressionKind.ERASED.value,
        suppressions.c.canonical.is_not(None),
        suppressions.c.forget_after.is_not(None),
        ~is_stored,
    )
    return tuple((row.canonical, row.forget_after) for row in connection.execute(query))


def forget_due(connection: Connection, now: datetime) -> int:
    """Forget the addresses whose time has come, and the words kept with them; return how many rows."""
    is_stored = exists().where(subscribers.c.canonical == suppressions.c.canonical)
    return connection.execute(
        update(suppressions)
        .where(suppressions.c.forget_after <= now, suppressions.c.canonical.is_not(None), ~is_stored)
        .values(canonical=None, reason="")
    ).rowcount


def _read(row: RowMapping) -> Suppression:
    return Suppression(
        key=row["key"],
        kind=SuppressionKind(row["kind"]),
        at=row["at"],
        canonical=row["canonical"],
        origin=row["origin"],
        reason=row["reason"],
    )
