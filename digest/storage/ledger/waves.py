"""Waves in the ledger: ranges of delivery numbers with a time to go out and a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    bindparam,
    case,
    exists,
    insert,
    literal_column,
    select,
)

from digest.model import DEADLINE_PASSED
from digest.model.waves import Wave
from digest.storage.columns import now_ms
from digest.storage.stretches import NEVER_MS, Stretch
from digest.storage.tables import waves

TOO_LATE = f"{DEADLINE_PASSED} of its wave had passed"


def milliseconds(instant: datetime | None) -> int:
    """Return an instant in milliseconds since 1970; 0 for none."""
    return int(instant.timestamp() * 1000) if instant else 0


def wave_of(zone: ColumnElement[Any], planned: Sequence[Wave]) -> ColumnElement[int]:
    """Return the place in `planned` of a reader's wave, as SQL."""
    rest = next((place for place, wave in enumerate(planned) if not wave.zones), 0)
    whens = [(zone.in_(wave.zones), place) for place, wave in enumerate(planned) if wave.zones]
    return case(*whens, else_=rest) if whens else literal_column(str(rest), Integer)


def keep(
    connection: Connection,
    edition_id: int,
    planned: Sequence[Wave],
    ranges: Sequence[Stretch],
    *,
    hold_ms: int,
) -> None:
    """Write the waves, each with the range of numbers that the freeze gave it.

    Args:
        ranges: what was frozen, with the wave's time, or the wave's place where a decision is waited for.

    Waves that a hold window makes begin together are one, with the last of their deadlines.
    """
    until: dict[int, int | None] = {}
    places: dict[int, list[int]] = {}
    for number, one in enumerate(planned):
        at, ends = max(milliseconds(one.not_before), hold_ms), milliseconds(one.not_after) or None
        places.setdefault(at, []).append(number)
        before = until.get(at, ends)
        until[at] = max(before, ends) if before and ends else None
    for place, (at, ends) in enumerate(until.items()):
        times = {at, *(NEVER_MS + one for one in places[at])}
        own = [one for one in ranges if one.not_before_ms in times]
        if own:
            connection.execute(
                insert(waves).values(
                    edition_id=edition_id,
                    wave=place,
                    first_number=min(one.first_number for one in own),
                    last_number=max(one.last_number for one in own),
                    not_before_ms=at,
                    not_after_ms=ends,
                )
            )


def has_any(connection: Connection, edition_id: int) -> bool:
    """Tell whether the edition has waves; that never changes after its freeze."""
    return bool(connection.scalar(select(exists().where(waves.c.edition_id == edition_id))))


def late_ranges(connection: Connection, edition_id: int, *, ahead_s: float = 0.0) -> list[tuple[int, int]]:
    """Return the first and last numbers of the waves whose deadline what leaves now would miss."""
    late = connection.execute(_LATE, {"edition": edition_id, "ahead_ms": int(ahead_s * 1000)})
    return [(first, last) for first, last in late]


_LATE = select(waves.c.first_number, waves.c.last_number).where(
    waves.c.edition_id == bindparam("edition"),
    waves.c.not_after_ms <= now_ms() + bindparam("ahead_ms", type_=BigInteger()),
)
