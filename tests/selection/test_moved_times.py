"""One day's mail at another time: what follows it, and what stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.model import Schedule
from digest.selection.window import cutoff, deadline, edition_day, next_send, send_time, waves

DAY = date(2026, 11, 23)
NAIROBI = Schedule(ZoneInfo("Africa/Nairobi"), time(6), time(6, 30), time(10))


def on_the_day(at: time, schedule: Schedule = NAIROBI) -> Schedule:
    return replace(schedule, moved=((DAY, at),))


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_one_day_alone_goes_out_at_another_time() -> None:
    moved = on_the_day(time(8, 15))

    assert send_time(moved, DAY) == at(5, 15)
    assert send_time(moved, DAY + timedelta(days=1)) == at(3, 30, day=24)
    assert cutoff(moved, DAY) == cutoff(NAIROBI, DAY)
    assert next_send(moved, at(4)) == at(5, 15)


@pytest.mark.parametrize(
    ("schedule", "moved", "expected"),
    [
        pytest.param(NAIROBI, time(8, 15), at(8, 45), id="a later mail has its deadline as much later"),
        pytest.param(NAIROBI, time(6, 10), at(7), id="an earlier one keeps it"),
        pytest.param(NAIROBI, time(23, 30), at(0, day=24), id="a late evening has its own, past midnight"),
        pytest.param(
            replace(NAIROBI, deadline=time(5)), time(12), at(3, day=24), id="but never past the next cutoff"
        ),
        pytest.param(replace(NAIROBI, deadline=None), time(12), None, id="without one there is none"),
    ],
)
def test_the_deadline_follows(schedule: Schedule, moved: time, expected: datetime | None) -> None:
    assert deadline(on_the_day(moved, schedule), DAY) == expected


def test_a_mail_never_leaves_before_its_day_ends() -> None:
    assert send_time(on_the_day(time(4)), DAY) == cutoff(NAIROBI, DAY)


def test_with_an_evening_cutoff_the_day_stays_the_same() -> None:
    evening = replace(NAIROBI, cutoff=time(22), deadline=time(10))
    moved = on_the_day(time(21), evening)

    assert cutoff(moved, DAY) == cutoff(evening, DAY)
    assert send_time(moved, DAY) == at(18)
    assert edition_day(moved, at(17)) == DAY
    assert deadline(moved, DAY) == at(19), "the next edition's cutoff"


def test_readers_clocks_are_told_the_same_time() -> None:
    found = waves(on_the_day(time(8, 15)), DAY, ["Europe/Paris"])

    assert [wave.not_before for wave in found] == [at(5, 15), at(7, 15)]


def test_a_clock_that_jumps_over_the_time_goes_on_to_its_next_moment() -> None:
    berlin = replace(NAIROBI, zone=ZoneInfo("Europe/Berlin"), cutoff=time(1), send_at=time(3, 30))
    jump = date(2026, 3, 29)

    moved = replace(berlin, moved=((jump, time(2, 30)),))

    assert send_time(moved, jump) == datetime(2026, 3, 29, 1, tzinfo=UTC)
