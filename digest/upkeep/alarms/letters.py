"""Letters to people of the desk: mail to one of them, by the way by which alarms are mailed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from digest.upkeep.alarms.bell import Bell, TransportChannel
from digest.upkeep.alarms.channels import MailChannel
from digest.upkeep.alarms.messages import Letter
from subscribers.address import EmailAddress


def way_of(bell: Bell) -> MailChannel | TransportChannel | None:
    """Return the way by which letters leave; None where alarms are not mailed."""
    return next((one for one in bell.channels if isinstance(one, MailChannel | TransportChannel)), None)


def send(bell: Bell, letter: Letter, to: Sequence[EmailAddress]) -> dict[EmailAddress, str]:
    """Send a letter to each of them alone; return why it did not reach those whom it did not."""
    way, found = way_of(bell), dict[EmailAddress, str]()
    for one in dict.fromkeys(to):
        problem = "alarms are not mailed from here" if way is None else way.send(letter, (one,))
        if problem:
            found[one] = problem
    return found


def name_of(*parts: str) -> str:
    """Return a letter's name: the same for the same letter, and nothing of its parts in it."""
    return f"letter-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:24]}"
