"""What one call of cron does for a newsletter: the day's edition, on its day the week's best, the broom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from digest.day import job, readership
from digest.day.parts import DayParts
from digest.editions.weekly import weekly_key
from digest.model import DayReport, EditionKey, Ending, Step

_WORST_FIRST = (
    Ending.STOPPED,
    Ending.MISSED,
    Ending.NO_READERS,
    Ending.SOURCES_DOWN,
    Ending.CLOSED_WITH_FAULTS,
    Ending.LATE_FOR_SOME,
    Ending.UNFINISHED,
    Ending.WAITING_FOR_APPROVAL,
    Ending.NOTHING_TO_SEND,
)
"""What somebody should hear of, before all endings that are as they should be."""


def run(
    parts: DayParts, key: EditionKey, *, now: datetime, until: Step = Step.CLOSE
) -> tuple[DayReport, ...]:
    """Bring the day's edition, and the week's best where it is due, as far as they can come now.

    Returns the day's report first, the week's best's where there is one, then those of earlier days'
    editions that were finished first.

    Args:
        key: of the day's edition; of a slot, that edition alone is run.
    """
    first = job.run(parts, key, now=now, until=until)
    reports = [first]
    weekly = weekly_key(key.newsletter, key.day)
    if not key.slot and until is not Step.COLLECT and is_weekly_due(parts, weekly):
        reports.append(job.run(parts, weekly, now=now, until=until))
    if until is Step.CLOSE:
        parts.housekeeping(now)
    return (*reports, *first.earlier)


def is_weekly_due(parts: DayParts, weekly: EditionKey) -> bool:
    """Tell whether the week's best of this day is to be made, or is on its way."""
    if not readership.appears(parts, weekly):
        return False
    if parts.editions.load(weekly) is not None:
        return True
    return parts.readers.weekly is not None and parts.ledger.count(parts.readers.weekly.audience) > 0


def worst(reports: Sequence[DayReport]) -> DayReport:
    """Return the report that somebody should hear of; the first where all is well."""
    order = {ending: place for place, ending in enumerate(_WORST_FIRST)}
    return min(reports, key=lambda one: order.get(one.ending, len(order)))
