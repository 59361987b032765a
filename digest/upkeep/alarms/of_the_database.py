"""The database itself is away: alerts are kept in it, so this one is kept beside the configuration.

Told once by each channel, as every alert is, and once more when the database is there again.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from digest import errors
from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.settings.loading import Loaded
from digest.upkeep.alarms import of_the_machine
from digest.upkeep.alarms.bell import bell_of
from digest.upkeep.alarms.messages import Message, message_of
from digest.upkeep.logs import scrubbed
from digest.wiring.away import as_ours
from subscribers import errors as people

log = logging.getLogger(__name__)

GONE = (
    errors.DatabaseUnavailable,
    errors.NoDatabase,
    errors.SchemaOutdated,
    people.DatabaseUnavailable,
    people.SchemaOutdated,
)
"""What is raised where nothing can be read or kept."""

WAITS = timedelta(minutes=1)
"""Whoever looks again and again waits so long: a server that is started anew is no alert."""

FORGOTTEN_AFTER = timedelta(days=2)
"""So long a channel that was away is still told that all is well."""

_REMEDY = (
    "See whether its server runs, its disk has room and its schema is this version's: `digest doctor` "
    "tells. Nothing is sent meanwhile, and nothing is sent twice afterwards."
)


@dataclass(slots=True)
class Remembered:
    """What the file holds.

    Attributes:
        since: when the database was first missed; ISO 8601, as `over` is.
        over: when it was there again; empty while it is not.
        told, told_well: the channels that have the alert, and its end.
    """

    since: str
    said: str = ""
    over: str = ""
    told: list[str] = field(default_factory=list)
    told_well: list[str] = field(default_factory=list)


@contextmanager
def watched(loaded: Loaded, *, now: datetime, waits: timedelta = timedelta(0)) -> Iterator[None]:
    """Tell that the database is away where what is done inside finds it so; the error goes on its way."""
    try:
        yield
    except GONE as error:
        away(loaded, str(as_ours(error)), now=now, waits=waits)
        raise


def away(loaded: Loaded, problem: str, *, now: datetime, waits: timedelta = WAITS) -> None:
    """Tell whom it concerns that the database can't be used; never raises.

    Args:
        waits: so long it must have been away.
    """
    try:
        with _remembered(loaded) as (found, keep):
            memory = Remembered(now.isoformat()) if found is None or found.over else found
            memory.said = memory.said or scrubbed(f"The database can't be used. {problem}")
            since = datetime.fromisoformat(memory.since)
            if now - since >= waits:
                said = " ".join((memory.said, *_full(loaded)))
                memory.told = _told(loaded, Alert(0, _trouble(said), since), memory.told, now)
            keep(memory)
    except Exception:
        log.exception("that the database is away could not be told")


def back(loaded: Loaded, *, now: datetime) -> None:
    """Tell that the database is there again, whoever was told that it was not; never raises."""
    if not any(path.exists() for path in _places(loaded)):
        return
    try:
        with _remembered(loaded) as (memory, keep):
            if memory is None:
                return
            memory.over = memory.over or now.isoformat()
            since, over = datetime.fromisoformat(memory.since), datetime.fromisoformat(memory.over)
            minutes = -(-int((over - since).total_seconds()) // 60)
            well = f"The database is there again; it was away for {minutes} min."
            end = Alert(0, _trouble(memory.said), since, closed_at=over, well=well)
            owed = set(memory.told) - set(memory.told_well)
            memory.told_well += [
                one for one in _told(loaded, end, [], now, only=owed) if one not in memory.told_well
            ]
            is_done = set(memory.told) <= set(memory.told_well) or now - over > FORGOTTEN_AFTER
            keep(None if is_done else memory)
    except Exception:
        log.exception("that the database is there again could not be told")


def _trouble(said: str) -> Trouble:
    return Trouble(AlertKind.DATABASE_AWAY, "the database", said, _REMEDY)


def _full(loaded: Loaded) -> Iterator[str]:
    """Yield which disks are full: a database that can't write says little of why."""
    settings = loaded.settings
    for one in of_the_machine.disks(of_the_machine.places(settings), of_the_machine.Real().disk):
        if one.percent >= settings.alerts.disk_percent:
            yield f"The disk of {one.path} is {one.percent} % full."
    for one in of_the_machine.disks(of_the_machine.places(settings), of_the_machine.Real().inodes):
        if one.percent >= settings.alerts.disk_percent:
            yield f"The disk of {one.path} has as many files as it can hold."


def _told(
    loaded: Loaded, alert: Alert, told: list[str], now: datetime, *, only: set[str] | None = None
) -> list[str]:
    """Return the channels that have it, those that take it now among them."""
    bell = bell_of(loaded.settings)
    message: Message = message_of(alert, url="", now=now)
    took = list(told)
    for channel in bell.channels:
        if channel.name in took or (only is not None and channel.name not in only):
            continue
        problem = channel.tell(message)
        if problem:
            log.warning("that the database is away could not be told by %s: %s", channel.name, problem)
        else:
            took.append(channel.name)
    return took


def _places(loaded: Loaded) -> tuple[Path, Path]:
    """Return where it is remembered: beside the configuration, or where that disk is full, elsewhere."""
    name = sha256(str(loaded.folder.absolute()).encode()).hexdigest()[:16]
    return loaded.folder / "digest.away", Path(tempfile.gettempdir()) / f"digest-{os.getuid()}-{name}.away"


class _Keeping:
    def __init__(self, loaded: Loaded) -> None:
        self._places = _places(loaded)

    def __call__(self, memory: Remembered | None) -> None:
        """Keep it at the first place that takes it, and at no other; nothing at all where it is over."""
        kept: Path | None = None
        for path in self._places if memory is not None else ():
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
                with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                    json.dump(asdict(memory), file)  # type: ignore[arg-type]  # none is passed by above
            except OSError as problem:
                log.debug("%s can't be written: %s", path, problem)
            else:
                kept = path
                break
        for path in self._places:
            if path != kept:
                with suppress(OSError):
                    path.unlink()

    def read(self) -> Remembered | None:
        """Return what is remembered; of a place that everybody may write, only what is our own."""
        for path in self._places:
            with suppress(OSError, ValueError, TypeError):
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
                with os.fdopen(descriptor, encoding="utf-8") as file:
                    is_ours = os.fstat(descriptor).st_uid == os.getuid()
                    memory = Remembered(**json.load(file)) if is_ours else None
                if memory is not None:
                    datetime.fromisoformat(memory.since)
                    return memory
        return None


@contextmanager
def _remembered(loaded: Loaded) -> Iterator[tuple[Remembered | None, _Keeping]]:
    """Yield what is remembered and what keeps it, for one process at a time."""
    keeping = _Keeping(loaded)
    folder = os.open(loaded.folder, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield keeping.read(), keeping
    finally:
        os.close(folder)
