"""The part of the ledger that waits, and that takes the failed up again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from digest.model import EditionKey
from digest.ports.parts import Suppressed


class Pausing(Protocol):
    """Editions that nobody sends for a while, and the pace that a provider was seen to keep."""

    def put_off(self, key: EditionKey, reason: str, *, until: datetime) -> int:
        """Note why and until when nobody sends the edition; return how many such pauses there were."""
        ...

    def go_on(self, key: EditionKey) -> None:
        """Forget the edition's pauses."""
        ...

    def learn(self, provider: str, per_s: float) -> None:
        """Keep how many mails a second a provider was seen to take."""
        ...

    def learned(self, provider: str) -> float:
        """Return how many mails a second a provider was seen to take in the last day; 0 for not seen."""
        ...

    def settle_failed(
        self,
        key: EditionKey,
        reason: str,
        *,
        subscribers: Sequence[str] | None = None,
        suppressed: Suppressed | None = None,
    ) -> int:
        """Plan failed deliveries anew on an operator's word; return how many.

        A closed edition is dispatching again then.

        Args:
            subscribers: only these; None for all.
            suppressed: asked of the failed ones: whoever it gives stays failed.
        """
        ...
