"""The mail that asks whether a sign-up was meant: one link, to one person, of no list."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from jinja2 import Environment

from digest.model import (
    Batch,
    Delivery,
    EditionKey,
    Letterhead,
    Newsletter,
    Outcome,
    RenderedEdition,
    Site,
    Variant,
)
from digest.ports import Transport
from digest.rendering.phrases import page_phrases
from digest.upkeep.feedback import sign_up_reference
from digest.wiring.newsroom import letterhead
from subscribers.consent import SignUp
from subscribers.signed_links import Signer

log = logging.getLogger(__name__)

CONFIRM_PATH = "/c/"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A mail to one address.

    Attributes:
        mark: 32 signs, the same for the same sign-up: a mail sent twice is one file in the outbox.
        reference: leads a bounce back to who signed up.
    """

    address: str
    rendered: RenderedEdition
    letterhead: Letterhead
    day: datetime
    mark: str
    reference: str


def written(
    sign_up: SignUp,
    newsletter: Newsletter,
    templates: Environment,
    *,
    title: str,
    site: Site,
    signer: Signer,
    language: str,
    now: datetime,
) -> Confirmation:
    """Write the mail for a sign-up that waits; `title` is what readers call the list.

    Raises:
        ValueError: the sign-up waits for nothing.
    """
    if sign_up.requested_at is None:
        raise ValueError("This sign-up waits for no confirmation.")
    asked = sign_up.requested_at
    token = signer.confirm(sign_up.subscriber, sign_up.mailing_list, requested_at=asked, now=now)
    words = page_phrases(language)
    known = {
        "say": words.gettext,
        "words": words,
        "site": site,
        "title": title,
        "url": f"{site.url}{CONFIRM_PATH}{token}",
    }
    subject, html, text = (
        templates.get_template(f"confirmation{ending}").render(known).strip()
        for ending in (".subject.txt", ".html", ".txt")
    )
    whole = hashlib.sha256("\0".join((subject, html, text)).encode()).hexdigest()
    rendered = RenderedEdition(Variant(words.language), subject, html, text, whole, words.language)
    head = letterhead(newsletter, site, now)
    single = replace(head, list_id="", archive_url="", help_url="", categories=("confirmation",))
    named = f"{sign_up.subscriber}\n{sign_up.mailing_list}\n{asked.isoformat()}"
    mark = hashlib.sha256(named.encode()).hexdigest()[:32]
    reference = sign_up_reference(sign_up.subscriber, mark)
    return Confirmation(sign_up.address, rendered, single, now, mark, reference)


def send(
    mail: Confirmation, transport: Callable[[], Transport], refused: Callable[[str, str], object]
) -> bool:
    """Send the mail; False where it is sure that it did not leave, and may be tried again.

    Args:
        refused: is told the reference, and the server's words, of what was refused for good.

    Raises:
        TransportUnavailable: nothing left.
    """
    delivery = Delivery(
        edition=EditionKey("confirmation", mail.day.date()),
        subscriber=mail.mark,
        address=mail.address,
        name="",
        variant=mail.rendered.variant,
        attempt=1,
        reference=mail.reference,
    )
    with closing(transport()) as opened:
        receipts = list(opened.send(Batch(mail.letterhead, mail.rendered, (delivery,), ({"name": ""},))))
    for receipt in receipts:
        if receipt.outcome is not Outcome.SENT:
            log.warning("a confirmation was not sent: %s %s", receipt.outcome, receipt.reason)
        if receipt.outcome is Outcome.FAILED:
            refused(receipt.reference, receipt.reason)
    return all(receipt.outcome is not Outcome.AGAIN for receipt in receipts)
