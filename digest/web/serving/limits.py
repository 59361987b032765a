"""How often somebody may try something."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from datetime import datetime, timedelta

_MOST_KEYS = 10_000
_DOTLESS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Where dots before the @ mean nothing, and what the provider's domains are the same as.

Source: support.google.com/mail/answer/7436150.
"""


class RateLimit:
    """At most `most` tries in `span` for each key; safe to share between threads.

    Of very many keys the ones unseen for longest are forgotten, so that memory stays bounded.
    """

    def __init__(self, most: int, span: timedelta) -> None:
        """Begin with no tries."""
        self._most, self._span = most, span
        self._tries: OrderedDict[Hashable, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: Hashable, *, now: datetime) -> bool:
        """Count one try and tell whether it is allowed."""
        with self._lock:
            tries = self._tries.setdefault(key, deque())
            self._tries.move_to_end(key)
            while tries and tries[0] <= now - self._span:
                tries.popleft()
            if len(self._tries) > _MOST_KEYS:
                self._tries.popitem(last=False)
            if len(tries) >= self._most:
                return False
            tries.append(now)
            return True

    def forget(self, key: Hashable) -> None:
        """Forgive the key its tries."""
        with self._lock:
            self._tries.pop(key, None)


def mailbox_of(canonical: str) -> str:
    """Return the mailbox behind an address, as far as one may guess: for counting, never for mailing.

    One mailbox has any number of addresses with tags (`nuru+1@`); two mailboxes taken for one only share
    a limit.
    """
    local, _, domain = canonical.rpartition("@")
    mailbox = local.partition("+")[0] or local
    if domain in _DOTLESS:
        mailbox, domain = mailbox.replace(".", ""), _DOTLESS[domain]
    return f"{mailbox}@{domain}"
