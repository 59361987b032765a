"""How long to wait before a delivery is tried again."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

_MOST_DOUBLINGS = 60
"""A throttled delivery has no last attempt, and a float ends at 1,023."""


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from attempt to attempt.

    Attributes:
        first_s: after the first attempt; greylisting servers want a minute or more.
        longest_s: no wait is longer, but for one that the provider asks for.
        spread: each wait is longer by up to this share, so that a crowd does not return at once.
    """

    first_s: float = 60.0
    longest_s: float = 1800.0
    spread: float = 0.25

    def wait_s(self, attempt: int, *, reference: str, asked_s: float = 0.0) -> float:
        """Return the wait after the given attempt, at least what the provider asked for.

        The spread comes from the reference, so that the same delivery always waits the same.
        """
        base = min(self.first_s * 2.0 ** min(max(attempt, 1) - 1, _MOST_DOUBLINGS), self.longest_s)
        share: float = zlib.crc32(reference.encode()) / 0xFFFF_FFFF
        return float(max(base, asked_s) * (1 + self.spread * share))
