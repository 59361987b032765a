"""How fast an edition leaves: what the pages that watch it have seen of late."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.model import EditionKey, Tally

LOOKS_BACK = timedelta(seconds=60)
_MOST_WATCHED = 50


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast mails leave.

    Attributes:
        per_minute: as seen over the last minute at most.
        left_s: how long the rest takes at this pace, in seconds.
    """

    per_minute: float
    left_s: float


class Speed:
    """Remembers counts; safe to share between threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._seen: OrderedDict[EditionKey, deque[tuple[datetime, int]]] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, key: EditionKey, tally: Tally, *, now: datetime) -> Pace | None:
        """Take a count in and return the pace; None while too little was seen, or nothing moves."""
        with self._lock:
            seen = self._seen.setdefault(key, deque())
            self._seen.move_to_end(key)
            if len(self._seen) > _MOST_WATCHED:
                self._seen.popitem(last=False)
            seen.append((now, tally.sent))
            while seen[0][0] < now - LOOKS_BACK:
                seen.popleft()
            (since, before), (until, after) = seen[0], seen[-1]
        took = (until - since).total_seconds()
        if took <= 0 or after <= before:
            return None
        per_s = (after - before) / took
        return Pace(per_s * 60, tally.open / per_s)
