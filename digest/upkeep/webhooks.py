"""Programs are told what becomes of editions: found by looking, kept first, told until they have it.

What changes an edition (a run, the desk, the API, a worker) need not know of webhooks: whoever looks after
alarms looks here, too, and finds what nobody was told yet.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import orjson

from digest.dispatch.audit import standing
from digest.model import Edition, EditionState
from digest.model.upkeep import WebhookEvent
from digest.settings.upkeep import EVENTS, WebhookSettings
from digest.upkeep.alarms.channels import posted
from digest.wiring.newsroom import Newsroom

log = logging.getLogger(__name__)

DRAFTED, APPROVED = "edition.drafted", "edition.approved"
SENT, FAILED = "edition.sent", "edition.failed"

LOOKED_AT = 20
"""Editions of each newsletter, the newest."""

TOLD_FOR = timedelta(days=30)
"""So old an edition may be; what is known of it is kept for longer."""

AT_ONCE = 10
"""Events told to one program at one look: whoever looks has other work."""

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
"""Between the tries; after the last one an event waits for `digest webhooks replay`."""

_FIRST = "webhook "
"""What the milestone of a webhook's first look begins with."""

_APPROVED = frozenset({EditionState.APPROVED, EditionState.DISPATCHING, EditionState.CLOSED})


def look(newsroom: Newsroom, *, now: datetime) -> None:
    """Keep what came about since the last look, and tell what is due.

    At a webhook's first look the editions of earlier days are nothing new to it.
    """
    hooks, alerts = newsroom.settings.webhooks, newsroom.database.alerts
    if not hooks:
        return
    new = {name for name in hooks if alerts.milestone(_FIRST + name) is None}
    for newsletter in newsroom.settings.newsletters:
        editions = _recent(newsroom, newsletter, now)
        for name, given in hooks.items():
            _find(newsroom, name, given, editions, is_first=name in new, now=now)
    for name, given in hooks.items():
        if name in new:
            alerts.reach(_FIRST + name, now=now)
        _tell(newsroom, name, given, now=now)


def _find(
    newsroom: Newsroom,
    hook: str,
    given: WebhookSettings,
    editions: Sequence[Edition],
    *,
    is_first: bool,
    now: datetime,
) -> None:
    names = [_name(kind, edition) for edition in editions for kind in EVENTS]
    known = newsroom.database.webhooks.known(hook, names)
    fresh = [
        WebhookEvent(
            hook=hook,
            name=_name(kind, edition),
            kind=kind,
            about=str(edition.key),
            body=_body(newsroom, kind, edition, now),
            made_at=now,
            next_at=None if is_first and edition.key.day < now.date() else now,
        )
        for edition in editions
        for kind in _kinds(newsroom, edition, known)
        if kind in given.events and _name(kind, edition) not in known
    ]
    if fresh:
        newsroom.database.webhooks.keep(fresh, now=now)


def _recent(newsroom: Newsroom, newsletter: str, now: datetime) -> list[Edition]:
    """Return the editions that may have something to tell, the oldest first."""
    since = (now - TOLD_FOR).date()
    listed = newsroom.database.editions.listed(newsletter, limit=LOOKED_AT)
    return [edition for edition in reversed(listed) if edition.key.day >= since]


def _kinds(newsroom: Newsroom, edition: Edition, known: frozenset[str]) -> Iterator[str]:
    """Return what came about of an edition, in order; deliveries are counted only for what is new."""
    yield DRAFTED
    if edition.state in _APPROVED:
        yield APPROVED
    if edition.state is EditionState.CLOSED and known.isdisjoint(
        (_name(SENT, edition), _name(FAILED, edition))
    ):
        yield SENT if newsroom.database.ledger.tally(edition.key).sent else FAILED


def _name(kind: str, edition: Edition) -> str:
    """Return what tells an event from all others, the same whoever finds it."""
    parts = [kind, str(edition.key)]
    if kind == APPROVED:
        # One that was canceled and is approved again is another.
        parts += [edition.approved_hash, str(edition.revision), edition.canceled]
    return "evt_" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _body(newsroom: Newsroom, kind: str, edition: Edition, now: datetime) -> bytes:
    key = edition.key
    data: dict[str, object] = {
        "newsletter": key.newsletter,
        "number": f"{key.day}~{key.slot}" if key.slot else str(key.day),
        "state": edition.state,
        "subject": edition.subject,
        "revision": edition.revision,
        "content_hash": edition.approved_hash,
    }
    dispatch = newsroom.database.ledger.dispatch(key) if kind in {SENT, FAILED} else None
    if dispatch is not None:
        tally = newsroom.database.ledger.tally(key)
        data |= {name: getattr(tally, name) for name in ("frozen", "sent", "failed", "skipped", "held")}
        data["outcome"] = standing(key, tally, dispatch)[0].value
    return orjson.dumps({"type": kind, "timestamp": now.isoformat(), "data": data})


def _tell(newsroom: Newsroom, hook: str, given: WebhookSettings, *, now: datetime) -> None:
    kept = newsroom.database.webhooks
    for event in kept.due(hook, now=now, limit=AT_ONCE):
        if not kept.claim(event.number, now=now):
            continue
        problem = posted(
            given.url.get_secret_value(),
            given.secret.get_secret_value(),
            name=event.name,
            body=event.body,
            now=now,
        )
        kept.note(_told(event, problem, now))
        if problem:
            # It is down, or slow: the others wait for a later look, and so does nobody else.
            log.warning("the webhook %s was not told of %s: %s", hook, event.about, problem)
            return


def _told(event: WebhookEvent, problem: str, now: datetime) -> WebhookEvent:
    tries = event.tries + 1
    if not problem:
        return replace(event, next_at=None, told_at=now, tries=tries, problem="")
    wait = WAITS[tries - 1] if tries <= len(WAITS) else None
    return replace(event, next_at=now + wait if wait else None, tries=tries, problem=problem)
