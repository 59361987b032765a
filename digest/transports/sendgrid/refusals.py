"""What SendGrid's word on a refusal means: its class, its type, and the server's own reply.

Two of them that contradict each other are judged by the gentler one: SendGrid files a blocklisting under
`bounce`, and a missing mailbox under `blocked`.

Source: SendGrid's event webhook and "Bounce and Block Classifications"; docs/subscribers.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from digest.model import EventKind, Verdict
from digest.transports.judging.judge import gentlest, heard, may_be_of_mailbox

_CLASSES: Final = {
    "invalid address": Verdict.DEAD,
    "technical": Verdict.OURS,
    "technical failure": Verdict.OURS,
    "content": Verdict.POLICY,
    "reputation": Verdict.POLICY,
    "frequency or volume too high": Verdict.POLICY,
    "frequency/volume": Verdict.POLICY,
    "frequency": Verdict.POLICY,
    "volume": Verdict.POLICY,
}
"""By class. "Mailbox Unavailable" is used for full and for missing ones, "Unclassified" for all: neither
says anything that the server's reply does not say better."""

_DROPS: Final = {
    "invalid": Verdict.DEAD,
    # SendGrid's own list of before, where a policy of that day may have put the address.
    "bounced address": Verdict.UNKNOWN,
    "unsubscribed address": Verdict.OURS,
    "spam reporting address": Verdict.OURS,
    "spam content": Verdict.OURS,
    "invalid smtpapi header": Verdict.OURS,
    "recipient list over package quota": Verdict.OURS,
    "duplicate": Verdict.OURS,
}
"""By reason of mails that SendGrid never sent. That a reader said no says nothing of the mailbox."""

_NOES: Final = (
    (re.compile(r"\bspam[- ]report"), EventKind.COMPLAINED),
    (re.compile(r"\bunsubscri"), EventKind.UNSUBSCRIBED),
)
"""What a reader told SendGrid on an earlier day, by which it leaves them out for ever. We may never have
heard of it, and mail them by another transport one day."""

_CODE: Final = re.compile(r"\s*#?[245]\d\d\b")
_OWN_STATUS: Final = re.compile(r"\s*#?[245]\d\d[ -]{1,3}#?[245]\.\d{1,3}\.\d{1,3}\b")


def event_name(said: Mapping[str, Any]) -> str:
    """Return what an event calls itself, however it is spelled: `spam_report` is `spamreport`."""
    return str(said.get("event") or "").strip().lower().replace("_", "").replace("-", "")


def verdict(said: Mapping[str, Any]) -> Verdict:
    """Return what a `bounce`, `blocked` or `dropped` event says of the mailbox."""
    reason, status = str(said.get("reason") or ""), str(said.get("status") or "")
    if event_name(said) == "dropped":
        return _DROPS.get(reason.strip().lower(), Verdict.UNKNOWN)
    domain = str(said.get("email") or "").rpartition("@")[2]
    of_words = heard(_reply(reason, status), domain=domain)
    of_class = _CLASSES.get(str(said.get("bounce_classification") or "").strip().lower())
    if of_words is None and of_class is Verdict.DEAD and not may_be_of_mailbox(_reply(reason, status)):
        of_class = None
    kind = str(said.get("type") or "").strip().lower()
    found = _gentler(of_words, of_class)
    if kind == "expired":
        found = _gentler(found, Verdict.OURS)
    is_the_address = event_name(said) == "bounce" and kind in ("", "bounce")
    is_for_now = status.startswith("4") or _reply(reason, "").startswith("4")
    if found.counts and not is_the_address:
        return Verdict.UNKNOWN
    if is_for_now and found in (Verdict.DEAD, Verdict.UNREACHABLE):
        return Verdict.UNKNOWN
    return found


def said_no(said: Mapping[str, Any]) -> EventKind | None:
    """Return what the reader had told SendGrid, which `dropped` the mail for it; None for no such word."""
    if event_name(said) != "dropped":
        return None
    reason = str(said.get("reason") or "").lower()
    return next((kind for words, kind in _NOES if words.search(reason)), None)


def _reply(reason: str, status: str) -> str:
    """Return the server's reply, with SendGrid's status where it shows none of its own."""
    reason = reason.strip()
    code = _CODE.match(reason)
    if not status or status in reason or not reason or _OWN_STATUS.match(reason):
        return reason
    return f"{code[0]} {status}{reason[code.end() :]}" if code else f"{status} {reason}"


def _gentler(one: Verdict | None, other: Verdict | None) -> Verdict:
    told = [(verdict, verdict) for verdict in (one, other) if verdict is not None]
    return gentlest(told)[0] if told else Verdict.UNKNOWN
