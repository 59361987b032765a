"""Refusals that say a mailbox is dead, counted as the bounces they would have been.

A server that knows its mailboxes refuses at our call and sends no bounce. The deliveries hold its words:
they are read before each freeze and after each run, and told to subscribers under ids that never change,
so that a crash anywhere costs nothing and a repeat counts nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from digest.model import MailEvent
from digest.storage.database import Database
from digest.storage.ledger.refusals import Unheard
from digest.transports.refusing import Verdict, verdict
from subscribers.feedback import FeedbackEvent, FeedbackKind, record
from subscribers.storage.database import SubscriberDatabase

log = logging.getLogger(__name__)

DOUBT_SHARE, DOUBT_COUNT = 0.20, 20
"""So large a part of the mails that went out, and so many: that is a broken server, not dead readers."""


def judged(event: MailEvent) -> MailEvent | None:
    """Return a refusal as the bounce it counts as; None where it says nothing of the mailbox."""
    found = verdict(event.reason)
    return None if found is None else replace(event, is_permanent=found is Verdict.DEAD)


def hear(database: Database, people: SubscriberDatabase, *, now: datetime) -> int:
    """Take in what servers refused since the last time; return how many refusals were new.

    Raises:
        DatabaseUnavailable: the ledger can't be read now.
        SubscribersError: nor can the subscribers be written; the next call goes on.
    """
    new = 0
    for edition in database.refusals.unheard():
        dead = sum(1 for _ in _bounces(database, edition))
        if dead >= DOUBT_COUNT and dead >= DOUBT_SHARE * database.refusals.out(edition):
            log.warning(
                "%s: %d mailboxes were called dead, too many to be believed: nobody is suppressed for it",
                edition.edition,
                dead,
            )
        elif dead:
            told = (
                FeedbackEvent(
                    event_id=bounce.event_id,
                    kind=FeedbackKind.BOUNCED,
                    address=bounce.address,
                    at=bounce.at,
                    is_permanent=bounce.is_permanent,
                    reason=bounce.reason,
                )
                for bounce in _bounces(database, edition)
            )
            new += record(people, told, now=now).new
        database.refusals.heard(edition, now=now)
    return new


def _bounces(database: Database, edition: Unheard) -> Iterator[MailEvent]:
    for event in database.refusals.of(edition):
        bounce = judged(event)
        if bounce is not None:
            yield bounce
