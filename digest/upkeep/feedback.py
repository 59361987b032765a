"""What comes back: providers' reports and bounced mails, for the ledger and for the readers' own sake."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from digest.errors import ConfigurationError, Fault, UnknownEdition
from digest.model import EditionKey, EventKind, MailEvent
from digest.model.upkeep import BOUNCE_BOX_READ
from digest.settings import kinds
from digest.settings.schema import Settings
from digest.storage.ledger.refusals import SentEdition
from digest.transports.feedback_reading import read_all
from digest.transports.inboxes import ImapInbox, Inbox, MaildirInbox
from digest.transports.verp import Verp
from digest.upkeep.unsubscribes import Wish, for_lists, grant, lists_left, wish_of
from digest.wiring import doubts, refusals
from digest.wiring.newsroom import Newsroom
from digest.wiring.transport import verp_of
from subscribers import people
from subscribers.errors import UnknownSubscriber
from subscribers.feedback import FeedbackEvent, FeedbackKind, FeedbackReport, record
from subscribers.signed_links import Claim, Purpose

log = logging.getLogger(__name__)

KINDS = frozenset(FeedbackKind)

_SIGN_UP, _MARK_CHARS = "signup-", 8


@dataclass(frozen=True, slots=True)
class Heard:
    """What one look into the bounce box gave, and at what servers refused; `refused` are new ones, too.

    Attributes:
        counted: all refusals, in the box and at our own call, by what they say of the mailbox.
        doubted: the editions of which too many mailboxes are called dead; nobody is suppressed for it.
        unsubscribed: mails by which readers left a newsletter.
    """

    events: int = 0
    new: int = 0
    problems: int = 0
    refused: int = 0
    counted: refusals.Counted = field(default_factory=refusals.Counted)
    doubted: tuple[str, ...] = ()
    unsubscribed: int = 0


def sign_up_reference(subscriber: str, mark: str) -> str:
    """Return the reference of a mail that asks whether a sign-up was meant: it is in no ledger."""
    return f"{_SIGN_UP}{subscriber}-{mark[:_MARK_CHARS]}"


def take_in(
    newsroom: Newsroom, events: Sequence[MailEvent], *, now: datetime, is_signed: bool = True
) -> FeedbackReport:
    """Keep reports in the ledger, and let them suppress or end what they must; repeats change nothing.

    Args:
        is_signed: by the provider, so that an address it names is believed. A bounce that came by mail may
            be written by anybody who ever got a mail of ours: there only the reference counts, which
            names its own reader.
    """
    ledger = newsroom.database.ledger
    ledger.record_events(events)
    meant = ledger.readers_of(event.reference for event in events)
    of_death = [event.reference for event in events if refusals.is_of_death(event)]
    doubted = _doubted(newsroom, of_death, now=now)
    told = []
    for event in events:
        canonical, mailing_list = meant.get(event.reference) or (_signing_up(newsroom, event.reference), "")
        address = canonical or (event.address if is_signed else "")
        kind = _kind(event)
        is_doubted = event.reference in doubted and refusals.is_of_death(event)
        if kind is not None and address and not is_doubted:
            one = FeedbackEvent(
                event_id=event.event_id,
                kind=kind,
                address=address,
                at=event.at,
                mailing_list=mailing_list,
                is_permanent=event.is_permanent,
                reason=event.reason,
            )
            told += _whole_newsletter(newsroom, one)
    return record(newsroom.people, told, now=now)


def believe(newsroom: Newsroom, edition: EditionKey, *, by: str, now: datetime) -> int:
    """Suppress the readers of an edition whose mailboxes were called dead, after a look at them.

    Raises:
        UnknownEdition: it never went out.
    """
    found = newsroom.database.refusals.edition(edition)
    if found is None:
        raise UnknownEdition(str(edition))
    return refusals.believe(newsroom.database, newsroom.people, found, by=by, now=now)


def _doubted(newsroom: Newsroom, references: Sequence[str], *, now: datetime) -> dict[str, SentEdition]:
    """Return those references whose editions have more dead mailboxes than can be believed."""
    database = newsroom.database
    meant = database.refusals.editions_of(references)
    by_id = {one.edition_id: one for one in meant.values()}
    doubted = {
        number
        for number, one in by_id.items()
        if doubts.is_doubted(database, newsroom.people, one, now=now)
    }
    return {text: one for text, one in meant.items() if one.edition_id in doubted}


def _kind(event: MailEvent) -> FeedbackKind | None:
    """Return what an event counts as; None where it is nothing that is held against anybody."""
    if event.said_no is not None:
        return FeedbackKind(event.said_no.value)
    if event.kind in (EventKind.BOUNCED, EventKind.REJECTED):
        return FeedbackKind.BOUNCED if refusals.counts(event) else None
    return FeedbackKind(event.kind.value) if event.kind.value in KINDS else None


def empty_bounce_box(newsroom: Newsroom, *, now: datetime) -> Heard:
    """Take in refusals, then read every new mail of the bounce box, each put away once it is kept.

    Raises:
        ConfigurationError: the settings name no bounce box.
        BadData: the Maildir is none.
        TransportUnavailable: the box can't be reached.
    """
    hearing = refusals.hear(newsroom.database, newsroom.people, now=now)
    heard = Heard(refused=hearing.new, counted=hearing.counted)
    in_box, of_death = refusals.Counted(), list[str]()
    with _inbox(newsroom.settings) as (inbox, verp):
        for found in read_all(inbox, verp, now, asks=partial(wish_of, newsroom, now=now)):
            if isinstance(found, Wish):
                grant(newsroom, found, now=now)
                heard = replace(heard, unsubscribed=heard.unsubscribed + 1)
            elif isinstance(found, MailEvent):
                report = take_in(newsroom, [found], now=now, is_signed=False)
                in_box.add(found)
                of_death += [found.reference] if refusals.is_of_death(found) else []
                heard = replace(heard, events=heard.events + 1, new=heard.new + report.new)
            else:
                log.warning("%s", found)
                heard = replace(heard, problems=heard.problems + 1)
    newsroom.database.alerts.reach(BOUNCE_BOX_READ, now=now)
    in_box.warn("bounce box")
    heard.counted.take_over(in_box)
    of_box = _doubted(newsroom, of_death, now=now).values()
    doubted = {*hearing.doubted, *(str(one.edition) for one in of_box)}
    return replace(heard, doubted=tuple(sorted(doubted)))


def _whole_newsletter(newsroom: Newsroom, event: FeedbackEvent) -> list[FeedbackEvent]:
    """Return an event for each list of the newsletter that a reader leaves; any other event alone."""
    if event.kind is not FeedbackKind.UNSUBSCRIBED or not event.mailing_list:
        return [event]
    claim = Claim(Purpose.UNSUBSCRIBE, "", mailing_list=event.mailing_list)
    lists = lists_left(newsroom, event.address, claim)
    own = dict.fromkeys((event.mailing_list, *lists))
    return for_lists(event, tuple(own))


def _signing_up(newsroom: Newsroom, reference: str) -> str:
    """Return the canonical address of who was asked by this reference; empty where nobody is stored."""
    subscriber, _, mark = reference.removeprefix(_SIGN_UP).partition("-")
    if not reference.startswith(_SIGN_UP) or len(mark) != _MARK_CHARS:
        return ""
    try:
        return people.get(newsroom.people, subscriber).canonical
    except UnknownSubscriber:
        return ""


def take_in_refusal(newsroom: Newsroom, reference: str, reason: str, *, now: datetime) -> bool:
    """End the sign-up whose mail was refused, where the mailbox is dead; tell whether it is."""
    address = _signing_up(newsroom, reference)
    event = MailEvent(f"refusal-{reference}", EventKind.BOUNCED, reference, now, address, reason)
    bounce = refusals.with_verdict(event)
    if not bounce.is_permanent:
        return False
    take_in(newsroom, [bounce], now=now, is_signed=False)
    return True


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
