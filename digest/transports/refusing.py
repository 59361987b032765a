"""Which refusals say that a mailbox is dead, and which only that this mail was not wanted.

A wrong yes keeps mail from a reader for good, so that only the unmistakable counts: what speaks of spam,
policy, quotas, speed or the sender is never one, whatever its number.

Source: RFC 3463 and RFC 7505 (enhanced status codes).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Verdict(StrEnum):
    """What a refusal says of the mailbox.

    DEAD: it does not exist, or was closed. UNREACHABLE: its domain can't be found, today at least.
    """

    DEAD = "dead"
    UNREACHABLE = "unreachable"


_REPLY: Final = re.compile(r"(5\d\d)(?:[ -]+#?(5\.\d{1,3}\.\d{1,3})\b)?")
_STATUS: Final = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b(?!\.)")
_DEAD: Final = frozenset({"5.1.1", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_UNREACHABLE: Final = frozenset({"5.1.2"})
_PLAIN_CODES: Final = frozenset({"550", "551", "553"})

_WHO: Final = r"(?:user|mailbox|recipient|account|address|person|local part|local user)"
_NOBODY: Final = re.compile(
    rf"\b(?:unknown {_WHO}|{_WHO} (?:is )?(?:unknown|not known|not found|does not exist|doesn't exist)"
    rf"|no such {_WHO}|no {_WHO} here|{_WHO} (?:is |has been )?(?:disabled|closed|deactivated)"
    r"|not a (?:valid|known) (?:user|mailbox|recipient)|invalid (?:mailbox|recipient|user))\b",
    re.IGNORECASE,
)
_OTHER_REASON: Final = re.compile(
    r"\b(?:spam\w*|polic(?:y|ies)|block\w*|black ?list\w*|deny ?list\w*|rbl|dnsbl|reputation|banned"
    r"|quota|full|over ?size\w*|rate|rates|too (?:many|fast|quickly)|limits?|throttl\w*|gr[ea]y ?list\w*"
    r"|tempor\w+|later|senders?|verif\w+|relay(?:ing)? (?:access )?(?:denied|not)|authenticat\w+|spf|dkim"
    r"|dmarc|helo|ehlo)\b",
    re.IGNORECASE,
)


def verdict(reason: str) -> Verdict | None:
    """Return what a server's refusal (`550 5.1.1 no such user`) says of the mailbox; None for nothing."""
    reply = _REPLY.match(reason)
    if reply is None:
        return None
    code, status = reply.groups()
    words = reason[reply.end() :]
    if _OTHER_REASON.search(words):
        return None
    if status in _DEAD:
        return Verdict.DEAD
    if status in _UNREACHABLE:
        return Verdict.UNREACHABLE
    is_plain = status is None and code in _PLAIN_CODES and not _STATUS.search(words)
    return Verdict.DEAD if is_plain and _NOBODY.search(words) else None
