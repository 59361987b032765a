"""An edition that nobody approved in time does not go out; somebody is told, once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

import httpx

from digest.errors import ConfigurationError, DigestError, Fault
from digest.model import (
    Approval,
    Batch,
    Delivery,
    Edition,
    EditionState,
    Newsletter,
    Outcome,
    RenderedEdition,
    Variant,
)
from digest.model.desk import AuditEntry
from digest.selection.window import last_approval
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of
from digest.wiring.newsroom import Newsroom, letterhead
from digest.wiring.transport import at_once
from subscribers.address import EmailAddress, normalize
from subscribers.errors import InvalidAddress

log = logging.getLogger(__name__)

MISSED = "missed its deadline"
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
    """Tell of every edition that nobody approved in time, by mail and ping; return how many.

    The audit log remembers whom it was told of, so each is told once, whoever looks: the desk, and every
    `digest run`.
    """
    told = 0
    for newsletter in newsletters_of(newsroom.settings):
        for edition in newsroom.database.editions.listed(newsletter.key, limit=LOOKED_AT):
            if is_missed(edition, newsletter, now) and not _is_told(newsroom, edition):
                _note(newsroom, edition, now)
                if bell.alerts:
                    _mail(newsroom, newsletter, edition, bell, now=now)
                if bell.ping:
                    (ping or _ping)(bell.ping)
                told += 1
    return told


def is_missed(edition: Edition, newsletter: Newsletter, now: datetime) -> bool:
    """Tell whether the edition waits for an approval that would come too late."""
    latest = last_approval(newsletter, edition.key.day)
    is_waiting = edition.state is EditionState.DRAFT and newsletter.approval is Approval.REQUIRED
    return is_waiting and latest is not None and now >= latest


def _is_told(newsroom: Newsroom, edition: Edition) -> bool:
    entries = newsroom.database.audit_log.entries(edition=str(edition.key))
    return any(entry.action == MISSED for entry in entries)


def _note(newsroom: Newsroom, edition: Edition, now: datetime) -> None:
    """Remember that it is told, before the mail: once at most, though a mail that can't leave is lost."""
    log.error("%s", _said(edition))
    newsroom.database.audit_log.add(
        AuditEntry(now, "digest", MISSED, str(edition.key), edition.revision, detail="nothing was sent")
    )


def _said(edition: Edition) -> str:
    return f"{edition.key} was not approved before its deadline. Nothing was sent, and nothing will be."


def _mail(
    newsroom: Newsroom, newsletter: Newsletter, edition: Edition, bell: Bell, *, now: datetime
) -> None:
    """Send one mail of no list to each address; what does not leave is logged."""
    slot = f"~{edition.key.slot}" if edition.key.slot else ""
    page = f"{bell.url}/desk/editions/{edition.key.newsletter}/{edition.key.day}{slot}" if bell.url else ""
    rendered = _written(f"Not sent: {edition.key}", _said(edition), page)
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
