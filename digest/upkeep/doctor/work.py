"""The work itself: sources that are dead, runs that are stuck, and what nobody would hear of."""

from __future__ import annotations

from collections.abc import Iterator

from digest.model.upkeep import AlertKind, Presence
from digest.rendering.checks.findings import Finding, Level
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of
from digest.upkeep import heartbeats
from digest.upkeep.alarms import of_editions, of_feedback, of_runs
from digest.upkeep.alarms.bell import is_heard_of_alone
from digest.upkeep.doctor.patient import Examined, Patient
from digest.upkeep.logs import scrubbed
from digest.wiring import nobody, sender_dns

LOOKED_AT = 50
"""Runs, the latest."""

TOLD_ELSEWHERE = frozenset({AlertKind.NO_READERS, AlertKind.RUN_STUCK, AlertKind.SOURCE_DEAD})
"""By `readers`, `runs` and `sources`, which look again now."""


def sources(patient: Patient) -> Examined:
    """Look which sources failed at the last crawl."""
    if patient.newsroom is None:
        return Examined("sources", "were not looked at: there is no database")
    found = []
    for newsletter in newsletters_of(patient.loaded.settings):
        runs = patient.newsroom.database.runs.listed(newsletter=newsletter.key, limit=LOOKED_AT)
        crawl = next((one.crawl for one in runs if one.crawl is not None), None)
        for source in crawl.failed_sources if crawl else ():
            problem = "could not be read at the last crawl"
            remedy = f"`digest collect {newsletter.key}` tells why"
            found.append(Finding(Level.WARNING, "sources", f"{newsletter.key}: {source}", problem, remedy))
    return Examined("sources", "were all read at the last crawl", tuple(found))


def readers(patient: Patient) -> Examined:
    """Look for newsletters that nobody gets."""
    if patient.newsroom is None:
        return Examined("readers", "were not looked at: there is no database")
    found = []
    for key in patient.loaded.settings.newsletters:
        why = nobody.reason(patient.loaded.settings, key, patient.newsroom.people)
        if why is not None:
            problem = f"reaches nobody: {why.problem}"
            found.append(Finding(Level.WARNING, "readers", key, problem, why.remedy))
    return Examined("readers", "are there for every newsletter", tuple(found))


def editions(patient: Patient) -> Examined:
    """Look for what alerts would tell of editions and runs, and no other examination tells."""
    room, rules = patient.newsroom, patient.loaded.settings.alerts
    if room is None:
        return Examined("editions", "were not looked at: there is no database")
    troubles = (
        *of_editions.troubles(room, rules, patient.now),
        *of_runs.troubles(room, rules, patient.now),
    )
    found = tuple(
        Finding(
            Level.WARNING,
            "editions",
            one.about,
            scrubbed(one.said).rstrip("."),
            scrubbed(one.remedy).rstrip("."),
        )
        for one in troubles
        if one.kind not in TOLD_ELSEWHERE
    )
    return Examined("editions", "wait for nobody's word, and none is missing", found)


def reports(patient: Patient) -> Examined:
    """Look whether what providers post is taken."""
    if patient.newsroom is None:
        return Examined("reports", "were not looked at: there is no database")
    found = tuple(
        Finding(Level.WARNING, "reports", one.about, scrubbed(one.said).rstrip("."), one.remedy.rstrip("."))
        for one in of_feedback.troubles(patient.newsroom, patient.now)
    )
    return Examined("reports", "of providers are taken, where any are posted", found)


def runs(patient: Patient) -> Examined:
    """Look for runs, workers and desks that died or hang."""
    if patient.newsroom is None:
        return Examined("runs", "were not looked at: there is no database")
    beats = heartbeats.known(patient.newsroom, patient.now)
    presences = [(one, heartbeats.presence(one, patient.now)) for one in beats]
    found = tuple(
        Finding(
            Level.WARNING,
            "runs",
            f"{one.kind} {one.name}{f' of {one.newsletter}' if one.newsletter else ''}",
            f"is {presence} since {one.beat_at:%Y-%m-%d %H:%M %Z}",
            "the next run takes its work over; look at the log of its last minutes",
        )
        for one, presence in presences
        if presence is not Presence.AT_WORK
    )
    return Examined("runs", f"get on: {len(beats)} at work" if beats else "are none at the moment", found)


def unheard(settings: Settings) -> Iterator[Finding]:
    """Yield that nobody would hear of a dead mail server."""
    if sender_dns.leaves(settings) and not is_heard_of_alone(settings):
        by_transport = "names only desk.alerts, which go by the newsletters' own transport"
        problem = by_transport if settings.desk.alerts else "names nobody"
        remedy = "give alerts.smtp, alerts.url or alerts.command (docs/operations.md)"
        yield Finding(Level.WARNING, "alerts", "[alerts]", problem, remedy)


def alarms(patient: Patient) -> Examined:
    """Look whether anybody would hear of a dead mail server."""
    settings = patient.loaded.settings
    well = "have a channel of their own" if sender_dns.leaves(settings) else "need none"
    return Examined("alerts", well, tuple(unheard(settings)))
