"""Who is told, by which ways, and from when on something is wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from html import escape

from digest.errors import ConfigurationError, DigestError, Fault
from digest.model import Batch, Delivery, EditionKey, Outcome, RenderedEdition, Variant
from digest.rendering.tokens import disarm
from digest.settings.schema import Settings
from digest.settings.unpacking import newsletters_of, site_of
from digest.settings.upkeep import AlertsSettings
from digest.upkeep.alarms.channels import (
    Channel,
    HookChannel,
    MailChannel,
    PingChannel,
    ProgramChannel,
)
from digest.upkeep.alarms.messages import Letter, Message
from digest.wiring.newsroom import letterhead
from digest.wiring.transport import at_once
from subscribers.address import EmailAddress, normalize
from subscribers.errors import InvalidAddress

USUAL = AlertsSettings()


@dataclass(frozen=True, slots=True)
class Bell:
    """Who is told, and how.

    Attributes:
        url: where the desk is, for links; empty for none.
        rules: from when on something is wrong.
    """

    url: str = ""
    channels: tuple[Channel, ...] = ()
    rules: AlertsSettings = USUAL


NOBODY = Bell()


def bell_of(settings: Settings) -> Bell:
    """Return who is to be told.

    Raises:
        ConfigurationError: `desk.alerts` holds what is no reader's address.
    """
    return Bell((settings.desk.url or "").rstrip("/"), tuple(_channels(settings)), settings.alerts)


def is_heard_of_alone(settings: Settings) -> bool:
    """Tell whether somebody is told though the newsletters' transport is dead."""
    given = settings.alerts
    return any((given.smtp, given.url, given.command, settings.desk.ping))


def _channels(settings: Settings) -> list[Channel]:
    given, found = settings.alerts, list[Channel]()
    desk = _addresses(settings)
    if given.smtp is not None:
        to = [one.address for one in given.smtp.to] + [one.address for one in desk]
        found.append(MailChannel(given.smtp, tuple(dict.fromkeys(to))))
    elif desk:
        found.append(TransportChannel(settings, desk))
    if given.url is not None:
        found.append(HookChannel(given.url.get_secret_value(), given.secret.get_secret_value()))
    if given.command:
        found.append(ProgramChannel(given.command))
    if settings.desk.ping:
        found.append(PingChannel(settings.desk.ping))
    return found


def _addresses(settings: Settings) -> tuple[EmailAddress, ...]:
    try:
        return tuple(normalize(mailbox.address) for mailbox in settings.desk.alerts)
    except InvalidAddress as error:
        raise ConfigurationError([Fault("desk.alerts", str(error).rstrip("."))]) from error


@dataclass(frozen=True, slots=True)
class TransportChannel:
    """Mail by the newsletters' own transport, where `desk.alerts` has no other way."""

    settings: Settings
    to: tuple[EmailAddress, ...]
    name: str = "transport"

    def tell(self, message: Message) -> str:
        """Send one mail of no list to each of them."""
        return self.send(message.letter, self.to)

    def send(self, letter: Letter, to: Sequence[EmailAddress]) -> str:
        """Send a letter to others; return why nobody got it, or nothing."""
        newsletters = newsletters_of(self.settings)
        own = [one for one in newsletters if one.key == letter.newsletter]
        site = site_of(self.settings)
        head = replace(
            letterhead((own or list(newsletters))[0], site, letter.at),
            list_id="",
            archive_url="",
            help_url="",
        )
        deliveries = tuple(_delivery(letter, address) for address in to)
        values = tuple({"name": ""} for _ in deliveries)
        try:
            with closing(at_once(self.settings)) as transport:
                receipts = list(transport.send(Batch(head, _written(letter), deliveries, values)))
        except DigestError as error:
            return str(error)
        lost = [one.reason for one in receipts if one.outcome is not Outcome.SENT]
        return lost[0] if len(lost) == len(deliveries) else ""


def _written(letter: Letter) -> RenderedEdition:
    # Names that people give may look like a reader's value.
    text, subject = disarm(letter.text), disarm(" ".join(letter.subject.split()))
    paragraphs = "".join(
        f'<p><a href="{escape(part)}">{escape(letter.invites)}</a></p>'
        if part == letter.page
        else f"<p>{escape(part)}</p>"
        for part in text.strip().split("\n\n")
    )
    body = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(subject)}</title>'
        f"</head>\n<body>{paragraphs}</body></html>\n"
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return RenderedEdition(Variant(), subject, body, text, digest)


def _delivery(letter: Letter, address: EmailAddress) -> Delivery:
    """Return a delivery that is in no ledger: its reader is nobody."""
    name = hashlib.sha256(f"alarm\n{letter.name}\n{address.canonical}".encode()).hexdigest()
    return Delivery(
        edition=EditionKey("alarm", letter.at.date()),
        subscriber=f"alarm-{name[:24]}",
        address=address.address,
        name="",
        variant=Variant(),
        attempt=1,
        reference=f"alarm{name[:27]}",
    )
