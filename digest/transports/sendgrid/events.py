"""SendGrid's event webhook: proved, read and told in our own vocabulary."""

from __future__ import annotations

import binascii
import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson

from digest.errors import BadData, ConfigurationError, Fault
from digest.model import EventKind, MailEvent, Problem, Verdict
from digest.transports.headers import scrubbed
from digest.transports.reports import posts
from digest.transports.reports.posts import kept
from digest.transports.sendgrid import refusals
from digest.transports.sendgrid.rows import REFERENCE_ARG

SIGNATURE_HEADER: Final = "X-Twilio-Email-Event-Webhook-Signature"
TIMESTAMP_HEADER: Final = "X-Twilio-Email-Event-Webhook-Timestamp"

MAX_AGE: Final = timedelta(hours=25)
"""SendGrid repeats a post that we failed to answer for 24 hours, with a new timestamp each time; an
older one is a replay."""

MAX_AHEAD: Final = timedelta(minutes=5)
_MAX_DIGITS: Final = 12

_KINDS: Final = {
    "processed": EventKind.ACCEPTED,
    "delivered": EventKind.DELIVERED,
    "deferred": EventKind.DEFERRED,
    "bounce": EventKind.BOUNCED,
    "blocked": EventKind.BOUNCED,
    "dropped": EventKind.REJECTED,
    "spamreport": EventKind.COMPLAINED,
    "unsubscribe": EventKind.UNSUBSCRIBED,
    "groupunsubscribe": EventKind.UNSUBSCRIBED,
    "click": EventKind.CLICKED,
}


class SignatureInvalid(posts.SignatureInvalid):
    """A webhook call that SendGrid did not make, or not now; answer it with 403."""

    def __init__(self, problem: str) -> None:
        """Say what is wrong; never what would be right."""
        super().__init__("SendGrid", problem)


class EventVerifier:
    """Knows the account's public key."""

    def __init__(self, public_key: str, *, max_age: timedelta = MAX_AGE) -> None:
        """Take the verification key as SendGrid's settings page shows it.

        Raises:
            ConfigurationError: it is no ECDSA public key.
            MissingExtra: the package is not installed.
        """
        # The desk opens without the package; only who gives a key needs it.
        from digest.transports.sendgrid.package import EllipticCurvePublicKey, EventWebhook

        try:
            self._webhook = EventWebhook(public_key.strip())
        except ValueError as error:
            raise _key_fault() from error
        if not isinstance(self._webhook.public_key, EllipticCurvePublicKey):
            raise _key_fault()
        self._max_age = max_age

    def verify(self, body: bytes, *, signature: str, timestamp: str, now: datetime) -> None:
        """Return if SendGrid signed these very bytes, lately.

        Args:
            body: raw, as it came.
            signature: the header `SIGNATURE_HEADER`.
            timestamp: the header `TIMESTAMP_HEADER`, seconds since the epoch.
            now: for the age.

        Raises:
            SignatureInvalid: not signed by the key, malformed, too old, or from the future.
        """
        try:
            is_signed = self._webhook.verify_signature(body.decode(), signature, timestamp)
            signed_at = datetime.fromtimestamp(int(timestamp), UTC)
        except (binascii.Error, ValueError, OverflowError, OSError) as error:
            raise SignatureInvalid("the signature is malformed") from error
        if not is_signed:
            raise SignatureInvalid("the signature is not SendGrid's")
        if not -MAX_AHEAD <= now - signed_at <= self._max_age:
            raise SignatureInvalid(f"it was signed at {signed_at.isoformat()}, not lately")


def read_events(body: bytes, *, now: datetime) -> tuple[tuple[MailEvent, ...], tuple[Problem, ...]]:
    """Return the events of a verified post, and what in it could not be read.

    Events about mails that are not ours (without our reference) are left out: the account may send
    others. Opens are left out too: nobody's reading is watched.

    Raises:
        BadData: it is no list of events at all; answer it with 400.
    """
    if len(body) > posts.MAX_BODY_BYTES:
        raise BadData("SendGrid's event webhook", f"it has {len(body)} bytes")
    try:
        posted = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadData("SendGrid's event webhook", "it is no JSON") from error
    if not isinstance(posted, list):
        raise BadData("SendGrid's event webhook", "it is no list")
    events: dict[str, MailEvent] = {}
    problems: list[Problem] = []
    for number, said in enumerate(posted, start=1):
        if not isinstance(said, dict):
            problems.append(Problem(f"SendGrid event {number}", "it is no object"))
        elif isinstance(said.get(REFERENCE_ARG), str) and refusals.event_name(said) != "open":
            event = _event(said, now)
            events.setdefault(event.event_id, event)
    return tuple(events.values()), tuple(problems)


def _event(said: Mapping[str, Any], now: datetime) -> MailEvent:
    raw = kept(said)
    kind = _KINDS.get(refusals.event_name(said), EventKind.UNKNOWN)
    status = str(said.get("status") or "")
    found = refusals.verdict(said) if kind in (EventKind.BOUNCED, EventKind.REJECTED) else None
    return MailEvent(
        event_id=str(said.get("sg_event_id") or "") or f"sha256:{hashlib.sha256(raw.encode()).hexdigest()}",
        kind=kind,
        reference=str(said[REFERENCE_ARG]),
        at=_moment(said.get("timestamp"), now),
        address=str(said.get("email") or ""),
        reason=scrubbed(" ".join(part for part in (status, str(said.get("reason") or "")) if part)),
        is_permanent=found is Verdict.DEAD,
        verdict=found,
        said_no=refusals.said_no(said),
        url=str(said.get("url") or "") if kind is EventKind.CLICKED else "",
        raw=raw,
    )


def _moment(timestamp: object, now: datetime) -> datetime:
    """Return the event's time, or `now` where it gives none that can be."""
    if isinstance(timestamp, str) and timestamp.isascii() and timestamp.isdigit():
        timestamp = int(timestamp[:_MAX_DIGITS])
    if isinstance(timestamp, int | float) and not isinstance(timestamp, bool):
        try:
            return datetime.fromtimestamp(timestamp, UTC)
        except (ValueError, OverflowError, OSError):
            return now
    return now


def _key_fault() -> ConfigurationError:
    problem = "it is no ECDSA public key as SendGrid's settings page shows it"
    return ConfigurationError([Fault("desk.sendgrid_key", problem)])
