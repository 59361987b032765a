"""Postmark's webhooks: bounces, complaints, deliveries, suppressions, clicks.

Postmark signs nothing: its calls bear the name and password that the webhook's address has.

Source: "Bounce webhook", "Spam complaint webhook", "Delivery webhook", "Subscription change webhook" and
"Bounce types", Postmark's developer documentation.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from digest.model import EventKind, Verdict
from digest.transports.judging.providers import weighed
from digest.transports.reports.echoing import REFERENCE_NAME
from digest.transports.reports.posts import (
    Object,
    Read,
    event_of,
    inner,
    moment,
    parsed_object,
    text,
    word,
)

NAME: Final = "Postmark"
_PROVIDER: Final = "postmark"

Told = tuple[EventKind, Verdict | None]

_TYPES: Final[dict[str, Told]] = {
    "hardbounce": (EventKind.BOUNCED, Verdict.DEAD),
    "softbounce": (EventKind.BOUNCED, None),
    "dnserror": (EventKind.BOUNCED, Verdict.UNREACHABLE),
    "spamnotification": (EventKind.BOUNCED, Verdict.POLICY),
    "blocked": (EventKind.BOUNCED, Verdict.POLICY),
    "virusnotification": (EventKind.BOUNCED, Verdict.POLICY),
    "dmarcpolicy": (EventKind.BOUNCED, Verdict.OURS),
    "unknown": (EventKind.BOUNCED, None),
    "undeliverable": (EventKind.BOUNCED, None),
    "bademailaddress": (EventKind.REJECTED, Verdict.DEAD),
    "manuallydeactivated": (EventKind.REJECTED, Verdict.OURS),
    "unconfirmed": (EventKind.REJECTED, Verdict.OURS),
    "smtpapierror": (EventKind.REJECTED, Verdict.OURS),
    "templaterenderingfailed": (EventKind.REJECTED, Verdict.OURS),
    "transient": (EventKind.DEFERRED, None),
    "spamcomplaint": (EventKind.COMPLAINED, None),
    "unsubscribe": (EventKind.UNSUBSCRIBED, None),
}
"""By type of a bounce. What is none of them (an answer from a holiday, a challenge) is no refusal."""

_FOR_NOW: Final = frozenset({"softbounce", "dnserror"})
_RECORDS: Final = {
    "delivery": EventKind.DELIVERED,
    "spamcomplaint": EventKind.COMPLAINED,
    "click": EventKind.CLICKED,
}


def read_events(body: bytes, *, now: datetime) -> Read:
    """Return the event of a proved post; none where it is about no mail of ours, or an open.

    Raises:
        BadData: it is no JSON object.
    """
    said = parsed_object(body, NAME)
    record = word(said, "RecordType")
    reference = _reference(said)
    if not reference or record in ("open", "inbound"):
        return (), ()
    kind, verdict = _told(said, record)
    address = text(said, "Email", "Recipient")
    when = text(said, "BouncedAt", "DeliveredAt", "ChangedAt", "ReceivedAt")
    event = event_of(
        _PROVIDER,
        kind,
        reference,
        at=moment(when, now),
        about=(
            record,
            text(said, "ID"),
            text(said, "MessageID"),
            when,
            address,
            text(said, "OriginalLink"),
        ),
        address=address,
        reason=" ".join(filter(None, (text(said, "Type"), text(said, "Details", "Description")))),
        verdict=verdict,
        url=text(said, "OriginalLink") if kind is EventKind.CLICKED else "",
        raw={name: value for name, value in said.items() if name not in ("Content", "Geo", "Subject")},
    )
    return (event,), ()


def _reference(said: Object) -> str:
    given = inner(said, "Metadata")
    return next((text(given, name) for name in given if name.lower() == REFERENCE_NAME), "")


def _told(said: Object, record: str) -> Told:
    if record == "bounce":
        kind, of_class = _TYPES.get(word(said, "Type"), (EventKind.UNKNOWN, None))
        return kind, _verdict(said, of_class) if kind in (EventKind.BOUNCED, EventKind.REJECTED) else None
    if record == "subscriptionchange":
        return _changed(said), None
    return _RECORDS.get(record, EventKind.UNKNOWN), None


def _verdict(said: Object, of_class: Verdict | None) -> Verdict:
    if of_class is Verdict.OURS:
        return of_class
    found = weighed(
        text(said, "Details", "Description"),
        domain=text(said, "Email").rpartition("@")[2],
        of_class=of_class,
    )
    # A soft bounce may become a hard one, and is told as one then.
    is_for_now = word(said, "Type") in _FOR_NOW
    return Verdict.UNKNOWN if is_for_now and found is Verdict.DEAD else found


def _changed(said: Object) -> EventKind:
    """Return what a suppression at Postmark is; only a reader's own word ends anything here."""
    if said.get("SuppressSending") is not True:
        return EventKind.UNKNOWN
    reason = word(said, "SuppressionReason")
    if reason == "spamcomplaint":
        return EventKind.COMPLAINED
    is_wish = reason == "manualsuppression" and word(said, "Origin") == "recipient"
    return EventKind.UNSUBSCRIBED if is_wish else EventKind.UNKNOWN
