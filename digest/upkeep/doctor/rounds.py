"""One round: every examination, none of which keeps another from being made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from digest.errors import DigestError
from digest.rendering.checks.findings import Finding, Level
from digest.settings.loading import Loaded
from digest.upkeep.doctor import files, idle, machine, places, ways_out, work
from digest.upkeep.doctor.patient import Examination, Examined, Patient, World
from digest.wiring.away import as_ours
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

EXAMINATIONS: tuple[Examination, ...] = (
    machine.settings,
    machine.database,
    machine.disk,
    machine.clock,
    machine.zones,
    files.files,
    files.umask,
    files.ledger,
    machine.extras,
    machine.plug_ins,
    places.places,
    idle.idle,
    ways_out.transport,
    ways_out.hello,
    ways_out.reverse,
    ways_out.sender,
    ways_out.pages,
    ways_out.webhook,
    ways_out.alarm_mail,
    ways_out.templates,
    work.sources,
    work.readers,
    work.editions,
    work.reports,
    work.runs,
    work.alarms,
)


def examine(loaded: Loaded, world: World, *, now: datetime) -> Iterator[Examined]:
    """Yield what each examination came to, in order."""
    try:
        newsroom = Newsroom(loaded)
    except (DigestError, SubscribersError) as error:
        yield from _each(Patient(loaded, world, now, problem=as_ours(error)))
        return
    with newsroom:
        yield from _each(Patient(loaded, world, now, newsroom))


def _each(patient: Patient) -> Iterator[Examined]:
    for examination in EXAMINATIONS:
        name = examination.__name__
        try:
            yield examination(patient)
        except (DigestError, SubscribersError) as error:
            yield Examined(name, "", (Finding(Level.ERROR, name, name, str(error), "mend that first"),))
        except Exception as error:  # noqa: BLE001 - a doctor who falls ill must not leave the others unseen
            problem = f"could not be examined ({type(error).__name__}: {error})"
            yield Examined(name, "", (Finding(Level.WARNING, name, name, problem, "tell us of it"),))
