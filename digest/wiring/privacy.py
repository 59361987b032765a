"""A person's rights over everything stored, in both packages' tables: to see it, to be forgotten."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.settings.schema import Settings
from digest.storage.database import Database
from subscribers import privacy
from subscribers.address import normalize
from subscribers.errors import UnknownSubscriber
from subscribers.privacy import Forgotten, Retention
from subscribers.storage.database import SubscriberDatabase

log = logging.getLogger(__name__)

_SWEEP = "privacy"


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long what names people is kept, once its edition is closed.

    Attributes:
        deliveries: whom an edition was sent to.
        reports: what providers said of it.
        people: of the subscribers package.
    """

    deliveries: timedelta
    reports: timedelta
    people: Retention


@dataclass(frozen=True, slots=True)
class Swept:
    """What a day's sweep took away."""

    people: Forgotten
    deliveries: int
    reports: int

    def __str__(self) -> str:
        taken = (
            (self.people.pending, "sign-ups"),
            (self.people.people, "people"),
            (self.people.addresses, "addresses"),
            (self.people.events + self.reports, "reports"),
            (self.deliveries, "deliveries"),
        )
        return ", ".join(f"{count} {what}" for count, what in taken if count)


def keeping_of(settings: Settings) -> Keeping:
    """Return how long what names people is kept."""
    given = settings.privacy
    reports = timedelta(days=given.reports_days)
    gone = None if given.gone_days is None else timedelta(days=given.gone_days)
    people_kept = Retention(timedelta(days=given.sign_ups_days), reports, gone)
    return Keeping(timedelta(days=given.deliveries_days), reports, people_kept)


def everything(database: Database, people: SubscriberDatabase, address: str) -> dict[str, object]:
    """Return all that is stored of an address, deliveries and reports too, as JSON can hold it.

    Raises:
        InvalidAddress: it is none.
        UnknownSubscriber: nothing is stored of it.
    """
    ledger = database.forgetting.of_reader(normalize(address).canonical)
    try:
        return {**privacy.everything(people, address), **ledger}
    except UnknownSubscriber:
        if not any(ledger.values()):
            raise
        return {**ledger}


def erase(database: Database, people: SubscriberDatabase, address: str, *, now: datetime) -> bool:
    """Delete a person everywhere; what stays is a keyed hash, and counts. Return whether one was stored.

    What may be on its way right now keeps the address until the grace of `subscribers.privacy` is over;
    the daily sweep takes it then.

    Raises:
        InvalidAddress: it is none.
    """
    was_stored = privacy.erase(people, address, now=now)
    return database.forgetting.forget_reader(normalize(address).canonical) > 0 or was_stored


def sweep(
    database: Database, people: SubscriberDatabase, keeping: Keeping, *, now: datetime
) -> Swept | None:
    """Take away what is kept no longer, once a day; None where it was done today."""
    if not database.forgetting.begin_sweep(_SWEEP, now=now):
        return None
    for canonical, until in privacy.erased_lately(people):
        database.forgetting.forget_reader(canonical, is_final=until <= now)
    forgotten = privacy.retain(people, now=now, retention=keeping.people)
    deliveries, reports = database.forgetting.forget_before(
        deliveries_before=now - keeping.deliveries, events_before=now - keeping.reports
    )
    swept = Swept(forgotten, deliveries, reports)
    if str(swept):
        log.info("kept no longer: %s", swept)
    return swept
