"""One pace for a provider, whoever sends: bookings on the database's clock."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, bindparam, case, literal_column, select

from digest.ports import LONGEST_BOOKING_S
from digest.storage.columns import insert_into, now_ms
from digest.storage.tables import paces

_LEFT = select(paces.c.free_at_ms - now_ms()).where(paces.c.provider == bindparam("provider"))

LEFT_MS = _LEFT.scalar_subquery()
"""In how many milliseconds `provider` may be called again: SQL, below 0 or none for at once."""


def left_s(connection: Connection, provider: str) -> float:
    """Return in how many seconds the provider may be called again."""
    return max(0, int(connection.scalar(_LEFT, {"provider": provider}) or 0)) / 1000


def book(connection: Connection, provider: str, count: int, *, per_s: float) -> float:
    """Book `count` mails after all booked before; return in how many seconds they may go.

    Where that is too far off, nothing is booked.
    """
    # Whoever books has the row to themselves until the commit, and reads what the one before wrote.
    _raise_to(connection, provider, now_ms())
    wait_s = left_s(connection, provider)
    if wait_s <= LONGEST_BOOKING_S:
        _raise_to(connection, provider, paces.c.free_at_ms + int(count * 1000 / per_s))
    return wait_s


def pause(connection: Connection, provider: str, seconds: float) -> None:
    """Let nobody send for so long from now on."""
    _raise_to(connection, provider, now_ms() + int(seconds * 1000))


def _raise_to(connection: Connection, provider: str, at_ms: ColumnElement[int]) -> None:
    """Move the provider's next free moment to `at_ms`, never back."""
    written = insert_into(paces, connection.dialect.name)
    first = written.values(provider=provider, free_at_ms=literal_column("0"))
    connection.execute(first.on_conflict_do_nothing())
    connection.execute(
        paces.update()
        .where(paces.c.provider == provider)
        .values(free_at_ms=case((paces.c.free_at_ms > at_ms, paces.c.free_at_ms), else_=at_ms))
    )
