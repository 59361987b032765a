"""One look at everything: what is new is told once, what is over is told once too."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from digest.model.desk import AuditEntry
from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.storage.upkeep.alerts import missing
from digest.upkeep.alarms import of_editions, of_feedback, of_runs, of_the_machine
from digest.upkeep.alarms.bell import Bell
from digest.upkeep.alarms.channels import Channel, names_of
from digest.upkeep.alarms.messages import Message, message_of
from digest.upkeep.alarms.of_the_machine import Look, Outside, Real
from digest.upkeep.logs import scrubbed
from digest.wiring.newsroom import Newsroom

log = logging.getLogger(__name__)

TOLD_FOR = timedelta(days=2)
"""So long a channel that was away is still told of what is over."""

REAL = Real()


def ring(newsroom: Newsroom, bell: Bell, *, now: datetime, outside: Outside = REAL) -> int:
    """Look at everything, tell what is to be told; return how many alerts are new.

    Each alert is told once by each channel, whoever looks: the desk, workers, every `digest run`. What a
    channel could not take is tried again at the next look. Where one of the places can't be looked at, the
    others are, and what is known is told, before that is raised.

    Raises:
        DigestError: whatever kept us from looking; the first of several.
    """
    problems = list[Exception]()
    seen = _seen(newsroom, bell, outside, now, problems)
    fresh = [one for one in seen.troubles if newsroom.database.alerts.open(one, now=now)]
    for trouble in fresh:
        _note(newsroom, trouble, now)
    try:
        _close(newsroom, seen, now)
    except Exception as error:
        log.debug("what is over could not be closed", exc_info=True)
        problems.append(error)
    tell(newsroom, bell, now=now)
    if problems:
        raise problems[0]
    return len(fresh)


def _close(newsroom: Newsroom, seen: Look, now: datetime) -> None:
    """Close what is no more, with what became of it."""
    alerts = newsroom.database.alerts
    standing = {(one.kind, one.about[:1000]) for one in seen.troubles}
    for alert in alerts.opened():
        trouble = alert.trouble
        is_over = (trouble.kind, trouble.about) not in standing and seen.knows(trouble)
        if is_over and of_the_machine.is_ours_to_end(alert):
            well = _well(newsroom, alert, now)
            alerts.close(alert.number, well=well, now=now)
            if well:
                log.info("all well again: %s", well)


def tell(
    newsroom: Newsroom, bell: Bell, *, now: datetime, elapsed: Callable[[], float] = time.monotonic
) -> None:
    """Let every channel tell what it has not told yet.

    Args:
        elapsed: counts the seconds since any moment.
    """
    alerts, names = newsroom.database.alerts, names_of(bell.channels)
    began = elapsed()
    for waiting in alerts.untold(names, since=now - TOLD_FOR):
        # A receiver that hangs costs its time for each alert: a claim, and a webhook's stamp, are of now.
        at = now + timedelta(seconds=elapsed() - began)
        claimed = alerts.claim(waiting.number, now=at)
        if claimed is not None:
            alerts.note(_told(claimed, bell, missing(claimed, names), at))


def try_out(bell: Bell, *, now: datetime) -> dict[str, str]:
    """Send a test by every channel; return what went wrong, by channel, empty for nothing."""
    said = "This is a test: alerts of the newsroom digest arrive here."
    trouble = Trouble(AlertKind.TEST, "alerts", said, "Nothing. All is well.")
    message = message_of(Alert(0, trouble, now), url=bell.url, now=now)
    return {channel.name: scrubbed(channel.tell(message)) for channel in bell.channels}


def _seen(
    newsroom: Newsroom, bell: Bell, outside: Outside, now: datetime, problems: list[Exception]
) -> Look:
    """Return what is wrong, and what was looked at; note what kept us from looking."""

    def of_epoch() -> Look:
        newsroom.epoch.look(now=now)
        return Look((), frozenset())

    places: tuple[Callable[[], Look], ...] = (
        of_epoch,
        lambda: Look(tuple(of_editions.troubles(newsroom, bell.rules, now)), of_editions.KINDS),
        lambda: Look(tuple(of_runs.troubles(newsroom, bell.rules, now)), of_runs.KINDS),
        lambda: Look(tuple(of_feedback.troubles(newsroom, now)), of_feedback.KINDS),
        lambda: of_the_machine.look(newsroom, bell.rules, outside, now),
    )
    seen = Look((), frozenset())
    for place in places:
        try:
            seen = seen.plus(place())
        except Exception as error:
            log.debug("a place could not be looked at", exc_info=True)
            problems.append(error)
    return replace(seen, troubles=tuple(_scrubbed(seen.troubles)))


def _scrubbed(found: Iterable[Trouble]) -> Iterator[Trouble]:
    for one in found:
        yield replace(one, said=scrubbed(one.said), remedy=scrubbed(one.remedy))


def _well(newsroom: Newsroom, alert: Alert, now: datetime) -> str:
    kind = alert.trouble.kind
    if kind in of_editions.KINDS:
        return of_editions.well(newsroom, alert, now)
    if kind in of_feedback.KINDS:
        return of_feedback.well(newsroom, alert, now)
    return of_runs.well(newsroom, alert, now) if kind in of_runs.KINDS else of_the_machine.well(alert)


def _told(alert: Alert, bell: Bell, names: frozenset[str], now: datetime) -> Alert:
    """Return the alert with those channels noted that took it."""
    message = message_of(alert, url=bell.url, now=now)
    took = {channel.name for channel in bell.channels if channel.name in names and _takes(channel, message)}
    if alert.is_over:
        return replace(alert, told_well=alert.told_well | took)
    return replace(alert, told=alert.told | took)


def _takes(channel: Channel, message: Message) -> bool:
    try:
        problem = channel.tell(message)
    except Exception:
        # A fault of ours in one way of telling: the others' turn comes all the same.
        log.exception("an alert could not be told by %s", channel.name)
        return False
    if problem:
        log.warning("an alert could not be told by %s: %s", channel.name, problem)
    return not problem


def _note(newsroom: Newsroom, trouble: Trouble, now: datetime) -> None:
    """Log a new trouble, and remember it in the audit log where it is an edition's."""
    log.error("%s %s", trouble.said, trouble.remedy)
    key = of_editions.key_of(trouble.about) if trouble.kind in of_editions.KINDS else None
    if key is not None:
        entry = AuditEntry(now, "digest", f"alert: {trouble.kind}", str(key), detail=trouble.said)
        newsroom.database.audit_log.add(entry)
