"""From a mail in the bounce box to one verdict on the mailbox of the reader it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from email.message import Message
from email.utils import getaddresses
from typing import Final

from digest.model import EventKind, Verdict
from digest.transports.bounces import prose, statuses, writers
from digest.transports.bounces.parts import Parts, taken_apart
from digest.transports.bounces.recipients import Action, Recipient
from digest.transports.judging.judge import gentlest, judged

_WORDS: Final = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says of the reader's mailbox.

    Attributes:
        kind: BOUNCED, or DEFERRED where it only says that it takes longer.
        reason: the words it was judged by; they may hold addresses.
    """

    kind: EventKind
    verdict: Verdict
    address: str
    reason: str


def read_bounce(message: Message) -> Bounce | None:
    """Return what a mail says of one delivery of ours; None where it is no bounce."""
    parts = taken_apart(message)
    if not writers.is_from_a_server(message, notice=parts.notice, has_status=bool(parts.statuses)):
        return None
    named = _named(message, parts) or _by_known_dialect(message)
    of_reader = [one for one in named if parts.reader and parts.reader in (one.address, one.original)]
    told = of_reader or named
    failed = [one for one in told if one.action is Action.FAILED]
    if not failed:
        late = next((one for one in told if one.action is Action.DELAYED), None)
        return None if late is None else _bounce(EventKind.DEFERRED, late, Verdict.UNKNOWN)
    # Where several failed and none of them is the reader's own address, all must be dead.
    verdict, one = gentlest((_verdict(one), one) for one in failed)
    kind = EventKind.DEFERRED if one.status.startswith("4") else EventKind.BOUNCED
    return _bounce(kind, one, verdict)


def _bounce(kind: EventKind, one: Recipient, verdict: Verdict) -> Bounce:
    return Bounce(kind, verdict, one.address, one.reply or one.status or f"{one.action} without a word")


def _verdict(one: Recipient) -> Verdict:
    found = judged(one.reply, domain=one.address.rpartition("@")[2], server=one.server)
    if one.status.startswith("4") and found in (Verdict.DEAD, Verdict.UNREACHABLE):
        return Verdict.UNKNOWN
    return found


def _named(message: Message, parts: Parts) -> tuple[Recipient, ...]:
    """Return the recipients, by the part for machines as far as it has words, else by the prose."""
    listed = [one for text in parts.statuses for one in statuses.recipients(text)]
    wordless = [one for one in listed if not _WORDS.search(one.reply)]
    headers = [str(line) for line in message.get_all("X-Failed-Recipients", [])]
    known = tuple(address.lower() for _, address in getaddresses(headers) if "@" in address)
    if len(wordless) == 1:
        known = (wordless[0].address, *known)
    said = prose.recipients(parts.notice, known=known)
    if not listed:
        return said or tuple(Recipient(address) for address in known)
    return tuple(_with_words(one, said, is_alone=len(listed) == 1) for one in listed)


def _with_words(one: Recipient, said: tuple[Recipient, ...], *, is_alone: bool) -> Recipient:
    """Return a recipient of the report with what only the prose says of it: words, or the stage."""
    same = [other for other in said if other.address and other.address in (one.address, one.original)]
    if not same and is_alone and len(said) == 1:
        same = list(said)
    words = next((other.reply for other in same if other.reply), "")
    if _WORDS.search(one.reply):
        return replace(one, reply=one.reply + prose.stage(words))
    return replace(one, reply=words or one.reply)


def _by_known_dialect(message: Message) -> tuple[Recipient, ...]:
    """Return whom flufl.bounce finds in the dialects it knows; their words are not told, so no verdict."""
    try:
        from flufl.bounce import all_failures
    except ImportError:
        return ()
    try:
        temporary, permanent = all_failures(message)
    except (AttributeError, LookupError, TypeError, ValueError):
        # A detector stumbled over a malformed mail; what no detector reads is no bounce.
        return ()
    action = Action.FAILED if permanent else Action.DELAYED
    found = sorted(permanent) or sorted(temporary)
    return tuple(Recipient(address.decode("utf-8", "replace").lower(), action) for address in found)
