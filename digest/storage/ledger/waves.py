"""Waves in the ledger: ranges of delivery numbers with a time to go out and a deadline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)

from digest.model import DEADLINE_PASSED, DeliveryState
from digest.model.waves import Wave
from digest.storage.columns import now_ms
from digest.storage.tables import deliveries, waves

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
    connection: Connection, edition_id: int, planned: Sequence[Wave], *, hold_ms: int, undecided_ms: int
) -> None:
    """Write the waves, each with the range of numbers that its time gave it in the freeze.

    Args:
        undecided_ms: who waits for the end of a test of subjects has this time, the wave's place added.

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
        first, last = connection.execute(
            select(func.min(deliveries.c.number), func.max(deliveries.c.number)).where(
                deliveries.c.edition_id == edition_id,
                deliveries.c.not_before_ms.in_([at, *(undecided_ms + one for one in places[at])]),
            )
        ).one()
        if first is not None:
            connection.execute(
                insert(waves).values(
                    edition_id=edition_id,
                    wave=place,
                    first_number=first,
                    last_number=last,
                    not_before_ms=at,
                    not_after_ms=ends,
                )
            )


def skip_late(
    connection: Connection, edition_id: int, numbers: Sequence[int], *, ahead_s: float = 0.0
) -> set[int]:
    """Skip those among planned `numbers` that would leave past their wave's deadline, and return them."""
    late = connection.execute(
        select(waves.c.first_number, waves.c.last_number).where(
            waves.c.edition_id == edition_id, waves.c.not_after_ms <= now_ms() + int(ahead_s * 1000)
        )
    ).all()
    found = {number for number in numbers for first, last in late if first <= number <= last}
    if found:
        connection.execute(
            update(deliveries)
            .where(deliveries.c.edition_id == edition_id, deliveries.c.number.in_(sorted(found)))
            .values(state=DeliveryState.SKIPPED, reason=TOO_LATE)
        )
    return found
