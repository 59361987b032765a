"""One look at everything: what is new is told once, what is over is told once too."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.model.desk import AuditEntry
from digest.model.upkeep import Alert, AlertKind, Trouble
from digest.storage.upkeep.alerts import missing
from digest.upkeep.alarms import of_editions, of_runs, of_the_machine
from digest.upkeep.alarms.bell import Bell
from digest.upkeep.alarms.channels import Channel, names_of
from digest.upkeep.alarms.messages import Message, message_of
from digest.upkeep.alarms.of_the_machine import Outside, Real
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
    found, looked = _found(newsroom, bell, outside, now, problems)
    fresh = [one for one in found if newsroom.database.alerts.open(one, now=now)]
    for trouble in fresh:
        _note(newsroom, trouble, now)
    try:
        _close(newsroom, found, looked, now)
    except Exception as error:
        log.debug("what is over could not be closed", exc_info=True)
        problems.append(error)
    tell(newsroom, bell, now=now)
    if problems:
        raise problems[0]
    return len(fresh)


def _close(
    newsroom: Newsroom, found: Sequence[Trouble], looked: frozenset[AlertKind], now: datetime
) -> None:
    """Close what is no more, with what became of it."""
    alerts = newsroom.database.alerts
    standing = {(one.kind, one.about[:1000]) for one in found}
    for alert in alerts.opened():
        trouble = alert.trouble
        is_over = (trouble.kind, trouble.about) not in standing and trouble.kind in looked
        if is_over and of_the_machine.is_ours_to_end(alert):
            well = _well(newsroom, alert, now)
            alerts.close(alert.number, well=well, now=now)
            if well:
                log.info("all well again: %s", well)


def tell(newsroom: Newsroom, bell: Bell, *, now: datetime) -> None:
    """Let every channel tell what it has not told yet."""
    alerts, names = newsroom.database.alerts, names_of(bell.channels)
    for waiting in alerts.untold(names, since=now - TOLD_FOR):
        claimed = alerts.claim(waiting.number, now=now)
        if claimed is not None:
            alerts.note(_told(claimed, bell, missing(claimed, names), now))


def try_out(bell: Bell, *, now: datetime) -> dict[str, str]:
    """Send a test by every channel; return what went wrong, by channel, empty for nothing."""
    said = "This is a test: alerts of the newsroom digest arrive here."
    trouble = Trouble(AlertKind.TEST, "alerts", said, "Nothing. All is well.")
    message = message_of(Alert(0, trouble, now), url=bell.url, now=now)
    return {channel.name: scrubbed(channel.tell(message)) for channel in bell.channels}


def _found(
    newsroom: Newsroom, bell: Bell, outside: Outside, now: datetime, problems: list[Exception]
) -> tuple[Sequence[Trouble], frozenset[AlertKind]]:
    """Return what is wrong, and the kinds that were looked at; note what kept us from looking."""

    def of_machine() -> tuple[Iterable[Trouble], frozenset[AlertKind]]:
        machine = of_the_machine.look(newsroom, bell.rules, outside, now)
        return machine.troubles, machine.kinds

    def of_epoch() -> tuple[Iterable[Trouble], frozenset[AlertKind]]:
        newsroom.epoch.look(now=now)
        return (), frozenset()

    places: tuple[Callable[[], tuple[Iterable[Trouble], frozenset[AlertKind]]], ...] = (
        of_epoch,
        lambda: (list(of_editions.troubles(newsroom, bell.rules, now)), of_editions.KINDS),
        lambda: (list(of_runs.troubles(newsroom, bell.rules, now)), of_runs.KINDS),
        of_machine,
    )
    found, looked = list[Trouble](), frozenset[AlertKind]()
    for place in places:
        try:
            troubles, kinds = place()
        except Exception as error:
            log.debug("a place could not be looked at", exc_info=True)
            problems.append(error)
        else:
            found += _scrubbed(troubles)
            looked |= kinds
    return found, looked


def _scrubbed(found: Iterable[Trouble]) -> Iterator[Trouble]:
    for one in found:
        yield replace(one, said=scrubbed(one.said), remedy=scrubbed(one.remedy))


def _well(newsroom: Newsroom, alert: Alert, now: datetime) -> str:
    kind = alert.trouble.kind
    if kind in of_editions.KINDS:
        return of_editions.well(newsroom, alert, now)
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
