"""An edition that does not go out, or reaches nobody, or stops: somebody is told, once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from html import escape

import httpx

from digest.dispatch.audit import standing
from digest.errors import ConfigurationError, DigestError, Fault
from digest.model import (
    Approval,
    Batch,
    Delivery,
    Edition,
    EditionState,
    Ending,
    Newsletter,
    Outcome,
    RenderedEdition,
    Variant,
)
from digest.model.desk import AuditEntry
from digest.selection.window import edition_day, last_approval, send_time
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of
from digest.wiring import nobody
from digest.wiring.newsroom import Newsroom, letterhead
from digest.wiring.transport import at_once
from subscribers.address import EmailAddress, normalize
from subscribers.errors import InvalidAddress

log = logging.getLogger(__name__)

MISSED = "missed its deadline"
REACHED_NOBODY = "reached nobody in time"
STOPPED = "was stopped"
NO_READERS = "has nobody to go to"
RECENT = timedelta(days=2)
"""What went wrong longer ago is told by audits and pages, no longer by alarms."""

PING_TIMEOUT_S = 10.0
LOOKED_AT = 6
"""Editions of each newsletter, the newest: a week's best and corrections count too."""


@dataclass(frozen=True, slots=True)
class Bell:
    """Who is told, and how.

    Attributes:
        url: where the desk is, for the link in the mail; empty for no link.
        alerts: who gets a mail.
        ping: what address is called; empty for none.
    """

    url: str = ""
    alerts: tuple[EmailAddress, ...] = ()
    ping: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What somebody must be told of an edition.

    Attributes:
        action: how the audit log remembers that it was told.
        subject: of the mail, before the edition's name.
    """

    action: str
    subject: str
    said: str


NOBODY = Bell()


def bell_of(settings: Settings) -> Bell:
    """Return who is to be told.

    Raises:
        ConfigurationError: `desk.alerts` holds what is no reader's address.
    """
    given = settings.desk
    try:
        found = tuple(normalize(mailbox.address) for mailbox in given.alerts)
    except InvalidAddress as error:
        raise ConfigurationError([Fault("desk.alerts", str(error).rstrip("."))]) from error
    return Bell((given.url or "").rstrip("/"), found, given.ping or "")


def ring(
    newsroom: Newsroom, bell: Bell, *, now: datetime, ping: Callable[[str], None] | None = None
) -> int:
    """Tell of every edition in trouble, by mail and ping; return how many.

    Trouble is that nobody approved it in time, that it was too late for most or all, that it stopped by
    itself, or that it has no readers. The audit log remembers of what it was told, so each is told once,
    whoever looks: the desk, and every `digest run`.
    """
    told = 0
    for newsletter in newsletters_of(newsroom.settings):
        for edition in newsroom.database.editions.listed(newsletter.key, limit=LOOKED_AT):
            trouble = trouble_of(newsroom, newsletter, edition, now)
            if trouble is not None and not _is_told(newsroom, edition, trouble):
                _note(newsroom, edition, trouble, now)
                if bell.alerts:
                    _mail(newsroom, newsletter, edition, trouble, bell, now=now)
                if bell.ping:
                    (ping or _ping)(bell.ping)
                told += 1
    return told


def trouble_of(
    newsroom: Newsroom, newsletter: Newsletter, edition: Edition, now: datetime
) -> Trouble | None:
    """Return what somebody must be told of an edition; None where all is well."""
    key = edition.key
    if is_missed(edition, newsletter, now):
        said = f"{key} was not approved before its deadline. Nothing was sent, and nothing will be."
        return Trouble(MISSED, "Not sent", said)
    if edition_day(newsletter.schedule, now) - key.day > RECENT:
        return None
    if edition.state is EditionState.APPROVED and not key.slot:
        due = now >= send_time(newsletter.schedule, key.day)
        why = nobody.why(newsroom.settings, newsletter.key, newsroom.people) if due else ""
        return Trouble(NO_READERS, "Nobody to send to", f"{key} does not go out: {why}.") if why else None
    ledger = newsroom.database.ledger
    dispatch = ledger.dispatch(key)
    if dispatch is None or dispatch.canceled:
        return None
    ending, note = standing(key, ledger.tally(key), dispatch)
    if ending is Ending.MISSED:
        return Trouble(REACHED_NOBODY, "Hardly anybody reached", f"{key} is {ending}: {note}.")
    if ending is Ending.STOPPED:
        return Trouble(STOPPED, "Stopped", f"{key} is {ending}: {note}.")
    return None


def is_missed(edition: Edition, newsletter: Newsletter, now: datetime) -> bool:
    """Tell whether the edition waits for an approval that would come too late."""
    latest = last_approval(newsletter, edition.key.day, is_again=bool(edition.canceled))
    is_asked = newsletter.approval is Approval.REQUIRED or bool(edition.canceled)
    is_waiting = edition.state is EditionState.DRAFT and is_asked
    return is_waiting and latest is not None and now >= latest


def _is_told(newsroom: Newsroom, edition: Edition, trouble: Trouble) -> bool:
    entries = newsroom.database.audit_log.entries(edition=str(edition.key))
    return any(entry.action == trouble.action for entry in entries)


def _note(newsroom: Newsroom, edition: Edition, trouble: Trouble, now: datetime) -> None:
    """Remember that it is told, before the mail: once at most, though a mail that can't leave is lost."""
    log.error("%s", trouble.said)
    detail = "nothing was sent" if trouble.action == MISSED else trouble.said
    newsroom.database.audit_log.add(
        AuditEntry(now, "digest", trouble.action, str(edition.key), edition.revision, detail=detail)
    )


def _mail(
    newsroom: Newsroom,
    newsletter: Newsletter,
    edition: Edition,
    trouble: Trouble,
    bell: Bell,
    *,
    now: datetime,
) -> None:
    """Send one mail of no list to each address; what does not leave is logged."""
    slot = f"~{edition.key.slot}" if edition.key.slot else ""
    page = f"{bell.url}/desk/editions/{edition.key.newsletter}/{edition.key.day}{slot}" if bell.url else ""
    rendered = _written(f"{trouble.subject}: {edition.key}", trouble.said, page)
    head = replace(letterhead(newsletter, newsroom.site, now), list_id="", archive_url="", help_url="")
    deliveries = tuple(_delivery(edition, address) for address in bell.alerts)
    values = tuple({"name": ""} for _ in deliveries)
    masked = {one.reference: to.masked for one, to in zip(deliveries, bell.alerts, strict=True)}
    try:
        with closing(at_once(newsroom.settings)) as transport:
            for receipt in transport.send(Batch(head, rendered, deliveries, values)):
                if receipt.outcome is not Outcome.SENT:
                    log.error(
                        "the alarm to %s did not leave: %s", masked[receipt.reference], receipt.reason
                    )
    except DigestError as error:
        log.error("the alarm did not leave: %s", error)  # noqa: TRY400 - its sentence says it all


def _written(subject: str, said: str, page: str) -> RenderedEdition:
    text = f"{said}\n\n{page}\n" if page else f"{said}\n"
    link = f'<p><a href="{escape(page)}">The edition at the desk</a></p>' if page else ""
    body = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
        f"</head>\n<body><p>{escape(said)}</p>{link}</body></html>\n"
    )
    return RenderedEdition(Variant(), subject, body, text, hashlib.sha256(text.encode()).hexdigest())


def _delivery(edition: Edition, address: EmailAddress) -> Delivery:
    """Return a delivery that is in no ledger: its reader is nobody."""
    name = hashlib.sha256(f"alarm\n{edition.key}\n{address.canonical}".encode()).hexdigest()
    return Delivery(
        edition=edition.key,
        subscriber=f"alarm-{name[:24]}",
        address=address.address,
        name="",
        variant=Variant(),
        attempt=1,
        reference=f"alarm{name[:27]}",
    )


def _ping(url: str) -> None:
    try:
        httpx.post(url, timeout=PING_TIMEOUT_S)
    except httpx.HTTPError as error:
        log.warning("the ping did not arrive: %s", type(error).__name__)
