"""Pauses after what a server said of everybody: each twice as long as the last, until the deadline."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from digest.errors import RefusesAll
from digest.model import Dispatch, EditionKey
from digest.ports import Ledger

FIRST_S = 300.0
LONGEST_S = 3600.0
SHORTEST_S = 60.0
_MOST_DOUBLINGS = 10


def wait_s(pauses: int, *, left_s: float | None) -> float:
    """Return how long to wait after so many pauses in a row; half of what is left at most."""
    wait = min(FIRST_S * 2.0 ** min(pauses, _MOST_DOUBLINGS), LONGEST_S)
    return wait if left_s is None else max(SHORTEST_S, min(wait, left_s / 2))


def refuse_while_paused(
    key: EditionKey,
    dispatch: Dispatch | None,
    *,
    provider: str,
    deadline: datetime | None,
    zone: tzinfo | None,
    now: datetime,
) -> None:
    """Keep to the pause that an earlier run began.

    Raises:
        RefusesAll: it is not over.
    """
    if dispatch is None or dispatch.stopped or dispatch.canceled:
        return
    if deadline is not None and now >= deadline:
        return
    until = dispatch.paused_until
    if until is not None and now < until:
        raise RefusesAll(provider, dispatch.paused, until=_told(until, zone), resume=_resume(key))


def put_off(
    key: EditionKey,
    refused: RefusesAll,
    *,
    ledger: Ledger,
    deadline: datetime | None,
    zone: tzinfo | None,
    now: datetime,
    has_taken: bool,
) -> RefusesAll:
    """Note the pause, and return what the run ends with.

    Args:
        has_taken: this run sent something first, so that the pauses before it are over.
    """
    before = ledger.dispatch(key)
    pauses = 0 if before is None or has_taken else before.pauses
    if has_taken:
        ledger.go_on(key)
    left_s = None if deadline is None else (deadline - now).total_seconds()
    until = now + timedelta(seconds=wait_s(pauses, left_s=left_s))
    ledger.put_off(key, refused.told, until=until)
    return RefusesAll(
        refused.transport, refused.reason, refused.remedy, until=_told(until, zone), resume=_resume(key)
    )


def _told(until: datetime, zone: tzinfo | None) -> str:
    return f"{until.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def _resume(key: EditionKey) -> str:
    day = str(key).partition("/")[2]
    return f"digest dispatch {key.newsletter} --date {day} --resume"
