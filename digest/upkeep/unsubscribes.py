"""Mails that unsubscribe: sent to the address in List-Unsubscribe, heard in the bounce box.

Only what proves to be ours counts: the address itself, or the signed token in the subject. An automatic
answer or a bounce asks for nothing.

Source: RFC 2369 (List-Unsubscribe), RFC 3834 (automatic answers).
"""

from __future__ import annotations

import email
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from typing import Final

from digest.settings.unpacking import newsletters_of
from digest.wiring.links import leaving
from digest.wiring.newsroom import Newsroom
from digest.wiring.unsubscribing import addresses_of, newsletter_of_mark
from subscribers import people
from subscribers.errors import TokenRejected, UnknownSubscriber
from subscribers.feedback import FeedbackEvent, FeedbackKind, record
from subscribers.signed_links import Claim, Purpose

_SUBJECT: Final = re.compile(r"\s*(?:(?:re|fwd?|aw|tr)\s*:\s*)*unsubscribe\s+(\S+)\s*", re.IGNORECASE)
_TO: Final = ("X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc")
_ROBOTS: Final = ("mailer-daemon", "postmaster", "mail-daemon", "noreply", "no-reply", "autoreply")
_AUTOMATIC_HEADERS: Final = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Failed-Recipients")
_AUTOMATIC_SUBJECT: Final = re.compile(
    r"\s*(?:auto(?:matic|mated)?[ -]?(?:reply|response|antwort|submitted)?\b|out of (?:the )?office"
    r"|vacation|abwesen|réponse automatique|respuesta automática|resposta automática|undeliver"
    r"|delivery status|mail delivery|returned mail|failure notice)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A reader's mail that asks for no more; `at` is when it came in."""

    event_id: str
    claim: Claim
    at: datetime


def wish_of(newsroom: Newsroom, raw: bytes, *, now: datetime) -> Wish | None:
    """Return what a mail in the box asks for; None where it is no unsubscribe that is proved ours."""
    message = email.message_from_bytes(raw, policy=compat32)
    if _is_automatic(message):
        return None
    claim = _by_subject(newsroom, message, now) or _by_address(newsroom, message)
    if claim is None:
        return None
    return Wish(f"unsubscribe:{hashlib.sha256(raw).hexdigest()[:32]}", claim, _came_in(message, now))


def grant(newsroom: Newsroom, wish: Wish, *, now: datetime) -> bool:
    """End the newsletter for the reader, unless they said yes again later; tell whether this was news."""
    try:
        person = people.get(newsroom.people, wish.claim.subscriber)
    except UnknownSubscriber:
        return False
    event = FeedbackEvent(wish.event_id, FeedbackKind.UNSUBSCRIBED, person.canonical, wish.at)
    lists = lists_left(newsroom, person.canonical, wish.claim)
    return bool(lists) and record(newsroom.people, for_lists(event, lists), now=now).new > 0


def lists_left(newsroom: Newsroom, canonical: str, claim: Claim) -> tuple[str, ...]:
    """Return the lists of a newsletter that a reader is or was on, and so leaves."""
    try:
        known = {one.mailing_list for one in people.show(newsroom.people, canonical).subscriptions}
    except UnknownSubscriber:
        return ()
    return tuple(key for key in leaving(newsletters_of(newsroom.settings), claim).lists if key in known)


def for_lists(event: FeedbackEvent, lists: tuple[str, ...]) -> list[FeedbackEvent]:
    """Return an unsubscribe as one event for each list."""
    first, *more = lists
    others = (replace(event, event_id=f"{event.event_id}:{key}", mailing_list=key) for key in more)
    return [replace(event, mailing_list=first), *others]


def _by_subject(newsroom: Newsroom, message: Message, now: datetime) -> Claim | None:
    found = _SUBJECT.fullmatch(_subject(message))
    try:
        return newsroom.signer.read(found[1], Purpose.UNSUBSCRIBE, now=now) if found else None
    except TokenRejected:
        return None


def _by_address(newsroom: Newsroom, message: Message) -> Claim | None:
    addresses = addresses_of(newsroom.settings)
    for address in _addresses(message) if addresses else ():
        if addresses and (meant := addresses.read(address)):
            key = newsletter_of_mark(newsroom.settings.newsletters, meant.mark)
            return Claim(Purpose.UNSUBSCRIBE, meant.subscriber, newsletter=key) if key else None
    return None


def _addresses(message: Message) -> Iterator[str]:
    lines = [str(line) for name in _TO for line in message.get_all(name, [])]
    return (address for _, address in getaddresses(lines))


def _subject(message: Message) -> str:
    raw = str(message.get("Subject") or "")
    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (ValueError, LookupError):
        return raw


def _is_automatic(message: Message) -> bool:
    """Tell whether no hand sent a mail: an automatic answer, a report, a mail of a list."""
    said = str(message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    precedence = str(message.get("Precedence") or "").strip().lower()
    sender = parseaddr(str(message.get("From") or ""))[1].lower().partition("@")[0]
    return (
        said != "no"
        or precedence in {"bulk", "junk", "list", "auto_reply"}
        or str(message.get("Return-Path", "x")).strip() in {"", "<>"}
        or message.get_content_type() == "multipart/report"
        or any(name in message for name in _AUTOMATIC_HEADERS)
        or sender.startswith(_ROBOTS)
        or _AUTOMATIC_SUBJECT.match(_subject(message)) is not None
    )


def _came_in(message: Message, now: datetime) -> datetime:
    """Return when our own server took the mail; the reader's own clock is not believed."""
    stamp = str(message.get("Received") or "").rpartition(";")[2].strip()
    try:
        at = parsedate_to_datetime(stamp)
    except ValueError:
        return now
    return min(at if at.tzinfo else at.replace(tzinfo=UTC), now)
