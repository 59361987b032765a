"""When cron and systemd call: on the machine's clock and the newsletter's, in summer and in winter."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.model import Newsletter, Schedule
from digest.testing.builders import a_newsletter
from digest.upkeep import timers

TODAY = date(2026, 11, 23)
PLACE = timers.Place(Path("/srv/my-digest"), ("/opt/digest/bin/digest",), "news")


def on(zone: str) -> timers.ToMachine:
    return partial(datetime.astimezone, tz=ZoneInfo(zone))


def newsletter(
    zone: str, *, cutoff: str = "06:00", send_at: str = "06:30", deadline: str | None = "09:00"
) -> Newsletter:
    ends = time.fromisoformat(deadline) if deadline else None
    schedule = Schedule(ZoneInfo(zone), time.fromisoformat(cutoff), time.fromisoformat(send_at), ends)
    return replace(a_newsletter(), key="morning", schedule=schedule)


def run_line(made: str) -> str:
    return next(line for line in made.splitlines() if "-q run" in line)


@pytest.mark.parametrize(
    ("one", "machine", "hours"),
    [
        pytest.param(newsletter("UTC"), "UTC", "5-9", id="the same clock"),
        pytest.param(newsletter("Africa/Nairobi"), "UTC", "2-6", id="another clock"),
        pytest.param(newsletter("Europe/Berlin"), "UTC", "3-8", id="summer time here only"),
        pytest.param(newsletter("America/New_York"), "Europe/Berlin", "10-15", id="changes on other days"),
        pytest.param(newsletter("Asia/Tokyo"), "UTC", "0,20-23", id="over the machine's midnight"),
        pytest.param(newsletter("Asia/Kolkata"), "UTC", "0-3,23", id="half an hour off"),
        pytest.param(newsletter("UTC", cutoff="22:00"), "UTC", "0-9,21-23", id="cutoff the evening before"),
        pytest.param(newsletter("UTC", deadline=None), "UTC", "5-18", id="no deadline"),
        pytest.param(newsletter("UTC", deadline="06:00"), "UTC", "*", id="deadline the day after"),
    ],
)
def test_cron_calls_in_every_hour_in_which_a_day_has_something_to_do(
    one: Newsletter, machine: str, hours: str
) -> None:
    line = run_line(timers.crontab([one], PLACE, today=TODAY, to_machine=on(machine)))

    assert line == f"*/10 {hours} * * *  cd /srv/my-digest && /opt/digest/bin/digest -q run morning"


def test_readers_own_mornings_take_the_whole_day() -> None:
    one = newsletter("Europe/Berlin")
    one = replace(one, schedule=replace(one.schedule, is_by_reader=True))

    assert run_line(timers.crontab([one], PLACE, today=TODAY, to_machine=on("UTC"))).startswith(
        "*/10 * * * *"
    )


def test_the_comment_says_whose_clock_is_whose() -> None:
    made = timers.crontab([newsletter("Europe/Berlin")], PLACE, today=TODAY, to_machine=on("UTC"))

    assert (
        "# morning: cutoff 06:00, mailed at 06:30 Europe/Berlin; here that is 04:00 or 05:00 and"
        " 04:30 or 05:30" in made.splitlines()
    )


@pytest.mark.parametrize(
    ("folder", "written"),
    [
        pytest.param("/var/news/my digest", "cd '/var/news/my digest' && ", id="a space"),
        pytest.param(
            "/var/news/50%", r"cd /var/news/50\% && ", id="a percent sign ends a crontab's command"
        ),
        pytest.param("/var/news/it's", "cd '/var/news/it'\"'\"'s' && ", id="an apostrophe"),
    ],
)
def test_a_folder_of_any_name_is_quoted(folder: str, written: str) -> None:
    place = replace(PLACE, folder=Path(folder))

    assert written in run_line(timers.crontab([newsletter("UTC")], place, today=TODAY))


def test_sources_are_read_in_between_not_all_at_once() -> None:
    both = [newsletter("UTC"), replace(newsletter("UTC"), key="evening")]

    made = timers.crontab(both, PLACE, today=TODAY, has_bounces=True).splitlines()

    assert [line[:14] for line in made if "collect" in line] == ["7 * * * *  cd ", "18 * * * *  cd"]
    assert made[-1] == "41 * * * *  cd /srv/my-digest && /opt/digest/bin/digest -q feedback"


def test_systemd_is_told_the_newsletters_own_zone() -> None:
    made = timers.units([newsletter("Asia/Kolkata")], PLACE, today=TODAY)

    assert "OnCalendar=*-*-* 5..9:00/10:00 Asia/Kolkata" in made["digest-morning.timer"].splitlines()
    assert "Persistent=true" in made["digest-morning.timer"].splitlines()
    assert "User=news" in made["digest-morning.service"].splitlines()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    program = tmp_path / "bin with space" / "digest"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    place = timers.Place(tmp_path, (str(program),), "root")
    for name, text in timers.units(
        [newsletter("Europe/Berlin", cutoff="22:00")], place, today=TODAY, has_bounces=True
    ).items():
        (tmp_path / name).write_text(text)

    said = subprocess.run(
        ["systemd-analyze", "verify", *sorted(str(one) for one in tmp_path.glob("digest-*"))],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )

    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_units_expose_little(tmp_path: Path) -> None:
    """By systemd's own measure: 0 for nothing, 10 for all; those for root keep root's rights over files."""
    for user, most in (("news", 30), ("root", 50)):
        made = timers.units([newsletter("UTC")], replace(PLACE, user=user), today=TODAY, has_bounces=True)
        for name in [one for one in made if one.endswith(".service")]:
            (tmp_path / name).write_text(made[name])

            said = subprocess.run(
                ["systemd-analyze", "security", "--offline=true", f"--threshold={most}", tmp_path / name],
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )

            assert said.returncode == 0, said.stdout.splitlines()[-1]


def test_the_desk_is_started_until_it_can_open() -> None:
    made = timers.units([newsletter("UTC")], PLACE, today=TODAY)["digest-desk.service"].splitlines()

    assert {"Restart=on-failure", "RestartSec=10"} <= set(made)
