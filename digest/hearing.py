"""What comes back: providers' reports and bounced mails, for the ledger and for the readers' own sake."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from digest.errors import ConfigurationError, Fault
from digest.model import MailEvent
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.transports.feedback_reading import read_all
from digest.transports.inboxes import ImapInbox, Inbox, MaildirInbox
from digest.transports.verp import Verp
from digest.wiring import Newsroom, verp_of
from subscribers.feedback import FeedbackEvent, FeedbackKind, FeedbackReport, record

log = logging.getLogger(__name__)

KINDS = frozenset(FeedbackKind)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one look into the bounce box gave."""

    events: int = 0
    new: int = 0
    problems: int = 0


def take_in(newsroom: Newsroom, events: Sequence[MailEvent], *, now: datetime) -> FeedbackReport:
    """Keep reports in the ledger, and let them suppress or end what they must; repeats change nothing."""
    ledger = newsroom.database.ledger
    ledger.record_events(events)
    meant = ledger.readers_of(event.reference for event in events)
    told = []
    for event in events:
        canonical, mailing_list = meant.get(event.reference, ("", ""))
        address = event.address or canonical
        if event.kind.value in KINDS and address:
            told.append(
                FeedbackEvent(
                    event_id=event.event_id,
                    kind=FeedbackKind(event.kind.value),
                    address=address,
                    at=event.at,
                    mailing_list=mailing_list,
                    is_permanent=event.is_permanent,
                    reason=event.reason,
                )
            )
    return record(newsroom.people, told, now=now)


def empty_bounce_box(newsroom: Newsroom, *, now: datetime) -> Heard:
    """Read every new mail of the bounce box, each put away once it is kept.

    Raises:
        ConfigurationError: the settings name no bounce box.
        BadData: the Maildir is none.
        TransportUnavailable: the box can't be reached.
    """
    heard = Heard()
    with _inbox(newsroom.settings) as (inbox, verp):
        for found in read_all(inbox, verp, now):
            if isinstance(found, MailEvent):
                report = take_in(newsroom, [found], now=now)
                heard = Heard(heard.events + 1, heard.new + report.new, heard.problems)
            else:
                log.warning("%s", found)
                heard = Heard(heard.events, heard.new, heard.problems + 1)
    return heard


@contextmanager
def _inbox(settings: Settings) -> Iterator[tuple[Inbox, Verp]]:
    verp = verp_of(settings)
    if verp is None or not isinstance(settings.transport, kinds.SmtpSettings):
        problem = 'no bounce box is named; it goes with kind = "smtp"'
        raise ConfigurationError([Fault("transport.bounces", problem)])
    given = settings.transport.bounces
    assert given is not None
    if given.path is not None:
        yield MaildirInbox(given.path), verp
        return
    inbox = ImapInbox(
        given.host,
        username=given.username,
        password=given.password.get_secret_value(),
        port=given.port,
        folder=given.folder,
    )
    try:
        yield inbox, verp
    finally:
        inbox.close()
