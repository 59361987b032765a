"""Webhooks are told what is kept for them: each in its own time, and none for longer than its share."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from digest.errors import DigestError
from digest.model.upkeep import WebhookEvent
from digest.settings.upkeep import WebhookSettings
from digest.upkeep.alarms.channels import posted
from digest.upkeep.calls import NO_MORE
from digest.upkeep.webhooks import of_readers
from digest.wiring.newsroom import Newsroom
from subscribers.errors import SubscribersError

log = logging.getLogger(__name__)

AT_ONCE = 100
"""Events told to one program at one look: whoever looks has other work."""

BEGINS_WITHIN_S = 5.0
"""Behind it no further call begins in a look; one that is under way ends by its own limit."""

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between the tries; after the last one, or a 410, an event waits for `digest webhooks replay`."""


def tell(newsroom: Newsroom, hooks: Mapping[str, WebhookSettings], *, now: datetime) -> None:
    """Tell each webhook what is due, all at the same time: a dead one keeps no other from its news.

    Raises:
        DigestError: the database went away.
    """
    problems: list[Exception] = []

    def one(name: str, given: WebhookSettings) -> None:
        try:
            _tell(newsroom, name, given, now=now)
        except (DigestError, SubscribersError) as problem:
            problems.append(problem)

    threads = [
        threading.Thread(target=one, args=(name, given), name=f"webhook {name}", daemon=True)
        for name, given in hooks.items()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


def _tell(newsroom: Newsroom, hook: str, given: WebhookSettings, *, now: datetime) -> None:
    kept, ends = newsroom.database.webhooks, time.monotonic() + BEGINS_WITHIN_S
    for event in kept.due(hook, now=now, limit=AT_ONCE):
        if time.monotonic() > ends:
            return
        if not kept.claim(event.number, now=now):
            continue
        problem = posted(
            given.url.get_secret_value(),
            given.secret.get_secret_value(),
            name=event.name,
            body=of_readers.addressed(newsroom, event) if given.addresses else event.body,
            now=now,
        )
        kept.note(_told(event, problem, now))
        if problem:
            # It is down, or slow: its others wait for a later look.
            log.warning("the webhook %s was not told of %s: %s", hook, event.about, problem)
            return


def _told(event: WebhookEvent, problem: str, now: datetime) -> WebhookEvent:
    tries = event.tries + 1
    if not problem:
        return replace(event, next_at=None, told_at=now, tries=tries, problem="")
    wait = WAITS[tries - 1] if tries <= len(WAITS) and problem != NO_MORE else None
    return replace(event, next_at=now + wait if wait else None, tries=tries, problem=problem)
