"""Which readers an edition has: a day's, those who chose the week's best, or those who got a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from digest.day.parts import DayParts
from digest.editions.corrections import original_of
from digest.editions.weekly import LONGEST, best, days_of
from digest.model import Decision, Edition, EditionKey, EditionState
from digest.model.repeats import MEMORY, Repeats
from digest.selection import window

SENT = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})

_LOOKED_AT = 100
"""Editions back from a week's best: two weeks, corrections among them."""


def of(parts: DayParts, key: EditionKey) -> DayParts:
    """Return the parts with the readers of this edition, and its rules.

    A correction goes to whom its edition reached, and has no deadline.
    """
    wrong = original_of(key)
    if wrong is None:
        if key.is_weekly and parts.readers.weekly is not None:
            return replace(parts, readers=replace(parts.readers, audience=parts.readers.weekly.audience))
        return parts
    schedule = replace(parts.newsletter.schedule, deadline=None)
    got_it = parts.readers.recipients(wrong, of(parts, wrong).readers.audience)
    return replace(
        parts,
        newsletter=replace(parts.newsletter, schedule=schedule),
        readers=replace(parts.readers, audience=got_it),
    )


def appears(parts: DayParts, key: EditionKey) -> bool:
    """Tell whether there is such an edition on its day."""
    if not key.is_weekly:
        return window.appears(parts.newsletter.schedule, key.day)
    return parts.readers.weekly is not None and key.day.weekday() == parts.readers.weekly.weekday


def repeats(parts: DayParts, key: EditionKey, *, now: datetime) -> Repeats | None:
    """Return which stories readers of this edition may have had by others; None where that is no matter.

    It matters for a week's best, and for all but corrections where newsletters look after each other.
    """
    newsletters = parts.readers.siblings or ((parts.newsletter.key,) if key.is_weekly else ())
    if not newsletters or original_of(key) is not None:
        return None
    return parts.ledger.repeats(key, newsletters, since=now - MEMORY)


def best_of_week(parts: DayParts, key: EditionKey) -> tuple[Edition, tuple[Decision, ...]]:
    """Return the week's best as it would be drafted now, and why; stores nothing.

    Raises:
        NothingToSend: fewer stories than the newsletter's minimum, or nobody gets a week's best.
    """
    listed = [
        one for one in parts.editions.listed(parts.newsletter.key, _LOOKED_AT) if one.key.day < key.day
    ]
    first, last = days_of(key, _last_weekly(parts, listed, key))
    week = [
        one
        for one in listed
        if first <= one.key.day <= last and not one.key.is_weekly and _went_out(parts, one)
    ]
    return best(parts.newsletter, key, week, most=parts.readers.weekly.most if parts.readers.weekly else 0)


def _last_weekly(parts: DayParts, listed: list[Edition], key: EditionKey) -> date | None:
    """Return when the latest week's best that reached anybody went out."""
    for one in listed:
        if one.key.is_weekly and one.key.day >= key.day - LONGEST and one.state in SENT:
            tally = parts.ledger.tally(one.key)
            if tally.sent + tally.held + tally.open:
                return one.key.day
    return None


def _went_out(parts: DayParts, edition: Edition) -> bool:
    dispatch = parts.ledger.dispatch(edition.key)
    return edition.state in SENT and dispatch is not None and not dispatch.canceled
