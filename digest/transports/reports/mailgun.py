"""Mailgun's webhooks.

The signature is of a moment and a token, not of what is told: a token that was used may not come with
other words.

Source: "Webhooks" and "Securing webhooks", Mailgun's documentation.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from digest.model import EventKind, Verdict
from digest.transports.judging.providers import weighed
from digest.transports.reports.echoing import REFERENCE_NAME
from digest.transports.reports.posts import (
    Object,
    Proof,
    Read,
    SignatureInvalid,
    Verifier,
    check_age,
    event_of,
    inner,
    moment,
    parsed_object,
    text,
    word,
)

NAME: Final = "Mailgun"
_PROVIDER: Final = "mailgun"
_MAX_TOKEN: Final = 200

_KINDS: Final = {
    "accepted": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "failed": EventKind.BOUNCED,
    "rejected": EventKind.REJECTED,
    "complained": EventKind.COMPLAINED,
    "unsubscribed": EventKind.UNSUBSCRIBED,
    "clicked": EventKind.CLICKED,
}
_NOES: Final = {
    "suppressunsubscribe": EventKind.UNSUBSCRIBED,
    "suppresscomplaint": EventKind.COMPLAINED,
    "606": EventKind.UNSUBSCRIBED,
    "607": EventKind.COMPLAINED,
}
"""By reason, or by Mailgun's own code: what the reader had said on an earlier day."""

_LISTED: Final = frozenset({"suppressbounce", "605", *_NOES})
"""Mailgun did not even try."""

_CLASSES: Final = {"old": Verdict.OURS, "espblock": Verdict.POLICY}


def by_key(signing_key: str) -> Verifier:
    """Return what proves Mailgun's posts."""
    key = signing_key.encode()

    def verify(body: bytes, _headers: Mapping[str, str], now: datetime) -> Proof:
        signed = inner(parsed_object(body, NAME), "signature")
        stamp, token, given = (text(signed, name) for name in ("timestamp", "token", "signature"))
        if not (stamp and token and given) or len(token) > _MAX_TOKEN:
            raise SignatureInvalid(NAME, "it bears no signature")
        right = hmac.new(key, f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(given.lower().encode(), right.encode()):
            raise SignatureInvalid(NAME, "the signature is not Mailgun's")
        if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= 12):
            raise SignatureInvalid(NAME, "it does not say when it was signed")
        try:
            signed_at = datetime.fromtimestamp(int(stamp), now.tzinfo)
        except (ValueError, OverflowError, OSError) as error:
            raise SignatureInvalid(NAME, "it does not say when it was signed") from error
        check_age(NAME, signed_at, now)
        return Proof(token=token)

    return verify


def read_events(body: bytes, *, now: datetime) -> Read:
    """Return the event of a proved post; none where it is about no mail of ours, or an open.

    Raises:
        BadData: it is no JSON object.
    """
    said = inner(parsed_object(body, NAME), "event-data")
    name = word(said, "event")
    reference = text(inner(said, "user-variables"), REFERENCE_NAME)
    if not reference or name == "opened":
        return (), ()
    status = inner(said, "delivery-status")
    kind, verdict, said_no = _told(said, status, name)
    url = text(said, "url") if kind is EventKind.CLICKED else ""
    event = event_of(
        _PROVIDER,
        kind,
        reference,
        at=moment(said.get("timestamp"), now),
        # The id alone is unique within a day only.
        about=(name, text(said, "id"), text(said, "timestamp"), url),
        address=text(said, "recipient"),
        reason=_reason(said, status),
        verdict=verdict,
        said_no=said_no,
        url=url,
        raw={key: said[key] for key in _KEPT if key in said},
    )
    return (event,), ()


_KEPT: Final = ("event", "id", "timestamp", "severity", "reason", "reject", "delivery-status", "recipient")


def _told(said: Object, status: Object, name: str) -> tuple[EventKind, Verdict | None, EventKind | None]:
    kind = _KINDS.get(name, EventKind.UNKNOWN)
    if kind is EventKind.REJECTED:
        return kind, Verdict.OURS, None
    if kind is not EventKind.BOUNCED:
        return kind, None, None
    reason, code = word(said, "reason"), text(status, "code")
    listed = next((one for one in (reason, code) if one in _LISTED), "")
    if listed:
        return EventKind.REJECTED, Verdict.UNKNOWN, _NOES.get(listed)
    if word(said, "severity") == "temporary":
        return EventKind.DEFERRED, None, None
    verdict = weighed(
        _reply(status),
        domain=text(said, "recipient").rpartition("@")[2],
        of_class=_CLASSES.get(reason),
        is_for_now=word(status, "bounce-type") == "soft",
    )
    return kind, verdict, None


def _reply(status: Object) -> str:
    """Return the server's reply, with its numbers before it where its words do not begin with them."""
    words = text(status, "message", "description")
    code, enhanced = text(status, "code"), text(status, "enhanced-code")
    is_reply = code.isdecimal() and len(code) == 3 and code[0] in "45"
    if not is_reply or words.startswith(code):
        return words
    return " ".join(filter(None, (code, enhanced if enhanced not in words else "", words)))


def _reason(said: Object, status: Object) -> str:
    told = inner(said, "reject")
    return " ".join(
        filter(None, (text(said, "reason"), text(told, "reason", "description"), _reply(status)))
    )
