"""What programs are told of editions.

What changes an edition (a run, the desk, the API, a worker) need not know of webhooks: whoever looks after
alarms looks here, too, and finds what nobody was told yet.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import orjson

from digest.dispatch.audit import standing
from digest.model import Edition, EditionState
from digest.model.upkeep import WebhookEvent
from digest.settings.upkeep import EDITION_EVENTS, WebhookSettings
from digest.wiring.newsroom import Newsroom

DRAFTED, APPROVED = "edition.drafted", "edition.approved"
SENT, FAILED = "edition.sent", "edition.failed"

LOOKED_AT = 20
"""Editions of each newsletter, the newest."""

TOLD_FOR = timedelta(days=30)
"""So old an edition may be; what is known of it is kept for longer."""

_APPROVED = frozenset({EditionState.APPROVED, EditionState.DISPATCHING, EditionState.CLOSED})


def find(
    newsroom: Newsroom, hooks: Mapping[str, WebhookSettings], new: frozenset[str], *, now: datetime
) -> Iterator[WebhookEvent]:
    """Yield what came about that a webhook does not have.

    Args:
        new: webhooks that are looked at for the first time: editions of earlier days are no news to them.
    """
    for newsletter in newsroom.settings.newsletters:
        editions = _recent(newsroom, newsletter, now)
        for name, given in hooks.items():
            yield from _found(newsroom, name, given, editions, is_first=name in new, now=now)


def _found(
    newsroom: Newsroom,
    hook: str,
    given: WebhookSettings,
    editions: Sequence[Edition],
    *,
    is_first: bool,
    now: datetime,
) -> Iterator[WebhookEvent]:
    names = [_name(kind, edition) for edition in editions for kind in EDITION_EVENTS]
    known = newsroom.database.webhooks.known(hook, names)
    for edition in editions:
        for kind in _kinds(newsroom, edition, known):
            if kind in given.events and _name(kind, edition) not in known:
                yield WebhookEvent(
                    hook=hook,
                    name=_name(kind, edition),
                    kind=kind,
                    about=str(edition.key),
                    body=_body(newsroom, kind, edition, now),
                    made_at=now,
                    next_at=None if is_first and edition.key.day < now.date() else now,
                )


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
