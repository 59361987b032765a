"""Counters that outlive processes: what editions came to, each added once, when it is found closed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from digest.model import Edition, EditionState
from digest.wiring.newsroom import Newsroom

STATES = ("frozen", "sent", "failed", "held", "skipped")
LOOKED_AT = 20
"""Editions of a newsletter, the newest: whoever looks less often than those close counts too few."""

_FAILED = "failed to look after "
_NEVER = datetime.min.replace(tzinfo=UTC)


def count(newsroom: Newsroom) -> None:
    """Add the editions that closed since the last look; of several who look at once, one adds."""
    for newsletter in newsroom.settings.newsletters:
        name = _name(newsletter)
        known = newsroom.database.alerts.milestone(name)
        counted = counters(newsroom, newsletter)
        at = known[0] if known else _NEVER
        fresh = [
            (closed_at, edition)
            for edition in newsroom.database.editions.listed(newsletter, limit=LOOKED_AT)
            if (closed_at := _closed_at(newsroom, edition)) is not None and closed_at > at
        ]
        if fresh:
            for _closed, edition in fresh:
                tally = newsroom.database.ledger.tally(edition.key)
                counted = {state: counted[state] + getattr(tally, state) for state in STATES} | {
                    "editions": counted["editions"] + 1
                }
            newsroom.database.alerts.move(
                name,
                known,
                now=max(closed for closed, _edition in fresh),
                detail=json.dumps(counted, sort_keys=True),
            )


def counters(newsroom: Newsroom, newsletter: str) -> Mapping[str, int]:
    """Return what was counted of a newsletter's closed editions: `editions`, and deliveries by state."""
    known = newsroom.database.alerts.milestone(_name(newsletter))
    found: dict[str, int] = json.loads(known[1]) if known else {}
    return {name: int(found.get(name, 0)) for name in ("editions", *STATES)}


PARTS = ("alarms", "counters", "webhooks", "figures")
"""What is looked after, each by itself."""


def failed(newsroom: Newsroom, part: str, *, now: datetime) -> None:
    """Add one to how often a part could not be looked after; of several at once, one may be lost."""
    name = _FAILED + part
    known = newsroom.database.alerts.milestone(name)
    newsroom.database.alerts.move(name, known, now=now, detail=str(_number(known) + 1))


def failures(newsroom: Newsroom) -> Mapping[str, int]:
    """Return how often each part could not be looked after, ever."""
    alerts = newsroom.database.alerts
    return {part: _number(alerts.milestone(_FAILED + part)) for part in PARTS}


def _number(known: tuple[datetime, str] | None) -> int:
    return int(known[1]) if known is not None and known[1].isdecimal() else 0


def _closed_at(newsroom: Newsroom, edition: Edition) -> datetime | None:
    if edition.state is not EditionState.CLOSED:
        return None
    return newsroom.database.results.timeline(edition.key).closed_at


def _name(newsletter: str) -> str:
    return f"counted {newsletter}"
