"""How often somebody may try something."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from datetime import datetime, timedelta
from math import ceil

from starlette.exceptions import HTTPException

from digest.words.speaking import counted

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

    def give_back(self, key: Hashable) -> None:
        """Take the key's last try as not made: what succeeds does not count."""
        with self._lock:
            tries = self._tries.get(key)
            if tries:
                tries.pop()

    def wait(self, key: Hashable, *, now: datetime) -> timedelta:
        """Return how long it takes until the key may try again; none where it may now."""
        with self._lock:
            tries = self._tries.get(key)
            if not tries or len(tries) < self._most:
                return timedelta(0)
            return max(timedelta(0), tries[0] + self._span - now)

    def told(self, key: Hashable, *, now: datetime) -> dict[str, str]:
        """Return the headers that tell a client how much it has left.

        Source: draft-ietf-httpapi-ratelimit-headers (`RateLimit`, `RateLimit-Policy`, as of its tenth
        version) and the three fields of its first seven, which more clients read.
        """
        with self._lock:
            tries = self._tries.get(key) or ()
            last = [one for one in tries if one > now - self._span]
        left, most, span = self._most - len(last), self._most, ceil(self._span.total_seconds())
        resets = ceil((last[0] + self._span - now).total_seconds()) if last else span
        return {
            "ratelimit-policy": f'"default";q={most};w={span}',
            "ratelimit": f'"default";r={left};t={resets}',
            "ratelimit-limit": str(most),
            "ratelimit-remaining": str(left),
            "ratelimit-reset": str(resets),
        }

    def forget(self, key: Hashable) -> None:
        """Forgive the key its tries."""
        with self._lock:
            self._tries.pop(key, None)


def refused(said: str, wait: timedelta) -> HTTPException:
    """Return the answer to who tries too often: what they did, and the time they have to wait."""
    return HTTPException(429, f"{said} {waiting(wait)}", retry_after(wait))


def retry_after(wait: timedelta) -> dict[str, str]:
    """Return the header that tells how long to wait; never less than it is."""
    return {"retry-after": str(max(1, ceil(wait.total_seconds())))}


def waiting(wait: timedelta) -> str:
    """Return the sentence that tells how long to wait; never less than it is."""
    seconds = max(1, ceil(wait.total_seconds()))
    if seconds < 60:
        return counted("Wait %(count)s second.", "Wait %(count)s seconds.", seconds)
    minutes = ceil(seconds / 60)
    return counted("Wait %(count)s minute.", "Wait %(count)s minutes.", minutes)


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
