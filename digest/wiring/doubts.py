"""Too many mailboxes called dead at once: nobody is suppressed for it until somebody has looked.

A relay that lost its table, or a provider with a bad day, calls everybody dead. Whether an edition is
doubted stands in the audit log, which cannot be changed: the last word there counts.
"""

from __future__ import annotations

import logging
from datetime import datetime
from enum import StrEnum
from itertools import chain

from digest.model.desk import AuditEntry
from digest.storage.database import Database
from digest.storage.ledger.refusals import SentEdition
from subscribers import feedback
from subscribers.storage.database import SubscriberDatabase

log = logging.getLogger(__name__)

DOUBT_SHARE, DOUBT_COUNT = 0.20, 20
"""So large a part of the mails that went out, and so many: that is a broken server, not dead readers."""

_LOOKED_AT = 1_000


class Word(StrEnum):
    """What the audit log says of an edition's dead mailboxes."""

    DOUBTED = "dead mailboxes doubted"
    BELIEVED = "dead mailboxes believed"


def word_on(database: Database, edition: SentEdition) -> Word | None:
    """Return the last word on an edition; None where there never was any doubt."""
    entries = database.audit_log.entries(edition=str(edition.edition), limit=_LOOKED_AT)
    return next((Word(one.action) for one in entries if one.action in set(Word)), None)


def is_doubted(
    database: Database, people: SubscriberDatabase, edition: SentEdition, *, refused: int = 0, now: datetime
) -> bool:
    """Tell whether what calls the edition's mailboxes dead is to be kept back.

    Where the doubt begins with this call, what was believed of the edition before is undone.

    Args:
        refused: how many were called dead at our own call; the reports that came later are counted here.
    """
    word = word_on(database, edition)
    if word is not None:
        return word is Word.DOUBTED
    dead = refused + database.refusals.dead(edition)
    if dead < DOUBT_COUNT:
        return False
    most = int(dead / DOUBT_SHARE)
    if database.refusals.out(edition, most=most + 1) > most:
        return False
    told = chain(database.refusals.of(edition), database.refusals.reported_dead(edition))
    freed = feedback.take_back(people, (event.event_id for event in told))
    said = f"{dead} mailboxes were called dead"
    database.audit_log.add(_entry(edition, Word.DOUBTED, who="digest", now=now, detail=said))
    log.warning(
        "%s: %d mailboxes were called dead, too many to be believed: nobody is suppressed for it%s;"
        " look at them, then: digest feedback --believe %s",
        edition.edition,
        dead,
        f" ({freed} were, and are not any more)" if freed else "",
        edition.edition,
    )
    return True


def believe(database: Database, edition: SentEdition, *, by: str, now: datetime) -> None:
    """Note that somebody looked, and that the mailboxes are dead indeed."""
    database.audit_log.add(_entry(edition, Word.BELIEVED, who=by, now=now))


def _entry(edition: SentEdition, word: Word, *, who: str, now: datetime, detail: str = "") -> AuditEntry:
    return AuditEntry(now, who, word, str(edition.edition), detail=detail)
