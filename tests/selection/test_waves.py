from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from digest.model import Schedule
from digest.model.waves import Wave
from digest.selection.window import waves

DAY = date(2026, 11, 23)
NAIROBI = Schedule(ZoneInfo("Africa/Nairobi"), time(6), time(6, 30), time(10))


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_each_zone_has_its_own_half_past_six_but_none_before_the_cutoff() -> None:
    found = waves(
        NAIROBI, DAY, ["Asia/Tokyo", "Africa/Nairobi", "Europe/Paris", "Europe/Berlin", "America/Lima"]
    )

    assert found == (
        Wave(("Asia/Tokyo",), at(3), at(7)),
        Wave((), at(3, 30), at(7)),
        Wave(("Europe/Berlin", "Europe/Paris"), at(5, 30), at(9)),
        Wave(("America/Lima",), at(11, 30), at(15)),
    )


def test_unknown_zones_and_none_go_with_the_newsletters_own() -> None:
    assert waves(NAIROBI, DAY, ["", "Mars/Olympus", "../etc/passwd"]) == (Wave((), at(3, 30), at(7)),)


def test_without_a_deadline_no_wave_has_one() -> None:
    schedule = Schedule(ZoneInfo("Africa/Nairobi"), time(6), time(6, 30))

    assert [wave.not_after for wave in waves(schedule, DAY, ["Europe/Paris"])] == [None, None]


def test_no_two_waves_begin_together() -> None:
    found = waves(NAIROBI, DAY, ["Asia/Tokyo", "Pacific/Auckland", "Asia/Kolkata", "Indian/Antananarivo"])

    assert len({wave.not_before for wave in found}) == len(found)
    assert sum(not wave.zones for wave in found) == 1
