"""How much of an edition leaves first, when the rest follows, and from when on nothing does."""

from __future__ import annotations

from datetime import datetime

from digest.day.parts import DayParts
from digest.editions.corrections import original_of
from digest.model import EditionKey
from digest.model.waves import Wave
from digest.selection.window import deadline, waves


def canary(parts: DayParts) -> int:
    """Return how many deliveries go first."""
    first, percent = parts.sending.canary, parts.sending.canary_percent
    if not percent:
        return first
    return max(first, -(-parts.ledger.count(parts.readers.audience) * percent // 100))


def waves_of(parts: DayParts, key: EditionKey) -> tuple[Wave, ...]:
    """Return when whom an edition reaches where readers' own clocks decide; none where all go at once."""
    schedule = parts.newsletter.schedule
    is_one = not schedule.is_by_reader or original_of(key) is not None
    return () if is_one else waves(schedule, key.day, parts.ledger.zones(parts.readers.audience))


def last_deadline(parts: DayParts, key: EditionKey) -> datetime | None:
    """Return from when on nothing of an edition leaves, whichever reader's clock is the last."""
    ends = deadline(parts.newsletter.schedule, key.day)
    later = [wave.not_after for wave in waves_of(parts, key) if wave.not_after]
    return max([ends, *later]) if ends else None
