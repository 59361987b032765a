"""What calls the job at the right times: lines for cron and units for systemd, written for one machine.

Cron knows the machine's clock alone (`man 5 crontab`; only some crons read CRON_TZ), newsletters have
clocks of their own, and the two may change to summer time on other days: the hours here are those in
which a day may begin, run or end on any day of the year. systemd takes a zone behind each time
(`man 7 systemd.time`).
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from digest.model import Newsletter, Schedule
from digest.selection.window import ONE_DAY, cutoff, deadline, send_time

EARLIER = timedelta(hours=1)
"""So long before the cutoff an edition is drafted, for editors to see what is coming."""

LATEST = timedelta(hours=12)
"""A sending without a deadline is given so long."""

A_YEAR = 366

ToMachine = Callable[[datetime], datetime]
"""An instant as the machine's clock shows it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the job runs.

    Attributes:
        folder: absolute, with digest.toml in it.
        program: the words that call `digest`, the first an absolute path.
        user: whose files they are; empty for the one who asks.
    """

    folder: Path
    program: tuple[str, ...]
    user: str = ""


def machine_clock(when: datetime) -> datetime:
    """Return an instant on the clock of this machine."""
    return when.astimezone()


def crontab(
    newsletters: Sequence[Newsletter],
    place: Place,
    *,
    today: date,
    has_bounces: bool = False,
    to_machine: ToMachine = machine_clock,
) -> str:
    """Return the lines for `crontab -e`, with comments that say which clock is whose.

    Args:
        today: the year from here on is looked at.
        has_bounces: a bounce box is to be read too.
        to_machine: tells the machine's clock; another one in tests.
    """
    lines = ["# The newsroom digest; cron's times are those of this machine's own clock."]
    for number, newsletter in enumerate(newsletters):
        name = shlex.quote(newsletter.key)
        hours = _hours(newsletter.schedule, today, to_machine)
        lines += [
            "",
            f"# {newsletter.key}: {_clocks(newsletter.schedule, today, to_machine)}",
            _line(f"*/10 {hours} * * *", place, f"-q run {name}"),
            "# Feeds show only their newest entries: read in between, too.",
            _line(f"{_minute(number)} * * * *", place, f"-q collect {name}"),
        ]
    if has_bounces:
        lines += ["", _line("41 * * * *", place, "-q feedback")]
    return "\n".join(lines) + "\n"


def units(
    newsletters: Sequence[Newsletter], place: Place, *, today: date, has_bounces: bool = False
) -> Mapping[str, str]:
    """Return systemd's units by file name: services and timers for each newsletter, and the desk.

    Args:
        today: the year from here on is looked at.
        has_bounces: a bounce box is to be read too.
    """
    made: dict[str, str] = {}
    for number, newsletter in enumerate(newsletters):
        schedule, key = newsletter.schedule, newsletter.key
        hours = _hours(schedule, today, partial(datetime.astimezone, tz=schedule.zone)).replace("-", "..")
        made |= _timed(
            f"digest-{key}",
            f"The day of {key}",
            place,
            f"run {key}",
            f"{hours}:00/10:00 {schedule.zone.key}",
        )
        # Feeds show only their newest entries: read in between, too.
        minute = _minute(number)
        made |= _timed(
            f"digest-{key}-collect", f"The sources of {key}", place, f"collect {key}", f"*:{minute:02}:00"
        )
    if has_bounces:
        made |= _timed("digest-feedback", "The bounce box", place, "feedback", "*:41:00")
    made["digest-desk.service"] = _service(
        "The desk and the public pages",
        place,
        "desk",
        kind="exec",
        # A database that comes up later must not use up the starts that systemd allows in ten seconds.
        more=["Restart=on-failure", "RestartSec=10"],
        is_wanted=True,
    )
    return made


def _timed(name: str, title: str, place: Place, command: str, times: str) -> dict[str, str]:
    """Return a service and the timer that calls it, on every day at `times`."""
    more = [
        "# 10, 11: an editor's word is awaited, or there are too few stories; 75: called again.",
        "SuccessExitStatus=10 11 75",
    ]
    timer = [
        "[Unit]",
        f"Description={title}: when",
        "",
        "[Timer]",
        f"OnCalendar=*-*-* {times}",
        "# A machine that slept through it catches up; after the deadline nothing is sent.",
        "Persistent=true",
        "AccuracySec=30s",
        "",
        "[Install]",
        "WantedBy=timers.target",
        "",
    ]
    return {
        f"{name}.service": _service(title, place, command, kind="oneshot", more=more),
        f"{name}.timer": "\n".join(timer),
    }


LOCKED = (
    "ProtectKernelTunables=true",
    "ProtectKernelModules=true",
    "ProtectKernelLogs=true",
    "ProtectControlGroups=true",
    "ProtectClock=true",
    "ProtectHostname=true",
    "RestrictSUIDSGID=true",
    "RestrictRealtime=true",
    "RestrictNamespaces=true",
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "LockPersonality=true",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallErrorNumber=EPERM",
)
"""What no command of ours needs; not MemoryDenyWriteExecute=, which stops programs that you may call."""


def _service(
    title: str, place: Place, command: str, *, kind: str, more: Sequence[str], is_wanted: bool = False
) -> str:
    program = " ".join(_for_systemd(word) for word in place.program)
    folder = str(place.folder).replace("%", "%%")
    return "\n".join(
        [
            "[Unit]",
            f"Description={title}",
            "After=network-online.target",
            "Wants=network-online.target",
            "",
            "[Service]",
            f"Type={kind}",
            *([f"User={place.user}"] if place.user else []),
            f"WorkingDirectory={folder}",
            f"ExecStart={program} {command}",
            *more,
            "# SIGTERM lets what is on its way be settled first; a kill would leave it held.",
            "TimeoutStopSec=120",
            "KillMode=mixed",
            "UMask=0077",
            "NoNewPrivileges=true",
            "PrivateTmp=true",
            "PrivateDevices=true",
            "ProtectSystem=strict",
            f"ReadWritePaths={_for_systemd(str(place.folder))}",
            *LOCKED,
            *(["CapabilityBoundingSet="] if place.user not in {"", "root"} else []),
            "# Neither ProtectProc=invisible nor PrivatePIDs=: who died is proved by looking at /proc, and",
            "# a sender that can't be seen is waited for until its lease is over.",
            *(["", "[Install]", "WantedBy=multi-user.target"] if is_wanted else []),
            "",
        ]
    )


def _minute(number: int) -> int:
    """Return when a newsletter's sources are read, so that not all are at once."""
    return (7 + 11 * number) % 60


def _line(times: str, place: Place, command: str) -> str:
    program = " ".join(shlex.quote(word) for word in place.program)
    called = f"cd {shlex.quote(str(place.folder))} && {program} {command}"
    # In a crontab an unescaped percent sign ends the command.
    return f"{times}  {called}".replace("%", r"\%")


def _for_systemd(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"' if set(escaped) & set(" \t'\"\\;") else escaped


def _hours(schedule: Schedule, today: date, to_machine: ToMachine) -> str:
    """Return the hours, on the machine's clock, in which any day of the coming year has something to do."""
    if schedule.is_by_reader:
        # The last reader's morning comes more than a day after the first one's.
        return "*"
    hours: set[int] = set()
    for number in range(A_YEAR):
        day = today + number * ONE_DAY
        begins = cutoff(schedule, day) - EARLIER
        ends = deadline(schedule, day) or send_time(schedule, day) + LATEST
        # One more call closes what was sent in the last minutes.
        count = int((ends + timedelta(minutes=10) - begins).total_seconds() // 3600) + 1
        hours |= {to_machine(begins + timedelta(hours=step)).hour for step in range(min(count, 24))}
        hours.add(to_machine(ends + timedelta(minutes=10)).hour)
        if len(hours) == 24:
            return "*"
    return _ranges(sorted(hours))


def _ranges(hours: Sequence[int]) -> str:
    """Return hours as cron and systemd list them, `3-9` for neighbors; never empty."""
    found: list[list[int]] = []
    for hour in hours:
        if found and hour == found[-1][-1] + 1:
            found[-1].append(hour)
        else:
            found.append([hour])
    return ",".join(str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in found)


def _clocks(schedule: Schedule, today: date, to_machine: ToMachine) -> str:
    """Return the newsletter's times in its own zone, and what the machine's clock shows then."""
    year = [today + number * ONE_DAY for number in range(A_YEAR)]
    closes = _shown(to_machine(cutoff(schedule, day)) for day in year)
    leaves = _shown(to_machine(send_time(schedule, day)) for day in year)
    zone = schedule.zone.key
    return (
        f"cutoff {schedule.cutoff:%H:%M}, mailed at {schedule.send_at:%H:%M} {zone};"
        f" here that is {closes} and {leaves}"
    )


def _shown(times: Iterable[datetime]) -> str:
    return " or ".join(sorted({f"{time:%H:%M}" for time in times}))
