"""What is wrong with runs: none came, one broke off or is stuck, no mail can leave, a source is dead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from digest.model import Approval, Edition, EditionKey, EditionState, Ending, Newsletter, Schedule
from digest.model.desk import JobRun
from digest.model.upkeep import Alert, AlertKind, Heartbeat, Presence, Trouble
from digest.selection.window import ONE_DAY, appears, send_time
from digest.settings.unpacking import newsletters_of
from digest.settings.upkeep import AlertsSettings
from digest.upkeep import heartbeats, logbook
from digest.wiring.newsroom import Newsroom

KINDS = frozenset(
    {
        AlertKind.TRANSPORT_AWAY,
        AlertKind.RUN_FAILED,
        AlertKind.RUN_STUCK,
        AlertKind.NO_RUN,
        AlertKind.SOURCE_DEAD,
    }
)
UNPROVED = frozenset(
    {
        Ending.NOT_YET,
        Ending.NOT_TODAY,
        Ending.WAITING_FOR_APPROVAL,
        Ending.DRAFT_AGAIN,
        Ending.NOTHING_TO_SEND,
        Ending.SOURCES_DOWN,
        Ending.NO_READERS,
        Ending.CANCELED,
    }
)
"""Endings of runs that tried to send nothing: they do not prove that mail can leave again."""

_OF_THE_WEB = "Open its address in a browser; if it moved, change it in digest.toml."
_OF_THE_MACHINE = "See whether it is there and may be read: `digest collect {}` says more."

RUNS_LOOKED_AT = 100
RESTS_AFTER = timedelta(days=8)
"""Of a newsletter that nothing ran for longer no run is missed."""


def troubles(newsroom: Newsroom, rules: AlertsSettings, now: datetime) -> Iterator[Trouble]:
    """Yield what is wrong with every newsletter's runs, and with whoever is at work."""
    beats = heartbeats.known(newsroom, now)
    for newsletter in newsletters_of(newsroom.settings):
        runs = newsroom.database.runs.listed(newsletter=newsletter.key, limit=RUNS_LOOKED_AT)
        yield from _broken(newsletter, runs)
        at_work = any(one.newsletter == newsletter.key and not one.is_stuck(now) for one in beats)
        if not at_work:
            yield from _missing(newsroom, newsletter, runs, rules, now)
        yield from _dead_sources(newsletter, runs, rules)
    for one in beats:
        presence = heartbeats.presence(one, now)
        if presence is not Presence.AT_WORK:
            yield _missed(one, presence)


def failures_in_a_row(newsletter: Newsletter, runs: Sequence[JobRun]) -> Mapping[str, int]:
    """Return how many crawls in a row each source could not be read.

    Args:
        runs: the newsletter's, the newest first.
    """
    counts = {str(source): 0 for source in newsletter.sources}
    still = set(counts)
    for run in runs:
        if run.crawl is None:
            continue
        failed = {str(source) for source in run.crawl.failed_sources}
        crawled = {str(one.source) for one in run.crawl.sources} | failed
        still -= crawled - failed
        for source in still & failed:
            counts[source] += run.times
    return counts


def last_due(schedule: Schedule, now: datetime) -> tuple[date, datetime] | None:
    """Return the latest day whose sending time has come, with it; None for one that never appears."""
    today = now.astimezone(schedule.zone).date()
    days = (today - ONE_DAY * back for back in range(-1, 9))
    return next(
        ((day, due) for day in days if appears(schedule, day) and (due := send_time(schedule, day)) <= now),
        None,
    )


def _broken(newsletter: Newsletter, runs: Sequence[JobRun]) -> Iterator[Trouble]:
    key = newsletter.key
    own = [one for one in runs if one.by != logbook.COLLECT]
    last, tried = next(iter(own), None), next((one for one in own if one.ending not in UNPROVED), None)
    if tried is not None and tried.ending == logbook.AWAY:
        from digest.transports.blaming import remedy_for  # a quarter second, where something is wrong

        remedy = remedy_for(tried.note) or "See whether the server is up, and its login and limits."
        again = f"Nothing is lost: `digest run {key}` goes on where it was."
        said = f"No mail of {key} can leave: {tried.note}"
        yield Trouble(AlertKind.TRANSPORT_AWAY, key, said, f"{remedy} {again}", key)
    if last is not None and last.ending == logbook.FAILED:
        said = f"The last run of {key} broke off: {last.note}"
        remedy = f"Mend what it names, then `digest run {key}`; nothing is sent twice."
        yield Trouble(AlertKind.RUN_FAILED, key, said, remedy, key)


def _missing(
    newsroom: Newsroom, newsletter: Newsletter, runs: Sequence[JobRun], rules: AlertsSettings, now: datetime
) -> Iterator[Trouble]:
    latest = last_due(newsletter.schedule, now - timedelta(minutes=rules.no_run_minutes))
    last = max((one.ended_at for one in runs if one.by != logbook.COLLECT), default=None)
    if latest is None or last is None or last >= latest[1] or now - last > RESTS_AFTER:
        return
    day, due = latest
    edition = newsroom.database.editions.load(EditionKey(newsletter.key, day))
    if edition is not None and _needs_no_run(newsletter, edition):
        return
    key, zone = newsletter.key, newsletter.schedule.zone
    yield Trouble(
        AlertKind.NO_RUN,
        key,
        f"No run of {key} since its sending time, {due.astimezone(zone):%Y-%m-%d %H:%M %Z}; the last one "
        f"was at {last.astimezone(zone):%Y-%m-%d %H:%M %Z}.",
        f"See whether cron, the timer or the worker is alive; `digest run {key}` makes up for it until the "
        "deadline.",
        key,
    )


def _needs_no_run(newsletter: Newsletter, edition: Edition) -> bool:
    """Tell whether an edition is closed, or waits for a person and not for a run."""
    is_asked = newsletter.approval is Approval.REQUIRED or bool(edition.canceled)
    return edition.state is EditionState.CLOSED or (edition.state is EditionState.DRAFT and is_asked)


def _dead_sources(
    newsletter: Newsletter, runs: Sequence[JobRun], rules: AlertsSettings
) -> Iterator[Trouble]:
    for source, count in failures_in_a_row(newsletter, runs).items():
        if count >= rules.source_crawls:
            why = _why(source, runs)
            told = f": {why.rstrip('.')}" if why else ""
            yield Trouble(
                AlertKind.SOURCE_DEAD,
                f"{newsletter.key}: {source}",
                f"The source {source} of {newsletter.key} was not read in {count} crawls in a row{told}.",
                _OF_THE_WEB if "://" in source else _OF_THE_MACHINE.format(newsletter.key),
                newsletter.key,
            )


def _why(source: str, runs: Sequence[JobRun]) -> str:
    """Return the latest reason why a source could not be read, as the crawl kept it."""
    crawls = (one.crawl for one in runs if one.crawl is not None)
    of_source = (
        (one, crawl)
        for crawl in crawls
        for one in crawl.sources
        if str(one.source) == source and one.is_failed
    )
    for one, crawl in of_source:
        if one.not_used:
            return one.not_used[0][0]
        said = next((problem.what for problem in crawl.problems if problem.where.startswith(source)), "")
        if said:
            return said
    return ""


def _missed(beat: Heartbeat, presence: Presence) -> Trouble:
    what = f"{beat.kind} {beat.name}" + (f" of {beat.newsletter}" if beat.newsletter else "")
    doing = f", at the step {beat.doing}" if beat.doing else ""
    again = f"`digest run {beat.newsletter}` goes on where it was" if beat.newsletter else "start it again"
    said = (
        f"The {what}, begun {beat.started_at:%Y-%m-%d %H:%M %Z}, is {presence}: it was last heard of at "
        f"{beat.beat_at:%H:%M:%S} and last got on at {beat.moved_at:%H:%M:%S %Z}{doing}."
    )
    see = f"See whether its process lives ({beat.process}); if it hangs, end it with SIGTERM, then {again}."
    if presence is Presence.GONE:
        see = f"It ended without a word: look for what killed it (memory, a restart), then {again}."
    return Trouble(AlertKind.RUN_STUCK, f"{beat.kind} {beat.name}", said, see, beat.newsletter)


def well(newsroom: Newsroom, alert: Alert, now: datetime) -> str:
    """Return what became of a run's trouble that is no more; empty where there is nothing to tell."""
    about, kind = alert.trouble.about, alert.trouble.kind
    if kind is AlertKind.SOURCE_DEAD:
        known = {
            f"{key}: {source.key}"
            for key, one in newsroom.settings.newsletters.items()
            for source in one.sources
        }
        return f"{about} was read again." if about in known else ""
    if kind is AlertKind.RUN_STUCK:
        if now - alert.opened_at > heartbeats.FORGOTTEN_AFTER - timedelta(hours=1):
            return ""  # Nobody took its place: it is only missed no more.
        return f"The {about} is at work again, has ended, or another one does its work."
    last = next(iter(newsroom.database.runs.listed(newsletter=about, limit=1)), None)
    return "" if last is None else f"A run of {about} ended with “{last.ending}”."
