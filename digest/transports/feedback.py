"""Bounces and complaints that come back by mail, told in our own vocabulary.

Bounces are judged by the words of whoever refused the mail (`judging`), complaints are read by the Abuse
Reporting Format. Whose mail it was is told by the envelope sender (VERP), else by our header in the
quoted mail.

Source: RFC 3464 (bounces), RFC 5965 and RFC 6650 (complaints), RFC 6591 (failed authentication, none).
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import Final

from digest.model import EventKind, MailEvent, Problem, Verdict
from digest.transports.bounces.parts import text_of_machines
from digest.transports.bounces.reading import read_bounce
from digest.transports.headers import scrubbed
from digest.transports.mime import REFERENCE_HEADER
from digest.transports.verp import Verp, attempt_of

_QUOTED_REFERENCE: Final = re.compile(
    rf"^[>\s]*{REFERENCE_HEADER}:\s*([A-Za-z0-9._-]+)\s*$", re.MULTILINE | re.IGNORECASE
)
_MAX_RAW: Final = 20_000
_COMMENT: Final = re.compile(r"\([^()]{0,200}\)")
_COMPLAINTS: Final = frozenset({"abuse", "complaint", "fraud", "miscategorized", "other", "spam", "virus"})
_OPT_OUTS: Final = frozenset({"opt-out", "opt-out-list"})
"""Of the format's early drafts, still sent: a wish to get no more."""

_OF_AUTHENTICATION: Final = ("Auth-Failure", "Identity-Alignment", "DKIM-Domain", "SPF-DNS")
"""Fields of a report on failed authentication (RFC 6591, RFC 7489)."""


def read_feedback(raw: bytes, *, verp: Verp | None, now: datetime) -> MailEvent | Problem:
    """Return what one mail in the bounce box tells of one delivery.

    Args:
        raw: the whole mail.
        verp: who made the envelope senders; None where they are not in use, and only what the bounce
            quotes of our mail can name the delivery (a stranger could make that up).
        now: where the mail bears no date.

    Returns:
        The event; or a problem where the mail is no bounce or complaint, or about no mail of ours.
    """
    message = email.message_from_bytes(raw, policy=compat32)
    where = f"bounce box, {scrubbed(str(message.get('Message-ID') or 'a mail without Message-ID'))}"
    report = _feedback_report(message)
    told = _bounce(message) if report is None else _complaint(report)
    if told is None:
        return Problem(where, "it is neither a bounce nor a complaint")
    reference = _reference(message, raw, verp)
    if reference is None:
        return Problem(where, "it is about no mail that can be proved ours")
    kind, address, reason, verdict = told
    return MailEvent(
        event_id=f"mail:{hashlib.sha256(raw).hexdigest()[:32]}",
        kind=kind,
        reference=reference,
        at=_date(message, now),
        address=address,
        reason=reason,
        is_permanent=verdict is Verdict.DEAD,
        verdict=verdict,
        raw=raw[:_MAX_RAW].decode("utf-8", "replace"),
    )


Told = tuple[EventKind, str, str, Verdict | None]
"""Kind, address, reason, and the verdict on the mailbox."""


def _bounce(message: Message) -> Told | None:
    found = read_bounce(message)
    if found is None:
        return None
    return found.kind, found.address, scrubbed(found.reason), found.verdict


def _feedback_report(message: Message) -> Message | None:
    """Return the fields of a report in the Abuse Reporting Format; None where the mail is none."""
    if message.get_content_type() != "multipart/report":
        return None
    parts = (part for part in message.walk() if part.get_content_type() == "message/feedback-report")
    return next(map(_fields, parts), None)


def _complaint(report: Message) -> Told | None:
    """Read a report; None where it is no reader's complaint: `not-spam`, or what DMARC asks for."""
    said = _COMMENT.sub(" ", str(report.get("Feedback-Type", ""))).lower()
    kind = next(iter(re.split(r"[\s;,]+", said.strip())), "")
    if not kind and not any(report.get(name) for name in _OF_AUTHENTICATION):
        kind = "abuse"
    address = parseaddr(str(report.get("Original-Rcpt-To", "")))[1]
    if kind in _OPT_OUTS:
        return EventKind.UNSUBSCRIBED, address, scrubbed(f"{kind} {report.get('User-Agent', '')}"), None
    if kind not in _COMPLAINTS:
        return None
    return EventKind.COMPLAINED, address, scrubbed(f"{kind} {report.get('User-Agent', '')}"), None


def _fields(part: Message) -> Message:
    """Return a report's fields; the parser takes them for an embedded mail or for text."""
    return email.message_from_string(text_of_machines(part), policy=compat32)


def _reference(message: Message, raw: bytes, verp: Verp | None) -> str | None:
    """Return the delivery's reference: proved by VERP where it is in use, else as quoted."""
    found = _QUOTED_REFERENCE.search(raw.decode("utf-8", "replace"))
    quoted = found[1] if found else None
    if verp is None:
        return quoted
    for address in _addresses(message, raw):
        reference = verp.reference(address)
        if reference is not None:
            return attempt_of(reference, quoted)
    return None


def _addresses(message: Message, raw: bytes) -> Iterator[str]:
    """Yield where the mail went, then the envelope senders it quotes."""
    names = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
    lines = [str(line) for name in names for line in message.get_all(name, [])]
    for _, address in getaddresses(lines):
        yield address
    for found in re.finditer(
        rb"^[>\s]*(?:Return-Path|Original-Mail-From):\s*<?([^\s<>]+)>?", raw, re.MULTILINE | re.IGNORECASE
    ):
        yield found[1].decode("ascii", "replace")


def _date(message: Message, now: datetime) -> datetime:
    try:
        date = parsedate_to_datetime(str(message.get("Date") or ""))
    except ValueError:
        return now
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(date, now)
