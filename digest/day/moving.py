"""One edition at another time: whether its mail may still be moved there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from digest.day import waiting
from digest.day.parts import DayParts
from digest.errors import BadData
from digest.model import Edition, EditionState, Schedule
from digest.selection.window import ONE_DAY, cutoff, instant, send_time

_MEND = "Choose another time."


def moved(schedule: Schedule, day: date, at: time) -> Schedule:
    """Return the schedule with the mail of one day at another time."""
    others = tuple(one for one in schedule.moved if one[0] != day)
    return replace(schedule, moved=others if at == schedule.send_at else (*others, (day, at)))


def check(parts: DayParts, edition: Edition, at: time, *, now: datetime) -> datetime:
    """Return when the edition would go out at this time of its day.

    Raises:
        BadData: it is no day's own edition, it has begun to leave, it is too late for it, or its mail may
            not go out then.
    """
    schedule, day = parts.newsletter.schedule, edition.key.day
    if edition.key.slot:
        raise BadData(str(edition.key), "only the day's own edition has a time to move")
    if edition.state not in {EditionState.DRAFT, EditionState.APPROVED}:
        raise BadData(str(edition.key), "it is on its way already, and its time stays")
    latest = waiting.latest_approval(parts, edition)
    if latest is not None and now >= latest and edition.state is EditionState.DRAFT:
        raise BadData(str(edition.key), "nothing of it goes out any more: its last moment has passed")
    wanted, ends, following = (
        instant(schedule.zone, day, at),
        cutoff(schedule, day),
        cutoff(schedule, day + ONE_DAY),
    )
    if wanted < ends:
        problem = f"its day ends at {waiting.told(parts, ends)}, and nothing goes out before"
        raise BadData(str(edition.key), problem, _MEND)
    if wanted <= now:
        raise BadData(str(edition.key), f"{waiting.told(parts, wanted)} has passed already", _MEND)
    if wanted >= following:
        problem = f"from {waiting.told(parts, following)} on the next edition is due"
        raise BadData(str(edition.key), problem, _MEND)
    return send_time(moved(schedule, day, at), day)
