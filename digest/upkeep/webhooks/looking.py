"""One look for all webhooks: what came about is kept, then what is due is told."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from digest.model.upkeep import WebhookEvent
from digest.settings.upkeep import WebhookSettings
from digest.upkeep.webhooks import of_alarms, of_editions, of_readers, telling
from digest.wiring.newsroom import Newsroom

log = logging.getLogger(__name__)

_FIRST = "webhook "
"""What the milestone of a webhook's first look begins with."""


def look(newsroom: Newsroom, *, url: str, now: datetime) -> None:
    """Keep what came about since the last look, and tell what is due.

    Where one kind of events can't be found, the others are, and are told, before that is raised.

    Args:
        url: where the desk is, for links; empty for none.

    Raises:
        DigestError: whatever kept us from finding or telling; the first of several.
    """
    hooks, problems = newsroom.settings.webhooks, list[Exception]()
    if not hooks:
        return
    alerts = newsroom.database.alerts
    firsts = {name: alerts.milestone(_FIRST + name) for name in hooks}
    new = frozenset(name for name, first in firsts.items() if first is None)
    since = {name: first[0] if first else now for name, first in firsts.items()}
    acts: tuple[Callable[[], object], ...] = (
        lambda: _keep(newsroom, of_editions.find(newsroom, hooks, new, now=now), now),
        lambda: _keep(newsroom, of_alarms.find(newsroom, hooks, since, url=url, now=now), now),
        lambda: _readers(newsroom, hooks, now),
        lambda: _reach(newsroom, new, now),
        lambda: telling.tell(newsroom, hooks, now=now),
    )
    for act in acts:
        try:
            act()
        except Exception as error:
            log.debug("a part of the webhooks could not be looked after", exc_info=True)
            problems.append(error)
    if problems:
        raise problems[0]


def _keep(newsroom: Newsroom, events: Iterable[WebhookEvent], now: datetime) -> None:
    fresh = list(events)
    if fresh:
        newsroom.database.webhooks.keep(fresh, now=now)


def _readers(newsroom: Newsroom, hooks: Mapping[str, WebhookSettings], now: datetime) -> None:
    """Keep what is told of readers; it leaves their database once it is kept in ours."""
    while found := of_readers.take(newsroom):
        _keep(newsroom, of_readers.events(found, hooks, now=now), now)
        of_readers.forget(newsroom, found)


def _reach(newsroom: Newsroom, new: frozenset[str], now: datetime) -> None:
    for name in new:
        newsroom.database.alerts.reach(_FIRST + name, now=now)
