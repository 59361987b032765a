"""Which readers an edition has: a day's, those who chose the week's best, or those who got a mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from digest.day.parts import House
from digest.editions.corrections import original_of
from digest.editions.weekly import LONGEST, best, days_of
from digest.model import Decision, Edition, EditionKey, EditionState
from digest.model.repeats import MEMORY, Repeats
from digest.selection import window

SENT = frozenset({EditionState.DISPATCHING, EditionState.CLOSED})

_LOOKED_AT = 100
"""Editions back from a week's best: two weeks, corrections among them."""


def of(house: House, key: EditionKey) -> House:
    """Return the house with the readers of this edition, and its rules.

    A correction goes to whom its edition reached, and has no deadline.
    """
    wrong = original_of(key)
    if wrong is None:
        if key.is_weekly and house.weekly is not None:
            return replace(house, audience=house.weekly.audience)
        return house
    schedule = replace(house.newsletter.schedule, deadline=None)
    return replace(
        house,
        newsletter=replace(house.newsletter, schedule=schedule),
        audience=house.recipients(wrong, of(house, wrong).audience),
    )


def appears(house: House, key: EditionKey) -> bool:
    """Tell whether there is such an edition on its day."""
    if not key.is_weekly:
        return window.appears(house.newsletter.schedule, key.day)
    return house.weekly is not None and key.day.weekday() == house.weekly.weekday


def repeats(house: House, key: EditionKey, *, now: datetime) -> Repeats | None:
    """Return which stories readers of this edition may have had by others; None where that is no matter.

    It matters for a week's best, and for all but corrections where newsletters look after each other.
    """
    newsletters = house.siblings or ((house.newsletter.key,) if key.is_weekly else ())
    if not newsletters or original_of(key) is not None:
        return None
    return house.ledger.repeats(key, newsletters, since=now - MEMORY)


def best_of_week(house: House, key: EditionKey) -> tuple[Edition, tuple[Decision, ...]]:
    """Return the week's best as it would be drafted now, and why; stores nothing.

    Raises:
        NothingToSend: fewer stories than the newsletter's minimum, or nobody gets a week's best.
    """
    listed = [
        one for one in house.editions.listed(house.newsletter.key, _LOOKED_AT) if one.key.day < key.day
    ]
    first, last = days_of(key, _last_weekly(house, listed, key))
    week = [
        one
        for one in listed
        if first <= one.key.day <= last and not one.key.is_weekly and _went_out(house, one)
    ]
    return best(house.newsletter, key, week, most=house.weekly.most if house.weekly else 0)


def _last_weekly(house: House, listed: list[Edition], key: EditionKey) -> date | None:
    """Return when the latest week's best that reached anybody went out."""
    for one in listed:
        if one.key.is_weekly and one.key.day >= key.day - LONGEST and one.state in SENT:
            tally = house.ledger.tally(one.key)
            if tally.sent + tally.held + tally.open:
                return one.key.day
    return None


def _went_out(house: House, edition: Edition) -> bool:
    dispatch = house.ledger.dispatch(edition.key)
    return edition.state in SENT and dispatch is not None and not dispatch.canceled
