"""Bounces and complaints that come back by mail, told in our own vocabulary.

Bounces are read by flufl.bounce (every dialect it knows), complaints by the Abuse Reporting Format.
Whose mail it was is told by the envelope sender (VERP), else by our header in the quoted mail.

Source: RFC 3464 (bounces), RFC 5965 (complaints).
"""

from __future__ import annotations

import email
import email.errors
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import Final

from digest.errors import MissingExtra
from digest.model import EventKind, MailEvent, Problem
from digest.transports.headers import scrubbed
from digest.transports.mime import REFERENCE_HEADER
from digest.transports.verp import Verp

_STATUS: Final = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.MULTILINE | re.IGNORECASE)
_QUOTED_REFERENCE: Final = re.compile(
    rf"^[>\s]*{REFERENCE_HEADER}:\s*([A-Za-z0-9._-]+)\s*$", re.MULTILINE | re.IGNORECASE
)
_MAX_RAW: Final = 20_000


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
    told = _complaint(message) or _bounce(message, raw)
    if told is None:
        return Problem(where, "it is neither a bounce nor a complaint")
    reference = _reference(message, raw, verp)
    if reference is None:
        return Problem(where, "it is about no mail that can be proved ours")
    kind, address, reason, is_permanent = told
    return MailEvent(
        event_id=f"mail:{hashlib.sha256(raw).hexdigest()[:32]}",
        kind=kind,
        reference=reference,
        at=_date(message, now),
        address=address,
        reason=reason,
        is_permanent=is_permanent,
        raw=raw[:_MAX_RAW].decode("utf-8", "replace"),
    )


Told = tuple[EventKind, str, str, bool]
"""Kind, address, reason, whether it is permanent."""


def _bounce(message: Message, raw: bytes) -> Told | None:
    try:
        from flufl.bounce import all_failures
    except ImportError as error:
        raise MissingExtra("Reading bounces", "feedback") from error
    try:
        temporary, permanent = all_failures(message)
    except (AttributeError, LookupError, TypeError, ValueError):
        # A detector stumbled over a malformed mail; what no detector reads is no bounce.
        return None
    found = sorted(permanent) or sorted(temporary)
    if not found:
        return None
    status = _STATUS.search(raw.decode("utf-8", "replace"))
    reason = status[1] if status else ("permanent failure" if permanent else "temporary failure")
    is_permanent = bool(permanent) and not (status and status[1].startswith("4"))
    kind = EventKind.BOUNCED if is_permanent else EventKind.DEFERRED
    return kind, found[0].decode("utf-8", "replace"), reason, is_permanent


def _complaint(message: Message) -> Told | None:
    """Read an abuse report; `not-spam` is none."""
    if message.get_content_type() != "multipart/report":
        return None
    for part in message.walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        report = _fields(part)
        kind = report.get("Feedback-Type", "abuse").strip().lower()
        if kind == "not-spam":
            return None
        address = parseaddr(report.get("Original-Rcpt-To", ""))[1]
        return EventKind.COMPLAINED, address, scrubbed(f"{kind} {report.get('User-Agent', '')}"), False
    return None


def _fields(part: Message) -> Message:
    """Return a report's fields; the parser takes them for an embedded message or for text."""
    if part.is_multipart():
        return next(inner for inner in part.walk() if inner is not part)
    decoded = part.get_payload(decode=True)
    return email.message_from_bytes(decoded if isinstance(decoded, bytes) else b"", policy=compat32)


def _reference(message: Message, raw: bytes, verp: Verp | None) -> str | None:
    """Return the delivery's reference: proved by VERP where it is in use, else as quoted."""
    if verp is None:
        quoted = _QUOTED_REFERENCE.search(raw.decode("utf-8", "replace"))
        return quoted[1] if quoted else None
    for address in _addresses(message, raw):
        reference = verp.reference(address)
        if reference is not None:
            return reference
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
