"""Whom this run handed a mail to: what a database that went back has forgotten, the run still knows.

A standby that takes over may lack the last transactions. What was claimed and settled in them is planned
again there, and would be claimed a second time by the very process that sent it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable

from digest.model import Delivery, Outcome, Receipt

MOST = 100_000
"""Readers who are remembered, the latest: what a standby lacks is of the last seconds."""

KNOWN = "sent before the database went back to an earlier state"
DOUBTED = "on its way already when the database went back to an earlier state"


class Handed:
    """The readers to whom this run's mail is on its way or was taken; safe to share between threads."""

    def __init__(self, most: int = MOST) -> None:
        """Remember nobody yet."""
        self._most = most
        self._going: dict[str, tuple[str, int]] = {}
        self._attempts: dict[str, int] = {}
        self._taken: dict[str, None] = {}
        self._lock = threading.Lock()

    def begun(self, deliveries: Iterable[Delivery]) -> None:
        """Note whose mail a reference is, and that it is on its way."""
        with self._lock:
            for one in deliveries:
                self._going[one.reference] = one.subscriber, one.attempt
                self._attempts[one.subscriber] = one.attempt

    def let_go(self, references: Iterable[str]) -> None:
        """Note what was given back as if never tried."""
        with self._lock:
            for reference in references:
                self._end(reference)

    def ended(self, receipts: Iterable[Receipt]) -> None:
        """Note who was taken, whatever the database makes of it."""
        with self._lock:
            for receipt in receipts:
                reader = self._end(receipt.reference)
                if not reader or receipt.outcome is not Outcome.SENT:
                    continue
                self._taken[reader] = None
                if len(self._taken) > self._most:
                    del self._taken[next(iter(self._taken))]

    def known(self, deliveries: Iterable[Delivery]) -> list[Receipt]:
        """Return a receipt for each of these that is claimed again, though sent already or on its way.

        A second attempt beside a first that hangs, as a policy may want it, is none of them.
        """
        with self._lock:
            return [found for one in deliveries if (found := self._receipt(one)) is not None]

    def _receipt(self, delivery: Delivery) -> Receipt | None:
        if delivery.subscriber in self._taken:
            return Receipt(delivery.reference, Outcome.SENT, KNOWN)
        if delivery.attempt <= self._attempts.get(delivery.subscriber, 0):
            return Receipt(delivery.reference, Outcome.UNCERTAIN, DOUBTED)
        return None

    def _end(self, reference: str) -> str:
        """Forget that something is on its way; return whose it was, or nothing."""
        reader, attempt = self._going.pop(reference, ("", 0))
        if self._attempts.get(reader) == attempt:
            del self._attempts[reader]
        return reader
