"""What programs are told of readers: by their ids, and by their addresses only where that is asked for.

An address is never kept with an event: it is looked up when the event is told, and of somebody who was
erased meanwhile there is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import orjson

from digest.model.upkeep import WebhookEvent
from digest.settings.upkeep import READER_EVENTS, WebhookSettings
from digest.wiring.newsroom import Newsroom
from subscribers import changes
from subscribers.model import Change

AT_ONCE = 500
"""Changes that are taken over in one step."""

_PREFIX = "subscriber."


def take(newsroom: Newsroom) -> Sequence[Change]:
    """Return the oldest changes that are not kept as events yet; they stay until `forget`."""
    return changes.waiting(newsroom.people, limit=AT_ONCE)


def forget(newsroom: Newsroom, found: Sequence[Change]) -> None:
    """Take away what is kept as events."""
    changes.taken(newsroom.people, [one.name for one in found])


def events(
    found: Sequence[Change], hooks: Mapping[str, WebhookSettings], *, now: datetime
) -> Iterator[WebhookEvent]:
    """Yield the events of changes, for each webhook that asks for them."""
    for one in found:
        kind = _PREFIX + one.kind
        for hook, given in hooks.items():
            if kind in given.events:
                yield WebhookEvent(
                    hook=hook,
                    name="evt_" + hashlib.sha256(one.name.encode()).hexdigest()[:32],
                    kind=kind,
                    about=f"subscriber {one.subscriber}",
                    body=_body(kind, one, now),
                    made_at=now,
                    next_at=now,
                )


def addressed(newsroom: Newsroom, event: WebhookEvent) -> bytes:
    """Return the body of an event with the reader's address, where it is of a reader who is stored."""
    if event.kind not in READER_EVENTS:
        return event.body
    values = orjson.loads(event.body)
    address = changes.address_of(newsroom.people, values["data"]["subscriber"])
    return orjson.dumps(values | {"data": values["data"] | {"address": address}})


def _body(kind: str, one: Change, now: datetime) -> bytes:
    data = {"subscriber": one.subscriber, "list": one.mailing_list, "how": one.detail}
    return orjson.dumps({"type": kind, "timestamp": (one.at or now).isoformat(), "data": data})
