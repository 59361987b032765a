"""The part of the ledger that claims deliveries and settles what became of them, as a Protocol."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NotRequired, Protocol, TypedDict, Unpack

from digest.model import Delivery, Dispatch, EditionKey, Receipt
from digest.ports.parts import Suppressed


class ClaimTerms(TypedDict):
    """What a claim goes by; what is left out asks for nothing.

    Attributes:
        limit: so many deliveries at most.
        lease_s: on the database's clock; after it whoever proves us dead, or waits, may take them over.
        suppressed: asked of the claim's own addresses: whoever it gives is skipped, not sent to.
        note: stands beside them until another is noted: what is uncertain with it was never sent.
        ahead_s: so long after it is handed over a mail leaves: whoever's deadline is sooner is skipped.
        freeze: the freeze that the caller has bytes and letterhead of; nothing of another is claimed.
        provider: nothing is claimed while whoever sends by it is to pause, or has booked ahead.
    """

    limit: int
    lease_s: float
    suppressed: NotRequired[Suppressed | None]
    note: NotRequired[str]
    ahead_s: NotRequired[float]
    freeze: NotRequired[Dispatch | None]
    provider: NotRequired[str]


class Carrying(Protocol):
    """What sending asks at every batch."""

    def claim(self, key: EditionKey, owner: str, **terms: Unpack[ClaimTerms]) -> tuple[Delivery, ...]:
        """Commit planned → sending for deliveries of one variant, and return them.

        Empty when nothing is planned, due and free to go.

        Raises:
            UnknownEdition: it is not frozen, or not any more.
        """
        ...

    def settle(self, key: EditionKey, owner: str, receipts: Iterable[Receipt]) -> int:
        """Write outcomes, each guarded by (owner, reference, sending); return how many were ours."""
        ...

    def settle_and_claim(
        self, key: EditionKey, owner: str, receipts: Iterable[Receipt], **terms: Unpack[ClaimTerms]
    ) -> tuple[int, tuple[Delivery, ...]]:
        """Settle and claim in one transaction; return how many were ours, and what is claimed.

        Each as by itself; see `settle` and `claim`.
        """
        ...
