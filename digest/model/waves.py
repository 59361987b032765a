"""Waves: parts of an edition that go out at times of their own, as where readers' own clocks decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Wave:
    """Readers who get an edition at one time.

    Attributes:
        zones: their time zones as they stand with the readers; empty for everyone no other wave names.
        not_after: from then on nothing of the wave goes out; None for no deadline.
    """

    zones: tuple[str, ...]
    not_before: datetime
    not_after: datetime | None = None
