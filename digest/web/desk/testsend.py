"""A test of the mail to a few typed addresses.

What is handed in is a rendering, a letterhead and a way to send; there is no audience, no ledger and no
newsletter here, so nothing in this module can reach a list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from digest.errors import BadData
from digest.model import Batch, Delivery, EditionKey, Letterhead, Outcome, RenderedEdition
from digest.ports import Personalizer, Transport
from digest.words.speaking import say
from subscribers import address as addresses_of_people
from subscribers.address import EmailAddress
from subscribers.errors import SubscribersError

MOST_ADDRESSES = 5

_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class TestMail:
    """What is tested."""

    __test__ = False

    edition: EditionKey
    rendered: RenderedEdition
    letterhead: Letterhead
    personalizer: Personalizer


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one test mail; the address is masked."""

    address: str
    is_sent: bool
    reason: str


def typed(text: str) -> tuple[EmailAddress, ...]:
    """Return the addresses that somebody typed, each once.

    Raises:
        BadData: none, more than five, or one that is no address.
    """
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    if not pieces:
        raise BadData(say("The test"), say("no address was typed"))
    found: dict[str, EmailAddress] = {}
    for piece in pieces:
        try:
            address = addresses_of_people.normalize(piece)
        except SubscribersError as error:
            raise BadData(
                f"{piece[:60]!r}", say("it is no address"), say("Mend it and send again.")
            ) from error
        found[address.canonical] = address
    if len(found) > MOST_ADDRESSES:
        raise BadData(
            say("The test"),
            say(
                "%(count)s addresses were typed, %(most_addresses)s at most",
                count=len(found),
                most_addresses=MOST_ADDRESSES,
            ),
        )
    return tuple(found.values())


def send(
    addresses: Sequence[EmailAddress],
    mail: TestMail,
    transport: Callable[[], Transport],
    *,
    now: datetime,
) -> tuple[Tried, ...]:
    """Send one mail to each address and return what became of it.

    Raises:
        BadData: more than five addresses.
        TransportUnavailable: nothing left.
    """
    if len(addresses) > MOST_ADDRESSES:
        raise BadData(
            say("The test"),
            say(
                "%(count)s addresses were given, %(most_addresses)s at most",
                count=len(addresses),
                most_addresses=MOST_ADDRESSES,
            ),
        )
    deliveries = tuple(_delivery(one, mail, now) for one in addresses)
    values = tuple(mail.personalizer.values(delivery) for delivery in deliveries)
    by_reference = dict(zip((one.reference for one in deliveries), addresses, strict=True))
    with closing(transport()) as opened:
        return tuple(
            Tried(by_reference[receipt.reference].masked, receipt.outcome is Outcome.SENT, receipt.reason)
            for receipt in opened.send(Batch(mail.letterhead, mail.rendered, deliveries, values))
        )


def masked(addresses: Sequence[EmailAddress]) -> str:
    """Return the addresses as the log may hold them."""
    return ", ".join(address.masked for address in addresses)


def _delivery(address: EmailAddress, mail: TestMail, now: datetime) -> Delivery:
    """Return a delivery that is in no ledger: its reader is nobody, its reference is known to none."""
    name = hashlib.sha256(f"{mail.edition}\n{address.canonical}\n{now.isoformat()}".encode()).hexdigest()
    return Delivery(
        edition=mail.edition,
        subscriber=f"test-{name[:24]}",
        address=address.address,
        name="",
        variant=mail.rendered.variant,
        attempt=1,
        reference=f"test{name[:28]}",
        mailing_list="test",
    )
