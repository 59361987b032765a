"""How often somebody may try something."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Hashable
from datetime import datetime, timedelta

_MOST_KEYS = 10_000


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
