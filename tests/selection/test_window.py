from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Schedule
from digest.selection.window import (
    appears,
    cutoff,
    day_start,
    deadline,
    edition_day,
    instant,
    next_send,
    send_time,
    window_for,
)
from tests.selection.newsroom import schedule

ZONES = (
    "Africa/Nairobi", "Africa/Cairo", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe",
    "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Europe/London",
)  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "day", "clock", "expected"),
    [
        pytest.param("Africa/Nairobi", "2026-11-23", "06:00", "2026-11-23T03:00", id="a plain day"),
        pytest.param(
            "Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00", id="02:30 doesn't exist: the jump"
        ),
        pytest.param(
            "Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30", id="02:30 twice: the first"
        ),
        pytest.param("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00", id="Cairo has no midnight"),
        pytest.param("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:00", id="nor half past"),
        pytest.param("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00", id="Beirut has no midnight"),
        pytest.param(
            "America/Santiago", "2026-09-06", "00:00", "2026-09-06T04:00", id="Santiago has no midnight"
        ),
        pytest.param("Pacific/Apia", "2011-12-30", "06:00", "2011-12-30T10:00", id="Apia has no such day"),
        pytest.param(
            "Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30", id="half an hour is missing"
        ),
        pytest.param(
            "Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45", id="half an hour comes twice"
        ),
        pytest.param("Asia/Kathmandu", "2026-11-23", "06:00", "2026-11-23T00:15", id="a quarter-hour zone"),
    ],
)
def test_the_wall_clock_gives_one_instant(zone: str, day: str, clock: str, expected: str) -> None:
    found = instant(ZoneInfo(zone), date.fromisoformat(day), time.fromisoformat(clock))

    assert found == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_the_last_of_two_can_be_asked_for() -> None:
    found = instant(ZoneInfo("Europe/Berlin"), date(2026, 10, 25), time(2, 30), last=True)

    assert found == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        pytest.param("Europe/Berlin", "2026-03-29", 23, id="spring"),
        pytest.param("Europe/Berlin", "2026-10-25", 25, id="autumn"),
        pytest.param("Australia/Lord_Howe", "2026-10-04", 23.5, id="Lord Howe spring"),
        pytest.param("Australia/Lord_Howe", "2026-04-05", 24.5, id="Lord Howe autumn"),
        pytest.param("Pacific/Apia", "2011-12-30", 0, id="the day that wasn't"),
        pytest.param("Africa/Cairo", "2026-04-24", 23, id="Cairo, missing midnight"),
        pytest.param("Africa/Nairobi", "2026-11-23", 24, id="plain"),
    ],
)
def test_days_are_as_long_as_the_zone_makes_them(zone: str, day: str, hours: float) -> None:
    today = date.fromisoformat(day)

    length = day_start(ZoneInfo(zone), today + timedelta(days=1)) - day_start(ZoneInfo(zone), today)

    assert length == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("cut", "send", "due", "now", "expected"),
    [
        pytest.param("06:00", "06:30", "10:00", "2026-11-23T06:05", 23, id="right after the cutoff"),
        pytest.param("06:00", "06:30", "10:00", "2026-11-23T05:45", 23, id="a cron before the cutoff"),
        pytest.param("06:00", "06:30", "10:00", "2026-11-23T00:00", 23, id="midnight begins the day"),
        pytest.param("06:00", "06:30", "10:00", "2026-11-23T15:00", 23, id="the afternoon"),
        pytest.param("06:00", "06:30", "10:00", "2026-11-23T23:59", 23, id="late evening"),
        pytest.param(
            "22:00", "06:30", "10:00", "2026-11-22T22:00", 23, id="an evening cutoff opens tomorrow's"
        ),
        pytest.param("22:00", "06:30", "10:00", "2026-11-22T21:59", 22, id="not before it"),
        pytest.param("22:00", "06:30", "10:00", "2026-11-23T06:30", 23, id="an evening cutoff, mailed"),
        pytest.param("23:30", "00:15", None, "2026-11-22T23:40", 23, id="a cutoff just before midnight"),
        pytest.param(
            "23:00", "23:30", "00:30", "2026-11-23T00:10", 22, id="a deadline past midnight keeps the day"
        ),
        pytest.param("23:00", "23:30", "00:30", "2026-11-23T00:30", 23, id="until it has passed"),
        pytest.param(
            "23:00", "23:30", None, "2026-11-23T00:10", 23, id="without a deadline the date counts"
        ),
        pytest.param("00:00", "06:00", None, "2026-11-23T00:00", 23, id="a cutoff at midnight"),
    ],
)
def test_a_run_is_about_one_day(cut: str, send: str, due: str | None, now: str, expected: int) -> None:
    limit = time.fromisoformat(due) if due else None
    when = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo("Africa/Nairobi"))

    assert edition_day(schedule(cutoff=cut, send_at=send, deadline=limit), when) == date(2026, 11, expected)


def test_an_evening_cutoff_belongs_to_the_next_mornings_edition() -> None:
    evening = schedule(cutoff="22:00", send_at="06:30")

    assert cutoff(evening, date(2026, 11, 23)) == datetime(2026, 11, 22, 19, tzinfo=UTC)
    assert send_time(evening, date(2026, 11, 23)) == datetime(2026, 11, 23, 3, 30, tzinfo=UTC)


def test_a_deadline_that_comes_twice_counts_the_second_time() -> None:
    autumn = schedule("Europe/Berlin", "01:00", "01:30", deadline=time(2, 30))

    assert deadline(autumn, date(2026, 10, 25)) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "send", "until"),
    [
        pytest.param("Asia/Beirut", date(2026, 3, 29), "00:15", time(0, 45), id="midnight in Beirut"),
        pytest.param("America/Havana", date(2026, 3, 8), "00:15", time(0, 45), id="midnight in Havana"),
        pytest.param("Africa/Casablanca", date(2026, 3, 22), "02:15", time(2, 45), id="after Ramadan"),
        pytest.param("Europe/Berlin", date(2026, 3, 29), "02:15", time(2, 45), id="spring in Berlin"),
    ],
)
def test_a_jump_over_sending_and_deadline_leaves_the_usual_time(
    zone: str, day: date, send: str, until: time
) -> None:
    spring = schedule(zone, "00:00", send, deadline=until)
    limit = deadline(spring, day)

    assert limit is not None
    assert limit - send_time(spring, day) == timedelta(minutes=30)


def test_a_day_that_a_zone_left_out_has_no_edition() -> None:
    apia = schedule("Pacific/Apia")

    assert [appears(apia, date(2011, 12, day)) for day in (29, 30, 31)] == [True, False, True]


def test_no_deadline_is_none() -> None:
    assert deadline(schedule(), date(2026, 11, 23)) is None


END = datetime(2026, 11, 23, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last_hours", "now_hours", "start_hours", "end_hours"),
    [
        pytest.param(None, None, 24, 0, id="the first ever: a day, not the archive"),
        pytest.param(24, None, 24, 0, id="yesterday was sent"),
        pytest.param(72, None, 72, 0, id="two days missed"),
        pytest.param(73, None, 72, 0, id="three days missed: capped"),
        pytest.param(5000, None, 72, 0, id="a year missed: capped"),
        pytest.param(-24, None, 0, 0, id="a later edition was sent: empty"),
        pytest.param(24, -5, 24, 0, id="made after the cutoff: closes at the cutoff"),
        pytest.param(24, 0.5, 24, 0.5, id="made before the cutoff: closes then"),
        pytest.param(None, 6, 30, 6, id="the first ever, made early"),
    ],
)
def test_a_window_begins_where_the_last_sent_edition_ended(
    last_hours: float | None, now_hours: float | None, start_hours: float, end_hours: float
) -> None:
    last = None if last_hours is None else END - timedelta(hours=last_hours)
    now = None if now_hours is None else END - timedelta(hours=now_hours)

    window = window_for(schedule(), date(2026, 11, 23), last_cutoff=last, now=now)

    tick = timedelta(microseconds=1)
    assert timedelta(0) <= window.start - (END - timedelta(hours=start_hours)) <= tick
    assert timedelta(0) <= window.end - (END - timedelta(hours=end_hours)) <= tick


def test_what_is_seen_at_the_moment_of_an_early_edition_is_inside() -> None:
    now = END - timedelta(hours=2)

    window = window_for(schedule(), date(2026, 11, 23), last_cutoff=None, now=now)

    assert window.start <= now < window.end


def test_weekdays_are_the_newsletters() -> None:
    weekdays = schedule(weekdays=frozenset({0, 1, 2, 3, 4}))

    assert [appears(weekdays, date(2026, 11, day)) for day in (20, 21, 22, 23)] == [
        True,
        False,
        False,
        True,
    ]
    assert next_send(weekdays, datetime(2026, 11, 20, 3, 30, tzinfo=UTC)) == datetime(
        2026, 11, 23, 3, 30, tzinfo=UTC
    )
    assert next_send(schedule(weekdays=frozenset()), END) is None


clocks = st.times(min_value=time(0), max_value=time(23, 59)).map(
    lambda one: one.replace(second=0, microsecond=0)
)
schedules = st.builds(
    Schedule,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    cutoff=clocks,
    send_at=clocks,
    deadline=st.none() | clocks,
)
instants = st.integers(min_value=1_293_840_000, max_value=1_893_456_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(schedules, instants)
def test_windows_of_days_in_a_row_leave_no_gap_and_no_overlap(kind: Schedule, now: datetime) -> None:
    today = edition_day(kind, now)
    first = window_for(kind, today, last_cutoff=cutoff(kind, today - timedelta(days=1)))
    second = window_for(kind, today + timedelta(days=1), last_cutoff=first.end)

    assert first.start <= first.end == second.start <= second.end
    assert first.end.tzinfo is UTC


@settings(max_examples=100, deadline=None, derandomize=True)
@given(schedules, instants)
def test_a_day_is_cut_off_before_it_is_mailed_and_mailed_before_its_deadline(
    kind: Schedule, now: datetime
) -> None:
    day = edition_day(kind, now)
    due, limit = send_time(kind, day), deadline(kind, day)

    assert cutoff(kind, day) <= due
    assert limit is None or due <= limit
    assert abs(now.astimezone(kind.zone).date() - day) <= timedelta(days=1)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(schedules, instants, st.integers(min_value=0, max_value=200))
def test_time_never_goes_back_a_day(kind: Schedule, now: datetime, minutes: int) -> None:
    assert edition_day(kind, now) <= edition_day(kind, now + timedelta(minutes=minutes * 17))
