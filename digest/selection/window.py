"""The day of an edition on the wall clock of its newsletter, as instants in UTC."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.model import LateApproval, Newsletter, Schedule, Window
from digest.model.waves import Wave

ONE_DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)


def instant(zone: ZoneInfo, day: date, clock: time, *, last: bool = False) -> datetime:
    """Return the UTC instant at which the wall clock of `zone` shows `clock` on `day`.

    Args:
        last: where the clock shows that time twice, take the second; the first otherwise.

    Returns:
        For a time that the clock jumps over (02:30 in spring, midnight in Cairo, a whole day in
        Apia), the instant of the jump: the first moment after everything before that time.
    """
    wall = datetime.combine(day, clock.replace(tzinfo=None)).replace(fold=int(last), tzinfo=zone)
    found = wall.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None, fold=0) == wall.replace(tzinfo=None, fold=0):
        return found
    return _jump(zone, wall)


def day_start(zone: ZoneInfo, day: date) -> datetime:
    """Return the first instant of a local day; where midnight is missing, the moment after the jump."""
    return instant(zone, day, time(0))


def cutoff(schedule: Schedule, day: date) -> datetime:
    """Return the end of the window of `day`'s edition.

    An edition is dated by the local day on which it is mailed: a cutoff later on the clock than
    `send_at` (22:00, mailed at 06:30) is that of the evening before.
    """
    is_evening_before = schedule.cutoff > schedule.send_at
    return instant(schedule.zone, day - ONE_DAY if is_evening_before else day, schedule.cutoff)


def send_time(schedule: Schedule, day: date) -> datetime:
    """Return when `day`'s edition is due to leave."""
    return max(instant(schedule.zone, day, schedule.leaves_at(day)), cutoff(schedule, day))


def deadline(schedule: Schedule, day: date) -> datetime | None:
    """Return the instant from which nothing of `day`'s edition may leave; None for no deadline.

    A deadline that is not later on the clock than `send_at` is that of the day after. Where the
    clock shows it twice, the second counts. Where a day's mail goes out later than usual, its deadline is
    as much later, but not past the next edition's cutoff; where it goes out earlier, the deadline stays.
    Where the clock jumps over both, as much time is left as on any other day.
    """
    if schedule.deadline is None:
        return None
    is_day_after = schedule.deadline <= schedule.send_at
    usual = instant(schedule.zone, day + ONE_DAY if is_day_after else day, schedule.deadline, last=True)
    leaves = send_time(replace(schedule, moved=()), day)
    if usual <= leaves:
        ends, begins = (datetime.combine(day, one) for one in (schedule.deadline, schedule.send_at))
        usual = leaves + (ends - begins) + (ONE_DAY if is_day_after else timedelta(0))
    later = send_time(schedule, day) - leaves
    if later <= timedelta(0):
        return usual
    return max(usual, min(usual + later, cutoff(schedule, day + ONE_DAY)))


def last_approval(newsletter: Newsletter, day: date, *, is_again: bool = False) -> datetime | None:
    """Return the instant from which an editor's approval of `day`'s edition comes too late; None for none.

    That is the deadline, or the sending time itself where late approvals are not wanted.

    Args:
        is_again: the edition was canceled and is mended, so it is late by intent: until the deadline.
    """
    schedule = newsletter.schedule
    latest = deadline(schedule, day)
    if is_again or newsletter.late_approval is not LateApproval.SKIP:
        return latest
    return min(send_time(schedule, day), latest or datetime.max.replace(tzinfo=UTC))


def waves(schedule: Schedule, day: date, zones: Iterable[str]) -> tuple[Wave, ...]:
    """Return when readers of each zone get `day`'s edition by their own clocks, the earliest first.

    Never before the cutoff, nor past a deadline that is the later of the newsletter's and the reader's.
    The newsletter's own zone is everyone's whose zone is unknown or none.
    """
    own = deadline(schedule, day)
    times: dict[datetime, tuple[list[str], datetime | None]] = {send_time(schedule, day): ([], own)}
    default = times[send_time(schedule, day)][0]
    for name in zones:
        try:
            local = replace(schedule, zone=ZoneInfo(name))
        except (LookupError, ValueError, OSError):
            continue
        due = max(instant(local.zone, day, schedule.leaves_at(day)), cutoff(schedule, day))
        names, until = times.setdefault(due, ([], own))
        theirs = deadline(local, day)
        times[due] = names, max(until, theirs) if until and theirs else None
        names.append(name)
    # An empty tuple of zones is everyone else: these leave with the newsletter's own.
    return tuple(
        Wave(() if names is default else tuple(sorted(names)), due, until)
        for due, (names, until) in sorted(times.items(), key=lambda one: one[0])
    )


def edition_day(schedule: Schedule, now: datetime) -> date:
    """Return the local day whose edition a run at `now` is about.

    That is the local date, with two exceptions: from an evening cutoff on it is the next day's
    edition; and an edition whose deadline lies past midnight keeps the hours until then.
    """
    today = now.astimezone(schedule.zone).date()
    if cutoff(schedule, today + ONE_DAY) <= now:
        return today + ONE_DAY
    yesterday = today - ONE_DAY
    until = deadline(schedule, yesterday) if _is_there(schedule, yesterday) else None
    if until is not None and now < until and now < cutoff(schedule, today):
        return yesterday
    return today


def appears(schedule: Schedule, day: date) -> bool:
    """Tell whether the newsletter has an edition on that day.

    A day that the zone left out, as Apia did with 30 December 2011, has none.
    """
    if day.weekday() not in schedule.weekdays:
        return False
    return _is_there(schedule, day)


def _is_there(schedule: Schedule, day: date) -> bool:
    """Tell whether the zone's calendar has that day."""
    return day_start(schedule.zone, day).astimezone(schedule.zone).date() == day


def next_send(schedule: Schedule, now: datetime) -> datetime | None:
    """Return the next due time after `now`; None for a newsletter that appears on no weekday."""
    today = now.astimezone(schedule.zone).date()
    days = (today + ONE_DAY * ahead for ahead in range(-1, 9))
    return next(
        (due for day in days if appears(schedule, day) and (due := send_time(schedule, day)) > now), None
    )


def window_for(
    schedule: Schedule, day: date, *, last_cutoff: datetime | None, now: datetime | None = None
) -> Window:
    """Return the half-open window of `day`'s edition, in UTC.

    Args:
        last_cutoff: the end of the window of the last edition that was sent; None before the first.
        now: given for an edition made before its cutoff: its window closes just after `now`, so that
            what is published between `now` and the cutoff falls to the next edition and isn't lost.

    Returns:
        A window that starts at the last cutoff, but at most `max_age` before its end; for the first
        edition ever, `first_window` before its end. Empty where a later edition was sent already.
    """
    end = cutoff(schedule, day)
    if now is not None:
        end = min(end, now.astimezone(UTC) + TICK)
    oldest = end - schedule.max_age
    start = end - schedule.first_window if last_cutoff is None else last_cutoff.astimezone(UTC)
    return Window(start=min(max(start, oldest), end), end=end)


def _jump(zone: ZoneInfo, wall: datetime) -> datetime:
    """Return the first instant whose wall time is past `wall`, which the clock of `zone` never shows."""
    missing = wall.replace(tzinfo=None, fold=0)
    before, after = (wall.replace(fold=fold).astimezone(UTC) for fold in (1, 0))
    while after - before > TICK:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).replace(tzinfo=None, fold=0) < missing:
            before = middle
        else:
            after = middle
    return after
