"""What programs are told of alarms: that one was raised, and that all is well again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from digest.model.upkeep import Alert, WebhookEvent
from digest.settings.upkeep import ALERT_EVENTS, WebhookSettings
from digest.upkeep.alarms.messages import Message, message_of
from digest.wiring.newsroom import Newsroom

OPENED, CLOSED = ALERT_EVENTS
TOLD_FOR = timedelta(days=30)


def find(
    newsroom: Newsroom,
    hooks: Mapping[str, WebhookSettings],
    since: Mapping[str, datetime],
    *,
    url: str,
    now: datetime,
) -> Iterator[WebhookEvent]:
    """Yield what came about that a webhook does not have.

    Args:
        since: when each webhook was first looked at: what was over by then is no news to it.
    """
    asking = {
        name: given for name, given in hooks.items() if not set(ALERT_EVENTS).isdisjoint(given.events)
    }
    recent = newsroom.database.alerts.recent(since=now - TOLD_FOR) if asking else ()
    for hook, given in asking.items():
        messages = [
            message
            for alert in recent
            if alert.closed_at is None or alert.closed_at > since[hook]
            for message in _messages(alert, url, now)
            if message.values["type"] in given.events
        ]
        known = newsroom.database.webhooks.known(hook, [_name(one) for one in messages])
        for one in messages:
            if _name(one) not in known:
                yield WebhookEvent(
                    hook=hook,
                    name=_name(one),
                    kind=str(one.values["type"]),
                    about=f"alert {one.alert.number}",
                    body=orjson.dumps(one.values),
                    made_at=now,
                    next_at=now,
                )


def _messages(alert: Alert, url: str, now: datetime) -> Iterator[Message]:
    """Return that an alert was raised, and, where it is over, that it is."""
    yield message_of(replace(alert, closed_at=None), url=url, now=now)
    if alert.is_over:
        yield message_of(alert, url=url, now=now)


def _name(message: Message) -> str:
    return "evt_" + hashlib.sha256(message.name.encode()).hexdigest()[:32]
